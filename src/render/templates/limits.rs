//! What the site's own templates may take: steps and bytes, for each page that they render.
//!
//! The engine bounds how deep components call each other and how long a `range` is, and nothing
//! else: loops in loops and texts that double end with the machine's memory or its owner's patience.
//! So a *guard* is written into the templates behind every tag that repeats something or gives a value a
//! name. It is a call of a function that counts. Guards write nothing and stand on the line of their
//! tag; where an error lies in a guarded text, [`Guarded::place`] says where that is in the text as it
//! was written.

#![expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands functions and filters what they take"
)]

use std::cell::Cell;
use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::tags::{Tag, tags};
use crate::config::Limits;
use crate::diag::Message;
use crate::msg;

/// The name of the function that guards call.
const GUARD: &str = "gen_guard";
/// What it fails with: the engine takes texts only.
const STEPS: &str = "gen: too many steps";
const BYTES: &str = "gen: too many bytes";
/// How many bytes of text count as one more step: what is repeated costs what it holds.
const BYTES_A_STEP: usize = 128;
/// A call of a component takes as long as a few turns of a loop: it counts as a text of this many bytes.
const CALL: usize = 3 * BYTES_A_STEP;
/// How many values of a list count as one more step.
const VALUES_A_STEP: usize = 16;
/// The most values that a list may hold, with those in the lists inside it: one that doubles is no
/// longer than its depth in memory, but would be in print.
const VALUES: usize = 1_000_000;

/// What is left for the page that this thread renders.
#[derive(Debug, Clone, Copy, Default)]
struct Budget {
    steps: u64,
    bytes: usize,
    /// The longest text that was given a name: each step may write it once more.
    longest: usize,
}

thread_local! {
    static BUDGET: Cell<Budget> = const { Cell::new(Budget { steps: 0, bytes: 0, longest: 0 }) };
}

/// A template with its guards.
#[derive(Debug, Default)]
pub(super) struct Guarded {
    /// Its text.
    pub text: String,
    /// For each guard, in order: its bytes, and those of its tag in the text as it was written.
    guards: Vec<(Range<usize>, Range<usize>)>,
}

impl Guarded {
    /// Writes guards into a template.
    pub fn of(text: &str) -> Guarded {
        let mut guarded = Guarded::default();
        let tags = tags(text);
        let mut blocks = Vec::new();
        let mut at = 0;
        for (number, tag) in tags.iter().enumerate() {
            let inner = &text[tag.span.clone()];
            let names = match tag.name {
                "for" => loop_names(inner),
                "component" => parameters(inner),
                "include" => Vec::new(),
                "set" | "set_global" if inner.contains('=') => vec![tag.word],
                "set" | "set_global" => {
                    blocks.push(tag.word);
                    continue;
                }
                "endset" => blocks.pop().into_iter().collect(),
                _ => continue,
            };
            guarded.text += &text[at..tag.span.end];
            at = tag.span.end;
            let start = guarded.text.len();
            let length = match tag.name {
                "component" => CALL,
                _ => body(&tags[number..]),
            };
            guarded.text += &guard(&names, length, inner.ends_with("-%}"));
            guarded.guards.push((start..guarded.text.len(), tag.span.clone()));
        }
        guarded.text += &text[at..];
        guarded
    }

    /// The bytes of the text as it was written that some bytes of the guarded one stand for: of a
    /// guard, its tag.
    pub fn place(&self, span: Range<usize>) -> Range<usize> {
        let inside = |(guard, _): &&(Range<usize>, _)| guard.contains(&span.start);
        if let Some((_, tag)) = self.guards.iter().find(inside) {
            return tag.clone();
        }
        let back = |at: usize| {
            let before = self.guards.iter().filter(|(guard, _)| guard.end <= at);
            at - before.map(|(guard, _)| guard.len()).sum::<usize>()
        };
        back(span.start)..back(span.end)
    }
}

/// `{{ gen_guard(length=120, v0=(name or "")) }}`, which goes on taking white space away where its tag
/// does.
fn guard(names: &[&str], length: usize, trims: bool) -> String {
    let mut text = format!("{{{{ {GUARD}(length={length}");
    for (number, name) in names.iter().enumerate() {
        // A value that is not there is none to count.
        let _ = write!(text, ", v{number}=({name} or \"\")");
    }
    text + if trims { ") -}}" } else { ") }}" }
}

