//! What a build remembers: values by a fingerprint of everything that they were made from.
//!
//! There is no dependency graph. An expensive leaf of the build names all its inputs in a
//! [`Fingerprint`]; the memo returns the value that was made from the same inputs before, or
//! makes it now ("verifying traces" in Mokhov, Mitchell and Peyton Jones, *Build Systems à la
//! Carte*, ICFP 2018). A value that two builds in a row did not ask for is dropped, unless another
//! remembered value holds it: then it may be asked for when that one has to be made again.

use std::any::Any;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// A 128-bit fingerprint (the first half of BLAKE3) of what a value was made from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Fingerprint::half(blake3::hash(bytes))
    }

    /// A number in the place of a fingerprint, among others of its kind.
    pub fn numbered(number: u64) -> Self {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&number.to_le_bytes());
        Fingerprint(bytes)
    }

    fn half(hash: blake3::Hash) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&hash.as_bytes()[..16]);
        Fingerprint(half)
    }

    /// The fingerprint of a value's serialised form. Values that hold maps must hold sorted ones.
    pub fn of_value(value: &(impl Serialize + ?Sized)) -> Self {
        Hasher::new().value(value).finish()
    }

    /// The first eight hexadecimal digits: enough to tell versions of a file apart in its name.
    pub fn short(&self) -> String {
        self.to_string()[..8].to_owned()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Gathers the inputs of a value into a [`Fingerprint`]. Each part is delimited by its length,
/// so that no two lists of parts run together.
///
/// The parts are hashed in one piece at the end: BLAKE3 is slow on a few bytes at a time, and its state
/// is two kilobytes to hand from one part to the next.
#[derive(Default)]
pub struct Hasher(Vec<u8>);

/// Parts longer than this are kept by their own hash.
const LONG: usize = 2048;

impl Hasher {
    /// Starts an empty fingerprint.
    pub fn new() -> Self {
        Hasher(Vec::with_capacity(256))
    }

    /// Adds bytes.
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        match bytes.len() {
            0..=LONG => self.0.extend_from_slice(bytes),
            _ => self.0.extend_from_slice(blake3::hash(bytes).as_bytes()),
        }
        self.end(bytes.len())
    }

    /// Ends a part with its length: a list of parts is unambiguous from its end.
    fn end(mut self, length: usize) -> Self {
        self.0.extend_from_slice(&(length as u64).to_le_bytes());
        self
    }

    /// Adds a string.
    pub fn str(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    /// Adds another fingerprint.
    pub fn with(mut self, other: Fingerprint) -> Self {
        self.add(other);
        self
    }

    /// Adds another fingerprint in place.
    pub fn add(&mut self, other: Fingerprint) {
        self.0.extend_from_slice(&other.0);
    }

    /// Adds a value by its serialised form.
    ///
    /// # Panics
    ///
    /// When the value's own `Serialize` fails, which none of the crate's types does.
    #[expect(clippy::expect_used, reason = "plain data serialises; a failure is a bug here")]
    pub fn value(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        let from = self.0.len();
        serde_json::to_writer(&mut self.0, value).expect("plain data serialises");
        let length = self.0.len() - from;
        if length > LONG {
            let hash = blake3::hash(&self.0[from..]);
            self.0.truncate(from);
            self.0.extend_from_slice(hash.as_bytes());
        }
        self.end(length)
    }

    /// The fingerprint of all that was added.
    pub fn finish(&self) -> Fingerprint {
        Fingerprint::half(blake3::hash(&self.0))
    }
}

/// The kinds of remembered work, each counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// A source file into its document.
    Parse,
    /// The documents of a page brought together, and its texts made ready.
    Prepare,
    /// A fenced code block into highlighted mark-up.
    Highlight,
    /// Glossary terms found and marked in a document.
    Link,
    /// The two versions of an article paired.
    Align,
    /// The body of an article in one view.
    Body,
    /// A page from its inputs to its bytes: what it is given is gathered only when one of them
    /// has changed.
    Page,
    /// A page through its template.
    Render,
    /// A feed.
    Machine,
    /// The template set compiled.
    Templates,
    /// The glossary's matcher built.
    Glossary,
    /// A Chinese title cut into words.
    Segment,
    /// The search index: a document's tokens, and the files of all.
    Search,
    /// Neighbours that stay as they are together: what the other stages made of each of them.
    Batch,
    /// A picture: smaller ones made from it, what of it is published.
    Picture,
}

