//! An entry of a termbase as a term of the glossary.

use std::ops::Range;

use super::tree::Element;
use super::{DIGIT, Found, NOTES, language};
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::msg;
use crate::parse::exchange::Imported;
use crate::parse::exchange::field::Field;
use crate::parse::term::{Term, id_problem, is_id, suggested_id};

/// Reads an entry. `default` is the language of what does not say its own.
pub(super) fn read(
    entry: &Element,
    default: Option<Lang>,
    found: &mut Found<'_>,
) -> Option<Imported> {
    let mut reader = Concept { said: Vec::new(), names: PerLang::default(), found };
    for child in &entry.children {
        match child.name.as_str() {
            "langSec" | "langSet" => reader.section(child),
            _ => reader.about(child, default),
        }
    }
    let names = std::mem::take(&mut reader.names);
    for (lang, names) in names.iter() {
        reader.sort_names(lang, names);
    }
    reader.term(entry)
}

/// A name of a concept, with what is said of it.
struct Name {
    text: String,
    status: Status,
    span: Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Preferred,
    Admitted,
    Forbidden,
}

/// What an entry says, as it is gathered.
struct Concept<'a, 'f> {
    said: Vec<(Field, String, Range<usize>)>,
    names: PerLang<Vec<Name>>,
    found: &'a mut Found<'f>,
}

/// The data category of a statement: its `type` in the style DCA, the name of its element in DCT.
fn category(element: &Element) -> &str {
    match element.name.as_str() {
        "admin" | "adminNote" | "descrip" | "descripNote" | "ref" | "termNote" | "transac"
        | "transacNote" | "xref" => element.attribute("type").unwrap_or(&element.name),
        name => name,
    }
}

/// Whether an element only holds statements together.
fn is_group(element: &Element) -> bool {
    matches!(element.name.as_str(), "descripGrp" | "adminGrp" | "termNoteGrp")
}

impl Concept<'_, '_> {
    fn say(&mut self, field: Field, text: String, span: &Range<usize>) {
        self.said.push((field, text, span.clone()));
    }

    /// A statement about the concept.
    fn about(&mut self, element: &Element, lang: Option<Lang>) {
        if is_group(element) {
            return element.children.iter().for_each(|child| self.about(child, lang));
        }
        let own = element.attribute("xml:lang");
        let lang = own.map_or(lang, language);
        let (text, span) = (element.line(), &element.span);
        let target =
            || element.attribute("target").map(|id| id.trim_start_matches(DIGIT).to_owned());
        match (category(element), lang) {
            ("subjectField", _) => self.say(Field::Category, text, span),
            ("definition", Some(Lang::Zh)) => self.say(Field::DefinitionZh, text, span),
            ("definition", Some(Lang::En)) => self.say(Field::DefinitionEn, text, span),
            ("source", _) => self.say(Field::Sources, text, span),
            ("crossReference" | "relatedConcept", _) => {
                self.say(Field::See, target().unwrap_or(text), span);
            }
            ("externalCrossReference", _) => {
                let target = element.attribute("target").map(str::to_owned);
                self.say(Field::Sources, target.unwrap_or(text), span);
            }
            ("note", _) => self.note(element),
            (kind, _) => self.found.leave_out(kind, span),
        }
    }

    /// A note: one that stands for a field, or one that has no place.
    fn note(&mut self, element: &Element) {
        let text = element.line();
        let known = text.split_once(": ").filter(|(key, _)| NOTES.contains(key));
        let field = known.and_then(|(key, _)| Field::ALL.into_iter().find(|f| f.name() == key));
        match (field, known) {
            (Some(field), Some((_, value))) => {
                // It is more exact than what a list of values allowed to say.
                self.said.retain(|(other, ..)| *other != field || field.is_list());
                self.say(field, value.to_owned(), &element.span);
            }
            _ => self.found.leave_out("note", &element.span),
        }
    }

    fn section(&mut self, section: &Element) {
        let tag = section.attribute("xml:lang").unwrap_or_default();
        let Some(lang) = language(tag) else {
            return self.found.leave_out(&format!("xml:lang={tag}"), &section.span);
        };
        for child in &section.children {
            match child.name.as_str() {
                "termSec" | "tig" => self.name(child, lang),
                "ntig" => {
                    let inner = child.children.iter().filter(|inner| inner.name == "termGrp");
                    inner.for_each(|inner| self.name(inner, lang));
                }
                _ => self.about(child, Some(lang)),
            }
        }
    }

