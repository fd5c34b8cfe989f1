//! The two versions side by side: what stands in which row, what is lit, what `gen check` says.

use digest_gen::check;
use digest_gen::memo::{Memo, Stage};

use crate::support::{Site, site};

/// The rows of a page: for each the first words of both sides.
fn rows(site: &Site, address: &str) -> Vec<(String, String)> {
    let page = site.body(address);
    let side = |row: &str, class: &str| {
        let inside = row.split(&format!("class=\"{class}\"")).nth(1).unwrap_or_default();
        let inside = inside.split("class=\"e\"").next().unwrap_or_default();
        let inside = inside.split_once('>').map_or("", |(_, rest)| rest);
        let text: String = inside
            .split('<')
            .filter_map(|part| part.split_once('>').map_or(Some(part), |(_, text)| Some(text)))
            .collect();
        text.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
    };
    let rows = page.split("class=\"pair").skip(1).filter(|row| row.contains("id=\"p"));
    rows.map(|row| (side(row, "z"), side(row, "e"))).collect()
}

/// What `gen check` finds beyond a build, by code and line.
fn findings(site: &Site) -> Vec<String> {
    let found = check(&site.sources, &mut Memo::new()).diagnostics;
    let line = |path: &str, at: usize| site.source(path)[..at].matches('\n').count() + 1;
    let place = |d: &digest_gen::diag::Diagnostic| {
        let at = d.span.as_ref().map_or(0, |span| span.start);
        let other: Vec<String> = d
            .related
            .iter()
            .map(|r| format!(" {}:{}", r.path, line(&r.path, r.span.as_ref().unwrap().start)))
            .collect();
        format!("{} {}:{}{}", d.code, d.path, line(&d.path, at), other.concat())
    };
    found.iter().map(place).collect()
}

#[test]
fn what_one_version_lacks_stands_alone() {
    let mut site = site(
        "\
//- /content/a.zh.md
# 猫税

美国网友在小红书上晒出了自己的猫。

编者按：这一段英文版没有，因为它只和中国读者有关，讲的是高考与户口。

评论区有一万人回复，他们问：“猫叫什么名字？”
//- /content/a.en.md
# The cat tax

American users showed their cats on Xiaohongshu.

Ten thousand people replied in the comments, asking: \"What is the cat called?\"
",
    );
    site.clean();
    let rows = rows(&site, "/a/");
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert_eq!(rows[1].1, "", "{rows:?}");
    assert!(rows[2].1.starts_with("Ten thousand"), "{rows:?}");
    assert_eq!(findings(&site), ["unpaired-block content/a.zh.md:5"]);
}

const MOVED: &str = "\
//- /content/a.zh.md
# 两节

## 面条

面条用二百克面粉和一个鸡蛋，揉二十分钟，再放进冰箱。

水开以后煮三分钟，捞出来过冷水。

## 茶叶

绿茶的水温是八十度，杭州的龙井每年四月采摘。

红茶可以用开水，泡五分钟也不苦。
//- /content/a.en.md
# Two sections

## Tea leaves

Green tea wants water of eighty degrees; the Longjing of Hangzhou is picked in April each year.

Black tea can take boiling water, and is not bitter even after five minutes.

## Noodles

The noodles take two hundred grams of flour and an egg; knead for twenty minutes, then put it into the refrigerator.

When the water boils, cook for three minutes, take them out and rinse in cold water.
";

#[test]
fn a_section_that_was_moved_is_found() {
    let mut site = site(MOVED);
    site.clean();
    let rows = rows(&site, "/a/");
    for (zh, en) in [
        ("面条", "Noodles"),
        ("面条用", "The noodles"),
        ("茶叶", "Tea leaves"),
        ("红茶", "Black tea"),
    ] {
        let found = rows.iter().find(|row| row.0.starts_with(zh) && row.1.starts_with(en));
        assert!(found.is_some(), "{zh} {en} {rows:?}");
    }
    assert!(findings(&site).iter().any(|found| found.starts_with("moved-block")));
    // Each language keeps its own order.
    let en = site.body("/en/a/");
    assert!(en.find("Tea leaves") < en.find("Noodles"));
}

