//! EDGE: the answers of other sites, kept in `.gen/links.json` beside book.toml until they are old.
//!
//! The folder carries a `.gitignore` of its own, so that no repository takes it in. What cannot be read
//! counts as nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::check::{Answer, Answers};
use crate::write::{self, WriteError};

/// The folder and the files in it.
const FOLDER: &str = ".gen";
const FILE: &str = "links.json";

/// How long an address that was there is not asked again, and one that was not.
const FINE: SignedDuration = SignedDuration::from_hours(7 * 24);
const GONE: SignedDuration = SignedDuration::from_hours(24);

/// What is known from earlier.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Cache {
    links: BTreeMap<String, Kept>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    asked: Timestamp,
    #[serde(flatten)]
    answer: Answer,
}

pub(super) fn read(root: &Path) -> Cache {
    let path = root.join(FOLDER).join(FILE);
    let file = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
    let text = if file { std::fs::read_to_string(path).unwrap_or_default() } else { String::new() };
    serde_json::from_str(&text).unwrap_or_default()
}

impl Cache {
    /// Drops what is old, and what no text has any more.
    pub fn forget(&mut self, now: Timestamp, urls: &BTreeSet<&str>) {
        self.links.retain(|url, kept| {
            let limit = if matches!(kept.answer, Answer::Gone { .. }) { GONE } else { FINE };
            let age = now.duration_since(kept.asked);
            urls.contains(url.as_str()) && age < limit && age >= SignedDuration::ZERO
        });
    }

    pub fn has(&self, url: &str) -> bool {
        self.links.contains_key(url)
    }

    pub fn keep(&mut self, url: &str, answer: Answer, asked: Timestamp) {
        self.links.insert(url.to_owned(), Kept { asked, answer });
    }

    pub fn answers(&self, urls: &BTreeSet<&str>) -> Answers {
        let known = self.links.iter().filter(|(url, _)| urls.contains(url.as_str()));
        known.map(|(url, kept)| (url.clone(), kept.answer.clone())).collect()
    }

    pub fn write(&self, root: &Path) -> Result<(), WriteError> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        let folder = root.join(FOLDER);
        write::own_file(&folder, ".gitignore", b"*\n")?;
        write::own_file(&folder, FILE, text.as_bytes())
    }
}
