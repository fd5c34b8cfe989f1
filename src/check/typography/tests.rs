//! Each rule on texts: what it finds, and what the text is when it is mended.

use std::sync::Arc;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::pieces::PIECES;
use super::*;
use crate::check::mend::mend;
use crate::check::written;
use crate::config::Spacing;
use crate::parse::doc::Form;
use crate::parse::markdown::{Rules, Spoken, frame, leaves};

fn style(spacing: Spacing, quotes: Quotes) -> Style {
    let names = ["B站", "TikTok 难民", "猫税"].into_iter();
    Style { spaces: Spaces::of(Some(spacing), names, std::iter::empty), quotes }
}

fn look(text: &str, lang: Lang, style: &Style) -> Vec<Diagnostic> {
    let path: Arc<str> = format!("a.{lang}.md").into();
    let file = written::markdown(&path, text, Form::One(lang), Rules::ALL);
    of_file(&file, style)
}

/// A text with everything mended that can be.
fn mended(text: &str, lang: Lang, style: &Style) -> String {
    let mut text = text.to_owned();
    for _ in 0..20 {
        let found = look(&text, lang, style);
        let found: Vec<&Diagnostic> = found.iter().collect();
        let next = mend(&format!("a.{lang}.md"), &text, &found, Rules::ALL).text;
        if next == text {
            return text;
        }
        text = next;
    }
    unreachable!("no end: {text}");
}

/// What is found in a text, and what it is mended to.
fn case(text: &str, lang: Lang, style: &Style) -> (Vec<&'static str>, String) {
    let mut codes: Vec<_> = look(text, lang, style).iter().map(|found| found.code).collect();
    codes.sort_unstable();
    codes.dedup();
    (codes, mended(text, lang, style))
}

fn zh(cases: &[(&str, &[&str], &str)]) {
    let style = style(Spacing::Space, Quotes::Curly);
    for (text, codes, right) in cases {
        let found = case(text, Lang::Zh, &style);
        assert_eq!(found, (codes.to_vec(), (*right).to_owned()), "{text}");
    }
}

const HALF: &[&str] = &["halfwidth-punctuation"];

#[test]
fn half_width_punctuation() {
    zh(&[
        ("今天好,明天好.", HALF, "今天好，明天好。"),
        ("好!好?好;好:", HALF, "好！好？好；好："),
        ("中文, 中文 , 完", HALF, "中文，中文，完"),
        ("用 Rust, 写", HALF, "用 Rust，写"),
        ("**中文**,*中文*.", HALF, "**中文**，*中文*。"),
        ("由 `gen`,生成", HALF, "由 `gen`，生成"),
        ("见[链接](a,b.md),完", HALF, "见[链接](a,b.md)，完"),
        ("小红书(RedNote)的", HALF, "小红书（RedNote）的"),
        ("小红书 (又名红薯) 的", HALF, "小红书（又名红薯）的"),
        ("TikTok(抖音)的", HALF, "TikTok（抖音）的"),
        ("（两种)括号(两种）", HALF, "（两种）括号（两种）"),
        ("中文,,中文", HALF, "中文，中文"),
        ("“好”,他说.", HALF, "“好”，他说。"),
        ("他叫 momo.然后用 Rust.", HALF, "他叫 momo。然后用 Rust。"),
        ("见 https://a.org/x,y,然后", HALF, "见 https://a.org/x,y，然后"),
        // All of these are right.
        ("12:30 到 1,000.5 元", &[], "12:30 到 1,000.5 元"),
        ("用 .md 和 example.com 与 Node.js 写", &[], "用 .md 和 example.com 与 Node.js 写"),
        ("谢谢:) 再见 ;-)", &[], "谢谢:) 再见 ;-)"),
        ("好:smile:的", &[], "好:smile:的"),
        ("Yahoo! 中国，No. 43 号，Dr. 王", &[], "Yahoo! 中国，No. 43 号，Dr. 王"),
        ("苹果公司 Apple Inc.", &[], "苹果公司 Apple Inc."),
        ("作者 J.K.罗琳，U.S.", &[], "作者 J.K.罗琳，U.S."),
        ("函数 f(值) 与 f(x)", &[], "函数 f(值) 与 f(x)"),
        ("文件（a.md）和 `一,二`", &[], "文件（a.md）和 `一,二`"),
        ("一\\,二&#44;三", &[], "一\\,二&#44;三"),
        ("他写：“I came, I saw.”", &[], "他写：“I came, I saw.”"),
        (
            "Hello, world. It is English, in a file of 中文, here.",
            &[],
            "Hello, world. It is English, in a file of 中文, here.",
        ),
        ("看 https://zh.example.org/wiki/猫,税 吧", &[], "看 https://zh.example.org/wiki/猫,税 吧"),
        ("比分 3:2，见 a:b", &[], "比分 3:2，见 a:b"),
        ("<p>一,二</p>\n\n$一,二$ 好", &[], "<p>一,二</p>\n\n$一,二$ 好"),
    ]);
}

