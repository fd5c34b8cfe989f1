//! Links, images, code and footnotes of a row that its counterpart has not.

use std::ops::Range;

use super::code;
use crate::check::unit::Both;
use crate::diag::{Diagnostic, Message, quoted};
use crate::lang::{Lang, PerLang};
use crate::model::links::Target;
use crate::msg;
use crate::parse::markdown::{Block, HoleKind, LinkKind};

/// Something that both versions should have.
struct Thing {
    /// Alike in both versions.
    key: String,
    /// As it is shown.
    shown: String,
    span: Range<usize>,
}

/// `base` is the address of the site.
pub(super) fn check(both: &Both<'_>, base: &str, confidence: f32) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, row) in both.pairs(confidence) {
        let sides = PerLang { zh: both.blocks(row, Lang::Zh), en: both.blocks(row, Lang::En) };
        for (kind, things) in [
            ("different-link", links as fn(&Both<'_>, &[Block], Lang, &str) -> Vec<Thing>),
            ("different-image", images),
            ("different-code", inline_code),
        ] {
            let near = PerLang::from_fn(|lang| beside(both, at, lang, base, things));
            let things = PerLang::from_fn(|lang| things(both, sides.get(lang), lang, base));
            compare(both, kind, &things, &near, &sides, &mut found);
        }
        found.extend(code::check(both, &sides));
        found.extend(footnotes(both, &sides));
    }
    found
}

/// Whether two keys are of one place: alike, or a whole address and one without its host.
fn is_one(a: &str, b: &str) -> bool {
    let inside = |whole: &str, part: &str| {
        let part = part.strip_prefix("/..").unwrap_or(part);
        let steps = part.matches('/').count();
        part.starts_with('/') && steps > 1 && !whole.starts_with('/') && whole.ends_with(part)
    };
    a == b || inside(a, b) || inside(b, a)
}

/// What stands in the rows before and behind: a thing there is not lost.
fn beside(
    both: &Both<'_>,
    at: usize,
    lang: Lang,
    base: &str,
    things: fn(&Both<'_>, &[Block], Lang, &str) -> Vec<Thing>,
) -> Vec<Thing> {
    let rows = &both.text.alignment.rows;
    let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let near = near.filter_map(|at| rows.get(at));
    near.flat_map(|row| things(both, both.blocks(row, lang), lang, base)).collect()
}

/// Reports what one side alone has: as one finding where each side has something of its own.
fn compare(
    both: &Both<'_>,
    code: &'static str,
    things: &PerLang<Vec<Thing>>,
    near: &PerLang<Vec<Thing>>,
    sides: &PerLang<&[Block]>,
    found: &mut Vec<Diagnostic>,
) {
    let is_code = code == "different-code";
    // Words in code may be translated: `内存` for `memory`.
    let translated =
        is_code && things.zh.iter().chain(&things.en).any(|thing| !thing.key.is_ascii());
    let is_prose = |thing: &Thing| thing.key.bytes().all(|b| b.is_ascii_lowercase() || b == b' ');
    let only = |lang: Lang| -> Vec<&Thing> {
        let other = things.get(lang.other());
        let blocks = sides.get(lang.other()).iter();
        let text: String = blocks.map(|block| block.text.to_lowercase()).collect();
        let mut own: Vec<&Thing> = Vec::new();
        for thing in things.get(lang) {
            let near = near.get(lang.other());
            let there = other.iter().chain(near).any(|other| is_one(&other.key, &thing.key))
                || is_code && text.contains(&thing.key.to_lowercase())
                || is_code && !thing.key.is_ascii()
                || translated && is_prose(thing);
            if !there && own.iter().all(|known| known.key != thing.key) {
                own.push(thing);
            }
        }
        own
    };
    let (mut zh, mut en) = (only(Lang::Zh).into_iter(), only(Lang::En).into_iter());
    loop {
        let problem = match (zh.next(), en.next()) {
            (None, None) => break,
            (Some(one), Some(other)) => {
                let (a, b) = (quoted(&one.shown), quoted(&other.shown));
                let message = msg!("{a} here is {b} in English", "这里的{a}，英文是{b}");
                finding(both, code, Lang::Zh, one.span.clone(), other.span.clone(), message)
            }
            (Some(one), None) => lost(both, code, Lang::Zh, one, sides),
            (None, Some(one)) => lost(both, code, Lang::En, one, sides),
        };
        found.push(problem);
    }
}

fn lost(
    both: &Both<'_>,
    code: &'static str,
    lang: Lang,
    thing: &Thing,
    sides: &PerLang<&[Block]>,
) -> Diagnostic {
    let shown = quoted(&thing.shown);
    let message = match lang {
        Lang::Zh => msg!("{shown} is not in the English", "{shown}在英文里没有"),
        Lang::En => msg!("{shown} is not in the Chinese", "{shown}在中文里没有"),
    };
    let other = sides.get(lang.other()).first().map_or(0..0, |block| block.span.clone());
    finding(both, code, lang, thing.span.clone(), other, message)
}

pub(super) fn finding(
    both: &Both<'_>,
    code: &'static str,
    lang: Lang,
    span: Range<usize>,
    other: Range<usize>,
    message: Message,
) -> Diagnostic {
    let problem = Diagnostic::warning(code, both.version(lang).path.clone(), span, message);
    let path = both.version(lang.other()).path.clone();
    problem.related(path, other, msg!("the counterpart", "另一种语言"))
}

fn links(both: &Both<'_>, blocks: &[Block], lang: Lang, base: &str) -> Vec<Thing> {
    let body = &both.version(lang).body;
    let targets = both.text.links.targets.get(lang);
    let of = |hole: &HoleKind| {
        let HoleKind::LinkOpen(index) = hole else { return None };
        let link = &body.links[*index];
        if !matches!(link.kind, LinkKind::Link | LinkKind::Email) {
            return None;
        }
        let key = match targets.get(*index) {
            Some(Target::Page(page, _)) => format!("page {page}"),
            Some(Target::Here(_)) => "here".to_owned(),
            _ => address(site_free(&link.target, base)),
        };
        Some(Thing { key, shown: link.target.clone(), span: link.span.clone() })
    };
    blocks.iter().flat_map(|block| &block.holes).filter_map(|hole| of(&hole.kind)).collect()
}

fn images(both: &Both<'_>, blocks: &[Block], lang: Lang, base: &str) -> Vec<Thing> {
    let body = &both.version(lang).body;
    let of = |hole: &HoleKind| {
        let HoleKind::Image(index) = hole else { return None };
        let link = &body.links[*index];
        Some(Thing {
            key: address(site_free(&link.target, base)),
            shown: link.target.clone(),
            span: link.span.clone(),
        })
    };
    blocks.iter().flat_map(|block| &block.holes).filter_map(|hole| of(&hole.kind)).collect()
}

/// An address of the site from its root, another as it is.
fn site_free<'a>(target: &'a str, base: &str) -> &'a str {
    let base = base.trim_end_matches('/');
    let inside = target.strip_prefix(base).filter(|rest| !base.is_empty() && rest.starts_with('/'));
    inside.unwrap_or(target)
}

