//! Several writers: one order, and what one file proves about another.

use super::super::checkpoint::{self, Checkpoint};
use super::super::flaw::Damage;
use super::super::reading::Reading;
use super::super::sample::{INCIDENT, Log, PLAYBOOK, expect, note, opened, stamp, writer};
use super::super::verify::{Status, verify};
use super::*;
use crate::engine::{Mode, RecordRef, Stamp};

fn file(log: &Log, own: bool) -> WriterFile {
    WriterFile::judge(&log.bytes, &expect(&log.writer), own)
}

fn seeing(ms: i64, seen: &[&Head]) -> Stamp {
    Stamp { seen: seen.iter().map(|head| (*head).clone()).collect(), ..stamp(ms) }
}

/// Two writers, each of whom saw the other.
fn pair() -> (Log, Log) {
    let (mut a, mut b) = (Log::of(1, 3), Log::new(2));
    b.add(seeing(2_500, &[&a.heads[2]]), note("b1")).add(stamp(2_600), note("b2"));
    a.add(seeing(3_000, &[&b.heads[1]]), note("a4"));
    b.add(seeing(3_500, &[&a.heads[3]]), note("b3"));
    (a, b)
}

fn read(files: Vec<WriterFile>) -> Reading {
    let own = files.iter().find(|file| file.own).map(|file| file.writer.install().to_owned());
    let id = INCIDENT.parse().unwrap();
    Reading::judge(id, Mode::Live, PLAYBOOK.to_vec(), files, own.as_deref())
}

fn problems(files: Vec<WriterFile>) -> Vec<(String, Option<u64>, Flaw)> {
    read(files).problems.into_iter().map(|p| (p.file, p.line, p.what)).collect()
}

fn notices(files: Vec<WriterFile>) -> Vec<Remark> {
    read(files).notices.into_iter().map(|notice| notice.what).collect()
}

#[test]
fn the_order_does_not_depend_on_who_comes_first() {
    let (a, mut b) = pair();
    b.add(stamp(9_000), note("same time"));
    let mut c = Log::new(3);
    c.add(stamp(9_000), note("same time"));
    let files = [file(&a, true), file(&b, false), file(&c, false)];
    let one: Vec<_> = merged(&files).into_iter().map(|r| r.at.clone()).collect();
    let other = [files[2].clone(), files[1].clone(), files[0].clone()];
    let two: Vec<_> = merged(&other).into_iter().map(|r| r.at.clone()).collect();
    assert_eq!(one, two);
    let who: Vec<_> = one.iter().map(RecordRef::short).collect();
    assert_eq!(
        who,
        ["1@w010", "2@w010", "3@w010", "1@w020", "2@w020", "4@w010", "3@w020", "4@w020", "1@w030"]
    );
    assert_eq!(latest(&files), stamp(9_000).hlc);
    assert_eq!(read(files.to_vec()).problems, []);
    assert!(verify(&read(files.to_vec()), &[]).ok);
}

#[test]
fn a_foreign_file_that_is_short_is_in_transit_and_our_own_is_not() {
    let (mut a, b) = pair();
    let kept: usize = a.lines()[..3].iter().map(|line| line.len()).sum();
    a.bytes.truncate(kept);
    let behind = (4, 3);
    assert_eq!(
        notices(vec![file(&a, false), file(&b, true)]),
        [Remark::Behind { needed: behind.0, have: behind.1 }]
    );
    assert_eq!(problems(vec![file(&a, false), file(&b, true)]), []);
    let missing = Flaw::RecordsMissing { needed: 4, have: 3 };
    let name = file_name(&a.writer);
    assert_eq!(problems(vec![file(&a, true), file(&b, false)]), [(name.clone(), None, missing)]);
    a.bytes.extend_from_slice(b"{\"v\":1");
    let (offset, length) = (kept as u64, 6);
    let verdict = verify(&read(vec![file(&a, false), file(&b, true)]), &[]);
    assert!(verdict.ok, "a copy under way is no problem");
    assert_eq!(verdict.writers[0].status, Status::InTransit);
    assert_eq!(verdict.notices[0].what, Remark::InTransit { offset, length });
    let verdict = verify(&read(vec![file(&a, true), file(&Log::new(2), false)]), &[]);
    assert!(verdict.ok, "our own torn tail is no problem");
    assert_eq!(verdict.writers[0].status, Status::Torn);
    assert_eq!(verdict.notices[0].what, Remark::TornTail { offset, length });
}

