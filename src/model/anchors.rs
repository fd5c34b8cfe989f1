//! What links may name on a page: its headings and rows. Knows views, and no addresses.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::align::Row;
use super::links::{Target, Targets};
use super::texts::Text;
use crate::diag::{Diagnostic, Message, suggest};
use crate::lang::{Lang, PerLang, View};
use crate::msg;
use crate::parse::markdown::Link;

/// A heading that links may name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Heading {
    /// Its row, by index; none in a footnote.
    row: Option<usize>,
    /// Whether it is there for readers: not empty, nor the title of the page.
    shown: bool,
}

/// The anchors of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anchors {
    headings: PerLang<BTreeMap<String, Heading>>,
    /// The languages in which each row has something to show.
    rows: Vec<PerLang<bool>>,
    /// How many sentences each row has in each language.
    sentences: Vec<PerLang<usize>>,
}

impl Anchors {
    /// The anchors of a text.
    pub fn of(text: &Text) -> Anchors {
        let rows = &text.alignment.rows;
        let full = |lang, block: usize| {
            let marked = text.marked.get(lang).as_ref();
            marked.and_then(|marked| marked.blocks.get(block)).is_none_or(|b| !b.html.is_empty())
        };
        let headings = PerLang::from_fn(|lang| {
            let version = text.versions.get(lang).as_ref();
            let headings = version.map_or(&[][..], |version| &version.body.headings);
            // Blocks are in the rows in their order.
            let mut at = 0;
            let mut place = |block: usize| {
                while rows.get(at).is_some_and(|row| row.blocks(lang).end <= block) {
                    at += 1;
                }
                Heading { row: (at < rows.len()).then_some(at), shown: full(lang, block) }
            };
            headings.iter().map(|heading| (heading.id.clone(), place(heading.block))).collect()
        });
        let shown = |lang, blocks: std::ops::Range<usize>| {
            blocks.into_iter().any(|block| full(lang, block))
        };
        let count = |lang, blocks: std::ops::Range<usize>| {
            let marked =
                text.marked.get(lang).as_ref().and_then(|marked| marked.blocks.get(blocks));
            marked.map_or(0, |blocks| blocks.iter().map(|block| block.sentences.len()).sum())
        };
        let of = |row: &Row| PerLang::from_fn(|lang| count(lang, row.blocks(lang)));
        let sentences = rows.iter().map(of).collect();
        let rows = rows.iter();
        let rows = rows.map(|row| PerLang::from_fn(|lang| shown(lang, row.blocks(lang)))).collect();
        Anchors { headings, rows, sentences }
    }

    /// The id that a link of a version leads to in a view: the heading of that name, or where the
    /// view does not show it, the row that it stands in, else the last row before that the view
    /// shows; none if there is no such row.
    pub fn in_view(&self, fragment: &str, lang: Lang, view: View) -> Option<String> {
        if let Some((row, lang, _)) = sentence(fragment).filter(|found| self.has_sentence(*found)) {
            return if view.shows(lang) {
                Some(fragment.to_owned())
            } else {
                self.row_at(row, view)
            };
        }
        if let Some(number) = row_number(fragment) {
            return self.row_at(number.checked_sub(1)?, view);
        }
        let found = [lang, lang.other()]
            .map(|of| (of, self.headings.get(of).get(fragment)))
            .into_iter()
            .filter_map(|(of, heading)| Some((of, heading?)));
        if found.clone().any(|(of, heading)| heading.shown && view.shows(of)) {
            return Some(fragment.to_owned());
        }
        match found.clone().next() {
            Some((_, heading)) => self.row_at(heading.row?, view),
            None => Some(fragment.to_owned()),
        }
    }

    /// The id of a row, or of the last one before it, that a view shows.
    fn row_at(&self, row: usize, view: View) -> Option<String> {
        let last = self.rows.len().checked_sub(1)?;
        let shown = (0..=row.min(last)).rev().find(|&row| self.shows(row, view))?;
        Some(format!("p{}", shown + 1))
    }

    fn shows(&self, row: usize, view: View) -> bool {
        let row = self.rows.get(row);
        row.is_some_and(|row| row.iter().any(|(lang, shown)| *shown && view.shows(lang)))
    }

