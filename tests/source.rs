//! Reading a site's files: what is taken, what is left out, what is refused.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test makes files")]

use std::fs;
use std::path::Path;

use digest_gen::source::{Layout, Options, Reader, Sources, find_root, read};
use tempfile::TempDir;

fn site(files: &[&str]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for file in files {
        put(dir.path(), file);
    }
    dir
}

fn put(root: &Path, file: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, file).unwrap();
}

fn read_site(root: &Path) -> Sources {
    read(root, &Layout::default(), Options::default())
}

fn paths(sources: &Sources) -> Vec<&str> {
    sources.files.keys().map(|path| &**path).collect()
}

fn problems(sources: &Sources) -> Vec<(&str, &str)> {
    sources.diagnostics.iter().map(|d| (d.code, &*d.path)).collect()
}

#[test]
fn reads_the_four_places_and_nothing_else() {
    let files = ["book.toml", "content/a/猫税.zh.md", "static/x.css", "templates/page.html"];
    let dir = site(&files);
    put(dir.path(), "public/index.html");
    put(dir.path(), "README.md");
    let sources = read_site(dir.path());
    assert_eq!(paths(&sources), files);
    assert_eq!(&*sources.files["static/x.css"].bytes, b"static/x.css");
    assert_eq!(problems(&sources), []);
}

#[test]
fn leaves_out_hidden_files_and_leftovers() {
    let dir = site(&["book.toml", "content/a.md"]);
    for name in [".DS_Store", ".git/config", "a.md~", ".a.md.swp", "b.swp", "#a.md#", ".#a/b.md"] {
        put(dir.path(), &format!("content/{name}"));
    }
    assert_eq!(paths(&read_site(dir.path())), ["book.toml", "content/a.md"]);
}

#[test]
fn reads_another_content_folder() {
    let dir = site(&["book.toml", "src/a.md", "content/b.md"]);
    for src in ["src", "./src/"] {
        let layout = Layout { src: src.to_owned(), ..Layout::default() };
        let sources = read(dir.path(), &layout, Options::default());
        assert_eq!(paths(&sources), ["book.toml", "src/a.md"]);
    }
    for src in ["", ".", "..", "../x", "/etc", "static", "templates/x", "data"] {
        let layout = Layout { src: src.to_owned(), ..Layout::default() };
        let sources = read(dir.path(), &layout, Options::default());
        assert_eq!(problems(&sources), [("bad-src", "book.toml")], "{src}");
    }
}

#[test]
fn says_what_to_do_when_there_is_no_content() {
    let dir = site(&["book.toml"]);
    let sources = read_site(dir.path());
    assert_eq!(problems(&sources), [("unreadable-file", "content")]);
    assert!(sources.diagnostics[0].help.as_ref().unwrap().en.contains("[book] src"));
    put(dir.path(), "content");
    assert_eq!(problems(&read_site(dir.path())), [("unreadable-file", "content")]);
}

/// What the system says has changed is enough where it names files that were there.
#[test]
fn looks_at_single_files_again() {
    let dir = site(&["book.toml", "content/a.md", "content/b.md"]);
    let mut reader = Reader::default();
    let before = reader.read(dir.path(), &Layout::default(), Options::default());
    let place = |path: &str| dir.path().join(path);
    let mut look = |paths: &[&str]| {
        let paths: Vec<_> = paths.iter().map(|path| place(path)).collect();
        let mut sources = before.clone();
        reader.refresh(dir.path(), &paths, &mut sources).map(|()| sources)
    };
    fs::write(place("content/a.md"), "other\n").unwrap();
    // An editor wrote a file beside it, and renamed that one.
    let seen = look(&["content/a.md", "content/a.md.tmp123"]).unwrap();
    assert_eq!(&*seen.files["content/a.md"].bytes, b"other\n");
    assert_eq!(seen.files["content/b.md"].fingerprint, before.files["content/b.md"].fingerprint);
    assert!(look(&["content/b.md"]).is_some());
    // New files, files that went, folders: the whole site has to be read.
    put(dir.path(), "content/c.md");
    fs::remove_file(place("content/b.md")).unwrap();
    for path in ["content/c.md", "content/b.md", "content"] {
        assert!(look(&[path]).is_none(), "{path}");
    }
}

#[test]
fn finds_the_folder_of_a_site() {
    let dir = site(&["book.toml", "content/a/b.md"]);
    let root = dir.path();
    assert_eq!(find_root(None, &root.join("content/a")).unwrap(), root);
    assert_eq!(
        find_root(Some(Path::new("..")), &root.join("content")).unwrap(),
        root.join("content/..")
    );
    for dir in ["content", "missing", "book.toml"] {
        let error = find_root(Some(Path::new(dir)), root).unwrap_err();
        assert_eq!((error.code, &*error.path), ("no-site", dir));
    }
    let empty = TempDir::new().unwrap();
    assert_eq!(find_root(None, empty.path()).unwrap_err().code, "no-site");
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn follows_links_that_stay_inside() {
        let dir = site(&["book.toml", "content/a.md", "common/b.md"]);
        symlink("../common", dir.path().join("content/common")).unwrap();
        symlink("a.md", dir.path().join("content/c.md")).unwrap();
        let sources = read_site(dir.path());
        let expected = ["book.toml", "content/a.md", "content/c.md", "content/common/b.md"];
        assert_eq!(paths(&sources), expected);
        assert_eq!(problems(&sources), []);
    }

    #[test]
    fn refuses_links_that_leave_the_site_loop_or_lead_nowhere() {
        let other = site(&["secret/x.md"]);
        let dir = site(&["book.toml", "content/a.md"]);
        let content = dir.path().join("content");
        symlink(other.path().join("secret"), content.join("out")).unwrap();
        symlink(other.path().join("secret/x.md"), content.join("out.md")).unwrap();
        symlink(".", content.join("loop")).unwrap();
        symlink("nowhere", content.join("broken.md")).unwrap();
        symlink("user@host.1:2", content.join(".#a.md")).unwrap();
        let sources = read_site(dir.path());
        assert_eq!(paths(&sources), ["book.toml", "content/a.md"]);
        let expected = [
            ("unreadable-file", "content/broken.md"),
            ("link-loop", "content/loop"),
            ("link-outside", "content/out"),
            ("link-outside", "content/out.md"),
        ];
        assert_eq!(problems(&sources), expected);
    }

    #[test]
    fn never_opens_special_files() {
        let dir = site(&["book.toml", "content/a.md"]);
        let pipe = dir.path().join("content/pipe.md");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let _socket = UnixListener::bind(dir.path().join("content/socket")).unwrap();
        let sources = read_site(dir.path());
        let expected = [("special-file", "content/pipe.md"), ("special-file", "content/socket")];
        assert_eq!(problems(&sources), expected);
    }

    #[test]
    fn shows_names_that_cannot_be_shown() {
        let dir = site(&["book.toml", "content/a\tb.md"]);
        let invalid = dir.path().join("content").join(OsStr::from_bytes(b"z\xff"));
        // Some systems refuse such a name themselves.
        let made = fs::create_dir(&invalid).and_then(|()| fs::write(invalid.join("x.md"), "x"));
        let sources = read_site(dir.path());
        assert_eq!(paths(&sources), ["book.toml"]);
        let mut expected = vec![("bad-file-name", "content/a\\tb.md")];
        if made.is_ok() {
            expected.push(("bad-file-name", "content/z\\xff"));
        }
        assert_eq!(problems(&sources), expected);
    }
}
