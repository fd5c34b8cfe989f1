//! Shortcodes: what an author calls from a text by a comment, and what stands there then.
//!
//! A shortcode answers with Markdown, which takes the place of the call before blocks are told apart.
//! So what it writes is read as all else: paired, searched, counted, its links found. What answers is
//! handed in; nothing here knows templates.

mod call;
mod include;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use call::{Argument, Call, Comment, has_calls, possible, read};

use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::memo::{Fingerprint, Hasher};
use crate::msg;
use crate::source::File;

/// What stands in a shortcode's Markdown for the text of its call. No text of an author's holds it: it
/// is no character (Unicode, section 23.7).
pub const BODY: &str = "\u{FDEF}";

/// What the calls of one text have taken so far.
#[derive(Debug, Default)]
pub struct Spent {
    /// Steps of templates.
    pub steps: u64,
    /// Bytes of Markdown.
    pub bytes: usize,
    /// Whether that was too much. It is told at the call that took it, and no other is answered.
    pub over: bool,
}

/// What answers calls.
pub trait Answers: Send + Sync {
    /// The Markdown of a call in a text of a language, with [`BODY`] for its own text where it has one.
    /// `path` is the file of the call. What it takes is added to `spent`, but for the bytes that it returns.
    fn answer(
        &self,
        path: &Arc<str>,
        call: &Call,
        lang: Lang,
        body: bool,
        spent: &mut Spent,
    ) -> Result<String, Box<Diagnostic>>;

    /// How many bytes of Markdown the calls of one text may make.
    fn most(&self) -> usize;

    /// Of all that answers depend on but the call.
    fn fingerprint(&self) -> Fingerprint;
}

/// The shortcodes of a site.
#[derive(Clone, Copy)]
pub struct Shortcodes<'s> {
    /// What answers calls.
    pub answers: &'s dyn Answers,
    /// The files of the site, for `include`.
    pub files: &'s BTreeMap<Arc<str>, File>,
}

impl Shortcodes<'_> {
    /// The Markdown of a call.
    pub fn answer(
        &self,
        path: &Arc<str>,
        call: &Call,
        lang: Lang,
        body: bool,
        spent: &mut Spent,
    ) -> Result<String, Box<Diagnostic>> {
        if spent.over {
            return Ok(if body { BODY.to_owned() } else { String::new() });
        }
        let text = match call.name.as_str() {
            include::NAME if !body => include::answer(path, call, self.files),
            _ => self.answers.answer(path, call, lang, body, spent),
        }?;
        spent.bytes += text.len();
        if spent.bytes > self.answers.most() {
            spent.over = true;
            return Err(Box::new(too_much(path, call)));
        }
        Ok(text)
    }

    /// The fingerprint of all that the calls of a file depend on; none if it has no calls.
    pub fn key(&self, path: &str, file: &File) -> Option<Fingerprint> {
        if !has_calls(&file.bytes) {
            return None;
        }
        let mut key = Hasher::new().str("shortcodes").with(self.answers.fingerprint());
        // As far as it is read.
        let bytes = &*file.bytes;
        let end = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let text = std::str::from_utf8(&bytes[..end]).unwrap_or_default();
        // In a quote the lines of a call begin with its marks, which are no part of the call.
        let bare = |line: &'_ str| line.trim_start_matches([' ', '\t', '>']).to_owned();
        let quoted: String = text.split_inclusive('\n').map(bare).collect();
        let calls = possible(text).into_iter().chain(possible(&quoted));
        let mut missing = false;
        // What they name is known before the file is read.
        for call in calls.filter(|call| call.name == include::NAME) {
            let target = include::target(path, &call);
            let found = target.as_deref().and_then(|target| self.files.get(target));
            key = key.str(target.as_deref().unwrap_or(""));
            key = key.with(found.map_or_else(Fingerprint::default, |file| file.fingerprint));
            missing |= found.is_none();
        }
        // Of a file that is not there it is said which one may be meant.
        if missing {
            key = self.files.keys().fold(key, |key, path| key.str(path));
        }
        Some(key.finish())
    }
}

fn too_much(path: &Arc<str>, call: &Call) -> Diagnostic {
    let text = msg!(
        "with this one the shortcodes of the text make too much Markdown",
        "加上这一处，这篇文字里的短代码生成的 Markdown 太多了"
    );
    Diagnostic::error("template-limit", path.clone(), call.span.clone(), text).help(msg!(
        "if the text needs that much, raise template-bytes under [limits] in book.toml: a quarter of it may be made",
        "如果确实需要，请在 book.toml 的 [limits] 中调高 template-bytes：短代码最多可以生成它的四分之一"
    ))
}
