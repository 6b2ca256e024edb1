//! Parser events to a tree of spanned nodes, under limits that keep a hostile file cheap.
//!
//! Nothing here recurses while building, and the finished tree is at most [`MAX_DEPTH`] deep, so
//! reading and dropping it cannot exhaust the stack. Nothing here knows a key of the format.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_saphyr::granit_parser::{self, Event, Parser, ScalarStyle};

use super::super::findings::{Findings, Span, Spanned, key};
use super::super::printable::is_unprintable;
use super::syntax;

/// How deep lists and maps may lie in each other.
pub(super) const MAX_DEPTH: usize = 16;

/// How many values and keys a file may hold.
const MAX_NODES: usize = 100_000;

/// A value of the file.
#[derive(Debug)]
pub(crate) struct Node<'s> {
    pub(crate) value: Value<'s>,
    pub(crate) span: Span,
    /// Behind the last byte of everything inside, brackets and quotes too. `span` only says where to
    /// point.
    pub(crate) end: usize,
}

#[derive(Debug)]
pub(crate) enum Value<'s> {
    /// Nothing was written.
    Empty,
    /// Already reported: an alias, or what stands in its place.
    Faulty,
    /// Text without quotes: the only form in which `true` is a truth.
    Plain(Cow<'s, str>),
    /// Text in quotes, or a block of text.
    Quoted(Cow<'s, str>),
    List(Vec<Node<'s>>),
    Map(Vec<(Spanned<Cow<'s, str>>, Node<'s>)>),
}

/// The file cannot be read on; the findings say why.
struct Stop;

/// A list or map whose end has not come yet.
struct Open<'s> {
    node: Node<'s>,
    /// It is written in brackets.
    bracketed: bool,
    /// What a map takes next.
    next: Next<'s>,
    /// Where each key of a map stands.
    seen: HashMap<Cow<'s, str>, usize>,
}

enum Next<'s> {
    Key,
    ValueOf(Spanned<Cow<'s, str>>),
    /// The value of a faulty key goes with it.
    Dropped,
}

struct Builder<'s, 'f> {
    source: &'s str,
    findings: &'f mut Findings<'s>,
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    documents: usize,
    nodes: usize,
}

/// The tree of the only document in `source`.
pub(super) fn build<'s>(source: &'s str, findings: &mut Findings<'s>) -> Option<Node<'s>> {
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_anchor_events: true,
        emit_comments: false,
        emit_unresolved_aliases: true,
        // The tree counts lists and maps together; this only stops the parser's own bookkeeping.
        flow_nesting_limit: MAX_DEPTH + 1,
        block_nesting_limit: MAX_DEPTH + 1,
    };
    let (open, root) = (Vec::new(), None);
    let mut builder = Builder { source, findings, open, root, documents: 0, nodes: 0 };
    for next in Parser::new_from_str_with_options(source, options) {
        match next {
            Ok((event, span)) => builder.event(event, span).ok()?,
            Err(error) => {
                syntax::report(&error, source, builder.findings);
                return None;
            }
        }
    }
    if builder.root.is_none() {
        let nothing = Span { start: 0, end: 0 };
        builder.findings.error_help(
            nothing,
            "the file is empty",
            builder.findings.kind().start().to_owned(),
        );
    }
    builder.root
}

