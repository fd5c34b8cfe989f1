//! By which rules Markdown is read.

use pulldown_cmark::Options;
use serde::Serialize;

use crate::config::{Markdown, RawHtml};
use crate::lang::Lang;

/// By which rules a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// The extensions to CommonMark, all together.
    pub extensions: bool,
    /// Straight quotation marks, `--` and `...` made typographic in English text.
    pub smart: bool,
    /// Formulas between dollar signs.
    pub math: bool,
    /// Code in colour.
    pub highlight: bool,
    /// Anchors on headings.
    pub heading_ids: bool,
    /// What becomes of raw HTML.
    pub html: RawHtml,
    /// HTML comments that stand alone, kept in what is written.
    pub comments: bool,
}

impl Rules {
    /// CommonMark alone, as its specification has it, but for emphasis beside Chinese.
    pub const COMMONMARK: Rules = Rules {
        extensions: false,
        smart: false,
        math: false,
        highlight: false,
        heading_ids: false,
        html: RawHtml::Keep,
        comments: true,
    };

    /// All that `gen` adds.
    pub const ALL: Rules = Rules {
        extensions: true,
        smart: true,
        math: true,
        highlight: true,
        heading_ids: true,
        html: RawHtml::Keep,
        comments: true,
    };

    /// Those of a site.
    pub fn of(settings: &Markdown) -> Rules {
        Rules {
            smart: settings.smart_punctuation,
            math: settings.math,
            highlight: settings.highlight,
            html: settings.html,
            comments: false,
            ..Rules::ALL
        }
    }

    pub(super) fn options(self, lang: Lang) -> Options {
        let mut options = Options::empty();
        if self.extensions {
            options |= Options::ENABLE_TABLES
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_GFM
                | Options::ENABLE_DEFINITION_LIST
                | Options::ENABLE_HEADING_ATTRIBUTES
                | Options::ENABLE_WIKILINKS;
        }
        options.set(Options::ENABLE_MATH, self.math);
        options.set(Options::ENABLE_SMART_PUNCTUATION, self.smart && lang == Lang::En);
        options
    }
}
