//! The list for learners in Anki itself, without its window.

use std::process::Command;

use crate::support::{HARD, fetched, gen_in, read, repository, site, write};

#[test]
fn importing_again_updates_and_keeps_the_schedule() {
    let Some(python) = fetched("venv/bin/python") else { return };
    let dir = site(HARD);
    for name in ["first.txt", "again.txt"] {
        gen_in(&dir, &format!("export vocabulary -o {name}"));
    }
    let text = read(&dir, "content/glossary.toml");
    write(&dir, "content/glossary.toml", &text.replace("\"+1 & <i>\\nline\"", "\"a new meaning\""));
    gen_in(&dir, "export vocabulary -o changed.txt");
    let output = Command::new(python)
        .arg(repository().join("tests/exchange/learn.py"))
        .args(["first.txt", "again.txt", "changed.txt"])
        .current_dir(dir.path())
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "ok\n", "{err}");
}

#[test]
fn a_card_keeps_its_id() {
    let dir = site(HARD);
    let guids = |text: &str| -> Vec<String> {
        let cards = text.lines().filter(|line| !line.starts_with('#'));
        cards.map(|line| line.split('\t').next().unwrap().to_owned()).collect()
    };
    let all = guids(&gen_in(&dir, "export vocabulary"));
    assert_eq!(all.len(), 3);
    // Wherever it is previewed, in whatever list, with whatever name.
    assert_eq!(guids(&gen_in(&dir, "export vocabulary -u https://preview.test/")), all);
    let text = read(&dir, "content/glossary.toml").replace("九九六", "九 九 六");
    write(&dir, "content/glossary.toml", &text);
    assert_eq!(guids(&gen_in(&dir, "export vocabulary")), all);
    let article = guids(&gen_in(&dir, "export vocabulary 2025/work"));
    assert!(!article.is_empty() && article.iter().all(|guid| all.contains(guid)), "{article:?}");
}
