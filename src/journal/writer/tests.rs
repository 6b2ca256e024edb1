//! Real files in temporary folders.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use super::super::create::Draft;
use super::super::id::Selector;
use super::super::private::SealedText;
use super::super::sample::{INCIDENT, PLAYBOOK, note, opened, stamp, writer};
use super::super::scan::scan;
use super::super::store::file_path;
use super::super::verify::{Status, verify};
use super::*;

struct House {
    _folder: tempfile::TempDir,
    home: Home,
    id: IncidentId,
}

impl House {
    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path().join("home"));
        Self { _folder: folder, home, id: INCIDENT.parse().unwrap() }
    }

    fn new() -> Self {
        let house = Self::empty();
        house.create(INCIDENT, Mode::Live, 0).unwrap();
        house
    }

    fn create(&self, id: &str, mode: Mode, ms: i64) -> Result<Vec<Record>, JournalError> {
        let id = id.parse().unwrap();
        let entries = vec![(stamp(ms), opened(mode)), (stamp(ms + 1), Event::IncidentDeclared {})];
        let draft =
            Draft { id: &id, playbook: PLAYBOOK, exercise: None, writer: &writer(1), entries };
        self.home.create(draft)
    }

    fn open(&self, byte: u8) -> (Journal, Reading) {
        Journal::open(&self.home, &self.id, &writer(byte)).unwrap()
    }

    fn folder(&self) -> PathBuf {
        self.home.locate(&self.id).unwrap().1
    }

    fn file(&self, writer: &WriterId) -> PathBuf {
        file_path(&self.folder(), writer)
    }

    fn tear(&self, writer: &WriterId, bytes: &[u8]) {
        let mut file = OpenOptions::new().append(true).open(self.file(writer)).unwrap();
        file.write_all(bytes).unwrap();
    }

    fn problems(&self) -> Vec<Flaw> {
        let reading = self.home.read(&self.id, Some(writer(1).install())).unwrap();
        reading.problems.into_iter().map(|problem| problem.what).collect()
    }
}

fn say(journal: &mut Journal, ms: i64, words: &str) -> Result<Record, JournalError> {
    let (mut locked, _) = journal.lock()?;
    let seen = locked.unseen();
    locked.append(Stamp { seen, ..stamp(ms) }, note(words))
}

#[test]
fn what_is_created_is_read_back_and_appended_to() {
    let house = House::new();
    let (mut journal, reading) = house.open(1);
    assert_eq!(reading.records().len(), 2);
    assert_eq!((reading.problems.len(), reading.notices.len()), (0, 0));
    assert_eq!(reading.opening().unwrap().1.mode, Mode::Live);
    let record = say(&mut journal, 10, "first").unwrap();
    assert_eq!((record.at.seq, journal.head()), (3, Some(record.at.clone())));
    let (mut locked, refresh) = journal.lock().unwrap();
    assert!(matches!(refresh, Refresh::Same), "our own append is no news");
    assert!(matches!(locked.append(stamp(10), note("x")), Err(JournalError::StaleClock)));
    assert_eq!(locked.append(stamp(11), note("second")).unwrap().at.seq, 4);
    assert_eq!(locked.append(stamp(12), note("third")).unwrap().at.seq, 5);
    let bytes = fs::read(house.file(&writer(1))).unwrap();
    let genesis = sha256(PLAYBOOK);
    let whole = scan(&bytes, &Expect { incident: INCIDENT, writer: &writer(1), genesis });
    assert_eq!((whole.tail, whole.end), (Tail::Clean, journal.end));
    assert!(matches!(house.create(INCIDENT, Mode::Live, 0), Err(JournalError::Exists(_))));
}

#[test]
fn two_processes_take_turns_without_forking() {
    let house = House::new();
    let (mut a, mut b) = (house.open(1).0, house.open(1).0);
    for turn in 0..10 {
        let (who, other) = if turn % 2 == 0 { (&mut a, &mut b) } else { (&mut b, &mut a) };
        let said = say(who, 10 + turn, "turn").unwrap();
        assert_eq!(said.at.seq, 3 + u64::try_from(turn).unwrap());
        let (_, refresh) = other.lock().unwrap();
        match refresh {
            Refresh::Grew(records) => assert_eq!(records, [said]),
            Refresh::Same | Refresh::Rebuilt(_) => panic!("{refresh:?}"),
        }
    }
    assert_eq!(house.problems(), []);
}

