//! Terms from elsewhere into glossary.toml, by their ids, with its comments and its order kept.
//!
//! What the glossary leaves out is filled, what both say in the same words stays, and where they
//! disagree [`Prefer`] decides; without it, every disagreement is an error and nothing changes. What
//! a file does not say of a term takes nothing away from it.

mod edit;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use toml_edit::DocumentMut;

use super::{Entry, Glossary};
use crate::diag::{Diagnostic, has_errors};
use crate::msg;
use crate::parse::exchange::Imported;
use crate::parse::exchange::field::Field;
use crate::parse::term::{Term, parse_glossary, suggested_id};

/// Whose word counts where both say something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// That of the glossary.
    Ours,
    /// That of the file.
    Theirs,
}

/// A file of terms.
pub struct Source<'a> {
    /// Its name.
    pub path: Arc<str>,
    /// Its terms.
    pub terms: &'a [Imported],
}

/// What a merge came to.
#[derive(Debug, Default, PartialEq)]
pub struct Merged {
    /// The text of glossary.toml; none if nothing changes or something is wrong.
    pub text: Option<String>,
    /// The ids of new terms, in the order of the file.
    pub added: Vec<String>,
    /// The ids of terms that say more or something else, with the fields.
    pub changed: Vec<(String, Vec<Field>)>,
    /// How many terms of the file change nothing.
    pub same: usize,
    /// Conflicts and other problems.
    pub problems: Vec<Diagnostic>,
}

/// Merges a file into glossary.toml. `glossary` is all terms of the site, those in files of their own
/// among them, which are not changed; `path` and `text` are those of glossary.toml.
pub fn merge(
    (path, text): (&str, &str),
    glossary: &Glossary,
    source: &Source<'_>,
    prefer: Option<Prefer>,
) -> Merged {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (terms, problems) = parse_glossary(path, text);
    if has_errors(&problems) {
        return Merged { problems, ..Merged::default() };
    }
    let doc = match body.parse::<DocumentMut>() {
        Ok(doc) => doc,
        Err(error) => {
            let error = error.to_string();
            let message = msg!("the file cannot be edited: {error}", "这个文件无法改动：{error}");
            let problems = vec![Diagnostic::error("bad-toml", path, None, message)];
            return Merged { problems, ..Merged::default() };
        }
    };
    let terms = terms.into_iter().map(|found| found.term).collect();
    let merged = Merged::default();
    let mut merge = Merge { path, text, glossary, source, prefer, terms, doc, merged };
    merge.all();
    merge.finish()
}

struct Merge<'a> {
    path: &'a str,
    text: &'a str,
    glossary: &'a Glossary,
    source: &'a Source<'a>,
    prefer: Option<Prefer>,
    /// The terms of glossary.toml as their author wrote them, in their order.
    terms: Vec<Term>,
    doc: DocumentMut,
    merged: Merged,
}

