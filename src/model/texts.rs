//! A text in its languages, made ready for every view: links resolved, terms linked, paired.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::align::dictionary::Dictionary;
use super::align::{self, Alignment, Lexicon, Rules};
use super::glossary::Glossary;
use super::glossary::matcher::Matcher;
use super::links::{Places, Target, Targets};
use super::marking::{self, Marked, Terms, wiki_names};
use super::pages::Page;
use super::per_page::PerPage;
use crate::config::{GlossaryLink, Pinyin};
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::parse::markdown::{Body, LinkKind};

/// A glossary with its matcher.
pub struct Words {
    /// The terms.
    pub glossary: Glossary,
    /// Finds them in texts.
    pub matcher: Matcher,
    /// Of the terms and of the places where they are defined.
    pub key: Fingerprint,
    /// Of the names alone: what pairing reads.
    pub names: Fingerprint,
    /// What is wrong with the terms.
    pub problems: Vec<Diagnostic>,
}

impl Words {
    /// A glossary, made from what `key` stands for, with its matcher.
    pub fn of(glossary: Glossary, key: Fingerprint) -> Words {
        let mut names = Hasher::new();
        for entry in &glossary.terms {
            names = names.value(&entry.names().collect::<Vec<_>>());
        }
        let (matcher, names) = (Matcher::new(&glossary), names.finish());
        Words { glossary, matcher, key, names, problems: Vec::new() }
    }
}

/// A version of a text as it comes from its file.
#[derive(Clone)]
pub struct Version {
    /// The file.
    pub path: Arc<str>,
    /// The text.
    pub body: Arc<Body>,
    /// Whether its first heading is the page's title and no part of the text.
    pub drop_title: bool,
}

/// A text in its languages, ready for every view.
pub struct Text {
    /// The versions.
    pub versions: PerLang<Option<Version>>,
    /// Where their links lead.
    pub links: Arc<Links>,
    /// The versions with their terms linked.
    pub marked: PerLang<Option<Arc<Marked>>>,
    /// Their rows.
    pub alignment: Arc<Alignment>,
    /// The glossary that they were read with.
    pub words: Arc<Words>,
    /// Of all that it was made from.
    pub fingerprint: Fingerprint,
}

/// Where the links of a text lead.
#[derive(Debug, Default)]
pub struct Links {
    /// The targets of each version's links.
    pub targets: PerLang<Targets>,
    /// The pages whose titles stand for wikilinks.
    pub named: Vec<usize>,
    /// The pages of whose anchors links name one.
    pub anchored: Vec<usize>,
    /// Whether links name anchors at all, their own page's among them.
    pub fragments: bool,
    /// The output paths of the files that are shown as pictures.
    pub pictured: Vec<String>,
    /// What is wrong with them, and with what else the page names.
    pub diagnostics: Vec<Diagnostic>,
}

/// How the terms of a text are linked.
pub struct Linking<'a> {
    /// The glossary to read it with.
    pub words: Arc<Words>,
    /// Which occurrences become links.
    pub link: GlossaryLink,
    /// Ids of terms that are not linked.
    pub skip: BTreeSet<&'a str>,
    /// What pinyin is written over.
    pub pinyin: Pinyin,
    /// How words are read, by the author.
    pub readings: &'a BTreeMap<String, String>,
    /// The bilingual dictionary that the versions are paired with.
    pub dictionary: &'a Dictionary,
    /// How sure a pair of sentences has to be to be lit up.
    pub confidence: f32,
}

/// Finds where the links of a text lead. `folder` is that of its files, from the content folder.
pub fn links(
    versions: &PerLang<Option<Version>>,
    folder: &str,
    words: &Words,
    places: &Places,
    diagnostics: &mut Vec<Diagnostic>,
) -> Links {
    let mut links = Links::default();
    for (lang, version) in versions.present() {
        let (own, path) = (&version.body.links, &version.path);
        let targets = places.resolve(own, path, folder, &words.glossary, diagnostics);
        for (target, link) in targets.iter().zip(own) {
            links.fragments |= matches!(target, Target::Here(_) | Target::Page(_, Some(_)));
            if let (LinkKind::Image, Target::File(path, _)) = (link.kind, target) {
                links.pictured.push(path.clone());
            }
            let Target::Page(page, fragment) = target else { continue };
            if link.is_wiki() {
                links.named.push(*page);
            }
            if fragment.is_some() {
                links.anchored.push(*page);
            }
        }
        *links.targets.get_mut(lang) = targets;
    }
    links
}

/// Makes a text ready whose links are known. `key` is the fingerprint of all that it is made from
/// but the titles of pages that its wikilinks name.
pub fn prepare(
    versions: PerLang<Option<Version>>,
    links: Arc<Links>,
    linking: Linking<'_>,
    key: Fingerprint,
    pages: &PerPage<Arc<Page>>,
    memo: &Memo,
) -> Arc<Text> {
    let mut hasher = Hasher::new().str("text").with(key);
    for &page in &links.named {
        hasher = hasher.value(&pages[page].facts.title);
    }
    let fingerprint = hasher.finish();
    let words = linking.words.clone();
    memo.get(Stage::Prepare, fingerprint, || {
        let lexicon = Lexicon { words: Some(&words), dictionary: linking.dictionary };
        let alignment = pair(&versions, Rules { lexicon, confidence: linking.confidence }, memo);
        let marked = mark(&versions, &links.targets, linking, pages, memo);
        Text { versions, links, marked, alignment, words, fingerprint }
    })
}

fn mark(
    versions: &PerLang<Option<Version>>,
    targets: &PerLang<Targets>,
    linking: Linking<'_>,
    pages: &PerPage<Arc<Page>>,
    memo: &Memo,
) -> PerLang<Option<Arc<Marked>>> {
    let words = linking.words;
    let terms = Terms {
        glossary: &words.glossary,
        matcher: &words.matcher,
        link: linking.link,
        skip: linking.skip,
        pinyin: linking.pinyin,
        readings: linking.readings,
    };
    PerLang::from_fn(|lang| {
        let version = versions.get(lang).as_ref()?;
        let names = wiki_names(&version.body, targets.get(lang), &words.glossary, pages);
        let key = marking::key(&version.body, &names, &terms, version.drop_title);
        Some(memo.get(Stage::Link, key, || {
            marking::mark(&version.body, &names, &terms, version.drop_title)
        }))
    })
}

fn pair(versions: &PerLang<Option<Version>>, rules: Rules<'_>, memo: &Memo) -> Arc<Alignment> {
    match (&versions.zh, &versions.en) {
        (Some(zh), Some(en)) => {
            let key = align::key(&zh.body, &en.body, rules);
            memo.get(Stage::Align, key, || align::align(&zh.body, &en.body, rules))
        }
        (Some(one), None) | (None, Some(one)) => Arc::new(Alignment::single(&one.body)),
        (None, None) => {
            Arc::new(Alignment { rows: Vec::new(), fingerprint: Fingerprint::default() })
        }
    }
}

impl Text {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        let blocks = |lang| self.marked.get(lang).as_ref().map_or(0, |marked| marked.blocks.len());
        blocks(Lang::Zh) + blocks(Lang::En) == 0
    }

    /// The terms linked in either shown version, by index, in the order of their first link.
    pub fn linked_words(&self, shows: impl Fn(Lang) -> bool) -> Vec<usize> {
        let mut words: Vec<usize> = Vec::new();
        for (_, marked) in self.marked.present().filter(|(lang, _)| shows(*lang)) {
            for word in &marked.words {
                if !words.contains(word) {
                    words.push(*word);
                }
            }
        }
        words
    }
}
