//! `gen align`: pairs the blocks and sentences of two texts, and prints the pairs.

mod shown;

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::Outcome;
use super::args::{AlignArgs, ResultArg};
use super::console::Console;
use super::input::{self, Input, body_start};
use crate::config::Config;
use crate::diag::{Diagnostic, has_errors, sort};
use crate::lang::{Lang, PerLang};
use crate::memo::Fingerprint;
use crate::memo::Memo;
use crate::model::align::dictionary::Dictionary;
use crate::model::align::{Bead, Lexicon, PartPair, Row, Rules, align, align_sentences};
use crate::model::glossary::{self, Entry};
use crate::model::texts::Words;
use crate::msg;
use crate::parse::markdown::{self, Body};
use crate::parse::term::parse_glossary;
use crate::render::machine::tmx;

pub(super) fn run(args: &AlignArgs, console: &Console) -> Outcome {
    match aligned(args, console) {
        Ok((text, outcome)) => match console.print(&text) {
            Outcome::Fine => outcome,
            failed => failed,
        },
        Err(problem) => console.fail(*problem, Outcome::Usage),
    }
}

/// What is printed, and whether problems were found.
fn aligned(args: &AlignArgs, console: &Console) -> Result<(String, Outcome), Box<Diagnostic>> {
    let (zh, en) = (input::read(Some(&args.zh))?, input::read(Some(&args.en))?);
    let dictionary = dictionary(args)?;
    let (words, mut problems) = glossary(args.glossary.as_deref(), console)?;
    let lexicon = Lexicon { words: words.as_ref(), dictionary: &dictionary };
    let texts = PerLang { zh: &zh, en: &en };
    let text = if args.sentences {
        let lines = PerLang { zh: lines(&zh.text), en: lines(&en.text) };
        let beads = align_sentences(&lines.zh, &lines.en, lexicon);
        print_sentences(&beads, &lines, args.format)
    } else {
        let confidence = Config::default().align.confidence;
        let bodies = PerLang::from_fn(|lang| body(texts.get(lang), lang, &mut problems));
        let rows = align(&bodies.zh, &bodies.en, Rules { lexicon, confidence }).rows;
        let texts = PerLang::from_fn(|lang| {
            let text = texts.get(lang).text.as_str();
            Lines { text, breaks: text.match_indices('\n').map(|(at, _)| at).collect() }
        });
        let shown = PerLang::from_fn(|lang| {
            let body = bodies.get(lang);
            let blocks = body.blocks.iter();
            blocks.map(|block| shown::sentences(block, body, words.as_ref())).collect()
        });
        let versions = Versions { bodies, shown, texts };
        let rows: Vec<_> = rows.iter().flat_map(|row| Block::of(row, &versions)).collect();
        print_blocks(&rows, args.format)
    };
    sort(&mut problems);
    let source = |path: &str| {
        [&zh, &en].into_iter().find(|input| *input.name == *path).map(|input| input.text.as_str())
    };
    console.report(&problems, &source);
    let outcome = if has_errors(&problems) { Outcome::Problems } else { Outcome::Fine };
    Ok((text, outcome))
}

fn dictionary(args: &AlignArgs) -> Result<Arc<Dictionary>, Box<Diagnostic>> {
    if args.no_dictionary {
        return Ok(Dictionary::none());
    }
    let Some(file) = &args.dictionary else { return Ok(Dictionary::built_in()) };
    let input = input::read(Some(file))?;
    match Dictionary::parse(&input.text) {
        Some(dictionary) => Ok(Arc::new(dictionary)),
        None => {
            let text = msg!(
                "no line of this file is an entry of a dictionary",
                "这个文件里没有一行是词典的条目"
            );
            Err(Box::new(Diagnostic::error("bad-dictionary", input.name, None, text)))
        }
    }
}

