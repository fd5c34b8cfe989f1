//! Code highlighted to a handful of classes, with syntect's grammars.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, ScopeStackOp, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::diag::suggest;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Scope prefixes (as in Sublime Text's scope naming guide) and the class that they get; the
/// first match of the innermost scope wins.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("string", "s"),
    ("constant.character.escape", "e"),
    ("constant.numeric", "n"),
    ("constant.language", "n"),
    ("constant", "n"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("variable.function", "f"),
    ("entity.name.tag", "t"),
    ("entity.name", "t"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("entity.other.attribute-name", "a"),
    ("variable.parameter", "a"),
    ("storage", "k"),
    ("keyword.operator", "o"),
    ("keyword", "k"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("markup.heading", "t"),
];

static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect()
});

/// Names that mean "no language", which authors write to say so.
const PLAIN: &[&str] = &["text", "txt", "plain", "plaintext", "console", "output", "none"];

/// The longest line that is highlighted, in bytes: grammars take time that grows faster than the
/// line on some inputs. Longer lines (minified files) are shown plain.
const LONGEST_LINE: usize = 20_000;

/// What became of a code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Highlighted {
    /// The code as HTML with classes.
    Html(String),
    /// The language is none, or plain text.
    Plain,
    /// No grammar has this name; perhaps a near one does.
    Unknown {
        /// The nearest known name.
        suggestion: Option<String>,
    },
}

/// Highlights code by the name of its language (a fence's first word).
pub fn highlight(code: &str, language: &str) -> Highlighted {
    if language.is_empty() || PLAIN.contains(&language.to_ascii_lowercase().as_str()) {
        return Highlighted::Plain;
    }
    match find_syntax(language) {
        Some(syntax) => Highlighted::Html(to_html(code, syntax)),
        None => Highlighted::Unknown { suggestion: suggestion(language) },
    }
}

fn find_syntax(language: &str) -> Option<&'static SyntaxReference> {
    let alias = match language.to_ascii_lowercase().as_str() {
        "shell" | "sh" | "zsh" => "bash".to_owned(),
        "jsonc" | "json5" => "json".to_owned(),
        "golang" => "go".to_owned(),
        "c#" | "csharp" => "cs".to_owned(),
        other => other.to_owned(),
    };
    SYNTAXES.find_syntax_by_token(&alias)
}

fn suggestion(language: &str) -> Option<String> {
    let language = language.to_lowercase();
    let names = SYNTAXES.syntaxes().iter().flat_map(|syntax| {
        std::iter::once(syntax.name.to_lowercase())
            .chain(syntax.file_extensions.iter().map(|e| e.to_lowercase()))
    });
    let names: Vec<_> = names.filter(|name| name.len() > 2).collect();
    suggest(&language, names.iter().map(String::as_str)).map(str::to_owned)
}

/// The code with a `<span class>` around each run of one class. Runs end with their line, so
/// that a line stands alone.
fn to_html(code: &str, syntax: &SyntaxReference) -> String {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut out = String::with_capacity(code.len() * 2);
    for line in LinesWithEndings::from(code) {
        let parsed = match line.len() <= LONGEST_LINE {
            true => state.parse_line(line, &SYNTAXES).unwrap_or_default(),
            false => Vec::new(),
        };
        write_line(&mut out, line, &parsed, &mut stack);
    }
    out
}

fn write_line(
    out: &mut String,
    line: &str,
    changes: &[(usize, ScopeStackOp)],
    stack: &mut ScopeStack,
) {
    let mut run = Run { out, class: None };
    let end = line.trim_end_matches(['\n', '\r']).len();
    let mut from = 0;
    for (at, change) in changes {
        let at = (*at).min(end);
        run.push(&line[from..at], class_of(stack));
        from = at;
        // A grammar that pops more than it pushed leaves the stack as it is.
        let _ = stack.apply(change);
    }
    run.push(&line[from..end], class_of(stack));
    run.close();
    run.out.push_str(&line[end..]);
}

struct Run<'a> {
    out: &'a mut String,
    class: Option<&'static str>,
}

impl Run<'_> {
    fn push(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        if class != self.class {
            self.close();
            if let Some(class) = class {
                *self.out += "<span class=\"";
                *self.out += class;
                *self.out += "\">";
            }
            self.class = class;
        }
        super::html::escape_text(self.out, text);
    }

    fn close(&mut self) {
        if self.class.take().is_some() {
            *self.out += "</span>";
        }
    }
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    stack.as_slice().iter().rev().find_map(|scope| {
        SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html_of(code: &str, language: &str) -> String {
        match highlight(code, language) {
            Highlighted::Html(html) => html,
            other => unreachable!("{language}: {other:?}"),
        }
    }

    #[test]
    fn marks_up_with_few_classes() {
        let html = html_of("fn main() {} // 你好 <b>\n", "rust");
        assert_eq!(
            html,
            "<span class=\"k\">fn</span> <span class=\"f\">main</span>() {} \
             <span class=\"c\">// 你好 &lt;b&gt;</span>\n"
        );
    }

    #[test]
    fn suggests_for_an_unknown_language() {
        assert_eq!(highlight("x", "text"), Highlighted::Plain);
        let unknown = highlight("x", "pyhton");
        assert_eq!(unknown, Highlighted::Unknown { suggestion: Some("python".to_owned()) });
    }

    fn classes(code: &str, language: &str) -> String {
        let html = html_of(code, language);
        let mut found: Vec<_> = html
            .split("<span class=\"")
            .skip(1)
            .filter_map(|part| part.split_once('"').map(|(class, _)| class))
            .collect();
        found.sort_unstable();
        found.dedup();
        found.concat()
    }

    #[test]
    fn each_class_appears_where_it_should() {
        let cases = [
            ("rust", "/// 注\nfn f(x: u8) -> char { '\\n' + 1 }\n", "cefknos"),
            ("python", "# 注\n@a\ndef f(x=1):\n    return \"\\n\" + x\n", "acefknos"),
            ("html", "<a href=\"b\">中</a><!-- 注 -->\n", "acst"),
            ("toml", "a = \"b\" # 注\nc = 1\n", "cnst"),
            ("diff", "-旧\n+新\n", "di"),
            ("markdown", "# 标题\n", "t"),
            ("js", "const a = 1; // 注\n", "ckno"),
            ("sh", "echo \"$a\" # 注\n", "cfs"),
            ("jsonc", "{\"a\": 1}\n", "ns"),
            ("c#", "class A {}\n", "kt"),
        ];
        for (language, code, expected) in cases {
            let found = classes(code, language);
            let missing = expected.chars().filter(|&class| !found.contains(class));
            assert_eq!(missing.collect::<String>(), "", "{language}: {found}");
        }
    }

    #[test]
    fn a_very_long_line_is_shown_without_colour() {
        let code = format!("x = [{}]\n# 注\n", "{\"a\": 1}, ".repeat(200_000));
        let html = html_of(&code, "python");
        assert!(html.ends_with("}, ]\n<span class=\"c\"># 注</span>\n"));
    }

    #[test]
    fn code_keeps_its_text() {
        let code = "a\n\n  if a < b && \"c\" {\r\n\t中 }";
        let html = html_of(code, "rust");
        let text = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        let text = text.collect::<String>().replace("&lt;", "<").replace("&amp;", "&");
        assert_eq!(text, code);
    }
}
