//! The glossary's own pages, the vocabulary of articles, terms that are wrong.

use digest_gen::lang::Lang;

use crate::support::site;
use crate::terms::{TERMS, shown};

#[test]
fn unknown_ids_are_errors() {
    let mut site = site(TERMS);
    site.write(
        "content/x.zh.md",
        "+++\nglossary.skip = [\"mom\"]\n+++\n# 题\n\n[[猫税]] [[catax]]\n",
    )
    .build();
    assert_eq!(
        site.errors(),
        [
            "unknown-term content/x.zh.md:2:18",
            "unknown-term content/x.zh.md:6:1",
            "unknown-term content/x.zh.md:6:8",
        ]
    );
    let printed = site.printed(Lang::En);
    assert!(printed.contains("did you mean [[cat-tax]]?"), "{printed}");
}

#[test]
fn articles_have_terms_of_their_own() {
    let mut site = site(TERMS);
    site.write("content/x.zh.md", "+++\n[[terms]]\nid = \"wall\"\nzh = \"翻墙\"\nen = \"the wall\"\npinyin = \"fānqiáng\"\ndefinition.zh = \"翻过去\"\n+++\n# 题\n\n翻墙。\n");
    site.write("content/x.en.md", "# Title\n\nThe wall.\n");
    site.write("content/y.zh.md", "# 别的\n\n翻墙。\n").clean();
    assert_eq!(shown(&site.body("/zh/x/")), ["[wall:翻墙]。"]);
    assert_eq!(shown(&site.body("/en/x/")), ["[wall:The wall]."]);
    assert_eq!(shown(&site.body("/zh/y/")), ["翻墙。"]);
    assert!(!site.exists("/glossary/wall/"));
    site.holds("/zh/x/", &["id=\"w-wall\"", "翻过去"]).lacks("/zh/x/", &["glossary/wall"]);
    // One that hides the glossary's, with a warning.
    site.edit("content/x.zh.md", "id = \"wall\"", "id = \"momo\"").build();
    assert_eq!(site.problems(), ["shadowed-term content/x.zh.md:2:1"]);
}

#[test]
fn a_term_has_a_page_with_its_uses() {
    let mut site = site(TERMS);
    site.write("content/x.zh.md", "# 标题\n\n今天交了猫税。明天不交。\n");
    site.write("content/x.en.md", "# Title\n\nToday I paid the cat tax. Tomorrow I shall not.\n")
        .clean();
    for view in ["", "/en", "/zh"] {
        let page = site.page(&format!("{view}/glossary/cat-tax/"));
        for part in [
            "晒猫的照片。",
            "吸猫税",
            "今天交了<mark>猫税</mark>。",
            "Today I paid the <mark>cat tax</mark>.",
            &format!("href=\"{view}/glossary/momo/\""),
            &format!("href=\"{view}/glossary/chuhai/\""),
        ] {
            let own = view != "/en" || part != "晒猫的照片。";
            assert!(!own || page.contains(part), "`{part}` is not in {view}: {page}");
        }
        assert!(!page.contains("明天") && !page.contains("Tomorrow"));
    }
    site.holds("/en/glossary/cat-tax/", &["href=\"/en/x/#p2-e1\"", "A picture of the cat."]);
    site.holds("/zh/glossary/cat-tax/", &["href=\"/zh/x/#p2-z1\""]);
    site.holds("/en/x/", &["id=\"p2-e1\""]).holds("/zh/x/", &["id=\"p2-z1\""]);
    site.holds("/zh/glossary/momo/", &["文章里还没有用到这个词"]);
}

#[test]
fn a_term_may_have_a_text() {
    let mut site = site(TERMS);
    site.write("content/glossary/meme.md", "+++\nzh = \"梗\"\nen = \"meme\"\npinyin = \"gěng\"\n+++\n一个笑话，如[[momo]]和猫税。\n\nA joke.\n").clean();
    site.holds("/en/glossary/meme/", &["A joke."]).lacks("/en/glossary/meme/", &["一个笑话"]);
    site.holds(
        "/zh/glossary/meme/",
        &["href=\"/zh/glossary/momo/\"", "href=\"/zh/glossary/cat-tax/\""],
    );
}

#[test]
fn indexes_have_their_orders() {
    let mut site = site(TERMS);
    site.clean();
    let order = |page: &str, names: &[&str]| {
        let page = site.part(page, "<main", "</main>");
        let mut from = 0;
        for name in names {
            let at = page[from..].find(name);
            from += at.unwrap_or_else(|| panic!("{name} is not behind the others in {page}"));
        }
    };
    let chinese =
        ["按拼音", ">出海", ">反向出海", ">猫税", ">momo", ">小红书", "按类别", "memes", "其他"];
    order("/zh/glossary/", &chinese);
    let english = [
        "letter",
        ">cat tax",
        ">going global",
        ">momo",
        ">reverse",
        ">story",
        ">Xiaohongshu",
        "Other",
    ];
    order("/en/glossary/", &english);
    site.holds("/glossary/", &["按拼音", "chūhǎi"]).lacks("/glossary/", &["<h3></h3>"]);
    for view in ["/glossary/", "/zh/glossary/", "/en/glossary/"] {
        site.holds(view, &["/glossary/story/", "/glossary/cat-tax/"]);
    }
}

#[test]
fn an_article_ends_with_its_vocabulary() {
    let mut site = site(TERMS);
    site.write("content/x.zh.md", "# 标题\n\n小红书上的猫税。\n\n`momo`\n");
    site.write("content/x.en.md", "# Title\n\nThe cat tax.\n").clean();
    let words = |page: &str| {
        let part = site.part(page, "id=\"vocabulary\"", "</section>");
        part.split("id=\"w-")
            .skip(1)
            .map(|r| r.split('"').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(words("/zh/x/"), ["rednote", "cat-tax"]);
    assert_eq!(words("/en/x/"), ["cat-tax"]);
    assert_eq!(words("/x/"), ["rednote", "cat-tax"]);
    site.write("content/x.en.md", "# Title\n\nNothing.\n").clean();
    site.lacks("/en/x/", &["id=\"vocabulary\""]);
}

#[test]
fn every_entry_of_a_list_has_a_description() {
    let mut site = site(
        "
//- /content/glossary.toml
[[term]]
id = \"both\"
zh = \"猫税\"
en = \"cat tax\"
[[term]]
id = \"same\"
zh = \"momo\"
en = \"momo\"
[[term]]
id = \"half\"
en = \"refugee\"
[[term]]
id = \"told\"
zh = \"出海\"
en = \"going overseas\"
definition.zh = \"到海外去。\"
//- /content/a.zh.md
# 题

猫税、momo 与出海。
//- /content/a.en.md
# T

Cat tax, momo, refugee, going overseas.
",
    );
    site.clean();
    let mut entries = 0;
    for path in site.built().outputs.keys().filter(|path| path.ends_with(".html")) {
        let page = site.page(path);
        for entry in page.split("<div class=\"entry\"").skip(1) {
            let entry = entry.split("</div>").next().unwrap();
            assert_eq!(entry.matches("<dt>").count(), 1, "{path}: {entry}");
            assert!(entry.contains("<dd"), "{path}: {entry}");
            entries += 1;
        }
    }
    assert!(entries >= 20, "{entries}");
    site.holds("/zh/glossary/", &["<dd class=\"e\" lang=\"en\">cat tax</dd>", "暂无释义"]);
    site.holds("/en/glossary/", &["猫税</span> <span class=\"w-py\"", "No definition yet"]);
    site.holds("/en/glossary/", &["<dd class=\"z\" lang=\"zh-Hans\">到海外去。</dd>"]);
}