#[test]
fn a_file_that_is_gone_is_missed() {
    let (a, b) = pair();
    let reading = |install| {
        let id = INCIDENT.parse().unwrap();
        Reading::judge(id, Mode::Live, PLAYBOOK.to_vec(), vec![file(&b, false)], install)
    };
    let missing = Flaw::RecordsMissing { needed: 4, have: 0 };
    let ours = reading(Some(a.writer.install())).problems;
    assert_eq!(ours.iter().map(|p| p.what.clone()).collect::<Vec<_>>(), [missing]);
    let foreign = reading(Some(b.writer.install()));
    assert_eq!(foreign.problems, []);
    assert!(foreign.notices.iter().any(|n| n.what == Remark::Behind { needed: 4, have: 0 }));
    assert!(foreign.notices.iter().any(|n| n.what == Remark::OpeningMissing));
}

#[test]
fn a_rewritten_file_contradicts_who_saw_it() {
    let (_, b) = pair();
    let mut forged = Log::of(1, 2);
    forged.add(stamp(2_000), note("never happened")).add(stamp(3_000), note("a4"));
    let rewritten = |seq| (file_name(&forged.writer), Some(seq), Flaw::Rewritten { seq });
    assert_eq!(problems(vec![file(&forged, false), file(&b, true)]), [rewritten(3), rewritten(4)]);
}

#[test]
fn an_effect_does_not_sort_before_its_cause() {
    let (a, mut b) = (Log::of(1, 3), Log::new(2));
    b.add(seeing(1_500, &[&a.heads[2]]), note("too early"));
    b.add(seeing(2_000, &[&a.heads[2]]), note("at the same time"));
    b.add(seeing(2_001, &[&a.heads[2]]), note("after it"));
    let early = |line| (file_name(&b.writer), Some(line), Flaw::CauseAfterEffect);
    assert_eq!(problems(vec![file(&a, true), file(&b, false)]), [early(1), early(2)]);
}

#[test]
fn only_the_good_part_of_a_damaged_file_takes_part() {
    let mut a = Log::of(1, 5);
    let at = a.lines()[..2].iter().map(|line| line.len()).sum::<usize>();
    a.bytes[at + 200] ^= 1;
    let files = vec![file(&a, true)];
    assert_eq!(merged(&files).len(), 2);
    let verdict = verify(&read(files), &[]);
    assert_eq!((verdict.ok, verdict.writers[0].status), (false, Status::Doubtful));
    assert_eq!(
        verdict.problems[0].to_string(),
        format!(
            "{}, line 3, byte {at}: the line is not what its own hash says",
            file_name(&a.writer)
        )
    );
    let damage = Damage { line: 3, byte: at as u64, what: Flaw::Altered };
    assert_eq!(verdict.writers[0].tail, Tail::Damaged(damage));
}

#[test]
fn a_continuation_pins_the_damaged_file() {
    let mut a = Log::of(1, 4);
    a.bytes[20] ^= 1;
    let mut next = Log::new(1);
    next.writer = a.writer.continuation();
    let (hash, length) = (sha256(&a.bytes), a.bytes.len() as u64);
    let name = format!("{}.jsonl", a.writer);
    let event = Event::WriterContinued { file: name, sha256: hash, length, good: None };
    next.add(stamp(9_000), event);
    let damage = (file_name(&a.writer), Some(1), Flaw::Altered);
    assert_eq!(problems(vec![file(&a, true), file(&next, true)]), std::slice::from_ref(&damage));
    a.bytes[20] ^= 2;
    let changed = Flaw::ChangedSinceContinued(file_name(&next.writer));
    assert_eq!(
        problems(vec![file(&a, true), file(&next, true)]),
        [damage, (file_name(&a.writer), None, changed)]
    );
    a.bytes[20] ^= 3;
    let files = vec![file(&a, true), file(&next, true)];
    assert_eq!(problems(files.clone()), []);
    assert_eq!(notices(files), [Remark::VerifiesAfterAll(file_name(&next.writer))]);
}

#[test]
fn live_and_exercise_are_not_mixed_up() {
    let mut a = Log::new(1);
    a.add(stamp(0), opened(Mode::Exercise)).add(stamp(1), opened(Mode::Live));
    let name = file_name(&a.writer);
    let shelf = Flaw::WrongShelf("its first record and the folder it lies in");
    assert_eq!(
        problems(vec![file(&a, true)]),
        [(name.clone(), Some(1), shelf), (name, Some(2), Flaw::OpenedTwice)]
    );
    let id = INCIDENT.parse().unwrap();
    let files = vec![file(&Log::of(1, 1), true)];
    let reading = Reading::judge(id, Mode::Exercise, PLAYBOOK.to_vec(), files, None);
    assert_eq!(reading.problems.len(), 2, "{:?}", reading.problems);
}

