//! Bytes in, verdict out. Verifies one writer's file from its first byte or from a place that was
//! verified before: every line's own hash, then its parse, then the chain.
//!
//! Total: any bytes have a verdict. Everything up to the first bad byte is good, whatever follows.
//! Absent here on purpose: files, clocks, other writers (that is `merge`).

mod ahead;

use serde::{Deserialize, Serialize};

use super::codec;
use super::flaw::{Damage, Flaw};
use super::line;
use super::tail::{self, MARKS, Tail};
use crate::engine::{Digest, Event, Fact, Head, Hlc, Record, RecordRef, WriterId};

/// What a file must be.
#[derive(Debug, Clone, Copy)]
pub struct Expect<'a> {
    /// The incident whose folder it lies in.
    pub incident: &'a str,
    /// The writer that it is named after.
    pub writer: &'a WriterId,
    /// SHA-256 of the pinned playbook, on which the first record stands.
    pub genesis: Digest,
}

/// A place up to which a file is verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cursor {
    /// Bytes before it.
    pub offset: u64,
    /// Line feeds before it.
    pub lines: u64,
    /// The number of the record before it; 0 = none.
    pub seq: u64,
    /// That record's hash.
    pub hash: Option<Digest>,
    /// That record's clock.
    pub hlc: Hlc,
    /// Whether that record still waits for its line feed.
    pub open: bool,
}

impl Cursor {
    /// The record before this place.
    #[must_use]
    pub fn head(&self, writer: &WriterId) -> Option<Head> {
        self.hash.map(|h| RecordRef { writer: writer.clone(), seq: self.seq, h })
    }
}

/// A record and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The record.
    pub record: Record,
    /// Its first byte.
    pub offset: u64,
    /// Its length in bytes, without the line feed.
    pub length: u64,
    /// Its line, from 1.
    pub line: u64,
}

/// A torn stretch that was set apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// First byte.
    pub offset: u64,
    /// Length, the marks that end it included.
    pub length: u64,
    /// SHA-256 of the stretch.
    pub sha256: Digest,
}

/// What a file holds, and how it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// The verified records in order.
    pub records: Vec<Placed>,
    /// Torn stretches among them.
    pub gaps: Vec<Gap>,
    /// How the file ends.
    pub tail: Tail,
    /// The end of what is good. Reading goes on here when the file has grown.
    pub end: Cursor,
}

/// Verifies a whole file.
#[must_use]
pub fn scan(bytes: &[u8], expect: &Expect<'_>) -> Scan {
    scan_from(bytes, expect, Cursor::default())
}

/// Verifies what follows a place that was verified before; `bytes` start at `from.offset`.
#[must_use]
pub fn scan_from(bytes: &[u8], expect: &Expect<'_>, from: Cursor) -> Scan {
    let mut scan = Scan { records: Vec::new(), gaps: Vec::new(), tail: Tail::Clean, end: from };
    let mut rest = bytes;
    if from.open && !bytes.is_empty() {
        let Some(after) = bytes.strip_prefix(b"\n") else {
            scan.tail = damaged(&from, Flaw::Trailing);
            return scan;
        };
        rest = after;
        scan.end.offset += 1;
        scan.end.lines += 1;
        scan.end.open = false;
    }
    rest = &rest[ahead::take(rest, expect, &mut scan)..];
    while !rest.is_empty() {
        match next(rest, expect, &scan.end) {
            Ok(step) => rest = &rest[scan.take(step)..],
            Err(tail) => {
                scan.tail = tail;
                return scan;
            }
        }
    }
    if scan.end.open {
        scan.tail = Tail::NewlineMissing;
    }
    scan
}

impl Scan {
    /// The newest good record.
    #[must_use]
    pub fn head(&self) -> Option<&Head> {
        self.records.last().map(|placed| &placed.record.at)
    }

    /// Where it stops verifying, if it does.
    #[must_use]
    pub fn damage(&self) -> Option<&Damage> {
        match &self.tail {
            Tail::Damaged(damage) => Some(damage),
            Tail::Clean | Tail::NewlineMissing | Tail::Torn { .. } => None,
        }
    }

