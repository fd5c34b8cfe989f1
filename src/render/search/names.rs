//! The names of the glossary's terms, as the page compares them with a query.

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::model::glossary::Entry;
use crate::model::glossary::fold::fold;
use crate::parse::term::Term;

/// A term: its names in Chinese and English, its pinyin in syllables, its other names, and how
/// often texts use it, which decides between terms that a query suits alike.
#[derive(Serialize)]
pub struct Names(String, String, String, Vec<String>, usize);

/// The names of a term.
pub fn names(entry: &Entry, uses: usize) -> Names {
    let Term { zh, en, pinyin, aliases, avoid, .. } = &entry.term;
    let zh = zh.clone().unwrap_or_default();
    let pinyin = pinyin.as_deref().map_or_else(String::new, |pinyin| syllables(pinyin, &zh));
    let others = [&aliases.zh, &aliases.en, &avoid.zh, &avoid.en].into_iter().flatten();
    Names(zh, en.clone().unwrap_or_default(), pinyin, others.cloned().collect(), uses)
}

/// Pinyin without tones and with a space between its syllables: `Xiǎohóngshū yuánzhùmín` becomes
/// `xiao hong shu yuan zhu min`. Latin words of the name itself (`TikTok`) stay whole.
///
/// By the rules of the orthography (GB/T 16159) no table of syllables is needed: one that begins
/// with a vowel inside a word has an apostrophe before it, so each of the others begins at the
/// consonant before its vowels.
fn syllables(pinyin: &str, name: &str) -> String {
    let name: String = name.chars().map(fold).collect();
    let latin: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let letters: String = pinyin
        .replace(['ü', 'Ü', 'ǖ', 'ǘ', 'ǚ', 'ǜ'], "v")
        .nfd()
        .filter(|c| !is_mark(*c))
        .collect();
    let mut out: Vec<String> = Vec::new();
    for word in letters.split(|c: char| !c.is_alphanumeric()) {
        let word = word.to_lowercase();
        if latin.contains(&word.as_str()) {
            out.push(word);
            continue;
        }
        let chars: Vec<char> = word.chars().collect();
        let vowel = |at: usize| chars.get(at).is_some_and(|c| "aeiouv".contains(*c));
        let mut from = 0;
        for at in 1..chars.len() {
            let double = chars[at] == 'h' && matches!(chars[at - 1], 'z' | 'c' | 's');
            let start = if double { at - 1 } else { at };
            if !vowel(at) && vowel(at + 1) && start > from {
                out.push(chars[from..start].iter().collect());
                from = start;
            }
        }
        out.push(chars[from..].iter().collect());
    }
    out.retain(|syllable| !syllable.is_empty());
    out.join(" ")
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinyin_is_divided_into_syllables() {
        let cases = [
            ("māo shuì", "猫税", "mao shui"),
            ("Xiǎohóngshū yuánzhùmín", "小红书原住民", "xiao hong shu yuan zhu min"),
            ("TikTok nànmín", "TikTok 难民", "tiktok nan min"),
            ("V wǔshí", "V50", "v wu shi"),
            ("fēngsì wénxué", "疯四文学", "feng si wen xue"),
            ("Xī'ān", "西安", "xi an"),
            ("fāngàn", "方案", "fan gan"),
            ("fāng’àn", "方案", "fang an"),
            ("kuàjìng diànshāng", "跨境电商", "kua jing dian shang"),
            ("lǜsè nǚháir", "绿色女孩儿", "lv se nv hair"),
            ("értóng", "儿童", "er tong"),
            ("", "", ""),
        ];
        for (pinyin, name, divided) in cases {
            assert_eq!(syllables(pinyin, name), divided, "{pinyin}");
        }
    }
}