#[test]
fn a_newer_event_is_shown_and_named() {
    let mut a = Log::of(1, 2);
    let line = a.lines()[1].to_vec();
    let body = std::str::from_utf8(&line[..line.len() - 73]).unwrap();
    let newer = super::super::line::seal(body.replace("note_added", "drone_sent").into_bytes()).0;
    let kept = a.bytes.len() - line.len();
    a.bytes.truncate(kept);
    a.bytes.extend_from_slice(&newer);
    let reading = read(vec![file(&a, true)]);
    assert_eq!((reading.problems.len(), reading.newer()), (0, Some(file_name(&a.writer))));
    assert_eq!(verify(&reading, &[]).writers[0].status, Status::Newer);
    assert_eq!(reading.notices[0].what, Remark::NewerEvent { seq: 2, name: "drone_sent".into() });
}

fn checkpoint(head: &Head) -> Checkpoint {
    Checkpoint { incident: INCIDENT.parse().unwrap(), head: head.clone() }
}

#[test]
fn a_cut_or_a_rewrite_is_seen_with_any_one_checkpoint() {
    let log = Log::of(1, 12);
    let ends: Vec<_> = log.heads.iter().map(checkpoint).collect();
    let whole = read(vec![file(&log, true)]);
    assert!(verify(&whole, &ends).ok, "the control: a log continues all its checkpoints");
    for left in 0..12 {
        let mut cut = Log::of(1, i64::try_from(left).unwrap());
        for (at, end) in ends.iter().enumerate() {
            let verdict = verify(&read(vec![file(&cut, true)]), std::slice::from_ref(end));
            assert_eq!(verdict.ok, at < left, "{left} left, checkpoint {at}");
        }
        cut.add(stamp(90_000), note("another story"));
        let verdict = verify(&read(vec![file(&cut, true)]), &ends[left..=left]);
        let what = Flaw::Rewritten { seq: left as u64 + 1 };
        assert!(verdict.problems.iter().any(|p| p.what == what), "truncate and continue");
    }
}

#[test]
fn a_checkpoint_is_written_in_one_way_only() {
    let head = RecordRef { writer: writer(1).continuation(), seq: 17, h: sha256(b"") };
    let line = checkpoint(&head).to_string();
    assert_eq!(
        line,
        "runbook-checkpoint 1 email-outage-1 w01010101010101010101010101010101-2 17 \
         e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    assert_eq!(line.parse(), Ok(checkpoint(&head)));
    assert_eq!(super::super::flaw::head_code(&head), "e3b0-c442");
    let two = format!("{line}\n{line}\n");
    assert_eq!(checkpoint::parse(&two).map(|all| all.len()), Ok(2));
    let form = |line| Err(checkpoint::CheckpointError::Form { line });
    for (from, to) in [
        (" 17 ", " 017 "),
        (" 17 ", " +17 "),
        (" 17 ", " 0 "),
        (" 17 ", "  17 "),
        ("e3b0", "E3B0"),
        ("855", "85"),
        ("855", "855 "),
        ("855", "855\r"),
        ("email", "Email"),
        (" w01", " x01"),
        ("runbook-", ""),
        (" 1 ", " 1x "),
        ("855", "855\n"),
    ] {
        let changed = two.replacen(&line, &line.replacen(from, to, 1), 1);
        let at = if to == "855\n" { 2 } else { 1 };
        assert_eq!(checkpoint::parse(&changed), form(at), "{from:?} -> {to:?}");
    }
    let newer = line.replacen(" 1 ", " 2 ", 1);
    let expected = checkpoint::CheckpointError::Newer { line: 1, format: 2 };
    assert_eq!(checkpoint::parse(&newer), Err(expected));
    assert_eq!(checkpoint::parse("\n"), Err(checkpoint::CheckpointError::Empty));
    let mut other = checkpoint(&head);
    other.incident = "email-outage-2".parse().unwrap();
    let found = checkpoint::compare(&INCIDENT.parse().unwrap(), &[], &[other]);
    assert_eq!(found[0].what, Flaw::OtherCheckpoint);
}
