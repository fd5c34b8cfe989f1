//! The fields of a term as a flat list: the columns of a table, what two versions of a term differ in.

use crate::date::Date;
use crate::diag::Message;
use crate::lang::Lang;
use crate::msg;
use crate::parse::term::Term;

/// A field of a term, by its key in glossary.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// `id`
    Id,
    /// `zh`
    Zh,
    /// `en`
    En,
    /// `pinyin`
    Pinyin,
    /// `part_of_speech`
    PartOfSpeech,
    /// `category`
    Category,
    /// `definition.zh`
    DefinitionZh,
    /// `definition.en`
    DefinitionEn,
    /// `aliases.zh`
    AliasesZh,
    /// `aliases.en`
    AliasesEn,
    /// `avoid.zh`
    AvoidZh,
    /// `avoid.en`
    AvoidEn,
    /// `see`
    See,
    /// `sources`
    Sources,
    /// `first_seen`
    FirstSeen,
    /// `known`
    Known,
}

impl Field {
    /// All fields, in the order of columns and of new terms in glossary.toml.
    pub const ALL: [Field; 16] = [
        Field::Id,
        Field::Zh,
        Field::En,
        Field::Pinyin,
        Field::PartOfSpeech,
        Field::Category,
        Field::DefinitionZh,
        Field::DefinitionEn,
        Field::AliasesZh,
        Field::AliasesEn,
        Field::AvoidZh,
        Field::AvoidEn,
        Field::See,
        Field::Sources,
        Field::FirstSeen,
        Field::Known,
    ];

    /// The key in glossary.toml, and the name of the column.
    pub fn name(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Zh => "zh",
            Field::En => "en",
            Field::Pinyin => "pinyin",
            Field::PartOfSpeech => "part_of_speech",
            Field::Category => "category",
            Field::DefinitionZh => "definition.zh",
            Field::DefinitionEn => "definition.en",
            Field::AliasesZh => "aliases.zh",
            Field::AliasesEn => "aliases.en",
            Field::AvoidZh => "avoid.zh",
            Field::AvoidEn => "avoid.en",
            Field::See => "see",
            Field::Sources => "sources",
            Field::FirstSeen => "first_seen",
            Field::Known => "known",
        }
    }

    /// Whether it may hold several values.
    pub fn is_list(self) -> bool {
        use Field::{AliasesEn, AliasesZh, AvoidEn, AvoidZh, Known, See, Sources};
        matches!(self, AliasesZh | AliasesEn | AvoidZh | AvoidEn | See | Sources | Known)
    }

    /// What a term says: no value, one, or in a list several. White space around values is no part
    /// of them, and a value without anything else is none.
    pub fn of(self, term: &Term) -> Vec<String> {
        let one = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
        let values = match self {
            Field::Id => vec![term.id.clone()],
            Field::Zh => one(&term.zh),
            Field::En => one(&term.en),
            Field::Pinyin => one(&term.pinyin),
            Field::PartOfSpeech => one(&term.part_of_speech),
            Field::Category => one(&term.category),
            Field::DefinitionZh => one(&term.definition.zh),
            Field::DefinitionEn => one(&term.definition.en),
            Field::AliasesZh => term.aliases.zh.clone(),
            Field::AliasesEn => term.aliases.en.clone(),
            Field::AvoidZh => term.avoid.zh.clone(),
            Field::AvoidEn => term.avoid.en.clone(),
            Field::See => term.see.clone(),
            Field::Sources => term.sources.clone(),
            Field::FirstSeen => term.first_seen.iter().map(Date::iso).collect(),
            Field::Known => term.known.iter().map(|lang| lang.key().to_owned()).collect(),
        };
        clean(&values)
    }

    /// Makes a term say something. The only values that can be wrong are dates and languages; of
    /// several values a field that is no list takes the first.
    pub fn set(self, term: &mut Term, values: &[String]) -> Result<(), Message> {
        let values = clean(values);
        let first = values.first().cloned();
        match self {
            Field::Id => term.id = first.unwrap_or_default(),
            Field::Zh => term.zh = first,
            Field::En => term.en = first,
            Field::Pinyin => term.pinyin = first,
            Field::PartOfSpeech => term.part_of_speech = first,
            Field::Category => term.category = first,
            Field::DefinitionZh => term.definition.zh = first,
            Field::DefinitionEn => term.definition.en = first,
            Field::AliasesZh => term.aliases.zh = values,
            Field::AliasesEn => term.aliases.en = values,
            Field::AvoidZh => term.avoid.zh = values,
            Field::AvoidEn => term.avoid.en = values,
            Field::See => term.see = values,
            Field::Sources => term.sources = values,
            Field::FirstSeen => {
                term.first_seen = first.map(|text| date(&text)).transpose()?;
            }
            Field::Known => term.known = values.iter().map(language).collect::<Result<_, _>>()?,
        }
        Ok(())
    }
}

