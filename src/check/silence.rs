//! Silences: which problems their author wants to hear no more of, and which silences are of no use.

use std::collections::BTreeMap;
use std::sync::Arc;

use glob::{MatchOptions, Pattern};

use crate::diag::codes::{self, When};
use crate::diag::{Diagnostic, Message, Severity};
use crate::msg;
use crate::parse::data::Node;
use crate::parse::silence::Silence;

/// How patterns match: as in a shell, `*` and `?` stay inside a folder, `**` does not.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

/// All silences of a site.
#[derive(Default)]
pub struct Silences {
    all: Vec<Known>,
    /// Those of one file, by code and path.
    local: BTreeMap<(String, Arc<str>), Vec<usize>>,
    /// Those of book.toml, by code.
    global: BTreeMap<String, Vec<usize>>,
}

struct Known {
    silence: Silence,
    /// Where it is written.
    path: Arc<str>,
    scope: Scope,
    /// Whether it stands in a file whose problems were looked for.
    live: bool,
    used: bool,
}

enum Scope {
    Site,
    Paths(Pattern),
    /// The file in which it is written, or a part of it.
    File,
}

/// What is looked for: what a build reports, or what `gen check` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// What every build reports.
    Build,
    /// What `gen check` reports.
    Check,
}

impl Silences {
    /// Adds those of book.toml. Patterns that cannot be read have been reported.
    pub fn add_book(&mut self, path: &Arc<str>, node: &Node) {
        let Some(check) = node.get("check") else { return };
        for silence in listed(check.get("silence")) {
            self.add(silence, path, Scope::Site, true);
        }
        for entry in check.get("silence-in").map_or(&[][..], Node::entries) {
            let Ok(pattern) = Pattern::new(&entry.key) else { continue };
            for silence in listed(Some(&entry.value)) {
                self.add(silence, path, Scope::Paths(pattern.clone()), true);
            }
        }
    }

    /// Adds those of a file of content. `live` says whether its problems were looked for.
    pub fn add_file(&mut self, path: &Arc<str>, silences: &[Silence], live: bool) {
        for silence in silences {
            self.add(silence.clone(), path, Scope::File, live);
        }
    }

    fn add(&mut self, silence: Silence, path: &Arc<str>, scope: Scope, live: bool) {
        let at = self.all.len();
        let places = match scope {
            Scope::File => self.local.entry((silence.code.clone(), path.clone())).or_default(),
            Scope::Site | Scope::Paths(_) => self.global.entry(silence.code.clone()).or_default(),
        };
        places.push(at);
        self.all.push(Known { silence, path: path.clone(), scope, live, used: false });
    }

    /// Takes out the warnings that are silenced: each whose place, or one of whose related places, lies
    /// where its code is. Errors stay. Adds what is wrong with the silences themselves.
    pub fn apply(mut self, diagnostics: &mut Vec<Diagnostic>, looked: Looked) {
        if self.all.is_empty() {
            return;
        }
        diagnostics.retain(|d| d.severity == Severity::Error || !self.silences(d));
        // Where there are errors, not all was looked at.
        let whole = looked == Looked::Check && !crate::diag::has_errors(diagnostics);
        for known in &self.all {
            match codes::code(&known.silence.code) {
                None => diagnostics.push(known.unknown()),
                Some(code) if code.severity == Severity::Error => {
                    diagnostics.extend((looked == Looked::Check).then(|| known.of_error()));
                }
                Some(code) if whole && known.live && !known.used => {
                    diagnostics.extend((code.when != When::External).then(|| known.unused()));
                }
                Some(_) => {}
            }
        }
    }

    /// Whether a warning is silenced. All silences that do so count as used.
    fn silences(&mut self, d: &Diagnostic) -> bool {
        let places = std::iter::once((&d.path, &d.span));
        let places: Vec<_> =
            places.chain(d.related.iter().map(|related| (&related.path, &related.span))).collect();
        let mut silenced = false;
        for at in self.global.get(d.code).into_iter().flatten() {
            let known = &mut self.all[*at];
            let matches = match &known.scope {
                Scope::Paths(pattern) => {
                    places.iter().any(|(path, _)| pattern.matches_with(path, OPTIONS))
                }
                Scope::Site | Scope::File => true,
            };
            known.used |= matches;
            silenced |= matches;
        }
        if self.local.is_empty() {
            return silenced;
        }
        for (path, span) in places {
            for at in self.local.get(&(d.code.to_owned(), path.clone())).into_iter().flatten() {
                let known = &mut self.all[*at];
                let matches = match (&known.silence.covers, span) {
                    (None, _) => true,
                    (Some(covers), Some(span)) => covers.contains(&span.start),
                    (Some(_), None) => false,
                };
                known.used |= matches;
                silenced |= matches;
            }
        }
        silenced
    }
}

impl Known {
    fn problem(&self, code: &'static str, message: Message, help: Message) -> Diagnostic {
        let span = self.silence.span.clone();
        Diagnostic::warning(code, self.path.clone(), span, message).help(help)
    }

    fn unknown(&self) -> Diagnostic {
        let code = &self.silence.code;
        let help = match codes::nearest(code) {
            Some(near) => msg!("did you mean “{near}”?", "是不是“{near}”？"),
            None => msg!("docs/checks.md lists all codes", "所有检查项见 docs/checks.md"),
        };
        let message = msg!("there is no code “{code}” to silence", "没有“{code}”这个检查项");
        self.problem("unknown-code", message, help)
    }

    fn of_error(&self) -> Diagnostic {
        let code = &self.silence.code;
        let message =
            msg!("“{code}” is an error, which nothing silences", "“{code}”是错误，不能忽略");
        self.problem("unused-silence", message, msg!("remove it", "请删去"))
    }

    fn unused(&self) -> Diagnostic {
        let code = &self.silence.code;
        let message = msg!("there is no “{code}” to silence here", "这里没有“{code}”可以忽略");
        self.problem("unused-silence", message, msg!("remove it", "请删去"))
    }
}

fn listed(list: Option<&Node>) -> impl Iterator<Item = Silence> {
    let items = list.map_or(&[][..], Node::items).iter();
    items.filter_map(|item| {
        Some(Silence { code: item.word()?, span: item.span.clone(), covers: None })
    })
}
