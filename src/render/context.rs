//! What templates see: every struct, documented; `docs/templates.md` is generated from them.
//!
//! A template is given the variables of [`Common`] and that of its own kind of page, nothing
//! else: no functions that read other pages, no files but those of `data/`, no clock. Values in two languages are
//! tables with `zh` and `en`; those of a page's versions are null where a version is missing.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::lang::{Lang, PerLang, View};

/// A text in each language; null where there is none.
pub type Bilingual = PerLang<Option<String>>;

/// Variables of every template.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Common {
    /// The site.
    pub site: Site,
    /// The files of the site's `data/` folder by their names without the ending, folders as tables:
    /// `data.team.people` is `data/team/people.toml`, `.yaml`, `.json` or `.csv`.
    pub data: BTreeMap<String, serde_json::Value>,
    /// The page's head: title, description, addresses.
    pub head: Head,
    /// How the page is read: `both`, `zh` or `en`.
    pub view: View,
    /// The language of the page's own words (labels, buttons): the view's, or the site's default
    /// language side by side.
    pub lang: Lang,
    /// The theme's words in that language, from `templates/strings.toml`, by key.
    pub ui: BTreeMap<String, String>,
    /// The same words in the other language, for headings side by side.
    pub ui_other: BTreeMap<String, String>,
    /// The page's text as HTML; empty where it has none.
    pub content: String,
    /// Whether the text holds blocks of code, which have a style sheet of their own.
    pub has_code: bool,
}

/// The site.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Site {
    /// Its name.
    pub title: PerLang<String>,
    /// What it is, in a sentence.
    pub description: PerLang<String>,
    /// Its authors.
    pub authors: Vec<String>,
    /// The BCP 47 tag of each language: `zh-Hans`, `en`.
    pub tags: PerLang<String>,
    /// The name of each language in itself: 中文, English.
    pub names: PerLang<String>,
    /// The default language.
    pub default: Lang,
    /// The path before every address: `/` or `/digest/`.
    pub base: String,
    /// The address of the home page in this view.
    pub home: String,
    /// The main menu.
    pub menu: Vec<NamedLink>,
    /// The feeds of the view: Atom, then JSON.
    pub feeds: Vec<FeedLink>,
    /// The addresses of static files by their names, with the fingerprint of their contents:
    /// `site.assets["style.css"]`.
    pub assets: BTreeMap<String, String>,
    /// The addresses of further style sheets of the site, from `[output.html] additional-css`.
    pub additional_css: Vec<String>,
    /// The addresses of further scripts of the site, from `[output.html] additional-js`.
    pub additional_js: Vec<String>,
    /// The Content Security Policy of the pages, from `[output.html] content-security-policy`, to be
    /// written as it is into an attribute; empty for none.
    pub content_security_policy: String,
    /// The address of the page to search from in this view; null where book.toml turns it off.
    pub search: Option<String>,
    /// The address of the web app manifest.
    pub manifest: String,
    /// The repository of the site's sources.
    pub repository: Option<String>,
}

/// A page's head.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Head {
    /// The kind of page: `home`, `article`, `section`, `tags`, `tag`, `archive`, `glossary`,
    /// `term`, `search`, `404`.
    pub kind: &'static str,
    /// The text of `<title>`, with the site's name.
    pub title: String,
    /// The text of `<meta name="description">`.
    pub description: String,
    /// The BCP 47 tag of the document.
    pub tag: String,
    /// The absolute address of the page that search engines should index, or a path when
    /// book.toml gives no host.
    pub canonical: String,
    /// Reciprocal links to the versions of the page in each language, and `x-default`; empty
    /// when book.toml gives no host.
    pub alternates: Vec<Alternate>,
    /// The page's own feeds besides the site's: those of a tag.
    pub feeds: Vec<FeedLink>,
    /// What the page shows as files for other programs.
    pub downloads: Vec<Download>,
    /// Open Graph metadata.
    pub og: OpenGraph,
    /// schema.org metadata as JSON-LD, to be written as it is into its script element.
    pub json_ld: String,
    /// The views in which the page can be read, the current one among them.
    pub switch: Vec<Switch>,
}

/// A version of a page in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Alternate {
    /// A BCP 47 tag, or `x-default`.
    pub hreflang: String,
    /// The absolute address.
    pub url: String,
}

/// A feed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FeedLink {
    /// Its name.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Its media type.
    pub media_type: &'static str,
}

/// A file for other programs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Download {
    /// What it is for: `CSV`, `Anki`.
    pub name: &'static str,
    /// Its address.
    pub url: String,
    /// Its media type.
    pub media_type: &'static str,
}

