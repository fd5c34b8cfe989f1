//! Names for files, addresses and ids out of titles.

use unicode_normalization::UnicodeNormalization;

use super::Names;
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::model::reading;
use crate::msg;
use crate::parse::cjk::is_han;

/// Whether a text can stand in an address as it is: lower-case letters a–z, digits, single hyphens.
pub(super) fn is_slug(text: &str) -> bool {
    !text.is_empty() && of_latin(text) == text
}

/// What an argument without a key is: a path of slugs, or a title in the language of its script.
pub(super) enum Told<'a> {
    /// `2025/momo`: the folder, empty at the top, and the slug.
    Path(&'a str, &'a str),
    /// The folder, where one stands before it, and a title in the language of its script.
    Title(&'a str, &'a str, Lang),
}

/// Tells a path from a title.
pub(super) fn told(text: &str) -> Told<'_> {
    let path = text.trim_matches('/');
    if path.split('/').all(is_slug) {
        let (folder, slug) = path.rsplit_once('/').unwrap_or(("", path));
        return Told::Path(folder, slug);
    }
    // `2026/猫税`, but not `AC/DC`.
    let inside = text.rsplit_once('/').filter(|(folder, _)| folder.split('/').all(is_slug));
    let (folder, title) = inside.unwrap_or(("", text));
    Told::Title(folder, title.trim(), lang_of(title))
}

/// The language of a name by its script.
pub(super) fn lang_of(text: &str) -> Lang {
    if text.chars().any(is_han) { Lang::Zh } else { Lang::En }
}

/// The slug of a title: from the English one, else from the Chinese one by its pinyin.
pub(super) fn slug(names: &Names) -> Result<String, Box<Diagnostic>> {
    let each = [names.en.as_deref(), names.zh.as_deref()];
    let found = each.into_iter().flatten().map(of_title).find(|slug| !slug.is_empty());
    found.ok_or_else(|| {
        let text = msg!(
            "no address can be made of this title: it has no letters, digits or Chinese characters",
            "这个标题里没有字母、数字或汉字，无法用来作地址"
        );
        let help =
            msg!("name it yourself, such as 2025/cat-tax", "请自己起一个名字，例如 2025/cat-tax");
        Box::new(Diagnostic::error("no-slug", ".", None, text).help(help))
    })
}

/// The titles of a page, with one in each language: the given one, else that of the other language,
/// else the words of the slug.
pub(super) fn titles(names: &Names, slug: &str) -> PerLang<String> {
    let words = slug.replace('-', " ");
    let mut chars = words.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let words = first + chars.as_str();
    PerLang::from_fn(|lang| names.either(lang).cloned().unwrap_or_else(|| words.clone()))
}

fn of_title(title: &str) -> String {
    if !title.chars().any(is_han) {
        return of_latin(title);
    }
    of_latin(&reading::spelled(title))
}

/// Latin letters without their marks and digits, in lower case, with a hyphen for what is between;
/// an apostrophe parts nothing.
fn of_latin(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}'));
    let plain: String = plain.collect();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::{is_slug, slug};
    use crate::lang::PerLang;

    #[test]
    fn titles_become_slugs() {
        let cases = [
            ("", "Cat Tax", "cat-tax"),
            ("猫税", "Cat Tax", "cat-tax"),
            ("猫税", "", "mao-shui"),
            ("TikTok 难民", "", "tiktok-nan-min"),
            ("星期四，V 我 50", "It’s Thursday, V Me 50", "its-thursday-v-me-50"),
            ("绿茶", "", "lu-cha"),
            ("", "Café — très bon!", "cafe-tres-bon"),
            ("猫税", "！！", "mao-shui"),
        ];
        for (zh, en, expected) in cases {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let names = PerLang { zh: some(zh), en: some(en) };
            assert_eq!(slug(&names).unwrap(), expected, "{zh} {en}");
        }
        let none = PerLang { zh: None, en: Some("！？".to_owned()) };
        assert!(slug(&none).is_err());
    }

    #[test]
    fn slugs_are_known() {
        for (text, expected) in
            [("momo", true), ("v50", true), ("cat-tax", true), ("Momo", false), ("a--b", false)]
        {
            assert_eq!(is_slug(text), expected, "{text}");
        }
    }
}
