//! Reads and builds a site again and again, and publishes what comes out.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::Newest;
use super::problems::{self, Reader as Panel};
use super::snapshot::Snapshot;
use crate::build;
use crate::config::Config;
use crate::diag::{Diagnostic, has_errors};
use crate::lang::Lang;
use crate::memo::{Memo, Stage};
use crate::model::urls::Urls;
use crate::source::{File, Layout, Options, Reader, Sources};

/// Builds a site again and again.
pub struct Builder {
    root: PathBuf,
    options: Options,
    lang: Lang,
    reader: Reader,
    layout: Layout,
    config: Config,
    memo: Memo,
    last: Option<Sources>,
    newest: Arc<Newest>,
    rubbish: Sender<Rubbish>,
}

/// What is no longer needed, and takes its time to go.
type Rubbish = Box<dyn Send>;

/// What a build was about.
pub struct Rebuilt {
    /// The files that changed, in order; all of them at the first build.
    pub changed: Vec<Arc<str>>,
    /// How many pages went through their templates.
    pub rendered: u64,
    /// Every problem.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the site is served as it now is.
    pub published: bool,
    /// How long it took.
    pub time: Duration,
}

impl Builder {
    /// A builder of the site at `root`, which publishes to `newest`. `lang` is the language of
    /// messages.
    pub fn new(root: PathBuf, options: Options, lang: Lang, newest: Arc<Newest>) -> Builder {
        let (rubbish, rest) = channel::<Rubbish>();
        thread::spawn(move || rest.into_iter().for_each(drop));
        Builder {
            root,
            options,
            lang,
            reader: Reader::default(),
            layout: Layout::default(),
            config: Config::default(),
            memo: Memo::new(),
            last: None,
            newest,
            rubbish,
        }
    }

    /// The content folder, and the links that were followed: what there is to watch.
    pub fn watched(&self) -> (&str, &[PathBuf]) {
        (&self.layout.src, self.reader.links())
    }

    /// The sources of the last build.
    pub fn sources(&self) -> Option<&Sources> {
        self.last.as_ref()
    }

    /// The path of the site.
    pub fn base(&self) -> String {
        Urls::new(&self.config, self.options.base_url.as_deref()).base
    }

    /// Reads the site, and builds and publishes it if anything has changed. With `hints`, paths of
    /// files that may have changed, only these are looked at where that is enough to know them.
    pub fn rebuild(&mut self, hints: &[PathBuf]) -> Option<Rebuilt> {
        let started = Instant::now();
        let sources = self.hinted(hints).unwrap_or_else(|| self.read());
        let changed = match &self.last {
            Some(last) => changed(&last.files, &sources.files),
            None => sources.files.keys().cloned().collect(),
        };
        let same_problems =
            self.last.as_ref().is_some_and(|last| last.diagnostics == sources.diagnostics);
        if changed.is_empty() && same_problems {
            return None;
        }
        let built = build(&sources, &mut self.memo);
        let published = !has_errors(&built.diagnostics);
        let panel = Panel {
            lang: self.lang,
            root: &self.root,
            editor: self.config.serve.editor.as_deref(),
        };
        let problems = problems::json(&built.diagnostics, &sources, &panel).into();
        let old = self.newest.borrow().clone();
        let snapshot = match published {
            true => {
                let Urls { origin, base } =
                    Urls::new(&self.config, self.options.base_url.as_deref());
                let outputs = Arc::new(built.outputs);
                Snapshot { outputs, base, origin, problems, built: true }
            }
            // The last good site stays, whole, under its own path.
            false if old.built => Snapshot { problems, ..(*old).clone() },
            false => Snapshot { problems, base: self.base(), ..Snapshot::default() },
        };
        self.newest.send_replace(Arc::new(snapshot));
        let rebuilt = Rebuilt {
            changed,
            rendered: self.memo.count(Stage::Render).made,
            diagnostics: built.diagnostics,
            published,
            time: started.elapsed(),
        };
        self.memo.sweep();
        // Nothing is lost if the thread that lets go of things has ended.
        let _ = self.rubbish.send(Box::new((old, self.last.replace(sources))));
        Some(rebuilt)
    }

    /// The last sources with what has changed in some files, if nothing else can have.
    fn hinted(&mut self, hints: &[PathBuf]) -> Option<Sources> {
        let last = self.last.as_ref().filter(|_| !hints.is_empty())?;
        let mut sources = last.clone();
        self.reader.refresh(&self.root, hints, &mut sources)?;
        let book = |sources: &Sources| sources.files.get("book.toml").map(|file| file.fingerprint);
        (book(&sources) == book(last)).then_some(sources)
    }

    /// Reads the site, from the content folder that its book.toml names now.
    fn read(&mut self) -> Sources {
        let mut sources = self.reader.read(&self.root, &self.layout, self.options.clone());
        let book = |sources: &Sources| sources.files.get("book.toml").map(|file| file.fingerprint);
        let known = self.last.as_ref().map(&book);
        if known != Some(book(&sources)) {
            let text = sources.files.get("book.toml").map(|file| file.bytes.clone());
            let text = String::from_utf8_lossy(text.as_deref().unwrap_or_default()).into_owned();
            self.config = Config::parse("book.toml", &text).0;
            let layout = Layout::of(&self.config);
            if layout != self.layout {
                self.layout = layout;
                sources = self.reader.read(&self.root, &self.layout, self.options.clone());
            }
        }
        sources
    }
}

/// The files that are new, gone or different.
fn changed(old: &BTreeMap<Arc<str>, File>, new: &BTreeMap<Arc<str>, File>) -> Vec<Arc<str>> {
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    let mut changed = Vec::new();
    loop {
        let (before, after) = match (old.peek(), new.peek()) {
            (None, None) => return changed,
            (Some((a, _)), Some((b, _))) if a == b => (old.next(), new.next()),
            (Some((a, _)), Some((b, _))) if a < b => (old.next(), None),
            (Some(_), None) => (old.next(), None),
            _ => (None, new.next()),
        };
        let fingerprint = |file: Option<(&Arc<str>, &File)>| file.map(|(_, file)| file.fingerprint);
        if fingerprint(before) != fingerprint(after)
            && let Some((path, _)) = before.or(after)
        {
            changed.push(path.clone());
        }
    }
}
