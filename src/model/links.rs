//! What the links of a text lead to.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::glossary::Glossary;
use super::pages::{Page, PageKind};
use crate::diag::{Diagnostic, Message, suggest};
use crate::memo::{Fingerprint, Hasher};
use crate::msg;
use crate::parse::doc::{Doc, Form};
use crate::parse::markdown::{Link, LinkKind};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a page of the site, by its index, perhaps to an anchor on it.
    Page(usize, Option<String>),
    /// To a term of the glossary, by its id.
    Term(String),
    /// To a file of the site, by its output path, with a query or an anchor as written.
    File(String, String),
    /// To a generated page (`tags/slang`), by its key, with a query or an anchor as written.
    Generated(String, String),
    /// To an anchor on the same page.
    Here(String),
    /// To another site, or by another scheme.
    Outside(String),
    /// Nowhere: reported.
    Broken,
}

/// The links of a page's version, in the order of [`crate::parse::markdown::Body::links`].
pub type Targets = Vec<Target>;

/// All that links can lead to.
pub struct Places {
    /// Pages by the path of their file from the content folder, without language and ending.
    sources: HashMap<Box<str>, usize>,
    /// Pages by their key.
    keys: HashMap<Box<str>, usize>,
    /// Articles by the last segment of their key; none where several share it.
    last: HashMap<Box<str>, Option<usize>>,
    /// The sources of pages that are not published.
    hidden: BTreeSet<Box<str>>,
    /// Files published as they are, by output path.
    files: BTreeSet<Box<str>>,
    /// What is made from no file of its own.
    pub generated: Generated,
    /// Of all of it.
    pub fingerprint: Fingerprint,
}

/// What is made from no file of its own.
#[derive(Debug, Default, Serialize)]
pub struct Generated {
    /// Addresses of pages (`glossary`, `tags/slang`), without view and slashes.
    pub pages: BTreeSet<String>,
    /// Output paths of feeds and other files for machines.
    pub files: BTreeSet<String>,
}

/// The path of a document's page as links name it: no language, no ending, folders for `index`.
fn source_of<'p>(src: &str, path: &'p str) -> &'p str {
    let inside = path.strip_prefix(src).unwrap_or(path).trim_start_matches('/');
    let (folder, file) = inside.rsplit_once('/').unwrap_or(("", inside));
    let name = Form::of(file).map_or(file, |(name, _)| name);
    match name {
        "index" | "_index" => folder,
        name => &inside[..inside.len() - file.len() + name.len()],
    }
}

/// For how many broken links of a text it is looked for what was meant: each is held against every page,
/// file and term.
const SUGGESTED: usize = 100;

