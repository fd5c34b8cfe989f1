//! The pages of articles.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::lang::{Lang, PerLang, View};
use crate::memo::{Fingerprint, Hasher, Memo};
use crate::model::pages::Page;
use crate::model::pages::batch::Batch;
use crate::model::site::{Site, Taxonomy};
use crate::model::texts::Words;
use crate::msg;
use crate::parse::markdown::BlockKind;

use super::body::{Purpose, body};
use super::bundle::Bundle;
use super::context::{Article, Length, QrCode, SourceContext, Taxon, TocEntry, Word};
use super::exports;
use super::head::{self, head, website};
use super::job::{Given, Job, Origin, PageJob, Part, Work};
use super::machine::json_ld::{self, ArticleLd, Crumb, SourceLd, Translation, VersionLd};
use super::qr;
use super::related::Related;
use super::shelf::{Shelf, date};

/// The articles, bundled as their pages are: a page for each view in which an article exists.
pub fn bundles<'a>(site: &'a Site<'a>, related: &'a Related, memo: &'a Memo) -> Vec<Bundle<'a>> {
    let batches = site.batches.par_iter().zip(site.outline.numbering.starts());
    let bundle = |(batch, &start): (&Arc<Batch>, &usize)| {
        let pages = start..start + batch.pages.len();
        let mut key = Hasher::new().str("articles").with(site.common);
        let mut count = 0;
        for page in pages.clone().filter(|&page| site.pages[page].is_article()) {
            for view in site.pages[page].views() {
                key = inputs(&Shelf { site, view }, page, related, key);
                count += 1;
            }
        }
        let addresses = Hasher::new().str("articles").with(batch.outline).finish();
        Bundle::new(key.finish(), addresses, count, move || {
            pages.clone().flat_map(|page| jobs(site, page, related, memo)).collect()
        })
    };
    batches.map(bundle).filter(|bundle| bundle.pages > 0).collect()
}

/// The jobs of an article.
fn jobs<'a>(
    site: &'a Site<'a>,
    index: usize,
    related: &'a Related,
    memo: &'a Memo,
) -> Vec<Job<'a>> {
    let page = &site.pages[index];
    if !page.is_article() {
        return Vec::new();
    }
    let origin = Arc::new(origin(page));
    let job = |&view: &View| job(Shelf { site, view }, index, origin.clone(), related, memo);
    page.views().iter().map(job).collect()
}

fn job<'a>(
    shelf: Shelf<'a>,
    index: usize,
    origin: Arc<Origin>,
    related: &'a Related,
    memo: &'a Memo,
) -> Job<'a> {
    let page: &Page = &shelf.site.pages[index];
    Job {
        output: format!("{}index.html", crate::model::urls::page_path(shelf.view, &page.key)),
        origin,
        work: Work::Page(PageJob {
            template: page.facts.template.as_deref().unwrap_or("page.html").into(),
            view: shelf.view,
            mapped: true,
            key: key(&shelf, index, related),
            make: Box::new(move || given(shelf, index, related, memo)),
        }),
    }
}

/// The fingerprint of all that [`given`] reads.
fn key(shelf: &Shelf<'_>, index: usize, related: &Related) -> Fingerprint {
    let key = Hasher::new().str("article").with(shelf.site.common);
    inputs(shelf, index, related, key).finish()
}

/// Adds what [`given`] reads, but for what is common to all: the page itself, and of other pages what it
/// shows of them.
fn inputs(shelf: &Shelf<'_>, index: usize, related: &Related, key: Hasher) -> Hasher {
    let site = shelf.site;
    let mut key = key.bytes(&[shelf.view as u8]).with(site.wholes[index]);
    let (previous, next) = neighbours(shelf, index);
    for page in [previous, next] {
        key.add(page.map(|page| site.cards[page]).unwrap_or_default());
    }
    for page in related.of(shelf, index, &[previous, next]) {
        key.add(site.cards[page]);
    }
    let groups = site.outline.taxonomies.iter().flat_map(|taxonomy| taxonomy.of(index));
    groups.fold(key, |key, group| key.with(group.fingerprint))
}

fn given(shelf: Shelf<'_>, index: usize, related: &Related, memo: &Memo) -> Given {
    let site = shelf.site;
    let page = &site.pages[index];
    let views = page.views();
    let article = article(&shelf, index, related);
    let content = body(site, &site.texts[index], Some(index), shelf.view, Purpose::Article, memo);
    let mut head = head(
        &shelf,
        head::Page {
            kind: "article",
            key: &page.key,
            views: &views,
            title: PerLang::from_fn(|lang| page.facts.title.get(lang).clone().unwrap_or_default()),
            description: PerLang::from_fn(|lang| site.summary(index, lang)),
            image: article.cover.clone(),
            feeds: Vec::new(),
            // Side by side, search engines are sent to the page in one language.
            json_ld: match shelf.view {
                View::Both => String::new(),
                _ => json_ld(&shelf, index, &views, &article),
            },
        },
    );
    head.downloads = exports::article_downloads(site, index);
    Given { head, part: Part::Article(Box::new(article)), content: Some(content) }
}