/// Open Graph metadata.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OpenGraph {
    /// The title without the site's name.
    pub title: String,
    /// `article` or `website`.
    pub kind: &'static str,
    /// The absolute address that shares should count for: the canonical one.
    pub url: String,
    /// The absolute address of the cover.
    pub image: Option<String>,
    /// The locale, such as `zh_CN`.
    pub locale: &'static str,
    /// The other locales of the page.
    pub other_locales: Vec<&'static str>,
}

/// A view of the current page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Switch {
    /// `both`, `zh` or `en`.
    pub view: View,
    /// Its address.
    pub url: String,
    /// Whether it is the page that is shown.
    pub current: bool,
}

/// A link with a name in each language.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NamedLink {
    /// The name.
    pub name: PerLang<String>,
    /// The address in this view.
    pub url: String,
}

/// A date.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DateContext {
    /// For `<time datetime>`.
    pub iso: String,
    /// For readers: 2025 年 1 月 14 日, January 14, 2025.
    pub text: PerLang<String>,
    /// The year.
    pub year: i16,
}

/// What pages know of each other: enough for a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Card {
    /// The title.
    pub title: Bilingual,
    /// The title as HTML: the Chinese one has `<wbr>` where a line may end.
    pub title_html: Bilingual,
    /// The summary that the author wrote, else the beginning of the text.
    pub summary: Bilingual,
    /// The address in this view, or in the only language that the page has.
    pub url: String,
    /// The date.
    pub date: Option<DateContext>,
    /// The languages that the page exists in.
    pub languages: Vec<Lang>,
    /// The only language that the page exists in, when the view wants another one too.
    pub only: Option<Lang>,
}

/// A tag, a category or an issue.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Taxon {
    /// Its id, as articles name it.
    pub id: String,
    /// Its name.
    pub name: PerLang<String>,
    /// The address of its page in this view.
    pub url: String,
    /// How many articles it has in this view.
    pub count: usize,
}

/// `article`: an article or another page of text (`page.html`, or the template that it names).
/// `content` holds its text as HTML.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Article {
    /// The title.
    pub title: Bilingual,
    /// The title as HTML: the Chinese one has `<wbr>` where a line may end.
    pub title_html: Bilingual,
    /// The summary, where the author wrote one.
    pub summary: Bilingual,
    /// The address in this view.
    pub url: String,
    /// The languages that it exists in.
    pub languages: Vec<Lang>,
    /// The date.
    pub date: Option<DateContext>,
    /// The date of the last change worth telling.
    pub updated: Option<DateContext>,
    /// Its authors.
    pub authors: Vec<PerLang<String>>,
    /// Its translators.
    pub translators: Vec<PerLang<String>>,
    /// Its editors.
    pub editors: Vec<PerLang<String>>,
    /// Its tags.
    pub tags: Vec<Taxon>,
    /// Its categories.
    pub categories: Vec<Taxon>,
    /// The issue of the digest that it belongs to.
    pub issue: Option<Taxon>,
    /// Where the story comes from.
    pub source: Option<SourceContext>,
    /// The address of the cover picture.
    pub cover: Option<String>,
    /// The length and reading time of each version.
    pub length: PerLang<Option<Length>>,
    /// The table of contents; empty where the page wants none.
    pub toc: Vec<TocEntry>,
    /// Whether the text has pinyin over its words, to be switched on.
    pub pinyin: bool,
    /// The words of the glossary that are linked in the text, in the order of their first link,
    /// without those that readers know.
    pub vocabulary: Vec<Word>,
    /// The article before this one in time.
    pub previous: Option<Card>,
    /// The article after this one in time.
    pub next: Option<Card>,
    /// Articles with most in common with this one, other than those before and after it.
    pub related: Vec<Card>,
    /// The sections that it lies in, from the outermost.
    pub sections: Vec<NamedLink>,
    /// The QR code of the page's whole address; null where book.toml gives no host.
    pub qr: Option<QrCode>,
    /// Where each version can be edited.
    pub edit: PerLang<Option<String>>,
    /// The free table of the front matter.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// A QR code, to be drawn as the path of an SVG element with a stroke of one unit.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct QrCode {
    /// Its width and height with the margin, in modules: for `viewBox`.
    pub size: usize,
    /// A line over all its rows, one module wide: for `d`.
    pub line: String,
    /// The dashes of the line, which are its dark modules: for `stroke-dasharray`.
    pub dashes: String,
}

/// Where a story comes from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SourceContext {
    /// The publication.
    pub name: PerLang<String>,
    /// Its address.
    pub url: Option<String>,
    /// The host of its address: to show where there is no name.
    pub host: Option<String>,
    /// The reporter.
    pub author: PerLang<String>,
    /// The editor.
    pub editor: PerLang<String>,
    /// When it was published.
    pub published: Option<DateContext>,
    /// Its title there.
    pub original_title: PerLang<String>,
    /// What has to be said about rights.
    pub statement: PerLang<String>,
}

