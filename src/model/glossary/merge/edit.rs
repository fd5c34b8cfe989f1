//! Changes to glossary.toml that leave all else of it as it is.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::parse::exchange::field::Field;
use crate::parse::term::Term;

/// The key of the list of terms.
const TERMS: &str = "term";

/// Adds a term behind the others.
pub(super) fn add(doc: &mut DocumentMut, term: &Term) {
    let mut table = Table::new();
    let is_first = doc.as_table().is_empty();
    table.decor_mut().set_prefix(if is_first { "" } else { "\n" });
    for field in Field::ALL {
        let values = field.of(term);
        if !values.is_empty() {
            put(&mut table, field, value(field, &values));
        }
    }
    let terms = doc.entry(TERMS).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match terms {
        Item::ArrayOfTables(terms) => terms.push(table),
        Item::Value(Value::Array(terms)) => terms.push(table.into_inline_table()),
        // The file was read as a list of terms.
        _ => {}
    }
}

/// Makes a field of the term at a place say something. A list that only grows keeps what it has,
/// with the comments in it.
pub(super) fn set(
    doc: &mut DocumentMut,
    at: usize,
    field: Field,
    ours: &[String],
    theirs: &[String],
) {
    let table: Option<&mut dyn TableLike> = match doc.get_mut(TERMS) {
        Some(Item::ArrayOfTables(terms)) => terms.get_mut(at).map(|table| table as _),
        Some(Item::Value(Value::Array(terms))) => {
            terms.get_mut(at).and_then(Value::as_inline_table_mut).map(|table| table as _)
        }
        _ => None,
    };
    let Some(table) = table else { return };
    let grows = !ours.is_empty() && ours.iter().all(|one| theirs.contains(one));
    if field.is_list()
        && grows
        && let Some(list) = leaf(table, field).and_then(Item::as_array_mut)
    {
        return theirs.iter().filter(|one| !ours.contains(one)).for_each(|one| list.push(one));
    }
    put(table, field, value(field, theirs));
}

/// The item that holds a field, where it is written.
fn leaf(table: &mut dyn TableLike, field: Field) -> Option<&mut Item> {
    match field.name().split_once('.') {
        None => table.get_mut(field.name()),
        Some((outer, inner)) => table.get_mut(outer)?.as_table_like_mut()?.get_mut(inner),
    }
}

/// Writes a value where the field stands, with the comment behind it, or as a new key.
fn put(table: &mut dyn TableLike, field: Field, mut value: Value) {
    if let Some(old) = leaf(table, field) {
        if let Some(old) = old.as_value() {
            *value.decor_mut() = old.decor().clone();
        }
        *old = Item::Value(value);
        return;
    }
    let Some((outer, inner)) = field.name().split_once('.') else {
        table.insert(field.name(), Item::Value(value));
        return;
    };
    if table.get(outer).is_none() {
        table.insert(outer, dotted());
    }
    let outer = table.get_mut(outer);
    if let Some(Item::Value(Value::InlineTable(outer))) = outer {
        // The space before the closing brace comes behind the new value.
        let last = outer.iter_mut().last().map(|(_, last)| last);
        if let Some(last) = last.filter(|last| last.decor().suffix().is_some()) {
            value.decor_mut().set_prefix(" ");
            value.decor_mut().set_suffix(last.decor().suffix().cloned().unwrap_or_default());
            last.decor_mut().set_suffix("");
        }
        outer.insert(inner, value);
    } else if let Some(outer) = outer.and_then(Item::as_table_like_mut) {
        outer.insert(inner, Item::Value(value));
    }
}

/// A table whose keys are written with a dot: `definition.zh = "…"`.
fn dotted() -> Item {
    let mut table = InlineTable::new();
    table.set_dotted(true);
    Item::Value(Value::InlineTable(table))
}

fn value(field: Field, values: &[String]) -> Value {
    let first = values.first().cloned().unwrap_or_default();
    if field.is_list() {
        return Value::Array(values.iter().collect::<Array>());
    }
    match (field, first.parse::<toml_edit::Datetime>()) {
        (Field::FirstSeen, Ok(date)) => Value::from(date),
        _ => Value::from(first),
    }
}

/// The document as text, with the byte order mark and the line ends of the text that it was.
pub(super) fn written(doc: &DocumentMut, before: &str) -> String {
    let mut text = doc.to_string();
    if before.contains("\r\n") {
        text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    match before.starts_with('\u{feff}') {
        true => format!("\u{feff}{text}"),
        false => text,
    }
}
