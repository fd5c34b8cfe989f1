//! Reads YAML: plain values by the core schema of YAML 1.2, and dates.

mod explain;
mod scalar;

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScanError, Span, options};

use super::{Entry, Kind, Node, bounded};
use crate::diag::{Diagnostic, Message};
use crate::msg;

/// How deep collections may nest.
const MAX_DEPTH: usize = 64;

/// How many values aliases may repeat, all together: an alias of aliases of aliases would
/// otherwise grow without bound.
const MAX_REPEATED: usize = 10_000;

/// How many bytes of text aliases may repeat, all together.
const MAX_REPEATED_TEXT: usize = 1 << 20;

/// Reads YAML that starts at a byte of a file. Nothing but comments is an empty table.
pub fn parse_yaml(path: &str, text: &str, offset: usize) -> Result<Node, Vec<Diagnostic>> {
    bounded(path, text, offset)?;
    let mut builder = Builder { path, text, offset, ..Builder::default() };
    let options = options! {
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => builder.event(event, &span).map_err(|problem| vec![*problem])?,
            Err(error) => return Err(vec![*builder.syntax(&error)]),
        }
    }
    if !builder.out.is_empty() {
        return Err(builder.out);
    }
    let empty = Node { span: offset..offset + text.len(), kind: Kind::Table(Vec::new()) };
    Ok(builder.root.filter(|node| node.kind != Kind::Null).unwrap_or(empty))
}

/// A list or table that is being read.
struct Open {
    anchor: usize,
    node: Node,
    key: Option<(String, Range<usize>)>,
    seen: HashMap<String, Range<usize>>,
}

