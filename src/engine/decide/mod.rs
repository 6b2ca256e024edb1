//! What an intent may become. Only two kinds are refused: work on steps that a decision closed, and
//! anything that would falsify the record. The rest is allowed, with [`Advice`]: order is advice,
//! care is never blocked.

mod action;
mod close;
mod exercise;
mod finding;
mod fit;
mod people;
mod same;
mod step;

pub use close::missing_before_close;
pub use people::confirms;
pub use same::same as same_fact;
pub use step::initials;

use super::day::Day;
use super::event::Event;
use super::find::{find_role, find_step};
use super::intent::{Intent, Request};
use super::names::likely_same;
use super::record::RecordRef;
use super::refusal::{PlanRefusal, Refusal};
use super::service::holds_for_all;
use super::state::{Ending, KeyUse, Marked, Moment, State};
use super::text::{Person, Text};
use super::time::Timestamp;
use crate::playbook::{Mark, Playbook, RoleId, ServiceId, StepId};

/// What an intent becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// These facts, to be recorded.
    Record(Vec<Event>, Vec<Advice>),
    /// Nothing: the same was recorded before. What was said anew and not taken is in the advice.
    Already(RecordRef, Timestamp, Vec<Advice>),
}

/// Something worth saying that does not stand in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advice {
    /// These ought to come first.
    NeedsOpen(Vec<StepId>),
    /// This decision has not been taken yet.
    WaitsFor(StepId),
    /// The person holds none of the step's role.
    NotHolder(Person, RoleId),
    /// The person holds these roles now.
    ManyRoles(Person, Vec<RoleId>),
    /// The approver did the work as well.
    OwnWork(Person),
    /// The answer leads to another playbook.
    LeadsTo(crate::playbook::PlaybookId),
    /// This name is new here and close to names that are known.
    NewName(Person, Vec<Person>),
    /// The person was the role's deputy and holds it now (`false`), or the other way round (`true`).
    NowInstead(Person, RoleId, bool),
    /// A finding, a rating or an observation names these: it looks at plans, tools and training, not at persons.
    NamesPeople(Vec<Person>),
    /// These have not confirmed a hand-over.
    Unconfirmed(Vec<Person>),
    /// The hand-over stands in this record, and the initials given now were not added to it.
    InitialsNotTaken(RecordRef),
    /// It stands in this record at another time than was given now.
    TimeNotTaken(RecordRef),
    /// An action of the improvement plan still lacks these.
    ActionLacks(u32, Vec<&'static str>),
    /// The completion day has passed before it was written down.
    DuePassed(Day),
    /// Who verifies an action closed it as well.
    OwnClosing(Person),
}

/// The clock of another machine may be ahead of ours by this much before a time counts as future, and
/// two times that differ by less are the same one to people.
const SKEW: chrono::TimeDelta = chrono::TimeDelta::minutes(1);

/// What a request becomes at this moment.
///
/// # Errors
/// A [`Refusal`] that names what would be possible.
pub fn decide(
    book: &Playbook,
    state: &State,
    now: Timestamp,
    request: &Request,
) -> Result<Verdict, Refusal> {
    if let Some(key) = &request.key
        && let Some(used) = state.key(key)
    {
        return again(book, state, request, key, used);
    }
    not_in_future(request.occurred, now)?;
    let verdict = match state.ending().filter(|_| !request.intent.fits_after_end()) {
        Some(ending) => ended(state, ending, request),
        None => intent(book, state, now, request),
    };
    let verdict = verdict.map(|verdict| same_time(verdict, request.occurred))?;
    Ok(new_names(verdict, state, request.actor.person.as_ref()))
}

/// Says once, when it is first written, that a name looks like a known one: two spellings make two
/// people of one, in every figure and for as long as the log is kept.
fn new_names(verdict: Verdict, state: &State, by: Option<&Person>) -> Verdict {
    let Verdict::Record(events, mut advice) = verdict else { return verdict };
    let mut named: Vec<&Person> = events.iter().flat_map(Event::people).chain(by).collect();
    named.sort_unstable();
    named.dedup();
    for person in named.into_iter().filter(|person| !state.people().contains(*person)) {
        let known = state.people().iter().filter(|known| likely_same(person, known));
        let known: Vec<Person> = known.cloned().collect();
        if !known.is_empty() {
            advice.push(Advice::NewName(person.clone(), known));
        }
    }
    Verdict::Record(events, advice)
}

/// A known key is answered with its record, whatever has happened since.
fn again(
    book: &Playbook,
    state: &State,
    request: &Request,
    key: &str,
    used: &KeyUse,
) -> Result<Verdict, Refusal> {
    if same::same(book, &request.intent, &used.event) {
        return Ok(already(state, &used.moment));
    }
    let (key, record) = (key.to_owned(), used.moment.record.clone());
    Err(Refusal::KeyUsed { key, at: state.time_of(&used.moment), record })
}

