//! `docs/templates.md`: what templates are given, from the types of [`crate::render::context`].

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde_json::Value;

use super::schema::{Schema, description, name_of};
use crate::render::context::{Archive, Article, Common, Glossary, List, Taxonomy, Term};

/// The templates of pages: the file, the page, and its own variable.
const PAGES: [(&str, &str, &str); 10] = [
    ("home.html", "the home page and its further pages", "list"),
    ("page.html", "an article or another page of text", "article"),
    ("section.html", "a section: a folder of articles", "list"),
    ("taxonomy_list.html", "all tags, categories or issues", "taxonomy"),
    ("taxonomy_single.html", "a tag, a category or an issue", "list"),
    ("archive.html", "the archive, and that of each year", "archive"),
    ("glossary.html", "the indexes of the glossary", "glossary"),
    ("term.html", "a term of the glossary", "term"),
    ("search.html", "the page to search from; `static/search.js` fills it", ""),
    ("404.html", "the page for addresses that lead nowhere", ""),
];

/// The templates that others are made of.
const PARTS: [(&str, &str); 3] = [
    ("base.html", "the frame that all pages extend; it has one block, `main`"),
    ("partials/text.html", "components for texts in two languages: `both`, `one`, `lines`, `date`"),
    (
        "partials/lists.html",
        "components for lists: `card`, `cards`, `pagination`, `trail`, `word`, `entries`, \
         `downloads`",
    ),
];

/// Every variable that a template may be given.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "its schema is what is read")]
struct All {
    common: Common,
    article: Article,
    list: List,
    taxonomy: Taxonomy,
    archive: Archive,
    glossary: Glossary,
    term: Term,
}

const HEAD: &str = "\
<!-- Written from src/render/context.rs: GEN_BLESS=1 cargo test --test docs -->

# Templates

The theme is a set of [Tera](https://keats.github.io/tera/) templates, built into the program.
A file of the same name in your site's `templates/` folder, beside `book.toml`, stands in place of
the built-in one; the others stay. The built-in ones are in the `templates/` folder of this
repository: copy the one that you want to change.

- A template sees the variables below and nothing else: no other pages, no clock, and of files only those
  of `data/` (see [Data](site.md#data)).
- Every variable of a table is there. One that holds nothing is null, an empty text or an empty list,
  as its type says.
- A *bilingual* value is a table with `zh` and `en`: `article.title.zh`, `article.title[lang]`.
- Texts are escaped when they are written. `content`, `head.json_ld` and the sentences of `term.uses`
  are HTML or JSON already: write them with `| safe`.
- Besides Tera's own filters there are `json_encode`, `urlencode` and `slug`.
- The words of the theme (`ui`) are in `templates/strings.toml`, in the tables `[zh]` and `[en]`. A
  site's own `templates/strings.toml` replaces single keys, and may add some.
- Files at the top of `static/`, and those of the theme, are published under names that hold a
  fingerprint too: link to `site.assets[\"style.css\"]`, and browsers never show an old one.
- Front matter may name another template: `template = \"essay.html\"` is `templates/essay.html`, and
  gets what `page.html` gets.
";

/// The page about templates.
pub fn templates() -> String {
    let schema = Schema::of::<All>();
    let mut out = HEAD.to_owned();
    out += "\n## The templates\n\n| template | page | its own variable |\n|---|---|---|\n";
    for (file, page, variable) in PAGES {
        let shown = match variable {
            "" => "none".to_owned(),
            variable => format!("`{variable}`"),
        };
        let _ = writeln!(out, "| `{file}` | {page} | {shown} |");
    }
    out += "\n| template | what it is |\n|---|---|\n";
    for (file, what) in PARTS {
        let _ = writeln!(out, "| `{file}` | {what} |");
    }
    out += "\n## Variables of every template\n\n";
    let common = schema.definition("Common");
    table(&schema, common, &mut out);
    out += "\n## The variable of each kind of page\n";
    let own = ["Article", "List", "Taxonomy", "Archive", "Glossary", "Term"];
    let mut known: Vec<&str> = own.to_vec();
    for name in own {
        section(&schema, name, &mut out);
    }
    out += "\n## Tables inside them\n";
    let first: Vec<&Value> =
        std::iter::once(common).chain(own.iter().map(|name| schema.definition(name))).collect();
    let mut waiting = tables_in(&schema, &first);
    while !waiting.is_empty() {
        waiting.retain(|name| !known.contains(name));
        let name = match waiting.first() {
            Some(name) => *name,
            None => break,
        };
        known.push(name);
        section(&schema, name, &mut out);
        waiting.extend(tables_in(&schema, &[schema.definition(name)]));
    }
    out
}

fn section(schema: &Schema, name: &str, out: &mut String) {
    let definition = schema.definition(name);
    let _ = write!(out, "\n### {name}\n\n{}\n\n", description(definition));
    table(schema, definition, out);
}

fn table(schema: &Schema, definition: &Value, out: &mut String) {
    *out += "| name | type | what it is |\n|---|---|---|\n";
    for field in schema.fields(definition) {
        let (words, what) = (schema.words(field.schema), description(field.schema));
        let _ = writeln!(out, "| `{}` | {words} | {what} |", field.name);
    }
}

/// The names of the tables that the fields of some types hold, in order.
fn tables_in<'a>(schema: &'a Schema, types: &[&'a Value]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for definition in types {
        for field in schema.fields(definition) {
            collect(field.schema, &mut found);
        }
    }
    found.retain(|name| schema.definition(name)["properties"].is_object());
    found
}

/// The names that a schema refers to, at any depth.
fn collect<'a>(schema: &'a Value, found: &mut Vec<&'a str>) {
    found.extend(name_of(schema));
    match schema {
        Value::Object(inner) => inner.values().for_each(|value| collect(value, found)),
        Value::Array(inner) => inner.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}