#[test]
fn marks_that_are_repeated_or_typed() {
    zh(&[
        ("好。。", &["repeated-punctuation"], "好。"),
        ("好，，好、、好", &["repeated-punctuation"], "好，好、好"),
        ("好！！！！？", &["repeated-punctuation"], "好！！！"),
        ("好！！！真的？！", &[], "好！！！真的？！"),
        ("然后...", &["wrong-ellipsis"], "然后……"),
        ("然后。。。后来", &["wrong-ellipsis"], "然后……后来"),
        ("然后…后来", &["wrong-ellipsis"], "然后……后来"),
        ("然后……后来", &[], "然后……后来"),
        ("从 1...10 与 git diff a...b 看", &[], "从 1...10 与 git diff a...b 看"),
        ("中文--中文", &["wrong-dash"], "中文——中文"),
        ("中文 -- 中文", &["wrong-dash"], "中文——中文"),
        ("用 --fix 来改，1949—2009 年", &[], "用 --fix 来改，1949—2009 年"),
        ("传给它--http=8080", &[], "传给它--http=8080"),
        ("用ＡＢ１说", &["fullwidth-letters"], "用 AB1 说"),
    ]);
}

#[test]
fn quotation_marks() {
    zh(&[
        ("他说\"你好\"。", &["straight-quotes"], "他说“你好”。"),
        ("他说\"Hello\"，又说\"好\"", &["straight-quotes"], "他说“Hello”，又说“好”"),
        ("他说'你好'，don't", &["straight-quotes"], "他说‘你好’，don't"),
        ("屏幕 5\" 大，\"好\"", &["straight-quotes"], "屏幕 5\" 大，“好”"),
        ("他说\"你好。", &["straight-quotes"], "他说\"你好。"),
        ("他说\\\"你好\\\"", &[], "他说\\\"你好\\\""),
        ("屏幕 5\" 大", &[], "屏幕 5\" 大"),
        ("他说「你『好』」", &["other-quotes"], "他说“你‘好’”"),
        ("他说“你好。", &["unpaired-mark"], "他说“你好。"),
        (
            "“多段引文，这是第一段。\n\n“这是第二段。”",
            &[],
            "“多段引文，这是第一段。\n\n“这是第二段。”",
        ),
        ("一）其一，（二）其二", &[], "一）其一，（二）其二"),
        ("少了一半）的", &["unpaired-mark"], "少了一半）的"),
    ]);
    let corner = style(Spacing::Space, Quotes::Corner);
    assert_eq!(
        mended("他说“你‘好’”，don’t，\"好\"", Lang::Zh, &corner),
        "他说「你『好』」，don’t，「好」"
    );
    let any = style(Spacing::Space, Quotes::Any);
    assert_eq!(mended("「一」“二”\"三\"", Lang::Zh, &any), "「一」“二”“三”");
    let tags = [("zh-Hans", Quotes::Curly), ("zh-Hant", Quotes::Corner), ("zh-TW", Quotes::Corner)];
    for (tag, quotes) in
        tags.into_iter().chain([("zh", Quotes::Curly), ("zh-Hans-HK", Quotes::Curly)])
    {
        assert_eq!(quotes::usual(tag), quotes, "{tag}");
    }
}

#[test]
fn spaces() {
    let mixed = &["mixed-spacing"][..];
    zh(&[
        ("用Rust写", mixed, "用 Rust 写"),
        ("用  Rust 写", mixed, "用 Rust 写"),
        ("第1期", mixed, "第 1 期"),
        ("用**Rust**写[Go](x)的", mixed, "用 **Rust** 写 [Go](x) 的"),
        ("用 Rust 写，50%的，C++的", &[], "用 Rust 写，50%的，C++的"),
        ("看 B站和 TikTok 难民", &[], "看 B站和 TikTok 难民"),
        ("好， 好 。好（ 好 ）", &["space-by-punctuation"], "好，好。好（好）"),
        ("填空（ ）", &[], "填空（ ）"),
        ("由`gen`生成", &[], "由`gen`生成"),
    ]);
    let none = style(Spacing::None, Quotes::Curly);
    let cases = [
        ("用 Rust 写", "用Rust写"),
        ("用 **Rust** 写", "用**Rust**写"),
        ("用Rust写，TikTok 难民", "用Rust写，TikTok 难民"),
        ("**粗** *a*中", "**粗** *a*中"),
    ];
    for (text, right) in cases {
        assert_eq!(mended(text, Lang::Zh, &none), right, "{text}");
    }
}

