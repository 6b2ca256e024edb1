//! The list, line by line: delivered, due, to come, or needless.

use chrono::TimeDelta;

use crate::engine::{Delivery, ExerciseRefusal, Moment, Refusal, State, Text, Timestamp};
use crate::playbook::{Exercise, Happening, Inject, InjectId, InjectKind, When};

/// One inject of the list, as it stands at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// From 1, in the order of the list; the facilitator's own come last.
    pub number: usize,
    /// What will stand in the log once it is delivered; what does, if it was.
    pub delivery: Delivery,
    /// When it is due by the definition; absent for the facilitator's own.
    pub when: Option<&'a When>,
    /// For the facilitator only.
    pub notes: &'a str,
    /// Where it stands.
    pub standing: Standing<'a>,
}

/// Where an inject stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing<'a> {
    /// The players have it.
    Delivered(&'a Moment),
    /// The facilitator keeps it back.
    Held(Option<&'a Text>),
    /// The facilitator left it out.
    Skipped(&'a Text),
    /// A contingency whose expected action happened, since when.
    Needless(Timestamp),
    /// It should be delivered, since when.
    Due(Timestamp),
    /// It will be due then.
    Planned(Timestamp),
    /// It hangs on something that has not happened.
    Waits,
}

/// Every inject of an exercise as it stands `now`, in the order of its definition.
#[must_use]
pub fn msel<'a>(exercise: Option<&'a Exercise>, state: &'a State, now: Timestamp) -> Vec<Line<'a>> {
    let began = state.exercise().began().unwrap_or(now);
    let planned = exercise.map_or(&[][..], |exercise| &exercise.injects);
    let planned = planned.iter().map(|inject| (due_at(inject, state, began), inject));
    let planned = planned
        .map(|(due, inject)| (delivery(inject, due), Some(&inject.when), inject.notes.as_str()));
    let added = state.exercise().added().iter().map(|added| (added.delivery.clone(), None, ""));
    let told = state.exercise().told().iter().filter(|told| told.delivery.added);
    let told = told.filter(|told| {
        let known = |added: &crate::engine::Added| added.delivery.inject == told.delivery.inject;
        !state.exercise().added().iter().any(known)
    });
    let told = told.map(|told| (told.delivery.clone(), None, ""));
    let line = |(number, (delivery, when, notes)): (usize, (Delivery, _, _))| Line {
        number,
        standing: standing(&delivery, state, now),
        delivery,
        when,
        notes,
    };
    (1..).zip(planned.chain(added).chain(told)).map(line).collect()
}

/// When something in an exercise happened, as corrected, if it did. Of a step, when its first answer
/// that finishes it was given.
#[must_use]
pub fn happened(state: &State, what: &Happening) -> Option<Timestamp> {
    match what {
        Happening::Step(step) => {
            let mut finished = state.steps().of(step).iter().map(|one| &one.outcome);
            let outcome = finished.find(|outcome| outcome.is_finished())?;
            outcome.moment().map(|moment| state.time_of(moment))
        }
        Happening::Answer(step, option) => {
            if state.steps().decision(step) != Some(option) {
                return None;
            }
            let mut answers = state.steps().of(step).iter().rev().map(|one| &one.outcome);
            let outcome = answers.find(|outcome| outcome.is_finished())?;
            outcome.moment().map(|moment| state.time_of(moment))
        }
        Happening::Milestone(mark) => state.mark(*mark).map(|moment| state.time_of(moment)),
        Happening::Inject(inject) => {
            state.exercise().delivered(inject).map(|told| state.time_of(&told.moment))
        }
    }
}

/// What should be delivered now, the longest due first.
#[must_use]
pub fn due<'l, 'a>(lines: &'l [Line<'a>]) -> Vec<&'l Line<'a>> {
    let since = |line: &&Line<'_>| match line.standing {
        Standing::Due(since) => Some(since),
        Standing::Delivered(_)
        | Standing::Held(_)
        | Standing::Skipped(_)
        | Standing::Needless(_)
        | Standing::Planned(_)
        | Standing::Waits => None,
    };
    let mut due: Vec<&Line<'_>> = lines.iter().filter(|line| since(line).is_some()).collect();
    // The sort is stable: of equal times the order of the list counts.
    due.sort_by_key(since);
    due
}

