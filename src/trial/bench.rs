//! One incident in memory, on an exercise clock: what is asked for is rehearsed, as a session would
//! record it in a journal.

use super::model::{Start, zero};
use crate::engine::{
    Actor, Advice, ClockKind, Event, IncidentOpened, Intent, Mode, Person, Record, RecordRef,
    Refusal, Rehearsed, Request, Source, State, StepView, Text, Timestamp, rehearse_one, try_out,
    views,
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
        };
        let actor = Actor { person: bench.lead(&start.holders), role: None };
        let (intent, key) = (Intent::Declare, None);
        let mut request = Request { intent, actor, occurred: None, key, src: Source::Typed };
        for (event, occurred) in opening(book, start) {
            request.occurred = occurred;
            let record = try_out(&mut bench.state, start.at, &request, event, 0);
            bench.records.push(record);
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
        let number = self.requests.len();
        let Self { book, state, now, .. } = self;
        let Rehearsed { records, already, advice } =
            rehearse_one(book, state, *now, &request, number)?;
        self.records.extend(records);
        Ok(already.map_or(Took::Recorded(advice), |(record, at)| Took::Already(record, at)))
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
