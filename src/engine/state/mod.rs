//! What the records of an incident add up to.
//!
//! A state is a fold and nothing else: whatever stands here can be had again from the journal.
//! It holds what deciding needs; the words of notes, for instance, are the report's business.

mod action;
mod apply;
mod conflict;
mod exercise;
mod finding;
mod occurrence;
mod step;
mod withdraw;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use action::{Action, Closed, Verified};
pub use conflict::{Conflict, ConflictKind};
pub use exercise::{Added, ExerciseState, Haste, Held, Observation, Rated, Seen, Skipped, Told};
use finding::Found;
pub use occurrence::Occurrence;
pub use step::{Outcome, StepStates};

use super::event::{Event, IncidentOpened, Mode};
use super::improvement::Review;
use super::ready::Readied;
use super::record::{Head, Hlc, RecordRef, WriterId};
use super::text::{Person, Text};
use super::time::Timestamp;
use crate::playbook::{Mark, RoleId, ServiceId};
use action::ActionLogs;

/// When something happened, when that was written down, who said so, and in which record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// As first recorded; ask [`State::time_of`] for the time as corrected.
    pub at: Timestamp,
    /// When it was written down, on the clock that due times count on.
    pub recorded: Timestamp,
    /// Who said so.
    pub by: Option<Person>,
    /// Where it stands.
    pub record: RecordRef,
    /// Its logical time: where the record comes in the merged order.
    pub hlc: Hlc,
}

/// A milestone that somebody marked, or that a step reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Which.
    pub mark: Mark,
    /// For one service; absent = for all.
    pub service: Option<ServiceId>,
    /// When.
    pub moment: Moment,
}

/// A stretch of time in which one person held one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// The role.
    pub role: RoleId,
    /// Who.
    pub person: Person,
    /// As stand-in.
    pub deputy: bool,
    /// Since when.
    pub from: Moment,
    /// Until when; absent = still.
    pub to: Option<Moment>,
}

/// How an incident ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// Closed after the work.
    Closed {
        /// When.
        moment: Moment,
        /// Why, although something was missing.
        anyway: Option<Text>,
        /// What was missing.
        missing: Vec<String>,
    },
    /// It was nothing.
    FalseAlarm {
        /// When.
        moment: Moment,
        /// What it was instead.
        reason: Text,
    },
}

/// What is known of cause and reach.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Classification {
    /// What made it fail.
    pub cause: Option<Text>,
    /// The services that are down.
    pub services: Vec<ServiceId>,
    /// How far it reaches.
    pub scope: Option<Text>,
}

/// A correction of an earlier record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Correction {
    target: RecordRef,
    occurred: Option<Timestamp>,
}

/// A caller's key and what was recorded under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyUse {
    pub(crate) moment: Moment,
    pub(crate) event: Event,
}

/// Where an incident stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Life {
    /// Open, but nobody has declared it.
    Suspected,
    /// T+0 is set.
    Declared,
    /// Over.
    Closed,
    /// Over, and it was nothing.
    FalseAlarm,
}

/// The fold of an incident's records.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct State {
    opened: Option<(Moment, IncidentOpened)>,
    opened_really: Option<Timestamp>,
    declared: Option<Moment>,
    ending: Option<Ending>,
    marks: Vec<Marked>,
    tenures: Vec<Tenure>,
    steps: StepStates,
    classification: Classification,
    corrections: Vec<Correction>,
    actions: ActionLogs,
    reviews: Vec<(Moment, Review, Text)>,
    readied: Vec<(Moment, Readied)>,
    withdrawn: BTreeSet<RecordRef>,
    found: Found,
    keys: BTreeMap<String, KeyUse>,
    people: BTreeSet<Person>,
    conflicts: Vec<Conflict>,
    newer: Vec<RecordRef>,
    heads: Vec<Head>,
    exercise: ExerciseState,
    clock: Hlc,
    last: Option<Timestamp>,
}

impl State {
    /// What the first record says this incident is.
    #[must_use]
    pub fn opened(&self) -> Option<&IncidentOpened> {
        self.opened.as_ref().map(|(_, opened)| opened)
    }

    /// When, by whom and in which record the incident was opened.
    #[must_use]
    pub fn opened_moment(&self) -> Option<&Moment> {
        self.opened.as_ref().map(|(moment, _)| moment)
    }

    /// When the first record was written on the real clock, whatever an exercise's own showed.
    #[must_use]
    pub const fn opened_really(&self) -> Option<Timestamp> {
        self.opened_really
    }

