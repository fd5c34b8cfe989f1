//! `<!-- gen:include file="poem.txt" -->`: a file of the site in the place of the call. Markdown is
//! read as if it stood there, all else is shown as code.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Call;
use crate::diag::{Diagnostic, Message, suggest};
use crate::msg;
use crate::parse::front_matter;
use crate::source::File;

/// The name of the shortcode.
pub(super) const NAME: &str = "include";

/// The arguments that it has.
const ARGUMENTS: [&str; 2] = ["file", "code"];

/// The file that a call in a file names: from the folder of that file, or with `/` in front from the
/// folder of book.toml. None where it leads out of the site.
pub(super) fn target(path: &str, call: &Call) -> Option<String> {
    let file = call.text("file")?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = match file.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The Markdown of a call.
pub(super) fn answer(
    path: &Arc<str>,
    call: &Call,
    files: &BTreeMap<Arc<str>, File>,
) -> Result<String, Box<Diagnostic>> {
    for argument in &call.arguments {
        if !ARGUMENTS.contains(&argument.name.as_str()) || !argument.value.is_string() {
            let name = &argument.name;
            let text =
                msg!("include takes no “{name}” like this", "include 没有这样的参数“{name}”");
            let span = argument.span.clone();
            let problem = Diagnostic::error("bad-argument", path.clone(), span, text);
            return Err(Box::new(problem.help(usage())));
        }
    }
    let Some(written) = call.text("file") else {
        let text = msg!("include needs a file", "include 需要一个文件");
        let span = call.span.clone();
        let problem = Diagnostic::error("bad-argument", path.clone(), span, text);
        return Err(Box::new(problem.help(usage())));
    };
    let target = target(path, call);
    let found = target.as_deref().and_then(|target| files.get_key_value(target));
    let Some((found, file)) = found else {
        return Err(Box::new(missing(path, call, written, target.as_deref(), files)));
    };
    let Ok(text) = std::str::from_utf8(&file.bytes) else {
        let text = msg!("“{written}” is no text", "“{written}”不是文本文件");
        let span = call.span.clone();
        return Err(Box::new(Diagnostic::error("bad-argument", path.clone(), span, text)));
    };
    let ending = found.rsplit_once('.').map_or("", |(_, ending)| ending);
    match call.text("code") {
        None if matches!(ending, "md" | "markdown") => {
            Ok(text[front_matter::parse(found, text).body_start..].to_owned())
        }
        code => Ok(fenced(text, code.unwrap_or(ending))),
    }
}

/// A text as a code block: with a fence that is longer than all in it.
fn fenced(text: &str, language: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}

fn usage() -> Message {
    msg!(
        "write <!-- gen:include file=\"poem.txt\" -->; code=\"text\" shows any file as code",
        "请写 <!-- gen:include file=\"poem.txt\" -->；加上 code=\"text\" 就把文件当代码显示"
    )
}

fn missing(
    path: &Arc<str>,
    call: &Call,
    written: &str,
    target: Option<&str>,
    files: &BTreeMap<Arc<str>, File>,
) -> Diagnostic {
    let text = msg!("there is no file “{written}” in the site", "站点里没有文件“{written}”");
    let place = call.arguments.iter().find(|one| one.name == "file");
    let span = place.map_or_else(|| call.span.clone(), |one| one.span.clone());
    let problem = Diagnostic::error("missing-include", path.clone(), span, text);
    match target.and_then(|target| suggest(target, files.keys().map(|path| &**path))) {
        Some(near) => problem.help(msg!("did you mean /{near}?", "是不是 /{near}？")),
        None => problem.help(msg!(
            "write its path from the folder of this file, or from that of book.toml with / in front",
            "请写从这个文件的文件夹算起的路径，或者以 / 开头、从 book.toml 的文件夹算起的路径"
        )),
    }
}
