//! A text in TOML or YAML, character by character.

use super::{Kind, Node};
use crate::lang::Lang;
use crate::parse::leaf::{Glyph, Leaf};

/// How a text is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    /// Not at all (YAML).
    Plain,
    /// With backslashes for what cannot stand in it.
    Escaped,
    /// As it is; a quotation mark is doubled (YAML).
    Literal,
}

impl Node {
    /// The characters of a text of a file; none if it is no text, or written in a way in which its
    /// characters are not found again (folded over lines).
    pub fn leaf(&self, file: &str, lang: Option<Lang>) -> Option<Leaf> {
        let Kind::Str(text) = &self.kind else { return None };
        let written = file.get(self.span.clone())?;
        let (quoting, open) = [("\"\"\"", Quoting::Escaped), ("'''", Quoting::Literal)]
            .into_iter()
            .chain([("\"", Quoting::Escaped), ("'", Quoting::Literal), ("", Quoting::Plain)])
            .find(|(mark, _)| written.starts_with(mark) && written.ends_with(mark))
            .map(|(mark, quoting)| (quoting, mark.len()))?;
        let end = self.span.end - open;
        let mut start = self.span.start + open;
        if open == 3 {
            // A line break right behind the opening marks is not part of the text.
            start += file.get(start..end)?.len()
                - file
                    .get(start..end)
                    .map(|t| t.strip_prefix("\r\n").or(t.strip_prefix('\n')).unwrap_or(t))?
                    .len();
        }
        let mut glyphs = Vec::new();
        let mut at = start;
        for c in text.chars() {
            let (length, own) = written_as(file.get(at..end)?, c, quoting)?;
            glyphs.push(Glyph { c, at: at..at + length, own, gap: at });
            at += length;
        }
        (at == end).then_some(Leaf { lang, glyphs })
    }
}

/// How many bytes at the start of a quoted text stand for a character, and whether it may be mended.
fn written_as(source: &str, c: char, quoting: Quoting) -> Option<(usize, bool)> {
    let escaped = source.strip_prefix('\\').filter(|_| quoting == Quoting::Escaped);
    if let Some(rest) = escaped {
        // A quotation mark is escaped because it has to be.
        let mark = rest.chars().next()?;
        let length = match mark {
            'u' => 6,
            'U' => 10,
            'x' => 4,
            mark => 1 + mark.len_utf8(),
        };
        let line = mark.is_whitespace();
        return (!line && source.is_char_boundary(length))
            .then_some((length, mark == '"' && c == '"'));
    }
    if quoting == Quoting::Literal && c == '\'' && source.starts_with("''") {
        return Some((2, true));
    }
    source.starts_with(c).then_some((c.len_utf8(), !matches!(c, '\n' | '\r')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::data::{parse_toml, parse_yaml};

    fn read(node: &Node, file: &str) -> Option<String> {
        let leaf = node.get("a")?.leaf(file, None)?;
        let shown = |glyph: &Glyph| match glyph.own {
            true => format!("{}", glyph.c),
            false => format!("[{}]", glyph.c),
        };
        for glyph in leaf.glyphs.iter().filter(|glyph| glyph.own) {
            assert!(file[glyph.at.clone()].ends_with(glyph.c), "{file}");
        }
        Some(leaf.glyphs.iter().map(shown).collect())
    }

    #[test]
    fn characters_are_found_again() {
        let toml = [
            ("a = \"中,文\"", Some("中,文")),
            ("a = \"中\\\"文\\\"\"", Some("中\"文\"")),
            ("a = \"\\u4e2d\\\\文\\t\"", Some("[中][\\]文[\t]")),
            ("a = '中\"文'", Some("中\"文")),
            ("a = \"\"\"\n中\n文\"\"\"", Some("中[\n]文")),
            ("a = \"\"\"中\\\n  文\"\"\"", None),
            ("a = 1", None),
        ];
        for (file, expected) in toml {
            let node = parse_toml("x", file, 0).unwrap();
            assert_eq!(read(&node, file).as_deref(), expected, "{file}");
        }
        let yaml = [
            ("a: 中,文", Some("中,文")),
            ("a: \"中\\\"文\"", Some("中\"文")),
            ("a: '中''文'", Some("中'文")),
            ("a: >\n  中\n  文\n", None),
        ];
        for (file, expected) in yaml {
            let node = parse_yaml("x", file, 0).unwrap();
            assert_eq!(read(&node, file).as_deref(), expected, "{file}");
        }
    }
}
