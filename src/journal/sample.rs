//! Records for the tests of this room.

use std::collections::BTreeMap;

use super::codec::{Slot, encode};
use super::line::sha256;
use super::scan::Expect;
use crate::engine::{
    ActionTerms, Actor, Aim, AimPart, ClockKind, ClockSetting, Compared, Confirmation, Day,
    Delivery, Digest, Element, Event, ExerciseStarted, ExerciseType, Head, Hlc, IncidentOpened,
    Mode, Offset, Person, Readied, ReadyKind, RecordRef, Review, Source, Speed, Stamp, StepDone,
    Text, Timestamp, WriterId,
};
use crate::playbook::{
    ExerciseKind, Happening, InjectKind, Mark, NoteKind, Objective, Rating, WorldChange,
};

pub(super) const INCIDENT: &str = "email-outage-1";
pub(super) const PLAYBOOK: &[u8] = b"runbook: 1\nid: email-outage\n";
const T0: i64 = 1_769_108_700_000;

pub(super) fn writer(byte: u8) -> WriterId {
    WriterId::from_random([byte; 16])
}

pub(super) fn genesis() -> Digest {
    sha256(PLAYBOOK)
}

pub(super) fn expect(writer: &WriterId) -> Expect<'_> {
    Expect { incident: INCIDENT, writer, genesis: genesis() }
}

pub(super) fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(T0 + ms).unwrap()
}

/// A stamp with nothing optional in it.
pub(super) fn stamp(ms: i64) -> Stamp {
    Stamp {
        wall: at(ms),
        offset: Offset::from_minutes(-300).unwrap(),
        hlc: Hlc(T0 + ms, 0),
        boot: None,
        mono: None,
        actor: Actor::default(),
        scribe: None,
        src: Source::Typed,
        occurred_at: None,
        key: None,
        seen: Vec::new(),
        exercise_time: None,
    }
}

/// A stamp with everything optional in it.
pub(super) fn full_stamp(ms: i64, seen: Vec<Head>) -> Stamp {
    Stamp {
        boot: Some("b00t".to_owned()),
        mono: Some(77),
        actor: Actor {
            person: Some(Person::new("Ana \"Ö\" Núñez").unwrap()),
            role: Some("incident-lead".parse().unwrap()),
        },
        src: Source::Paper,
        occurred_at: Some(at(ms - 600_000)),
        key: Some("k\\1".to_owned()),
        seen,
        ..stamp(ms)
    }
}

pub(super) fn text(words: &str) -> Text {
    Text::Plain(words.to_owned())
}

pub(super) fn opened(mode: Mode) -> Event {
    Event::IncidentOpened(IncidentOpened {
        playbook: "email-outage".parse().unwrap(),
        version: "2026.1".to_owned(),
        title: text("Email outage"),
        site: None,
        mode,
        clock: ClockKind::Real,
        runbook: "0.1.0".to_owned(),
        linked_from: None,
        standing: false,
        sources: Vec::new(),
    })
}

pub(super) fn note(words: &str) -> Event {
    Event::NoteAdded { kind: NoteKind::Situation, text: text(words) }
}

/// One log as bytes, record by record, the way a writer makes it.
pub(super) struct Log {
    pub(super) writer: WriterId,
    pub(super) bytes: Vec<u8>,
    pub(super) heads: Vec<Head>,
}

impl Log {
    pub(super) fn new(byte: u8) -> Self {
        Self { writer: writer(byte), bytes: Vec::new(), heads: Vec::new() }
    }

    /// `count` short records, one second apart, the first of which opens the incident.
    pub(super) fn of(byte: u8, count: i64) -> Self {
        let mut log = Self::new(byte);
        for n in 0..count {
            let event = if n == 0 { opened(Mode::Live) } else { note(&format!("n{n}")) };
            log.add(stamp(n * 1000), event);
        }
        log
    }

    pub(super) fn prev(&self) -> Digest {
        self.heads.last().map_or_else(genesis, |head| head.h)
    }

    pub(super) fn add(&mut self, stamp: Stamp, event: Event) -> &mut Self {
        let slot = Slot {
            incident: INCIDENT,
            writer: &self.writer,
            seq: self.heads.len() as u64 + 1,
            prev: self.prev(),
        };
        let sealed = encode(slot, stamp, event).unwrap();
        self.bytes.extend_from_slice(&sealed.line);
        self.heads.push(sealed.record.at);
        self
    }

