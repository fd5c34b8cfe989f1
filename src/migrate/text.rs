//! The text of an old page as gen reads it: calls of shortcodes, and links to where things are now.

use std::ops::Range;

use super::address::{joined, plain};
use super::place::{Placed, Site};
use super::{Form, Generator, Note, note, shortcode};
use crate::model::links::is_outside;
use crate::msg;

/// What stands in front of an address that needs no second look.
pub(super) const SETTLED: char = '\u{1}';

/// What links of a page lead to.
pub(super) struct Links<'a> {
    pub placed: &'a Site,
    pub page: &'a Placed,
}

/// The text of a page, rewritten, and what in it needs a hand.
pub(super) fn rewritten(generator: Generator, links: &Links<'_>) -> (String, Vec<Note>) {
    let old = &links.page.old;
    let mut notes = Vec::new();
    let body = old.body.replace(SETTLED, "");
    let text = shortcode::replaced(generator, &body, links, &mut notes);
    let text = if generator == Generator::Jekyll {
        without_attributes(&text, links, &mut notes)
    } else {
        text
    };
    (with_links(&text, links, &mut notes).replace(SETTLED, ""), notes)
}

/// The bytes of a text that are code: between fences, and between backticks in one paragraph.
pub(super) fn code(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut fence: Option<(usize, char, usize)> = None;
    let mut at = 0;
    let mut paragraph = 0..0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_start();
        let sign = bare.chars().next().filter(|sign| matches!(sign, '`' | '~'));
        let length = sign.map_or(0, |sign| bare.chars().take_while(|c| *c == sign).count());
        match (fence, sign) {
            (Some((from, open, least)), Some(sign))
                if sign == open && length >= least && bare.trim_end().len() == length =>
            {
                found.push(from..at);
                fence = None;
                paragraph = at..at;
            }
            (Some(_), _) => {}
            (None, Some(sign)) if length >= 3 && !bare[length..].contains('`') => {
                spans(text, paragraph.clone(), &mut found);
                fence = Some((start, sign, length));
            }
            (None, _) if bare.trim_end().is_empty() => {
                spans(text, paragraph.clone(), &mut found);
                paragraph = at..at;
            }
            (None, _) => paragraph.end = at,
        }
    }
    match fence {
        Some((from, ..)) => found.push(from..text.len()),
        None => spans(text, paragraph, &mut found),
    }
    found.sort_by_key(|range| range.start);
    found
}

fn spans(text: &str, paragraph: Range<usize>, found: &mut Vec<Range<usize>>) {
    let inside = &text[paragraph.clone()];
    let mut at = 0;
    while let Some(open) = inside[at..].find('`').map(|found| at + found) {
        let length = inside[open..].bytes().take_while(|byte| *byte == b'`').count();
        let mut next = open + length;
        let mut close = None;
        while let Some(run) = inside[next..].find('`').map(|found| next + found) {
            let own = inside[run..].bytes().take_while(|byte| *byte == b'`').count();
            next = run + own;
            if own == length {
                close = Some(next);
                break;
            }
        }
        at = open + length;
        if let Some(end) = close {
            found.push(paragraph.start + open..paragraph.start + end);
            at = end;
        }
    }
}

/// The line of the old file on which a byte of its text stands.
pub(super) fn line(links: &Links<'_>, text: &str, at: usize) -> usize {
    links.page.old.line + text[..at.min(text.len())].matches('\n').count()
}

/// Rewrites the targets of Markdown's links and pictures, and of definitions of links.
fn with_links(text: &str, links: &Links<'_>, notes: &mut Vec<Note>) -> String {
    let code = code(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(range) = next_target(text, at) {
        out += &text[at..range.start];
        at = range.end;
        let written = &text[range.clone()];
        if code.iter().any(|code| code.contains(&range.start)) {
            out += written;
            continue;
        }
        match links.resolve(written) {
            Ok(target) => out += &target,
            Err(()) => {
                let shown = written.to_owned();
                let text = msg!(
                    "a link leads nowhere that gen knows of: {shown}",
                    "有一个链接，gen 找不到它指向哪里：{shown}"
                );
                let body = &links.page.old.body;
                let at = body
                    .find(written)
                    .map_or_else(|| links.page.old.line, |at| line(links, body, at));
                notes.push(note(&links.page.old.source, Some(at), text));
                out += written;
            }
        }
    }
    out += &text[at..];
    out
}

/// The next target of a link in a text: behind `](`, or behind `]:` at the beginning of a line.
fn next_target(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        at += text[at..].find(']')? + 1;
        let rest = &text[at..];
        let start = if rest.starts_with('(') {
            at + 1
        } else if rest.starts_with(':') {
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let label = text[line..at].trim_start();
            if !label.starts_with('[')
                || label.starts_with("[^")
                || label[..label.len() - 1].contains(']')
            {
                continue;
            }
            at + 1
        } else {
            continue;
        };
        let start =
            start + text[start..].len() - text[start..].trim_start_matches([' ', '\t']).len();
        let (start, end) = match text[start..].strip_prefix('<') {
            Some(rest) => (start + 1, start + 1 + rest.find(['>', '\n'])?),
            None => {
                let mut depth = 0;
                let end = text[start..].find(|c: char| match c {
                    '(' => {
                        depth += 1;
                        false
                    }
                    ')' if depth == 0 => true,
                    ')' => {
                        depth -= 1;
                        false
                    }
                    c => c.is_whitespace(),
                });
                (start, end.map_or(text.len(), |end| start + end))
            }
        };
        if end > start {
            return Some(start..end);
        }
    }
}

