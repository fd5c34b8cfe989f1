//! Markdown that nests, repeats and grows.

use crate::case::{Case, Ground, builds};

/// A page of one piece many times over, in English and in Chinese files of the same shape.
fn repeated(name: &str, head: &'static str, piece: &'static str, full: usize) -> Case {
    builds(name, move |ground: &Ground| {
        ground.repeat("content/a.en.md", head, piece, ground.size.of(full));
    })
    .holds("en/a/index.html", "</html>")
}

/// A text inside many of an opening and as many of a closing.
fn nested(name: &str, open: &'static str, close: &'static str, full: usize) -> Case {
    builds(name, move |ground: &Ground| {
        let times = ground.size.of(full);
        let opens = std::iter::repeat_n(open.to_owned(), times);
        let closes = std::iter::repeat_n(close.to_owned(), times);
        let middle = std::iter::once("inside".to_owned());
        ground.stream("content/a.en.md", opens.chain(middle).chain(closes));
    })
    .holds("en/a/index.html", "inside")
}

fn indented_lists(ground: &Ground, marker: &str, depth: usize) {
    let lines = (0..depth)
        .map(|level| format!("{}{marker} item\n", " ".repeat(level * marker.len() + level)));
    ground.stream("content/a.en.md", lines);
}

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        nested("quotes nested 100,000 deep", "> ", "", 100_000),
        nested("lists nested on one line", "- ", "", 50_000),
        nested("numbered lists nested on one line", "1. ", "", 50_000),
        nested("quotes and lists by turns", "> - ", "", 30_000),
        nested("emphasis nested", "*a ", " b*", 50_000),
        nested("strong nested", "**a ", " b**", 50_000),
        nested("strikethrough nested", "~~a ", " b~~", 50_000),
        nested("brackets nested", "[", "]", 100_000)
            .fails_instead("unknown-term", "content/a.en.md:4"),
        nested("links nested", "[", "](/)", 50_000),
        nested("images nested", "![", "](/x.png)", 20_000)
            .fails_instead("broken-image", "content/a.en.md"),
        nested("raw html nested", "<div>", "</div>", 50_000),
        nested("raw inline html nested", "<span>", "</span>", 50_000),
        nested("math nested", "$\\frac{", "}{1}$", 5_000)
            .fails_instead("bad-math", "content/a.en.md:4"),
        nested("formula groups nested", "\n$$\n{{{{{{{{{{", "}}}}}}}}}}\n$$\n", 1),
        nested("footnotes in brackets", "[^", "]", 50_000),
        nested("wikilinks nested", "[[", "]]", 20_000)
            .fails_instead("unknown-term", "content/a.en.md:4"),
        repeated("backticks in growing runs", "", "a ` b `` c ``` d ```` e ", 50_000),
        repeated("a long run of backticks", "a ", "`", 1_000_000),
        repeated("a long run of stars", "a ", "*", 1_000_000),
        repeated("stars and underscores by turns", "a ", "*_", 500_000),
        repeated("openers without closers", "", "*a **b _c ~~d ", 100_000),
        repeated("closers without openers", "", "a* b** c_ d~~ ", 100_000),
        repeated("stars beside Chinese marks", "", "**“中”**字*。*", 50_000),
        repeated("link openers", "", "[a](", 100_000),
        repeated("link openers with angle", "", "[a](<b", 100_000),
        repeated("image openers", "", "![", 100_000),
        repeated("unclosed html tags", "", "<a href=\"", 100_000),
        repeated("unclosed html comments", "", "<!-- ", 100_000),
        repeated("unclosed cdata", "a ", "<![CDATA[", 100_000),
        repeated("unclosed processing instructions", "a ", "<?", 100_000),
        repeated("unclosed declarations", "a ", "<!A ", 100_000),
        repeated("dollars", "", "$a ", 200_000),
        repeated("entities", "", "&amp;&#x1F600;&nosuch;", 100_000),
        repeated("backslashes", "", "\\", 1_000_000),
        repeated("thematic breaks", "", "---\n\n", 100_000),
        repeated("headings", "", "", 20_000),
        repeated("setext underlines", "a\n", "===\n", 100_000),
        repeated("empty list items", "", "-\n", 100_000),
        repeated("list of all markers", "", "- a\n+ b\n* c\n1. d\n1) e\n", 10_000),
        repeated("definition lists", "", "term\n: definition\n\n", 20_000),
        repeated("task lists", "", "- [ ] a\n- [x] b\n", 20_000),
        repeated("alerts", "", "> [!NOTE]\n> a\n\n", 20_000),
        repeated("code fences never closed", "", "```\n````\n", 50_000),
        repeated(
            "code blocks of one language",
            "",
            "```rust\nfn main() { let x = \"(((\"; }\n```\n\n",
            2_000,
        ),
        repeated("autolinks", "", "<https://example.org/a?b=c> ", 50_000),
        repeated("hard breaks", "", "a  \nb\\\n", 100_000),
        repeated("tabs", "", "\t", 1_000_000),
        repeated("blank lines", "a\n", "\n", 2_000_000),
        repeated("quotes of one level", "", "> a\n", 100_000),
        repeated("combining marks", "a", "\u{301}", 500_000),
        repeated("joiners of emoji", "", "👩\u{200d}👩\u{200d}👧\u{200d}👦", 50_000),
        repeated("right-to-left overrides", "a ", "\u{202e}b\u{202d}", 100_000),
        repeated("word joiners", "**a**", "\u{2060}", 300_000),
        repeated("sentences of one letter", "", "A. B! C? 甲。乙！", 50_000),
        repeated("abbreviations", "", "e.g. Dr. U.S. ", 100_000),
        repeated("smart quotes", "", "\"a\" 'b' -- --- ... ", 100_000),
    ];
    cases.push(builds("a line of 10 MB", |ground: &Ground| {
        ground.repeat("content/a.en.md", "", "word ", ground.size.of(2_000_000));
    }));
    cases.push(builds("a line of 10 MB without a space", |ground: &Ground| {
        ground.repeat("content/a.en.md", "", "abcde", ground.size.of(2_000_000));
    }));
    cases.push(builds("a Chinese line of 10 MB", |ground: &Ground| {
        ground.repeat("content/a.zh.md", "", "先交猫税，再做朋友。", ground.size.of(333_000));
    }));
    cases.push(builds("a Chinese line of 10 MB without a mark", |ground: &Ground| {
        ground.repeat("content/a.zh.md", "", "先交猫税再做朋友", ground.size.of(400_000));
    }));
    cases.push(builds("a heading of 1 MB in Chinese", |ground: &Ground| {
        ground.repeat("content/a.zh.md", "# ", "先交猫税再做朋友", ground.size.of(40_000));
    }));
    cases.push(builds("two versions of 2 MB with nothing in common", |ground: &Ground| {
        ground.repeat("content/a.zh.md", "", "先交猫税，再做朋友。\n\n", ground.size.of(20_000));
        ground.repeat("content/a.en.md", "", "Nothing of the sort.\n\n", ground.size.of(20_000));
    }));
    cases.push(builds("two versions of one long paragraph", |ground: &Ground| {
        ground.repeat("content/a.zh.md", "", "先交猫税，再做朋友。", ground.size.of(20_000));
        ground.repeat(
            "content/a.en.md",
            "",
            "First the tax, then friends. ",
            ground.size.of(20_000),
        );
    }));
    cases.push(builds("two versions, one of them of one block", |ground: &Ground| {
        ground.file("content/a.zh.md", "# 题\n\n猫。\n");
        ground.repeat("content/a.en.md", "", "A cat.\n\n", ground.size.of(40_000));
    }));
    cases.push(builds("both languages in one file, many blocks", |ground: &Ground| {
        ground.repeat("content/a.md", "", "猫税。\n\nThe tax.\n\n", ground.size.of(20_000));
    }));
    cases.push(builds("a table of 10,000 columns", |ground: &Ground| {
        let columns = ground.size.of(10_000);
        let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(columns));
        let rows = (0..20).map(|_| row(" a "));
        ground.stream("content/a.en.md", [row("h"), row("-")].into_iter().chain(rows));
    }));
    cases.push(builds("a table of 10,000 columns with empty rows", |ground: &Ground| {
        let columns = ground.size.of(10_000);
        let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(columns));
        // A row of one cell is filled up with empty ones.
        let rows = std::iter::repeat_n("|a|\n".to_owned(), ground.size.of(10_000));
        ground.stream("content/a.en.md", [row("h"), row("-")].into_iter().chain(rows));
    }));
    cases.push(builds("a table of 50,000 rows", |ground: &Ground| {
        ground.repeat(
            "content/a.en.md",
            "| a | b |\n|---|---|\n",
            "| c | 1 |\n",
            ground.size.of(50_000),
        );
    }));
    cases.push(builds("tables of 20,000 rows in both versions", |ground: &Ground| {
        ground.repeat(
            "content/a.zh.md",
            "| 甲 | 乙 |\n|---|---|\n",
            "| 丙 | 1 |\n",
            ground.size.of(20_000),
        );
        ground.repeat(
            "content/a.en.md",
            "| a | b |\n|---|---|\n",
            "| c | 1 |\n",
            ground.size.of(20_000),
        );
    }));
    cases.push(
        builds("a long definition used 20,000 times", |ground: &Ground| {
            let uses = std::iter::repeat_n("[x]\n".to_owned(), ground.size.of(20_000));
            let definition = format!("\n[x]: /{} \"{}\"\n", "u".repeat(50_000), "t".repeat(50_000));
            ground.stream("content/a.en.md", uses.chain([definition]));
        })
        .fails_instead("broken-link", ""),
    );
    cases.push(builds("a long outer definition used 20,000 times", |ground: &Ground| {
        let uses = std::iter::repeat_n("[x]\n".to_owned(), ground.size.of(20_000));
        let definition =
            format!("\n[x]: https://a.org/{} '{}'\n", "u".repeat(50_000), "t".repeat(50_000));
        ground.stream("content/a.en.md", uses.chain([definition]));
    }));
    cases.push(builds("20,000 definitions of one name", |ground: &Ground| {
        ground.repeat(
            "content/a.en.md",
            "[x]\n\n",
            "[x]: https://a.org/\n",
            ground.size.of(20_000),
        );
    }));
    cases.push(builds("20,000 definitions and uses", |ground: &Ground| {
        let uses = (0..ground.size.of(20_000)).map(|n| format!("[x{n}]\n"));
        let definitions =
            (0..ground.size.of(20_000)).map(|n| format!("[x{n}]: https://a.org/{n}\n"));
        ground.stream("content/a.en.md", uses.chain(["\n".to_owned()]).chain(definitions));
    }));
    cases.push(builds("20,000 footnotes", |ground: &Ground| {
        let uses = (0..ground.size.of(20_000)).map(|n| format!("a[^{n}] "));
        let notes = (0..ground.size.of(20_000)).map(|n| format!("\n\n[^{n}]: note"));
        ground.stream("content/a.en.md", uses.chain(notes));
    }));
    cases.push(builds("one footnote used 20,000 times", |ground: &Ground| {
        let uses = std::iter::repeat_n("a[^x] ".to_owned(), ground.size.of(20_000));
        ground.stream("content/a.en.md", uses.chain(["\n\n[^x]: note\n".to_owned()]));
    }));
    cases.push(builds("footnotes that lead in a circle", |ground: &Ground| {
        let count = ground.size.of(5_000);
        let notes = (0..count).map(|n| format!("\n\n[^{n}]: see[^{}]", (n + 1) % count));
        ground.stream("content/a.en.md", ["a[^0]".to_owned()].into_iter().chain(notes));
    }));
    cases.push(builds("footnotes inside footnotes", |ground: &Ground| {
        let notes = (0..ground.size.of(1_000))
            .map(|n| format!("{}[^{n}]: a[^{}]\n\n", "    ".repeat(n), n + 1));
        ground.stream("content/a.en.md", ["a[^0]\n\n".to_owned()].into_iter().chain(notes));
    }));
    cases.push(builds("headings of one text", |ground: &Ground| {
        let same = std::iter::repeat_n("## Same\n\n".to_owned(), ground.size.of(20_000));
        ground.stream("content/a.en.md", same);
    }));
    cases.push(builds("headings whose ids collide by count", |ground: &Ground| {
        let ids = (0..ground.size.of(10_000)).map(|n| format!("## a\n\n## a-{n}\n\n"));
        ground.stream("content/a.en.md", ids);
    }));
    cases.push(builds("lists indented 1,000 deep", |ground: &Ground| {
        indented_lists(ground, "-", ground.size.of(1_000).max(200));
    }));
    cases.push(builds("numbered lists indented 1,000 deep", |ground: &Ground| {
        indented_lists(ground, "1.", ground.size.of(1_000).max(200));
    }));
    cases.push(builds("a code block of 10 MB", |ground: &Ground| {
        ground.repeat("content/a.en.md", "```\n", "let x = 1;\n", ground.size.of(900_000));
    }));
    cases.push(builds("a highlighted block of 1 MB on one line", |ground: &Ground| {
        ground.repeat("content/a.en.md", "```js\n", "f([{(\"a\\", ground.size.of(120_000));
    }));
    cases.push(builds("highlighted blocks of every kind of opening", |ground: &Ground| {
        let langs = [
            "js", "rust", "html", "css", "python", "bash", "markdown", "json", "yaml", "sql", "c",
            "php",
        ];
        let blocks = langs.iter().map(|lang| {
            format!("```{lang}\n{}\n```\n\n", "([{<\"'`/*<!--$((${".repeat(ground.size.of(2_000)))
        });
        ground.stream("content/a.en.md", blocks.collect::<Vec<_>>());
    }));
    cases.push(builds("a formula of 1 MB", |ground: &Ground| {
        ground.repeat("content/a.en.md", "$$\n", "\\alpha + ", ground.size.of(100_000));
    }));
    cases.push(
        builds("a formula with groups 10,000 deep", |ground: &Ground| {
            let depth = ground.size.of(10_000);
            ground.stream(
                "content/a.en.md",
                [format!("$${}x{}$$\n", "{".repeat(depth), "}".repeat(depth))],
            );
        })
        .fails_instead("bad-math", "content/a.en.md:4"),
    );
    cases.push(
        builds("a formula with fractions 10,000 deep", |ground: &Ground| {
            let depth = ground.size.of(10_000);
            ground.stream(
                "content/a.en.md",
                [format!("$${}x{}$$\n", "\\frac{1}{".repeat(depth), "}".repeat(depth))],
            );
        })
        .fails_instead("bad-math", "content/a.en.md:4"),
    );
    cases.push(
        builds("a formula with macros that grow", |ground: &Ground| {
            let names: Vec<char> = ('a'..='z').collect();
            let defs =
                names.windows(2).map(|w| format!("\\def\\{0}{0}{{\\{1}{1}\\{1}{1}}}", w[0], w[1]));
            let defs: String = defs.collect();
            ground.stream("content/a.en.md", [format!("$${defs}\\def\\zz{{x}}\\aa$$\n")]);
        })
        .fails_instead("bad-math", "content/a.en.md:4"),
    );
    cases.push(
        builds("a formula with left and right 5,000 deep", |ground: &Ground| {
            let depth = ground.size.of(5_000);
            ground.stream(
                "content/a.en.md",
                [format!("$${}x{}$$\n", "\\left(".repeat(depth), "\\right)".repeat(depth))],
            );
        })
        .fails_instead("bad-math", "content/a.en.md:4"),
    );
    cases
}
