//! Nodes to values. A faulty value is reported and stays apart from an absent one, so that reading
//! goes on and no rule objects to the consequences of a fault.

use std::borrow::Cow;

use super::super::findings::{Findings, Span, Spanned, key};
use super::schema::{Said, Schema};
use super::tree::{Node, Value};

/// A text as it was written: `no`, `010` and `1.10` are texts.
pub(crate) type Text<'s> = Spanned<Cow<'s, str>>;
/// `true` or `false`.
pub(crate) type Flag = Spanned<bool>;
/// A list; faulty entries keep their place. It stands where its key does.
pub(crate) type List<T> = Spanned<Vec<Option<T>>>;
/// A map with keys chosen by the author, in their order; faulty values keep their key.
pub(crate) type Entries<'s, T> = Spanned<Vec<(Text<'s>, Option<T>)>>;

/// One word where a list is possible too.
#[derive(Debug)]
pub(crate) struct OneOrMany<'s>(pub(crate) List<Text<'s>>);

/// A short form in words, or the long form with keys.
#[derive(Debug)]
pub(crate) enum Short<'s, T> {
    /// Only the most important text.
    Words(Text<'s>),
    /// All keys.
    Full(T),
}

/// The value of one key.
#[derive(Debug, Default)]
pub(crate) enum Slot<T> {
    /// The key was not written.
    #[default]
    Absent,
    /// The key was written, and what is wrong with its value is reported.
    Faulty,
    /// The value.
    Given(T),
}

impl<T> Slot<T> {
    /// The value, if there is a sound one.
    pub(crate) fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Faulty => None,
        }
    }

    /// The value; reports it where the key was not written.
    pub(crate) fn required(&self, name: &str, at: Span, findings: &mut Findings<'_>) -> Option<&T> {
        if self.is_absent() {
            findings.error(at, format!("{} is missing", key(name)));
        }
        self.given()
    }

    /// Whether the key was not written.
    pub(crate) const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// What a value belongs to, to speak of it.
#[derive(Clone, Copy)]
pub(crate) enum Under<'k> {
    /// It is the whole file.
    File,
    /// It is the value of this key.
    Key(&'k str, Span),
    /// It is an entry of the list of this key.
    Entry(&'k str),
}

impl Under<'_> {
    fn label(self) -> String {
        match self {
            Under::File => "the file".to_owned(),
            Under::Key(name, _) => key(name),
            Under::Entry(name) => format!("an entry of {}", key(name)),
        }
    }

    /// Where to point when something inside is missing.
    pub(crate) fn place(self, node: &Node<'_>) -> Span {
        match self {
            Under::Key(_, span) => span,
            Under::File | Under::Entry(_) => node.span,
        }
    }

    fn name(&self) -> &str {
        match self {
            Under::File => "",
            Under::Key(name, _) | Under::Entry(name) => name,
        }
    }
}

/// A value that can be read from a node.
pub(crate) trait Read<'s>: Sized {
    /// The words for it behind "should be".
    const SHAPE: &'static str;

    /// Reads it; nothing means that the findings say why.
    fn read(node: Node<'s>, under: Under<'_>, findings: &mut Findings<'s>) -> Option<Self>;

    /// What editors are told of it, with what the table says of the key it belongs to.
    fn schema(said: &Said) -> Schema;
}

/// Reads the root of a file.
pub(super) fn document<'s, T: Read<'s>>(node: Node<'s>, findings: &mut Findings<'s>) -> Option<T> {
    T::read(node, Under::File, findings)
}

/// Reads the value of a key.
pub(crate) fn slot<'s, T: Read<'s>>(
    name: &Text<'s>,
    node: Node<'s>,
    findings: &mut Findings<'s>,
) -> Slot<T> {
    T::read(node, Under::Key(&name.value, name.span), findings).map_or(Slot::Faulty, Slot::Given)
}

/// The entries of a map.
pub(crate) fn map<'s>(
    node: Node<'s>,
    shape: &str,
    under: Under<'_>,
    findings: &mut Findings<'s>,
) -> Option<Vec<(Text<'s>, Node<'s>)>> {
    match node.value {
        Value::Map(entries) => Some(entries),
        _ => mismatch(&node, shape, under, findings),
    }
}

/// Reports a key that has no meaning here. The key that was probably meant, if there is one.
pub(crate) fn unknown_key(
    name: &Text<'_>,
    known: &[&'static str],
    findings: &mut Findings<'_>,
) -> Option<&'static str> {
    let meant = findings.closest(&name.value, known.iter().copied());
    let help = meant.map_or_else(
        || format!("the keys here are {}", known.join(", ")),
        |meant| format!("did you mean {}?", key(meant)),
    );
    let message = format!("the key {} is not known here", key(&name.value));
    findings.error_help(name.span, message, help);
    meant
}

