//! Texts from others, in a browser: nothing of them runs.

use std::fmt::Write as _;
use std::sync::Arc;

use digest_gen::build;
use digest_gen::diag::has_errors;
use digest_gen::memo::Memo;
use digest_gen::output::Outputs;
use digest_gen::source::{File, Layout, Options, read};

use crate::reader::{DESK, Reader};
use crate::server;

const TRICKS: &str = include_str!("tricks.txt");

fn tricks() -> Vec<String> {
    let lines = TRICKS.lines().filter(|line| !line.starts_with("# "));
    lines.map(|line| line.replace("\\n", "\n")).collect()
}

/// A site of these files.
fn outputs(files: &[(&str, &str)]) -> Outputs {
    let empty = tempfile::tempdir().unwrap();
    let mut sources = read(empty.path(), &Layout::default(), Options::default());
    sources.diagnostics.clear();
    for (path, text) in files {
        sources.files.insert(Arc::from(*path), File::new(text.as_bytes().to_vec()));
    }
    let built = build(&sources, &mut Memo::new());
    assert!(!has_errors(&built.diagnostics), "{:#?}", built.diagnostics);
    built.outputs
}

/// A page for each trick under a policy for raw HTML, with these settings.
fn pages(html: &str, policy: &str) -> Outputs {
    let book = format!(
        "[output.html]\nsite-url = \"/digest/\"\ncontent-security-policy = \"{policy}\"\n\
         [markdown]\nhtml = \"{html}\"\n"
    );
    let named: Vec<(String, String)> = tricks()
        .iter()
        .enumerate()
        .map(|(at, trick)| {
            (format!("content/t{at}.en.md"), format!("# Trick\n\nBefore.\n\n{trick}\n\nAfter.\n"))
        })
        .collect();
    let mut files = vec![("book.toml", book.as_str())];
    files.extend(named.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    outputs(&files)
}

fn reader(outputs: Outputs) -> Reader {
    let (port, _) = server::serve(outputs, String::new());
    Reader::new(&format!("http://127.0.0.1:{port}{}", server::BASE), DESK, true)
}

/// Does what readers do to a page, and tells whether something ran.
const USE: &str = "(() => {
    for (const one of document.querySelectorAll('main *')) {
        for (const kind of ['click', 'mouseover', 'focus']) {
            if (one.closest('a, area')?.href?.startsWith?.('http')) continue;
            one.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true }));
        }
    }
    return self.hit ?? 0;
})()";

/// What of a page could run, by what it is: nothing but the theme's own.
const ACTIVE: &str = "[...document.querySelectorAll('body *')].flatMap(one => {
    const own = one.matches('script[src^=\"/digest/app.\"], script[src^=\"/digest/search.\"], \
form[action^=\"/digest/\"]');
    const names = [...one.attributes].filter(a => /^on/i.test(a.name)
        || /^\\s*(javascript|vbscript|data):/i.test(a.value.replace(/[\\x00-\\x20]/g, ''))
        || a.name === 'srcdoc').map(a => `${one.localName} ${a.name}`);
    const element = one.matches('main :is(script, iframe, frame, object, embed, applet, style, link, \
meta, base, form, animate, set, use, foreignObject)') && !own;
    return element ? [one.localName, ...names] : names;
})";

