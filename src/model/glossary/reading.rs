//! How a Chinese name is read, where the author did not say.
//!
//! pinyin-converter knows words and reads the characters between them one by one; its list of
//! characters with several readings counts archaic ones too (猫 has three, 税 four), so the
//! everyday ones are listed here, after the polyphones of the 现代汉语词典 that differ in more
//! than a neutral tone.

use super::fold::fold;
use crate::model::reading::{Piece, pieces};
use crate::parse::cjk::is_han;

/// Characters with several readings in everyday use, simplified.
const SEVERAL: &str = "阿挨熬扒膀薄剥背奔便别泊参藏曾差查禅颤长场朝车称乘澄冲臭处畜传创绰伺攒答\
    待单当倒得的地调钉都斗度囤恶发坊分缝佛否杠葛给更供勾冠龟还汗好号喝和核荷横哄华划会混几济系\
    假间监见将降强教觉角校结解尽禁劲卷倔圈卡看壳空落乐勒累量了论露率绿笼埋脉没闷蒙模磨抹难宁弄\
    迫炮泡片漂撇屏仆朴铺曝奇栖悄翘切亲曲雀塞散丧扫色刹煞扇折舍什省盛石似识属数说宿踏提帖通同吐\
    为吓鲜相削行血旋殷应与晕载择扎轧炸粘涨着正症只种中重转作钻琢仔";

/// A reading, and what is not sure about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// Syllables with tone marks between spaces; Latin parts as they are.
    pub pinyin: String,
    /// Characters outside known words that have several readings, or none.
    pub unsure: Vec<char>,
}

/// Reads a name, if it has Chinese characters.
pub(super) fn read(name: &str) -> Option<Reading> {
    if !name.chars().any(is_han) {
        return None;
    }
    let mut syllables = Vec::new();
    let mut unsure = Vec::new();
    for Piece { text, pinyin } in pieces(name) {
        if let Some(c) = single(&text)
            && (pinyin == text || SEVERAL.contains(fold(c)))
        {
            unsure.push(c);
        } else {
            unsure.extend(text.chars().filter(|c| is_han(*c) && pinyin.contains(*c)));
        }
        if text.chars().any(char::is_alphanumeric) {
            syllables.push(pinyin);
        }
    }
    Some(Reading { pinyin: syllables.join(" "), unsure })
}

/// The character of a text that is one Chinese character.
fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|c| is_han(*c) && chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names() {
        let cases = [
            ("猫税", "māo shuì", ""),
            ("单于", "chán yú", ""),
            ("行长", "háng zhǎng", ""),
            ("银行行长", "yín háng háng zhǎng", ""),
            ("重庆", "chóng qìng", ""),
            ("音乐", "yīn yuè", ""),
            ("反向出海", "fǎn xiàng chū hǎi", ""),
            ("TikTok 难民", "TikTok nàn mín", ""),
            ("TikTok难民", "TikTok nàn mín", ""),
            ("momo头像", "momo tóu xiàng", ""),
            ("V50", "", ""),
            ("momo", "", ""),
            ("", "", ""),
            ("“猫”税", "māo shuì", ""),
            ("卷", "juǎn", "卷"),
            ("长薯", "zhǎng shǔ", "长"),
            ("V我五十", "V wǒ wǔ shí", ""),
        ];
        for (name, pinyin, unsure) in cases {
            let reading = read(name);
            let unsure_found: String = reading.iter().flat_map(|r| &r.unsure).collect();
            assert_eq!(reading.map_or(String::new(), |r| r.pinyin), pinyin, "{name}");
            assert_eq!(unsure_found, unsure, "{name}");
        }
    }
}
