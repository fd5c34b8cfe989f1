//! Chinese text into words: where a heading may be broken, and what a reading stands over.
//!
//! jieba cuts by the most probable path through its dictionary, and guesses unknown words with a
//! hidden Markov model. Names of the glossary come before it: they are cut out first, and it is
//! given what lies between. Its dictionary takes a tenth of a second to load, so it is loaded for
//! the first Chinese text that asks.

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use jieba_rs::Jieba;

use super::glossary::fold::fold;
use super::glossary::matcher::Matcher;
use super::texts::Words;
use crate::lang::Lang;
use crate::memo::{Hasher, Memo, Stage};
use crate::parse::cjk::is_han;
use crate::parse::html::escape_text;

static JIEBA: LazyLock<Jieba> = LazyLock::new(|| {
    let mut jieba = Jieba::new();
    let newer = include_str!("segment/words.txt").lines().filter(|line| !line.starts_with('#'));
    for word in newer.flat_map(str::split_whitespace) {
        jieba.add_word(word, None, None);
    }
    jieba
});

/// A word of a text, or what stands between words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a word is, as far as lines and readings turn on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name that was given beforehand, by its place among those.
    Name(usize),
    /// A number.
    Number,
    /// A measure word or a unit.
    Measure,
    /// A particle, which leans on the word before it: 的, 了, 吗.
    Particle,
    /// A verb or an adjective.
    Predicate,
    /// Anything else.
    Other,
}

/// The words of a text, which cover it. Each of `names`, which stand in the order of the text and
/// do not overlap, is one word. With `guess` unknown words are guessed: that keeps names whole,
/// and joins some characters that are words by themselves. Without Chinese characters there are
/// no words.
pub fn words(text: &str, names: &[Range<usize>], guess: bool) -> Vec<Word> {
    let mut words = Vec::new();
    if !text.chars().any(is_han) {
        return words;
    }
    let mut from = 0;
    for (index, name) in names.iter().enumerate() {
        cut(text, from..name.start, guess, &mut words);
        words.push(Word { range: name.clone(), kind: Kind::Name(index) });
        from = name.end;
    }
    cut(text, from..text.len(), guess, &mut words);
    words
}

/// Cuts a stretch of a text. jieba's dictionary is simplified, and the text is folded for it
/// character by character.
fn cut(text: &str, range: Range<usize>, guess: bool, out: &mut Vec<Word>) {
    if range.is_empty() {
        return;
    }
    let stretch = &text[range.clone()];
    let folded: String = stretch.chars().map(fold).collect();
    let mut ends = stretch.char_indices().map(|(at, c)| range.start + at + c.len_utf8());
    let mut start = range.start;
    for tag in JIEBA.tag(&folded, guess) {
        let count = tag.word.chars().count();
        let Some(end) = count.checked_sub(1).and_then(|last| ends.nth(last)) else { continue };
        out.push(Word { range: start..end, kind: kind(tag.word, tag.tag) });
        start = end;
    }
}

fn kind(word: &str, tag: &str) -> Kind {
    const MEASURES: &str =
        "年月日号点时分秒个只条次位名人元块万亿千百倍岁天周期集度页章节篇届种家件张台米斤吨里";
    let mut chars = word.chars();
    let single = chars.next().filter(|_| chars.next().is_none());
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return Kind::Number;
    }
    match tag {
        "q" => Kind::Measure,
        _ if single.is_some_and(|c| MEASURES.contains(c)) => Kind::Measure,
        "m" => Kind::Number,
        "y" => Kind::Particle,
        _ if tag.starts_with('u') && single.is_some() => Kind::Particle,
        _ if tag.starts_with(['v', 'a']) => Kind::Predicate,
        _ => Kind::Other,
    }
}

/// The names of a glossary's terms in a text, for [`words`]. A name of one character is none: 猫
/// is not to cut 熊猫.
pub fn names(text: &str, matcher: &Matcher) -> Vec<Range<usize>> {
    let found = matcher.find(text).into_iter().map(|found| found.range);
    found.filter(|range| text[range.clone()].chars().nth(1).is_some()).collect()
}

/// Where a line of a Chinese heading may end, in bytes: between words, but not where punctuation,
/// a number or a particle holds on to its neighbour, and not where browsers break anyway.
pub fn breaks(text: &str, names: &[Range<usize>]) -> Vec<usize> {
    let words = words(text, names, true);
    let pairs = words.windows(2).filter(|pair| parts(text, &pair[0], &pair[1]));
    pairs.map(|pair| pair[1].range.start).collect()
}

