//! Two sources for one address: by spelling, by case, by Unicode form, against what gen makes itself.

use crate::case::{Case, Ground, builds, fails};

/// Two files that would be written to one place; the finding at one of them names the other.
fn two(name: &'static str, first: &'static str, second: &'static str, at: &'static str) -> Case {
    fails(name, "same-address", at, move |ground: &Ground| {
        for path in [first, second] {
            ground.file(path, if path.starts_with("content") { "# T\n\ntext\n" } else { "x\n" });
        }
    })
}

pub fn cases() -> Vec<Case> {
    vec![
        two(
            "pages that differ by case",
            "content/News.zh.md",
            "content/news.zh.md",
            "content/news.zh.md",
        )
        .says("content/News.zh.md"),
        two(
            "pages that differ by the form of é",
            "content/caf\u{e9}.zh.md",
            "content/cafe\u{301}.zh.md",
            "",
        )
        .says("caf\u{e9}")
        .says("cafe\u{301}"),
        two("pages that differ by width", "content/ａ.zh.md", "content/a.zh.md", "")
            .builds_instead(),
        two(
            "pages that differ by the case of ß",
            "content/STRASSE.zh.md",
            "content/stra\u{df}e.zh.md",
            "",
        )
        .builds_instead(),
        two(
            "pages that differ by the case of Σ",
            "content/\u{3a3}\u{3c2}.zh.md",
            "content/\u{3c3}\u{3c3}.zh.md",
            "",
        )
        .builds_instead(),
        two(
            "pages that differ by the Kelvin sign",
            "content/\u{212a}.zh.md",
            "content/k.zh.md",
            "",
        ),
        two("a folder and a file of one page", "content/a.zh.md", "content/a/index.zh.md", ""),
        two("folders that differ by case", "content/A/x.zh.md", "content/a/x.zh.md", ""),
        two(
            "folders that differ by form",
            "content/\u{e9}/x.zh.md",
            "content/e\u{301}/x.zh.md",
            "",
        ),
        two("a page and a static file", "content/a.zh.md", "static/zh/a/index.html", ""),
        two("a page and a static file by case", "content/a.zh.md", "static/ZH/A/INDEX.HTML", ""),
        two("a page and a static folder by case", "content/a.zh.md", "static/Zh/other.txt", "")
            .builds_instead(),
        two(
            "a page and the archive",
            "content/archive.zh.md",
            "content/fine.zh.md",
            "content/archive.zh.md",
        ),
        two(
            "a page and the glossary",
            "content/glossary.zh.md",
            "content/fine.zh.md",
            "content/glossary.zh.md",
        )
        .builds_instead(),
        two(
            "a page and the feed",
            "content/feed.xml.zh.md",
            "content/fine.zh.md",
            "content/feed.xml.zh.md",
        ),
        two("a page and a language", "content/zh/a.zh.md", "content/a.zh.md", ""),
        two("a page and the page not found", "content/404.html.md", "content/fine.zh.md", "")
            .builds_instead(),
        two("static files that differ by case", "static/A.txt", "static/a.txt", ""),
        two("static files that differ by form", "static/\u{e9}.txt", "static/e\u{301}.txt", ""),
        two("a static file where a folder is", "static/zh", "content/a.zh.md", "static/zh"),
        two(
            "a static file in place of the home page",
            "static/index.html",
            "content/a.zh.md",
            "static/index.html",
        ),
        two(
            "a static file in place of the feed",
            "static/feed.xml",
            "content/a.zh.md",
            "static/feed.xml",
        ),
        two(
            "a static file in place of the site map",
            "static/sitemap.xml",
            "content/a.zh.md",
            "static/sitemap.xml",
        )
        .builds_instead(),
        fails("slugs of one spelling", "same-address", "", |ground: &Ground| {
            ground.file("content/a.zh.md", "+++\ntitle = \"A\"\nslug = \"x\"\n+++\n");
            ground.file("content/b.zh.md", "+++\ntitle = \"B\"\nslug = \"X\"\n+++\n");
        }),
        fails(
            "an old address that is a page",
            "same-address",
            "content/a.zh.md:3",
            |ground: &Ground| {
                ground.page().file(
                    "content/a.zh.md",
                    "+++\ntitle = \"A\"\naliases = [\"/zh/fine/\"]\n+++\n",
                );
            },
        ),
        fails(
            "an old address that is a page by case",
            "same-address",
            "content/a.zh.md:3",
            |ground: &Ground| {
                ground.page().file(
                    "content/a.zh.md",
                    "+++\ntitle = \"A\"\naliases = [\"/zh/FINE/\"]\n+++\n",
                );
            },
        ),
        fails(
            "an old address that is a page by encoding",
            "bad-alias",
            "content/a.zh.md:3",
            |ground: &Ground| {
                ground.page().file(
                    "content/a.zh.md",
                    "+++\ntitle = \"A\"\naliases = [\"/zh/%66ine/\"]\n+++\n",
                );
            },
        ),
        fails(
            "an old address that is the page itself",
            "same-address",
            "content/a.zh.md:3",
            |ground: &Ground| {
                ground
                    .page()
                    .file("content/a.zh.md", "+++\ntitle = \"A\"\naliases = [\"/zh/a/\"]\n+++\n");
            },
        ),
        fails(
            "an old address that is the home page",
            "bad-alias",
            "content/a.zh.md:3",
            |ground: &Ground| {
                ground
                    .page()
                    .file("content/a.zh.md", "+++\ntitle = \"A\"\naliases = [\"/\"]\n+++\n");
            },
        ),
        fails(
            "an old address that is the site map",
            "same-address",
            "content/a.zh.md:3",
            |ground: &Ground| {
                ground
                    .page()
                    .file("book.toml", "[output.html]\nsite-url = \"https://a.org/\"\n")
                    .file(
                        "content/a.zh.md",
                        "+++\ntitle = \"A\"\naliases = [\"/sitemap.xml\"]\n+++\n",
                    );
            },
        ),
        fails(
            "two pages with one old address",
            "same-address",
            "content/b.zh.md:3",
            |ground: &Ground| {
                for name in ["a", "b"] {
                    ground.file(
                        &format!("content/{name}.zh.md"),
                        "+++\ntitle = \"A\"\naliases = [\"/old/\"]\n+++\n",
                    );
                }
            },
        )
        .says("content/a.zh.md"),
        fails("tags of one address", "same-address", "content/a.zh.md:3", |ground: &Ground| {
            ground.file(
                "content/a.zh.md",
                "+++\ntitle = \"A\"\ntags = [\"a b\", \"A-B\"]\ndate = 2025-01-01\n+++\n",
            );
        }),
        fails("tags that differ by form", "same-address", "", |ground: &Ground| {
            ground.file(
                "content/a.zh.md",
                "+++\ntitle = \"A\"\ntags = [\"\u{e9}\", \"e\u{301}\"]\ndate = 2025-01-01\n+++\n",
            );
        }),
        fails("a tag that is a page of tags", "same-address", "", |ground: &Ground| {
            ground.file(
                "content/a.zh.md",
                "+++\ntitle = \"A\"\ntags = [\"x\"]\ndate = 2025-01-01\n+++\n",
            );
            ground.file("content/tags/x.zh.md", "# T\n");
        }),
        fails(
            "terms whose ids are one in capitals",
            "bad-term-id",
            "content/glossary.toml:5",
            |ground: &Ground| {
                ground.file(
                    "content/glossary.toml",
                    "[[term]]\nid = \"x\"\nen = \"a\"\n[[term]]\nid = \"X\"\nen = \"b\"\n",
                );
            },
        ),
        fails("a term in two files", "duplicate-term", "", |ground: &Ground| {
            ground.file("content/glossary.toml", "[[term]]\nid = \"x\"\nen = \"a\"\n");
            ground.file("content/glossary/x.md", "+++\nen = \"a\"\n+++\n");
        }),
        builds("a term and a page of its name", |ground: &Ground| {
            ground.page().file("content/glossary.toml", "[[term]]\nid = \"fine\"\nen = \"fine\"\n");
        }),
        fails("two files of one page and language", "two-files-one-page", "", |ground: &Ground| {
            ground.file("content/a.zh.md", "# A\n").file("content/a.md", "# 题\n");
        }),
        fails("5,000 pages of one address", "same-address", "", |ground: &Ground| {
            for n in 0..ground.size.of(2_000) {
                ground.file(
                    &format!("content/p{n}.zh.md"),
                    "+++\ntitle = \"A\"\nslug = \"x\"\n+++\n",
                );
            }
        }),
    ]
}
