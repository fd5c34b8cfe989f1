//! The finished site: every file that is to be published, in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::memo::Fingerprint;

/// The whole output, by path relative to the output folder, with `/` on every system.
pub type Outputs = BTreeMap<Arc<str>, Output>;

/// One file to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its bytes, shared with the memo.
    pub bytes: Arc<[u8]>,
    /// The fingerprint of the bytes.
    pub fingerprint: Fingerprint,
}

impl Output {
    /// An output from its bytes.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Output { fingerprint: Fingerprint::of(&bytes), bytes }
    }
}
