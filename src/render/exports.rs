//! The glossary, the words of articles and the translation memory as files for other programs: those
//! that are published with the site, and those that `gen export` prints.

mod memory;
mod scope;
mod terms;
mod words;

use std::sync::Arc;

use crate::config::{GlossaryExport, VocabularyExport};
use crate::lang::View;
use crate::memo::{Fingerprint, Hasher, Memo};
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::model::urls::page_path;
use crate::msg;

pub use memory::{memory_csv, memory_tmx};
pub use scope::{Scope, find};
pub use terms::{glossary_file, has_terms};
pub use words::vocabulary_file;

use super::context::Download;
use super::job::{Job, Origin, Work};

/// Where the translation memory is published.
const MEMORY: &str = "memory.tmx";

/// The files that book.toml asks for.
pub fn jobs<'a>(site: &'a Site<'a>, memo: &Memo) -> Vec<Job<'a>> {
    let mut jobs = Vec::new();
    let origin = Arc::new(Origin::made(msg!("the glossary as a file", "词汇表文件")));
    for &export in site.config.glossary.exports.iter().filter(|_| has_terms(site)) {
        let key = Hasher::new().str("export").value(&export).with(terms::key(site));
        let key = match export {
            GlossaryExport::Anki => key.with(words::key(site)),
            _ => key,
        };
        let work = machine(key.finish(), move || glossary_file(site, export, true));
        jobs.push(Job { output: glossary_path(export), origin: origin.clone(), work });
    }
    let articles =
        (0..site.pages.len()).filter(|_| !site.config.glossary.article_exports.is_empty());
    jobs.extend(articles.flat_map(|page| article_jobs(site, page)));
    if site.config.align.memory {
        let origin = Arc::new(Origin::made(msg!("the translation memory", "翻译记忆库")));
        jobs.push(Job { output: MEMORY.to_owned(), origin, work: memory::work(site, memo) });
    }
    jobs
}

fn machine<'a>(key: Fingerprint, make: impl Fn() -> Vec<u8> + Send + Sync + 'a) -> Work<'a> {
    Work::Machine(key, Box::new(make))
}

fn glossary_path(export: GlossaryExport) -> String {
    format!("glossary/{}", export.file())
}

/// The files of an article, where it has words.
fn article_jobs<'a>(site: &'a Site<'a>, page: usize) -> Vec<Job<'a>> {
    let origin = Arc::new(super::articles::origin(&site.pages[page]));
    let job = |(export, output): (VocabularyExport, String)| {
        let key = Hasher::new().str("words").value(&export).with(site.common);
        let key = key.with(site.wholes[page]).finish();
        let make = move || vocabulary_file(site, &Scope::Page(page), export, true);
        Job { output, origin: origin.clone(), work: machine(key, make) }
    };
    article_paths(site, page).into_iter().map(job).collect()
}

/// The files of an article, each with its place in the output folder.
fn article_paths(site: &Site<'_>, index: usize) -> Vec<(VocabularyExport, String)> {
    let page = &site.pages[index];
    let exports = &site.config.glossary.article_exports;
    let has_words = || !site.texts[index].linked_words(|_| true).is_empty();
    if exports.is_empty() || page.kind != PageKind::Article || !has_words() {
        return Vec::new();
    }
    let folder = page_path(page.view_from(View::Both), &page.key);
    exports.iter().map(|export| (*export, format!("{folder}{}", export.file()))).collect()
}

/// What the page of the glossary offers.
pub fn glossary_downloads(site: &Site<'_>) -> Vec<Download> {
    let exports = site.config.glossary.exports.iter().map(|&export| {
        let (name, media_type) = match export {
            GlossaryExport::Json => ("JSON", "application/json"),
            GlossaryExport::Csv => ("CSV", "text/csv"),
            GlossaryExport::Tbx => ("TBX", "application/xml"),
            GlossaryExport::Jsonld => ("JSON-LD", "application/ld+json"),
            GlossaryExport::Anki => ("Anki", "text/plain"),
        };
        Download { name, url: site.urls.path(&glossary_path(export)), media_type }
    });
    let memory = site.config.align.memory.then(|| Download {
        name: "TMX",
        url: site.urls.path(MEMORY),
        media_type: "application/xml",
    });
    exports.chain(memory).collect()
}

/// What the page of an article offers.
pub fn article_downloads(site: &Site<'_>, page: usize) -> Vec<Download> {
    let download = |(export, path): (VocabularyExport, String)| {
        let (name, media_type) = match export {
            VocabularyExport::Anki => ("Anki", "text/plain"),
            VocabularyExport::Csv => ("CSV", "text/csv"),
            VocabularyExport::Json => ("JSON", "application/json"),
        };
        Download { name, url: site.urls.path(&path), media_type }
    };
    article_paths(site, page).into_iter().map(download).collect()
}
