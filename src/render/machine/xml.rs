//! XML in memory, for feeds and site maps: quick-xml's writer without its errors, for text from
//! anywhere.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// The attributes of an element, in their order.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// An XML document, or a piece of one, that is being written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    /// Begins a document with its declaration.
    pub(super) fn document() -> Self {
        let mut xml = Xml::fragment();
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    /// Begins a piece of a document.
    pub(super) fn fragment() -> Self {
        Xml { writer: Writer::new_with_indent(Vec::new(), b' ', 1) }
    }

    /// Opens an element that [`Xml::close`] closes.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Start(start(name, attributes)));
    }

    /// Closes an element.
    pub(super) fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// Writes an element without contents.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// Writes an element that holds a text.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.open(name, attributes);
        self.write(Event::Text(BytesText::new(&clean(text))));
        self.close(name);
    }

    /// The bytes, with a line break at their end.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes = self.writer.into_inner();
        bytes.push(b'\n');
        bytes
    }

    fn write(&mut self, event: Event<'_>) {
        // The writer's only errors are those of its sink, and a `Vec` has none.
        let _ = self.writer.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    let attributes = attributes.iter().map(|&(key, value)| (key, clean(value)));
    let mut element = BytesStart::new(name);
    for attribute in attributes {
        element.push_attribute(attribute);
    }
    element
}

/// Drops the characters that XML 1.0 cannot hold, not even as references (its production `Char`).
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|&c| is_allowed(c)).collect())
    }
}

fn is_allowed(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        _ => c >= ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_only_what_xml_cannot_hold() {
        assert_eq!(clean("a\u{0}b\u{8}\u{b}\u{1f}c\u{fffe}\u{ffff}"), "abc");
        for kept in ["tab\tline\nreturn\r", "猫税 🐱", "\u{7f}\u{85}\u{fffd}"] {
            assert!(matches!(clean(kept), Cow::Borrowed(text) if text == kept));
        }
    }

    #[test]
    fn escapes_text_and_attributes() {
        let mut xml = Xml::fragment();
        xml.text("a", &[("b", "\"<\u{1}&'>")], "]]></a><!--&");
        let bytes = xml.finish();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "<a b=\"&quot;&lt;&amp;&apos;&gt;\">]]&gt;&lt;/a&gt;&lt;!--&amp;</a>\n"
        );
    }
}
