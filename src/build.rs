//! The whole build as one pure function of the sources and of what is remembered.

mod fix;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

pub use fix::{Fixed, fix};

use crate::check::silence::{Looked, Silences};
use crate::check::status::Status;
use crate::check::{self as checks, Answers, Outside};
use crate::config::Config;
use crate::diag::{self, Diagnostic, Severity};
use crate::lang::PerLang;
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::align::dictionary::Dictionary;
use crate::model::glossary::Entry;
use crate::model::pages::{self, Page};
use crate::model::site::{self, Parts, Site, TermText};
use crate::model::urls::Urls;
use crate::msg;
use crate::output::Outputs;
use crate::parse::data::Node;
use crate::parse::doc::{self, Doc, Form};
use crate::parse::markdown::{self, Blocks, Rules};
use crate::parse::silence::Silence;
use crate::parse::term;
use crate::render::related::Related;
use crate::render::{plan, run, templates};
use crate::source::{File, Sources};

/// What a build made.
#[derive(Debug, Clone)]
pub struct Built {
    /// Every file to publish; empty where there are errors.
    pub outputs: Outputs,
    /// Every problem, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages there are.
    pub pages: usize,
}

/// Builds a site. The same sources give the same result, byte for byte, whatever the memo holds.
pub fn build(sources: &Sources, memo: &mut Memo) -> Built {
    build_and(sources, memo, None, Looked::Build)
}

/// Builds a site, and looks at it for what `gen check` reports beyond the problems of the build. There
/// are no outputs, and no hints.
pub fn check(sources: &Sources, memo: &mut Memo) -> Built {
    let mut built = check_with(sources, memo, &Answers::new());
    built.diagnostics.retain(|found| found.severity != Severity::Hint);
    built
}

/// The same with hints, and with what other sites have answered.
pub fn check_with(sources: &Sources, memo: &mut Memo, answers: &Answers) -> Built {
    let mut look = |site: &Site<'_>| checks::check(site, sources, answers);
    let mut built = build_and(sources, memo, Some(&mut look), Looked::Check);
    built.outputs.clear();
    built
}

/// Assembles a site without building it, and takes something from it: with every problem of the
/// site, sorted.
pub fn look<T>(
    sources: &Sources,
    memo: &mut Memo,
    take: impl FnOnce(&Site<'_>) -> T,
) -> (T, Vec<Diagnostic>) {
    memo.begin();
    let mut diagnostics = Vec::new();
    let (taken, silences) = with_site(sources, memo, &mut diagnostics, |site, _| take(site));
    memo.end();
    silences.apply(&mut diagnostics, Looked::Build);
    once_each(&mut diagnostics);
    diag::sort(&mut diagnostics);
    (taken, diagnostics)
}

/// The terms of a site, without its articles: those of glossary.toml and those with files of their
/// own, with every problem of those files.
pub fn glossary_terms(sources: &Sources, src: &str) -> (Vec<Entry>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let content = Content::sort(sources, src);
    let (terms, _) = glossary(&content, Rules::ALL, &Memo::new(), &mut diagnostics);
    (terms, diagnostics)
}

/// How far a site is translated, with the problems of its build.
pub fn status(sources: &Sources, memo: &mut Memo) -> (Status, Vec<Diagnostic>) {
    let mut status = Status::default();
    let (lock, mut problems) = checks::lock(sources);
    let mut look = |site: &Site<'_>| {
        status = checks::status::status(site, &lock);
        std::mem::take(&mut problems)
    };
    let built = build_and(sources, memo, Some(&mut look), Looked::Build);
    (status, built.diagnostics)
}

/// What [`accept`] made: the text of `translations.lock` with the number of pages that were accepted, or
/// those of the paths that no page lies at.
pub type Accepted = Result<(String, usize), Vec<String>>;

/// Accepts pages as they are, those at some paths or all of them, with the problems of the build. Where it has
/// errors nothing may be written.
pub fn accept(sources: &Sources, memo: &mut Memo, paths: &[String]) -> (Accepted, Vec<Diagnostic>) {
    let mut accepted: Accepted = Ok((String::new(), 0));
    let lock = checks::lock(sources).0;
    let mut look = |site: &Site<'_>| {
        let lock = checks::status::accept(site, &lock, paths);
        accepted = lock.map(|(lock, count)| (lock.print(), count));
        Vec::new()
    };
    let built = build_and(sources, memo, Some(&mut look), Looked::Build);
    (accepted, built.diagnostics)
}

/// The addresses of other sites that a site has, in the order of files and of their places in them.
pub fn outside(sources: &Sources, memo: &mut Memo) -> Vec<Outside> {
    let mut found = Vec::new();
    let mut look = |site: &Site<'_>| {
        found = checks::outside(site, sources);
        Vec::new()
    };
    build_and(sources, memo, Some(&mut look), Looked::Build);
    found
}

