//! Whether what somebody wants is what was recorded under the same key before.
//!
//! Only what the caller said counts. What the engine found out by itself (occurrence, milestone, what
//! was missing …), the time given, and what a repeat computes anew (a deferral's time, the name of a
//! linked incident) may differ.

use std::collections::BTreeMap;

use super::step::written;
use crate::engine::event::{Confirmation, Event as E};
use crate::engine::exercise::{ClockSetting, Delivery};
use crate::engine::improvement::ActionTerms;
use crate::engine::intent::{ClockMove, Intent as I};
use crate::engine::ready::Readied;
use crate::engine::text::Text;
use crate::playbook::{FieldId, Mark, Playbook, StepId};

/// Whether an event is the fact that an intent asks to record, as far as the caller says it.
#[must_use]
pub fn same(book: &Playbook, intent: &I, event: &E) -> bool {
    match intent {
        I::Declare | I::Mark { mark: Mark::Declared, service: _ } => {
            matches!(event, E::IncidentDeclared {})
        }
        I::FalseAlarm { reason } => {
            matches!(event, E::FalseAlarmDeclared { reason: r } if text(reason, r))
        }
        I::Close { anyway } => {
            matches!(event, E::IncidentClosed { anyway: a, missing: _ } if maybe(anyway.as_ref(), a.as_ref()))
        }
        I::Classify { cause, services, scope } => {
            matches!(event, E::IncidentClassified { cause: c, services: s, scope: w }
                if maybe(cause.as_ref(), c.as_ref()) && services == s && maybe(scope.as_ref(), w.as_ref()))
        }
        I::Escalate { incident: _, playbook, reason } => {
            matches!(event, E::IncidentEscalated { incident: _, playbook: p, reason: r }
                if playbook == p && text(reason, r))
        }
        I::Mark { mark, service } => {
            *event == E::MilestoneMarked { mark: *mark, service: service.clone() }
        }
        I::ChangeSite { keys } => *event == E::SiteChanged { keys: keys.clone() },
        I::Note { kind, text: words } => {
            matches!(event, E::NoteAdded { kind: k, text: t } if kind == k && text(words, t))
        }
        I::Correct { target, note, occurred } => {
            matches!(event, E::RecordCorrected { target: t, note: n, occurred: o }
                if target == t && text(note, n) && occurred == o)
        }
        I::NoteFinding { finding } => {
            matches!(event, E::FindingNoted(noted) if *finding == **noted)
        }
        I::SetReportField { field, text: words } => {
            matches!(event, E::ReportFieldSet { field: f, text: t } if field == f && text(words, t))
        }
        I::Withdraw { target, reason } => {
            matches!(event, E::RecordWithdrawn { target: t, reason: r }
                if target == t && text(reason, r))
        }
        I::DeliverInject { .. }
        | I::AddInject { .. }
        | I::HoldInject { .. }
        | I::SkipInject { .. }
        | I::Observe { .. }
        | I::Rate { .. }
        | I::SetClock { .. }
        | I::Interrupt { .. }
        | I::EndExercise { .. } => exercise(intent, event),
        I::AddAction { .. }
        | I::UpdateAction { .. }
        | I::CloseAction { .. }
        | I::ReopenAction { .. }
        | I::VerifyAction { .. }
        | I::FinishReview { .. } => plan(intent, event),
        I::Ready(readied) => matches!(event, E::ReadinessRecorded(known) if ready(readied, known)),
        I::Assign { .. } | I::Release { .. } | I::HandOver { .. } => role(intent, event),
        I::Begin { step }
        | I::Done { step, .. }
        | I::Skip { step, .. }
        | I::Fail { step, .. }
        | I::Defer { step, .. }
        | I::Reopen { step, .. }
        | I::Decide { step, .. }
        | I::Approve { step, .. } => answer(step_of(book, step), intent, event),
    }
}

fn role(intent: &I, event: &E) -> bool {
    match intent {
        I::Assign { role, person, deputy } => {
            matches!(event, E::RoleAssigned { role: r, person: p, deputy: d }
                if (role, person, deputy) == (r, p, d))
        }
        I::Release { role, person } => {
            *event == E::RoleReleased { role: role.clone(), person: person.clone() }
        }
        I::HandOver { role, to, note, confirmed } => {
            matches!(event, E::RoleHandedOver { role: r, from: _, to: t, note: n, confirmed: c }
                if (role, to) == (r, t) && maybe(note.as_ref(), n.as_ref()) && signers(confirmed, c))
        }
        I::Declare
        | I::FalseAlarm { .. }
        | I::Close { .. }
        | I::Classify { .. }
        | I::Escalate { .. }
        | I::Mark { .. }
        | I::ChangeSite { .. }
        | I::Begin { .. }
        | I::Done { .. }
        | I::Skip { .. }
        | I::Fail { .. }
        | I::Defer { .. }
        | I::Reopen { .. }
        | I::Decide { .. }
        | I::Approve { .. }
        | I::Note { .. }
        | I::NoteFinding { .. }
        | I::SetReportField { .. }
        | I::AddAction { .. }
        | I::UpdateAction { .. }
        | I::CloseAction { .. }
        | I::ReopenAction { .. }
        | I::VerifyAction { .. }
        | I::FinishReview { .. }
        | I::Ready(_)
        | I::Correct { .. }
        | I::Withdraw { .. }
        | I::DeliverInject { .. }
        | I::AddInject { .. }
        | I::HoldInject { .. }
        | I::SkipInject { .. }
        | I::Observe { .. }
        | I::Rate { .. }
        | I::SetClock { .. }
        | I::Interrupt { .. }
        | I::EndExercise { .. } => false,
    }
}

