//! Settings of the site: what it is, where it is published.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::policy;
use crate::lang::Lang;
use crate::text::Text;

/// What the site is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Book {
    /// The name of the site.
    pub title: Text,
    /// What the site is about, in a sentence or two: for search engines and feeds.
    pub description: Text,
    /// Who makes the site.
    pub authors: Vec<String>,
    /// The folder of articles, beside book.toml.
    pub src: String,
    /// The symbolic links that may lead out of the site's folder, by their paths from there:
    /// `["static/photos"]`. What is in a folder that such a link leads to is read as if it stood there;
    /// all others that lead out are errors. Pipes, sockets and devices are never read.
    pub outside_links: Vec<String>,
    /// The default language: its pages are the canonical ones of the side-by-side view, and
    /// what readers of any third language are sent to.
    pub language: Lang,
}

impl Book {
    /// The folder of articles as paths of files begin: no `./` in front, no `/` at the end.
    pub fn folder(&self) -> String {
        let parts = self.src.split('/').filter(|part| !matches!(*part, "" | "."));
        parts.collect::<Vec<_>>().join("/")
    }
}

impl Default for Book {
    fn default() -> Self {
        Book {
            title: Text::each("文摘", "Digest"),
            description: Text::default(),
            authors: Vec::new(),
            src: "content".to_owned(),
            outside_links: Vec::new(),
            language: Lang::Zh,
        }
    }
}

/// How the site is built.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Build {
    /// The folder that is written, beside book.toml.
    pub build_dir: String,
}

impl Default for Build {
    fn default() -> Self {
        Build { build_dir: "public".to_owned() }
    }
}

/// How `gen serve` shows the site to its writers. Nothing here changes what is published.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Serve {
    /// The address that opens a file in an editor, for the errors shown over a page:
    /// `vscode://file/{path}:{line}:{column}`. `{path}`, `{line}` and `{column}` are filled in.
    pub editor: Option<String>,
}

/// What is written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Output {
    /// The site.
    pub html: Html,
}

/// The site as HTML.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Html {
    /// Where the site is published: `https://example.org/digest/`, or its path alone, `/digest/`.
    /// Left out: `/`.
    pub site_url: Option<String>,
    /// The host name for the `CNAME` file of GitHub Pages.
    pub cname: Option<String>,
    /// The repository of the site, linked from every page.
    pub git_repository_url: Option<String>,
    /// Where a page's source can be edited; `{path}` stands for the path of its file.
    pub edit_url_template: Option<String>,
    /// Further style sheets, after the theme's: paths in `static/`.
    pub additional_css: Vec<String>,
    /// Further scripts, after the theme's: paths in `static/`.
    pub additional_js: Vec<String>,
    /// What browsers let pages do, as a Content Security Policy: by default scripts run only from files
    /// of the site. An empty one is none.
    pub content_security_policy: String,
    /// How many articles a page of a list shows; 0 shows all.
    #[schemars(range(min = 0, max = 1000))]
    pub paginate_by: usize,
    /// How lists in the other language treat a page that exists in one language.
    pub one_language: OneLanguage,
    /// How many related articles are shown below an article; 0 shows none.
    #[schemars(range(min = 0, max = 100))]
    pub related: usize,
    /// The pictures of articles in several sizes.
    pub images: Images,
}

impl Default for Html {
    fn default() -> Self {
        Html {
            site_url: None,
            cname: None,
            git_repository_url: None,
            edit_url_template: None,
            additional_css: Vec::new(),
            additional_js: Vec::new(),
            content_security_policy: policy::DEFAULT.to_owned(),
            paginate_by: 20,
            one_language: OneLanguage::Mark,
            related: 4,
            images: Images::default(),
        }
    }
}

/// The pictures of articles in several sizes: browsers load the one that fits. They are WebP, stand beside the
/// picture that they are made from, and are neither wider than it nor longer in bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Images {
    /// How wide they are, in pixels. An empty list makes none.
    #[schemars(length(max = 16), inner(range(min = 16, max = 16383)))]
    pub widths: Vec<u32>,
    /// How good they are, from 1 to 100, as WebP counts: 80 can hardly be told from the picture itself.
    #[schemars(range(min = 1, max = 100))]
    pub quality: u8,
    /// How wide a picture is shown, as HTML has it in `sizes`: a theme with wider columns says so here.
    pub sizes: String,
}

impl Default for Images {
    fn default() -> Self {
        Images {
            widths: vec![400, 800, 1200, 1600],
            quality: 80,
            sizes: "(min-width: 40rem) 38rem, 100vw".to_owned(),
        }
    }
}

/// How lists in the other language treat a page that exists in one language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OneLanguage {
    /// They show it, with its language marked.
    #[default]
    Mark,
    /// They leave it out.
    Hide,
}
