//! One incident in memory, on an exercise clock: every decided event becomes a record and is applied
//! at once, as a session does it with a journal.

use super::model::{Start, zero};
use crate::engine::{
    Actor, Advice, ClockKind, Digest, Event, Fact, Hlc, IncidentOpened, Intent, Mode, Offset,
    Person, Record, RecordRef, Refusal, Request, Source, Stamp, State, StepView, Text, Timestamp,
    Verdict, WriterId, answered_marks, decide, views,
};
use crate::playbook::{Mark, Playbook, RoleId};

/// What came of a request.
pub(super) enum Took {
    /// It is on record.
    Recorded(Vec<Advice>),
    /// It stands in this record since then, and nothing was added.
    Already(RecordRef, Timestamp),
}

/// An incident in memory.
pub(super) struct Bench<'a> {
    pub(super) book: &'a Playbook,
    pub(super) state: State,
    pub(super) records: Vec<Record>,
    pub(super) requests: Vec<(Timestamp, Request)>,
    pub(super) now: Timestamp,
    hlc: Hlc,
}

impl<'a> Bench<'a> {
    /// An incident that begins so.
    pub(super) fn begin(book: &'a Playbook, start: &Start) -> Self {
        let mut bench = Self {
            book,
            state: State::default(),
            records: Vec::new(),
            requests: Vec::new(),
            now: start.at,
            hlc: Hlc::default(),
        };
        let actor = Actor { person: bench.lead(&start.holders), role: None };
        for (event, occurred) in opening(book, start) {
            bench.append(event, &actor, occurred, None);
        }
        bench
    }

    /// Whoever leads, by these assignments.
    fn lead(&self, holders: &[(RoleId, Person)]) -> Option<Person> {
        let lead = self.book.lead()?;
        let held = holders.iter().find(|(role, _)| *role == lead.id);
        held.map(|(_, person)| person.clone()).or_else(|| Person::new(lead.id.as_str()).ok())
    }

    /// Every occurrence of every step as it stands now.
    pub(super) fn views(&self) -> Vec<StepView<'_>> {
        views(self.book, &self.state, self.now)
    }

    /// Whoever acts for a role: who holds it, else who leads, else somebody named like the role.
    pub(super) fn acts_for(&self, role: &RoleId) -> Option<Person> {
        let lead = self.book.lead().map(|lead| &lead.id);
        let held = |role: &RoleId| self.state.holders(role).next().map(|t| t.person.clone());
        held(role).or_else(|| lead.and_then(held)).or_else(|| Person::new(role.as_str()).ok())
    }

    /// Makes an intent a fact, or says why not.
    pub(super) fn execute(
        &mut self,
        intent: Intent,
        by: Option<Person>,
        occurred: Option<Timestamp>,
    ) -> Result<Took, Refusal> {
        let actor = Actor { person: by, role: None };
        // A key says that a second answer soon after the first one is meant.
        let key = Some(format!("test-{}", self.requests.len() + 1));
        let request = Request { intent, actor, occurred, key, src: Source::Typed };
        self.requests.push((self.now, request.clone()));
        match decide(self.book, &self.state, self.now, &request)? {
            Verdict::Already(record, at, _) => Ok(Took::Already(record, at)),
            Verdict::Record(events, advice) => {
                for event in events {
                    let marks = answered_marks(self.book, &event);
                    self.append(event, &request.actor, request.occurred, request.key.clone());
                    for (mark, at) in marks {
                        self.mark_answered(&request, mark, at);
                    }
                }
                Ok(Took::Recorded(advice))
            }
        }
    }

    /// A milestone that an answer gives the time of. One that is marked keeps its time, as in a session.
    fn mark_answered(&mut self, request: &Request, mark: Mark, at: Timestamp) {
        let intent = Intent::Mark { mark, service: None };
        let request = Request { intent, occurred: Some(at), key: None, ..request.clone() };
        if let Ok(Verdict::Record(events, _)) = decide(self.book, &self.state, self.now, &request) {
            for event in events {
                self.append(event, &request.actor, request.occurred, None);
            }
        }
    }

    fn append(
        &mut self,
        event: Event,
        actor: &Actor,
        occurred: Option<Timestamp>,
        key: Option<String>,
    ) {
        self.hlc = self.hlc.next(self.now);
        let seq = self.records.len() as u64 + 1;
        // No journal, no hash: the number alone tells the records of one scenario apart.
        let mut hash = [0; 32];
        hash[24..].copy_from_slice(&seq.to_be_bytes());
        let at =
            RecordRef { writer: WriterId::from_random([0; 16]), seq, h: Digest::from_bytes(hash) };
        let stamp = Stamp {
            wall: self.now,
            offset: Offset::UTC,
            hlc: self.hlc,
            boot: None,
            mono: None,
            actor: actor.clone(),
            src: Source::Typed,
            occurred_at: occurred.filter(|at| *at != self.now),
            key,
            seen: Vec::new(),
            scribe: None,
            exercise_time: None,
        };
        let record = Record { at, stamp, fact: Fact::Known(event) };
        self.state.apply(&record);
        self.records.push(record);
    }
}

/// The first records of an incident, each with the time at which it happened.
fn opening(book: &Playbook, start: &Start) -> Vec<(Event, Option<Timestamp>)> {
    let opened = IncidentOpened {
        playbook: book.id.clone(),
        version: book.version.clone(),
        title: Text::Plain(book.title.clone()),
        site: None,
        mode: Mode::Exercise,
        clock: ClockKind::Stepped,
        runbook: env!("CARGO_PKG_VERSION").to_owned(),
        linked_from: None,
        standing: false,
        sources: Vec::new(),
    };
    let declared = Some(zero()).filter(|_| !start.suspected);
    let mut events = vec![(Event::IncidentOpened(opened), None)];
    for (mark, at) in [(Mark::Onset, start.onset), (Mark::Detected, start.detected)] {
        if at.is_some() {
            events.push((Event::MilestoneMarked { mark, service: None }, at));
        }
    }
    events.extend(declared.map(|at| (Event::IncidentDeclared {}, Some(at))));
    for (role, person) in &start.holders {
        let (role, person) = (role.clone(), person.clone());
        events.push((Event::RoleAssigned { role, person, deputy: false }, declared));
    }
    events
}
