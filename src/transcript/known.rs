//! What the log says already, whoever typed it and how.

use chrono::TimeDelta;

use super::entry::Entry;
use crate::engine::{Digest, Event, Fact, Intent, Record, RecordRef, State, Text, same_fact};
use crate::playbook::Playbook;

/// A record that is about what an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub record: RecordRef,
    /// It says the same; otherwise something else of the same step, by the same person in the same
    /// minute.
    pub same: bool,
}

/// People write minutes.
const SAME: TimeDelta = TimeDelta::minutes(1);

/// The record that says what an entry says: the same fact, by the same person, in the same minute.
/// `unseal` gives sealed words where they still lie.
#[must_use]
pub fn on_record(
    book: &Playbook,
    records: &[Record],
    state: &State,
    entry: &Entry,
    unseal: &dyn Fn(&Digest) -> Option<String>,
) -> Option<Found> {
    let told = records.iter().filter(|record| {
        let at = [Some(record.effective()), state.corrected(&record.at)];
        record.stamp.actor.person == entry.by
            && at.into_iter().flatten().any(|at| (at - entry.at).abs() < SAME)
    });
    let mut other = None;
    for record in told {
        let Fact::Known(event) = &record.fact else { continue };
        let event = unsealed(event.clone(), unseal);
        if same_fact(book, &entry.intent, &event) && same_until(&entry.intent, &event) {
            return Some(Found { record: record.at.clone(), same: true });
        }
        if about_the_same(&entry.intent, &event) {
            other = Some(Found { record: record.at.clone(), same: false });
        }
    }
    other
}

/// A deferral to another time is another one.
fn same_until(intent: &Intent, event: &Event) -> bool {
    let Intent::Defer { until, .. } = intent else { return true };
    matches!(event, Event::StepDeferred { until: before, .. } if until == before)
}

/// The same kind of answer to the same step: one of the two is wrong.
fn about_the_same(intent: &Intent, event: &Event) -> bool {
    let step = intent.step();
    let same = |other| step == Some(other);
    match event {
        Event::StepDone(done) => matches!(intent, Intent::Done { .. }) && same(&done.step),
        Event::DecisionTaken { step, .. } => matches!(intent, Intent::Decide { .. }) && same(step),
        Event::StepSkipped { step, .. } => matches!(intent, Intent::Skip { .. }) && same(step),
        Event::StepFailed { step, .. } => matches!(intent, Intent::Fail { .. }) && same(step),
        Event::StepDeferred { step, .. } => matches!(intent, Intent::Defer { .. }) && same(step),
        Event::StepReopened { step, .. } => matches!(intent, Intent::Reopen { .. }) && same(step),
        Event::StepApproved { step, .. } => matches!(intent, Intent::Approve { .. }) && same(step),
        Event::StepBegun { .. }
        | Event::IncidentOpened(_)
        | Event::IncidentDeclared {}
        | Event::FalseAlarmDeclared { .. }
        | Event::IncidentClosed { .. }
        | Event::IncidentClassified { .. }
        | Event::IncidentEscalated { .. }
        | Event::MilestoneMarked { .. }
        | Event::RoleAssigned { .. }
        | Event::RoleReleased { .. }
        | Event::RoleHandedOver { .. }
        | Event::NoteAdded { .. }
        | Event::RecordCorrected { .. }
        | Event::RecordWithdrawn { .. }
        | Event::ActionAdded { .. }
        | Event::ActionUpdated { .. }
        | Event::ActionClosed { .. }
        | Event::ActionReopened { .. }
        | Event::ActionVerified { .. }
        | Event::ReviewFinished { .. }
        | Event::ReadinessRecorded(_)
        | Event::SiteChanged { .. }
        | Event::ExerciseStarted(_)
        | Event::InjectDelivered(_)
        | Event::InjectAdded(_)
        | Event::InjectHeld { .. }
        | Event::InjectSkipped { .. }
        | Event::ObservationNoted { .. }
        | Event::ObjectiveRated { .. }
        | Event::ExerciseClockSet(_)
        | Event::ExerciseInterrupted { .. }
        | Event::ClockJumped { .. }
        | Event::TailRecovered { .. }
        | Event::WriterContinued { .. } => false,
    }
}

/// The event with its words in the open, as far as they still lie.
fn unsealed(mut event: Event, unseal: &dyn Fn(&Digest) -> Option<String>) -> Event {
    let mut all: Vec<&mut Text> = Vec::new();
    match &mut event {
        Event::StepDone(done) => all.extend(done.answers.values_mut().chain(&mut done.note)),
        Event::FalseAlarmDeclared { reason }
        | Event::IncidentEscalated { reason, .. }
        | Event::StepSkipped { reason, .. }
        | Event::StepFailed { reason, .. }
        | Event::StepDeferred { reason, .. }
        | Event::StepReopened { reason, .. }
        | Event::InjectSkipped { reason, .. }
        | Event::ExerciseInterrupted { reason }
        | Event::ObjectiveRated { why: reason, .. }
        | Event::RecordWithdrawn { reason, .. } => all.push(reason),
        Event::IncidentClosed { anyway: note, .. }
        | Event::RoleHandedOver { note, .. }
        | Event::DecisionTaken { because: note, .. }
        | Event::InjectHeld { reason: note, .. }
        | Event::StepApproved { reason: note, .. } => all.extend(note),
        Event::IncidentClassified { cause, scope, .. } => all.extend(cause.iter_mut().chain(scope)),
        Event::NoteAdded { text, .. } | Event::ObservationNoted { text, .. } => all.push(text),
        Event::RecordCorrected { note, .. } => all.push(note),
        Event::InjectDelivered(delivery) | Event::InjectAdded(delivery) => {
            all.push(&mut delivery.text);
        }
        Event::ExerciseStarted(started) => {
            all.extend([&mut started.title].into_iter().chain(&mut started.scenario));
        }
        Event::IncidentOpened(_)
        | Event::ExerciseClockSet(_)
        | Event::IncidentDeclared {}
        | Event::MilestoneMarked { .. }
        | Event::RoleAssigned { .. }
        | Event::RoleReleased { .. }
        | Event::StepBegun { .. }
        | Event::ActionAdded { .. }
        | Event::ActionUpdated { .. }
        | Event::ActionClosed { .. }
        | Event::ActionReopened { .. }
        | Event::ActionVerified { .. }
        | Event::ReviewFinished { .. }
        | Event::ReadinessRecorded(_)
        | Event::SiteChanged { .. }
        | Event::ClockJumped { .. }
        | Event::TailRecovered { .. }
        | Event::WriterContinued { .. } => {}
    }
    for text in all {
        if let Text::Sealed(digest) = text
            && let Some(words) = unseal(digest)
        {
            *text = Text::Plain(words);
        }
    }
    event
}
