//! Links, beyond what a build reports: addresses in raw HTML, addresses of this site that are written in
//! full, anchors of the other version, links and images without a text, footnotes, old addresses.

mod addresses;
pub(super) mod external;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::written::Written;
use crate::config::RawHtml;
use crate::diag::Diagnostic;
use crate::lang::{Lang, View};
use crate::model::links::{Target, is_outside};
use crate::model::pages::Page;
use crate::model::site::Site;
use crate::model::urls::page_path;
use crate::msg;
use crate::parse::raw_html::attributes;
use addresses::Addresses;

/// Looks at the links of all texts.
pub(super) fn check(site: &Site<'_>, written: &[Written<'_>]) -> Vec<Diagnostic> {
    let addresses = Addresses::of(site);
    let docs = site.pages.iter().enumerate();
    let docs =
        docs.flat_map(|(at, page)| page.docs.present().map(move |(_, doc)| (&*doc.path, at)));
    let pages: HashMap<&str, usize> = docs.collect();
    let mut found = Vec::new();
    for file in written {
        silent(file, &mut found);
        again(file, &mut found);
        let links = raw_links(site, file);
        let place = (!links.is_empty()).then(|| Place::of(site, &pages, file.path));
        for (link, place) in links.iter().zip(place.iter().cycle()) {
            found.extend(raw(&addresses, place, file.path, link));
        }
    }
    for (index, page) in site.pages.iter().enumerate() {
        let text = &site.texts[index];
        for (lang, version) in text.versions.present() {
            for (target, link) in text.links.targets.get(lang).iter().zip(&version.body.links) {
                let path = &version.path;
                found.extend(match target {
                    Target::Outside(url) => own(&addresses, path, url, link.span.clone()),
                    target => anchor(site, index, lang, path, target, link.span.clone()),
                });
            }
        }
        aliases(page, &mut found);
    }
    found
}

/// Where a file is published.
struct Place {
    key: String,
    views: Vec<View>,
    /// The page, if it is no term.
    page: Option<usize>,
}

impl Place {
    fn of(site: &Site<'_>, pages: &HashMap<&str, usize>, path: &Arc<str>) -> Place {
        if let Some(&index) = pages.get(&**path) {
            let page = &site.pages[index];
            return Place { key: page.key.clone(), views: page.views(), page: Some(index) };
        }
        let term = site.words.glossary.terms.iter().find(|entry| entry.path == *path);
        let id = term.map_or("", |entry| entry.term.id.as_str());
        Place { key: format!("glossary/{id}"), views: View::ALL.to_vec(), page: None }
    }
}

/// An address in raw HTML.
pub(super) struct RawLink {
    /// The address, with `&amp;` read.
    pub address: String,
    pub span: Range<usize>,
    lang: Option<Lang>,
}

