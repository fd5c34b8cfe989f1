//! Settings of languages, lists, Markdown, the glossary, feeds and search.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

use crate::lang::PerLang;
use crate::text::Text;

/// Lets keys be left out whose defaults depend on where the table stands.
fn all_optional(schema: &mut Schema) {
    schema.remove("required");
}

/// The two languages of the site.
pub type Languages = PerLang<Language>;

/// A language of the site.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(transform = all_optional)]
pub struct Language {
    /// The BCP 47 tag for `lang` and `hreflang`: `zh-Hans` and `en` where it is left out.
    pub tag: String,
    /// The name of the language in itself: `中文` and `English` where it is left out.
    pub name: String,
}

/// What articles are grouped by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Taxonomies {
    /// Tags: what an article talks about.
    pub tags: Taxonomy,
    /// Categories: which kind of article it is.
    pub categories: Taxonomy,
    /// Issues: which number of the digest it appeared in.
    pub issues: Taxonomy,
}

impl Default for Taxonomies {
    fn default() -> Self {
        let taxonomy =
            |zh, en, feed| Taxonomy { name: Text::each(zh, en), terms: BTreeMap::new(), feed };
        Taxonomies {
            tags: taxonomy("标签", "Tags", true),
            categories: taxonomy("分类", "Categories", false),
            issues: taxonomy("期", "Issues", false),
        }
    }
}

/// One thing that articles are grouped by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(transform = all_optional)]
pub struct Taxonomy {
    /// Its name: `标签` and `Tags`, `分类` and `Categories`, `期` and `Issues` where left out.
    pub name: Text,
    /// The names of its terms: `memes = { zh = "梗图", en = "Memes" }`.
    pub terms: BTreeMap<String, Text>,
    /// Whether each term has a feed. Left out: tags have, the others have not.
    pub feed: bool,
}

/// How terms of the glossary are linked in articles.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Glossary {
    /// Which occurrences of a term become links.
    pub link: GlossaryLink,
    /// The names of the categories of terms: `slang = { zh = "俚语", en = "Slang" }`.
    pub categories: BTreeMap<String, Text>,
    /// The files in which the whole glossary is published beside its page.
    pub exports: Vec<GlossaryExport>,
    /// The files in which the words of each article are published beside it.
    pub article_exports: Vec<VocabularyExport>,
}

/// A file that holds the whole glossary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GlossaryExport {
    /// `glossary/glossary.json`: for programs.
    Json,
    /// `glossary/glossary.csv`: for spreadsheets.
    Csv,
    /// `glossary/glossary.tbx`: for terminology tools.
    Tbx,
    /// `glossary/glossary.jsonld`: a DefinedTermSet of schema.org.
    Jsonld,
    /// `glossary/anki.txt`: for learners, in Anki.
    Anki,
}

impl GlossaryExport {
    /// The name of the file in the folder of the glossary.
    pub fn file(self) -> &'static str {
        match self {
            GlossaryExport::Json => "glossary.json",
            GlossaryExport::Csv => "glossary.csv",
            GlossaryExport::Tbx => "glossary.tbx",
            GlossaryExport::Jsonld => "glossary.jsonld",
            GlossaryExport::Anki => "anki.txt",
        }
    }
}

/// A file that holds the words of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VocabularyExport {
    /// `anki.txt`: for learners, in Anki.
    Anki,
    /// `vocabulary.csv`: for spreadsheets.
    Csv,
    /// `vocabulary.json`: for programs.
    Json,
}

impl VocabularyExport {
    /// The name of the file in the folder of the article's page.
    pub fn file(self) -> &'static str {
        match self {
            VocabularyExport::Anki => "anki.txt",
            VocabularyExport::Csv => "vocabulary.csv",
            VocabularyExport::Json => "vocabulary.json",
        }
    }
}

/// Which occurrences of a term become links.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GlossaryLink {
    /// The first one in an article.
    #[default]
    First,
    /// The first one in each section of an article.
    Section,
    /// Every one.
    Every,
    /// None; links by hand remain.
    Never,
}

