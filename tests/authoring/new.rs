//! `gen new`: what stands in new files, and what is refused.

use crate::support::Machine;

#[test]
fn an_article_is_a_draft_in_both_languages() {
    let machine = Machine::with_site();
    machine.run("new article 2025/cat-tax --zh 猫税 --date 2025-01-14").fine();
    let zh = machine.read("content/2025/cat-tax.zh.md");
    assert!(zh.contains("title = \"猫税\"\ndate = 2025-01-14\ndraft = true"), "{zh}");
    let en = machine.read("content/2025/cat-tax.en.md");
    assert!(en.contains("title = \"猫税\" # write the English title here"), "{en}");
    assert!(!en.contains("date"), "what both share is written once: {en}");
    let public = |machine: &Machine| machine.path("public/2025/cat-tax/index.html").exists();
    machine.run("build --strict").fine();
    assert!(!public(&machine));
    machine.run("build --strict --drafts").fine();
    assert!(public(&machine));
}

#[test]
fn names_become_paths() {
    let cases: [(&[&str], &str); 8] = [
        (&["momo"], "content/momo.zh.md"),
        (&["2025/momo"], "content/2025/momo.en.md"),
        (&["momo", "--section", "2025/january"], "content/2025/january/momo.en.md"),
        (&["猫税"], "content/mao-shui.zh.md"),
        (&["2025/猫税"], "content/2025/mao-shui.zh.md"),
        (&["猫税", "--en", "It’s the Cat Tax!"], "content/its-the-cat-tax.zh.md"),
        (&["momo", "--folder"], "content/momo/index.en.md"),
        (&["momo", "--one-file"], "content/momo.md"),
    ];
    let machine = Machine::with_site();
    for (arguments, path) in cases {
        machine.gen_in("", &[&["new", "article"], arguments].concat()).fine();
        assert!(machine.path(path).exists(), "{arguments:?}: {path}");
        if !path.starts_with("content/2025") {
            let made: Vec<String> = machine.files().into_iter().map(|(path, _)| path).collect();
            let is_new = |path: &&String| ["momo", "mao-shui"].iter().any(|n| path.contains(n));
            made.iter().filter(is_new).for_each(|path| machine.remove(&path[1..]));
        }
    }
    machine.run("check --drafts").fine();
}

#[test]
fn what_is_taken_is_refused_and_nothing_is_written() {
    let cases = [
        // A file of that name, in any form, and a page at that address.
        ("content/momo.en.md", "# Momo\n", "article momo", "file-exists"),
        (
            "content/momo.md",
            "+++\ntitle = \"Momo\"\n+++\nMomo.\n\n猫。\n",
            "article momo",
            "two-files-one-page",
        ),
        ("content/momo/index.en.md", "# Momo\n", "article momo", "same-address"),
        (
            "content/x.en.md",
            "+++\ntitle = \"X\"\nslug = \"momo\"\n+++\n",
            "article momo",
            "same-address",
        ),
        (
            "content/x.en.md",
            "+++\ntitle = \"X\"\naliases = [\"/momo/\"]\n+++\n",
            "article momo",
            "same-address",
        ),
        ("content/MOMO.en.md", "# Momo\n", "article momo", "same-address"),
        (
            "content/a.en.md",
            "+++\ntitle=\"A\"\ntags=[\"x\"]\n+++\n",
            "article glossary",
            "same-address",
        ),
        ("content/2025/_index.en.md", "+++\ntitle=\"A\"\n+++\n", "section 2025", "file-exists"),
        ("content/glossary/momo.md", "+++\nzh = \"momo\"\n+++\n", "term momo", "name-taken"),
        ("content/glossary/m.md", "+++\nzh = \"momo\"\n+++\n", "term Momo", "name-taken"),
        ("content/glossary/m.md", "+++\nzh = \"貓稅\"\n+++\n", "term 猫税", "name-taken"),
        ("content/x.en.md", "# X\n", "article ！？", "no-slug"),
        ("content/x.en.md", "# X\n", "article", "no-slug"),
        ("content/x.en.md", "# X\n", "article momo --section ../x", "no-slug"),
        ("content/x.en.md", "# X\n", "article momo --kind review", "no-archetype"),
        ("content/x.en.md", "# X\n", "term momo --id Momo", "bad-term-id"),
    ];
    let machine = Machine::with_site();
    for (path, text, line, code) in cases {
        machine.write(path, text);
        let before = machine.files();
        machine.run(&format!("new {line}")).problem(code);
        assert!(machine.files() == before, "{line}");
        machine.remove(path);
    }
    let empty = Machine::new();
    assert_eq!(empty.run("new article momo").code, 2, "there is no site");
}

