//! Typographic marks for the plain English texts of front matter and glossary; what
//! pulldown-cmark's smart punctuation does in Markdown.

/// A text with curly quotation marks, dashes for `--` and `---`, and an ellipsis for `...`.
pub fn smart(text: &str) -> String {
    let text = text.replace("---", "—").replace("--", "–").replace("...", "…");
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        let opens = before.is_whitespace()
            || matches!(before, '(' | '[' | '{' | '—' | '–' | '“' | '‘' | '/');
        let mark = match (c, opens) {
            ('"', true) => '“',
            ('"', false) => '”',
            ('\'', true) => '‘',
            ('\'', false) => '’',
            _ => c,
        };
        out.push(mark);
        before = mark;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::smart;

    #[test]
    fn marks_are_typographic() {
        let cases = [
            ("The \"TikTok refugees\" move", "The “TikTok refugees” move"),
            ("Apple's \"US\" store", "Apple’s “US” store"),
            ("'Tis (\"so\") -- or not...", "‘Tis (“so”) – or not…"),
            ("\"'Nested' words\"", "“‘Nested’ words”"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(smart(text), expected);
        }
    }
}
