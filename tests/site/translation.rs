//! What `gen check` finds in one pair of paragraphs, rule by rule: cases that are errors, and cases that
//! look like errors and are none.

use digest_gen::check;
use digest_gen::memo::Memo;

use crate::support::site;

const GLOSSARY: &str = "\
[[term]]
id = \"cat-tax\"
zh = \"猫税\"
en = \"cat tax\"
avoid.en = [\"feline levy\"]
[[term]]
id = \"cat-photo\"
zh = \"猫片\"
en = \"cat photo\"
[[term]]
id = \"user\"
zh = \"网友\"
en = \"internet user\"
aliases.en = [\"user\"]
[[term]]
id = \"xiaohongshu\"
zh = \"小红书\"
en = \"Xiaohongshu\"
aliases.en = [\"RedNote\"]
";

/// The codes that are found in a pair of paragraphs, which an id joins.
fn codes(zh: &str, en: &str) -> Vec<&'static str> {
    let mut site = site("");
    site.write("content/glossary.toml", GLOSSARY);
    site.write("content/a.zh.md", &format!("# 题\n\n{zh} {{#one}}\n"));
    site.write("content/a.en.md", &format!("# Title\n\n{en} {{#one}}\n"));
    site.write("content/v.md", "# v\n");
    let found = check(&site.sources, &mut Memo::new()).diagnostics;
    // Texts as short as these differ in length as they like.
    let kinds = ["different-", "lost-", "wrong-", "avoided-", "confused-"];
    let wanted = |code: &&str| {
        *code != "different-length" && kinds.iter().any(|kind| code.starts_with(kind))
    };
    found.iter().map(|problem| problem.code).filter(wanted).collect()
}

#[test]
fn each_rule_finds_what_it_is_for_and_nothing_else() {
    let cases: &[(&str, &str, &[&str])] = &[
        // Numbers in every form.
        ("来了三万五千人。", "Thirty-five thousand people came.", &[]),
        ("来了 3.5 万人。", "35,000 people came.", &[]),
        ("来了 3.5 万人。", "3,500 people came.", &["different-number"]),
        ("来了将近一万名网友。", "Nearly 100,000 users came.", &["different-number"]),
        ("来了十万名网友。", "Ten thousand users came.", &["different-number"]),
        ("卖了一百万台。", "They sold ten million machines.", &["different-number"]),
        ("来了数万人。", "Tens of thousands came.", &[]),
        ("来了上万人。", "More than ten thousand came.", &[]),
        ("卖了几百万台。", "They sold millions of machines.", &[]),
        ("近一万人来了。", "Nearly ten thousand people came.", &[]),
        ("下午 4 点 29 分来的。", "They came at 16:29.", &[]),
        ("九十年代的歌。", "Songs of the 1990s.", &[]),
        ("一个人，两三天，千万别忘。", "A man, some days: do not forget.", &[]),
        ("半打，就是 6 个。", "Half a dozen, that is.", &["different-number"]),
        ("用 `v2.0` 的 80 端口。", "On the port 80 of `v2.0`.", &[]),
        ("在 2～3 万之间。", "Between 20,000 and 30,000.", &[]),
        // Dates, percentages, currencies.
        ("5 月的星期四。", "A Thursday in May.", &[]),
        ("5 月的星期四。", "A Friday in May.", &["different-date"]),
        ("一半的人，百分之五十。", "Fifty percent of the people.", &[]),
        ("占五成。", "It is 50% of all.", &[]),
        ("占 50%。", "It is 50 of all.", &["different-percentage"]),
        ("要 50 元。", "It costs 50 yuan.", &[]),
        ("要 50 元。", "It costs $50.", &["different-currency"]),
        ("50 个人付了 ¥50。", "50 people paid $50.", &["different-currency"]),
        ("付了 50 港元。", "They paid $50.", &[]),
        ("付了 50 日元。", "They paid ¥50.", &[]),
        ("从三十多块降到九块九。", "It fell from thirty-odd yuan to 9.9 yuan.", &[]),
        ("来了 30 多人。", "Dozens of people came.", &[]),
        ("花了三万五。", "It cost 35,000.", &[]),
        // Small counts, where both versions count.
        ("来了三只猫。", "Five cats came.", &["different-number"]),
        ("来了 3 只猫。", "Five cats came.", &["different-number"]),
        ("来了三只猫。", "Three fat cats came.", &[]),
        ("来了两只猫。", "Both cats came.", &[]),
        ("等了三天。", "They waited five days.", &["different-number"]),
        ("等了两周。", "They waited fourteen days.", &["different-number"]),
        ("等了两周。", "They waited ten days.", &[]),
        ("来了三只猫。", "The cats came.", &[]),
        ("三天两头来。", "They came five times.", &[]),
        ("一日三餐都在这儿吃。", "They had five meals here.", &[]),
        ("来了三四只猫。", "Five cats came.", &[]),
        ("三天的路。", "A three-day journey.", &[]),
        // Links, images, code.
        ("看[这里](v.md)。", "See [this](v.md).", &[]),
        ("看[这里](v.md)。", "See this.", &["different-link"]),
        (
            "看[这里](https://zh.wikipedia.org/wiki/猫)。",
            "See [this](https://en.wikipedia.org/wiki/Cat).",
            &[],
        ),
        ("图![猫](https://example.org/a.png)在此。", "The picture is here.", &["different-image"]),
        ("运行 `gen build`。", "Run `gen build`.", &[]),
        ("运行 `gen build`。", "Run `gen serve`.", &["different-code"]),
        ("用 `内存` 这个词。", "Use the word `memory`.", &[]),
        // Names.
        ("用户 @Lauren 发了帖。", "The user @Lauren posted.", &[]),
        ("用户 @Lauren 发了帖。", "The user @Laurel posted.", &["lost-name", "lost-name"]),
        ("KOL 都来了。", "All key opinion leaders came.", &[]),
        ("流量 5 PB。", "Five petabytes of traffic, 5 in all.", &[]),
        ("这个 PR 很好。", "These PRs are good.", &[]),
        // The other language.
        (
            "这一句 was not translated by anyone who works at this site 好。",
            "This was not translated.",
            &["wrong-language"],
        ),
        ("他说：“to be or not to be, that is the question”。", "He said: to be or not to be.", &[]),
        // Terms.
        ("先交猫税。", "First pay the cat-taxes.", &[]),
        ("先交猫税。", "First pay up, friend.", &["lost-term"]),
        ("先交猫税。", "First pay the feline levy.", &["avoided-rendering"]),
        ("先交猫税。", "First show a cat photo.", &["confused-term"]),
        ("先交[[cat-tax|税]]。", "First [[cat-tax|pay up]].", &[]),
        ("普通的用户。", "An ordinary user.", &[]),
        ("到小红书去。", "Off to RedNote.", &[]),
    ];
    for (zh, en, expected) in cases {
        assert_eq!(codes(zh, en), *expected, "{zh} | {en}");
    }
}

/// The findings of a site, each as `code file:line`.
fn places(site: &crate::support::Site) -> Vec<String> {
    let found = check(&site.sources, &mut Memo::new()).diagnostics;
    let line = |problem: &digest_gen::diag::Diagnostic| {
        let start = problem.span.as_ref().map_or(0, |span| span.start);
        digest_gen::diag::position(&site.source(&problem.path), start).0
    };
    found
        .iter()
        .map(|problem| format!("{} {}:{}", problem.code, problem.path, line(problem)))
        .collect()
}

#[test]
fn titles_summaries_footnotes_and_definitions_are_compared() {
    let zh = "+++\ntitle = \"一万名难民\"\nsummary = \"Lemon8 上来了 3000 人。\"\n+++\n猫税。[^a]\n\n[^a]: 2024 年的事。\n";
    let en = "+++\ntitle = \"Ten thousand refugees\"\nsummary = \"3,000 people came to Lemon8.\"\n+++\n\
              The cat tax.[^a]\n\n[^a]: It was in 2024.\n";
    let mut site = site("");
    site.write("content/a.zh.md", zh);
    site.write("content/a.en.md", en);
    let term = "[[term]]\nid = \"cat-tax\"\nzh = \"猫税\"\nen = \"cat tax\"\ndefinition.zh = \"2025 年的梗。\"\n\
                definition.en = \"A joke of 2025.\"\n";
    site.write("content/glossary.toml", term);
    let wanted = ["different-", "lost-", "wrong-language"];
    let of = |site: &crate::support::Site| -> Vec<String> {
        places(site)
            .into_iter()
            .filter(|one| wanted.iter().any(|kind| one.starts_with(kind)))
            .collect()
    };
    assert_eq!(of(&site), Vec::<String>::new());
    site.edit("content/a.en.md", "Ten thousand", "Hundreds of thousands of");
    site.edit("content/a.en.md", "to Lemon8", "to Lemon9");
    site.edit("content/a.en.md", "in 2024", "in 2014");
    site.edit("content/glossary.toml", "A joke of 2025.", "这是二〇二五年流行的一个梗。");
    assert_eq!(
        of(&site),
        [
            "lost-name content/a.en.md:3",
            "lost-name content/a.zh.md:3",
            "different-number content/a.zh.md:7",
            "wrong-language content/glossary.toml:6",
        ]
    );
}

#[test]
fn one_cause_is_one_finding() {
    let mut site = site("");
    site.write("content/v.md", "# v\n");
    site.write("content/a.zh.md", "# 题\n\n看[这里](w.md)。\n");
    site.write("content/a.en.md", "# Title\n\nSee [this](v.md).\n");
    let found: Vec<String> = places(&site).into_iter().filter(|one| one.contains("link")).collect();
    assert_eq!(found, ["broken-link content/a.zh.md:3"]);
    // A name that is a term, and a section that was moved.
    site.write(
        "content/glossary.toml",
        "[[term]]\nid = \"lemon8\"\nzh = \"Lemon8\"\nen = \"Lemon8\"\n",
    );
    site.write("content/a.zh.md", "# 题\n\n大家都去了 Lemon8。{#one}\n");
    site.write("content/a.en.md", "# Title\n\nAll of them went there. {#one}\n");
    let found: Vec<String> =
        places(&site).into_iter().filter(|one| one.starts_with("lost")).collect();
    assert_eq!(found, ["lost-term content/a.zh.md:3"]);
}
