//! Spaces: between Chinese and Latin, by the convention of the site, and beside full-width punctuation.
//!
//! The gap that readers see between the two is the style sheet's (`text-autospace`; Requirements for
//! Chinese Text Layout, 3.2.2, a quarter of a character). The files may have a space there or none;
//! searching, editing and comparing them wants one convention.

use std::ops::Range;

use super::line::{Line, is_full, is_latin, is_word};
use crate::config::Spacing;
use crate::diag::{Diagnostic, Edit, quoted};
use crate::msg;
use crate::parse::cjk::is_han;

/// What stands between Chinese and Latin.
pub(super) struct Spaces {
    letters: Spacing,
    digits: Spacing,
    /// Names of the glossary with Chinese and Latin in them: they are written as it has them.
    names: Vec<Vec<char>>,
}

impl Spaces {
    /// The convention that is set, else that of most places in the texts; with as many of both, a space.
    pub fn of<'a, L: Iterator<Item = Line<'a>>>(
        set: Option<Spacing>,
        names: impl Iterator<Item = &'a str>,
        lines: impl FnOnce() -> L,
    ) -> Spaces {
        let names = names.map(|name| name.chars().collect::<Vec<char>>());
        let names = names.filter(|name| is_mixed(name)).collect();
        if let Some(set) = set {
            return Spaces { letters: set, digits: set, names };
        }
        let mut counts = [[0usize; 2]; 2];
        for line in lines() {
            for place in places(&line) {
                counts[usize::from(place.digit)][usize::from(place.spaces.is_empty())] += 1;
            }
        }
        let most = |[spaced, bare]: [usize; 2]| {
            if spaced >= bare { Spacing::Space } else { Spacing::None }
        };
        Spaces { letters: most(counts[0]), digits: most(counts[1]), names }
    }
}

/// Whether a name has a place where Chinese and Latin meet.
fn is_mixed(name: &[char]) -> bool {
    let solid: Vec<char> = name.iter().copied().filter(|c| *c != ' ').collect();
    solid.windows(2).any(|pair| meet(pair[0], pair[1]).is_some())
}

/// Whether Chinese and Latin meet in two characters, and whether it is a digit that does.
fn meet(a: char, b: char) -> Option<bool> {
    let other = match (is_han(a), is_han(b)) {
        (true, false) => b,
        (false, true) => a,
        _ => return None,
    };
    let digit = other.is_ascii_digit();
    (digit || is_latin(other)).then_some(digit)
}

/// A place where Chinese and Latin meet.
struct Place {
    spaces: Range<usize>,
    digit: bool,
}

fn places(line: &Line<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    let mut last = None;
    for index in 0..line.len() {
        let Some(c) = line.at(index).filter(|c| *c != ' ') else { continue };
        if let Some((before, at)) = last
            && let Some(digit) = meet(before, c)
            && (at..=index).all(|at| line.is_own(at))
        {
            found.push(Place { spaces: at + 1..index, digit });
        }
        last = Some((c, index));
    }
    found
}

pub(super) fn check(line: &Line<'_>, style: &Spaces, found: &mut Vec<Diagnostic>) {
    let named = named(line, &style.names);
    let mut wrong: Vec<(Vec<Range<usize>>, Spacing)> = Vec::new();
    for Place { spaces, digit } in places(line) {
        let wanted = if digit { style.digits } else { style.letters };
        let inside = |range: &Range<usize>| range.start < spaces.start && spaces.end < range.end;
        let right = usize::from(wanted == Spacing::Space);
        if spaces.len() == right || named.iter().any(inside) {
            continue;
        }
        // Both sides of a word are one finding, if no mark-up stands between: that may have to stay as it
        // is on one side.
        let one_word = |(places, same): &&mut (Vec<Range<usize>>, Spacing)| {
            let (before, mut between) = (places[0].clone(), places[0].end..spaces.start);
            *same == wanted
                && places.len() == 1
                && before.is_empty() == spaces.is_empty()
                && between.all(|at| line.at(at).is_some_and(is_word))
                && line.is_plain(before.start - 1..spaces.end + 1)
        };
        match wrong.last_mut().filter(one_word) {
            Some((places, _)) => places.push(spaces),
            None => wrong.push((vec![spaces], wanted)),
        }
    }
    found.extend(wrong.iter().map(|(spaces, wanted)| place(line, spaces, *wanted)));
    beside_marks(line, found);
}