#[test]
fn a_term_is_added_behind_the_others() {
    let machine = Machine::with_site();
    machine.edit("content/glossary.toml", "# The glossary", "# My own remark. The glossary");
    let before = machine.read("content/glossary.toml");
    machine.gen_in("", &["new", "term", "猫税", "--en", "cat tax"]).fine();
    machine.run("new term 长薯").fine();
    let after = machine.read("content/glossary.toml");
    let added = after.strip_prefix(before.trim_end()).unwrap();
    assert!(
        added
            .contains("id = \"cat-tax\"\nzh = \"猫税\"\nen = \"cat tax\"\npinyin = \"māo shuì\"\n")
    );
    // A reading that is not sure is left to the author, whom the build asks.
    assert!(
        added.contains("id = \"zhang-shu\"") && added.contains("\n# pinyin = \"zhǎng shǔ\" # 长\n")
    );
    assert!(machine.run("build").fine().err.contains("unconfirmed-pinyin"));
    machine.run("new term momo --own-file").fine();
    assert!(machine.read("content/glossary/momo.md").contains("en = \"momo\""));
    machine.run("build").fine();
}

#[test]
fn a_glossary_keeps_its_line_ends_and_may_be_new() {
    let machine = Machine::with_site();
    let windows = machine.read("content/glossary.toml").replace('\n', "\r\n");
    machine.write("content/glossary.toml", &format!("\u{feff}{windows}"));
    machine.run("new term 猫税").fine();
    let text = machine.read("content/glossary.toml");
    assert!(text.starts_with('\u{feff}') && !text.replace("\r\n", "").contains('\n'), "{text:?}");
    std::fs::remove_file(machine.path("content/glossary.toml")).unwrap();
    machine.run("new term 猫税").fine();
    assert!(machine.read("content/glossary.toml").starts_with("[[term]]\n"));
    // A list that cannot be added to is left alone.
    machine.write("content/glossary.toml", "term = [{ id = \"a\", zh = \"啊\" }]\n");
    let before = machine.files();
    machine.run("new term 猫税").problem("bad-toml");
    assert!(machine.files() == before);
}

#[test]
fn issues_are_numbered_in_book_toml() {
    let machine = Machine::with_site();
    machine.edit("book.toml", "[taxonomies.tags.terms]", "# Mine.\n[taxonomies.tags.terms]");
    machine.run("new issue").fine();
    machine.run("new issue").fine();
    machine.run("new issue 春节 --zh 春节特刊").fine();
    let text = machine.read("book.toml");
    assert!(text.contains("# Mine."));
    let book: toml::Table = text.parse().unwrap();
    let terms = &book["taxonomies"]["issues"]["terms"];
    assert_eq!(terms["2"]["zh"].as_str(), Some("第 2 期"));
    assert_eq!(terms["2"]["en"].as_str(), Some("Issue 2"));
    assert_eq!(terms["春节"]["zh"].as_str(), Some("春节特刊"));
    machine.run("new issue 2").problem("name-taken");
    machine.run("build --strict").fine();
}

#[test]
fn a_section_has_a_title_in_both_languages() {
    let machine = Machine::with_site();
    machine.run("new section 2025 --zh 二〇二五年").fine();
    assert!(machine.read("content/2025/_index.zh.md").contains("title = \"二〇二五年\""));
    assert!(machine.read("content/2025/_index.en.md").contains("title = \"二〇二五年\" # write"));
    machine.run("build --strict").fine();
}
