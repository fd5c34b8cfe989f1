//! Documents into pages: the two languages of a page brought together.

pub mod batch;
mod facts;

use std::ops::Range;
use std::sync::Arc;

pub use facts::{Facts, Origin};
use serde::Serialize;

use crate::diag::{self, Diagnostic};
use crate::lang::{Lang, PerLang, View};
use crate::memo::{Fingerprint, Hasher};
use crate::msg;
use crate::parse::doc::{Doc, Form};
use crate::source::{Now, Options};

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum PageKind {
    /// A page of text: an article, or one without a date such as `about`.
    Article,
    /// The text of a section's page (`_index`).
    Section,
    /// The text of the home page (`_index` at the top).
    Home,
}

/// A page in one language or in both.
#[derive(Debug, Clone)]
pub struct Page {
    /// What it is.
    pub kind: PageKind,
    /// Its address without view and slashes: `2025/tiktok-refugees`; empty for the home page.
    pub key: String,
    /// The folder of its file, from the content folder: `2025/tiktok-refugees`; empty at the top.
    pub folder: String,
    /// The document of each language; one document twice in the single-file form.
    pub docs: PerLang<Option<Arc<Doc>>>,
    /// The documents that the facts come from: those, and one that is not published.
    pub written: PerLang<Option<Arc<Doc>>>,
    /// What the front matter says, inherited between the languages.
    pub facts: Facts,
    /// Of all that it was made from: its documents, its name and the settings.
    pub fingerprint: Fingerprint,
}

impl Page {
    /// Whether the page is there in a language.
    pub fn has(&self, lang: Lang) -> bool {
        self.docs.get(lang).is_some()
    }

    /// The languages of the page.
    pub fn languages(&self) -> Vec<Lang> {
        Lang::ALL.into_iter().filter(|&lang| self.has(lang)).collect()
    }

    /// The views in which the page exists: side by side only with both languages. Sections and
    /// the home page, being lists, exist in all.
    pub fn views(&self) -> Vec<View> {
        let both = self.docs.zh.is_some() && self.docs.en.is_some();
        let lists = self.kind != PageKind::Article;
        let exists = |view: &View| match view.lang() {
            None => both || lists,
            Some(lang) => self.has(lang) || lists,
        };
        View::ALL.into_iter().filter(exists).collect()
    }

    /// The view to send a reader to who comes from `view`: that one, else what there is.
    pub fn view_from(&self, view: View) -> View {
        let views = self.views();
        let first = views.first().copied().unwrap_or(View::Both);
        if views.contains(&view) { view } else { first }
    }

    /// Whether it is a page of text, and no introduction to a list.
    pub fn is_article(&self) -> bool {
        self.kind == PageKind::Article
    }

    /// Whether it is listed among the articles: those have a date.
    pub fn is_listed(&self) -> bool {
        self.kind == PageKind::Article && self.facts.date.is_some()
    }

    /// What decides where the page is listed, when, and what links call it.
    fn listed_by(&self) -> impl Serialize {
        let Facts { date, updated, weight, tags, categories, issue, .. } = &self.facts;
        let paths = PerLang::from_fn(|lang| self.docs.get(lang).as_ref().map(|doc| &doc.path));
        (self.kind, &self.key, paths, (date, updated), weight, tags, categories, issue)
    }

    /// The first document: for problems with the page as a whole.
    pub fn origin(&self) -> Option<&Arc<Doc>> {
        self.docs.zh.as_ref().or(self.docs.en.as_ref())
    }
}

/// A name of a page in the content folder and the documents that bear it.
#[derive(Default)]
struct Found {
    docs: PerLang<Option<Arc<Doc>>>,
}

impl Found {
    /// The documents of one page by language, and what is wrong with there being so many.
    fn of<'d>(
        docs: impl Iterator<Item = &'d Arc<Doc>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Found {
        let mut found = Found::default();
        for doc in docs {
            for lang in Lang::ALL.into_iter().filter(|&lang| doc.bodies.get(lang).is_some()) {
                place(&mut found, lang, doc, diagnostics);
            }
        }
        found
    }
}

/// The name of the page of a document, by its path from the site's root.
fn name_of<'p>(src: &str, path: &'p str) -> Option<batch::Name<'p>> {
    let inside = path.strip_prefix(src).unwrap_or(path).trim_start_matches('/');
    let (name, _) = Form::of(inside.rsplit('/').next().unwrap_or(inside))?;
    Some(batch::page_name(inside, name))
}

