//! Terms from other programs.

use std::fs;

use crate::support::{Ran, gen_in, read, run, site, write};

const SITE: &str = "
//- book.toml
//- content/glossary.toml
# Ours.

[[term]]
id = \"cat-tax\" # first
zh = \"猫税\"
en = \"cat tax\"
pinyin = \"māo shuì\"
//- content/glossary/momo.md
+++
zh = \"momo\"
en = \"momo\"
+++
//- more.csv
id,zh,en,definition.en
cat-tax,猫税,,A photo
v50,V我50,V me 50,A request
";

#[test]
fn a_dry_run_says_what_an_import_does() {
    let dir = site(SITE);
    let before = read(&dir, "content/glossary.toml");
    let said = gen_in(&dir, "import glossary more.csv --dry-run");
    let expected = "content/glossary.toml: 1 term added, 1 changed, 0 were there";
    assert_eq!(
        said,
        format!("{expected}; nothing is written\n  + v50\n  ~ cat-tax: definition.en\n")
    );
    assert_eq!(read(&dir, "content/glossary.toml"), before);
    let said = gen_in(&dir, "import glossary more.csv");
    assert_eq!(said, format!("{expected}\n  + v50\n  ~ cat-tax: definition.en\n"));
    let after = read(&dir, "content/glossary.toml");
    let added = "definition.en = \"A photo\"\n\n[[term]]\nid = \"v50\"\nzh = \"V我50\"\nen = \"V me 50\"\n\
                 definition.en = \"A request\"\n";
    assert_eq!(after, before + added);
    // Once more there is nothing to do, and the file is not even touched.
    let stamp =
        || fs::metadata(dir.path().join("content/glossary.toml")).unwrap().modified().unwrap();
    let first = stamp();
    let said = gen_in(&dir, "import glossary more.csv");
    assert_eq!(said, "content/glossary.toml: 0 terms added, 0 changed, 2 were there\n");
    assert_eq!(stamp(), first);
}

#[test]
fn a_conflict_stops_the_import() {
    let dir = site(SITE);
    let before = read(&dir, "content/glossary.toml");
    write(&dir, "other.csv", "id,zh,en\ncat-tax,猫税,feline tax\nnew,新,new\n");
    let Ran { code, out, err } = run(dir.path(), "import glossary other.csv");
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("error[import-conflict]") && err.contains("other.csv:2:12"), "{err}");
    assert!(err.contains("content/glossary.toml:4:6"), "{err}");
    assert_eq!(read(&dir, "content/glossary.toml"), before);
    gen_in(&dir, "import glossary other.csv --prefer ours");
    assert!(read(&dir, "content/glossary.toml").starts_with(&before));
    gen_in(&dir, "import glossary other.csv --prefer theirs");
    let after = read(&dir, "content/glossary.toml");
    assert!(after.starts_with(&before.replace("cat tax", "feline tax")), "{after}");
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_place() {
    let dir = site(SITE);
    let before = read(&dir, "content/glossary.toml");
    let bomb = "<!DOCTYPE tbx [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>\n<tbx>&b;</tbx>";
    let concept = "<tbx xml:lang='en'><text><body>\n<conceptEntry id='a'><langSec xml:lang='en'>\
                   <termSec><term>x</term>\n</body></text></tbx>";
    for (name, text, code, place) in [
        ("a.csv", "id,zh\nx,\"甲\n", "bad-table", "a.csv:2:3"),
        ("b.csv", "name,zh\nx,甲\n", "bad-table", "b.csv:1:1"),
        ("c.csv", "id,zh,first_seen\nx,甲,2025-13-01\n", "bad-value", "c.csv:2:5"),
        ("d.csv", "id,zh,see\nx,甲,cat-tx\n", "unknown-term", "d.csv:2:5"),
        ("e.tbx", bomb, "bad-xml", "e.tbx:2:6"),
        ("f.tbx", concept, "bad-xml", "f.tbx:3:"),
        ("g.tbx", "<tmx/>", "bad-tbx", "g.tbx:1:1"),
    ] {
        write(&dir, name, text);
        let Ran { code: exit, err, .. } = run(dir.path(), &format!("import glossary {name}"));
        assert_eq!(exit, 1, "{name}: {err}");
        assert!(err.contains(&format!("error[{code}]")) && err.contains(place), "{name}: {err}");
        let zh = run(dir.path(), &format!("import glossary {name} --lang zh")).err;
        assert!(zh.contains("个错误"), "{zh}");
    }
    write(&dir, "h.csv", "id,zh,defintion.en\nnew,新,x\nmomo,momo 本,\n");
    let Ran { code, err, .. } = run(dir.path(), "import glossary h.csv");
    assert_eq!(code, 0);
    assert!(err.contains("did you mean “definition.en”?"), "{err}");
    assert!(err.contains("change content/glossary/momo.md by hand"), "{err}");
    assert_eq!(
        read(&dir, "content/glossary.toml"),
        before + "\n[[term]]\nid = \"new\"\nzh = \"新\"\n"
    );
    assert_eq!(run(dir.path(), "import glossary terms.docx").code, 2);
    write(&dir, "terms.docx", "");
    assert!(run(dir.path(), "import glossary terms.docx").err.contains("name it .csv or .tbx"));
}

