//! The files of pictures: smaller ones, and what of the author's is published.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::job::{Job, Origin, Work};
use crate::memo::{Hasher, Memo, Stage};
use crate::model::site::Site;
use crate::msg;
use crate::output::Output;
use crate::picture;
use crate::source::File;

/// The smaller pictures of a site, which its assembly has made.
pub fn jobs<'a>(site: &Site<'_>) -> Vec<Job<'a>> {
    let mut jobs = Vec::new();
    // Copies of one picture beside each other may share theirs: their names hold what is in them.
    let mut named = BTreeSet::new();
    for picture in site.pictures.values() {
        let what = msg!("a smaller picture", "缩小的图片");
        let origin = Arc::new(Origin::of(picture.source.clone(), what));
        for (output, _, file) in picture.smaller.iter().filter(|(path, ..)| named.insert(path)) {
            let (output, origin) = (output.clone(), Arc::clone(&origin));
            jobs.push(Job { output, origin, work: Work::Ready(file.clone()) });
        }
    }
    jobs
}

/// A file of the author's as it is published: of a picture, without what its readers are not to know.
pub fn published(file: &File, memo: &Memo) -> Output {
    let as_it_is = || Output { bytes: file.bytes.clone(), fingerprint: file.fingerprint };
    if picture::format(&file.bytes).is_none() {
        return as_it_is();
    }
    let key = Hasher::new().str("published").with(file.fingerprint).finish();
    let clean =
        memo.get(Stage::Picture, key, || picture::publishable(&file.bytes).map(Output::new));
    clean.as_ref().clone().unwrap_or_else(as_it_is)
}