/// A date as glossary.toml has it, or as spreadsheets write it once they took it for one: with the year
/// first. Where the year is last it cannot be told which number is the month.
fn date(text: &str) -> Result<Date, Message> {
    let numbers: Vec<&str> = text
        .split(['/', '.', '-', '年', '月', '日'])
        .map(str::trim)
        .filter(|number| !number.is_empty())
        .collect();
    let number = |text: &str, digits: &[usize]| {
        digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    match numbers[..] {
        [year, month, day]
            if number(year, &[4]) && number(month, &[1, 2]) && number(day, &[1, 2]) =>
        {
            Date::parse(&format!("{year}-{month:0>2}-{day:0>2}"))
        }
        [first, second, year]
            if number(first, &[1, 2]) && number(second, &[1, 2]) && number(year, &[2, 4]) =>
        {
            Err(msg!(
                "in “{text}” the month may be first or second: write the year first, as 2025-01-14",
                "“{text}”看不出哪个是月、哪个是日：请把年写在前面，如 2025-01-14"
            ))
        }
        _ => Date::parse(text),
    }
}

fn language(code: &String) -> Result<Lang, Message> {
    let lang = Lang::ALL.into_iter().find(|lang| lang.key() == code);
    lang.ok_or_else(|| {
        msg!("“{code}” is not a language here: zh or en", "“{code}”不是这里的语言：请写 zh 或 en")
    })
}

fn clean(values: &[String]) -> Vec<String> {
    let trimmed = values.iter().map(|value| value.trim());
    trimmed.filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_holds_what_it_was_given() {
        for field in Field::ALL {
            let mut term = Term::default();
            let values: Vec<String> = match field {
                Field::FirstSeen => vec!["2025-01-14".to_owned()],
                Field::Known => vec!["en".to_owned(), "zh".to_owned()],
                _ if field.is_list() => vec![" 甲 ".to_owned(), String::new(), "b".to_owned()],
                _ => vec![" 甲\n".to_owned()],
            };
            field.set(&mut term, &values).unwrap();
            assert_eq!(field.of(&term), clean(&values), "{}", field.name());
            // And no other field does.
            let others = Field::ALL.into_iter().filter(|other| !matches!(other, Field::Id));
            assert_eq!(others.filter(|other| !other.of(&term).is_empty()).count(), {
                usize::from(field != Field::Id)
            });
        }
        for text in ["2025-01-04", "2025/1/4", "2025.01.04", "2025年1月4日", " 2025 年 1 月 4 日"]
        {
            let mut term = Term::default();
            Field::FirstSeen.set(&mut term, &[text.to_owned()]).unwrap();
            assert_eq!(Field::FirstSeen.of(&term), ["2025-01-04"], "{text}");
        }
        for (text, wrong) in [
            ("1/13/2025", "write the year first"),
            ("4-1-25", "write the year first"),
            ("2025/13/1", "no month 13"),
            ("2025/1", "is not a date"),
        ] {
            let error = Field::FirstSeen.set(&mut Term::default(), &[text.to_owned()]).unwrap_err();
            assert!(error.en.contains(wrong), "{text}: {}", error.en);
        }
        assert!(Field::FirstSeen.set(&mut Term::default(), &["soon".to_owned()]).is_err());
        assert!(Field::Known.set(&mut Term::default(), &["fr".to_owned()]).is_err());
    }
}
