//! Markdown beside Chinese: the cases in `tests/cjk/*.txt`, which say what each is for.
//!
//! A case is `# note`, the Markdown, a line `=> zh`, `=> en` or `=> zh en` (the languages it holds
//! in) and the HTML. Cases are set apart by lines of `----`.

#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

use digest_gen::lang::Lang;
use digest_gen::parse::markdown::{Rules, render_fragment};

/// Everything that `gen` adds but colour, which has tests of its own.
const RULES: Rules = Rules { highlight: false, ..Rules::ALL };

struct Case<'a> {
    note: &'a str,
    langs: Vec<Lang>,
    markdown: &'a str,
    html: &'a str,
}

/// Reads the cases of a file. `␣` in a case stands for a space at the end of a line, and
/// `\u{2060}` and the like for characters that do not show.
fn read(data: &str) -> Vec<Case<'_>> {
    let case = |text| -> Option<Case<'_>> {
        let (note, rest) = str::trim_start(text).strip_prefix("# ")?.split_once('\n')?;
        let at = rest.find("\n=> ")?;
        let (langs, html) = rest[at + 4..].split_once('\n')?;
        let langs = langs.split(' ').map(|lang| if lang == "zh" { Lang::Zh } else { Lang::En });
        Some(Case { note, langs: langs.collect(), markdown: &rest[..at], html: html.trim_end() })
    };
    data.split("\n----\n").map(|text| case(text).unwrap_or_else(|| bad(text))).collect()
}

fn bad(text: &str) -> ! {
    #[expect(clippy::panic, reason = "a test's data must be well-formed")]
    {
        panic!("not a case: {text}")
    }
}

/// The text with what is invisible put in.
fn shown(text: &str) -> String {
    let mut text = text.replace('␣', " ");
    while let Some(at) = text.find("\\u{") {
        let end = at + text[at..].find('}').unwrap();
        let code = u32::from_str_radix(&text[at + 3..end], 16).unwrap();
        text.replace_range(at..=end, char::from_u32(code).unwrap().encode_utf8(&mut [0; 4]));
    }
    text
}

fn check(file: &str, data: &str, at_least: usize) {
    let cases = read(data);
    assert!(cases.len() >= at_least, "{file}: {} cases", cases.len());
    let mut wrong = String::new();
    for case in &cases {
        for lang in &case.langs {
            let (markdown, expected) = (shown(case.markdown), shown(case.html));
            let (html, _) = render_fragment(file, &markdown, 0, *lang, RULES);
            if html.trim_end() != expected {
                let html = html.trim_end();
                wrong += &format!(
                    "# {} ({lang:?})\n{markdown}\n=>\n{html}\nnot\n{expected}\n\n",
                    case.note
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{file}\n\n{wrong}");
}

#[test]
fn emphasis() {
    check("emphasis.txt", include_str!("cjk/emphasis.txt"), 130);
}

#[test]
fn line_breaks() {
    check("breaks.txt", include_str!("cjk/breaks.txt"), 60);
}

#[test]
fn other_rules() {
    check("rules.txt", include_str!("cjk/rules.txt"), 40);
}

#[test]
fn an_unknown_language_is_reported_once_with_a_suggestion() {
    let text = "中\n\n```pyhton\nx\n```\n\n```text\nx\n```\n";
    let (html, diagnostics) = render_fragment("a.md", text, 0, Lang::Zh, Rules::ALL);
    assert!(html.contains("<pre><code class=\"language-pyhton\">x\n</code></pre>"), "{html}");
    let [problem] = &diagnostics[..] else { unreachable!("{diagnostics:?}") };
    assert!(format!("{problem:?}").contains("“python”"), "{problem:?}");
}

/// Blocks and delimiters by the ten thousand take no time to speak of; with a cost that grows with
/// the square this test would take minutes.
#[test]
fn long_texts_are_read_in_linear_time() {
    for piece in ["中**（注）**中\n\n", "**（", "中_**~~", "- 甲\n", "甲[^1]\n\n[^1]: 乙\n\n"]
    {
        let text = piece.repeat(20_000);
        let (html, _) = render_fragment("a.md", &text, 0, Lang::Zh, RULES);
        assert!(html.len() > 20_000, "{piece}");
    }
}
