use jiff::civil::datetime;

use super::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn reads_what_authors_write() {
    let cases = [
        ("2025-01-14", "2025-01-14", "2025-01-14T00:00:00Z"),
        ("2025-01-14 16:29", "2025-01-14T16:29:00", "2025-01-14T16:29:00Z"),
        ("2025-01-14T16:29:08", "2025-01-14T16:29:08", "2025-01-14T16:29:08Z"),
        ("2025-01-14 16:29:00 +0800", "2025-01-14T16:29:00+08:00", "2025-01-14T16:29:00+08:00"),
        ("2025-01-14T16:29:00+08:00", "2025-01-14T16:29:00+08:00", "2025-01-14T16:29:00+08:00"),
        ("2025-01-14 16:29 -05:30", "2025-01-14T16:29:00-05:30", "2025-01-14T16:29:00-05:30"),
        ("2025-01-14t16:29:00.125z", "2025-01-14T16:29:00Z", "2025-01-14T16:29:00Z"),
        ("2025-01-14 16:29:60 +08", "2025-01-14T16:29:59+08:00", "2025-01-14T16:29:59+08:00"),
        ("2024-02-29", "2024-02-29", "2024-02-29T00:00:00Z"),
    ];
    for (text, iso, rfc3339) in cases {
        let date = date(text);
        assert_eq!((date.iso().as_str(), date.rfc3339().as_str()), (iso, rfc3339), "{text}");
    }
}

#[test]
fn says_what_is_wrong() {
    let cases = [
        ("2025-13-01", "no month 13"),
        ("2025-02-29", "no day 29"),
        ("2025-1-14", "is not a date"),
        ("2025-01-14-01", "is not a date"),
        ("2025 年 1 月 14 日", "is not a date"),
        ("2025-01-14T", "is not a date"),
        ("2025-01-14 下午", "is not a date"),
        ("2025-01-14 25:00", "no such time"),
        ("2025-01-14 16:29 CST", "offset"),
        ("2025-01-14 16:29 +99:00", "offset"),
        ("2025-01-14 16:29 +八百", "offset"),
        ("", "is not a date"),
    ];
    for (text, expected) in cases {
        let message = Date::parse(text).unwrap_err();
        assert!(message.en.contains(expected), "{text}: {}", message.en);
    }
}

#[test]
fn orders_by_day_then_moment() {
    let sorted = [
        "2024-12-31 23:00 -0800",
        "2025-01-14",
        "2025-01-14 16:29 +0900",
        "2025-01-14 16:29 +0800",
        "2025-01-14 16:29",
        "2025-01-15 01:00 +0800",
    ];
    let mut dates = sorted.map(date);
    dates.reverse();
    dates.sort();
    assert_eq!(dates, sorted.map(date));
}

#[test]
fn knows_the_future_on_the_right_calendar() {
    // Nine in the morning of the 14th in Shanghai, one in the morning at UTC.
    let local = datetime(2025, 1, 14, 9, 0, 0, 0);
    let instant = Offset::constant(8).to_timestamp(local).unwrap();
    let now = Now { instant, local };
    let cases = [
        ("2025-01-14", false),
        ("2025-01-15", true),
        ("2025-01-14 08:59", false),
        ("2025-01-14 09:01", true),
        ("2025-01-14 02:00 +0000", true),
        ("2025-01-14 00:30 Z", false),
        ("2025-01-14 09:30 +0900", false),
    ];
    for (text, future) in cases {
        assert_eq!(date(text).is_after(&now), future, "{text}");
    }
}

#[test]
fn is_written_for_readers() {
    let date = date("2025-01-04 16:29");
    assert_eq!(date.text(Lang::Zh), "2025 年 1 月 4 日");
    assert_eq!(date.text(Lang::En), "January 4, 2025");
    assert_eq!((date.day().as_str(), date.year()), ("2025-01-04", 2025));
}

#[test]
fn survives_json() {
    let date = date("2025-01-14 16:29:00 +0800");
    let json = serde_json::to_string(&date).unwrap();
    assert_eq!(serde_json::from_str::<Date>(&json).unwrap(), date);
}
