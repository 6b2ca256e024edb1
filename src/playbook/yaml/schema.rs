//! What an editor may be told of the format: the subset of JSON Schema (draft-07) that the table of
//! keys yields. It never objects to what `compile` takes, and leaves to `compile` what needs the
//! whole file: references, circles, keys that exclude each other.

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use serde_json::Value;

/// The dialect, for editors.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// What an id looks like; the few words that Windows keeps for itself are left to `compile`.
const ID: &str = "^[a-z0-9][a-z0-9-]{0,63}$";

/// A length of time as people write it. Each unit that the parser knows, months and years apart.
macro_rules! span {
    () => {
        "(0|([0-9]+ *(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?) *)+)"
    };
}

/// What a text has to look like.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Word {
    /// One line of at most this many characters.
    Line(usize),
    /// Text of several lines, of at most this many characters.
    Prose(usize),
    /// Any text.
    Raw,
    /// An id.
    Id,
    /// A text of this pattern.
    Like(&'static str),
    /// A length of time of this pattern; the only number among them is 0.
    Length(&'static str),
    /// A whole number within these bounds.
    Whole(u32, u32),
    /// One of these words.
    OneOf(fn() -> Vec<&'static str>),
    /// The number of the only format that this build reads.
    Format(u32),
}

impl Word {
    /// A title and the like.
    pub(crate) const TITLE: Self = Self::Line(200);
    /// A question.
    pub(in crate::playbook) const QUESTION: Self = Self::Line(500);
    /// What to do, what to say.
    pub(crate) const TEXT: Self = Self::Prose(8 * 1024);
    /// A day.
    pub(crate) const DAY: Self = Self::Like(r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$");
    /// `1h30m`.
    pub(in crate::playbook) const SPAN: Self = Self::Length(concat!(r"^\s*", span!(), r"\s*$"));
    /// `15m`, `-15m`, `+15m`.
    pub(crate) const OFFSET: Self = Self::Length(concat!(r"^\s*[+-]?", span!(), r"\s*$"));
    /// The same, or `none`.
    pub(crate) const OFFSET_OR_NONE: Self =
        Self::Length(concat!(r"^\s*(none|[+-]?", span!(), r")\s*$"));
    /// `15m`, `phase+15m`.
    pub(in crate::playbook) const DUE: Self =
        Self::Length(concat!(r"^\s*(phase\+\s*)?", span!(), r"\s*$"));
    /// `0h-2h`.
    pub(in crate::playbook) const WINDOW: Self =
        Self::Like(concat!(r"^\s*", span!(), r"\s*-\s*", span!(), r"\s*$"));
    /// `30m`, `95%`.
    pub(in crate::playbook) const TARGET: Self =
        Self::Like(concat!(r"^\s*(", span!(), r"|[0-9.]+%)\s*$"));
}

/// What the table says of one key beyond its type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said {
    /// The key has to be there.
    pub(crate) must: bool,
    word: Word,
    least: Option<usize>,
    distinct: bool,
}

/// A key that may be left out.
pub(crate) const fn may(word: Word) -> Said {
    Said { must: false, word, least: None, distinct: false }
}

/// A key that has to be there.
pub(crate) const fn must(word: Word) -> Said {
    Said { must: true, ..may(word) }
}

impl Said {
    /// With at least so many entries.
    pub(crate) const fn least(mut self, least: usize) -> Self {
        self.least = Some(least);
        self
    }

    /// No entry comes twice.
    pub(crate) const fn distinct(mut self) -> Self {
        self.distinct = true;
        self
    }

    /// What is said of the entries of a list or map.
    pub(crate) const fn of_entries(&self) -> Self {
        Self { least: None, distinct: false, ..*self }
    }
}

/// A JSON Schema: `format` is none of its keys, since it follows a format of its own.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names and their meaning are those of JSON Schema draft-07")]
pub struct Schema {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub draft: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'static str>,
    #[serde(rename = "type", skip_serializing_if = "<[_]>::is_empty", serialize_with = "one_bare")]
    pub types: &'static [&'static str],
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<usize>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unique_items: bool,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "in_order")]
    pub properties: Vec<(&'static str, Schema)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property_names: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_properties: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_properties: Option<Others>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Schema>,
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    pub condition: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Box<Schema>>,
    #[serde(rename = "else", skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Box<Schema>>,
}

/// What is said of the keys that a schema does not name.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Others {
    /// Whether there may be any.
    Allowed(bool),
    /// What they look like.
    Like(Box<Schema>),
}