    pub(super) fn lines(&self) -> Vec<&[u8]> {
        self.bytes.split_inclusive(|b| *b == b'\n').collect()
    }
}

/// The place of a variant among [`every_event`]'s. Exhaustive on purpose: a new event must get an
/// example there before anything compiles.
fn place(event: &Event) -> usize {
    match event {
        Event::IncidentOpened(_) => 0,
        Event::IncidentDeclared {} => 1,
        Event::FalseAlarmDeclared { .. } => 2,
        Event::IncidentClosed { .. } => 3,
        Event::IncidentClassified { .. } => 4,
        Event::IncidentEscalated { .. } => 5,
        Event::MilestoneMarked { .. } => 6,
        Event::RoleAssigned { .. } => 7,
        Event::RoleReleased { .. } => 8,
        Event::RoleHandedOver { .. } => 9,
        Event::StepBegun { .. } => 10,
        Event::StepDone(_) => 11,
        Event::StepSkipped { .. } => 12,
        Event::StepFailed { .. } => 13,
        Event::StepDeferred { .. } => 14,
        Event::StepReopened { .. } => 15,
        Event::DecisionTaken { .. } => 16,
        Event::StepApproved { .. } => 17,
        Event::NoteAdded { .. } => 18,
        Event::RecordCorrected { .. } => 19,
        Event::ClockJumped { .. } => 20,
        Event::TailRecovered { .. } => 21,
        Event::WriterContinued { .. } => 22,
        Event::RecordWithdrawn { .. } => 23,
        Event::SiteChanged { .. } => 24,
        Event::ExerciseStarted(_) => 25,
        Event::InjectDelivered(_) => 26,
        Event::InjectAdded(_) => 27,
        Event::InjectHeld { .. } => 28,
        Event::InjectSkipped { .. } => 29,
        Event::ObservationNoted { .. } => 30,
        Event::ObjectiveRated { .. } => 31,
        Event::ExerciseClockSet(_) => 32,
        Event::ExerciseInterrupted { .. } => 33,
        Event::ActionAdded { .. } => 34,
        Event::ActionUpdated { .. } => 35,
        Event::ActionClosed { .. } => 36,
        Event::ActionReopened { .. } => 37,
        Event::ActionVerified { .. } => 38,
        Event::ReviewFinished { .. } => 39,
        Event::ReadinessRecorded(_) => 40,
    }
}

const EVENTS: usize = 41;

/// Every event at least once, with these words wherever it takes words: without and with its
/// optional fields.
pub(super) fn every_event(words: &str, number: u32) -> Vec<Event> {
    let mut events = bare_events(words, number);
    events.extend(full_events(words, number));
    events.extend(full_exercise_events(words, number));
    events.extend(improvements(words, number));
    let mut places: Vec<_> = events.iter().map(place).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places, (0..EVENTS).collect::<Vec<_>>(), "an event has no example");
    events
}

fn bare_events(words: &str, occurrence: u32) -> Vec<Event> {
    let step = || "notify-leadership".parse().unwrap();
    let role = || "incident-lead".parse().unwrap();
    let person = || Person::new("Ana").unwrap();
    let reason = || text(words);
    let until = at(i64::from(occurrence));
    vec![
        opened(Mode::Exercise),
        Event::IncidentDeclared {},
        Event::FalseAlarmDeclared { reason: reason() },
        Event::IncidentClosed { anyway: None, missing: vec![] },
        Event::IncidentClassified { cause: None, services: vec![], scope: None },
        Event::IncidentEscalated {
            incident: "ransomware-2".to_owned(),
            playbook: "ransomware".parse().unwrap(),
            reason: reason(),
        },
        Event::MilestoneMarked { mark: Mark::Restored, service: None },
        Event::RoleAssigned { role: role(), person: person(), deputy: false },
        Event::RoleReleased { role: role(), person: person() },
        Event::RoleHandedOver {
            role: role(),
            from: vec![],
            to: person(),
            note: None,
            confirmed: vec![],
        },
        Event::StepBegun { step: step(), occurrence },
        Event::StepDone(StepDone {
            step: step(),
            occurrence,
            answers: BTreeMap::new(),
            note: None,
            initials: None,
            milestone: None,
        }),
        Event::StepSkipped { step: step(), occurrence, reason: reason() },
        Event::StepFailed { step: step(), occurrence, reason: reason() },
        Event::StepDeferred { step: step(), occurrence, until, reason: reason() },
        Event::StepReopened { step: step(), occurrence, reason: reason() },
        Event::ClockJumped { by_ms: -i64::from(occurrence) },
        Event::ExerciseStarted(Box::new(ExerciseStarted {
            exercise: None,
            title: reason(),
            kind: ExerciseKind::Tabletop,
            digest: None,
            minutes: None,
            objectives: vec![],
            scenario: None,
            facilitator: person(),
            solo: false,
        })),
        Event::InjectDelivered(Box::new(delivery(words))),
        Event::InjectHeld { inject: "i1".parse().unwrap(), reason: None },
        Event::InjectSkipped { inject: "i1".parse().unwrap(), reason: reason() },
        Event::ObservationNoted { objective: None, inject: None, text: reason() },
        Event::ExerciseClockSet(ClockSetting { at: until, speed: None, paused: false }),
        Event::ExerciseInterrupted { reason: reason() },
    ]
}