impl Places {
    /// The places of a site. `docs` are all documents, published or not.
    pub fn new<'a>(
        src: &str,
        pages: impl IntoIterator<Item = &'a Arc<Page>>,
        docs: impl IntoIterator<Item = &'a Arc<Doc>>,
        files: impl IntoIterator<Item = &'a str>,
        generated: Generated,
    ) -> Self {
        let mut sources = HashMap::new();
        let mut keys = HashMap::new();
        let mut last = HashMap::new();
        // Links name pages by their number: it counts which stands where, in which languages.
        let mut hasher = Hasher::new().str(src);
        for (index, page) in pages.into_iter().enumerate() {
            hasher = hasher.str(&page.key).bytes(&[page.kind as u8]);
            for (lang, doc) in page.docs.present() {
                hasher = hasher.str(lang.key()).str(&doc.path);
                sources.insert(source_of(src, &doc.path).into(), index);
            }
            keys.insert(page.key.as_str().into(), index);
            if page.kind == PageKind::Article {
                let name = page.key.rsplit('/').next().unwrap_or_default();
                last.entry(name.into()).and_modify(|only| *only = None).or_insert(Some(index));
            }
        }
        let all = docs.into_iter().map(|doc| source_of(src, &doc.path));
        let hidden = all.filter(|source| !sources.contains_key(*source)).map(Box::from);
        let hidden: BTreeSet<Box<str>> = hidden.collect();
        let files: BTreeSet<Box<str>> = files.into_iter().map(Box::from).collect();
        let fingerprint = hasher.value(&(&hidden, &files, &generated)).finish();
        Places { sources, keys, last, hidden, files, generated, fingerprint }
    }

    /// What the links of a text lead to. `folder` is that of its file, from the content folder.
    pub fn resolve(
        &self,
        links: &[Link],
        path: &Arc<str>,
        folder: &str,
        glossary: &Glossary,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Targets {
        let resolve = |link: &Link, near: bool| match link.kind {
            LinkKind::Email => Ok(Target::Outside(format!("mailto:{}", link.target))),
            LinkKind::Wikilink | LinkKind::NamedWikilink => {
                self.wikilink(link, path, glossary, near)
            }
            LinkKind::Link | LinkKind::Image => self.link(link, path, folder, near),
        };
        let mut broken = 0;
        let settle = |link: &Link| {
            resolve(link, broken < SUGGESTED).unwrap_or_else(|problem| {
                broken += 1;
                diagnostics.push(*problem);
                Target::Broken
            })
        };
        links.iter().map(settle).collect()
    }

    /// Reports a cover picture that is not there.
    pub fn check_cover(&self, page: &Page, diagnostics: &mut Vec<Diagnostic>) {
        let Some(cover) = page.facts.cover.as_deref().filter(|cover| !is_outside(cover)) else {
            return;
        };
        let place = file_path(&page.folder, cover);
        if place.as_ref().is_some_and(|place| self.files.contains(place.as_str())) {
            return;
        }
        let mut docs = page.written.present().map(|(_, doc)| doc);
        let Some(doc) = docs.find(|doc| doc.front.front.cover.as_deref() == Some(cover)) else {
            return;
        };
        let span = doc.front.node.as_ref().and_then(|node| node.get("cover"));
        let link = Link {
            kind: LinkKind::Image,
            target: cover.to_owned(),
            title: String::new(),
            span: span.map_or(0..0, |value| value.span.clone()),
        };
        let place = place.as_deref().unwrap_or(cover);
        diagnostics.push(*self.broken(&link, &doc.path, place, true));
    }

    fn link(
        &self,
        link: &Link,
        path: &Arc<str>,
        folder: &str,
        near: bool,
    ) -> Result<Target, Box<Diagnostic>> {
        let target = link.target.as_str();
        if let Some(fragment) = target.strip_prefix('#') {
            return Ok(Target::Here(decode(fragment)));
        }
        if is_outside(target) {
            return Ok(Target::Outside(target.to_owned()));
        }
        let end = target.find(['?', '#']).unwrap_or(target.len());
        let (written, rest) = target.split_at(end);
        let fragment = rest.find('#').map(|at| decode(&rest[at + 1..]));
        let decoded = decode(written);
        let Some(place) = normalise(folder, &decoded) else {
            return Err(self.broken(link, path, &decoded, near));
        };
        if let Some(page) = self.page_at(&place) {
            return Ok(Target::Page(page, fragment.filter(|fragment| !fragment.is_empty())));
        }
        if self.files.contains(place.as_str()) || self.generated.files.contains(&place) {
            return Ok(Target::File(place, rest.to_owned()));
        }
        let inner = without_view(&place).unwrap_or(&place);
        if self.generated.pages.contains(inner) {
            return Ok(Target::Generated(inner.to_owned(), rest.to_owned()));
        }
        Err(self.broken(link, path, &place, near))
    }

    /// The page of a key.
    pub fn page(&self, key: &str) -> Option<usize> {
        self.keys.get(key).copied()
    }

    /// The page whose file or address a path names.
    fn page_at(&self, place: &str) -> Option<usize> {
        let place = place.trim_end_matches('/');
        let (folder, file) = place.rsplit_once('/').unwrap_or(("", place));
        if let Some((name, _)) = Form::of(file) {
            let source = match (folder, name) {
                (folder, "index" | "_index") => folder.to_owned(),
                ("", name) => name.to_owned(),
                (folder, name) => format!("{folder}/{name}"),
            };
            return self.sources.get(source.as_str()).copied();
        }
        let keyed = self.keys.get(place).or_else(|| self.sources.get(place)).copied();
        keyed.or_else(|| self.keys.get(without_view(place)?).copied())
    }

    /// The error of a link that leads nowhere. Where `near`, what was meant is looked for.
    fn broken(&self, link: &Link, path: &Arc<str>, place: &str, near: bool) -> Box<Diagnostic> {
        let target = &link.target;
        let stem = place.trim_end_matches('/');
        let (folder, file) = stem.rsplit_once('/').unwrap_or(("", stem));
        let source = match Form::of(file) {
            Some((name, _)) if folder.is_empty() => name.to_owned(),
            Some((name, _)) => format!("{folder}/{name}"),
            None => stem.to_owned(),
        };
        let image = link.kind == LinkKind::Image;
        let problem = Diagnostic::error(
            if image { "broken-image" } else { "broken-link" },
            path.clone(),
            link.span.clone(),
            msg!("nothing is at “{target}”", "“{target}”没有指向任何文件或页面"),
        );
        let known = self.sources.keys().chain(&self.files).map(|known| &**known);
        let help = if self.hidden.contains(source.as_str()) {
            unpublished()
        } else if let Some(near) = near.then(|| suggest(&source, known)).flatten() {
            msg!("did you mean “/{near}”?", "是不是“/{near}”？")
        } else {
            msg!(
                "paths count from the file's own folder, or with “/” in front from the site's root",
                "路径从本文件所在的文件夹算起，以“/”开头则从站点根目录算起"
            )
        };
        Box::new(problem.help(help))
    }

    fn wikilink(
        &self,
        link: &Link,
        path: &Arc<str>,
        glossary: &Glossary,
        near: bool,
    ) -> Result<Target, Box<Diagnostic>> {
        let name = link.target.trim();
        if glossary.get(name).is_some() {
            return Ok(Target::Term(name.to_owned()));
        }
        let (place, fragment) = name.split_once('#').map_or((name, None), |(p, f)| (p, Some(f)));
        let page = self.page_at(place.trim_matches('/')).or_else(|| self.by_last_segment(place));
        if let Some(page) = page {
            return Ok(Target::Page(page, fragment.map(str::to_owned)));
        }
        let problem = Diagnostic::error(
            "unknown-term",
            path.clone(),
            link.span.clone(),
            msg!(
                "“{name}” is neither a term of the glossary nor a page",
                "“{name}”既不是词汇表的词条，也不是页面"
            ),
        );
        let whole = self.keys.keys().map(|key| &**key);
        let last = whole.clone().filter_map(|key| key.rsplit('/').next());
        let meant = || glossary.suggest(name).or_else(|| suggest(name, whole.chain(last)));
        let near = near.then(meant).flatten();
        let ends = |source: &str| source.rsplit('/').next() == Some(name) || source == name;
        let help = match near {
            _ if self.hidden.iter().any(|source| ends(source)) => unpublished(),
            Some(near) => msg!("did you mean [[{near}]]?", "是不是 [[{near}]]？"),
            None => msg!(
                "add it to the glossary, or write the link as [text](address)",
                "请把它加进词汇表，或者写成 [文字](地址)"
            ),
        };
        Err(Box::new(problem.help(help)))
    }

    /// The only page whose address ends with a name, as wikis find pages.
    fn by_last_segment(&self, name: &str) -> Option<usize> {
        self.last.get(name).copied().flatten()
    }
}