#[test]
fn threads_never_give_a_number_twice() {
    let house = House::new();
    let journals: Vec<_> = (0..4).map(|_| house.open(1).0).collect();
    std::thread::scope(|scope| {
        for mut journal in journals {
            scope.spawn(move || {
                for _ in 0..8 {
                    let (mut locked, _) = journal.lock().unwrap();
                    let next = Hlc(locked.latest().0 + 1, 0);
                    locked.append(Stamp { hlc: next, ..stamp(0) }, note("x")).unwrap();
                }
            });
        }
    });
    let reading = house.home.read(&house.id, Some(writer(1).install())).unwrap();
    assert_eq!((reading.records().len(), reading.problems), (2 + 32, vec![]));
}

#[test]
fn another_install_joins_with_a_file_of_its_own() {
    let house = House::new();
    let (mut a, (mut b, _)) = (house.open(1).0, house.open(2));
    assert_eq!(b.head(), None);
    let (mut locked, _) = b.lock().unwrap();
    assert_eq!(locked.unseen(), [a.head().unwrap()]);
    let seen = locked.unseen();
    let joined = locked.append(Stamp { seen, ..stamp(20) }, note("here")).unwrap();
    assert_eq!((joined.at.seq, joined.at.writer.clone()), (1, writer(2)));
    assert_eq!((locked.unseen(), locked.other_heads()), (vec![], vec![a.head().unwrap()]));
    drop(locked);
    let (mut locked, refresh) = a.lock().unwrap();
    let Refresh::Rebuilt(reading) = refresh else { panic!("{refresh:?}") };
    assert_eq!(reading.records().last().unwrap().at, joined.at);
    assert_eq!(locked.unseen(), [joined.at]);
    assert!(matches!(locked.append(stamp(19), note("x")), Err(JournalError::StaleClock)));
    locked.append(stamp(21), note("after it")).unwrap();
    assert_eq!(house.problems(), []);
}

/// A torn record, and a repair of it that was torn as well.
const TORN: &[u8] = b"{\"v\":1,\"incident\":\"ema\x18\n{\"v\":1,\"inc";

#[test]
fn a_torn_tail_is_set_apart_and_work_goes_on() {
    let house = House::new();
    let whole = fs::read(house.file(&writer(1))).unwrap();
    house.tear(&writer(1), TORN);
    let (mut journal, reading) = house.open(1);
    assert_eq!(verify(&reading, &[]).writers[0].status, Status::Torn);
    let (mut locked, _) = journal.lock().unwrap();
    let offset = whole.len() as u64;
    assert_eq!(*locked.need(), Need::Repair { offset, length: TORN.len() as u64 });
    assert!(matches!(locked.append(stamp(9), note("x")), Err(JournalError::Unmended { .. })));
    let mended = locked.mend(stamp(10)).unwrap().unwrap();
    let length = TORN.len() as u64 + 2;
    let sha256 = sha256(&[TORN, MARKS].concat());
    let expected = Event::TailRecovered { offset, length, sha256 };
    assert_eq!(mended.fact, Fact::Known(expected));
    assert_eq!(*locked.need(), Need::Nothing);
    assert_eq!(locked.mend(stamp(11)).unwrap(), None);
    assert_eq!(locked.append(stamp(12), note("on")).unwrap().at.seq, 4);
    drop(locked);
    let reading = house.home.read(&house.id, Some(writer(1).install())).unwrap();
    assert_eq!((reading.problems.len(), reading.records().len()), (0, 4));
    assert_eq!(reading.files[0].scan.end, journal.end, "lines are counted as a scan counts them");
    let now = fs::read(house.file(&writer(1))).unwrap();
    assert!(now.starts_with(&[&whole, TORN].concat()));
}

