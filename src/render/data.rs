//! The files of `data/`, for templates: `data/team/people.toml` is `data.team.people`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diag::{Diagnostic, suggest};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::msg;
use crate::parse::{data, doc};
use crate::source::{File, Sources};

/// The folder, beside book.toml.
const FOLDER: &str = "data/";

/// What is in `data/`.
pub struct Data {
    /// What templates see as `data`.
    pub value: tera::Value,
    /// Of all that it was read from.
    pub fingerprint: Fingerprint,
}

/// A value, or a folder of them.
enum Place {
    Value(Arc<str>, Value),
    Folder(Arc<str>, BTreeMap<String, Place>),
}

impl Data {
    /// Reads the files that have changed. `other` are files in the folder that something else reads.
    pub fn load(
        sources: &Sources,
        other: Option<&str>,
        memo: &Memo,
    ) -> Arc<(Data, Vec<Diagnostic>)> {
        let files = || {
            let all = sources.files.iter().filter_map(|(path, file)| {
                let name = path.strip_prefix(FOLDER)?;
                Some((path, name, file))
            });
            all.filter(|(path, ..)| other != Some(&***path))
        };
        let key = files()
            .fold(Hasher::new().str("data"), |key, (path, _, file)| {
                key.str(path).with(file.fingerprint)
            })
            .finish();
        memo.get(Stage::Templates, key, || {
            let (mut top, mut problems) = (BTreeMap::new(), Vec::new());
            for (path, name, file) in files() {
                let read = read(path, file, memo);
                problems.extend(read.1.iter().cloned());
                if let Some(value) = &read.0 {
                    put(&mut top, path, name, value, &mut problems);
                }
            }
            let value = tera::Value::try_from_serializable(&values(top));
            let value = value.unwrap_or_else(|_| tera::Value::none());
            (Data { value, fingerprint: key }, problems)
        })
    }
}

/// A file as a value; none where it is not right, or of no known format.
fn read(path: &Arc<str>, file: &File, memo: &Memo) -> Arc<(Option<Value>, Vec<Diagnostic>)> {
    let key = Hasher::new().str("data").str(path).with(file.fingerprint).finish();
    memo.get(Stage::Parse, key, || {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if !data::ENDINGS.contains(&ending) {
            return (None, vec![unknown(path, ending)]);
        }
        let mut problems = Vec::new();
        let text = doc::text(path, &file.bytes, &mut problems);
        if !problems.is_empty() {
            return (None, problems);
        }
        let node = data::parse_file(path, text, &mut problems);
        (node.map(|node| node.in_order()), problems)
    })
}

/// Puts a value where its path says: folders are tables.
fn put(
    top: &mut BTreeMap<String, Place>,
    path: &Arc<str>,
    name: &str,
    value: &Value,
    problems: &mut Vec<Diagnostic>,
) {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut parts: Vec<&str> = stem.split('/').collect();
    let last = parts.pop().unwrap_or_default();
    let mut folder = top;
    for part in parts {
        let inner = || Place::Folder(path.clone(), BTreeMap::new());
        folder = match folder.entry(part.to_owned()).or_insert_with(inner) {
            Place::Folder(_, inside) => inside,
            Place::Value(other, _) => return problems.push(twice(path, other)),
        };
    }
    match folder.get(last) {
        None => drop(folder.insert(last.to_owned(), Place::Value(path.clone(), value.clone()))),
        Some(Place::Folder(other, _) | Place::Value(other, _)) => {
            problems.push(twice(path, other));
        }
    }
}

fn values(folder: BTreeMap<String, Place>) -> Value {
    let value = |place| match place {
        Place::Value(_, value) => value,
        Place::Folder(_, inside) => values(inside),
    };
    Value::Object(
        folder.into_iter().map(|(name, place)| (name, value(place))).collect::<Map<_, _>>(),
    )
}

fn unknown(path: &Arc<str>, ending: &str) -> Diagnostic {
    let text = msg!(
        "data is TOML, YAML, JSON or CSV: templates do not see this file",
        "数据文件要用 TOML、YAML、JSON 或 CSV：模板看不到这个文件"
    );
    let problem = Diagnostic::warning("unknown-data", path.clone(), None, text);
    problem.help(match suggest(&ending.to_lowercase(), data::ENDINGS) {
        Some(near) => msg!("should its name end in .{near}?", "文件名是不是应当以 .{near} 结尾？"),
        None => msg!(
            "put files that are published into static/, and others outside of data/",
            "要发布的文件请放进 static/，其他的请放在 data/ 之外"
        ),
    })
}

fn twice(path: &Arc<str>, other: &Arc<str>) -> Diagnostic {
    let text = msg!(
        "templates know this file by the same name as {other}",
        "在模板里，这个文件和 {other} 同名"
    );
    let problem = Diagnostic::error("same-data", path.clone(), None, text);
    problem.help(msg!(
        "rename one of them: endings are no part of the name, and a folder is a table",
        "请给其中一个改名：扩展名不算在名称里，文件夹就是一个表"
    ))
}
