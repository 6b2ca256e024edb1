//! What a facilitator and an evaluator may record: in an exercise only, and nothing that players may
//! say of themselves.

use chrono::TimeDelta;

use super::finding::judged;
use super::{Refusal, Request, State, Verdict, already, one};
use crate::engine::event::{ClockKind, Event, Mode};
use crate::engine::exercise::{ClockSetting, Delivery};
use crate::engine::intent::{ClockMove, Intent};
use crate::engine::names::same_name;
use crate::engine::record::RecordRef;
use crate::engine::refusal::ExerciseRefusal;
use crate::engine::state::Moment;
use crate::engine::text::{Person, Text};
use crate::engine::time::Timestamp;
use crate::playbook::{InjectId, ObjectiveId};

/// How far an exercise's clock jumps at once.
const LONGEST_JUMP: TimeDelta = TimeDelta::days(7);

/// Intents of an exercise. `now` is what the exercise's clock shows.
pub(super) fn decide(state: &State, now: Timestamp, request: &Request) -> Result<Verdict, Refusal> {
    let Some(opened) = state.opened().filter(|opened| opened.mode == Mode::Exercise) else {
        return Err(ExerciseRefusal::NoExercise.into());
    };
    if !matches!(request.intent, Intent::Interrupt { .. }) {
        may_facilitate(state, request.actor.person.as_ref())?;
    }
    match &request.intent {
        Intent::DeliverInject { delivery, due_by } => deliver(state, delivery, due_by.as_deref()),
        Intent::AddInject { delivery } => add(state, now, delivery),
        Intent::HoldInject { inject, reason } => {
            not_delivered(state, inject)?;
            if let Some(held) = state.exercise().held().iter().find(|h| h.inject == *inject) {
                return Ok(already(state, &held.moment));
            }
            let (inject, reason) = (inject.clone(), reason.clone());
            Ok(one(Event::InjectHeld { inject, reason }))
        }
        Intent::SkipInject { inject, reason } => {
            not_delivered(state, inject)?;
            let mut skipped = state.exercise().skipped().iter();
            if let Some(skipped) = skipped.find(|skipped| skipped.inject == *inject) {
                return Ok(already(state, &skipped.moment));
            }
            let (inject, reason) = (inject.clone(), reason.clone());
            Ok(one(Event::InjectSkipped { inject, reason }))
        }
        Intent::Observe { objective, inject, text } => {
            objective.as_ref().map_or(Ok(()), |objective| known_objective(state, objective))?;
            let (objective, inject, text) = (objective.clone(), inject.clone(), text.clone());
            let words = text.words().unwrap_or_default().to_owned();
            Ok(judged(state, Event::ObservationNoted { objective, inject, text }, &words))
        }
        Intent::Rate { objective, rating, why } => {
            known_objective(state, objective)?;
            let (objective, rating, why) = (objective.clone(), *rating, why.clone());
            let words = why.words().unwrap_or_default().to_owned();
            Ok(judged(state, Event::ObjectiveRated { objective, rating, why }, &words))
        }
        Intent::SetClock { to } if opened.clock == ClockKind::Real => {
            Err(ExerciseRefusal::RealClock { wanted: *to }.into())
        }
        Intent::SetClock { to } => set_clock(state, now, *to),
        Intent::Interrupt { reason } => {
            Ok(one(Event::ExerciseInterrupted { reason: reason.clone() }))
        }
        _ => Err(Refusal::NothingToRecord),
    }
}

/// Whoever plays does not judge, does not decide what comes next, and does not see it. In an exercise of
/// one person that person does all of it; the facilitator does so everywhere.
///
/// # Errors
/// [`ExerciseRefusal::PlayerMayNot`] for a player.
pub(super) fn may_facilitate(state: &State, person: Option<&Person>) -> Result<(), Refusal> {
    let exercise = state.exercise();
    if exercise.started().is_some_and(|started| started.solo) {
        return Ok(());
    }
    let plays = person.filter(|person| exercise.is_player(person));
    let facilitator = exercise.started().map(|started| &started.facilitator);
    match plays {
        Some(person) if !facilitator.is_some_and(|one| same_name(one, person)) => {
            Err(ExerciseRefusal::PlayerMayNot {
                person: person.clone(),
                facilitator: facilitator.cloned(),
            }
            .into())
        }
        Some(_) | None => Ok(()),
    }
}

/// A false alarm ends an exercise for everybody: players who think so play it by saying so.
pub(super) fn may_call_off(state: &State, person: Option<&Person>) -> Result<(), Refusal> {
    other_facilitator(state, person).map_or(Ok(()), |facilitator| {
        Err(ExerciseRefusal::FacilitatorCallsOff { facilitator }.into())
    })
}

/// So does its end, whatever is missing: players close the incident that they play.
pub(super) fn may_end(state: &State, person: Option<&Person>) -> Result<(), Refusal> {
    if state.mode() == Mode::Live {
        return Err(ExerciseRefusal::NoExercise.into());
    }
    other_facilitator(state, person)
        .map_or(Ok(()), |facilitator| Err(ExerciseRefusal::FacilitatorEnds { facilitator }.into()))
}

