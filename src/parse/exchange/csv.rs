//! The glossary from a table: RFC 4180, and what spreadsheets make of it.
//!
//! The first row names the columns, in any order, as [`Field::name`] does. A byte order mark, line ends
//! of every kind, and `;` or a tab between the cells are what Excel writes in some countries.

use std::ops::Range;

use csv::{ByteRecord, ReaderBuilder};

use super::cells::{split, unguard};
use super::field::Field;
use super::{Imported, Read};
use crate::diag::{self, Diagnostic};
use crate::msg;
use crate::parse::term::{Term, id_problem};

/// Reads a table of terms.
pub fn read(path: &str, text: &str) -> Read {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut table = Table { path, text, between: separator(&text[start..]), problems: Vec::new() };
    let mut rows = table.rows(start).into_iter();
    let Some(columns) = rows.next().and_then(|header| table.columns(&header)) else {
        if table.problems.is_empty() {
            table.no_header();
        }
        return (Vec::new(), table.problems);
    };
    let terms = rows.filter_map(|row| table.term(&columns, &row)).collect();
    (terms, table.problems)
}

/// What stands between the cells: the sign that is most frequent in the first line.
fn separator(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |sign: u8| line.bytes().filter(|byte| *byte == sign).count();
    // Of equals the last one counts, so a comma.
    *b"\t;,".iter().max_by_key(|sign| count(**sign)).unwrap_or(&b',')
}

/// A cell: its text, and its bytes in the file with the quotation marks around them.
struct Cell {
    text: String,
    span: Range<usize>,
}

struct Table<'a> {
    path: &'a str,
    text: &'a str,
    between: u8,
    problems: Vec<Diagnostic>,
}

impl Table<'_> {
    /// The rows that hold something.
    fn rows(&mut self, start: usize) -> Vec<Vec<Cell>> {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(self.between);
        let mut reader = builder.from_reader(&self.text.as_bytes()[start..]);
        let (mut rows, mut record) = (Vec::new(), ByteRecord::new());
        while let Ok(true) = reader.read_byte_record(&mut record) {
            let at = record.position().map_or(0, |position| position.byte() as usize);
            let spans = self.spans(start + at, record.len());
            let cell = |(bytes, span): (&[u8], Range<usize>)| Cell {
                // The text is UTF-8, and cells end at ASCII signs.
                text: String::from_utf8_lossy(bytes).into_owned(),
                span,
            };
            let row: Vec<Cell> = record.iter().zip(spans).map(cell).collect();
            if row.iter().any(|cell| !cell.text.trim().is_empty()) {
                rows.push(row);
            }
        }
        rows
    }

    /// Where the cells of the row at a byte stand; reports a quotation mark that nothing closes.
    fn spans(&mut self, mut at: usize, count: usize) -> Vec<Range<usize>> {
        let bytes = self.text.as_bytes();
        while bytes.get(at).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            at += 1;
        }
        let mut spans = Vec::with_capacity(count);
        for _ in 0..count {
            let start = at;
            if bytes.get(at) == Some(&b'"') {
                at = match closing(bytes, at + 1) {
                    Some(end) => end + 1,
                    None => {
                        self.unclosed(start);
                        bytes.len()
                    }
                };
            }
            while bytes.get(at).is_some_and(|b| *b != self.between && !matches!(b, b'\r' | b'\n')) {
                at += 1;
            }
            spans.push(start..at);
            at += 1;
        }
        spans
    }

    fn unclosed(&mut self, at: usize) {
        let text = msg!("this quotation mark is never closed", "这个引号没有闭合");
        let help = msg!(
            "close it, and write a quotation mark inside of a cell twice",
            "请闭合它；单元格里面的引号要写两遍"
        );
        self.problems.push(Diagnostic::error("bad-table", self.path, at..at + 1, text).help(help));
    }

    fn no_header(&mut self) {
        let text = msg!("there is no row that names the columns", "没有写明各列名称的一行");
        self.problems
            .push(Diagnostic::error("bad-table", self.path, 0..0, text).help(columns_help()));
    }

    /// The field of each column; none if no column holds ids, and no two hold the names of both languages,
    /// by which a term can be found too.
    fn columns(&mut self, header: &[Cell]) -> Option<Vec<Option<Field>>> {
        let mut columns: Vec<Option<Field>> = Vec::new();
        for cell in header {
            let name = cell.text.trim().to_lowercase();
            let field = Field::ALL.into_iter().find(|field| field.name() == name);
            if field.is_some() && columns.contains(&field) {
                let text = msg!("there are two columns “{name}”", "“{name}”列有两个");
                let help = msg!("delete one of them", "请删去一个");
                let problem = Diagnostic::error("bad-table", self.path, cell.span.clone(), text);
                self.problems.push(problem.help(help));
            } else if field.is_none() && !name.is_empty() {
                self.unknown_column(cell, &name);
            }
            columns.push(field);
        }
        let has = |field| columns.contains(&Some(field));
        if has(Field::Id) || has(Field::Zh) && has(Field::En) {
            return Some(columns);
        }
        let span = header.first().map_or(0..0, |cell| cell.span.clone());
        let text = msg!(
            "no column is named “id”, and not two “zh” and “en”",
            "没有名为“id”的列，也没有“zh”和“en”两列"
        );
        self.problems
            .push(Diagnostic::error("bad-table", self.path, span, text).help(columns_help()));
        None
    }

    fn unknown_column(&mut self, cell: &Cell, name: &str) {
        let text = msg!(
            "the column “{name}” is no part of a term, and is left out",
            "“{name}”列不属于词条，已略去"
        );
        let near = diag::suggest(name, Field::ALL.map(Field::name));
        let help = match near {
            Some(near) => msg!("did you mean “{near}”?", "是不是“{near}”？"),
            None => columns_help(),
        };
        let problem = Diagnostic::warning("unknown-column", self.path, cell.span.clone(), text);
        self.problems.push(problem.help(help));
    }

    fn term(&mut self, columns: &[Option<Field>], row: &[Cell]) -> Option<Imported> {
        let span = row.first()?.span.start..row.last()?.span.end;
        if let Some(cell) = row.get(columns.len()..)?.iter().find(|cell| !cell.text.is_empty()) {
            let text = msg!("this cell stands in no column", "这个单元格不在任何一列里");
            let problem = Diagnostic::error("bad-table", self.path, cell.span.clone(), text);
            self.problems.push(problem.help(msg!(
                "put cells that hold a comma into quotation marks",
                "含有逗号的单元格请加引号"
            )));
        }
        let mut imported = Imported { term: Term::default(), span, places: Vec::new() };
        let known = columns.iter().zip(row).filter_map(|(field, cell)| Some(((*field)?, cell)));
        for (field, cell) in known.filter(|(_, cell)| !cell.text.trim().is_empty()) {
            let text = unguard(&cell.text);
            let values = if field.is_list() { split(text) } else { vec![text.to_owned()] };
            if let Err(message) = field.set(&mut imported.term, &values) {
                let problem = Diagnostic::error("bad-value", self.path, cell.span.clone(), message);
                self.problems.push(problem);
            }
            imported.places.push((field, cell.span.clone()));
        }
        imported.span = imported.place(Field::Id);
        // Without an id it may be a term of the glossary by its names.
        let named =
            imported.term.id.is_empty() && imported.term.zh.is_some() && imported.term.en.is_some();
        if let Some((text, help)) = id_problem(&imported.term).filter(|_| !named) {
            let problem = Diagnostic::error("bad-term-id", self.path, imported.span.clone(), text);
            self.problems.push(problem.help(help));
            return None;
        }
        Some(imported)
    }
}

