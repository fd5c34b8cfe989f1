//! A file of content into a document: its front matter, and its text in one language or in both.

use std::sync::Arc;

use rayon::prelude::*;

use super::data;
use super::encoding;
use super::front_matter::{self, FrontMatterFile};
use super::markdown::{self, Blocks, Body, Expand, Rules, Written};
use super::shortcode::{self, Shortcodes};
use super::silence::{self, Silence};
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::msg;
use crate::source::File;

/// Which languages a file holds, told by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub enum Form {
    /// `name.zh.md` or `name.en.md`.
    One(Lang),
    /// `name.md`, which holds both, block by block.
    Both,
}

impl Form {
    /// The name of a page and the form of its file, from the file's name without folders; none
    /// if it is no Markdown.
    pub fn of(file_name: &str) -> Option<(&str, Form)> {
        let stem = file_name.strip_suffix(".md").or_else(|| file_name.strip_suffix(".markdown"))?;
        let one = |lang: Lang| {
            let name = stem.strip_suffix(lang.key())?.strip_suffix('.')?;
            Some((name, Form::One(lang)))
        };
        one(Lang::Zh).or_else(|| one(Lang::En)).or(Some((stem, Form::Both)))
    }

    /// How the name of a file has to be written, where the letter case of its ending hides what it
    /// is: `momo.en.md` for `momo.EN.MD`.
    pub fn in_lower_case(file_name: &str) -> Option<String> {
        if !file_name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let lower = file_name.to_ascii_lowercase();
        let (name, form) = Form::of(&lower)?;
        let same = Form::of(file_name).is_some_and(|(_, own)| own == form);
        (!same).then(|| format!("{}{}", &file_name[..name.len()], &lower[name.len()..]))
    }
}

/// A file of content.
#[derive(Debug, Clone)]
pub struct Doc {
    /// Its path from the site's root.
    pub path: Arc<str>,
    /// Which languages it holds.
    pub form: Form,
    /// Its front matter.
    pub front: FrontMatterFile,
    /// Its text in each language that it holds.
    pub bodies: PerLang<Option<Arc<Body>>>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// The problems that its author silences.
    pub silences: Vec<Silence>,
    /// Of all that it was read from: path, bytes, form, rules.
    pub fingerprint: Fingerprint,
}

/// A file of content before it is read.
#[derive(Clone, Copy)]
pub struct Placed<'a> {
    /// Its path from the site's root.
    pub path: &'a Arc<str>,
    /// Its bytes.
    pub file: &'a File,
    /// Which languages it holds.
    pub form: Form,
}

/// Documents that are remembered together.
pub struct Docs {
    /// Each of them.
    pub docs: Vec<Arc<Doc>>,
    /// Of all that they were read from.
    pub fingerprint: Fingerprint,
}

