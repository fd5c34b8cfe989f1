//! REFERENCE: pages of the documentation, written from the types that they describe, so that they
//! cannot fall behind: `docs/templates.md`, `docs/book.md`, and the guide's reference of settings. No
//! command calls it; the tests compare the pages with what it writes.

mod schema;
mod settings;
mod templates;

pub use settings::{settings, settings_guide};
pub use templates::templates;
