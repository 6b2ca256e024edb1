//! With and without a snapshot the same; and no snapshot is believed that might not be.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::engine::{Event, Record, Stamp};
use crate::journal::create::Draft;
use crate::journal::sample::{self, INCIDENT, Log, PLAYBOOK, note, opened, stamp, writer};
use crate::journal::snapshot::FORMAT;

struct House {
    folder: tempfile::TempDir,
    home: Home,
    id: IncidentId,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path().join("home"));
        let house = Self { folder, home, id: INCIDENT.parse().unwrap() };
        let entries = vec![(stamp(0), opened(Mode::Live)), (stamp(1), Event::IncidentDeclared {})];
        let draft = Draft {
            id: &house.id,
            playbook: PLAYBOOK,
            exercise: None,
            writer: &writer(1),
            entries,
        };
        house.home.create(draft).unwrap();
        house
    }

    /// Reads everything, as who does not know of snapshots.
    fn open(&self) -> (Journal, State) {
        let (journal, reading) = Journal::open(&self.home, &self.id, &writer(1)).unwrap();
        let mut state = State::default();
        reading.records().into_iter().for_each(|record| state.apply(record));
        (journal, state)
    }

    fn recall(&self) -> Option<(Journal, State)> {
        let recalled = Journal::recall(&self.home, &self.id, &writer(1)).unwrap()?;
        let mut state = recalled.state;
        match recalled.refresh {
            Refresh::Same => {}
            Refresh::Grew(records) => records.iter().for_each(|record| state.apply(record)),
            Refresh::Rebuilt(_) => return None,
        }
        Some((recalled.journal, state))
    }

    /// Appends to our file, and keeps a snapshot of what there is then.
    fn add(&self, events: Vec<Event>) -> Vec<Record> {
        let (mut journal, mut state) = self.open();
        let (mut locked, _) = journal.lock().unwrap();
        let at = locked.latest().0 - stamp(0).hlc.0;
        let mut records = Vec::new();
        for (after, event) in (1..).zip(events) {
            records.push(locked.append(stamp(at + after), event).unwrap());
        }
        drop(locked);
        for record in &records {
            state.apply(record);
        }
        journal.behind = WORTH_KEEPING;
        journal.keep(&self.home, &state, &None);
        records
    }

    fn own(&self) -> PathBuf {
        self.journal().join(format!("{}.jsonl", writer(1)))
    }

    fn journal(&self) -> PathBuf {
        self.home.root().join("incidents").join(INCIDENT).join("journal")
    }

    /// Writes other words into the snapshot, as another build would have sealed them.
    fn reseal(&self, from: &str, to: &str) {
        let bytes = fs::read(self.snapshot()).unwrap();
        let text = String::from_utf8(bytes[65..].to_vec()).unwrap();
        let body = text.replacen(from, to, 1);
        assert_ne!(body, text);
        let digest = sha256(body.as_bytes()).hex();
        fs::write(self.snapshot(), format!("{digest}\n{body}")).unwrap();
    }

    fn reformat(&self, to: u32) {
        self.reseal(&format!("\"format\":{FORMAT},"), &format!("\"format\":{to},"));
    }

    fn snapshot(&self) -> PathBuf {
        self.home.root().join("cache").join(format!("{INCIDENT}.snapshot"))
    }
}

fn same(recalled: Option<(Journal, State)>, (journal, state): (Journal, State)) {
    let (quick, folded) = recalled.expect("a snapshot that holds");
    assert_eq!(folded, state);
    let known = |journal: &Journal| {
        let (heads, told) = (journal.heads.clone(), journal.told.clone());
        (journal.own.clone(), journal.end, journal.latest, heads, told, journal.need.clone())
    };
    assert_eq!(known(&quick), known(&journal));
}

/// Whatever somebody may record; what the journal says of itself has its own tests.
fn recordable(number: u32) -> Vec<Event> {
    let mut events = sample::every_event("words", number);
    events.retain(|event| {
        !matches!(
            event,
            Event::IncidentOpened(_) | Event::TailRecovered { .. } | Event::WriterContinued { .. }
        )
    });
    events
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn with_a_snapshot_it_is_the_same_as_without(
        before in proptest::collection::vec(any::<prop::sample::Index>(), 0..40),
        after in proptest::collection::vec(any::<prop::sample::Index>(), 0..4),
        number: u32,
    ) {
        let (house, all) = (House::new(), recordable(number));
        let chosen = |places: &[prop::sample::Index]| -> Vec<Event> {
            places.iter().map(|place| place.get(&all).clone()).collect()
        };
        house.add(chosen(&before));
        let kept = fs::read(house.snapshot()).unwrap();
        house.add(chosen(&after));
        fs::write(house.snapshot(), kept).unwrap();
        same(house.recall(), house.open());
        fs::remove_file(house.snapshot()).unwrap();
        prop_assert!(house.recall().is_none(), "it may be deleted at any time");
    }
}

#[test]
fn going_on_from_a_snapshot_makes_the_same_chain() {
    let house = House::new();
    house.add(vec![note("one")]);
    let (mut journal, _) = house.recall().unwrap();
    let (mut locked, refresh) = journal.lock().unwrap();
    assert!(matches!(refresh, Refresh::Same));
    locked.append(stamp(100), note("two")).unwrap();
    let reading = house.home.read(&house.id, Some(writer(1).install())).unwrap();
    assert_eq!((reading.problems.len(), reading.records().len()), (0, 4));
    same(house.recall(), house.open());
}

