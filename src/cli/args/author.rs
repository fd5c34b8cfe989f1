//! The arguments of `gen init` and `gen new`. Their comments are the help texts.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Messages, site_url};
use crate::date::Date;
use crate::lang::{Lang, PerLang};

#[derive(Debug, Args)]
pub(in crate::cli) struct InitArgs {
    /// The folder of the new site [default: this one]
    pub dir: Option<PathBuf>,
    /// The name of the site in Chinese
    #[arg(long, value_name = "TITLE")]
    pub title_zh: Option<String>,
    /// The name of the site in English
    #[arg(long, value_name = "TITLE")]
    pub title_en: Option<String>,
    /// Who publishes it
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// Where it will be: https://host/path/
    #[arg(short = 'u', long, value_name = "URL", value_parser = site_url)]
    pub base_url: Option<String>,
    /// Ask nothing
    #[arg(short, long)]
    pub yes: bool,
    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum NewCommand {
    /// Start an article in both languages
    Article(NewArticleArgs),
    /// Start a section: a folder of articles with a title
    Section(NewSectionArgs),
    /// Add a term to the glossary
    Term(NewTermArgs),
    /// Add an issue of the digest
    Issue(NewIssueArgs),
}

impl NewCommand {
    /// What all of them share.
    pub(in crate::cli) fn shared(&self) -> &NewArgs {
        match self {
            NewCommand::Article(args) => &args.shared,
            NewCommand::Section(args) => &args.shared,
            NewCommand::Term(args) => &args.shared,
            NewCommand::Issue(args) => &args.shared,
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct NewArgs {
    /// The folder with book.toml [default: this one, or the nearest above that has one]
    pub dir: Option<PathBuf>,
    /// The name in Chinese
    #[arg(long, value_name = "TEXT")]
    pub zh: Option<String>,
    /// The name in English
    #[arg(long, value_name = "TEXT")]
    pub en: Option<String>,
    /// The archetype, by the name of its file in archetypes/ without endings
    #[arg(short, long, value_name = "NAME")]
    pub kind: Option<String>,
    #[command(flatten)]
    pub messages: Messages,
}

impl NewArgs {
    /// The names that were given.
    pub(in crate::cli) fn names(&self) -> PerLang<Option<String>> {
        PerLang { zh: said(self.zh.as_deref()), en: said(self.en.as_deref()) }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct NewArticleArgs {
    /// Its path, such as 2025/cat-tax, or its title
    pub name: Option<String>,
    #[command(flatten)]
    pub shared: NewArgs,
    /// The folder inside the content folder
    #[arg(long, value_name = "PATH")]
    pub section: Option<String>,
    /// The date [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
    /// Make one file that holds both languages, block by block
    #[arg(long, conflicts_with = "folder")]
    pub one_file: bool,
    /// Make a folder of its own, for pictures beside it
    #[arg(long)]
    pub folder: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct NewSectionArgs {
    /// Its path, such as 2025, or its title
    pub name: Option<String>,
    #[command(flatten)]
    pub shared: NewArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct NewTermArgs {
    /// The term, in either language
    pub name: Option<String>,
    #[command(flatten)]
    pub shared: NewArgs,
    /// Its id [default: made of the English name, or of the pinyin]
    #[arg(long)]
    pub id: Option<String>,
    /// Its group in the index by category
    #[arg(long)]
    pub category: Option<String>,
    /// What it means, in Chinese
    #[arg(long, value_name = "TEXT")]
    pub definition_zh: Option<String>,
    /// What it means, in English
    #[arg(long, value_name = "TEXT")]
    pub definition_en: Option<String>,
    /// Give it a file of its own, for a longer text
    #[arg(long)]
    pub own_file: bool,
}

impl NewTermArgs {
    /// What it means.
    pub(in crate::cli) fn definition(&self) -> PerLang<Option<String>> {
        let texts = [&self.definition_zh, &self.definition_en].map(|text| said(text.as_deref()));
        let [zh, en] = texts;
        PerLang { zh, en }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct NewIssueArgs {
    /// Its id, as articles write it [default: the next number]
    pub id: Option<String>,
    #[command(flatten)]
    pub shared: NewArgs,
}

/// What was said, if it is more than white space.
pub(in crate::cli) fn said(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|problem| problem.get(Lang::En).to_owned())
}