fn one_bare<S: Serializer>(types: &&'static [&'static str], to: S) -> Result<S::Ok, S::Error> {
    match types {
        [one] => one.serialize(to),
        several => several.serialize(to),
    }
}

fn in_order<S: Serializer>(all: &[(&'static str, Schema)], to: S) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(all.len()))?;
    all.iter().try_for_each(|(key, schema)| map.serialize_entry(key, schema))?;
    map.end()
}

impl Schema {
    /// A whole file.
    pub(crate) fn root(self, title: &'static str) -> Self {
        Self { draft: Some(DRAFT), title: Some(title), ..self }
    }

    /// With what the table says of it, where that is more than it says itself.
    pub(crate) fn described(mut self, doc: &'static str) -> Self {
        self.description = Some(doc.trim()).filter(|doc| !doc.is_empty()).or(self.description);
        self
    }

    /// Fixed keys and no others.
    pub(crate) fn keys(doc: &'static str, keys: Vec<(&'static str, Said, Self)>) -> Self {
        Self {
            types: &["object"],
            required: keys.iter().filter(|(_, said, _)| said.must).map(|(key, ..)| *key).collect(),
            properties: keys.into_iter().map(|(key, _, schema)| (key, schema)).collect(),
            additional_properties: Some(Others::Allowed(false)),
            ..Self::default()
        }
        .described(doc)
    }

    /// Keys that the author chooses, which are ids everywhere.
    pub(super) fn entries(said: &Said, value: Self) -> Self {
        Self {
            types: &["object"],
            min_properties: said.least,
            property_names: Some(Box::new(Self { types: &[], ..Self::text(Word::Id) })),
            additional_properties: Some(Others::Like(Box::new(value))),
            ..Self::default()
        }
    }

    /// A list.
    pub(super) fn list(said: &Said, item: Self) -> Self {
        Self {
            types: &["array"],
            items: Some(Box::new(item)),
            min_items: said.least,
            unique_items: said.distinct,
            ..Self::default()
        }
    }

    /// `true` or `false`.
    pub(super) fn flag() -> Self {
        Self { types: &["boolean"], ..Self::default() }
    }

    /// One of several.
    pub(crate) fn any_of(all: Vec<Self>) -> Self {
        Self { any_of: all, ..Self::default() }
    }

    /// One thing where this key stands, and another where it does not. Unlike one of several, an editor
    /// can say what is wrong with either.
    pub(super) fn by_key(key: &'static str, then: Self, otherwise: Self) -> Self {
        // Named without a word on its value, so that editors offer the key.
        let named = Self { description: then.description, ..Self::default() };
        let with = Self { properties: vec![(key, named)], required: vec![key], ..Self::default() };
        Self {
            condition: Some(Box::new(with)),
            then: Some(Box::new(then)),
            otherwise: Some(Box::new(otherwise)),
            ..Self::default()
        }
    }

    /// The text that a key takes.
    pub(super) fn of(said: &Said) -> Self {
        Self::text(said.word)
    }

    /// A text. An editor reads `010` and `1.10` as numbers, where we keep them as they are written.
    fn text(word: Word) -> Self {
        let (types, empty) = (&["string", "number"][..], Self::default());
        match word {
            Word::Raw => Self { types, ..empty },
            Word::Line(max) => {
                Self { types, pattern: Some(r"^\s*\S[^\n\t]*\s*$"), max_length: Some(max), ..empty }
            }
            Word::Prose(max) => {
                Self { types, pattern: Some(r"\S"), max_length: Some(max), ..empty }
            }
            Word::Id => Self { types: &["string", "integer"], pattern: Some(ID), ..empty },
            Word::Like(pattern) => Self { types: &["string"], pattern: Some(pattern), ..empty },
            Word::Length(pattern) => Self {
                types: &["string", "integer"],
                pattern: Some(pattern),
                minimum: Some(0),
                maximum: Some(0),
                ..empty
            },
            Word::Whole(from, to) => Self {
                types: &["integer", "string"],
                pattern: Some("^[0-9]+$"),
                minimum: Some(from),
                maximum: Some(to),
                ..empty
            },
            Word::OneOf(words) => {
                Self { words: words().into_iter().map(Value::from).collect(), ..empty }
            }
            Word::Format(number) => {
                Self { words: vec![number.into(), number.to_string().into()], ..empty }
            }
        }
    }
}
