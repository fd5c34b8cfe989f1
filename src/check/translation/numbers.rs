//! Numbers, dates, percentages and currencies that the other version has not.

use std::ops::Range;

use super::quantity::{self, Quantity, Unit, is_one_currency};
use super::words;
use crate::check::unit::Sides;
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::model::align::numbers;
use crate::msg;

/// A quantity in a unit of text.
struct Found {
    quantity: Quantity,
    /// The sentence of its side.
    sentence: usize,
    /// Where it is written in the file.
    span: Range<usize>,
    /// As it is written.
    shown: String,
}

pub(super) fn check(unit: &Sides<'_>) -> Vec<Diagnostic> {
    let sides = PerLang::from_fn(|lang| side(unit, lang));
    let texts = PerLang::from_fn(|lang| unit.joined(lang));
    let mut lost = PerLang::from_fn(|lang| {
        let (own, other) = (sides.get(lang), sides.get(lang.other()));
        let wanted = own.iter().filter(|found| found.quantity.firm);
        wanted
            .filter(|f| !is_there(f, other, texts.get(lang), texts.get(lang.other()), lang))
            .collect::<Vec<_>>()
    });
    // The same value twice is one finding.
    for lang in Lang::ALL {
        let mut seen: Vec<(f64, Unit)> = Vec::new();
        lost.get_mut(lang).retain(|found| {
            let key = (found.quantity.value, found.quantity.unit);
            let new = !seen.contains(&key);
            seen.push(key);
            new
        });
    }
    let mut found = units(unit, &sides);
    let (zh, en) = (&mut lost.zh, &mut lost.en);
    // What is lost on both sides is one number that differs.
    while !zh.is_empty() && !en.is_empty() {
        let at = en.iter().position(|other| is_date(other) == is_date(zh[0])).unwrap_or(0);
        found.push(different(unit, zh.remove(0), en.remove(at)));
    }
    let small = PerLang::from_fn(|lang| {
        let (own, other) = (sides.get(lang), sides.get(lang.other()));
        let counts = own.iter().filter(|found| found.quantity.counted.is_some());
        let counts = counts.filter(|found| !found.quantity.firm);
        counts
            .filter(|f| !is_there(f, other, texts.get(lang), texts.get(lang.other()), lang))
            .collect::<Vec<_>>()
    });
    found.extend(counts(unit, &mut lost, small));
    for lang in Lang::ALL {
        for one in std::mem::take(lost.get_mut(lang)) {
            let shown = &one.shown;
            let message = match lang {
                Lang::Zh => msg!("“{shown}” is not in the English", "“{shown}”在英文里没有"),
                Lang::En => msg!("“{shown}” is not in the Chinese", "“{shown}”在中文里没有"),
            };
            let counterpart = unit.counterpart(lang, one.sentence);
            found.push(unit.finding(code(one), lang, one.span.clone(), counterpart, message));
        }
    }
    found
}

fn different(unit: &Sides<'_>, left: &Found, right: &Found) -> Diagnostic {
    let (a, b) = (&left.shown, &right.shown);
    let message = msg!("“{a}” here is “{b}” in English", "这里的“{a}”，英文是“{b}”");
    let (span, other) = (left.span.clone(), right.span.clone());
    let problem = unit.finding(code(left), Lang::Zh, span, other, message);
    problem.help(msg!("correct the wrong one", "请改正写错的一处"))
}

/// Small counts that differ: each version has one that the other has not, of one kind, in sentences that
/// belong together. A count that only one version has is no finding unless it is firm by itself, and
/// then it stays in `lost`.
fn counts(
    unit: &Sides<'_>,
    lost: &mut PerLang<Vec<&Found>>,
    small: PerLang<Vec<&Found>>,
) -> Vec<Diagnostic> {
    let group = |lang: Lang, one: &Found| unit.group(lang, one.sentence);
    let alike = |zh: &Found, en: &Found| {
        zh.quantity.counted.is_some()
            && zh.quantity.counted == en.quantity.counted
            && group(Lang::Zh, zh) == group(Lang::En, en)
    };
    let mut found = Vec::new();
    let PerLang { zh: mut left, en: mut right } = small;
    let mut firm = PerLang { zh: std::mem::take(&mut lost.zh), en: std::mem::take(&mut lost.en) };
    firm.zh.retain(|zh| match right.iter().position(|en| alike(zh, en)) {
        Some(at) => {
            found.push(different(unit, zh, right.remove(at)));
            false
        }
        None => true,
    });
    firm.en.retain(|en| match left.iter().position(|zh| alike(zh, en)) {
        Some(at) => {
            found.push(different(unit, left.remove(at), en));
            false
        }
        None => true,
    });
    for zh in left {
        if let Some(at) = right.iter().position(|en| alike(zh, en)) {
            found.push(different(unit, zh, right.remove(at)));
        }
    }
    *lost = firm;
    found
}

