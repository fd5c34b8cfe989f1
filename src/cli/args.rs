//! The arguments of every command. Their comments are the help texts.

mod author;
mod desk;
mod exchange;

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};

pub(super) use author::{InitArgs, NewArticleArgs, NewCommand, NewTermArgs, said};
pub(super) use desk::{AlignArgs, CheckArgs, ResultArg, StatusArgs, TableArg};
pub(super) use exchange::{
    ExportCommand, GlossaryArg, ImportCommand, ImportGlossaryArgs, ImportSiteArgs, MemoryArg,
    PreferArg, VocabularyArg,
};

use crate::diag::Format;
use crate::lang::Lang;
use crate::source::Options;

/// A static site generator for bilingual Chinese/English digests
#[derive(Debug, Parser)]
#[command(name = "gen", version = env!("GEN_VERSION"), max_term_width = 100)]
pub(super) struct Cli {
    /// How problems are printed [default: human]
    #[arg(id = "problems", long = "format", value_name = "FORMAT")]
    pub format: Option<FormatArg>,
    /// Print problems only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say what is being done
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// When to colour
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
    /// The language of messages [default: that of the environment]
    #[arg(id = "messages", long = "lang", value_name = "LANG")]
    pub lang: Option<LangArg>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Start a site
    Init(InitArgs),
    /// Start an article, a section, a term or an issue
    #[command(subcommand)]
    New(NewCommand),
    /// Build the site
    Build(BuildArgs),
    /// Find what is wrong with the site
    Check(CheckArgs),
    /// Show how far the site is translated, and accept translations
    Status(StatusArgs),
    /// Pair the blocks and sentences of a Chinese and an English text
    Align(AlignArgs),
    /// Print the glossary, the translation memory or the words of articles for other programs
    #[command(subcommand)]
    Export(ExportCommand),
    /// Take terms from other programs into the glossary, or bring over a site of another generator
    #[command(subcommand)]
    Import(ImportCommand),
    /// Serve the site as GitHub Pages does, and build it again when a file changes
    Serve(ServeArgs),
    /// Turn one Markdown file into HTML on standard output
    Render(RenderArgs),
    /// Remove what gen wrote into the output folder
    Clean(CleanArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
}

impl Cli {
    /// The language of messages: as the command says, else as stands before it.
    pub(super) fn messages(&self) -> Option<Lang> {
        let own = match &self.command {
            // Its `--lang` is the language of the text.
            Command::Render(_) => None,
            Command::Align(args) => args.lang.lang,
            Command::Export(command) => command.output().lang.lang,
            Command::Status(args) => args.lang.lang,
            _ => self.own().and_then(|own| own.lang.lang),
        };
        own.or(self.lang).map(Lang::from)
    }

    /// How problems are printed: as the command says, else as stands before it.
    pub(super) fn problems(&self) -> Format {
        let own = match &self.command {
            Command::Render(args) => args.format.format,
            // Its `--format` is that of the result.
            Command::Align(_) | Command::Export(_) | Command::Status(_) => None,
            _ => self.own().and_then(|own| own.format.format),
        };
        own.or(self.format).map_or(Format::Human, Format::from)
    }

