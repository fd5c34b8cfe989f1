//! Problems as SARIF 2.1.0, the format of code hosts (OASIS standard, 27 March 2020).

use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::codes::{self, Code};
use super::places::{Places, Position};
use super::{Diagnostic, Severity};
use crate::lang::Lang;

/// What a relative reference to a file may not hold as it is (RFC 3986, section 3.3).
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    results: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text<'static>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

/// Lines and columns from 1, the end column behind the last character.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// All problems as one document.
pub(super) fn print(diagnostics: &[&Diagnostic], lang: Lang, places: &Places<'_, '_>) -> String {
    let mut used: Vec<&'static Code> =
        diagnostics.iter().filter_map(|d| codes::code(d.code)).collect();
    used.sort_by_key(|code| code.name);
    used.dedup_by_key(|code| code.name);
    let results = diagnostics.iter().map(|d| found(d, &used, lang, places)).collect();
    let rules = used.iter().map(|code| Rule {
        id: code.name,
        short_description: text(code.meaning(lang)),
        default_configuration: Configuration { level: level(code.severity) },
    });
    let driver = Driver { name: "gen", version: env!("CARGO_PKG_VERSION"), rules: rules.collect() };
    let run = Run {
        tool: Tool { driver },
        language: match lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en-US",
        },
        column_kind: "unicodeCodePoints",
        results,
    };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    };
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn found<'a>(d: &'a Diagnostic, rules: &[&Code], lang: Lang, places: &Places<'_, '_>) -> Found<'a> {
    let message = match &d.help {
        Some(help) => format!("{} ({})", d.message.get(lang), help.get(lang)).into(),
        None => d.message.get(lang).into(),
    };
    let related = d.related.iter().enumerate().map(|(at, related)| Location {
        id: Some(at + 1),
        physical_location: physical(&related.path, related.span.as_ref(), places),
        message: Some(text(related.note.get(lang))),
    });
    Found {
        rule_id: d.code,
        rule_index: rules.iter().position(|rule| rule.name == d.code),
        level: level(d.severity),
        message: Text { text: message },
        locations: [Location {
            id: None,
            physical_location: physical(&d.path, d.span.as_ref(), places),
            message: None,
        }],
        related_locations: related.collect(),
    }
}

fn physical(path: &str, span: Option<&Range<usize>>, places: &Places<'_, '_>) -> Physical {
    let region = |(start, end): (Position, Position)| Region {
        start_line: start.0,
        start_column: start.1,
        end_line: end.0,
        end_column: end.1,
    };
    Physical {
        artifact_location: Artifact {
            uri: utf8_percent_encode(path, ESCAPED).to_string(),
            uri_base_id: "%SRCROOT%",
        },
        region: places.of(path, span).map(region),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn text(text: &str) -> Text<'_> {
    Text { text: text.into() }
}
