//! `gen check --fix`: what it changes, what it leaves, and that it comes to an end.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use assert_cmd::Command;
use digest_gen::build::{Fixed, fix};
use digest_gen::check;
use digest_gen::lang::Lang;
use digest_gen::memo::Memo;
use digest_gen::parse::markdown::{Rules, Spoken, frame, leaves};
use digest_gen::source::Sources;
use proptest::prelude::*;

use crate::pieces::PIECES;
use crate::support::{own, site, text};

fn fixed(sources: &Sources) -> Fixed {
    fix(sources, &mut Memo::new())
}

/// A Chinese page mended, by default settings.
fn mended(body: &str) -> String {
    let sources = site(&[("content/a.zh.md", body)]);
    text(&fixed(&sources).sources, "content/a.zh.md")
}

const MESSY: &str = "+++\r\ntitle = \"好,好\" # 好,好\r\ntags = [\"甲,乙\"]\r\n[extra]\r\nnote = \"好,好\"\r\n+++\r\n\
好,`a,b`,[好,好](b,c.md \"好,好\"),<b title=\"好,好\">好,好</b>,$a,中$.\r\n\r\n\
```text\r\n好,好\r\n```\r\n\r\n<p>好,好</p>\r\n\r\n![好,好](x,y.png),<https://a.org/好,好>\r\n\r\n好\\,好,[[cat-tax]],好\r\n";

const MENDED: &str = "+++\r\ntitle = \"好，好\" # 好,好\r\ntags = [\"甲,乙\"]\r\n[extra]\r\nnote = \"好,好\"\r\n+++\r\n\
好，`a,b`，[好，好](b,c.md \"好,好\")，<b title=\"好,好\">好，好</b>，$a,中$.\r\n\r\n\
```text\r\n好,好\r\n```\r\n\r\n<p>好,好</p>\r\n\r\n![好，好](x,y.png),<https://a.org/好,好>\r\n\r\n好\\,好，[[cat-tax]]，好\r\n";

#[test]
fn only_texts_are_mended() {
    assert_eq!(mended(MESSY), MENDED);
    assert_eq!(mended(MENDED), MENDED);
    let marked = format!("\u{feff}{MESSY}");
    assert_eq!(mended(&marked), format!("\u{feff}{MENDED}"));
}

#[test]
fn what_would_change_the_mark_up_stays() {
    // A space between the two is what keeps them apart.
    let book = "[typography]\nspacing = \"none\"\n";
    let files = [("book.toml", book), ("content/a.zh.md", "# 题\n\n**中文** *abc* 中 abc\n")];
    let fixed = fixed(&site(&files));
    assert_eq!(text(&fixed.sources, "content/a.zh.md"), "# 题\n\n**中文** *abc*中abc\n");
    let left: Vec<_> = fixed.built.diagnostics.iter().map(|found| found.code).collect();
    assert!(left.contains(&"mixed-spacing"), "{left:?}");
}

#[test]
fn what_is_silenced_is_not_mended() {
    let text = "# 题\n\n<!-- gen-check: off halfwidth-punctuation -->\n好,好\n\n好,好\n";
    let right = "# 题\n\n<!-- gen-check: off halfwidth-punctuation -->\n好,好\n\n好，好\n";
    assert_eq!(mended(text), right);
}

#[test]
fn the_digest_is_clean_already_and_is_mended_back() {
    let sources = own();
    assert!(fixed(&sources).mended.is_empty());
    // Every mark half-width: the mechanical ones come back, and twice is as once. In code, of which the guide is
    // full, they would stay.
    let mut messy = sources.clone();
    for (path, file) in &mut messy.files {
        if path.ends_with(".zh.md") && !path.starts_with("content/guide/") {
            let text = std::str::from_utf8(&file.bytes).unwrap();
            let (front, body) = text.split_at(text.rfind("+++").unwrap());
            let body = body.replace('，', ",").replace('。', ".").replace('：', ":");
            let body = body.replace(['“', '”'], "\"");
            *file = digest_gen::source::File::new(format!("{front}{body}").into_bytes());
        }
    }
    let once = fixed(&messy);
    for path in sources.files.keys().filter(|path| path.ends_with(".zh.md")) {
        assert_eq!(text(&once.sources, path), text(&sources, path), "{path}");
    }
    assert!(fixed(&once.sources).mended.is_empty());
}

/// The words of a text that are not for mending: code, addresses, raw HTML, formulas.
fn kept(text: &str) -> Vec<String> {
    frame(text, 0, Rules { smart: false, ..Rules::ALL })
}