    fn own(&self) -> Option<&Messages> {
        match &self.command {
            Command::Init(args) => Some(&args.messages),
            Command::New(command) => Some(&command.shared().messages),
            Command::Build(args) => Some(&args.messages),
            Command::Check(args) => Some(&args.messages),
            Command::Import(command) => Some(command.messages()),
            Command::Serve(args) => Some(&args.messages),
            Command::Clean(args) => Some(&args.messages),
            Command::Completions(args) => Some(&args.messages),
            Command::Man(args) => Some(&args.messages),
            Command::Render(_) | Command::Align(_) | Command::Export(_) | Command::Status(_) => {
                None
            }
        }
    }
}

/// `--lang` behind a command, for all but `render`.
#[derive(Debug, Args)]
pub(super) struct MessageLang {
    /// The language of messages [default: that of the environment]
    #[arg(id = "messages_here", long = "lang", value_name = "LANG")]
    pub lang: Option<LangArg>,
}

/// `--format` behind a command, for all but `align`, `export` and `status`.
#[derive(Debug, Args)]
pub(super) struct ProblemFormat {
    /// How problems are printed [default: human]
    #[arg(id = "problems_here", long = "format", value_name = "FORMAT")]
    pub format: Option<FormatArg>,
}

/// How a command speaks of what it finds.
#[derive(Debug, Args)]
pub(super) struct Messages {
    #[command(flatten)]
    pub format: ProblemFormat,
    #[command(flatten)]
    pub lang: MessageLang,
}

/// Where the site is published.
#[derive(Debug, Args)]
pub(super) struct SiteAddress {
    /// The address of the site [default: site-url in book.toml]
    #[arg(short = 'u', long, value_name = "URL", value_parser = site_url)]
    pub base_url: Option<String>,
}

/// What is taken though it is not published yet.
#[derive(Debug, Args)]
pub(super) struct Unpublished {
    /// Take drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Take pages with a date in the future too
    #[arg(long)]
    pub future: bool,
}

impl Unpublished {
    /// What the sources of a site are read with.
    pub(super) fn options(&self, address: Option<&SiteAddress>) -> Options {
        let base_url = address.and_then(|address| address.base_url.clone());
        Options { base_url, drafts: self.drafts, future: self.future }
    }
}

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    /// The folder with book.toml [default: this one, or the nearest above that has one]
    pub dir: Option<PathBuf>,
    /// The output folder [default: build-dir in book.toml]
    #[arg(short, long, value_name = "DIR")]
    pub dest_dir: Option<PathBuf>,
    #[command(flatten)]
    pub address: SiteAddress,
    #[command(flatten)]
    pub unpublished: Unpublished,
    /// Fail on warnings
    #[arg(long)]
    pub strict: bool,
    /// Build into a folder with other files, and overwrite those in the way
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// The folder with book.toml [default: this one, or the nearest above that has one]
    pub dir: Option<PathBuf>,
    /// Build again when a file changes, which is the default; --watch=false builds once
    #[arg(
        long,
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_value_t = true,
        default_missing_value = "true",
        hide_possible_values = true,
        hide_default_value = true,
        overrides_with = "watch",
        action = clap::ArgAction::Set
    )]
    pub watch: bool,
    /// The port [default: the first free one from 3000]
    #[arg(short, long)]
    pub port: Option<u16>,
    /// The host to listen at; 0.0.0.0 lets the whole network in
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// Open the browser
    #[arg(long)]
    pub open: bool,
    /// Look for changes every half second, where the system does not tell of them
    #[arg(long)]
    pub poll: bool,
    /// Serve pages as they are published, without the script that reloads them
    #[arg(long)]
    pub no_reload: bool,
    #[command(flatten)]
    pub address: SiteAddress,
    #[command(flatten)]
    pub unpublished: Unpublished,
    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct RenderArgs {
    /// The file; standard input when it is left out or `-`
    pub file: Option<PathBuf>,
    /// The language of the text [default: as the file's name or its script says]
    #[arg(long, value_name = "LANG")]
    pub lang: Option<LangArg>,
    #[command(flatten)]
    pub format: ProblemFormat,
}

#[derive(Debug, Args)]
pub(super) struct CleanArgs {
    /// The folder with book.toml [default: this one, or the nearest above that has one]
    pub dir: Option<PathBuf>,
    /// The output folder [default: build-dir in book.toml]
    #[arg(short, long, value_name = "DIR")]
    pub dest_dir: Option<PathBuf>,
    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Write the pages of all commands into this folder
    pub dir: Option<PathBuf>,
    #[command(flatten)]
    pub messages: Messages,
}

/// [`Lang`] as an argument.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LangArg {
    /// Chinese
    Zh,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Lang {
        match lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }
}

/// [`Format`] as an argument.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum FormatArg {
    /// The line with a caret
    Human,
    /// One JSON object a line
    Json,
    /// GitHub Actions annotations
    Github,
    /// One SARIF 2.1.0 document
    Sarif,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Format {
        match format {
            FormatArg::Human => Format::Human,
            FormatArg::Json => Format::Json,
            FormatArg::Github => Format::Github,
            FormatArg::Sarif => Format::Sarif,
        }
    }
}

/// Reads the address of a site, by the rule for `site-url` in book.toml.
fn site_url(text: &str) -> Result<String, String> {
    match crate::config::is_site_url(text) {
        true => Ok(text.to_owned()),
        false => Err("write https://host/path/, or a path that begins with /".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::{Cli, Format, Lang};

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn lang_means_messages_except_behind_render() {
        let messages = |line: &str| Cli::parse_from(line.split(' ')).messages();
        assert_eq!(messages("gen --lang zh render --lang en x.md"), Some(Lang::Zh));
        assert_eq!(messages("gen render --lang en x.md"), None);
        assert_eq!(messages("gen build --lang zh"), Some(Lang::Zh));
        assert_eq!(messages("gen --lang en build --lang zh"), Some(Lang::Zh));
        assert_eq!(messages("gen --lang en man"), Some(Lang::En));
    }

    #[test]
    fn format_means_problems_except_behind_align() {
        let problems = |line: &str| Cli::parse_from(line.split(' ')).problems();
        assert_eq!(problems("gen --format json align --format tmx zh en"), Format::Json);
        assert_eq!(problems("gen align --format json zh en"), Format::Human);
        assert_eq!(problems("gen build --format github"), Format::Github);
        assert_eq!(problems("gen --format github render"), Format::Github);
    }
}
