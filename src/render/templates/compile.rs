//! Compiles the templates of a set together, and finds all that fail.
//!
//! The engine stops at the first template with a wrong parent, and at the first loop. So what it
//! names is reported, taken out of a copy of the template (with spaces in its place: all else
//! keeps its line and column), and the copies are compiled again, until nothing is wrong but what
//! the engine names all at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use tera::{Error, ErrorKind, Tera};

use super::error::{self, Files};
use super::tags::tags;
use crate::diag::{Diagnostic, suggest};
use crate::msg;

/// Templates while they are compiled.
struct Set<'f, 's> {
    files: &'f Files,
    /// The names of the files that the site itself has.
    own: &'s BTreeSet<&'f str>,
    /// The texts to compile, by name.
    texts: BTreeMap<&'f str, String>,
    /// Those that are not as their author wrote them.
    changed: BTreeSet<String>,
    out: &'s mut Vec<Diagnostic>,
}

/// Compiles the templates `names`; what is wrong goes to `out`. Where anything is, the engine
/// knows the names of the templates and is of no other use.
pub(super) fn compile<'f>(
    engine: &dyn Fn() -> Tera,
    names: impl Iterator<Item = &'f str>,
    files: &'f Files,
    own: &BTreeSet<&'f str>,
    out: &mut Vec<Diagnostic>,
) -> Tera {
    let text = |name| files.get(name).map_or_else(String::new, |(_, text)| text.to_string());
    let texts: BTreeMap<_, _> = names.map(|name| (name, text(name))).collect();
    let mut set = Set { files, own, texts, changed: BTreeSet::new(), out };
    for (name, text) in &mut set.texts {
        if let Err(error) = engine().add_raw_template(name, text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            set.out.push(error::diagnostic(&error, name, files, &HashMap::new(), None));
            set.changed.insert((*name).to_owned());
            text.clear();
        }
    }
    set.bound_includes();
    loop {
        let mut tera = engine();
        match tera.add_raw_templates(&set.texts) {
            Ok(()) => return tera,
            Err(error) if set.mend(&error) => {}
            Err(_) => return tera,
        }
    }
}

/// How deep templates may include each other. The engine takes some of the thread's stack for each, and
/// lets components that call each other twenty deep do so on every level.
const INCLUDES: usize = 50;

impl Set<'_, '_> {
    /// Reports the templates from which includes lead too deep, and takes the tags out that do.
    fn bound_includes(&mut self) {
        let own = self.own.iter().copied().filter(|name| self.texts.contains_key(name));
        let own: Vec<&str> = own.collect();
        // How deep includes lead from each template, found from one round to the next.
        let mut depths: BTreeMap<&str, usize> = own.iter().map(|name| (*name, 0)).collect();
        let included: Vec<(&str, Vec<&str>)> = own
            .iter()
            .map(|name| {
                let tags = tags(&self.files[*name].1).into_iter();
                (*name, tags.filter(|tag| tag.name == "include").map(|tag| tag.word).collect())
            })
            .collect();
        for _ in 0..=INCLUDES {
            for (name, words) in &included {
                let deepest = words.iter().filter_map(|word| depths.get(word)).max();
                let depth = deepest.map_or(0, |depth| depth + 1);
                depths.insert(name, depth.max(depths[name]).min(INCLUDES + 1));
            }
        }
        // A circle is deeper than any depth, and is reported as such.
        let too_deep = depths.iter().filter(|(_, depth)| **depth == INCLUDES);
        let too_deep: Vec<(String, String)> = too_deep
            .filter_map(|(name, _)| {
                let (_, words) = included.iter().find(|(other, _)| other == name)?;
                let deeper =
                    words.iter().find(|word| depths.get(*word) == Some(&(INCLUDES - 1)))?;
                Some(((*name).to_owned(), (*deeper).to_owned()))
            })
            .collect();
        for (name, word) in too_deep {
            let spans = self.spans(&name, "include", &word);
            let text = msg!(
                "from here templates include each other more than {INCLUDES} deep",
                "从这里开始，模板一层层包含的深度超过 {INCLUDES}"
            );
            let problem = self.problem(&name, spans.first().cloned(), text);
            self.out.push(problem);
            self.blank(&name, spans);
        }
    }

    /// Reports an error and takes its cause out; whether it could.
    fn mend(&mut self, error: &Error) -> bool {
        match error.kind() {
            ErrorKind::MissingParent { current, parent } => self.orphan(current, parent),
            ErrorKind::CircularExtend { tpl, inheritance_chain } => {
                let chain = [std::slice::from_ref(tpl), inheritance_chain].concat();
                self.circle("extends", &chain)
            }
            ErrorKind::CircularInclude { include_chain, .. } => {
                self.circle("include", include_chain)
            }
            ErrorKind::Msg(text) => match error::twice(text) {
                Some((component, files)) => self.twice(component, files),
                None => {
                    self.references(text);
                    false
                }
            },
            _ => {
                self.out.push(error::diagnostic(error, "", self.files, &HashMap::new(), None));
                false
            }
        }
    }

    fn orphan(&mut self, current: &str, parent: &str) -> bool {
        let spans = self.spans(current, "extends", parent);
        let text = msg!(
            "the template extends “{parent}”, which does not exist",
            "模板所继承的“{parent}”不存在"
        );
        let problem = self.problem(current, spans.first().cloned(), text);
        self.out.push(match suggest(parent, self.texts.keys().copied()) {
            Some(near) => problem.help(msg!("did you mean “{near}”?", "是不是“{near}”？")),
            None => problem,
        });
        self.blank(current, spans)
    }

