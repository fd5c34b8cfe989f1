//! The walk over a tree and its schema.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::data::{Entry, Kind, Node};
use super::leaf::{expected, fits, listed, types, words};
use crate::date::{self, Date};
use crate::diag::{Diagnostic, Message, suggest};
use crate::msg;

/// Walks a tree beside its schema and gathers problems.
pub(super) struct Checker<'s> {
    root: &'s Value,
    path: Arc<str>,
    pub(super) out: Vec<Diagnostic>,
}

impl<'s> Checker<'s> {
    pub(super) fn new(root: &'s Value, path: &str) -> Self {
        Checker { root, path: path.into(), out: Vec::new() }
    }

    /// What is right of a value, as JSON; none if nothing is.
    pub(super) fn check(&mut self, node: &Node, schema: &'s Value) -> Option<Value> {
        let mut leaves = Vec::new();
        self.leaves(schema, &mut leaves);
        let fitting: Vec<&Value> =
            leaves.iter().copied().filter(|leaf| fits(&node.kind, leaf)).collect();
        if let Kind::Str(text) = &node.kind
            && !fitting.is_empty()
            && let Some(words) = fitting.iter().map(|leaf| words(leaf)).collect::<Option<Vec<_>>>()
        {
            return self.word(node, text, &words.concat());
        }
        match fitting.as_slice() {
            [] => self.wrong_type(node, &leaves),
            [leaf] => self.leaf(node, leaf),
            several => self.best(node, several),
        }
    }

    /// The schemas that a schema stands for: references followed, alternatives opened.
    fn leaves(&self, schema: &'s Value, out: &mut Vec<&'s Value>) {
        let target = schema.get("$ref").and_then(Value::as_str);
        if let Some(pointer) = target.and_then(|target| target.strip_prefix('#')) {
            if let Some(target) = self.root.pointer(pointer) {
                self.leaves(target, out);
            }
            return;
        }
        let alternatives = schema.get("anyOf").or(schema.get("oneOf")).and_then(Value::as_array);
        match alternatives {
            Some(alternatives) => alternatives.iter().for_each(|each| self.leaves(each, out)),
            None => out.push(schema),
        }
    }

