//! The web app manifest, for readers who put the site on their home screen.

use serde_json::json;

/// Where it stands in the site.
pub const PATH: &str = "site.webmanifest";

/// What it says of the site; addresses are paths from the root of the host.
pub struct Manifest<'a> {
    /// The name in the default language.
    pub name: &'a str,
    /// What the site is, in the same language; may be empty.
    pub description: &'a str,
    /// The BCP 47 tag of that language.
    pub tag: &'a str,
    /// The home page, and the folder that the site lies in.
    pub start: &'a str,
    /// The icon, an SVG drawing.
    pub icon: &'a str,
}

/// Writes the manifest (W3C, *Web Application Manifest*). The site stays a site: it opens with the
/// browser's own buttons.
pub fn manifest(site: &Manifest<'_>) -> Vec<u8> {
    let mut value = json!({
        "name": site.name,
        "lang": site.tag,
        "id": site.start,
        "start_url": site.start,
        "scope": site.start,
        "display": "minimal-ui",
        "icons": [{ "src": site.icon, "type": "image/svg+xml", "sizes": "any" }],
    });
    if !site.description.is_empty() {
        value["description"] = site.description.into();
    }
    let mut text = value.to_string().into_bytes();
    text.push(b'\n');
    text
}

#[cfg(test)]
mod tests {
    use super::{Manifest, manifest};

    #[test]
    fn says_what_the_site_is() {
        let site = Manifest {
            name: "“串门”",
            description: "",
            tag: "zh-Hans",
            start: "/digest/",
            icon: "/digest/icon.12345678.svg",
        };
        let text = String::from_utf8(manifest(&site)).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["name"], "“串门”");
        assert_eq!(value["start_url"], "/digest/");
        assert_eq!(value["icons"][0]["src"], "/digest/icon.12345678.svg");
        assert!(value.get("description").is_none());
    }
}
