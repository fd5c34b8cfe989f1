//! Writes blocks with terms linked and sentences marked.

use std::collections::BTreeSet;
use std::ops::Range;

use super::plan::{self, Plan, Read};
use super::{Late, MarkedBlock, TermUse, Terms, WikiName};
use crate::config::{GlossaryLink, Pinyin};
use crate::lang::Lang;
use crate::model::glossary::matcher::Match;
use crate::model::segment::HARD_SPACE;
use crate::parse::html::escape_text;
use crate::parse::markdown::{Block, BlockKind, Body, HoleKind, Inline};

/// Writes the blocks of one text, remembering which terms are linked already.
pub(super) struct Writer<'a> {
    body: &'a Body,
    names: &'a [Option<WikiName>],
    terms: &'a Terms<'a>,
    /// Terms linked in the article, or in the section.
    linked: BTreeSet<usize>,
    words: Vec<usize>,
    uses: Vec<TermUse>,
    readings: Vec<String>,
}

/// The block that is being written.
struct Out<'b> {
    block: &'b Block,
    /// Its index in the body; none in a footnote.
    index: Option<usize>,
    html: String,
    holes: Vec<(usize, Late)>,
    text: String,
    sentences: Vec<Range<usize>>,
    /// The next sentence of the block that has not begun.
    next: usize,
    /// Whether the sentence before `next` is open.
    open: bool,
    inlines: Vec<Inline>,
    /// A term that is linked by hand under another name, and where that name begins.
    named: Option<(usize, usize)>,
    plan: Plan,
}

impl<'a> Writer<'a> {
    pub fn new(body: &'a Body, names: &'a [Option<WikiName>], terms: &'a Terms<'a>) -> Self {
        let (linked, words, uses, readings) = Default::default();
        Writer { body, names, terms, linked, words, uses, readings }
    }

    /// Begins a section: terms are linked anew in it.
    pub fn forget(&mut self) {
        self.linked.clear();
    }

    pub fn finish(self) -> (Vec<usize>, Vec<TermUse>, Vec<String>) {
        (self.words, self.uses, self.readings)
    }

    pub fn block(&mut self, block: &Block, index: Option<usize>) -> MarkedBlock {
        let mut out = Out {
            block,
            index,
            html: String::with_capacity(block.html.len() + block.text.len() * 2),
            holes: Vec::new(),
            text: String::with_capacity(block.text.len()),
            sentences: Vec::with_capacity(block.sentences.len()),
            next: 0,
            open: false,
            inlines: Vec::new(),
            named: None,
            plan: plan::plan(block, self.body.lang, self.terms),
        };
        let mut from = 0;
        // Where the text has got to: the start of what the next hole shows.
        let mut at = 0;
        for hole in &block.holes {
            out.html += &block.html[from..hole.at];
            from = hole.at;
            at = self.hole(&hole.kind, at, &mut out);
        }
        out.html += &block.html[from..];
        MarkedBlock { html: out.html, holes: out.holes, text: out.text, sentences: out.sentences }
    }

    /// Fills a hole at a place of the block's text; returns the place behind it.
    fn hole(&mut self, kind: &HoleKind, at: usize, out: &mut Out<'_>) -> usize {
        match kind {
            HoleKind::LeafOpen => {}
            HoleKind::Mark => out.begin(at),
            HoleKind::LeafClose => out.close_sentence(),
            HoleKind::Text(range) => {
                let text = &out.block.text[range.clone()];
                let mut matches = self.terms.matcher.find(text);
                matches.retain(|found| !in_address(text, found.range.start));
                self.text(range, &matches, out);
                return range.end;
            }
            HoleKind::Verbatim(range) => {
                if let (Some((term, _)), Pinyin::Terms) = (out.named, self.terms.pinyin) {
                    out.plan.words = self.read_term(&out.block.text, range.clone(), term);
                }
                self.text(range, &[], out);
                return range.end;
            }
            HoleKind::Open(inline) => {
                out.begin(at);
                out.html += "<";
                out.html += inline.tag();
                out.html += ">";
                out.inlines.push(*inline);
            }
            HoleKind::Close(inline) => {
                if out.inlines.pop().is_some() {
                    out.html += "</";
                    out.html += inline.tag();
                    out.html += ">";
                }
            }
            HoleKind::LinkOpen(link) => {
                out.begin(at);
                match &self.names[*link] {
                    Some(WikiName::Term(term)) => {
                        self.open_term(*term, out);
                        out.named = Some((*term, out.text.len()));
                    }
                    _ => out.late(Late::Link(*link)),
                }
            }
            HoleKind::LinkClose(link) => match &self.names[*link] {
                Some(WikiName::Term(_)) => {
                    out.late(Late::TermEnd);
                    if let Some((term, start)) = out.named.take() {
                        self.note_use(term, start..out.text.len(), out);
                    }
                }
                _ => out.html += "</a>",
            },
            HoleKind::Image(link) => out.late(Late::Image(*link)),
            HoleKind::Formula(place, source) => {
                out.begin(*place);
                out.say(source);
                return place + '\u{FFFC}'.len_utf8();
            }
            HoleKind::Break => {
                out.begin(at);
                out.say("\n");
                return at + '\n'.len_utf8();
            }
            HoleKind::Wikilink(link) => {
                out.begin(at);
                self.wikilink(*link, out);
                return at + '\u{FFFC}'.len_utf8();
            }
            HoleKind::FootnoteRef(note, reference) => {
                let (lang, number) = (self.body.lang, note + 1);
                out.html += &format!(
                    "<sup class=\"fnref\" id=\"fnref-{lang}-{number}-{reference}\">\
                     <a href=\"#fn-{lang}-{number}\">{number}</a></sup>"
                );
            }
        }
        at
    }

