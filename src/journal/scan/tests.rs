//! Truncations, flips, edits, forgeries: each is found, or is repaired as designed.

use proptest::prelude::*;

use super::super::codec::{Slot, encode};
use super::super::line::{SUFFIX, seal};
use super::super::sample::{self, Log, expect, genesis, note, stamp};
use super::*;

/// What the writer appends to a torn file.
fn repair(log: &Log, scan: &Scan, bytes: &[u8], ms: i64) -> Vec<u8> {
    let stretch = usize::try_from(scan.end.offset).unwrap();
    let stretch = [&bytes[stretch..], MARKS].concat();
    let event = Event::TailRecovered {
        offset: scan.end.offset,
        length: stretch.len() as u64,
        sha256: line::sha256(&stretch),
    };
    let prev = scan.end.hash.unwrap_or_else(genesis);
    let seq = scan.end.seq + 1;
    let slot = Slot { incident: sample::INCIDENT, writer: &log.writer, seq, prev };
    [MARKS, &encode(slot, stamp(ms), event).unwrap().line].concat()
}

/// Reads a cut file, repairs it if it is torn, and says how many of the log's records are left.
fn recovers(log: &Log, cut: &[u8], ms: i64) -> usize {
    let first = scan(cut, &expect(&log.writer));
    let kept = first.records.iter().filter(|p| log.heads.contains(&p.record.at)).count();
    match &first.tail {
        Tail::Clean | Tail::NewlineMissing => {}
        Tail::Torn { offset, length } => {
            assert_eq!((*offset, offset + length), (first.end.offset, cut.len() as u64));
            let whole = [cut, &repair(log, &first, cut, ms)].concat();
            let after = scan(&whole, &expect(&log.writer));
            assert_eq!(after.tail, Tail::Clean);
            assert_eq!(after.records.len(), first.records.len() + 1);
            assert_eq!(after.gaps.last().map(|gap| gap.offset), Some(*offset));
            let on = scan_from(
                &whole[usize::try_from(*offset).unwrap()..],
                &expect(&log.writer),
                first.end,
            );
            assert_eq!((on.tail, on.end), (Tail::Clean, after.end), "reading on is reading");
        }
        Tail::Damaged(damage) => panic!("{damage:?} after a cut at {}", cut.len()),
    }
    kept
}

#[test]
fn a_log_cut_at_any_byte_keeps_every_complete_record() {
    let log = Log::of(1, 12);
    let ends: Vec<usize> = log
        .lines()
        .iter()
        .scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        })
        .collect();
    for length in 0..=log.bytes.len() {
        let complete = ends.iter().filter(|end| **end - 1 <= length).count();
        assert_eq!(recovers(&log, &log.bytes[..length], 99_000), complete, "cut at {length}");
    }
}

#[test]
fn a_crash_inside_the_repair_recovers_at_every_byte() {
    let log = Log::of(1, 5);
    let lengths = log.bytes.len();
    let mut states = 0;
    for length in [1, 8, 200, lengths / 2, lengths - 300, lengths - 73, lengths - 9, lengths - 2] {
        let cut = &log.bytes[..length];
        let first = scan(cut, &expect(&log.writer));
        let fix = repair(&log, &first, cut, 50_000);
        for crash in 0..=fix.len() {
            let again = [cut, &fix[..crash]].concat();
            assert_eq!(recovers(&log, &again, 60_000), first.records.len(), "{length}+{crash}");
            states += 1;
        }
    }
    assert!(states > 2_500, "{states}");
}

#[test]
fn a_second_crash_inside_the_second_repair_recovers_too() {
    let log = Log::of(1, 3);
    let cut = &log.bytes[..log.bytes.len() - 40];
    let first = scan(cut, &expect(&log.writer));
    let fix = repair(&log, &first, cut, 50_000);
    for crash in (0..fix.len() - 1).step_by(7) {
        let torn = [cut, &fix[..crash]].concat();
        let fix = repair(&log, &scan(&torn, &expect(&log.writer)), &torn, 60_000);
        for crash in (0..=fix.len()).step_by(11) {
            assert_eq!(recovers(&log, &[&torn, &fix[..crash]].concat(), 70_000), 2);
        }
    }
}

