//! Calls of shortcodes in a stream of events, and what they make in their place.
//!
//! A comment on lines of its own stands for blocks, one inside a text for a piece of that text. What
//! a call makes has the place of the call in the file; the text between its beginning and its end keeps
//! its own.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, TextMergeStream};

use super::emit::Spanned;
use super::events::{joined, restored};
use super::rules::Rules;
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::memo::Fingerprint;
use crate::msg;
use crate::parse::shortcode::{BODY, Call, Comment, Shortcodes, Spent, possible, read};

/// What is needed to answer the calls of a file.
#[derive(Clone, Copy)]
pub struct Expand<'s> {
    /// The file, for problems.
    pub path: &'s Arc<str>,
    /// What answers.
    pub shortcodes: Shortcodes<'s>,
    /// Of all that the answers depend on; none if there are no calls.
    pub key: Option<Fingerprint>,
}

/// What became of a text's calls.
#[derive(Default)]
pub(super) struct Expanded {
    /// What is wrong with them.
    pub problems: Vec<Diagnostic>,
    /// Where blocks begin that calls make, without a text of their own: they belong to both languages, as
    /// code and pictures do. Sorted.
    pub shared: Vec<usize>,
}

/// How many calls may stand in each other.
const DEEPEST: usize = 16;

/// A piece of the stream.
enum Item<'a> {
    Event(Spanned<'a>),
    Comment { comment: Comment, span: Range<usize>, block: bool, depth: usize },
}

/// Puts what calls make in their place.
pub(super) fn expand<'a>(
    events: Vec<Spanned<'a>>,
    with: Expand<'_>,
    rules: Rules,
    lang: Lang,
) -> (Vec<Spanned<'a>>, Expanded) {
    let is_call = |(event, span): &Spanned<'_>| match event {
        Event::Html(html) | Event::InlineHtml(html) => {
            html.contains("gen:") && span.end > span.start
        }
        _ => false,
    };
    if !events.iter().any(is_call) {
        return (events, Expanded::default());
    }
    let mut out = Expanded::default();
    let (items, lost) = items(events);
    for call in lost {
        let (text, help) = in_html();
        let problem = Diagnostic::error("bad-shortcode", with.path.clone(), call, text);
        out.problems.push(problem.help(help));
    }
    let ends = ends(&items);
    let mut work = Work { with, rules, lang, ends, level: 0, spent: Spent::default(), out };
    let mut items: Vec<Option<Item<'a>>> = items.into_iter().map(Some).collect();
    let all = items.len();
    let events = work.range(&mut items, 0..all);
    work.out.shared.sort_unstable();
    (events, work.out)
}

/// The stream with its calls told apart, and how deep each stands; and where calls are that nothing
/// answers, as they are a part of raw HTML.
fn items(events: Vec<Spanned<'_>>) -> (Vec<Item<'_>>, Vec<Range<usize>>) {
    let mut items = Vec::with_capacity(events.len());
    let mut lost = Vec::new();
    let mut depth = 0usize;
    let mut rest = events.into_iter().peekable();
    while let Some((event, span)) = rest.next() {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                let mut inside = Vec::new();
                while let Some(next) =
                    rest.next_if(|(event, _)| *event != Event::End(TagEnd::HtmlBlock))
                {
                    inside.push(next);
                }
                let html: String = inside.iter().filter_map(|(event, _)| text_of(event)).collect();
                let end = rest.next();
                let place = |at: usize| place(&inside, &span, at);
                match read(&html, 0) {
                    Some(comment) => {
                        let comment = comment.placed(place);
                        items.push(Item::Comment { comment, span, block: true, depth });
                    }
                    None => {
                        let calls = possible(&html).into_iter();
                        lost.extend(calls.map(|call| place(call.span.start)..place(call.span.end)));
                        items.push(Item::Event((Event::Start(Tag::HtmlBlock), span)));
                        items.extend(inside.into_iter().chain(end).map(Item::Event));
                    }
                }
            }
            Event::InlineHtml(html) => match read(&html, 0) {
                Some(comment) => {
                    let piece = [(Event::InlineHtml(html), span.clone())];
                    let comment = comment.placed(|at| place(&piece, &span, at));
                    items.push(Item::Comment { comment, span, block: false, depth });
                }
                None => items.push(Item::Event((Event::InlineHtml(html), span))),
            },
            event => {
                match event {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth = depth.saturating_sub(1),
                    _ => {}
                }
                items.push(Item::Event((event, span)));
            }
        }
    }
    (items, lost)
}

