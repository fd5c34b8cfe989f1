//! The documentation against the program: generated pages are current, no key is left out, links
//! lead somewhere, and the words of the theme are all there and all used.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the repository")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use digest_gen::diag::Severity;
use digest_gen::diag::codes::{CODES, When};
use digest_gen::lang::Lang;
use digest_gen::parse::front_matter::{FrontMatter, PageCheck, PageGlossary, Source};
use digest_gen::parse::term::Term;
use digest_gen::reference;
use schemars::{JsonSchema, schema_for};

/// The pages of the documentation.
const PAGES: [&str; 12] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/alignment.md",
    "docs/checks.md",
    "docs/site.md",
    "docs/book.md",
    "docs/exchange.md",
    "docs/serve.md",
    "docs/templates.md",
    "docs/search.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default().replace("\r\n", "\n")
}

/// Holds a generated page to what is generated now, or writes it when GEN_BLESS=1 asks for that.
fn is_current(path: &str, generated: &str) {
    let current = read(path) == generated;
    if !current && std::env::var("GEN_BLESS").is_ok_and(|bless| bless == "1") {
        fs::write(root().join(path), generated).unwrap();
    }
    assert!(read(path) == generated, "{path}: run GEN_BLESS=1 cargo test, and look at the change");
}

#[test]
fn the_page_about_templates_is_current() {
    is_current("docs/templates.md", &reference::templates());
}

#[test]
fn the_schemas_of_exports_are_current() {
    use digest_gen::render::machine::{cards, termbase};
    is_current("docs/glossary.schema.json", &termbase::schema());
    is_current("docs/vocabulary.schema.json", &cards::schema());
}

#[test]
fn the_page_about_settings_is_current() {
    is_current("docs/book.md", &reference::settings());
}

#[test]
fn the_guide_to_settings_is_current_and_in_both_languages() {
    for lang in Lang::ALL {
        let (page, unsaid) = reference::settings_guide(lang);
        assert!(
            unsaid.is_empty(),
            "src/reference/settings.zh.toml: missing or unused: {unsaid:#?}"
        );
        is_current(&format!("content/guide/configuration.{lang}.md"), &page);
    }
}

/// The templates of the theme, by name, with their text.
fn templates() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("templates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                let name = path.strip_prefix("templates").unwrap();
                let name = name.to_str().unwrap().replace('\\', "/");
                found.push((name, read(path.to_str().unwrap())));
            }
        }
    }
    assert!(found.len() >= 10, "{found:?}");
    found
}

#[test]
fn every_template_is_documented() {
    let page = read("docs/templates.md");
    for (name, _) in templates() {
        assert!(page.contains(&format!("| `{name}` |")), "{name}");
    }
}

#[test]
fn every_key_of_front_matter_and_glossary_is_documented() {
    fn check<T: JsonSchema>(page: &str) {
        let schema = schema_for!(T).to_value();
        for key in schema["properties"].as_object().unwrap().keys() {
            assert!(page.contains(&format!("| `{key}` |")), "{key}");
        }
    }
    let page = read("docs/site.md");
    check::<FrontMatter>(&page);
    check::<Source>(&page);
    check::<PageGlossary>(&page);
    check::<PageCheck>(&page);
    check::<Term>(&page);
}

/// What follows a mark in a text, as long as it looks like a key.
fn keys_after<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = String> + 'a {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let marks = text.match_indices(mark).filter(move |(at, _)| !text[..*at].ends_with(is_name));
    marks.map(move |(at, _)| text[at + mark.len()..].chars().take_while(|c| is_name(*c)).collect())
}

#[test]
fn the_words_of_the_theme_are_there_in_both_languages_and_all_used() {
    let strings: toml::Table = read("templates/strings.toml").parse().unwrap();
    let keys = |lang: &str| -> BTreeSet<String> {
        strings[lang].as_table().unwrap().keys().cloned().collect()
    };
    assert_eq!(keys("zh"), keys("en"));
    let text: String = templates().into_iter().map(|(_, text)| text).collect();
    let used: BTreeSet<String> =
        keys_after(&text, "ui.").chain(keys_after(&text, "ui_other.")).collect();
    // `ui["pos_" ~ …]` uses every key that begins so.
    let beginnings: BTreeSet<String> = keys_after(&text, "ui[\"").collect();
    let begun = |key: &String| beginnings.iter().any(|begin| key.starts_with(begin));
    let plain: BTreeSet<String> = keys("en").into_iter().filter(|key| !begun(key)).collect();
    assert_eq!(used, plain, "left: used in templates; right: in strings.toml");
}

/// The code in a page's running text.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with("```")).flat_map(|line| {
        line.split('`').enumerate().filter(|(at, _)| at % 2 == 1).map(|(_, code)| code)
    })
}