/// A log with a repaired gap in the middle.
fn repaired() -> Log {
    let mut log = Log::of(1, 6);
    log.bytes.extend_from_slice(b"{\"v\":1,\"incident\":\"ema");
    let seen = scan(&log.bytes, &expect(&log.writer));
    let fix = repair(&log, &seen, &log.bytes, 20_000);
    log.bytes.extend_from_slice(&fix);
    log.heads.push(scan(&log.bytes, &expect(&log.writer)).head().unwrap().clone());
    for n in 0..5 {
        log.add(stamp(30_000 + n), note("later"));
    }
    log
}

#[test]
fn a_flip_of_any_bit_is_found() {
    for log in [Log::of(1, 12), repaired()] {
        let whole = scan(&log.bytes, &expect(&log.writer));
        assert_eq!((whole.tail.clone(), whole.records.len()), (Tail::Clean, 12), "the control");
        let mut bytes = log.bytes.clone();
        for at in 0..bytes.len() {
            // The good prefix is the same for all eight: read on from it, as the next test may.
            let before = whole.records.iter().rev().find(|p| (p.offset + p.length) < at as u64);
            let from = before.map_or_else(Cursor::default, cursor_after);
            let start = usize::try_from(from.offset).unwrap();
            for bit in 0..8 {
                bytes[at] ^= 1 << bit;
                let found = scan_from(&bytes[start..], &expect(&log.writer), from);
                let damage = found.damage().unwrap_or_else(|| panic!("byte {at} bit {bit}"));
                assert!(damage.byte <= at as u64 && damage.byte == found.end.offset);
                bytes[at] ^= 1 << bit;
            }
            bytes[at] ^= 1;
            assert!(scan(&bytes, &expect(&log.writer)).damage().is_some());
            bytes[at] ^= 1;
        }
    }
}

fn cursor_after(placed: &Placed) -> Cursor {
    Cursor {
        offset: placed.offset + placed.length + 1,
        lines: placed.line,
        seq: placed.record.at.seq,
        hash: Some(placed.record.at.h),
        hlc: placed.record.stamp.hlc,
        open: false,
    }
}

#[test]
fn reading_on_from_any_record_is_reading_the_whole() {
    let log = repaired();
    let whole = scan(&log.bytes, &expect(&log.writer));
    assert_eq!(whole.gaps.len(), 1);
    for placed in &whole.records {
        let from = cursor_after(placed);
        let rest = &log.bytes[usize::try_from(from.offset).unwrap()..];
        let on = scan_from(rest, &expect(&log.writer), from);
        let behind = usize::try_from(placed.record.at.seq).unwrap();
        assert_eq!(on.records, whole.records[behind..]);
        assert_eq!((on.end, on.tail), (whole.end, Tail::Clean));
    }
}

fn verdict(log: &Log, lines: &[&[u8]]) -> Option<(u64, Flaw)> {
    let found = scan(&lines.concat(), &expect(&log.writer));
    found.damage().map(|damage| (damage.line, damage.what.clone()))
}

#[test]
fn lines_put_in_left_out_swapped_or_doubled_are_found() {
    let log = Log::of(1, 12);
    let lines = log.lines();
    let sequence = |line, expected, found| Some((line, Flaw::OutOfSequence { expected, found }));
    for at in 0..lines.len() {
        let n = at as u64 + 1;
        let mut without = lines.clone();
        without.remove(at);
        let cut_at_the_end = at + 1 == lines.len();
        let expected = if cut_at_the_end { None } else { sequence(n, n, n + 1) };
        assert_eq!(verdict(&log, &without), expected, "only a checkpoint sees the last one go");
        let mut twice = lines.clone();
        twice.insert(at, lines[at]);
        assert_eq!(verdict(&log, &twice), sequence(n + 1, n + 1, n));
        let mut put_in = lines.clone();
        put_in.insert(at, b"{}\n");
        assert_eq!(verdict(&log, &put_in), Some((n, Flaw::Altered)));
        put_in[at] = b"\n";
        assert_eq!(verdict(&log, &put_in), Some((n, Flaw::Altered)));
        if at > 0 {
            let mut swapped = lines.clone();
            swapped.swap(at - 1, at);
            assert_eq!(verdict(&log, &swapped), sequence(n - 1, n - 1, n));
        }
    }
}

