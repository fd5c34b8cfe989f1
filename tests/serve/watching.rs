//! What the watcher notices, and what it does not.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::support::{Served, clean, serve, site, wait, write};

/// Waits until what is served is what a clean build makes of the folder.
#[track_caller]
fn is_clean(served: &Served, dir: &Path, after: &str) {
    let outputs = clean(dir);
    let same = wait(|| {
        outputs.iter().all(|(path, output)| {
            let address = format!("/d/{}", digest_gen::model::urls::encode(path));
            served.get(&address).body == *output.bytes
        })
    });
    assert!(same, "after {after}: {:#?}", served.lines.lock().unwrap());
}

#[test]
fn sees_what_editors_and_people_do() {
    let dir = site();
    let root = dir.path();
    let served = serve(root, &["--no-reload"]);
    let file = root.join("content/about.en.md");
    let shows = |text: &str| served.until("/d/en/about/", |page| page.contains(text));
    // A file that takes the place of the old one.
    fs::write(root.join("content/.about.tmp"), "# About\n\nWritten at once.\n").unwrap();
    fs::rename(root.join("content/.about.tmp"), &file).unwrap();
    shows("Written at once.");
    // As vim does it: the old file becomes a backup, a new one is written.
    for round in ["a", "b", "c"] {
        fs::rename(&file, root.join("content/about.en.md~")).unwrap();
        fs::write(root.join("content/.about.en.md.swp"), "swap").unwrap();
        fs::write(&file, format!("# About\n\nBy vim {round}.\n")).unwrap();
        fs::remove_file(root.join("content/about.en.md~")).unwrap();
        shows(&format!("By vim {round}."));
    }
    // The same length, twice within a moment.
    for round in 0..10 {
        fs::write(&file, format!("# About\n\nRound {round}.\n")).unwrap();
    }
    shows("Round 9.");
    // A folder from elsewhere, with folders in it.
    let outside = tempfile::TempDir::new_in(root).unwrap();
    write(&outside, "in/deep/er/page.en.md", "# Deep\n\nMoved in.\n");
    fs::rename(outside.path().join("in"), root.join("content/in")).unwrap();
    served.until("/d/en/in/deep/er/page/", |page| page.contains("Moved in."));
    write(&dir, "content/in/deep/er/page.en.md", "# Deep\n\nEdited there.\n");
    served.until("/d/en/in/deep/er/page/", |page| page.contains("Edited there."));
    fs::rename(root.join("content/in/deep"), root.join("content/shallow")).unwrap();
    is_clean(&served, root, "a folder moved inside");
    fs::rename(root.join("content/in"), outside.path().join("out")).unwrap();
    fs::rename(root.join("content/shallow"), outside.path().join("shallow")).unwrap();
    is_clean(&served, root, "folders moved out");
    assert_eq!(served.get("/d/en/shallow/er/page/").status, 404);
    // A file replaced by a folder, and the folder by a file.
    write(&dir, "static/x", "a file");
    served.until("/d/x", |text| text == "a file");
    fs::remove_file(root.join("static/x")).unwrap();
    write(&dir, "static/x/y", "in a folder");
    served.until("/d/x/y", |text| text == "in a folder");
    fs::remove_dir_all(root.join("static/x")).unwrap();
    write(&dir, "static/x", "a file again");
    served.until("/d/x", |text| text == "a file again");
    is_clean(&served, root, "all of it");
}

#[test]
fn sees_the_folders_of_the_site_come_and_go() {
    let dir = site();
    let root = dir.path();
    let served = serve(root, &["--no-reload"]);
    // templates/ was not there.
    write(&dir, "templates/404.html", "lost");
    served.until("/d/nothing", |text| text == "lost");
    write(&dir, "templates/404.html", "lost twice");
    served.until("/d/nothing", |text| text == "lost twice");
    fs::remove_dir_all(root.join("templates")).unwrap();
    served.until("/d/nothing", |text| text.contains("<html"));
    // data/ likewise.
    write(&dir, "templates/404.html", "{{ data.note.text }}");
    write(&dir, "data/note.toml", "text = 'one'");
    served.until("/d/nothing", |text| text == "one");
    write(&dir, "data/note.toml", "text = 'two'");
    served.until("/d/nothing", |text| text == "two");
    // The whole content folder replaced by another.
    fs::create_dir(root.join("next")).unwrap();
    write(&dir, "next/new.en.md", "# New\n\nAnother folder.\n");
    fs::rename(root.join("content"), root.join("old")).unwrap();
    fs::rename(root.join("next"), root.join("content")).unwrap();
    served.until("/d/en/new/", |text| text.contains("Another folder."));
    write(&dir, "content/new.en.md", "# New\n\nEdited in it.\n");
    served.until("/d/en/new/", |text| text.contains("Edited in it."));
    // Another content folder by book.toml, below another folder.
    write(&dir, "docs/text/page.en.md", "# Page\n\nBy book.toml.\n");
    write(&dir, "book.toml", "book.src = \"docs/text\"\n[output.html]\nsite-url = \"/d/\"\n");
    served.until("/d/en/page/", |text| text.contains("By book.toml."));
    write(&dir, "docs/text/page.en.md", "# Page\n\nEdited below it.\n");
    served.until("/d/en/page/", |text| text.contains("Edited below it."));
}

