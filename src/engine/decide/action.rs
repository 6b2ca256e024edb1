//! The improvement plan, and what a standing log takes.

use super::{Advice, Refusal, State, Verdict, already, one};
use crate::engine::day::Day;
use crate::engine::event::Event;
use crate::engine::improvement::{ActionTerms, Compared, Review};
use crate::engine::intent::{Intent, Request};
use crate::engine::names::bare_name;
use crate::engine::ready::{Readied, ReadyKind};
use crate::engine::record::RecordRef;
use crate::engine::refusal::PlanRefusal as No;
use crate::engine::state::{Action, Closed, Life, Moment};
use crate::engine::text::{Person, Text};
use crate::engine::time::{Offset, Timestamp};

/// What becomes of an intent about the improvement plan or readiness.
pub(super) fn improve(
    state: &State,
    now: Timestamp,
    request: &Request,
) -> Result<Verdict, Refusal> {
    let who = request.actor.person.as_ref();
    match &request.intent {
        Intent::AddAction { terms } => add(state, now, terms),
        Intent::UpdateAction { action, change } => update(state, now, action, change),
        Intent::CloseAction { action, evidence, compared } => {
            close(state, action, evidence, compared.as_ref(), who)
        }
        Intent::ReopenAction { action, reason } => reopen(state, action, reason),
        Intent::VerifyAction { action, reason } => verify(state, action, reason.as_ref(), who),
        Intent::FinishReview { review, evidence } => finish(state, *review, evidence),
        Intent::Ready(readied) => ready(state, now, readied),
        _ => Err(Refusal::NothingToRecord),
    }
}

fn add(state: &State, now: Timestamp, terms: &ActionTerms) -> Result<Verdict, Refusal> {
    if terms.what.is_none() {
        return Err(Refusal::NothingToRecord);
    }
    in_order(terms)?;
    let number = state.next_action();
    let event = Event::ActionAdded { number, terms: Box::new(terms.clone()) };
    Ok(Verdict::Record(vec![event], advice(number, terms, now)))
}

fn update(
    state: &State,
    now: Timestamp,
    id: &RecordRef,
    change: &ActionTerms,
) -> Result<Verdict, Refusal> {
    let action = known(state, id)?;
    if *change == ActionTerms::default() {
        return Err(Refusal::NothingToRecord);
    }
    let mut terms = action.terms.clone();
    terms.take(change);
    if terms == action.terms {
        return Ok(standing(state, &action));
    }
    if let Some(closed) = &action.closed {
        return Err(settled(state, &action, closed).into());
    }
    in_order(&terms)?;
    let (number, after) = (action.number, action.last);
    let change = Box::new(change.clone());
    let event = Event::ActionUpdated { action: id.clone(), number, after, change };
    Ok(Verdict::Record(vec![event], advice(number, &terms, now)))
}

fn close(
    state: &State,
    id: &RecordRef,
    evidence: &Text,
    compared: Option<&Compared>,
    who: Option<&Person>,
) -> Result<Verdict, Refusal> {
    let action = known(state, id)?;
    if let Some(closed) = &action.closed {
        let same = closed.evidence == *evidence && closed.moment.by.as_ref() == who;
        return if same {
            Ok(already(state, &closed.moment))
        } else {
            Err(settled(state, &action, closed).into())
        };
    }
    let (number, after) = (action.number, action.last);
    let (evidence, compared) = (evidence.clone(), compared.cloned().map(Box::new));
    Ok(one(Event::ActionClosed { action: id.clone(), number, after, evidence, compared }))
}

fn reopen(state: &State, id: &RecordRef, reason: &Text) -> Result<Verdict, Refusal> {
    let action = known(state, id)?;
    if action.closed.is_none() {
        return Err(No::ActionOpen { number: action.number }.into());
    }
    let (number, after, reason) = (action.number, action.last, reason.clone());
    Ok(one(Event::ActionReopened { action: id.clone(), number, after, reason }))
}

