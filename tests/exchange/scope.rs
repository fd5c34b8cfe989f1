//! What an export is about, and where it goes.

use crate::support::{HARD, gen_in, read, run, site};

#[test]
fn an_article_is_named_in_many_ways() {
    let dir = site(HARD);
    let expected = gen_in(&dir, "export vocabulary 2025/work --format csv");
    assert!(expected.starts_with("guid,id,zh,en,pinyin,"), "{expected}");
    // The term of the glossary, and the one that the article defines.
    assert_eq!(
        expected.lines().filter(|line| line.contains("https://a.org/d/2025/work/#")).count(),
        2
    );
    for name in
        ["content/2025/work.zh.md", "./content/2025/work.en.md", "/2025/work/", "content/2025/work"]
    {
        assert_eq!(gen_in(&dir, &format!("export vocabulary {name} --format csv")), expected);
    }
    let folder = dir.path().join("content/2025");
    assert_eq!(run(&folder, "export vocabulary 2025/work --format csv").out, expected);
    assert_eq!(
        run(dir.path().parent().unwrap(), &{
            let root = dir.path().file_name().unwrap().to_str().unwrap();
            format!("export vocabulary {root}/content/2025/work.zh.md {root} --format csv")
        })
        .out,
        expected
    );
    let section = gen_in(&dir, "export vocabulary 2025 --format csv");
    assert_eq!(section, expected);
    let all = gen_in(&dir, "export vocabulary / --format csv");
    assert_eq!(all.matches("\r\n").count(), 4);
}

#[test]
fn what_is_not_there_is_said() {
    let dir = site(HARD);
    let ran = run(dir.path(), "export vocabulary 2025/wrok");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("did you mean “2025/work”?"), "{}", ran.err);
    let empty = site("//- book.toml\n//- content/a.zh.md\n# 甲\n");
    let ran = run(empty.path(), "export glossary --format tbx --lang zh");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("词汇表里没有词条"), "{}", ran.err);
    assert_eq!(gen_in(&empty, "export glossary --format csv").lines().count(), 1);
}

#[test]
fn a_file_is_written_whole_and_a_broken_site_writes_none() {
    let dir = site(HARD);
    let said = gen_in(&dir, "export glossary --format csv --bom -o terms.csv");
    assert!(said.ends_with("→ terms.csv\n"), "{said}");
    let table = read(&dir, "terms.csv");
    assert_eq!(table, format!("\u{feff}{}", gen_in(&dir, "export glossary --format csv")));
    crate::support::write(&dir, "content/b.zh.md", "# 乙\n\n[x](none.md)\n");
    let ran = run(dir.path(), "export glossary --format csv -o terms.csv");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[broken-link]"), "{}", ran.err);
    assert_eq!(read(&dir, "terms.csv"), table);
    assert_eq!(run(dir.path(), "export glossary --format tmx").code, 2);
}
