//! Scripts in raw HTML that the policy of the pages keeps from running: nothing else would tell.

use std::ops::Range;

use super::written::Written;
use crate::config::RawHtml;
use crate::config::policy::script_sources;
use crate::diag::Diagnostic;
use crate::model::links::is_outside;
use crate::model::site::Site;
use crate::msg;
use crate::parse::raw_html::{Attribute, attributes};

/// Looks at the raw HTML of all texts, where it is kept as it is.
pub(super) fn check(site: &Site<'_>, written: &[Written<'_>]) -> Vec<Diagnostic> {
    let Some(sources) = script_sources(&site.config.output.html.content_security_policy) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let kept = site.config.markdown.html == RawHtml::Keep;
    for file in written.iter().filter(|_| kept) {
        for html in &file.body.html {
            let places = blocked(&file.text[html.at.clone()], &sources).into_iter();
            found.extend(
                places.map(|at| problem(file, html.at.start + at.start..html.at.start + at.end)),
            );
        }
    }
    found
}

/// The attributes and tags that do not run with these sources of scripts.
fn blocked(html: &str, sources: &[String]) -> Vec<Range<usize>> {
    let has = |wanted: &[&str]| sources.iter().any(|source| wanted.contains(&source.as_str()));
    let inline = has(&["'unsafe-inline'"]);
    let hashed = sources.iter().any(|source| source.starts_with("'sha"));
    let attributes = attributes(html);
    let mut found = Vec::new();
    for attribute in &attributes {
        let (name, value) = (attribute.name.to_ascii_lowercase(), attribute.value);
        let handler = name.starts_with("on") && name.len() > 2 && !value.is_empty();
        let address = ["href", "src", "action"].contains(&name.as_str())
            && value.trim_start().to_ascii_lowercase().starts_with("javascript:");
        let elsewhere = attribute.element.eq_ignore_ascii_case("script")
            && name == "src"
            && is_outside(value)
            && !has(&["*", "https:"])
            && !sources.iter().any(|source| names(source, value));
        if (handler || address) && !inline || elsewhere {
            found.push(attribute.at..attribute.at + value.len());
        }
    }
    let scripts = scripts(html).filter(|_| !inline && !hashed);
    found.extend(scripts.filter(|at| runs(&attributes, at.start)));
    found.sort_by_key(|at| at.start);
    found
}

/// The beginnings of `<script` tags.
fn scripts(html: &str) -> impl Iterator<Item = Range<usize>> {
    const TAG: &str = "<script";
    let lower = html.to_ascii_lowercase();
    let ends =
        |at: usize| lower[at..].starts_with(|c: char| matches!(c, '>' | '/') || c.is_whitespace());
    let places: Vec<_> = lower.match_indices(TAG).map(|(at, _)| at..at + TAG.len()).collect();
    let places: Vec<_> = places.into_iter().filter(|at| ends(at.end)).collect();
    places.into_iter()
}

/// Whether the script of a tag stands in the page and is one: data has another type.
fn runs(attributes: &[Attribute<'_>], tag: usize) -> bool {
    let value = |name: &str| {
        let own = attributes.iter().filter(|attribute| attribute.tag == tag);
        own.filter(|attribute| attribute.name.eq_ignore_ascii_case(name)).map(|a| a.value).next()
    };
    let kind = value("type").unwrap_or_default().to_ascii_lowercase();
    value("src").is_none() && (kind.is_empty() || kind == "module" || kind.contains("javascript"))
}

/// Whether a source of a policy names the host of an address.
fn names(source: &str, address: &str) -> bool {
    let host = |address: &str| {
        let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase()
    };
    let (source, host) = (host(source), host(address));
    match source.strip_prefix("*.") {
        Some(domain) => host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')),
        None => source == host,
    }
}

fn problem(file: &Written<'_>, span: Range<usize>) -> Diagnostic {
    Diagnostic::warning(
        "blocked-script",
        file.path.clone(),
        span,
        msg!(
            "the policy of the pages keeps this script from running",
            "页面的策略不让这个脚本运行"
        ),
    )
    .help(msg!(
        "put it into a file of static/ and name it in [output.html] additional-js, or write a wider \
         content-security-policy there",
        "请把它写进 static/ 里的文件，列入 [output.html] additional-js；或者在那里写上更宽的 \
         content-security-policy"
    ))
}

#[cfg(test)]
mod tests {
    use super::blocked;
    use crate::config::policy::{DEFAULT, script_sources};

    fn found<'h>(html: &'h str, policy: &str) -> Vec<&'h str> {
        let sources = script_sources(policy).unwrap_or_default();
        blocked(html, &sources).into_iter().map(|at| &html[at]).collect()
    }

    #[test]
    fn what_the_policy_stops_is_found() {
        let cases: [(&str, &[&str]); 10] = [
            ("<b onclick=\"x()\">", &["x()"]),
            ("<img src=x.png onerror = 'y'>", &["y"]),
            ("<SCRIPT>x</SCRIPT>", &["<SCRIPT"]),
            ("<script type=module>x</script>", &["<script"]),
            ("<script type=\"application/json\">{}</script>", &[]),
            ("<script src=\"/x.js\"></script>", &[]),
            ("<script src=\"https://a.org/x.js\"></script>", &["https://a.org/x.js"]),
            ("<a href=\" JavaScript:x\">", &[" JavaScript:x"]),
            ("<a href=\"https://a.org\" on>once</a>", &[]),
            ("<scripty>", &[]),
        ];
        for (html, expected) in cases {
            assert_eq!(found(html, DEFAULT), expected, "{html}");
        }
    }

    #[test]
    fn a_wider_policy_stops_less() {
        let html = "<script src=https://cdn.a.org/x></script><script>1</script><b onclick=2>";
        let policies: [(&str, &[&str]); 5] = [
            ("script-src 'self' *.a.org", &["<script", "2"]),
            ("script-src https://cdn.a.org/", &["<script", "2"]),
            ("script-src 'unsafe-inline'", &["https://cdn.a.org/x"]),
            ("script-src 'sha256-x' https:", &["2"]),
            ("default-src * 'unsafe-inline'", &[]),
        ];
        for (policy, expected) in policies {
            assert_eq!(found(html, policy), expected, "{policy}");
        }
    }
}