/// Where a byte of a comment stands in the file. The events that it is made of lack what stands before
/// each line in a quote or a list, and the ends of lines may be written otherwise.
fn place(events: &[Spanned<'_>], span: &Range<usize>, at: usize) -> usize {
    let mut before = 0;
    for (event, piece) in events {
        let Some(text) = text_of(event) else { continue };
        if at < before + text.len() {
            let same = text.len() == piece.len();
            return if same { piece.start + (at - before) } else { piece.start };
        }
        before += text.len();
    }
    span.end
}

fn text_of<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) | Event::Text(text) => Some(text),
        _ => None,
    }
}

/// For each item that begins a call with a text the item that ends it, innermost first. Both stand in the
/// same element of the text.
fn ends(items: &[Item<'_>]) -> Vec<Option<usize>> {
    let mut ends = vec![None; items.len()];
    // The calls that can still be ended, each with how deep it stands: none deeper than the next.
    let mut open: Vec<(usize, Kin<'_>)> = Vec::new();
    // For each kind of them their places in that list.
    let mut latest: HashMap<Kin<'_>, Vec<usize>> = HashMap::new();
    let mut depth = 0usize;
    for (at, item) in items.iter().enumerate() {
        let kept = match item {
            Item::Event((Event::Start(_), _)) => {
                depth += 1;
                continue;
            }
            Item::Event((Event::End(_), _)) => {
                depth = depth.saturating_sub(1);
                open.iter().rposition(|(_, (.., own))| *own <= depth).map_or(0, |last| last + 1)
            }
            Item::Comment { comment: Comment::Open(call), block, depth, .. } => {
                let kin = (call.name.as_str(), *block, *depth);
                latest.entry(kin).or_default().push(open.len());
                open.push((at, kin));
                continue;
            }
            Item::Comment { comment: Comment::Close(name), block, depth, .. } => {
                let kin = (name.as_str(), *block, *depth);
                let Some(&found) = latest.get(&kin).and_then(|own| own.last()) else { continue };
                ends[open[found].0] = Some(at);
                found
            }
            _ => continue,
        };
        for (_, kin) in open.drain(kept..) {
            latest.get_mut(&kin).and_then(Vec::pop);
        }
    }
    ends
}

/// What a call and its end have in common: the name, whether they stand for blocks, how deep they stand.
type Kin<'a> = (&'a str, bool, usize);

struct Work<'s> {
    with: Expand<'s>,
    rules: Rules,
    lang: Lang,
    ends: Vec<Option<usize>>,
    /// How many calls the range that is written stands in.
    level: usize,
    spent: Spent,
    out: Expanded,
}

