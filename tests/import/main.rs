//! Sites of other generators brought over: pages in, pages out, and no link that breaks.
//!
//! `hugo/`, `zola/`, `hexo/` and `jekyll/` hold small sites, in which each thing that is to be read stands once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "reads the sites of the fixtures, runs their generators, and tells what came of it"
)]

mod real;

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr as _;
use std::sync::Arc;

use digest_gen::diag::{Diagnostic, Severity};
use digest_gen::memo::Memo;
use digest_gen::migrate::{Files, Generator, Migrated, migrate};
use digest_gen::source::{File, Now, Options, Sources};
use digest_gen::{Built, build};

/// The files of a folder, by their paths in it.
fn files(root: &Path) -> Files {
    fn walk(root: &Path, folder: &Path, files: &mut Files) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                files.insert(Arc::from(name), File::new(std::fs::read(&path).unwrap()));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(root, root, &mut found);
    found
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

fn brought(generator: Generator, name: &str) -> Migrated {
    migrate(generator, &files(&fixture(name)))
}

/// The site that was made, built.
fn built(made: &Migrated) -> Built {
    let files =
        made.files.iter().map(|(path, bytes)| (path.as_str().into(), File::new(bytes.clone())));
    let now = Now {
        instant: jiff::Timestamp::from_str("2026-06-01T04:00:00Z").unwrap(),
        local: jiff::civil::date(2026, 6, 1).at(12, 0, 0, 0),
    };
    let sources = Sources {
        files: files.collect(),
        diagnostics: Vec::new(),
        options: Options::default(),
        now,
    };
    build(&sources, &mut Memo::new())
}

/// A built site without an error.
#[track_caller]
fn fine(made: &Migrated) -> Built {
    let built = built(made);
    let errors: Vec<&Diagnostic> =
        built.diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{:#?}", made.files.keys());
    built
}

/// Fails unless a site answers at some addresses.
#[track_caller]
fn answers(built: &Built, addresses: &[&str]) {
    for address in addresses {
        let path = address.trim_start_matches('/');
        let path = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        assert!(
            built.outputs.contains_key(path.as_str()),
            "{address} is gone: {:#?}",
            built.outputs.keys()
        );
    }
}

#[track_caller]
fn text(made: &Migrated, path: &str) -> String {
    let bytes =
        made.files.get(path).unwrap_or_else(|| panic!("no {path} in {:#?}", made.files.keys()));
    String::from_utf8(bytes.clone()).unwrap()
}

/// Fails unless a file of a site that was made holds some texts.
#[track_caller]
fn holds(made: &Migrated, path: &str, texts: &[&str]) {
    let text = text(made, path);
    for part in texts {
        assert!(text.contains(part), "`{part}` is not in {path}:\n{text}");
    }
}

/// The notes, each as `path:line text`.
fn notes(made: &Migrated) -> Vec<String> {
    let one = |note: &digest_gen::migrate::Note| {
        let line = note.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line} {}", note.path, note.text.en)
    };
    made.notes.iter().map(one).collect()
}

/// Fails unless each of some beginnings is that of one note, and there are no others.
#[track_caller]
fn told(made: &Migrated, expected: &[&str]) {
    let notes = notes(made);
    let all = notes.len() == expected.len()
        && notes.iter().zip(expected).all(|(note, part)| note.starts_with(part));
    assert!(all, "{notes:#?}\nare not\n{expected:#?}");
}

#[test]
fn hugo() {
    let made = brought(Generator::Hugo, "hugo");
    assert_eq!(made.pages, (13, 13));
    let built = fine(&made);
    answers(
        &built,
        &[
            "/",
            "/zh-cn/posts/first-cup/",
            "/posts/first-cup/",
            "/old/first-cup/",
            "/posts/early/",
            "/zh-cn/teahouse/",
            "/teahouse/door.gif",
            "/2024/05/open/",
            "/who-we-are/",
            "/zh-cn/2024/05/休息/",
            "/tags/green-tea/",
            "/zh-cn/tags/cats/",
            "/images/cup.gif",
        ],
    );
    holds(
        &made,
        "content/posts/first-cup.en.md",
        &[
            "date = 2024-03-05T08:00:00+08:00",
            "tags = [\"green-tea\", \"cats\"]",
            "summary = \"How the morning",
            "[extra]\ndifficulty = 3",
            "[the second](/posts/second-cup/)",
            "[teahouse](/teahouse/), or /teahouse/.",
            "<!-- gen:figure src=\"/images/cup.gif\" alt=\"A cup\" caption=\"My cup\" -->",
            "```python\nprint(\"[not a link](/nowhere/)\")\n```",
            "`{{< figure src=\"x\" >}}`",
            "`{{< youtube abc123 >}}`",
            "<!--more-->",
        ],
    );
    holds(
        &made,
        "content/posts/second-cup.en.md",
        &["(/posts/first-cup/)", "[home](/)", "(/tags/cats/)"],
    );
    holds(
        &made,
        "content/teahouse/index.en.md",
        &[
            "cover = \"door.gif\"",
            "<!-- gen:details summary=\"Opening hours\" -->\n\n",
            "<!-- /gen:details -->",
        ],
    );
    holds(&made, "content/later.en.md", &["draft = true"]);
    holds(
        &made,
        "book.toml",
        &[
            "title = \"Tea and Cats\"",
            "site-url = \"https://example.org/digest/\"",
            "\"green-tea\" = \"Green Tea\"",
        ],
    );
    told(
        &made,
        &[
            "content/posts/First Cup.md:23 gen has no such call",
            "hugo.toml the language fr is left out",
            "hugo.toml feeds are at /feed.xml now",
            "layouts/ templates",
            "static/style.css left out",
        ],
    );
}

#[test]
fn zola() {
    let made = brought(Generator::Zola, "zola");
    assert_eq!(made.pages, (8, 8));
    let built = fine(&made);
    answers(
        &built,
        &[
            "/",
            "/blog/",
            "/zh/blog/",
            "/blog/first-cup/",
            "/zh/blog/first-cup/",
            "/old/cup/",
            "/blog/tea-house/",
            "/blog/tea-house/door.gif",
            "/who/we-are/",
            "/tags/green-tea/",
        ],
    );
    holds(
        &made,
        "content/blog/first-cup.en.md",
        &[
            "date = 2024-03-05",
            "[the teahouse](/blog/tea-house/)",
            "[the door](/blog/tea-house/door.gif)",
            "`{{ youtube(id=\"abc\", class=\"wide\") }}`",
            "<!-- gen:quote source=\"Mei\" -->",
            "<!-- /gen:quote -->",
            "[extra]\ndifficulty = 3",
        ],
    );
    holds(
        &made,
        "content/blog/tea-house/index.en.md",
        &["gen:figure src=\"door.gif\" alt=\"The door\" caption=\"Come in\""],
    );
    told(
        &made,
        &["content/blog/2024-03-05-first-cup.md:11 gen has no such call", "templates/ templates"],
    );
}

#[test]
fn hexo() {
    let made = brought(Generator::Hexo, "hexo");
    assert_eq!(made.pages, (8, 7));
    let built = fine(&made);
    answers(
        &built,
        &[
            "/",
            "/2024/03/05/第一杯/",
            "/2024/03/05/第一杯/door.gif",
            "/2024/03/06/second-cup/",
            "/2024/03/06/en/second-cup/",
            "/places/teahouse/",
            "/about/",
            "/en/about/",
            "/archives/",
            "/archives/2024/03/",
            "/page/2/",
            "/tags/绿茶/",
            "/categories/笔记/早晨/",
            "/images/cup.gif",
        ],
    );
    holds(
        &made,
        "content/posts/第一杯/index.zh.md",
        &[
            "date = 2024-03-05T08:00:00",
            "categories = [\"笔记\", \"早晨\"]",
            "cover = \"/images/cup.gif\"",
            "[第二杯](/posts/second-cup/)",
            "[茶馆](/posts/teahouse/)",
            "![门](door.gif)",
            "```python\nprint(\"[not a link](/nowhere/)\")\n```",
            "<!-- gen:quote source=\"陆羽, 茶经\" -->",
            "`{% include_code lang:python cup.py %}`",
            "[茶](https://example.com/tea)",
        ],
    );
    holds(&made, "content/posts/second-cup.zh.md", &["(/posts/第一杯/)", "![杯](/images/cup.gif)"]);
    holds(&made, "content/posts/second-cup.en.md", &["[the archive](/archive/)"]);
    holds(
        &made,
        "content/posts/teahouse.zh.md",
        &["{{ 原样 }}十点", "updated = 2024-04-02T10:00:00"],
    );
    told(
        &made,
        &[
            "_config.yml the old address /tags/Cats/ differs",
            "source/_drafts/later.md:1 it has no date",
            "source/_posts/第一杯.md:24 gen has no such call",
            "source/tags/index.md left out",
        ],
    );
}

#[test]
fn jekyll() {
    let made = brought(Generator::Jekyll, "jekyll");
    assert_eq!(made.pages, (9, 9));
    let built = fine(&made);
    answers(
        &built,
        &[
            "/",
            "/about.html",
            "/zh/guanyu/",
            "/notes/2024/03/05/first-cup.html",
            "/old/cup/",
            "/2024/03/05/first-cup.zh.html",
            "/2024/03/06/Second-Cup.html",
            "/news/open/",
            "/places/teahouse.html",
            "/images/cup.gif",
        ],
    );
    holds(
        &made,
        "content/posts/first-cup.en.md",
        &[
            "date = 2024-03-05",
            "[the second](/posts/Second-Cup/)",
            "[the teahouse](/places/teahouse/)",
            "[by hand](/posts/Second-Cup/#good)",
            "```ruby\nputs \"[not a link](/nowhere/)\"\n```",
            "`{% include video.html id=\"abc\" %}`",
            "![A cup](/images/cup.gif)\n",
        ],
    );
    let first = text(&made, "content/posts/first-cup.en.md");
    assert!(!first.contains("toc") && !first.contains("TOC"), "{first}");
    holds(&made, "content/about.zh.md", &["aliases = [\"/zh/guanyu/\"]"]);
    holds(&made, "content/places/teahouse.en.md", &["kind = \"place\""]);
    holds(&made, "data/cats.yml", &["momo"]);
    told(
        &made,
        &[
            "_posts/2024-03-05-first-cup.md:18 gen has no such call",
            "_posts/2024-03-05-first-cup.md:20 attributes are left out",
            "about.md:6 attributes are left out",
            "assets/main.scss left out",
        ],
    );
}

/// The program itself: what it writes, and what it does not write over.
#[test]
fn nothing_is_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_gen"));
        command.args(["import", "hugo"]).arg(fixture("hugo")).arg(dir.path()).args(args);
        command.env_remove("LANG").env_remove("LC_ALL").output().unwrap()
    };
    let dry = run(&["--dry-run"]);
    assert!(dry.status.success(), "{}", String::from_utf8_lossy(&dry.stderr));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    let mine = dir.path().join("content/posts/second-cup.zh.md");
    std::fs::create_dir_all(mine.parent().unwrap()).unwrap();
    std::fs::write(&mine, "mine").unwrap();
    let refused = run(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("second-cup.zh.md"));
    assert!(!dir.path().join("book.toml").exists(), "all or nothing");
    std::fs::remove_file(&mine).unwrap();
    std::fs::write(dir.path().join("book.toml"), "# mine\n").unwrap();
    let made = run(&[]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert_eq!(std::fs::read_to_string(dir.path().join("book.toml")).unwrap(), "# mine\n");
    assert!(mine.exists());
    let said =
        String::from_utf8_lossy(&made.stdout).into_owned() + &String::from_utf8_lossy(&made.stderr);
    assert!(said.contains("13 of 13 pages brought over"), "{said}");
}

#[test]
fn a_folder_without_a_site_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_gen"));
    let made = command.args(["import", "jekyll"]).arg(dir.path()).arg(dir.path()).output().unwrap();
    assert_eq!(made.status.code(), Some(2));
}
