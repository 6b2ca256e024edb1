//! An event sealed into the journal, as every reader sees it. How it becomes bytes is the journal's business.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use super::event::Event;
use super::text::{Digest, Person};
use super::time::{Offset, Timestamp};
use crate::playbook::RoleId;

/// One journal file of one install: `w` and 32 hex digits, with `-2`, `-3` … for continuations.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct WriterId(String);

impl WriterId {
    /// From the form above.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let rest = word.strip_prefix('w')?;
        let (hex, number) = rest.split_once('-').map_or((rest, None), |(h, n)| (h, Some(n)));
        let hex_ok = hex.len() == 32 && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let number_ok = number
            .is_none_or(|n| n.parse::<u32>().is_ok_and(|n| (2..=9999).contains(&n)))
            && number.is_none_or(|n| !n.starts_with(['0', '+']));
        (hex_ok && number_ok).then(|| Self(word.to_owned()))
    }

    /// A fresh install's id from 16 random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        let mut word = String::from("w");
        for byte in bytes {
            let _ = write!(word, "{byte:02x}");
        }
        Self(word)
    }

    /// The file that goes on after this one.
    #[must_use]
    pub fn continuation(&self) -> Self {
        let (stem, number) = self.0.split_once('-').unwrap_or((&self.0, "1"));
        Self(format!("{stem}-{}", number.parse::<u32>().unwrap_or(1) + 1))
    }

    /// The install, without a continuation's number.
    #[must_use]
    pub fn install(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The id as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What people say: the first four characters, and the number of a continuation.
    #[must_use]
    pub fn short(&self) -> String {
        let tail = self.0.find('-').map_or("", |at| &self.0[at..]);
        format!("{}{tail}", &self.0[..4])
    }
}

impl fmt::Display for WriterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for WriterId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let word = std::borrow::Cow::<'de, str>::deserialize(from)?;
        Self::parse(&word).ok_or_else(|| serde::de::Error::custom("not a writer id"))
    }
}

/// Points at one record for ever: writer, number from 1, and the record's own hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordRef {
    /// Whose file.
    pub writer: WriterId,
    /// From 1, without gaps within a file.
    pub seq: u64,
    /// The record's hash.
    pub h: Digest,
}

impl RecordRef {
    /// What people say and type: `17@w4f2`.
    #[must_use]
    pub fn short(&self) -> String {
        format!("{}@{}", self.seq, self.writer.short())
    }

    /// The first digits of its hash, which people read to each other: `ab12-cd34`.
    #[must_use]
    pub fn code(&self) -> String {
        let hex = self.h.hex();
        format!("{}-{}", &hex[..4], &hex[4..8])
    }
}

/// The newest record of a file. The same three facts as a [`RecordRef`].
pub type Head = RecordRef;

/// Hybrid logical clock: never behind what was seen, strictly rising within a file.
/// Written as `[milliseconds, counter]`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
pub struct Hlc(pub i64, pub u32);

impl Hlc {
    /// The next value after everything seen, at this wall time.
    #[must_use]
    pub fn next(self, wall: Timestamp) -> Self {
        if wall.millis() > self.0 {
            Self(wall.millis(), 0)
        } else if self.1 == u32::MAX {
            Self(self.0 + 1, 0)
        } else {
            Self(self.0, self.1 + 1)
        }
    }
}

/// How the answer came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Typed while it happened or soon after.
    Typed,
    /// From a paper form.
    Paper,
    /// From another system.
    Import,
}

/// What the record says happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// An event this version knows.
    Known(Event),
    /// An event of a newer version: verified and shown by name, never folded.
    Newer(String),
}

/// Who says so: asserted, not authenticated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Actor {
    /// The person.
    pub person: Option<Person>,
    /// The role they acted in.
    pub role: Option<RoleId>,
}

/// Everything about a record that the program adds to the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The machine's time when it was written down.
    pub wall: Timestamp,
    /// What a wall clock is off Greenwich then; where the exercise has a clock of its own, at the time that
    /// this one showed.
    pub offset: Offset,
    /// Its place in the order of all writers.
    pub hlc: Hlc,
    /// A digest of the machine's boot id, where the system tells it.
    pub boot: Option<String>,
    /// Milliseconds since that boot, where the system tells it.
    pub mono: Option<u64>,
    /// Who says so.
    pub actor: Actor,
    /// Who typed it in from paper, which need not be who did it; absent where nobody said.
    pub scribe: Option<Person>,
    /// How it came in.
    pub src: Source,
    /// When it happened, where that differs from when it was written down.
    pub occurred_at: Option<Timestamp>,
    /// The caller's key, which makes a repeat harmless.
    pub key: Option<String>,
    /// Heads of other writers that changed since this writer's last record.
    pub seen: Vec<Head>,
    /// What the exercise's own clock showed when it was written down, where it has one; `wall` stays the
    /// real time. Never in a live incident.
    pub exercise_time: Option<Timestamp>,
}

/// An event sealed into the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Which record.
    pub at: RecordRef,
    /// When, who, how.
    pub stamp: Stamp,
    /// What.
    pub fact: Fact,
}

/// From this difference on, a fact written down after it happened is a *late entry*.
pub const LATE_AFTER: chrono::TimeDelta = chrono::TimeDelta::minutes(5);

impl Record {
    /// When it happened, as first recorded; corrections are the fold's business.
    #[must_use]
    pub fn effective(&self) -> Timestamp {
        self.stamp.occurred_at.unwrap_or_else(|| self.recorded())
    }

    /// When it was written down, on the clock that its due times count on: the exercise's own where it
    /// has one.
    #[must_use]
    pub fn recorded(&self) -> Timestamp {
        self.stamp.exercise_time.unwrap_or(self.stamp.wall)
    }

    /// The place in the merged log.
    #[must_use]
    pub fn order(&self) -> (Hlc, &WriterId, u64) {
        (self.stamp.hlc, &self.at.writer, self.at.seq)
    }
}
