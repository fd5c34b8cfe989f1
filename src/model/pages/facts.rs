//! What the front matter of a page says: shared facts once, words for readers in each language,
//! each inherited where a file leaves it out.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::config::{Config, GlossaryLink, Pinyin};
use crate::date::Date;
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::msg;
use crate::parse::doc::Doc;
use crate::parse::front_matter::{FrontMatter, Source};
use crate::parse::markdown::BlockKind;
use crate::parse::smart::smart;
use crate::text::Text;

/// Where a fact was written: to point at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub path: Arc<str>,
    /// Its bytes.
    pub span: Option<Range<usize>>,
}

/// What the front matter of a page says.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The title of each version.
    pub title: PerLang<Option<String>>,
    /// Whether the title of a version is its first heading, which is then no part of the text.
    pub title_in_text: PerLang<bool>,
    /// The summary of each version, where one is written.
    pub summary: PerLang<Option<String>>,
    /// When it appeared.
    pub date: Option<Date>,
    /// When it was last changed in a way worth telling.
    pub updated: Option<Date>,
    /// What stands for the file's name in the address.
    pub slug: Option<String>,
    /// The people named, in both languages.
    pub authors: Vec<PerLang<String>>,
    /// The translators.
    pub translators: Vec<PerLang<String>>,
    /// The editors.
    pub editors: Vec<PerLang<String>>,
    /// The tags' ids.
    pub tags: Vec<String>,
    /// The categories' ids.
    pub categories: Vec<String>,
    /// The issue's id.
    pub issue: Option<String>,
    /// The cover picture, as written.
    pub cover: Option<String>,
    /// Old addresses, as written, with their places.
    pub aliases: Vec<(String, Origin)>,
    /// The template.
    pub template: Option<String>,
    /// Whether a table of contents is wanted; where it is left out, the theme decides.
    pub toc: Option<bool>,
    /// The place among the pages of a section, lightest first.
    pub weight: Option<i64>,
    /// Where the story comes from.
    pub source: Option<SourceFacts>,
    /// The ids of terms that are not linked.
    pub skip: Vec<String>,
    /// Which occurrences of terms are linked.
    pub link: Option<GlossaryLink>,
    /// What pinyin is written over.
    pub pinyin: Option<Pinyin>,
    /// How words are read, by the author.
    pub readings: BTreeMap<String, String>,
    /// The free table.
    pub extra: BTreeMap<String, Value>,
}

/// Where a story comes from.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SourceFacts {
    /// The publication.
    pub name: PerLang<String>,
    /// Its address.
    pub url: Option<String>,
    /// The reporter.
    pub author: PerLang<String>,
    /// The editor.
    pub editor: PerLang<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Its title there.
    pub original_title: PerLang<String>,
    /// What has to be said about rights.
    pub statement: PerLang<String>,
}

impl Facts {
    /// Takes away what belongs to a version that is not published.
    pub(super) fn forget(&mut self, lang: Lang) {
        *self.title.get_mut(lang) = None;
        *self.title_in_text.get_mut(lang) = false;
        *self.summary.get_mut(lang) = None;
    }
}

type Docs = PerLang<Option<Arc<Doc>>>;

/// A value that the version in `lang` has of its own, else the other version's.
pub(super) fn own_or_other<'d, T>(
    docs: &'d Docs,
    lang: Lang,
    get: impl Fn(&'d FrontMatter) -> Option<&'d T>,
) -> Option<&'d T> {
    let of = |lang: Lang| docs.get(lang).as_ref().and_then(|doc| get(&doc.front.front));
    of(lang).or_else(|| of(lang.other()))
}

/// A text of the front matter in both languages: each version's own word, else the other's.
fn bilingual<'d>(
    docs: &'d Docs,
    marks: Marks,
    get: impl Fn(&'d FrontMatter) -> Option<&'d Text>,
) -> PerLang<String> {
    PerLang::from_fn(|lang| {
        let text = own_or_other(docs, lang, &get);
        text.map_or_else(String::new, |text| marks.set(text.get(lang), lang))
    })
}

