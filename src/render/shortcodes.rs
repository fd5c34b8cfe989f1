//! The shortcodes of a site: the built-in ones, and files of `templates/shortcodes/` in their place
//! or beside them. Each is a component of the template engine; what it writes is Markdown.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use tera::{ComponentArgType, ComponentInfo, Context, Value};

use super::templates::{self, Compiled, Files};
use crate::config::Limits;
use crate::diag::{Diagnostic, suggest};
use crate::lang::Lang;
use crate::memo::{Fingerprint, Hasher};
use crate::msg;
use crate::parse::doc;
use crate::parse::shortcode::{Answers, BODY, Call, Spent};
use crate::source::Sources;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/shortcodes");

/// The folder of shortcodes, beside book.toml.
const FOLDER: &str = "templates/shortcodes/";

/// Shortcodes ready to answer.
pub struct Components {
    compiled: Compiled,
    files: Files,
    limits: Limits,
    /// The names of all, sorted.
    names: Vec<String>,
    /// Whether something is wrong with the files, which is told already.
    broken: bool,
    fingerprint: Fingerprint,
}

/// The fingerprint of a site's shortcodes: of all that [`Components::load`] reads.
pub fn key(sources: &Sources, limits: Limits) -> Fingerprint {
    let own = sources.files.iter().filter(|(path, _)| path.starts_with(FOLDER));
    let hasher = Hasher::new().str("shortcodes").str(env!("CARGO_PKG_VERSION")).value(&limits);
    own.fold(hasher, |hasher, (path, file)| hasher.str(path).with(file.fingerprint)).finish()
}

impl Components {
    /// Compiles the built-in shortcodes, with those of the site in their place.
    pub fn load(sources: &Sources, limits: Limits) -> (Components, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut files: Files = HashMap::new();
        for file in BUILT_IN.files() {
            if let (Some(name), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                let path = Arc::from(format!("{FOLDER}{name}"));
                files.insert(name.to_owned(), (path, Arc::from(text)));
            }
        }
        for (path, file) in &sources.files {
            if let Some(name) = path.strip_prefix(FOLDER) {
                let text = doc::text(path, &file.bytes, &mut diagnostics);
                files.insert(name.to_owned(), (path.clone(), templates::unmarked(text)));
            }
        }
        let own: BTreeSet<&str> =
            sources.files.keys().filter_map(|path| path.strip_prefix(FOLDER)).collect();
        let compiled = templates::compile_components(&files, &own, &mut diagnostics);
        let mut names: Vec<String> =
            compiled.tera.get_component_names().map(str::to_owned).collect();
        names.sort_unstable();
        let broken = !diagnostics.is_empty();
        let fingerprint = key(sources, limits);
        (Components { compiled, files, limits, names, broken, fingerprint }, diagnostics)
    }
}

impl Answers for Components {
    fn answer(
        &self,
        path: &Arc<str>,
        call: &Call,
        lang: Lang,
        body: bool,
        spent: &mut Spent,
    ) -> Result<String, Box<Diagnostic>> {
        // What is wrong with the templates is an error of its own.
        if self.broken {
            return Ok(if body { BODY.to_owned() } else { String::new() });
        }
        let Some(component) = self.compiled.tera.get_component_definition(&call.name) else {
            return Err(Box::new(self.unknown(path, call)));
        };
        let arguments = arguments(path, call, &component)?;
        let mut implicits = Context::new();
        implicits.insert_value("lang", Value::from(lang.key()));
        let mut render = |body: Option<&str>| {
            let left = Limits {
                template_steps: self.limits.template_steps.saturating_sub(spent.steps),
                template_bytes: self.most(),
                ..self.limits
            };
            let (made, steps) =
                self.compiled.component(&call.name, &arguments, &implicits, body, left);
            spent.steps += steps;
            made
        };
        render(body.then_some(BODY)).map_err(|error| {
            if !body && render(Some(BODY)).is_ok() {
                return Box::new(needs_text(path, call));
            }
            let failed = self.compiled.error(&error, &call.name, &self.files);
            spent.over = failed.code == "template-limit";
            let note = msg!("it is called here", "在这里调用");
            Box::new(failed.related(path.clone(), call.span.clone(), note))
        })
    }

    /// A quarter of what a page may hold: Markdown takes longer to read than a page to write.
    fn most(&self) -> usize {
        self.limits.template_bytes / 4
    }

    fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}

