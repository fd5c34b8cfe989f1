//! Where sentences end.
//!
//! Chinese: after 。！？… and the closing marks behind them. English: after `.`, `?` and `!` with
//! closing marks, when a space and something that can begin a sentence follow, and the full stop
//! does not belong to an abbreviation, an initial or a number. Both rules run on every text, so
//! that an English sentence inside a Chinese paragraph ends where it should.

use std::ops::Range;

use super::cjk::is_han;

/// Abbreviations that a name or a number follows, so that their full stop ends nothing.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "gen", "col", "lt", "sgt", "rev", "hon",
    "vs", "no", "vol", "fig", "ch", "pp", "p", "ed", "eds", "cf", "al", "e.g", "i.e", "viz",
    "approx", "dept", "est", "inc", "ltd", "co", "corp", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "u.s", "u.k",
];

/// How many characters who speaks and the verb take at most.
const LONGEST_SPEAKER: usize = 10;

fn is_chinese_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '．')
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | '》' | '】' | '〉' | '〕' | ')' | ']' | '"' | '\'')
}

/// Whether a text begins with who said what stands before it: 他说, 老林喊了一声. That is a clause of its
/// own with a verb of speaking, without a mark before the verb.
fn is_said(text: &str) -> bool {
    let clause = text.chars().take_while(|c| is_han(*c)).take(LONGEST_SPEAKER);
    let mut clause = clause.peekable();
    clause.peek().is_some() && clause.any(|c| "说道问喊叫答嚷骂劝".contains(c))
}

/// The sentences of a text, in order, without the white space around them. `whole` lists ranges
/// that no sentence may end inside (links, code, formulas), ascending.
pub fn split(text: &str, whole: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut held = whole.iter().peekable();
    for end in (Ends { text, start: 0, at: 0 }) {
        while held.next_if(|range| range.end <= end).is_some() {}
        if held.peek().is_some_and(|range| range.start < end) {
            continue;
        }
        sentences.extend(trimmed(text, start..end));
        start = end;
    }
    sentences.extend(trimmed(text, start..text.len()));
    sentences
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let length = part.trim().len();
    (length > 0).then_some(start..start + length)
}

/// The bytes behind which sentences end.
struct Ends<'a> {
    text: &'a str,
    /// Where the sentence begins.
    start: usize,
    at: usize,
}

impl Iterator for Ends<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while let Some(c) = self.text[self.at..].chars().next() {
            let mark = self.at;
            self.at += c.len_utf8();
            let candidate = is_chinese_end(c) || matches!(c, '…' | '.' | '?' | '!');
            if !candidate {
                continue;
            }
            let (marks_end, end) = self.close(mark);
            self.at = end;
            let ends = match self.text[mark..marks_end].chars().any(is_chinese_end) {
                true => self.is_end_after_closing(marks_end, end),
                false => self.is_latin_end(mark, marks_end, end),
            };
            if ends {
                self.start = end;
                return Some(end);
            }
        }
        None
    }
}

