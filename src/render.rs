//! RENDER: the site into its files. What is to be made ([`plan`]) is planned anew on every build;
//! making it ([`run`]) is remembered.

pub mod archive;
pub mod articles;
pub mod assets;
pub mod body;
pub mod bundle;
mod collisions;
pub mod context;
pub mod data;
pub mod exports;
pub mod feeds;
pub mod head;
pub mod job;
pub mod listings;
pub mod machine;
pub mod pictures;
pub mod plan;
pub mod qr;
pub mod related;
pub mod run;
pub mod search;
pub mod shelf;
pub mod shortcodes;
pub mod templates;
pub mod words;
