//! Code blocks that are not the same in both versions.

use super::links::finding;
use crate::check::unit::Both;
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::msg;
use crate::parse::markdown::{Block, BlockKind};

/// Code blocks that differ beyond comments and texts in quotation marks.
pub(super) fn check(both: &Both<'_>, sides: &PerLang<&[Block]>) -> Option<Diagnostic> {
    let ([zh], [en]) = (sides.zh, sides.en) else { return None };
    if zh.kind != BlockKind::Code || en.kind != BlockKind::Code {
        return None;
    }
    let (left, right) = (essence(&zh.html), essence(&en.html));
    let differs =
        |(a, b): &(&Option<String>, &Option<String>)| a.is_some() && b.is_some() && a != b;
    let message = match left.iter().zip(&right).find(differs) {
        Some((Some(a), Some(b))) => msg!(
            "the code differs: “{a}” here is “{b}” in English",
            "代码不同：这里的“{a}”，英文是“{b}”"
        ),
        _ if left.len() == right.len() => return None,
        _ => msg!("one version of this code has more lines", "这段代码在两种语言里行数不同"),
    };
    Some(finding(both, "different-code", Lang::Zh, zh.span.clone(), en.span.clone(), message))
}

/// The lines of code without comments, texts in quotation marks and white space. A line that is not ASCII
/// even so holds a name that was translated, and is like any other: none.
fn essence(html: &str) -> Vec<Option<String>> {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    let text = entities.iter().fold(text, |text, (from, to)| text.replace(from, to));
    text.lines().filter_map(line).collect()
}

/// A line of code; none if nothing but a comment stands there.
fn line(line: &str) -> Option<Option<String>> {
    let comment = |mark: &str| {
        let marks = line.match_indices(mark).map(|(at, _)| at);
        marks.into_iter().find(|at| line[..*at].chars().next_back().is_none_or(char::is_whitespace))
    };
    let marks = ["//", "#", "/*", "<!--", "*", ";"];
    let end = marks.iter().filter_map(|mark| comment(mark)).min().unwrap_or(line.len());
    let mut kept = String::new();
    let mut quote = None;
    for c in line[..end].chars() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if !c.is_whitespace() => kept.push(c),
            None => {}
        }
    }
    match kept.is_empty() {
        true => None,
        false => Some(Some(kept).filter(|kept| kept.is_ascii())),
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn comments_and_texts_may_be_translated() {
        let kept = |text: &str| line(text).map(|line| line.unwrap_or_else(|| "?".to_owned()));
        assert_eq!(kept("storage: 1Gi # 新的大小").as_deref(), Some("storage:1Gi"));
        assert_eq!(kept("print(\"你好\") // 问好").as_deref(), Some("print()"));
        assert_eq!(
            kept("curl https://example.org/#a").as_deref(),
            Some("curlhttps://example.org/#a")
        );
        assert_eq!(kept("kubectl get <名称>").as_deref(), Some("?"));
        assert_eq!(kept("# 注释"), None);
    }
}
