//! What book.toml says, and the files that it names.

use std::sync::Arc;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::model::align::dictionary::Dictionary;
use crate::msg;
use crate::parse::data::Node;
use crate::parse::doc;
use crate::source::Sources;

/// The settings with their fingerprint.
pub(super) type Settings = (Config, Fingerprint, Option<Node>, Vec<Diagnostic>);

/// Reads book.toml.
pub(super) fn settings(sources: &Sources, memo: &Memo) -> Arc<Settings> {
    let book = sources.files.get_key_value("book.toml");
    let file = book.map(|(_, file)| file.fingerprint).unwrap_or_default();
    let key = Hasher::new().str("book.toml").with(file).value(&book.is_some()).finish();
    memo.get(Stage::Prepare, key, || {
        let mut diagnostics = Vec::new();
        let (mut config, mut node) = (Config::default(), None);
        if let Some((path, file)) = book {
            let text = doc::text(path, &file.bytes, &mut diagnostics);
            let (read, tree, problems) = Config::parse_tree(path, text);
            diagnostics.extend(problems);
            (config, node) = (read, tree);
        }
        let key = Fingerprint::of_value(&config);
        (config, key, node, diagnostics)
    })
}

/// Reports style sheets and scripts that book.toml names and `static/` has not.
pub(super) fn check_additional(
    config: &Config,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let html = &config.output.html;
    for name in html.additional_css.iter().chain(&html.additional_js) {
        let path = format!("static/{}", name.trim_start_matches("static/"));
        if !sources.files.contains_key(path.as_str()) {
            diagnostics.push(
                Diagnostic::error(
                    "missing-file",
                    "book.toml",
                    None,
                    msg!("“{path}” is not there", "没有“{path}”"),
                )
                .help(match name.contains('\\') {
                    true => {
                        msg!(
                            "write / between folders, on every system",
                            "在任何系统上，文件夹之间都写 /"
                        )
                    }
                    false => msg!(
                        "additional-css and additional-js name files in static/",
                        "additional-css 和 additional-js 写的是 static/ 里的文件"
                    ),
                }),
            );
        }
    }
}

/// The bilingual dictionary: that of book.toml, else the one that is built in.
pub(super) fn dictionary(
    config: &Config,
    sources: &Sources,
    memo: &Memo,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<Dictionary> {
    let Some(path) = config.align.dictionary.as_deref() else { return Dictionary::built_in() };
    // That it is not there is said where it is read.
    let Some((path, file)) = sources.files.get_key_value(path) else { return Dictionary::none() };
    let key = Hasher::new().str("dictionary").with(file.fingerprint).finish();
    let read = memo.get(Stage::Glossary, key, || {
        Dictionary::parse(doc::text(path, &file.bytes, &mut Vec::new())).map(Arc::new)
    });
    doc::text(path, &file.bytes, diagnostics);
    match &*read {
        Some(dictionary) => dictionary.clone(),
        None => {
            let text = msg!(
                "no line of this file is an entry of a dictionary",
                "这个文件里没有一行是词典的条目"
            );
            let problem = Diagnostic::error("bad-dictionary", path.clone(), None, text);
            diagnostics.push(problem.help(msg!(
                "the format is that of CC-CEDICT: 傳統 传统 [chuan2 tong3] /tradition/",
                "格式同 CC-CEDICT：傳統 传统 [chuan2 tong3] /tradition/"
            )));
            Dictionary::none()
        }
    }
}
