//! `gen export`: the glossary, the translation memory and the words of articles for other programs.

use std::path::Path;

use super::Outcome;
use super::args::{ExportCommand, GlossaryArg, MemoryArg, VocabularyArg};
use super::console::Console;
use super::site::Site as Place;
use crate::config::{GlossaryExport, VocabularyExport};
use crate::diag::{Diagnostic, Severity};
use crate::memo::Memo;
use crate::model::site::Site;
use crate::msg;
use crate::render::exports::{self, Scope};
use crate::source;
use crate::{build, write};

pub(super) fn run(command: &ExportCommand, console: &Console) -> Outcome {
    let dir = match command {
        ExportCommand::Glossary(args) => args.dir.as_deref(),
        ExportCommand::Memory(args) => args.dir.as_deref(),
        ExportCommand::Vocabulary(args) => args.dir.as_deref(),
    };
    if command.output().bom && !command.is_table() {
        return console.fail(bom_without_csv(), Outcome::Usage);
    }
    let place = match Place::find(dir, console) {
        Ok(place) => place,
        Err(problem) => return console.fail(*problem, Outcome::Usage),
    };
    let output = command.output();
    let options = output.unpublished.options(Some(&output.address));
    let sources = source::read(&place.root, &place.layout(), options);
    let (made, mut problems) = build::look(&sources, &mut Memo::new(), |site| made(command, site));
    // What a build only warns of is for `gen check` to say.
    problems.retain(|problem| problem.severity == Severity::Error);
    if !problems.is_empty() {
        super::build::report(&problems, &sources, console);
        return Outcome::Problems;
    }
    match made {
        Ok(bytes) => deliver(&bytes, output.output.as_deref(), &place, console),
        Err(problem) => console.fail(*problem, Outcome::Usage),
    }
}

/// The result, or why there is none.
fn made(command: &ExportCommand, site: &Site<'_>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let bom = command.output().bom;
    Ok(match command {
        ExportCommand::Glossary(args) => {
            let export = match args.format {
                GlossaryArg::Json => GlossaryExport::Json,
                GlossaryArg::Csv => GlossaryExport::Csv,
                GlossaryArg::Tbx if !exports::has_terms(site) => return Err(Box::new(no_terms())),
                GlossaryArg::Tbx => GlossaryExport::Tbx,
                GlossaryArg::Jsonld => GlossaryExport::Jsonld,
            };
            exports::glossary_file(site, export, bom)
        }
        ExportCommand::Memory(args) => match args.format {
            MemoryArg::Tmx => exports::memory_tmx(site),
            MemoryArg::Csv => exports::memory_csv(site, bom),
        },
        ExportCommand::Vocabulary(args) => {
            let scope = scope(site, &args.page)?;
            let export = match args.format {
                VocabularyArg::Anki => VocabularyExport::Anki,
                VocabularyArg::Csv => VocabularyExport::Csv,
                VocabularyArg::Json => VocabularyExport::Json,
            };
            exports::vocabulary_file(site, &scope, export, bom)
        }
    })
}

fn bom_without_csv() -> Diagnostic {
    let text = msg!("--bom is for tables alone", "--bom 只用于表格");
    let help = msg!("add --format csv, or leave --bom out", "请加上 --format csv，或去掉 --bom");
    Diagnostic::error("bom-without-csv", "--bom", None, text).help(help)
}

fn no_terms() -> Diagnostic {
    let text = msg!(
        "the glossary has no terms, and TBX knows no empty termbase",
        "词汇表里没有词条，而 TBX 不能为空"
    );
    Diagnostic::error("no-terms", "content/glossary.toml", None, text)
}

fn scope(site: &Site<'_>, name: &str) -> Result<Scope, Box<Diagnostic>> {
    exports::find(site, name).map_err(|near| {
        let text = msg!("there is no page or section here", "这里没有页面或栏目");
        let problem = Diagnostic::error("unknown-page", name, None, text);
        Box::new(problem.help(match near {
            Some(near) => msg!("did you mean “{near}”?", "是不是“{near}”？"),
            None => msg!(
                "name a file (content/2025/momo.zh.md), an address (2025/momo) or a section (2025)",
                "请写文件（content/2025/momo.zh.md）、地址（2025/momo）或栏目（2025）"
            ),
        }))
    })
}

/// Writes the result to a file or to standard output.
fn deliver(bytes: &[u8], file: Option<&Path>, place: &Place, console: &Console) -> Outcome {
    let Some(file) = file.filter(|file| *file != Path::new("-")) else {
        return console.print_bytes(bytes);
    };
    let path = place.here(file);
    match write::replace_file(&path, bytes) {
        Ok(()) => {
            let (size, shown) = (bytes.len(), place.shown(&path));
            console.summary(&msg!("wrote {size} bytes → {shown}", "写入 {size} 字节 → {shown}"))
        }
        Err(error) => console.fail(Diagnostic::from(&error), Outcome::Problems),
    }
}
