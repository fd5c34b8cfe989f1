//! Redirects from old addresses (`aliases`), for hosts that serve files only.

use std::fmt::Write as _;

/// Writes the page at an old address: it leads readers on at once and tells search engines where
/// the article is now.
///
/// `to` is an absolute address or a path from the root, `title` the name of the page there and
/// `tag` the BCP 47 tag of that name.
pub fn redirect(to: &str, title: &str, tag: &str) -> Vec<u8> {
    let (to, title, tag) = (escape(to), escape(title), escape(tag));
    let page = format!(
        r#"<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={to}">
<link rel="canonical" href="{to}">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body>
<p lang="zh">此页已移至<a href="{to}" lang="{tag}">{title}</a>。</p>
<p lang="en">This page has moved to <a href="{to}" lang="{tag}">{title}</a>.</p>
</body>
</html>
"#
    );
    page.into_bytes()
}

/// Escapes a text for HTML, in elements and in quoted attributes; drops control characters,
/// which neither addresses nor titles have.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' | '<' | '>' | '"' | '\'' => {
                // A `String` takes everything.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_to_the_new_address() {
        let page = String::from_utf8(redirect("/digest/zh/2025/猫税/", "猫税 🐱", "zh-Hans"));
        let page = page.unwrap();
        for part in [
            r#"<html lang="zh-Hans">"#,
            r#"<meta http-equiv="refresh" content="0; url=/digest/zh/2025/猫税/">"#,
            r#"<link rel="canonical" href="/digest/zh/2025/猫税/">"#,
            r#"<meta name="robots" content="noindex">"#,
            r#"此页已移至<a href="/digest/zh/2025/猫税/" lang="zh-Hans">猫税 🐱</a>"#,
            "<title>猫税 🐱</title>",
        ] {
            assert!(page.contains(part), "{part} not in {page}");
        }
    }

    #[test]
    fn lets_no_markup_through() {
        let hostile = "\"'><script>alert(1)</script>&\u{0}\n]]>";
        let page = String::from_utf8(redirect(hostile, hostile, hostile)).unwrap();
        let plain = String::from_utf8(redirect("to", "title", "tag")).unwrap();
        for mark in ['<', '>', '"', '\''] {
            assert_eq!(page.matches(mark).count(), plain.matches(mark).count(), "{mark}");
        }
        assert!(!page.contains('\0') && !page.contains("<script"));
        assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;&#38;"));
    }
}
