//! A log of many records, made through the library.

use outage_runbook::engine::{
    Actor, ClockKind, Event, Hlc, IncidentOpened, Mode, Offset, Person, Source, Stamp, State, Text,
    Timestamp, WriterId,
};
use outage_runbook::journal::{Expect, SUFFIX, Scan, Slot, encode, scan, sha256};
use outage_runbook::playbook::{NoteKind, builtin};

/// The incident's name.
pub(crate) const INCIDENT: &str = "email-outage-20260122-7k3q";

const T0: i64 = 1_769_108_700_000;

/// One writer's file.
pub(crate) struct Log {
    pub(crate) bytes: Vec<u8>,
    writer: WriterId,
}

/// The playbook that the log stands on, with its steps from the sets in their places.
pub(crate) fn playbook() -> &'static str {
    let mut all = builtin().iter();
    all.find_map(|(id, text)| (*id == "email-outage").then_some(*text)).unwrap()
}

/// A log of so many records.
pub(crate) fn of(records: usize) -> Log {
    let writer = WriterId::from_random([7; 16]);
    let (mut bytes, mut prev, mut seq) = (Vec::new(), sha256(playbook().as_bytes()), 1);
    for (stamp, event) in entries(records) {
        let slot = Slot { incident: INCIDENT, writer: &writer, seq, prev };
        let sealed = encode(slot, stamp, event).unwrap();
        bytes.extend_from_slice(&sealed.line);
        prev = sealed.record.at.h;
        seq += 1;
    }
    Log { bytes, writer }
}

impl Log {
    /// Hashes what verifying hashes.
    pub(crate) fn hash(&self) -> usize {
        let lines = self.bytes.split_inclusive(|b| *b == b'\n');
        lines.filter(|line| sha256(&line[..line.len() - SUFFIX]).bytes()[0] == 0).count()
    }

    /// Verifies.
    pub(crate) fn scan(&self) -> Scan {
        let genesis = sha256(playbook().as_bytes());
        scan(&self.bytes, &Expect { incident: INCIDENT, writer: &self.writer, genesis })
    }
}

/// The state that the records add up to.
pub(crate) fn fold(scan: &Scan) -> State {
    let mut state = State::default();
    for placed in &scan.records {
        state.apply(&placed.record);
    }
    state
}

/// An incident that was opened and declared, and then talked about.
pub(crate) fn entries(records: usize) -> Vec<(Stamp, Event)> {
    let opened = Event::IncidentOpened(IncidentOpened {
        playbook: "email-outage".parse().unwrap(),
        version: "2026.1".to_owned(),
        title: Text::Plain("Email outage".to_owned()),
        site: None,
        mode: Mode::Live,
        clock: ClockKind::Real,
        runbook: "0.1.0".to_owned(),
        linked_from: None,
        standing: false,
        sources: Vec::new(),
    });
    let mut events = vec![opened, Event::IncidentDeclared {}];
    events.extend((events.len()..records).map(|number| Event::NoteAdded {
        kind: NoteKind::Situation,
        text: Text::Plain(format!("Vendor call {number}: no new estimate, next call in an hour")),
    }));
    (0..).map(stamp).zip(events).collect()
}

fn stamp(second: i64) -> Stamp {
    let millis = T0 + second * 1000;
    Stamp {
        wall: Timestamp::from_millis(millis).unwrap(),
        offset: Offset::from_minutes(-300).unwrap(),
        hlc: Hlc(millis, 0),
        boot: None,
        mono: None,
        actor: Actor { person: Some(Person::new("Ana Diaz").unwrap()), role: None },
        scribe: None,
        src: Source::Typed,
        occurred_at: None,
        key: None,
        seen: Vec::new(),
        exercise_time: None,
    }
}
