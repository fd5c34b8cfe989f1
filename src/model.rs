//! MODEL: what the documents of a site mean together.

pub mod glossary;