/// A jump by a length and an added inject's hour are other times whenever they are said.
fn exercise(intent: &I, event: &E) -> bool {
    match intent {
        I::DeliverInject { delivery, due_by: _ } => {
            matches!(event, E::InjectDelivered(told)
                if told.inject == delivery.inject && text(&delivery.text, &told.text))
        }
        I::AddInject { delivery } => {
            let same = |told: &Delivery| {
                // What the program named is named anew by a repeat.
                let named = told.inject == delivery.inject
                    || (told.is_numbered() && delivery.is_numbered());
                let same = named && text(&delivery.text, &told.text);
                same && told.added && (&told.to, &told.from) == (&delivery.to, &delivery.from)
            };
            matches!(event, E::InjectAdded(told) | E::InjectDelivered(told) if same(told))
        }
        I::HoldInject { inject, reason } => {
            matches!(event, E::InjectHeld { inject: i, reason: r }
                if inject == i && maybe(reason.as_ref(), r.as_ref()))
        }
        I::SkipInject { inject, reason } => {
            matches!(event, E::InjectSkipped { inject: i, reason: r } if inject == i && text(reason, r))
        }
        I::Observe { objective, inject, text: words } => {
            matches!(event, E::ObservationNoted { objective: o, inject: i, text: t }
                if (objective, inject) == (o, i) && text(words, t))
        }
        I::Rate { objective, rating, why } => {
            matches!(event, E::ObjectiveRated { objective: o, rating: r, why: w }
                if (objective, rating) == (o, r) && text(why, w))
        }
        I::SetClock { to } => matches!(event, E::ExerciseClockSet(set) if moved(*to, *set)),
        I::Interrupt { reason } => {
            matches!(event, E::ExerciseInterrupted { reason: r } if text(reason, r))
        }
        I::EndExercise { reason } => {
            matches!(event, E::IncidentClosed { anyway, missing: _ }
                if maybe(reason.as_ref(), anyway.as_ref()))
        }
        _ => false,
    }
}

fn moved(to: ClockMove, set: ClockSetting) -> bool {
    match to {
        ClockMove::Pause => set.paused,
        ClockMove::Resume => !set.paused,
        ClockMove::Speed(speed) => speed == set.speed,
        // As with a deferral, the time that a repeat comes to is another one.
        ClockMove::To(_) | ClockMove::Far(_) | ClockMove::By(_) => true,
    }
}

/// Lines of the improvement plan and reviews; the number of a new line, and what was the newest record,
/// the engine finds out.
fn plan(intent: &I, event: &E) -> bool {
    match intent {
        I::AddAction { terms: new } => {
            matches!(event, E::ActionAdded { number: _, terms: t } if terms(new, t))
        }
        I::UpdateAction { action, change } => {
            matches!(event, E::ActionUpdated { action: a, number: _, after: _, change: c }
                if action == a && terms(change, c))
        }
        I::CloseAction { action, evidence, compared } => {
            matches!(event, E::ActionClosed { action: a, number: _, after: _, evidence: e, compared: c }
                if action == a && text(evidence, e) && compared.as_ref() == c.as_deref())
        }
        I::ReopenAction { action, reason } => {
            matches!(event, E::ActionReopened { action: a, number: _, after: _, reason: r }
                if action == a && text(reason, r))
        }
        I::VerifyAction { action, reason } => {
            matches!(event, E::ActionVerified { action: a, number: _, after: _, own_work: _, reason: r }
                if action == a && maybe(reason.as_ref(), r.as_ref()))
        }
        I::FinishReview { review, evidence } => {
            matches!(event, E::ReviewFinished { review: r, evidence: e }
                if review == r && text(evidence, e))
        }
        _ => false,
    }
}

