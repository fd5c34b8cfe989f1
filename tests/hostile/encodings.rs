//! Bytes that are no text, and characters that no page can hold.

use crate::case::{Case, Ground, builds, fails};

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

/// `+++\ntitle = "小红书"\n+++\n先交猫税，再做朋友。` in GBK.
const GBK: &[u8] = b"+++\ntitle = \"\xd0\xa1\xba\xec\xca\xe9\"\n+++\n\xcf\xc8\xbd\xbb\xc3\xa8\xcb\xb0\xa3\xac\xd4\xd9\xd7\xf6\xc5\xf3\xd3\xd1\xa1\xa3\n";

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        fails("GBK", "not-utf-8", "content/a.zh.md:2", |ground: &Ground| {
            ground.file("content/a.zh.md", GBK);
        })
        .says("GBK")
        .says("byte 15"),
        fails("Big5", "not-utf-8", "content/a.zh.md:1", |ground: &Ground| {
            ground.file("content/a.zh.md", b"# \xa4p\xac\xf5\xae\xd1\xa1A\xaa\xa9\n");
        })
        .says("byte 2"),
        fails("UTF-16, little end first", "not-utf-8", "content/a.zh.md:1", |ground: &Ground| {
            ground.file("content/a.zh.md", utf16("# 猫税\n", false));
        })
        .says("UTF-16"),
        fails("UTF-16, big end first", "not-utf-8", "content/a.zh.md:1", |ground: &Ground| {
            ground.file("content/a.zh.md", utf16("# 猫税\n", true));
        })
        .says("UTF-16"),
        fails("UTF-16 without a mark", "not-utf-8", "content/a.en.md:1", |ground: &Ground| {
            let text: Vec<u8> =
                "# 猫 Cat tax\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
            ground.file("content/a.en.md", text);
        })
        .says("UTF-16"),
        fails(
            "UTF-16 in English without a mark",
            "not-utf-8",
            "content/a.en.md:1",
            |ground: &Ground| {
                // Every byte of it is UTF-8.
                let text: Vec<u8> =
                    "# Cat tax\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
                ground.file("content/a.en.md", text);
            },
        )
        .says("UTF-16"),
        fails("UTF-32", "not-utf-8", "content/a.zh.md:1", |ground: &Ground| {
            let text: Vec<u8> =
                "\u{feff}# 猫\n".chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
            ground.file("content/a.zh.md", text);
        }),
        fails("a byte of Latin-1", "not-utf-8", "content/a.en.md:3", |ground: &Ground| {
            ground.file("content/a.en.md", b"# T\n\ncaf\xe9\n");
        })
        .says("byte 8"),
        fails("a surrogate in UTF-8", "not-utf-8", "content/a.en.md:1", |ground: &Ground| {
            ground.file("content/a.en.md", b"# T \xed\xa0\x80\n");
        })
        .says("byte 4"),
        fails("an overlong slash", "not-utf-8", "content/a.en.md:1", |ground: &Ground| {
            ground.file("content/a.en.md", b"# T \xc0\xaf\n");
        }),
        fails(
            "a character cut off at the end",
            "not-utf-8",
            "content/a.zh.md:1",
            |ground: &Ground| {
                ground.file("content/a.zh.md", b"# \xe7\x8c\xab\xe7\x8c");
            },
        )
        .says("byte 5"),
        fails(
            "an image where text is to be",
            "not-utf-8",
            "content/a.en.md:1",
            |ground: &Ground| {
                ground.file("content/a.en.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
            },
        ),
        fails("bad bytes in every kind of file", "not-utf-8", "book.toml:1", |ground: &Ground| {
            ground.file("book.toml", b"#\xff\n").file("content/glossary.toml", b"#\xff\n");
            ground.file("templates/page.html", b"\xff").file("templates/strings.toml", b"\xff");
            ground.file("content/glossary/x.md", b"\xff").file("content/a.zh.md", b"\xff");
        })
        .and("not-utf-8", "content/glossary.toml:1")
        .and("not-utf-8", "templates/page.html:1")
        .and("not-utf-8", "templates/strings.toml:1")
        .and("not-utf-8", "content/glossary/x.md:1")
        .and("not-utf-8", "content/a.zh.md:1"),
        fails("10 MB of bad bytes", "not-utf-8", "content/a.zh.md:1", |ground: &Ground| {
            ground.file("content/a.zh.md", vec![0xff; ground.size.of(10_000_000)]);
        }),
        builds("an empty page with a title", |ground: &Ground| {
            ground.file("content/a.zh.md", "+++\ntitle = \"T\"\n+++");
        }),
        fails("an empty page", "missing-title", "content/a.zh.md", |ground: &Ground| {
            ground.file("content/a.zh.md", "");
        }),
        fails(
            "a page of a byte order mark",
            "missing-title",
            "content/a.zh.md",
            |ground: &Ground| {
                ground.file("content/a.zh.md", "\u{feff}");
            },
        ),
        builds("byte order marks all over", |ground: &Ground| {
            ground.file("content/a.zh.md", "\u{feff}# 猫\u{feff}\n\n\u{feff}税\n");
        }),
        builds("carriage returns alone", |ground: &Ground| {
            ground.file("content/a.zh.md", "# 猫\r\r税\r\r- a\r- b\r");
        }),
        builds("private and unassigned characters", |ground: &Ground| {
            ground.file("content/a.zh.md", "# \u{e000}\u{10fffd}\n\n\u{e0fff}\u{378}\u{fffe}\n");
        }),
        builds("characters outside the first plane", |ground: &Ground| {
            ground.file("content/a.zh.md", "# 𠮷野家\n\n𠮷𠮷，𪚥。𠮷\n");
            ground.file(
                "content/glossary.toml",
                "[[term]]\nid = \"ji\"\nzh = \"𠮷\"\npinyin = \"jí\"\n",
            );
        }),
    ];
    cases.push(
        builds("control characters in text", |ground: &Ground| {
            let all: String =
                (0..32u8).filter(|c| !matches!(c, 9 | 10 | 13)).map(char::from).collect();
            ground.file(
                "content/a.en.md",
                format!("# T{all}\n\na{all}b\u{7f}\u{9b}31m\n\n```\n{all}\n```\n"),
            );
        })
        .lacks("\u{1b}")
        .lacks("\u{8}"),
    );
    cases.push(
        builds("NUL in every kind of text", |ground: &Ground| {
            ground.file(
                "content/a.en.md",
                "+++\ntitle = \"a\\u0000b\"\ntags = [\"c\\u0000d\"]\n+++\n\0x\0 `\0`\n",
            );
        })
        .lacks("\0"),
    );
    cases
}