#[test]
fn another_process_sees_the_repair_as_growth() {
    let house = House::new();
    house.tear(&writer(1), b"{\"v\":");
    let (mut a, mut b) = (house.open(1).0, house.open(1).0);
    let mended = a.lock().unwrap().0.mend(stamp(10)).unwrap().unwrap();
    let (mut locked, refresh) = b.lock().unwrap();
    assert!(matches!(refresh, Refresh::Grew(records) if records == [mended]));
    assert_eq!(locked.append(stamp(11), note("on")).unwrap().at.seq, 4);
}

#[test]
fn a_missing_line_feed_comes_with_the_next_record() {
    let house = House::new();
    let path = house.file(&writer(1));
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    let (mut journal, reading) = house.open(1);
    assert_eq!(reading.records().len(), 2);
    assert_eq!(say(&mut journal, 10, "on").unwrap().at.seq, 3);
    assert!(fs::read(&path).unwrap().starts_with(&bytes));
    let reading = house.home.read(&house.id, None).unwrap();
    assert_eq!((reading.problems.len(), reading.notices.len()), (0, 0));
    assert_eq!(reading.files[0].scan.end, journal.end);
}

#[test]
fn a_damaged_file_stays_and_a_new_one_goes_on() {
    let house = House::new();
    let path = house.file(&writer(1));
    let mut bytes = fs::read(&path).unwrap();
    let half = bytes.len() - 100;
    bytes[half] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let (mut journal, reading) = house.open(1);
    assert_eq!(reading.records().len(), 1);
    let (mut locked, _) = journal.lock().unwrap();
    assert_eq!(*locked.need(), Need::Continuation { because: Flaw::Altered });
    let first = locked.mend(stamp(10)).unwrap().unwrap();
    assert_eq!((first.at.seq, first.at.writer.clone()), (1, writer(1).continuation()));
    let Fact::Known(Event::WriterContinued { file, sha256: hash, length, good }) = first.fact
    else {
        panic!("{first:?}")
    };
    assert_eq!((file, hash), (format!("{}.jsonl", writer(1)), sha256(&bytes)));
    assert_eq!((length, good.map(|head| head.seq)), (bytes.len() as u64, Some(1)));
    assert_eq!(locked.append(stamp(11), note("on")).unwrap().at.seq, 2);
    drop(locked);
    assert_eq!(fs::read(&path).unwrap(), bytes, "not a byte of it was touched");
    assert_eq!(house.problems(), [Flaw::Altered]);
    let (mut again, _) = house.open(1);
    assert_eq!(again.writer(), &writer(1).continuation());
    assert_eq!(say(&mut again, 12, "on").unwrap().at.seq, 3);
}

#[test]
fn records_that_only_others_remember_are_not_numbered_again() {
    let house = House::new();
    let (mut b, _) = house.open(2);
    say(&mut b, 20, "saw two").unwrap();
    fs::remove_file(house.file(&writer(1))).unwrap();
    let (mut a, _) = house.open(1);
    let (mut locked, _) = a.lock().unwrap();
    let because = Flaw::RecordsMissing { needed: 2, have: 0 };
    assert_eq!(*locked.need(), Need::Continuation { because });
    let record = locked.mend(stamp(21)).unwrap().unwrap();
    assert_eq!(record.at.writer, writer(1).continuation());
}

#[test]
fn a_continuation_that_only_others_remember_is_passed_over() {
    let house = House::new();
    let mut bytes = fs::read(house.file(&writer(1))).unwrap();
    bytes[30] ^= 1;
    fs::write(house.file(&writer(1)), bytes).unwrap();
    let second = house.open(1).0.lock().unwrap().0.mend(stamp(10)).unwrap().unwrap().at.writer;
    say(&mut house.open(2).0, 20, "saw it").unwrap();
    fs::remove_file(house.file(&second)).unwrap();
    let mut journal = house.open(1).0;
    let third = journal.lock().unwrap().0.mend(stamp(21)).unwrap().unwrap().at;
    assert_eq!((third.writer, third.seq), (second.continuation(), 1));
}