/// The terms of a glossary, which problems are told of.
fn glossary(
    file: Option<&Path>,
    console: &Console,
) -> Result<(Option<Words>, Vec<Diagnostic>), Box<Diagnostic>> {
    let Some(file) = file else { return Ok((None, Vec::new())) };
    let Input { name, text } = input::read(Some(file))?;
    let (terms, problems) = parse_glossary(&name, &text);
    console.report(&problems, &|_| Some(text.as_str()));
    let entry = |found: crate::parse::term::SpannedTerm| Entry {
        term: found.term,
        path: name.clone(),
        span: found.span,
        see: found.see,
        local: false,
        rich: false,
    };
    let (glossary, _) = glossary::assemble(terms.into_iter().map(entry).collect());
    Ok((Some(Words::of(glossary, Fingerprint::of(text.as_bytes()))), Vec::new()))
}

fn body(input: &Input, lang: Lang, problems: &mut Vec<Diagnostic>) -> Body {
    let rules = markdown::Rules { comments: false, highlight: false, ..markdown::Rules::ALL };
    let (name, start) = (input.name.clone(), body_start(input));
    let parsed = markdown::parse(&name, &input.text, start, lang, rules, None, &Memo::new());
    problems.extend(parsed.diagnostics);
    parsed.body
}

/// The sentences of a file that has one a line. An empty line is a sentence too, so that numbers
/// are those of lines, but for an empty end.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).collect()
}

/// Both texts, with their sentences block by block as they are printed.
struct Versions<'a> {
    bodies: PerLang<Body>,
    shown: PerLang<Vec<Vec<String>>>,
    texts: PerLang<Lines<'a>>,
}

/// Blocks side by side, as they are printed.
#[derive(Serialize)]
struct Block {
    /// The first and the last line of each block, from 1.
    zh: Vec<[usize; 2]>,
    en: Vec<[usize; 2]>,
    sentences: Vec<PerLang<Vec<String>>>,
    #[serde(skip)]
    sure: Vec<bool>,
}

impl Block {
    /// A row; a list by its items, a table by its rows.
    fn of(row: &Row, versions: &Versions<'_>) -> Vec<Block> {
        let Versions { bodies, shown, texts } = versions;
        if row.parts.is_empty() {
            let lines = |lang: Lang| -> Vec<[usize; 2]> {
                let blocks = bodies.get(lang).blocks[row.blocks(lang)].iter();
                blocks.map(|block| texts.get(lang).of(&block.span)).collect()
            };
            return vec![Block::with(row, shown, PerLang::from_fn(lines), &row.beads)];
        }
        let part = |pair: &PartPair| {
            let lines = |lang: Lang| -> Vec<[usize; 2]> {
                let range = if lang == Lang::Zh { &pair.zh } else { &pair.en };
                let block = &bodies.get(lang).blocks[row.blocks(lang).start];
                let parts = block.parts[range.clone()].iter();
                parts.map(|part| texts.get(lang).of(&part.span)).collect()
            };
            Block::with(row, shown, PerLang::from_fn(lines), &row.beads[pair.beads.clone()])
        };
        row.parts.iter().map(part).collect()
    }

    fn with(
        row: &Row,
        shown: &PerLang<Vec<Vec<String>>>,
        lines: PerLang<Vec<[usize; 2]>>,
        beads: &[Bead],
    ) -> Block {
        let all = PerLang::from_fn(|lang| shown.get(lang)[row.blocks(lang)].concat());
        let pair = |bead: &Bead| PerLang {
            zh: all.zh[bead.zh.clone()].to_vec(),
            en: all.en[bead.en.clone()].to_vec(),
        };
        let sure = Config::default().align.confidence;
        Block {
            zh: lines.zh,
            en: lines.en,
            sentences: beads.iter().map(pair).collect(),
            sure: beads.iter().map(|bead| bead.confidence >= sure).collect(),
        }
    }
}

/// A text with the places of its line breaks.
struct Lines<'a> {
    text: &'a str,
    breaks: Vec<usize>,
}

