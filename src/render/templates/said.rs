//! What the template engine says, for readers of Chinese too. It knows English alone.

use crate::diag::Message;
use crate::msg;

/// A message of the engine. In Chinese where people are likely to read it, else as it is.
pub(super) fn said(text: &str) -> Message {
    let zh = in_chinese(text);
    let zh = zh.as_deref().unwrap_or(text);
    msg!("the template fails: {text}", "模板出错：{zh}")
}

fn in_chinese(text: &str) -> Option<String> {
    let whole = match text {
        "Cannot divide by 0" => "不能除以 0",
        "Unexpected end of input" => "模板没有写完",
        "Maximum render recursion depth for components exceeded." => {
            "组件互相调用得太深：是不是有组件调用了自己？"
        }
        _ => "",
    };
    if !whole.is_empty() {
        return Some(whole.to_owned());
    }
    let quoted: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let list = |before: &str| text.split_once(before).map(|(_, list)| list);
    Some(match (text.split(' ').next()?, quoted.as_slice()) {
        ("Variable", [name]) if text.contains("value is undefined") => {
            format!("变量“{name}”没有值")
        }
        ("Variable", [name, ..]) if text.contains("is not defined") => {
            match list("Available variables: ") {
                Some(list) => format!("没有变量“{name}”；这里能用的有 {list}"),
                None => format!("没有变量“{name}”"),
            }
        }
        ("Field", [name, ..]) if text.contains("is not defined") => {
            match list("Available fields: ") {
                Some(list) => format!("没有字段“{name}”；可用的字段有 {list}"),
                None => format!("没有字段“{name}”"),
            }
        }
        ("Found", _) => {
            let (found, wanted) = text.strip_prefix("Found ")?.split_once(" but expected ")?;
            format!("这里是 {found}，应当是 {}", wanted.trim_end_matches('.'))
        }
        ("Iteration", [kind]) => format!("{kind} 类型的值不能循环"),
        ("Cannot", [a, b]) if text.starts_with("Cannot compare") => {
            format!("{a} 和 {b} 类型的值不能比较")
        }
        ("Argument", [name, ..]) if text.ends_with("missing.") => format!("缺少参数“{name}”"),
        (_, [sign, a, b]) if text.contains("requires both operands to be numbers") => {
            format!("“{sign}”两边都要是数字，这里是 {a} 和 {b}")
        }
        _ => return None,
    })
}