#[test]
fn a_snapshot_of_other_files_is_not_believed() {
    type Change = (&'static str, fn(&House));
    let changes: [Change; 11] = [
        ("the last record was cut", |house| {
            let text = fs::read_to_string(house.own()).unwrap();
            let end = text.trim_end().rfind('\n').unwrap() + 1;
            OpenOptions::new().write(true).open(house.own()).unwrap().set_len(end as u64).unwrap();
        }),
        ("the last record was changed", |house| {
            let text = fs::read_to_string(house.own()).unwrap().replace("one", "two");
            OpenOptions::new()
                .write(true)
                .open(house.own())
                .unwrap()
                .write_all(text.as_bytes())
                .unwrap();
        }),
        ("the file is another one", |house| {
            let bytes = fs::read(house.own()).unwrap();
            let copy = house.folder.path().join("copy");
            fs::write(&copy, bytes).unwrap();
            fs::rename(copy, house.own()).unwrap();
        }),
        ("the file is gone", |house| fs::remove_file(house.own()).unwrap()),
        ("another writer came", |house| {
            let mut log = Log::new(2);
            log.add(stamp(5), note("from elsewhere"));
            fs::write(house.journal().join(format!("{}.jsonl", writer(2))), &log.bytes).unwrap();
        }),
        ("a byte of it was changed", |house| {
            let mut bytes = fs::read(house.snapshot()).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(house.snapshot(), bytes).unwrap();
        }),
        ("it was cut", |house| {
            let bytes = fs::read(house.snapshot()).unwrap();
            fs::write(house.snapshot(), &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("it is empty", |house| fs::write(house.snapshot(), b"").unwrap()),
        ("it is of another build", |house| house.reseal("\"build\":\"", "\"build\":\"9")),
        ("it is of an older format", |house| house.reformat(FORMAT - 1)),
        ("it is of a format that nobody knows", |house| house.reformat(FORMAT + 1)),
    ];
    for (what, change) in changes {
        let house = House::new();
        house.add(vec![note("one")]);
        assert!(house.recall().is_some());
        change(&house);
        assert!(house.recall().is_none(), "{what}");
    }
}

#[test]
fn a_torn_tail_and_another_install_are_seen() {
    let house = House::new();
    house.add(vec![note("one")]);
    OpenOptions::new().append(true).open(house.own()).unwrap().write_all(b"{\"v\":1").unwrap();
    let (journal, _) = house.recall().unwrap();
    assert!(matches!(journal.need, Need::Repair { length: 6, .. }));
    assert!(Journal::recall(&house.home, &house.id, &writer(3)).unwrap().is_none());
    fs::write(house.journal().with_file_name("playbook.yaml"), b"runbook: 1\n").unwrap();
    assert_eq!(journal.playbook().unwrap(), None);
}

#[test]
fn a_glance_sees_the_end_with_and_without_a_snapshot() {
    let house = House::new();
    house.add(vec![note("one")]);
    let kept = fs::read(house.snapshot()).unwrap();
    let open = house.home.glance(&house.id).unwrap();
    let ended = Event::IncidentClosed { anyway: None, missing: Vec::new() };
    house.add(vec![ended, note("two")]);
    fs::write(house.snapshot(), kept).unwrap();
    let quick = house.home.glance(&house.id).unwrap();
    fs::remove_file(house.snapshot()).unwrap();
    let whole = house.home.glance(&house.id).unwrap();
    assert_eq!((open.ended, quick.ended), (false, true));
    assert_eq!((&quick, &open.opened), (&whole, &whole.opened));
}

#[test]
fn when_an_exercise_was_opened_is_told_by_the_real_clock_with_and_without_a_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path().join("home"));
    let id: IncidentId = "x-drill-1".parse().unwrap();
    // Two days ahead on its own clock.
    let shown = stamp(2 * 86_400_000).wall;
    let first = Stamp { exercise_time: Some(shown), ..stamp(5) };
    let draft = Draft {
        id: &id,
        playbook: PLAYBOOK,
        exercise: None,
        writer: &writer(1),
        entries: vec![(first, opened(Mode::Exercise))],
    };
    home.create(draft).unwrap();
    let whole = home.glance(&id).unwrap();
    let (mut journal, reading) = Journal::open(&home, &id, &writer(1)).unwrap();
    let mut state = State::default();
    reading.records().into_iter().for_each(|record| state.apply(record));
    assert_eq!(state.opened_moment().unwrap().recorded, shown);
    journal.behind = WORTH_KEEPING;
    journal.keep(&home, &state, &None);
    assert!(snapshot::glance(&home, &id, &home.folder(&id, Mode::Exercise)).is_some());
    assert_eq!(home.glance(&id).unwrap(), whole);
    assert_eq!(whole.opened.unwrap().0, stamp(5).wall);
}

#[cfg(unix)]
#[test]
fn a_snapshot_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let house = House::new();
    house.add(vec![note("one")]);
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(house.snapshot()), mode(house.home.root().join("cache"))), (0o600, 0o700));
}