/// What the files of a page are, for problems with its address.
pub fn origin(page: &Page) -> Origin {
    let path = page.origin().map(|doc| doc.path.clone());
    Origin { path, ..Origin::made(msg!("a page", "页面")) }
}

fn article(shelf: &Shelf<'_>, index: usize, related: &Related) -> Article {
    let site = shelf.site;
    let page = &site.pages[index];
    let facts = &page.facts;
    let text = &site.texts[index];
    let card = shelf.card(index);
    let words = text.linked_words(|lang| shelf.view.shows(lang));
    let entry = |word: &usize| &text.words.glossary.terms[*word];
    let vocabulary = words.iter().filter(|word| entry(word).is_explained_in(shelf.view));
    let (previous, next) = neighbours(shelf, index);
    Article {
        title: card.title,
        title_html: card.title_html,
        summary: PerLang::from_fn(|lang| {
            facts.summary.get(lang).clone().filter(|_| shelf.view.shows(lang) && page.has(lang))
        }),
        url: card.url,
        languages: card.languages,
        date: card.date,
        updated: facts.updated.as_ref().map(date),
        authors: facts.authors.clone(),
        translators: facts.translators.clone(),
        editors: facts.editors.clone(),
        tags: taxa(shelf, &site.outline.taxonomies.tags, index),
        categories: taxa(shelf, &site.outline.taxonomies.categories, index),
        issue: taxa(shelf, &site.outline.taxonomies.issues, index).into_iter().next(),
        source: facts.source.as_ref().map(|source| SourceContext {
            name: source.name.clone(),
            url: source.url.clone(),
            host: source.url.as_deref().map(|url| host(url).to_owned()),
            author: source.author.clone(),
            editor: source.editor.clone(),
            published: source.published.as_ref().map(date),
            original_title: source.original_title.clone(),
            statement: source.statement.clone(),
        }),
        cover: site.cover(page),
        length: PerLang::from_fn(|lang| {
            let version = text.versions.get(lang).as_ref().filter(|_| shelf.view.shows(lang))?;
            let counts = version.body.counts;
            Some(Length { count: counts.length(), minutes: counts.minutes() })
        }),
        toc: if facts.toc == Some(false) { Vec::new() } else { toc(shelf, index) },
        pinyin: shelf.view.shows(Lang::Zh)
            && text.marked.zh.as_ref().is_some_and(|marked| !marked.readings.is_empty()),
        vocabulary: vocabulary.map(|&word| explained(shelf, &text.words, word)).collect(),
        previous: previous.map(|page| shelf.card(page)),
        next: next.map(|page| shelf.card(page)),
        related: related.of(shelf, index, &[previous, next]).map(|page| shelf.card(page)).collect(),
        sections: shelf.sections_above(&page.key),
        qr: qr_code(shelf, page),
        edit: PerLang::from_fn(|lang| {
            let template = site.config.output.html.edit_url_template.as_ref()?;
            let doc = page.docs.get(lang).as_ref()?;
            Some(template.replace("{path}", &crate::model::urls::encode(&doc.path)))
        }),
        extra: facts.extra.clone().into_iter().collect::<BTreeMap<_, _>>(),
    }
}

/// A word with its definitions for the readers who do not know it.
fn explained(shelf: &Shelf<'_>, words: &Words, index: usize) -> Word {
    let entry = &words.glossary.terms[index];
    let mut word = shelf.word(words, index);
    for lang in Lang::ALL.into_iter().filter(|&lang| !entry.is_explained(lang)) {
        *word.definition.get_mut(lang) = None;
    }
    word
}

/// The host of an address (RFC 3986, section 3.2); the whole text where it names none.
fn host(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("//") else { return url };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.is_empty() { url } else { host }
}

/// The QR code of a page in the view, where its host is known.
fn qr_code(shelf: &Shelf<'_>, page: &Page) -> Option<QrCode> {
    let site = shelf.site;
    site.urls.origin.as_ref()?;
    qr::code(&site.urls.absolute(&shelf.page_url(page)))
}

fn taxa(shelf: &Shelf<'_>, taxonomy: &Taxonomy, page: usize) -> Vec<Taxon> {
    taxonomy.of(page).map(|group| shelf.taxon(taxonomy, group)).collect()
}

