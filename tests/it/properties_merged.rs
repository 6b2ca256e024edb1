//! Random logs of several machines, made of every event that a frozen log holds: in whatever order the
//! files come in, the state is one, a snapshot of it is the same state, and every report of it prints.

use std::fs;
use std::sync::LazyLock;

use chrono::TimeDelta;
use outage_runbook::engine::{
    Actor, Digest, Event, Fact, Hlc, Mode, Offset, Person, Record, Source, Stamp, State, Timestamp,
    WriterId, views,
};
use outage_runbook::journal::{
    Expect, Home, IncidentId, Journal, Reading, Refresh, Slot, WriterFile, encode, sha256,
};
use outage_runbook::playbook::{Playbook, compile_pinned};
use outage_runbook::report::{
    Comparison, Outline, Report, Status, Story, aar_csv, aar_html, aar_markdown, comparison_csv,
    csv_files, handover, json, markdown, text,
};
use outage_runbook::ui::comparison_text;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::frozen::events;
use crate::support::sandbox::EVERY_FORM;

const PEOPLE: [&str; 3] = ["Ana Diaz", "Ben Ito", "Faye Roth"];
const LIVE: &str = "every-form-1";
const EXERCISE: &str = "x-every-form-1";

/// A recovered tail is a claim about the bytes before it, which a file made here does not have.
static POOL: LazyLock<Vec<Event>> = LazyLock::new(|| {
    let mut events = events();
    events.retain(|event| !matches!(event, Event::TailRecovered { .. }));
    events
});
static BOOK: LazyLock<Playbook> = LazyLock::new(|| compile_pinned(EVERY_FORM).unwrap());

/// One record, as numbers.
#[derive(Debug, Clone)]
struct Draw {
    event: Index,
    writer: usize,
    /// Seconds since this writer's last record.
    gap: i64,
    /// What it is about, where it is about a record.
    target: Index,
    by: usize,
    late: Option<i64>,
    key: Option<u8>,
}

fn draw() -> impl Strategy<Value = Draw> {
    let late = prop::option::of(-30..120_i64);
    let parts =
        (any::<Index>(), 0..3_usize, 1..400_i64, any::<Index>(), 0..3_usize, late, 0..12_u8);
    parts.prop_map(|(event, writer, gap, target, by, late, key)| Draw {
        event,
        writer,
        gap,
        target,
        by,
        late,
        key: (key < 3).then_some(key),
    })
}

/// The files of three machines.
struct Logs {
    mode: Mode,
    files: Vec<Vec<u8>>,
    /// In the order in which they were written, over all machines.
    records: Vec<Record>,
}

fn writer(number: usize) -> WriterId {
    WriterId::from_random([u8::try_from(number).unwrap() + 1; 16])
}

fn start() -> Timestamp {
    Timestamp::parse("2026-11-25T08:00:00Z").unwrap()
}

/// About a record that is there, often one that fits.
fn aimed(event: &Event, records: &[Record], target: Index) -> Event {
    let mut event = event.clone();
    let added = |record: &&Record| matches!(record.fact, Fact::Known(Event::ActionAdded { .. }));
    let actions: Vec<&Record> = records.iter().filter(added).collect();
    let any = target.get(records).at.clone();
    let of_plan = actions.get(target.index(actions.len() + 1)).map_or(&any, |record| &record.at);
    if let Event::RecordCorrected { target, .. } | Event::RecordWithdrawn { target, .. } =
        &mut event
    {
        *target = any;
    } else if let Event::ActionUpdated { action, after, .. }
    | Event::ActionClosed { action, after, .. }
    | Event::ActionReopened { action, after, .. }
    | Event::ActionVerified { action, after, .. } = &mut event
    {
        (*action, *after) = (of_plan.clone(), any);
    }
    event
}

impl Logs {
    fn of(mode: Mode, draws: &[Draw]) -> Self {
        let opening = POOL.iter().find_map(|event| match event {
            Event::IncidentOpened(opened) if opened.mode == mode => Some(event.clone()),
            _ => None,
        });
        let mut logs = Self { mode, files: vec![Vec::new(); 3], records: Vec::new() };
        let mut heads: [Option<(u64, Digest, Timestamp)>; 3] = [None; 3];
        let first = Draw { gap: 0, writer: 0, late: None, key: None, ..draws[0].clone() };
        logs.add(&mut heads, &first, opening.unwrap());
        for draw in draws {
            let event = aimed(draw.event.get(&POOL), &logs.records, draw.target);
            logs.add(&mut heads, draw, event);
        }
        logs
    }

