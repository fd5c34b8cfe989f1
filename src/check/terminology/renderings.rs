//! Which names of a term the site uses, and which of them are the odd ones out.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::names::{self, Text};
use crate::check::unit::Unit;
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::msg;
use crate::parse::term::Term;

/// A name of a term as the site uses it: the term's id, the language, the name.
type Name = (String, Lang, String);

/// A place where a name is used, with that of its counterpart.
#[derive(Clone)]
struct Place {
    path: Arc<str>,
    span: Range<usize>,
    other: (Arc<str>, Range<usize>),
}

/// How often each name of each term renders it, and where it first does.
#[derive(Default)]
pub(super) struct Renderings(BTreeMap<Name, (usize, Place)>);

impl Renderings {
    /// Takes in that a term that `lang` mentions is rendered in the other side. What stands in both
    /// sides alike is no rendering.
    pub fn note(
        &mut self,
        unit: &Unit<'_>,
        lang: Lang,
        sentence: usize,
        term: &Term,
        own: &Text,
        other: &Text,
    ) {
        let to = lang.other();
        let used: Vec<&str> =
            names::of(term, to).filter(|name| other.has(name) && !own.has(name)).collect();
        // With several names in one row, or one inside the other, none is chosen over another.
        let [name] = used[..] else { return };
        // A common word has its synonyms, and a Chinese word that it renders often has two meanings.
        if names::of(term, to).any(names::is_derivable) {
            return;
        }
        let span = unit.sides.counterpart(lang, sentence);
        let piece = &unit.sides.get(lang)[sentence];
        let place = Place {
            path: unit.sides.path(to),
            span,
            other: (unit.sides.path(lang), piece.whole()),
        };
        let key = (term.id.clone(), to, name.to_owned());
        self.0.entry(key).or_insert((0, place)).0 += 1;
    }

    /// Adds those of another text.
    pub fn add(&mut self, others: Renderings) {
        for (name, (count, place)) in others.0 {
            self.0.entry(name).or_insert((0, place)).0 += count;
        }
    }

    /// A finding for each name that is used less often than another one of its term.
    pub fn inconsistent(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for ((id, lang, name), (count, place)) in &self.0 {
            let others = self.0.iter().filter(|((other, of, _), _)| other == id && of == lang);
            let Some(((_, _, usual), (most, _))) = others.max_by_key(|(_, (count, _))| *count)
            else {
                continue;
            };
            if most <= count {
                continue;
            }
            let message = msg!(
                "{id} is called “{name}” {count} times, and “{usual}” {most} times",
                "{id} 有 {count} 处写作“{name}”，{most} 处写作“{usual}”"
            );
            let (path, span) = place.other.clone();
            let problem = Diagnostic::warning(
                "inconsistent-term",
                place.path.clone(),
                place.span.clone(),
                message,
            );
            let problem = problem.related(path, span, msg!("the counterpart", "另一种语言"));
            found.push(problem.help(msg!(
                "write “{usual}”, or silence this code where the other name is meant",
                "请写“{usual}”；如果确实要用另一个名称，请忽略这条检查"
            )));
        }
        found
    }
}