/// Gathers the facts of a page; where its two files disagree on a shared one, that of the default
/// language stands and a warning names both.
pub(super) fn gather(docs: &Docs, config: &Config) -> (Facts, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let default = config.book.language;
    let marks = Marks(config.markdown.smart_punctuation);
    disagreements(docs, default, &mut diagnostics);
    macro_rules! shared {
        ($field:ident) => {
            own_or_other(docs, default, |front| front.$field.as_ref()).cloned()
        };
    }
    fn title(front: &FrontMatter) -> Option<&Text> {
        front.title.as_ref()
    }
    let title_in_text = PerLang::from_fn(|lang| {
        own_text(docs, marks, lang, title).is_none() && heading_title(docs, lang).is_some()
    });
    let glossary = own_or_other(docs, default, |front| front.glossary.as_ref());
    let facts = Facts {
        title: PerLang::from_fn(|lang| {
            own_text(docs, marks, lang, title).or_else(|| heading_title(docs, lang))
        }),
        title_in_text,
        summary: PerLang::from_fn(|lang| {
            own_text(docs, marks, lang, |front| front.summary.as_ref())
        }),
        date: shared!(date),
        updated: shared!(updated),
        slug: shared!(slug),
        authors: people(docs, |front| front.authors.as_ref()),
        translators: people(docs, |front| front.translators.as_ref()),
        editors: people(docs, |front| front.editors.as_ref()),
        tags: shared!(tags).unwrap_or_default(),
        categories: shared!(categories).unwrap_or_default(),
        issue: shared!(issue),
        cover: shared!(cover),
        aliases: aliases(docs),
        template: shared!(template),
        toc: shared!(toc),
        weight: shared!(weight),
        source: source(docs, marks, default),
        skip: glossary.map(|g| g.skip.clone()).unwrap_or_default(),
        link: glossary.and_then(|g| g.link),
        pinyin: shared!(pinyin),
        readings: shared!(readings).unwrap_or_default(),
        extra: shared!(extra).unwrap_or_default(),
    };
    (facts, diagnostics)
}

/// The first heading of the text as its title, where that is a heading of the first level.
fn heading_title(docs: &Docs, lang: Lang) -> Option<String> {
    let body = docs.get(lang).as_ref()?.bodies.get(lang).as_ref()?;
    let first = body.blocks.first()?;
    (first.kind == BlockKind::Heading(1)).then(|| first.text.clone())
}

/// A text that belongs to one version: its own file's, or the table of the other file.
fn own_text<'d>(
    docs: &'d Docs,
    marks: Marks,
    lang: Lang,
    get: impl Fn(&'d FrontMatter) -> Option<&'d Text>,
) -> Option<String> {
    let own = docs.get(lang).as_ref()?;
    let text = get(&own.front.front);
    let other = docs.get(lang.other()).as_ref().and_then(|doc| get(&doc.front.front));
    let other = other.filter(|text| matches!(text, Text::Each(_)) && text.has(lang));
    let text = text.or(other).map(|text| text.get(lang)).filter(|text| !text.trim().is_empty());
    text.map(|text| marks.set(text, lang))
}

/// Whether straight quotation marks of English texts become typographic.
#[derive(Clone, Copy)]
struct Marks(bool);

impl Marks {
    /// A text of the front matter as readers see it.
    fn set(self, text: &str, lang: Lang) -> String {
        if self.0 && lang == Lang::En { smart(text) } else { text.to_owned() }
    }
}

/// People, matched between the files by their place in the list.
fn people<'d>(
    docs: &'d Docs,
    get: impl Fn(&'d FrontMatter) -> Option<&'d Vec<Text>>,
) -> Vec<PerLang<String>> {
    let list = |lang| own_or_other(docs, lang, &get).map_or(&[][..], Vec::as_slice);
    let lists = PerLang { zh: list(Lang::Zh), en: list(Lang::En) };
    let longest = lists.zh.len().max(lists.en.len());
    (0..longest)
        .map(|at| {
            PerLang::from_fn(|lang| {
                let text = lists.get(lang).get(at).or_else(|| lists.get(lang.other()).get(at));
                text.map_or_else(String::new, |text| text.get(lang).to_owned())
            })
        })
        .collect()
}