/// The letters of a text: what no rule of typography may touch.
fn letters(text: &str) -> String {
    let read = leaves(text, 0, Spoken::One(Lang::Zh), Rules::ALL);
    let glyphs = read.leaves.iter().flat_map(|leaf| &leaf.glyphs);
    let all: String = glyphs.map(|glyph| glyph.c).filter(|c| c.is_alphanumeric()).collect();
    let half = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap(),
        c => c,
    };
    all.chars().map(half).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn twice_is_as_once_and_the_rest_stays(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..24), none in any::<bool>()) {
        let spacing = if none { "none" } else { "space" };
        let book = format!("[typography]\nspacing = \"{spacing}\"\n");
        let before = pieces.concat();
        let sources = site(&[("book.toml", &book), ("content/a.zh.md", &before)]);
        let mut memo = Memo::new();
        let once = fix(&sources, &mut memo);
        let after = text(&once.sources, "content/a.zh.md");
        prop_assert_eq!(kept(&before), kept(&after), "{:?}", after);
        prop_assert_eq!(letters(&before), letters(&after), "{:?}", after);
        let twice = fix(&once.sources, &mut memo);
        prop_assert_eq!(text(&twice.sources, "content/a.zh.md"), after);
    }
}

fn gen_check(folder: &Path, args: &[&str]) -> (String, String, i32) {
    let mut command = Command::cargo_bin("gen").unwrap();
    let output = command.arg("check").arg(folder).args(args).env("LC_ALL", "C").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

fn on_disk(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

#[test]
fn the_command_writes_what_it_mends_and_says_so() {
    let dir = on_disk(&[
        ("book.toml", ""),
        ("content/a.zh.md", "# 题\n\n好,好,他说\"好\n"),
        ("content/b.zh.md", "# 另一题\n\n好。\n"),
    ]);
    let old = fs::metadata(dir.path().join("content/b.zh.md")).unwrap().modified().unwrap();
    let (_, told, status) = gen_check(dir.path(), &["--fix"]);
    assert!(told.contains("content/a.zh.md: mended halfwidth-punctuation ×2"), "{told}");
    // The one quotation mark has no partner.
    assert!(told.contains("straight-quotes") && status == 1, "{told}");
    let read = |path: &str| fs::read_to_string(dir.path().join(path)).unwrap();
    assert_eq!(read("content/a.zh.md"), "# 题\n\n好，好，他说\"好\n");
    assert_eq!(fs::metadata(dir.path().join("content/b.zh.md")).unwrap().modified().unwrap(), old);
    let (_, told, _) = gen_check(dir.path(), &["--fix"]);
    assert!(!told.contains("mended"), "{told}");
    let names: Vec<_> = fs::read_dir(dir.path().join("content")).unwrap().collect();
    assert_eq!(names.len(), 2, "nothing is left behind");
}

#[test]
fn hints_are_counted_and_shown_when_asked_for() {
    let dir = on_disk(&[("book.toml", ""), ("content/a.zh.md", "# 题\n\n好。\n")]);
    let (out, _, status) = gen_check(dir.path(), &[]);
    assert!(out.contains("no problems (1 hint; --hints shows them)") && status == 0, "{out}");
    let (_, told, status) = gen_check(dir.path(), &["--hints"]);
    assert!(told.contains("hint[missing-site-url]") && status == 0, "{told}");
}

#[cfg(unix)]
#[test]
fn files_keep_their_permissions_and_links_their_place() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let dir = on_disk(&[
        ("site/book.toml", ""),
        ("site/content/a.zh.md", "# 题\n\n好,好\n"),
        ("site/content/files/real.txt", "# 题二\n\n好,好\n"),
        ("outside.md", "# 题三\n\n好,好\n"),
    ]);
    let root = dir.path().join("site");
    let file = root.join("content/a.zh.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("files/real.txt", root.join("content/b.zh.md")).unwrap();
    let (_, told, _) = gen_check(&root, &["--fix"]);
    assert!(told.contains("content/b.zh.md: mended"), "{told}");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    let link = root.join("content/b.zh.md");
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert!(fs::read_to_string(root.join("content/files/real.txt")).unwrap().contains("好，好"));
    // One that leads out is an error, and nothing is written through it.
    symlink("../../outside.md", root.join("content/c.zh.md")).unwrap();
    let (_, told, status) = gen_check(&root, &["--fix"]);
    assert!(told.contains("link-outside") && status == 1, "{told}");
    assert!(fs::read_to_string(dir.path().join("outside.md")).unwrap().contains("好,好"));
    // One that may not be written is left.
    fs::write(&file, "# 题\n\n坏,坏\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
    let (_, told, status) = gen_check(&root, &["--fix"]);
    assert!(told.contains("unwritable-file") && status == 1, "{told}");
    assert!(fs::read_to_string(&file).unwrap().contains("坏,坏"));
}

#[test]
fn a_file_that_changed_meanwhile_is_left() {
    let dir = on_disk(&[("a.md", "new")]);
    let error = digest_gen::write::replace(dir.path(), "a.md", b"old", b"mended").unwrap_err();
    assert!(error.to_string().contains("changed by someone else"), "{error}");
    assert_eq!(fs::read_to_string(dir.path().join("a.md")).unwrap(), "new");
}

#[test]
fn checking_writes_nothing() {
    let sources = site(&[("content/a.zh.md", "# 题\n\n好,好\n")]);
    let path: Arc<str> = "content/a.zh.md".into();
    let before = sources.files[&path].bytes.clone();
    let found = check(&sources, &mut Memo::new());
    assert!(found.diagnostics.iter().any(|found| !found.fix.is_empty()));
    assert_eq!(sources.files[&path].bytes, before);
}
