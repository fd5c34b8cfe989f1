//! A small site to start with: settings, an article in both languages, a glossary, what publishes it.

use serde::Serialize;

use super::Made;
use crate::config::json_schema;
use crate::date::Date;
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::render::templates;

/// What is asked before a site is made.
#[derive(Debug, Clone, Serialize)]
pub struct Answers {
    /// The name of the site.
    pub title: PerLang<String>,
    /// Who publishes it, if that was said.
    pub author: Option<String>,
    /// Where it will be, if that was said.
    pub site_url: Option<String>,
}

/// A file of the new site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starter {
    /// The file.
    pub made: Made,
    /// Whether another file in its place would not do: one that is there is kept, where it would.
    pub needed: bool,
}

#[derive(Serialize)]
struct Values<'a> {
    #[serde(flatten)]
    answers: &'a Answers,
    date: String,
    version: &'static str,
    repository: &'static str,
}

/// The repository on GitHub that releases gen, `owner/name`: that of Cargo.toml. None where it names none.
pub fn repository() -> Option<&'static str> {
    let name = env!("CARGO_PKG_REPOSITORY").strip_prefix("https://github.com/")?;
    let name = name.trim_end_matches('/');
    Some(name.strip_suffix(".git").unwrap_or(name))
}

/// The files of a new site, with comments in the author's language. `date` is today.
pub fn starter(
    answers: &Answers,
    date: &Date,
    lang: Lang,
) -> Result<Vec<Starter>, Box<Diagnostic>> {
    let repository = repository().unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    let values = Values { answers, date: date.day(), version, repository };
    let book = match lang {
        Lang::Zh => include_str!("../../starter/book.zh.toml"),
        Lang::En => include_str!("../../starter/book.en.toml"),
    };
    let year = date.year();
    let filled: [(String, &str, bool); 9] = [
        ("book.toml".to_owned(), book, true),
        ("content/_index.zh.md".to_owned(), include_str!("../../starter/index.zh.md"), true),
        ("content/_index.en.md".to_owned(), include_str!("../../starter/index.en.md"), true),
        ("content/glossary.toml".to_owned(), include_str!("../../starter/glossary.toml"), true),
        article(year, "zh", include_str!("../../starter/article.zh.md")),
        article(year, "en", include_str!("../../starter/article.en.md")),
        (".gitignore".to_owned(), include_str!("../../starter/gitignore"), false),
        (
            ".vscode/extensions.json".to_owned(),
            include_str!("../../starter/extensions.json"),
            false,
        ),
        (".github/workflows/pages.yml".to_owned(), include_str!("../../starter/pages.yml"), false),
    ];
    let mut files = Vec::with_capacity(filled.len() + 1);
    for (path, text, needed) in filled {
        let text = templates::fill(&format!("starter/{path}").into(), &text.into(), &values)?;
        files.push(Starter { made: Made { path: path.into(), text }, needed });
    }
    let schema = Made { path: "book.schema.json".into(), text: json_schema() };
    files.push(Starter { made: schema, needed: false });
    Ok(files)
}

fn article(year: i16, lang: &str, text: &'static str) -> (String, &'static str, bool) {
    (format!("content/{year}/left-on-read.{lang}.md"), text, true)
}
