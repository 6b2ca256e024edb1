//! Words that people wrote, as they stand in a record.

use serde::{Deserialize, Serialize};

pub use crate::playbook::is_unprintable;

/// The longest text one answer may hold, in bytes. A journal line holds several and stays under 64 KiB.
pub const MAX_TEXT: usize = 8 * 1024;

/// The longest name of a person, in bytes.
pub const MAX_NAME: usize = 80;

/// What somebody wrote. Sealed words lie in the private folder; the record holds their salted digest,
/// so that they can be destroyed without breaking the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Text {
    /// The words themselves.
    #[serde(rename = "text")]
    Plain(String),
    /// SHA-256 over salt and words, in hex.
    #[serde(rename = "sealed")]
    Sealed(Digest),
}

impl Text {
    /// The words, or nothing where they are sealed.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Plain(words) => Some(words),
            Self::Sealed(_) => None,
        }
    }
}

/// Why words cannot be taken down.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("it may not be empty")]
    Empty,
    /// Too long for one record.
    #[error(
        "it has {bytes} bytes, and one entry holds at most {limit}: split it into several notes"
    )]
    TooLong {
        /// What was given.
        bytes: usize,
        /// What fits.
        limit: usize,
    },
    /// Control or direction-changing characters can make a log say something else than it holds.
    #[error("it holds the unprintable character U+{0:04X}: type it again without")]
    Control(u32),
}

/// Words ready for a record: trimmed, not empty, at most [`MAX_TEXT`] bytes, printable.
/// Line feeds and tabs stay; carriage returns before a line feed are dropped.
///
/// # Errors
/// Says which of these does not hold.
pub fn words(raw: &str) -> Result<String, TextError> {
    checked(raw, MAX_TEXT, true)
}

/// As [`words`], but one line of at most `limit` bytes: names, titles.
///
/// # Errors
/// Says what does not hold.
pub fn line(raw: &str, limit: usize) -> Result<String, TextError> {
    checked(raw, limit, false)
}

fn checked(raw: &str, limit: usize, lines: bool) -> Result<String, TextError> {
    let text = raw.trim().replace("\r\n", "\n");
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.len() > limit {
        return Err(TextError::TooLong { bytes: text.len(), limit });
    }
    let allowed = |c: char| lines && matches!(c, '\n' | '\t');
    match text.chars().find(|c| is_unprintable(*c) && !allowed(*c)) {
        Some(c) => Err(TextError::Control(u32::from(c))),
        None => Ok(text),
    }
}

/// A person as they gave their name: asserted, not authenticated. One line, at most [`MAX_NAME`] bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Person(String);

impl Person {
    /// Takes a name down.
    ///
    /// # Errors
    /// If it is empty, too long or unprintable.
    pub fn new(name: &str) -> Result<Self, TextError> {
        Ok(Self(line(name, MAX_NAME)?))
    }

    /// The name as given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// A SHA-256 value; 64 lower-case hex digits in every file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// From the raw value.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// From exactly 64 lower-case hex digits.
    #[must_use]
    pub fn from_hex(hex: &[u8]) -> Option<Self> {
        let digit = |b: u8| match b {
            b'0'..=b'9' => Some(b - b'0'),
            b'a'..=b'f' => Some(b - b'a' + 10),
            _ => None,
        };
        let (pairs, rest) = hex.as_chunks::<2>();
        if pairs.len() != 32 || !rest.is_empty() {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Some(Self(bytes))
    }

    /// The raw value.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// 64 lower-case hex digits.
    #[must_use]
    pub fn hex(&self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut out = String::with_capacity(64);
        for byte in self.0 {
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        out
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.hex())
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({})", &self.hex()[..8])
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.hex())
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let hex = std::borrow::Cow::<'de, str>::deserialize(from)?;
        Self::from_hex(hex.as_bytes())
            .ok_or_else(|| serde::de::Error::custom("not 64 lower-case hex digits"))
    }
}
