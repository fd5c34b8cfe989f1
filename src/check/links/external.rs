//! The addresses of other sites, and what is known of them.
//!
//! Nothing here asks anyone: `crate::external` does, at the edge, and hands its answers in.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::raw_links;
use crate::check::written::Written;
use crate::diag::{Diagnostic, Message};
use crate::model::links::Target;
use crate::model::site::Site;
use crate::msg;
use crate::parse::address::is_web;
use crate::parse::data::Node;

/// An address of another site, where a text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The address, without its anchor.
    pub url: String,
    /// The file.
    pub path: Arc<str>,
    /// Its bytes.
    pub span: Range<usize>,
}

/// What asking an address told.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Answer {
    /// It is there; or it refuses programs, which tells nothing.
    Fine,
    /// It has moved for good.
    Moved {
        /// Where to.
        to: String,
    },
    /// It is not there.
    Gone {
        /// The status of HTTP.
        status: u16,
    },
    /// There was no answer, or one that says to try later.
    Silent {
        /// Why, as the system or the server says it.
        why: String,
    },
}

/// The answers that are known, by address.
pub type Answers = BTreeMap<String, Answer>;

/// The addresses of other sites, in the order of files and of their places in them.
pub(in crate::check) fn collect(site: &Site<'_>, written: &[Written<'_>]) -> Vec<Outside> {
    let mut found = Vec::new();
    let mut add = |url: &str, path: &Arc<str>, span: &Range<usize>| {
        let url = url.split('#').next().unwrap_or(url);
        let home = site.urls.origin.as_deref().is_some_and(|own| {
            url.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        if is_web(url) && !home {
            found.push(Outside { url: url.to_owned(), path: path.clone(), span: span.clone() });
        }
    };
    for text in site.texts.iter().chain(site.term_texts.values()) {
        for (lang, version) in text.versions.present() {
            for (target, link) in text.links.targets.get(lang).iter().zip(&version.body.links) {
                if let Target::Outside(url) = target {
                    add(url, &version.path, &link.span);
                }
            }
        }
    }
    for file in written {
        for link in raw_links(site, file) {
            add(&link.address, file.path, &link.span);
        }
        for value in file.data.as_ref().map(values).unwrap_or_default() {
            if let Some(url) = value.word() {
                add(&url, file.path, &value.span);
            }
        }
    }
    found.sort_by(|a, b| (&a.path, a.span.start, &a.url).cmp(&(&b.path, b.span.start, &b.url)));
    found.dedup();
    found
}

/// The values of front matter and of terms that may be addresses.
fn values(node: &Node) -> Vec<&Node> {
    let own = [node.at(&["source", "url"]), node.get("cover")].into_iter().flatten();
    let lists = ["term", "terms"].into_iter().filter_map(|key| node.get(key));
    let terms = lists.flat_map(Node::tables).chain([node]);
    let sources = terms.filter_map(|term| term.get("sources")).flat_map(Node::items);
    own.chain(sources).collect()
}

/// Reports what is wrong with addresses.
pub(in crate::check) fn check(outside: &[Outside], answers: &Answers) -> Vec<Diagnostic> {
    outside.iter().filter_map(|link| of_link(link, answers.get(&link.url)?)).collect()
}

fn of_link(link: &Outside, answer: &Answer) -> Option<Diagnostic> {
    let url = &link.url;
    let warn = |code, message: Message| {
        Diagnostic::warning(code, link.path.clone(), link.span.clone(), message)
    };
    Some(match answer {
        Answer::Fine => return None,
        Answer::Moved { to } => {
            let message = msg!("{url} has moved for good", "{url} 已永久搬走");
            Diagnostic::hint("moved-link", link.path.clone(), link.span.clone(), message)
                .help(msg!("write {to}", "请写 {to}"))
        }
        Answer::Gone { status } => {
            warn("dead-link", msg!("{url} is not there: {status}", "{url} 已失效：{status}")).help(
                msg!(
                    "find its new address, or one in an archive; or take the link out",
                    "请找到它的新地址或存档，或者删去这个链接"
                ),
            )
        }
        Answer::Silent { why } => {
            warn("unreachable-link", msg!("{url} did not answer: {why}", "{url} 没有回应：{why}"))
                .help(msg!(
                    "look at it in a browser; try again later",
                    "请用浏览器看一看，稍后再试"
                ))
        }
    })
}
