//! The characters that readers see, counted: in HTML that `gen` wrote, and in Markdown by what
//! pulldown-cmark says of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// How often each character is there.
pub type Counts = BTreeMap<char, usize>;

/// What the author wrote as mark-up or as text, and what typography changes: not counted.
fn counts(c: char) -> bool {
    !c.is_whitespace() && !"*_~'\"‘’“”-–—.…".contains(c)
}

fn add(to: &mut Counts, text: &str) {
    for c in text.chars().filter(|c| counts(*c)) {
        *to.entry(c).or_default() += 1;
    }
}

const VOID: [&str; 4] = ["br", "hr", "img", "input"];

/// The text of HTML, with the descriptions of images. Panics where elements are not closed in the
/// order in which they were opened. What `gen` adds of its own, the titles of alerts and the numbers
/// of footnotes, is left out.
pub fn of_html(html: &str) -> Counts {
    let mut found = Counts::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    let mut own: Option<usize> = None;
    while let Some(at) = rest.find('<') {
        if own.is_none() {
            add(&mut found, &unescaped(&rest[..at]));
        }
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
            own = own.filter(|depth| open.len() > *depth);
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        if VOID.contains(&name) {
            if let Some((_, alt)) = tag.split_once(" alt=\"") {
                add(&mut found, &unescaped(alt.split('"').next().unwrap_or_default()));
            }
            continue;
        }
        if tag == "sup class=\"footnote-ref\"" || tag == "p class=\"alert-title\"" {
            own = own.or(Some(open.len()));
        }
        open.push(name);
    }
    assert!(open.is_empty(), "{open:?} not closed: {html}");
    add(&mut found, &unescaped(rest));
    found
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&amp;", "&")
}

/// The text of Markdown, with raw HTML as it is written; footnotes that nothing refers to are left
/// out, as is the mark for the end of the summary.
pub fn of_markdown(text: &str, options: Options) -> Counts {
    let mut main = Part::default();
    let mut notes: HashMap<String, Part> = HashMap::new();
    let mut inside: Vec<(String, Part)> = Vec::new();
    let mut html: Option<String> = None;
    // pulldown-cmark loses what stands in a heading behind a carriage return that stands alone.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for event in Parser::new_ext(&text, options) {
        let part = inside.last_mut().map_or(&mut main, |(_, part)| part);
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                inside.push((label.to_string(), Part::default()));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                let (label, part) = inside.pop().expect("opened before");
                notes.entry(label).or_insert(part);
            }
            Event::FootnoteReference(label) => part.refers.push(label.to_string()),
            Event::Start(Tag::HtmlBlock) => html = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                let html = html.take().unwrap_or_default();
                let inner = html.trim().strip_prefix("<!--").and_then(|r| r.strip_suffix("-->"));
                if inner.is_none_or(|inner| inner.trim() != "more") {
                    add(&mut part.counts, &html);
                }
            }
            Event::Text(piece) | Event::Html(piece) | Event::InlineHtml(piece) => match &mut html {
                Some(html) => *html += &piece,
                None => add(&mut part.counts, &piece),
            },
            Event::Code(piece) => add(&mut part.counts, &piece),
            _ => {}
        }
    }
    let mut seen = HashSet::new();
    let mut open = main.refers;
    while let Some(label) = open.pop() {
        let Some(part) = notes.get(&label).filter(|_| seen.insert(label.clone())) else { continue };
        open.extend(part.refers.iter().cloned());
        for (c, count) in &part.counts {
            *main.counts.entry(*c).or_default() += count;
        }
    }
    main.counts
}

/// The text, or a footnote.
#[derive(Default)]
struct Part {
    counts: Counts,
    refers: Vec<String>,
}