/// How Markdown is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Markdown {
    /// Whether straight quotes, `--` and `...` become typographic marks, in English text only.
    pub smart_punctuation: bool,
    /// Whether code is highlighted.
    pub highlight: bool,
    /// Whether `$…$` and `$$…$$` are formulas.
    pub math: bool,
    /// What becomes of raw HTML.
    pub html: RawHtml,
}

/// What becomes of raw HTML in Markdown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawHtml {
    /// It is the author's, and stays as it is.
    #[default]
    Keep,
    /// Only harmless elements and attributes stay: for texts from others.
    Sanitize,
    /// It is shown as text.
    Escape,
}

impl Default for Markdown {
    fn default() -> Self {
        Markdown { smart_punctuation: true, highlight: true, math: true, html: RawHtml::Keep }
    }
}

/// How texts are set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Typography {
    /// What pinyin is written over in Chinese texts; readers switch it on.
    pub pinyin: Pinyin,
    /// What stands between Chinese characters and Latin letters or digits in the files, for
    /// `gen check`. Left out: what stands in most places, found for letters and for digits apart.
    pub spacing: Option<Spacing>,
    /// Which quotation marks Chinese texts have, for `gen check`. Left out: `corner` where the tag of
    /// the language says traditional characters (`zh-Hant`, `zh-TW`, `zh-HK`), else `curly`.
    pub quotes: Option<Quotes>,
}

/// What stands between Chinese characters and Latin letters or digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spacing {
    /// A space.
    Space,
    /// Nothing.
    None,
}

/// Which quotation marks Chinese texts have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Quotes {
    /// “ ” and ‘ ’.
    Curly,
    /// 「 」 and 『 』.
    Corner,
    /// Any of them, but no straight ones.
    Any,
}

/// What pinyin is written over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pinyin {
    /// The terms that are linked.
    #[default]
    Terms,
    /// Every word.
    All,
    /// Nothing.
    None,
}

/// How the two versions of a text are paired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Align {
    /// A Chinese–English dictionary in the format of CC-CEDICT, in place of the one that is built in: a
    /// file, by its path from the folder of book.toml.
    pub dictionary: Option<String>,
    /// How sure the pairing of sentences has to be for the page to light them up together, from 0 to 1.
    #[schemars(range(min = 0, max = 1))]
    pub confidence: f32,
    /// Whether the pairs that are sure are published as a translation memory: `memory.tmx`.
    pub memory: bool,
}

impl Default for Align {
    fn default() -> Self {
        Align { dictionary: None, confidence: 0.5, memory: false }
    }
}

/// Atom and JSON feeds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Feed {
    /// How many articles a feed holds.
    #[schemars(range(min = 1, max = 1000))]
    pub limit: usize,
    /// Whether feeds hold whole articles; else their summaries.
    pub full_text: bool,
}

impl Default for Feed {
    fn default() -> Self {
        Feed { limit: 20, full_text: true }
    }
}

/// Search in the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Search {
    /// Whether the site has a page to search it, and the index that the page reads.
    pub enable: bool,
}

impl Default for Search {
    fn default() -> Self {
        Search { enable: true }
    }
}

/// What the site's own templates and its pictures may take, so that a loop without end fails with its place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Limits {
    /// How many steps the templates may take for one page, and the shortcodes for one text: turns of
    /// loops, values that are given a name, calls of components, includes; more for those that hold
    /// much text.
    #[schemars(range(min = 1000))]
    pub template_steps: u64,
    /// How many bytes of text the templates may make for one page, in addition to four times its
    /// article. The shortcodes of one text may make a quarter of it.
    #[schemars(range(min = 1000))]
    pub template_bytes: usize,
    /// How many million pixels a picture may have. One million take up to 16 MB while smaller ones are made
    /// from it; of large ones, one is read at a time.
    #[schemars(range(min = 1, max = 1000))]
    pub image_megapixels: u64,
}

impl Limits {
    /// Enough for whatever the built-in theme does.
    pub const NONE: Limits =
        Limits { template_steps: u64::MAX, template_bytes: usize::MAX, image_megapixels: u64::MAX };
}

impl Default for Limits {
    fn default() -> Self {
        Limits { template_steps: 2_000_000, template_bytes: 16 << 20, image_megapixels: 100 }
    }
}