/// An address without what tells the languages apart: `momo.zh.md` and `momo.en.md`, `/zh-cn/docs/` and
/// `/docs/`, `zh.wikipedia.org/…` and `en.wikipedia.org/…`, whose pages have names of their own.
fn address(target: &str) -> String {
    let languages = ["zh-cn", "zh-hans", "zh_cn", "zh", "cn", "en-us", "en_us", "en"];
    let target = target.to_lowercase();
    let plain = target.split_once("://").map_or(&*target, |(_, rest)| rest);
    let plain = plain.split(['#', '?']).next().unwrap_or_default();
    let (host, path) = match target.contains("://") {
        true => plain.split_once('/').unwrap_or((plain, "")),
        false => ("", plain),
    };
    if let Some((first, rest)) = host.split_once('.')
        && languages.contains(&first)
    {
        return rest.to_owned();
    }
    let host = host.strip_prefix("www.").unwrap_or(host);
    let parts = path.split('/').filter(|part| !part.is_empty() && !languages.contains(part));
    let mut key = host.to_owned();
    for part in parts {
        key.push('/');
        let name: Vec<&str> = part.split('.').filter(|piece| !languages.contains(piece)).collect();
        let name = name.join(".");
        let cut = languages.iter().find_map(|lang| {
            let (stem, ending) = name.split_once('.').unwrap_or((&name, ""));
            let stem = stem.strip_suffix(lang)?.strip_suffix(['-', '_'])?;
            Some(format!("{stem}.{ending}"))
        });
        key.push_str(&cut.unwrap_or(name));
    }
    key
}