    /// Takes a step over and says how many bytes it covers.
    fn take(&mut self, step: Step) -> usize {
        let gap = step.gap.as_ref().map_or(0, |gap| gap.length);
        let placed = Placed {
            offset: self.end.offset + gap,
            length: step.length as u64,
            line: self.end.lines + step.gap_lines + 1,
            record: step.record,
        };
        self.end = Cursor {
            offset: placed.offset + placed.length + u64::from(step.ended),
            lines: placed.line - u64::from(!step.ended),
            seq: placed.record.at.seq,
            hash: Some(placed.record.at.h),
            hlc: placed.record.stamp.hlc,
            open: !step.ended,
        };
        self.gaps.extend(step.gap);
        self.records.push(placed);
        step.skipped + step.length + usize::from(step.ended)
    }
}

/// One record further, over a torn stretch if there is one.
struct Step {
    gap: Option<Gap>,
    gap_lines: u64,
    skipped: usize,
    record: Record,
    length: usize,
    ended: bool,
}

fn next(rest: &[u8], expect: &Expect<'_>, at: &Cursor) -> Result<Step, Tail> {
    let (line, ended) = first_line(rest);
    if let Some(h) = line::authentic(line) {
        let record = admit(line, h, expect, at, None).map_err(|what| damaged(at, what))?;
        let length = line.len();
        return Ok(Step { gap: None, gap_lines: 0, skipped: 0, record, length, ended });
    }
    let (skipped, found) = next_authentic(rest);
    let stretch = &rest[..skipped];
    tail::torn(stretch, at.offset).map_err(|what| damaged(at, what))?;
    let Some((line, h, ended)) = found else {
        return Err(Tail::Torn { offset: at.offset, length: skipped as u64 });
    };
    if !stretch.ends_with(MARKS) {
        return Err(damaged(at, Flaw::Altered));
    }
    let gap = Gap { offset: at.offset, length: skipped as u64, sha256: line::sha256(stretch) };
    let gap_lines = line::line_feeds(stretch);
    let record = admit(line, h, expect, at, Some(&gap)).map_err(|_| damaged(at, Flaw::Altered))?;
    Ok(Step { gap: Some(gap), gap_lines, skipped, record, length: line.len(), ended })
}

/// The line without its line feed, and whether it had one.
fn first_line(rest: &[u8]) -> (&[u8], bool) {
    match line::line_feed(rest) {
        Some(end) => (&rest[..end], true),
        None => (rest, false),
    }
}

type Found<'a> = (&'a [u8], Digest, bool);

/// The bytes before the next authentic line, and that line.
fn next_authentic(rest: &[u8]) -> (usize, Option<Found<'_>>) {
    let mut skipped = 0;
    for piece in rest.split_inclusive(|b| *b == b'\n') {
        let (line, ended) = first_line(piece);
        if let Some(h) = line::authentic(line) {
            return (skipped, Some((line, h, ended)));
        }
        skipped += piece.len();
    }
    (skipped, None)
}

/// An authentic line becomes a record of this chain.
fn admit(
    line: &[u8],
    h: Digest,
    expect: &Expect<'_>,
    at: &Cursor,
    gap: Option<&Gap>,
) -> Result<Record, Flaw> {
    let decoded = codec::decode(line, h, expect.incident, expect.writer)?;
    continues(&decoded.record, decoded.prev, expect, at, gap)?;
    Ok(decoded.record)
}

/// Whether a record, which says `prev` of the one before it, comes next in this chain.
fn continues(
    record: &Record,
    prev: Digest,
    expect: &Expect<'_>,
    at: &Cursor,
    gap: Option<&Gap>,
) -> Result<(), Flaw> {
    let expected = at.seq.saturating_add(1);
    if record.at.seq != expected {
        return Err(Flaw::OutOfSequence { expected, found: record.at.seq });
    }
    match at.hash {
        None if prev != expect.genesis => return Err(Flaw::OtherPlaybook),
        Some(before) if prev != before => return Err(Flaw::ChainBroken),
        None | Some(_) => {}
    }
    if at.hash.is_some() && record.stamp.hlc <= at.hlc {
        return Err(Flaw::ClockBack);
    }
    if recovered(record) != gap.map(|gap| (gap.offset, gap.length, gap.sha256)) {
        return Err(Flaw::FalseRecovery);
    }
    Ok(())
}

fn recovered(record: &Record) -> Option<(u64, u64, Digest)> {
    match &record.fact {
        Fact::Known(Event::TailRecovered { offset, length, sha256 }) => {
            Some((*offset, *length, *sha256))
        }
        Fact::Known(_) | Fact::Newer(_) => None,
    }
}

fn damaged(at: &Cursor, what: Flaw) -> Tail {
    Tail::Damaged(Damage { line: at.lines + 1, byte: at.offset, what })
}

#[cfg(test)]
mod tests;
