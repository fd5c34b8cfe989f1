//! `gen`, a static site generator for bilingual Chinese/English digests.

pub mod diag;
pub mod lang;
pub mod memo;
pub mod output;
pub mod source;