fn terms(new: &ActionTerms, old: &ActionTerms) -> bool {
    let words = |terms: &ActionTerms| {
        let ActionTerms { what, issue, capability, organization, .. } = terms.clone();
        [what, issue, capability, organization]
    };
    let rest = |terms: &ActionTerms| ActionTerms {
        what: None,
        issue: None,
        capability: None,
        organization: None,
        ..terms.clone()
    };
    let (before, after) = (words(old), words(new));
    rest(new) == rest(old)
        && after.iter().zip(&before).all(|(new, old)| maybe(new.as_ref(), old.as_ref()))
}

fn ready(new: &Readied, old: &Readied) -> bool {
    let rest = |one: &Readied| Readied { of: None, note: None, ..one.clone() };
    rest(new) == rest(old)
        && maybe(new.of.as_ref(), old.of.as_ref())
        && maybe(new.note.as_ref(), old.note.as_ref())
}

/// A step may be called by its code as well.
fn step_of<'a>(book: &'a Playbook, step: &'a StepId) -> &'a StepId {
    book.find_step(step.as_str()).map_or(step, |known| &known.id)
}

fn answer(step: &StepId, intent: &I, event: &E) -> bool {
    match intent {
        I::Begin { step: _ } => matches!(event, E::StepBegun { step: s, .. } if step == s),
        I::Done { step: _, answers, note, initials } => {
            matches!(event, E::StepDone(done) if *step == done.step && fields(answers, &done.answers)
                && signed((note, initials), (&done.note, &done.initials)))
        }
        I::Skip { step: _, reason } => {
            matches!(event, E::StepSkipped { step: s, reason: r, .. } if step == s && text(reason, r))
        }
        I::Fail { step: _, reason } => {
            matches!(event, E::StepFailed { step: s, reason: r, .. } if step == s && text(reason, r))
        }
        I::Defer { step: _, until: _, reason } => {
            matches!(event, E::StepDeferred { step: s, reason: r, .. } if step == s && text(reason, r))
        }
        I::Reopen { step: _, reason } => {
            matches!(event, E::StepReopened { step: s, reason: r, .. } if step == s && text(reason, r))
        }
        I::Decide { step: _, option, because, initials } => {
            matches!(event, E::DecisionTaken { step: s, option: o, because: b, initials: i, .. }
                if step == s && option == o.as_str() && signed((because, initials), (b, i)))
        }
        I::Approve { step: _, reason, initials } => {
            matches!(event, E::StepApproved { step: s, reason: r, initials: i, .. }
                if step == s && signed((reason, initials), (r, i)))
        }
        I::Declare
        | I::FalseAlarm { .. }
        | I::Close { .. }
        | I::Classify { .. }
        | I::Escalate { .. }
        | I::Mark { .. }
        | I::ChangeSite { .. }
        | I::Assign { .. }
        | I::Release { .. }
        | I::HandOver { .. }
        | I::Note { .. }
        | I::NoteFinding { .. }
        | I::SetReportField { .. }
        | I::AddAction { .. }
        | I::UpdateAction { .. }
        | I::CloseAction { .. }
        | I::ReopenAction { .. }
        | I::VerifyAction { .. }
        | I::FinishReview { .. }
        | I::Ready(_)
        | I::Correct { .. }
        | I::Withdraw { .. }
        | I::DeliverInject { .. }
        | I::AddInject { .. }
        | I::HoldInject { .. }
        | I::SkipInject { .. }
        | I::Observe { .. }
        | I::Rate { .. }
        | I::SetClock { .. }
        | I::Interrupt { .. }
        | I::EndExercise { .. } => false,
    }
}

/// Sealed words carry a salt: the same ones look different each time.
fn text(new: &Text, old: &Text) -> bool {
    new == old || matches!((new, old), (Text::Sealed(_), Text::Sealed(_)))
}

fn maybe(new: Option<&Text>, old: Option<&Text>) -> bool {
    match (new, old) {
        (Some(new), Some(old)) => text(new, old),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn fields(new: &BTreeMap<String, Text>, old: &BTreeMap<FieldId, Text>) -> bool {
    let equal = |(name, words): (&String, &Text)| {
        old.iter().any(|(id, before)| id.as_str() == name && text(words, before))
    };
    new.len() == old.len() && new.iter().all(equal)
}

type Signed<'a> = (&'a Option<Text>, &'a Option<String>);

fn signed(new: Signed<'_>, old: Signed<'_>) -> bool {
    maybe(new.0.as_ref(), old.0.as_ref()) && letters(new.1.as_ref(), old.1.as_ref())
}

fn signers(new: &[Confirmation], old: &[Confirmation]) -> bool {
    let same = |(a, b): (&Confirmation, &Confirmation)| {
        a.person == b.person && written(&a.initials) == b.initials
    };
    new.len() == old.len() && new.iter().zip(old).all(same)
}

fn letters(new: Option<&String>, old: Option<&String>) -> bool {
    new.map(|given| written(given)).as_ref() == old
}