/// Somebody else looks than the one who closed it and the one who answers for it, whatever capitals and accents the name is typed
/// with. One's own work takes a reason and is flagged, as with approvals.
fn verify(
    state: &State,
    id: &RecordRef,
    reason: Option<&Text>,
    who: Option<&Person>,
) -> Result<Verdict, Refusal> {
    let action = known(state, id)?;
    let Some(closed) = &action.closed else {
        return Err(No::ActionOpen { number: action.number }.into());
    };
    if let Some(verified) = &action.verified {
        if verified.moment.by.as_ref() == who {
            return Ok(already(state, &verified.moment));
        }
        return Err(No::ActionVerified {
            number: action.number,
            by: verified.moment.by.clone(),
            record: verified.moment.record.clone(),
        }
        .into());
    }
    let answers = action.terms.owner.as_ref().is_some_and(|owner| is_same(Some(owner), who));
    let own_work = answers || is_same(closed.moment.by.as_ref(), who);
    let mut advice = Vec::new();
    if let (true, Some(person)) = (own_work, who) {
        if reason.is_none() {
            return Err(No::OwnClosing { number: action.number, person: person.clone() }.into());
        }
        advice.push(Advice::OwnClosing(person.clone()));
    }
    let (number, after, reason) = (action.number, action.last, reason.cloned());
    let event = Event::ActionVerified { action: id.clone(), number, after, own_work, reason };
    Ok(Verdict::Record(vec![event], advice))
}

fn is_same(closer: Option<&Person>, verifier: Option<&Person>) -> bool {
    match (closer, verifier) {
        (Some(one), Some(other)) => {
            let bare = bare_name(one.as_str());
            one == other || (!bare.is_empty() && bare == bare_name(other.as_str()))
        }
        // Nobody is named on one side: nobody can say that these are two.
        (None, _) | (_, None) => true,
    }
}

fn finish(state: &State, review: Review, evidence: &Text) -> Result<Verdict, Refusal> {
    match state.life() {
        Life::Closed => {}
        Life::Suspected | Life::Declared => return Err(No::NotOver { review }.into()),
        Life::FalseAlarm => return Err(No::NothingToReview.into()),
    }
    match state.review(review) {
        Some((moment, said)) if said == evidence => Ok(already(state, moment)),
        Some((moment, _)) => {
            Err(No::ReviewFinished { review, by: moment.by.clone(), record: moment.record.clone() }
                .into())
        }
        None => Ok(one(Event::ReviewFinished { review, evidence: evidence.clone() })),
    }
}

/// The machine's day may be one behind that of the place the fact is about.
const DAY_AHEAD: chrono::TimeDelta = chrono::TimeDelta::hours(14);

fn ready(state: &State, now: Timestamp, readied: &Readied) -> Result<Verdict, Refusal> {
    if !state.is_standing() {
        return Err(No::NotStanding.into());
    }
    if Day::at(now + DAY_AHEAD, Offset::UTC).is_some_and(|last| readied.on > last) {
        return Err(No::DayAhead { on: readied.on }.into());
    }
    // An exemption has to be shown in writing.
    let written = readied.incident.is_some() || readied.note.is_some();
    if readied.kind == ReadyKind::PlanActivation && !written {
        return Err(No::NotInWriting.into());
    }
    if readied.kind == ReadyKind::Exercise && readied.exercise.is_none() {
        return Err(No::NoType.into());
    }
    // The same fact from two people is one exercise, not two.
    if let Some((moment, _)) = state.readied().find(|(_, known)| *known == readied) {
        return Ok(already(state, moment));
    }
    Ok(one(Event::ReadinessRecorded(Box::new(readied.clone()))))
}

fn known(state: &State, id: &RecordRef) -> Result<Action, Refusal> {
    state.action(id).ok_or_else(|| No::NoSuchAction { record: id.clone() }.into())
}

fn standing(state: &State, action: &Action) -> Verdict {
    let at = state.time_of(&action.added);
    Verdict::Already(action.last.clone(), at, Vec::new())
}

fn settled(state: &State, action: &Action, closed: &Closed) -> No {
    let Moment { by, record, .. } = &closed.moment;
    let at = state.time_of(&closed.moment);
    No::ActionClosed { number: action.number, by: by.clone(), at, record: record.clone() }
}

fn in_order(terms: &ActionTerms) -> Result<(), Refusal> {
    match (terms.start, terms.due) {
        (Some(start), Some(due)) if due < start => Err(No::DueBeforeStart { start, due }.into()),
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

/// A plan without a name and a day is chased by nobody.
fn advice(number: u32, terms: &ActionTerms, now: Timestamp) -> Vec<Advice> {
    let mut missing = Vec::new();
    if terms.owner.is_none() {
        missing.push("owner");
    }
    if terms.due.is_none() {
        missing.push("completion date");
    }
    if terms.element.is_none() {
        missing.push("capability element");
    }
    let unfinished = (!missing.is_empty()).then_some(Advice::ActionLacks(number, missing));
    let first = Day::at(now + -DAY_AHEAD, Offset::UTC);
    let passed = terms.due.filter(|due| first.is_some_and(|first| *due < first));
    unfinished.into_iter().chain(passed.map(Advice::DuePassed)).collect()
}
