//! What the search finds: a page's text in parts, each with its tokens and what a result shows.

use serde::Serialize;

use super::shard::{Class, Tokens, gather};
use super::token;
use crate::lang::{Lang, PerLang};
use crate::memo::{Fingerprint, Hasher};
use crate::model::align::Row;
use crate::model::texts::Text;
use crate::output::Output;
use crate::parse::markdown::BlockKind;

/// The length of a part's text in bytes beyond which it is divided. A result is shown with its
/// part: a page of results is ten of them.
const PART: usize = 8 << 10;

/// A part of a document.
pub struct Part {
    /// Stands for all that it was made from.
    fingerprint: Fingerprint,
    tokens: Box<[u32]>,
    /// What the page is given: JSON, as a list with this part alone.
    pub shown: Output,
}

impl Part {
    /// What it is found by.
    pub fn tokens(&self) -> Tokens<'_> {
        Tokens { tokens: &self.tokens, fingerprint: self.fingerprint }
    }
}

/// What a document is made from beside its text.
#[derive(Serialize)]
pub struct Facts {
    /// Its address without base and view: `2025/momo/`.
    pub path: String,
    /// The views that it exists in, added up: 1 side by side, 2 Chinese, 4 English.
    pub views: u8,
    /// Its date.
    pub date: Option<String>,
    /// Its title.
    pub title: PerLang<String>,
    /// Its summary.
    pub summary: PerLang<String>,
    /// Further words that lead to it: tags, other names.
    pub words: Vec<String>,
    /// Whether it is a term of the glossary.
    pub term: bool,
    /// The terms that its text uses, by their index in the site's glossary.
    pub uses: Vec<usize>,
}

/// A paragraph, or what else stands side by side, in both languages.
type Pair = (String, String);

/// The tuple that `static/search.js` reads.
#[derive(Serialize)]
struct Shown<'a>(&'a str, u8, &'a Option<String>, bool, [&'a str; 2], [&'a str; 2], &'a [Pair]);

/// The fingerprint of what [`parts`] reads.
pub fn key(facts: &Facts, text: Option<&Text>) -> Fingerprint {
    let mut hasher = Hasher::new().str("document").value(facts);
    if let Some(text) = text {
        hasher = hasher.with(text.alignment.fingerprint);
        for (lang, marked) in text.marked.present() {
            hasher = hasher.str(lang.key()).with(marked.fingerprint);
        }
    }
    hasher.finish()
}

/// The parts of a document whose [`key`] is given; one at least.
pub fn parts(key: Fingerprint, facts: &Facts, text: Option<&Text>) -> Vec<Part> {
    let (rows, headings) = text.map(rows).unwrap_or_default();
    let length = |row: &Pair| row.0.len() + row.1.len();
    let whole: usize = rows.iter().map(length).sum();
    let share = whole / whole.div_ceil(PART).max(1);
    let mut parts = Vec::new();
    let (mut from, mut size) = (0, 0);
    for (at, row) in rows.iter().enumerate() {
        size += length(row);
        if at + 1 == rows.len() || size >= share {
            parts.push((from, at + 1));
            (from, size) = (at + 1, 0);
        }
    }
    if parts.is_empty() {
        parts.push((0, 0));
    }
    let parts = parts.into_iter().map(|(from, to)| {
        let (tokens, shown) = part(facts, &rows[from..to], &headings[from..to], from == 0);
        Part { fingerprint: Hasher::new().with(key).value(&from).finish(), tokens, shown }
    });
    parts.collect()
}

/// The tokens of some rows, and what the page is given. The first part has the title's tokens and
/// what else there is beside the text.
fn part(facts: &Facts, rows: &[Pair], headings: &[bool], first: bool) -> (Box<[u32]>, Output) {
    let mut tokens = Vec::new();
    let entry = |token: u32, class: Class| token << 2 | class as u32;
    let mut add = |text: &str, class| token::each(text, |token| tokens.push(entry(token, class)));
    for ((zh, en), &heading) in rows.iter().zip(headings) {
        let class = if heading { Class::Heading } else { Class::Text };
        add(zh, class);
        add(en, class);
    }
    let Facts { title, summary, .. } = facts;
    if first {
        for lang in Lang::ALL {
            add(title.get(lang), Class::Title);
            add(summary.get(lang), Class::Heading);
        }
        facts.words.iter().for_each(|word| add(word, Class::Heading));
        for title in [&title.zh, &title.en].into_iter().filter(|title| !title.is_empty()) {
            let letters = token::letters(title);
            let whole = std::iter::once('=').chain(letters.chars());
            tokens.push(entry(token::hash(whole), Class::Title));
        }
        tokens.extend(facts.uses.iter().map(|term| entry(use_of(*term), Class::Text)));
    }
    let summary = if first { [summary.zh.as_str(), &summary.en] } else { [""; 2] };
    let titles = [title.zh.as_str(), &title.en];
    let shown = Shown(&facts.path, facts.views, &facts.date, facts.term, titles, summary, rows);
    let json = serde_json::to_vec(&[shown]).unwrap_or_default();
    (gather(tokens), Output::new(json))
}

/// The token of the documents that use a term.
fn use_of(term: usize) -> u32 {
    token::hash(format!("#{term}").chars())
}

/// The rows of a text that say something, and whether each is a heading. Footnotes come last.
fn rows(text: &Text) -> (Vec<Pair>, Vec<bool>) {
    let blocks = |lang: Lang, row: &Row| {
        let range = match lang {
            Lang::Zh => row.zh.clone(),
            Lang::En => row.en.clone(),
        };
        let marked = text.marked.get(lang).as_ref();
        let blocks = marked.and_then(|marked| marked.blocks.get(range)).unwrap_or_default();
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.trim()).collect();
        texts.join(" ").replace('\n', " ")
    };
    let heading = |row: &Row| {
        let kind = |lang, at| {
            let version = text.versions.get(lang).as_ref()?;
            Some(matches!(version.body.blocks.get::<usize>(at)?.kind, BlockKind::Heading(_)))
        };
        kind(Lang::Zh, row.zh.start).or(kind(Lang::En, row.en.start)).unwrap_or(false)
    };
    let body = text.alignment.rows.iter();
    let body = body.map(|row| ((blocks(Lang::Zh, row), blocks(Lang::En, row)), heading(row)));
    let notes = |lang: Lang| {
        let marked = text.marked.get(lang).as_ref();
        let notes = marked.map(|marked| marked.notes.as_slice()).unwrap_or_default();
        notes.iter().flatten().map(|block| block.text.trim().replace('\n', " "))
    };
    let zh = notes(Lang::Zh).map(|note| ((note, String::new()), false));
    let en = notes(Lang::En).map(|note| ((String::new(), note), false));
    body.chain(zh).chain(en).filter(|((zh, en), _)| !zh.is_empty() || !en.is_empty()).unzip()
}
