use super::*;
use crate::model::glossary::assemble;
use crate::parse::exchange::csv;

const OURS: &str = "\
# Our terms.

[[term]]
id = \"cat-tax\" # the first
zh = \"猫税\"
en = \"cat tax\"
aliases.zh = [
  \"交税\", # by hand
]
definition = { zh = \"晒猫\" }

# ---- people ----
[[term]]
id = \"momo\"
zh = \"momo\"   # as it is
en = 'momo'

[term.definition]
zh = \"昵称\"
# The end.
";

/// Merges a table into [`OURS`].
fn merged(table: &str, prefer: Option<Prefer>) -> Merged {
    into(OURS, table, prefer)
}

fn into(ours: &str, table: &str, prefer: Option<Prefer>) -> Merged {
    let (mut terms, problems) = parse_glossary("g.toml", ours);
    assert_eq!(problems, []);
    let rich = Term { id: "xhs".to_owned(), zh: Some("小红书".to_owned()), ..Term::default() };
    let entry = |path: &str, term: Term, rich| Entry {
        term,
        path: path.into(),
        span: 0..0,
        see: Vec::new(),
        local: false,
        rich,
    };
    let own = terms.drain(..).map(|one| entry("g.toml", one.term, false));
    let all = own.chain([entry("content/glossary/xhs.md", rich, true)]).collect();
    let (glossary, _) = assemble(all);
    let (terms, problems) = csv::read("t.csv", table);
    assert_eq!(problems, []);
    merge(("g.toml", ours), &glossary, &Source { path: "t.csv".into(), terms: &terms }, prefer)
}

#[test]
fn fills_adds_and_keeps_comments_and_order() {
    let table = "id,zh,en,pinyin,definition.zh,definition.en,aliases.zh,category,first_seen\n\
                 v50,V我50,V me 50,,,A request,,slang,2022-08-01\n\
                 momo,momo,momo,,昵称,\"A \"\"name\"\"\",,people,\n\
                 cat-tax,猫税,,māo shuì,晒猫,Show it,交税 | 猫,,\n";
    let merged = merged(table, None);
    let expected = OURS
        .replace("  \"交税\", # by hand\n]", "  \"交税\", \"猫\", # by hand\n]")
        .replace("{ zh = \"晒猫\" }", "{ zh = \"晒猫\", en = \"Show it\" }")
        .replace("en = 'momo'\n", "en = 'momo'\ncategory = \"people\"\n")
        .replace("zh = \"昵称\"\n", "zh = \"昵称\"\nen = 'A \"name\"'\n")
        .replace(
            "# The end.\n",
            "\n[[term]]\nid = \"v50\"\nzh = \"V我50\"\nen = \"V me 50\"\ncategory = \"slang\"\n\
             definition.en = \"A request\"\nfirst_seen = 2022-08-01\n# The end.\n",
        );
    assert_eq!(merged.text.as_deref(), Some(expected.as_str()));
    assert_eq!(merged.added, ["v50"]);
    let fields = |id: &str| merged.changed.iter().find(|(own, _)| own == id).unwrap().1.clone();
    // That the pinyin is what gen reads anyway is no change.
    assert_eq!(fields("cat-tax"), [Field::DefinitionEn, Field::AliasesZh]);
    assert_eq!(fields("momo"), [Field::Category, Field::DefinitionEn]);
}

#[test]
fn a_conflict_changes_nothing_until_a_side_is_preferred() {
    let table = "id,zh,en,aliases.zh\ncat-tax,猫税,feline tax,猫\nv50,V我50,,\n";
    let conflict = merged(table, None);
    assert_eq!((conflict.text, conflict.problems.len()), (None, 2));
    let places: Vec<_> =
        conflict.problems.iter().map(|p| &table[p.span.clone().unwrap()]).collect();
    assert_eq!(places, ["feline tax", "猫"]);
    let ours = merged(table, Some(Prefer::Ours));
    assert_eq!((ours.problems, ours.changed, ours.added), (vec![], vec![], vec!["v50".to_owned()]));
    let theirs = merged(table, Some(Prefer::Theirs)).text.unwrap();
    assert!(theirs.contains("en = \"feline tax\"\naliases.zh = [\"猫\"]\n"), "{theirs}");
}

#[test]
fn says_nothing_where_nothing_is_new() {
    let table = "id,zh,en,definition.zh\ncat-tax,猫税,cat  tax,\nmomo,,,\nxhs,小红书,,\n";
    let expected = Merged { same: 3, ..Merged::default() };
    assert_eq!(merged(table, None), expected);
}

#[test]
fn tells_of_what_it_leaves_alone() {
    let codes = |table: &str| -> Vec<&'static str> {
        merged(table, None).problems.iter().map(|problem| problem.code).collect()
    };
    for (table, expected) in [
        ("id,zh,en\nxhs,小红书,Xiaohongshu\n", vec!["import-own-file"]),
        ("id,zh,en\nc7,momo,momo\n", vec!["import-same-names"]),
        ("id,zh\nmomo,momo\nmomo,momo\n", vec!["duplicate-term"]),
        ("id,zh,see\nmomo,momo,cat-taxx\n", vec!["unknown-term"]),
        ("id,category\nnew,x\n", vec!["missing-key"]),
    ] {
        assert_eq!(codes(table), expected, "{table}");
    }
}

#[test]
fn keeps_the_form_of_the_file() {
    let table = "id,zh\nnew,新\n";
    assert_eq!(into("", table, None).text.unwrap(), "[[term]]\nid = \"new\"\nzh = \"新\"\n");
    let windows = into("\u{feff}[[term]]\r\nid = \"a\"\r\nzh = \"甲\"\r\n", table, None);
    let expected = "\u{feff}[[term]]\r\nid = \"a\"\r\nzh = \"甲\"\r\n\r\n[[term]]\r\nid = \"new\"\r\n\
                    zh = \"新\"\r\n";
    assert_eq!(windows.text.unwrap(), expected);
    let inline = into(
        "term = [{ id = \"a\", zh = \"甲\" }]\n",
        "id,zh,definition.en\na,甲,x\nb,乙,\n",
        None,
    );
    let (terms, problems) = parse_glossary("g", &inline.text.unwrap());
    assert_eq!((terms.len(), problems), (2, vec![]));
    assert_eq!(terms[0].term.definition.en.as_deref(), Some("x"));
}