/// The articles before and after one in time, among those that the view lists.
fn neighbours(shelf: &Shelf<'_>, index: usize) -> (Option<usize>, Option<usize>) {
    let listed = &shelf.site.outline.listed;
    let Some(at) = shelf.site.place_of(index) else { return (None, None) };
    let shown = |page: &&usize| shelf.lists(**page);
    let older = listed[at + 1..].iter().find(shown);
    let newer = listed[..at].iter().rev().find(shown);
    (older.copied(), newer.copied())
}

/// The headings of the second and third level, side by side in one line each. Side by side they
/// are linked by their row, which stays when the reader hides one of the languages. Headings without
/// words are left out.
fn toc(shelf: &Shelf<'_>, index: usize) -> Vec<TocEntry> {
    let text = &shelf.site.texts[index];
    let mut entries = Vec::new();
    for (index, row) in text.alignment.rows.iter().enumerate() {
        let mut entry = TocEntry { level: 0, id: String::new(), text: PerLang::default() };
        for (lang, version) in text.versions.present().filter(|(lang, _)| shelf.view.shows(*lang)) {
            let blocks = row.blocks(lang);
            let Some(block) = version.body.blocks.get(blocks.start).filter(|_| !blocks.is_empty())
            else {
                continue;
            };
            if let BlockKind::Heading(level @ 2..=3) = block.kind
                && block.text.contains(|c: char| !c.is_whitespace() && c != '\u{FFFC}')
            {
                entry.level = if entry.level == 0 { level } else { entry.level.min(level) };
                entry.id = match shelf.view {
                    View::Both => format!("p{}", index + 1),
                    _ => block.id.clone().unwrap_or_default(),
                };
                *entry.text.get_mut(lang) = Some(block.text.clone());
            }
        }
        if entry.level > 0 {
            entries.push(entry);
        }
    }
    entries
}

fn json_ld(shelf: &Shelf<'_>, index: usize, views: &[View], article: &Article) -> String {
    let site = shelf.site;
    let page = &site.pages[index];
    let lang = shelf.lang();
    let absolute = |url: &str| site.urls.absolute(url);
    let other_title = article.title.get(lang.other()).clone();
    let headline = article.title.either(lang).cloned().unwrap_or_default();
    let names = |people: &[PerLang<String>]| people.iter().map(|p| p.get(lang).clone()).collect();
    let node = ArticleLd {
        url: absolute(&article.url),
        alternative_headline: other_title.filter(|title| *title != headline),
        headline,
        tags: head::language_tags(shelf, views),
        published: page.facts.date,
        updated: page.facts.updated,
        authors: names(&article.authors),
        editors: names(&article.editors),
        translators: names(&article.translators),
        description: site.summary(index, lang),
        image: article.cover.as_deref().map(absolute),
        site: website(shelf),
        source: page.facts.source.as_ref().map(|source| SourceLd {
            name: source.name.get(lang).clone(),
            author: Some(source.author.get(lang).clone()),
            editor: Some(source.editor.get(lang).clone()),
            url: source.url.clone(),
            published: source.published,
            headline: Some(source.original_title.get(lang).clone()),
        }),
        translation: translation(shelf, page, views),
        word_count: article.length.either(lang).map(|length| length.count),
        keywords: article.tags.iter().map(|tag| tag.name.get(lang).clone()).collect(),
        mentions: article
            .vocabulary
            .iter()
            .filter_map(|w| w.url.as_deref())
            .map(absolute)
            .collect(),
    };
    let home =
        Crumb { name: site.config.book.title.get(lang).to_owned(), url: absolute(&shelf.url("")) };
    let sections = article
        .sections
        .iter()
        .map(|section| Crumb { name: section.name.get(lang).clone(), url: absolute(&section.url) });
    let own = Crumb { name: node.headline.clone(), url: node.url.clone() };
    let crumbs: Vec<_> = [home].into_iter().chain(sections).chain([own]).collect();
    json_ld::join(&[json_ld::article(&node), json_ld::breadcrumbs(&crumbs)])
}

/// The version of a page in the other language, as the page in one language names it.
fn translation(shelf: &Shelf<'_>, page: &Page, views: &[View]) -> Option<Translation> {
    let site = shelf.site;
    let lang = shelf.view.lang()?;
    let other = lang.other();
    if !views.contains(&other.view()) {
        return None;
    }
    let version = VersionLd {
        url: site.urls.absolute(&site.urls.page(other.view(), &page.key)),
        tag: site.config.languages.get(other).tag.clone(),
        headline: page.facts.title.get(other).clone().unwrap_or_default(),
    };
    Some(if lang == site.config.book.language {
        Translation::Into(version)
    } else {
        Translation::Of(version)
    })
}
