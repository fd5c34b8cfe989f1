//! An XML document as a tree that knows its bytes.
//!
//! Entities that the document defines are not expanded, and elements stand no deeper in each other
//! than [`DEPTH`]: no file of a few bytes becomes a tree of many.

use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::errors::Error;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use crate::diag::{Diagnostic, Message};
use crate::msg;

/// How deep elements may stand in each other. TBX needs ten levels.
const DEPTH: usize = 64;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name, without the prefix of a namespace.
    pub name: String,
    /// Its attributes, by the names that they are written with.
    pub attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// All text in it and in its children.
    pub text: String,
    /// The bytes of its start tag.
    pub span: Range<usize>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The text with one space for each stretch of white space: files are set in lines.
    pub(super) fn line(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Reads a document: its outermost element.
pub(super) fn parse(path: &str, text: &str) -> Result<Element, Box<Diagnostic>> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut reader = Reader::from_str(&text[start..]);
    // The outermost element stands in this one.
    let mut open = vec![Element::default()];
    let fail =
        |span: Range<usize>, message| Box::new(Diagnostic::error("bad-xml", path, span, message));
    loop {
        let from = start + reader.buffer_position() as usize;
        let event = reader.read_event();
        let span = from..start + reader.buffer_position() as usize;
        match event {
            Ok(Event::Start(tag)) if open.len() > DEPTH => {
                let name = tag.name().as_ref().to_owned();
                let text = msg!("<{name}> stands too deep", "<{name}> 嵌套得太深");
                return Err(fail(span, text));
            }
            Ok(Event::Start(tag)) => {
                open.push(element(&tag, span.clone()).map_err(|m| fail(span, m))?);
            }
            Ok(Event::Empty(tag)) => {
                open.push(element(&tag, span.clone()).map_err(|m| fail(span, m))?);
                close(&mut open);
            }
            Ok(Event::End(_)) => close(&mut open),
            Ok(Event::Text(text)) => push(&mut open, &text.xml_content(XmlVersion::Implicit1_0)),
            Ok(Event::CData(text)) => push(&mut open, &text.xml_content(XmlVersion::Implicit1_0)),
            Ok(Event::GeneralRef(name)) => match reference(&name) {
                Ok(text) => push(&mut open, &text),
                Err(message) => return Err(fail(span, message)),
            },
            Ok(Event::Eof) => break,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(error) => {
                let at = start + (reader.error_position() as usize).min(text.len() - start);
                return Err(fail(at..at, broken(&error)));
            }
        }
    }
    if open.len() > 1 {
        let element = open.pop().unwrap_or_default();
        let name = element.name;
        return Err(fail(element.span, msg!("<{name}> is never closed", "<{name}> 没有闭合")));
    }
    let root = open.pop().and_then(|outside| outside.children.into_iter().next());
    root.ok_or_else(|| fail(0..0, msg!("there is no element in the file", "文件里没有元素")))
}

fn element(tag: &BytesStart<'_>, span: Range<usize>) -> Result<Element, Message> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let broken = |error: &dyn std::fmt::Display| {
            msg!("an attribute cannot be read: {error}", "属性无法读取：{error}")
        };
        let attribute = attribute.map_err(|error| broken(&error))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| broken(&error))?.into_owned();
        attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    let name = tag.local_name().as_ref().to_owned();
    Ok(Element { name, attributes, span, ..Element::default() })
}

/// Ends the innermost element. The reader has seen that the names agree.
fn close(open: &mut Vec<Element>) {
    if let (Some(element), Some(outer)) = (open.pop(), open.last_mut()) {
        outer.text += &element.text;
        outer.children.push(element);
    }
}

fn push(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text += text;
    }
}

/// What `&…;` stands for.
fn reference(reference: &BytesRef<'_>) -> Result<String, Message> {
    let name: &str = reference;
    match reference.resolve_char_ref() {
        Ok(Some(c)) => return Ok(c.to_string()),
        Ok(None) => {}
        Err(_) => {
            return Err(msg!("“&{name};” is no character", "“&{name};”不是字符"));
        }
    }
    resolve_predefined_entity(name).map(str::to_owned).ok_or_else(|| {
        msg!(
            "“&{name};” is not known: entities that a file defines are not expanded",
            "“&{name};”是未知实体：文件自己定义的实体不予展开"
        )
    })
}

fn broken(error: &Error) -> Message {
    msg!("the XML cannot be read: {error}", "XML 无法读取：{error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_tree_with_its_places() {
        let text = "\u{feff}<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'a.dtd'>\n\
                    <p:a b='1 &amp; 2'>x&lt;<c/><![CDATA[<y>]]> &#x732b;\n z</p:a>";
        let root = parse("x", text).unwrap();
        assert_eq!((root.name.as_str(), root.attribute("b")), ("a", Some("1 & 2")));
        assert_eq!(root.line(), "x<<y> 猫 z");
        assert_eq!(&text[root.children[0].span.clone()], "<c/>");
    }

    #[test]
    fn refuses_what_is_broken_or_grows() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;'>]><a>&c;</a>";
        let deep = format!("{}{}", "<a>".repeat(5000), "</a>".repeat(5000));
        for (text, place) in [
            (bomb, "&c;"),
            ("<!DOCTYPE a [<!ENTITY b 'bb'>]><a c='&b;'/>", "<a c='&b;'/>"),
            (&deep, "<a>"),
            ("<a><b></a>", ""),
            ("<a><b>", "<b>"),
            ("", ""),
            ("<a b=>", "<a b=>"),
            ("<a>&#xD800;</a>", "&#xD800;"),
        ] {
            let problem = parse("x", text).unwrap_err();
            assert_eq!(&text[problem.span.unwrap()], place, "{:.60}", text);
        }
    }
}
