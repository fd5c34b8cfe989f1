//! The text of a page in one view: rows, sentences and links filled in.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use crate::lang::{Lang, View};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::align::Row;
use crate::model::links::Target;
use crate::model::marking::{Late, MarkedBlock};
use crate::model::site::Site;
use crate::model::texts::{Text, Version};
use crate::parse::html::{escape_attribute, escape_url};
use crate::parse::markdown::{BlockKind, Footnote, Link};

/// Finished HTML, shared between the memo and the pages that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    /// The mark-up.
    pub html: String,
    /// Of the mark-up.
    pub fingerprint: Fingerprint,
}

impl Html {
    /// Finished HTML.
    pub fn new(html: String) -> Self {
        Html { fingerprint: Fingerprint::of(html.as_bytes()), html }
    }
}

/// Finished HTML stands by its fingerprint in the keys of what shows it.
impl serde::Serialize for Html {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.fingerprint.serialize(serializer)
    }
}

/// The purpose that a text is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub enum Purpose {
    /// A page: rows with anchors, sentences marked, terms linked to the vocabulary list.
    Article,
    /// The introduction of a list or the text of a term: as an article, but terms are linked to
    /// their own pages.
    Introduction,
    /// A feed: plain blocks with absolute addresses.
    Feed,
}

/// The text of a page in a view. `page` is its index, or none for the text of a term.
pub fn body(
    site: &Site<'_>,
    text: &Text<'_>,
    page: Option<usize>,
    view: View,
    purpose: Purpose,
    memo: &Memo,
) -> Arc<Html> {
    let urls = Lang::ALL.map(|lang| match text.versions.get(lang) {
        Some(version) if view.shows(lang) => {
            addresses(site, text, version, page, lang, view, purpose)
        }
        _ => Vec::new(),
    });
    let mut key =
        Hasher::new().with(text.alignment.fingerprint).value(&(view, purpose, &site.urls, &urls));
    for (lang, marked) in text.marked.present().filter(|(lang, _)| view.shows(*lang)) {
        key = key.str(&site.config.languages.get(lang).tag).with(marked.fingerprint);
    }
    memo.get(Stage::Body, key.finish(), || {
        let [zh, en] = urls;
        let writer = Writer { site, text, view, purpose, urls: crate::lang::PerLang { zh, en } };
        Html::new(writer.write())
    })
}

/// The addresses of a version's links in a view, with the attributes of those that leave the site.
fn addresses(
    site: &Site<'_>,
    text: &Text<'_>,
    version: &Version<'_>,
    page: Option<usize>,
    lang: Lang,
    view: View,
    purpose: Purpose,
) -> Vec<(String, bool)> {
    let targets = text.targets.get(lang);
    let address = |target: &Target| {
        let inside = |url: String| match purpose {
            Purpose::Article | Purpose::Introduction => url,
            Purpose::Feed => site.urls.absolute(&url),
        };
        match target {
            Target::Page(to, fragment) => {
                let there = site.pages[*to].view_from(view);
                let anchor = fragment.as_ref().map(|f| anchor(site, *to, f, lang, there));
                let url = site.urls.page(there, &site.pages[*to].key);
                (inside(url + &anchor.unwrap_or_default()), false)
            }
            Target::Here(fragment) => match page {
                Some(page) => {
                    let anchor = anchor(site, page, fragment, lang, view);
                    match purpose {
                        // In a feed reader the page itself is elsewhere.
                        Purpose::Feed => {
                            let url = site.urls.page(view, &site.pages[page].key);
                            (inside(url + &anchor), false)
                        }
                        _ => (anchor, false),
                    }
                }
                None => (format!("#{}", crate::model::urls::encode(fragment)), false),
            },
            Target::Term(id) => (inside(site.urls.page(view, &format!("glossary/{id}"))), false),
            Target::File(path, rest) => (inside(site.urls.path(path) + rest), false),
            Target::Generated(key, rest) => (inside(site.urls.page(view, key) + rest), false),
            Target::Outside(url) => (url.clone(), url.starts_with("http") || url.starts_with("//")),
            Target::Broken => ("#".to_owned(), false),
        }
    };
    debug_assert_eq!(targets.len(), version.body.links.len());
    targets.iter().map(address).collect()
}

