//! The rules as tables: what happened before, what somebody wants, what comes of it.

mod afterwards;
mod answers;
mod clock;
mod endings;
mod exercise;
mod finding;
mod improvement;
mod keys;
mod marks;
mod merged;
mod people;
mod rehearsed;
mod relapse;
mod site;
mod withdrawn;

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::*;
use crate::playbook::{Mark, Playbook, RoleId, ServiceId, StepId, compile};

/// An incident at work: T+0 is 08:00, and time is whatever the test says.
pub(super) struct Given {
    pub(super) book: Playbook,
    pub(super) state: State,
    pub(super) records: Vec<Record>,
    minute: i64,
    by: Person,
}

pub(super) fn t0() -> Timestamp {
    Timestamp::parse("2026-01-22T08:00:00Z").unwrap()
}

pub(super) fn minute(minutes: i64) -> Timestamp {
    t0() + TimeDelta::minutes(minutes)
}

pub(super) fn person(name: &str) -> Person {
    Person::new(name).unwrap()
}

pub(super) fn text(words: &str) -> Text {
    Text::Plain(words.to_owned())
}

pub(super) fn step(id: &str) -> StepId {
    id.parse().unwrap()
}

pub(super) fn role(id: &str) -> RoleId {
    id.parse().unwrap()
}

pub(super) fn service(id: &str) -> ServiceId {
    id.parse().unwrap()
}

pub(super) fn done(id: &str) -> Intent {
    Intent::Done { step: step(id), answers: BTreeMap::new(), note: None, initials: None }
}

pub(super) fn choose(id: &str, option: &str) -> Intent {
    let option = option.to_owned();
    Intent::Decide { step: step(id), option, because: None, initials: None }
}

pub(super) fn mark(mark: Mark) -> Intent {
    Intent::Mark { mark, service: None }
}

/// A suspected incident.
pub(super) fn suspected() -> Given {
    let book = compile(include_str!("book.yaml")).unwrap().playbook;
    let mut given =
        Given { book, state: State::default(), records: Vec::new(), minute: 0, by: person("Ana") };
    let opened = IncidentOpened {
        playbook: "test".parse().unwrap(),
        version: "1".to_owned(),
        title: text("Test"),
        site: None,
        mode: Mode::Live,
        clock: ClockKind::Stepped,
        runbook: "0".to_owned(),
        linked_from: None,
        standing: false,
        sources: Vec::new(),
    };
    given.append(Event::IncidentOpened(opened), None, None);
    given
}

/// A declared incident.
pub(super) fn declared() -> Given {
    suspected().does(Intent::Declare)
}

impl Given {
    /// From now on it is this many minutes after T+0.
    pub(super) fn at(mut self, minute: i64) -> Self {
        self.minute = minute;
        self
    }

    /// From now on this person acts.
    pub(super) fn by(mut self, name: &str) -> Self {
        self.by = person(name);
        self
    }

    pub(super) fn now(&self) -> Timestamp {
        minute(self.minute)
    }

    pub(super) fn request(&self, intent: Intent) -> Request {
        let actor = Actor { person: Some(self.by.clone()), role: None };
        Request { intent, actor, occurred: None, key: None, src: Source::Typed }
    }

    pub(super) fn ask(&self, request: &Request) -> Result<Verdict, Refusal> {
        decide(&self.book, &self.state, self.now(), request)
    }

    pub(super) fn does(self, intent: Intent) -> Self {
        let request = self.request(intent);
        self.sends(&request)
    }

    /// As `does`, for something that happened at another minute.
    pub(super) fn did(self, minute: i64, intent: Intent) -> Self {
        let request = Request { occurred: Some(self::minute(minute)), ..self.request(intent) };
        self.sends(&request)
    }

    pub(super) fn sends(mut self, request: &Request) -> Self {
        match self.ask(request) {
            Ok(Verdict::Record(events, _)) => {
                for event in events {
                    self.append(event, request.occurred, request.key.clone());
                }
                self
            }
            other => panic!("{:?} gave {other:?}", request.intent),
        }
    }

    pub(super) fn append(
        &mut self,
        event: Event,
        occurred_at: Option<Timestamp>,
        key: Option<String>,
    ) {
        let seq = self.records.len() as u64 + 1;
        let (wall, offset) = (self.now(), Offset::UTC);
        let hlc = self.state.clock().next(wall);
        let actor = Actor { person: Some(self.by.clone()), role: None };
        let (src, seen) = (Source::Typed, Vec::new());
        let (boot, mono, scribe, exercise_time) = (None, None, None, None);
        let stamp = Stamp {
            wall,
            offset,
            hlc,
            boot,
            mono,
            actor,
            scribe,
            src,
            occurred_at,
            key,
            seen,
            exercise_time,
        };
        let record = Record { at: at(0, seq), stamp, fact: Fact::Known(event) };
        self.state.apply(&record);
        self.records.push(record);
    }

    pub(super) fn refuses(&self, intent: Intent) -> Refusal {
        match self.ask(&self.request(intent)) {
            Err(refusal) => refusal,
            Ok(verdict) => panic!("not refused: {verdict:?}"),
        }
    }

    pub(super) fn already(&self, intent: Intent) -> u64 {
        match self.ask(&self.request(intent)) {
            Ok(Verdict::Already(record, ..)) => record.seq,
            other => panic!("not known already: {other:?}"),
        }
    }

    pub(super) fn advises(&self, intent: Intent) -> Vec<Advice> {
        match self.ask(&self.request(intent)) {
            Ok(Verdict::Record(_, advice)) => advice,
            other => panic!("not recorded: {other:?}"),
        }
    }

    /// Status, due minute and whether it is overdue, of each occurrence of a step.
    pub(super) fn stands(&self, id: &str) -> Vec<(Status, Option<i64>, bool)> {
        views(&self.book, &self.state, self.now())
            .iter()
            .filter(|view| view.step.id.as_str() == id)
            .map(|view| {
                let due = view.due.map(|due| (due - t0()).num_minutes());
                (view.status, due, view.overdue)
            })
            .collect()
    }
}

/// Record `seq` of a made-up writer.
pub(super) fn at(writer: u8, seq: u64) -> RecordRef {
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&seq.to_be_bytes());
    hash[31] = writer;
    RecordRef { writer: WriterId::from_random([writer; 16]), seq, h: Digest::from_bytes(hash) }
}
