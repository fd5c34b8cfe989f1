//! What differs between systems: line ends, byte order marks, letter case, the stroke between folders.

use std::path::Path;

use digest_gen::build;
use digest_gen::memo::Memo;
use digest_gen::source::{File, Layout, Options, Sources, read};

use crate::support::{now, site};

/// This repository's site, every text of it as `change` makes it.
fn digest(change: impl Fn(&str) -> String) -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = read(root, &Layout::default(), Options::default());
    sources.now = now();
    for (path, file) in &mut sources.files {
        // What is published as it is keeps its bytes, and templates are written out as they are.
        if !path.starts_with("static/")
            && !path.starts_with("templates/")
            && let Ok(text) = std::str::from_utf8(&file.bytes)
        {
            *file = File::new(change(text).into_bytes());
        }
    }
    sources
}

/// As git checks texts out on Windows, and as Notepad once wrote them.
#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let plain = build(&digest(str::to_owned), &mut Memo::new());
    let windows =
        |text: &str| format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"));
    let changed = build(&digest(windows), &mut Memo::new());
    assert_eq!(plain.diagnostics, changed.diagnostics);
    assert!(plain.outputs.len() > 200, "{:?}", plain.diagnostics);
    let paths = |outputs: &digest_gen::output::Outputs| outputs.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(&plain.outputs), paths(&changed.outputs));
    for (path, output) in &plain.outputs {
        let (here, there) = (&output.bytes, &changed.outputs[path].bytes);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(here == there, "{path}:\n{}\n---\n{}", text(here), text(there));
    }
}

#[test]
fn templates_and_data_with_line_ends_of_windows_are_read() {
    let mut site = site(
        "\
//- /content/a.zh.md
+++
title = \"甲\"
date = 2025-01-01
+++
<!-- gen:twice text=\"猫\" -->
",
    );
    site.write("templates/shortcodes/twice.md", "\u{feff}{% component twice(text: string) %}\r\n{{ text }}{{ text }}\r\n{% endcomponent twice %}\r\n");
    site.write("templates/404.html", "\u{feff}{% extends \"base.html\" %}\r\n{% block main %}\r\n{% for one in data.cats %}<p>{{ one.name }}</p>{% endfor %}\r\n{% endblock main %}\r\n");
    site.write("templates/strings.toml", "\u{feff}[zh]\r\nhome = \"家\"\r\n");
    site.write("data/cats.csv", "\u{feff}name\r\n莉莉\r\n");
    site.build();
    assert_eq!(site.problems(), Vec::<String>::new());
    site.holds("/zh/a/", &[">猫猫<", "家"]).holds("/404.html", &["<p>莉莉</p>"]);
}

/// A file is found by its name to the letter, as on a server: what a Mac finds by any case is an error there too.
#[test]
fn names_are_found_to_the_letter() {
    let mut site = site(
        "\
//- /content/momo.zh.md
# 甲
//- /content/b.zh.md
# 乙
[甲](Momo.md) ![](Cat.png)
<!-- gen:include file=\"Poem.txt\" -->
//- /content/cat.png
PNG
//- /content/poem.txt
诗
",
    );
    let errors = site.build().errors();
    let codes: Vec<&str> = errors.iter().filter_map(|error| error.split(' ').next()).collect();
    assert_eq!(codes, ["broken-link", "broken-image", "missing-include"], "{errors:#?}");
}