/// Times that have not come yet cannot be recorded.
///
/// # Errors
/// [`Refusal::Future`] beyond a minute of clock skew.
pub fn not_in_future(at: Option<Timestamp>, now: Timestamp) -> Result<(), Refusal> {
    match at {
        Some(at) if at > now + SKEW => Err(Refusal::Future { at, now }),
        Some(_) | None => Ok(()),
    }
}

fn intent(
    book: &Playbook,
    state: &State,
    now: Timestamp,
    request: &Request,
) -> Result<Verdict, Refusal> {
    if state.is_standing() && request.intent.leaves_quiet() {
        return Err(PlanRefusal::Standing.into());
    }
    match &request.intent {
        Intent::Declare => declare(state),
        Intent::FalseAlarm { reason } => {
            exercise::may_call_off(state, request.actor.person.as_ref())?;
            Ok(one(Event::FalseAlarmDeclared { reason: reason.clone() }))
        }
        // What is missing is judged when it was closed: a window that had not begun asks for nothing.
        Intent::Close { anyway } => {
            close::close(book, state, request.occurred.unwrap_or(now), anyway.as_ref())
        }
        Intent::Classify { cause, services, scope } => {
            if cause.is_none() && services.is_empty() && scope.is_none() {
                return Err(Refusal::NothingToRecord);
            }
            let (cause, services, scope) = (cause.clone(), services.clone(), scope.clone());
            Ok(one(Event::IncidentClassified { cause, services, scope }))
        }
        Intent::Escalate { incident, playbook, reason } => Ok(one(Event::IncidentEscalated {
            incident: incident.clone(),
            playbook: playbook.clone(),
            reason: reason.clone(),
        })),
        Intent::ChangeSite { keys } if keys.is_empty() => Err(Refusal::NothingToRecord),
        Intent::ChangeSite { keys } => Ok(one(Event::SiteChanged { keys: keys.clone() })),
        Intent::Mark { mark, service } => self::mark(state, *mark, service.as_ref()),
        Intent::Assign { role, person, deputy } => {
            people::assign(book, state, role, person, *deputy)
        }
        Intent::Release { role, person } => {
            people::release(book, state, role, person, request.occurred)
        }
        Intent::HandOver { role, to, note, confirmed } => {
            find_role(book, role.as_str())?;
            let (note, occurred) = (note.as_ref(), request.occurred);
            people::HandOver { state, role, to, note, confirmed, occurred }.decide()
        }
        Intent::Begin { .. }
        | Intent::Done { .. }
        | Intent::Skip { .. }
        | Intent::Fail { .. }
        | Intent::Defer { .. }
        | Intent::Reopen { .. }
        | Intent::Decide { .. }
        | Intent::Approve { .. } => step::answer(book, state, now, request),
        Intent::Note { kind, text } => {
            Ok(one(Event::NoteAdded { kind: *kind, text: text.clone() }))
        }
        Intent::NoteFinding { finding } => finding::note(state, finding),
        Intent::SetReportField { field, text } => Ok(finding::set_field(state, *field, text)),
        Intent::Correct { target, note, occurred } => {
            not_in_future(*occurred, now)?;
            let (target, note) = (target.clone(), note.clone());
            Ok(one(Event::RecordCorrected { target, note, occurred: *occurred }))
        }
        Intent::Withdraw { target, reason } => {
            withdraw(state, target, reason, request.actor.person.as_ref())
        }
        Intent::DeliverInject { .. }
        | Intent::AddInject { .. }
        | Intent::HoldInject { .. }
        | Intent::SkipInject { .. }
        | Intent::Observe { .. }
        | Intent::Rate { .. }
        | Intent::SetClock { .. }
        | Intent::Interrupt { .. } => exercise::decide(state, now, request),
        Intent::EndExercise { reason } => {
            exercise::may_end(state, request.actor.person.as_ref())?;
            let missing = close::missing_before_close(book, state, now);
            Ok(exercise::end(missing, reason.as_ref()))
        }
        Intent::AddAction { .. }
        | Intent::UpdateAction { .. }
        | Intent::CloseAction { .. }
        | Intent::ReopenAction { .. }
        | Intent::VerifyAction { .. }
        | Intent::FinishReview { .. }
        | Intent::Ready(_) => action::improve(state, now, request),
    }
}

