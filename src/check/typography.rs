//! How texts are written: punctuation, quotation marks, spaces and widths, and mark-up that shows as
//! it stands.
//!
//! The rules for Chinese are those of GB/T 15834—2011, 标点符号用法 (“Use of punctuation marks”), where no
//! other source is named. Each rule is one file that looks at a [`Line`]; what it finds carries the
//! changes that mend it, where there is only one way to do so.

mod english;
mod line;
mod markup;
#[cfg(test)]
mod pieces;
mod punctuation;
mod quotes;
mod runs;
mod spacing;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::written::Written;
use crate::config::Quotes;
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::model::site::Site;
use line::Line;
use spacing::Spaces;

/// What a site holds its texts to.
pub(super) struct Style {
    /// What stands between Chinese and Latin.
    spaces: Spaces,
    /// Which quotation marks Chinese has.
    quotes: Quotes,
}

impl Style {
    /// The style that book.toml sets, and where it is silent, that of the texts.
    fn of(site: &Site<'_>, written: &[Written<'_>]) -> Style {
        let settings = &site.config.typography;
        let tag = &site.config.languages.zh.tag;
        let names = site.words.glossary.terms.iter().flat_map(|entry| entry.names());
        Style {
            spaces: Spaces::of(settings.spacing, names, || chinese(written)),
            quotes: settings.quotes.unwrap_or_else(|| quotes::usual(tag)),
        }
    }
}

/// Looks at all texts.
pub(super) fn check(site: &Site<'_>, written: &[Written<'_>]) -> Vec<Diagnostic> {
    let style = Style::of(site, written);
    written.par_iter().flat_map_iter(|file| of_file(file, &style)).collect()
}

fn of_file(file: &Written<'_>, style: &Style) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for leaf in file.leaves() {
        let line = Line::of(file.path, &leaf.glyphs);
        match leaf.lang {
            Some(Lang::Zh) if line.is_chinese() => {
                punctuation::check(&line, &mut found);
                runs::check(&line, &mut found);
                quotes::check(&line, style.quotes, &mut found);
                spacing::check(&line, &style.spaces, &mut found);
            }
            Some(Lang::En) => english::check(&line, &mut found),
            _ => {}
        }
        runs::letters(&line, &mut found);
        markup::check(&line, &mut found);
    }
    found
}

/// The Chinese texts among those of a site.
fn chinese<'a>(written: &'a [Written<'_>]) -> impl Iterator<Item = Line<'a>> {
    let leaves = written.iter().flat_map(|file| file.leaves().map(move |leaf| (file, leaf)));
    let leaves = leaves.filter(|(_, leaf)| leaf.lang == Some(Lang::Zh));
    leaves.map(|(file, leaf)| Line::of(file.path, &leaf.glyphs)).filter(Line::is_chinese)
}
