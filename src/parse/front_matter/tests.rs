use super::*;
use crate::diag::position;
use crate::lang::Lang;

fn parsed(text: &str) -> FrontMatterFile {
    parse("content/momo.zh.md", text)
}

/// Each problem as `line:column code`, in the order of the file.
fn problems(text: &str) -> Vec<String> {
    let mut diagnostics = parsed(text).diagnostics;
    crate::diag::sort(&mut diagnostics);
    let shown = |d: &Diagnostic| {
        let (line, column) = position(text, d.span.as_ref().map_or(0, |span| span.start));
        format!("{line}:{column} {}", d.code)
    };
    diagnostics.iter().map(shown).collect()
}

#[test]
fn toml_and_yaml_say_the_same() {
    let toml = "+++\ntitle = { zh = \"“交猫税”\", en = \"Cat tax\" }\ndate = 2025-01-14T16:29:00+08:00\n\
        draft = false\nauthors = \"记者\"\ntags = [\"猫\", 2025]\nissue = 3\nweight = -1\n\
        aliases = \"/old/\"\n[source]\nname = \"晚报\"\noriginal_title = \"猫\"\npublished = 2025-01-14\n\
        [[terms]]\nid = \"momo\"\nzh = \"momo\"\naliases.en = [\"pink dino\"]\n\
        [glossary]\nskip = [\"v50\"]\nlink = \"every\"\n[extra]\nz = 1\na = 2025-01-14\n+++\n正文\n";
    let yaml = "---\ntitle: {zh: “交猫税”, en: Cat tax}\ndate: 2025-01-14 16:29:00 +0800\n\
        draft: false\nauthors: 记者\ntags: [猫, 2025]\nissue: 3\nweight: -1\naliases: [/old/]\n\
        source:\n  name: 晚报\n  original_title: 猫\n  published: 2025-01-14\n\
        terms:\n- id: momo\n  zh: momo\n  aliases: {en: [pink dino]}\n\
        glossary:\n  skip: [v50]\n  link: every\nextra: {z: 1, a: 2025-01-14}\nsummary:\n---\n正文\n";
    let (toml_file, yaml_file) = (parsed(toml), parsed(yaml));
    assert_eq!((toml_file.diagnostics, yaml_file.diagnostics), (vec![], vec![]));
    assert_eq!(toml_file.front, yaml_file.front);
    assert_eq!(&toml[toml_file.body_start..], "正文\n");
    assert_eq!(&yaml[yaml_file.body_start..], "正文\n");
    let front = toml_file.front;
    assert_eq!(front.title.unwrap().get(Lang::En), "Cat tax");
    assert_eq!(front.tags.unwrap(), ["猫", "2025"]);
    assert_eq!(front.issue.unwrap(), "3");
    assert_eq!(front.date.unwrap().iso(), "2025-01-14T16:29:00+08:00");
    assert_eq!(front.terms.unwrap()[0].aliases.en, ["pink dino"]);
    assert_eq!(front.glossary.unwrap().link, Some(GlossaryLink::Every));
    assert_eq!(front.extra.unwrap()["a"], "2025-01-14");
}

#[test]
fn fences_are_found() {
    let body = |text: &str| (text[parsed(text).body_start..].to_owned(), problems(text));
    assert_eq!(body("# 猫\n"), ("# 猫\n".to_owned(), vec![]));
    assert_eq!(body("\u{feff}# 猫\n"), ("# 猫\n".to_owned(), vec![]));
    assert_eq!(
        body("\u{feff}+++\r\ntitle = \"猫\"\r\n+++\r\n正文\r\n"),
        ("正文\r\n".to_owned(), vec![])
    );
    assert_eq!(body("---\n---\n"), (String::new(), vec![]));
    assert_eq!(body("---\ntitle: 猫\n---"), (String::new(), vec![]));
    assert_eq!(body("----\n正文\n").0, "----\n正文\n");
    assert_eq!(body("\n---\n正文\n").0, "\n---\n正文\n");
    assert_eq!(body("").0, "");
    let crlf = "\u{feff}---\r\ntitle: 猫\r\ntitel: 猫\r\n---\r\n";
    assert_eq!(problems(crlf), ["3:1 unknown-key"]);
}