#[test]
fn no_trick_works_in_texts_of_others() {
    for html in ["sanitize", "escape"] {
        // Without the policy of the pages: the text itself is harmless.
        let reader = reader(pages(html, ""));
        let mut wrong = String::new();
        for (at, trick) in tricks().iter().enumerate() {
            reader.open(&format!("en/t{at}/"));
            let active = reader.value(ACTIVE).to_string();
            let hit = reader.value(USE).to_string();
            let whole = reader.value("document.querySelector('main').innerText.includes('After.')");
            let broken = html == "escape" && whole != true;
            if active != "[]" || hit != "0" || broken {
                let _ = writeln!(wrong, "{html}: {trick:?}: {active}, ran {hit}, whole {whole}");
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }
}

#[test]
fn the_policy_of_the_pages_stops_what_raw_html_would_run() {
    let policy = digest_gen::config::policy::DEFAULT;
    let run = |outputs: Outputs| {
        let reader = reader(outputs);
        let ran = |at: &usize| {
            reader.open(&format!("en/t{at}/"));
            reader.value(USE) != 0
        };
        (0..tricks().len()).filter(ran).collect::<Vec<_>>()
    };
    let ran: Vec<String> =
        run(pages("keep", policy)).into_iter().map(|at| tricks()[at].clone()).collect();
    assert_eq!(ran, Vec::<String>::new());
    // They do work where nothing stops them.
    let ran = run(pages("keep", "")).len();
    assert!(ran > 30, "{ran} of {} tricks work", tricks().len());
}

/// Breaks out of text, of an attribute in either quotation marks, of a script, of a comment, of CDATA.
const NASTY: &str = "a<img src=x onerror=self.hit=1>\" onclick=\"self.hit=1\" x='b' onfocus='self.hit=1' \
                     </script><script>self.hit=1</script>-->]]></title></textarea><svg onload=self.hit=1> \
                     {{ 7 * 7 }} javascript:self.hit=1 中";

#[test]
fn no_name_breaks_out_of_its_place() {
    let toml = toml::Value::String(NASTY.to_owned()).to_string();
    let book = format!(
        "[book]\ntitle = {toml}\ndescription = {toml}\nauthors = [{toml}]\n\
         [output.html]\nsite-url = \"/digest/\"\ncontent-security-policy = \"\"\n\
         [markdown]\nhtml = \"escape\"\n[languages.en]\nname = {toml}\n\
         [taxonomies.tags]\nname = {toml}\n[taxonomies.tags.terms]\nt = {toml}\n\
         [glossary.categories]\nc = {toml}\n"
    );
    let glossary = format!(
        "[[term]]\nid = \"x\"\nzh = \"猫税\"\nen = {toml}\npinyin = {toml}\ncategory = \"c\"\n\
         part_of_speech = {toml}\ndefinition.en = {toml}\ndefinition.zh = {toml}\nsources = [{toml}]\n\
         avoid.en = [{toml}]\naliases.en = [\"alias\"]\n"
    );
    let page = format!(
        "+++\ntitle = {toml}\ndate = 2025-01-01\nsummary = {toml}\nauthors = [{toml}]\n\
         translators = [{toml}]\neditors = [{toml}]\ntags = [{toml}, \"t\"]\ncategories = [{toml}]\n\
         issue = {toml}\n[source]\nname = {toml}\nauthor = {toml}\neditor = {toml}\n\
         original_title = {toml}\nstatement = {toml}\nurl = \"https://a.org/\"\n[readings]\n\
         \"猫税\" = {toml}\n+++\n"
    );
    let zh = format!("{page}猫税。[[x]]\n\n```{NASTY}\nx\n```\n\n[^1]\n\n[^1]: 注。\n");
    let en = format!("{page}alias [x](https://a.org/ {toml}) ![{NASTY}](https://a.org/x.png)\n");
    let outputs = outputs(&[
        ("book.toml", &book),
        ("content/glossary.toml", &glossary),
        ("content/a.zh.md", &zh),
        ("content/a.en.md", &en),
    ]);
    // Under addresses that need no escapes, which the server of this test does not read.
    let all = outputs.iter().filter(|(path, _)| path.ends_with(".html"));
    let numbered =
        all.enumerate().map(|(at, (_, output))| (format!("{at}.html").into(), output.clone()));
    let numbered: Outputs = numbered.collect();
    assert!(numbered.len() > 20, "{:?}", outputs.keys());
    let pages: Vec<String> = numbered.keys().map(|path| path.to_string()).collect();
    let outputs = outputs.into_iter().chain(numbered).collect();
    let reader = reader(outputs);
    for page in &pages {
        reader.open(page);
        assert_eq!(reader.value(ACTIVE).to_string(), "[]", "{page}");
        assert_eq!(reader.value(USE), 0, "{page}");
        let scripts = "[...document.scripts].filter(s => !s.src && s.type !== 'application/ld+json')\
                       .map(s => s.outerHTML)";
        assert_eq!(reader.value(scripts).to_string(), "[]", "{page}");
    }
    // What was searched for, and what is found.
    for query in ["猫税", "svg", "%3Cimg%20src=x%20onerror=self.hit=1%3E"] {
        reader.open(&format!("en/search/?q={query}"));
        assert!(
            reader.sees("document.querySelector('#results').textContent.trim() !== ''"),
            "{query}"
        );
        reader.wait(100);
        assert_eq!(reader.value(ACTIVE).to_string(), "[]", "{query}");
        assert_eq!(reader.value(USE), 0, "{query}");
    }
}