fn mismatch<T>(
    node: &Node<'_>,
    shape: &str,
    under: Under<'_>,
    findings: &mut Findings<'_>,
) -> Option<T> {
    let label = under.label();
    let found = match &node.value {
        Value::Faulty => return None,
        Value::Empty => {
            let help = match under {
                Under::File => findings.kind().start(),
                Under::Key(..) => "write a value, or leave the key out",
                Under::Entry(_) => "write a value, or delete the entry",
            };
            let at = under.place(node);
            findings.error_help(at, format!("{label} is empty"), help.to_owned());
            return None;
        }
        Value::Plain(_) | Value::Quoted(_) => "a text",
        Value::List(_) => "a list",
        Value::Map(_) => "a map of keys",
    };
    let help = match &node.value {
        Value::Plain(text) if text.ends_with(':') || text.contains(":\n") => {
            Some("write a space behind the colon".to_owned())
        }
        _ => None,
    };
    findings.error_help(node.span, format!("{label} should be {shape}, not {found}"), help);
    None
}

impl<'s> Read<'s> for Text<'s> {
    const SHAPE: &'static str = "a text";

    fn read(node: Node<'s>, under: Under<'_>, findings: &mut Findings<'s>) -> Option<Self> {
        match node.value {
            Value::Plain(value) | Value::Quoted(value) => Some(Self { value, span: node.span }),
            _ => mismatch(&node, Self::SHAPE, under, findings),
        }
    }

    fn schema(said: &Said) -> Schema {
        Schema::of(said)
    }
}

impl<'s> Read<'s> for Flag {
    const SHAPE: &'static str = "true or false";

    fn read(node: Node<'s>, under: Under<'_>, findings: &mut Findings<'s>) -> Option<Self> {
        let help = match &node.value {
            Value::Plain(word) => match word.as_ref() {
                "true" => return Some(Self { value: true, span: node.span }),
                "false" => return Some(Self { value: false, span: node.span }),
                "True" | "TRUE" | "yes" | "Yes" | "on" | "y" => "write true",
                "False" | "FALSE" | "no" | "No" | "off" | "n" => "write false",
                _ => "write true or false",
            },
            Value::Quoted(_) => "write true or false, without quotes",
            _ => return mismatch(&node, Self::SHAPE, under, findings),
        };
        let message = format!("{} is neither true nor false", under.label());
        findings.error_help(node.span, message, help.to_owned());
        None
    }

    fn schema(_: &Said) -> Schema {
        Schema::flag()
    }
}

impl<'s, T: Read<'s>> Read<'s> for List<T> {
    const SHAPE: &'static str = "a list";

    fn read(node: Node<'s>, under: Under<'_>, findings: &mut Findings<'s>) -> Option<Self> {
        let span = under.place(&node);
        match node.value {
            Value::List(items) => {
                let entry = Under::Entry(under.name());
                let value = items.into_iter().map(|item| T::read(item, entry, findings)).collect();
                Some(Self { value, span })
            }
            Value::Plain(_) | Value::Quoted(_) => {
                let message = format!("{} should be a list, not a text", under.label());
                let help = "put the value in brackets: `[...]`".to_owned();
                findings.error_help(node.span, message, help);
                None
            }
            _ => mismatch(&node, Self::SHAPE, under, findings),
        }
    }

    fn schema(said: &Said) -> Schema {
        Schema::list(said, T::schema(&said.of_entries()))
    }
}

impl<'s, T: Read<'s>> Read<'s> for Entries<'s, T> {
    const SHAPE: &'static str = "a map of keys";

    fn read(node: Node<'s>, under: Under<'_>, findings: &mut Findings<'s>) -> Option<Self> {
        let span = under.place(&node);
        let entries = map(node, Self::SHAPE, under, findings)?;
        let mut value = Vec::with_capacity(entries.len());
        for (name, node) in entries {
            let read = T::read(node, Under::Key(&name.value, name.span), findings);
            value.push((name, read));
        }
        Some(Self { value, span })
    }

    fn schema(said: &Said) -> Schema {
        Schema::entries(said, T::schema(&said.of_entries()))
    }
}

impl<'s> Read<'s> for OneOrMany<'s> {
    const SHAPE: &'static str = "a word or a list of words";

    fn read(node: Node<'s>, under: Under<'_>, findings: &mut Findings<'s>) -> Option<Self> {
        match node.value {
            Value::List(_) => List::read(node, under, findings).map(Self),
            Value::Plain(value) | Value::Quoted(value) => {
                let one = Text { value, span: node.span };
                Some(Self(Spanned { value: vec![Some(one)], span: node.span }))
            }
            _ => mismatch(&node, Self::SHAPE, under, findings),
        }
    }

    fn schema(said: &Said) -> Schema {
        let several = List::<Text<'s>>::schema(&said.distinct());
        Schema::any_of(vec![Schema::of(said), several])
    }
}

impl<'s, T: Read<'s>> Read<'s> for Short<'s, T> {
    const SHAPE: &'static str = "a text or a map of keys";

    fn read(node: Node<'s>, under: Under<'_>, findings: &mut Findings<'s>) -> Option<Self> {
        match node.value {
            Value::Plain(value) | Value::Quoted(value) => {
                Some(Self::Words(Text { value, span: node.span }))
            }
            Value::Map(_) => T::read(node, under, findings).map(Self::Full),
            _ => mismatch(&node, Self::SHAPE, under, findings),
        }
    }

    fn schema(said: &Said) -> Schema {
        Schema::any_of(vec![Schema::of(said), T::schema(said)])
    }
}
