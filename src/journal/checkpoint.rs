//! One line that pins a log from outside: `runbook-checkpoint 1 INCIDENT WRITER SEQ HASH`. Pure.
//!
//! A log cannot prove by itself that its end was not cut or that it was not rewritten as a whole.
//! A checkpoint in somebody else's hands can: a log that continues it holds that very record.

use std::fmt;
use std::str::FromStr;

use super::flaw::{Flaw, Problem, file_name};
use super::id::IncidentId;
use super::merge::WriterFile;
use crate::engine::{Digest, Head, RecordRef, WriterId};

const WORD: &str = "runbook-checkpoint";
const FORMAT: &str = "1";

/// The newest record of one writer, as somebody outside wrote it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Of which incident.
    pub incident: IncidentId,
    /// The record.
    pub head: Head,
}

/// Why a text is no checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Nothing was given.
    #[error("there is no checkpoint in it")]
    Empty,
    /// The line is not exactly of the form that is printed.
    #[error("line {line} is not of the form \"runbook-checkpoint 1 INCIDENT WRITER SEQ HASH\"")]
    Form {
        /// From 1.
        line: usize,
    },
    /// The line has another format number.
    #[error("line {line} was written by a newer runbook (checkpoint format {format})")]
    Newer {
        /// From 1.
        line: usize,
        /// What it says.
        format: u32,
    },
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Head { writer, seq, h } = &self.head;
        write!(f, "{WORD} {FORMAT} {} {writer} {seq} {h}", self.incident)
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    /// One line, exactly as printed: a number that would print differently is refused.
    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        parse_line(text, 1)
    }
}

/// Every line of a text; a line feed at its end is optional.
///
/// # Errors
/// Says which line is not of the form. A text without any line is an error as well.
pub fn parse(text: &str) -> Result<Vec<Checkpoint>, CheckpointError> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    if text.is_empty() {
        return Err(CheckpointError::Empty);
    }
    text.split('\n').enumerate().map(|(at, line)| parse_line(line, at + 1)).collect()
}

fn parse_line(text: &str, line: usize) -> Result<Checkpoint, CheckpointError> {
    let form = || CheckpointError::Form { line };
    let fields: Vec<_> = text.split(' ').collect();
    if let [WORD, format, ..] = fields[..]
        && format != FORMAT
    {
        let format = format.parse().map_err(|_| form())?;
        return Err(CheckpointError::Newer { line, format });
    }
    let [WORD, FORMAT, incident, writer, seq, h] = fields[..] else { return Err(form()) };
    let checkpoint = Checkpoint {
        incident: incident.parse().map_err(|_| form())?,
        head: RecordRef {
            writer: WriterId::parse(writer).ok_or_else(form)?,
            seq: seq.parse().ok().filter(|seq| *seq > 0).ok_or_else(form)?,
            h: Digest::from_hex(h.as_bytes()).ok_or_else(form)?,
        },
    };
    if checkpoint.to_string() == text { Ok(checkpoint) } else { Err(form()) }
}

/// What these files lack of the checkpoints; nothing if the log continues every one of them.
pub(super) fn compare(
    id: &IncidentId,
    files: &[WriterFile],
    expected: &[Checkpoint],
) -> Vec<Problem> {
    expected.iter().filter_map(|checkpoint| lacks(id, files, checkpoint)).collect()
}

fn lacks(id: &IncidentId, files: &[WriterFile], expected: &Checkpoint) -> Option<Problem> {
    let Head { writer, seq, h } = &expected.head;
    let file = file_name(writer);
    if expected.incident != *id {
        return Some(Problem { file, line: None, byte: None, what: Flaw::OtherCheckpoint });
    }
    let records =
        files.iter().find(|file| file.writer == *writer).map_or(&[][..], |f| &f.scan.records);
    let at = usize::try_from(seq.saturating_sub(1)).ok();
    let Some(placed) = at.and_then(|at| records.get(at)) else {
        let what = Flaw::RecordsMissing { needed: *seq, have: records.len() as u64 };
        return Some(Problem { file, line: None, byte: None, what });
    };
    let (line, byte) = (Some(placed.line), Some(placed.offset));
    let what = Flaw::Rewritten { seq: *seq };
    (placed.record.at.h != *h).then_some(Problem { file, line, byte, what })
}
