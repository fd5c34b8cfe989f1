//! Silences: where they hold, what they leave, and which are of no use.

use digest_gen::check;
use digest_gen::diag::position;
use digest_gen::memo::Memo;

use crate::support::{Site, site};

const SITE: &str = "\
//- /content/a.zh.md
# 猫税

美国网友在小红书上晒出了自己的猫。

编者按：这一段英文版没有，因为它只和中国读者有关，讲的是高考与户口。

评论区有一万人回复，他们问：“猫叫什么名字？”
//- /content/a.en.md
# The cat tax

American users showed their cats on Xiaohongshu.

Ten thousand people replied in the comments, asking: \"What is the cat called?\"
";

/// What `gen check` finds, each as `code path:line:column`.
fn findings(site: &Site) -> Vec<String> {
    let found = check(&site.sources, &mut Memo::new()).diagnostics;
    let place = |d: &digest_gen::diag::Diagnostic| {
        let start = d.span.as_ref().map_or(0, |span| span.start);
        let (line, column) = position(&site.source(&d.path), start);
        format!("{} {}:{line}:{column}", d.code, d.path)
    };
    found.iter().map(place).collect()
}

#[test]
fn a_warning_is_silenced_in_four_places() {
    let mut site = site(SITE);
    assert_eq!(findings(&site), ["unpaired-block content/a.zh.md:5:1"]);

    site.write("book.toml", "[check]\nsilence = [\"unpaired-block\"]\n");
    assert_eq!(findings(&site), Vec::<String>::new());
    let patterns = [("content/*.md", 0), ("content/**", 0), ("**/a.zh.md", 0), ("content/b*", 2)];
    for (pattern, left) in patterns {
        let book = format!("[check.silence-in]\n\"{pattern}\" = [\"unpaired-block\"]\n");
        site.write("book.toml", &book);
        assert_eq!(findings(&site).len(), left, "{pattern}: {:?}", findings(&site));
    }
    site.write("book.toml", "");

    let text = site.source("content/a.zh.md");
    site.write(
        "content/a.zh.md",
        &format!("+++\n[check]\nsilence = [\"unpaired-block\"]\n+++\n{text}"),
    );
    assert_eq!(findings(&site), Vec::<String>::new());

    for comment in
        ["<!-- gen-check: off unpaired-block -->\n", "<!-- gen-check: off unpaired-block -->\n\n"]
    {
        site.write("content/a.zh.md", &text.replace("编者按", &format!("{comment}编者按")));
        assert_eq!(findings(&site), Vec::<String>::new());
    }
    // Inside the block, and it is not on the page.
    let comment = "<!-- gen-check: off unpaired-block -->";
    site.write("content/a.zh.md", &text.replace("只和中国", &format!("{comment}只和中国")));
    assert_eq!(findings(&site), Vec::<String>::new());
    site.clean().lacks("/zh/a/", &["gen-check"]).holds("/zh/a/", &["因为它只和中国读者"]);
}

#[test]
fn a_comment_is_no_block() {
    let mut site = site(SITE);
    let comment = "<!-- gen-check: off unpaired-block -->\n编者按";
    let rows = |site: &mut Site| site.clean().body("/a/").matches("class=\"pair").count();
    let before = rows(&mut site);
    site.edit("content/a.zh.md", "编者按", comment);
    assert_eq!(rows(&mut site), before);
    site.lacks("/a/", &["gen-check"]);
}

#[test]
fn a_comment_holds_for_the_next_block_alone() {
    let mut site = site(SITE);
    site.edit("content/a.zh.md", "# 猫税", "# 猫税\n\n<!-- gen-check: off unpaired-block -->");
    assert_eq!(
        findings(&site),
        ["unused-silence content/a.zh.md:3:21", "unpaired-block content/a.zh.md:7:1"]
    );
}

#[test]
fn what_silences_nothing_is_reported() {
    let mut site = site(SITE);
    site.edit(
        "content/a.zh.md",
        "编者按",
        "<!-- gen-check: off unpaired-blok, moved-block -->\n编者按",
    );
    site.edit("content/a.en.md", "Ten", "<!-- gen-check: no -->\n\nTen");
    site.write(
        "book.toml",
        "[check]\nsilence = [\"broken-link\", \"odd-case\", \"unpaired-block\"]\n",
    );
    assert_eq!(
        findings(&site),
        [
            "unused-silence book.toml:2:12",
            "unused-silence book.toml:2:27",
            "bad-silence content/a.en.md:5:1",
            "unknown-code content/a.zh.md:5:21",
            "unused-silence content/a.zh.md:5:36",
        ]
    );
    let help = check(&site.sources, &mut Memo::new()).diagnostics[3].help.clone().unwrap();
    assert_eq!(help.en, "did you mean “unpaired-block”?");
    // A build does not look for what is silenced, and says what it knows.
    assert_eq!(
        site.build().problems(),
        ["bad-silence content/a.en.md:5:1", "unknown-code content/a.zh.md:5:21"]
    );
}

#[test]
fn drafts_and_errors_leave_silences_alone() {
    let mut site = site(SITE);
    let front = "+++\ntitle = \"b\"\ndraft = true\n[check]\nsilence = [\"moved-block\"]\n+++\n";
    site.write("content/b.zh.md", front);
    assert_eq!(findings(&site), ["unpaired-block content/a.zh.md:5:1"]);
    site.options(|options| options.drafts = true);
    assert!(
        findings(&site).iter().any(|found| found.starts_with("unused-silence content/b.zh.md")),
        "{:?}",
        findings(&site)
    );
    site.write("content/c.zh.md", "# c\n\n[x](nowhere.md)\n");
    assert!(
        findings(&site).iter().all(|found| !found.starts_with("unused")),
        "{:?}",
        findings(&site)
    );
}

#[test]
fn a_build_is_silent_too_but_not_about_errors() {
    let mut site = site(
        "//- /content/a.zh.md\n# 甲\n\n文[^1]。\n\n<!-- gen-check: off unknown-language broken-link -->\n```klingon\n[x](y.md)\n```\n",
    );
    site.build();
    assert_eq!(site.problems(), ["undefined-footnote content/a.zh.md:3:2"]);
    site.edit("content/a.zh.md", "文[^1]。", "<!-- gen-check: off broken-link -->\n[x](y.md)");
    assert_eq!(site.build().errors(), ["broken-link content/a.zh.md:4:1"]);
}