/// Reads files of content, or takes what has not changed from the memo, all at once where none has.
///
/// `rules_key` is the fingerprint of the rules, made once for all files.
pub fn read_all(
    files: &[Placed<'_>],
    rules: Rules,
    rules_key: Fingerprint,
    shortcodes: Shortcodes<'_>,
    memo: &Memo,
) -> Arc<Docs> {
    let key = Hasher::new().str("documents").with(rules_key);
    let add = |key: Hasher, one: &Placed<'_>| key.str(one.path).with(one.file.fingerprint);
    let key = files.iter().fold(key, add).finish();
    let calling = memo.get(Stage::Batch, key, || {
        let calls = |&at: &usize| shortcode::has_calls(&files[at].file.bytes);
        (0..files.len()).filter(calls).collect::<Vec<usize>>()
    });
    let calls = calling.iter().filter_map(|&at| shortcodes.key(files[at].path, files[at].file));
    let key = calls.fold(Hasher::new().str("read").with(key), Hasher::with).finish();
    memo.get(Stage::Batch, key, || {
        let read = |one: &Placed<'_>| read(*one, rules, rules_key, shortcodes, memo);
        Docs { docs: files.par_iter().map(read).collect(), fingerprint: key }
    })
}

fn read(
    Placed { path, file, form }: Placed<'_>,
    rules: Rules,
    rules_key: Fingerprint,
    shortcodes: Shortcodes<'_>,
    memo: &Memo,
) -> Arc<Doc> {
    let form_key = match form {
        Form::One(lang) => lang.key(),
        Form::Both => "both",
    };
    let key = Hasher::new().with(rules_key).with(file.fingerprint).str(form_key).str(path);
    let calls = shortcodes.key(path, file);
    let key = calls.into_iter().fold(key, Hasher::with).finish();
    let with = Expand { path, shortcodes, key: calls };
    memo.get(Stage::Parse, key, || parse(file, form, rules, key, with, memo))
}

fn parse(
    file: &File,
    form: Form,
    rules: Rules,
    fingerprint: Fingerprint,
    with: Expand<'_>,
    memo: &Memo,
) -> Doc {
    let path = with.path;
    let mut diagnostics = Vec::new();
    let text = text(path, &file.bytes, &mut diagnostics);
    let mut front = front_matter::parse(path, text);
    diagnostics.append(&mut front.diagnostics);
    let start = front.body_start;
    let text = &*data::blank(path, text, start, &mut diagnostics);
    let mut silences = front.node.as_ref().map(silence::in_front_matter).unwrap_or_default();
    let blocks = (form == Form::Both).then(|| Blocks::with(text, start, rules, Some(with)));
    let mut unused = Vec::new();
    let bodies = PerLang::from_fn(|lang| {
        let held = match (form, &blocks) {
            (Form::One(own), _) => own == lang,
            (Form::Both, Some(blocks)) => holds(&front, blocks, lang),
            (Form::Both, None) => true,
        };
        held.then(|| {
            let blocks = blocks.as_ref();
            let with = Some(with);
            let written = Written { path, text, body_start: start, lang, rules, blocks, with };
            let parsed = markdown::parse_written(written, memo);
            diagnostics.extend(parsed.diagnostics);
            silences.extend(parsed.silences);
            unused.push(parsed.unused);
            Arc::new(parsed.body)
        })
    });
    if form == Form::Both {
        diagnostics.extend(markdown::unused_in_all(path, &unused));
    }
    // A file that holds both languages is read twice.
    silences.sort_by_key(|silence| silence.span.start);
    silences.dedup();
    Doc { path: path.clone(), form, front, bodies, diagnostics, silences, fingerprint }
}

/// Whether a file in the single-file form holds a language: a block of it, or a title in it.
fn holds(front: &FrontMatterFile, blocks: &Blocks, lang: Lang) -> bool {
    let titled = front.front.title.as_ref().is_some_and(|title| title.has(lang));
    blocks.has(lang) || titled && !blocks.has(lang.other())
}

/// The bytes of a file as text, up to where they are no longer UTF-8 (then reported).
pub fn text<'a>(path: &Arc<str>, bytes: &'a [u8], diagnostics: &mut Vec<Diagnostic>) -> &'a str {
    // Latin letters in UTF-16 are letters and NUL in UTF-8.
    let (at, encoding) = match (std::str::from_utf8(bytes), bytes.iter().position(|b| *b == 0)) {
        (Ok(text), None) => return text,
        (Ok(text), Some(zero)) => match encoding::of(bytes) {
            Some("UTF-16") => (zero, Some("UTF-16")),
            _ => return text,
        },
        (Err(error), _) => (error.valid_up_to(), encoding::of(bytes)),
    };
    let byte = bytes.get(at).copied().unwrap_or_default();
    let text =
        msg!("byte {at} (0x{byte:02x}) is not UTF-8", "第 {at} 个字节（0x{byte:02x}）不是 UTF-8");
    let help = match encoding {
        Some(encoding) => msg!(
            "save the file as UTF-8; it looks like {encoding} now",
            "请把文件另存为 UTF-8；它现在看来是 {encoding}"
        ),
        None => msg!(
            "save the file as UTF-8; if it is not text, move it to static/ or give it another extension",
            "请把文件另存为 UTF-8；如果它不是文本，请移到 static/，或换一个扩展名"
        ),
    };
    diagnostics.push(Diagnostic::error("not-utf-8", path.clone(), at..at + 1, text).help(help));
    std::str::from_utf8(&bytes[..at]).unwrap_or_default()
}
