//! Hashing and parsing ahead, on every core. What lies ahead is only ever plain whole lines; where
//! anything else is found this stops, and the scan itself goes on from there and names it. So the
//! verdict is the scan's alone, and the same with one core as with many.

use std::num::NonZero;
use std::thread;

use super::{Cursor, Expect, Placed, Scan, continues};
use crate::engine::Digest;
use crate::journal::{codec, line};

/// Below this many bytes another thread costs more than it saves.
const WORTH_IT: usize = 256 * 1024;

const MOST_THREADS: usize = 8;

/// The lines of a stretch, as far as they are authentic and of this format.
#[derive(Default)]
struct Piece {
    /// Offsets and lines count from the start of the stretch.
    records: Vec<Placed>,
    /// What each record says of the one before it.
    prevs: Vec<Digest>,
    /// Whether that is all of the stretch.
    whole: bool,
}

/// Takes over as many lines as can be had without a doubt; gives their length in bytes.
pub(super) fn take(bytes: &[u8], expect: &Expect<'_>, scan: &mut Scan) -> usize {
    if bytes.len() < WORTH_IT || scan.end.open {
        return 0;
    }
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    take_on(cores, bytes, expect, scan)
}

pub(super) fn take_on(cores: usize, bytes: &[u8], expect: &Expect<'_>, scan: &mut Scan) -> usize {
    let mut taken = 0;
    for piece in pieces(bytes, expect, cores) {
        let whole = piece.whole;
        let (length, all) = join(piece, expect, scan);
        taken += length;
        if !(whole && all) {
            break;
        }
    }
    taken
}

fn pieces(bytes: &[u8], expect: &Expect<'_>, cores: usize) -> Vec<Piece> {
    let mut stretches = split(bytes, cores);
    let mine = stretches.pop().unwrap_or_default();
    thread::scope(|scope| {
        let spawn = |stretch| {
            let work = move || parse(stretch, expect);
            thread::Builder::new().spawn_scoped(scope, work).map_err(|_| stretch)
        };
        let others: Vec<_> = stretches.into_iter().map(spawn).collect();
        let last = parse(mine, expect);
        let mut pieces: Vec<Piece> = others
            .into_iter()
            .map(|other| match other {
                // A piece that is empty and not whole only means that the scan does the work itself.
                Ok(thread) => thread.join().unwrap_or_default(),
                Err(stretch) => parse(stretch, expect),
            })
            .collect();
        pieces.push(last);
        pieces
    })
}

/// Stretches of about the same length that end with a line.
fn split(bytes: &[u8], parts: usize) -> Vec<&[u8]> {
    let mut stretches = Vec::new();
    let mut rest = bytes;
    for left in (2..=parts).rev() {
        let near = rest.len() / left;
        let Some(end) = line::line_feed(&rest[near..]) else { break };
        let (stretch, behind) = rest.split_at(near + end + 1);
        stretches.push(stretch);
        rest = behind;
    }
    stretches.push(rest);
    stretches
}

fn parse(stretch: &[u8], expect: &Expect<'_>) -> Piece {
    let mut piece = Piece::default();
    let mut at = 0;
    while at < stretch.len() {
        let rest = &stretch[at..];
        let Some(end) = line::line_feed(rest) else { return piece };
        let line = &rest[..end];
        let Some(h) = line::authentic(line) else { return piece };
        let Ok(decoded) = codec::decode(line, h, expect.incident, expect.writer) else {
            return piece;
        };
        if piece.records.is_empty() {
            let guess = stretch.len() / (end + 1) + 1;
            piece.records.reserve_exact(guess + guess / 8);
            piece.prevs.reserve_exact(guess + guess / 8);
        }
        let (offset, length) = (at as u64, end as u64);
        let line = piece.records.len() as u64 + 1;
        piece.records.push(Placed { record: decoded.record, offset, length, line });
        piece.prevs.push(decoded.prev);
        at += end + 1;
    }
    piece.whole = true;
    piece
}

/// Takes over what continues the chain; gives its length, and whether that was the whole piece.
fn join(mut piece: Piece, expect: &Expect<'_>, scan: &mut Scan) -> (usize, bool) {
    let start = scan.end;
    let mut good = 0;
    for (placed, prev) in piece.records.iter_mut().zip(&piece.prevs) {
        if continues(&placed.record, *prev, expect, &scan.end, None).is_err() {
            break;
        }
        placed.offset += start.offset;
        placed.line += start.lines;
        scan.end = Cursor {
            offset: placed.offset + placed.length + 1,
            lines: placed.line,
            seq: placed.record.at.seq,
            hash: Some(placed.record.at.h),
            hlc: placed.record.stamp.hlc,
            open: false,
        };
        good += 1;
    }
    let all = good == piece.records.len();
    piece.records.truncate(good);
    if scan.records.is_empty() {
        scan.records = piece.records;
    } else {
        scan.records.append(&mut piece.records);
    }
    let length = usize::try_from(scan.end.offset - start.offset).unwrap_or(0);
    (length, all)
}
