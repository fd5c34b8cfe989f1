//! EDGE: the texts that a command is given by name.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::diag::{Diagnostic, Message};
use crate::msg;
use crate::parse::data::Kind;
use crate::parse::front_matter;

/// A text with the name that problems call it by.
pub(super) struct Input {
    pub name: Arc<str>,
    pub text: String,
}

/// Reads a file, or standard input where there is none.
pub(super) fn read(file: Option<&Path>) -> Result<Input, Box<Diagnostic>> {
    let name: Arc<str> = file.map_or("<stdin>".into(), |file| file.display().to_string().into());
    let mut bytes = Vec::new();
    let read = match file {
        Some(file) => std::fs::read(file).map(|read| bytes = read),
        None => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
    };
    if let Err(error) = read {
        let text = Message::unreadable(&error);
        return Err(Box::new(Diagnostic::error("unreadable-file", name, None, text)));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Input { name, text }),
        Err(_) => {
            let text = msg!("this file is not valid UTF-8", "这个文件不是有效的 UTF-8");
            Err(Box::new(Diagnostic::error("not-utf-8", name, None, text)))
        }
    }
}

/// Where the Markdown of a text starts: behind front matter that holds something. Two bare `---`
/// are Markdown too.
pub(super) fn body_start(input: &Input) -> usize {
    let front = front_matter::parse(&input.name, &input.text);
    match front.node.map(|node| node.kind) {
        Some(Kind::Table(entries)) if !entries.is_empty() => front.body_start,
        _ => 0,
    }
}
