//! Writes rows, sentences and links: a text in one view as HTML.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Address, Purpose, heading_id};
use crate::lang::{Lang, PerLang, View};
use crate::model::align::Row;
use crate::model::marking::{Late, MarkedBlock};
use crate::model::site::Site;
use crate::model::texts::{Text, Version};
use crate::parse::html::{escape_attribute, escape_text, escape_url};
use crate::parse::markdown::{Block, BlockKind, Footnote, Link};

/// Writes a text in a view, for a purpose.
pub(super) struct Writer<'a> {
    pub site: &'a Site<'a>,
    pub text: &'a Text,
    pub view: View,
    pub purpose: Purpose,
    /// The addresses of the links of each version.
    pub urls: PerLang<Vec<Address>>,
}

impl Writer<'_> {
    pub fn write(&self) -> String {
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
                let _ = write!(out, "<h{level} class=\"pair pair-h");
                let mut classes = Vec::new();
                for (lang, _) in self.text.marked.present() {
                    let source = self.block(lang, self.blocks(row, lang).start).1;
                    classes.extend(source.classes.split(' '));
                }
                own_classes(&classes, out);
                let _ = write!(out, "\" id=\"p{number}\">");
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
                self.column(lang, row, number, out);
            }
            *out += "</div>\n";
        }
        self.notes(&[Lang::Zh, Lang::En], out);
    }

    /// One language of a row: a paragraph by itself, or what else there is in an element around it.
    fn column(&self, lang: Lang, row: &Row, number: usize, out: &mut String) {
        let blocks = self.blocks(row, lang);
        if blocks.is_empty() {
            return;
        }
        let (first, source) = self.block(lang, blocks.start);
        let paragraph = source.kind == BlockKind::Paragraph && first.html.starts_with("<p>");
        if blocks.len() == 1 && paragraph {
            let mut open = String::new();
            self.open_side("p", lang, None, &mut open);
            let start = out.len();
            self.fill(lang, first, number, 0, row, out);
            out.replace_range(start..start + "<p>".len(), &open);
            return;
        }
        self.open_side("div", lang, None, out);
        out.push('\n');
        self.side(lang, row, number, out);
        *out += "</div>\n";
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
                let _ = write!(out, "<h{level} class=\"pair-h");
                own_classes(&source.classes.split(' ').collect::<Vec<_>>(), out);
                let _ = write!(out, "\" id=\"p{number}\"><span id=\"");
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
        let row = Row { zh: 0..0, en: 0..0, beads: Vec::new(), parts: Vec::new(), confidence: 1.0 };
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
                if !source.classes.is_empty() {
                    *out += " class=\"";
                    escape_attribute(out, &source.classes);
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
        let row = Row { zh: 0..0, en: 0..0, beads: Vec::new(), parts: Vec::new(), confidence: 1.0 };
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
                Late::Image(link) => {
                    let Address { url, shown, .. } = &self.urls.get(lang)[*link];
                    escape_url(out, url);
                    if let Some(shown) = shown {
                        shown.write(url, out);
                    }
                }
                Late::Break | Late::Ruby | Late::Reading(_) if self.purpose == Purpose::Feed => {}
                Late::Break => *out += "<wbr>",
                Late::Ruby => open_ruby(out),
                Late::Reading(index) => self.close_ruby(lang, *index, out),
            }
        }
        *out += &block.html[from..];
    }

    /// Opens a sentence: its own anchor, and the class that it shares with its counterpart: `s3` if
    /// that is sure, so that both light up, else `o3`, which only says their order.
    fn open_sentence(&self, lang: Lang, number: usize, index: usize, row: &Row, out: &mut String) {
        let sure = self.site.config.align.confidence;
        let bead = row.bead_of(lang, index);
        let lit =
            if bead.is_none_or(|bead| row.beads[bead].confidence >= sure) { 's' } else { 'o' };
        let side = if lang == Lang::Zh { 'z' } else { 'e' };
        let (bead, own) = (bead.map_or(0, |bead| bead + 1), index + 1);
        let _ = write!(out, "<span id=\"p{number}-{side}{own}\" class=\"s {lit}{bead}\">");
    }

    /// Ends a word with its reading, which the style sheet hides until it is asked for.
    fn close_ruby(&self, lang: Lang, index: usize, out: &mut String) {
        let marked = self.text.marked.get(lang).as_ref();
        let reading = marked.and_then(|marked| marked.readings.get(index));
        *out += "<rt lang=\"zh-Latn-pinyin\">";
        escape_text(out, reading.map_or("", String::as_str));
        *out += "</rt></ruby>";
    }

    fn open_term(&self, term: usize, out: &mut String) {
        let entry = &self.text.words.glossary.terms[term];
        let id = &entry.term.id;
        let known = !entry.is_explained_in(self.view);
        *out += if known { "<a class=\"known\" href=\"" } else { "<a class=\"term\" href=\"" };
        if self.purpose == Purpose::Introduction || known {
            escape_url(out, &self.site.urls.page(self.view, &format!("glossary/{id}")));
        } else {
            *out += "#w-";
            escape_attribute(out, id);
        }
        *out += "\">";
    }

    fn open_link(&self, lang: Lang, link: usize, out: &mut String) {
        let Address { url, outside, .. } = &self.urls.get(lang)[link];
        let title = self.text.versions.get(lang).as_ref().map(|v: &Version| &v.body.links[link]);
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

    fn block(&self, lang: Lang, index: usize) -> (&MarkedBlock, &Block) {
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

/// Adds the classes that authors gave a heading to its own, each once: the two versions of a heading
/// may name the same.
fn own_classes(classes: &[&str], out: &mut String) {
    for (at, class) in classes.iter().enumerate() {
        if !class.is_empty() && !classes[..at].contains(class) {
            out.push(' ');
            escape_attribute(out, class);
        }
    }
}

/// Begins a word with a reading. Words with readings are not broken, and browsers then break no
/// line between two of them either, unless they are told to.
fn open_ruby(out: &mut String) {
    let mut before = out.as_str();
    let adjacent = loop {
        match before.rfind('<').filter(|_| before.ends_with('>')).map(|at| before.split_at(at)) {
            Some((_, "</ruby>")) => break true,
            None | Some((_, "<wbr>")) => break false,
            Some((rest, _)) => before = rest,
        }
    };
    if adjacent {
        *out += "<wbr>";
    }
    *out += "<ruby>";
}