#[test]
fn growth_that_sorts_before_what_is_known_is_a_rebuild() {
    let house = House::new();
    let (mut a, mut b) = (house.open(1).0, house.open(2).0);
    say(&mut b, 50, "later").unwrap();
    a.lock().unwrap();
    let prev = a.head().unwrap().h;
    let slot = Slot { incident: INCIDENT, writer: &writer(1), seq: 3, prev };
    house.tear(&writer(1), &codec::encode(slot, stamp(30), note("earlier")).unwrap().line);
    let (locked, refresh) = a.lock().unwrap();
    let Refresh::Rebuilt(reading) = refresh else { panic!("{refresh:?}") };
    assert_eq!(reading.records()[2].at, locked.head().unwrap());
    assert_eq!(locked.latest(), stamp(50).hlc);
}

#[test]
fn another_playbook_is_no_reason_to_go_on() {
    let house = House::new();
    fs::write(house.folder().join("playbook.yaml"), "another").unwrap();
    let (mut journal, _) = house.open(1);
    let (mut locked, _) = journal.lock().unwrap();
    assert!(matches!(locked.mend(stamp(9)), Err(JournalError::Damaged { .. })));
    assert_eq!(house.problems(), [Flaw::OtherPlaybook]);
}

#[test]
fn a_newer_version_is_read_and_not_appended_to() {
    let house = House::new();
    let path = house.file(&writer(1));
    let text = fs::read_to_string(&path).unwrap();
    let line = text.lines().nth(1).unwrap();
    let body = line[..line.len() - 72].replace("incident_declared", "incident_sung");
    let newer = super::super::line::seal(body.into_bytes()).0;
    fs::write(&path, [text.lines().next().unwrap().as_bytes(), b"\n", &newer].concat()).unwrap();
    let (mut journal, reading) = house.open(1);
    assert_eq!((reading.records().len(), reading.problems.len()), (2, 0));
    assert!(matches!(say(&mut journal, 9, "x"), Err(JournalError::NewerFormat { .. })));
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_not_saved_and_not_tried_again() {
    let house = House::new();
    let (mut journal, _) = house.open(1);
    let (mut locked, _) = journal.lock().unwrap();
    let path = house.file(&writer(1));
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(matches!(locked.append(stamp(9), note("x")), Err(JournalError::NotSaved { .. })));
    drop(locked);
    fs::remove_dir(&path).unwrap();
    assert!(matches!(journal.lock(), Err(JournalError::Dead { .. })));
}

#[test]
fn a_file_that_changes_under_the_lock_is_not_appended_to() {
    let house = House::new();
    let (mut journal, _) = house.open(1);
    let (mut locked, _) = journal.lock().unwrap();
    house.tear(&writer(1), b"x");
    assert!(matches!(locked.append(stamp(9), note("x")), Err(JournalError::Changed { .. })));
}

#[test]
fn incidents_are_found_by_the_words_of_people() {
    let house = House::empty();
    assert_eq!(house.home.list().unwrap(), []);
    for (id, mode, ms) in [
        ("email-outage-1", Mode::Live, 1),
        ("email-outage-12", Mode::Live, 9),
        ("ehr-2", Mode::Live, 5),
        ("x-drill-1", Mode::Exercise, 99),
    ] {
        house.create(id, mode, ms).unwrap();
    }
    fs::create_dir(house.home.shelf(Mode::Live).join(".tmp-ehr-3-1")).unwrap();
    assert_eq!(house.home.list().unwrap().len(), 4);
    let find = |word: &str| house.home.resolve(&Selector::from(word));
    for (word, id) in [
        ("latest", "email-outage-12"),
        ("latest-exercise", "x-drill-1"),
        ("email-outage-1", "email-outage-1"),
        ("eh", "ehr-2"),
        ("x", "x-drill-1"),
    ] {
        assert_eq!(find(word).unwrap().as_str(), id, "{word}");
    }
    let Err(JournalError::Ambiguous { candidates, .. }) = find("e") else { panic!() };
    assert_eq!(candidates.len(), 3);
    for word in ["z", "", "../home", ".tmp"] {
        assert!(matches!(find(word), Err(JournalError::NoSuchIncident { .. })), "{word}");
    }
    let glance = |id: &str| house.home.glance(&id.parse().unwrap()).unwrap();
    assert!(!glance("ehr-2").ended);
    assert_eq!(glance("ehr-2").opened.unwrap().0, stamp(5).wall);
    let id = "ehr-2".parse().unwrap();
    let (mut journal, _) = Journal::open(&house.home, &id, &writer(1)).unwrap();
    say(&mut journal, 20, "\"type\":\"incident_closed\"").unwrap();
    assert!(!glance("ehr-2").ended, "words are not facts");
    let closed = Event::IncidentClosed { anyway: None, missing: vec![] };
    journal.lock().unwrap().0.append(stamp(21), closed).unwrap();
    assert!(glance("ehr-2").ended);
}

#[test]
fn a_log_on_the_wrong_shelf_is_a_problem() {
    let house = House::empty();
    house.create("x-drill-1", Mode::Exercise, 0).unwrap();
    let id = "x-drill-1".parse().unwrap();
    fs::create_dir(house.home.shelf(Mode::Live)).unwrap();
    let to = house.home.shelf(Mode::Live).join("x-drill-1");
    fs::rename(house.home.shelf(Mode::Exercise).join("x-drill-1"), to).unwrap();
    assert_eq!(house.home.read(&id, None).unwrap().problems.len(), 2);
}

#[test]
fn sealed_words_come_back_until_they_are_destroyed() {
    let house = House::new();
    let sealed = SealedText::new([7; 16], "Ana called");
    let digest = sealed.digest();
    assert!(!format!("{sealed:?}").contains("Ana"), "words do not get into a message");
    assert_eq!(house.home.sealed_text(&house.id, &digest).unwrap(), None, "not put away yet");
    house.home.put_away(&house.id, &sealed).unwrap();
    house.home.put_away(&house.id, &sealed).unwrap();
    assert_eq!(digest, sha256(&[&[7; 16], &b"Ana called"[..]].concat()));
    let read = || house.home.sealed_text(&house.id, &digest);
    assert_eq!(read().unwrap().as_deref(), Some("Ana called"));
    let path = house.home.private(&house.id).join(format!("texts/{digest}.json"));
    let changed = fs::read_to_string(&path).unwrap().replace("Ana", "Bob");
    fs::write(&path, changed).unwrap();
    assert!(matches!(read(), Err(JournalError::BrokenSeal { .. })));
    fs::remove_file(&path).unwrap();
    assert_eq!(read().unwrap(), None);
    assert!(!house.folder().join("texts").exists(), "never beside the log");
}

#[cfg(unix)]
fn modes(path: &Path, found: &mut Vec<(bool, u32)>) {
    use std::os::unix::fs::PermissionsExt as _;
    let meta = fs::symlink_metadata(path).unwrap();
    found.push((meta.is_dir(), meta.permissions().mode() & 0o7777));
    if meta.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            modes(&entry.unwrap().path(), found);
        }
    }
}

