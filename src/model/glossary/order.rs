//! Orders.
use super::Glossary;
use crate::lang::Lang;
use std::cmp::Ordering;
/// Compares names.
pub fn compare(_lang: Lang, a: &str, b: &str) -> Ordering {
    a.cmp(b)
}
/// Terms with a Chinese name, by pinyin, grouped by first letter.
pub fn by_pinyin(_glossary: &Glossary) -> Vec<(String, Vec<usize>)> {
    Vec::new()
}
/// Terms with an English name, grouped by first letter.
pub fn by_letter(_glossary: &Glossary) -> Vec<(String, Vec<usize>)> {
    Vec::new()
}
/// By category.
pub fn by_category(_glossary: &Glossary) -> Vec<(String, Vec<usize>)> {
    Vec::new()
}
