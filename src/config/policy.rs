//! The Content Security Policy of the pages: what a browser lets a page do (CSP Level 3).

use crate::diag::{Message, suggest};
use crate::msg;

/// Scripts are files of the site; nothing else runs, whatever a text holds. All that the theme needs.
pub const DEFAULT: &str = "script-src 'self';object-src 'none';base-uri 'none'";

/// The directives that work in a page (section 6).
const DIRECTIVES: [&str; 23] = [
    "base-uri",
    "child-src",
    "connect-src",
    "default-src",
    "font-src",
    "form-action",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "object-src",
    "require-trusted-types-for",
    "script-src",
    "script-src-attr",
    "script-src-elem",
    "style-src",
    "style-src-attr",
    "style-src-elem",
    "trusted-types",
    "upgrade-insecure-requests",
    "webrtc",
    "worker-src",
    "fenced-frame-src",
];

/// Those that only a header may have (section 3.3).
const HEADER_ONLY: [&str; 4] = ["frame-ancestors", "report-to", "report-uri", "sandbox"];

/// What is wrong with a policy, and what to do; an empty one is none, and fine. Browsers pass over
/// what they do not know, so that a slip of the pen would forbid nothing.
pub(super) fn problem(policy: &str) -> Option<(Message, Message)> {
    let help = msg!(
        "write directives with ; between them, such as {DEFAULT}, or nothing for no policy",
        "请写用 ; 分开的指令，如 {DEFAULT}；不要策略就留空"
    );
    // Other characters end the attribute that holds it, or the policy itself.
    let odd =
        |c: char| !(c.is_ascii_graphic() || c == ' ') || matches!(c, '"' | '<' | '>' | '&' | ',');
    if let Some(c) = policy.chars().find(|c| odd(*c)) {
        let c = c.escape_debug();
        let text = msg!("a policy cannot hold “{c}”", "策略里不能有“{c}”");
        return Some((text, help));
    }
    let names = policy.split(';').filter_map(|directive| directive.split_whitespace().next());
    for name in names {
        let lower = name.to_ascii_lowercase();
        if HEADER_ONLY.contains(&lower.as_str()) {
            let text = msg!(
                "“{name}” works in the header of a server, not in a page",
                "“{name}”只能写在服务器的响应头里，写在页面里不起作用"
            );
            return Some((text, msg!("remove it", "请删去它")));
        }
        if !DIRECTIVES.contains(&lower.as_str()) {
            let text = msg!("“{name}” is no directive of a policy", "“{name}”不是策略的指令");
            let near = suggest(&lower, DIRECTIVES);
            return Some((
                text,
                near.map_or(help, |near| msg!("did you mean “{near}”?", "是不是“{near}”？")),
            ));
        }
    }
    None
}

/// What a policy says of scripts: the sources that may run, in lower case; none if any may.
pub fn script_sources(policy: &str) -> Option<Vec<String>> {
    let policy = policy.to_ascii_lowercase();
    let of = |wanted: &str| {
        policy.split(';').map(str::split_whitespace).find_map(|mut words| {
            let found = words.next() == Some(wanted);
            found.then(|| words.map(str::to_owned).collect())
        })
    };
    of("script-src").or_else(|| of("default-src"))
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT, problem, script_sources};

    #[test]
    fn policies_are_held_to_the_standard() {
        let fine = [
            DEFAULT,
            "",
            " ; ",
            "Default-Src 'self' https://*.example.org:443; script-src 'self' 'sha256-AbC+/=' ;",
            "upgrade-insecure-requests",
        ];
        for policy in fine {
            assert_eq!(problem(policy), None, "{policy}");
        }
        let wrong = [
            (
                "scritp-src 'self'",
                "“scritp-src” is no directive of a policy",
                "did you mean “script-src”?",
            ),
            ("default-src 'self'; x", "“x” is no directive of a policy", "write directives"),
            ("frame-ancestors 'none'", "“frame-ancestors” works in the header", "remove it"),
            ("script-src \"self\"", "a policy cannot hold “\\\"”", "write directives"),
            ("img-src a.org, b.org", "a policy cannot hold “,”", "write directives"),
            ("script-src 'self'\n", "a policy cannot hold “\\n”", "write directives"),
            ("script-src “self”", "a policy cannot hold ““”", "write directives"),
        ];
        for (policy, text, help) in wrong {
            let (found, to_do) = problem(policy).unwrap();
            assert!(found.en.starts_with(text), "{policy}: {found:?}");
            assert!(to_do.en.starts_with(help), "{policy}: {to_do:?}");
        }
    }

    #[test]
    fn scripts_have_sources() {
        let cases: [(&str, Option<&[&str]>); 6] = [
            (DEFAULT, Some(&["'self'"])),
            ("", None),
            ("img-src 'self'", None),
            ("default-src 'self' A.org;", Some(&["'self'", "a.org"])),
            ("default-src *; Script-Src 'UNSAFE-inline'", Some(&["'unsafe-inline'"])),
            ("script-src", Some(&[])),
        ];
        for (policy, sources) in cases {
            let found = script_sources(policy);
            assert_eq!(found, sources.map(|s| s.iter().map(|s| (*s).to_owned()).collect()));
        }
    }
}
