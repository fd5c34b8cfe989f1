//! Files of the output that are remembered together: where nothing of what they are made from has changed,
//! none of them is asked for.

use super::job::Job;
use crate::memo::Fingerprint;

/// Files that are remembered together, all of them pages.
pub struct Bundle<'a> {
    /// Of all that its jobs read beside what all pages of a view share.
    pub key: Fingerprint,
    /// Of the addresses of its files, their views and their dates.
    pub addresses: Fingerprint,
    /// How many files there are.
    pub pages: usize,
    jobs: Box<dyn Fn() -> Vec<Job<'a>> + Send + Sync + 'a>,
}

impl<'a> Bundle<'a> {
    /// A bundle of as many pages as `jobs` lists.
    pub fn new(
        key: Fingerprint,
        addresses: Fingerprint,
        pages: usize,
        jobs: impl Fn() -> Vec<Job<'a>> + Send + Sync + 'a,
    ) -> Bundle<'a> {
        Bundle { key, addresses, pages, jobs: Box::new(jobs) }
    }

    /// Its jobs.
    pub fn jobs(&self) -> Vec<Job<'a>> {
        (self.jobs)()
    }
}