/// Which attributes hold addresses, of the elements that texts have (HTML, section 4).
const ADDRESSES: [(&str, &str); 8] = [
    ("a", "href"),
    ("img", "src"),
    ("source", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("iframe", "src"),
    ("track", "src"),
];

/// The addresses in the raw HTML of a file.
pub(super) fn raw_links(site: &Site<'_>, file: &Written<'_>) -> Vec<RawLink> {
    let mut found = Vec::new();
    if site.config.markdown.html == RawHtml::Escape {
        return found;
    }
    for html in &file.body.html {
        let text = &file.text[html.at.clone()];
        for attribute in attributes(text) {
            let is = |(element, name): &(&str, &str)| {
                attribute.element.eq_ignore_ascii_case(element)
                    && attribute.name.eq_ignore_ascii_case(name)
            };
            if !ADDRESSES.iter().any(is) || attribute.value.is_empty() {
                continue;
            }
            let start = html.at.start + attribute.at;
            found.push(RawLink {
                address: attribute.value.trim().replace("&amp;", "&"),
                span: start..start + attribute.value.len(),
                lang: html.lang,
            });
        }
    }
    found
}

/// An address in raw HTML, which stays as it is written: it has to lead somewhere from each page that
/// shows it.
fn raw(
    addresses: &Addresses<'_>,
    place: &Place,
    path: &Arc<str>,
    link: &RawLink,
) -> Option<Diagnostic> {
    let address = link.address.as_str();
    if is_outside(address) {
        return own(addresses, path, address, link.span.clone());
    }
    if address.starts_with(['#', '?']) {
        return None;
    }
    let shows = |view: &&View| link.lang.is_none_or(|lang| view.shows(lang));
    let mut views = place.views.iter().filter(shows);
    let view = *views.find(|view| !addresses.leads(place, **view, address))?;
    let from = format!("/{}", page_path(view, &place.key));
    let message = msg!(
        "nothing is at “{address}”, as seen from {from}",
        "从 {from} 出发，“{address}”没有指向任何文件或页面"
    );
    let problem = Diagnostic::warning("broken-html-link", path.clone(), link.span.clone(), message);
    Some(problem.help(match addresses.meant(place, address) {
        Some(right) => msg!(
            "raw HTML is not resolved: write “{right}”",
            "HTML 里的地址不会转换：请写“{right}”"
        ),
        None => msg!(
            "raw HTML is not resolved: write an address of the published site, from its root",
            "HTML 里的地址不会转换：请写发布以后的地址，从网站的根目录写起"
        ),
    }))
}

/// An address with a host: if that is this site, it has to lead somewhere.
fn own(
    addresses: &Addresses<'_>,
    path: &Arc<str>,
    url: &str,
    span: Range<usize>,
) -> Option<Diagnostic> {
    if addresses.leads_home(url)? {
        return None;
    }
    let message = msg!("nothing is at “{url}”, on this site", "本站没有“{url}”");
    let problem = Diagnostic::warning("broken-own-address", path.clone(), span, message);
    Some(problem.help(msg!(
        "link to the file, [text](/2025/momo.md): such links are checked, and stay right",
        "请链接到文件，如 [文字](/2025/momo.md)：这样的链接会受检查，也不会过时"
    )))
}

/// An anchor that only the other version of the page has as a heading.
fn anchor(
    site: &Site<'_>,
    from: usize,
    lang: Lang,
    path: &Arc<str>,
    target: &Target,
    span: Range<usize>,
) -> Option<Diagnostic> {
    let (page, fragment) = match target {
        Target::Here(fragment) => (from, fragment),
        Target::Page(page, Some(fragment)) => (*page, fragment),
        _ => return None,
    };
    let versions = &site.texts[page].versions;
    let has = |lang| {
        let headings = versions.get(lang).as_ref().map(|version| &version.body.headings);
        headings.is_some_and(|headings| headings.iter().any(|heading| heading.id == *fragment))
    };
    if versions.get(lang).is_none() || has(lang) || !has(lang.other()) {
        return None;
    }
    let message = msg!(
        "“#{fragment}” is a heading of the other version; readers of this one come to the row beside it",
        "“#{fragment}”是另一种语言里的标题；读这一种语言的人会到与它并排的那一段"
    );
    Some(Diagnostic::hint("other-language-anchor", path.clone(), span, message).help(msg!(
        "name the heading of this language, or give both headings one id: {{#name}}",
        "请写这种语言的标题，或者给两边的标题写上同一个 id：{{#name}}"
    )))
}

/// Links without a text and images without a description.
fn silent(file: &Written<'_>, found: &mut Vec<Diagnostic>) {
    let path = || file.path.clone();
    for span in &file.body.empty_links {
        let message = msg!("this link has no text", "这个链接没有文字");
        found.push(Diagnostic::warning("empty-link", path(), span.clone(), message).help(msg!(
            "write what it leads to between the brackets",
            "请在方括号里写上它指向什么"
        )));
    }
    let images = file.body.empty_images.iter().cloned().chain(raw_images(file));
    for span in images {
        let message = msg!("this image has no description", "这个图片没有说明文字");
        found.push(Diagnostic::warning("missing-alt", path(), span, message).help(msg!(
            "say what it shows, for those who do not see it: ![a cat](cat.jpg)",
            "请写上图上有什么，给看不到图的人读：![一只猫](cat.jpg)"
        )));
    }
}

/// Images in raw HTML that have no `alt`: where each begins, up to its address.
fn raw_images(file: &Written<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for html in &file.body.html {
        let all = attributes(&file.text[html.at.clone()]);
        for tag in all.chunk_by(|a, b| a.tag == b.tag) {
            let has = |name: &str| tag.iter().find(|own| own.name.eq_ignore_ascii_case(name));
            let image = tag[0].element.eq_ignore_ascii_case("img");
            if let Some(src) = has("src").filter(|_| image && has("alt").is_none()) {
                let start = html.at.start;
                found.push(start + src.tag..start + src.at + src.value.len());
            }
        }
    }
    found
}

/// Footnotes with a label that another one has.
fn again(file: &Written<'_>, found: &mut Vec<Diagnostic>) {
    for note in &file.body.notes {
        let label = &note.label;
        for span in &note.again {
            let message = msg!("there is a footnote “{label}” already", "脚注“{label}”已经定义过");
            found.push(
                Diagnostic::warning("duplicate-footnote", file.path.clone(), span.clone(), message)
                    .help(msg!(
                        "give it another label; of two, the first is shown",
                        "请换个标记；两个重名的只显示第一个"
                    ))
                    .related(file.path.clone(), note.at.clone(), msg!("the first one", "第一个")),
            );
        }
    }
}

/// Old addresses under `/zh/` or `/en/` of pages that are not there in that language.
fn aliases(page: &Page, found: &mut Vec<Diagnostic>) {
    for (alias, origin) in &page.facts.aliases {
        let first = alias.trim_matches('/').split('/').next();
        let lang = Lang::ALL.into_iter().find(|lang| first == Some(lang.key()));
        let Some(lang) = lang.filter(|lang| !page.has(*lang)) else { continue };
        let key = lang.key();
        let message = msg!(
            "“{alias}” is an address of {key}, in which this page is not there",
            "“{alias}”是 {key} 的地址，而这个页面没有这种语言"
        );
        let (path, span) = (origin.path.clone(), origin.span.clone());
        found.push(Diagnostic::warning("misled-alias", path, span, message).help(msg!(
            "it leads to the other language; write it without /{key}/, or remove it",
            "它会指到另一种语言；请去掉 /{key}/，或者删去"
        )));
    }
}
