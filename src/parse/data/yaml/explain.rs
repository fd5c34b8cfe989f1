//! Says in two languages what is wrong with YAML.

use granit_parser::ErrorKind;

use super::MAX_DEPTH;
use crate::diag::Message;
use crate::msg;

/// What is wrong and what to do, for the mistakes that people make.
pub(super) fn explain(kind: &ErrorKind, before: &str) -> (Message, Message) {
    match kind {
        ErrorKind::TabInIndentation
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabNotAllowed => (
            msg!("a tab in the indentation", "缩进里有制表符"),
            msg!("indent with spaces", "请用空格缩进"),
        ),
        ErrorKind::UnknownAnchor => (
            msg!("this alias is not defined", "这个别名没有定义"),
            msg!("put a text that begins with * in quotes", "以 * 开头的文本请加引号"),
        ),
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => (
            msg!("the quotation mark is not closed", "引号没有配对"),
            msg!("close the text with the same mark", "请用同样的引号结束文本"),
        ),
        ErrorKind::RecursionLimitExceeded => (
            msg!(
                "lists and tables nest deeper than {MAX_DEPTH}",
                "列表和表的嵌套超过 {MAX_DEPTH} 层"
            ),
            msg!("make them flatter", "请减少嵌套"),
        ),
        _ => {
            let said = kind.to_string();
            let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
            let help = if line.matches(": ").count() + usize::from(line.ends_with(':')) > 1 {
                msg!("put a text that holds “: ” in quotes", "含有“: ”（冒号加空格）的文本请加引号")
            } else {
                msg!(
                    "write one “key: value” a line, indent with spaces, and put text with special marks in quotes",
                    "请一行写一个“键: 值”，用空格缩进，含特殊符号的文本加引号"
                )
            };
            let zh = in_chinese(kind).unwrap_or(&said);
            (msg!("this is not YAML: {said}", "不是正确的 YAML：{zh}"), help)
        }
    }
}

/// What the parser says, in Chinese, where people are likely to read it.
fn in_chinese(kind: &ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::MappingValueNotAllowed => "这里不能再写“键: 值”",
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry => "缩进与上文不一致",
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => "键的后面没有冒号",
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            "括号里的各项要用逗号分开"
        }
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnclosedFlowCollection { .. } => "括号没有闭合",
        ErrorKind::MisplacedFlowCollectionEnd => "这个括号没有对应的开头",
        ErrorKind::UnexpectedEof => "内容没有写完",
        _ => return None,
    })
}