/// Builds the tree from events.
#[derive(Default)]
struct Builder<'a> {
    path: &'a str,
    text: &'a str,
    offset: usize,
    open: Vec<Open>,
    anchors: HashMap<usize, (Node, Size)>,
    repeated: Size,
    root: Option<Node>,
    out: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), Box<Diagnostic>> {
        let span = self.bytes(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if let Some(open) = self.open.last_mut().filter(|open| open.wants_key()) {
                    open.key = Some((text.into_owned(), span));
                    return Ok(());
                }
                let kind = scalar::resolve(&text, style, tag.as_deref());
                self.value(Node { span, kind }, anchor);
                Ok(())
            }
            Event::SequenceStart(_, anchor, _) => self.start(span, Kind::Array(Vec::new()), anchor),
            Event::MappingStart(_, anchor, _) => self.start(span, Kind::Table(Vec::new()), anchor),
            Event::SequenceEnd | Event::MappingEnd => {
                self.end(&span);
                Ok(())
            }
            Event::Alias(id) => self.alias(id, span),
            Event::DocumentStart(..) if self.root.is_some() => Err(self.error(
                span,
                msg!("a second document begins here", "这里开始了第二份文档"),
                msg!("keep one document", "请只保留一份文档"),
            )),
            _ => Ok(()),
        }
    }

    fn start(
        &mut self,
        span: Range<usize>,
        kind: Kind,
        anchor: usize,
    ) -> Result<(), Box<Diagnostic>> {
        if self.open.last().is_some_and(Open::wants_key) {
            return Err(self.not_a_key(span));
        }
        self.open.push(Open { anchor, node: Node { span, kind }, key: None, seen: HashMap::new() });
        Ok(())
    }

    fn end(&mut self, span: &Range<usize>) {
        if let Some(Open { anchor, mut node, .. }) = self.open.pop() {
            let inside = self.text.get(node.span.start - self.offset..span.end - self.offset);
            let length = inside.map_or(0, |inside| inside.trim_end().len());
            node.span.end = node.span.start + length;
            self.value(node, anchor);
        }
    }

    fn alias(&mut self, id: usize, span: Range<usize>) -> Result<(), Box<Diagnostic>> {
        if self.open.last().is_some_and(Open::wants_key) {
            return Err(self.not_a_key(span));
        }
        let Some((node, size)) = self.anchors.get(&id) else {
            return Err(self.error(
                span,
                msg!("this alias stands inside what it repeats", "这个别名引用了它自己所在的内容"),
                msg!("write the value out", "请直接写出内容"),
            ));
        };
        self.repeated.values += size.values;
        self.repeated.text += size.text;
        let message = if self.repeated.values > MAX_REPEATED {
            msg!(
                "the aliases repeat more than {MAX_REPEATED} values",
                "别名重复的内容超过 {MAX_REPEATED} 项"
            )
        } else if self.repeated.text > MAX_REPEATED_TEXT {
            let kib = MAX_REPEATED_TEXT >> 10;
            msg!("the aliases repeat more than {kib} KiB of text", "别名重复的文字超过 {kib} KiB")
        } else {
            let node = Node { span, kind: node.kind.clone() };
            self.value(node, 0);
            return Ok(());
        };
        Err(self.error(span, message, msg!("write the values out", "请直接写出内容")))
    }
    /// Puts a finished value where it belongs.
    fn value(&mut self, mut node: Node, anchor: usize) {
        if anchor != 0 {
            let size = size(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match (&mut open.node.kind, open.key.take()) {
            (Kind::Array(items), _) => items.push(node),
            (Kind::Table(entries), Some((key, key_span))) => {
                if node.span.is_empty() {
                    node.span = key_span.clone();
                }
                if let Some(first) = open.seen.get(&key) {
                    self.out.push(duplicate(self.path, &key, key_span, first.clone()));
                } else {
                    open.seen.insert(key.clone(), key_span.clone());
                    entries.push(Entry { key, key_span, value: node });
                }
            }
            _ => {}
        }
    }

    /// The bytes of the file that an event was read from, without line breaks at their end.
    fn bytes(&self, span: &Span) -> Range<usize> {
        let range = span.byte_range().unwrap_or(0..0);
        let start = range.start.min(self.text.len());
        let inside = self.text.get(start..range.end.clamp(start, self.text.len()));
        let length = inside.map_or(0, |inside| inside.trim_end().len());
        self.offset + start..self.offset + start + length
    }

    fn error(&self, span: Range<usize>, message: Message, help: Message) -> Box<Diagnostic> {
        Box::new(Diagnostic::error("yaml-syntax", self.path, span, message).help(help))
    }

    fn not_a_key(&self, span: Range<usize>) -> Box<Diagnostic> {
        self.error(
            span,
            msg!("a key must be a text", "键必须是文本"),
            msg!(
                "put text that begins with [, {{, & or * in quotes",
                "以 [、{{、& 或 * 开头的文本请加引号"
            ),
        )
    }

    fn syntax(&self, error: &ScanError) -> Box<Diagnostic> {
        let byte = error.marker().byte_offset().unwrap_or(0).min(self.text.len());
        let at = self.offset + byte;
        let (message, help) = explain::explain(error.kind(), &self.text[..byte]);
        self.error(at..at, message, help)
    }
}

impl Open {
    fn wants_key(&self) -> bool {
        matches!(self.node.kind, Kind::Table(_)) && self.key.is_none()
    }
}

/// How much a value holds.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    values: usize,
    /// Bytes of texts and keys.
    text: usize,
}

fn size(node: &Node) -> Size {
    let keys = node.entries().iter().map(|entry| entry.key.len()).sum();
    let own = if let Kind::Str(text) = &node.kind { text.len() } else { keys };
    let values = node.entries().iter().map(|entry| &entry.value);
    node.items().iter().chain(values).map(size).fold(Size { values: 1, text: own }, |all, size| {
        Size { values: all.values + size.values, text: all.text + size.text }
    })
}

fn duplicate(path: &str, key: &str, span: Range<usize>, first: Range<usize>) -> Diagnostic {
    Diagnostic::error("duplicate-key", path, span, msg!("duplicate key “{key}”", "键“{key}”重复了"))
        .help(msg!("remove one of them", "请删去其中一个"))
        .related(path, first, msg!("it was first given here", "第一次写在这里"))
}
