//! The list, line by line: delivered, due, to come, or needless.

use chrono::TimeDelta;

use crate::engine::{
    Delivery, ExerciseRefusal, Moment, Outcome, Refusal, State, Text, Timestamp, WriterId,
    own_inject, views,
};
use crate::playbook::{Exercise, Happening, Inject, InjectId, InjectKind, Playbook, StepId, When};

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
pub fn msel<'a>(
    book: &Playbook,
    exercise: Option<&'a Exercise>,
    state: &'a State,
    now: Timestamp,
) -> Vec<Line<'a>> {
    let began = state.exercise().began().unwrap_or(now);
    let planned = exercise.map_or(&[][..], |exercise| &exercise.injects);
    let planned = planned.iter().map(|inject| (due_at(inject, state, began), inject));
    let planned = planned
        .map(|(due, inject)| (delivery(inject, due), Some(&inject.when), inject.notes.as_str()));
    let own = own(state).into_iter().map(|delivery| (delivery.clone(), None, ""));
    let line = |(number, (delivery, when, notes)): (usize, (Delivery, _, _))| Line {
        number,
        standing: standing(book, &delivery, state, now),
        delivery,
        when,
        notes,
    };
    (1..).zip(planned.chain(own)).map(line).collect()
}

/// The facilitator's own injects in the order in which they came up, so that no number ever moves.
fn own(state: &State) -> Vec<&Delivery> {
    let exercise = state.exercise();
    let added = exercise.added().iter().map(|added| (&added.moment, &added.delivery));
    let told = exercise.told().iter().filter(|told| told.delivery.added);
    let unplanned = told.filter(|told| {
        !exercise.added().iter().any(|added| told.delivery.tells_the_same(&added.delivery))
    });
    let mut all: Vec<(&Moment, &Delivery)> =
        added.chain(unplanned.map(|told| (&told.moment, &told.delivery))).collect();
    all.sort_by_key(|(moment, _)| (moment.hlc, &moment.record.writer, moment.record.seq));
    all.into_iter().map(|(_, delivery)| delivery).collect()
}

/// When something in an exercise happened, as corrected, if it did. Of a step, when its first answer
/// that finishes it was given.
#[must_use]
pub fn happened(state: &State, what: &Happening) -> Option<Timestamp> {
    times(state, what).into_iter().next()
}

/// The same for something that was expected by then: of a step that repeats, only the turn counts that is
/// due by then, and an earlier one is no answer.
#[must_use]
pub fn happened_by(
    book: &Playbook,
    state: &State,
    what: &Happening,
    by: Timestamp,
) -> Option<Timestamp> {
    let repeats = |step: &StepId| book.step(step).is_some_and(|step| step.repeat.is_some());
    match what {
        Happening::Step(step) if repeats(step) => {
            let turns = views(book, state, by);
            let mut due = turns.iter().rev().filter(|turn| turn.step.id == *step);
            let turn =
                due.find(|turn| turn.occurrence == 1 || turn.due.is_none_or(|at| at <= by))?;
            let outcome = Some(&turn.answer.outcome).filter(|outcome| outcome.is_finished());
            outcome.and_then(Outcome::moment).map(|moment| state.time_of(moment))
        }
        Happening::Step(_)
        | Happening::Answer(..)
        | Happening::Milestone(_)
        | Happening::Inject(_) => happened(state, what),
    }
}

/// When something happened that was asked for at this time: the first time from then on, else the last
/// time before. People write times to the minute, so less than a minute before is not before.
#[must_use]
pub fn followed(state: &State, what: &Happening, asked: Timestamp) -> Option<Timestamp> {
    let all = times(state, what);
    let later = all.iter().find(|at| at.after(asked) >= TimeDelta::zero());
    later.or(all.last()).copied()
}

/// Every time at which something happened, in the order of the log.
fn times(state: &State, what: &Happening) -> Vec<Timestamp> {
    let moments: Vec<&Moment> = match what {
        Happening::Step(step) => {
            let outcomes = state.steps().of(step).iter().map(|one| &one.outcome);
            outcomes.filter(|o| o.is_finished()).filter_map(Outcome::moment).collect()
        }
        Happening::Answer(step, option) => {
            let stands = state.steps().decision(step) == Some(option);
            let outcomes = state.steps().of(step).iter().rev().map(|one| &one.outcome);
            let mut finished = outcomes.filter(|outcome| stands && outcome.is_finished());
            finished.next().and_then(Outcome::moment).into_iter().collect()
        }
        Happening::Milestone(mark) => state.mark(*mark).into_iter().collect(),
        Happening::Inject(inject) => {
            state.exercise().delivered(inject).map(|told| &told.moment).into_iter().collect()
        }
    };
    moments.into_iter().map(|moment| state.time_of(moment)).collect()
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

/// The first name for an inject of the facilitator's own that is free: `own-1-w4f2`, `own-2-w4f2` …,
/// with the writer in it, so that two facilitators on two machines never give the same.
#[must_use]
pub fn own_name(lines: &[Line<'_>], writer: &WriterId) -> Option<InjectId> {
    let names = (1_u32..).filter_map(|number| own_inject(number, writer));
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

fn standing<'a>(
    book: &Playbook,
    delivery: &Delivery,
    state: &'a State,
    now: Timestamp,
) -> Standing<'a> {
    let (exercise, inject) = (state.exercise(), &delivery.inject);
    if let Some(told) = exercise.told_of(delivery) {
        return Standing::Delivered(&told.moment);
    }
    if let Some(held) = exercise.held().iter().find(|held| held.inject == *inject) {
        return Standing::Held(held.reason.as_ref());
    }
    if let Some(skipped) = exercise.skipped().iter().find(|skipped| skipped.inject == *inject) {
        return Standing::Skipped(&skipped.reason);
    }
    if let Some(since) = needless(book, delivery, state, now) {
        return Standing::Needless(since);
    }
    match delivery.due {
        Some(due) if due - now <= TimeDelta::zero() => Standing::Due(due),
        Some(due) => Standing::Planned(due),
        None => Standing::Waits,
    }
}

/// Since when a contingency is not needed: everything that was expected by its time has happened.
fn needless(
    book: &Playbook,
    delivery: &Delivery,
    state: &State,
    now: Timestamp,
) -> Option<Timestamp> {
    if delivery.kind != InjectKind::Contingency {
        return None;
    }
    let by = delivery.due.unwrap_or(now);
    let all: Option<Vec<Timestamp>> =
        delivery.expect.iter().map(|what| happened_by(book, state, what, by)).collect();
    all?.into_iter().max()
}