    fn id(&self) -> IncidentId {
        let id = if self.mode == Mode::Live { LIVE } else { EXERCISE };
        id.parse().unwrap()
    }

    fn add(
        &mut self,
        heads: &mut [Option<(u64, Digest, Timestamp)>; 3],
        draw: &Draw,
        event: Event,
    ) {
        let genesis = sha256(EVERY_FORM.as_bytes());
        let (seq, prev, last) = heads[draw.writer].unwrap_or((0, genesis, start()));
        let wall = last + TimeDelta::seconds(draw.gap);
        let of_exercise = self.mode == Mode::Exercise && !event.is_of_plan();
        let stamp = Stamp {
            wall,
            offset: Offset::UTC,
            hlc: Hlc(wall.millis(), 0),
            boot: None,
            mono: None,
            actor: Actor { person: Person::new(PEOPLE[draw.by]).ok(), role: None },
            scribe: None,
            src: Source::Typed,
            occurred_at: draw.late.map(|minutes| wall + TimeDelta::minutes(-minutes)),
            key: draw.key.map(|key| format!("k{key}")),
            seen: Vec::new(),
            exercise_time: of_exercise.then_some(wall + TimeDelta::minutes(20)),
        };
        let (id, writer) = (self.id(), writer(draw.writer));
        let slot = Slot { incident: id.as_str(), writer: &writer, seq: seq + 1, prev };
        let sealed = encode(slot, stamp, event).unwrap();
        self.files[draw.writer].extend_from_slice(&sealed.line);
        heads[draw.writer] = Some((seq + 1, sealed.record.at.h, wall));
        self.records.push(sealed.record);
    }

    /// As they are read from the disk, this file first and then those that follow it.
    fn read(&self, order: [usize; 3]) -> Reading {
        let (id, genesis) = (self.id(), sha256(EVERY_FORM.as_bytes()));
        let file = |number: usize| {
            let writer = writer(number);
            let expect = Expect { incident: id.as_str(), writer: &writer, genesis };
            WriterFile::judge(&self.files[number], &expect, false)
        };
        let files = order.into_iter().filter(|one| !self.files[*one].is_empty()).map(file);
        Reading::judge(id.clone(), self.mode, EVERY_FORM.into(), files.collect(), None)
    }

    fn state(&self) -> State {
        fold(&self.read([0, 1, 2]))
    }
}

fn fold(reading: &Reading) -> State {
    let mut state = State::default();
    reading.records().into_iter().for_each(|record| state.apply(record));
    state
}

fn mode() -> impl Strategy<Value = Mode> {
    prop_oneof![Just(Mode::Live), Just(Mode::Exercise)]
}

/// What a session knows after it looked at the disk once more.
fn absorb(state: &mut State, refresh: Refresh) {
    match refresh {
        Refresh::Same => {}
        Refresh::Grew(records) => records.iter().for_each(|record| state.apply(record)),
        Refresh::Rebuilt(reading) => *state = fold(&reading),
    }
}

fn with_report<T>(
    logs: &Logs,
    records: &[Record],
    state: &State,
    make: impl FnOnce(&Story<'_>) -> T,
) -> T {
    make(&Story {
        incident: logs.id().as_str(),
        book: &BOOK,
        records,
        state,
        until: state.last().unwrap_or_default(),
        offset: &|_| Offset::UTC,
        checkpoint: &[],
        problems: &[],
    })
}

/// All that is made of a report, as bytes.
fn printed(report: &Report) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> =
        csv_files(report).unwrap().into_iter().map(|(_, bytes)| bytes).collect();
    all.extend([text(report).into_bytes(), markdown(report).into_bytes()]);
    all.extend([json(report).unwrap().into_bytes(), aar_csv(report).unwrap()]);
    for outline in [Outline::Hseep, Outline::Cms] {
        all.push(aar_markdown(report, outline).into_bytes());
        all.push(aar_html(report, outline).into_bytes());
    }
    all
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(64))]

    /// Whoever reads the files, in whatever order, has the same records and comes to the same state.
    #[test]
    fn the_order_of_the_files_is_no_matter(
        mode in mode(), draws in prop::collection::vec(draw(), 1..60),
    ) {
        let logs = Logs::of(mode, &draws);
        let expected = logs.read([0, 1, 2]);
        let count = expected.records().len();
        prop_assert_eq!(count, logs.records.len(), "all verify: {:?}", expected.problems);
        let state = fold(&expected);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let reading = logs.read(order);
            prop_assert_eq!(reading.records(), expected.records());
            prop_assert_eq!(&fold(&reading), &state);
        }
    }


    /// Written down at any place and read again, it is the same state, and goes on as the same.
    #[test]
    fn a_snapshot_is_the_state_itself(
        mode in mode(), draws in prop::collection::vec(draw(), 1..60), cut in any::<Index>(),
    ) {
        let logs = Logs::of(mode, &draws);
        let reading = logs.read([0, 1, 2]);
        let records = reading.records();
        let cut = cut.index(records.len());
        let mut state = State::default();
        records[..cut].iter().for_each(|record| state.apply(record));
        let json = serde_json::to_string(&state).unwrap();
        let mut again: State = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&again, &state);
        prop_assert_eq!(&serde_json::to_string(&again).unwrap(), &json);
        records[cut..].iter().for_each(|record| again.apply(record));
        prop_assert_eq!(again, logs.state());
    }
}