fn side(unit: &Sides<'_>, lang: Lang) -> Vec<Found> {
    let mut all = Vec::new();
    for (sentence, piece) in unit.get(lang).iter().enumerate() {
        let words = words::of_piece(piece);
        for quantity in quantity::of(&words::masked(piece), &words, lang) {
            let shown = piece.text()[quantity.range.clone()].to_owned();
            let span = piece.span(&quantity.range);
            all.push(Found { quantity, sentence, span, shown });
        }
    }
    all
}

fn is_date(found: &Found) -> bool {
    matches!(found.quantity.unit, Unit::Month | Unit::Weekday)
}

fn code(found: &Found) -> &'static str {
    match found.quantity.unit {
        Unit::Month | Unit::Weekday => "different-date",
        Unit::Percent => "different-percentage",
        Unit::Money(_) => "different-currency",
        Unit::Plain => "different-number",
    }
}

/// Sums whose currency and shares whose percent sign is another one in the other version.
fn units(unit: &Sides<'_>, sides: &PerLang<Vec<Found>>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for one in sides.zh.iter().filter(|one| one.quantity.firm) {
        let same = |other: &&Found| is_same(other.quantity.value, one.quantity.value);
        let (zh, en): (Vec<&Found>, Vec<&Found>) =
            (sides.zh.iter().filter(same).collect(), sides.en.iter().filter(same).collect());
        let (code, other, message) = if let Unit::Money(own) = one.quantity.unit {
            // The same sum without a currency excuses nothing: it may be of something else.
            let Some(other) = contradicts(own, &zh, &en) else { continue };
            let message =
                msg!("this sum is in another currency in English", "这笔钱在英文里是另一种货币");
            ("different-currency", other, message)
        } else {
            let percent = |found: &&Found| found.quantity.unit == Unit::Percent;
            let Some(other) = en.first().filter(|_| {
                if percent(&one) { !en.iter().any(percent) } else { en.iter().all(percent) }
            }) else {
                continue;
            };
            let message = msg!(
                "one version says percent here, and the other does not",
                "一种语言在这里写的是百分数，另一种不是"
            );
            ("different-percentage", *other, message)
        };
        let problem = unit.finding(code, Lang::Zh, one.span.clone(), other.span.clone(), message);
        if !found.iter().any(|known: &Diagnostic| known.related == problem.related) {
            found.push(problem);
        }
    }
    found
}

/// Where the English gives a sum in a currency that is none of those which the Chinese has for it, while
/// the currency `own` of the Chinese is none of the English.
fn contradicts<'f>(own: &str, zh: &[&Found], en: &[&'f Found]) -> Option<&'f Found> {
    let money = |found: &Found| match found.quantity.unit {
        Unit::Money(code) => Some(code),
        _ => None,
    };
    let has = |side: &[&Found], code: &str| {
        side.iter().filter_map(|found| money(found)).any(|other| is_one_currency(other, code))
    };
    if has(en, own) {
        return None;
    }
    en.iter().copied().find(|found| money(found).is_some_and(|code| !has(zh, code)))
}

fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// Whether the other side has a quantity, in whatever form.
fn is_there(wanted: &Found, other: &[Found], own_text: &str, text: &str, lang: Lang) -> bool {
    let Quantity { value, unit, .. } = wanted.quantity;
    let values = || other.iter().map(|found| &found.quantity);
    match unit {
        Unit::Weekday => return values().any(|q| q.unit == unit && is_same(q.value, value)),
        Unit::Month => {
            let may = value == 5.0 && text.contains("May");
            return may || values().any(|q| q.unit != Unit::Weekday && is_same(q.value, value));
        }
        _ => {}
    }
    let numbers: Vec<f64> = values().filter(|q| q.unit != Unit::Weekday).map(|q| q.value).collect();
    let hyphened = |word: &str| {
        numbers::english(&[word]).iter().any(|number| number.form.parse() == Ok(value))
    };
    numbers.iter().any(|other| is_same(*other, value) || alike(*other, value, own_text, text))
        || numbers.windows(2).any(|pair| is_same(pair[0] + pair[1], value))
        || in_words(value, text, lang.other())
        // three-day
        || lang == Lang::Zh && text.split(|c: char| !c.is_alphanumeric()).any(hyphened)
        || text.split(|c: char| !c.is_ascii_digit()).any(|digits| {
            // Inside a word (G20) or an address.
            digits.parse().is_ok_and(|digits: f64| is_same(digits, value))
        })
}

