//! Front matter, book.toml and glossaries that are huge, deep, or expand.

use crate::case::{Case, Ground, builds, fails};

fn yaml(ground: &Ground, text: &str) {
    ground.file("content/a.en.md", format!("---\ntitle: T\n{text}\n---\ntext\n"));
}

fn toml(ground: &Ground, text: &str) {
    ground.file("content/a.en.md", format!("+++\ntitle = \"T\"\n{text}\n+++\ntext\n"));
}

/// `a0: &a0 x`, and each next one nine times the one before.
fn bomb(levels: usize, open: &str, close: &str, each: &dyn Fn(usize, usize) -> String) -> String {
    let mut text = "extra:\n  a0: &a0 x\n".to_owned();
    for level in 1..levels {
        let items: Vec<String> = (0..9).map(|n| each(level - 1, n)).collect();
        text += &format!("  a{level}: &a{level} {open}{}{close}\n", items.join(", "));
    }
    text
}

pub fn cases() -> Vec<Case> {
    vec![
        fails("a YAML bomb of lists", "yaml-syntax", "content/a.en.md:9", |ground: &Ground| {
            yaml(ground, &bomb(10, "[", "]", &|level, _| format!("*a{level}")));
        }),
        fails("a YAML bomb of tables", "yaml-syntax", "content/a.en.md:9", |ground: &Ground| {
            yaml(ground, &bomb(10, "{", "}", &|level, n| format!("k{n}: *a{level}")));
        }),
        fails("a YAML bomb of long texts", "yaml-syntax", "content/a.en.md", |ground: &Ground| {
            let long = "x".repeat(ground.size.of(10_000_000));
            let uses = "  - *a\n".repeat(9_000);
            yaml(ground, &format!("extra:\n  a: &a {long}\n  b:\n{uses}"));
        }),
        fails(
            "a YAML alias inside itself",
            "yaml-syntax",
            "content/a.en.md:3",
            |ground: &Ground| {
                yaml(ground, "extra: &a [*a]");
            },
        ),
        fails(
            "YAML brackets 100,000 deep",
            "yaml-syntax",
            "content/a.en.md:3",
            |ground: &Ground| {
                yaml(ground, &format!("extra: {}", "[".repeat(ground.size.of(100_000))));
            },
        ),
        fails("YAML blocks 5,000 deep", "yaml-syntax", "content/a.en.md:67", |ground: &Ground| {
            let lines = (0..ground.size.of(5_000)).map(|n| format!("{}a:\n", " ".repeat(n + 1)));
            yaml(ground, &format!("extra:\n{}", lines.collect::<String>()));
        }),
        fails(
            "YAML lists on one line 50,000 deep",
            "yaml-syntax",
            "content/a.en.md",
            |ground: &Ground| {
                yaml(ground, &format!("extra:\n  {}x", "- ".repeat(ground.size.of(50_000))));
            },
        ),
        fails(
            "YAML with keys that are lists",
            "yaml-syntax",
            "content/a.en.md:3",
            |ground: &Ground| {
                yaml(ground, "? [a, b]\n: c");
            },
        ),
        fails("YAML merge keys", "unknown-key", "content/a.en.md", |ground: &Ground| {
            yaml(ground, "extra: &a {b: 1}\n<<: *a");
        }),
        builds("YAML anchors by the thousand", |ground: &Ground| {
            let lines = (0..ground.size.of(20_000)).map(|n| format!("  k{n}: &a{n} x\n"));
            yaml(ground, &format!("extra:\n{}", lines.collect::<String>()));
        }),
        builds("YAML anchors inside anchors", |ground: &Ground| {
            let open: String = (0..50).map(|n| format!("&a{n} [")).collect();
            let long = "x, ".repeat(ground.size.of(100_000));
            yaml(ground, &format!("extra: {{k: {open}{long}{}}}", "]".repeat(50)));
        }),
        fails(
            "TOML brackets 100,000 deep",
            "toml-syntax",
            "content/a.en.md:3",
            |ground: &Ground| {
                toml(ground, &format!("extra = {}", "[".repeat(ground.size.of(100_000))));
            },
        ),
        fails(
            "TOML tables inside tables",
            "toml-syntax",
            "content/a.en.md:3",
            |ground: &Ground| {
                toml(ground, &format!("extra = {}", "{a=".repeat(ground.size.of(100_000))));
            },
        ),
        builds("TOML dotted keys 50 deep", |ground: &Ground| {
            toml(ground, &format!("extra{} = 1", ".a".repeat(50)));
        }),
        fails(
            "TOML dotted keys 100,000 deep",
            "toml-syntax",
            "content/a.en.md:3",
            |ground: &Ground| {
                toml(ground, &format!("extra{} = 1", ".a".repeat(ground.size.of(100_000))));
            },
        ),
        fails(
            "a TOML header 100,000 deep",
            "toml-syntax",
            "content/a.en.md:3",
            |ground: &Ground| {
                toml(ground, &format!("[extra{}]", ".a".repeat(ground.size.of(100_000))));
            },
        ),
        fails(
            "a header of book.toml 100,000 deep",
            "toml-syntax",
            "book.toml:1",
            |ground: &Ground| {
                ground.page().file(
                    "book.toml",
                    format!("[extra{}]\n", ".a".repeat(ground.size.of(100_000))),
                );
            },
        ),
        fails(
            "a glossary 100,000 brackets deep",
            "toml-syntax",
            "content/glossary.toml:1",
            |ground: &Ground| {
                ground.page();
                ground.file(
                    "content/glossary.toml",
                    format!("term = {}", "[".repeat(ground.size.of(100_000))),
                );
            },
        ),
        fails("many deep TOML tables", "toml-syntax", "content/a.en.md", |ground: &Ground| {
            let tables =
                (0..ground.size.of(2_000)).map(|n| format!("[extra.t{n}{}]\n", ".a".repeat(100)));
            toml(ground, &tables.collect::<String>());
        }),
        builds("front matter of 100,000 keys", |ground: &Ground| {
            let lines = (0..ground.size.of(100_000)).map(|n| format!("k{n} = {n}\n"));
            toml(ground, &format!("[extra]\n{}", lines.collect::<String>()));
        }),
        fails(
            "front matter of 100,000 unknown keys",
            "unknown-key",
            "content/a.en.md:3",
            |ground: &Ground| {
                let lines = (0..ground.size.of(100_000)).map(|n| format!("titl{n} = {n}\n"));
                toml(ground, &lines.collect::<String>());
            },
        ),
        fails(
            "YAML of 100,000 unknown keys",
            "unknown-key",
            "content/a.en.md:3",
            |ground: &Ground| {
                let lines = (0..ground.size.of(100_000)).map(|n| format!("titl{n}: {n}\n"));
                yaml(ground, lines.collect::<String>().trim_end());
            },
        ),
        fails("one key 50,000 times", "duplicate-key", "content/a.en.md:4", |ground: &Ground| {
            toml(ground, &"weight = 1\n".repeat(ground.size.of(50_000)));
        }),
        fails(
            "50,000 mistakes of syntax",
            "toml-syntax",
            "content/a.en.md:3",
            |ground: &Ground| {
                toml(ground, &"= = [\n".repeat(ground.size.of(50_000)));
            },
        ),
        fails(
            "50,000 values of a wrong type",
            "wrong-type",
            "content/a.en.md:3",
            |ground: &Ground| {
                toml(ground, &format!("tags = [{}]", "[1], ".repeat(ground.size.of(50_000))));
            },
        ),
        builds("a title of 1 MB", |ground: &Ground| {
            let title = "猫税 cat ".repeat(ground.size.of(80_000));
            ground.file("content/a.en.md", format!("+++\ntitle = \"{title}\"\n+++\ntext\n"));
        }),
        builds("a summary of 5 MB", |ground: &Ground| {
            toml(ground, &format!("summary = \"{}\"", "cat tax. ".repeat(ground.size.of(500_000))));
        }),
        fails("front matter of 20 MB", "too-large", "content/a.en.md:2", |ground: &Ground| {
            // Too large in the gate too: what is refused is not read.
            toml(ground, &format!("summary = \"{}\"", "x".repeat(20_000_000)));
        }),
        fails(
            "front matter without an end, 10 MB",
            "unclosed-front-matter",
            "content/a.en.md:1",
            |ground: &Ground| {
                let lines = std::iter::repeat_n("a = 1\n".to_owned(), ground.size.of(1_500_000));
                ground.raw("content/a.en.md", std::iter::once("+++\n".to_owned()).chain(lines));
            },
        ),
        builds("10,000 tags on one page", |ground: &Ground| {
            let tags: Vec<String> =
                (0..ground.size.of(10_000)).map(|n| format!("\"tag {n}\"")).collect();
            toml(ground, &format!("date = 2025-01-01\ntags = [{}]", tags.join(",")));
        }),
        builds("10,000 tags on 100 pages", |ground: &Ground| {
            let each = ground.size.of(100);
            for page in 0..100 {
                let tags: Vec<String> =
                    (0..each).map(|n| format!("\"t{}\"", page * each + n)).collect();
                let tags = tags.join(",");
                ground.file(
                    &format!("content/p{page}.en.md"),
                    format!("+++\ntitle = \"T\"\ntags = [{tags}]\n+++\nx\n"),
                );
            }
        }),
        builds("10,000 authors of one page", |ground: &Ground| {
            let names: Vec<String> =
                (0..ground.size.of(10_000)).map(|n| format!("\"a {n}\"")).collect();
            toml(ground, &format!("authors = [{}]", names.join(",")));
        }),
        builds("10,000 old addresses of one page", |ground: &Ground| {
            let aliases: Vec<String> =
                (0..ground.size.of(10_000)).map(|n| format!("\"/old/{n}/\"")).collect();
            toml(ground, &format!("aliases = [{}]", aliases.join(",")));
        }),
        fails(
            "5,000 same old addresses",
            "same-address",
            "content/a.en.md:3",
            |ground: &Ground| {
                toml(
                    ground,
                    &format!("aliases = [{}]", "\"/fine/\", ".repeat(ground.size.of(5_000))),
                );
                ground.page();
            },
        ),
        builds("the biggest number there is", |ground: &Ground| {
            toml(ground, "weight = 9223372036854775807");
        }),
        fails("numbers that are none", "wrong-type", "content/a.en.md:3", |ground: &Ground| {
            toml(ground, "weight = nan");
        }),
        fails(
            "a number beyond all numbers",
            "wrong-type",
            "content/a.en.md:3",
            |ground: &Ground| {
                toml(ground, &format!("weight = {}", "9".repeat(100_000)));
            },
        ),
        builds("years at the ends of time", |ground: &Ground| {
            ground.file("content/a.en.md", "+++\ntitle = \"T\"\ndate = 0001-01-01\n+++\nx\n");
            ground.file(
                "content/b.en.md",
                "+++\ntitle = \"T\"\ndate = 9999-12-31T23:59:59Z\n+++\nx\n",
            );
        })
        .args(&["build", "--future"]),
        fails("dates that no calendar has", "bad-date", "content/a.en.md:3", |ground: &Ground| {
            ground.file("content/a.en.md", "---\ntitle: T\ndate: 2025-02-30\n---\nx\n");
        }),
        builds("a page size of nothing", |ground: &Ground| {
            ground.page().file("book.toml", "[output.html]\npaginate-by = 0\n");
        }),
        fails("a feed without end", "wrong-type", "book.toml:2", |ground: &Ground| {
            ground.page().file("book.toml", "[feed]\nlimit = 99999999999999999999\n");
        }),
        builds("words of the theme by the hundred thousand", |ground: &Ground| {
            let words = (0..ground.size.of(100_000)).map(|n| format!("w{n} = \"x\"\n"));
            ground
                .page()
                .file("templates/strings.toml", format!("[en]\n{}", words.collect::<String>()));
        }),
        builds("silences by the thousand", |ground: &Ground| {
            ground.repeat(
                "content/a.en.md",
                "",
                "<!-- gen-silence: broken-link -->\n\ntext\n\n",
                ground.size.of(10_000),
            );
        }),
    ]
}
