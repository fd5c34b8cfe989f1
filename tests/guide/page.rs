//! The blocks of code of a page. What stands behind the three backquotes says what is done with one:
//!
//! | begins with | is |
//! |---|---|
//! | `console` | commands behind `$`, each with what it prints where that is shown; `…` stands for anything |
//! | `toml name=book.toml`, or another language and path | a file, written as it stands |
//! | `toml name=book.toml +` | what is added to a file: TOML is merged into its tables, other text goes to the end |
//! | `markdown` | a text for `gen render`; with a block `html` behind it, which is what comes out |
//! | `text` | files that are there: the first word of each line |

use serde_json::Value;

/// A fenced block of code.
#[derive(Debug)]
pub struct Block {
    /// What stands behind the fence.
    pub info: String,
    /// What it holds.
    pub text: String,
}

impl Block {
    pub fn language(&self) -> &str {
        self.info.split(' ').next().unwrap_or_default()
    }

    pub fn path(&self) -> Option<&str> {
        self.info.split(' ').nth(1)?.strip_prefix("name=")
    }

    /// Whether it is added to a file that is there.
    pub fn is_added(&self) -> bool {
        self.info.split(' ').nth(2) == Some("+")
    }
}

/// The fenced blocks of a page, in order; those in list items without their indentation.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let fence: String = line.trim_start().chars().take_while(|c| *c == '`').collect();
        if fence.len() < 3 {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let info = line.trim().trim_start_matches('`').to_owned();
        let inside = lines.by_ref().take_while(|line| line.trim() != fence);
        let text = inside.map(|line| line.get(indent..).unwrap_or_default().to_owned() + "\n");
        found.push(Block { info, text: text.collect() });
    }
    found
}

/// The code in the sentences of a page.
pub fn inline_code(page: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in page.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if !fenced {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

/// Whether a schema has a table, or a key in it: `glossary]`, `output.html] cname`.
pub fn is_key(schema: &Value, written: &str) -> bool {
    let Some((table, key)) = written.split_once(']') else { return false };
    let key = key.trim().split([' ', '=']).next().unwrap_or_default();
    let mut node = schema;
    for part in table.split('.').chain((!key.is_empty()).then_some(key)) {
        let Some(inner) = node["properties"].get(part) else {
            // A table whose keys are free, as the names of tags are.
            return node.get("additionalProperties").is_some_and(Value::is_object);
        };
        let reference = inner["$ref"].as_str().or(inner["allOf"][0]["$ref"].as_str());
        node = match reference.and_then(|reference| reference.strip_prefix('#')) {
            Some(pointer) => schema.pointer(pointer).unwrap_or(inner),
            None => inner,
        };
    }
    true
}