    /// Whether this is practice. An incident without a first record counts as live.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.opened().map_or(Mode::Live, |opened| opened.mode)
    }

    /// Whether this is no incident but a site's standing log of quiet times.
    #[must_use]
    pub fn is_standing(&self) -> bool {
        self.opened().is_some_and(|opened| opened.standing)
    }

    /// Where the incident stands in its life.
    #[must_use]
    pub fn life(&self) -> Life {
        match (&self.ending, &self.declared) {
            (Some(Ending::Closed { .. }), _) => Life::Closed,
            (Some(Ending::FalseAlarm { .. }), _) => Life::FalseAlarm,
            (None, Some(_)) => Life::Declared,
            (None, None) => Life::Suspected,
        }
    }

    /// How the incident ended, if it did.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    /// The first declaration.
    #[must_use]
    pub fn declared(&self) -> Option<&Moment> {
        self.declared.as_ref()
    }

    /// T+0: the effective time of the first declaration, as corrected.
    #[must_use]
    pub fn t0(&self) -> Option<Timestamp> {
        self.declared.as_ref().map(|moment| self.time_of(moment))
    }

    /// When something happened, the last correction considered.
    #[must_use]
    pub fn time_of(&self, moment: &Moment) -> Timestamp {
        self.corrected(&moment.record).unwrap_or(moment.at)
    }

    /// The time that the last correction of this record gives, if any does.
    #[must_use]
    pub fn corrected(&self, record: &RecordRef) -> Option<Timestamp> {
        let mut about = self.corrections.iter().rev().filter(|c| c.target == *record);
        about.find_map(|correction| correction.occurred)
    }

    /// Whether the milestones, the answers to steps, what a review found, what an evaluator judged or the
    /// improvement plan rest on this record: it can be withdrawn, an answer only while the incident runs.
    #[must_use]
    pub fn rests_on(&self, record: &RecordRef) -> bool {
        self.marks.iter().any(|marked| marked.moment.record == *record)
            || self.steps.rests_on(record)
            || self.found.rests_on(record)
            || self.exercise.rests_on(record)
            || self.improves(record)
    }

    /// Every milestone in the order of the log, the declaration apart.
    #[must_use]
    pub fn marks(&self) -> &[Marked] {
        &self.marks
    }

    /// The milestone's time: the first one marked, whichever service it was for.
    #[must_use]
    pub fn mark(&self, mark: Mark) -> Option<&Moment> {
        if mark == Mark::Declared {
            return self.declared.as_ref();
        }
        let marked = self.marks.iter().filter(|marked| marked.mark == mark);
        marked.map(|marked| &marked.moment).min_by_key(|moment| self.time_of(moment))
    }

    /// Every stretch in which somebody held a role, in the order of the log.
    #[must_use]
    pub fn tenures(&self) -> &[Tenure] {
        &self.tenures
    }

    /// Who holds this role now, deputies last.
    pub fn holders<'a>(&'a self, role: &'a RoleId) -> impl Iterator<Item = &'a Tenure> {
        let held = move |t: &&Tenure| t.role == *role && t.to.is_none();
        let first = self.tenures.iter().filter(held).filter(|t| !t.deputy);
        first.chain(self.tenures.iter().filter(held).filter(|t| t.deputy))
    }

    /// The roles this person holds now.
    pub fn roles_of<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = &'a RoleId> {
        self.tenures.iter().filter(|t| t.person == *person && t.to.is_none()).map(|t| &t.role)
    }

    /// Everybody whom a record names as its author or scribe or gives a role to, as they were written.
    #[must_use]
    pub const fn people(&self) -> &BTreeSet<Person> {
        &self.people
    }

    /// What was answered to the steps.
    #[must_use]
    pub fn steps(&self) -> &StepStates {
        &self.steps
    }

    /// What is known of cause and reach.
    #[must_use]
    pub fn classification(&self) -> &Classification {
        &self.classification
    }

    /// What records of several writers say against each other.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Records that only a newer version understands; while there is one, nothing may be appended.
    #[must_use]
    pub fn newer(&self) -> &[RecordRef] {
        &self.newer
    }

    /// The newest record of each writer.
    #[must_use]
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// The newest record of one writer.
    #[must_use]
    pub fn head(&self, writer: &WriterId) -> Option<&Head> {
        self.heads.iter().find(|head| head.writer == *writer)
    }

    /// The highest logical time seen.
    #[must_use]
    pub const fn clock(&self) -> Hlc {
        self.clock
    }

    /// When the last record was written down: how far a report can count.
    #[must_use]
    pub const fn last(&self) -> Option<Timestamp> {
        self.last
    }

    pub(crate) fn key(&self, key: &str) -> Option<&KeyUse> {
        self.keys.get(key)
    }
}