/// The fingerprint of what the facts of a page come from.
fn key(
    folder: &str,
    name: &str,
    docs: &PerLang<Option<Arc<Doc>>>,
    config: Fingerprint,
) -> Fingerprint {
    let mut key = Hasher::new().str("facts").with(config).str(folder).str(name);
    for (lang, doc) in docs.present() {
        key = key.str(lang.key()).with(doc.fingerprint);
    }
    key.finish()
}

/// Puts a document into its language's place, which another file may hold already.
fn place(entry: &mut Found, lang: Lang, doc: &Arc<Doc>, diagnostics: &mut Vec<Diagnostic>) {
    let slot = entry.docs.get_mut(lang);
    if let Some(other) = slot {
        let first = other.path.clone();
        let problem = Diagnostic::error(
            "two-files-one-page",
            doc.path.clone(),
            None,
            msg!(
                "this file and “{first}” are the same page in the same language ({lang})",
                "这个文件和“{first}”是同一个页面，语言也相同（{lang}）"
            ),
        );
        let help = msg!(
            "rename one of them, or move its text into the other",
            "请给其中一个改名，或把内容并入另一个"
        );
        diagnostics.push(problem.help(help).related(
            first,
            None,
            msg!("the other file", "另一个文件"),
        ));
    } else {
        *slot = Some(doc.clone());
    }
}

/// The documents that are to be published: no drafts and nothing of the future, unless asked for.
fn published(
    docs: &PerLang<Option<Arc<Doc>>>,
    facts: &Facts,
    options: &Options,
    now: &Now,
) -> PerLang<Option<Arc<Doc>>> {
    let future = !options.future && facts.date.is_some_and(|date| date.is_after(now));
    // `draft` in one file speaks of that file; a language that says nothing follows the other.
    PerLang::from_fn(|lang| {
        let draft = facts::own_or_other(docs, lang, |front| front.draft.as_ref());
        let hidden = future || draft.copied().unwrap_or(false) && !options.drafts;
        docs.get(lang).clone().filter(|_| !hidden)
    })
}

fn page(
    folder: String,
    name: &str,
    docs: PerLang<Option<Arc<Doc>>>,
    written: PerLang<Option<Arc<Doc>>>,
    mut facts: Facts,
    fingerprint: Fingerprint,
) -> (Arc<Page>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let kind = match name {
        "_index" if folder.is_empty() => PageKind::Home,
        "_index" => PageKind::Section,
        _ => PageKind::Article,
    };
    for lang in Lang::ALL.into_iter().filter(|&lang| docs.get(lang).is_none()) {
        facts.forget(lang);
    }
    let (parent, own) = match name {
        "_index" => (folder.as_str(), None),
        "index" => match folder.rsplit_once('/') {
            Some((parent, own)) => (parent, Some(own)),
            None => ("", Some(folder.as_str())),
        },
        _ => (folder.as_str(), Some(name)),
    };
    let own = own.map(|own| facts.slug.clone().unwrap_or_else(|| own.to_owned()));
    let key = match own {
        Some(own) if parent.is_empty() => own,
        Some(own) => format!("{parent}/{own}"),
        None => parent.to_owned(),
    };
    for lang in Lang::ALL {
        if let Some(doc) = docs.get(lang)
            && facts.title.get(lang).is_none()
            && kind != PageKind::Home
        {
            // Front matter that cannot be read, or an empty title, is reported already.
            let unread = doc.front.node.is_none() && diag::has_errors(&doc.diagnostics);
            if !unread && doc.front.front.title.is_none() {
                diagnostics.push(missing_title(doc, lang));
            }
            *facts.title.get_mut(lang) = Some(name.to_owned());
        }
    }
    (Arc::new(Page { kind, key, folder, docs, written, facts, fingerprint }), diagnostics)
}

fn missing_title(doc: &Doc, lang: Lang) -> Diagnostic {
    let span: Range<usize> = 0..0;
    Diagnostic::error(
        "missing-title",
        doc.path.clone(),
        span,
        msg!("this page has no title ({lang})", "这一页没有标题（{lang}）"),
    )
    .help(msg!(
        "add title = \"…\" to the front matter, or begin the text with “# …”",
        "请在文件头部写 title = \"…\"，或在正文开头写“# …”"
    ))
}
