//! MIGRATE: a site of another generator into the files of a site of gen's, for `gen import hugo` and its like. Pure:
//! files in, files and a report out. Knows no folder and no clock.
//!
//! Each generator has a module that reads its files into an [`Old`] site, with the addresses that it gives its
//! pages; all else is shared: where the pages go ([`place`]), their front matter ([`front`]), their text ([`text`]).

mod address;
mod front;
mod hexo;
mod hugo;
mod jekyll;
mod place;
mod settings;
mod shortcode;
mod text;
mod zola;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diag::Message;
use crate::lang::Lang;
use crate::source::File;

/// A generator whose sites are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// Hugo.
    Hugo,
    /// Zola.
    Zola,
    /// Hexo.
    Hexo,
    /// Jekyll.
    Jekyll,
}

/// The files of a site of another generator, by their paths in its folder.
pub type Files = BTreeMap<Arc<str>, File>;

/// A site of gen's, made from one of another generator.
#[derive(Debug, Default)]
pub struct Migrated {
    /// Its files, by their paths.
    pub files: BTreeMap<String, Vec<u8>>,
    /// How many pages were read, and how many of these are in it.
    pub pages: (usize, usize),
    /// How many old addresses lead on to new ones.
    pub aliases: usize,
    /// What needs a hand, by file and line of the old site.
    pub notes: Vec<Note>,
}

/// Something that needs a hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The file of the old site.
    pub path: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// What it is.
    pub text: Message,
}

/// A site of another generator, read.
#[derive(Debug)]
struct Old {
    /// How its generator writes tags into addresses.
    slug: fn(&str) -> String,
    settings: settings::Settings,
    pages: Vec<Page>,
    /// Files that are published as they are: old path, new path.
    copies: Vec<(String, String)>,
    /// Old addresses of lists and files, and the new ones of what does as well.
    lists: Vec<(String, String)>,
    notes: Vec<Note>,
}

impl Old {
    fn new(slug: fn(&str) -> String) -> Old {
        let (pages, copies, lists, notes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Old { slug, settings: settings::Settings::default(), pages, copies, lists, notes }
    }
}

/// What a page becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// `momo.zh.md`.
    Page,
    /// `momo/index.zh.md`: a page with files of its own.
    Bundle,
    /// `2025/_index.zh.md`: the text of a list.
    Section,
}

/// A page of the old site in one language.
#[derive(Debug)]
struct Page {
    /// Its file.
    source: String,
    lang: Lang,
    /// What it shares with its other language: the path of the file without language and ending.
    key: String,
    /// The last part of its new address, where its front matter says.
    slug: Option<String>,
    form: Form,
    front: Map<String, Value>,
    /// The date in the name of the file.
    date: Option<String>,
    draft: bool,
    /// Its text, and the line on which that begins.
    body: String,
    line: usize,
    /// The addresses at which readers found it, from the top of the site, the first one where it was.
    urls: Vec<String>,
}

impl Page {
    fn text<'p>(&'p self, keys: &[&str]) -> Option<&'p str> {
        let found = keys.iter().filter_map(|key| self.front.get(*key)).find_map(Value::as_str);
        found.map(str::trim).filter(|text| !text.is_empty())
    }
}

/// Makes a site of gen's from one of another generator.
pub fn migrate(generator: Generator, files: &Files) -> Migrated {
    let old = match generator {
        Generator::Hugo => hugo::read(files),
        Generator::Zola => zola::read(files),
        Generator::Hexo => hexo::read(files),
        Generator::Jekyll => jekyll::read(files),
    };
    let count = old.pages.len();
    let mut made = Migrated::default();
    let placed = place::place(old, files);
    made.pages = (count, placed.pages.len());
    made.notes = placed.notes.clone();
    made.aliases = placed.pages.iter().map(|page| page.aliases.len()).sum();
    for (path, bytes) in &placed.files {
        made.files.insert(path.clone(), bytes.clone());
    }
    for page in &placed.pages {
        let links = text::Links { placed: &placed, page };
        let (body, notes) = text::rewritten(generator, &links);
        made.notes.extend(notes);
        let (front, notes) = front::written(page, &placed.settings, &placed.tags);
        made.notes.extend(notes);
        let body = body.trim_start_matches(['\n', '\r']);
        made.files.insert(page.path(), format!("+++\n{front}+++\n\n{body}").into_bytes());
    }
    made.files
        .entry("book.toml".to_owned())
        .or_insert_with(|| placed.settings.book(&placed.names).into_bytes());
    made.notes.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    made.notes.dedup();
    made
}

fn note(path: &str, line: Option<usize>, text: Message) -> Note {
    Note { path: path.to_owned(), line, text }
}