/// Who facilitates, where that is somebody else; nobody where one person does all of it.
fn other_facilitator(state: &State, person: Option<&Person>) -> Option<Person> {
    let started = state.exercise().started().filter(|started| !started.solo);
    let facilitator = started.map(|started| started.facilitator.clone());
    facilitator.filter(|one| !person.is_some_and(|person| same_name(person, one)))
}

fn deliver(
    state: &State,
    delivery: &Delivery,
    due_by: Option<&[RecordRef]>,
) -> Result<Verdict, Refusal> {
    if let Some(told) = state.exercise().told_of(delivery) {
        return Ok(already(state, &told.moment));
    }
    if due_by.is_some_and(|read| read != state.heads()) {
        return Err(ExerciseRefusal::MovedOn { inject: delivery.inject.clone() }.into());
    }
    Ok(one(Event::InjectDelivered(Box::new(delivery.clone()))))
}

/// What the facilitator puts on the list: for later, or to be delivered at once.
fn add(state: &State, now: Timestamp, delivery: &Delivery) -> Result<Verdict, Refusal> {
    let delivery = Delivery { added: true, ..delivery.clone() };
    delivery.objective.as_ref().map_or(Ok(()), |objective| known_objective(state, objective))?;
    let known = state.exercise().added().iter().any(|a| a.delivery.inject == delivery.inject);
    if known || state.exercise().delivered(&delivery.inject).is_some() {
        return Err(ExerciseRefusal::InjectExists { inject: delivery.inject }.into());
    }
    match delivery.due {
        Some(due) if due <= now => Err(ExerciseRefusal::InjectInPast { due, now }.into()),
        Some(_) => Ok(one(Event::InjectAdded(Box::new(delivery)))),
        None => {
            let delivery = Delivery { due: Some(now), ..delivery };
            Ok(one(Event::InjectDelivered(Box::new(delivery))))
        }
    }
}

fn not_delivered(state: &State, inject: &InjectId) -> Result<(), Refusal> {
    let told = |moment: &Moment| ExerciseRefusal::InjectDelivered {
        inject: inject.clone(),
        at: state.time_of(moment),
        record: moment.record.clone(),
    };
    let exercise = state.exercise();
    // Two facilitators may have given their own injects one name: of those one may still be to come.
    let delivered =
        exercise.delivered(inject).filter(|_| exercise.planned(inject).next().is_none());
    delivered.map_or(Ok(()), |one| Err(told(&one.moment).into()))
}

/// Whether the exercise has this objective; a live incident has none.
pub(super) fn known_objective(state: &State, objective: &ObjectiveId) -> Result<(), Refusal> {
    if state.mode() == Mode::Live {
        return Err(ExerciseRefusal::NoExercise.into());
    }
    let started = state.exercise().started();
    let all = started.map_or(&[][..], |started| &started.objectives);
    if all.iter().any(|known| known.id == *objective) {
        return Ok(());
    }
    let all = all.iter().map(|known| known.id.to_string()).collect();
    Err(ExerciseRefusal::UnknownObjective { word: objective.to_string(), all }.into())
}

fn set_clock(state: &State, now: Timestamp, to: ClockMove) -> Result<Verdict, Refusal> {
    let Some(clock) = state.exercise().clock() else {
        return Err(ExerciseRefusal::RealClock { wanted: to }.into());
    };
    let before = ClockSetting { at: now, ..clock.setting() };
    let after = match to {
        ClockMove::Pause => ClockSetting { paused: true, ..before },
        ClockMove::Resume => ClockSetting { paused: false, ..before },
        ClockMove::Speed(speed) => ClockSetting { speed, ..before },
        ClockMove::To(at) => ClockSetting { at: leap(now, at)?, ..before },
        ClockMove::Far(at) => ClockSetting { at: forward(now, at)?, ..before },
        ClockMove::By(length) => ClockSetting { at: leap(now, now + length)?, ..before },
    };
    if after == before {
        return Err(ExerciseRefusal::ClockStaysSo { setting: before }.into());
    }
    Ok(one(Event::ExerciseClockSet(after)))
}

/// Where a jump leads.
fn forward(now: Timestamp, at: Timestamp) -> Result<Timestamp, Refusal> {
    if at <= now {
        return Err(ExerciseRefusal::ClockBack { at, now }.into());
    }
    Ok(at)
}

/// The same for a jump that may be a slip: nothing takes one back, so that a year is not taken.
fn leap(now: Timestamp, at: Timestamp) -> Result<Timestamp, Refusal> {
    let at = forward(now, at)?;
    if at - now > LONGEST_JUMP {
        return Err(ExerciseRefusal::ClockLeap { at, now }.into());
    }
    Ok(at)
}

/// How an exercise ends, whatever is missing: what is missing is on record.
pub(super) fn end(missing: Vec<String>, reason: Option<&Text>) -> Verdict {
    one(Event::IncidentClosed { anyway: reason.cloned(), missing })
}
