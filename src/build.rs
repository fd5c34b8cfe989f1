//! The whole build as one pure function of the sources and of what is remembered.

mod content;
mod fix;
mod settings;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

pub use fix::{Fixed, fix};

use crate::check::silence::{Looked, Silences};
use crate::check::status::Status;
use crate::check::{self as checks, Answers, Outside};
use crate::config::Limits;
use crate::diag::{self, Diagnostic, Severity};
use crate::memo::{Fingerprint, Memo, Stage};
use crate::model::glossary::Entry;
use crate::model::pages::batch::{Batch, batch};
use crate::model::site::{self, Parts, Site, TermText};
use crate::model::urls::Urls;
use crate::output::Outputs;
use crate::parse::data::Node;
use crate::parse::doc::{self, Placed};
use crate::parse::markdown::Rules;
use crate::parse::shortcode::Shortcodes;
use crate::render::data::Data;
use crate::render::related::Related;
use crate::render::shortcodes::{self, Components};
use crate::render::{plan, run, templates};
use crate::source::Sources;
use content::{Content, glossary, odd_names};
use settings::{check_additional, dictionary, settings};

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

/// What a site is assembled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Its files.
    Files,
    /// What `gen check` reports.
    Check,
    /// Something that it says of itself.
    Look,
}

impl Wanted {
    fn looked(self) -> Looked {
        if self == Wanted::Check { Looked::Check } else { Looked::Build }
    }
}

/// Builds a site. The same sources give the same result, byte for byte, whatever the memo holds.
pub fn build(sources: &Sources, memo: &mut Memo) -> Built {
    let ((mut outputs, pages), diagnostics) =
        whole(sources, memo, Wanted::Files, |site, memo, found| {
            outputs(site, sources, memo, false, found)
        });
    if diag::has_errors(&diagnostics) {
        outputs.clear();
    }
    Built { outputs, diagnostics, pages }
}

/// Looks at a site for what `gen check` reports beyond the problems of the build. There are no outputs,
/// and no hints.
pub fn check(sources: &Sources, memo: &mut Memo) -> Built {
    let mut built = check_with(sources, memo, &Answers::new());
    built.diagnostics.retain(|found| found.severity != Severity::Hint);
    built
}

/// The same with hints, and with what other sites have answered.
pub fn check_with(sources: &Sources, memo: &mut Memo, answers: &Answers) -> Built {
    let (pages, diagnostics) = whole(sources, memo, Wanted::Check, |site, memo, found| {
        found.extend(checks::check(site, sources, answers));
        outputs(site, sources, memo, true, found).1
    });
    Built { outputs: Outputs::new(), diagnostics, pages }
}

/// Assembles a site without building it, and takes something from it: with every problem of the
/// site, sorted.
pub fn look<T>(
    sources: &Sources,
    memo: &mut Memo,
    take: impl FnOnce(&Site<'_>) -> T,
) -> (T, Vec<Diagnostic>) {
    whole(sources, memo, Wanted::Look, |site, _, _| take(site))
}

/// The terms of a site, without its articles: those of glossary.toml and those with files of their
/// own, with every problem of those files.
pub fn glossary_terms(sources: &Sources, src: &str) -> (Vec<Entry>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let content = Content::sort(sources, src);
    let memo = Memo::new();
    let components = components(sources, Limits::default(), &memo);
    let shortcodes = Shortcodes { answers: &components.0, files: &sources.files };
    let (terms, _) = glossary(&content, Rules::ALL, shortcodes, &memo, &mut diagnostics);
    (terms, diagnostics)
}

/// What is wrong with a site before its pages are rendered: its files, and addresses that two of them
/// share.
pub fn addresses(sources: &Sources, memo: &mut Memo) -> Vec<Diagnostic> {
    let plan = |site: &Site<'_>, memo: &Memo, found: &mut Vec<Diagnostic>| {
        let related = Related::remembered(site, memo);
        found.extend(plan::plan(site, &related, memo).1);
    };
    whole(sources, memo, Wanted::Look, plan).1
}

/// How far a site is translated, with its problems and those of the lock.
pub fn status(sources: &Sources, memo: &mut Memo) -> (Status, Vec<Diagnostic>) {
    let (lock, problems) = checks::lock(sources);
    whole(sources, memo, Wanted::Look, |site, _, found| {
        found.extend(problems);
        checks::status::status(site, &lock)
    })
}

/// What [`accept`] made: the text of `translations.lock` with the number of pages that were accepted, or
/// those of the paths that no page lies at.
pub type Accepted = Result<(String, usize), Vec<String>>;

/// Accepts pages as they are, those at some paths or all of them, with the problems of the site. Where it has
/// errors nothing may be written.
pub fn accept(sources: &Sources, memo: &mut Memo, paths: &[String]) -> (Accepted, Vec<Diagnostic>) {
    let lock = checks::lock(sources).0;
    look(sources, memo, |site| {
        let accepted = checks::status::accept(site, &lock, paths);
        accepted.map(|(lock, count)| (lock.print(), count))
    })
}

