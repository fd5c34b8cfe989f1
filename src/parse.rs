//! PARSE: settings, front matter and the glossary, from text to values, with every problem.

pub mod data;
pub mod front_matter;
pub mod schema;
pub mod term;
