//! What can be wrong with a journal, in words that carry their facts. No judgement here, and no
//! content of any record: names and texts must not leak through an error.

use std::fmt;

use crate::engine::{Head, WriterId};

/// Why bytes are not accepted, or why accepted bytes contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Bytes were changed, inserted or lost.
    #[error("the line is not what its own hash says")]
    Altered,
    /// No crash of ours leaves this behind.
    #[error("a complete record is followed by other bytes on its line")]
    Trailing,
    /// The hash holds, the content is not a record of this format.
    #[error("the hash holds, but {0} is not of this format")]
    Malformed(&'static str),
    /// The envelope's version is not 1.
    #[error("written by a newer runbook (format {0})")]
    NewerFormat(u64),
    /// The record belongs elsewhere.
    #[error("the record belongs to another incident")]
    OtherIncident,
    /// The record belongs elsewhere.
    #[error("the record belongs to another writer's file")]
    OtherWriter,
    /// The first record does not stand on the pinned playbook.
    #[error("the first record does not name the playbook beside it")]
    OtherPlaybook,
    /// Records are missing, doubled or swapped.
    #[error("record {expected} was expected, and record {found} stands here")]
    OutOfSequence {
        /// One more than the record before.
        expected: u64,
        /// What the record says.
        found: u64,
    },
    /// The record does not continue the one before it.
    #[error("the record does not continue the one before it")]
    ChainBroken,
    /// Within a file the logical clock rises strictly.
    #[error("the record's clock is not after the one before it")]
    ClockBack,
    /// A `tail_recovered` record that does not fit the bytes in front of it.
    #[error("the record speaks of a torn stretch that is not there")]
    FalseRecovery,
    /// Another writer saw more of our own file than there is.
    #[error(
        "acknowledged records are missing: up to {needed} were seen by others, {have} are here"
    )]
    RecordsMissing {
        /// The highest number somebody saw.
        needed: u64,
        /// The highest number that is here.
        have: u64,
    },
    /// Another writer, or a checkpoint, names another hash for the record.
    #[error("record {seq} was rewritten: somebody saw it with another hash")]
    Rewritten {
        /// Which record.
        seq: u64,
    },
    /// A record sorts before one that it had seen.
    #[error("the record's clock is not after a record that it had seen")]
    CauseAfterEffect,
    /// A continuation names a damaged file that looked different.
    #[error("the damaged file has changed since {0} went on from it")]
    ChangedSinceContinued(String),
    /// Live and exercise are mixed up.
    #[error("live and exercise do not agree: {0}")]
    WrongShelf(&'static str),
    /// The definition beside the playbook is not the one that was pinned.
    #[error("it is not the exercise that the log names")]
    OtherExercise,
    /// More than one opening record.
    #[error("the incident is opened a second time")]
    OpenedTwice,
    /// A checkpoint of another incident was asked for.
    #[error("the checkpoint belongs to another incident")]
    OtherCheckpoint,
}

/// Where a file stops verifying. Everything before it is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// From 1, as editors and `sed` count.
    pub line: u64,
    /// First byte of the bad stretch, from 0.
    pub byte: u64,
    /// What is wrong.
    pub what: Flaw,
}

/// Something that puts the log in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file's name within the incident folder.
    pub file: String,
    /// Line from 1, where it has one.
    pub line: Option<u64>,
    /// Byte from 0, where it has one.
    pub byte: Option<u64>,
    /// What is wrong.
    pub what: Flaw,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(byte) = self.byte {
            write!(f, ", byte {byte}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// Something worth knowing that puts nothing in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The file's name within the incident folder.
    pub file: String,
    /// What is the case.
    pub what: Remark,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.what)
    }
}

/// What is worth knowing about a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    /// Our own file ends within a record.
    #[error(
        "the last {length} bytes (from {offset}) are no complete record and will be set apart; \
         without a checkpoint this cannot be told from a record that was cut"
    )]
    TornTail {
        /// First byte of the torn stretch.
        offset: u64,
        /// Its length.
        length: u64,
    },
    /// A torn stretch that was set apart earlier; its bytes are still there.
    #[error("{length} bytes from {offset} on were torn and have been set apart")]
    GapRecovered {
        /// First byte of the stretch.
        offset: u64,
        /// Its length.
        length: u64,
    },
    /// The last record is complete and only its line feed is missing.
    #[error("the last line feed is missing; the record before it is complete")]
    NewlineMissing,
    /// Another install's file ends within a record: a copy under way.
    #[error("in transit: the copy ends within a record, {length} bytes after byte {offset}")]
    InTransit {
        /// First byte of the incomplete stretch.
        offset: u64,
        /// Its length.
        length: u64,
    },
    /// Another install's file is older than what somebody saw of it.
    #[error("in transit: up to record {needed} were seen by others, {have} are here")]
    Behind {
        /// The highest number somebody saw.
        needed: u64,
        /// The highest number that is here.
        have: u64,
    },
    /// An event of a newer version.
    #[error("record {seq} is a \"{name}\" of a newer runbook: verified, not understood")]
    NewerEvent {
        /// Which record.
        seq: u64,
        /// The event's name.
        name: String,
    },
    /// A continuation calls the file damaged, and here it verifies.
    #[error("{0} calls this file damaged; this copy of it verifies")]
    VerifiesAfterAll(String),
    /// The definition of the exercise is not here: whoever plays need not have it.
    #[error("the exercise's definition is not here; it lies where the exercise was started")]
    ExerciseMissing,
    /// No file holds the opening record (yet).
    #[error("the record that opens the incident has not arrived")]
    OpeningMissing,
}

/// The file of a writer, as named within the incident folder.
#[must_use]
pub fn file_name(writer: &WriterId) -> String {
    format!("journal/{writer}.jsonl")
}

/// The short code of a record that people read to each other: `ab12-cd34`.
#[must_use]
pub fn head_code(head: &Head) -> String {
    head.code()
}