    /// The alternative with the fewest problems.
    fn best(&mut self, node: &Node, leaves: &[&'s Value]) -> Option<Value> {
        let tried = leaves.iter().map(|leaf| {
            let mut checker = Checker { root: self.root, path: self.path.clone(), out: Vec::new() };
            let value = checker.leaf(node, leaf);
            (checker.out, value)
        });
        let (problems, value) = tried.min_by_key(|(problems, _)| problems.len())?;
        self.out.extend(problems);
        value
    }

    fn leaf(&mut self, node: &Node, leaf: &'s Value) -> Option<Value> {
        match &node.kind {
            Kind::Str(text) if leaf["format"] == date::FORMAT => match Date::parse(text) {
                Ok(date) => Some(Value::from(date.iso())),
                Err(message) => {
                    self.report("bad-date", node, message, None);
                    None
                }
            },
            Kind::Int(number) => self.number(node, *number, leaf),
            Kind::Array(items) => match leaf.get("items") {
                Some(schema) => {
                    Some(items.iter().filter_map(|item| self.check(item, schema)).collect())
                }
                None => Some(node.to_json()),
            },
            Kind::Table(entries) => self.table(node, entries, leaf),
            _ => Some(node.to_json()),
        }
    }

    fn number(&mut self, node: &Node, number: i64, leaf: &Value) -> Option<Value> {
        let low = leaf["minimum"].as_f64().filter(|low| (number as f64) < *low);
        let high = leaf["maximum"].as_f64().filter(|high| (number as f64) > *high);
        let (message, help) = match (low, high) {
            (Some(low), _) => (
                msg!("{number} is too small", "{number} 太小了"),
                msg!("the least is {low}", "最小是 {low}"),
            ),
            (_, Some(high)) => (
                msg!("{number} is too large", "{number} 太大了"),
                msg!("the most is {high}", "最大是 {high}"),
            ),
            _ => return Some(Value::from(number)),
        };
        self.report("out-of-range", node, message, Some(help));
        None
    }

    fn table(&mut self, node: &Node, entries: &[Entry], leaf: &'s Value) -> Option<Value> {
        let properties = leaf.get("properties").and_then(Value::as_object);
        let free = leaf.get("additionalProperties");
        let mut object = Map::new();
        for entry in entries {
            let schema = properties.and_then(|known| known.get(&entry.key)).or(free);
            match schema {
                Some(Value::Bool(false)) => self.unknown_key(entry, properties),
                _ if entry.value.kind == Kind::Null => {}
                None | Some(Value::Bool(true)) => {
                    object.insert(entry.key.clone(), entry.value.to_json());
                }
                Some(schema) => {
                    if let Some(value) = self.check(&entry.value, schema) {
                        object.insert(entry.key.clone(), value);
                    }
                }
            }
        }
        let required = leaf.get("required").and_then(Value::as_array).into_iter().flatten();
        let mut complete = true;
        for key in required.filter_map(Value::as_str) {
            complete &= object.contains_key(key);
            if entries.iter().all(|entry| entry.key != key || entry.value.kind == Kind::Null) {
                let message = msg!("the key “{key}” is missing", "缺少键“{key}”");
                let help = msg!("add {key}", "请补上 {key}");
                self.report("missing-key", node, message, Some(help));
            }
        }
        complete.then_some(Value::Object(object))
    }

    fn unknown_key(&mut self, entry: &Entry, known: Option<&'s Map<String, Value>>) {
        let key = &entry.key;
        let names = || known.into_iter().flatten().map(|(name, _)| name.as_str());
        let message = msg!("unknown key “{key}”", "未知的键“{key}”");
        let mut problem =
            Diagnostic::error("unknown-key", self.path.clone(), entry.key_span.clone(), message);
        problem.help = match suggest(key, names()) {
            Some(near) => Some(msg!("did you mean “{near}”?", "是不是“{near}”？")),
            None => match self.home(key) {
                Some(table) => {
                    Some(msg!("“{key}” belongs in [{table}]", "“{key}”应写在 [{table}] 里"))
                }
                None if names().any(|name| name == "extra") => Some(msg!(
                    "keys of your own, for templates, belong in the table [extra]",
                    "自己的、给模板用的键，请写在 [extra] 表里"
                )),
                None => listed(names()),
            },
        };
        self.out.push(problem);
    }

    /// The table of the schema that has a key, if it is one alone: where a misplaced key belongs.
    fn home(&self, key: &str) -> Option<String> {
        let mut found = Vec::new();
        self.find(self.root, key, &mut Vec::new(), &mut found);
        (found.len() == 1).then(|| found.swap_remove(0)).filter(|table| !table.is_empty())
    }

    fn find(&self, schema: &'s Value, key: &str, at: &mut Vec<&'s str>, found: &mut Vec<String>) {
        let mut leaves = Vec::new();
        self.leaves(schema, &mut leaves);
        for properties in leaves.iter().filter_map(|leaf| leaf["properties"].as_object()) {
            if properties.contains_key(key) {
                found.push(at.join("."));
            }
            for (name, inner) in properties {
                at.push(name);
                if at.len() < 8 {
                    self.find(inner, key, at, found);
                }
                at.pop();
            }
        }
    }

    fn word(&mut self, node: &Node, text: &str, words: &[&str]) -> Option<Value> {
        if words.contains(&text) {
            return Some(Value::from(text));
        }
        let message = msg!("unknown value “{text}”", "未知的值“{text}”");
        let help = match suggest(text, words.iter().copied()) {
            Some(near) => Some(msg!("did you mean “{near}”?", "是不是“{near}”？")),
            None => listed(words.iter().copied()),
        };
        self.report("unknown-value", node, message, help);
        None
    }

    fn wrong_type(&mut self, node: &Node, leaves: &[&Value]) -> Option<Value> {
        let mut names: Vec<Message> = Vec::new();
        for name in leaves.iter().flat_map(|leaf| types(leaf).map(|name| expected(name, leaf))) {
            if let Some(name) = name.filter(|name| !names.contains(name)) {
                names.push(name);
            }
        }
        let en = names.iter().map(|name| name.en.as_str()).collect::<Vec<_>>().join(" or ");
        let zh = names.iter().map(|name| name.zh.as_str()).collect::<Vec<_>>().join("或");
        let Message { en: found_en, zh: found_zh } = node.describe();
        let message = msg!("expected {en}, found {found_en}", "这里应是{zh}，写的却是{found_zh}");
        let text = leaves.iter().any(|leaf| types(leaf).any(|name| name == "string"));
        let scalar =
            matches!(node.kind, Kind::Bool(_) | Kind::Int(_) | Kind::Float(_) | Kind::Date(_));
        let list = leaves.iter().any(|leaf| types(leaf).any(|name| name == "array"));
        let help = if text && scalar {
            Some(msg!("put it in double quotes", "请加上双引号"))
        } else if list && matches!(node.kind, Kind::Str(_)) {
            Some(msg!("write it as a list: [\"…\"]", "请写成列表：[\"…\"]"))
        } else {
            None
        };
        self.report("wrong-type", node, message, help);
        None
    }

    fn report(&mut self, code: &'static str, node: &Node, message: Message, help: Option<Message>) {
        let mut problem = Diagnostic::error(code, self.path.clone(), node.span.clone(), message);
        problem.help = help;
        self.out.push(problem);
    }
}