#[test]
fn every_mistake_is_found_at_its_byte() {
    let toml = [
        ("title = \"猫\"\n标题 = 1", "3:1 toml-syntax"),
        ("title = 猫税", "2:9 toml-syntax"),
        ("title = \"猫税", "2:12 toml-syntax"),
        ("title = \"猫\" date = 2025-01-14", "2:13 toml-syntax"),
        ("tags = [\"猫\" \"狗\"]", "2:13 toml-syntax"),
        ("title = \"猫\"\ntitle = \"狗\"", "3:1 duplicate-key"),
        ("titel = \"猫\"", "2:1 unknown-key"),
        ("source = { 名 = 1 }", "2:12 toml-syntax"),
        ("source = { name = \"报\", titel = \"猫\" }", "2:24 unknown-key"),
        ("extra = { name = \"报\" }\nname = 1", "3:1 unknown-key"),
        ("title = 2025-01-14", "2:9 wrong-type"),
        ("title = [\"猫\"]", "2:9 wrong-type"),
        ("draft = \"是\"", "2:9 wrong-type"),
        ("tags = [\"猫\", true]", "2:14 wrong-type"),
        ("tags = { zh = \"猫\" }", "2:8 wrong-type"),
        ("weight = 1.5", "2:10 wrong-type"),
        ("date = \"2025年1月\"", "2:8 bad-date"),
        ("date = \"2025-02-30\"", "2:8 bad-date"),
        ("date = 2025", "2:8 wrong-type"),
        ("date = 2025-02-30", "2:8 toml-syntax"),
        ("date = 2025-1-14", "2:8 toml-syntax"),
        ("title = \"a\\q\"", "2:12 toml-syntax"),
        ("glossary = { link = \"evry\" }", "2:21 unknown-value"),
        ("title = \" \"", "2:9 empty-title"),
        ("title = { zh = \"\" }", "2:9 empty-title"),
        ("slug = \"猫 税\"", "2:8 bad-slug"),
        ("slug = \"../猫\"", "2:8 bad-slug"),
        ("slug = \"a//b\"", "2:8 bad-slug"),
        ("slug = 'a\\b'", "2:8 bad-slug"),
        ("slug = \"a\\u0007\"", "2:8 control-character"),
        ("aliases = [\"/猫/\", \"https://x.org/\"]", "2:19 bad-alias"),
        ("aliases = [\"/a/../b\"]", "2:12 bad-alias"),
        ("source.url = \"javascript:alert(1)\"", "2:14 bad-url"),
        ("source = { url = \"example.org/a\" }", "2:18 bad-url"),
        ("source.url = \"\"", "2:14 bad-url"),
        ("cover = \" JavaScript:x\"", "2:9 unsafe-link"),
        ("cover = \"data:text/html,x\"", "2:9 unsafe-link"),
        ("tags = [\"猫\", \"猫\"]", "2:14 duplicate-tag"),
        ("[[terms]]\nid = \"猫税\"\nzh = \"猫税\"", "3:6 bad-term-id"),
        ("[[terms]]\nid = \"cat-tax\"", "3:6 missing-key"),
        ("[[terms]]\nzh = \"猫税\"", "2:1 missing-key"),
        ("[[terms]]\nid = \"x\"\nzh = \"猫\"\npinying = \"mao\"", "5:1 unknown-key"),
    ];
    let yaml = [
        ("title: 猫: 税", "2:9 yaml-syntax"),
        ("title: \"猫税", "2:8 yaml-syntax"),
        ("title: 猫\n  date: 2025-01-14", "3:7 yaml-syntax"),
        ("title: *猫", "2:8 yaml-syntax"),
        ("title: @猫", "2:8 yaml-syntax"),
        ("? [a]\n: 1", "2:3 yaml-syntax"),
        ("- 猫", "2:1 wrong-type"),
        ("猫", "2:1 wrong-type"),
        ("title: 猫\ntitle: 狗", "3:1 duplicate-key"),
        ("标题: 猫", "2:1 unknown-key"),
        ("source: {name: 报, titel: 猫}", "2:19 unknown-key"),
        ("source:\n  name: 报\n  titel: 猫", "4:3 unknown-key"),
        ("title: 2025-01-14", "2:8 wrong-type"),
        ("draft: yes", "2:8 wrong-type"),
        ("tags:\n  - 猫\n  - [狗]", "4:5 wrong-type"),
        ("tags:\n  - 猫\n  -", "4:4 wrong-type"),
        ("date: 2025-13-01", "2:7 bad-date"),
        ("date: 去年", "2:7 bad-date"),
        ("date: [2025-01-14]", "2:7 wrong-type"),
        ("glossary: {link: 每次}", "2:18 unknown-value"),
        ("slug: /猫", "2:7 bad-slug"),
        ("categories: [猫, 狗, 猫]", "2:20 duplicate-tag"),
        ("terms:\n  - id: 猫\n    zh: 猫", "3:9 bad-term-id"),
        ("source: 晚报", "2:9 wrong-type"),
    ];
    for (data, expected) in toml {
        assert_eq!(problems(&format!("+++\n{data}\n+++\n")), [expected], "{data}");
    }
    for (data, expected) in yaml {
        assert_eq!(problems(&format!("---\n{data}\n---\n")), [expected], "{data}");
    }
    assert_eq!(problems("---\n\n正文\n"), ["1:1 unclosed-front-matter"]);
    assert_eq!(problems("\u{feff}+++\ntitle = \"猫\"\n"), ["1:2 unclosed-front-matter"]);
}

