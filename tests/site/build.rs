//! What holds of every build: the same bytes whatever is remembered, and no work done twice.

use digest_gen::build;
use digest_gen::memo::{Memo, Stage};

use crate::support::{DIGEST, STAGES, Site, assert_same, site};

const MOMO: &str = "content/2025/momo.zh.md";
const MOMO_EN: &str = "content/2025/momo.en.md";
const V50: &str = "content/2025/v50.md";

#[test]
fn the_fixture_is_clean() {
    site(DIGEST).clean();
}

#[test]
fn twice_the_same_bytes() {
    let site = site(DIGEST);
    let builds = [0, 0].map(|_| build(&site.sources, &mut Memo::new()));
    assert_same(&builds[0], &builds[1], "nothing");
}

#[test]
fn one_thread_or_many() {
    let site = site(DIGEST);
    let [one, many] = [1, 8].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| build(&site.sources, &mut Memo::new()))
    });
    assert_same(&one, &many, "a change of threads");
}

#[test]
fn a_second_build_makes_nothing() {
    let mut site = site(DIGEST);
    site.clean();
    let asked = STAGES.map(|stage| site.count(stage).made + site.count(stage).reused);
    site.clean();
    for (stage, first) in STAGES.into_iter().zip(asked) {
        let count = site.count(stage);
        assert_eq!(count.made, 0, "{stage:?}");
        // Fewer is right where one value holds others: a document holds its code blocks.
        assert!(count.reused <= first, "{stage:?}");
    }
    // Pages that are remembered together are not asked for one by one.
    assert!(site.count(Stage::Page).reused < site.built().pages as u64);
}

#[test]
fn a_body_edit_renders_the_pages_that_show_it() {
    let mut site = site(DIGEST);
    // A page in two files: the page in that language and the one of both.
    site.clean().edit(MOMO_EN, "See [cats]", "Read [cats]").clean();
    assert_eq!(site.rendered(), 2);
    assert_eq!([Stage::Parse, Stage::Link, Stage::Align].map(|s| site.made(s)), [1; 3]);
    // In both languages: three.
    site.edit(MOMO_EN, "Read [cats]", "Look at [cats]").edit(MOMO, "见[猫]", "看[猫]").clean();
    assert_eq!(site.rendered(), 3);
    // In one file: three, and those that quote its beginning.
    site.edit(V50, "title = ", "summary = \"V50\"\ntitle = ").clean();
    site.edit(V50, "V me 50.\n", "V me 50.\n\n又及。\n\nPS.\n").clean();
    assert_eq!(site.rendered(), 3);
}

#[test]
fn a_sentence_with_terms_renders_their_pages_too() {
    let mut site = site(DIGEST);
    site.clean().edit(MOMO, "很多", "真多").clean();
    // The two pages of the article, and those of 小红书 and momo, which quote it, in three views.
    assert_eq!(site.rendered(), 2 + 2 * 3);
}

#[test]
fn a_title_edit_renders_what_shows_it() {
    let mut site = site(DIGEST);
    site.clean().edit(MOMO_EN, "Everyone is momo", "All are momo").clean();
    let shown = pages_with(&site, "All are momo");
    for page in ["/en/", "/en/tags/slang/", "/en/2025/cats/", "/", "/archive/2025/"] {
        assert!(shown.contains(&page.to_owned()), "{page} in {shown:#?}");
    }
    assert_eq!(site.rendered(), shown.len() as u64, "{shown:#?}");
}

/// The pages that hold a text, in their HTML or metadata.
fn pages_with(site: &Site, text: &str) -> Vec<String> {
    site.pages().into_iter().filter(|page| site.page(page).contains(text)).collect()
}

#[test]
fn a_definition_renders_what_is_given_it_and_parses_nothing() {
    let mut site = site(DIGEST);
    site.clean()
        .edit("content/glossary.toml", "A picture of your cat.", "Your cat, shown.")
        .clean();
    let shown = pages_with(&site, "Your cat, shown.");
    let keys = ["2025/cats/", "2025/momo/", "glossary/cat-tax/", "glossary/"];
    let expected = ["/en/", "/"].map(|view| keys.map(|key| format!("{view}{key}"))).concat();
    assert!(shown.len() == 8 && expected.iter().all(|page| shown.contains(page)), "{shown:?}");
    // Templates of all views are given both languages of a definition, and so is the home page
    // with its words: five pages in three views.
    assert_eq!(site.rendered(), 5 * 3);
    assert_eq!([Stage::Parse, Stage::Align].map(|s| site.made(s)), [0; 2]);
}

#[test]
fn a_static_file_that_is_not_of_the_theme_renders_nothing() {
    let mut site = site(DIGEST);
    site.write("static/data/numbers.csv", "1").clean();
    site.write("static/data/numbers.csv", "2").clean();
    assert_eq!(site.rendered(), 0);
    assert_eq!(site.page("data/numbers.csv"), "2");
}

#[test]
fn a_template_edit_renders_every_page() {
    let mut site = site(DIGEST);
    site.clean().write("templates/404.html", "lost").clean();
    assert_eq!(site.rendered(), site.built().pages as u64);
    assert_eq!((site.made(Stage::Parse), site.made(Stage::Body)), (0, 0));
}

#[test]
fn an_error_leaves_no_outputs_and_forgets_nothing() {
    let mut site = site(DIGEST);
    site.clean().edit(MOMO, "cats/index.zh.md", "gone.md").build();
    assert!(site.built().outputs.is_empty());
    assert_eq!(site.errors(), [format!("broken-link {MOMO}:11:2")]);
    site.edit(MOMO, "gone.md", "cats/index.zh.md").clean();
    assert_eq!(site.rendered(), 0);
}