    fn name(&mut self, section: &Element, lang: Lang) {
        let Some(term) = section.children.iter().find(|child| child.name == "term") else {
            return self.found.leave_out("termSec", &section.span);
        };
        let mut name =
            Name { text: term.line(), status: Status::Admitted, span: term.span.clone() };
        for child in section.children.iter().filter(|child| child.name != "term") {
            self.of_name(child, &mut name);
        }
        self.names.get_mut(lang).push(name);
    }

    /// A statement about a name.
    fn of_name(&mut self, element: &Element, name: &mut Name) {
        if is_group(element) {
            let context = element.children.iter().any(|child| category(child) == "context");
            // What goes with an example goes with it.
            let children = element.children.iter().filter(|_| !context);
            return children.for_each(|child| self.of_name(child, name));
        }
        let text = element.line();
        match category(element) {
            "partOfSpeech" => {
                let said = self.said.iter().any(|(field, ..)| *field == Field::PartOfSpeech);
                if !said && text != "other" {
                    self.say(Field::PartOfSpeech, text, &element.span);
                }
            }
            "administrativeStatus" => match text.split("Term").next().unwrap_or_default() {
                "preferred" | "standardized" => name.status = Status::Preferred,
                "deprecated" | "superseded" => name.status = Status::Forbidden,
                _ => {}
            },
            "context" => {}
            "note" => self.note(element),
            kind => self.found.leave_out(kind, &element.span),
        }
    }

    /// The main name of a language, its other ones, and those to avoid.
    fn sort_names(&mut self, lang: Lang, names: &[Name]) {
        let [name, alias, avoid] = match lang {
            Lang::Zh => [Field::Zh, Field::AliasesZh, Field::AvoidZh],
            Lang::En => [Field::En, Field::AliasesEn, Field::AvoidEn],
        };
        let first = |status| names.iter().position(|name| name.status == status);
        let main = first(Status::Preferred).or_else(|| first(Status::Admitted));
        for (at, one) in names.iter().enumerate() {
            let field = match one.status {
                _ if Some(at) == main => name,
                Status::Forbidden => avoid,
                _ => alias,
            };
            self.say(field, one.text.clone(), &one.span);
        }
    }

    fn term(self, entry: &Element) -> Option<Imported> {
        let mut term = Term::default();
        let mut places: Vec<(Field, Range<usize>)> = Vec::new();
        for field in Field::ALL {
            let own = self.said.iter().filter(|(other, ..)| *other == field);
            let (texts, spans): (Vec<String>, Vec<_>) =
                own.map(|(_, text, span)| (text.clone(), span.clone())).unzip();
            places.extend(spans.first().map(|span| (field, span.clone())));
            if let Err(message) = field.set(&mut term, &texts) {
                let span = spans.into_iter().next();
                let problem = Diagnostic::error("bad-value", self.found.path, span, message);
                self.found.problems.push(problem);
            }
        }
        term.id = own_id(entry);
        if !is_id(&term.id) {
            let (was, named) = (term.id.clone(), suggested_id(&term).unwrap_or_default());
            term.id = named.clone();
            if is_id(&named) {
                let text = msg!(
                    "“{was}” cannot be an id here: the term is named “{named}”",
                    "“{was}”在这里不能作为 id：词条改名为“{named}”"
                );
                let path = self.found.path;
                let problem = Diagnostic::warning("changed-id", path, entry.span.clone(), text);
                self.found.problems.push(problem);
            }
        }
        if let Some((text, help)) = id_problem(&term) {
            let path = self.found.path;
            let problem = Diagnostic::error("bad-term-id", path, entry.span.clone(), text);
            self.found.problems.push(problem.help(help));
            return None;
        }
        Some(Imported { term, span: entry.span.clone(), places })
    }
}

/// The id of an entry, as ours is written in XML.
fn own_id(entry: &Element) -> String {
    let id = entry.attribute("id").unwrap_or_default();
    let digit =
        id.strip_prefix(DIGIT).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    digit.unwrap_or(id).to_owned()
}