impl Merge<'_> {
    fn all(&mut self) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (at, imported) in self.source.terms.iter().enumerate() {
            let Some(id) = self.id_of(imported) else { continue };
            match seen.get(&id) {
                Some(&first) => self.duplicate(imported, &self.source.terms[first], &id),
                None => self.one(imported, &id),
            }
            seen.entry(id).or_insert(at);
        }
        let known = |id: &str| seen.contains_key(id) || self.glossary.get(id).is_some();
        let see = |imported: &&Imported| imported.term.see.iter().any(|id| !known(id));
        let unknown: Vec<Diagnostic> =
            self.source.terms.iter().filter(see).map(|one| self.unknown_see(one, &known)).collect();
        self.merged.problems.extend(unknown);
    }

    /// The id of the term that a term of the file is: its own, or that of the one term that bears
    /// both of its names, as other tools number terms by themselves; without either, one that is
    /// made of its English name. None if nothing can be made of that.
    fn id_of(&mut self, imported: &Imported) -> Option<String> {
        let term = &imported.term;
        let own = term.id.clone();
        let both = term.zh.is_some() && term.en.is_some();
        let alike = |entry: &&Entry| (&entry.term.zh, &entry.term.en) == (&term.zh, &term.en);
        let mut named = self.glossary.terms.iter().filter(alike).filter(|_| both);
        let only = match (named.next(), named.next()) {
            (Some(only), None) => Some(only.term.id.clone()),
            _ => None,
        };
        let text = match only {
            _ if self.glossary.get(&own).is_some() => return Some(own),
            None if own.is_empty() => return self.new_id(imported),
            None => return Some(own),
            Some(id) if own.is_empty() => return Some(id),
            Some(ref id) => msg!(
                "“{own}” has the names of `{id}`, and is taken for it",
                "“{own}”与 `{id}` 同名，当作同一条"
            ),
        };
        let span = imported.span.clone();
        let problem =
            Diagnostic::warning("import-same-names", self.source.path.clone(), span, text);
        self.merged.problems.push(problem);
        only
    }

    /// An id for a term that has none and that no term is like.
    fn new_id(&mut self, imported: &Imported) -> Option<String> {
        let (path, span) = (self.source.path.clone(), imported.span.clone());
        let Some(id) = suggested_id(&imported.term) else {
            let text = msg!("the term has no id", "词条没有 id");
            let help = msg!("write one, such as cat-tax", "请写上，例如 cat-tax");
            self.merged
                .problems
                .push(Diagnostic::error("bad-term-id", path, span, text).help(help));
            return None;
        };
        let text =
            msg!("this has no id: the term is named “{id}”", "这里没有 id：词条命名为“{id}”");
        self.merged.problems.push(Diagnostic::warning("changed-id", path, span, text));
        Some(id)
    }

    fn one(&mut self, imported: &Imported, id: &str) {
        if let Some(at) = self.terms.iter().position(|term| term.id == id) {
            return self.existing(at, imported);
        }
        match self.glossary.get(id) {
            Some((_, entry)) => self.own_file(entry, imported),
            None => self.added(imported, id),
        }
    }

    fn added(&mut self, imported: &Imported, id: &str) {
        let term = &Term { id: id.to_owned(), ..imported.term.clone() };
        if term.zh.is_none() && term.en.is_none() {
            let text = msg!("the term has neither zh nor en", "词条既没有 zh 也没有 en");
            let help = msg!("write at least one of them", "请至少写一个");
            let span = imported.span.clone();
            let problem = Diagnostic::error("missing-key", self.source.path.clone(), span, text);
            return self.merged.problems.push(problem.help(help));
        }
        edit::add(&mut self.doc, term);
        self.merged.added.push(term.id.clone());
    }

    /// Merges into a term of glossary.toml, by its place there.
    fn existing(&mut self, at: usize, imported: &Imported) {
        let ours = self.terms[at].clone();
        let mut changed = Vec::new();
        for field in Field::ALL.into_iter().filter(|field| *field != Field::Id) {
            let (own, other) = (field.of(&ours), field.of(&imported.term));
            match compare(field, &own, &other) {
                Compared::Same => continue,
                Compared::More if self.is_read(field, &ours, &other) => continue,
                Compared::More => {}
                Compared::Different => match self.prefer {
                    Some(Prefer::Theirs) => {}
                    Some(Prefer::Ours) => continue,
                    None => {
                        self.conflict(&ours.id, field, (&own, &other), imported);
                        continue;
                    }
                },
            }
            edit::set(&mut self.doc, at, field, &own, &other);
            changed.push(field);
        }
        match changed.is_empty() {
            true => self.merged.same += 1,
            false => self.merged.changed.push((ours.id, changed)),
        }
    }

    /// Whether a field that the author left out is what it is filled with anyway: pinyin.
    fn is_read(&self, field: Field, ours: &Term, theirs: &[String]) -> bool {
        let filled = self.glossary.get(&ours.id).map(|(_, entry)| field.of(&entry.term));
        filled.is_some_and(|filled| compare(field, &filled, theirs) == Compared::Same)
    }

    /// A term with a file of its own, which is never changed.
    fn own_file(&mut self, entry: &Entry, imported: &Imported) {
        let differs = |field: &Field| {
            let (own, other) = (field.of(&entry.term), field.of(&imported.term));
            *field != Field::Id && compare(*field, &own, &other) != Compared::Same
        };
        let fields: Vec<&str> = Field::ALL.into_iter().filter(differs).map(Field::name).collect();
        self.merged.same += 1;
        if fields.is_empty() {
            return;
        }
        let (id, file, fields) = (&entry.term.id, &entry.path, fields.join(", "));
        let text = msg!(
            "`{id}` has a file of its own, which is left as it is: {fields} differ",
            "`{id}` 有单独的文件，保持不变：{fields} 与之不同"
        );
        let span = imported.span.clone();
        let problem = Diagnostic::warning("import-own-file", self.source.path.clone(), span, text)
            .help(msg!("change {file} by hand", "请手工修改 {file}"))
            .related(file.clone(), entry.span.clone(), msg!("it stands here", "词条在这里"));
        self.merged.problems.push(problem);
    }

    fn conflict(
        &mut self,
        id: &str,
        field: Field,
        (ours, theirs): (&[String], &[String]),
        imported: &Imported,
    ) {
        let name = field.name();
        let (ours, theirs) = (ours.join(" | "), theirs.join(" | "));
        let text = msg!(
            "`{id}`: {name} is “{ours}” in the glossary, and “{theirs}” in the file",
            "`{id}`：{name} 在词汇表里是“{ours}”，在文件里是“{theirs}”"
        );
        let problem = Diagnostic::error(
            "import-conflict",
            self.source.path.clone(),
            imported.place(field),
            text,
        );
        let problem = problem.help(msg!(
            "make them agree, or add --prefer ours or --prefer theirs",
            "请让两者一致，或加上 --prefer ours 或 --prefer theirs"
        ));
        let place = self.glossary.get(id).map(|(_, entry)| entry.span.clone());
        let note = msg!("the term of the glossary", "词汇表里的词条");
        self.merged.problems.push(problem.related(self.path, place, note));
    }

    fn duplicate(&mut self, second: &Imported, first: &Imported, id: &str) {
        let path = &self.source.path;
        let text = msg!("the file has the term `{id}` twice", "文件里 `{id}` 出现了两次");
        let problem = Diagnostic::error("duplicate-term", path.clone(), second.span.clone(), text)
            .help(msg!("delete one of them", "请删去一个"))
            .related(path.clone(), first.span.clone(), msg!("the first one", "第一处"));
        self.merged.problems.push(problem);
    }

    fn unknown_see(&self, imported: &Imported, known: &impl Fn(&str) -> bool) -> Diagnostic {
        let unknown = imported.term.see.iter().find(|id| !known(id)).cloned().unwrap_or_default();
        let from = match imported.term.id.as_str() {
            "" => imported.term.zh.as_deref().unwrap_or_default(),
            id => id,
        };
        let text = msg!(
            "`see` of `{from}` names `{unknown}`, which is no term",
            "`{from}` 的 `see` 里写了 `{unknown}`，但没有这个词条"
        );
        let place = imported.place(Field::See);
        let problem = Diagnostic::error("unknown-term", self.source.path.clone(), place, text);
        problem.help(match self.glossary.suggest(&unknown) {
            Some(near) => msg!("did you mean `{near}`?", "是不是 `{near}`？"),
            None => msg!("add the term, or take it out", "请补上这个词条，或从这里删去"),
        })
    }

    fn finish(self) -> Merged {
        let Merge { path, text, doc, mut merged, .. } = self;
        if has_errors(&merged.problems) || (merged.added.is_empty() && merged.changed.is_empty()) {
            return merged;
        }
        let written = edit::written(&doc, text);
        // A file that cannot be read again is never written.
        let (_, problems) = parse_glossary(path, &written);
        match has_errors(&problems) {
            true => merged.problems.extend(problems),
            false => merged.text = Some(written),
        }
        merged
    }
}

/// How what a file says of a field stands to what the glossary says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compared {
    /// It says nothing new.
    Same,
    /// It adds to what is there.
    More,
    /// It says something else.
    Different,
}

fn compare(field: Field, ours: &[String], theirs: &[String]) -> Compared {
    // Formats set texts in lines in their own ways.
    let alike = |a: &String, b: &String| a.split_whitespace().eq(b.split_whitespace());
    let inside = |one: &String, list: &[String]| list.iter().any(|other| alike(one, other));
    if theirs.iter().all(|one| inside(one, ours))
        && (theirs.is_empty() || ours.len() == theirs.len())
    {
        Compared::Same
    } else if ours.is_empty() || (field.is_list() && ours.iter().all(|one| inside(one, theirs))) {
        Compared::More
    } else {
        Compared::Different
    }
}
