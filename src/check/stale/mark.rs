//! The fingerprint of what blocks say and how they are built.

use crate::memo::Hasher;
use crate::parse::cjk::{half_width, is_han};
use crate::parse::lock::Mark;
use crate::parse::markdown::{Block, BlockKind, Body, HoleKind};

/// The fingerprint of blocks, as the lock holds it. It stays the same from one version of gen to the next: it
/// is made of the text, of the kinds and parts of blocks, of the targets of links, and of code.
pub(super) fn of(blocks: &[&Block], body: &Body) -> Mark {
    let mut hasher = Hasher::new().str("block 1");
    for block in blocks {
        hasher = hasher.str(&kind(block.kind)).str(&block.parts.len().to_string());
        for sentence in &block.sentences {
            let text = plain(&block.text[sentence.range.clone()]);
            hasher = hasher.str(&sentence.leaf.to_string()).str(&text);
        }
        for hole in &block.holes {
            match &hole.kind {
                HoleKind::LinkOpen(link) | HoleKind::Image(link) | HoleKind::Wikilink(link) => {
                    hasher = hasher.str(&body.links[*link].target);
                }
                HoleKind::Formula(_, latex) => hasher = hasher.str(latex),
                HoleKind::FootnoteRef(note, _) => hasher = hasher.str(&body.footnotes[*note].label),
                _ => {}
            }
        }
        if matches!(block.kind, BlockKind::Code | BlockKind::Html) {
            hasher = hasher.str(&shown(&block.html));
        }
    }
    let sentences = blocks.iter().flat_map(|block| {
        block.sentences.iter().map(|sentence| &block.text[sentence.range.clone()])
    });
    Mark { whole: digits(&hasher, 12), sentences: each(sentences) }
}

/// The fingerprint of a text without mark-up.
pub(super) fn of_text(block: &Block) -> Mark {
    let sentences = block.sentences.iter().map(|sentence| &block.text[sentence.range.clone()]);
    let whole = Hasher::new().str("text 1").str(&plain(&block.text));
    Mark { whole: digits(&whole, 12), sentences: each(sentences) }
}

/// The fingerprints of sentences, if there are several.
fn each<'a>(sentences: impl Iterator<Item = &'a str>) -> String {
    let marks = sentences.map(|text| digits(&Hasher::new().str("sentence 1").str(&plain(text)), 3));
    let marks: Vec<String> = marks.collect();
    if marks.len() > 1 { marks.concat() } else { String::new() }
}

fn digits(hasher: &Hasher, count: usize) -> String {
    let mut mark = hasher.finish().to_string();
    mark.truncate(count);
    mark
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
