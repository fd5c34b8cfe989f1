//! The files for machines: feeds, the site map, JSON-LD, redirects, the web app manifest.
//!
//! Everything here is a pure function from small structs to bytes. No sources are read, no clock
//! is looked at, and addresses are taken as they come: absolute, and already percent-encoded.

pub mod cards;
pub mod feed;
pub mod json_ld;
pub mod manifest;
pub mod redirect;
pub mod sitemap;
pub mod tbx;
pub mod termbase;
pub mod tmx;
mod xml;
