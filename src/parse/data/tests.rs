use super::*;

fn yaml(text: &str) -> Kind {
    parse_yaml("p", &format!("k: {text}\n"), 0).unwrap().get("k").unwrap().kind.clone()
}

#[test]
fn plain_yaml_follows_the_core_schema() {
    let text = |text: &str| Kind::Str(text.to_owned());
    let cases = [
        ("~", Kind::Null),
        ("", Kind::Null),
        ("NULL", Kind::Null),
        ("true", Kind::Bool(true)),
        ("False", Kind::Bool(false)),
        ("yes", text("yes")),
        ("on", text("on")),
        ("-12", Kind::Int(-12)),
        ("0x1F", Kind::Int(31)),
        ("0o17", Kind::Int(15)),
        ("1.5e3", Kind::Float(1500.0)),
        (".5", Kind::Float(0.5)),
        ("-.inf", Kind::Float(f64::NEG_INFINITY)),
        ("1_000", text("1_000")),
        ("1.2.3", text("1.2.3")),
        ("V50", text("V50")),
        ("'12'", text("12")),
        ("\"true\"", text("true")),
        ("!!str 12", text("12")),
        ("2025-01-14", Kind::Date(Date::parse("2025-01-14").unwrap())),
        ("2025-01-14-tiktok", text("2025-01-14-tiktok")),
        ("'2025-01-14'", text("2025-01-14")),
    ];
    for (given, expected) in cases {
        assert_eq!(yaml(given), expected, "{given}");
    }
}

#[test]
fn spans_count_from_the_first_byte_of_the_file() {
    let file = "\u{feff}猫\na = \"税\"\n";
    let node = parse_toml("p", &file[7..], 7).unwrap();
    assert_eq!(&file[node.get("a").unwrap().span.clone()], "\"税\"");
    assert_eq!(&file[node.key_span("a").unwrap()], "a");
    let file = "\u{feff}猫\na: {b: 税}\n";
    let node = parse_yaml("p", &file[7..], 7).unwrap();
    assert_eq!(&file[node.at(&["a", "b"]).unwrap().span.clone()], "税");
    assert_eq!(&file[node.get("a").unwrap().span.clone()], "{b: 税}");
}

#[test]
fn bombs_are_refused() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let alias = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![alias; 10].join(", "));
    }
    let deep = format!("a: {}{}", "[".repeat(5000), "]".repeat(5000));
    for text in [bomb, deep, "a: &a [*a]\n".to_owned()] {
        assert_eq!(parse_yaml("p", &text, 0).unwrap_err()[0].code, "yaml-syntax");
    }
    let deep = format!("a = {}{}", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(parse_toml("p", &deep, 0).unwrap_err()[0].code, "toml-syntax");
    let long = " ".repeat(MAX_BYTES + 1);
    assert_eq!(parse_toml("p", &long, 0).unwrap_err()[0].code, "too-large");
    assert_eq!(parse_yaml("p", &long, 0).unwrap_err()[0].code, "too-large");
}

#[test]
fn aliases_repeat_values() {
    let node = parse_yaml("p", "a: &x [猫, {b: 1}]\nc: *x\n", 0).unwrap();
    assert_eq!(node.get("c").unwrap().to_json(), node.get("a").unwrap().to_json());
}

#[test]
fn toml_values_keep_their_kinds() {
    let text =
        "a = 1979-05-27T07:32:00Z\nb = 07:32:00\nc = 99999999999999999999\nd = 0b101\ne = inf\n";
    let node = parse_toml("p", text, 0).unwrap();
    assert!(matches!(node.get("a").unwrap().kind, Kind::Date(date) if date.year() == 1979));
    assert_eq!(node.get("b").unwrap().kind, Kind::Str("07:32:00".to_owned()));
    assert!(matches!(node.get("c").unwrap().kind, Kind::Float(_)));
    assert_eq!(node.get("d").unwrap().kind, Kind::Int(5));
    assert_eq!(node.get("e").unwrap().kind, Kind::Float(f64::INFINITY));
}

/// Whether every span of a tree lies inside the text on whole characters.
fn spans_are_whole(node: &Node, text: &str) -> bool {
    let whole = |span: &Range<usize>| text.get(span.clone()).is_some();
    whole(&node.span)
        && node.items().iter().all(|item| spans_are_whole(item, text))
        && node.entries().iter().all(|e| whole(&e.key_span) && spans_are_whole(&e.value, text))
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused_in_place(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "a", "猫", "税", ": ", " = ", "\n", "  ", "- ", "[", "]", "{", "}", "\"", "'", ",",
                "|\n", ">", "#", "&x ", "*x", "!!str ", "2025-01-14", "12", ".", "\t", "\r\n", "?",
                "\\", "\u{feff}", "😺", "%", "---", "[[", "]]", "\0",
            ]),
            0..40,
        ),
    ) {
        let text = parts.concat();
        for result in [parse_toml("p", &text, 0), parse_yaml("p", &text, 0)] {
            match result {
                Ok(node) => assert!(spans_are_whole(&node, &text), "{text:?}"),
                Err(problems) => {
                    assert!(!problems.is_empty());
                    for problem in problems {
                        assert!(text.get(problem.span.unwrap()).is_some(), "{text:?}");
                    }
                }
            }
        }
    }
}