fn delivery(words: &str) -> Delivery {
    Delivery {
        inject: "i1".parse().unwrap(),
        kind: InjectKind::Information,
        due: None,
        mode: None,
        from: None,
        to: None,
        text: text(words),
        expect: vec![],
        objective: None,
        changes: vec![],
        added: false,
    }
}

fn full_events(words: &str, occurrence: u32) -> Vec<Event> {
    let step = || "notify-leadership".parse().unwrap();
    let person = |name: &str| Person::new(name).unwrap();
    let h = sha256(words.as_bytes());
    let good = RecordRef { writer: writer(9).continuation(), seq: u64::from(occurrence), h };
    vec![
        Event::IncidentClosed { anyway: Some(text(words)), missing: vec![words.to_owned()] },
        Event::IncidentClassified {
            cause: Some(Text::Sealed(h)),
            services: vec!["email".parse().unwrap(), "ehr".parse().unwrap()],
            scope: Some(text(words)),
        },
        Event::MilestoneMarked { mark: Mark::Verified, service: Some("email".parse().unwrap()) },
        Event::RoleAssigned {
            role: "incident-lead".parse().unwrap(),
            person: person("Bo"),
            deputy: true,
        },
        Event::RoleHandedOver {
            role: "incident-lead".parse().unwrap(),
            from: vec![person("Ana"), person("Bo")],
            to: person("Cy"),
            note: Some(text(words)),
            confirmed: vec![Confirmation { person: person("Cy"), initials: "CY".to_owned() }],
        },
        Event::StepDone(StepDone {
            step: step(),
            occurrence,
            answers: BTreeMap::from([
                ("ticket".parse().unwrap(), text(words)),
                ("who".parse().unwrap(), Text::Sealed(h)),
            ]),
            note: Some(text(words)),
            initials: Some("AN".to_owned()),
            milestone: Some(Mark::Acknowledged),
        }),
        Event::DecisionTaken {
            step: step(),
            occurrence,
            option: "corporate".parse().unwrap(),
            because: Some(text(words)),
            initials: Some("AD".to_owned()),
            milestone: Some(Mark::StoodDown),
        },
        Event::StepApproved {
            step: step(),
            occurrence,
            own_work: true,
            reason: Some(text(words)),
            initials: None,
            milestone: None,
        },
        Event::NoteAdded { kind: NoteKind::Safety, text: Text::Sealed(h) },
        Event::RecordCorrected {
            target: good.clone(),
            note: text(words),
            occurred: Some(at(i64::from(occurrence))),
        },
        Event::RecordWithdrawn { target: good.clone(), reason: text(words) },
        Event::SiteChanged { keys: vec![words.to_owned()] },
        Event::TailRecovered { offset: u64::MAX, length: u64::from(occurrence), sha256: h },
        Event::WriterContinued {
            file: "w.jsonl".to_owned(),
            sha256: h,
            length: u64::from(occurrence),
            good: Some(good),
        },
    ]
}

