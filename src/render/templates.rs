//! The template set: the built-in theme, and what a site puts in its place, file by file.

mod compile;
mod error;
mod limits;
mod said;
mod tags;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

pub(super) use error::Files;
use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, Tera};

use crate::config::Limits;
use crate::diag::{Diagnostic, suggest};
use crate::lang::{Lang, PerLang};
use crate::memo::{Fingerprint, Hasher};
use crate::model::pages::Page;
use crate::msg;
use crate::parse::data;
use crate::parse::doc;
use crate::source::Sources;
use limits::Guarded;

static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The part of it that answers calls in texts: see [`super::shortcodes`].
const SHORTCODES: &str = "shortcodes/";

/// The folder of templates, beside book.toml.
const FOLDER: &str = "templates/";

/// The file of the theme's words.
const STRINGS: &str = "strings.toml";

/// The words of the theme in each language, by key.
pub type Strings = PerLang<BTreeMap<String, String>>;

/// Templates ready to render.
pub struct Templates {
    compiled: Compiled,
    strings: Strings,
    /// The files that templates come from: their path for readers of an error, and their text.
    files: HashMap<String, (Arc<str>, Arc<str>)>,
    fingerprint: Fingerprint,
}

/// Files of the built-in theme that are published, by their path in the site.
pub fn theme_static() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    STATIC.files().filter_map(|file| Some((file.path().to_str()?, file.contents())))
}

/// The fingerprint of a site's template set: of all that [`Templates::load`] reads.
pub fn key(sources: &Sources) -> Fingerprint {
    let own = sources.files.iter().filter(|(path, _)| name_of(path).is_some());
    let hasher = Hasher::new().str("templates").str(env!("CARGO_PKG_VERSION"));
    own.fold(hasher, |hasher, (path, file)| hasher.str(path).with(file.fingerprint)).finish()
}

/// The name of a site's template; none for other files.
pub fn name_of(path: &str) -> Option<&str> {
    path.strip_prefix(FOLDER).filter(|name| !name.starts_with(SHORTCODES))
}

/// Templates as the engine has them.
pub(super) struct Compiled {
    pub tera: Tera,
    /// The site's own among them, by name.
    guarded: HashMap<String, Guarded>,
}

/// Compiles files of components alone, by the same rules as templates.
pub(super) fn compile_components(
    files: &Files,
    own: &BTreeSet<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Compiled {
    Compiled::of(files.keys().map(String::as_str), files, own, diagnostics)
}

impl Compiled {
    /// Compiles the templates `names`, with guards in those that are the site's `own`.
    fn of<'f>(
        names: impl Iterator<Item = &'f str>,
        files: &'f Files,
        own: &BTreeSet<&'f str>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Compiled {
        let before = diagnostics.len();
        let mut tera = compile::compile(&engine, names, files, own, diagnostics);
        let mut guarded = HashMap::new();
        if diagnostics.len() == before {
            let names = own.iter().filter(|name| **name != STRINGS);
            guarded = names
                .map(|name| ((*name).to_owned(), Guarded::of(&files[*name].1)))
                .collect::<HashMap<_, _>>();
            let mut texts: Vec<_> = guarded.iter().map(|(name, own)| (name, &own.text)).collect();
            texts.sort();
            // They compiled without their guards, at the same places.
            if let Err(error) = tera.add_raw_templates(texts) {
                diagnostics.push(error::diagnostic(&error, "", files, &guarded, None));
            }
        }
        Compiled { tera, guarded }
    }

    /// Renders a component by itself, within limits. Returns how many steps it took, too.
    pub fn component(
        &self,
        name: &str,
        arguments: &Context,
        implicits: &Context,
        body: Option<&str>,
        limits: Limits,
    ) -> (Result<String, tera::Error>, u64) {
        let made = limits::within(limits, 0, |out| {
            let tera = &self.tera;
            tera.render_component_with_implicits_to(name, arguments, implicits, body, true, out)
        });
        let steps = limits.template_steps - limits::steps_left();
        (made.and_then(|bytes| Ok(String::from_utf8(bytes)?)), steps)
    }

    /// An error of a component that is rendered by itself, in the file that defines it.
    pub fn error(&self, error: &tera::Error, component: &str, files: &Files) -> Diagnostic {
        let defines = |text: &str| {
            tags::tags(text).iter().any(|tag| tag.name == "component" && tag.word == component)
        };
        let file = files.iter().find(|(_, (_, text))| defines(text)).map(|(name, _)| name.as_str());
        error::diagnostic(error, file.unwrap_or(component), files, &self.guarded, None)
    }
}

