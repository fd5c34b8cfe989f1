//! Sites in a string: written, built, edited and built again, with no disk and no clock.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::str::FromStr as _;

use digest_gen::diag::{Diagnostic, Format, Printer, Severity, position};
use digest_gen::lang::Lang;
use digest_gen::memo::{Count, Memo, Stage};
use digest_gen::source::{File, Now, Options, Sources};
use digest_gen::{Built, build};
use percent_encoding::percent_decode_str;

pub use crate::digest::DIGEST;

/// Every stage of a build.
pub const STAGES: [Stage; 15] = [
    Stage::Parse,
    Stage::Prepare,
    Stage::Highlight,
    Stage::Link,
    Stage::Align,
    Stage::Body,
    Stage::Page,
    Stage::Render,
    Stage::Machine,
    Stage::Templates,
    Stage::Glossary,
    Stage::Segment,
    Stage::Search,
    Stage::Batch,
    Stage::Picture,
];

/// A site in memory, with what its last build made.
pub struct Site {
    /// The files and options.
    pub sources: Sources,
    memo: Memo,
    built: Option<Built>,
}

/// A site from one text: `//- /content/momo.zh.md` begins a file, up to the next such line.
/// Without a `book.toml` of its own it has an empty one.
pub fn site(fixture: &str) -> Site {
    let (files, options) = ([].into(), Options::default());
    let mut site = of(Sources { files, diagnostics: Vec::new(), options, now: now() });
    site.write("book.toml", "");
    for part in format!("\n{fixture}").split("\n//- /").skip(1) {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        site.write(path.trim(), &format!("{text}{end}"));
    }
    site
}

/// A site of sources that were read.
pub fn of(sources: Sources) -> Site {
    Site { sources, memo: Memo::new(), built: None }
}

/// Noon of the first of June 2026 in Beijing: when all sites of the tests are built.
pub fn now() -> Now {
    Now {
        instant: jiff::Timestamp::from_str("2026-06-01T04:00:00Z").expect("a moment"),
        local: jiff::civil::date(2026, 6, 1).at(12, 0, 0, 0),
    }
}

impl Site {
    /// Writes a file.
    pub fn write(&mut self, path: &str, text: &str) -> &mut Self {
        self.write_bytes(path, text.as_bytes())
    }

    /// Writes a file that need not be text.
    pub fn write_bytes(&mut self, path: &str, bytes: &[u8]) -> &mut Self {
        self.sources.files.insert(path.into(), File::new(bytes.to_vec()));
        self
    }

