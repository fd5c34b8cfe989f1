//! Pinyin over words, and the lines of Chinese headings.

use digest_gen::memo::Stage;

use crate::support::{Site, site};

const SITE: &str = "
//- /book.toml
[output.html]
site-url = \"https://example.org/\"
//- /content/glossary.toml
[[term]]
id = \"cat-tax\"
zh = \"猫税\"
en = \"cat tax\"
pinyin = \"māo shuì\"
aliases.zh = [\"交税\"]
definition.zh = \"晒猫。\"
definition.en = \"A cat.\"
[[term]]
id = \"refugee\"
zh = \"TikTok 难民\"
en = \"TikTok refugee\"
pinyin = \"TikTok nànmín\"
definition.zh = \"搬家的人。\"
definition.en = \"Somebody who moves.\"
//- /content/a.zh.md
---
title: 行长为什么交猫税
date: 2025-01-14
---
银行的行长很长，`银行`不交猫税。TikTok 难民交猫税。

## 关于 TikTok 难民和猫税 {#about}

[[cat-tax|交税]]，[[cat-tax]]，[银行](https://example.org/银行 \"银行\")。
//- /content/a.en.md
---
title: Why the bank pays the cat tax
---
The cat tax of a TikTok refugee.

## About TikTok refugees {#about}

The [[cat-tax]], the bank.
";

/// What stands in the words of the Chinese page: each as `[word:reading]`, breaks as bars.
fn read(site: &Site) -> String {
    shown(&site.body("zh/a/"))
}

fn shown(html: &str) -> String {
    let marked = html
        .replace("<wbr><ruby>", "<ruby>")
        .replace("<ruby>", "[")
        .replace("</rt></ruby>", "]")
        .replace("<wbr>", "|");
    let marked = marked.replace("<rt lang=\"zh-Latn-pinyin\">", ":");
    let mut out = String::new();
    let mut tag = false;
    for c in marked.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            _ if !tag => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn with(setting: &str) -> Site {
    let mut site = site(SITE);
    site.edit("content/a.zh.md", "date: 2025-01-14", &format!("date: 2025-01-14\n{setting}"));
    site
}

#[test]
fn linked_terms_have_their_reading() {
    let mut site = site(SITE);
    let expected = "银行的行长很长，银行不交[猫税:māo shuì]。TikTok [难民:nànmín]交猫税。 \
        关于 TikTok 难民|和|猫税 交税，[猫税:māo shuì]，银行。";
    // Another name of a term, 交税, has no reading of its own.
    assert_eq!(read(site.clean()), expected);
}

#[test]
fn all_words_have_readings() {
    let mut site = with("pinyin: all");
    let expected = "[银行:yínháng][的:de][行长:hángzhǎng][很:hěn][长:cháng]，银行[不:bù][交:jiāo]\
        [猫税:māo shuì]。TikTok [难民:nànmín][交:jiāo][猫税:māo shuì]。 \
        [关于:guānyú] TikTok [难民:nànmín][和:hé][猫税:māo shuì] \
        [交税:jiāoshuì]，[猫税:māo shuì]，[银行:yínháng]。";
    assert_eq!(read(site.clean()), expected);
    // Nothing is read in attributes.
    let body = site.body("zh/a/");
    assert!(body.contains("title=\"银行\""), "{body}");
    assert!(body.contains("id=\"about\""), "{body}");
    // The English side has none, and neither has the English page a switch.
    assert_eq!(site.body("en/a/").matches("<ruby>").count(), 0);
    let switches = ["zh/a/", "a/", "en/a/"].map(|page| site.page(page).contains("id=\"py\""));
    assert_eq!(switches, [true, true, false]);
}

#[test]
fn book_toml_says_it_for_all_articles() {
    let mut site = site(SITE);
    site.edit("book.toml", "[output.html]", "[typography]\npinyin = \"none\"\n[output.html]");
    assert_eq!(site.clean().body("zh/a/").matches("<ruby>").count(), 0);
    assert!(!site.page("zh/a/").contains("id=\"py\""));
    site.edit("content/a.zh.md", "date:", "pinyin: terms\ndate:");
    assert_eq!(site.clean().body("zh/a/").matches("<ruby>").count(), 3);
}

#[test]
fn an_author_has_the_last_word() {
    let mut site = with("pinyin: all\nreadings: {银行: yín xíng, 猫税: māoshuǐ, 长: zhǎng}");
    let read = read(site.clean());
    assert!(read.starts_with("[银行:yín xíng][的:de][行长:hángzhǎng][很:hěn][长:zhǎng]"), "{read}");
    assert!(read.contains("[猫税:māoshuǐ]") && !read.contains("māo shuì"), "{read}");
    let mut bad = with("readings: {TikTok: tik tok, 银行: \"\"}");
    assert_eq!(bad.build().problems().len(), 2, "{:?}", bad.problems());
}

#[test]
fn readings_and_breaks_stay_on_the_page() {
    let mut site = with("pinyin: all");
    site.clean();
    for (path, output) in &site.built().outputs {
        if path.ends_with(".xml") || path.ends_with(".json") {
            let text = String::from_utf8_lossy(&output.bytes);
            assert!(!text.contains("<ruby") && !text.contains("&lt;ruby"), "{path}");
            assert!(!text.contains("wbr"), "{path}");
        }
    }
    let uses = site.page("zh/glossary/cat-tax/");
    assert!(!uses.contains("<ruby>"), "{uses}");
    assert!(uses.contains("银行的行长很长"), "{uses}");
}

#[test]
fn titles_break_between_words_and_names_stay_whole() {
    let mut site = site(SITE);
    site.clean();
    assert!(site.body("zh/a/").contains("关于 TikTok\u{A0}难民<wbr>和<wbr>猫税"));
    let title = "行长<wbr>为什么<wbr>交<wbr>猫税";
    for page in ["zh/a/", "a/"] {
        let page = site.page(page);
        assert!(page.contains(title), "{page}");
        assert!(page.contains("<title>行长为什么交猫税"), "{page}");
    }
    assert!(site.page("zh/").contains(title));
}

#[test]
fn a_title_is_cut_once() {
    let mut site = site(SITE);
    site.clean();
    let made = site.made(Stage::Segment);
    site.edit("content/a.zh.md", "银行的行长", "银行的新行长").clean();
    assert_eq!((made > 0, site.made(Stage::Segment)), (true, 0));
    site.edit("content/a.zh.md", "行长为什么", "行长凭什么").clean();
    assert_eq!(site.made(Stage::Segment), 1);
    site.same_as_cold("an edit of a title");
}