/// Only what can be asked for again is withdrawn: to take back a declaration, a role or a note would
/// leave the log without the fact that everything after it stands on. After the end nothing is asked
/// for again, and an answer that goes would leave a closed incident with a required step open; a
/// milestone can still be marked late, so it can be withdrawn.
fn withdraw(
    state: &State,
    target: &RecordRef,
    reason: &Text,
    by: Option<&Person>,
) -> Result<Verdict, Refusal> {
    if !state.rests_on(target) {
        return Err(Refusal::NotWithdrawable { record: target.clone() });
    }
    if state.ending().is_some() && state.steps().rests_on(target) {
        return Err(Refusal::AnswerAfterEnd { record: target.clone() });
    }
    if state.exercise().rests_on(target) {
        exercise::may_facilitate(state, by)?;
    }
    let (target, reason) = (target.clone(), reason.clone());
    Ok(one(Event::RecordWithdrawn { target, reason }))
}

fn declare(state: &State) -> Result<Verdict, Refusal> {
    match state.declared() {
        None => Ok(one(Event::IncidentDeclared {})),
        Some(moment) => Err(Refusal::AlreadyDeclared {
            at: state.time_of(moment),
            record: moment.record.clone(),
        }),
    }
}

fn mark(state: &State, mark: Mark, service: Option<&ServiceId>) -> Result<Verdict, Refusal> {
    if mark == Mark::Declared {
        return declare(state);
    }
    let about = |m: &&Marked| !mark.per_service() || m.service.as_ref() == service;
    let same = |m: &&Marked| m.mark == mark && about(m);
    let same = state.marks().iter().rfind(same);
    let once = !mark.per_service() || mark == Mark::Onset;
    // A relapse has called the teams back: they can stand down again.
    let again = mark == Mark::StoodDown && holds_for_all(state, mark).is_none();
    match same.filter(|_| once && !again) {
        Some(marked) => Err(Refusal::AlreadyMarked {
            mark,
            at: state.time_of(&marked.moment),
            record: marked.moment.record.clone(),
        }),
        None => Ok(one(Event::MilestoneMarked { mark, service: service.cloned() })),
    }
}

/// A repeated `close` or `false-alarm` is answered, everything else is refused.
fn ended(state: &State, ending: &Ending, request: &Request) -> Result<Verdict, Refusal> {
    let (moment, false_alarm) = match ending {
        Ending::Closed { moment, .. } => (moment, false),
        Ending::FalseAlarm { moment, .. } => (moment, true),
    };
    let repeated = match &request.intent {
        Intent::Close { .. } | Intent::EndExercise { .. } => !false_alarm,
        Intent::Interrupt { .. } => state.exercise().interrupted().is_some(),
        Intent::FalseAlarm { .. } => false_alarm,
        Intent::Declare
        | Intent::Classify { .. }
        | Intent::Escalate { .. }
        | Intent::Mark { .. }
        | Intent::Assign { .. }
        | Intent::Release { .. }
        | Intent::HandOver { .. }
        | Intent::ChangeSite { .. }
        | Intent::Begin { .. }
        | Intent::Done { .. }
        | Intent::Skip { .. }
        | Intent::Fail { .. }
        | Intent::Defer { .. }
        | Intent::Reopen { .. }
        | Intent::Decide { .. }
        | Intent::Approve { .. }
        | Intent::Note { .. }
        | Intent::NoteFinding { .. }
        | Intent::SetReportField { .. }
        | Intent::Correct { .. }
        | Intent::Withdraw { .. }
        | Intent::DeliverInject { .. }
        | Intent::AddInject { .. }
        | Intent::HoldInject { .. }
        | Intent::SkipInject { .. }
        | Intent::Observe { .. }
        | Intent::Rate { .. }
        | Intent::SetClock { .. }
        | Intent::AddAction { .. }
        | Intent::UpdateAction { .. }
        | Intent::CloseAction { .. }
        | Intent::ReopenAction { .. }
        | Intent::VerifyAction { .. }
        | Intent::FinishReview { .. }
        | Intent::Ready(_) => false,
    };
    if repeated {
        return Ok(already(state, moment));
    }
    Err(Refusal::Ended { at: state.time_of(moment), false_alarm })
}

fn one(event: Event) -> Verdict {
    Verdict::Record(vec![event], Vec::new())
}

fn already(state: &State, moment: &Moment) -> Verdict {
    Verdict::Already(moment.record.clone(), state.time_of(moment), Vec::new())
}

/// A repeat that gives another time must not look as if that had been taken. Not so under a key, which
/// says that it is the same command: `-20m` is another time whenever it is said.
fn same_time(verdict: Verdict, occurred: Option<Timestamp>) -> Verdict {
    match (verdict, occurred) {
        (Verdict::Already(record, at, mut advice), Some(given)) if (given - at).abs() >= SKEW => {
            advice.push(Advice::TimeNotTaken(record.clone()));
            Verdict::Already(record, at, advice)
        }
        (verdict, _) => verdict,
    }
}