impl Templates {
    /// Compiles the built-in templates, with those of the site in their place.
    pub fn load(sources: &Sources) -> (Templates, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let files = files(sources, &mut diagnostics);
        let own = sources.files.keys().filter_map(|path| name_of(path)).collect();
        let names = files.keys().map(String::as_str).filter(|name| *name != STRINGS);
        let compiled = Compiled::of(names, &files, &own, &mut diagnostics);
        let strings = strings(&files, &mut diagnostics);
        (Templates { compiled, strings, files, fingerprint: key(sources) }, diagnostics)
    }

    /// Of all that the templates were made from.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// The theme's words in a language.
    pub fn strings(&self, lang: Lang) -> &BTreeMap<String, String> {
        self.strings.get(lang)
    }

    /// Whether there is a template of a name.
    pub fn has(&self, name: &str) -> bool {
        self.compiled.tera.contains_template(name)
    }

    /// The names of the templates that pages can be rendered with.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.compiled.tera.get_template_names()
    }

    /// Errors for pages whose front matter names a template that is not there.
    pub fn check<'p>(&self, pages: impl IntoIterator<Item = &'p Page>) -> Vec<Diagnostic> {
        let unknown = |page: &&Page| page.facts.template.as_ref().is_some_and(|t| !self.has(t));
        pages.into_iter().filter(unknown).filter_map(|page| self.unknown(page)).collect()
    }

    fn unknown(&self, page: &Page) -> Option<Diagnostic> {
        let name = page.facts.template.as_deref()?;
        let doc = page.written.present().map(|(_, doc)| doc);
        let mut own = doc.filter(|doc| doc.front.front.template.as_deref() == Some(name));
        let doc = own.next()?;
        let span = doc.front.node.as_ref()?.get("template").map(|value| value.span.clone());
        let text = msg!("there is no template “{name}”", "没有模板“{name}”");
        let help = match suggest(name, self.names()) {
            Some(near) => msg!("did you mean “{near}”?", "是不是“{near}”？"),
            None => msg!(
                "put it into templates/, or leave the key out for page.html",
                "请把它放进 templates/，或删去这个键以使用 page.html"
            ),
        };
        Some(Diagnostic::error("unknown-template", doc.path.clone(), span, text).help(help))
    }

    /// Renders a page. `page` is the address that an error names, `given` the length of the text that
    /// the page is about. What takes more than the limits fails with the code `template-limit`; the
    /// theme alone has none.
    pub fn render(
        &self,
        name: &str,
        context: &Context,
        limits: Limits,
        given: usize,
        page: &str,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Compiled { tera, guarded } = &self.compiled;
        let limits = if guarded.is_empty() { Limits::NONE } else { limits };
        limits::within(limits, given, |out| tera.render_to(name, context, out)).map_err(|error| {
            Box::new(error::diagnostic(&error, name, &self.files, guarded, Some(page)))
        })
    }
}

