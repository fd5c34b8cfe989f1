//! What a schema cannot say about book.toml.

use std::ops::Range;

use super::{Config, policy};
use crate::diag::{Diagnostic, Message};
use crate::lang::Lang;
use crate::msg;
use crate::parse::address::is_device;
use crate::parse::data::Node;

/// Adds what is wrong with the values of book.toml.
pub(super) fn check(path: &str, node: &Node, config: &Config, out: &mut Vec<Diagnostic>) {
    patterns(path, node, out);
    let mut report = |code, keys: &[&str], message: Message, help: Message| {
        let span: Option<Range<usize>> = node.at(keys).map(|value| value.span.clone());
        out.push(Diagnostic::error(code, path, span, message).help(help));
    };
    let html = &config.output.html;
    if let Some(url) = html.site_url.as_deref().filter(|url| !is_site_url(url)) {
        report(
            "bad-site-url",
            &["output", "html", "site-url"],
            msg!("“{url}” is not where a site can be", "“{url}”不能作为网站地址"),
            msg!(
                "write https://example.org/digest/, or its path alone, /digest/",
                "请写成 https://example.org/digest/，或只写路径 /digest/"
            ),
        );
    }
    if let Some(host) = html.cname.as_deref().filter(|host| !is_host(host)) {
        report(
            "bad-cname",
            &["output", "html", "cname"],
            msg!("“{host}” is not a host name", "“{host}”不是域名"),
            msg!(
                "write the name alone, such as digest.example.org (names in Chinese in their xn-- form)",
                "请只写域名，如 digest.example.org（中文域名写成 xn-- 形式）"
            ),
        );
    }
    if let Some(url) = html.git_repository_url.as_deref().filter(|url| web_host(url).is_none()) {
        report(
            "bad-url",
            &["output", "html", "git-repository-url"],
            msg!("“{url}” is not a web address", "“{url}”不是网址"),
            msg!("begin it with https://", "请以 https:// 开头"),
        );
    }
    if let Some(url) = &html.edit_url_template
        && (web_host(url).is_none() || !url.contains("{path}"))
    {
        report(
            "bad-url",
            &["output", "html", "edit-url-template"],
            msg!("“{url}” leads to no file", "“{url}”里没有 {{path}}，指不到具体的文件"),
            msg!(
                "write https://github.com/me/digest/edit/main/{{path}}, where {{path}} stands for the file",
                "请写成 https://github.com/me/digest/edit/main/{{path}}，其中 {{path}} 代表文件"
            ),
        );
    }
    if let Some((message, help)) = policy::problem(&html.content_security_policy) {
        report("bad-policy", &["output", "html", "content-security-policy"], message, help);
    }
    for (lang, language) in config.languages.iter().filter(|(_, l)| !is_tag(&l.tag)) {
        let tag = &language.tag;
        report(
            "bad-language-tag",
            &["languages", lang.key(), "tag"],
            msg!("“{tag}” is not a language tag", "“{tag}”不是语言标签"),
            match lang {
                Lang::Zh => msg!("write zh-Hans, zh-Hant or zh", "请写 zh-Hans、zh-Hant 或 zh"),
                Lang::En => msg!("write en, en-US or en-GB", "请写 en、en-US 或 en-GB"),
            },
        );
    }
    let folders =
        [(["book", "src"], &config.book.src), (["build", "build-dir"], &config.build.build_dir)];
    for (keys, folder) in folders.iter().filter(|(_, folder)| !is_inside(folder)) {
        report(
            "bad-folder",
            keys,
            msg!("“{folder}” is not a folder inside the site", "“{folder}”不是网站里的文件夹"),
            msg!(
                "name a folder beside book.toml, with / between its parts and without ..",
                "请写 book.toml 旁边的文件夹，各级用 / 分开，不用 .."
            ),
        );
    }
    if let Some(file) = config.align.dictionary.as_deref().filter(|file| file.contains('\\')) {
        report(
            "missing-file",
            &["align", "dictionary"],
            msg!("“{file}” is not there", "没有“{file}”"),
            msg!("write / between folders, on every system", "在任何系统上，文件夹之间都写 /"),
        );
    }
    let (src, dest) = (within(&config.book.src), within(&config.build.build_dir));
    let usable = folders.iter().all(|(_, folder)| is_inside(folder));
    if usable && (src.starts_with(&dest) || dest.starts_with(&src)) {
        let keys: &[&str] = if node.at(&["build", "build-dir"]).is_some() {
            &["build", "build-dir"]
        } else {
            &["book", "src"]
        };
        report(
            "bad-folder",
            keys,
            msg!(
                "the site would be written into the folder of its articles, or the reverse",
                "网站会写进文章所在的文件夹，或者反过来"
            ),
            msg!("name two separate folders", "请写两个互不包含的文件夹"),
        );
    }
}

/// Reports patterns of paths that cannot be read.
fn patterns(path: &str, node: &Node, out: &mut Vec<Diagnostic>) {
    let table = node.at(&["check", "silence-in"]);
    for entry in table.map_or(&[][..], Node::entries) {
        let (pattern, cause) = match glob::Pattern::new(&entry.key) {
            Err(error) => (&entry.key, error.msg),
            // No file of a site has it in its name.
            Ok(_) if entry.key.contains('\\') => (&entry.key, "\\"),
            Ok(_) => continue,
        };
        let message = msg!(
            "“{pattern}” is not a pattern of paths: {cause}",
            "“{pattern}”不是路径的通配式：{cause}"
        );
        let problem = Diagnostic::error("bad-pattern", path, entry.key_span.clone(), message);
        out.push(problem.help(msg!(
            "write it as \"content/2019/**\": * stands for any part of a name, ** for any folders",
            "请写成 \"content/2019/**\"：* 代表名字的任意部分，** 代表任意几层文件夹"
        )));
    }
}

/// The host of an `http` or `https` address.
fn web_host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty());
    host.filter(|_| !url.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\'))
}

/// Whether a text can be the address of a site: absolute, or a path from the root.
pub fn is_site_url(url: &str) -> bool {
    let clean = !url.contains(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '\\' | '"' | '<' | '>' | '@')
    });
    let path = url.starts_with('/') && !url.starts_with("//");
    let dots = url.split('/').any(|segment| segment == "." || segment == "..");
    clean && !dots && (path || web_host(url).is_some())
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= 253 && host.contains('.') && host.split('.').all(label)
}

/// Whether a tag has the shape of BCP 47: subtags of one to eight letters and digits, the first
/// of two letters or more.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// The parts of a folder's path, in small letters: for some systems `Public` and `public` are one.
fn within(folder: &str) -> Vec<String> {
    let parts = folder.split('/').filter(|part| !part.is_empty() && *part != ".");
    parts.map(str::to_lowercase).collect()
}

/// Whether a folder lies inside the site, under names that every system can have.
fn is_inside(folder: &str) -> bool {
    let parts = within(folder);
    let is_portable = |part: &String| !part.ends_with(['.', ' ']) && !is_device(part);
    !folder.starts_with('/')
        && !folder.contains(|c: char| c.is_control() || "\\:<>\"|?*".contains(c))
        && !parts.is_empty()
        && parts.iter().all(is_portable)
}