    fn has_sentence(&self, (row, lang, number): (usize, Lang, usize)) -> bool {
        self.sentences.get(row).is_some_and(|row| (1..=*row.get(lang)).contains(&number))
    }

    /// Whether a fragment names a heading or a sentence in either language, or a row that a view
    /// shows.
    fn has(&self, fragment: &str, view: View) -> bool {
        if let Some(found) = sentence(fragment) {
            return self.has_sentence(found) && self.shows(found.0, view);
        }
        match row_number(fragment) {
            Some(number) => number.checked_sub(1).is_some_and(|row| self.shows(row, view)),
            None => {
                let heading = self.headings.iter().any(|(_, of)| of.contains_key(fragment));
                fragment.is_empty() || fragment == "top" || heading
            }
        }
    }
}

/// The number of a row that a fragment names: `p3`.
fn row_number(fragment: &str) -> Option<usize> {
    let number: usize = fragment.strip_prefix('p')?.parse().ok()?;
    (fragment == format!("p{number}")).then_some(number)
}

/// The row, the language and the number of a sentence that a fragment names: `p3-z2`.
fn sentence(fragment: &str) -> Option<(usize, Lang, usize)> {
    let (row, own) = fragment.split_once('-')?;
    let row = row_number(row)?.checked_sub(1)?;
    let (lang, number) = match (own.strip_prefix('z'), own.strip_prefix('e')) {
        (Some(number), _) => (Lang::Zh, number),
        (_, Some(number)) => (Lang::En, number),
        _ => return None,
    };
    Some((row, lang, number.parse().ok()?))
}

/// Warns of links to anchors that are not there. `views` are those that show the text; `there`
/// gives the anchors of another page, and the view of it that a view leads to.
pub fn check<'a>(
    targets: &Targets,
    links: &[Link],
    path: &Arc<str>,
    own: &Anchors,
    views: &[View],
    there: &dyn Fn(usize, View) -> (&'a Anchors, View),
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (target, link) in targets.iter().zip(links) {
        let (fragment, page) = match target {
            Target::Here(fragment) => (fragment, None),
            Target::Page(page, Some(fragment)) => (fragment, Some(*page)),
            _ => continue,
        };
        let place = |view| page.map_or((own, view), |page| there(page, view));
        let mut places = views.iter().map(|&view| place(view));
        let Some((anchors, view)) = places.find(|(anchors, view)| !anchors.has(fragment, *view))
        else {
            continue;
        };
        let (text, help) = match row_number(fragment) {
            Some(_) => missing_row(anchors, fragment, view),
            None => missing_heading(anchors, fragment),
        };
        let span = link.span.clone();
        diagnostics
            .push(Diagnostic::warning("missing-anchor", path.clone(), span, text).help(help));
    }
}

fn missing_heading(anchors: &Anchors, fragment: &str) -> (Message, Message) {
    let text = msg!(
        "no heading there has the anchor “{fragment}”",
        "链接所到的页面里没有锚点“{fragment}”"
    );
    let known = anchors.headings.iter().flat_map(|(_, of)| of.keys().map(String::as_str));
    let help = match suggest(fragment, known) {
        Some(near) => msg!("did you mean “#{near}”?", "是不是“#{near}”？"),
        None => msg!(
            "the anchor of a heading is its text in lower case, spaces as hyphens",
            "标题的锚点就是它的文字，其中字母小写、空格换成连字符"
        ),
    };
    (text, help)
}

fn missing_row(anchors: &Anchors, fragment: &str, view: View) -> (Message, Message) {
    let text = match view.lang() {
        None => {
            msg!("there is no row “{fragment}” there", "链接所到的页面里没有“{fragment}”这一行")
        }
        Some(Lang::Zh) => {
            msg!(
                "the Chinese page there has no row “{fragment}”",
                "链接所到的中文页没有“{fragment}”这一行"
            )
        }
        Some(Lang::En) => {
            msg!(
                "the English page there has no row “{fragment}”",
                "链接所到的英文页没有“{fragment}”这一行"
            )
        }
    };
    let mut shown = (0..anchors.rows.len()).filter(|&row| anchors.shows(row, view));
    let help = match shown.next_back() {
        Some(last) => {
            let last = last + 1;
            msg!("its last row is “#p{last}”", "最后一行是“#p{last}”")
        }
        None => msg!("link to the page itself", "请直接链接到页面"),
    };
    (text, help)
}