#[test]
fn an_id_pins_whatever_the_text_says() {
    let mut site = site(
        "\
//- /content/a.zh.md
# 题

第一段讲猫。 {#one}

第二段讲狗。 {#two}
//- /content/a.en.md
# Title

Of dogs, in the second place. {#one}

Of cats, in the first place. {#two}
",
    );
    site.clean();
    let rows = rows(&site, "/a/");
    assert!(rows[0].0.starts_with("第一段") && rows[0].1.starts_with("Of dogs"), "{rows:?}");
    // Ids that cross pin too.
    site.edit("content/a.en.md", "{#one}", "{#x}").edit("content/a.en.md", "{#two}", "{#one}");
    site.edit("content/a.en.md", "{#x}", "{#two}").clean();
    let rows = self::rows(&site, "/a/");
    assert!(rows[0].1.starts_with("Of cats") && rows[1].1.starts_with("Of dogs"), "{rows:?}");
}

#[test]
fn lists_are_paired_by_item_and_tables_by_row() {
    let mut site = site(
        "\
//- /content/a.zh.md
# 题

- 苹果三斤。
- 这一条英文没有，讲的是冬天的大白菜。
- 牛奶两瓶。

| 城市 | 人口 |
| --- | --- |
| 北京 | 两千万 |
| 成都 | 一千六百万 |
//- /content/a.en.md
# Title

- Three pounds of apples.
- Two bottles of milk.

| City | Population |
| --- | --- |
| Chengdu | sixteen million |
",
    );
    site.clean();
    let page = site.body("/a/");
    let class = |text: &str| {
        let before = page.split(text).next().unwrap();
        before.rsplit("class=\"s ").next().unwrap().split('"').next().unwrap().to_owned()
    };
    assert_eq!(class("牛奶"), class("Two bottles"));
    assert_eq!(class("苹果"), class("Three pounds"));
    assert_ne!(class("这一条"), class("Two bottles"));
    assert_eq!(class("成都"), class("Chengdu"));
}

#[test]
fn only_what_is_sure_is_lit() {
    let mut site = site(
        "\
//- /content/a.zh.md
# 题

他走了。她也走了。没有人说话。
//- /content/a.en.md
# Title

He left. So did she. Nobody spoke.
",
    );
    site.write("book.toml", "[align]\nconfidence = 1.0\n").clean();
    assert!(!site.body("/a/").contains("class=\"s s1\""), "{}", site.body("/a/"));
    let unsure = findings(&site);
    assert!(!unsure.is_empty() && unsure.iter().all(|found| found.starts_with("uncertain-")));
    site.write("book.toml", "[align]\nconfidence = 0.0\n").clean();
    assert!(site.body("/a/").contains("class=\"s s1\""));
    assert_eq!(findings(&site), Vec::<String>::new());
}

#[test]
fn what_is_not_sure_is_found_at_its_sentence() {
    let mut site = site(
        "\
//- /content/a.zh.md
# 题

他*走*了。她也走了。没有人说话。 {#one}
//- /content/a.en.md
# Title

He **left**. So did she. Nobody spoke. {#one}
",
    );
    site.write("book.toml", "[align]\nconfidence = 1.0\n").clean();
    let found = check(&site.sources, &mut Memo::new()).diagnostics;
    let written = |path: &str, span: &Option<std::ops::Range<usize>>| {
        site.source(path)[span.clone().unwrap()].to_owned()
    };
    let sides = |d: &digest_gen::diag::Diagnostic| {
        let other = d.related.first().map(|r| written(&r.path, &r.span));
        (written(&d.path, &d.span), other.unwrap_or_default())
    };
    let found: Vec<_> =
        found.iter().filter(|d| d.code == "uncertain-sentences").map(sides).collect();
    assert_eq!(
        found,
        [
            ("他*走*了。".into(), "He **left**.".into()),
            ("她也走了。".into(), "So did she.".into()),
            ("没有人说话。".into(), "Nobody spoke.".to_owned()),
        ]
    );
}

#[test]
fn names_of_terms_pair_again_and_definitions_do_not() {
    let mut site = site(MOVED);
    site.write(
        "content/glossary.toml",
        "[[term]]\nid = \"tea\"\nzh = \"绿茶\"\nen = \"green tea\"\n",
    );
    site.clean();
    let text = site.source("content/glossary.toml");
    site.write("content/glossary.toml", &format!("{text}definition.en = \"A drink.\"\n")).build();
    assert_eq!(site.made(Stage::Align), 0);
    site.edit("content/glossary.toml", "绿茶", "茶").build();
    assert_eq!(site.made(Stage::Align), 1);
    site.same_as_cold("a name in the glossary");
}

#[test]
fn a_dictionary_of_ones_own_counts() {
    let mut site = site(MOVED);
    site.write("book.toml", "[align]\ndictionary = \"words.u8\"\n");
    site.write("words.u8", "麵條 面条 [mian4 tiao2] /noodle/\n").clean();
    site.write("words.u8", "麵條 面条 [mian4 tiao2] /tea leaf/\n").build();
    assert_eq!(site.made(Stage::Align), 1);
    site.write("words.u8", "not a dictionary\n").build();
    assert_eq!(site.errors().len(), 1);
    assert!(site.errors()[0].contains("bad-dictionary"), "{:?}", site.errors());
}
