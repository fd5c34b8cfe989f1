//! New articles and sections: their files side by side, from archetypes.

use serde::Serialize;

use super::archetype::Archetypes;
use super::name::{self, Told};
use super::{Made, Names};
use crate::date::Date;
use crate::diag::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::msg;

/// Which files an article has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `momo.zh.md` and `momo.en.md`.
    Two,
    /// The same in a folder of the article's own: `momo/index.zh.md`, `momo/index.en.md`.
    Folder,
    /// `momo.md`, which holds both languages.
    One,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewPage<'a> {
    /// A path of slugs, `2025/momo`, or a title.
    pub name: Option<&'a str>,
    /// The title in each language in which it was given.
    pub titles: Names,
    /// The section, where the name does not say it.
    pub section: Option<&'a str>,
    /// The archetype's name.
    pub kind: &'a str,
    /// The date of the article.
    pub date: Date,
    /// The content folder.
    pub src: &'a str,
    /// The language whose file says what both share.
    pub lead: Lang,
}

/// What archetypes of pages may use.
#[derive(Serialize)]
struct Values<'a> {
    title: &'a PerLang<String>,
    given: PerLang<bool>,
    slug: &'a str,
    section: &'a str,
    date: String,
    lead: Lang,
}

/// The files of a new article.
pub fn article(
    new: &NewPage<'_>,
    form: Form,
    archetypes: &Archetypes,
) -> Result<Vec<Made>, Box<Diagnostic>> {
    let (folder, slug, names) = placed(new)?;
    let at = joined(&[new.src, &folder, &slug]);
    match form {
        Form::One => {
            filled(new, (&folder, &slug, &names), archetypes, &[(".md", format!("{at}.md"))])
        }
        Form::Two | Form::Folder => {
            let stem = if form == Form::Folder { format!("{at}/index") } else { at };
            let files = [(".zh.md", format!("{stem}.zh.md")), (".en.md", format!("{stem}.en.md"))];
            filled(new, (&folder, &slug, &names), archetypes, &files)
        }
    }
}

/// The files of a new section: its title, and room for a text.
pub fn section(new: &NewPage<'_>, archetypes: &Archetypes) -> Result<Vec<Made>, Box<Diagnostic>> {
    let (folder, slug, names) = placed(new)?;
    let stem = joined(&[new.src, &folder, &slug, "_index"]);
    let files = [(".zh.md", format!("{stem}.zh.md")), (".en.md", format!("{stem}.en.md"))];
    filled(new, (&folder, &slug, &names), archetypes, &files)
}

fn filled(
    new: &NewPage<'_>,
    (section, slug, names): (&str, &str, &Names),
    archetypes: &Archetypes,
    files: &[(&str, String)],
) -> Result<Vec<Made>, Box<Diagnostic>> {
    let title = name::titles(names, slug);
    let given = PerLang::from_fn(|lang| names.get(lang).is_some());
    let values =
        Values { title: &title, given, slug, section, date: new.date.day(), lead: new.lead };
    let fill =
        |(ending, path): &(&str, String)| archetypes.fill(new.kind, ending, path.clone(), &values);
    files.iter().map(fill).collect()
}

/// The folder inside the content folder, the slug and the titles of a page.
fn placed(new: &NewPage<'_>) -> Result<(String, String, Names), Box<Diagnostic>> {
    let mut names = new.titles.clone();
    let (mut folder, mut slug) = ("", None);
    match new.name.map(name::told) {
        Some(Told::Path(within, own)) => (folder, slug) = (within, Some(own.to_owned())),
        Some(Told::Title(within, title, lang)) => {
            folder = within;
            names.get_mut(lang).get_or_insert_with(|| title.to_owned());
        }
        None if names.zh.is_none() && names.en.is_none() => return Err(Box::new(nameless())),
        None => {}
    }
    let section = new.section.unwrap_or("").trim_matches('/');
    if !section.is_empty() && !section.split('/').all(is_folder) {
        return Err(Box::new(bad_section(section)));
    }
    let slug = slug.map_or_else(|| name::slug(&names), Ok)?;
    Ok((joined(&[section, folder]), slug, names))
}

/// Whether a name can be that of a folder of content, in any language.
fn is_folder(name: &str) -> bool {
    let odd = |c: char| c.is_control() || r#"\:*?"<>|"#.contains(c);
    !name.is_empty() && !name.starts_with('.') && !name.contains(odd) && !name.ends_with(['.', ' '])
}

/// The parts of a path that are not empty, with `/` between.
fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/")
}

fn nameless() -> Diagnostic {
    let text = msg!("what is it called?", "它叫什么？");
    Diagnostic::error("no-slug", ".", None, text).help(msg!(
        "write a path, such as 2025/cat-tax, or a title",
        "请写一个路径，例如 2025/cat-tax，或者一个标题"
    ))
}

fn bad_section(section: &str) -> Diagnostic {
    let text = msg!("“{section}” cannot be a folder of the site", "“{section}”不能作站点的文件夹");
    Diagnostic::error("no-slug", ".", None, text)
        .help(msg!("write a path such as 2025/january", "请写 2025/january 这样的路径"))
}
