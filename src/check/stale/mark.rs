//! The fingerprint of what blocks say and how they are built.

use crate::memo::Fingerprint;
use crate::parse::cjk::{half_width, is_han};
use crate::parse::lock::Mark;
use crate::parse::markdown::{Block, BlockKind, Body, HoleKind};

/// The fingerprint of blocks, as the lock holds it. It stays the same from one version of gen to the next: it
/// is made of the text, of the kinds and parts of blocks, of the targets of links, and of code.
pub(super) fn of(blocks: &[&Block], body: &Body) -> Mark {
    let mut parts = Parts::new("block 1");
    for block in blocks {
        parts.add(&kind(block.kind));
        parts.add(&block.parts.len().to_string());
        for sentence in &block.sentences {
            let text = plain(&block.text[sentence.range.clone()]);
            parts.add(&sentence.leaf.to_string());
            parts.add(&text);
        }
        for hole in &block.holes {
            match &hole.kind {
                HoleKind::LinkOpen(link) | HoleKind::Image(link) | HoleKind::Wikilink(link) => {
                    parts.add(&body.links[*link].target);
                }
                HoleKind::Formula(_, latex) => parts.add(latex),
                HoleKind::FootnoteRef(note, _) => parts.add(&body.footnotes[*note].label),
                _ => {}
            }
        }
        if matches!(block.kind, BlockKind::Code | BlockKind::Html) {
            parts.add(&shown(&block.html));
        }
    }
    let sentences = blocks.iter().flat_map(|block| {
        block.sentences.iter().map(|sentence| &block.text[sentence.range.clone()])
    });
    Mark { whole: parts.digits(12), sentences: each(sentences) }
}

/// The fingerprint of a text without mark-up.
pub(super) fn of_text(block: &Block) -> Mark {
    let sentences = block.sentences.iter().map(|sentence| &block.text[sentence.range.clone()]);
    let mut whole = Parts::new("text 1");
    whole.add(&plain(&block.text));
    Mark { whole: whole.digits(12), sentences: each(sentences) }
}

/// The fingerprints of sentences, if there are several.
fn each<'a>(sentences: impl Iterator<Item = &'a str>) -> String {
    let mark = |text| {
        let mut parts = Parts::new("sentence 1");
        parts.add(&plain(text));
        parts.digits(3)
    };
    let marks: Vec<String> = sentences.map(mark).collect();
    if marks.len() > 1 { marks.concat() } else { String::new() }
}

/// What a fingerprint is made of: each part behind its length, in eight bytes, the lowest first.
struct Parts(Vec<u8>);

impl Parts {
    fn new(first: &str) -> Parts {
        let mut parts = Parts(Vec::new());
        parts.add(first);
        parts
    }

    fn add(&mut self, part: &str) {
        self.0.extend((part.len() as u64).to_le_bytes());
        self.0.extend(part.as_bytes());
    }

    /// The first hexadecimal digits of the fingerprint.
    fn digits(&self, count: usize) -> String {
        let mut mark = Fingerprint::of(&self.0).to_string();
        mark.truncate(count);
        mark
    }
}

fn kind(kind: BlockKind) -> String {
    match kind {
        BlockKind::Paragraph => "paragraph".to_owned(),
        BlockKind::Heading(level) => format!("heading {level}"),
        BlockKind::Quote => "quote".to_owned(),
        BlockKind::Alert => "alert".to_owned(),
        BlockKind::List { ordered } => format!("list {ordered}"),
        BlockKind::Definitions => "definitions".to_owned(),
        BlockKind::Table => "table".to_owned(),
        BlockKind::Code => "code".to_owned(),
        BlockKind::Math => "math".to_owned(),
        BlockKind::Image => "image".to_owned(),
        BlockKind::Rule => "rule".to_owned(),
        BlockKind::Html => "html".to_owned(),
    }
}

/// A text without spaces beside Chinese and beside marks, with one space elsewhere, and with all marks
/// and letters half-width, once each and straight: how it is spaced and what `gen check --fix` mends
/// does not count.
fn plain(text: &str) -> String {
    let mark = |c: char| c.is_ascii_punctuation();
    let beside = |c: Option<char>| c.is_none_or(|c| is_han(c) || mark(c));
    let mut out = String::new();
    for word in text.split_whitespace() {
        let mut word = word.chars().map(straight).peekable();
        if !beside(out.chars().next_back()) && !beside(word.peek().copied()) {
            out.push(' ');
        }
        for c in word {
            if !mark(c) || !out.ends_with(c) {
                out.push(c);
            }
        }
    }
    out
}

/// A mark or letter as a typewriter has it.
fn straight(c: char) -> char {
    match c {
        '“' | '”' | '「' | '」' => '"',
        '‘' | '’' | '『' | '』' => '\'',
        '—' | '–' => '-',
        '…' | '。' => '.',
        '、' => ',',
        _ => half_width(c),
    }
}

/// HTML without its tags: how code is coloured does not count.
fn shown(html: &str) -> String {
    let mut inside = false;
    let keep = |c: &char| {
        let tag = inside || *c == '<';
        inside = tag && *c != '>';
        !tag
    };
    html.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn spaces_and_marks_do_not_count() {
        for (a, b) in [
            ("2025 年 1 月", "2025年1月"),
            ("one\ntwo", "one two"),
            ("“猫” 税", "“猫”税"),
            ("\"cat\" -- tax...", "“cat” – tax…"),
            ("用 TikTok 的人", "用TikTok的人"),
            ("改掉,再看...(好)", "改掉，再看……（好）"),
            ("「好」。。ＴｉｋＴｏｋ，２０２５", "“好”。TikTok，2025"),
            ("One, two", "One，two"),
        ] {
            assert_eq!(plain(a), plain(b));
        }
        assert_ne!(plain("a lot"), plain("alot"));
        assert_ne!(plain("猫税"), plain("猫睡"));
    }
}
