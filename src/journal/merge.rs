//! The files of all writers of one incident, put into one order and held against each other. Pure.
//!
//! The order is (hybrid logical clock, writer, number), never wall time alone. Files of other
//! installs arrive as copies: one that is behind or ends within a record is in transit, and only a
//! contradiction is a problem. Only the good prefix of a damaged file takes part.

use std::collections::BTreeMap;

use super::flaw::{Flaw, Notice, Problem, Remark, file_name};
use super::line::sha256;
use super::scan::{Expect, Placed, Scan, scan};
use super::tail::Tail;
use crate::engine::{Digest, Event, Fact, Head, Hlc, Record, WriterId};

/// One writer's file, read and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriterFile {
    /// Whose.
    pub writer: WriterId,
    /// Whether this install writes it.
    pub own: bool,
    /// Its length in bytes.
    pub length: u64,
    /// SHA-256 of all its bytes, where it is damaged.
    pub sha256: Option<Digest>,
    /// What it holds.
    pub scan: Scan,
}

impl WriterFile {
    /// Verifies a file's bytes.
    #[must_use]
    pub fn judge(bytes: &[u8], expect: &Expect<'_>, own: bool) -> Self {
        let scan = scan(bytes, expect);
        let sha256 = scan.damage().map(|_| sha256(bytes));
        Self { writer: expect.writer.clone(), own, length: bytes.len() as u64, sha256, scan }
    }

    fn name(&self) -> String {
        file_name(&self.writer)
    }

    fn have(&self) -> u64 {
        self.scan.records.len() as u64
    }

    fn record(&self, seq: u64) -> Option<&Placed> {
        let at = usize::try_from(seq.checked_sub(1)?).ok()?;
        self.scan.records.get(at)
    }
}

/// What holding the files against each other brought up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// What puts the log in doubt.
    pub problems: Vec<Problem>,
    /// What is worth knowing.
    pub notices: Vec<Notice>,
}

impl Findings {
    fn problem(&mut self, file: &WriterFile, at: Option<&Placed>, what: Flaw) {
        let (line, byte) = (at.map(|p| p.line), at.map(|p| p.offset));
        self.problems.push(Problem { file: file.name(), line, byte, what });
    }

    fn notice(&mut self, file: String, what: Remark) {
        self.notices.push(Notice { file, what });
    }
}

/// All records in the one order that every reader sees, whatever order the files come in.
#[must_use]
pub fn merged(files: &[WriterFile]) -> Vec<&Record> {
    let mut all: Vec<_> =
        files.iter().flat_map(|file| &file.scan.records).map(|placed| &placed.record).collect();
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all
}

/// The highest clock in these files.
#[must_use]
pub fn latest(files: &[WriterFile]) -> Hlc {
    files.iter().map(|file| file.scan.end.hlc).max().unwrap_or_default()
}

/// Judges each file and every claim that one makes about another. `install` says who we are.
#[must_use]
pub fn findings(files: &[WriterFile], install: Option<&str>) -> Findings {
    let mut found = Findings::default();
    for file in files {
        endings(file, &mut found);
    }
    let named: BTreeMap<_, _> = files.iter().map(|file| (&file.writer, file)).collect();
    let mut wanted = BTreeMap::new();
    for file in files {
        for placed in &file.scan.records {
            for head in claims(&placed.record) {
                let known = named.get(&head.writer).copied();
                compare(file, placed, head, known, &mut found);
                let most = wanted.entry(head.writer.clone()).or_insert(head.seq);
                *most = head.seq.max(*most);
            }
            continued(file, placed, &named, &mut found);
        }
    }
    for (writer, needed) in wanted {
        let own = install == Some(writer.install());
        missing(&writer, needed, own, named.get(&writer).copied(), &mut found);
    }
    found
}

fn endings(file: &WriterFile, found: &mut Findings) {
    for gap in &file.scan.gaps {
        let (offset, length) = (gap.offset, gap.length);
        found.notice(file.name(), Remark::GapRecovered { offset, length });
    }
    for placed in &file.scan.records {
        if let Fact::Newer(name) = &placed.record.fact {
            let (seq, name) = (placed.record.at.seq, name.clone());
            found.notice(file.name(), Remark::NewerEvent { seq, name });
        }
    }
    match &file.scan.tail {
        Tail::Clean => {}
        Tail::NewlineMissing => found.notice(file.name(), Remark::NewlineMissing),
        Tail::Torn { offset, length } => {
            let (offset, length) = (*offset, *length);
            let remark = if file.own {
                Remark::TornTail { offset, length }
            } else {
                Remark::InTransit { offset, length }
            };
            found.notice(file.name(), remark);
        }
        Tail::Damaged(damage) => found.problems.push(Problem {
            file: file.name(),
            line: Some(damage.line),
            byte: Some(damage.byte),
            what: damage.what.clone(),
        }),
    }
}

/// The heads that a record vouches for.
fn claims(record: &Record) -> impl Iterator<Item = &Head> {
    let good = match &record.fact {
        Fact::Known(Event::WriterContinued { good, .. }) => good.as_ref(),
        Fact::Known(_) | Fact::Newer(_) => None,
    };
    record.stamp.seen.iter().chain(good)
}

fn compare(
    file: &WriterFile,
    placed: &Placed,
    head: &Head,
    known: Option<&WriterFile>,
    found: &mut Findings,
) {
    let Some((other, there)) = known.and_then(|o| Some((o, o.record(head.seq)?))) else { return };
    if there.record.at.h != head.h {
        found.problem(other, Some(there), Flaw::Rewritten { seq: head.seq });
    } else if placed.record.stamp.hlc <= there.record.stamp.hlc {
        found.problem(file, Some(placed), Flaw::CauseAfterEffect);
    }
}

fn continued(
    file: &WriterFile,
    placed: &Placed,
    named: &BTreeMap<&WriterId, &WriterFile>,
    found: &mut Findings,
) {
    let Fact::Known(Event::WriterContinued { file: name, sha256, length, .. }) =
        &placed.record.fact
    else {
        return;
    };
    let Some(other) = named.values().find(|other| file_name(&other.writer) == dir_name(name))
    else {
        return;
    };
    match other.sha256 {
        None if other.length > 0 && *length > 0 => {
            found.notice(other.name(), Remark::VerifiesAfterAll(file.name()));
        }
        Some(now) if now != *sha256 || other.length != *length => {
            found.problem(other, None, Flaw::ChangedSinceContinued(file.name()));
        }
        None | Some(_) => {}
    }
}

fn dir_name(name: &str) -> String {
    format!("journal/{name}")
}

fn missing(
    writer: &WriterId,
    needed: u64,
    own: bool,
    known: Option<&WriterFile>,
    found: &mut Findings,
) {
    let have = known.map_or(0, WriterFile::have);
    // A damaged file lacks its records for a reason that is named already.
    if have >= needed || known.is_some_and(|file| file.scan.damage().is_some()) {
        return;
    }
    let file = file_name(writer);
    if own {
        let what = Flaw::RecordsMissing { needed, have };
        found.problems.push(Problem { file, line: None, byte: None, what });
    } else {
        found.notice(file, Remark::Behind { needed, have });
    }
}

#[cfg(test)]
mod tests;