/// The byte of the quotation mark that closes a cell.
fn closing(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'"')?;
        match bytes.get(at + 1) {
            Some(b'"') => at += 2,
            _ => return Some(at),
        }
    }
}

fn columns_help() -> diag::Message {
    let names = Field::ALL.map(Field::name).join(", ");
    msg!("the columns are {names}", "可用的列：{names}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(&'static str, &str)> {
        let (_, problems) = read("x.csv", text);
        problems.iter().map(|p| (p.code, &text[p.span.clone().unwrap_or(0..0)])).collect()
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        let expected = Term {
            id: "cat-tax".to_owned(),
            zh: Some("猫税".to_owned()),
            en: Some("cat, \"tax\"".to_owned()),
            see: vec!["momo".to_owned(), "v50".to_owned()],
            ..Term::default()
        };
        for text in [
            "id,zh,en,see\ncat-tax,猫税,\"cat, \"\"tax\"\"\",momo | v50\n",
            "\u{feff}zh;ID;en;see\r\n猫税;cat-tax;\"cat, \"\"tax\"\"\";momo|v50\r\n;;;\r\n",
            "see\tid\ten\t zh \nmomo | v50\tcat-tax\t\"cat, \"\"tax\"\"\"\t猫税",
        ] {
            let (terms, problems) = read("x.csv", text);
            assert_eq!(problems, []);
            assert_eq!(terms.len(), 1);
            assert_eq!(terms[0].term, expected);
            assert_eq!(&text[terms[0].span.clone()], "cat-tax");
            assert_eq!(&text[terms[0].place(Field::Zh)], "猫税");
        }
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        for (text, expected) in [
            ("", vec![("bad-table", "")]),
            ("zh,pinyin\n猫税,māo shuì\n", vec![("bad-table", "zh")]),
            ("zh,en\n猫税,cat tax\n", vec![]),
            ("id,zh,en\n,猫税,cat tax\n", vec![]),
            ("id,zh,defintion.zh\na,甲,乙\n", vec![("unknown-column", "defintion.zh")]),
            ("id,zh,zh\na,甲,乙\n", vec![("bad-table", "zh")]),
            ("id,zh\na,甲,乙\n", vec![("bad-table", "乙")]),
            ("id,zh\nA b,甲\n", vec![("bad-term-id", "A b")]),
            ("id,zh\n,甲\n", vec![("bad-term-id", ",甲")]),
            ("id,zh\na,\"甲\nb,乙\n", vec![("bad-table", "\"")]),
            ("id,first_seen\na,soon\n", vec![("bad-value", "soon")]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }
}