impl Links<'_> {
    /// Where a target leads now. An error is one inside the site that nothing answers to.
    pub fn resolve(&self, written: &str) -> Result<String, ()> {
        if let Some(settled) = written.strip_prefix(SETTLED) {
            return Ok(settled.to_owned());
        }
        let settings = &self.placed.settings;
        // The site itself, written in full.
        let own =
            settings.url.as_deref().and_then(|url| written.strip_prefix(url.trim_end_matches('/')));
        let local = own.filter(|rest| rest.starts_with('/') || rest.is_empty());
        let local = local.map(|rest| if rest.is_empty() { "/" } else { rest });
        if local.is_none()
            && (is_outside(written)
                || written.starts_with('#')
                || written.contains("{{")
                || written.contains("{%"))
        {
            return Ok(written.to_owned());
        }
        let target = local.unwrap_or(written);
        let base = format!("/{}", settings.base);
        let target = match target
            .strip_prefix(&base)
            .filter(|_| local.is_none() && !settings.base.is_empty())
        {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => target,
        };
        let end = target.find(['?', '#']).unwrap_or(target.len());
        let (path, rest) = target.split_at(end);
        if let Some(page) = self.file(path) {
            return Ok(format!("{}{rest}", page.address()));
        }
        if self.beside(path) {
            return Ok(target.to_owned());
        }
        let from = self.page.old.urls.first().map_or("/", String::as_str);
        let joined = joined(from, path).ok_or(())?;
        let found = plain(&joined);
        if let Some(key) = self.placed.moved.get(&found) {
            let key = if key.starts_with('/') {
                key.clone()
            } else {
                format!("/{key}/").replace("//", "/")
            };
            return Ok(format!("{key}{rest}"));
        }
        if found.is_empty() {
            return Ok(format!("/{rest}"));
        }
        // What is not in a page's folder is at the same address as before.
        for folder in ["static", "content"] {
            if self.placed.files.contains_key(&format!("{folder}/{found}")) {
                return Ok(format!("/{}{rest}", joined.trim_start_matches('/')));
            }
        }
        // Beside the file, as other readers of Markdown have it.
        let folder = self.page.old.source.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(near) = super::address::joined(&format!("/{folder}/"), path)
            && let Some(page) = self.source(near.trim_matches('/'))
        {
            return Ok(format!("{}{rest}", page.address()));
        }
        Err(())
    }

    /// The page of a file that a link names.
    fn file(&self, path: &str) -> Option<&Placed> {
        if let Some(inside) = path.strip_prefix("@/") {
            return self.source(&format!("content/{inside}"));
        }
        let named = path.ends_with(".md") || path.ends_with(".markdown");
        if !named {
            return None;
        }
        let folder = self.page.old.source.rsplit_once('/').map_or("", |(folder, _)| folder);
        let near = joined(&format!("/{folder}/"), path);
        let near = near.and_then(|near| self.source(near.trim_matches('/')));
        near.or_else(|| self.source(&format!("content/{}", path.trim_start_matches('/'))))
    }

    /// The page of a file of the old site, with or without the language in its name.
    pub fn source(&self, path: &str) -> Option<&Placed> {
        let sources = &self.placed.sources;
        let found = sources.get(path).or_else(|| {
            let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
            let names = ["md", "zh.md", "en.md", "zh-cn.md", "markdown"];
            let folder = ["index", "_index"];
            let own = names.iter().find_map(|end| sources.get(&format!("{stem}.{end}")));
            own.or_else(|| {
                let inside =
                    folder.iter().flat_map(|name| names.iter().map(move |end| (name, end)));
                inside.filter_map(|(name, end)| sources.get(&format!("{path}/{name}.{end}"))).next()
            })
        });
        found.map(|&index| &self.placed.pages[index])
    }

    /// Whether a path names a file of the page's own folder in the new site.
    fn beside(&self, path: &str) -> bool {
        let page = self.page;
        let folder = match page.form {
            Form::Bundle | Form::Section => page.key.as_str(),
            Form::Page => page.key.rsplit_once('/').map_or("", |(folder, _)| folder),
        };
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let path = joined(&format!("/{folder}/"), &decoded);
        let path = path.filter(|_| !decoded.starts_with('/'));
        path.is_some_and(|path| {
            self.placed.files.contains_key(&format!("content{path}").replace("//", "/"))
        })
    }
}

impl Placed {
    /// How links name it.
    pub fn address(&self) -> String {
        if self.key.is_empty() { "/".to_owned() } else { format!("/{}/", self.key) }
    }
}

/// Drops kramdown's attributes (`{: .wide}`), which gen has nothing of, and its table of contents, which gen makes
/// by itself.
fn without_attributes(text: &str, links: &Links<'_>, notes: &mut Vec<Note>) -> String {
    let code = code(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find("{:").map(|found| at + found) {
        let end = text[start..].find(['}', '\n']).map(|end| start + end);
        let end = end.filter(|&end| {
            text[end..].starts_with('}') && !code.iter().any(|code| code.contains(&start))
        });
        let Some(end) = end else {
            out += &text[at..start + 2];
            at = start + 2;
            continue;
        };
        out += &text[at..start];
        at = end + 1;
        let written = &text[start..at];
        if written.contains("toc") {
            // The list item that it stands for.
            let item = out.trim_end().rfind('\n').map_or(0, |end| end + 1);
            if out[item..].trim_start().starts_with(['*', '-', '1']) {
                out.truncate(item);
            }
            continue;
        }
        let shown = written.to_owned();
        let text_of = msg!("attributes are left out: {shown}", "属性已略去：{shown}");
        let at = line(links, text, start);
        notes.push(note(&links.page.old.source, Some(at), text_of));
    }
    out += &text[at..];
    out
}
