//! `gen`, a static site generator for bilingual Chinese/English digests.

pub mod config;
pub mod date;
pub mod diag;
pub mod lang;
pub mod memo;
pub mod model;
pub mod output;
pub mod parse;
pub mod render;
pub mod source;
pub mod text;