#[test]
fn files_and_tests_that_are_named_exist() {
    let tests: String = ["tests", "tests/site"]
        .into_iter()
        .flat_map(|folder| fs::read_dir(root().join(folder)).unwrap())
        .filter_map(|entry| fs::read_to_string(entry.unwrap().path()).ok())
        .collect();
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = read(page);
        for name in code(&text).filter(|code| code.ends_with(".rs") && code.contains('/')) {
            let exists = root().join(name).exists() || root().join("src").join(name).exists();
            assert!(exists, "{page}: {name}");
        }
        let is_test = |code: &&str| {
            let plain = code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            plain && code.matches('_').count() > 2
        };
        for name in code(&text).filter(is_test) {
            assert!(tests.contains(&format!("fn {name}()")), "{page}: {name}");
        }
    }
}

/// The targets of the links of a page, code left out.
fn links(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if !fenced {
            let plain: String = line.split('`').step_by(2).collect();
            let targets = plain.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            found.extend(targets.map(str::to_owned));
        }
    }
    found
}

/// The anchors of a page's headings, by GitHub's rule as far as these pages need it.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter_map(|line| line.strip_prefix('#'));
    headings
        .map(|heading| {
            let kept = heading.trim_start_matches('#').trim().to_lowercase();
            kept.chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
                .map(|c| if c == ' ' { '-' } else { c })
                .collect()
        })
        .collect()
}

#[test]
fn links_lead_somewhere() {
    for page in PAGES {
        let text = read(page);
        assert!(!text.is_empty(), "{page}");
        for link in links(&text).iter().filter(|link| !link.starts_with("https://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let folder = Path::new(page).parent().unwrap();
            let target = if path.is_empty() { page.into() } else { folder.join(path) };
            assert!(root().join(&target).exists(), "{page}: {link}");
            let there = read(target.to_str().unwrap());
            assert!(anchor.is_empty() || anchors(&there).contains(anchor), "{page}: {link}");
        }
    }
}

/// The sections of docs/checks.md that are about a code: its name and what it says.
fn code_sections(page: &str) -> Vec<(&str, &str)> {
    let sections = page.split("\n### ").skip(1);
    sections.filter_map(|section| section.split_once('\n')).collect()
}

#[test]
fn every_code_is_documented_as_it_is() {
    let page = read("docs/checks.md");
    let sections = code_sections(&page);
    let names: Vec<&str> = sections.iter().map(|(name, _)| *name).collect();
    let known: Vec<&str> = CODES.iter().map(|code| code.name).collect();
    assert_eq!(names, known, "left: sections of docs/checks.md; right: src/diag/codes.rs");
    for (code, (name, text)) in CODES.iter().zip(&sections) {
        let kind = match (code.severity, code.when) {
            (Severity::Error, _) => "*Error, in every build.*",
            (Severity::Warning, When::Always) => "*Warning, in every build.*",
            (Severity::Warning, When::Check) => "*Warning of `gen check`.*",
            (Severity::Warning, When::External) => "*Warning of `gen check --external`.*",
            (Severity::Hint, When::External) => "*Hint of `gen check --external`.*",
            (Severity::Hint, _) => "*Hint of `gen check`.*",
        };
        let meaning = code.meaning(Lang::En);
        let first = meaning[..1].to_uppercase() + &meaning[1..];
        let begin = format!("\n{kind} {first}.\n\n");
        let example = text.strip_prefix(begin.as_str());
        assert!(example.is_some_and(|rest| rest.trim().len() > 10), "{name}: {begin}");
    }
}

#[test]
fn every_code_is_used_and_every_used_code_is_in_the_table() {
    let mut names: Vec<&str> = CODES.iter().map(|code| code.name).collect();
    let sources: String = sources("src")
        .into_iter()
        .filter(|(path, _)| !path.ends_with("diag/codes.rs"))
        .map(|(_, text)| text)
        .collect();
    for name in &names {
        assert!(sources.contains(&format!("\"{name}\"")), "{name} is used nowhere");
    }
    names.sort_unstable();
    for pair in names.windows(2) {
        assert_ne!(pair[0], pair[1], "a code stands twice in the table");
    }
    for start in ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::hint("] {
        for call in sources.split(start).skip(1) {
            // What is no literal is held by an assertion of `Diagnostic` in every test.
            let Some(code) = call.trim_start().strip_prefix('"') else { continue };
            let code = code.split('"').next().unwrap();
            assert!(names.contains(&code), "{code} is not in src/diag/codes.rs");
        }
    }
}

/// The Rust files of a folder, with their text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            found.extend(sources(&path));
        } else if path.ends_with(".rs") {
            found.push((path.clone(), read(&path)));
        }
    }
    found
}
