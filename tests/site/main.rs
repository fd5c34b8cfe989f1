//! The build as users know it: whole sites in strings, built, edited and built again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod align;
mod build;
mod data;
mod digest;
mod edits;
mod errors;
mod glossary;
mod links;
mod lists;
mod markup;
mod odd;
mod own;
mod pages;
mod pictures;
mod pinyin;
mod publish;
mod search;
mod shortcodes;
mod silences;
mod stale;
mod support;
mod systems;
mod templates;
mod terms;
mod texts;
mod translation;
mod warnings;