/// The anchor for a fragment on a page in a view: the heading of that name, or where the view
/// does not show the heading's language, the row that it stands in.
fn anchor(site: &Site<'_>, page: usize, fragment: &str, lang: Lang, view: View) -> String {
    let anchors = &site.anchors[page];
    let order = [lang, lang.other()];
    let shown = order.iter().any(|l| view.shows(*l) && anchors.get(*l).contains_key(fragment));
    let heading = order.iter().find_map(|l| Some((*l, *anchors.get(*l).get(fragment)?)));
    match heading {
        Some((of, block)) if !shown => match site.texts[page].row_of(of, block) {
            Some(row) => format!("#p{}", row + 1),
            None => String::new(),
        },
        _ => format!("#{}", crate::model::urls::encode(fragment)),
    }
}

/// The id of a heading in a view. Side by side the two versions may have headings that read alike,
/// and an id stands once in a page: that of the English one gets `-en` behind it.
pub fn heading_id(text: &Text<'_>, lang: Lang, id: &str, view: View) -> String {
    let has = |lang, id: &str| {
        let version = text.versions.get(lang).as_ref();
        version.is_some_and(|version| version.body.headings.iter().any(|h| h.id == id))
    };
    let mut own = id.to_owned();
    if view == View::Both && lang == Lang::En && has(Lang::Zh, id) {
        while has(Lang::Zh, &own) || has(Lang::En, &own) {
            own += "-en";
        }
    }
    own
}

struct Writer<'a> {
    site: &'a Site<'a>,
    text: &'a Text<'a>,
    view: View,
    purpose: Purpose,
    urls: crate::lang::PerLang<Vec<(String, bool)>>,
}