fn full_exercise_events(words: &str, occurrence: u32) -> Vec<Event> {
    let h = sha256(words.as_bytes());
    vec![
        Event::ExerciseStarted(Box::new(ExerciseStarted {
            exercise: Some("one".parse().unwrap()),
            title: text(words),
            kind: ExerciseKind::FullScale,
            digest: Some(h),
            minutes: Some(occurrence),
            objectives: vec![Objective {
                id: "reach".parse().unwrap(),
                text: words.to_owned(),
                capability: Some(words.to_owned()),
                target: Some(words.to_owned()),
                tasks: vec![words.to_owned()],
            }],
            scenario: Some(Text::Sealed(h)),
            facilitator: Person::new("Cy").unwrap(),
            solo: true,
        })),
        Event::InjectAdded(Box::new(Delivery {
            kind: InjectKind::Contingency,
            due: Some(at(i64::from(occurrence))),
            mode: Some(words.to_owned()),
            from: Some(words.to_owned()),
            to: Some("incident-lead".parse().unwrap()),
            expect: vec![Happening::Answer("scope".parse().unwrap(), "local".parse().unwrap())],
            objective: Some("reach".parse().unwrap()),
            changes: vec![WorldChange::Fails { service: None }],
            added: true,
            ..delivery(words)
        })),
        Event::InjectHeld { inject: "i1".parse().unwrap(), reason: Some(text(words)) },
        Event::ObservationNoted {
            objective: Some("reach".parse().unwrap()),
            inject: Some("i1".parse().unwrap()),
            text: text(words),
        },
        Event::ObjectiveRated {
            objective: "reach".parse().unwrap(),
            rating: Rating::MajorChallenges,
            why: text(words),
        },
        Event::ExerciseClockSet(ClockSetting {
            at: at(i64::from(occurrence)),
            speed: Speed::new(60),
            paused: true,
        }),
    ]
}

/// The improvement plan and a standing log: without and with their optional fields.
fn improvements(words: &str, number: u32) -> Vec<Event> {
    let h = sha256(words.as_bytes());
    let at = |seq: u64| RecordRef { writer: writer(9), seq, h };
    let (action, after) = (at(7), at(9));
    let day = |text: &str| Day::parse(text).unwrap();
    let terms = ActionTerms {
        what: Some(text(words)),
        issue: Some(Text::Sealed(h)),
        capability: Some(text(words)),
        element: Some(Element::Planning),
        organization: Some(text(words)),
        owner: Some(Person::new("Ana").unwrap()),
        start: Some(day("2028-02-29")),
        due: Some(day("2028-03-31")),
        aim: Some(Aim {
            playbook: "email-outage".parse().unwrap(),
            part: AimPart::Template("urgent-meds-1".parse().unwrap()),
        }),
    };
    let step = AimPart::Step("freeze-list".parse().unwrap());
    let aim = Aim { playbook: "email-outage".parse().unwrap(), part: step };
    let change = Box::new(ActionTerms { aim: Some(aim), ..ActionTerms::default() });
    let (version, evidence) = ("2026.2".to_owned(), text(words));
    let readied = |kind| Readied {
        kind,
        on: day("2026-11-25"),
        of: None,
        exercise: None,
        playbook: None,
        incident: None,
        note: None,
    };
    let exercise = Readied {
        of: Some(text(words)),
        exercise: Some(ExerciseType::FullScale),
        playbook: Some("email-outage".parse().unwrap()),
        incident: Some("x-email-outage-1".to_owned()),
        note: Some(Text::Sealed(h)),
        ..readied(ReadyKind::Exercise)
    };
    vec![
        Event::ActionAdded { number, terms: Box::default() },
        Event::ActionAdded { number, terms: Box::new(terms) },
        Event::ActionUpdated { action: action.clone(), number, after: after.clone(), change },
        Event::ActionClosed {
            action: action.clone(),
            number,
            after: after.clone(),
            evidence,
            compared: Some(Box::new(Compared { version, sha256: h })),
        },
        Event::ActionReopened {
            action: action.clone(),
            number,
            after: after.clone(),
            reason: text(words),
        },
        Event::ActionVerified {
            action: action.clone(),
            number,
            after: after.clone(),
            own_work: false,
            reason: None,
        },
        Event::ActionVerified { action, number, after, own_work: true, reason: Some(text(words)) },
        Event::ReviewFinished { review: Review::AfterAction, evidence: text(words) },
        Event::ReadinessRecorded(Box::new(readied(ReadyKind::BinderPrinted))),
        Event::ReadinessRecorded(Box::new(exercise)),
    ]
}