/// `looked` says whether `look` finds what `gen check` reports.
fn build_and(sources: &Sources, memo: &mut Memo, look: Option<Look<'_>>, looked: Looked) -> Built {
    memo.begin();
    let (mut built, silences) = build_with(sources, memo, look);
    memo.end();
    silences.apply(&mut built.diagnostics, looked);
    once_each(&mut built.diagnostics);
    diag::sort(&mut built.diagnostics);
    if diag::has_errors(&built.diagnostics) {
        built.outputs.clear();
    }
    built
}

/// What looks at the site once it is assembled.
type Look<'l> = &'l mut dyn FnMut(&Site<'_>) -> Vec<Diagnostic>;

fn build_with(sources: &Sources, memo: &Memo, look: Option<Look<'_>>) -> (Built, Silences) {
    let mut diagnostics = Vec::new();
    let looks = look.is_some();
    let ((outputs, pages), silences) =
        with_site(sources, memo, &mut diagnostics, |site, diagnostics| {
            diagnostics.extend(look.into_iter().flat_map(|look| look(site)));
            outputs(site, sources, memo, looks, diagnostics)
        });
    (Built { outputs, diagnostics, pages }, silences)
}

/// Assembles the site, and does something with it and with the problems found so far. Returns what
/// that made, and what the author wants to hear no more of.
fn with_site<T>(
    sources: &Sources,
    memo: &Memo,
    diagnostics: &mut Vec<Diagnostic>,
    then: impl FnOnce(&Site<'_>, &mut Vec<Diagnostic>) -> T,
) -> (T, Silences) {
    diagnostics.extend(sources.diagnostics.iter().cloned());
    let settings = settings(sources, memo);
    let (config, config_key, node, problems) = &*settings;
    diagnostics.extend(problems.iter().cloned());
    check_additional(config, sources, diagnostics);
    let src = config.book.folder();
    let rules = Rules::of(&config.markdown);
    let rules_key = Fingerprint::of_value(&rules);
    let content = Content::sort(sources, &src);
    diagnostics.extend(odd_names(sources, &src));
    let docs: Vec<Arc<Doc>> = content
        .pages
        .par_iter()
        .map(|(path, file, form)| doc::read(path, file, *form, rules, rules_key, memo))
        .collect();
    diagnostics.extend(docs.iter().flat_map(|doc| doc.diagnostics.iter().cloned()));
    let (terms, term_texts) = glossary(&content, rules, memo, diagnostics);
    let config_key = *config_key;
    let (options, now) = (&sources.options, &sources.now);
    let (pages, problems) = pages::assemble(&src, &docs, options, now, (config, config_key), memo);
    diagnostics.extend(problems);
    let parts = Parts {
        urls: Urls::new(config, sources.options.base_url.as_deref()),
        config,
        config_key,
        docs: &docs,
        pages: &pages,
        terms,
        term_texts: &term_texts,
        dictionary: dictionary(config, sources, memo, diagnostics),
        files: content.files,
    };
    let (site, problems) = site::assemble(parts, memo);
    diagnostics.extend(problems);
    let silences = silences(node.as_ref(), &docs, &pages, &term_texts);
    (then(&site, diagnostics), silences)
}

/// Makes the files of a site. Returns them, and how many pages there are. Where the site is only
/// looked at (`looks`), pages are rendered only to find what is wrong with the site's own templates.
fn outputs(
    site: &Site<'_>,
    sources: &Sources,
    memo: &Memo,
    looks: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Outputs, usize) {
    let loaded =
        memo.get(Stage::Templates, templates::key(sources), || templates::Templates::load(sources));
    diagnostics.extend(loaded.1.iter().cloned());
    let related = Related::remembered(site, memo);
    let (mut jobs, problems) = plan::plan(site, &related, memo);
    diagnostics.extend(problems);
    let count = jobs.iter().filter(|job| job.is_page()).count();
    if !loaded.1.is_empty() {
        return (Outputs::new(), count);
    }
    diagnostics.extend(loaded.0.check(site.pages.iter().map(|page| &**page)));
    jobs.retain(|job| job.template().is_none_or(|name| loaded.0.has(name)));
    // The theme's own templates render whatever there is: only those of the site can fail.
    let own = sources.files.keys().any(|path| path.starts_with("templates/"));
    if looks && !own {
        return (Outputs::new(), count);
    }
    let (outputs, problems) = run::run(site, &jobs, &loaded.0, sources, memo);
    diagnostics.extend(problems);
    (outputs, count)
}

/// What the author wants to hear no more of.
fn silences(
    book: Option<&Node>,
    docs: &[Arc<Doc>],
    pages: &[Arc<Page>],
    term_texts: &[Arc<TermText>],
) -> Silences {
    let mut silences = Silences::default();
    if let Some(node) = book {
        silences.add_book(&"book.toml".into(), node);
    }
    // In drafts and pages of the future nothing is looked for.
    let live = pages.iter().flat_map(|page| page.docs.present().map(|(_, doc)| &*doc.path));
    let live: HashSet<&str> = live.collect();
    for doc in docs.iter().filter(|doc| !doc.silences.is_empty()) {
        silences.add_file(&doc.path, &doc.silences, live.contains(&*doc.path));
    }
    for text in term_texts {
        silences.add_file(&text.path, &text.silences, true);
    }
    silences
}

/// Keeps one problem of those that say the same of many pages: a language without a grammar, and
/// a place of a template that fails for all pages it renders. Of a file that is not UTF-8 nothing
/// else is said: half of it was not read.
fn once_each(diagnostics: &mut Vec<Diagnostic>) {
    diag::sort(diagnostics);
    let unread = diagnostics.iter().filter(|d| d.code == "not-utf-8").map(|d| d.path.clone());
    let unread: BTreeSet<Arc<str>> = unread.collect();
    diagnostics.retain(|d| d.code == "not-utf-8" || !unread.contains(&d.path));
    let mut seen = BTreeSet::new();
    diagnostics.retain(|d| match d.code {
        "unknown-language" => seen.insert((d.message.clone(), None)),
        "template-error" => seen.insert((d.message.clone(), Some((d.path.clone(), start(d))))),
        _ => true,
    });
}

fn start(problem: &Diagnostic) -> Option<usize> {
    problem.span.as_ref().map(|span| span.start)
}

/// The settings with their fingerprint.
type Settings = (Config, Fingerprint, Option<Node>, Vec<Diagnostic>);

fn settings(sources: &Sources, memo: &Memo) -> Arc<Settings> {
    let book = sources.files.get_key_value("book.toml");
    let file = book.map(|(_, file)| file.fingerprint).unwrap_or_default();
    let key = Hasher::new().str("book.toml").with(file).value(&book.is_some()).finish();
    memo.get(Stage::Prepare, key, || {
        let mut diagnostics = Vec::new();
        let (mut config, mut node) = (Config::default(), None);
        if let Some((path, file)) = book {
            let text = doc::text(path, &file.bytes, &mut diagnostics);
            let (read, tree, problems) = Config::parse_tree(path, text);
            diagnostics.extend(problems);
            (config, node) = (read, tree);
        }
        let key = Fingerprint::of_value(&config);
        (config, key, node, diagnostics)
    })
}

/// Reports style sheets and scripts that book.toml names and `static/` has not.
fn check_additional(config: &Config, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    let html = &config.output.html;
    for name in html.additional_css.iter().chain(&html.additional_js) {
        let path = format!("static/{}", name.trim_start_matches("static/"));
        if !sources.files.contains_key(path.as_str()) {
            diagnostics.push(
                Diagnostic::error(
                    "missing-file",
                    "book.toml",
                    None,
                    msg!("“{path}” is not there", "没有“{path}”"),
                )
                .help(msg!(
                    "additional-css and additional-js name files in static/",
                    "additional-css 和 additional-js 写的是 static/ 里的文件"
                )),
            );
        }
    }
}

/// The bilingual dictionary: that of book.toml, else the one that is built in.
fn dictionary(
    config: &Config,
    sources: &Sources,
    memo: &Memo,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<Dictionary> {
    let Some(path) = config.align.dictionary.as_deref() else { return Dictionary::built_in() };
    // That it is not there is said where it is read.
    let Some((path, file)) = sources.files.get_key_value(path) else { return Dictionary::none() };
    let key = Hasher::new().str("dictionary").with(file.fingerprint).finish();
    let read = memo.get(Stage::Glossary, key, || {
        Dictionary::parse(doc::text(path, &file.bytes, &mut Vec::new())).map(Arc::new)
    });
    doc::text(path, &file.bytes, diagnostics);
    match &*read {
        Some(dictionary) => dictionary.clone(),
        None => {
            let text = msg!(
                "no line of this file is an entry of a dictionary",
                "这个文件里没有一行是词典的条目"
            );
            let problem = Diagnostic::error("bad-dictionary", path.clone(), None, text);
            diagnostics.push(problem.help(msg!(
                "the format is that of CC-CEDICT: 傳統 传统 [chuan2 tong3] /tradition/",
                "格式同 CC-CEDICT：傳統 传统 [chuan2 tong3] /tradition/"
            )));
            Dictionary::none()
        }
    }
}

/// The files of the site by what becomes of them.
#[derive(Default)]
struct Content<'a> {
    pages: Vec<(&'a Arc<str>, &'a File, Form)>,
    glossaries: Vec<(&'a Arc<str>, &'a File)>,
    terms: Vec<(&'a Arc<str>, &'a File)>,
    /// Files published as they are: output path to source path.
    files: BTreeMap<String, Arc<str>>,
}

/// Warnings for files whose names are not read as their author meant them.
fn odd_names(sources: &Sources, src: &str) -> Vec<Diagnostic> {
    let problem = |path: &Arc<str>| {
        let inside = path.strip_prefix(src).filter(|rest| rest.starts_with('/'))?;
        let name = inside.rsplit('/').next()?;
        let right = Form::in_lower_case(name)?;
        let text = msg!(
            "the ending of “{name}” is not in lower case: the file is not read as “{right}”",
            "“{name}”的后缀不是小写：这个文件不会当作“{right}”来读"
        );
        let problem = Diagnostic::warning("odd-case", path.clone(), None, text);
        Some(problem.help(msg!("rename it to {right}", "请改名为 {right}")))
    };
    sources.files.keys().filter_map(problem).collect()
}

impl<'a> Content<'a> {
    fn sort(sources: &'a Sources, src: &str) -> Self {
        let mut content = Content::default();
        for (path, file) in &sources.files {
            if let Some(inside) = path.strip_prefix("static/") {
                content.files.insert(inside.to_owned(), path.clone());
                continue;
            }
            let inside = path.strip_prefix(src).and_then(|rest| rest.strip_prefix('/'));
            let Some(inside) = inside else { continue };
            let name = inside.rsplit('/').next().unwrap_or(inside);
            match Form::of(name) {
                _ if inside == "glossary.toml" => content.glossaries.push((path, file)),
                Some(_) if inside.starts_with("glossary/") => content.terms.push((path, file)),
                Some((_, form)) => content.pages.push((path, file, form)),
                None => {
                    content.files.insert(inside.to_owned(), path.clone());
                }
            }
        }
        content
    }
}

/// The terms of the glossary, and the long texts of those that have files of their own.
fn glossary(
    content: &Content<'_>,
    rules: Rules,
    memo: &Memo,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Entry>, Vec<Arc<TermText>>) {
    let mut terms = Vec::new();
    for (path, file) in &content.glossaries {
        let key = Hasher::new().str("glossary.toml").str(path).with(file.fingerprint).finish();
        let read = memo.get(Stage::Prepare, key, || read_glossary(path, file));
        diagnostics.extend(read.1.iter().cloned());
        terms.extend(read.0.iter().cloned());
    }
    let mut texts = Vec::new();
    for (path, file) in &content.terms {
        let key = Hasher::new().str("term").str(path).with(file.fingerprint).value(&rules).finish();
        let read = memo.get(Stage::Parse, key, || read_term(path, file, rules, memo));
        diagnostics.extend(read.2.iter().cloned());
        terms.extend(read.0.clone());
        texts.extend(read.1.clone());
    }
    (terms, texts)
}

/// Reads a file of many terms.
fn read_glossary(path: &Arc<str>, file: &File) -> (Vec<Entry>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let text = doc::text(path, &file.bytes, &mut diagnostics);
    let (found, problems) = term::parse_glossary(path, text);
    diagnostics.extend(problems);
    let entry = |found: term::SpannedTerm| Entry {
        term: found.term,
        path: Arc::clone(path),
        span: found.span,
        see: found.see,
        local: false,
        rich: false,
    };
    (found.into_iter().map(entry).collect(), diagnostics)
}

type ReadTerm = (Option<Entry>, Option<Arc<TermText>>, Vec<Diagnostic>);

/// Reads a term with a file of its own, `content/glossary/<id>.md`.
fn read_term(path: &Arc<str>, file: &File, rules: Rules, memo: &Memo) -> ReadTerm {
    let mut diagnostics = Vec::new();
    let text = doc::text(path, &file.bytes, &mut diagnostics);
    let read = term::parse_term_file(path, text);
    diagnostics.extend(read.diagnostics);
    let Some(found) = read.term else { return (None, None, diagnostics) };
    let blocks = Blocks::of(text, read.body_start, rules);
    let (mut silences, mut unused) = (Vec::new(), Vec::new());
    let bodies = PerLang::from_fn(|lang| {
        blocks.has(lang).then(|| {
            let parsed =
                markdown::parse(path, text, read.body_start, lang, rules, Some(&blocks), memo);
            diagnostics.extend(parsed.diagnostics);
            silences.extend(parsed.silences);
            unused.push(parsed.unused);
            parsed.body
        })
    });
    diagnostics.extend(markdown::unused_in_all(path, &unused));
    silences.sort_by_key(|silence: &Silence| silence.span.start);
    silences.dedup();
    let id = found.term.id.clone();
    let (path, span, see) = (path.clone(), found.span, found.see);
    let entry = Entry { term: found.term, path: path.clone(), span, see, local: false, rich: true };
    (Some(entry), Some(Arc::new(TermText { path, id, bodies, silences })), diagnostics)
}
