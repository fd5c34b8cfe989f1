//! The tags of a template, found without the engine: which template it extends or includes, which
//! components it defines. Knows no expressions.

use std::ops::Range;

/// A tag with its first argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// Its name: `extends`, `include`, `component`.
    pub name: &'t str,
    /// Its first argument, without quotes.
    pub word: &'t str,
    /// Its bytes, braces included.
    pub span: Range<usize>,
}

/// The tags of a text, in order; none from comments and `raw`.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut raw = false;
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|brace| at + brace) {
        let rest = &text[start..];
        let close = match rest.as_bytes().get(1) {
            Some(b'%') => "%}",
            Some(b'#') if !raw => "#}",
            Some(b'{') if !raw => "}}",
            _ => {
                at = start + 1;
                continue;
            }
        };
        let Some(length) = end(&rest[2..], close).map(|inner| inner + 4) else { break };
        at = start + length;
        if close != "%}" {
            continue;
        }
        let inner = rest[2..length - 2].trim_matches(|c: char| c == '-' || c.is_whitespace());
        let (name, argument) = inner.split_at(inner.find(|c| !is_word(c)).unwrap_or(inner.len()));
        match name {
            "raw" => raw = true,
            "endraw" => raw = false,
            _ if raw => {}
            _ => found.push(Tag { name, word: word(argument.trim_start()), span: start..at }),
        }
    }
    found
}

/// Where a tag or an expression is closed: not by what stands in quotes.
fn end(text: &str, close: &str) -> Option<usize> {
    if close == "#}" {
        return text.find(close);
    }
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if text[at..].starts_with(close) => return Some(at),
            None => {}
        }
    }
    None
}

fn word(argument: &str) -> &str {
    match argument.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) {
        Some(quote) => argument[1..].split(quote).next().unwrap_or_default(),
        None => argument.split(|c| !is_word(c) && c != '.').next().unwrap_or_default(),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_outside_comments_and_raw() {
        let cases = [
            ("{% extends \"a.html\" %}猫", "extends a.html {% extends \"a.html\" %}"),
            ("猫{%- include 'b.html' -%}", "include b.html {%- include 'b.html' -%}"),
            ("{# {% include \"x\" %} #}{% if a %}", "if a {% if a %}"),
            ("{% raw %}{# {% include \"x\" %}{% endraw %}{% block b %}", "block b {% block b %}"),
            ("{% component card(a, b) -%}", "component card {% component card(a, b) -%}"),
            ("{{ a }} { {% include \"x\"", ""),
            ("{% set a = \"%}\" %}{{ '}}{% b %}' }}", "set a {% set a = \"%}\" %}"),
        ];
        for (text, wanted) in cases {
            let line =
                |tag: &Tag<'_>| format!("{} {} {}", tag.name, tag.word, &text[tag.span.clone()]);
            let found: Vec<String> = tags(text).iter().map(line).collect();
            assert_eq!(found.join("; "), wanted, "{text}");
        }
    }
}
