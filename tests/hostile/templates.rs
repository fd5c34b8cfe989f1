//! Templates that recurse, never end, or grow.

use crate::case::{Case, Ground, Size, builds, fails};

/// A site with a template of its own for its pages.
fn with(
    name: &'static str,
    code: &'static str,
    at: &'static str,
    template: impl Into<String>,
) -> Case {
    let template = template.into();
    fails(name, code, at, move |ground: &Ground| {
        ground.page().file("templates/page.html", &template);
        if ground.size == Size::Small {
            // A build without optimisation takes its time for each step.
            ground.file("book.toml", "[limits]\ntemplate-steps = 50_000\n");
        }
    })
}

pub fn cases() -> Vec<Case> {
    let doubling = "{% set a = \"xxxxxxxxxxxxxxxx\" %}\n".to_owned()
        + &"{% set a = a ~ a %}\n".repeat(40)
        + "{{ a }}";
    let lists =
        "{% set a = [\"x\"] %}\n".to_owned() + &"{% set a = [a, a] %}\n".repeat(40) + "{{ a }}";
    let blocks = "{% set a = \"xxxxxxxxxxxxxxxx\" %}\n".to_owned()
        + &"{% set a %}{{ a }}{{ a }}{% endset %}\n".repeat(40);
    let replaced = "{% set a = \"xxxxxxxxxxxxxxxx\" %}\n".to_owned()
        + &"{% set a = a | replace(from=\"x\", to=a) %}\n".repeat(8);
    let joined = "{% set a = \"xxxxxxxxxxxxxxxx\" %}\n".to_owned()
        + &"{% set a = [a, a, a, a] | join(sep=a) %}\n".repeat(20);
    let mut cases = vec![
        with(
            "a template that includes itself",
            "template-error",
            "templates/page.html:2",
            "x\n{% include \"page.html\" %}\n",
        ),
        with(
            "a template that extends itself",
            "template-error",
            "templates/page.html:1",
            "{% extends \"page.html\" %}\n",
        ),
        with(
            "a component that calls itself",
            "template-error",
            "templates/page.html",
            "{% component c() %}\n{{<c />}}\n{% endcomponent c %}\n{{<c />}}\n",
        ),
        with(
            "a component that calls itself twice",
            "template-limit",
            "templates/page.html",
            "{% component c(n: integer) %}\n{% if n > 0 %}{{<c n={n - 1} />}}{{<c n={n - 1} />}}{{<c n={n - 1} />}}{% endif %}\n{% endcomponent c %}\n{{<c n={18} />}}\n",
        ),
        with(
            "loops in loops",
            "template-limit",
            "templates/page.html",
            "{% for a in range(end=99999) %}{% for b in range(end=99999) %}{% for c in range(end=99999) %}{% endfor %}{% endfor %}{% endfor %}\n",
        ),
        with(
            "loops in loops that write",
            "template-limit",
            "templates/page.html",
            "{% for a in range(end=99999) %}{% for b in range(end=99999) %}xxxxxxxxxxxxxxxx{% endfor %}{% endfor %}\n",
        ),
        with(
            "a text that doubles in a loop",
            "template-limit",
            "templates/page.html",
            "{% set a = \"x\" %}\n{% for b in range(end=60) %}{% set_global a = a ~ a %}{% endfor %}\n{{ a }}\n",
        ),
        with("a text that doubles line by line", "template-limit", "templates/page.html", doubling),
        with("a list that doubles line by line", "template-limit", "templates/page.html", lists),
        with("a block that doubles line by line", "template-limit", "templates/page.html", blocks),
        with("a text that grows by replacing", "template-limit", "templates/page.html", replaced),
        with("a text that grows by joining", "template-limit", "templates/page.html", joined),
        with(
            "a component that doubles its argument",
            "template-limit",
            "templates/page.html",
            "{% component c(n: integer, s: string) %}\n{% if n > 0 %}{{<c n={n - 1} s={s ~ s ~ s ~ s} />}}{% endif %}\n{% endcomponent c %}\n{{<c n={19} s={\"xxxxxxxx\"} />}}\n",
        ),
        with("an unknown variable", "template-error", "templates/page.html:1", "{{ nothing }}\n"),
        with(
            "an unknown filter",
            "template-error",
            "templates/page.html:1",
            "{{ site | nothing }}\n",
        ),
        with(
            "a template cut off in a tag",
            "template-syntax",
            "templates/page.html",
            "{% if site %}\n{{ site.",
        ),
        with(
            "expressions nested 10,000 deep",
            "template-syntax",
            "templates/page.html",
            format!("{{{{ {}1{} }}}}", "(".repeat(10_000), ")".repeat(10_000)),
        ),
        with(
            "lists nested 10,000 deep",
            "template-syntax",
            "templates/page.html",
            format!("{{{{ {}1{} }}}}", "[".repeat(10_000), "]".repeat(10_000)),
        ),
        with(
            "nots nested 10,000 deep",
            "template-syntax",
            "templates/page.html",
            format!("{{{{ {}1 }}}}", "not ".repeat(10_000)),
        ),
        with(
            "blocks nested 10,000 deep",
            "template-syntax",
            "templates/page.html",
            format!("{}{}", "{% if 1 %}".repeat(10_000), "{% endif %}".repeat(10_000)),
        ),
        with("a division by nothing", "template-error", "templates/page.html:1", "{{ 1 / 0 }}\n"),
        with(
            "numbers that overflow",
            "template-syntax",
            "templates/page.html:1",
            "{{ 170141183460469231731687303715884105727 * 2 }}\n",
        ),
        with(
            "a template that gives up",
            "template-error",
            "templates/page.html:1",
            "{{ throw(message=\"猫 oh no\") }}\n",
        ),
        with(
            "a template that reads the environment",
            "template-error",
            "templates/page.html:1",
            "{{ get_env(name=\"HOME\") }}\n",
        ),
        with(
            "a template of a path outside",
            "template-error",
            "templates/page.html:1",
            "{% include \"../../etc/passwd\" %}\n",
        ),
    ];
    cases.push(builds("sums of 20,000 numbers", |ground: &Ground| {
        ground
            .page()
            .file("templates/partials/x.html", format!("{{{{ 1{} }}}}", " + 1".repeat(200)));
    }));
    cases.push(fails(
        "a sum of 20,000 numbers",
        "template-syntax",
        "templates/page.html",
        |ground: &Ground| {
            ground
                .page()
                .file("templates/page.html", format!("{{{{ 1{} }}}}", " + 1".repeat(20_000)));
        },
    ));
    cases.push(fails(
        "includes 1,000 deep",
        "template-error",
        "templates/i950.html:1",
        |ground: &Ground| {
            ground.page().file("templates/page.html", "{% include \"i0.html\" %}");
            let count = 1_000;
            for n in 0..count {
                ground.file(
                    &format!("templates/i{n}.html"),
                    format!("{{% include \"i{}.html\" %}}", n + 1),
                );
            }
            ground.file(&format!("templates/i{count}.html"), "end");
        },
    ));
    cases.push(fails(
        "includes that double 40 times",
        "template-limit",
        "templates/i37.html:1",
        |ground: &Ground| {
            ground.page().file("book.toml", "[limits]\ntemplate-steps = 50_000\n");
            ground.file("templates/page.html", "{% include \"i0.html\" %}");
            for n in 0..40 {
                ground.file(
                    &format!("templates/i{n}.html"),
                    format!("{{% include \"i{0}.html\" %}}{{% include \"i{0}.html\" %}}", n + 1),
                );
            }
            ground.file("templates/i40.html", "x");
        },
    ));
    cases.push(fails(
        "parents 1,000 deep",
        "template-error",
        "templates/e999.html:1",
        |ground: &Ground| {
            ground.page().file("templates/page.html", "{% extends \"e0.html\" %}");
            for n in 0..1_000 {
                ground.file(
                    &format!("templates/e{n}.html"),
                    format!("{{% extends \"e{}.html\" %}}", n + 1),
                );
            }
        },
    ));
    cases.push(builds("limits that book.toml raises", |ground: &Ground| {
        ground.page().file("book.toml", "[limits]\ntemplate-steps = 40_000\n");
        ground.file(
            "templates/404.html",
            "<html>{% for a in range(end=10) %}{% for b in range(end=1000) %}{% endfor %}{% endfor %}</html>",
        );
    }));
    cases.push(fails("the same without raising them", "template-limit", "templates/404.html", |ground: &Ground| {
        ground.page().file("book.toml", "[limits]\ntemplate-steps = 4_000\n").file(
            "templates/404.html",
            "<html>{% for a in range(end=10) %}{% for b in range(end=1000) %}{% endfor %}{% endfor %}</html>",
        );
    }));
    cases
}
