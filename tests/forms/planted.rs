//! Errors planted in a copy of the digest: each is found on its line, and the clean digest has none.

use digest_gen::build::check_with;
use digest_gen::check::Answers;
use digest_gen::memo::Memo;
use digest_gen::source::{File, Sources};

use crate::support::{own, place, text};

/// An error: a part of a file, which is to be there once, and what stands there instead; `¦` marks the
/// line on which it is to be found (else the first one). Without a part, the file is new.
type Plant = (&'static str, &'static str, &'static str, &'static str);

const TIKTOK: &str = "content/2025/tiktok-refugees/index.zh.md";
const MOMO: &str = "content/2025/momo.zh.md";
const MOMO_EN: &str = "content/2025/momo.en.md";
const V50: &str = "content/2025/v50.md";
const GLOSSARY: &str = "content/glossary.toml";
const BOOK: &str = "book.toml";

const PLANTS: &[Plant] = &[
    // Typography.
    ("halfwidth-punctuation", TIKTOK, "一批美国网友：他们", "一批美国网友:他们"),
    ("halfwidth-punctuation", TIKTOK, "从 1 月 13 日起，打开", "从 1 月 13 日起, 打开"),
    ("halfwidth-punctuation", TIKTOK, "涌进小红书，先晒猫", "涌进小红书,先晒猫"),
    ("halfwidth-punctuation", TIKTOK, "没那么快。报道", "没那么快.报道"),
    ("halfwidth-punctuation", TIKTOK, "看上去像 | 其实是", "看上去像? | 其实是"),
    (
        "halfwidth-punctuation",
        MOMO,
        "（见[本期文摘](tiktok-refugees/index.zh.md)）",
        "(见[本期文摘](tiktok-refugees/index.zh.md))",
    ),
    ("halfwidth-punctuation", V50, "## 三个字符，一句话", "## 三个字符,一句话"),
    ("halfwidth-punctuation", GLOSSARY, "新到一个地方，就该", "新到一个地方,就该"),
    ("straight-quotes", TIKTOK, "自称“TikTok 难民”。", "自称\"TikTok 难民\"。"),
    ("straight-quotes", V50, "一句暗号传来传去：“V 我 50。”", "一句暗号传来传去：\"V 我 50。\""),
    ("other-quotes", MOMO, "“momo 大军”。", "「momo 大军」。"),
    ("unpaired-mark", MOMO, "“后台实名、前台自愿”", "“后台实名、前台自愿"),
    ("unpaired-mark", TIKTOK, "《[星期四，V 我 50](../v50.md)》", "[星期四，V 我 50](../v50.md)》"),
    ("mixed-spacing", TIKTOK, "自家的猫 Lili，", "自家的猫Lili，"),
    ("mixed-spacing", MOMO, "某个 momo 说的", "某个  momo 说的"),
    ("mixed-spacing", TIKTOK, "下面的答案是我们补的", "下面的3个答案是我们补的"),
    ("space-by-punctuation", MOMO, "没有司令，也不征兵", "没有司令， 也不征兵"),
    ("repeated-punctuation", TIKTOK, "用不着翻译。人在", "用不着翻译。。人在"),
    ("repeated-punctuation", V50, "真有人转吗\n", "真有人转吗？？？？\n"),
    ("wrong-ellipsis", TIKTOK, "社交媒体……”", "社交媒体...”"),
    ("wrong-dash", TIKTOK, "有多深，他们没有料到", "有多深--他们没有料到"),
    ("fullwidth-letters", TIKTOK, "还有 OpenAI 的", "还有 ＯｐｅｎＡＩ 的"),
    ("fullwidth-letters", MOMO_EN, "In the twentieth century", "In the ２０th century"),
    ("fullwidth-punctuation", V50, "wait for Thursday, and be", "wait for Thursday，and be"),
    ("literal-markup", TIKTOK, "**“反向出海”**", "** “反向出海”**"),
    ("literal-markup", "content/about.en.md", "*Dropping In* is", "**Dropping In is"),
    ("literal-markup", MOMO, "## 把自己藏进人堆", "##把自己藏进人堆"),
    // Links.
    (
        "broken-html-link",
        TIKTOK,
        "## 猫先打招呼\n",
        "## 猫先打招呼\n\n<p>\n¦<img src=\"cover.jpg\" alt=\"猫\">\n</p>\n",
    ),
    ("broken-html-link", MOMO, "事情要从登录说起。", "<a href=\"v50.md\">事情</a>要从登录说起。"),
    ("blocked-script", MOMO, "事情要从登录说起。", "<b onclick=\"x()\">事情</b>要从登录说起。"),
    (
        "broken-own-address",
        MOMO,
        "事情要从登录说起。",
        "[事情](https://example.org/2025/mommo/)要从登录说起。",
    ),
    ("empty-link", MOMO, "事情要从登录说起。", "事情[](v50.md)要从登录说起。"),
    ("missing-alt", MOMO, "事情要从登录说起。", "事情![](/icon.svg)要从登录说起。"),
    ("missing-alt", MOMO, "事情要从登录说起。", "事情<img src=\"/icon.svg\">要从登录说起。"),
    (
        "duplicate-footnote",
        TIKTOK,
        "来源注明为蓝鲸新闻。\n",
        "来源注明为蓝鲸新闻。\n\n¦[^source]: 又一条注。\n",
    ),
    (
        "unused-footnote",
        V50,
        "## Three characters, one sentence\n",
        "## Three characters, one sentence\n\n¦[^x]: A note.\n",
    ),
    ("other-language-anchor", TIKTOK, "](../momo.zh.md)", "](../momo.zh.md#hiding-in-a-crowd)"),
    ("missing-anchor", TIKTOK, "](../momo.zh.md)", "](../momo.zh.md#%E6%B2%A1%E6%9C%89)"),
    (
        "misled-alias",
        "content/one.zh.md",
        "",
        "+++\ntitle = \"只有中文\"\n¦aliases = [\"/en/one-old/\"]\n+++\n好。\n",
    ),
    // Glossary.
    ("wrong-pinyin", GLOSSARY, "pinyin = \"māo shuì\"\n", "pinyin = \"māo shuǐ\"\n"),
    (
        "wrong-pinyin",
        MOMO,
        "+++\ntitle",
        "+++\n¦readings = { \"行长\" = \"xíngcháng, zhǎng\" }\ntitle",
    ),
    (
        "missing-rendering",
        GLOSSARY,
        "id = \"cat-photo\"\nzh = \"猫片\"\nen = \"cat photo\"",
        "id = \"cat-photo\"\nzh = \"猫片\"",
    ),
    (
        "missing-definition",
        GLOSSARY,
        "definition.zh = \"猫的照片或视频，网上常用的见面礼。\"\n",
        "",
    ),
    (
        "missing-part-of-speech",
        GLOSSARY,
        "id = \"cat-photo\"\nzh = \"猫片\"\nen = \"cat photo\"\npinyin = \"māopiàn\"\npart_of_speech = \"noun\"",
        "id = \"cat-photo\"\nzh = \"猫片\"\nen = \"cat photo\"\npinyin = \"māopiàn\"",
    ),
    (
        "see-itself",
        GLOSSARY,
        "that the tax is paid.\"\nsee = [\"cat-tax\"]",
        "that the tax is paid.\"\n¦see = [\"cat-tax-receipt\"]",
    ),
    (
        "avoided-name",
        GLOSSARY,
        "avoid.en = [\"little red potato\",",
        "avoid.en = [\"Little Sweet Potato\",",
    ),
    ("repeated-name", GLOSSARY, "aliases.zh = [\"交猫税\"]", "aliases.zh = [\"交猫税\", \"貓稅\"]"),
    (
        "unnamed-category",
        "content/glossary/xiaohongshu.md",
        "category = \"platforms\"",
        "category = \"platform\"",
    ),
    (
        "unused-term",
        GLOSSARY,
        "# ---- slang ----\n",
        "# ---- slang ----\n\n[[term]]\n¦id = \"unheard-of\"\nzh = \"闻所未闻\"\nen = \"unheard of\"\npinyin = \"wén suǒ wèi wén\"\npart_of_speech = \"adjective\"\ndefinition.zh = \"没有人说过。\"\ndefinition.en = \"What nobody has said.\"\n",
    ),
    // Front matter and settings.
    ("future-date", TIKTOK, "published = 2025-01-14T", "published = 2052-01-14T"),
    ("not-yet", MOMO, "date = 2025-01-15", "date = 2052-01-15"),
    ("reversed-dates", MOMO, "date = 2025-01-15", "date = 2025-01-15\n¦updated = 2025-01-01"),
    (
        "missing-summary",
        MOMO_EN,
        "title = \"Everyone Is Called momo\"\nsummary",
        "title = \"Everyone Is Called momo\"\nextra.old",
    ),
    (
        "long-summary",
        MOMO,
        "summary = \"评论区",
        "summary = \"有人问过，有人答过，有人问了没有人答，有人没有问就答了；问的人走了，答的人也走了，只有名字还在那里，一个挨着一个，谁也不认得谁。评论区",
    ),
    (
        "long-title",
        MOMO_EN,
        "title = \"Everyone Is Called momo\"",
        "title = \"Everyone Is Called momo, and Nobody Who Is Not Called momo Knows Why That Is So\"",
    ),
    ("same-title", V50, "en = \"It's Thursday, V Me 50\"", "en = \"Everyone Is Called momo\""),
    ("similar-tag", MOMO, "\"anonymity\"", "\"anonimity\""),
    ("unnamed-tag", MOMO, "\"anonymity\"", "\"masks\""),
    ("unused-name", BOOK, "anonymity = {", "masks = {"),
    (
        "unused-name",
        BOOK,
        "business = { zh = \"生意\", en = \"Business\" }\nlanguage = { zh = \"语言与学习\"",
        "business = { zh = \"生意\", en = \"Business\" }\n¦cats = { zh = \"猫\", en = \"Cats\" }\nlanguage = { zh = \"语言与学习\"",
    ),
    (
        "long-description",
        BOOK,
        "en = \"A bilingual digest: what is new",
        "en = \"A bilingual digest, made by people who read, for people who read, and for those who would like to learn how to, in one language or in the other: what is new",
    ),
];