impl Lines<'_> {
    /// The first and the last line of a block, without the empty lines behind it.
    fn of(&self, span: &Range<usize>) -> [usize; 2] {
        let end = span.start + self.text[span.clone()].trim_end().len();
        [span.start, end].map(|at| self.breaks.partition_point(|line_break| *line_break < at) + 1)
    }
}

fn print_blocks(blocks: &[Block], format: ResultArg) -> String {
    match format {
        ResultArg::Json => json(&serde_json::json!({ "blocks": blocks })),
        ResultArg::Tmx => {
            let pairs = blocks.iter().flat_map(|block| block.sentences.iter().zip(&block.sure));
            memory(pairs.filter(|(_, sure)| **sure).map(|(pair, _)| pair))
        }
        ResultArg::Text => {
            let mut out = String::new();
            for block in blocks {
                let lines = |lines: &[[usize; 2]]| -> String {
                    let range = |[a, b]: &[usize; 2]| {
                        if a == b { format!("{a}") } else { format!("{a}-{b}") }
                    };
                    let all: Vec<_> = lines.iter().map(range).collect();
                    if all.is_empty() { "-".to_owned() } else { all.join(",") }
                };
                let _ = writeln!(out, "== zh {} | en {}", lines(&block.zh), lines(&block.en));
                for (pair, sure) in block.sentences.iter().zip(&block.sure) {
                    print_pair(pair, *sure, &mut out);
                }
            }
            out
        }
    }
}

/// The numbers of the sentences of a bead, from 0.
#[derive(Serialize)]
struct Numbers {
    zh: Vec<usize>,
    en: Vec<usize>,
}

fn print_sentences(beads: &[Bead], lines: &PerLang<Vec<&str>>, format: ResultArg) -> String {
    let texts = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>();
    let pair = |bead: &Bead| PerLang {
        zh: texts(&lines.zh[bead.zh.clone()]),
        en: texts(&lines.en[bead.en.clone()]),
    };
    let sure = |bead: &Bead| bead.confidence >= Config::default().align.confidence;
    match format {
        ResultArg::Json => {
            let numbers = |bead: &Bead| Numbers {
                zh: bead.zh.clone().collect(),
                en: bead.en.clone().collect(),
            };
            let beads: Vec<_> = beads.iter().map(numbers).collect();
            json(&serde_json::json!({ "beads": beads }))
        }
        ResultArg::Tmx => {
            let pairs: Vec<_> = beads.iter().filter(|bead| sure(bead)).map(pair).collect();
            memory(pairs.iter())
        }
        ResultArg::Text => {
            let mut out = String::new();
            for bead in beads {
                print_pair(&pair(bead), sure(bead), &mut out);
            }
            out
        }
    }
}

fn json(value: &serde_json::Value) -> String {
    format!("{value}\n")
}

/// A pair below each other, with a question mark where it is not sure.
fn print_pair(pair: &PerLang<Vec<String>>, sure: bool, out: &mut String) {
    let mark = if sure { "" } else { "? " };
    for (lang, texts) in pair.iter() {
        let space = if lang == Lang::En { " " } else { "" };
        if texts.is_empty() {
            let _ = writeln!(out, "{mark}{lang}: -");
        } else {
            let _ = writeln!(out, "{mark}{lang}: {}", texts.join(space));
        }
    }
    out.push('\n');
}

/// A translation memory of the pairs that have both sides.
fn memory<'a>(pairs: impl Iterator<Item = &'a PerLang<Vec<String>>>) -> String {
    let whole = pairs.filter(|pair| !pair.zh.is_empty() && !pair.en.is_empty());
    let texts: Vec<_> =
        whole.map(|pair| PerLang { zh: pair.zh.concat(), en: pair.en.join(" ") }).collect();
    let ids = tmx::unit_ids("", &texts);
    let units: Vec<_> =
        ids.into_iter().zip(texts).map(|(id, text)| tmx::Unit { id, text, url: None }).collect();
    let languages = Config::default().languages;
    let tags = PerLang { zh: languages.zh.tag, en: languages.en.tag };
    String::from_utf8(tmx::memory(&units, &tags)).unwrap_or_default()
}
