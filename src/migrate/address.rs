//! How the generators make addresses.

use std::borrow::Cow;

/// A name as Hugo writes it into addresses: lower case, hyphens for spaces, signs left out (Hugo's documentation,
/// “URL management”, and its `urlize`).
pub(super) fn hugo(name: &str, lower: bool) -> String {
    let kept = |c: &char| c.is_alphanumeric() || "._-/+~@".contains(*c) || is_mark(*c);
    let mut out = String::with_capacity(name.len());
    for c in name.trim().chars() {
        match c {
            c if c.is_whitespace() && out.ends_with('-') => {}
            c if c.is_whitespace() => out.push('-'),
            c if kept(&c) => out.push(c),
            _ => {}
        }
    }
    if lower { out.to_lowercase() } else { out }
}

/// Combining marks, which belong to letters.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A name as Jekyll writes it into addresses: what is neither letter nor digit becomes one hyphen (`slugify` in the
/// mode `pretty`, which keeps some signs).
pub(super) fn jekyll(name: &str, lower: bool) -> String {
    let kept = |c: char| c.is_alphanumeric() || is_mark(c) || "._~!$&'()+,;=@".contains(c);
    let mut out = String::with_capacity(name.len());
    for c in name.trim().chars() {
        match c {
            c if kept(c) => out.push(c),
            _ if !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    let out = out.trim_matches('-');
    if lower { out.to_lowercase() } else { out.to_owned() }
}

/// A name as Hexo writes it into addresses (`slugize` of hexo-util).
pub(super) fn hexo(name: &str) -> String {
    let unsafe_sign = |c: char| {
        c.is_whitespace() || c.is_control() || "~`!@#$%^&*()-_+=[]{}|\\;:\"'<>,.?/".contains(c)
    };
    let mut out = String::with_capacity(name.len());
    for c in name.trim().chars() {
        match c {
            c if !unsafe_sign(c) => out.push(c),
            _ if !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_matches('-').to_owned()
}

/// A pattern with its `:tokens` filled in; what `value` does not know stays.
pub(super) fn filled(pattern: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        out += &rest[..at];
        rest = &rest[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '_').unwrap_or(rest.len());
        match value(&rest[..end]) {
            Some(text) => out += &text,
            None => out += &format!(":{}", &rest[..end]),
        }
        rest = &rest[end..];
    }
    out += rest;
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    if out.starts_with('/') { out } else { format!("/{out}") }
}

/// The parts of a date that patterns ask for: `2024-01-02T…` as year, month and day.
pub(super) fn day(date: &str) -> Option<(&str, &str, &str)> {
    let day = date.get(..10)?;
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = [year, month, day].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    (digits && year.len() == 4).then_some((year, month, day))
}

/// A date at the beginning of a name, `2024-01-02-momo`, and the rest.
pub(super) fn dated(name: &str) -> Option<(&str, &str)> {
    day(name)?;
    let rest = name[10..].strip_prefix(['-', '_'])?;
    (!rest.is_empty()).then(|| (&name[..10], rest))
}

/// The further pages of a list of so many entries, which lead to where the list is now.
pub(super) fn paged(
    folder: &str,
    to: &str,
    entries: usize,
    per_page: u64,
    lists: &mut Vec<(String, String)>,
) {
    let per_page = usize::try_from(per_page).unwrap_or(usize::MAX);
    if per_page == 0 || entries <= per_page {
        return;
    }
    for number in 1..=entries.div_ceil(per_page) {
        lists.push((format!("{folder}page/{number}/"), to.to_owned()));
    }
}

/// An address as it is compared: decoded, without `index.html`, without slashes at its ends.
pub(super) fn plain(url: &str) -> String {
    let decoded: Cow<'_, str> = percent_encoding::percent_decode_str(url).decode_utf8_lossy();
    let path = decoded.trim_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path);
    path.trim_matches('/').to_owned()
}

/// An address that is written in a page at another one; none if it leads out of the site.
pub(super) fn joined(from: &str, written: &str) -> Option<String> {
    let mut parts: Vec<&str> = match written.starts_with('/') {
        true => Vec::new(),
        // A page at `/a/b/` stands in a folder, one at `/a/b.html` beside others.
        false => from.rsplit_once('/').map_or("", |(folder, _)| folder).split('/').collect(),
    };
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    let end = if written.ends_with('/') || written.is_empty() { "/" } else { "" };
    Some(format!("/{}{end}", parts.join("/")))
}
