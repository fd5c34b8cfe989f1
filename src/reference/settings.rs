//! The settings of `book.toml`, from the types of [`crate::config`]: `docs/book.md`, and a page of the guide
//! in both languages.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::schema::{Schema, description, values};
use crate::config::Config;
use crate::lang::Lang;

const HEAD: &str = "\
<!-- Written from src/config.rs: GEN_BLESS=1 cargo test --test docs -->

# book.toml

The settings of a site. Every key has a default: an empty file builds. A key that is not listed
here is an error.

A *plain or bilingual text* is a string, or one for each language:
`{ zh = \"文摘\", en = \"Digest\" }`. Where one language is missing, the other stands for it.

Editors that know JSON Schema complete and check the file with [book.schema.json](book.schema.json).
";

/// The beginning of the guide's page, which knows nothing of docs/.
const GUIDE_EN: &str = "\
+++
title = \"Settings Reference\"
summary = \"Every key of book.toml: what it means, what it takes, and what it is when you leave it out.\"
weight = 12
+++

<!-- Written from src/config.rs: GEN_BLESS=1 cargo test --test docs -->

Every key has a default, so an empty `book.toml` builds; a key that is not listed here is an error. A *plain or \
bilingual text* is a string, or one for each language: `{ zh = \"文摘\", en = \"Digest\" }`. Where one language is \
missing, the other stands for it.

`gen init` puts `book.schema.json` next to `book.toml`, by which editors that know JSON Schema complete and check \
the file.
";

const GUIDE_ZH: &str = "\
+++
title = \"设置参考\"
summary = \"book.toml 的每一个键：是什么意思，可以写什么，不写等于什么。\"
weight = 12
+++

<!-- Written from src/config.rs: GEN_BLESS=1 cargo test --test docs -->

每个键都有默认值，所以空的 `book.toml` 也能构建；这里没有列出的键是错误。*单语或双语文字*写成一个字符串，或者每种语言\
一个：`{ zh = \"文摘\", en = \"Digest\" }`。缺了一种语言，就用另一种代替。

`gen init` 在 `book.toml` 旁边放了一个 `book.schema.json`，懂 JSON Schema 的编辑器靠它补全和检查这个文件。
";

/// The Chinese of what the types say, by the English.
const CHINESE: &str = include_str!("settings.zh.toml");

/// The page about settings.
pub fn settings() -> String {
    write(HEAD, &Words::new(Lang::En))
}

/// The same as a page of the guide, and the texts that have no Chinese or are Chinese for nothing.
pub fn settings_guide(lang: Lang) -> (String, BTreeSet<String>) {
    let words = Words::new(lang);
    let page = write(if lang == Lang::Zh { GUIDE_ZH } else { GUIDE_EN }, &words);
    (page, words.unsaid.into_inner())
}

fn write(head: &str, words: &Words) -> String {
    let schema = Schema::of::<Config>();
    let defaults = serde_json::to_value(Config::default()).unwrap_or_default();
    let mut out = head.to_owned();
    let page = Page { schema: &schema, words };
    page.section("", schema.root(), "", &defaults, &mut out);
    out
}

/// What the page says, in a language.
struct Words {
    /// The Chinese by the English; empty for English.
    chinese: toml::Table,
    lang: Lang,
    /// Texts without Chinese, and those of the table that nothing has asked for.
    unsaid: RefCell<BTreeSet<String>>,
}

impl Words {
    fn new(lang: Lang) -> Words {
        let chinese: toml::Table = match lang {
            Lang::Zh => CHINESE.parse().unwrap_or_default(),
            Lang::En => toml::Table::new(),
        };
        let unsaid = RefCell::new(chinese.keys().cloned().collect());
        Words { chinese, lang, unsaid }
    }

    fn either(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.lang == Lang::Zh { zh } else { en }
    }

    /// A text of a type.
    fn text(&self, en: &str) -> String {
        if self.lang == Lang::En || en.is_empty() {
            return en.to_owned();
        }
        let found = self.chinese.get(en).and_then(toml::Value::as_str);
        let mut unsaid = self.unsaid.borrow_mut();
        match found {
            Some(_) => unsaid.remove(en),
            None => unsaid.insert(en.to_owned()),
        };
        found.unwrap_or(en).to_owned()
    }

