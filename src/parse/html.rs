//! HTML text: escaping.

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

/// Appends text between tags: `&`, `<` and `>` escaped.
pub fn escape_text(out: &mut String, text: &str) {
    // Writing to a String cannot fail.
    let _ = escape_html_body_text(out, text);
}

/// Appends text inside a quoted attribute.
pub fn escape_attribute(out: &mut String, text: &str) {
    let _ = escape_html(out, text);
}

/// Appends a URL inside a quoted attribute, percent-encoded where needed.
pub fn escape_url(out: &mut String, url: &str) {
    let _ = escape_href(out, url);
}