#[test]
fn warm_is_cold_after_each_edit() {
    let mut site = site(DIGEST);
    site.same_as_cold("the first build");
    for (name, edit) in EDITS {
        edit(&mut site);
        site.same_as_cold(name);
    }
}

type Edit = (&'static str, fn(&mut Site) -> &mut Site);

/// Every kind of edit, one after the other.
const EDITS: &[Edit] = &[
    ("a body edit", |s| s.edit(MOMO, "很多", "真多")),
    ("an added sentence", |s| s.edit(MOMO_EN, "momos on", "momos. Some are on")),
    ("a title", |s| s.edit(MOMO, "人人都叫 momo", "都叫 momo")),
    ("a summary", |s| s.edit(MOMO, "为什么那么多 momo", "怎么那么多 momo")),
    ("a date", |s| s.edit(MOMO, "2025-01-15", "2025-05-15")),
    ("a date that disagrees", |s| s.edit(MOMO_EN, "title =", "date = 2025-05-16\ntitle =")),
    ("no more disagreement", |s| s.edit(MOMO_EN, "date = 2025-05-16\n", "")),
    ("a tag", |s| s.edit(MOMO, "\"slang\", \"memes\"", "\"slang\", \"c#\", \"cat-tax\"")),
    ("a slug", |s| s.edit(MOMO, "tags =", "slug = \"everyone\"\ntags =")),
    ("a draft", |s| s.edit(MOMO, "tags =", "draft = true\ntags =")),
    ("drafts asked for", |s| s.options(|o| o.drafts = true)),
    ("one version a draft", |s| s.edit(MOMO_EN, "title =", "draft = false\ntitle =")),
    ("drafts left out", |s| s.options(|o| o.drafts = false)),
    ("no draft", |s| s.edit(MOMO, "draft = true\n", "")),
    ("a version gone", |s| s.remove(MOMO_EN)),
    ("a version back", |s| s.write(MOMO_EN, "# Again momo\n\nBack with a momo.\n")),
    ("a translation", |s| s.write("content/2024/only.en.md", "# In English\n\nA cat tax.\n")),
    ("a term", |s| {
        let terms = s.source("content/glossary.toml");
        let more = "[[term]]\nid = \"thursday\"\nzh = \"星期四\"\nen = \"Thursday\"\n";
        s.write("content/glossary.toml", &(terms + more))
    }),
    ("a definition", |s| s.edit("content/glossary.toml", "晒猫。", "把猫晒出来。")),
    ("a term's new id", |s| s.edit("content/glossary.toml", "id = \"thursday\"", "id = \"a-day\"")),
    ("a term renamed", |s| {
        s.edit("content/glossary.toml", "en = \"cat tax\"", "en = \"cat toll\"")
    }),
    ("terms gone", |s| s.write("content/glossary.toml", "")),
    ("a term's text", |s| s.edit("content/glossary/xiaohongshu.md", "an app", "a red app")),
    ("a term's file gone", |s| s.remove("content/glossary/xiaohongshu.md")),
    ("a template", |s| s.write("templates/section.html", "{{ list.title.zh }}")),
    ("a partial", |s| s.write("templates/partials/extra.html", "x")),
    ("a broken template", |s| s.write("templates/section.html", "{{ list.")),
    ("the template of the theme", |s| s.remove("templates/section.html")),
    ("words of the theme", |s| s.write("templates/strings.toml", "[en]\nhome = \"Start\"\n")),
    ("a static file", |s| s.write("static/logo.txt", "another")),
    ("a style sheet", |s| s.write("static/style.css", "body{}")),
    ("a file of a page", |s| s.write("content/2025/cats/cover.jpg", "JPG2")),
    ("a file of a page gone", |s| s.remove("content/2025/cats/cover.jpg")),
    ("the file back", |s| s.write("content/2025/cats/cover.jpg", "JPG3")),
    ("the site's name", |s| s.edit("book.toml", "The Digest", "A Digest")),
    ("a tag's name", |s| s.edit("book.toml", "Memes", "Jokes")),
    ("the site's address", |s| s.edit("book.toml", "example.org/digest/", "example.net/")),
    ("the default language", |s| s.edit("book.toml", "[book]", "[book]\nlanguage = \"en\"")),
    ("one language hidden", |s| {
        s.edit(
            "book.toml",
            "[output.html]",
            "[output.html]\none-language = \"hide\"\npaginate-by = 1",
        )
    }),
    ("an alias", |s| s.edit(MOMO, "tags =", "aliases = [\"/a/b.html\", \"/old/cats/\"]\ntags =")),
    ("an alias at a page", |s| s.edit(MOMO, "/old/cats/", "/about/")),
    ("no alias", |s| s.edit(MOMO, "aliases = [\"/a/b.html\", \"/about/\"]\n", "")),
    ("a page", |s| s.write("content/new.md", "+++\ndate = 2025-04-01\n+++\n# 新\n\n# New\n")),
    ("a page renamed", |s| s.rename("content/new.md", "content/2025/newer.md")),
    ("a page moved", |s| s.rename("content/2025/newer.md", "content/2023/a/newer.md")),
    ("a page gone", |s| s.remove("content/2023/a/newer.md")),
    ("two files for one page", |s| s.write("content/2025/v50.zh.md", "# V\n")),
    ("one file again", |s| s.remove("content/2025/v50.zh.md")),
    ("a section's text gone", |s| s.remove("content/2025/_index.en.md")),
    ("no book.toml", |s| s.remove("book.toml")),
    ("a folder of its own name", |s| s.write("book.toml", "book.src = \"content/2025\"")),
];