#[cfg(unix)]
#[test]
fn follows_links_to_their_files() {
    use std::os::unix::fs::symlink;
    let dir = site();
    let root = dir.path();
    write(&dir, "shared/one.md", "# One\n\nBehind a link.\n");
    write(&dir, "shared/more/two.en.md", "# Two\n\nIn a linked folder.\n");
    let served = serve(root, &["--no-reload"]);
    symlink(root.join("shared/one.md"), root.join("content/one.en.md")).unwrap();
    symlink(root.join("shared/more"), root.join("content/more")).unwrap();
    served.until("/d/en/one/", |text| text.contains("Behind a link."));
    served.until("/d/en/more/two/", |text| text.contains("In a linked folder."));
    write(&dir, "shared/one.md", "# One\n\nEdited behind it.\n");
    served.until("/d/en/one/", |text| text.contains("Edited behind it."));
    write(&dir, "shared/more/two.en.md", "# Two\n\nEdited in it.\n");
    served.until("/d/en/more/two/", |text| text.contains("Edited in it."));
}

#[test]
fn polls_where_nothing_is_told() {
    let dir = site();
    let served = serve(dir.path(), &["--poll", "--no-reload"]);
    write(&dir, "content/about.en.md", "# About\n\nFound by looking.\n");
    served.until("/d/en/about/", |text| text.contains("Found by looking."));
    thread::sleep(Duration::from_millis(1200));
    assert_eq!(served.builds(), 2, "{:#?}", served.lines.lock().unwrap());
}

#[test]
fn another_branch_of_a_thousand_files_is_few_builds() {
    let dir = site();
    let root = dir.path();
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]);
        let output = git.args(arguments).current_dir(root).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    };
    let page = |number: usize, text: &str| {
        write(&dir, &format!("content/n/p{number}.en.md"), &format!("# P{number}\n\n{text}\n"));
    };
    git(&["init", "-q"]);
    (0..1000).for_each(|number| page(number, "One."));
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    git(&["checkout", "-q", "-b", "two"]);
    (0..990).for_each(|number| page(number, "Two."));
    (990..1000).for_each(|n| fs::remove_file(root.join(format!("content/n/p{n}.en.md"))).unwrap());
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "two"]);
    let served = serve(root, &["--no-reload"]);
    for branch in ["main", "two"] {
        let before = served.builds();
        git(&["checkout", "-q", branch]);
        is_clean(&served, root, branch);
        let builds = served.builds() - before;
        // Usually two or three; a busy machine hands the files on in more batches.
        assert!((1..=50).contains(&builds), "{builds} builds for {branch}");
    }
}

#[test]
fn the_last_good_site_stays_until_it_is_mended() {
    let dir = site();
    let served = serve(dir.path(), &[]);
    let good = served.text("/d/en/about/");
    let events = "/__gen/events?path=/d/en/about/&content=x&style=y";
    let broken = [
        (
            "content/about.en.md",
            "+++\ntitle = <img src=x>\n+++\n# About\n",
            "content/about.en.md:2:",
        ),
        ("book.toml", "[book\n", "book.toml:1:"),
        ("templates/page.html", "{{ article.", "templates/page.html:1:"),
    ];
    for (path, text, place) in broken {
        let before = fs::read_to_string(dir.path().join(path)).ok();
        write(&dir, path, text);
        let told = served.stream(events, place);
        assert!(told.contains("event: problems"), "{told}");
        assert_eq!(served.text("/d/en/about/"), good, "{path}");
        match before {
            Some(text) => write(&dir, path, &text),
            None => fs::remove_file(dir.path().join(path)).unwrap(),
        }
        served.stream(events, "data: []");
    }
}

#[test]
fn a_site_that_is_broken_from_the_start_waits_to_be_mended() {
    let dir = site();
    write(&dir, "book.toml", "[book\n");
    let served = serve(dir.path(), &[]);
    let page = served.get("/");
    assert_eq!(page.status, 503);
    assert!(String::from_utf8_lossy(&page.body).contains("/__gen/reload.js"));
    served.stream("/__gen/events?path=/&content=x&style=y", "book.toml:1:");
    write(&dir, "book.toml", "");
    served.until("/en/about/", |text| text.contains("A digest."));
}

#[test]
fn an_open_page_is_told_when_it_has_changed_and_only_then() {
    let dir = site();
    let served = serve(dir.path(), &[]);
    let address = |page: &str| {
        let text = served.text(page);
        let of = |name: &str| {
            let at = text.find(name).unwrap() + name.len() + 2;
            text[at..].split('"').next().unwrap().to_owned()
        };
        let (content, style) = (of("data-content"), of("data-style"));
        format!("/__gen/events?path={page}&content={content}&style={style}")
    };
    let [about, cats] = ["/d/en/about/", "/d/en/%E7%8C%AB/%E7%8C%AB%E7%A8%8E/"].map(address);
    let about = thread::scope(|scope| {
        let stream = scope.spawn(|| served.stream(&about, "event: reload"));
        let other = scope.spawn(|| served.stream(&cats, "event: style"));
        // Both listen; then one page changes, and then the style sheet of all.
        thread::sleep(Duration::from_millis(300));
        write(&dir, "content/about.en.md", "# About\n\nChanged.\n");
        let told = stream.join().unwrap();
        write(&dir, "static/style.css", "body { color: red }\n");
        let other = other.join().unwrap();
        assert!(!other.contains("event: reload"), "{other}");
        assert!(other.contains("/d/style."), "{other}");
        told
    });
    assert!(about.contains("data: []"), "{about}");
    // A page that has changed while nobody listened, as after a restart.
    served.stream("/__gen/events?path=/d/en/about/&content=old&style=old", "event: reload");
}
