//! The glossary as a file.

use crate::config::GlossaryExport;
use crate::lang::{Lang, PerLang, View};
use crate::memo::{Fingerprint, Hasher};
use crate::model::site::{Site, Use};
use crate::model::urls::encode;
use crate::render::machine::termbase::{self, Example, TermEntry, Termbase};
use crate::render::machine::{cards, tbx};
use crate::render::shelf::Shelf;
use crate::render::words::term_set;

use super::scope::Scope;
use super::words::vocabulary;

/// Whether there is anything to export.
pub fn has_terms(site: &Site<'_>) -> bool {
    !site.words.glossary.terms.is_empty()
}

/// The fingerprint of all that the glossary's files hold, but for the words that articles define
/// for themselves.
pub(super) fn key(site: &Site<'_>) -> Fingerprint {
    let terms = 0..site.words.glossary.terms.len();
    terms.fold(Hasher::new().with(site.common), |key, term| key.with(site.uses.key(term))).finish()
}

/// The glossary as a file. `bom` begins tables with a byte order mark.
pub fn glossary_file(site: &Site<'_>, export: GlossaryExport, bom: bool) -> Vec<u8> {
    match export {
        GlossaryExport::Json => termbase::json(&termbase(site)),
        GlossaryExport::Csv => termbase::csv(&termbase(site), bom),
        GlossaryExport::Tbx => tbx::termbase(&termbase(site), site.config.book.language),
        GlossaryExport::Jsonld => {
            let mut text = term_set(&Shelf { site, view: View::Both });
            text.push('\n');
            text.into_bytes()
        }
        GlossaryExport::Anki => cards::anki(&vocabulary(site, &Scope::Site)),
    }
}

fn termbase(site: &Site<'_>) -> Termbase {
    let shelf = Shelf { site, view: View::Both };
    let page = |key: &str| site.urls.absolute(&shelf.url(key));
    let entry = |(index, entry): (usize, &crate::model::glossary::Entry)| TermEntry {
        term: entry.term.clone(),
        url: page(&format!("glossary/{}", entry.term.id)),
        example: example(site, index).map(|(example, _)| example),
    };
    Termbase {
        title: PerLang::from_fn(|lang| site.config.book.title.get(lang).to_owned()),
        url: page("glossary"),
        languages: languages(site),
        terms: site.words.glossary.terms.iter().enumerate().map(entry).collect(),
    }
}

/// The BCP 47 tags of the languages.
pub(super) fn languages(site: &Site<'_>) -> PerLang<String> {
    PerLang::from_fn(|lang| site.config.languages.get(lang).tag.clone())
}

/// An example, and its sentences as HTML.
pub(super) type Marked = (Example, PerLang<Option<String>>);

/// The best example of a term of the glossary, by its index.
pub(super) fn example(site: &Site<'_>, term: usize) -> Option<Marked> {
    let uses = || site.uses.of(term);
    let (page, one) = uses().find(|(_, one)| one.sure).or_else(|| uses().next())?;
    Some(of_use(site, page, one))
}

/// A use as an example: a counterpart that is not sure is left out.
pub(super) fn of_use(site: &Site<'_>, page: usize, one: &Use) -> Marked {
    let page = &site.pages[page];
    let marked = PerLang::from_fn(|lang| {
        let html = one.html.get(lang).as_ref();
        html.filter(|html| one.sure || html.contains("<mark>")).cloned()
    });
    let anchor = Lang::ALL.into_iter().find_map(|lang| {
        let number = one.sentences.get(lang).as_ref().filter(|_| marked.get(lang).is_some())?;
        let letter = if lang == Lang::Zh { 'z' } else { 'e' };
        Some(format!("#{}", encode(&format!("p{}-{letter}{number}", one.row + 1))))
    });
    let address = site.urls.page(page.view_from(View::Both), &page.key);
    let url = site.urls.absolute(&format!("{address}{}", anchor.unwrap_or_default()));
    let text = PerLang::from_fn(|lang| marked.get(lang).as_deref().map(plain));
    (Example { text, url }, marked)
}

/// The text of a sentence that is HTML with `<mark>` and nothing else in it.
fn plain(html: &str) -> String {
    let text = html.replace("<mark>", "").replace("</mark>", "");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_sentence_is_read_back_from_its_html() {
        assert_eq!(plain("a &lt;b&gt; &amp;amp; <mark>猫</mark>"), "a <b> &amp; 猫");
    }
}