/// When the next inject falls due by the clock alone, if one does.
#[must_use]
pub fn next_at(lines: &[Line<'_>]) -> Option<Timestamp> {
    let planned = lines.iter().filter_map(|line| match line.standing {
        Standing::Planned(at) => Some(at),
        Standing::Delivered(_)
        | Standing::Held(_)
        | Standing::Skipped(_)
        | Standing::Needless(_)
        | Standing::Due(_)
        | Standing::Waits => None,
    });
    planned.min()
}

/// The inject that a person means by its name, or by its number on the list.
///
/// # Errors
/// [`ExerciseRefusal::UnknownInject`] with the nearest names.
pub fn find_line<'l, 'a>(lines: &'l [Line<'a>], word: &str) -> Result<&'l Line<'a>, Refusal> {
    let named = lines.iter().find(|line| line.delivery.inject.as_str() == word);
    let numbered = || lines.iter().find(|line| Ok(line.number) == word.parse());
    named.or_else(numbered).ok_or_else(|| {
        let ids = lines.iter().map(|line| line.delivery.inject.as_str());
        let mut near: Vec<(f64, &str)> =
            ids.map(|id| (strsim::jaro_winkler(word, id), id)).collect();
        near.retain(|(score, _)| *score >= 0.7);
        near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let near = near.into_iter().take(3).map(|(_, id)| id.to_owned()).collect();
        ExerciseRefusal::UnknownInject { word: word.to_owned(), near }.into()
    })
}

/// The first name for an inject of the facilitator's own that is free: `own-1`, `own-2` …
#[must_use]
pub fn own_name(lines: &[Line<'_>]) -> Option<InjectId> {
    let names = (1_u32..).filter_map(|number| format!("own-{number}").parse::<InjectId>().ok());
    let taken = |id: &InjectId| lines.iter().any(|line| line.delivery.inject == *id);
    let mut free = names.filter(|id| !taken(id));
    free.next()
}

fn due_at(inject: &Inject, state: &State, began: Timestamp) -> Option<Timestamp> {
    match &inject.when {
        When::At(offset) => Some(began + *offset),
        When::After(what, delay) => happened(state, what).map(|at| at + *delay),
    }
}

/// What will stand in the log.
fn delivery(inject: &Inject, due: Option<Timestamp>) -> Delivery {
    Delivery {
        inject: inject.id.clone(),
        kind: inject.kind,
        due,
        mode: inject.mode.clone(),
        from: inject.from.clone(),
        to: inject.to.clone(),
        text: Text::Plain(inject.text.clone()),
        expect: inject.expect.clone(),
        objective: inject.objective.clone(),
        changes: inject.changes.clone(),
        added: false,
    }
}

fn standing<'a>(delivery: &Delivery, state: &'a State, now: Timestamp) -> Standing<'a> {
    let (exercise, inject) = (state.exercise(), &delivery.inject);
    if let Some(told) = exercise.delivered(inject) {
        return Standing::Delivered(&told.moment);
    }
    if let Some(held) = exercise.held().iter().find(|held| held.inject == *inject) {
        return Standing::Held(held.reason.as_ref());
    }
    if let Some(skipped) = exercise.skipped().iter().find(|skipped| skipped.inject == *inject) {
        return Standing::Skipped(&skipped.reason);
    }
    if let Some(since) = needless(delivery, state) {
        return Standing::Needless(since);
    }
    match delivery.due {
        Some(due) if due - now <= TimeDelta::zero() => Standing::Due(due),
        Some(due) => Standing::Planned(due),
        None => Standing::Waits,
    }
}

/// Since when a contingency is not needed: everything that was expected has happened.
fn needless(delivery: &Delivery, state: &State) -> Option<Timestamp> {
    if delivery.kind != InjectKind::Contingency {
        return None;
    }
    let all: Option<Vec<Timestamp>> =
        delivery.expect.iter().map(|what| happened(state, what)).collect();
    all?.into_iter().max()
}