/// How long a text is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Length {
    /// Characters of Chinese with each foreign word as one, or words of English.
    pub count: usize,
    /// Minutes of reading.
    pub minutes: usize,
}

/// A line of a table of contents.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TocEntry {
    /// The level of the heading, from 2.
    pub level: u8,
    /// The anchor to link to.
    pub id: String,
    /// The heading.
    pub text: Bilingual,
}

/// A word of the vocabulary list of an article, or of the glossary.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Word {
    /// Its id; the list's entry has the anchor `w-` and the id.
    pub id: String,
    /// The Chinese word.
    pub zh: Option<String>,
    /// The English word.
    pub en: Option<String>,
    /// How the Chinese word is read.
    pub pinyin: Option<String>,
    /// What it means, in each language.
    pub definition: Bilingual,
    /// The part of speech, as the glossary has it.
    pub part_of_speech: Option<String>,
    /// The address of its page in this view; null for a term that an article defines for itself.
    pub url: Option<String>,
}

/// `list`: the page of a section, a tag, a category or an issue, and the home page
/// (`section.html`, `taxonomy_single.html`, `home.html`). `content` holds its introduction.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct List {
    /// What it is called.
    pub title: PerLang<String>,
    /// The same as HTML: the Chinese name has `<wbr>` where a line may end.
    pub title_html: PerLang<String>,
    /// What it is about.
    pub summary: Bilingual,
    /// What kind of list it is: `home`, `section`, `tags`, `categories`, `issues`.
    pub kind: &'static str,
    /// The articles of this page of the list, newest first; in a section by weight before that.
    pub entries: Vec<Card>,
    /// The sections inside a section.
    pub sections: Vec<NamedLink>,
    /// The lists that it lies in, from the outermost: sections around a section, all tags for a tag.
    pub above: Vec<NamedLink>,
    /// Where this page stands among the pages of the list.
    pub pages: Pagination,
    /// A few words of the glossary, from the newest articles; empty but on the home page.
    pub words: Vec<Word>,
}

/// The pages of a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Pagination {
    /// The number of this page, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// The address of the page with newer articles.
    pub newer: Option<String>,
    /// The address of the page with older articles.
    pub older: Option<String>,
}

/// `taxonomy`: all tags, categories or issues (`taxonomy_list.html`).
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Taxonomy {
    /// What it is called: 标签, Tags.
    pub name: PerLang<String>,
    /// `tags`, `categories` or `issues`.
    pub kind: &'static str,
    /// Its terms: by name, issues from the newest.
    pub terms: Vec<Taxon>,
}

/// `archive`: every article by year, or those of one year (`archive.html`).
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Archive {
    /// The year that is shown, or null for all.
    pub year: Option<i16>,
    /// The years, newest first.
    pub years: Vec<Year>,
}

/// The articles of a year.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// The address of its own page.
    pub url: String,
    /// Its articles, newest first.
    pub entries: Vec<Card>,
}

/// `glossary`: the indexes of the glossary (`glossary.html`).
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Glossary {
    /// How many terms there are.
    pub count: usize,
    /// The Chinese words by pinyin, under their first letter.
    pub by_pinyin: Vec<Group>,
    /// The English words by letter.
    pub by_letter: Vec<Group>,
    /// All terms by category; a category is named in `[glossary.categories]` of book.toml, else
    /// by its id.
    pub by_category: Vec<Group>,
}

/// A group of an index.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Group {
    /// The letter, or the category's id; `#` for what begins with no letter, empty for terms
    /// without a category.
    pub key: String,
    /// What it is called.
    pub name: PerLang<String>,
    /// Its terms.
    pub terms: Vec<Word>,
}

/// `term`: the page of a term (`term.html`). `content` holds its longer text, where it has one.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Term {
    /// The term.
    pub word: Word,
    /// Other names for it.
    pub aliases: PerLang<Vec<String>>,
    /// The name of its category.
    pub category: Option<PerLang<String>>,
    /// When it was first seen.
    pub first_seen: Option<DateContext>,
    /// Where it was found: addresses or references.
    pub sources: Vec<String>,
    /// Related terms.
    pub see: Vec<Word>,
    /// Every use in the articles.
    pub uses: Vec<Use>,
}

/// A use of a term: a sentence with its counterpart.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Use {
    /// The title of the article.
    pub title: Bilingual,
    /// The address of the sentence in this view.
    pub url: String,
    /// The sentence and its counterpart, as HTML with the term in `<mark>`; null where there is
    /// no counterpart.
    pub sentence: Bilingual,
}