impl Work<'_> {
    /// The events of a range of items.
    fn range<'a>(
        &mut self,
        items: &mut [Option<Item<'a>>],
        range: Range<usize>,
    ) -> Vec<Spanned<'a>> {
        let mut out = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let next = match items[at].take() {
                Some(Item::Event(event)) => {
                    out.push(event);
                    at + 1
                }
                Some(Item::Comment { comment: Comment::Open(call), span, block, .. }) => {
                    let end = self.ends[at];
                    if let Some(end) = end.filter(|_| self.level == DEEPEST) {
                        self.problem("bad-shortcode", span, too_deep());
                        items[end] = None;
                        at += 1;
                        continue;
                    }
                    let close = end.and_then(|end| match &items[end] {
                        Some(Item::Comment { span, .. }) => Some(span.clone()),
                        _ => None,
                    });
                    self.level += 1;
                    let body = end.map(|end| self.range(items, at + 1..end)).zip(close);
                    self.level -= 1;
                    self.call(&call, &span, block, body, &mut out);
                    end.map_or(at, |end| end.min(range.end)) + 1
                }
                Some(Item::Comment { comment: Comment::Close(name), span, .. }) => {
                    self.problem("bad-shortcode", span, unopened(&name));
                    at + 1
                }
                Some(Item::Comment { comment: Comment::Bad(bytes), .. }) => {
                    self.problem("bad-shortcode", bytes, not_understood());
                    at + 1
                }
                None => at + 1,
            };
            at = next;
        }
        out
    }

    fn problem(&mut self, code: &'static str, span: Range<usize>, (text, help): Told) {
        let problem = Diagnostic::error(code, self.with.path.clone(), span, text);
        self.out.problems.push(problem.help(help));
    }

    /// Writes what a call makes, with its own text inside.
    fn call<'a>(
        &mut self,
        call: &Call,
        span: &Range<usize>,
        block: bool,
        body: Option<(Vec<Spanned<'a>>, Range<usize>)>,
        out: &mut Vec<Spanned<'a>>,
    ) {
        let Expand { path, shortcodes, .. } = self.with;
        let (lang, spent) = (self.lang, &mut self.spent);
        let answer = shortcodes.answer(path, call, lang, body.is_some(), spent);
        let text = match answer {
            Ok(text) => text,
            Err(problem) => {
                self.out.problems.push(*problem);
                return out.extend(body.into_iter().flat_map(|(body, _)| body));
            }
        };
        if block && body.is_none() {
            self.out.shared.push(span.start);
        }
        let made = self.read(&text, span);
        let made = match block {
            true => made,
            false => match inside(made) {
                Some(made) => made,
                None => {
                    self.problem("bad-shortcode", span.clone(), no_text(&call.name));
                    return out.extend(body.into_iter().flat_map(|(body, _)| body));
                }
            },
        };
        let Some((body, close)) = body else { return out.extend(made) };
        if block && stands_alone(&made) {
            self.out.shared.extend([span.start, close.start]);
        }
        let holds = |(event, _): &Spanned<'a>| matches!(event, Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) if text.contains(BODY));
        if !made.iter().any(holds) {
            self.problem("bad-shortcode", span.clone(), takes_none(&call.name));
            return out.extend(body);
        }
        match put(made, body, block, &close) {
            Ok(events) => out.extend(events),
            Err(body) => {
                self.problem("bad-shortcode", span.clone(), misplaced(&call.name));
                out.extend(body);
            }
        }
    }

    /// Reads what a shortcode wrote, all of it at the place of the call.
    fn read<'a>(&self, text: &str, span: &Range<usize>) -> Vec<Spanned<'a>> {
        let joined = joined(text, self.rules, self.lang);
        let parser = Parser::new_ext(&joined.text, self.rules.options(self.lang));
        let events = TextMergeStream::new(parser).map(|event| match joined.is_plain() {
            true => event.into_static(),
            false => restored(event, &joined).into_static(),
        });
        events.map(|event| (event, span.clone())).collect()
    }
}