/// The addresses of other sites that a site has, in the order of files and of their places in them.
pub fn outside(sources: &Sources, memo: &mut Memo) -> Vec<Outside> {
    look(sources, memo, |site| checks::outside(site, sources)).0
}

/// Assembles a site, and does something with it and with the problems found so far. Returns what that
/// made, and every problem that its author wants to hear of, sorted.
fn whole<T>(
    sources: &Sources,
    memo: &mut Memo,
    wanted: Wanted,
    then: impl FnOnce(&Site<'_>, &Memo, &mut Vec<Diagnostic>) -> T,
) -> (T, Vec<Diagnostic>) {
    memo.begin();
    let mut diagnostics = Vec::new();
    let (made, silences) = assembled(sources, wanted, memo, &mut diagnostics, then);
    silences.apply(&mut diagnostics, wanted.looked());
    checks::cause::once(&mut diagnostics);
    once_each(&mut diagnostics);
    diag::sort(&mut diagnostics);
    (made, diagnostics)
}

/// Assembles the site. Returns what was made of it, and what its author wants to hear no more of. Pictures
/// are made only where files are.
fn assembled<T>(
    sources: &Sources,
    wanted: Wanted,
    memo: &Memo,
    diagnostics: &mut Vec<Diagnostic>,
    then: impl FnOnce(&Site<'_>, &Memo, &mut Vec<Diagnostic>) -> T,
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
    let components = components(sources, config.limits, memo);
    diagnostics.extend(components.1.iter().cloned());
    let shortcodes = Shortcodes { answers: &components.0, files: &sources.files };
    let config_key = *config_key;
    let (options, now) = (&sources.options, &sources.now);
    let read = |files: &[Placed<'_>]| {
        let docs = doc::read_all(files, rules, rules_key, shortcodes, memo);
        batch(&src, docs, options, now, (config, config_key), memo)
    };
    let batches: Vec<Arc<Batch>> = content.batches().into_par_iter().map(read).collect();
    diagnostics.extend(batches.iter().flat_map(|batch| batch.diagnostics.iter().cloned()));
    let (terms, term_texts) = glossary(&content, rules, shortcodes, memo, diagnostics);
    let parts = Parts {
        urls: Urls::new(config, sources.options.base_url.as_deref()),
        config,
        config_key,
        batches: &batches,
        terms,
        term_texts: &term_texts,
        dictionary: dictionary(config, sources, memo, diagnostics),
        files: content.files,
        sources: &sources.files,
        looks: wanted != Wanted::Files,
    };
    let (site, problems) = site::assemble(parts, memo);
    diagnostics.extend(problems);
    let silences = silences(node.as_ref(), &batches, &term_texts);
    (then(&site, memo, diagnostics), silences)
}

/// The shortcodes of a site, and what is wrong with them.
fn components(
    sources: &Sources,
    limits: Limits,
    memo: &Memo,
) -> Arc<(Components, Vec<Diagnostic>)> {
    let key = shortcodes::key(sources, limits);
    memo.get(Stage::Templates, key, || Components::load(sources, limits))
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
    let dictionary = site.config.align.dictionary.as_deref();
    let data = Data::load(sources, dictionary, memo);
    diagnostics.extend(data.1.iter().cloned());
    let related = Related::remembered(site, memo);
    let (plan, problems) = plan::plan(site, &related, memo);
    diagnostics.extend(problems);
    let count = plan.pages();
    if !loaded.1.is_empty() {
        return (Outputs::new(), count);
    }
    let named = site.batches.iter().filter(|batch| batch.has.templates);
    diagnostics
        .extend(loaded.0.check(named.flat_map(|batch| batch.pages.iter().map(|page| &**page))));
    // The theme's own templates render whatever there is: only those of the site can fail.
    let own = sources.files.keys().any(|path| templates::name_of(path).is_some());
    if looks && !own {
        return (Outputs::new(), count);
    }
    let (outputs, problems) = run::run(site, &plan, &loaded.0, &data.0, sources, memo);
    diagnostics.extend(problems);
    (outputs, count)
}

/// What the author wants to hear no more of.
fn silences(book: Option<&Node>, batches: &[Arc<Batch>], term_texts: &[Arc<TermText>]) -> Silences {
    let mut silences = Silences::default();
    if let Some(node) = book {
        silences.add_book(&"book.toml".into(), node);
    }
    // In drafts and pages of the future nothing is looked for.
    for batch in batches.iter().filter(|batch| batch.has.silences) {
        let live = batch.pages.iter().flat_map(|page| page.docs.present());
        let live: HashSet<&str> = live.map(|(_, doc)| &*doc.path).collect();
        for doc in batch.docs.docs.iter().filter(|doc| !doc.silences.is_empty()) {
            silences.add_file(&doc.path, &doc.silences, live.contains(&*doc.path));
        }
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