fn source(docs: &Docs, marks: Marks, default: Lang) -> Option<SourceFacts> {
    own_or_other(docs, default, |front| front.source.as_ref())?;
    let text = |get: fn(&Source) -> Option<&Text>| {
        bilingual(docs, marks, move |front| front.source.as_ref().and_then(get))
    };
    let url =
        own_or_other(docs, default, |front| front.source.as_ref().and_then(|s| s.url.as_ref()));
    let published = own_or_other(docs, default, |front| {
        front.source.as_ref().and_then(|s| s.published.as_ref())
    });
    Some(SourceFacts {
        name: text(|s| s.name.as_ref()),
        url: url.cloned(),
        author: text(|s| s.author.as_ref()),
        editor: text(|s| s.editor.as_ref()),
        published: published.copied(),
        original_title: text(|s| s.original_title.as_ref()),
        statement: text(|s| s.statement.as_ref()),
    })
}

/// The aliases of both files, each once.
fn aliases(docs: &Docs) -> Vec<(String, Origin)> {
    let mut found: Vec<(String, Origin)> = Vec::new();
    for (_, doc) in docs.present() {
        let list = doc.front.node.as_ref().and_then(|node| node.get("aliases"));
        for (at, alias) in doc.front.front.aliases.iter().flatten().enumerate() {
            let item = list.map(|list| list.items().get(at).unwrap_or(list));
            let span = item.map(|item| item.span.clone());
            let origin = Origin { path: doc.path.clone(), span };
            if !found.iter().any(|(known, _)| known == alias) {
                found.push((alias.clone(), origin));
            }
        }
    }
    found
}

/// The bytes of a value of the front matter.
fn span(doc: &Doc, path: &[&str]) -> Option<Range<usize>> {
    doc.front.node.as_ref().and_then(|node| node.at(path)).map(|node| node.span.clone())
}

/// Warns where two files say different things about what they share.
fn disagreements(docs: &Docs, default: Lang, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(first), Some(second)) = (docs.get(default), docs.get(default.other())) else {
        return;
    };
    if first.path == second.path {
        return;
    }
    let (a, b) = (&first.front.front, &second.front.front);
    fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        matches!((a, b), (Some(a), Some(b)) if a != b)
    }
    let (sa, sb) = (a.source.as_ref(), b.source.as_ref());
    let checks: [(&[&str], bool); 9] = [
        (&["date"], differ(a.date.as_ref(), b.date.as_ref())),
        (&["updated"], differ(a.updated.as_ref(), b.updated.as_ref())),
        (&["slug"], differ(a.slug.as_ref(), b.slug.as_ref())),
        (&["tags"], differ(a.tags.as_ref(), b.tags.as_ref())),
        (&["categories"], differ(a.categories.as_ref(), b.categories.as_ref())),
        (&["issue"], differ(a.issue.as_ref(), b.issue.as_ref())),
        (&["weight"], differ(a.weight.as_ref(), b.weight.as_ref())),
        (
            &["source", "url"],
            differ(sa.and_then(|s| s.url.as_ref()), sb.and_then(|s| s.url.as_ref())),
        ),
        (
            &["source", "published"],
            differ(sa.and_then(|s| s.published.as_ref()), sb.and_then(|s| s.published.as_ref())),
        ),
    ];
    for (path, disagree) in checks {
        if !disagree {
            continue;
        }
        let key = path.join(".");
        let problem = Diagnostic::warning(
            "disagreeing-fact",
            second.path.clone(),
            span(second, path),
            msg!("the two files disagree on “{key}”", "两个文件的“{key}”不一致"),
        );
        diagnostics.push(
            problem
                .help(msg!(
                    "write it once, in either file; the other inherits it",
                    "请只在一个文件里写一次，另一个会继承"
                ))
                .related(
                    first.path.clone(),
                    span(first, path),
                    msg!("this one is used", "采用的是这一处"),
                ),
        );
    }
}