/// How long the text is that a `for` repeats, up to its own end; nothing for other tags.
fn body(tags: &[Tag<'_>]) -> usize {
    let Some(start) = tags.first().filter(|tag| tag.name == "for") else { return 0 };
    let mut depth = 0;
    for tag in tags {
        depth += match tag.name {
            "for" => 1,
            "endfor" => -1,
            _ => 0,
        };
        if depth == 0 {
            return tag.span.start.saturating_sub(start.span.end);
        }
    }
    0
}

/// The variables of `{% for key, value in list %}`.
fn loop_names(tag: &str) -> Vec<&str> {
    let Some((_, rest)) = tag.split_once("for") else { return Vec::new() };
    let names = rest.split_once(" in ").map_or("", |(names, _)| names);
    names.split(',').map(str::trim).filter(|name| is_name(name)).collect()
}

/// The parameters of `{% component card(title: string, level=1) %}`, and what stands inside a call of it.
fn parameters(tag: &str) -> Vec<&str> {
    let mut names = vec!["body"];
    let Some((_, rest)) = tag.split_once('(') else { return names };
    let (mut depth, mut start) = (0, 0);
    for (at, c) in rest.char_indices() {
        match c {
            '[' | '{' | '(' => depth += 1,
            ',' | ')' if depth == 0 => {
                let part = &rest[start..at];
                let end = part.find([':', '=']).unwrap_or(part.len());
                names.extend(Some(part[..end].trim()).filter(|name| is_name(name)));
                start = at + 1;
                if c == ')' {
                    break;
                }
            }
            ']' | '}' | ')' => depth -= 1,
            _ => {}
        }
    }
    names
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Gives an engine the function that guards call, and filters in the place of those whose result may be
/// longer than all that they are given.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(GUARD, count);
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
}

/// Counts a step, and what the values hold that were given a name.
fn count(given: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let mut budget = BUDGET.get();
    let mut cost = 1;
    for (key, value) in given.iter() {
        if key.as_str() == Some("length") {
            cost += value.as_i64().unwrap_or(0).unsigned_abs() as usize / BYTES_A_STEP;
            continue;
        }
        if let Some(text) = value.as_str() {
            budget.longest = budget.longest.max(text.len());
        }
        let (mut values, mut bytes) = (VALUES, budget.bytes);
        weigh(value, &mut values, &mut bytes).ok_or_else(|| Error::message(BYTES))?;
        cost += (VALUES - values) / VALUES_A_STEP;
    }
    cost += budget.longest / BYTES_A_STEP;
    let steps = budget.steps.checked_sub(cost as u64);
    budget.steps = steps.ok_or_else(|| Error::message(STEPS))?;
    BUDGET.set(budget);
    Ok(Value::safe_string(""))
}

/// Takes the values and bytes of a value from what is left of them; none where that is not enough.
fn weigh(value: &Value, values: &mut usize, bytes: &mut usize) -> Option<()> {
    *values = values.checked_sub(1)?;
    if let Some(text) = value.as_str() {
        *bytes = bytes.checked_sub(text.len())?;
    } else if let Some(items) = value.as_array() {
        items.iter().try_for_each(|item| weigh(item, values, bytes))?;
    } else if let Some(map) = value.as_map() {
        map.values().try_for_each(|item| weigh(item, values, bytes))?;
    }
    Some(())
}

/// The engine's `replace`, unless its result would be too long.
fn replace(text: StringInput<'_>, given: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = given.must_get::<&str>("from")?;
    let to = given.must_get::<StringInput<'_>>("to")?;
    let safe = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    let (text, to) = match safe {
        true => (text.rendered(state)?, to.rendered(state)?),
        false => (text.as_str().into(), to.as_str().into()),
    };
    if text.matches(from).count().saturating_mul(to.len()) > BUDGET.get().bytes {
        return Err(Error::message(BYTES));
    }
    let replaced = text.replace(from, &to);
    Ok(if safe { Value::safe_string(&replaced) } else { Value::from(replaced) })
}

/// The engine's `join`, unless its result would be too long.
fn join(items: &[Value], given: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let between = given.get::<StringInput<'_>>("sep")?;
    let is_safe = |item: &Value| item.is_string() && item.is_safe();
    let safe = state.autoescaping_enabled()
        && (items.iter().any(is_safe) || between.as_ref().is_some_and(StringInput::is_safe));
    let between = match &between {
        Some(text) if safe => text.rendered(state)?,
        Some(text) => text.as_str().into(),
        None => "".into(),
    };
    let mut joined = String::new();
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            joined += &between;
        }
        match safe {
            true if item.is_undefined() => {}
            true => joined += &state.escape_if_needed(item)?,
            false => {
                let _ = write!(joined, "{item}");
            }
        }
        if joined.len() > BUDGET.get().bytes {
            return Err(Error::message(BYTES));
        }
    }
    Ok(if safe { Value::safe_string(&joined) } else { Value::from(joined) })
}

/// Renders into memory within the limits. `given` is the length of the text that the page is
/// about, which a template may repeat a few times.
pub(super) fn within(
    limits: Limits,
    given: usize,
    render: impl FnOnce(&mut Bounded) -> TeraResult<()>,
) -> TeraResult<Vec<u8>> {
    let bytes = limits.template_bytes.saturating_add(given.saturating_mul(4));
    BUDGET.set(Budget { steps: limits.template_steps, bytes, longest: 0 });
    let mut page = Bounded { bytes: Vec::new(), most: bytes };
    render(&mut page)?;
    Ok(page.bytes)
}

/// How many steps are left of those that the last [`within`] on this thread gave.
pub(super) fn steps_left() -> u64 {
    BUDGET.get().steps
}

/// A page that is no longer than it may be.
pub(super) struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + part.len() > self.most {
            return Err(TOO_LONG.into());
        }
        self.bytes.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a page that grows too long fails with.
pub(super) const TOO_LONG: io::ErrorKind = io::ErrorKind::FileTooLarge;

/// What a template took too much of, if that is what an error of the engine says, and how to give it
/// more.
pub(super) fn exceeded(text: &str, too_long: bool) -> Option<(Message, Message)> {
    let key = match text {
        STEPS => "template-steps",
        BYTES => "template-bytes",
        _ if too_long => "template-bytes",
        _ => return None,
    };
    let message = match key {
        "template-steps" => msg!(
            "the template takes too many steps for one page: does a loop, or a component that calls itself, go on without end?",
            "模板渲染一个页面用的步数太多：是不是有循环，或者调用自己的组件，没有尽头？"
        ),
        _ => msg!(
            "the template makes too much text for one page: does something double over and over?",
            "模板为一个页面生成的文字太多：是不是有内容在反复翻倍？"
        ),
    };
    let help = msg!(
        "if the page needs that much, raise {key} under [limits] in book.toml",
        "如果页面确实需要，请在 book.toml 的 [limits] 中调高 {key}"
    );
    Some((message, help))
}