#[test]
fn the_usual_spacing_is_that_of_most_places() {
    let path: Arc<str> = "a.zh.md".into();
    let most = |text: &str| {
        let file = written::markdown(&path, text, Form::One(Lang::Zh), Rules::ALL);
        let spaces = Spaces::of(None, std::iter::empty(), || chinese(std::slice::from_ref(&file)));
        let style = Style { spaces, quotes: Quotes::Curly };
        mended(text, Lang::Zh, &style)
    };
    assert_eq!(most("用 Rust 写，用Go写，第1期，第 2期"), "用 Rust 写，用 Go 写，第1期，第2期");
    assert_eq!(most("用 Rust写"), "用 Rust 写");
}

#[test]
fn english() {
    let style = style(Spacing::Space, Quotes::Curly);
    let cases: [(&str, &[&str], &str); 6] = [
        ("One，two。Three（four）five", &["fullwidth-punctuation"], "One, two. Three (four) five"),
        ("Year ２０２５", &["fullwidth-letters"], "Year 2025"),
        (
            "The word 猫税，and 《书》, and \"it's\"...",
            &[],
            "The word 猫税，and 《书》, and \"it's\"...",
        ),
        ("A, b -- c.", &[], "A, b -- c."),
        ("**bold ** text", &["literal-markup"], "**bold ** text"),
        (
            "2 ** 3, f**k, `**`, \\*\\*a\\*\\*, __init__",
            &[],
            "2 ** 3, f**k, `**`, \\*\\*a\\*\\*, __init__",
        ),
    ];
    for (text, codes, right) in cases {
        assert_eq!(case(text, Lang::En, &style), (codes.to_vec(), right.to_owned()), "{text}");
    }
}

#[test]
fn mark_up_that_shows() {
    let literal = &["literal-markup"][..];
    let keep = |text: &'static str| (text, literal, text);
    zh(&[
        keep("这是** 粗体**的"),
        keep("这是**粗体的"),
        keep("~~ 删~~去"),
        keep("[文字](地 址)好"),
        keep("##标题"),
        ("#话题# 与 C# 和 **粗体**", &[], "#话题# 与 C# 和 **粗体**"),
    ]);
}

#[test]
fn front_matter_is_text_where_readers_see_it() {
    let style = style(Spacing::Space, Quotes::Curly);
    let text = "+++\ntitle = \"他说\\\"好,好\\\"\"\ntags = [\"a,中\"]\n[source]\nname = \"中,文\"\n+++\n好,好\n";
    let right = "+++\ntitle = \"他说“好，好”\"\ntags = [\"a,中\"]\n[source]\nname = \"中,文\"\n+++\n好，好\n";
    assert_eq!(mended(text, Lang::Zh, &style), right);
    let yaml = "---\r\ntitle: 好,好\r\nsummary: '好(a)'\r\n---\r\n好,好\r\n";
    let right = "---\r\ntitle: 好，好\r\nsummary: '好（a）'\r\n---\r\n好，好\r\n";
    assert_eq!(mended(yaml, Lang::Zh, &style), right);
    // It would be a key.
    let yaml = "---\ntitle: One：two\n---\nx\n";
    assert_eq!(mended(yaml, Lang::En, &style), yaml);
}

/// The letters of a text: what no rule may touch, but for their width.
fn letters(text: &str, lang: Lang) -> String {
    let read = leaves(text, 0, Spoken::One(lang), Rules::ALL);
    let glyphs = read.leaves.iter().flat_map(|leaf| &leaf.glyphs);
    let all: String = glyphs.map(|glyph| glyph.c).filter(|c| c.is_alphanumeric()).collect();
    all.nfkc().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn mending_comes_to_an_end_and_leaves_the_rest(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 1..24), none in any::<bool>(), corner in any::<bool>(), en in any::<bool>(),
    ) {
        let spacing = if none { Spacing::None } else { Spacing::Space };
        let style = style(spacing, if corner { Quotes::Corner } else { Quotes::Curly });
        let lang = if en { Lang::En } else { Lang::Zh };
        let before = pieces.concat();
        let after = mended(&before, lang, &style);
        let kept = |text: &str| frame(text, 0, Rules { smart: false, ..Rules::ALL });
        prop_assert_eq!(kept(&before), kept(&after), "{:?}", after);
        prop_assert_eq!(letters(&before, lang), letters(&after, lang), "{:?}", after);
        prop_assert_eq!(mended(&after, lang, &style), after);
    }
}
