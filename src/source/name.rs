//! The names of files, as the build knows them: UTF-8, `/` between folders, nothing invisible.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::msg;
use crate::parse::address::is_device;

/// The path of a file relative to the site's root, with `/` on every system, or why it has none.
pub(super) fn site_path(root: &Path, path: &Path) -> Result<Arc<str>, Box<Diagnostic>> {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let whole = relative.to_str().map(|path| match std::path::MAIN_SEPARATOR {
        '/' => Cow::Borrowed(path),
        separator => Cow::Owned(path.replace(separator, "/")),
    });
    match whole {
        Some(path) if path.chars().any(char::is_control) => Err(Box::new(refused(relative))),
        Some(path) => match path.split('/').find(|part| !is_portable(part)) {
            Some(part) => Err(Box::new(not_portable(&path, part))),
            None => Ok(path.into()),
        },
        None => Err(Box::new(refused(relative))),
    }
}

/// Whether every system can have a file of a name: Windows keeps signs and names for itself, and takes
/// dots and spaces from the end.
fn is_portable(name: &str) -> bool {
    // The address of a page is its name without these.
    let page = name.strip_suffix(".md").unwrap_or(name);
    let page = [".zh", ".en"].iter().find_map(|end| page.strip_suffix(end)).unwrap_or(page);
    let ends = [name, page].iter().any(|name| name.ends_with(['.', ' ']));
    !name.contains(['<', '>', ':', '"', '|', '?', '*', '\\'])
        && (!ends || matches!(name, "." | ".."))
        && !is_device(name)
}

fn not_portable(path: &str, part: &str) -> Diagnostic {
    let text = msg!(
        "“{part}” cannot be the name of a file or folder on every system",
        "“{part}”不是在所有系统上都能用的文件名"
    );
    Diagnostic::error("bad-file-name", path, None, text).help(msg!(
        "rename it: without < > : \" | ? * \\, without a dot or a space at the end, and not con, nul or com1",
        "请给它改名：不含 < > : \" | ? * \\，末尾没有点和空格，也不叫 con、nul 或 com1"
    ))
}

fn refused(path: &Path) -> Diagnostic {
    let parts: Vec<String> = path.iter().map(|part| escaped(part.as_encoded_bytes())).collect();
    let text = msg!(
        "the name of this file is not valid UTF-8, or holds control characters",
        "这个文件名不是有效的 UTF-8，或者含有控制字符"
    );
    let help = msg!("rename it", "请给它改名");
    Diagnostic::error("bad-file-name", parts.join("/"), None, text).help(help)
}

/// A name that can be shown: control characters and bytes that are not UTF-8 as escapes.
fn escaped(name: &[u8]) -> String {
    let mut out = String::new();
    for chunk in name.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c.is_control() {
                true => out.extend(c.escape_default()),
                false => out.push(c),
            }
        }
        for byte in chunk.invalid() {
            // Writing to a string does not fail.
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn shows_what_cannot_be_seen() {
        assert_eq!(escaped("猫\n税".as_bytes()), "猫\\n税");
        assert_eq!(escaped(b"a\xff\x1b"), "a\\xff\\u{1b}");
    }
}
