//! What an author wants to hear no more of: codes of problems, in front matter or in a comment.

use std::ops::Range;

use super::data::Node;

/// What begins a comment for `gen check`.
const MARK: &str = "gen-check:";

/// What is written for [`MARK`] by mistake.
const MEANT: [&str; 4] = ["gen-check ", "gen-check：", "gen_check", "gen check:"];

/// A code that an author silences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The code as it is written.
    pub code: String,
    /// Where it is written, in bytes of the file.
    pub span: Range<usize>,
    /// The bytes of the file in which it silences; none for the whole file.
    pub covers: Option<Range<usize>>,
}

/// The codes of a comment with their bytes, if it is one for `gen check`; none of them if it is not
/// understood. `html` is what stands from the byte `start` on.
pub fn in_comment(html: &str, start: usize) -> Option<Vec<(String, Range<usize>)>> {
    let inside = html.trim_start().strip_prefix("<!--")?.trim_start();
    let Some(inside) = inside.strip_prefix(MARK) else {
        // A slip in the mark itself would silence nothing, without a word.
        return MEANT.iter().any(|mark| inside.starts_with(mark)).then(Vec::new);
    };
    let end = inside.find("-->").unwrap_or(inside.len());
    let words = words(&inside[..end], start + html.len() - inside.len());
    let alone = inside[end..].trim_end() == "-->";
    match words.split_first() {
        Some(((off, _), codes)) if off == "off" && alone => Some(codes.to_vec()),
        _ => Some(Vec::new()),
    }
}

/// Words between white space and commas, with their bytes.
fn words(text: &str, start: usize) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、')) {
        if !word.is_empty() {
            found.push((word.to_owned(), start + at..start + at + word.len()));
        }
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// The codes that `[check] silence` of front matter lists.
pub fn in_front_matter(node: &Node) -> Vec<Silence> {
    let list = node.at(&["check", "silence"]).map_or(&[][..], Node::items);
    let silence =
        |item: &Node| Some(Silence { code: item.word()?, span: item.span.clone(), covers: None });
    list.iter().filter_map(silence).collect()
}

#[cfg(test)]
mod tests {
    use super::in_comment;

    #[test]
    fn comments_are_read() {
        let codes = |html: &str| {
            in_comment(html, 100).map(|codes| {
                let code = |(code, span): &(String, std::ops::Range<usize>)| {
                    assert_eq!(&html[span.start - 100..span.end - 100], code);
                    code.clone()
                };
                codes.iter().map(code).collect::<Vec<_>>().join(" ")
            })
        };
        assert_eq!(codes("<!-- gen-check: off a-b -->\n").as_deref(), Some("a-b"));
        assert_eq!(codes("<!--gen-check:off a,b\u{3000}c，d、e-->").as_deref(), Some("a b c d e"));
        for not_understood in [
            "<!-- gen-check: on a -->",
            "<!-- gen-check: -->",
            "<!-- gen-check: off -->",
            "<!-- gen-check: off a --> b",
            "<!-- gen-check: off a",
            "<!-- gen-check off a -->",
            "<!-- gen-check：off a -->",
            "<!-- gen_check: off a -->",
        ] {
            assert_eq!(codes(not_understood).as_deref(), Some(""), "{not_understood}");
        }
        assert_eq!(codes("<!-- see gen-check: off -->"), None);
        assert_eq!(codes("<p>"), None);
    }
}
