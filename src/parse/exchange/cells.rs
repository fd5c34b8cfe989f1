//! How values stand in the cells of a table: several in one cell, and none that a spreadsheet would
//! take for a formula.

use std::borrow::Cow;

/// What stands between the values of a list.
const BETWEEN: char = '|';

/// Characters at the beginning of a cell by which spreadsheets know a formula, with the full-width
/// ones that some of them take for the same, and the two that some skip (OWASP, “CSV Injection”).
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Writes the values of a list into one cell: `a | b`, with `\|` for a `|` of their own and `\\` for
/// a `\`.
pub fn join(values: &[String]) -> String {
    let escaped = values.iter().map(|value| value.replace('\\', "\\\\").replace('|', "\\|"));
    escaped.collect::<Vec<_>>().join(" | ")
}

/// Reads the values of a list from one cell, without the white space around them.
pub fn split(cell: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = chars.peek().copied().filter(|next| matches!(next, '\\' | '|'));
        match (c, escaped, values.last_mut()) {
            ('\\', Some(next), Some(value)) => {
                value.push(next);
                chars.next();
            }
            (BETWEEN, _, _) => values.push(String::new()),
            (_, _, Some(value)) => value.push(c),
            (_, _, None) => {}
        }
    }
    let trimmed = values.iter().map(|value| value.trim());
    trimmed.filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

/// Puts an apostrophe before what a spreadsheet would compute, and before what begins like this
/// with apostrophes, so that [`unguard`] gives back every text.
pub fn guard(cell: &str) -> Cow<'_, str> {
    match cell.trim_start_matches('\'').starts_with(FORMULA) {
        true => format!("'{cell}").into(),
        false => cell.into(),
    }
}

/// Takes away the apostrophe of [`guard`].
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn guards_formulas_and_nothing_else() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("-", "'-"),
            ("＝A1", "'＝A1"),
            ("'=1", "''=1"),
            ("猫税", "猫税"),
            ("'twas", "'twas"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(guard(text), cell);
            assert_eq!(unguard(cell), text);
        }
        // A cell that was written by hand.
        assert_eq!(unguard("=1"), "=1");
    }

    #[test]
    fn lists_are_read_as_people_write_them() {
        assert_eq!(split("猫税|  cat tax |"), ["猫税", "cat tax"]);
        assert_eq!(split(" "), [""; 0]);
        assert_eq!(split("a\\b | c\\"), ["a\\b", "c\\"]);
    }

    proptest! {
        #[test]
        fn a_list_comes_back(values in prop::collection::vec("[a|\\\\= \n猫'-]{1,6}", 0..4)) {
            let values: Vec<String> = values.iter().map(|value| value.trim().to_owned()).collect();
            let values: Vec<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
            prop_assert_eq!(split(unguard(&guard(&join(&values)))), values);
        }

        #[test]
        fn any_cell_comes_back(cell in "['=+@\t\r猫a＝-]{0,8}") {
            let guarded = guard(&cell);
            prop_assert_eq!(unguard(&guarded), cell.as_str());
        }
    }
}