#[test]
fn carets_cover_whole_values_under_chinese() {
    let text = "---\ntitle: 猫\nsource: {name: 报, titel: 猫}\ntags: [猫, 猫]\n---\n";
    let file = parsed(text);
    let covered: Vec<&str> =
        file.diagnostics.iter().filter_map(|d| d.span.clone()).map(|span| &text[span]).collect();
    assert_eq!(covered, ["titel", "猫"]);
    assert_eq!(file.front.source.unwrap().name, Some(Text::from("报")));
    assert_eq!(&text[file.node.unwrap().at(&["source", "name"]).unwrap().span.clone()], "报");
}

#[test]
fn all_mistakes_are_found_at_once_and_the_rest_is_used() {
    let text =
        "+++\ntitle = \"猫\"\ndraft = 1\ntag = [\"猫\"]\ndate = \"昨天\"\nslug = \"a b\"\n+++\n";
    let expected = ["3:9 wrong-type", "4:1 unknown-key", "5:8 bad-date", "6:8 bad-slug"];
    assert_eq!(problems(text), expected);
    assert_eq!(parsed(text).front.title, Some(Text::from("猫")));
}

#[test]
fn nesting_by_aliases_is_bounded() {
    let (open, close) = ("[".repeat(50), "]".repeat(50));
    let tower = |levels: usize| {
        let mut text = format!("---\nextra:\n  a0: &a0 {open}{close}\n");
        for level in 1..levels {
            text += &format!("  a{level}: &a{level} {open}*a{}{close}\n", level - 1);
        }
        text + "---\n"
    };
    assert_eq!(parsed(&tower(18)).diagnostics, []);
    // a20 would bring what aliases repeat to 50 + 100 + … + 1000 = 10,500 values.
    assert_eq!(problems(&tower(40)), ["23:63 yaml-syntax"]);
}
