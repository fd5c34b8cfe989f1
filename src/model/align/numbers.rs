//! Numbers, months and days of the week in both languages, in one form.
//!
//! 二十一, 21 and twenty-one are `21`; 3万 and 30,000 are `30000`; 1 月 and January are `m1`; 星期四 and
//! Thursday are `d4`.

/// A number, month or day of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Its form.
    pub form: String,
    /// Whether it is a small number that is written as a word, which may stand for less than it says
    /// (一些, “one of them”).
    pub small: bool,
}

fn number(value: f64, small: bool) -> Number {
    Number { form: format!("{value}"), small: small && value <= 12.0 }
}

/// The numbers of a Chinese text.
pub fn chinese(text: &[char]) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let c = narrow(text[at]);
        if c.is_ascii_digit() && !(at > 0 && text[at - 1].is_ascii_alphabetic()) {
            let (mut value, end) = digits(text, at);
            at = end;
            let after = text[at..].iter().position(|c| *c != ' ').map_or(at, |skip| at + skip);
            if let Some(unit) = text.get(after).copied().and_then(large_unit) {
                value *= unit;
                at = after + 1;
            }
            let after = text[at..].iter().position(|c| *c != ' ').map_or(at, |skip| at + skip);
            if text.get(after) == Some(&'月') {
                found.push(Number { form: format!("m{value}"), small: false });
            } else {
                found.push(number(value, false));
            }
        } else if let Some((day, end)) = day(text, at) {
            found.push(day);
            at = end;
        } else if numeral(c).is_some() || unit(c).is_some() && c != '万' {
            let length = text[at..].iter().take_while(|c| numeral(**c).or(unit(**c)).is_some());
            let end = at + length.count();
            let run = &text[at..end];
            match spelled(run) {
                Some(value) if text.get(end) == Some(&'月') => {
                    found.push(Number { form: format!("m{value}"), small: false });
                }
                // 一 is an article more often than a number.
                Some(value) if run != ['一'] => found.push(number(value, true)),
                _ => {}
            }
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// 星期四, 周四, 礼拜四: the day that is named at a place, and where its name ends.
fn day(text: &[char], at: usize) -> Option<(Number, usize)> {
    let behind = match text.get(at..at + 2)? {
        ['星', '期'] | ['礼', '拜'] => at + 2,
        ['周', _] => at + 1,
        _ => return None,
    };
    let number = match text.get(behind)? {
        '日' | '天' => 7.0,
        c => numeral(*c).filter(|n| (1.0..=6.0).contains(n))?,
    };
    Some((Number { form: format!("d{number}"), small: false }, behind + 1))
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        _ => c,
    }
}

/// A number in digits at a place, and where it ends.
fn digits(text: &[char], at: usize) -> (f64, usize) {
    let mut plain = String::new();
    let mut end = at;
    while let Some(c) = text.get(end).map(|c| narrow(*c)) {
        let digit_next = text.get(end + 1).is_some_and(|c| narrow(*c).is_ascii_digit());
        match c {
            _ if c.is_ascii_digit() => plain.push(c),
            ',' | '，' if digit_next && thousands(text, end + 1) => {}
            '.' if digit_next && !plain.contains('.') => plain.push(c),
            _ => break,
        }
        end += 1;
    }
    (plain.parse().unwrap_or(0.0), end)
}

/// Whether exactly three digits stand at a place.
fn thousands(text: &[char], at: usize) -> bool {
    text[at..].iter().take_while(|c| narrow(**c).is_ascii_digit()).count() == 3
}

fn numeral(c: char) -> Option<f64> {
    let value = match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(f64::from(value))
}

fn unit(c: char) -> Option<f64> {
    match c {
        '十' => Some(10.0),
        '百' => Some(100.0),
        '千' => Some(1000.0),
        _ => large_unit(c).filter(|unit| *unit >= 1e4),
    }
}

fn large_unit(c: char) -> Option<f64> {
    match c {
        '百' => Some(100.0),
        '千' => Some(1000.0),
        '万' | '萬' => Some(1e4),
        '亿' | '億' => Some(1e8),
        _ => None,
    }
}