    /// A kind of value.
    fn kind(&self, en: &str) -> String {
        if self.lang == Lang::En {
            return en.to_owned();
        }
        let inner = |ending: &str| en.strip_prefix(ending).map(|inner| self.kind(inner));
        match en {
            "text" => "文字".to_owned(),
            "number" => "数字".to_owned(),
            "true or false" => "true 或 false".to_owned(),
            "plain or bilingual text" => "单语或双语文字".to_owned(),
            _ => match (inner("list of "), inner("table of ")) {
                (Some(inner), _) => format!("列表，每项是{}", spaced(&inner)),
                (_, Some(inner)) => format!("表，每项是{}", spaced(&inner)),
                _ => en.replace(", ", "、").replace(" or ", " 或 "),
            },
        }
    }
}

/// A Chinese sentence without its full stop.
fn bare(sentence: &str) -> &str {
    sentence.strip_suffix('。').unwrap_or(sentence)
}

/// A text behind a Chinese character: code and Latin letters stand apart from it.
fn spaced(text: &str) -> String {
    let apart = text.starts_with(|c: char| c.is_ascii());
    if apart { format!(" {text}") } else { text.to_owned() }
}

/// The page as it is written.
struct Page<'a> {
    schema: &'a Schema,
    words: &'a Words,
}

impl Page<'_> {
    /// Writes a table of book.toml, then those inside it.
    fn section(&self, name: &str, node: &Value, what: &str, defaults: &Value, out: &mut String) {
        let schema = self.schema;
        let mut fields = schema.fields(schema.resolve(node));
        if name == "languages" {
            fields.sort_by_key(|field| field.name != "zh");
        }
        let is_table = |node: &Value| schema.resolve(node)["properties"].is_object();
        let (tables, keys): (Vec<_>, Vec<_>) =
            fields.into_iter().partition(|field| is_table(field.schema));
        if !keys.is_empty() {
            let _ = write!(out, "\n## [{name}]\n\n");
            if !what.is_empty() {
                let _ = write!(out, "{}\n\n", self.words.text(what));
            }
            *out += self.words.either(
                "| 键 | 类型 | 默认值 | 含义 |\n|---|---|---|---|\n",
                "| key | type | default | what it is |\n|---|---|---|---|\n",
            );
        }
        for key in keys {
            let default = match &defaults[key.name] {
                Value::Null => self.words.either("无", "none").to_owned(),
                value => format!("`{}`", toml(value)),
            };
            let (kind, what) = (schema.words(key.schema), self.meaning(key.schema));
            // TOML has no null: such a key is left out.
            let kind = self.words.kind(kind.trim_end_matches(" or null"));
            let _ = writeln!(out, "| `{}` | {kind} | {default} | {what} |", key.name);
        }
        for table in tables {
            let inner = match name {
                "" => table.name.to_owned(),
                name => format!("{name}.{}", table.name),
            };
            let what = description(table.schema);
            self.section(&inner, table.schema, &what, &defaults[table.name], out);
        }
    }

    /// What a key means, with its bounds and with what each of its values means.
    fn meaning(&self, node: &Value) -> String {
        let words = self.words;
        let mut out = words.text(&description(node));
        if let (Some(least), Some(most)) = (node["minimum"].as_u64(), node["maximum"].as_u64()) {
            let _ = match words.lang {
                Lang::Zh => write!(out, "从 {least} 到 {most}。"),
                Lang::En => write!(out, " From {least} to {most}."),
            };
        }
        let values = values(self.schema.resolve(node));
        let values = values.iter().map(|(value, what)| (value, words.text(what)));
        match words.lang {
            Lang::En => out.extend(values.map(|(value, what)| format!(" `{value}`: {what}"))),
            Lang::Zh => {
                let each = values.map(|(value, what)| format!("`{value}`：{}", bare(&what)));
                let each = each.collect::<Vec<_>>().join("；");
                out += &if each.is_empty() { each } else { each + "。" };
            }
        }
        out
    }
}

fn toml(value: &Value) -> String {
    match value {
        Value::Object(table) if table.is_empty() => "{}".to_owned(),
        Value::Object(table) => {
            // Chinese first, as everywhere.
            let pairs: Vec<_> =
                table.iter().rev().map(|(key, value)| format!("{key} = {}", toml(value))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        other => other.to_string(),
    }
}
