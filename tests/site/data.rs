//! Files of `data/`: what templates see of them in each format, and what is said of wrong ones.

use digest_gen::lang::Lang;
use digest_gen::memo::Stage;

use crate::support::{Site, site};

/// A site with a page that shows all of its data as JSON, and one without a template of its own.
fn with(files: &[(&str, &str)]) -> Site {
    let mut site = site(
        "//- /content/a.en.md\n# A\n\nText.\n//- /templates/page.html\n{{ data | json_encode | safe }}\n",
    );
    for (path, text) in files {
        site.write(path, text);
    }
    site
}

#[test]
fn each_format_reaches_templates() {
    let files = [
        ("data/site.toml", "z = 1\na = 2025-01-14\nf = 1.5\n[t]\nlist = [true, \"猫\"]\n"),
        ("data/links.yaml", "- name: momo\n  none:\n- 猫税\n"),
        ("data/short.yml", "a: 1\n"),
        ("data/team/people.json", "{\"b\": [1, -2, 0.5, null], \"a\": {\"c\": \"猫\"}}"),
        (
            "data/team/x.y/cats.csv",
            "\u{feff}id,name\r\n1,\"momo, the \"\"cat\"\"\"\r\n\r\n2,猫\r\n",
        ),
        ("data/empty.csv", ""),
        ("data/half.csv", "id;name\n1;a,b\n"),
    ];
    let mut site = with(&files);
    site.clean();
    let shown: serde_json::Value = serde_json::from_str(site.page("/en/a/").trim()).unwrap();
    let expected = serde_json::json!({
        "site": { "z": 1, "a": "2025-01-14", "f": 1.5, "t": { "list": [true, "猫"] } },
        "links": [{ "name": "momo", "none": null }, "猫税"],
        "short": { "a": 1 },
        "team": {
            "people": { "b": [1, -2, 0.5, null], "a": { "c": "猫" } },
            "x.y": {
                "cats": [{ "id": "1", "name": "momo, the \"cat\"" }, { "id": "2", "name": "猫" }]
            },
        },
        "empty": [],
        "half": [{ "id": "1", "name": "a,b" }],
    });
    assert_eq!(shown, expected);
    // Tables keep the order of their file.
    let page = site.page("/en/a/");
    assert!(page.find("\"z\"") < page.find("\"a\":\"2025"), "{page}");
    assert!(!site.built().outputs.contains_key("data/site.toml"), "data is not published");
}

#[test]
fn a_site_without_data_has_an_empty_table() {
    let mut site = with(&[("data/.hidden", "x")]);
    site.sources.files.remove("data/.hidden");
    site.clean();
    assert_eq!(site.page("/en/a/").trim(), "{}");
}

#[test]
fn an_edit_of_data_renders_pages_again() {
    let mut site = with(&[("data/a.toml", "x = 1\n"), ("data/b.toml", "x = 1\n")]);
    site.clean();
    site.edit("data/a.toml", "1", "2").same_as_cold("an edit of data");
    assert!(site.page("/en/a/").contains("{\"x\":2}"));
    assert_eq!(site.made(Stage::Parse), 1, "only the file that changed is read");
    assert!(site.rendered() > 0);
    site.build();
    assert_eq!(site.rendered(), 0);
    site.remove("data/a.toml").same_as_cold("a data file less");
    assert_eq!(site.page("/en/a/").trim(), "{\"b\":{\"x\":1}}");
}

#[test]
fn wrong_data_is_told_at_its_place() {
    for (path, text, expected, help) in [
        ("data/a.toml", "x = \n", "toml-syntax data/a.toml:1:5", ""),
        ("data/a.yaml", "a: 1\na: 2\n", "duplicate-key data/a.yaml:2:1", ""),
        ("data/a.json", "{\n  \"猫\": 1,\n}", "json-syntax data/a.json:3:1", "comma"),
        ("data/a.json", "{\"猫\": momo}", "json-syntax data/a.json:1:7", "double quotes"),
        ("data/a.json", "[1, 2", "json-syntax data/a.json:1:5", "ends in the middle"),
        ("data/a.json", "", "json-syntax data/a.json:1:1", "ends in the middle"),
        ("data/a.json", "1 2", "json-syntax data/a.json:1:3", "list"),
        ("data/a.csv", "id,id\n", "bad-table data/a.csv:1:4", "another name"),
        ("data/a.csv", "id,\n1,2\n", "bad-table data/a.csv:1:4", "names the columns"),
        ("data/a.csv", "id,name\n1\n", "bad-table data/a.csv:2:1", "2"),
        ("data/a.csv", "id,name\n1,a,b\n", "bad-table data/a.csv:2:1", "quotation marks"),
        ("data/a.csv", "id,name\n1,\"a\n", "bad-table data/a.csv:2:3", "close it"),
        ("data/a.toml", "x = \"a\\u0007b\"\n", "control-character data/a.toml:1:5", "delete"),
        ("data/a.jsn", "1", "unknown-data data/a.jsn", ".json"),
        ("data/README", "1", "unknown-data data/README", "static/"),
    ] {
        let mut site = with(&[(path, text)]);
        site.build();
        assert_eq!(site.problems(), [expected], "{path}: {text}");
        assert!(site.printed(Lang::En).contains(help), "{}", site.printed(Lang::En));
        site.same_as_cold("wrong data");
    }
    for (one, other) in [
        ("data/a.json", "data/a.toml"),
        ("data/a.json", "data/a/b.toml"),
        ("data/a/b/c.json", "data/a/b.toml"),
    ] {
        let mut site = with(&[(one, "{}"), (other, "")]);
        site.build();
        assert_eq!(site.problems().len(), 1);
        assert!(site.problems()[0].starts_with("same-data"), "{:?}", site.problems());
    }
    let deep = "[".repeat(100_000);
    let mut site = with(&[("data/a.json", &deep), ("data/b.yaml", &deep)]);
    site.build();
    assert_eq!(site.problems().len(), 2, "{:?}", site.problems());
}

#[test]
fn a_dictionary_may_stand_among_data() {
    let mut site = with(&[
        ("book.toml", "[align]\ndictionary = \"data/words.u8\"\n"),
        ("data/words.u8", "猫税 猫税 [mao1 shui4] /cat tax/\n"),
    ]);
    site.clean();
}