fn inline_code(_: &Both<'_>, blocks: &[Block], _: Lang, _: &str) -> Vec<Thing> {
    let of = |block: &Block| -> Vec<Thing> {
        let thing = |range: Range<usize>| {
            let text = block.text[range.clone()].to_owned();
            let span = block.source_span(&range);
            // Marks at the ends and a plural are no part of the code.
            let key = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let key = key.trim_matches(|c: char| ".,;:\"'“”".contains(c));
            let key = key.strip_suffix('s').unwrap_or(key).to_owned();
            Thing { key, shown: text, span }
        };
        crate::check::unit::code_ranges(block).into_iter().map(thing).collect()
    };
    blocks.iter().flat_map(of).collect()
}

fn footnotes(both: &Both<'_>, sides: &PerLang<&[Block]>) -> Option<Diagnostic> {
    let count = |lang: Lang| {
        let holes = sides.get(lang).iter().flat_map(|block| &block.holes);
        holes.filter(|hole| matches!(hole.kind, HoleKind::FootnoteRef(..))).count()
    };
    let (zh, en) = (count(Lang::Zh), count(Lang::En));
    if zh == en {
        return None;
    }
    let message = msg!(
        "there are {zh} references to footnotes here, and {en} in English",
        "这里引用了 {zh} 个脚注，英文引用了 {en} 个"
    );
    let span = |lang: Lang| sides.get(lang).first().map_or(0..0, |block| block.span.clone());
    Some(finding(both, "different-footnote", Lang::Zh, span(Lang::Zh), span(Lang::En), message))
}

#[cfg(test)]
mod tests {
    use super::{address, is_one};

    #[test]
    fn an_address_may_lack_its_host() {
        let one = |a: &str, b: &str| is_one(&address(a), &address(b));
        assert!(one("/zh-cn/docs/storage/#x", "https://kubernetes.io/docs/storage/"));
        assert!(one("../nomicon/index.html", "https://doc.rust-lang.org/nomicon/index.html"));
        assert!(!one("/docs/storage/", "https://kubernetes.io/docs/volumes/"));
        assert!(!one("/docs/", "https://example.org/docs/"));
        assert!(!one("https://a.org/docs/x/", "https://b.org/docs/x/"));
    }

    #[test]
    fn addresses_are_free_of_languages() {
        for (zh, en) in [
            ("/zh-cn/docs/x/", "/docs/x/"),
            ("momo.zh.md", "momo.en.md"),
            ("img/map-zh.png", "img/map-en.png"),
            ("https://zh.wikipedia.org/wiki/猫", "https://en.wikipedia.org/wiki/Cat"),
            ("http://www.example.org", "https://example.org/"),
            ("https://example.org/zh/x#a", "https://example.org/en/x#b"),
        ] {
            assert_eq!(address(zh), address(en));
        }
        assert_ne!(address("https://example.org/a"), address("https://example.org/b"));
    }
}