    /// Replaces a part of a file, which must be there once.
    #[track_caller]
    pub fn edit(&mut self, path: &str, old: &str, new: &str) -> &mut Self {
        let text = self.source(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` is to be once in {path}:\n{text}");
        self.write(path, &text.replace(old, new))
    }

    /// Removes a file, which must be there.
    #[track_caller]
    pub fn remove(&mut self, path: &str) -> &mut Self {
        assert!(self.sources.files.remove(path).is_some(), "{path} is not there");
        self
    }

    /// Gives a file another name.
    #[track_caller]
    pub fn rename(&mut self, from: &str, to: &str) -> &mut Self {
        let file = self.sources.files.remove(from);
        self.sources.files.insert(to.into(), file.unwrap_or_else(|| panic!("no {from}")));
        self
    }

    /// Sets what the command line asks for.
    pub fn options(&mut self, set: impl FnOnce(&mut Options)) -> &mut Self {
        set(&mut self.sources.options);
        self
    }

    /// The text of a source file.
    #[track_caller]
    pub fn source(&self, path: &str) -> String {
        let file = self.sources.files.get(path).unwrap_or_else(|| panic!("{path} is not there"));
        String::from_utf8(file.bytes.to_vec()).expect("a text")
    }

    /// Builds with what the builds before have left in memory.
    pub fn build(&mut self) -> &mut Self {
        self.built = Some(build(&self.sources, &mut self.memo));
        self
    }

    /// Builds, which must succeed without a warning.
    #[track_caller]
    pub fn clean(&mut self) -> &mut Self {
        self.build();
        assert_eq!(self.problems(), Vec::<String>::new());
        self
    }

    /// Builds, and compares the result with that of a build without memory.
    #[track_caller]
    pub fn same_as_cold(&mut self, after: &str) -> &mut Self {
        let cold = build(&self.sources, &mut Memo::new());
        assert_same(self.build().built(), &cold, after);
        self
    }

    /// What the last build made.
    #[track_caller]
    pub fn built(&self) -> &Built {
        self.built.as_ref().expect("build() comes first")
    }

    /// The text of an output: a page by its address (`/zh/2025/momo/`), another file by its path.
    #[track_caller]
    pub fn page(&self, address: &str) -> String {
        let path = output_path(address);
        let output = self.built().outputs.get(path.as_str()).unwrap_or_else(|| {
            let all: Vec<_> = self.built().outputs.keys().collect();
            panic!("no {path} in {all:#?}\n{}", self.printed(Lang::En))
        });
        String::from_utf8(output.bytes.to_vec()).expect("a text")
    }

    /// The part of a page between `<div class="body">` (or `from`) and `to`.
    #[track_caller]
    pub fn part(&self, address: &str, from: &str, to: &str) -> String {
        let page = self.page(address);
        let start = page.find(from).unwrap_or_else(|| panic!("no `{from}` in {page}"));
        let rest = &page[start + from.len()..];
        let end = rest.find(to).unwrap_or_else(|| panic!("no `{to}` after `{from}` in {page}"));
        rest[..end].trim().to_owned()
    }

    /// The body of an article.
    #[track_caller]
    pub fn body(&self, address: &str) -> String {
        let rest = self.part(address, "<div class=\"body\">", "</article>");
        let after =
            ["<aside class=\"source\"", "<section class=\"vocabulary\"", "<p class=\"edit\""];
        let end = after.iter().filter_map(|mark| rest.find(mark)).min().unwrap_or(rest.len());
        let body = rest[..end].trim_end();
        body.strip_suffix("</div>").expect("the end of the body").trim_end().to_owned()
    }

    /// Whether an output is there.
    #[track_caller]
    pub fn exists(&self, address: &str) -> bool {
        self.built().outputs.contains_key(output_path(address).as_str())
    }

    /// Fails unless a page holds all of some texts.
    #[track_caller]
    pub fn holds(&self, address: &str, texts: &[&str]) -> &Self {
        let page = self.page(address);
        for text in texts {
            assert!(page.contains(text), "`{text}` is not in {address}:\n{page}");
        }
        self
    }

    /// Fails if a page holds one of some texts.
    #[track_caller]
    pub fn lacks(&self, address: &str, texts: &[&str]) -> &Self {
        let page = self.page(address);
        for text in texts {
            assert!(!page.contains(text), "`{text}` is in {address}:\n{page}");
        }
        self
    }

    /// Fails unless every link of every page that leads into the site, which lies at `base`, finds
    /// its file and its anchor there, and every id stands once in its page.
    #[track_caller]
    pub fn links_hold(&self, base: &str) -> &Self {
        let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let pages = self.built().outputs.keys().filter(|path| path.ends_with(".html"));
        for path in pages.clone() {
            let own = ids.entry(path).or_default();
            for id in attributes(&self.page(path), " id") {
                assert!(own.insert(id.clone()), "`{id}` is twice in {path}:\n{}", self.page(path));
            }
        }
        for path in pages {
            let text = self.page(path);
            let links = [" href", " src"].into_iter().flat_map(|name| attributes(&text, name));
            for link in links.filter(|link| link.starts_with(['/', '#'])) {
                let decoded = percent_decode_str(&link).decode_utf8_lossy().into_owned();
                // A percent-encoded # belongs to the path.
                let at = link.find('#');
                let anchor = at.map(|at| percent_decode_str(&link[at + 1..]).decode_utf8_lossy());
                let place = at.map_or(&*link, |at| &link[..at]);
                let place = percent_decode_str(place).decode_utf8_lossy();
                let inside = place.strip_prefix(base).map(output_path);
                let to =
                    if place.is_empty() { path.to_string() } else { inside.unwrap_or_default() };
                assert!(
                    self.built().outputs.contains_key(to.as_str()),
                    "{path} links to {decoded}"
                );
                let there = |anchor: &str| ids.get(&*to).is_some_and(|ids| ids.contains(anchor));
                assert!(anchor.is_none_or(|anchor| there(&anchor)), "{path} links to {decoded}");
            }
        }
        self
    }

    /// The addresses of all pages, in order.
    pub fn pages(&self) -> Vec<String> {
        let paths = self.built().outputs.keys();
        paths.filter_map(|path| path.strip_suffix("index.html")).map(|p| format!("/{p}")).collect()
    }

    /// All problems, each as `code path:line:column`.
    pub fn problems(&self) -> Vec<String> {
        self.built().diagnostics.iter().map(|d| self.place(d)).collect()
    }

    /// The errors, each as `code path:line:column`.
    pub fn errors(&self) -> Vec<String> {
        let all = self.built().diagnostics.iter();
        all.filter(|d| d.severity == Severity::Error).map(|d| self.place(d)).collect()
    }

    fn place(&self, problem: &Diagnostic) -> String {
        let mut line = format!("{} {}", problem.code, problem.path);
        if let Some(span) = &problem.span {
            let text = self.sources.files.get(&*problem.path).map(|file| file.bytes.to_vec());
            let text = String::from_utf8_lossy(&text.unwrap_or_default()).into_owned();
            let (row, column) = position(&text, span.start);
            let _ = write!(line, ":{row}:{column}");
        }
        line
    }

    /// The problems as people see them.
    pub fn printed(&self, lang: Lang) -> String {
        self.print(Format::Human, lang)
    }

    /// The problems in a form.
    pub fn print(&self, format: Format, lang: Lang) -> String {
        let printer = Printer { format, lang, color: false };
        let source = |path: &str| {
            let file = self.sources.files.get(path)?;
            std::str::from_utf8(&file.bytes).ok()
        };
        printer.print(&self.built().diagnostics.iter().collect::<Vec<_>>(), &source)
    }

    /// The work of a stage in the last build.
    pub fn count(&self, stage: Stage) -> Count {
        self.memo.count(stage)
    }

    /// How many values of a stage the last build made.
    pub fn made(&self, stage: Stage) -> u64 {
        self.memo.count(stage).made
    }

    /// How many pages the last build rendered.
    pub fn rendered(&self) -> u64 {
        self.made(Stage::Render)
    }
}

/// Every value of an attribute in a page; what a text shows of attributes is none.
pub fn attributes(text: &str, name: &str) -> Vec<String> {
    let start = format!("{name}=\"");
    let tags = text.split('<').filter_map(|tag| tag.split('>').next());
    let values = tags.flat_map(|tag| tag.split(start.as_str()).skip(1));
    let values = values.filter_map(|rest| rest.split('"').next());
    values.map(|value| value.replace("&amp;", "&").replace("&#39;", "'")).collect()
}

fn output_path(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.into() }
}

/// Fails unless two builds made the same paths, bytes and problems.
#[track_caller]
pub fn assert_same(a: &Built, b: &Built, after: &str) {
    assert_eq!(a.diagnostics, b.diagnostics, "problems after {after}");
    assert_eq!(a.pages, b.pages, "pages after {after}");
    let (left, right): (Vec<_>, Vec<_>) = (a.outputs.keys().collect(), b.outputs.keys().collect());
    assert_eq!(left, right, "paths after {after}");
    for (path, output) in &a.outputs {
        let (mine, other) = (&output.bytes, &b.outputs[path].bytes);
        if mine != other {
            let (mine, other) = (String::from_utf8_lossy(mine), String::from_utf8_lossy(other));
            panic!("{path} differs after {after}:\n--- remembered\n{mine}\n--- new\n{other}");
        }
        assert_eq!(output.fingerprint, b.outputs[path].fingerprint, "{path} after {after}");
    }
}
