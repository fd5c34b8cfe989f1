//! A site's own archetypes.

use crate::support::Machine;

#[test]
fn a_site_has_its_own_archetypes() {
    let machine = Machine::with_site();
    let own = "+++\ntitle = {{ title.en | json_encode }}\nauthors = [\"Mei\"]\n+++\n\nFirst, {{ slug }} in {{ section | replace(from=\"2\", to=\"two \") }}.\n";
    machine.write("archetypes/article.en.md", own);
    machine.write("archetypes/review.zh.md", "+++\ntitle = \"书评\"\ndate = {{ date }}\n+++\n");
    machine.write("archetypes/review.en.md", "+++\ntitle = \"Review\"\n+++\n");
    machine.write(
        "archetypes/term.toml",
        "[[term]]\nid = \"{{ id }}\"\nzh = \"{{ zh }}\"\nsources = [\"x\"]\n",
    );
    machine.run("new article 2025/momo").fine();
    let en = machine.read("content/2025/momo.en.md");
    assert!(
        en.contains("authors = [\"Mei\"]") && en.contains("First, momo in two 0two 5."),
        "{en}"
    );
    assert!(machine.read("content/2025/momo.zh.md").contains("draft = true"), "built in");
    machine.run("new article dune --kind review --date 2025-01-14").fine();
    assert!(machine.read("content/dune.zh.md").contains("title = \"书评\"\ndate = 2025-01-14\n"));
    machine.run("new term 猫税").fine();
    assert!(machine.read("content/glossary.toml").contains("sources = [\"x\"]"));
    machine.run("build --drafts").fine();
}

#[test]
fn a_wrong_archetype_is_shown_at_its_place() {
    let cases = [
        ("+++\ntitle = {{ titel }}\n+++\n", "template-error", "archetypes/article.en.md:2:"),
        ("+++\ntitle = {{ title.en | shout }}\n+++\n", "template-error", "shout"),
        ("+++\ntitle = \n+++\n", "toml-syntax", "content/momo.en.md:2:"),
        ("+++\ntitel = \"x\"\n+++\n", "unknown-key", "did you mean"),
        (
            "x\n{% for a in range(end=9999) %}{% for b in range(end=9999) %}{% endfor %}{% endfor %}",
            "template-limit",
            "archetypes/article.en.md:2:",
        ),
    ];
    for (archetype, code, text) in cases {
        let machine = Machine::with_site();
        machine.write("archetypes/article.en.md", archetype);
        let before = machine.files();
        let said = machine.run("new article momo").problem(code);
        assert!(said.err.contains(text), "{}", said.err);
        assert!(machine.files() == before, "nothing is written");
    }
}