impl Components {
    fn unknown(&self, path: &Arc<str>, call: &Call) -> Diagnostic {
        let name = &call.name;
        let text = msg!("there is no shortcode “{name}”", "没有短代码“{name}”");
        let problem = Diagnostic::error("unknown-shortcode", path.clone(), call.at.clone(), text);
        let known = self.names.iter().map(String::as_str).chain(["include"]);
        problem.help(match suggest(name, known) {
            Some(near) => msg!("did you mean “{near}”?", "是不是“{near}”？"),
            None => msg!(
                "put a component of that name into templates/shortcodes/{name}.md",
                "请在 templates/shortcodes/{name}.md 里写一个这个名字的组件"
            ),
        })
    }
}

fn needs_text(path: &Arc<str>, call: &Call) -> Diagnostic {
    let name = &call.name;
    let text = msg!("“{name}” needs a text", "“{name}”需要正文");
    let problem = Diagnostic::error("bad-shortcode", path.clone(), call.span.clone(), text);
    problem.help(msg!(
        "write the text behind this, and <!-- /gen:{name} --> at its end",
        "请在后面写上正文，末尾写 <!-- /gen:{name} -->"
    ))
}

/// The arguments of a call, held against what the component takes.
fn arguments(
    path: &Arc<str>,
    call: &Call,
    component: &ComponentInfo,
) -> Result<Context, Box<Diagnostic>> {
    let takes = || component.args().iter().filter(|arg| !arg.is_implicit());
    let error = |span: std::ops::Range<usize>, text| {
        Diagnostic::error("bad-argument", path.clone(), span, text)
    };
    let shortcode = &call.name;
    let mut context = Context::new();
    for argument in &call.arguments {
        let name = &argument.name;
        let span = argument.span.clone();
        let Some(known) = takes().find(|arg| arg.name() == name) else {
            let text =
                msg!("“{shortcode}” has no argument “{name}”", "“{shortcode}”没有参数“{name}”");
            let list = takes().map(|arg| arg.name()).collect::<Vec<_>>().join(", ");
            return Err(Box::new(error(span, text).help(
                match suggest(name, takes().map(|arg| arg.name())) {
                    Some(near) => msg!("did you mean “{near}”?", "是不是“{near}”？"),
                    None => msg!("it takes {list}", "它的参数有 {list}"),
                },
            )));
        };
        if context.contains_key(name) {
            let text = msg!("“{name}” is given twice", "“{name}”写了两次");
            return Err(Box::new(error(span, text).help(msg!("keep one of them", "请只留一个"))));
        }
        if let Some(wanted) = known.arg_type().filter(|wanted| !fits(*wanted, &argument.value)) {
            let (en, zh) = described(wanted);
            let text = msg!("“{name}” has to be {en}", "“{name}”应当是{zh}");
            return Err(Box::new(error(span, text).help(msg!(
                "texts stand in quotation marks; numbers, true and false do not",
                "文字要加引号；数字、true 和 false 不加"
            ))));
        }
        let value = Value::try_from_serializable(&argument.value);
        if let Ok(value) = value {
            context.insert_value(name.clone(), value);
        }
    }
    let missing = takes().find(|arg| arg.is_required() && !context.contains_key(arg.name()));
    if let Some(missing) = missing {
        let name = missing.name();
        let text = msg!("“{shortcode}” needs “{name}”", "“{shortcode}”缺少“{name}”");
        let help = msg!("add {name}=\"…\"", "请加上 {name}=\"…\"");
        return Err(Box::new(error(call.span.clone(), text).help(help)));
    }
    Ok(context)
}

fn fits(wanted: ComponentArgType, value: &serde_json::Value) -> bool {
    match wanted {
        ComponentArgType::String => value.is_string(),
        ComponentArgType::Bool => value.is_boolean(),
        ComponentArgType::Integer => value.is_i64() || value.is_u64(),
        ComponentArgType::Float => value.is_f64(),
        ComponentArgType::Number => value.is_number(),
        _ => false,
    }
}

fn described(wanted: ComponentArgType) -> (&'static str, &'static str) {
    match wanted {
        ComponentArgType::String => ("a text", "文字"),
        ComponentArgType::Bool => ("true or false", "true 或 false"),
        ComponentArgType::Integer => ("a whole number", "整数"),
        ComponentArgType::Float | ComponentArgType::Number => ("a number", "数字"),
        _ => ("what no call can give", "调用无法提供的值"),
    }
}
