//! Addresses, as browsers read them. Knows no page and no file.

/// The scheme of an address that a browser runs, or shows as a page of its own, instead of going
/// somewhere. Pictures may stand in a `data:` address of an image type: in an `<img>` nothing of
/// them runs.
///
/// Browsers skip control characters and spaces before a scheme, skip tabs and line breaks
/// everywhere, and take no heed of letter case (URL Standard, “basic URL parser”); so does this.
pub fn unsafe_scheme(address: &str, image: bool) -> Option<&'static str> {
    let seen = address.chars().filter(|c| !c.is_control() && !c.is_whitespace());
    let seen: String = seen.take(40).collect::<String>().to_ascii_lowercase();
    let (scheme, rest) = seen.split_once(':')?;
    let found = ["javascript", "vbscript", "data"].into_iter().find(|known| *known == scheme)?;
    let picture = image && found == "data" && rest.starts_with("image/");
    (!picture).then_some(found)
}

/// Whether an address is one of the web: `http` or `https` and a host, without white space.
pub fn is_web(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else { return false };
    let known = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let odd = |c: char| c.is_control() || c.is_whitespace();
    known && !rest.is_empty() && !rest.starts_with(['/', '?', '#']) && !rest.contains(odd)
}

/// Whether a name stands for a device on Windows, whatever its ending (Microsoft, “Naming Files, Paths, and
/// Namespaces”).
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = |kind| {
        stem.strip_prefix(kind)
            .is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(&*stem, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::{is_device, is_web, unsafe_scheme};

    #[test]
    fn devices_of_windows_are_known() {
        for name in ["con", "NUL.txt", "Com1", "lpt9.zh.md"] {
            assert!(is_device(name), "{name}");
        }
        for name in ["console", "com", "com10", "a.con", ""] {
            assert!(!is_device(name), "{name}");
        }
    }

    #[test]
    fn schemes_that_run_are_found() {
        let cases = [
            // The address, and what is found in a link and in an image.
            ("javascript:alert(1)", Some("javascript"), Some("javascript")),
            ("JaVaScRiPt:alert(1)", Some("javascript"), Some("javascript")),
            (" \u{1}javascript:x", Some("javascript"), Some("javascript")),
            ("java\nscript\t:x", Some("javascript"), Some("javascript")),
            ("vbscript:x", Some("vbscript"), Some("vbscript")),
            ("data:text/html,<script>", Some("data"), Some("data")),
            ("data:image/png;base64,AA", Some("data"), None),
            ("DATA:image/svg+xml,x", Some("data"), None),
            ("data:,image/png", Some("data"), Some("data")),
            ("https://a.org/javascript:x", None, None),
            ("javascript", None, None),
            ("javascript/a:b.md", None, None),
            ("database:x", None, None),
            ("#javascript:x", None, None),
            ("mailto:a@b", None, None),
            ("", None, None),
        ];
        for (address, link, image) in cases {
            assert_eq!(unsafe_scheme(address, false), link, "{address:?}");
            assert_eq!(unsafe_scheme(address, true), image, "{address:?}");
        }
    }

    #[test]
    fn addresses_of_the_web_have_a_host() {
        for address in ["https://a.org", "HTTP://a.org/x?y#z", "https://例子.cn/文"] {
            assert!(is_web(address), "{address}");
        }
        let others =
            ["", "a.org", "//a.org", "https:a.org", "https://", "https:///x", "ftp://a.org"];
        for address in
            others.into_iter().chain(["javascript://a.org", " https://a.org", "https://a b"])
        {
            assert!(!is_web(address), "{address}");
        }
    }
}
