//! The arguments of `gen export` and `gen import`. Their comments are the help texts.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{MessageLang, Messages, SiteAddress, Unpublished};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ExportCommand {
    /// Print the glossary
    Glossary(ExportGlossaryArgs),
    /// Print the sentences of all articles with their counterparts
    Memory(ExportMemoryArgs),
    /// Print the words of an article, of a section or of the site
    Vocabulary(ExportVocabularyArgs),
}

impl ExportCommand {
    /// Where the result goes.
    pub(in crate::cli) fn output(&self) -> &ExportOutput {
        match self {
            ExportCommand::Glossary(args) => &args.output,
            ExportCommand::Memory(args) => &args.output,
            ExportCommand::Vocabulary(args) => &args.output,
        }
    }

    /// Whether the result is a table.
    pub(in crate::cli) fn is_table(&self) -> bool {
        match self {
            ExportCommand::Glossary(args) => args.format == GlossaryArg::Csv,
            ExportCommand::Memory(args) => args.format == MemoryArg::Csv,
            ExportCommand::Vocabulary(args) => args.format == VocabularyArg::Csv,
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportGlossaryArgs {
    /// The folder with book.toml [default: this one, or the nearest above that has one]
    pub dir: Option<PathBuf>,
    /// What is printed
    #[arg(id = "result", long = "format", value_name = "FORMAT", default_value = "json")]
    pub format: GlossaryArg,
    #[command(flatten)]
    pub output: ExportOutput,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportMemoryArgs {
    /// The folder with book.toml [default: this one, or the nearest above that has one]
    pub dir: Option<PathBuf>,
    /// What is printed
    #[arg(id = "result", long = "format", value_name = "FORMAT", default_value = "tmx")]
    pub format: MemoryArg,
    #[command(flatten)]
    pub output: ExportOutput,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportVocabularyArgs {
    /// An article or a section, by its file or its address: content/2025/momo.zh.md, 2025/momo,
    /// 2025; / is the whole site
    #[arg(default_value = "/", hide_default_value = true)]
    pub page: String,
    /// The folder with book.toml [default: this one, or the nearest above that has one]
    pub dir: Option<PathBuf>,
    /// What is printed
    #[arg(id = "result", long = "format", value_name = "FORMAT", default_value = "anki")]
    pub format: VocabularyArg,
    #[command(flatten)]
    pub output: ExportOutput,
}

/// Where the result of an export goes, and what it is made of.
#[derive(Debug, Args)]
pub(in crate::cli) struct ExportOutput {
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Begin CSV with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    pub bom: bool,
    #[command(flatten)]
    pub address: SiteAddress,
    #[command(flatten)]
    pub unpublished: Unpublished,
    #[command(flatten)]
    pub lang: MessageLang,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ImportCommand {
    /// Merge a file of terms into content/glossary.toml, by their ids
    Glossary(ImportGlossaryArgs),
    /// Bring over a site that Hugo makes
    Hugo(ImportSiteArgs),
    /// Bring over a site that Zola makes
    Zola(ImportSiteArgs),
    /// Bring over a site that Hexo makes
    Hexo(ImportSiteArgs),
    /// Bring over a site that Jekyll makes
    Jekyll(ImportSiteArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportSiteArgs {
    /// The folder of the old site, which stays as it is
    pub old: PathBuf,
    /// The folder of the new site; no file in it is written over
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Say what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportGlossaryArgs {
    /// A table (CSV) or a termbase (TBX); its ending says which
    pub file: PathBuf,
    /// The folder with book.toml [default: this one, or the nearest above that has one]
    pub dir: Option<PathBuf>,
    /// Say what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// What stays where the file and the glossary disagree; without it nothing is written then
    #[arg(long, value_name = "SIDE")]
    pub prefer: Option<PreferArg>,
    #[command(flatten)]
    pub messages: Messages,
}

/// What `gen import` keeps where two say different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PreferArg {
    /// What the glossary says
    Ours,
    /// What the file says
    Theirs,
}

/// What `gen export glossary` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum GlossaryArg {
    /// One JSON object
    Json,
    /// A table, RFC 4180
    Csv,
    /// A termbase, TBX-Basic (ISO 30042:2019)
    Tbx,
    /// A DefinedTermSet of schema.org
    Jsonld,
}

/// What `gen export memory` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MemoryArg {
    /// A translation memory, TMX 1.4b
    Tmx,
    /// A table, RFC 4180
    Csv,
}

/// What `gen export vocabulary` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum VocabularyArg {
    /// A list for Anki
    Anki,
    /// A table, RFC 4180
    Csv,
    /// One JSON object
    Json,
}

impl ImportCommand {
    /// How it speaks of what it finds.
    pub(in crate::cli) fn messages(&self) -> &Messages {
        match self {
            ImportCommand::Glossary(args) => &args.messages,
            ImportCommand::Hugo(args)
            | ImportCommand::Zola(args)
            | ImportCommand::Hexo(args)
            | ImportCommand::Jekyll(args) => &args.messages,
        }
    }
}
