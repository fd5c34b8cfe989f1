//! Glossaries that are huge, and terms that are nasty to look for.

use crate::case::{Case, Ground, builds, fails};

fn glossary(ground: &Ground, terms: impl IntoIterator<Item = String>) {
    let terms: String = terms.into_iter().collect();
    ground.file("content/glossary.toml", terms);
}

/// Han characters one after the other.
fn han(n: usize) -> char {
    char::from_u32(0x4e00 + n as u32).unwrap()
}

pub fn cases() -> Vec<Case> {
    vec![
        builds("5,000 terms, each of one character", |ground: &Ground| {
            let count = ground.size.of(5_000);
            glossary(
                ground,
                (0..count).map(|n| format!("[[term]]\nid = \"t{n}\"\nzh = \"{0}\"\npinyin = \"yī\"\n", han(n))),
            );
            let text = (0..10 * count).map(|n| han(n * 7 % count).to_string());
            ground.stream("content/a.zh.md", text);
        }),
        builds("5,000 terms and an article that uses each", |ground: &Ground| {
            let count = ground.size.of(5_000);
            let term = |n| format!("[[term]]\nid = \"t{n}\"\nzh = \"词{n}号\"\nen = \"word {n}x\"\npinyin = \"cí hào\"\n");
            glossary(ground, (0..count).map(term));
            ground.stream("content/a.zh.md", (0..count).map(|n| format!("词{n}号。\n\n")));
            ground.stream("content/a.en.md", (0..count).map(|n| format!("A word {n}x.\n\n")));
        }),
        builds("5,000 terms that begin alike", |ground: &Ground| {
            let count = ground.size.of(2_000);
            let term = |n| format!("[[term]]\nid = \"t{n}\"\nen = \"{}b\"\n", "a".repeat(n + 1));
            glossary(ground, (0..count).map(term));
            ground.stream("content/a.en.md", std::iter::repeat_n("a".to_owned(), 20 * count));
        }),
        builds("5,000 Chinese terms that begin alike", |ground: &Ground| {
            let count = ground.size.of(2_000);
            let term = |n| format!("[[term]]\nid = \"t{n}\"\nzh = \"{}乙\"\npinyin = \"yī\"\n", "甲".repeat(n + 1));
            glossary(ground, (0..count).map(term));
            ground.stream("content/a.zh.md", std::iter::repeat_n("甲".to_owned(), 20 * count));
        }),
        builds("terms of the signs of regular expressions", |ground: &Ground| {
            let signs = [
                ".*", "(a+)+$", "[", "]", "(?i)", "\\\\d", "^", "$", "a{1,99999}", "|", "(", ")", "?", "+", "\\\\",
                "{{x}}", "{%x%}", "<b>", "&amp;", "\\\"",
            ];
            let term = |(n, sign): (usize, &&str)| format!("[[term]]\nid = \"t{n}\"\nen = \"{sign}\"\n");
            glossary(ground, signs.iter().enumerate().map(term));
            ground.repeat("content/a.en.md", "", "aaaa .* (a+)+$ [ ] \\d ^ $ | ( ) ? + {{x}} a{1,99999}!\n\n", ground.size.of(1_000));
        }),
        builds("a term of 100,000 letters", |ground: &Ground| {
            let long = "猫".repeat(ground.size.of(100_000));
            glossary(ground, [format!("[[term]]\nid = \"long\"\nzh = \"{long}\"\npinyin = \"māo\"\n")]);
            ground.file("content/a.zh.md", format!("# 题\n\n{long}\n\n{long}{long}\n"));
        }),
        builds("a term with 10,000 other names", |ground: &Ground| {
            let names: Vec<String> = (0..ground.size.of(10_000)).map(|n| format!("\"n {n}\"")).collect();
            glossary(ground, [format!("[[term]]\nid = \"x\"\nen = \"x\"\naliases.en = [{}]\n", names.join(","))]);
            ground.page();
        }),
        builds("a term that is used 100,000 times", |ground: &Ground| {
            glossary(ground, ["[[term]]\nid = \"cat\"\nzh = \"猫\"\npinyin = \"māo\"\n".to_owned()]);
            ground.repeat("content/a.zh.md", "", "猫和猫。", ground.size.of(50_000));
        }),
        builds("every occurrence of a term is a link", |ground: &Ground| {
            ground.file("book.toml", "[glossary]\nlink = \"every\"\n");
            glossary(ground, ["[[term]]\nid = \"cat\"\nzh = \"猫\"\npinyin = \"māo\"\n".to_owned()]);
            ground.repeat("content/a.zh.md", "", "猫和猫。", ground.size.of(50_000));
        }),
        builds("5,000 terms that all name each other", |ground: &Ground| {
            let count = ground.size.of(1_000);
            let all: Vec<String> = (0..count).map(|n| format!("\"t{n}\"")).collect();
            let all = all.join(",");
            let see = |n: usize| all.replace(&format!("\"t{n}\","), "");
            glossary(ground, (0..count.min(200)).map(|n| format!("[[term]]\nid = \"t{n}\"\nen = \"w{n}\"\nsee = [{}]\n", see(n))));
            for n in count.min(200)..count {
                ground.file(&format!("content/glossary/t{n}.md"), format!("+++\nen = \"w{n}\"\n+++\nText.\n"));
            }
        }),
        builds("2,000 terms that define each other", |ground: &Ground| {
            let count = ground.size.of(2_000);
            glossary(ground, (0..count).map(|n| {
                format!("[[term]]\nid = \"t{n}\"\nen = \"w{n}\"\ndefinition.en = \"See w{} and w{}.\"\n", (n + 1) % count, n / 2)
            }));
            ground.page();
        }),
        fails("a term that is named like a folder above", "bad-term-id", "content/glossary.toml:2", |ground: &Ground| {
            glossary(ground, ["[[term]]\nid = \"../../x\"\nen = \"x\"\n".to_owned()]);
        }),
        fails("a term whose id is mark-up", "bad-term-id", "content/glossary.toml:2", |ground: &Ground| {
            glossary(ground, ["[[term]]\nid = \"<script>pwned()</script>\"\nen = \"x\"\n".to_owned()]);
        }),
        fails("20,000 terms of one id", "duplicate-term", "content/glossary.toml:5", |ground: &Ground| {
            glossary(ground, (0..ground.size.of(20_000)).map(|_| "[[term]]\nid = \"x\"\nen = \"x\"\n".to_owned()));
        }),
        fails("10,000 unknown terms", "unknown-term", "content/a.en.md:4", |ground: &Ground| {
            glossary(ground, (0..ground.size.of(2_000)).map(|n| format!("[[term]]\nid = \"term-{n}\"\nen = \"w{n}\"\n")));
            ground.stream("content/a.en.md", (0..ground.size.of(10_000)).map(|n| format!("[[trem-{n}]]\n\n")));
        }),
        builds("terms that are mark-up", |ground: &Ground| {
            glossary(ground, [
                "[[term]]\nid = \"x\"\nen = \"<script>pwned()</script>\"\nzh = \"<img src=x onerror=pwned()>\"\npinyin = \"\\\"><script>pwned()</script>\"\ncategory = \"</title><script>pwned()</script>\"\ndefinition.en = \"</script><script>pwned()</script>\"\n".to_owned(),
            ]);
            ground.page();
        })
        .lacks("<script>pwned")
        .lacks("<img src=x onerror"),
    ]
}
