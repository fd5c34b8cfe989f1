//! The arguments of the commands that look at translations: `check`, `status`, `align`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{MessageLang, Messages, Unpublished};

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    /// The folder with book.toml [default: this one, or the nearest above that has one]
    pub dir: Option<PathBuf>,
    #[command(flatten)]
    pub unpublished: Unpublished,
    /// Fix in the files what can be fixed mechanically
    #[arg(long)]
    pub fix: bool,
    /// Ask the addresses of other sites too, whether they are still there
    #[cfg(feature = "external")]
    #[arg(long)]
    pub external: bool,
    /// Show hints too: what is not wrong, but could be better
    #[arg(long)]
    pub hints: bool,
    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct StatusArgs {
    /// The folder with book.toml [default: this one, or the nearest above that has one]
    pub dir: Option<PathBuf>,
    /// Accept the translations of these files, folders or pages as they are, or all of them
    #[arg(long, value_name = "PATH", num_args = 0..)]
    pub accept: Option<Vec<PathBuf>>,
    /// What is printed
    #[arg(id = "result", long = "format", value_name = "FORMAT", default_value = "text")]
    pub format: TableArg,
    #[command(flatten)]
    pub unpublished: Unpublished,
    #[command(flatten)]
    pub lang: MessageLang,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AlignArgs {
    /// The Chinese text, in Markdown
    pub zh: PathBuf,
    /// The English text, in Markdown
    pub en: PathBuf,
    /// What is printed
    #[arg(id = "result", long = "format", value_name = "FORMAT", default_value = "text")]
    pub format: ResultArg,
    /// Take files of one sentence a line instead of Markdown
    #[arg(long)]
    pub sentences: bool,
    /// The terms that stand for each other, as in content/glossary.toml
    #[arg(long, value_name = "FILE")]
    pub glossary: Option<PathBuf>,
    /// A dictionary in the format of CC-CEDICT [default: the one that is built in]
    #[arg(long, value_name = "FILE", conflicts_with = "no_dictionary")]
    pub dictionary: Option<PathBuf>,
    /// Use no dictionary
    #[arg(long)]
    pub no_dictionary: bool,
    #[command(flatten)]
    pub lang: MessageLang,
}

/// What `gen status` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TableArg {
    /// A table
    Text,
    /// One JSON object
    Json,
}

/// What `gen align` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ResultArg {
    /// Pairs below each other, to be read
    Text,
    /// One JSON object
    Json,
    /// A translation memory, TMX 1.4b
    Tmx,
}
