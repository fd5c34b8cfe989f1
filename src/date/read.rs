//! Reads a date, part by part, and says which part is wrong.

use jiff::civil::{self, Time};
use jiff::tz::Offset;

use super::Date;
use crate::diag::Message;
use crate::msg;

/// Reads a date with an optional time and an optional offset.
pub(super) fn date(text: &str) -> Result<Date, Message> {
    let text = text.trim();
    let split = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let date = day(text, &text[..split])?;
    let rest = text[split..].strip_prefix(['T', 't']).unwrap_or(&text[split..]).trim_start();
    if rest.is_empty() {
        return if split == text.len() {
            Ok(Date { date, time: None, offset: None })
        } else {
            Err(shape(text))
        };
    }
    let clock_end = rest.find(|c: char| !matches!(c, '0'..='9' | ':' | '.')).unwrap_or(rest.len());
    let time = Some(clock(text, &rest[..clock_end])?);
    let zone = rest[clock_end..].trim_start();
    let offset = if zone.is_empty() { None } else { Some(offset(text, zone)?) };
    Ok(Date { date, time, offset })
}

fn shape(text: &str) -> Message {
    msg!(
        "“{text}” is not a date: write it as 2025-01-14 or 2025-01-14T16:29:00+08:00",
        "“{text}”不是日期：请写成 2025-01-14 或 2025-01-14T16:29:00+08:00"
    )
}

/// A number of exactly `width` digits.
fn digits<N: std::str::FromStr>(text: &str, width: usize) -> Option<N> {
    let fits = text.len() == width && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

fn day(text: &str, part: &str) -> Result<civil::Date, Message> {
    let mut parts = part.split('-');
    let (Some(year), Some(month), Some(day), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(shape(text));
    };
    let (Some(y), Some(m), Some(d)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return Err(shape(text));
    };
    if !(1..=12).contains(&m) {
        return Err(msg!(
            "“{text}” has no month {month}: months go from 01 to 12",
            "“{text}”里没有 {month} 月：月份是 01 到 12"
        ));
    }
    civil::Date::new(y, m, d).map_err(|_| {
        msg!(
            "“{text}” is not in the calendar: {year}-{month} has no day {day}",
            "“{text}”不在日历上：{year} 年 {month} 月没有 {day} 日"
        )
    })
}

fn clock(text: &str, part: &str) -> Result<Time, Message> {
    let (whole, fraction) = part.split_once('.').unwrap_or((part, "0"));
    let fields: Option<Vec<i8>> = whole.split(':').map(|field| digits(field, 2)).collect();
    let (hour, minute, second) = match fields.as_deref() {
        Some([hour, minute]) if !part.contains('.') => (*hour, *minute, 0),
        Some([hour, minute, second]) => (*hour, *minute, *second),
        _ => return Err(shape(text)),
    };
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(shape(text));
    }
    // Dates are as exact as they are written: to the second. A leap second is the last one of its minute.
    Time::new(hour, minute, if second == 60 { 59 } else { second }, 0).map_err(|_| {
        msg!(
            "“{text}” has no such time: the clock goes from 00:00:00 to 23:59:59",
            "“{text}”里没有这个时刻：时间是 00:00:00 到 23:59:59"
        )
    })
}

fn offset(text: &str, part: &str) -> Result<Offset, Message> {
    if part.eq_ignore_ascii_case("z") {
        return Ok(Offset::UTC);
    }
    let wrong = || {
        msg!(
            "“{text}” has no usable offset from UTC: write it as +08:00 or Z",
            "“{text}”的时区写法不对：请写成 +08:00 或 Z"
        )
    };
    let (sign, rest) = match part.as_bytes().first() {
        Some(b'+') => (1, &part[1..]),
        Some(b'-') => (-1, &part[1..]),
        _ => return Err(wrong()),
    };
    let plain = rest.replacen(':', "", 1);
    let (hours, minutes): (Option<i32>, Option<i32>) = match plain.len() {
        2 => (digits(&plain, 2), Some(0)),
        4 if plain.is_ascii() => (digits(&plain[..2], 2), digits(&plain[2..], 2)),
        _ => (None, None),
    };
    let (Some(hours @ 0..=23), Some(minutes @ 0..=59)) = (hours, minutes) else {
        return Err(wrong());
    };
    Offset::from_seconds(sign * (hours * 60 + minutes) * 60).map_err(|_| wrong())
}
