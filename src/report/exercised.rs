//! What an exercise adds to a report: what it was, what it was to show, what the players were told, what
//! evaluators saw and how they judged it. The judgement is theirs; nothing here computes one.
//!
//! Players read the same log: until the exercise is over, what only facilitators and evaluators may know
//! stays out.

use chrono::TimeDelta;
use serde::Serialize;

use super::story::{Reading, said};
use super::when::When;
use crate::drill::{followed, happened_by};
use crate::engine::{
    Ending, Haste, Moment, Observation, Person, Rated, State, Text, Timestamp, Told,
};
use crate::playbook::{
    ExerciseId, ExerciseKind, Happening, InjectId, InjectKind, ObjectiveId, Rating, RoleId,
};

/// What kind of exercise it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExerciseDetails {
    /// Its definition; absent where it was run without one.
    pub id: Option<ExerciseId>,
    /// Its title.
    pub title: String,
    /// Tabletop, drill, functional, full-scale.
    pub kind: ExerciseKind,
    /// How long it was meant to take.
    pub minutes: Option<u32>,
    /// What was read to the players before it began.
    pub scenario: Option<String>,
    /// Who delivered the injects; asserted, not authenticated.
    pub facilitator: Person,
    /// One person played and facilitated.
    pub solo: bool,
    /// How its clock went, in words; absent where it showed the real time throughout.
    pub clock: Option<String>,
    /// When it began on its own clock.
    pub began_at: Option<When>,
    /// When it was begun by the real clock.
    pub held_from: Option<When>,
    /// When it was over by the real clock.
    pub held_to: Option<When>,
    /// Something real ended it.
    pub interrupted: Option<String>,
}

/// What an exercise was to show, and how an evaluator judged it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObjectiveLine {
    /// The name people type.
    pub id: ObjectiveId,
    /// The objective itself.
    pub text: String,
    /// The core capability.
    pub capability: Option<String>,
    /// The organizational capability target.
    pub target: Option<String>,
    /// The critical tasks; hidden while the exercise runs.
    pub tasks: Vec<String>,
    /// The rating that holds; absent = nobody rated it, or the exercise still runs.
    pub rating: Option<RatingLine>,
    /// Ratings that were given before.
    pub earlier_ratings: Vec<RatingLine>,
    /// What evaluators saw of it.
    pub observations: Vec<ObservationLine>,
}

/// One judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RatingLine {
    /// P, S, M or U.
    pub rating: Rating,
    /// Why.
    pub why: String,
    /// The evaluator; asserted, not authenticated.
    pub by: Option<Person>,
    /// They played as well: an exercise of one person.
    pub by_player: bool,
    /// When it was written down.
    pub recorded_at: When,
    /// `17@w4f2`.
    pub record: String,
}

/// What a facilitator or evaluator saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObservationLine {
    /// About this objective.
    pub objective: Option<ObjectiveId>,
    /// About this inject.
    pub inject: Option<InjectId>,
    /// What they saw.
    pub text: String,
    /// Who.
    pub by: Option<Person>,
    /// When it happened.
    pub occurred_at: When,
    /// `17@w4f2`.
    pub record: String,
}

/// Something the players were told, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InjectOutcome {
    /// Its name.
    pub id: InjectId,
    /// What it was for; hidden while the exercise runs.
    pub kind: Option<InjectKind>,
    /// When it was due; absent where that hung on something else.
    pub due: Option<When>,
    /// When it was delivered.
    pub delivered_at: When,
    /// How it came.
    pub mode: Option<String>,
    /// Who was said to have told it.
    pub from: Option<String>,
    /// The role that was told; absent = everybody.
    pub to: Option<RoleId>,
    /// What was said.
    pub text: String,
    /// The objective that it tested; hidden while the exercise runs.
    pub objective: Option<ObjectiveId>,
    /// What should have followed; hidden while the exercise runs.
    pub expected: Vec<ExpectedLine>,
    /// The facilitator's own.
    pub added: bool,
    /// `17@w4f2`.
    pub record: String,
}

/// Something that should have followed an inject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExpectedLine {
    /// As the exercise writes it: a step, `decision=answer`, `milestone:…`, `inject:…`.
    pub what: String,
    /// When it happened; absent = not at all.
    pub happened_at: Option<When>,
    /// It had happened before the players were told, so nothing followed.
    pub happened_before: bool,
    /// Nobody did it, neither before nor after; an earlier turn of a step that repeats is no answer.
    #[serde(skip)]
    pub(super) is_missing: bool,
    #[serde(skip)]
    pub(super) happening: Happening,
}

pub(super) fn details(reading: &Reading<'_>) -> Option<ExerciseDetails> {
    let exercise = reading.story.state.exercise();
    let started = exercise.started()?;
    Some(ExerciseDetails {
        id: started.exercise.clone(),
        title: said(&started.title),
        kind: started.kind,
        minutes: started.minutes,
        scenario: started.scenario.as_ref().map(said),
        facilitator: started.facilitator.clone(),
        solo: started.solo,
        clock: clock(exercise.haste()),
        began_at: exercise.began().map(|at| reading.computed(at)),
        held_from: reading.story.state.opened_moment().map(|moment| reading.written_down(moment)),
        held_to: ended(reading.story.state).map(|moment| reading.written_down(moment)),
        interrupted: exercise.interrupted().map(|(_, reason)| said(reason)),
    })
}

/// `ran at up to 60x and was moved by hand`.
fn clock(haste: Haste) -> Option<String> {
    let fast = haste.fastest.map(|speed| format!("ran at up to {}x", speed.times()));
    let hand = haste.by_hand.then(|| "was moved by hand".to_owned());
    match (fast, hand) {
        (Some(fast), Some(hand)) => Some(format!("{fast} and {hand}")),
        (None, None) => haste.apart.then(|| "stood still or jumped".to_owned()),
        (one, other) => one.or(other),
    }
}