const STAGES: usize = 15;
const SHARDS: usize = 32;

/// How much work a stage did in one build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Values made.
    pub made: u64,
    /// Values taken from the memo.
    pub reused: u64,
}

/// Fingerprints are as good as random: any hash of them does.
type Shard = FxHashMap<(Stage, Fingerprint), Entry>;

struct Entry {
    value: Arc<dyn Any + Send + Sync>,
    used: u64,
}

/// Values remembered from one build to the next, and the counts of work done.
#[derive(Default)]
pub struct Memo {
    shards: [Mutex<Shard>; SHARDS],
    made: [AtomicU64; STAGES],
    reused: [AtomicU64; STAGES],
    build: u64,
    swept: bool,
}

impl Memo {
    /// An empty memo.
    pub fn new() -> Self {
        Memo::default()
    }

    /// Opens a build: counts start at zero.
    pub fn begin(&mut self) {
        self.sweep();
        self.build += 1;
        self.swept = false;
        for counter in self.made.iter_mut().chain(&mut self.reused) {
            *counter.get_mut() = 0;
        }
    }

    /// Drops the values that neither the last build nor the one before it used, but for those that others
    /// hold. (One build of grace, so that a broken file does not cost the values of all that hang on
    /// it.) The next build does it first; whoever has time before may do it then.
    pub fn sweep(&mut self) {
        if std::mem::replace(&mut self.swept, true) {
            return;
        }
        let oldest = self.build.saturating_sub(1);
        self.shards.par_iter_mut().for_each(|shard| {
            let shard = shard.get_mut().unwrap_or_else(PoisonError::into_inner);
            shard.retain(|_, entry| entry.used >= oldest || Arc::strong_count(&entry.value) > 1);
        });
    }

    /// The value for a key: the remembered one, or what `make` returns, which is then remembered.
    /// `make` must be a pure function of what the key names.
    pub fn get<T: Send + Sync + 'static>(
        &self,
        stage: Stage,
        key: Fingerprint,
        make: impl FnOnce() -> T,
    ) -> Arc<T> {
        if let Some(value) = self.find(stage, key) {
            return value;
        }
        let value = Arc::new(make());
        self.keep(stage, key, value.clone());
        value
    }

    /// The remembered value for a key.
    pub fn find<T: Send + Sync + 'static>(&self, stage: Stage, key: Fingerprint) -> Option<Arc<T>> {
        let mut shard = self.shard(key);
        let entry = shard.get_mut(&(stage, key))?;
        let value = Arc::clone(&entry.value).downcast::<T>().ok()?;
        entry.used = self.build;
        self.reused[stage as usize].fetch_add(1, Ordering::Relaxed);
        Some(value)
    }

    /// Remembers a value that was made for a key.
    pub fn keep<T: Send + Sync + 'static>(&self, stage: Stage, key: Fingerprint, value: Arc<T>) {
        self.made[stage as usize].fetch_add(1, Ordering::Relaxed);
        self.shard(key).insert((stage, key), Entry { value, used: self.build });
    }

    /// What a stage did since [`Memo::begin`].
    pub fn count(&self, stage: Stage) -> Count {
        Count {
            made: self.made[stage as usize].load(Ordering::Relaxed),
            reused: self.reused[stage as usize].load(Ordering::Relaxed),
        }
    }

    fn shard(&self, key: Fingerprint) -> MutexGuard<'_, Shard> {
        let shard = &self.shards[key.0[0] as usize % SHARDS];
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