#[cfg(unix)]
#[test]
fn everything_is_private_whatever_the_umask() {
    let before = rustix::process::umask(rustix::fs::Mode::empty());
    let house = House::new();
    say(&mut house.open(2).0, 20, "x").unwrap();
    house.home.put_away(&house.id, &SealedText::new([0; 16], "x")).unwrap();
    rustix::process::umask(before);
    let mut found = Vec::new();
    modes(house.home.root(), &mut found);
    assert!(found.len() >= 12, "{found:?}");
    assert!(found.iter().all(|(dir, mode)| *mode == if *dir { 0o700 } else { 0o600 }), "{found:?}");
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    let house = House::new();
    let outside = house.home.root().join("outside");
    for place in [house.folder(), house.folder().join("journal"), house.file(&writer(1))] {
        fs::rename(&place, &outside).unwrap();
        symlink(&outside, &place).unwrap();
        let opened = Journal::open(&house.home, &house.id, &writer(1));
        assert!(matches!(opened, Err(JournalError::NotPlain { .. })), "{}", place.display());
        fs::remove_file(&place).unwrap();
        fs::rename(&outside, &place).unwrap();
        house.open(1);
    }
    symlink(house.folder(), house.home.shelf(Mode::Live).join("linked")).unwrap();
    assert_eq!(house.home.list().unwrap().len(), 1);
}
