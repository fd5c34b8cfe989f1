//! Dates of articles: a day, with a time and an offset from UTC where the author gave them.

mod read;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use jiff::civil::{self, DateTime, Time};
use jiff::tz::Offset;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::diag::Message;
use crate::lang::Lang;
use crate::source::Now;

/// The `format` that marks dates in a JSON Schema.
pub const FORMAT: &str = "iso-8601-date";

/// A date as an author writes it: a day, perhaps a time of that day, perhaps an offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    /// The day.
    pub date: civil::Date,
    /// The time of the day.
    pub time: Option<Time>,
    /// The offset of that time from UTC; without one the time is the writer's own.
    pub offset: Option<Offset>,
}

impl Default for Date {
    /// The first day of 1970, for the derived defaults of types that hold a date.
    fn default() -> Self {
        Date { date: civil::date(1970, 1, 1), time: None, offset: None }
    }
}

impl Date {
    /// Reads `2025-01-14`, `2025-01-14T16:29:00+08:00`, or what Hexo and Jekyll write:
    /// `2025-01-14 16:29[:00] [+0800]`. The error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Message> {
        read::date(text)
    }

    /// Whether a text has the shape of a date, right or wrong: four digits, a hyphen and a digit.
    pub fn looks_like(text: &str) -> bool {
        let bytes = text.as_bytes();
        bytes.len() > 5
            && bytes[..4].iter().all(u8::is_ascii_digit)
            && bytes[4] == b'-'
            && bytes[5].is_ascii_digit()
    }

    /// The date for `<time datetime>`: as exact as the author was.
    pub fn iso(&self) -> String {
        let day = self.date.strftime("%Y-%m-%d");
        match (self.time, self.offset) {
            (None, _) => day.to_string(),
            (Some(time), None) => format!("{day}T{}", time.strftime("%H:%M:%S")),
            (Some(time), Some(offset)) => {
                format!("{day}T{}{}", time.strftime("%H:%M:%S"), zone(offset))
            }
        }
    }

    /// The date for feeds, always with a time and an offset: midnight and UTC where it has none.
    pub fn rfc3339(&self) -> String {
        match (self.time, self.offset) {
            (None, _) => format!("{}T00:00:00Z", self.iso()),
            (Some(_), None) => format!("{}Z", self.iso()),
            (Some(_), Some(_)) => self.iso(),
        }
    }

    /// The day, as `2025-01-14`.
    pub fn day(&self) -> String {
        self.date.strftime("%Y-%m-%d").to_string()
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.date.year()
    }

    /// The day as readers of a language write it.
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => {
                let (year, month, day) = (self.date.year(), self.date.month(), self.date.day());
                format!("{year} 年 {month} 月 {day} 日")
            }
            Lang::En => self.date.strftime("%B %-d, %Y").to_string(),
        }
    }

    /// Whether the date lies in the future. A date without an offset is compared on the
    /// writer's own calendar.
    pub fn is_after(&self, now: &Now) -> bool {
        match (self.time, self.offset) {
            (None, _) => self.date > now.local.date(),
            (Some(time), None) => self.date.to_datetime(time) > now.local,
            (Some(time), Some(offset)) => offset
                .to_timestamp(self.date.to_datetime(time))
                .is_ok_and(|instant| instant > now.instant),
        }
    }

    /// The moment at UTC, for ordering: midnight and UTC where the date has no time or offset.
    fn moment(&self) -> DateTime {
        let local = self.date.to_datetime(self.time.unwrap_or(Time::midnight()));
        let seconds = self.offset.map_or(0, |offset| i64::from(offset.seconds()));
        local.saturating_sub(jiff::SignedDuration::from_secs(seconds))
    }

    /// The order of dates: the day on the page first, so that archives by day and year come out
    /// in order, then the moment.
    fn key(&self) -> impl Ord {
        (self.date, self.moment(), self.time, self.offset)
    }
}

fn zone(offset: Offset) -> String {
    let seconds = offset.seconds();
    if seconds == 0 {
        return "Z".to_owned();
    }
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Date::parse(&text).map_err(|message| serde::de::Error::custom(message.en))
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": FORMAT,
            "description": "A date, such as 2025-01-14 or 2025-01-14T16:29:00+08:00.",
        })
    }
}

#[cfg(test)]
mod tests;