fn problems(sources: &Sources, memo: &mut Memo) -> Vec<String> {
    let found = check_with(sources, memo, &Answers::new());
    found.diagnostics.iter().map(|found| place(sources, found)).collect()
}

#[test]
fn the_clean_digest_has_no_findings() {
    assert_eq!(problems(&own(), &mut Memo::new()), Vec::<String>::new());
}

#[test]
fn planted_errors_are_found_on_their_lines() {
    assert!(PLANTS.len() >= 30);
    let mut memo = Memo::new();
    let mut missed = Vec::new();
    for (code, path, old, new) in PLANTS {
        let mut sources = own();
        let marked = match old.is_empty() {
            true => (*new).to_owned(),
            false => {
                let text = text(&sources, path);
                assert_eq!(text.matches(old).count(), 1, "{path}: {old}");
                let at = text.find(old).unwrap();
                let mark = if new.contains('¦') { "" } else { "¦" };
                format!("{}{mark}{new}{}", &text[..at], &text[at + old.len()..])
            }
        };
        let line = marked[..marked.find('¦').unwrap()].matches('\n').count() + 1;
        let planted = marked.replace('¦', "");
        sources.files.insert((*path).into(), File::new(planted.into_bytes()));
        let found = problems(&sources, &mut memo);
        let wanted = format!("{code} {path}:{line}");
        if !found.contains(&wanted) {
            missed.push(format!("{wanted}\n    found: {found:?}"));
        }
    }
    assert!(
        missed.is_empty(),
        "{} of {} missed:\n{}",
        missed.len(),
        PLANTS.len(),
        missed.join("\n")
    );
}