    /// Writes a range of text, cut where sentences begin and end.
    fn text(&mut self, range: &Range<usize>, matches: &[Match], out: &mut Out<'_>) {
        let mut at = range.start;
        // They stand in the order of the text.
        let mut rest = matches;
        while at < range.end {
            out.begin(at);
            let stop = out.next_break(at).unwrap_or(range.end).min(range.end);
            let shift = range.start;
            let before = |end: usize| move |m: &Match| m.range.start + shift < end;
            rest = &rest[rest.partition_point(before(at))..];
            let inside: Vec<(Range<usize>, usize)> = rest[..rest.partition_point(before(stop))]
                .iter()
                .map(|m| (m.range.start + shift..m.range.end + shift, m.term))
                .filter(|(r, _)| r.end <= stop)
                .collect();
            self.run(at..stop, &inside, out);
            at = stop;
        }
    }

    /// Writes a run of text that lies in one sentence, or between two.
    fn run(&mut self, range: Range<usize>, matches: &[(Range<usize>, usize)], out: &mut Out<'_>) {
        let mut at = range.start;
        for (place, term) in matches {
            self.source(at..place.start, out);
            self.note_use(*term, out.text.len()..out.text.len() + place.len(), out);
            if self.wants_link(*term, out) {
                self.open_term(*term, out);
                if self.terms.pinyin == Pinyin::Terms {
                    out.plan.words = self.read_term(&out.block.text, place.clone(), *term);
                }
                self.source(place.clone(), out);
                out.late(Late::TermEnd);
            } else {
                self.source(place.clone(), out);
            }
            at = place.end;
        }
        self.source(at..range.end, out);
    }

    /// Writes a range of the block's text, with its breaks and readings.
    fn source(&mut self, range: Range<usize>, out: &mut Out<'_>) {
        let block = out.block;
        let plan = std::mem::take(&mut out.plan);
        self.planned(&block.text, range, &plan, out);
        out.plan = plan;
    }

    /// Writes a range of a text with its breaks and readings.
    fn planned(&mut self, text: &str, range: Range<usize>, plan: &Plan, out: &mut Out<'_>) {
        // Code is not read aloud.
        let code = out.html.ends_with("<code>");
        let mut at = range.start;
        while at < range.end {
            let next = plan.breaks.partition_point(|place| *place < at);
            if plan.breaks.get(next) == Some(&at) {
                out.late(Late::Break);
            }
            let hard = plan.spaces.partition_point(|place| *place < at);
            if plan.spaces.get(hard) == Some(&at) {
                out.hard_space();
                at += 1;
                continue;
            }
            let next = plan.breaks[next..].iter().find(|place| **place > at);
            let next = next.into_iter().chain(plan.spaces.get(hard)).min();
            let end = next.map_or(range.end, |place| range.end.min(*place));
            let word = plan.words.partition_point(|word| word.range.end <= at);
            let word = plan.words.get(word).filter(|word| word.range.start < end && !code);
            let (stop, reading) = match word {
                Some(word) if word.range.start > at => (word.range.start, None),
                Some(word) => {
                    let stop = end.min(word.range.end);
                    (stop, word.of(text, &(at..stop)))
                }
                None => (end, None),
            };
            match reading {
                Some(reading) => {
                    out.late(Late::Ruby);
                    out.plain(&text[at..stop]);
                    out.late(Late::Reading(self.readings.len()));
                    self.readings.push(reading);
                }
                None => out.plain(&text[at..stop]),
            }
            at = stop;
        }
    }

    /// The readings of a linked term, where only terms have one.
    fn read_term(&self, text: &str, range: Range<usize>, term: usize) -> Vec<Read> {
        match self.terms.pinyin {
            Pinyin::Terms if self.body.lang == Lang::Zh => {
                plan::term(text, range, term, self.terms)
            }
            _ => Vec::new(),
        }
    }