/// The value of 二十一, 三万五千, 二〇二五.
fn spelled(run: &[char]) -> Option<f64> {
    if !run.iter().any(|c| unit(*c).is_some()) {
        return Some(run.iter().fold(0.0, |value, c| value * 10.0 + numeral(*c).unwrap_or(0.0)));
    }
    let (mut total, mut section, mut digit) = (0.0, 0.0, None);
    // What a digit counts that stands right behind a unit: 三万五 is 三万五千, and 三万零五 is not.
    let mut behind = 1.0;
    for c in run {
        match (numeral(*c), unit(*c)) {
            (Some(n), _) => {
                behind = if digit.is_some() { 1.0 } else { behind };
                digit = Some(n);
                continue;
            }
            (_, Some(unit)) => behind = unit / 10.0,
            _ => {}
        }
        match (numeral(*c), unit(*c)) {
            (_, Some(unit)) if unit >= 1e4 => {
                total = (total + section + digit.take().unwrap_or(0.0)).max(1.0) * unit;
                section = 0.0;
            }
            (_, Some(unit)) => section += digit.take().unwrap_or(1.0) * unit,
            _ => return None,
        }
    }
    Some(total + section + digit.unwrap_or(0.0) * behind)
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: [&str; 13] = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth",
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// By the first letter, the lengths of all words that a number may begin with or hold, as bits. Nearly every
/// word is told by these to be no part of a number.
const LENGTHS: [u32; 26] = {
    let mut lengths = [0; 26];
    mark(&ONES, 0, &mut lengths);
    mark(&TENS, 0, &mut lengths);
    // twentieth
    mark(&TENS, 3, &mut lengths);
    mark(&ORDINALS, 0, &mut lengths);
    mark(&MONTHS, 0, &mut lengths);
    mark(&["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug"], 0, &mut lengths);
    mark(&["sep", "oct", "nov", "dec"], 0, &mut lengths);
    mark(&DAYS, 0, &mut lengths);
    // Mondays
    mark(&DAYS, 1, &mut lengths);
    mark(&["hundred", "thousand", "million", "billion", "and"], 0, &mut lengths);
    lengths
};

const fn mark(words: &[&str], longer: usize, lengths: &mut [u32; 26]) {
    let mut at = 0;
    while at < words.len() {
        let letter = words[at].as_bytes()[0] - b'a';
        lengths[letter as usize] |= 1 << (words[at].len() + longer);
        at += 1;
    }
}

/// A word in lower case, or nothing if it is no part of a number.
fn candidate(word: &str) -> String {
    let first = word.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    let letter = first.checked_sub(b'a').and_then(|letter| LENGTHS.get(usize::from(letter)));
    let fits = |lengths: &u32| word.len() < 32 && lengths >> word.len() & 1 == 1;
    match first.is_ascii_digit() || letter.is_some_and(fits) {
        true => word.to_ascii_lowercase(),
        false => String::new(),
    }
}

/// The numbers of an English text, given its words (with their digits, as written).
pub fn english(words: &[&str]) -> Vec<Number> {
    let mut found = Vec::new();
    let lower: Vec<String> = words.iter().map(|word| candidate(word)).collect();
    let mut at = 0;
    while let Some(word) = lower.get(at) {
        if word.is_empty() {
            at += 1;
            continue;
        }
        let capital = words[at].starts_with(|c: char| c.is_ascii_uppercase());
        let month =
            MONTHS.iter().position(|m| m == word || word.len() == 3 && m.starts_with(&**word));
        let day = DAYS.iter().position(|day| day == word || word.strip_suffix('s') == Some(day));
        if let Some(month) = month.filter(|_| capital && (word != "may" || by_number(&lower, at))) {
            found.push(Number { form: format!("m{}", month + 1), small: false });
            at += 1;
            continue;
        }
        if let Some(day) = day.filter(|_| capital) {
            found.push(Number { form: format!("d{}", day + 1), small: false });
            at += 1;
            continue;
        }
        match sum(&lower[at..]) {
            Some((value, length, digits)) => {
                // “one” is a pronoun more often than a number.
                if digits || value != 1.0 {
                    found.push(number(value, !digits));
                }
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

fn by_number(words: &[String], at: usize) -> bool {
    let digit = |word: Option<&String>| {
        word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    };
    digit(words.get(at + 1)) || at > 0 && digit(words.get(at - 1))
}

/// The number at the beginning of some words: its value, how many words it takes, and whether
/// it is written in digits.
fn sum(words: &[String]) -> Option<(f64, usize, bool)> {
    let (mut total, mut section, mut seen, mut digits, mut at) = (0.0, 0.0, false, false, 0);
    while let Some(word) = words.get(at) {
        let ordinal = ORDINALS.iter().position(|o| o == word).map(|n| n as f64);
        if let Some(value) = small(word) {
            // “two three” are two numbers, “twenty three” is one.
            if seen
                && (section % 10.0 != 0.0
                    || section == 0.0
                    || value >= 10.0 && section % 100.0 != 0.0)
            {
                break;
            }
            section += value;
        } else if let Some(value) = ordinal.or(tens_ordinal(word)) {
            let joins = seen && section % 10.0 == 0.0 && value < 10.0;
            if seen && !joins {
                break;
            }
            return Some((total + section + value, at + 1, digits));
        } else if let Some(value) = in_digits(word).filter(|_| !seen) {
            section = value;
            digits = true;
        } else if let Some(unit) = scale(word).filter(|_| seen) {
            if unit == 100.0 {
                section *= unit;
            } else {
                total += section * unit;
                section = 0.0;
            }
        } else if !(word == "and"
            && seen
            && at + 1 < words.len()
            && section % 100.0 == 0.0
            && small(&words[at + 1]).is_some()
            && section > 0.0)
        {
            break;
        }
        seen = true;
        at += 1;
    }
    seen.then_some((total + section, at, digits))
}

fn small(word: &str) -> Option<f64> {
    let ones = ONES.iter().position(|n| *n == word).map(|n| n as f64);
    ones.or_else(|| TENS.iter().position(|n| *n == word).map(|n| 10.0 * (n + 2) as f64))
}

fn tens_ordinal(word: &str) -> Option<f64> {
    let stem = word.strip_suffix("ieth")?;
    TENS.iter().position(|n| n.strip_suffix('y') == Some(stem)).map(|n| 10.0 * (n + 2) as f64)
}

fn in_digits(word: &str) -> Option<f64> {
    let plain = ["st", "nd", "rd", "th", "s"].iter().find_map(|end| word.strip_suffix(end));
    let plain = plain.unwrap_or(word).replace(',', "");
    let digits = plain.starts_with(|c: char| c.is_ascii_digit());
    digits.then(|| plain.parse().ok()).flatten()
}

fn scale(word: &str) -> Option<f64> {
    match word {
        "hundred" => Some(100.0),
        "thousand" => Some(1e3),
        "million" => Some(1e6),
        "billion" => Some(1e9),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(found: Vec<Number>) -> String {
        found.into_iter().map(|number| number.form).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn both_languages_have_one_form() {
        let cases = [
            ("2025 年 1 月 13 日", "January 13 2025", "2025 m1 13", "m1 13 2025"),
            ("二十一个", "twenty one", "21", "21"),
            ("3万人", "30,000 people", "30000", "30000"),
            ("百分之五十", "50", "100 50", "50"),
            ("将近一万名", "ten thousand", "10000", "10000"),
            ("二〇二五年", "2025", "2025", "2025"),
            ("三百万", "3 million", "3000000", "3000000"),
            ("二十世纪", "twentieth century", "20", "20"),
            ("星期四", "Thursdays", "d4", "d4"),
            ("四个问题", "four questions", "4", "4"),
            ("1,250.5 元", "1,250.5 yuan", "1250.5", "1250.5"),
            ("一百零五", "one hundred and five", "105", "105"),
            ("三月", "March", "m3", "m3"),
            ("一个人", "one may march", "", ""),
            ("第三", "the third", "3", "3"),
            ("5月、9月", "May 5, Sep 9", "m5 m9", "m5 5 m9 9"),
            ("二十世纪九十年代", "the 20th century’s 90s", "20 90", "20 90"),
            ("第五十", "the Fiftieth", "50", "50"),
        ];
        for (zh, en, zh_forms, en_forms) in cases {
            let chars: Vec<char> = zh.chars().collect();
            assert_eq!(forms(chinese(&chars)), zh_forms, "{zh}");
            let words: Vec<&str> = en.split(' ').collect();
            assert_eq!(forms(english(&words)), en_forms, "{en}");
        }
    }
}
