//! EDGE: where a site is.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Message};
use crate::msg;

/// The folder with book.toml: the one given, or else this folder or the nearest above it that
/// has one. A problem is boxed for its size.
pub fn find_root(dir: Option<&Path>, cwd: &Path) -> Result<PathBuf, Box<Diagnostic>> {
    let start = dir.map_or_else(|| cwd.to_owned(), |dir| cwd.join(dir));
    let shown = dir.unwrap_or(cwd).display().to_string();
    match dir {
        Some(_) if has_book(&start) => Ok(start),
        Some(_) => Err(Box::new(not_a_site(&start, &shown))),
        None => match start.ancestors().find(|folder| has_book(folder)) {
            Some(folder) => Ok(folder.to_owned()),
            None => Err(Box::new(no_site(&shown))),
        },
    }
}

fn has_book(folder: &Path) -> bool {
    folder.join("book.toml").symlink_metadata().is_ok()
}

fn not_a_site(folder: &Path, shown: &str) -> Diagnostic {
    let cause = match folder.join("book.toml").symlink_metadata() {
        Err(error) if folder.is_dir() && error.kind() == std::io::ErrorKind::NotFound => {
            msg!("it has no book.toml", "其中没有 book.toml")
        }
        Err(error) => Message::from(&error),
        Ok(_) => msg!("it changed just now", "它刚刚发生了变化"),
    };
    let text = Message {
        en: format!("{shown} is not the folder of a site: {}", cause.en),
        zh: format!("{shown} 不是站点的文件夹：{}", cause.zh),
    };
    Diagnostic::error("no-site", shown, None, text).help(help())
}

fn no_site(shown: &str) -> Diagnostic {
    let text = msg!(
        "no book.toml in {shown} or in any folder above it",
        "{shown} 及其上级文件夹中都没有 book.toml"
    );
    Diagnostic::error("no-site", shown, None, text).help(help())
}

fn help() -> Message {
    msg!(
        "name the folder that holds the site's book.toml; an empty one is enough to start",
        "请给出站点的 book.toml 所在的文件夹；一个空的 book.toml 就足以开始"
    )
}
