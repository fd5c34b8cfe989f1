//! Which words become links to the glossary.

use digest_gen::lang::Lang;

use crate::support::{Site, site};

/// A glossary of eight terms.
pub const TERMS: &str = "
//- /content/glossary.toml
[[term]]
id = \"cat-tax\"
zh = \"猫税\"
en = \"cat tax\"
pinyin = \"māo shuì\"
aliases.zh = [\"吸猫税\"]
definition = { zh = \"晒猫的照片。\", en = \"A picture of the cat.\" }
category = \"memes\"
see = [\"momo\", \"chuhai\"]
[[term]]
id = \"fanxiang-chuhai\"
zh = \"反向出海\"
en = \"reverse globalization\"
pinyin = \"fǎnxiàng chūhǎi\"
[[term]]
id = \"chuhai\"
zh = \"出海\"
en = \"going global\"
pinyin = \"chūhǎi\"
[[term]]
id = \"momo\"
zh = \"momo\"
en = \"momo\"
[[term]]
id = \"rednote\"
zh = \"小红书\"
en = \"Xiaohongshu\"
pinyin = \"xiǎohóngshū\"
aliases.en = [\"RedNote\"]
[[term]]
id = \"refugee\"
zh = \"TikTok 难民\"
en = \"TikTok refugee\"
pinyin = \"TikTok nànmín\"
[[term]]
id = \"v50\"
zh = \"V 我 50\"
en = \"V50\"
pinyin = \"V wǒ wǔshí\"
[[term]]
id = \"story\"
en = \"story\"
";

/// Shows a body's text with each term link as `[id:text]`, a paragraph a line.
pub fn shown(html: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for part in html.split("<p>").skip(1) {
        let part = part.split("</p>").next().unwrap_or_default();
        let mut line = String::new();
        let mut open = Vec::new();
        for (at, piece) in part.split('<').enumerate() {
            let (tag, text) = if at == 0 { ("", piece) } else { piece.split_once('>').unwrap() };
            if let Some(rest) = tag.strip_prefix("a ") {
                let term = rest.strip_prefix("class=\"term\" href=\"#w-");
                let term = term.and_then(|rest| rest.split('"').next());
                line += &term.map_or("<".to_owned(), |id| format!("[{id}:"));
                open.push(term.is_some());
            } else if tag == "/a" {
                line += if open.pop() == Some(true) { "]" } else { ">" };
            }
            // Readings are tested elsewhere.
            line += if tag.starts_with("rt") { "" } else { text };
        }
        lines.push(line);
    }
    lines
}

/// The paragraphs of a text in a language with every term linked.
fn every(lang: Lang, cases: &[(&str, &str)]) {
    let mut site = site(TERMS);
    let text: String = cases.iter().map(|(source, _)| format!("{source}\n\n")).collect();
    site.write("content/x.zh.md", "# 题\n").write("content/x.en.md", "# Title\n");
    site.write(&format!("content/x.{lang}.md"), &format!("# 题\n\n{text}"));
    site.write("book.toml", "glossary.link = \"every\"");
    site.clean();
    let lines = shown(&site.body(&format!("/{lang}/x/")));
    assert_eq!(lines.len(), cases.len(), "{lines:#?}");
    for ((source, expected), line) in cases.iter().zip(lines) {
        assert_eq!(line, *expected, "{source}");
    }
}

#[test]
fn chinese_texts() {
    every(
        Lang::Zh,
        &[
            ("交猫税了吗", "交[cat-tax:猫税]了吗"),
            ("猫税。", "[cat-tax:猫税]。"),
            ("“猫税”", "“[cat-tax:猫税]”"),
            ("《猫税》", "《[cat-tax:猫税]》"),
            ("（猫税）", "（[cat-tax:猫税]）"),
            ("猫税、猫税", "[cat-tax:猫税]、[cat-tax:猫税]"),
            ("猫税猫税", "[cat-tax:猫税][cat-tax:猫税]"),
            ("猫的税", "猫的税"),
            ("猫，税", "猫，税"),
            ("吸猫税", "[cat-tax:吸猫税]"),
            ("反向出海", "[fanxiang-chuhai:反向出海]"),
            ("反向 出海", "反向 [chuhai:出海]"),
            ("从反向到出海", "从反向到[chuhai:出海]"),
            ("出海口", "[chuhai:出海]口"),
            ("反向出海与出海", "[fanxiang-chuhai:反向出海]与[chuhai:出海]"),
            // A line end between two characters is none.
            ("猫\n税", "[cat-tax:猫税]"),
            ("反向\n出海", "[fanxiang-chuhai:反向出海]"),
            // Traditional forms.
            ("貓稅", "[cat-tax:貓稅]"),
            ("小紅書", "[rednote:小紅書]"),
            ("小红書", "[rednote:小红書]"),
            // Latin words in Chinese text.
            ("用momo的头像", "用[momo:momo]的头像"),
            ("用 momo 的头像", "用 [momo:momo] 的头像"),
            ("MOMO大军", "[momo:MOMO]大军"),
            ("ｍｏｍｏ", "[momo:ｍｏｍｏ]"),
            ("momos", "[momo:momos]"),
            ("momox", "momox"),
            ("xmomo", "xmomo"),
            ("momo1", "momo1"),
            ("Xiaohongshu（小红书）", "[rednote:Xiaohongshu]（[rednote:小红书]）"),
            // Spaces between Han and Latin count for nothing.
            ("TikTok难民", "[refugee:TikTok难民]"),
            ("TikTok 难民", "[refugee:TikTok 难民]"),
            ("TikTok 難民", "[refugee:TikTok 難民]"),
            ("V我50", "[v50:V我50]"),
            ("V 我 50", "[v50:V 我 50]"),
            ("v 我 50", "[v50:v 我 50]"),
            ("V 我 500", "V 我 500"),
            ("V50 吗", "[v50:V50] 吗"),
            // Marks inside and around.
            ("**猫税**", "[cat-tax:猫税]"),
            ("**猫**税", "猫税"),
            ("*交猫税*了", "交[cat-tax:猫税]了"),
            ("~~猫税~~", "[cat-tax:猫税]"),
            // Never in code, links, images, mark-up.
            ("`猫税`", "猫税"),
            ("`猫税` 猫税", "猫税 [cat-tax:猫税]"),
            ("[猫税](https://a.org)", "<猫税>"),
            ("[见猫税与*猫税*](https://a.org) 猫税", "<见猫税与猫税> [cat-tax:猫税]"),
            ("![猫税](https://a.org/a.png)", ""),
            ("<kbd title=\"猫税\">x</kbd>", "x"),
            ("https://a.org/momo momo", "https://a.org/momo [momo:momo]"),
            ("<https://a.org/momo>", "<https://a.org/momo>"),
            // By hand.
            ("[[cat-tax]]", "[cat-tax:猫税]"),
            ("[[cat-tax|交税]]", "[cat-tax:交税]"),
            ("[[cat-tax|交*税*]]", "[cat-tax:交税]"),
            ("[[rednote]]上的[[momo]]", "[rednote:小红书]上的[momo:momo]"),
            ("[[story]]", "[story:story]"),
            ("\\[[cat-tax]]", "[[[cat-tax:cat-tax]]]"),
        ],
    );
}

#[test]
fn english_texts() {
    every(
        Lang::En,
        &[
            ("Pay the cat tax.", "Pay the [cat-tax:cat tax]."),
            ("Cat Tax", "[cat-tax:Cat Tax]"),
            ("CAT TAXES", "[cat-tax:CAT TAXES]"),
            ("cat taxes, cat tax's", "[cat-tax:cat taxes], [cat-tax:cat tax]’s"),
            ("cat\ntax", "[cat-tax:cat\ntax]"),
            ("cat taxation", "cat taxation"),
            ("bobcat tax", "bobcat tax"),
            ("cat-tax", "[cat-tax:cat-tax]"),
            ("stories and story", "[story:stories] and [story:story]"),
            ("storyline, history", "storyline, history"),
            ("TikTok refugees on RedNote", "[refugee:TikTok refugees] on [rednote:RedNote]"),
            ("rednotes", "[rednote:rednotes]"),
            ("\"momo\"", "“[momo:momo]”"),
            ("(momo)", "([momo:momo])"),
            ("the Chinese 猫税", "the Chinese [cat-tax:猫税]"),
            ("[[cat-tax]]", "[cat-tax:cat tax]"),
            ("[[cat-tax|pay up]]", "[cat-tax:pay up]"),
            ("`momo` and [momo](https://a.org)", "momo and <momo>"),
        ],
    );
}

const TEXT: &str = "猫税。猫税。\n\n## 猫税\n\n猫税。猫税。\n\n## 又一节\n\n猫税。\n";

fn counted(setting: &str, front: &str) -> (usize, Site) {
    let mut site = site(TERMS);
    site.write("book.toml", setting);
    site.write("content/x.zh.md", &format!("+++\ntitle = \"题\"\n{front}+++\n{TEXT}"));
    site.clean();
    (site.page("/zh/x/").matches("class=\"term\"").count(), site)
}

#[test]
fn a_setting_says_which_occurrences() {
    let cases = [
        ("", "", 1),
        ("glossary.link = \"first\"", "", 1),
        ("glossary.link = \"section\"", "", 3),
        ("glossary.link = \"every\"", "", 5),
        ("glossary.link = \"never\"", "", 0),
        ("glossary.link = \"never\"", "glossary.link = \"every\"\n", 5),
        ("glossary.link = \"every\"", "glossary.link = \"first\"\n", 1),
        ("glossary.link = \"every\"", "glossary.skip = [\"cat-tax\"]\n", 0),
        ("", "glossary.skip = [\"momo\"]\n", 1),
    ];
    for (setting, front, expected) in cases {
        assert_eq!(counted(setting, front).0, expected, "{setting} {front}");
    }
    // A heading is no place for a link; by hand there is always one.
    let (_, site) = counted("glossary.link = \"every\"", "");
    site.lacks("/zh/x/", &["<h2><a class=\"term\"", "\">猫税</a></span></h2>"]);
}

#[test]
fn links_by_hand_are_there_whatever_the_setting() {
    let mut site = site(TERMS);
    site.write("book.toml", "glossary.link = \"never\"");
    site.write(
        "content/x.zh.md",
        "+++\nglossary.skip = [\"momo\"]\n+++\n# 题\n\n猫税[[cat-tax]] [[momo]]\n",
    )
    .clean();
    assert_eq!(shown(&site.body("/zh/x/")), ["猫税[cat-tax:猫税] [momo:momo]"]);
    // The first by hand is the first: no other follows.
    site.write("book.toml", "")
        .edit("content/x.zh.md", "猫税[[cat-tax]]", "[[cat-tax|税]]猫税")
        .clean();
    assert_eq!(shown(&site.body("/zh/x/")), ["[cat-tax:税]猫税 [momo:momo]"]);
}

/// A word that some readers know: whom an article explains it to.
#[test]
fn known_words_are_not_explained() {
    let mut site = site(TERMS);
    let known = |languages: &str| format!("id = \"chuhai\"\nknown = {languages}\n");
    site.write("content/a.zh.md", "# 题\n\n出海与猫税。\n")
        .write("content/a.en.md", "# T\n\nGoing global and the cat tax.\n");
    site.edit(
        "content/glossary.toml",
        "zh = \"出海\"",
        "zh = \"出海\"\ndefinition = { zh = \"出去。\", en = \"Out.\" }",
    );
    let entry = "id=\"w-chuhai\"";
    let page = |view: &str| format!("href=\"{view}/glossary/chuhai/\"");
    // Each case: what the term says, and in which views an article explains it.
    let cases = [("[]", "both zh en"), ("[\"zh\"]", "both en"), ("[\"zh\", \"en\"]", "")];
    let mut before = "id = \"chuhai\"\n".to_owned();
    for (languages, explained) in cases {
        let now = known(languages);
        site.edit("content/glossary.toml", &before, &now).clean();
        before = now;
        for (name, view) in [("both", ""), ("zh", "/zh"), ("en", "/en")] {
            let address = format!("{view}/a/");
            let link = site.body(&address).contains("href=\"#w-chuhai\"");
            assert_eq!(link, explained.contains(name), "{languages} {name}");
            assert_eq!(site.page(&address).contains(entry), link, "{languages} {name}");
            assert_eq!(site.body(&address).contains(&page(view)), !link, "{languages} {name}");
        }
        site.holds("/glossary/chuhai/", &["出去。", "Out."]);
    }
    site.edit("content/glossary.toml", "[\"zh\", \"en\"]", "[\"zh\"]").clean();
    site.holds("/a/", &["Out."]).lacks("/a/", &["出去。"]);
}
