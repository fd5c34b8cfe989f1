use super::*;
use crate::model::glossary::{Entry, assemble};
use crate::parse::term::Term;

/// A title with `|` where its lines may end. Names of the glossary stand behind it.
fn broken(title: &str, terms: &[&str]) -> String {
    let entry = |(index, name): (usize, &&str)| Entry {
        term: Term { id: format!("t{index}"), zh: Some((*name).to_owned()), ..Term::default() },
        path: "content/glossary.toml".into(),
        span: 0..0,
        see: Vec::new(),
        local: false,
        rich: false,
    };
    let (glossary, _) = assemble(terms.iter().enumerate().map(entry).collect());
    let names = names(title, &Matcher::new(&glossary));
    html(title, &breaks(title, &names), &[]).replace("<wbr>", "|")
}

const TERMS: [&str; 6] = ["小红书", "TikTok 难民", "猫税", "反向出海", "薯", "疯狂星期四"];

#[test]
fn headings_break_between_words() {
    // Each as it should be; what stands between bars is what is checked.
    let cases = include_str!("cases.txt").lines().filter(|line| !line.is_empty());
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in cases.filter(|line| !line.starts_with('#')) {
        count += 1;
        let found = broken(&case.replace('|', ""), &TERMS);
        if found != case {
            wrong.push(format!("{case}\n{found}"));
        }
    }
    assert!(count >= 40, "only {count} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_quoted_clause_behind_a_stop_has_an_element() {
    let check = |title: &str, expected: &str| assert_eq!(clauses(title), expected);
    check("人人都叫<wbr>momo", "人人都叫<wbr>momo");
    check("猫：“难民”<wbr>住进", "猫：<span class=\"clause\">“难民”<wbr>住进</span>");
    check(
        "他问，“谁？”“我。”",
        "他问，<span class=\"clause\">“谁？”</span><span class=\"clause\">“我。”</span>",
    );
    check("第一句“话”", "第一句“话”");
}
