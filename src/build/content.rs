//! The files of a site sorted by what they are, and the terms of its glossary read.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::lang::PerLang;
use crate::memo::{Hasher, Memo, Stage};
use crate::model::glossary::Entry;
use crate::model::pages::batch;
use crate::model::site::TermText;
use crate::msg;
use crate::parse::doc::{self, Form, Placed};
use crate::parse::markdown::{self, Blocks, Expand, Rules, Written};
use crate::parse::shortcode::Shortcodes;
use crate::parse::silence::Silence;
use crate::parse::term;
use crate::source::{File, Sources};

/// The files of the site by what becomes of them.
#[derive(Default)]
pub(super) struct Content<'a> {
    /// The texts of pages, those of one page side by side.
    pages: Vec<Placed<'a>>,
    /// Where each batch of pages ends among them.
    ends: Vec<usize>,
    glossaries: Vec<(&'a Arc<str>, &'a File)>,
    terms: Vec<(&'a Arc<str>, &'a File)>,
    /// Files published as they are: output path to source path.
    pub files: BTreeMap<String, Arc<str>>,
}

impl<'a> Content<'a> {
    /// Sorts the files of a site; `src` is its content folder.
    pub fn sort(sources: &'a Sources, src: &str) -> Self {
        let mut content = Content::default();
        let mut named = Vec::with_capacity(sources.files.len());
        for (path, file) in &sources.files {
            if let Some(inside) = path.strip_prefix("static/") {
                content.files.insert(inside.to_owned(), path.clone());
                continue;
            }
            let inside = path.strip_prefix(src).and_then(|rest| rest.strip_prefix('/'));
            let Some(inside) = inside else { continue };
            let name = inside.rsplit('/').next().unwrap_or(inside);
            match Form::of(name) {
                _ if inside == "glossary.toml" => content.glossaries.push((path, file)),
                Some(_) if inside.starts_with("glossary/") => content.terms.push((path, file)),
                Some((name, form)) => {
                    named.push((batch::page_name(inside, name), Placed { path, file, form }));
                }
                None => {
                    content.files.insert(inside.to_owned(), path.clone());
                }
            }
        }
        // They come by path, which is nearly by page.
        named.sort_by_key(|(name, _)| *name);
        content.ends = batch::ends(named.iter().map(|(name, _)| *name));
        content.pages = named.into_iter().map(|(_, placed)| placed).collect();
        content
    }

    /// The texts of pages in batches, each with all files of its pages.
    pub fn batches(&self) -> Vec<&[Placed<'a>]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.pages[start..end]).collect()
    }
}

/// Warnings for files whose names are not read as their author meant them.
pub(super) fn odd_names(sources: &Sources, src: &str) -> Vec<Diagnostic> {
    let problem = |path: &Arc<str>| {
        let inside = path.strip_prefix(src).filter(|rest| rest.starts_with('/'))?;
        let name = inside.rsplit('/').next()?;
        let right = Form::in_lower_case(name)?;
        let text = msg!(
            "the ending of “{name}” is not in lower case: the file is not read as “{right}”",
            "“{name}”的后缀不是小写：这个文件不会当作“{right}”来读"
        );
        let problem = Diagnostic::warning("odd-case", path.clone(), None, text);
        Some(problem.help(msg!("rename it to {right}", "请改名为 {right}")))
    };
    sources.files.keys().filter_map(problem).collect()
}

/// The terms of the glossary, and the long texts of those that have files of their own.
pub(super) fn glossary(
    content: &Content<'_>,
    rules: Rules,
    shortcodes: Shortcodes<'_>,
    memo: &Memo,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Entry>, Vec<Arc<TermText>>) {
    let mut terms = Vec::new();
    for (path, file) in &content.glossaries {
        let key = Hasher::new().str("glossary.toml").str(path).with(file.fingerprint).finish();
        let read = memo.get(Stage::Prepare, key, || read_glossary(path, file));
        diagnostics.extend(read.1.iter().cloned());
        terms.extend(read.0.iter().cloned());
    }
    let mut texts = Vec::new();
    for (path, file) in &content.terms {
        let key = Hasher::new().str("term").str(path).with(file.fingerprint).value(&rules);
        let calls = shortcodes.key(path, file);
        let key = calls.into_iter().fold(key, Hasher::with).finish();
        let with = Expand { path, shortcodes, key: calls };
        let read = memo.get(Stage::Parse, key, || read_term(file, rules, with, memo));
        diagnostics.extend(read.2.iter().cloned());
        terms.extend(read.0.clone());
        texts.extend(read.1.clone());
    }
    (terms, texts)
}

/// Reads a file of many terms.
fn read_glossary(path: &Arc<str>, file: &File) -> (Vec<Entry>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let text = doc::text(path, &file.bytes, &mut diagnostics);
    let (found, problems) = term::parse_glossary(path, text);
    diagnostics.extend(problems);
    let entry = |found: term::SpannedTerm| Entry {
        term: found.term,
        path: Arc::clone(path),
        span: found.span,
        see: found.see,
        local: false,
        rich: false,
    };
    (found.into_iter().map(entry).collect(), diagnostics)
}

type ReadTerm = (Option<Entry>, Option<Arc<TermText>>, Vec<Diagnostic>);

/// Reads a term with a file of its own, `content/glossary/<id>.md`.
fn read_term(file: &File, rules: Rules, with: Expand<'_>, memo: &Memo) -> ReadTerm {
    let path = with.path;
    let mut diagnostics = Vec::new();
    let text = doc::text(path, &file.bytes, &mut diagnostics);
    let read = term::parse_term_file(path, text);
    diagnostics.extend(read.diagnostics);
    let Some(found) = read.term else { return (None, None, diagnostics) };
    let blocks = Blocks::with(text, read.body_start, rules, Some(with));
    let (mut silences, mut unused) = (Vec::new(), Vec::new());
    let bodies = PerLang::from_fn(|lang| {
        blocks.has(lang).then(|| {
            let (body_start, blocks) = (read.body_start, Some(&blocks));
            let with = Some(with);
            let written = Written { path, text, body_start, lang, rules, blocks, with };
            let parsed = markdown::parse_written(written, memo);
            diagnostics.extend(parsed.diagnostics);
            silences.extend(parsed.silences);
            unused.push(parsed.unused);
            Arc::new(parsed.body)
        })
    });
    diagnostics.extend(markdown::unused_in_all(path, &unused));
    silences.sort_by_key(|silence: &Silence| silence.span.start);
    silences.dedup();
    let id = found.term.id.clone();
    let (path, span, see) = (path.clone(), found.span, found.see);
    let entry = Entry { term: found.term, path: path.clone(), span, see, local: false, rich: true };
    (Some(entry), Some(Arc::new(TermText { path, id, bodies, silences })), diagnostics)
}
