//! `gen init`: what it makes, what it asks, what it leaves alone.

use crate::support::Machine;

#[test]
fn a_new_site_has_nothing_to_complain_of() {
    for lang in ["en", "zh"] {
        let machine = Machine::new();
        machine.run(&format!("init site --lang {lang} -u https://mei.example/digest/")).fine();
        let checked = machine.gen_in("site", &["check", "--hints"]).fine();
        assert!(checked.out.contains("no problems"), "{}{}", checked.out, checked.err);
        assert_eq!(checked.err, "");
        let built = machine.gen_in("site", &["build", "--strict"]).fine();
        assert_eq!(built.err, "");
        let book = machine.read("site/book.toml");
        assert_eq!(book.contains("# 站点的设置"), lang == "zh");
        let schema: serde_json::Value =
            serde_json::from_str(&machine.read("site/book.schema.json")).unwrap();
        assert!(schema["properties"]["book"].is_object());
        let workflow = machine.read("site/.github/workflows/pages.yml");
        assert!(workflow.contains("${{ steps.pages.outputs.base_url }}"), "{workflow}");
        assert!(workflow.contains(env!("CARGO_PKG_VERSION")), "{workflow}");
    }
}

#[test]
fn the_two_versions_of_the_first_article_are_paired_without_doubt() {
    let machine = Machine::with_site();
    let pages = machine.files();
    let find = |ending: &str| {
        let found = pages.iter().find(|(path, _)| path.ends_with(ending));
        found.map(|(path, _)| path[1..].to_owned()).unwrap()
    };
    let (zh, en) = (find("left-on-read.zh.md"), find("left-on-read.en.md"));
    let aligned = machine.gen_in("", &["align", &zh, &en, "--format", "json"]).fine();
    let pairs: serde_json::Value = serde_json::from_str(&aligned.out).unwrap();
    for block in pairs["blocks"].as_array().unwrap() {
        assert_eq!(
            (block["zh"].as_array().unwrap().len(), &block["zh"].as_array().unwrap().len()),
            (1, &block["en"].as_array().unwrap().len()),
            "{block}"
        );
    }
}

#[test]
fn titles_with_quotes_and_slashes_are_kept() {
    let machine = Machine::new();
    let title = r#"“猫” "税" \ {{ x }}"#;
    machine.gen_in("", &["init", "--title-zh", title]).fine();
    machine.run("build --strict").fine();
    let book: toml::Table = machine.read("book.toml").parse().unwrap();
    for lang in ["zh", "en"] {
        assert_eq!(book["book"]["title"][lang].as_str(), Some(title));
    }
}

#[test]
fn it_never_writes_over_a_file() {
    let machine = Machine::with_site();
    let before = machine.files();
    machine.run("init").problem("file-exists");
    assert_eq!(machine.files(), before);

    // A folder with files that may stay: they do.
    let machine = Machine::new();
    machine.write(".gitignore", "mine\n");
    machine.write("README.md", "# Mine\n");
    let said = machine.run("init").fine();
    assert!(said.err.contains(".gitignore was there"), "{}", said.err);
    assert_eq!(machine.read(".gitignore"), "mine\n");
    machine.run("build --strict").fine();

    // One that the site would not be right with: nothing is written.
    let machine = Machine::new();
    machine.write("content/glossary.toml", "");
    let before = machine.files();
    machine.run("init").problem("file-exists");
    assert_eq!(machine.files(), before);
}

#[test]
fn a_wrong_address_is_wrong_usage() {
    let machine = Machine::new();
    assert_eq!(machine.run("init -u mei.example").code, 2);
    assert!(machine.files().is_empty());
}

/// `script` of util-linux is a terminal for the program.
#[cfg(target_os = "linux")]
mod terminal {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use crate::support::Machine;

    /// Runs a line on a terminal on which an author writes.
    fn on_a_terminal(machine: &Machine, line: &str, typed: &str) -> String {
        let line = format!("{} {line}", machine.program().display());
        let mut child = Command::new("/usr/bin/script")
            .args(["-qec", &line, "/dev/null"])
            .current_dir(machine.home())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    #[test]
    fn on_a_terminal_it_asks() {
        let machine = Machine::new();
        let typed = "串门\n\nMei\nmei.example\nhttps://mei.example/\n";
        let said = on_a_terminal(&machine, "init site", typed);
        assert!(said.contains("The name of the site in English [Digest]:"), "{said}");
        let book: toml::Table = machine.read("site/book.toml").parse().unwrap();
        assert_eq!(book["book"]["title"]["zh"].as_str(), Some("串门"));
        assert_eq!(book["book"]["title"]["en"].as_str(), Some("Digest"));
        assert_eq!(book["book"]["authors"][0].as_str(), Some("Mei"));
        // The first address was none.
        assert!(said.contains("write https://host/path/"), "{said}");
        assert_eq!(book["output"]["html"]["site-url"].as_str(), Some("https://mei.example/"));
    }

    #[test]
    fn what_was_said_is_not_asked_and_an_end_writes_nothing() {
        let machine = Machine::new();
        let said = on_a_terminal(&machine, "init site --author Mei --title-en Visits", "\n\n");
        assert!(!said.contains("in English") && !said.contains("publishes"), "{said}");
        assert!(machine.read("site/book.toml").contains("zh = \"文摘\", en = \"Visits\""));
        let quiet = on_a_terminal(&machine, "init yes --yes", "");
        assert!(!quiet.contains("name of the site"), "{quiet}");
        on_a_terminal(&machine, "init none", "");
        assert!(!machine.path("none").exists());
    }
}