/// A finding of one place, or of the two beside a word.
fn place(line: &Line<'_>, places: &[Range<usize>], wanted: Spacing) -> Diagnostic {
    let first = places.first().map_or(0..0, Range::clone);
    let around = first.start - 1..places.last().map_or(first.end, |last| last.end) + 1;
    let shown = quoted(&line.shown(around.clone()));
    let mut right = String::new();
    let mut at = around.start;
    let mut fix: Vec<Edit> = Vec::new();
    for spaces in places {
        right += &line.shown(at..spaces.start);
        at = spaces.end;
        match (wanted, spaces.is_empty()) {
            (Spacing::None, _) => fix.extend(line.remove(spaces.clone())),
            (Spacing::Space, true) => fix.push(line.insert(spaces.end, " ")),
            (Spacing::Space, false) => fix.extend(line.remove(spaces.start + 1..spaces.end)),
        }
        if wanted == Spacing::Space {
            right.push(' ');
        }
    }
    right += &line.shown(at..around.end);
    let right = quoted(&right);
    let message = match (wanted, first.is_empty()) {
        (Spacing::None, _) => msg!(
            "a space between Chinese and Latin, where this site has none: {shown}",
            "中文与西文之间有空格，而本站不加：{shown}"
        ),
        (Spacing::Space, true) => msg!(
            "no space between Chinese and Latin, where this site has one: {shown}",
            "中文与西文之间没有空格，而本站要加：{shown}"
        ),
        (Spacing::Space, false) => msg!(
            "more than one space between Chinese and Latin: {shown}",
            "中文与西文之间的空格不止一个：{shown}"
        ),
    };
    line.warn("mixed-spacing", around, message)
        .help(msg!(
            "write {right}; [typography] spacing in book.toml chooses",
            "请写成{right}；加不加由 book.toml 的 [typography] spacing 决定"
        ))
        .fix(fix)
}

/// Where names stand that are written as the glossary has them.
fn named(line: &Line<'_>, names: &[Vec<char>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for name in names {
        let starts = (0..line.len()).filter(|&at| line.at(at) == name.first().copied());
        let is = |at: &usize| name.iter().enumerate().all(|(i, c)| line.at(at + i) == Some(*c));
        found.extend(starts.filter(is).map(|at| at..at + name.len()));
    }
    found
}

/// Spaces beside full-width punctuation, which has its own.
fn beside_marks(line: &Line<'_>, found: &mut Vec<Diagnostic>) {
    let mut index = 0;
    while index < line.len() {
        let length = line.run(index, |c| c == ' ');
        let spaces = index..index + length;
        index += length.max(1);
        if length == 0 || spaces.start == 0 || spaces.end == line.len() {
            continue;
        }
        let (before, after) = (line.before(spaces.start), line.at(spaces.end));
        let full = |c: Option<char>| c.is_some_and(is_full);
        // （ ） is a blank to be filled in.
        let blank = matches!((before, after), (Some('（' | '【'), Some('）' | '】')));
        if blank || !(full(before) || full(after)) || after == Some('\n') {
            continue;
        }
        let around = spaces.start - 1..spaces.end + 1;
        let shown = quoted(&line.shown(around));
        let message =
            msg!("a space beside full-width punctuation: {shown}", "全角标点旁边有空格：{shown}");
        found.push(
            line.warn("space-by-punctuation", spaces.clone(), message)
                .help(msg!("take the space out", "请删去空格"))
                .fix(line.remove(spaces).collect()),
        );
    }
}
