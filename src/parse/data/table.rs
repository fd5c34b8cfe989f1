//! Reads CSV: a list of tables, one a row, with the names of the first row as their keys.

use super::{Entry, Kind, Node, bounded};
use crate::diag::Diagnostic;
use crate::msg;
use crate::parse::exchange::csv::{self, Cell};

/// Reads a table. Each cell is a text.
pub(super) fn parse_csv(path: &str, text: &str) -> Result<Node, Vec<Diagnostic>> {
    bounded(path, text, 0)?;
    let (rows, mut problems) = csv::rows(path, text);
    let span = 0..text.len();
    let mut rows = rows.into_iter();
    let Some(header) = rows.next() else {
        return Ok(Node { span, kind: Kind::Array(Vec::new()) });
    };
    check_header(path, &header, &mut problems);
    let rows: Vec<Node> = rows.filter_map(|row| table(path, &header, row, &mut problems)).collect();
    match problems.is_empty() {
        true => Ok(Node { span, kind: Kind::Array(rows) }),
        false => Err(problems),
    }
}

fn check_header(path: &str, header: &[Cell], problems: &mut Vec<Diagnostic>) {
    let mut seen = std::collections::HashSet::new();
    for cell in header {
        let name = cell.text.trim();
        let (text, help) = match name {
            "" => (
                msg!("this column has no name", "这一列没有名称"),
                msg!("the first row names the columns", "第一行写各列的名称"),
            ),
            _ if seen.insert(name) => continue,
            _ => (
                msg!("there are two columns “{name}”", "“{name}”列有两个"),
                msg!("give one of them another name", "请给其中一个换个名称"),
            ),
        };
        let problem = Diagnostic::error("bad-table", path, cell.span.clone(), text);
        problems.push(problem.help(help));
    }
}

fn table(
    path: &str,
    header: &[Cell],
    row: Vec<Cell>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let span = row.first()?.span.start..row.last()?.span.end;
    let (cells, columns) = (row.len(), header.len());
    if cells != columns {
        let text = msg!(
            "this row has {cells} cells, the first one {columns}",
            "这一行有 {cells} 个单元格，第一行有 {columns} 个"
        );
        let problem = Diagnostic::error("bad-table", path, span, text);
        problems.push(problem.help(msg!(
            "put cells that hold a comma into quotation marks",
            "含有逗号的单元格请加引号"
        )));
        return None;
    }
    let entry = |(name, cell): (&Cell, Cell)| Entry {
        key: name.text.trim().to_owned(),
        key_span: name.span.clone(),
        value: Node { span: cell.span, kind: Kind::Str(cell.text) },
    };
    Some(Node { span, kind: Kind::Table(header.iter().zip(row).map(entry).collect()) })
}
