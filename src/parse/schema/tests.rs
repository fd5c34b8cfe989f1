use serde::Deserialize;

use super::*;
use crate::parse::data::parse_toml;

#[derive(Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
struct Cat {
    name: String,
    #[serde(default)]
    lives: u8,
    #[serde(default)]
    kittens: Vec<Cat>,
}

fn decoded(text: &str) -> (Option<Cat>, Vec<(&'static str, String)>) {
    let node = parse_toml("p", text, 0).unwrap();
    let (cat, diagnostics) = Schema::<Cat>::new().decode("p", &node);
    (cat, diagnostics.into_iter().map(|d| (d.code, d.message.en)).collect())
}

#[test]
fn what_is_right_is_used() {
    let (cat, problems) =
        decoded("name = \"猫\"\nlives = 300\nkittens = [{ name = \"咪\" }, { lives = 1 }]");
    let kitten = Cat { name: "咪".to_owned(), lives: 0, kittens: Vec::new() };
    assert_eq!(cat, Some(Cat { name: "猫".to_owned(), lives: 0, kittens: vec![kitten] }));
    let codes: Vec<&str> = problems.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["out-of-range", "missing-key"]);
}

#[test]
fn too_little_is_nothing() {
    let (cat, problems) = decoded("name = 3");
    let message = "expected a text, found a whole number".to_owned();
    assert_eq!((cat, problems), (None, vec![("wrong-type", message)]));
}