/// Whether two numbers are the same by another way of counting: hours, decades, centuries.
fn alike(other: f64, value: f64, own_text: &str, text: &str) -> bool {
    let hours = |text: &str| {
        [
            "下午", "晚", "中午", "凌晨", "上午", "早上", "傍晚", "点", "时", "p.m", "pm", "PM",
            "a.m", "am", "AM", ":",
        ]
        .iter()
        .any(|mark| text.contains(mark))
    };
    let (low, high) = (other.min(value), other.max(value));
    let hour = high <= 24.0 && is_same(high - low, 12.0) && hours(own_text) && hours(text);
    let decade = low < 100.0 && (1800.0..2100.0).contains(&high) && is_same(high % 100.0, low);
    let century = low <= 21.0 && is_same(high, (low - 1.0) * 100.0) && high >= 1000.0;
    hour || decade || century
}

/// Words that stand for a number which is not read as one.
const ENGLISH: &[(&str, &[f64])] = &[
    ("half", &[0.5, 50.0, 30.0]),
    ("quarter", &[0.25, 25.0, 15.0, 45.0]),
    ("twice", &[2.0]),
    ("both", &[2.0]),
    ("double", &[2.0]),
    ("pair", &[2.0]),
    ("couple", &[2.0]),
    ("second", &[2.0]),
    ("another", &[2.0]),
    ("two", &[2.0]),
    ("either", &[2.0]),
    ("triple", &[3.0]),
    ("thrice", &[3.0]),
    ("third", &[3.0]),
    ("fourth", &[4.0]),
    ("dozen", &[12.0]),
    ("fortnight", &[14.0]),
    ("hundred", &[100.0]),
    ("thousands", &[1e3, 1e4]),
    ("hundreds of thousands", &[1e5]),
    ("millions", &[1e6, 1e7]),
    ("hundreds of millions", &[1e8]),
    ("billions", &[1e9]),
    ("decade", &[10.0]),
    ("century", &[100.0]),
    ("centuries", &[100.0]),
    ("noon", &[12.0]),
    ("midnight", &[24.0, 12.0]),
    ("year", &[12.0]),
    ("week", &[7.0]),
    ("day", &[24.0]),
];
const CHINESE: &[(&str, &[f64])] = &[
    ("半", &[0.5, 50.0, 30.0, 6.0]),
    ("一刻", &[15.0]),
    ("三刻", &[45.0]),
    ("两", &[2.0]),
    ("双", &[2.0]),
    ("俩", &[2.0]),
    ("二", &[2.0]),
    ("又", &[2.0]),
    ("三", &[3.0]),
    ("仨", &[3.0]),
    ("十", &[10.0]),
    ("百", &[100.0]),
    ("千", &[1e3]),
    ("上万", &[1e4]),
    ("数万", &[1e4]),
    ("几万", &[1e4]),
    ("十万", &[1e5]),
    ("过万", &[1e4]),
    ("近万", &[1e4]),
    ("百万", &[1e6]),
    ("千万", &[1e7]),
    ("数亿", &[1e8]),
    ("几亿", &[1e8]),
    ("十亿", &[1e9]),
    ("打", &[12.0]),
    ("年", &[12.0]),
    ("周", &[7.0]),
    ("天", &[24.0]),
];

/// Whether a text says a number in a word.
fn in_words(value: f64, text: &str, lang: Lang) -> bool {
    let table = match lang {
        Lang::Zh => CHINESE,
        Lang::En => ENGLISH,
    };
    let lower = text.to_lowercase();
    // 五成 is a half.
    let tenths = "一二三四五六七八九".chars().zip(1..).any(|(numeral, tenths)| {
        is_same(value, f64::from(tenths * 10)) && lower.contains(&format!("{numeral}成"))
    });
    tenths && lang == Lang::Zh
        || table.iter().any(|(word, values)| {
            values.iter().any(|known| is_same(*known, value)) && lower.contains(word)
        })
}
