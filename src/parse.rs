//! PARSE: one file of text into values, with every problem found in it. Knows no other file.

pub mod address;
pub mod cjk;
pub mod counts;
pub mod data;
pub mod doc;
mod encoding;
pub mod exchange;
pub mod front_matter;
pub mod highlight;
pub mod html;
pub mod leaf;
pub mod lock;
pub mod markdown;
pub mod math;
pub mod raw_html;
pub mod schema;
pub mod sentences;
pub mod shortcode;
pub mod silence;
pub mod smart;
pub mod term;
