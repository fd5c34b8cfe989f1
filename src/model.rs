//! MODEL: documents into the site: pages of two languages, paired, linked, with their glossary.
//! Knows no templates and no files.

pub mod align;
pub mod anchors;
pub mod glossary;
pub mod links;
pub mod marking;
pub mod pages;
pub mod per_page;
pub mod pictures;
pub mod reading;
pub mod segment;
pub mod site;
pub mod texts;
pub mod urls;
