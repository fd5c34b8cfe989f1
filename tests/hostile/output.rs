//! Output folders that gen may not write into.

use std::fs;
use std::os::unix::fs::symlink;

use crate::case::{Case, Ground, builds, fails, refuses};

fn into(name: &'static str, folder: &'static str) -> Case {
    refuses(name, "bad-output-folder", |ground: &Ground| {
        ground.page().file("templates/partials/x.html", "x").file("static/x.txt", "x");
    })
    .args(&["build", "-d", folder])
}

pub fn cases() -> Vec<Case> {
    vec![
        into("into the site", "."),
        into("into the folder above", ".."),
        into("into the folder above all", "/"),
        into("into the content", "content"),
        into("into a folder in the content", "content/x"),
        into("into the templates", "templates"),
        into("into the static files", "static/deep"),
        into("into the content by a way around", "public/../content"),
        into("into the content by another spelling", "./content/./"),
        into("into a file", "book.toml"),
        into("into what is above a file", "book.toml/x"),
        refuses("into the content by a link", "bad-output-folder", |ground: &Ground| {
            ground.page();
            symlink("content", ground.root.join("public")).unwrap();
        }),
        refuses("into the site by book.toml", "bad-output-folder", |ground: &Ground| {
            ground.page().file("book.toml", "[build]\nbuild-dir = \"content/..\"\n");
        }),
        refuses("into the root by book.toml", "bad-output-folder", |ground: &Ground| {
            ground.page().file("book.toml", "[build]\nbuild-dir = \"/\"\n");
        }),
        fails("into a folder with files of others", "output-not-empty", "", |ground: &Ground| {
            ground.page().file("out/thesis.doc", "mine");
        })
        .args(&["build", "-d", "out"]),
        fails(
            "into a neighbour with files of others",
            "output-not-empty",
            "",
            |ground: &Ground| {
                ground.page();
            },
        )
        .args(&["build", "-d", "../beside"]),
        fails("into a link to a folder with files of others", "", "", |ground: &Ground| {
            ground.page();
            symlink("../beside", ground.root.join("out")).unwrap();
        })
        .args(&["build", "-d", "out"])
        .fails_instead("output-not-empty", ""),
        fails("through a link in the output", "link-in-output", "", |ground: &Ground| {
            ground.page();
            fs::create_dir_all(ground.root.join("public")).unwrap();
            ground.file("public/.gen-manifest", "gen-manifest 1\n");
            symlink("../../beside", ground.root.join("public/zh")).unwrap();
        }),
        fails(
            "through a link for a file of the output",
            "link-in-output",
            "",
            |ground: &Ground| {
                ground.page().file("public/.gen-manifest", "gen-manifest 1\n");
                symlink("../../beside/mine.txt", ground.root.join("public/404.html")).unwrap();
            },
        ),
        fails("a manifest that is a link", "link-in-output", "", |ground: &Ground| {
            ground.page();
            fs::create_dir_all(ground.root.join("public")).unwrap();
            symlink("../../beside/mine.txt", ground.root.join("public/.gen-manifest")).unwrap();
        }),
        fails("a lock that is a link", "link-in-output", "", |ground: &Ground| {
            ground.page().file("public/.gen-manifest", "gen-manifest 1\n");
            symlink("../../beside/mine.txt", ground.root.join("public/.gen-lock")).unwrap();
        }),
        fails("a journal that is a link", "link-in-output", "", |ground: &Ground| {
            ground.page().file("public/.gen-manifest", "gen-manifest 1\n");
            symlink("../../beside/mine.txt", ground.root.join("public/.gen-journal")).unwrap();
        }),
        fails("a manifest that names files outside", "damaged-manifest", "", |ground: &Ground| {
            let line = format!("{} ../../beside/mine.txt\n", "0".repeat(32));
            ground.page().file("public/.gen-manifest", format!("gen-manifest 1\n{line}"));
        }),
        fails("a journal that removes files outside", "damaged-manifest", "", |ground: &Ground| {
            ground.page().file("public/.gen-manifest", "gen-manifest 1\n");
            ground.file("public/.gen-journal", "gen-journal 1\n- ../../beside/mine.txt\nend\n");
        }),
        fails("a journal that renames files outside", "damaged-manifest", "", |ground: &Ground| {
            ground.page().file("public/.gen-manifest", "gen-manifest 1\n");
            ground.file(
                "public/.gen-journal",
                "gen-journal 1\n+ ../../beside/.gen-stage-0~\tindex.html\nend\n",
            );
        }),
        fails("a journal that is a folder", "foreign-file", "", |ground: &Ground| {
            ground.page().file("public/.gen-journal/x", "x");
        }),
        fails("a folder of others where a page belongs", "foreign-file", "", |ground: &Ground| {
            ground
                .page()
                .file("public/.gen-manifest", "gen-manifest 1\n")
                .file("public/404.html/x", "mine");
        }),
        fails("a file of others where a page belongs", "foreign-file", "", |ground: &Ground| {
            ground
                .page()
                .file("public/.gen-manifest", "gen-manifest 1\n")
                .file("public/404.html", "mine");
        }),
        builds("an output folder of one's own elsewhere", |ground: &Ground| {
            ground.page();
        })
        .args(&["build", "-d", "public/deep/er"])
        .holds("deep/er/index.html", "</html>"),
    ]
}
