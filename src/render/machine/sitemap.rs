//! The site map with its language versions, and robots.txt.

use crate::date::Date;
use crate::render::context::Alternate;

use super::xml::Xml;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// A page that search engines should index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Url {
    /// Its absolute address.
    pub loc: String,
    /// When it last changed.
    pub lastmod: Option<Date>,
    /// Its versions in each language, itself among them, and `x-default`: the same as in its
    /// head. Empty where it has one version only.
    pub alternates: Vec<Alternate>,
}

/// How much a file may hold.
#[derive(Debug, Clone, Copy)]
struct Limits {
    urls: usize,
    bytes: usize,
}

/// The limits of sitemaps.org: 50,000 addresses and 50 MB, uncompressed.
const LIMITS: Limits = Limits { urls: 50_000, bytes: 50 * 1024 * 1024 };

/// Writes the site map: `sitemap.xml`, or as many as it takes (`sitemap-1.xml`, …) with their
/// index as `sitemap.xml`; no files where there are no pages, which the format cannot say.
///
/// `base_url` is the absolute address of the site's root; the index needs it.
pub fn sitemaps(base_url: &str, urls: &[Url]) -> Vec<(String, Vec<u8>)> {
    split(base_url, urls, LIMITS)
}

/// Writes robots.txt: everything may be read, and the site map is there.
pub fn robots(sitemap_url: Option<&str>) -> Vec<u8> {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(url) = sitemap_url {
        let url: String = url.chars().filter(|c| !c.is_control()).collect();
        text.push_str(&format!("\nSitemap: {url}\n"));
    }
    text.into_bytes()
}

/// A file of the site map while it fills.
#[derive(Default)]
struct Part {
    body: Vec<u8>,
    urls: usize,
    lastmod: Option<Date>,
}

impl Part {
    fn add(&mut self, url: &Url, bytes: &[u8]) {
        self.body.extend_from_slice(bytes);
        self.urls += 1;
        self.lastmod = self.lastmod.max(url.lastmod);
    }
}

fn split(base_url: &str, urls: &[Url], limits: Limits) -> Vec<(String, Vec<u8>)> {
    let frame = wrap(&[]).len();
    let mut parts: Vec<Part> = Vec::new();
    for url in urls {
        let bytes = entry(url);
        match parts.last_mut() {
            Some(part)
                if part.urls < limits.urls
                    && frame + part.body.len() + bytes.len() <= limits.bytes =>
            {
                part.add(url, &bytes);
            }
            _ => {
                let mut part = Part::default();
                part.add(url, &bytes);
                parts.push(part);
            }
        }
    }
    if let [only] = parts.as_slice() {
        return vec![("sitemap.xml".to_owned(), wrap(&only.body))];
    }
    let mut files = Vec::new();
    if !parts.is_empty() {
        files.push(("sitemap.xml".to_owned(), index(base_url, &parts)));
    }
    files.extend((1..).zip(&parts).map(|(number, part)| (name(number), wrap(&part.body))));
    files
}

fn name(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

/// Puts entries into a file. The frame is written by hand, because the entries have to be
/// measured before it is known which file they go into.
fn wrap(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"{NAMESPACE}\" xmlns:xhtml=\"{XHTML}\">\n"
    );
    [head.as_bytes(), body, b"</urlset>\n"].concat()
}

fn entry(url: &Url) -> Vec<u8> {
    let mut xml = Xml::fragment();
    xml.open("url", &[]);
    xml.text("loc", &[], &url.loc);
    if let Some(date) = &url.lastmod {
        xml.text("lastmod", &[], &w3c(date));
    }
    for Alternate { hreflang, url } in &url.alternates {
        let attributes = [("rel", "alternate"), ("hreflang", hreflang), ("href", url)];
        xml.empty("xhtml:link", &attributes);
    }
    xml.close("url");
    xml.finish()
}

fn index(base_url: &str, parts: &[Part]) -> Vec<u8> {
    let base = base_url.trim_end_matches('/');
    let mut xml = Xml::document();
    xml.open("sitemapindex", &[("xmlns", NAMESPACE)]);
    for (number, part) in (1..).zip(parts) {
        xml.open("sitemap", &[]);
        xml.text("loc", &[], &format!("{base}/{}", name(number)));
        if let Some(date) = &part.lastmod {
            xml.text("lastmod", &[], &w3c(date));
        }
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    xml.finish()
}

/// A date as the W3C's note has it: a day, or a moment with its offset, never a time without one.
fn w3c(date: &Date) -> String {
    if date.time.is_some() { date.rfc3339() } else { date.day() }
}

#[cfg(test)]
mod tests;
