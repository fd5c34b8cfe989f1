use comrak::options::Extension;
use digest_gen::lang::Lang;
use digest_gen::parse::cjk::join;
use digest_gen::parse::markdown::{Rules, render_fragment};
use pulldown_cmark::{Options, Parser, html};

/// The extensions, without what comrak does not do.
const RULES: Rules =
    Rules { smart: false, math: false, highlight: false, heading_ids: false, ..Rules::ALL };

/// A text is made of these, a byte a piece.
const PIECES: [&str; 64] = [
    "*", "**", "***", "_", "__", "____", "****", "~~", "中", "文", "字", "𠮷", "〇", "。", "，",
    "、", "；", "：", "？", "！", "（", "）", "《", "》", "「", "」", "【", "】", "“", "”", "‘",
    "’", "……", "——", "·", "～", "￥", "＊", "a", "B", "1", "é", "한", "か", "ｱ", ".", ",", "!",
    "(", ")", "\"", "$", "+", "😀", "㊗", "❤", "\u{FE0F}", "\u{2060}", "\\", "`", "[中](b)", " ",
    "\n", "\u{3000}",
];

/// The length of the texts that tell whether time grows with the length alone. A limit of seconds for
/// an input (`-timeout`) is far above what these take, and far below the square.
const LONG: usize = 100_000;

/// Emphasis beside Chinese is as comrak has it, which implements the same amendment on its own;
/// texts that the two parsers read differently without it tell nothing. Where the first byte says so, the
/// text is repeated until it is long.
pub fn emphasis(bytes: &[u8]) {
    let Some((first, pieces)) = bytes.split_first() else { return };
    let text: String = pieces.iter().map(|byte| PIECES[usize::from(*byte) % 64]).collect();
    if *first == 0xFF && !text.is_empty() {
        let long = text.repeat(LONG / text.len() + 1);
        render_fragment(crate::PATH, &long, 0, Lang::Zh, RULES);
        return;
    }
    let joined = join(&text);
    let places = joined.text.char_indices().map(|(at, _)| joined.original(at));
    assert!(places.clone().all(|at| text.is_char_boundary(at)), "{text:?}");
    assert!(places.clone().zip(places.skip(1)).all(|(a, b)| a <= b), "{text:?}");
    if !joined.is_plain() {
        assert_eq!(joined.restore(&joined.text), text);
    }
    let (ours, _) = render_fragment(crate::PATH, &text, 0, Lang::Zh, RULES);
    if comparable(&text) {
        assert_eq!(normalised(&ours), comrak(&text, true), "{text:?}");
    }
}

/// Whether the two parsers agree on a text but for the amendment.
fn comparable(text: &str) -> bool {
    // pulldown-cmark asks less of what opens `~~`, forgets a `~~` where one tilde stands alone, and
    // comrak looks past tildes for what stands before a run.
    if text.contains('~') {
        return false;
    }
    let mut plain = String::new();
    html::push_html(&mut plain, Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH));
    normalised(&plain) == comrak(text, false)
}

fn comrak(text: &str, cjk_friendly_emphasis: bool) -> String {
    let extension =
        Extension { strikethrough: true, cjk_friendly_emphasis, ..Extension::default() };
    let options = comrak::Options { extension, ..comrak::Options::default() };
    normalised(&comrak::markdown_to_html(text, &options))
}

/// HTML without what serialisers are free to choose, and without line breaks, which `gen` joins
/// between Chinese characters.
fn normalised(html: &str) -> String {
    html.replace("&quot;", "\"").replace("&#39;", "'").replace("<br>", "<br />").replace('\n', "")
}