/// Whether the text of a call stands in no element of what the call makes, but between its blocks.
fn stands_alone(made: &[Spanned<'_>]) -> bool {
    let mut rest = made;
    while !rest.is_empty() {
        let (group, next) = rest.split_at(super::emit::end_of(rest));
        if group.iter().any(|(event, _)| text_of(event) == Some(BODY)) {
            return group.len() == 3;
        }
        rest = next;
    }
    false
}

/// The inside of the one paragraph that a piece of a text has to be.
fn inside(mut events: Vec<Spanned<'_>>) -> Option<Vec<Spanned<'_>>> {
    let paragraph = super::emit::end_of(&events) == events.len()
        && matches!(events.first(), Some((Event::Start(Tag::Paragraph), _)));
    if !paragraph && !events.is_empty() {
        return None;
    }
    events.pop();
    Some(events.into_iter().skip(1).collect())
}

/// Puts a text where [`BODY`] stands: in the place of its paragraph among blocks, or between two
/// pieces of text. Returns the text where neither is so.
fn put<'a>(
    made: Vec<Spanned<'a>>,
    body: Vec<Spanned<'a>>,
    block: bool,
    close: &Range<usize>,
) -> Result<Vec<Spanned<'a>>, Vec<Spanned<'a>>> {
    let is_body =
        |(event, _): &Spanned<'a>| matches!(event, Event::Text(text) if text.contains(BODY));
    let Some(at) = made.iter().position(is_body) else { return Err(body) };
    let mut before = made;
    let mut after = before.split_off(at);
    let (text, span) = after.remove(0);
    let Event::Text(text) = text else { return Err(body) };
    if block {
        let alone = text.trim() == BODY
            && matches!(before.last(), Some((Event::Start(Tag::Paragraph), _)))
            && matches!(after.first(), Some((Event::End(TagEnd::Paragraph), _)));
        if !alone {
            return Err(body);
        }
        before.pop();
        after.remove(0);
        before.extend(body);
    } else {
        let (left, right) = text.split_once(BODY).unwrap_or((&text, ""));
        let piece = |text: &str| (Event::Text(CowStr::from(text.to_owned())), span.clone());
        let (left, right) = (left.to_owned(), right.to_owned());
        before.extend((!left.is_empty()).then(|| piece(&left)));
        before.extend(body);
        before.extend((!right.is_empty()).then(|| piece(&right)));
    }
    // Blocks stand in the order of the file: what comes behind the text has the place of its end.
    before.extend(after.into_iter().map(|(event, _)| (event, close.clone())));
    Ok(before)
}

/// What is wrong, and what to do.
type Told = (crate::diag::Message, crate::diag::Message);

fn not_understood() -> Told {
    (
        msg!("this call of a shortcode is not understood", "无法识别这处短代码"),
        msg!(
            "write it as <!-- gen:name key=\"text\" other=12 -->",
            "请写成 <!-- gen:name key=\"text\" other=12 -->"
        ),
    )
}

fn unopened(name: &str) -> Told {
    (
        msg!("this ends a “{name}” that does not begin here", "这里结束的“{name}”没有在这里开始"),
        msg!(
            "put <!-- gen:{name} … --> before it, both on lines of their own or both inside one text",
            "请在前面写上 <!-- gen:{name} … -->；两者要么各占一行，要么都在同一段文字里"
        ),
    )
}

fn in_html() -> Told {
    (
        msg!(
            "this call of a shortcode is a part of raw HTML, and nothing answers it",
            "这处短代码在原始 HTML 里，不会起作用"
        ),
        msg!("put it on a line of its own between blank lines", "请让它单独占一行，前后各空一行"),
    )
}

fn too_deep() -> Told {
    (
        msg!("too many calls stand in each other", "短代码嵌套得太深"),
        msg!("nest at most {DEEPEST} of them", "最多嵌套 {DEEPEST} 层"),
    )
}

fn no_text(name: &str) -> Told {
    (
        msg!(
            "“{name}” makes blocks, which cannot stand inside a text",
            "“{name}”生成的是整块内容，不能放在文字中间"
        ),
        msg!("put the call on a line of its own", "请让它单独占一行"),
    )
}

fn takes_none(name: &str) -> Told {
    (
        msg!("“{name}” takes no text", "“{name}”不接受正文"),
        msg!("delete <!-- /gen:{name} -->", "请删去 <!-- /gen:{name} -->"),
    )
}

fn misplaced(name: &str) -> Told {
    (
        msg!("“{name}” does not say where its text goes", "“{name}”没有给正文留好位置"),
        msg!(
            "in its template, {{{{ body }}}} stands on a line of its own between blank lines, for a call inside a text in the midst of text",
            "在模板里，{{{{ body }}}} 应当单独占一行，前后各空一行；用在文字中间的短代码则写在文字之间"
        ),
    )
}