impl Writer<'_> {
    fn write(&self) -> String {
        let mut out = String::new();
        match (self.purpose, self.view.lang()) {
            (Purpose::Article | Purpose::Introduction, None) => self.rows(&mut out),
            (Purpose::Article | Purpose::Introduction, Some(lang)) => {
                self.one_language(lang, &mut out);
            }
            (Purpose::Feed, Some(lang)) => self.plain(lang, &mut out),
            (Purpose::Feed, None) => {
                for (lang, _) in self.text.marked.present() {
                    let tag = &self.site.config.languages.get(lang).tag;
                    let _ = writeln!(out, "<div lang=\"{tag}\">");
                    self.plain(lang, &mut out);
                    out += "</div>\n";
                }
            }
        }
        out
    }

    /// Both languages, row by row.
    fn rows(&self, out: &mut String) {
        for (index, row) in self.text.alignment.rows.iter().enumerate() {
            if self.is_empty(row) {
                continue;
            }
            let number = index + 1;
            if let Some(level) = self.heading_level(row) {
                let _ = write!(out, "<h{level} class=\"pair pair-h\" id=\"p{number}\">");
                for (lang, _) in self.text.marked.present() {
                    let block = &self.block(lang, self.blocks(row, lang).start);
                    self.open_side("span", lang, block.1.id.as_deref(), out);
                    self.fill(lang, block.0, number, 0, row, out);
                    out.push_str(if lang == Lang::Zh { "</span> " } else { "</span>" });
                }
                let _ = writeln!(out, "</h{level}>");
                continue;
            }
            let only = match (row.zh.is_empty(), row.en.is_empty()) {
                (false, true) => " only-z",
                (true, false) => " only-e",
                _ => "",
            };
            let _ = writeln!(out, "<div class=\"pair{only}\" id=\"p{number}\">");
            for lang in Lang::ALL {
                if !self.blocks(row, lang).is_empty() {
                    self.open_side("div", lang, None, out);
                    out.push('\n');
                    self.side(lang, row, number, out);
                    *out += "</div>\n";
                }
            }
            *out += "</div>\n";
        }
        self.notes(&[Lang::Zh, Lang::En], out);
    }

    fn open_side(&self, tag: &str, lang: Lang, id: Option<&str>, out: &mut String) {
        let class = if lang == Lang::Zh { "z" } else { "e" };
        let _ = write!(
            out,
            "<{tag} class=\"{class}\" lang=\"{}\"",
            self.site.config.languages.get(lang).tag
        );
        if let Some(id) = id {
            *out += " id=\"";
            escape_attribute(out, &heading_id(self.text, lang, id, self.view));
            *out += "\"";
        }
        out.push('>');
    }

    /// One language, in its own order.
    fn one_language(&self, lang: Lang, out: &mut String) {
        let mut rows: Vec<(usize, &Row)> = self.text.alignment.rows.iter().enumerate().collect();
        rows.retain(|(_, row)| !self.blocks(row, lang).is_empty());
        rows.sort_by_key(|(_, row)| self.blocks(row, lang).start);
        for (index, row) in rows {
            let blocks = self.blocks(row, lang);
            let number = index + 1;
            if blocks.len() == 1 && self.block(lang, blocks.start).0.html.is_empty() {
                continue;
            }
            let (marked, source) = self.block(lang, blocks.start);
            if let (BlockKind::Heading(level), 1) = (source.kind, blocks.len()) {
                let _ = write!(out, "<h{level} class=\"pair-h\" id=\"p{number}\"><span id=\"");
                escape_attribute(out, source.id.as_deref().unwrap_or_default());
                *out += "\">";
                self.fill(lang, marked, number, 0, row, out);
                let _ = writeln!(out, "</span></h{level}>");
                continue;
            }
            let _ = writeln!(out, "<div class=\"pair\" id=\"p{number}\">");
            self.side(lang, row, number, out);
            *out += "</div>\n";
        }
        self.notes(&[lang], out);
    }

    /// One language for a feed reader: no rows, no anchors.
    fn plain(&self, lang: Lang, out: &mut String) {
        let Some(marked) = self.text.marked.get(lang) else { return };
        let row = Row { zh: 0..0, en: 0..0, beads: Vec::new() };
        for index in 0..marked.blocks.len() {
            self.write_block(lang, index, &row, 0, 0, out);
        }
        self.notes(&[lang], out);
    }

    /// The blocks of one side of a row.
    fn side(&self, lang: Lang, row: &Row, number: usize, out: &mut String) {
        let mut before = 0;
        for index in self.blocks(row, lang) {
            self.write_block(lang, index, row, number, before, out);
            before += self.block(lang, index).0.sentences.len();
        }
    }

    fn write_block(
        &self,
        lang: Lang,
        index: usize,
        row: &Row,
        number: usize,
        before: usize,
        out: &mut String,
    ) {
        let (marked, source) = self.block(lang, index);
        match source.kind {
            BlockKind::Heading(level) => {
                let id = source.id.as_deref().filter(|_| self.purpose != Purpose::Feed);
                let _ = write!(out, "<h{level}");
                if let Some(id) = id {
                    *out += " id=\"";
                    escape_attribute(out, &heading_id(self.text, lang, id, self.view));
                    *out += "\"";
                }
                out.push('>');
                self.fill(lang, marked, number, before, row, out);
                let _ = writeln!(out, "</h{level}>");
            }
            _ => self.fill(lang, marked, number, before, row, out),
        }
    }

    /// The footnotes of the languages that are shown.
    fn notes(&self, langs: &[Lang], out: &mut String) {
        let of = |lang: Lang| {
            let version = self.text.versions.get(lang).as_ref();
            version.map_or(&[][..], |version| &version.body.footnotes)
        };
        if langs.iter().all(|&lang| of(lang).is_empty()) {
            return;
        }
        let label = match langs {
            [Lang::En] => "Notes",
            [Lang::Zh] => "注释",
            _ => "注释 Notes",
        };
        let _ = writeln!(out, "<section class=\"footnotes\" aria-label=\"{label}\">");
        for &lang in langs.iter().filter(|&&lang| !of(lang).is_empty()) {
            match langs.len() {
                1 => *out += "<ol>\n",
                _ => {
                    let tag = &self.site.config.languages.get(lang).tag;
                    let class = if lang == Lang::Zh { "z" } else { "e" };
                    let _ = writeln!(out, "<ol class=\"{class}\" lang=\"{tag}\">");
                }
            }
            for (index, note) in of(lang).iter().enumerate() {
                self.note(lang, index, note, out);
            }
            *out += "</ol>\n";
        }
        *out += "</section>\n";
    }

    fn note(&self, lang: Lang, index: usize, note: &Footnote, out: &mut String) {
        let number = index + 1;
        let _ = writeln!(out, "<li id=\"fn-{lang}-{number}\">");
        let row = Row { zh: 0..0, en: 0..0, beads: Vec::new() };
        if let Some(marked) = self.text.marked.get(lang) {
            for block in &marked.notes[index] {
                self.fill(lang, block, 0, 0, &row, out);
            }
        }
        let back = if lang == Lang::Zh { "回到正文" } else { "Back to the text" };
        *out += "<p class=\"back\">";
        for reference in 1..=note.references {
            let _ = write!(
                out,
                "<a href=\"#fnref-{lang}-{number}-{reference}\" aria-label=\"{back} {number}.{reference}\">↩</a> "
            );
        }
        *out += "</p>\n</li>\n";
    }

    /// Writes a block with its late holes filled. `before` sentences of the row precede it.
    fn fill(
        &self,
        lang: Lang,
        block: &MarkedBlock,
        number: usize,
        before: usize,
        row: &Row,
        out: &mut String,
    ) {
        let mut from = 0;
        for (at, hole) in &block.holes {
            *out += &block.html[from..*at];
            from = *at;
            match hole {
                Late::Sentence(index) if number > 0 => {
                    self.open_sentence(lang, number, before + index, row, out);
                }
                Late::SentenceEnd if number > 0 => *out += "</span>",
                Late::Sentence(_) | Late::SentenceEnd => {}
                Late::Term(_) | Late::TermEnd if self.purpose == Purpose::Feed => {}
                Late::Term(term) => self.open_term(*term, out),
                Late::TermEnd => *out += "</a>",
                Late::Link(link) => self.open_link(lang, *link, out),
                Late::Image(link) => escape_url(out, &self.urls.get(lang)[*link].0),
            }
        }
        *out += &block.html[from..];
    }

    /// Opens a sentence: its own anchor, and the class that it shares with its counterpart.
    fn open_sentence(&self, lang: Lang, number: usize, index: usize, row: &Row, out: &mut String) {
        let bead = row.beads.iter().position(|bead| match lang {
            Lang::Zh => bead.zh.contains(&index),
            Lang::En => bead.en.contains(&index),
        });
        let side = if lang == Lang::Zh { 'z' } else { 'e' };
        let (bead, own) = (bead.map_or(0, |bead| bead + 1), index + 1);
        let _ = write!(out, "<span class=\"s s{bead}\" id=\"p{number}-{side}{own}\">");
    }

    fn open_term(&self, term: usize, out: &mut String) {
        let id = &self.text.words.glossary.terms[term].term.id;
        *out += "<a class=\"term\" href=\"";
        match self.purpose {
            Purpose::Introduction => {
                escape_url(out, &self.site.urls.page(self.view, &format!("glossary/{id}")));
            }
            _ => {
                *out += "#w-";
                escape_attribute(out, id);
            }
        }
        *out += "\">";
    }

    fn open_link(&self, lang: Lang, link: usize, out: &mut String) {
        let (url, outside) = &self.urls.get(lang)[link];
        let title =
            self.text.versions.get(lang).as_ref().map(|v: &Version<'_>| &v.body.links[link]);
        *out += "<a href=\"";
        escape_url(out, url);
        *out += "\"";
        if let Some(Link { title, .. }) = title.filter(|link| !link.title.is_empty()) {
            *out += " title=\"";
            escape_attribute(out, title);
            *out += "\"";
        }
        out.push_str(if *outside { " rel=\"external\">" } else { ">" });
    }

    // Looking things up.

    fn blocks(&self, row: &Row, lang: Lang) -> Range<usize> {
        if lang == Lang::Zh { row.zh.clone() } else { row.en.clone() }
    }

    fn block(&self, lang: Lang, index: usize) -> (&MarkedBlock, &crate::parse::markdown::Block) {
        match (self.text.marked.get(lang), self.text.versions.get(lang)) {
            (Some(marked), Some(version)) => (&marked.blocks[index], &version.body.blocks[index]),
            // Rows name blocks of versions that are there.
            _ => unreachable!("a row names a block of a version that is missing"),
        }
    }

    /// The level of a row that is one heading on each side that is there.
    fn heading_level(&self, row: &Row) -> Option<u8> {
        let mut level = None;
        for lang in Lang::ALL {
            let blocks = self.blocks(row, lang);
            if blocks.is_empty() {
                return None;
            }
            let BlockKind::Heading(own) = self.block(lang, blocks.start).1.kind else {
                return None;
            };
            if blocks.len() != 1 {
                return None;
            }
            level = Some(level.map_or(own, |other: u8| other.min(own)));
        }
        level
    }

    fn is_empty(&self, row: &Row) -> bool {
        Lang::ALL.iter().all(|&lang| {
            self.blocks(row, lang).all(|index| self.block(lang, index).0.html.is_empty())
        })
    }
}
