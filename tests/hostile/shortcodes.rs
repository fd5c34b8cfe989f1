//! Shortcodes that recurse, never end or grow, and pages that call them without measure.

use crate::case::{Case, Ground, Size, builds, fails};

/// A build without optimisation takes its time for each step and byte.
fn limits(ground: &Ground) {
    if ground.size == Size::Small {
        let small = "[limits]\ntemplate-steps = 50_000\ntemplate-bytes = 800_000\n";
        ground.file("book.toml", small);
    }
}

/// A page that calls a shortcode of the site's own, `x`, a number of times.
fn calls(ground: &Ground, shortcode: &str, times: usize) {
    limits(ground);
    ground.file("templates/shortcodes/x.md", shortcode);
    ground.repeat("content/a.en.md", "", "<!-- gen:x -->\n\n", times);
}

/// A shortcode that fails at its line.
fn with(name: &'static str, code: &'static str, at: &'static str, body: &str) -> Case {
    let component = format!("{{% component x(n: integer = 18) %}}\n{body}\n{{% endcomponent x %}}");
    fails(name, code, at, move |ground: &Ground| calls(ground, &component, 1))
}

pub fn cases() -> Vec<Case> {
    let at = "templates/shortcodes/x.md";
    let doubling = "{% set a = \"xxxxxxxxxxxxxxxx\" %}".to_owned()
        + &"{% set a = a ~ a %}".repeat(40)
        + "{{ a }}";
    let replaced = "{% set a = \"xxxxxxxxxxxxxxxx\" %}".to_owned()
        + &"{% set a = a | replace(from=\"x\", to=a) %}".repeat(8);
    let mut cases = vec![
        with("a shortcode that calls itself", "template-error", at, "{{<x />}}"),
        with(
            "a shortcode that calls itself three times",
            "template-limit",
            at,
            "{% if n > 0 %}{{<x n={n - 1} />}}{{<x n={n - 1} />}}{{<x n={n - 1} />}}{% endif %}",
        ),
        with(
            "a shortcode with loops in loops",
            "template-limit",
            at,
            "{% for a in range(end=99999) %}{% for b in range(end=99999) %}{% for c in range(end=99999) %}{% endfor %}{% endfor %}{% endfor %}",
        ),
        with("a shortcode whose text doubles", "template-limit", at, &doubling),
        with("a shortcode whose text grows by replacing", "template-limit", at, &replaced),
        with("a shortcode that includes itself", "template-error", at, "{% include \"x.md\" %}"),
    ];
    cases.push(fails("shortcodes that take little, many times", "template-limit", at, |ground| {
        let body = "{% for a in range(end=5000) %}{% endfor %}";
        calls(ground, &format!("{{% component x() %}}{body}{{% endcomponent x %}}"), 2_000);
    }));
    cases.push(fails(
        "shortcodes that write much, many times",
        "template-limit",
        "content/a.en.md",
        |ground| {
            let body = "word ".repeat(2_000);
            calls(ground, &format!("{{% component x() %}}{body}{{% endcomponent x %}}"), 2_000);
        },
    ));
    cases.push(fails(
        "a file included 20,000 times",
        "template-limit",
        "content/a.en.md",
        |ground| {
            limits(ground);
            ground.raw("content/b.txt", std::iter::repeat_n("a line\n".to_owned(), 10_000));
            let call = "<!-- gen:include file=\"b.txt\" -->\n\n";
            ground.repeat("content/a.en.md", "", call, ground.size.of(20_000));
        },
    ));
    cases.push(builds("a page that includes itself", |ground| {
        ground.repeat("content/a.en.md", "", "<!-- gen:include file=\"a.en.md\" -->\n\n", 100);
    }));
    cases.push(builds("20,000 calls of shortcodes", |ground| {
        let call = "<!-- gen:ruby text=\"māo\" -->猫<!-- /gen:ruby --> ";
        ground.repeat("content/a.en.md", "", call, ground.size.of(20_000));
    }));
    cases.push(fails(
        "20,000 shortcodes in each other",
        "bad-shortcode",
        "content/a.en.md",
        |ground| {
            let (open, close) = ("<!-- gen:details -->\n\n", "<!-- /gen:details -->\n\n");
            let times = ground.size.of(20_000);
            let opens = std::iter::repeat_n(open.to_owned(), times);
            ground.stream(
                "content/a.en.md",
                opens.chain(std::iter::repeat_n(close.to_owned(), times)),
            );
        },
    ));
    cases.push(fails(
        "20,000 shortcodes never closed",
        "bad-shortcode",
        "content/a.en.md",
        |ground| {
            ground.repeat(
                "content/a.en.md",
                "",
                "<!-- gen:details -->\n\n",
                ground.size.of(20_000),
            );
        },
    ));
    cases.push(fails(
        "20,000 shortcodes never opened",
        "bad-shortcode",
        "content/a.en.md",
        |ground| {
            ground.repeat(
                "content/a.en.md",
                "",
                "<!-- /gen:details -->\n\n",
                ground.size.of(20_000),
            );
        },
    ));
    cases
}