proptest! {
    #![proptest_config(cases(24))]

    /// Files come in piece by piece, on a stick or over a shared folder, while somebody looks on: in the
    /// end what they know is what is known to whoever reads everything at once.
    #[test]
    fn what_comes_in_piece_by_piece_comes_to_the_same(
        mode in mode(), draws in prop::collection::vec(draw(), 1..40),
        pieces in prop::collection::vec((0..3_usize, any::<Index>()), 0..8),
    ) {
        let logs = Logs::of(mode, &draws);
        let root = tempfile::tempdir().unwrap();
        let home = Home::at(root.path().to_owned());
        let folder = home.folder(&logs.id(), mode);
        fs::create_dir_all(folder.join("journal")).unwrap();
        fs::write(folder.join("playbook.yaml"), EVERY_FORM).unwrap();
        let path = |one: usize| folder.join("journal").join(format!("{}.jsonl", writer(one)));
        let (mut journal, reading) = Journal::open(&home, &logs.id(), &writer(7)).unwrap();
        let mut state = fold(&reading);
        let mut here = [0; 3];
        let whole = (0..3).map(|one| (one, logs.files[one].len()));
        let some = pieces.iter().map(|(one, upto)| {
            let ends: Vec<usize> = ends(&logs.files[*one]).collect();
            (*one, *upto.get(&ends))
        });
        for (one, length) in some.chain(whole) {
            // Copies only ever grow.
            if length > here[one] {
                fs::write(path(one), &logs.files[one][..length]).unwrap();
                here[one] = length;
            }
            let (locked, refresh) = journal.lock().unwrap();
            drop(locked);
            absorb(&mut state, refresh);
        }
        prop_assert_eq!(state, logs.state());
    }

    /// Nothing that the files say against each other keeps anything from being shown, not even records
    /// in an order that no merge would give them.
    #[test]
    fn every_form_of_every_report_prints(
        mode in mode(), draws in prop::collection::vec(draw(), 1..60), sorted in any::<bool>(),
    ) {
        let logs = Logs::of(mode, &draws);
        let reading = logs.read([0, 1, 2]);
        let records: Vec<Record> = if sorted {
            reading.records().into_iter().cloned().collect()
        } else {
            logs.records.clone()
        };
        let mut state = State::default();
        for record in &records {
            state.apply(record);
        }
        prop_assert!(views(&BOOK, &state, start()).len() >= BOOK.steps().count());
        let report = with_report(&logs, &records, &state, Report::of);
        prop_assert!(printed(&report).iter().all(|bytes| !bytes.is_empty()));
        let _ = with_report(&logs, &records, &state, Status::of);
        let sheet = with_report(&logs, &records, &state, |story| {
            handover(story, &BOOK.roles[0].id, &Person::new(PEOPLE[1]).unwrap())
        });
        prop_assert!(!sheet.is_empty());
        let mut other = report.clone();
        other.status.incident.push_str("-other");
        let comparison = Comparison::of(&report, &other).unwrap();
        prop_assert!(!comparison_text(&comparison, 80).is_empty());
        prop_assert!(!comparison_csv(&comparison).unwrap().is_empty());
        for step in &comparison.steps {
            prop_assert_eq!(&step.this, &step.other);
        }
    }
}

/// Where each line ends.
fn ends(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let lines = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    std::iter::once(0).chain(lines.map(|(at, _)| at + 1))
}