#[test]
fn a_row_without_an_id_is_found_by_its_names() {
    let dir = site(SITE);
    write(&dir, "n.csv", "zh,en,first_seen\n猫税,cat tax,2025/1/13\n梗图,meme picture,\n");
    let Ran { code, out, err } = run(dir.path(), "import glossary n.csv");
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("1 term added, 1 changed"), "{out}");
    assert!(err.contains("warning[changed-id]") && err.contains("“meme-picture”"), "{err}");
    let after = read(&dir, "content/glossary.toml");
    assert!(after.contains("first_seen = 2025-01-13"), "{after}");
    assert!(after.contains("id = \"meme-picture\"\nzh = \"梗图\""), "{after}");
    let again = gen_in(&dir, "import glossary n.csv");
    assert!(again.contains("0 terms added, 0 changed, 2 were there"), "{again}");
    // No id can be made of this name.
    write(&dir, "o.csv", "id,zh,en\n,甲,乙\n");
    let Ran { code, err, .. } = run(dir.path(), "import glossary o.csv");
    assert_eq!(code, 1);
    assert!(err.contains("error[bad-term-id]") && err.contains("is left as it was"), "{err}");
    assert_eq!(read(&dir, "content/glossary.toml"), after);
}

#[test]
fn a_byte_order_mark_is_for_tables() {
    let dir = site(SITE);
    for line in ["glossary", "glossary --format tbx", "memory", "vocabulary"] {
        let Ran { code, out, err } = run(dir.path(), &format!("export {line} --bom"));
        assert_eq!((code, out.as_str()), (2, ""), "{line}");
        assert!(err.contains("error[bom-without-csv]"), "{line}: {err}");
    }
}

#[test]
fn a_glossary_that_is_broken_is_left_alone() {
    let dir = site(SITE);
    write(&dir, "content/glossary.toml", "[[term]]\nid = \"a\nzh = \"甲\"\n");
    let Ran { code, err, .. } = run(dir.path(), "import glossary more.csv");
    assert_eq!(code, 1);
    assert!(err.contains("content/glossary.toml:2:"), "{err}");
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = site(SITE);
    let (own, shared) =
        (dir.path().join("content/glossary.toml"), dir.path().join("content/shared.toml"));
    fs::rename(&own, &shared).unwrap();
    fs::set_permissions(&shared, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("shared.toml", &own).unwrap();
    gen_in(&dir, "import glossary more.csv");
    assert!(fs::symlink_metadata(&own).unwrap().is_symlink());
    assert_eq!(fs::metadata(&shared).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(read(&dir, "content/shared.toml").contains("v50"));
    let left: Vec<_> = fs::read_dir(dir.path().join("content")).unwrap().collect();
    assert_eq!(left.len(), 3);
}
