//! Numbers, dates, percentages and sums of money of a sentence, in one form for both languages.
//!
//! [`numbers`] reads them; here they get their places, their units, and whether the other version has to
//! have them: 13 日 does, 一个 and “one” do not. [`count`] says what a small number counts.

use std::ops::Range;

use super::count::{self, Counted};
use super::words::Word;
use crate::lang::Lang;
use crate::model::align::numbers;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Anything.
    Plain,
    /// Parts of a hundred.
    Percent,
    /// A currency, by its ISO 4217 code.
    Money(&'static str),
    /// A month of the year.
    Month,
    /// A day of the week, Monday first.
    Weekday,
}

/// A number in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    pub value: f64,
    pub unit: Unit,
    /// Whether a translation has to have it.
    pub firm: bool,
    /// What it counts, if it is from two to ten and counts something.
    pub counted: Option<Counted>,
    /// Its bytes in the sentence.
    pub range: Range<usize>,
}

/// Currencies, by what is written before a sum or behind it. The longer ones come first.
const BEFORE: &[(&str, &str)] = &[
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("US$", "USD"),
    ("$", "$"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "¥"),
    ("￥", "¥"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("人民币", "CNY"),
];
const BEHIND: &[(&str, &str)] = &[
    ("Hong Kong dollar", "HKD"),
    ("US dollar", "USD"),
    ("U.S. dollar", "USD"),
    ("dollar", "$"),
    ("yuan", "CNY"),
    ("RMB", "CNY"),
    ("renminbi", "CNY"),
    ("euro", "EUR"),
    ("yen", "JPY"),
    ("pounds sterling", "GBP"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("欧元", "EUR"),
    ("日元", "JPY"),
    ("英镑", "GBP"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("韩元", "KRW"),
    ("卢布", "RUB"),
    ("元", "CNY"),
    ("块钱", "CNY"),
    ("人民币", "CNY"),
];
/// Signs that several currencies have.
const SHARED: &[(&str, &[&str])] =
    &[("$", &["USD", "HKD", "TWD", "CAD", "AUD"]), ("¥", &["CNY", "JPY"])];

/// Whether two codes may mean one currency.
pub(super) fn is_one_currency(a: &str, b: &str) -> bool {
    let shared = |sign: &str, code: &str| {
        SHARED.iter().any(|(own, codes)| *own == sign && codes.contains(&code))
    };
    a == b || shared(a, b) || shared(b, a)
}

const PERCENT: &[&str] =
    &["%", "％", "percent", "per cent", "percentage point", "个百分点", "百分点"];

/// The quantities of a sentence. `words` are its words outside code; what stands inside other words
/// (V50, k8s) is none.
pub(super) fn of(text: &str, words: &[Word<'_>], lang: Lang) -> Vec<Quantity> {
    let mut found = match lang {
        Lang::Zh => chinese(text, words),
        Lang::En => english(text, words),
    };
    ranges(text, &mut found);
    found
}

fn chinese(text: &str, words: &[Word<'_>]) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut percent = false;
    let mut at = 0;
    while at < text.len() {
        let c = text[at..].chars().next().unwrap_or(' ');
        if let Some(word) = words.iter().find(|word| word.range.contains(&at) && !word.is_number())
        {
            at = word.range.end;
            continue;
        }
        let run = run_of(&text[at..]);
        if run.is_empty() {
            at += c.len_utf8();
            continue;
        }
        let range = at..at + run.len();
        at = range.end;
        let behind = &text[range.end..];
        if let Some((value, length)) = tenths(run, behind) {
            at += length;
            let (unit, range) = (Unit::Money("CNY"), range.start..at);
            found.push(Quantity { value, unit, firm: true, counted: None, range });
            continue;
        }
        if run == "百" && behind.starts_with('分') {
            percent = behind.starts_with("分之");
            continue;
        }
        // The reader looks one character further: 1 月 is a month.
        let month = behind.trim_start().starts_with('月');
        let shown: Vec<char> = run.chars().chain(month.then_some('月')).collect();
        for number in numbers::chinese(&shown) {
            let firm = month || firm_chinese(run, &text[..range.start], behind);
            push(&mut found, text, &number.form, range.clone(), firm, &mut percent);
            if let Some(last) = found.last_mut().filter(|last| last.range == range) {
                last.counted = count::chinese(last.value, run, &text[..range.start], behind);
            }
        }
    }
    found
}

/// A price as it is said, 九块九 or 3 块 5 毛, given the number before 块 and what follows that: its
/// value, and how many bytes of what follows are part of it.
fn tenths(run: &str, behind: &str) -> Option<(f64, usize)> {
    let rest = behind.trim_start().strip_prefix('块')?.trim_start();
    let tenth = run_of(rest);
    let shown: Vec<char> = run.chars().chain(['|']).chain(tenth.chars()).collect();
    let (whole, part) = (numbers::chinese(&shown[..run.chars().count()]), digit(tenth)?);
    let rest = &rest[tenth.len()..];
    let end = rest.trim_start().strip_prefix(['毛', '角']).unwrap_or(rest);
    // 三块五个 is two counts.
    if end.len() == rest.len() && count::measure(rest).is_some() {
        return None;
    }
    let whole = match (run, whole.first()) {
        ("一", _) => 1.0,
        (_, number) => number?.form.parse::<f64>().ok()?,
    };
    Some((whole + part / 10.0, behind.len() - end.len()))
}

/// The value of one digit.
fn digit(text: &str) -> Option<f64> {
    let mut chars = text.chars();
    let (c, None) = (chars.next()?, chars.next()) else { return None };
    let numeral = "零一二三四五六七八九".chars().position(|numeral| numeral == c);
    let value = c.to_digit(10).or(numeral.map(|value| value as u32));
    value.map(f64::from).filter(|value| *value > 0.0)
}

/// The number that a text begins with, as far as it is written in digits and numerals; a day of the week
/// is one too.
fn run_of(text: &str) -> &str {
    const NUMERALS: &str = "零〇一二两三四五六七八九十百千万亿萬億";
    for day in ["星期", "礼拜", "周"] {
        if let Some(rest) = text.strip_prefix(day)
            && let Some(c) = rest.chars().next().filter(|c| "一二三四五六日天".contains(*c))
            && !(day == "周" && rest[c.len_utf8()..].starts_with(['次', '个', '天', '岁', '年']))
        {
            return &text[..day.len() + c.len_utf8()];
        }
    }
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let digits = text.starts_with(digit);
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let inside = match c {
            '.' | ',' | '，' => digits && next.is_some_and(digit) && end == at,
            ' ' => digits && next.is_some_and(|c| "百千万亿萬億".contains(c)),
            _ => digit(c) && digits || NUMERALS.contains(c),
        };
        if !inside {
            break;
        }
        end = at + c.len_utf8();
    }
    // A comma between numbers that are listed is none of a number.
    text[..end].trim_end_matches([',', '，', '.'])
}

/// Whether a Chinese number has to be in the translation: digits beyond 1; of those in characters what is
/// plainly a figure (二十一, 三百万, 二〇二五), and not 一, 十, 两三, 千万, 三四十.
fn firm_chinese(run: &str, before: &str, behind: &str) -> bool {
    if run.starts_with(['星', '礼', '周']) {
        let counted = before.ends_with(['一', '二', '两', '三', '四', '几', '数']);
        return !(run.starts_with('周') && counted);
    }
    if run.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
        // 30 多 may be “dozens”.
        let some = run.len() < 3 && behind.trim_start().starts_with(['几', '来', '多', '余']);
        return !matches!(run, "0" | "1" | "00" | "01") && !some;
    }
    let numeral = |c: char| "零〇一二两三四五六七八九".contains(c);
    let chars: Vec<char> = run.chars().collect();
    let units = chars.iter().filter(|c| !numeral(**c)).count();
    if units == 0 {
        return chars.len() >= 4 && (run.contains(['零', '〇']) || behind.starts_with('年'));
    }
    let rough = chars
        .windows(2)
        .any(|pair| numeral(pair[0]) && numeral(pair[1]) && !matches!(pair[0], '零' | '〇'));
    let some = before.ends_with(['几', '数', '第']) || behind.starts_with(['几', '来', '多', '余']);
    let figure = chars.len() >= 2 && chars.iter().any(|c| numeral(*c) && *c != '一');
    figure && !rough && !some
}

fn english(text: &str, words: &[Word<'_>]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut percent = false;
    let mut at = 0;
    while at < words.len() {
        let parts = |word: &Word<'_>| -> Vec<String> {
            let parts = word.text.split(['-', '–']).map(|part| plain(part).to_owned());
            parts.filter(|part| !is_rough(part)).collect()
        };
        let alone = |word: &Word<'_>| !word.is_identifier() || word.is_number();
        let is_number = |word: &Word<'_>| {
            let parts = parts(word);
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let numeral = |part: &&str| {
                let word = part.to_ascii_lowercase();
                is_scale(part)
                    || *part == "May"
                    || matches!(&*word, "one" | "first")
                    || !numbers::english(&[*part]).is_empty()
            };
            let all = !parts.is_empty() && parts.iter().all(numeral);
            alone(word) && all
        };
        if !is_number(&words[at]) {
            at += 1;
            continue;
        }
        // “ten thousand”, “one hundred and five”.
        let start = at;
        at += 1;
        while at < words.len() {
            let gap = text[words[at - 1].range.end..words[at].range.start].trim();
            let joins = words[at].text == "and"
                && words.get(at + 1).is_some_and(|next| is_number(next) && !digits(next.text))
                && is_scale(words[at - 1].text);
            let follows = is_number(&words[at]) && !digits(words[at].text);
            if !gap.is_empty() || !(joins || follows) {
                break;
            }
            at += 1;
        }
        let range = words[start].range.start..words[at - 1].range.end;
        let shown: Vec<String> = words[start..at].iter().flat_map(parts).collect();
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        // May is a month beside a number.
        let beside = [words.get(at), start.checked_sub(1).and_then(|before| words.get(before))];
        let beside = beside.into_iter().flatten().map(|word| word.text).find(|word| digits(word));
        let date = beside.filter(|_| is_may(&shown));
        let shown: Vec<&str> = shown.iter().copied().chain(date).collect();
        let scale = shorthand(words[start].text);
        let rough = words[start..at].iter().any(|word| word.text.split('-').any(is_rough));
        for number in numbers::english(&shown) {
            let firm = firm_english(&shown, &number.form) && !rough;
            push(&mut found, text, &number.form, range.clone(), firm, &mut percent);
            if let Some(last) = found.last_mut() {
                last.value *= scale.unwrap_or(1.0);
                last.counted = count::english(last.value, text, words, start..at);
            }
            if date.is_some() {
                break;
            }
        }
    }
    found
}

/// Whether a part of a word says that a number is about right: thirty-odd, twenty-something.
fn is_rough(part: &str) -> bool {
    matches!(part, "odd" | "something" | "ish" | "plus")
}

fn is_may(words: &[&str]) -> bool {
    words.len() == 1 && words[0] == "May"
}

fn digits(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_scale(word: &str) -> bool {
    ["hundred", "thousand", "million", "billion", "trillion"]
        .iter()
        .any(|s| word.eq_ignore_ascii_case(s))
}

/// A number without the letters of a unit behind it: 30k, 100MB.
fn plain(word: &str) -> &str {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    match digits(word) && !matches!(rest, "st" | "nd" | "rd" | "th" | "s") {
        true => &word[..word.len() - rest.len()],
        false => word,
    }
}

/// What 30k, 5M and 3bn are multiplied by.
fn shorthand(word: &str) -> Option<f64> {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    match (digits(word), rest) {
        (true, "k" | "K") => Some(1e3),
        (true, "m" | "M") => Some(1e6),
        (true, "b" | "bn" | "B") => Some(1e9),
        _ => None,
    }
}

/// Whether an English number has to be in the translation: digits beyond 1, words beyond twelve, months and
/// days that are no other word.
fn firm_english(words: &[&str], form: &str) -> bool {
    if form.starts_with(['m', 'd']) {
        return words.iter().any(|word| word.len() > 3);
    }
    let value: f64 = form.parse().unwrap_or(0.0);
    if words.iter().any(|word| digits(word)) { value > 1.0 } else { value > 12.0 }
}

/// Adds a number with its unit, told by what stands around it.
fn push(
    found: &mut Vec<Quantity>,
    text: &str,
    form: &str,
    range: Range<usize>,
    firm: bool,
    percent: &mut bool,
) {
    let of = |mark: char, unit: Unit| Some((form.strip_prefix(mark)?.parse().ok()?, unit));
    let dated = of('m', Unit::Month).or_else(|| of('d', Unit::Weekday));
    let Some((value, unit)) = dated.or_else(|| Some((form.parse().ok()?, Unit::Plain))) else {
        return;
    };
    let unit = match unit {
        Unit::Plain if std::mem::take(percent) => Unit::Percent,
        Unit::Plain => unit_around(&text[..range.start], &text[range.end..]),
        dated => dated,
    };
    found.push(Quantity { value, unit, firm, counted: None, range });
}

fn unit_around(before: &str, behind: &str) -> Unit {
    let (before, behind) = (before.trim_end(), behind.trim_start());
    if PERCENT.iter().any(|mark| behind.starts_with(mark)) {
        return Unit::Percent;
    }
    let money = BEFORE.iter().find(|(mark, _)| before.ends_with(mark));
    let money = money.or_else(|| BEHIND.iter().find(|(mark, _)| behind.starts_with(mark)));
    money.map_or(Unit::Plain, |(_, code)| Unit::Money(code))
}

/// What stands before a dash or a “to” shares the unit behind: 3～5 万, 20 to 30 million. Both readings
/// are there then, and none is firm.
fn ranges(text: &str, found: &mut Vec<Quantity>) {
    let mut more = Vec::new();
    for at in 1..found.len() {
        let (first, second) = (found[at - 1].clone(), found[at].clone());
        let gap = text.get(first.range.end..second.range.start).unwrap_or_default().trim();
        if !["-", "–", "—", "~", "～", "至", "到", "to", "or", "或"].contains(&gap) {
            continue;
        }
        if first.unit == Unit::Plain && !matches!(second.unit, Unit::Month | Unit::Weekday) {
            found[at - 1].unit = second.unit;
        }
        let written: String = text[second.range.clone()]
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        let scale = written.parse::<f64>().map_or(1.0, |written| second.value / written);
        if scale >= 1e3 && first.value < 1e3 {
            found[at - 1].firm = false;
            let (value, range) = (first.value * scale, first.range.clone());
            more.push(Quantity { value, unit: second.unit, firm: false, counted: None, range });
        }
    }
    found.extend(more);
}

/// The quantities of a whole text, for tests and titles.
#[cfg(test)]
fn all(text: &str, lang: Lang) -> Vec<Quantity> {
    of(text, &super::words::of(text), lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_one_form() {
        let cases = [
            ("2025 年 1 月 13 日", "January 13, 2025", "2025! m1! 13!", "m1! 13! 2025!"),
            (
                "占百分之五十，涨 5 个百分点",
                "50% of it, by 5 percentage points",
                "50%! 5%!",
                "50%! 5%!",
            ),
            (
                "五十块钱，50 美元，¥3万",
                "fifty yuan, $50, ¥30,000",
                "50CNY! 50USD! 30000¥!",
                "50CNY! 50$! 30000¥!",
            ),
            ("将近一万名", "nearly ten thousand", "10000", "10000!"),
            ("两三天，几十个，千万别", "two or three, dozens", "23 10 10000000", "2 3"),
            ("二十一世纪，星期四", "the twenty-first century, on Thursdays", "21! d4!", "21! d4!"),
            ("V50 和 k8s，v1.26", "V50 and k8s, v1.26", "", ""),
            ("16:29", "16:29", "16! 29!", "16! 29!"),
            ("3～5 万", "30 to 50 thousand", "3 50000! 30000", "30 50000! 30000"),
            ("一周一次，上周三", "once a week", "d3!", ""),
            ("二〇二五年", "30k users in May 2024", "2025!", "30000! m5! 2024!"),
            ("第 3 章", "one of them may be 3", "3!", "3!"),
            ("1.5 亿", "150 million", "150000000!", "150000000!"),
            ("九块九，三十多", "9.9 yuan, thirty-odd", "9.9CNY! 30", "9.9CNY! 30"),
            ("3 块 5 毛，两块五的", "3.5 yuan", "3.5CNY! 2.5CNY!", "3.5CNY!"),
            ("三块五个，30 多人", "twenty-something", "3 5 30", "20"),
            ("三万五，两千五，一百零五", "35,000", "35000! 2500! 105!", "35000!"),
        ];
        let forms = |text: &str, lang| {
            let form = |q: &Quantity| {
                let firm = if q.firm { "!" } else { "" };
                match q.unit {
                    Unit::Plain => format!("{}{firm}", q.value),
                    Unit::Percent => format!("{}%{firm}", q.value),
                    Unit::Money(code) => format!("{}{code}{firm}", q.value),
                    Unit::Month => format!("m{}{firm}", q.value),
                    Unit::Weekday => format!("d{}{firm}", q.value),
                }
            };
            all(text, lang).iter().map(form).collect::<Vec<_>>().join(" ")
        };
        for (zh, en, zh_forms, en_forms) in cases {
            assert_eq!(forms(zh, Lang::Zh), zh_forms, "{zh}");
            assert_eq!(forms(en, Lang::En), en_forms, "{en}");
        }
    }
}