/// Replaces words in a line and seals it again, as an adversary who knows the format does.
fn forge(line: &[u8], from: &str, to: &str) -> Vec<u8> {
    let body = std::str::from_utf8(&line[..line.len() - SUFFIX]).unwrap();
    assert!(body.contains(from));
    seal(body.replacen(from, to, 1).into_bytes()).0
}

#[test]
fn a_record_changed_and_sealed_again_breaks_the_chain() {
    let log = Log::of(1, 5);
    let mut lines = log.lines();
    let (n2, n4) = (forge(lines[2], "\"n2\"", "\"no\""), forge(lines[4], "\"n4\"", "\"no\""));
    lines[2] = &n2;
    assert_eq!(verdict(&log, &lines), Some((4, Flaw::ChainBroken)));
    let mut lines = log.lines();
    lines[4] = &n4;
    assert_eq!(verdict(&log, &lines), None, "the last record: only a checkpoint sees it");
}

#[test]
fn a_record_says_where_it_belongs() {
    let log = Log::of(1, 3);
    let lines = log.lines();
    let g = genesis().hex();
    for (at, from, to, flaw) in [
        (1, "email-outage-1", "email-outage-2", Flaw::OtherIncident),
        (1, "w0101", "w0201", Flaw::OtherWriter),
        (0, g.as_str(), &"0".repeat(64), Flaw::OtherPlaybook),
        (1, "\"hlc\":[1769108701000,0]", "\"hlc\":[1769108700000,0]", Flaw::ClockBack),
        (1, "\"v\":1", "\"v\":2", Flaw::NewerFormat(2)),
        (1, "\"note_added\"", "\"incident_declared\",\"x\":1", Flaw::ChainBroken),
    ] {
        let forged = forge(lines[at], from, to);
        let mut lines = lines.clone();
        lines[at] = &forged;
        // A changed but acceptable record is seen at the next one.
        let line = if flaw == Flaw::ChainBroken { at + 2 } else { at + 1 };
        assert_eq!(verdict(&log, &lines), Some((line as u64, flaw)));
    }
    let other = Log::of(2, 3);
    assert_eq!(verdict(&log, &other.lines()), Some((1, Flaw::OtherWriter)));
}

#[test]
fn a_recovery_that_nothing_was_torn_for_is_refused() {
    let mut log = Log::of(1, 3);
    let (offset, sha256) = (log.bytes.len() as u64, line::sha256(b""));
    log.add(stamp(9_000), Event::TailRecovered { offset, length: 0, sha256 });
    assert_eq!(verdict(&log, &log.lines()), Some((4, Flaw::FalseRecovery)));
}

#[test]
fn a_recovery_must_fit_its_bytes() {
    let log = repaired();
    let whole = scan(&log.bytes, &expect(&log.writer));
    let gap = whole.gaps[0].clone();
    let record = whole.records.iter().find(|p| p.offset > gap.offset).unwrap();
    let range = |from: u64, length: u64| {
        let from = usize::try_from(from).unwrap();
        &log.bytes[from..from + usize::try_from(length).unwrap()]
    };
    let (before, line) = (range(0, gap.offset), range(record.offset, record.length + 1));
    let stretch = range(gap.offset, gap.length);
    let check = |stretch: &[u8], line: &[u8]| {
        let found = scan(&[before, stretch, line].concat(), &expect(&log.writer));
        found.damage().map(|damage| (damage.byte, damage.what.clone()))
    };
    assert_eq!(check(stretch, line), None, "the control");
    let altered = Some((gap.offset, Flaw::Altered));
    assert_eq!(check(&[b"x", stretch].concat(), line), altered);
    assert_eq!(check(&[stretch, b"\x18\n"].concat(), line), altered);
    let offset = format!("\"offset\":{},", gap.offset);
    let forged = forge(line, &offset, "\"offset\":0,");
    assert_eq!(check(stretch, &forged), altered);
    assert_eq!(check(b"", line), Some((gap.offset, Flaw::FalseRecovery)));
}

