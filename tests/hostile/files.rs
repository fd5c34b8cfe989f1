//! Files that are no files, links that lead away, and names that no system likes.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::Command;

use crate::case::{Case, Ground, builds, fails};

fn fifo(ground: &Ground, path: &str) {
    assert!(Command::new("mkfifo").arg(ground.place(path)).status().unwrap().success());
}

fn link(ground: &Ground, to: &str, path: &str) {
    symlink(to, ground.place(path)).unwrap();
}

/// Writes a page whose name is no text.
fn bytes(ground: &Ground, name: &[u8]) {
    fs::write(ground.root.join("content").join(OsStr::from_bytes(name)), "# x\n").unwrap();
}

fn named(label: &'static str, name: &'static str) -> Case {
    fails(label, "bad-file-name", "", move |ground: &Ground| {
        ground.page().file(&format!("content/{name}"), "# x\n");
    })
}

pub fn cases() -> Vec<Case> {
    vec![
        fails("a pipe among the pages", "special-file", "content/a.zh.md", |ground: &Ground| {
            fifo(ground, "content/a.zh.md");
        }),
        fails("a pipe for book.toml", "special-file", "book.toml", |ground: &Ground| {
            fs::remove_file(ground.root.join("book.toml")).unwrap();
            fifo(ground, "book.toml");
        }),
        fails(
            "a pipe for the glossary",
            "special-file",
            "content/glossary.toml",
            |ground: &Ground| {
                fifo(ground, "content/glossary.toml");
            },
        ),
        fails("a pipe for a template", "special-file", "templates/page.html", |ground: &Ground| {
            fifo(ground, "templates/page.html");
        }),
        fails("a pipe among the static files", "special-file", "static/x", |ground: &Ground| {
            fifo(ground, "static/x");
        }),
        fails(
            "a pipe for the lock of translations",
            "special-file",
            "translations.lock",
            |ground: &Ground| {
                ground.page();
                fifo(ground, "translations.lock");
            },
        ),
        fails("a pipe for the dictionary", "special-file", "dictionary.u8", |ground: &Ground| {
            ground.page().file("book.toml", "[align]\ndictionary = \"dictionary.u8\"\n");
            fifo(ground, "dictionary.u8");
        }),
        fails("a link to a pipe", "special-file", "content/a.zh.md", |ground: &Ground| {
            fifo(ground, "pipe");
            link(ground, "../pipe", "content/a.zh.md");
        }),
        fails("a socket", "special-file", "content/a.zh.md", |ground: &Ground| {
            // A socket's path may have a hundred bytes: it is moved to its place.
            let short = std::env::temp_dir().join(format!("gen-{}.sock", std::process::id()));
            drop(UnixListener::bind(&short).unwrap());
            let place = ground.place("content/a.zh.md");
            if fs::rename(&short, &place).is_err() {
                fs::remove_file(short).unwrap();
                fifo(ground, "content/a.zh.md");
            }
        }),
        fails("a link to a device", "link-outside", "content/a.zh.md", |ground: &Ground| {
            link(ground, "/dev/zero", "content/a.zh.md");
        }),
        fails("a link to a file outside", "link-outside", "content/a.zh.md", |ground: &Ground| {
            link(ground, "/etc/passwd", "content/a.zh.md");
        }),
        fails("a link to a folder outside", "link-outside", "content/etc", |ground: &Ground| {
            link(ground, "/etc", "content/etc");
        }),
        fails(
            "a link to a neighbour by dots",
            "link-outside",
            "content/mine.txt",
            |ground: &Ground| {
                link(ground, "../../beside/mine.txt", "content/mine.txt");
            },
        ),
        fails(
            "a static link to a file outside",
            "link-outside",
            "static/shadow",
            |ground: &Ground| {
                link(ground, "/etc/shadow", "static/shadow");
            },
        ),
        fails(
            "a template that is a link outside",
            "link-outside",
            "templates/page.html",
            |ground: &Ground| {
                link(ground, "/etc/passwd", "templates/page.html");
            },
        ),
        builds("links outside that book.toml allows", |ground: &Ground| {
            let links = "[book]\noutside-links = [\"content/etc\", \"./static/mine.txt\"]\n";
            ground.page().file("book.toml", links).file("../beside/more/a.zh.md", "# 远\n\n远。\n");
            link(ground, "../../beside/more", "content/etc");
            link(ground, "../../beside/mine.txt", "static/mine.txt");
        })
        .holds("zh/etc/a/index.html", "远。")
        .holds("mine.txt", "mine"),
        fails(
            "a link outside in a folder that book.toml allows",
            "link-outside",
            "content/etc/passwd",
            |ground: &Ground| {
                ground.page().file("book.toml", "[book]\noutside-links = [\"content/etc\"]\n");
                link(ground, "../../beside", "content/etc");
                link(ground, "/etc/passwd", "../beside/passwd");
            },
        ),
        fails(
            "a pipe in a folder that book.toml allows",
            "special-file",
            "content/etc/pipe",
            |ground: &Ground| {
                ground.page().file("book.toml", "[book]\noutside-links = [\"content/etc\"]\n");
                link(ground, "../../beside", "content/etc");
                fifo(ground, "../beside/pipe");
            },
        ),
        fails(
            "a link through a link outside",
            "link-outside",
            "content/a.txt",
            |ground: &Ground| {
                link(ground, "../beside", "elsewhere");
                link(ground, "../elsewhere/mine.txt", "content/a.txt");
            },
        ),
        fails("a link to itself", "unreadable-file", "content/a.zh.md", |ground: &Ground| {
            link(ground, "a.zh.md", "content/a.zh.md");
        }),
        fails(
            "two links to each other",
            "unreadable-file",
            "content/a.zh.md",
            |ground: &Ground| {
                link(ground, "b.zh.md", "content/a.zh.md");
                link(ground, "a.zh.md", "content/b.zh.md");
            },
        ),
        fails("a link to the folder above", "link-loop", "content/a/b", |ground: &Ground| {
            ground.page().file("content/a/x.zh.md", "# x\n");
            link(ground, "..", "content/a/b");
        }),
        fails("a link to the site", "link-loop", "", |ground: &Ground| {
            ground.page();
            link(ground, "..", "content/site");
        }),
        fails("links that multiply", "", "", |ground: &Ground| {
            // Each folder holds two links to the next one: 2³⁰ paths.
            ground.page();
            for n in 0..30 {
                ground.file(&format!("deep/d{n}/x.txt"), "x");
                link(ground, &format!("../d{}", n + 1), &format!("deep/d{n}/a"));
                link(ground, &format!("../d{}", n + 1), &format!("deep/d{n}/b"));
            }
            ground.file("deep/d30/x.txt", "x");
            link(ground, "../deep/d0", "content/deep");
        })
        .fails_instead("too-many-files", ""),
        fails("a link to nothing", "unreadable-file", "content/a.zh.md", |ground: &Ground| {
            link(ground, "nothing", "content/a.zh.md");
        }),
        builds("a link to a page inside", |ground: &Ground| {
            ground.page();
            link(ground, "fine.zh.md", "content/other.zh.md");
        }),
        fails("a folder for book.toml", "unreadable-file", "book.toml", |ground: &Ground| {
            fs::remove_file(ground.root.join("book.toml")).unwrap();
            ground.page().file("book.toml/x", "");
        }),
        fails(
            "a folder that ends like a page",
            "missing-title",
            "content/a.zh.md/index.zh.md",
            |ground: &Ground| {
                ground.file("content/a.zh.md/index.zh.md", "x\n");
            },
        ),
        builds("folders 100 deep", |ground: &Ground| {
            ground.file(&format!("content/{}a.zh.md", "d/".repeat(100)), "# x\n");
        }),
        fails("folders 1,500 deep", "bad-file-name", "", |ground: &Ground| {
            // 4,096 bytes are the longest path; what gen writes is longer by some.
            ground.file(&format!("content/{}a.zh.md", "d/".repeat(1_500)), "# x\n");
        }),
        named("a name with a line end", "a\nb.zh.md"),
        named("a name with an escape sequence", "a\u{1b}[31m.zh.md"),
        named("a name with a tab", "a\tb.zh.md"),
        named("a name with a backslash", "a\\..\\..\\b.zh.md"),
        fails("a name of bytes that are no text", "bad-file-name", "", |ground: &Ground| {
            bytes(ground, b"a\xff.zh.md");
        }),
        fails("a folder of bytes that are no text", "bad-file-name", "", |ground: &Ground| {
            let folder = ground.root.join("content").join(OsStr::from_bytes(b"\xd6\xd0"));
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("a.zh.md"), "# x\n").unwrap();
        }),
        fails("a page whose name is 255 bytes", "bad-file-name", "", |ground: &Ground| {
            ground.page().file(&format!("content/{}.zh.md", "a".repeat(249)), "# x\n");
        })
        .builds_instead(),
        builds("a static file whose name is 255 bytes", |ground: &Ground| {
            ground.page().file(&format!("static/{}", "猫".repeat(85)), "x");
        }),
        fails("a page named like gen's own files", "bad-file-name", "", |ground: &Ground| {
            ground.page().file("static/.gen-manifest", "x").file("static/a/.gen-stage-1~", "x");
        })
        .builds_instead(),
        named("a page of two dots", "...zh.md").builds_instead(),
        named("a page of dots that are encoded", "%2e%2e.zh.md").builds_instead(),
        named("a page of a path that is encoded", "%2e%2e%2f%2e%2e%2fetc.zh.md").builds_instead(),
        named("a page of an encoded slash", "a%2fb.zh.md").builds_instead(),
        named("a page named CON", "con.zh.md"),
        named("a page named NUL with an ending", "nul.txt.zh.md"),
        named("a page named COM1", "COM1.zh.md"),
        named("a page that ends with a dot", "a.b..zh.md"),
        named("a page that ends with a space", "a .zh.md"),
        named("a page with a colon", "a:b.zh.md"),
        named("a page with a question mark", "a?b.zh.md"),
        named("a page with a hash", "a#b.zh.md").builds_instead(),
        named("a page with quotes", "a\"b.zh.md"),
        named("a page with a tag", "<script>pwned()<!--.zh.md"),
        named("a page named by spaces", "   .zh.md"),
        named("a page with an override of direction", "a\u{202e}b.zh.md").builds_instead(),
        builds("10,000 empty folders", |ground: &Ground| {
            ground.page();
            for n in 0..ground.size.of(10_000) {
                fs::create_dir_all(ground.root.join(format!("content/d{n}"))).unwrap();
            }
        }),
        builds("2,000 pages", |ground: &Ground| {
            for n in 0..ground.size.of(2_000) {
                ground.file(
                    &format!("content/s{}/p{n}.zh.md", n % 50),
                    format!("# 题{n}\n\n猫税。\n"),
                );
            }
        }),
    ]
}
