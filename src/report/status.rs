//! Where an incident stands: what `status --json` prints, and the head of every report.
//!
//! Documented and additive only. What is absent is null, never left out, so that a reader can tell
//! "not known" from "not in this version".

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::kpi::{Figure, figures};
use super::people::{RoleLine, roles};
use super::services::{ServiceStatus, services};
use super::steps::{StepLine, steps};
use super::story::{Reading, Story, said};
use super::told::{ExerciseLine, exercise};
use super::when::When;
use crate::engine::{
    Ending, Life, Mode, Person, State, likely_same_people, missing_before_close, phase_by_clock,
    phases_open,
};
use crate::playbook::{Mark, PhaseId, PlaybookId};

/// The version of the form of every object this room writes.
pub const FORMAT: u32 = 1;

/// Where an incident stands at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    /// [`FORMAT`].
    pub format: u32,
    /// The incident's id.
    pub incident: String,
    /// What people call it.
    pub title: Option<String>,
    /// For real or for practice.
    pub mode: Mode,
    /// Where it stands in its life.
    pub state: Life,
    /// The pinned playbook.
    pub playbook: PlaybookLine,
    /// T+0.
    pub t0: Option<When>,
    /// The phase that the clock is in; absent before T+0.
    pub phase: Option<PhaseId>,
    /// Every phase that is open: by the clock or by an event.
    pub phases_open: Vec<PhaseId>,
    /// Every role.
    pub roles: Vec<RoleLine>,
    /// Every milestone, the first time it was reached.
    pub milestones: Milestones,
    /// Every service.
    pub services: Vec<ServiceStatus>,
    /// Every occurrence of every step.
    pub steps: Vec<StepLine>,
    /// Every figure.
    pub kpis: Vec<Figure>,
    /// What is missing before the incident may be closed, in words; after the closing, what was.
    pub missing_before_close: Vec<String>,
    /// What records of several writers say against each other.
    pub conflicts: Vec<ConflictLine>,
    /// Spellings that may mean one person; nothing is merged.
    pub likely_same_people: Vec<Vec<Person>>,
    /// What an exercise has beyond an incident; absent for a live one.
    pub exercise: Option<ExerciseLine>,
    /// One line per writer.
    pub checkpoint: Vec<String>,
}

/// A playbook by name and version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaybookLine {
    /// The name people type.
    pub id: PlaybookId,
    /// The version of its text.
    pub version: String,
}

/// A record that does not fit what came before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConflictLine {
    /// `17@w4f2`.
    pub record: String,
    /// What does not fit, in words.
    pub what: String,
}

/// Every milestone in the field's own order; absent = not reached, or not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestones(pub Vec<(Mark, Option<When>)>);

impl Serialize for Milestones {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (mark, when) in &self.0 {
            map.serialize_entry(&mark.word().replace('-', "_"), when)?;
        }
        map.end()
    }
}

/// What is said of a group of spellings.
#[must_use]
pub fn one_person(spellings: &[Person]) -> String {
    let names: Vec<&str> = spellings.iter().map(Person::as_str).collect();
    let all = if names.len() == 2 { "both" } else { "all" };
    format!("These may be one person: {}. The log keeps {all} as written.", names.join(", "))
}

impl Status {
    /// Where the incident stands at `story.until`, or stood when it ended.
    #[must_use]
    pub fn of(story: &Story<'_>) -> Self {
        Self::read(&Reading::new(story))
    }

    pub(super) fn read(reading: &Reading<'_>) -> Self {
        let Story { incident, book, state, until, checkpoint, .. } = reading.story;
        Self {
            format: FORMAT,
            incident: incident.to_owned(),
            title: state.opened().map(|opened| said(&opened.title)),
            mode: state.mode(),
            state: state.life(),
            playbook: PlaybookLine { id: book.id.clone(), version: book.version.clone() },
            t0: state.declared().map(|moment| reading.occurred(moment)),
            phase: phase_by_clock(book, state, reading.end).map(|phase| phase.id.clone()),
            phases_open: phases_open(book, state, until).iter().map(|p| p.id.clone()).collect(),
            roles: roles(reading),
            milestones: milestones(reading),
            services: services(reading),
            steps: steps(reading),
            kpis: figures(book, state, until),
            missing_before_close: missing(reading),
            conflicts: conflicts(reading),
            likely_same_people: same_people(state),
            exercise: exercise(reading),
            checkpoint: checkpoint.to_vec(),
        }
    }
}

fn milestones(reading: &Reading<'_>) -> Milestones {
    let when = |mark| reading.story.state.mark(mark).map(|moment| reading.occurred(moment));
    Milestones(Mark::ALL.iter().map(|mark| (*mark, when(*mark))).collect())
}

fn same_people(state: &State) -> Vec<Vec<Person>> {
    let groups = likely_same_people(state.people()).into_iter();
    groups.map(|group| group.into_iter().cloned().collect()).collect()
}

fn missing(reading: &Reading<'_>) -> Vec<String> {
    match reading.story.state.ending() {
        Some(Ending::Closed { missing, .. }) => missing.clone(),
        Some(Ending::FalseAlarm { .. }) => Vec::new(),
        None => missing_before_close(reading.story.book, reading.story.state, reading.end),
    }
}

fn conflicts(reading: &Reading<'_>) -> Vec<ConflictLine> {
    let all = reading.story.state.conflicts().iter();
    all.map(|c| ConflictLine { record: c.record.short(), what: c.kind.to_string() }).collect()
}
