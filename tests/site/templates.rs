//! Templates of a site that fail: every one of them at once, at its place.

use crate::support::{DIGEST, Site, site};
use digest_gen::diag::Format;
use digest_gen::lang::Lang;

/// Builds the digest with templates of its own, from `name` and text each.
fn with(templates: &[(&str, &str)]) -> Site {
    let mut site = site(DIGEST);
    for (name, text) in templates {
        site.write(&format!("templates/{name}"), text);
    }
    site.build();
    site
}

#[test]
fn each_error_is_told_once_at_its_place() {
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);
    let cases: &[Case<'_>] = &[
        (&[("x.html", "猫\n猫 {{ lang | shout }}\n")], &["x.html:2:13 there is no filter “shout”"]),
        (
            &[("x.html", "{% if lang is odder %}{% endif %}")],
            &["x.html:1:15 there is no test “odder”"],
        ),
        (&[("x.html", "{{ now() }}")], &["x.html:1:4 there is no function “now”"]),
        (&[("x.html", "{{ <cart/> }}")], &["x.html:1:4 there is no component “cart”"]),
        (
            &[("x.html", "\n {% include \"pag.html\" %}")],
            &["x.html:2:13 there is no template “pag.html”"],
        ),
        (
            &[("x.html", "{% extends \"base.html\" %}\n{% block mian %}{% endblock %}")],
            &["x.html:2:10 the template fails: Block `mian` is not defined in any parent template"],
        ),
        (
            &[(
                "x.html",
                "{# 猫 #}\n{% extends \"bsae.html\" %}{% block a %}{{ 1 | b }}{% endblock %}",
            )],
            &[
                "x.html:2:1 the template extends “bsae.html”, which does not exist",
                "x.html:2:46 there is no filter “b”",
            ],
        ),
        (
            &[("a.html", "猫{% include \"b.html\" %}"), ("b.html", "{% include \"a.html\" %}")],
            &["a.html:1:2 the template includes itself in a circle: a.html → b.html → a.html"],
        ),
        (
            &[("a.html", "{% include \"b.html\" %}"), ("b.html", "\n{% include \"b.html\" %}")],
            &["b.html:2:1 the template includes itself in a circle: b.html → b.html"],
        ),
        (
            &[("a.html", "{% extends \"b.html\" %}"), ("b.html", "\n{% extends \"a.html\" %}")],
            &["a.html:1:1 the template extends itself in a circle: a.html → b.html → a.html"],
        ),
        (
            &[("base.html", "{% extends \"page.html\" %}")],
            &[
                "base.html:1:1 the template extends itself in a circle: base.html → page.html → base.html",
            ],
        ),
        (
            &[("x.html", "{% component card(a) %}{{ a }}{% endcomponent card %}")],
            &["x.html:1:1 the component “card” is defined a second time"],
        ),
        // Several at once, of several kinds, with a syntax error besides.
        (
            &[
                ("a.html", "{% extends \"none.html\" %}{% block x %}{% endblock %}"),
                ("b.html", "{% extends \"nil.html\" %}"),
                ("c.html", "{% extends \"a.html\" %}{% block y %}{% endblock %}"),
                ("d.html", "{{ 1 | b }}{{ 2 | b }}{{ <part/> }}{{ <prat/> }}"),
                ("e.html", "{{ . }}{% component part() %}{% endcomponent part %}"),
                ("f.html", "{% extends \"e.html\" %}{% block y %}{% endblock %}"),
            ],
            &[
                "a.html:1:1 the template extends “none.html”, which does not exist",
                "b.html:1:1 the template extends “nil.html”, which does not exist",
                "d.html:1:8 there is no filter “b”",
                "d.html:1:19 there is no filter “b”",
                "d.html:1:39 there is no component “prat”",
                "e.html:1:4 the template fails: ",
            ],
        ),
    ];
    let mut wrong = Vec::new();
    for (templates, wanted) in cases {
        let site = with(templates);
        let found = site.errors().into_iter().zip(&site.built().diagnostics);
        let found: Vec<String> = found
            .map(|(line, problem)| {
                let place = line.split_once(" templates/").expect("a template").1;
                assert!(!problem.message.en.contains('\n'), "{problem:?}");
                format!("{place} {}", problem.message.en)
            })
            .collect();
        let same = found.iter().zip(*wanted).all(|(found, wanted)| found.starts_with(wanted));
        if !same || found.len() != wanted.len() {
            wrong.push((found, wanted));
        }
    }
    assert!(wrong.is_empty(), "found and wanted: {wrong:#?}");
}

#[test]
fn errors_are_annotations_at_their_line() {
    let site =
        with(&[("404.html", "\n{{ lang | shout }}"), ("x.html", "{% extends \"pge.html\" %}")]);
    let printed = site.print(Format::Github, Lang::En);
    for wanted in [
        "file=templates/404.html,line=2,endLine=2,col=11,",
        "file=templates/x.html,line=1,endLine=1,col=1,",
        "did you mean “page.html”?",
    ] {
        assert!(printed.contains(wanted), "{printed}");
    }
}

#[test]
fn a_theme_file_that_misses_what_the_site_replaced_says_so() {
    let site = with(&[("partials/lists.html", "")]);
    assert!(!site.errors().is_empty());
    let printed = site.print(Format::Github, Lang::En);
    assert!(printed.contains("file=templates/section.html"), "{printed}");
    assert!(printed.contains("this file is the theme's"), "{printed}");
}