    /// Templates that lead back to themselves: the last of the chain stands in it twice.
    fn circle(&mut self, tag: &str, chain: &[String]) -> bool {
        let start = chain.iter().position(|name| Some(name) == chain.last()).unwrap_or(0);
        let circle = &chain[start..];
        let shown = circle.join(" → ");
        let text = match tag {
            "extends" => msg!(
                "the template extends itself in a circle: {shown}",
                "模板的继承绕了一圈，回到自身：{shown}"
            ),
            _ => msg!(
                "the template includes itself in a circle: {shown}",
                "模板的包含绕了一圈，回到自身：{shown}"
            ),
        };
        let mut pairs: Vec<_> = circle.windows(2).map(|pair| (&*pair[0], &*pair[1])).collect();
        // The theme is right in itself: a template of the site closes the circle.
        let own = pairs.iter().position(|(name, _)| self.own.contains(name)).unwrap_or(0);
        if own < pairs.len() {
            pairs.rotate_left(own);
        }
        let Some(&(name, to)) = pairs.first() else { return false };
        let spans = self.spans(name, tag, to);
        let mut problem = self.problem(name, spans.first().cloned(), text);
        for (name, to) in &pairs[1..] {
            let span = self.spans(name, tag, to).first().cloned();
            let note = msg!("which leads to “{to}”", "由此又到“{to}”");
            problem = problem.related(error::path(name, self.files), span, note);
        }
        self.out.push(problem);
        self.blank(name, spans)
    }

    /// A component that two files define.
    fn twice(&mut self, component: &str, [first, second]: [&str; 2]) -> bool {
        let (here, there) = match self.own.contains(second) {
            true => (second, first),
            false => (first, second),
        };
        let [from, other] =
            [here, there].map(|name| self.spans(name, "component", component).first().cloned());
        let text = msg!(
            "the component “{component}” is defined a second time",
            "组件“{component}”定义了两次"
        );
        let problem = self.problem(here, from.clone(), text).related(
            error::path(there, self.files),
            other,
            msg!("it is defined here too", "这里也定义了它"),
        );
        self.out.push(problem);
        let Some(start) = from else { return false };
        let ends = tags(&self.texts[here]).into_iter().map(|tag| (tag.name, tag.span));
        let mut ends =
            ends.filter(|(name, span)| *name == "endcomponent" && span.start > start.end);
        let end = ends.next().map_or(start.end, |(_, span)| span.end);
        let whole = start.start..end;
        self.blank(here, vec![whole])
    }

    /// What templates refer to and nobody defines: every report of a text of the engine.
    fn references(&mut self, text: &str) {
        let reports = error::reports(text);
        if reports.is_empty() {
            let text = error::one_line(text);
            self.out.push(Diagnostic::error(
                "template-error",
                "templates",
                None,
                msg!("the templates fail: {text}", "模板出错：{text}"),
            ));
        }
        for report in reports {
            if self.follows(&report) {
                continue;
            }
            let span = self.files.get(report.file).and_then(|(_, text)| report.span(text));
            let problem = self.problem(report.file, span, report.text());
            let known = || self.texts.keys().copied();
            let near = match report.unknown() {
                Some(("template", name)) => suggest(name, known()),
                _ => None,
            };
            self.out.push(match near {
                Some(near) => problem.help(msg!("did you mean “{near}”?", "是不是“{near}”？")),
                None => problem,
            });
        }
    }

    /// Whether a report follows from what was already reported: a component of a template that
    /// could not be read, a block of a parent that is not there.
    fn follows(&self, report: &error::Report<'_>) -> bool {
        if let Some(("component", name)) = report.unknown() {
            let defines = |changed: &String| !self.spans(changed, "component", name).is_empty();
            return self.changed.iter().any(defines);
        }
        if !report.message.starts_with("Block ") {
            return false;
        }
        let mut at = report.file;
        let mut steps = self.texts.len();
        while let Some(parent) = self.parent(at).filter(|_| steps > 0) {
            if self.changed.contains(parent) {
                return true;
            }
            steps -= 1;
            at = parent;
        }
        false
    }

    fn parent(&self, name: &str) -> Option<&str> {
        let (_, text) = self.files.get(name)?;
        tags(text).into_iter().find(|tag| tag.name == "extends").map(|tag| tag.word)
    }

    /// The bytes of the tags of a name with a first argument, in the file as it was written.
    fn spans(&self, name: &str, tag: &str, word: &str) -> Vec<Range<usize>> {
        let text = self.files.get(name).map_or("", |(_, text)| text);
        let found = tags(text).into_iter().filter(|found| found.name == tag && found.word == word);
        found.map(|tag| tag.span).collect()
    }

    /// Puts spaces in the place of some bytes of a template; where that changes nothing, empties
    /// it. Whether either could be done.
    fn blank(&mut self, name: &str, spans: Vec<Range<usize>>) -> bool {
        let Some(text) = self.texts.get_mut(name) else { return false };
        let before = text.clone();
        for span in spans {
            let Some(part) = before.get(span.clone()) else { continue };
            // As many bytes, so that other spans hold, and the same line ends.
            let spaces: String =
                part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
            text.replace_range(span, &spaces);
        }
        self.changed.insert(name.to_owned());
        *text != before || !std::mem::take(text).is_empty()
    }

    fn problem(
        &self,
        name: &str,
        span: Option<Range<usize>>,
        text: crate::diag::Message,
    ) -> Diagnostic {
        let problem =
            Diagnostic::error("template-error", error::path(name, self.files), span, text);
        match self.own.contains(name) {
            true => problem,
            false => problem.help(msg!(
                "this file is the theme's: one that the site puts in the theme's place lacks what it needs",
                "这是主题自带的文件：站点用来替换主题的某个文件里缺了它需要的东西"
            )),
        }
    }
}
