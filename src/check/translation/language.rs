//! Text that was left in the other language.

use std::ops::Range;
use std::sync::Arc;

use super::words::{self, Word};
use crate::check::unit::{Both, Piece, is_prose};
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::msg;
use crate::parse::cjk::is_han;
use crate::parse::markdown::HoleKind;

/// Words that stand in every English sentence and in no name of a thing.
const COMMON: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "for", "from", "has", "have",
    "how", "if", "in", "is", "it", "its", "not", "of", "on", "or", "so", "that", "the", "their",
    "there", "they", "this", "to", "was", "we", "were", "what", "when", "which", "who", "will",
    "with", "you", "your",
];

/// How many English words without Chinese between them are a text, and how many of them have to be
/// common ones.
const WORDS: (usize, usize) = (6, 2);

/// How many Chinese characters in a row, outside quotation marks and brackets, are a text.
const CHARACTERS: usize = 8;

pub(super) fn check(both: &Both<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for lang in Lang::ALL {
        let version = both.version(lang);
        let notes = version.body.footnotes.iter().flat_map(|note| &note.blocks);
        for block in version.body.blocks.iter().chain(notes).filter(|block| is_prose(block)) {
            let pieces = block.sentences.iter().map(|sentence| Piece { block, sentence });
            found.extend(pieces.filter_map(|piece| check_piece(&piece, lang, &version.path)));
        }
    }
    found
}

/// What a sentence of a text in `lang` has in the other language.
pub(super) fn check_piece(piece: &Piece<'_>, lang: Lang, path: &Arc<str>) -> Option<Diagnostic> {
    let (range, message) = match lang {
        Lang::Zh => (english(piece)?, msg!("this is in English", "这里还是英文")),
        Lang::En => (chinese(piece.text())?, msg!("this is in Chinese", "这里还是中文")),
    };
    let span = piece.span(&range);
    let problem = Diagnostic::warning("wrong-language", path.clone(), span, message);
    Some(problem.help(msg!(
        "translate it, or put it into quotation marks if it is quoted",
        "请译出来；如果是引用，请加上引号"
    )))
}

/// English in a Chinese sentence: a run of words outside quotation marks that only a sentence has.
fn english(piece: &Piece<'_>) -> Option<Range<usize>> {
    let text = piece.text();
    let mut quoted = quoted(text);
    quoted.extend(titles(piece));
    let mut run: Vec<&Word<'_>> = Vec::new();
    let words = words::of_piece(piece);
    let mut found = None;
    for word in &words {
        let follows = run.last().is_some_and(|last| {
            !text[last.range.end..word.range.start]
                .chars()
                .any(|c| is_han(c) || "，。；：、？！《》".contains(c))
        });
        if !follows {
            run.clear();
        }
        if quoted.iter().any(|range| range.contains(&word.range.start)) {
            run.clear();
            continue;
        }
        run.push(word);
        let common = run.iter().filter(|word| COMMON.contains(&&*word.text.to_ascii_lowercase()));
        if run.len() >= WORDS.0 && common.count() >= WORDS.1 {
            found = Some(run[0].range.start..word.range.end);
        }
    }
    found
}

/// The texts of links in a sentence: they name pages elsewhere by their titles.
fn titles(piece: &Piece<'_>) -> Vec<Range<usize>> {
    let mut inside = false;
    let mut found = Vec::new();
    let own = &piece.sentence.range;
    for hole in &piece.block.holes {
        match &hole.kind {
            HoleKind::LinkOpen(_) => inside = true,
            HoleKind::LinkClose(_) => inside = false,
            HoleKind::Text(range) | HoleKind::Verbatim(range) if inside => {
                found.push(
                    range.start.saturating_sub(own.start)..range.end.saturating_sub(own.start),
                );
            }
            _ => {}
        }
    }
    found
}

/// Chinese in an English sentence: a run of characters outside quotation marks and brackets.
fn chinese(text: &str) -> Option<Range<usize>> {
    let quoted = quoted(text);
    let mut run: Option<Range<usize>> = None;
    let mut count = 0;
    for (at, c) in text.char_indices() {
        let inside = quoted.iter().any(|range| range.contains(&at));
        if is_han(c) && !inside {
            count += 1;
            run = Some(run.map_or(at, |run| run.start)..at + c.len_utf8());
        } else if c.is_ascii_alphabetic() || inside {
            if count >= CHARACTERS {
                break;
            }
            (run, count) = (None, 0);
        }
    }
    run.filter(|_| count >= CHARACTERS)
}

/// What stands in quotation marks, brackets and titles.
fn quoted(text: &str) -> Vec<Range<usize>> {
    const PAIRS: [(char, char); 8] = [
        ('“', '”'),
        ('「', '」'),
        ('『', '』'),
        ('《', '》'),
        ('(', ')'),
        ('（', '）'),
        ('"', '"'),
        ('‘', '’'),
    ];
    let mut found = Vec::new();
    for (open, close) in PAIRS {
        let mut from = 0;
        while let Some(start) = text[from..].find(open).map(|at| from + at) {
            let inside = start + open.len_utf8();
            let Some(end) = text[inside..].find(close).map(|at| inside + at) else { break };
            found.push(start..end);
            from = end + close.len_utf8();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::chinese;

    #[test]
    fn a_gloss_is_no_text() {
        assert_eq!(chinese("It is called 疯四文学 here."), None);
        assert_eq!(chinese("It is called “今天是疯狂星期四快来” here."), None);
        let left = "这一句忘了翻译，还是中文。";
        assert_eq!(chinese(left).map(|range| &left[range]), Some("这一句忘了翻译，还是中文"));
    }
}
