//! What a small number counts: 三只猫 and “three cats”, 两年 and “two years”.
//!
//! Numbers up to ten stand in idioms and turns of phrase of either language, and are often left out. They
//! are compared only where both versions count something, of one kind.

use std::ops::Range;

use super::words::Word;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// People, things, times: what has a measure word in Chinese and a plural in English.
    Things,
    /// Time, by its unit: what is two weeks in one language may be fourteen days in the other.
    Time(&'static str),
}

const TIMES: &[(&str, &str)] = &[
    ("年", "year"),
    ("个月", "month"),
    ("个星期", "week"),
    ("星期", "week"),
    ("周", "week"),
    ("天", "day"),
    ("个小时", "hour"),
    ("小时", "hour"),
    ("个钟头", "hour"),
    ("分钟", "minute"),
    ("秒", "second"),
];

/// Measure words that count single things. Those of pairs (双, 对), parts and classes are not here.
const MEASURES: &str =
    "个只名位条张本篇部辆台座家所间匹头棵朵颗件把杯瓶碗盘袋盒箱片幅首句段页封份项种场次回遍趟轮人";

/// What a Chinese text begins with, if that is counted: a measure word, or a unit of time.
pub(super) fn measure(text: &str) -> Option<(Counted, usize)> {
    if let Some((unit, time)) = TIMES.iter().find(|(unit, _)| text.starts_with(unit)) {
        return Some((Counted::Time(time), unit.len()));
    }
    let c = text.chars().next()?;
    MEASURES.contains(c).then_some((Counted::Things, c.len_utf8()))
}

fn is_small(value: f64) -> bool {
    (2.0..=10.0).contains(&value) && value.fract() == 0.0
}

/// What a Chinese number counts. Not in idioms, where another number is near (三天两头, 一日三餐), not of
/// what is in an order (第三个), and not where it is about right (三个多).
pub(super) fn chinese(value: f64, run: &str, before: &str, behind: &str) -> Option<Counted> {
    let one = run.chars().count() == 1 || run == "10";
    let (counted, length) = measure(behind.trim_start()).filter(|_| one && is_small(value))?;
    let numeral = |c: char| "一二两三四五六七八九十百千万亿几数".contains(c) || c.is_ascii_digit();
    let rest = behind.trim_start()[length..].trim_start();
    let mut back = before.trim_end().chars().rev();
    let near = [back.next(), back.next()].into_iter().flatten().any(numeral);
    let order = before
        .trim_end()
        .ends_with(['第', '之', '点', '.', '年', '月', '、', '～', '-', '至', '到']);
    let about =
        rest.starts_with(['半', '多', '来', '分', '级', '度', '月']) || rest.starts_with(numeral);
    // 年级, 年代, 二次元, 三次方, 三人称.
    let other = ["级", "代", "元", "方", "称"].iter().any(|word| rest.starts_with(word));
    (!near && !order && !about && !other).then_some(counted)
}

/// Words behind which a number is a name: chapter 5.
const NAMED: &[&str] = &[
    "chapter", "part", "section", "version", "figure", "table", "step", "page", "volume", "season",
    "episode", "number", "no", "grade", "top", "age", "aged", "level", "phase", "or", "to", "and",
    "than", "between", "about", "nearly", "almost", "roughly", "around", "least", "every", "per",
];

/// Plurals that do not end in s.
const PLURALS: &[&str] = &["people", "men", "women", "children", "mice", "feet", "teeth"];

/// Words in s that are no plurals.
const SINGULARS: &[&str] =
    &["is", "was", "has", "as", "its", "his", "this", "us", "does", "less", "always", "perhaps"];

/// What an English number counts, by the noun behind it. `at` are its words.
pub(super) fn english(
    value: f64,
    text: &str,
    words: &[Word<'_>],
    at: Range<usize>,
) -> Option<Counted> {
    let named = |word: &Word<'_>| {
        let gap = text[word.range.end..words[at.start].range.start].trim();
        gap.is_empty() && NAMED.contains(&&*word.text.to_lowercase()) || matches!(gap, "-" | "–")
    };
    let before = at.start.checked_sub(1).and_then(|before| words.get(before));
    if !is_small(value) || at.len() != 1 || before.is_some_and(named) {
        return None;
    }
    let mut end = words[at.start].range.end;
    for word in words.get(at.end..)?.iter().take(3) {
        let lower = word.text.to_lowercase();
        let apart = !text[end..word.range.start].trim().is_empty();
        let joint = ["of", "or", "to", "and", "in", "at", "for", "on", "percent", "a", "the"];
        if apart
            || joint.contains(&&*lower)
            || !lower.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
        {
            return None;
        }
        let unit = TIMES.iter().find(|(_, unit)| lower.strip_suffix('s') == Some(unit));
        if let Some((_, unit)) = unit {
            return Some(Counted::Time(unit));
        }
        let plural = lower.len() > 3 && lower.ends_with('s') && !lower.ends_with("ss");
        if plural && !SINGULARS.contains(&&*lower) || PLURALS.contains(&&*lower) {
            return Some(Counted::Things);
        }
        end = word.range.end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::quantity;
    use super::super::words;
    use super::Counted::{self, Things, Time};
    use crate::lang::Lang;

    fn counts(text: &str, lang: Lang) -> Vec<(f64, Counted)> {
        let all = quantity::of(text, &words::of(text), lang);
        all.into_iter().filter_map(|one| Some((one.value, one.counted?))).collect()
    }

    #[test]
    fn what_is_counted_is_told_in_both_languages() {
        for (zh, en, expected) in [
            ("三只猫", "three cats", vec![(3.0, Things)]),
            ("5 只橘猫", "5 fat orange cats", vec![(5.0, Things)]),
            ("两年", "two years", vec![(2.0, Time("year"))]),
            ("十个人", "ten people", vec![(10.0, Things)]),
            ("六个月", "six months", vec![(6.0, Time("month"))]),
            ("七天两次", "seven or eight days", vec![]),
        ] {
            assert_eq!(counts(zh, Lang::Zh), expected, "{zh}");
            if !expected.is_empty() {
                assert_eq!(counts(en, Lang::En), expected, "{en}");
            }
        }
    }

    #[test]
    fn turns_of_phrase_count_nothing() {
        for zh in [
            "一个人",
            "第三个",
            "三天两头",
            "一日三餐",
            "两三个",
            "十几个",
            "三番五次",
            "三个多月",
            "五年级",
            "二次元",
            "七嘴八舌",
            "十分",
            "一年四季",
            "三四个",
            "三个半月",
            "八卦",
            "星期三个人",
        ] {
            assert_eq!(counts(zh, Lang::Zh), [], "{zh}");
        }
        for en in [
            "one cat",
            "two or three cats",
            "chapter three covers",
            "five of them",
            "more than five cats",
            "two to five cats",
            "ten, cats",
            "seven is enough",
            "15 cats",
            "two-faced",
        ] {
            assert_eq!(counts(en, Lang::En), [], "{en}");
        }
    }
}