#[test]
fn a_recovery_cannot_hide_a_complete_record() {
    let log = Log::of(1, 4);
    let bytes = &log.bytes[..log.bytes.len() - 1];
    let at = log.bytes.len() - log.lines()[3].len();
    let before = scan(&log.bytes[..at], &expect(&log.writer));
    let fix = repair(&log, &before, bytes, 50_000);
    let found = scan(&[bytes, &fix].concat(), &expect(&log.writer));
    let damage = Damage { line: 4, byte: at as u64, what: Flaw::Trailing };
    assert_eq!(found.damage(), Some(&damage));
    let junk = scan(&[bytes, b" "].concat(), &expect(&log.writer));
    assert_eq!(junk.damage(), Some(&damage));
}

#[test]
fn a_sector_that_never_arrived_is_a_torn_tail() {
    let mut log = Log::of(1, 2);
    let kept = log.bytes.len();
    log.add(stamp(9_000), note(&"x".repeat(1500)));
    let sector = kept.next_multiple_of(512);
    for lost in [kept..sector, sector..sector + 512, sector + 512..sector + 1024] {
        let mut bytes = log.bytes.clone();
        bytes[lost].fill(0);
        assert_eq!(recovers(&log, &bytes, 50_000), 2);
    }
}

#[test]
fn a_recovery_follows_the_marks_that_end_the_stretch() {
    let mut log = Log::of(1, 2);
    let lost = [&b"{"[..], &[0; 1200], b"}\n"].concat();
    let (offset, length) = (log.bytes.len() as u64, lost.len() as u64);
    log.bytes.extend_from_slice(&lost);
    assert_eq!(recovers(&log, &log.bytes, 50_000), 2, "the control");
    log.add(stamp(9_000), Event::TailRecovered { offset, length, sha256: line::sha256(&lost) });
    let found = scan(&log.bytes, &expect(&log.writer));
    assert_eq!(found.damage(), Some(&Damage { line: 3, byte: offset, what: Flaw::Altered }));
}

#[test]
fn an_empty_file_is_clean() {
    let log = Log::of(1, 0);
    let found = scan(b"", &expect(&log.writer));
    assert_eq!((found.tail, found.records.len()), (Tail::Clean, 0));
    assert_eq!(found.end.head(&log.writer), None);
}

#[test]
fn every_shape_of_a_valid_log_is_accepted() {
    let mut log = Log::new(1);
    let mut ms = 0;
    for words in ["a", "ä\u{18}\n\"\\ \u{1F691}", &"long ".repeat(1500)] {
        for event in sample::every_event(words, 3) {
            if matches!(event, Event::TailRecovered { .. }) {
                continue;
            }
            ms += 1;
            let seen = log.heads.last().cloned().into_iter().collect();
            let full = if ms % 2 == 0 { sample::full_stamp(ms, seen) } else { stamp(ms) };
            log.add(full, event);
            let found = scan(&log.bytes, &expect(&log.writer));
            assert_eq!((found.tail, found.end.seq), (Tail::Clean, log.heads.len() as u64));
        }
    }
    let found = scan(&log.bytes[..log.bytes.len() - 1], &expect(&log.writer));
    assert_eq!((found.tail, found.records.len()), (Tail::NewlineMissing, log.heads.len()));
    let on = scan_from(b"\n", &expect(&log.writer), found.end);
    assert_eq!((on.tail, on.end.offset), (Tail::Clean, log.bytes.len() as u64));
    assert_eq!(scan_from(b"", &expect(&log.writer), found.end).tail, Tail::NewlineMissing);
    let junk = scan_from(b"x", &expect(&log.writer), found.end);
    assert_eq!(junk.damage().map(|d| d.what.clone()), Some(Flaw::Trailing));
}

fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let log = repaired();
    let lines: Vec<Vec<u8>> = log.lines().iter().map(|line| line.to_vec()).collect();
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..80),
        proptest::sample::select(lines.clone()),
        (proptest::sample::select(lines), any::<prop::sample::Index>())
            .prop_map(|(line, at)| line[..at.index(line.len())].to_vec()),
        Just(MARKS.to_vec()),
        Just(b"\n".to_vec()),
        Just(vec![0; 600]),
        Just(b",\"h\":\"".to_vec()),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// What is found with so many threads, whatever the length.
fn scan_on(cores: usize, bytes: &[u8], expect: &Expect<'_>) -> Scan {
    let (records, gaps) = (Vec::new(), Vec::new());
    let mut scan = Scan { records, gaps, tail: Tail::Clean, end: Cursor::default() };
    let taken = ahead::take_on(cores, bytes, expect, &mut scan);
    let rest = scan_from(&bytes[taken..], expect, scan.end);
    scan.records.extend(rest.records);
    scan.gaps.extend(rest.gaps);
    Scan { tail: rest.tail, end: rest.end, ..scan }
}

#[test]
fn several_threads_take_the_whole_of_a_good_log() {
    let log = Log::of(1, 40);
    for cores in 1..6 {
        let mut scan = Scan {
            records: Vec::new(),
            gaps: Vec::new(),
            tail: Tail::Clean,
            end: Cursor::default(),
        };
        let taken = ahead::take_on(cores, &log.bytes, &expect(&log.writer), &mut scan);
        assert_eq!(
            (taken, &scan),
            (log.bytes.len(), &super::scan(&log.bytes, &expect(&log.writer)))
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn several_threads_find_what_one_finds(bytes in hostile(), cores in 1_usize..6) {
        let writer = sample::writer(1);
        prop_assert_eq!(scan_on(cores, &bytes, &expect(&writer)), scan(&bytes, &expect(&writer)));
    }

    #[test]
    fn several_threads_find_the_same_fault(
        at in any::<prop::sample::Index>(), with: u8, cut in 0_usize..400, cores in 1_usize..6,
    ) {
        let log = Log::of(1, 12);
        let mut bytes = log.bytes.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= with;
        bytes.drain(at..(at + cut).min(log.bytes.len()));
        let expect = expect(&log.writer);
        prop_assert_eq!(scan_on(cores, &bytes, &expect), scan(&bytes, &expect));
    }

    #[test]
    fn any_bytes_have_a_verdict(bytes in hostile()) {
        let writer = sample::writer(1);
        let found = scan(&bytes, &expect(&writer));
        prop_assert!(found.end.offset <= bytes.len() as u64);
        prop_assert_eq!(found.end.seq, found.records.len() as u64);
        let good = &bytes[..usize::try_from(found.end.offset).unwrap()];
        let again = scan(good, &expect(&writer));
        prop_assert_eq!(&again.records, &found.records, "the good prefix is good by itself");
        prop_assert!(again.damage().is_none());
        let on = scan_from(&bytes[good.len()..], &expect(&writer), found.end);
        prop_assert!(on.records.is_empty());
        prop_assert_eq!(on.tail, found.tail, "reading on finds the same end");
    }

    #[test]
    fn a_prefix_of_a_valid_log_is_valid(count in 0_i64..9, cut in any::<prop::sample::Index>()) {
        let log = Log::of(1, count);
        let length = cut.index(log.bytes.len() + 1);
        let found = scan(&log.bytes[..length], &expect(&log.writer));
        prop_assert!(found.damage().is_none());
        prop_assert!(found.records.iter().zip(&log.heads).all(|(p, head)| p.record.at == *head));
    }
}