fn ended(state: &State) -> Option<&Moment> {
    let (Ending::Closed { moment, .. } | Ending::FalseAlarm { moment, .. }) = state.ending()?;
    Some(moment)
}

/// Every objective, in the order of the exercise.
pub(super) fn objectives(reading: &Reading<'_>) -> Vec<ObjectiveLine> {
    let state = reading.story.state;
    let Some(started) = state.exercise().started() else { return Vec::new() };
    let seen = observations(reading);
    let told = state.exercise().told();
    let about = |line: &&ObservationLine, id: &ObjectiveId| {
        let of_inject = |inject: &InjectId| {
            let told = told.iter().find(|told| told.delivery.inject == *inject);
            told.is_some_and(|told| told.delivery.objective.as_ref() == Some(id))
        };
        match (&line.objective, &line.inject) {
            (Some(objective), _) => objective == id,
            (None, Some(inject)) => of_inject(inject),
            (None, None) => false,
        }
    };
    let line = |objective: &crate::playbook::Objective| {
        let mut given: Vec<RatingLine> = ratings(reading, &objective.id);
        ObjectiveLine {
            id: objective.id.clone(),
            text: objective.text.clone(),
            capability: objective.capability.clone(),
            target: objective.target.clone(),
            tasks: objective.tasks.iter().filter(|_| reading.is_judged()).cloned().collect(),
            rating: given.pop(),
            earlier_ratings: given,
            observations: seen.iter().filter(|one| about(one, &objective.id)).cloned().collect(),
        }
    };
    started.objectives.iter().map(line).collect()
}

fn ratings(reading: &Reading<'_>, id: &ObjectiveId) -> Vec<RatingLine> {
    let state = reading.story.state;
    let line = |rated: &Rated| RatingLine {
        rating: rated.rating,
        why: said(&rated.why),
        by: rated.moment.by.clone(),
        by_player: rated.moment.by.as_ref().is_some_and(|by| state.exercise().is_player(by)),
        recorded_at: reading.written_down(&rated.moment),
        record: rated.moment.record.short(),
    };
    let given = state.exercise().ratings().iter().filter(|_| reading.is_judged());
    given.filter(|rated| rated.objective == *id).map(line).collect()
}

/// Everything that facilitators and evaluators saw.
pub(super) fn observations(reading: &Reading<'_>) -> Vec<ObservationLine> {
    let state = reading.story.state;
    let line = |seen: &Observation| ObservationLine {
        objective: seen.objective.clone(),
        inject: seen.inject.clone(),
        text: said(&seen.text),
        by: seen.moment.by.clone(),
        occurred_at: reading.occurred(&seen.moment),
        record: seen.moment.record.short(),
    };
    state.exercise().observations().iter().filter(|_| reading.is_judged()).map(line).collect()
}

/// An inject that the players were not told: left out on purpose, or held to the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UntoldLine {
    /// Which.
    pub inject: InjectId,
    /// It was left out for good; otherwise it was held and never delivered.
    pub left_out: bool,
    /// Why, as far as somebody said.
    pub reason: Option<String>,
    /// When.
    pub occurred_at: When,
    /// Who.
    pub by: Option<Person>,
    /// `17@w4f2`.
    pub record: String,
}

/// What the facilitator kept from the players; readable when the exercise is over.
pub(super) fn untold(reading: &Reading<'_>) -> Vec<UntoldLine> {
    let state = reading.story.state;
    let exercise = state.exercise();
    let line = |inject: &InjectId, left_out, reason: Option<&Text>, moment: &Moment| UntoldLine {
        inject: inject.clone(),
        left_out,
        reason: reason.map(said),
        occurred_at: reading.occurred(moment),
        by: moment.by.clone(),
        record: moment.record.short(),
    };
    let skipped = exercise.skipped().iter();
    let skipped = skipped.map(|one| line(&one.inject, true, Some(&one.reason), &one.moment));
    let held = exercise.held().iter();
    let held = held.map(|one| line(&one.inject, false, one.reason.as_ref(), &one.moment));
    skipped.chain(held).filter(|_| reading.is_judged()).collect()
}

/// Everything that the players were told, in the order of the log.
pub(super) fn outcomes(reading: &Reading<'_>) -> Vec<InjectOutcome> {
    let state = reading.story.state;
    let judged = reading.is_judged();
    let expected = |what: &Happening, told: Timestamp| {
        let at = followed(state, what, told);
        let before = at.is_some_and(|at| at.after(told) < TimeDelta::zero());
        let turn = happened_by(reading.story.book, state, what, told);
        ExpectedLine {
            what: what.to_string(),
            happened_at: at.map(|at| reading.computed(at)),
            happened_before: before,
            is_missing: at.is_none() || (before && turn.is_none()),
            happening: what.clone(),
        }
    };
    let line = |told: &Told| {
        let delivery = &told.delivery;
        InjectOutcome {
            id: delivery.inject.clone(),
            kind: Some(delivery.kind).filter(|_| judged),
            due: delivery.due.map(|due| reading.computed(due)),
            delivered_at: reading.occurred(&told.moment),
            mode: delivery.mode.clone(),
            from: delivery.from.clone(),
            to: delivery.to.clone(),
            text: said(&delivery.text),
            objective: delivery.objective.clone().filter(|_| judged),
            expected: delivery
                .expect
                .iter()
                .filter(|_| judged)
                .map(|what| expected(what, state.time_of(&told.moment)))
                .collect(),
            added: delivery.added,
            record: told.moment.record.short(),
        }
    };
    state.exercise().told().iter().map(line).collect()
}
