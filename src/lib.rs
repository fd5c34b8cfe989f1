//! `gen`, a static site generator for bilingual Chinese/English digests.
//!
//! Data flows one way:
//!
//! ```text
//! disk → source::read → Sources
//!      → parse            each file alone, in parallel, remembered   → Doc
//!      → model            all documents together, on every build     → Site
//!      → render::plan     what is to be made, on every build         → jobs
//!      → render::run      in parallel, remembered                    → Outputs
//!      → write::sync → disk, or serve → browser
//! ```
//!
//! The middle is one pure function, [`build()`]: from [`source::Sources`], and from what a
//! [`memo::Memo`] remembers of earlier builds, to all files of the site in memory, together with
//! every problem found. It reads no file, no clock and no environment. What it remembers is kept
//! under a fingerprint of everything that it was made from, so a warm memo changes no byte of the
//! result.
//!
//! In reading order:
//!
//! 1. [`lang`], [`text`], [`date`] and [`diag`] are the words that all else is written in.
//! 2. [`cli`] is the command line (edge).
//! 3. [`source`] reads a site's files into [`source::Sources`] (edge).
//! 4. [`config`] reads book.toml.
//! 5. [`mod@build`] is the whole build, stage by stage; [`memo`] is what it remembers.
//! 6. [`parse`] makes one file into a document; it knows no other file.
//! 7. [`model`] makes documents into a site; it knows no templates and no files.
//! 8. [`mod@check`] looks at the site for what its author should see.
//! 9. [`render`] makes the site into [`output::Outputs`].
//! 10. [`mod@write`] brings the outputs into a folder, [`watch`] tells when files change, and [`serve`]
//!     shows the outputs over HTTP (edges).
//! 11. [`scaffold`] makes new files for authors from archetypes.
//! 12. [`mod@reference`] writes pages of the documentation from the types.
//!
//! `ARCHITECTURE.md` in the repository says more: the invariants, and how to add things.

pub mod build;
pub mod check;
pub mod cli;
pub mod config;
pub mod date;
pub mod diag;
#[cfg(feature = "external")]
pub mod external;
pub mod lang;
pub mod memo;
pub mod migrate;
pub mod model;
pub mod output;
pub mod parse;
pub mod picture;
pub mod reference;
pub mod render;
pub mod scaffold;
pub mod serve;
pub mod source;
pub mod text;
pub mod watch;
pub mod write;

pub use build::{Built, build, check};
