//! `gen status`: how far the site is translated, and the acceptance of translations.

use std::path::Path;

use super::Outcome;
use super::args::{StatusArgs, TableArg};
use super::console::Console;
use super::site::Site;
use crate::build;
use crate::check::status::{Coverage, Status};
use crate::diag::{Diagnostic, Message, has_errors};
use crate::lang::Lang;
use crate::memo::Memo;
use crate::msg;
use crate::parse::lock;
use crate::source;

pub(super) fn run(args: &StatusArgs, console: &Console) -> Outcome {
    let site = match Site::find(args.dir.as_deref(), console) {
        Ok(site) => site,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let options = args.unpublished.options(None);
    let sources = source::read(&site.root, &site.layout(), options);
    if let Some(paths) = &args.accept {
        let paths: Vec<String> = paths.iter().map(|path| site.inside(path)).collect();
        let (accepted, problems) = build::accept(&sources, &mut Memo::new(), &paths);
        if has_errors(&problems) {
            super::build::report(&problems, &sources, console);
            return Outcome::Problems;
        }
        return match accepted {
            Ok((text, count)) => write(&site.root, &text, count, console),
            Err(lost) => console.fail(no_page(&lost), Outcome::Usage),
        };
    }
    let (status, problems) = build::status(&sources, &mut Memo::new());
    let broken = has_errors(&problems);
    if broken {
        super::build::report(&problems, &sources, console);
    }
    if broken && status.total == Coverage::default() {
        return Outcome::Problems;
    }
    // What could be read is counted all the same.
    let printed = console.print(&match args.format {
        TableArg::Text => table(&status, console.lang()),
        TableArg::Json => format!("{}\n", serde_json::to_string(&status).unwrap_or_default()),
    });
    if broken { Outcome::Problems } else { printed }
}

fn no_page(paths: &[String]) -> Diagnostic {
    let shown = paths.join(", ");
    let message =
        msg!("there is no page in both languages at {shown}", "{shown} 没有两种语言都有的页面");
    Diagnostic::error("no-page", shown, None, message).help(msg!(
        "name files, folders or pages of the content folder, or nothing to accept all",
        "请写内容文件夹里的文件、文件夹或页面；什么都不写就是全部"
    ))
}

/// Writes the lock beside its place and renames it, so that it is never half written.
fn write(root: &Path, text: &str, count: usize, console: &Console) -> Outcome {
    let (place, beside) = (root.join(lock::PATH), root.join(format!(".{}.new", lock::PATH)));
    let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, &place));
    if let Err(error) = written {
        let problem =
            Diagnostic::error("unwritable-file", lock::PATH, None, Message::unwritable(&error));
        return console.fail(problem, Outcome::Problems);
    }
    let (page, name) = (if count == 1 { "page" } else { "pages" }, lock::PATH);
    console.summary(&msg!(
        "accepted {count} {page} as translated → {name}",
        "确认了 {count} 个页面的译文 → {name}"
    ))
}

/// The table that people read.
fn table(status: &Status, lang: Lang) -> String {
    let header: [&str; 7] = match lang {
        Lang::En => {
            ["section", "articles", "translated", "missing", "stale", "not accepted", "terms"]
        }
        Lang::Zh => ["栏目", "文章", "已译", "缺译", "过时", "未确认", "词条"],
    };
    let (top, all) = match lang {
        Lang::En => ("(top)", "total"),
        Lang::Zh => ("（顶层）", "合计"),
    };
    let row = |name: &str, own: &Coverage| {
        let stale = match own.stale_blocks {
            0 => own.stale.to_string(),
            blocks => match lang {
                Lang::En => format!("{} ({blocks} blocks)", own.stale),
                Lang::Zh => format!("{}（{blocks} 段）", own.stale),
            },
        };
        vec![
            name.to_owned(),
            own.articles.to_string(),
            own.translated.to_string(),
            (own.missing_zh + own.missing_en).to_string(),
            stale,
            own.unaccepted.to_string(),
            format!("{}/{}", own.terms_covered, own.terms),
        ]
    };
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for own in &status.sections {
        rows.push(row(if own.section.is_empty() { top } else { &own.section }, own));
    }
    rows.push(row(all, &status.total));
    let widths: Vec<usize> = (0..header.len())
        .map(|at| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0))
        .collect();
    let mut out = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, wide))| {
            let space = " ".repeat(wide - width(cell));
            if at == 0 { format!("{cell}{space}") } else { format!("{space}{cell}") }
        });
        out += cells.collect::<Vec<_>>().join("  ").trim_end();
        out.push('\n');
    }
    out
}

/// The columns of a terminal that a text takes: two for a Chinese character or mark.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{2E80}' { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let own = Coverage {
            section: "小红书".into(),
            articles: 12,
            stale: 1,
            stale_blocks: 3,
            ..Coverage::default()
        };
        let status = Status { sections: vec![own.clone()], total: own };
        for lang in Lang::ALL {
            let table = table(&status, lang);
            let widths: Vec<usize> = table.lines().map(width).collect();
            assert_eq!(widths.len(), 3);
            assert!(widths.iter().all(|wide| *wide == widths[0]), "{table}");
        }
    }
}
