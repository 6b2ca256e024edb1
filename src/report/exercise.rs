//! What the records of an exercise say, in one sentence each. While an exercise runs, what only the
//! facilitator may know is not in them: players read the same log.

use super::sentence::Speech;
use super::story::said;
use crate::engine::{ClockSetting, Delivery, Event, ExerciseStarted, Speed, Text};
use crate::playbook::{InjectId, ObjectiveId, Rating};

/// How much a reader may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// Everything: the facilitator, an evaluator, and everybody once it is over.
    Anybody,
    /// Nothing of what is to come, and no judgement before the end.
    Player,
}

/// What a rating means, in two or three words.
#[must_use]
pub const fn rating_words(rating: Rating) -> &'static str {
    match rating {
        Rating::Performed => "performed without challenges",
        Rating::SomeChallenges => "performed with some challenges",
        Rating::MajorChallenges => "performed with major challenges",
        Rating::Unable => "unable to be performed",
    }
}

impl Speech<'_> {
    /// Events of an exercise; the others have been dealt with by the caller.
    pub(super) fn of_exercise(&self, event: &Event, reader: Reader) -> String {
        let hushed = |words: &str, full: String| match reader {
            Reader::Player => words.to_owned(),
            Reader::Anybody => full,
        };
        match event {
            Event::ExerciseStarted(started) => begun(started),
            Event::InjectDelivered(delivery) => format!("inject {}", inject(delivery, reader)),
            Event::InjectAdded(delivery) => {
                let due =
                    delivery.due.map_or(String::new(), |due| format!(" for {}", self.time(due)));
                let full = format!("inject planned{due}: {}", inject(delivery, Reader::Anybody));
                hushed("the facilitator planned something", full)
            }
            Event::InjectHeld { inject, reason } => {
                let why = reason.as_ref().map_or(String::new(), |why| format!(" — {}", said(why)));
                hushed("the facilitator held something back", format!("inject held: {inject}{why}"))
            }
            Event::InjectSkipped { inject, reason } => {
                let full = format!("inject left out: {inject} — {}", said(reason));
                hushed("the facilitator left something out", full)
            }
            Event::ObservationNoted { objective, inject, text } => {
                let full = observed(objective.as_ref(), inject.as_ref(), text);
                hushed("an observation was noted", full)
            }
            Event::ObjectiveRated { objective, rating, why } => {
                let words = rating_words(*rating);
                let full = format!("rated {objective}: {rating} ({words}) — {}", said(why));
                hushed("an objective was rated", full)
            }
            Event::ExerciseClockSet(setting) => self.clock(*setting),
            Event::ExerciseInterrupted { reason } => {
                format!("exercise ended because something real happened: {}", said(reason))
            }
            Event::IncidentOpened(_)
            | Event::IncidentDeclared {}
            | Event::FalseAlarmDeclared { .. }
            | Event::IncidentClosed { .. }
            | Event::IncidentClassified { .. }
            | Event::IncidentEscalated { .. }
            | Event::MilestoneMarked { .. }
            | Event::RoleAssigned { .. }
            | Event::RoleReleased { .. }
            | Event::RoleHandedOver { .. }
            | Event::StepBegun { .. }
            | Event::StepDone(_)
            | Event::StepSkipped { .. }
            | Event::StepFailed { .. }
            | Event::StepDeferred { .. }
            | Event::StepReopened { .. }
            | Event::DecisionTaken { .. }
            | Event::StepApproved { .. }
            | Event::NoteAdded { .. }
            | Event::FindingNoted(_)
            | Event::ReportFieldSet { .. }
            | Event::ActionAdded { .. }
            | Event::ActionUpdated { .. }
            | Event::ActionClosed { .. }
            | Event::ActionReopened { .. }
            | Event::ActionVerified { .. }
            | Event::ReviewFinished { .. }
            | Event::ReadinessRecorded(_)
            | Event::RecordCorrected { .. }
            | Event::RecordWithdrawn { .. }
            | Event::SiteChanged { .. }
            | Event::ClockJumped { .. }
            | Event::TailRecovered { .. }
            | Event::WriterContinued { .. } => String::new(),
        }
    }

    fn clock(&self, setting: ClockSetting) -> String {
        let at = self.time(setting.at);
        match (setting.paused, setting.speed) {
            (true, Some(speed)) if speed > Speed::REAL => {
                format!("exercise paused at {at}; {}x once it goes on", speed.times())
            }
            (true, _) => format!("exercise paused at {at}"),
            (false, None) => format!("exercise clock at {at}, moved by hand"),
            (false, Some(speed)) => {
                format!("exercise clock at {at}, {} times as fast as real time", speed.times())
            }
        }
    }
}

fn begun(started: &ExerciseStarted) -> String {
    let alone = if started.solo { ", for one person" } else { "" };
    format!(
        "exercise begun: {} ({}, facilitator {}{alone})",
        said(&started.title),
        started.kind,
        started.facilitator
    )
}

/// Name, from whom to whom and how, the words, and what is different with them; what a check finds only
/// whoever makes it.
fn inject(delivery: &Delivery, reader: Reader) -> String {
    let from = delivery.from.as_ref().map_or(String::new(), |from| format!(" from {from}"));
    let to = delivery.to.as_ref().map_or("everybody".to_owned(), ToString::to_string);
    let mode = delivery.mode.as_ref().map_or(String::new(), |mode| format!(" ({mode})"));
    let known = delivery
        .changes
        .iter()
        .filter(|change| reader == Reader::Anybody || !change.is_found_by_looking());
    let changes = known.map(|change| format!(" [{change}]"));
    let changes: String = changes.collect();
    format!("{}{from} to {to}{mode}: {}{changes}", delivery.inject, said(&delivery.text))
}

fn observed(objective: Option<&ObjectiveId>, inject: Option<&InjectId>, text: &Text) -> String {
    let objective = objective.map(|objective| format!("objective {objective}"));
    let inject = inject.map(|inject| format!("inject {inject}"));
    let about: Vec<String> = objective.into_iter().chain(inject).collect();
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    format!("observation{about}: {}", said(text))
}
