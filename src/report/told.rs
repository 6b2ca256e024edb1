//! What an exercise has beyond an incident, as a status shows it: which one it is, its clock, and what
//! the players were told. Nothing of what is to come.

use serde::Serialize;

use super::story::{Reading, said};
use super::when::When;
use crate::engine::{Mode, Person, Told};
use crate::playbook::{ExerciseId, ExerciseKind, InjectId, InjectKind, RoleId};

/// An exercise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExerciseLine {
    /// Its definition; absent where it is run without one.
    pub id: Option<ExerciseId>,
    /// What kind of exercise it is.
    #[serde(rename = "type")]
    pub kind: ExerciseKind,
    /// Who delivers the injects.
    pub facilitator: Person,
    /// One person plays and facilitates.
    pub solo: bool,
    /// What its own clock shows, where it has one.
    pub clock: Option<When>,
    /// How many times as fast as real time; absent = only by hand.
    pub speed: Option<u32>,
    /// It stands still for now.
    pub paused: bool,
    /// The real outage that ended it.
    pub interrupted: Option<String>,
    /// What the players were told, in the order of the log; a status also has what they were told in the
    /// exercise that this one grew out of.
    pub injects: Vec<InjectLine>,
}

/// What the players were told at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InjectLine {
    /// Its name.
    pub inject: InjectId,
    /// What it is for; hidden while the exercise runs.
    pub kind: Option<InjectKind>,
    /// When, as corrected.
    pub at: When,
    /// Who is said to have told it.
    pub from: Option<String>,
    /// How it came.
    pub mode: Option<String>,
    /// The role that was told; absent = everybody.
    pub to: Option<RoleId>,
    /// What was said.
    pub text: String,
    /// What is different from then on; what somebody finds who looks is hidden while the exercise runs.
    pub changes: Vec<String>,
}

/// What an exercise has beyond an incident; nothing for a live one, and for practice without a facilitator.
pub(super) fn exercise(reading: &Reading<'_>) -> Option<ExerciseLine> {
    let state = reading.story.state;
    if state.mode() == Mode::Live {
        return None;
    }
    let exercise = state.exercise();
    let started = exercise.started()?;
    let setting = exercise.setting();
    Some(ExerciseLine {
        id: started.exercise.clone(),
        kind: started.kind,
        facilitator: started.facilitator.clone(),
        solo: started.solo,
        clock: setting.map(|_| reading.computed(reading.story.until)),
        speed: setting.and_then(|setting| setting.speed).map(crate::engine::Speed::times),
        paused: setting.is_some_and(|setting| setting.paused),
        interrupted: exercise.interrupted().map(|(_, reason)| said(reason)),
        injects: exercise.told().iter().map(|told| inject(reading, told)).collect(),
    })
}

fn inject(reading: &Reading<'_>, told: &Told) -> InjectLine {
    let delivery = &told.delivery;
    let judged = reading.is_judged();
    InjectLine {
        inject: delivery.inject.clone(),
        kind: Some(delivery.kind).filter(|_| reading.is_judged()),
        at: reading.occurred(&told.moment),
        from: delivery.from.clone(),
        mode: delivery.mode.clone(),
        to: delivery.to.clone(),
        text: said(&delivery.text),
        changes: delivery
            .changes
            .iter()
            .filter(|change| judged || !change.is_found_by_looking())
            .map(ToString::to_string)
            .collect(),
    }
}