/// An address without its view (`zh/2025/momo`), if it names one.
fn without_view(place: &str) -> Option<&str> {
    let rest = place.strip_prefix("zh").or_else(|| place.strip_prefix("en"))?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// What to do about a link to a page that is not published.
fn unpublished() -> Message {
    msg!(
        "the page is a draft or lies in the future; build with --drafts or --future to see it",
        "那个页面是草稿，或者日期在将来：用 --drafts 或 --future 构建才看得到"
    )
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Whether a target has a scheme or a host of its own (RFC 3986, section 4.2).
pub fn is_outside(target: &str) -> bool {
    let scheme = target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    scheme || target.starts_with("//")
}

/// The output path of a file that front matter names, from the folder of its page.
pub fn file_path(folder: &str, written: &str) -> Option<String> {
    normalise(folder, &decode(written))
}

/// A path relative to a folder, or from the root with a slash in front, without `.` and `..`;
/// none if it leaves the site.
fn normalise(folder: &str, path: &str) -> Option<String> {
    let (base, path) = match path.strip_prefix('/') {
        Some(rest) => ("", rest),
        None => (folder, path),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{is_outside, normalise};

    #[test]
    fn paths_stay_inside() {
        let cases = [
            ("2025", "momo.zh.md", Some("2025/momo.zh.md")),
            ("2025/a", "../momo.md", Some("2025/momo.md")),
            ("2025", "/about.md", Some("about.md")),
            ("", "../x", None),
            ("2025", "./a//b/", Some("2025/a/b")),
        ];
        for (folder, path, expected) in cases {
            assert_eq!(normalise(folder, path).as_deref(), expected, "{folder} {path}");
        }
        assert!(is_outside("https://a.org") && is_outside("mailto:a@b") && is_outside("//a.org"));
        assert!(!is_outside("a/b.md") && !is_outside("中:文"));
    }
}