/// Characters that do not begin a line.
const CLOSING: &str = "，。、；：？！…—～·）》〉」』】〕〗”’％℃°‰,.;:?!)]}>\"'/-~%+*&_=|";
/// Characters that do not end a line.
const OPENING: &str = "（《〈「『【〔〖“‘￥＃·([{<\"'/-$#@&_";
/// Characters behind which a line may end whatever follows.
const STOPS: &str = "，。、；：？！…—）》〉」』】〕〗”’";

/// Marks that are set half as wide behind one of [`STOPS`]. An element between the two would keep
/// browsers from that, which leaves a hole in the line, so no break is offered there. Before most of
/// these, browsers break lines by themselves.
const PAIRED: &str = "（《〈「『【〔〖“‘";

/// Whether a line may end between two words.
fn parts(text: &str, a: &Word, b: &Word) -> bool {
    let last = text[a.range.clone()].chars().next_back();
    let first = text[b.range.clone()].chars().next();
    let (Some(last), Some(first)) = (last, first) else { return false };
    if last.is_whitespace() || first.is_whitespace() {
        return false;
    }
    if CLOSING.contains(first) || OPENING.contains(last) {
        return false;
    }
    if STOPS.contains(last) {
        return !PAIRED.contains(first);
    }
    let counted = a.kind == Kind::Number && matches!(b.kind, Kind::Measure | Kind::Number);
    let leans = b.kind == Kind::Particle;
    let holds = matches!(&text[a.range.clone()], "第" | "得");
    (is_han(last) || is_han(first)) && !counted && !leans && !holds
}

/// A title as HTML, a Chinese one with `<wbr>` where a line may end, and with its clauses in elements
/// where browsers would not end a line between them.
pub fn title(text: &str, lang: Lang, words: &Words, memo: &Memo) -> Arc<String> {
    if lang != Lang::Zh || !text.chars().any(is_han) {
        return Arc::new(html(text, &[], &[]));
    }
    let key = Hasher::new().str("title").str(text).with(words.glossary.fingerprint).finish();
    memo.get(Stage::Segment, key, || {
        let names = names(text, &words.matcher);
        clauses(&html(text, &breaks(text, &names), &spaces(text, &names)))
    })
}

/// Wraps each clause of a title that begins with a quotation mark behind a [stop](STOPS): there lines
/// end first, and the mark stays half as wide, because it begins a box of its own.
fn clauses(title: &str) -> String {
    let mut out = String::with_capacity(title.len() + 64);
    let mut before = None;
    let mut open = false;
    for c in title.chars() {
        if "“‘".contains(c) && before.is_some_and(|c| STOPS.contains(c)) {
            out += if open { "</span>" } else { "" };
            out += "<span class=\"clause\">";
            open = true;
        }
        out.push(c);
        before = Some(c);
    }
    out += if open { "</span>" } else { "" };
    out
}

/// A space at which no line ends: for those inside the names of a heading.
pub const HARD_SPACE: &str = "\u{A0}";

/// Whether a name is short enough to be kept on one line of a phone.
fn is_short(name: &str) -> bool {
    name.chars().count() <= 16
}

/// The spaces inside short names, in bytes of the text.
pub fn spaces(text: &str, names: &[Range<usize>]) -> Vec<usize> {
    let short = names.iter().filter(|name| is_short(&text[(*name).clone()]));
    let inside = |name: &Range<usize>| {
        let start = name.start;
        text[name.clone()].match_indices(' ').map(move |(at, _)| start + at).collect::<Vec<_>>()
    };
    short.flat_map(inside).collect()
}

/// A text as HTML with `<wbr>` at some places and hard spaces at others.
pub fn html(text: &str, breaks: &[usize], spaces: &[usize]) -> String {
    let mut out = String::with_capacity(text.len() + breaks.len() * 5);
    let mut breaks = breaks.iter().peekable();
    let mut spaces = spaces.iter().peekable();
    let mut from = 0;
    for (at, _) in text.char_indices() {
        let is_break = breaks.next_if_eq(&&at).is_some();
        let is_space = spaces.next_if_eq(&&at).is_some();
        if is_break || is_space {
            escape_text(&mut out, &text[from..at]);
            out += if is_break { "<wbr>" } else { HARD_SPACE };
            from = if is_break { at } else { at + 1 };
        }
    }
    escape_text(&mut out, &text[from..]);
    out
}