    /// Notes that a term occurs in a range of the plain text, in the sentence that is open.
    fn note_use(&mut self, term: usize, range: Range<usize>, out: &Out<'_>) {
        if let Some(block) = out.index
            && out.open
        {
            self.uses.push(TermUse { term, block, sentence: out.next - 1, range });
        }
    }

    fn wants_link(&self, term: usize, out: &Out<'_>) -> bool {
        let id = self.terms.glossary.terms[term].term.id.as_str();
        let fresh = match self.terms.link {
            GlossaryLink::Never => false,
            GlossaryLink::Every => true,
            GlossaryLink::First | GlossaryLink::Section => !self.linked.contains(&term),
        };
        fresh && !self.terms.skip.contains(id) && !matches!(out.block.kind, BlockKind::Heading(_))
    }

    fn open_term(&mut self, term: usize, out: &mut Out<'_>) {
        self.linked.insert(term);
        if !self.words.contains(&term) {
            self.words.push(term);
        }
        out.late(Late::Term(term));
    }

    /// Writes a wikilink that shows the name of its target.
    fn wikilink(&mut self, link: usize, out: &mut Out<'_>) {
        match &self.names[link] {
            Some(WikiName::Term(term)) => {
                let entry = &self.terms.glossary.terms[*term].term;
                let names = crate::lang::PerLang { zh: entry.zh.as_ref(), en: entry.en.as_ref() };
                let name = names.either(self.body.lang).map_or(entry.id.as_str(), |n| n.as_str());
                self.note_use(*term, out.text.len()..out.text.len() + name.len(), out);
                self.open_term(*term, out);
                let words = match self.terms.pinyin {
                    Pinyin::None => Vec::new(),
                    _ if self.body.lang == Lang::En => Vec::new(),
                    _ => plan::term(name, 0..name.len(), *term, self.terms),
                };
                let plan = Plan { words, ..Plan::default() };
                self.planned(name, 0..name.len(), &plan, out);
                out.late(Late::TermEnd);
            }
            Some(WikiName::Page(name) | WikiName::Unknown(name)) => {
                out.late(Late::Link(link));
                out.plain(name);
                out.html += "</a>";
            }
            None => {}
        }
    }
}

impl Out<'_> {
    fn late(&mut self, late: Late) {
        self.holes.push((self.html.len(), late));
    }

    /// Writes text that readers see.
    fn plain(&mut self, text: &str) {
        escape_text(&mut self.html, text);
        self.say(text);
    }

    /// Adds to the plain text alone.
    fn say(&mut self, text: &str) {
        self.text += text;
        if self.open
            && let Some(sentence) = self.sentences.last_mut()
        {
            sentence.end = self.text.len();
        }
    }

    /// Writes a space of a heading at which no line ends; in the plain text it is a space.
    fn hard_space(&mut self) {
        self.html += HARD_SPACE;
        self.text.push(' ');
    }

    /// Closes the sentence that ends before a place of the text, and opens the one that begins
    /// there.
    fn begin(&mut self, at: usize) {
        if self.open && at >= self.block.sentences[self.next - 1].range.end {
            self.close_sentence();
        }
        let starts = self.block.sentences.get(self.next).is_some_and(|s| s.range.start <= at);
        if !self.open && starts && !matches!(self.block.kind, BlockKind::Heading(_)) {
            let inlines = std::mem::take(&mut self.inlines);
            self.close_tags(&inlines);
            self.late(Late::Sentence(self.next));
            self.open_tags(&inlines);
            self.inlines = inlines;
            self.sentences.push(self.text.len()..self.text.len());
            self.next += 1;
            self.open = true;
        }
    }

    fn close_sentence(&mut self) {
        if std::mem::take(&mut self.open) {
            let inlines = std::mem::take(&mut self.inlines);
            self.close_tags(&inlines);
            self.late(Late::SentenceEnd);
            self.open_tags(&inlines);
            self.inlines = inlines;
        }
    }

    fn close_tags(&mut self, inlines: &[Inline]) {
        for inline in inlines.iter().rev() {
            self.html += &format!("</{}>", inline.tag());
        }
    }

    fn open_tags(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.html += &format!("<{}>", inline.tag());
        }
    }

    /// The next place behind `at` where a sentence ends or begins.
    fn next_break(&self, at: usize) -> Option<usize> {
        let sentences = &self.block.sentences;
        let end = self.open.then(|| sentences[self.next - 1].range.end);
        let start = sentences.get(self.next).map(|sentence| sentence.range.start);
        end.or(start).filter(|place| *place > at)
    }
}

/// Whether a place of a text lies in an address written out, `https://example.org/momo`.
fn in_address(text: &str, at: usize) -> bool {
    let mut words = text[..at].rsplit(|c: char| c.is_whitespace() || !c.is_ascii());
    words.next().is_some_and(|word| word.contains("://") || word.starts_with("www."))
}