impl Ends<'_> {
    /// The end of a run of sentence marks that begins at `mark`, and of the closing marks behind.
    fn close(&self, mark: usize) -> (usize, usize) {
        let rest = &self.text[mark..];
        let is_mark =
            |c: char| is_chinese_end(c) || matches!(c, '…' | '.' | '?' | '!' | '~' | '～');
        let marks = rest.len() - rest.trim_start_matches(is_mark).len();
        let closing = &rest[marks..];
        let end = rest.len() - closing.trim_start_matches(is_closing).len();
        (mark + marks, mark + end)
    }

    /// Whether a Chinese mark with its closing marks ends the sentence. 他说“好。”，走了 goes on
    /// after the quotation, and so does “来了！”他说, where the quotation comes first.
    fn is_end_after_closing(&self, marks_end: usize, end: usize) -> bool {
        let Some(next) = self.text[end..].chars().next() else { return true };
        if matches!(next, '，' | '、' | '；' | '：') {
            return false;
        }
        // “好。”的说法 goes on, 好。的确 does not.
        if end > marks_end && matches!(next, '的' | '地' | '得' | '了') {
            return false;
        }
        let quotation = self.text[marks_end..end].contains(['”', '」', '』']);
        let opens = |text: &str| text.starts_with(['“', '「', '『']);
        let quotation_first = opens(self.text[self.start..].trim_start());
        !(quotation && quotation_first && is_said(&self.text[end..]))
    }

    /// Whether `.`, `?`, `!` or `…` at `mark` ends a sentence by the rules for English.
    fn is_latin_end(&self, mark: usize, marks_end: usize, end: usize) -> bool {
        let rest = &self.text[end..];
        let marks = &self.text[mark..marks_end];
        let before = self.text[..mark].chars().next_back();
        let han_before = before.is_some_and(is_han);
        if rest.trim().is_empty() {
            return true;
        }
        if marks.contains('…') && han_before {
            let next = rest.trim_start().chars().next();
            return marks.chars().filter(|&c| c == '…').count() >= 2
                && next.is_some_and(|c| !matches!(c, '，' | '、' | '；' | '：' | '的'));
        }
        if han_before && !marks.contains('.') {
            return true;
        }
        if !rest.starts_with(char::is_whitespace) {
            return rest.chars().next().is_some_and(is_han) && marks.contains(['?', '!']);
        }
        let next = rest.trim_start().trim_start_matches(['"', '\'', '“', '‘', '(', '[', '*']);
        let begins =
            next.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || is_han(c));
        begins && !(marks == "." && self.is_abbreviation(mark))
    }

    /// Whether the word before a full stop is an abbreviation or a single initial.
    fn is_abbreviation(&self, stop: usize) -> bool {
        let before = &self.text[..stop];
        let word =
            before.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or_default();
        let mut letters = word.chars();
        let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase() && c != 'I');
        initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = split(text, &[]).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn chinese() {
        check("第一句。第二句！第三句？", &["第一句。", "第二句！", "第三句？"]);
        check("他问：“真的？”她点头。", &["他问：“真的？”", "她点头。"]);
        check("“来了！”他说。走吧。", &["“来了！”他说。", "走吧。"]);
        check("“好。”老林喊了一声，走了。", &["“好。”老林喊了一声，走了。"]);
        check("“好。”十岁的阿普念得很慢。", &["“好。”", "十岁的阿普念得很慢。"]);
        check("什么？！不会吧……好。", &["什么？！", "不会吧……", "好。"]);
        check("（见上。）下一句。", &["（见上。）", "下一句。"]);
        check("喝豆汁……然后坐高铁。", &["喝豆汁……", "然后坐高铁。"]);
        check("没有句号", &["没有句号"]);
        check("版本 3.5 发布。", &["版本 3.5 发布。"]);
        check("他说“好。”，走了。", &["他说“好。”，走了。"]);
        check("对。的确如此。得知此事。了解。", &["对。", "的确如此。", "得知此事。", "了解。"]);
        check("他用“好。”的口气说。", &["他用“好。”的口气说。"]);
        check("", &[]);
    }

    #[test]
    fn english() {
        check("One. Two? Three!", &["One.", "Two?", "Three!"]);
        check(
            "Dr. Li met J. Smith at 3.5 p.m. today.",
            &["Dr. Li met J. Smith at 3.5 p.m. today."],
        );
        check("He said \"Yes.\" Then he left.", &["He said \"Yes.\"", "Then he left."]);
        check("“Really?” She nodded.", &["“Really?”", "She nodded."]);
        check("See e.g. Xiaohongshu. It works.", &["See e.g. Xiaohongshu.", "It works."]);
        check("Wait... what? No.", &["Wait... what?", "No."]);
        check("It cost $5.50. Cheap.", &["It cost $5.50.", "Cheap."]);
    }

    #[test]
    fn does_not_split_inside_a_whole_range() {
        let text = "见《你好。再见》。完。";
        let start = text.find('《').unwrap();
        let end = text.find('》').unwrap() + '》'.len_utf8();
        let whole = start..end;
        let found: Vec<_> =
            split(text, std::slice::from_ref(&whole)).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, ["见《你好。再见》。", "完。"]);
    }
}