/// Fills a text that is a template by itself, with the filters of templates: an archetype. `path` is what
/// an error names.
pub fn fill(
    path: &Arc<str>,
    text: &Arc<str>,
    values: &impl Serialize,
) -> Result<String, Box<Diagnostic>> {
    let files = HashMap::from([(path.to_string(), (path.clone(), text.clone()))]);
    let mut guarded = HashMap::new();
    let mut tera = engine();
    let filled = tera.add_raw_template(path, text).and_then(|()| {
        let own = guarded.entry(path.to_string()).or_insert_with(|| Guarded::of(text));
        tera.add_raw_template(path, &own.text)?;
        let context = Context::from_serialize(values)?;
        limits::within(Limits::default(), 0, |out| tera.render_to(path, &context, out))
    });
    let filled = filled.and_then(|bytes| Ok(String::from_utf8(bytes)?));
    filled.map_err(|error| Box::new(error::diagnostic(&error, path, &files, &guarded, None)))
}

/// An engine with the filters that templates may use. Filters are pure: they see their arguments.
fn engine() -> Tera {
    let mut tera = Tera::new();
    tera.register_filter("json_encode", tera_contrib::json::json_encode);
    tera.register_filter("urlencode", tera_contrib::urlencode::urlencode);
    tera.register_filter("slug", tera_contrib::slug::slug);
    limits::register(&mut tera);
    tera
}

/// The text of every template by name: the site's own, else the theme's.
fn files(
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<String, (Arc<str>, Arc<str>)> {
    let mut files = HashMap::new();
    add_theme(&THEME, &mut files);
    for (path, file) in &sources.files {
        if let Some(name) = name_of(path) {
            let text = doc::text(path, &file.bytes, diagnostics);
            files.insert(name.to_owned(), (path.clone(), unmarked(text)));
        }
    }
    files
}

/// A template without the byte order mark that some editors begin files with, which would be text in front
/// of its first tag. Spaces take its place, so that all else keeps its own.
pub(super) fn unmarked(text: &str) -> Arc<str> {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => format!("   {rest}").into(),
        None => text.into(),
    }
}

fn add_theme(folder: &Dir<'_>, files: &mut HashMap<String, (Arc<str>, Arc<str>)>) {
    for file in folder.files() {
        let name = file.path().to_str().filter(|name| !name.starts_with(SHORTCODES));
        if let (Some(name), Some(text)) = (name, file.contents_utf8()) {
            let path = Arc::from(format!("{FOLDER}{name}"));
            files.insert(name.to_owned(), (path, Arc::from(text)));
        }
    }
    folder.dirs().for_each(|inner| add_theme(inner, files));
}

/// The theme's words: the built-in ones, with those of the site in their place, key by key.
fn strings(
    files: &HashMap<String, (Arc<str>, Arc<str>)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Strings {
    let built_in = THEME.get_file(STRINGS).and_then(|file| file.contents_utf8()).unwrap_or("");
    let mut strings = Strings::default();
    let own = files.get(STRINGS).map(|(path, text)| (path.as_ref(), text.as_ref()));
    for (path, text) in std::iter::once((STRINGS, built_in)).chain(own) {
        match data::parse_toml(path, text, 0) {
            Ok(node) => read_strings(path, &node, &mut strings, diagnostics),
            Err(problems) => diagnostics.extend(problems),
        }
    }
    strings
}

fn read_strings(
    path: &str,
    node: &data::Node,
    strings: &mut Strings,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for table in node.entries() {
        let lang = Lang::ALL.into_iter().find(|lang| lang.key() == table.key);
        for entry in table.value.entries() {
            match (lang, &entry.value.kind) {
                (Some(lang), data::Kind::Str(text)) => {
                    strings.get_mut(lang).insert(entry.key.clone(), text.clone());
                }
                _ => diagnostics.push(Diagnostic::error(
                    "bad-string",
                    path,
                    entry.key_span.clone(),
                    msg!(
                        "only texts in the tables [zh] and [en] are known here",
                        "这里只能有 [zh] 和 [en] 两个表里的文字"
                    ),
                )),
            }
        }
    }
}