impl<'s> Builder<'s, '_> {
    fn event(&mut self, event: Event<'s>, at: granit_parser::Span) -> Result<(), Stop> {
        let span = bytes(&at);
        if let Some(tag) = at.tag_span() {
            let help = "put a value that starts with `!` in double quotes".to_owned();
            self.findings.error_help(bytes(&tag), "tags (`!`) are not allowed", help);
        }
        match event {
            Event::Scalar(text, style, ..) => self.scalar(text, style, span),
            Event::SequenceStart(..) => self.start(Value::List(Vec::new()), span),
            Event::MappingStart(..) => self.start(Value::Map(Vec::new()), span),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(mut done) = self.open.pop() {
                    // A closing bracket has bytes of its own; the end of a block is where the next
                    // thing begins.
                    if span.end > span.start && done.bracketed {
                        done.node.end = done.node.end.max(span.end);
                    }
                    self.place(done.node);
                }
                Ok(())
            }
            Event::Anchor(..) => {
                let help = "put a value that starts with `&` in double quotes".to_owned();
                self.findings.error_help(span, "anchors (`&`) are not allowed", help);
                Ok(())
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                let help =
                    "write the value itself, in double quotes if it starts with `*`".to_owned();
                self.findings.error_help(span, "aliases (`*`) are not allowed", help);
                self.count(span)?;
                self.place(Node { value: Value::Faulty, span, end: span.end });
                Ok(())
            }
            Event::DocumentStart(..) => self.document(span),
            _ => Ok(()),
        }
    }

    fn document(&mut self, span: Span) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let help = self.findings.kind().one_document().to_owned();
        self.findings.error_help(span, "a second document starts here", help);
        Err(Stop)
    }

    fn count(&mut self, span: Span) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes <= MAX_NODES {
            return Ok(());
        }
        let message = format!("the file holds more than {MAX_NODES} values");
        let help = self.findings.kind().shorten().to_owned();
        self.findings.error_help(span, message, help);
        Err(Stop)
    }

    fn scalar(&mut self, text: Cow<'s, str>, style: ScalarStyle, span: Span) -> Result<(), Stop> {
        self.count(span)?;
        let written = self.source.get(span.start..span.end).unwrap_or_default();
        // What is written without an escape was already reported where it stands.
        let hidden =
            |c: char| is_unprintable(c) && !matches!(c, '\n' | '\t') && !written.contains(c);
        if style == ScalarStyle::DoubleQuoted
            && let Some(c) = text.chars().find(|c| hidden(*c))
        {
            let message =
                format!("this text holds the unprintable character U+{:04X}", u32::from(c));
            self.findings.error_help(span, message, "delete the escape".to_owned());
        }
        // The parser counts the empty lines behind a block of text to it.
        let end = span.start + written.trim_end().len();
        let value = match style {
            // The parser reports a missing value as a `~` of no width.
            ScalarStyle::Plain if span.start == span.end => Value::Empty,
            ScalarStyle::Plain => Value::Plain(text),
            _ => Value::Quoted(text),
        };
        self.place(Node { value, span: Span { start: span.start, end }, end });
        Ok(())
    }

    fn start(&mut self, value: Value<'s>, span: Span) -> Result<(), Stop> {
        self.count(span)?;
        if self.open.len() == MAX_DEPTH {
            let (message, help) = syntax::too_deep(self.findings.kind());
            self.findings.error_help(span, message, help);
            return Err(Stop);
        }
        let bracketed = span.end > span.start;
        let node = Node { value, span, end: span.end };
        self.open.push(Open { node, bracketed, next: Next::Key, seen: HashMap::new() });
        Ok(())
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node<'s>) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        // A list or map without brackets has no bytes of its own: it stands where its first part does.
        if open.node.span.start == open.node.span.end {
            open.node.span = node.span;
        }
        open.node.end = open.node.end.max(node.end);
        match &mut open.node.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match std::mem::replace(&mut open.next, Next::Key) {
                Next::Key => {
                    let key = word(node, &mut open.seen, self.findings);
                    open.next = key.map_or(Next::Dropped, Next::ValueOf);
                }
                Next::ValueOf(key) => entries.push((key, node)),
                Next::Dropped => {}
            },
            Value::Empty | Value::Faulty | Value::Plain(_) | Value::Quoted(_) => {}
        }
    }
}

/// The key that a node is, if it is one that stands here for the first time.
fn word<'s>(
    node: Node<'s>,
    seen: &mut HashMap<Cow<'s, str>, usize>,
    findings: &mut Findings<'s>,
) -> Option<Spanned<Cow<'s, str>>> {
    let span = node.span;
    let value = match node.value {
        Value::Plain(text) if text == "<<" => {
            let help = "write the keys out".to_owned();
            findings.error_help(span, "merge keys (`<<`) are not allowed", help);
            return None;
        }
        Value::Plain(text) | Value::Quoted(text) => text,
        Value::Empty => {
            findings.error(span, "the key in front of this colon is missing");
            return None;
        }
        Value::Faulty => return None,
        Value::List(_) | Value::Map(_) => {
            let help = "put a text that starts with `{` or `[` in double quotes".to_owned();
            findings.error_help(span, "a key is one word, not a list or a map", help);
            return None;
        }
    };
    match seen.entry(value.clone()) {
        Entry::Vacant(place) => {
            place.insert(span.start);
            Some(Spanned { value, span })
        }
        Entry::Occupied(first) => {
            let first = findings.line_of(*first.get());
            let help = format!("the first one is on {first}: keep one of them");
            findings.error_help(span, format!("the key {} stands here twice", key(&value)), help);
            None
        }
    }
}

/// The bytes of a place.
fn bytes(at: &granit_parser::Span) -> Span {
    let start = at.start.byte_offset().unwrap_or(0);
    Span { start, end: at.end.byte_offset().unwrap_or(start).max(start) }
}
