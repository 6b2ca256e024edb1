//! The verdict on an incident's log. Pure: everything was read before.
//!
//! What this can and cannot see: any change to a record, and any record put in, left out or moved
//! before the last one of a file, is found from the file alone. **A tail that was cut cleanly
//! between two records, or a log that was rewritten as a whole by somebody who knows the format,
//! cannot be seen without a checkpoint** (or without another writer's record that had seen more).

use super::checkpoint::{self, Checkpoint};
use super::flaw::{Flaw, Notice, Problem, Remark, file_name};
use super::reading::Reading;
use super::tail::Tail;
use crate::engine::{Head, WriterId};

/// Everything read and judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Whether nothing puts the log in doubt.
    pub ok: bool,
    /// Each writer's file.
    pub writers: Vec<WriterVerdict>,
    /// What puts the log in doubt.
    pub problems: Vec<Problem>,
    /// What is worth knowing.
    pub notices: Vec<Notice>,
}

/// One file, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriterVerdict {
    /// Whose.
    pub writer: WriterId,
    /// Whether this install writes it.
    pub own: bool,
    /// How many records verify.
    pub records: u64,
    /// The newest of them.
    pub head: Option<Head>,
    /// How the file ends.
    pub tail: Tail,
    /// All in all.
    pub status: Status,
}

/// What a file is worth, all in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Every byte verifies.
    Whole,
    /// Our own file ends within a record, which will be set apart.
    Torn,
    /// A copy that is not complete yet: it ends within a record, or others saw more.
    InTransit,
    /// Verifies, and uses words of a newer version.
    Newer,
    /// Puts the log in doubt.
    Doubtful,
}

/// Judges what was read, against checkpoints if there are any.
#[must_use]
pub fn verify(reading: &Reading, expected: &[Checkpoint]) -> Verification {
    let mut problems = reading.problems.clone();
    problems.extend(checkpoint::compare(&reading.id, &reading.files, expected));
    let notices = reading.notices.clone();
    let writers = reading
        .files
        .iter()
        .map(|file| WriterVerdict {
            writer: file.writer.clone(),
            own: file.own,
            records: file.scan.records.len() as u64,
            head: file.scan.head().cloned(),
            tail: file.scan.tail.clone(),
            status: status(&file_name(&file.writer), &problems, &notices),
        })
        .collect();
    Verification { ok: problems.is_empty(), writers, problems, notices }
}

fn status(file: &str, problems: &[Problem], notices: &[Notice]) -> Status {
    let mine = problems.iter().filter(|problem| problem.file == file);
    let remarks = || notices.iter().filter(|notice| notice.file == file).map(|notice| &notice.what);
    if mine.clone().any(|problem| !matches!(problem.what, Flaw::NewerFormat(_))) {
        Status::Doubtful
    } else if mine.count() > 0 || remarks().any(|r| matches!(r, Remark::NewerEvent { .. })) {
        Status::Newer
    } else if remarks().any(|r| matches!(r, Remark::TornTail { .. })) {
        Status::Torn
    } else if remarks().any(|r| matches!(r, Remark::InTransit { .. } | Remark::Behind { .. })) {
        Status::InTransit
    } else {
        Status::Whole
    }
}
