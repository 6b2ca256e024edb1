//! What the records of an exercise add up to beyond those of an incident: injects, observations,
//! ratings, the clock, and who plays.

mod player;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

pub use player::Seen;

use super::{Conflict, ConflictKind, Ending, Moment, State, Tenure};
use crate::engine::clock::{ClockReading, ExerciseClock};
use crate::engine::event::{Event, Mode};
use crate::engine::exercise::{ClockSetting, Delivery, ExerciseStarted, Speed};
use crate::engine::intent::Intent;
use crate::engine::record::{Fact, Record, RecordRef, Stamp, WriterId};
use crate::engine::text::{Person, Text};
use crate::engine::time::Timestamp;
use crate::playbook::{InjectId, ObjectiveId, Rating, StepId, WorldChange};

/// An inject that was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When and by whom.
    pub moment: Moment,
    /// What was said.
    pub delivery: Delivery,
}

/// An inject of the facilitator's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// When and by whom it was put on the list.
    pub moment: Moment,
    /// What it says, and when it is due.
    pub delivery: Delivery,
}

/// An inject that is kept back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Which.
    pub inject: InjectId,
    /// Since when and by whom.
    pub moment: Moment,
    /// Why.
    pub reason: Option<Text>,
}

/// An inject that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Which.
    pub inject: InjectId,
    /// When and by whom.
    pub moment: Moment,
    /// Why.
    pub reason: Text,
}

/// What a facilitator or evaluator saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// When and by whom.
    pub moment: Moment,
    /// About this objective.
    pub objective: Option<ObjectiveId>,
    /// About this inject.
    pub inject: Option<InjectId>,
    /// What they saw.
    pub text: Text,
}

/// An evaluator's judgement of an objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// When and by whom.
    pub moment: Moment,
    /// Which objective.
    pub objective: ObjectiveId,
    /// How it was met.
    pub rating: Rating,
    /// Why.
    pub why: Text,
}

/// How the clock of an exercise went where it did not go as time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Haste {
    /// The fastest that it ran, if that was faster than real time.
    pub fastest: Option<Speed>,
    /// It moved only by hand, for some time at least.
    pub by_hand: bool,
    /// It stood still or jumped, at least once, or did not show the real time to begin with.
    pub apart: bool,
}

impl Haste {
    /// How far a clock that shows the real time may be from it.
    const NEAR: TimeDelta = TimeDelta::minutes(1);

    /// Whether it showed the real time from the beginning to the end.
    #[must_use]
    pub const fn is_real(self) -> bool {
        self.fastest.is_none() && !self.by_hand && !self.apart
    }

    fn take(&mut self, setting: &ClockSetting, real: Timestamp) {
        self.by_hand |= setting.speed.is_none();
        self.apart |= (setting.at - real).abs() > Self::NEAR;
        self.fastest = self.fastest.max(setting.speed.filter(|speed| *speed > Speed::REAL));
    }
}

/// What the records of an exercise add up to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ExerciseState {
    started: Option<(Moment, ExerciseStarted)>,
    clock: Option<ExerciseClock>,
    haste: Haste,
    told: Vec<Told>,
    added: Vec<Added>,
    held: Vec<Held>,
    skipped: Vec<Skipped>,
    observations: Vec<Observation>,
    ratings: Vec<Rated>,
    interrupted: Option<(Moment, Text)>,
    players: BTreeSet<Person>,
    seen: BTreeMap<WriterId, Seen>,
    seen_by: BTreeMap<Person, Seen>,
}

impl ExerciseState {
    /// Which exercise is run, if it is run by the facilitator's verbs.
    #[must_use]
    pub fn started(&self) -> Option<&ExerciseStarted> {
        self.started.as_ref().map(|(_, started)| started)
    }

    /// When it began on its own clock: offsets of injects count from here.
    #[must_use]
    pub fn began(&self) -> Option<Timestamp> {
        self.started.as_ref().map(|(moment, _)| moment.at)
    }

    /// Its clock, where it has one of its own.
    #[must_use]
    pub const fn clock(&self) -> Option<&ExerciseClock> {
        self.clock.as_ref()
    }

    /// How its clock was set last, where it has one of its own.
    #[must_use]
    pub fn setting(&self) -> Option<ClockSetting> {
        self.clock.as_ref().map(ExerciseClock::setting)
    }

    /// How its clock went where it did not go as time passes.
    #[must_use]
    pub const fn haste(&self) -> Haste {
        self.haste
    }

    /// What the players were told, in the order of the log.
    #[must_use]
    pub fn told(&self) -> &[Told] {
        &self.told
    }

    /// When an inject was delivered, if it was.
    #[must_use]
    pub fn delivered(&self, inject: &InjectId) -> Option<&Told> {
        self.told.iter().find(|told| told.delivery.inject == *inject)
    }

    /// What the players were told by this record. Names are no help here: two injects may have one.
    #[must_use]
    pub fn told_by(&self, record: &RecordRef) -> Option<&Told> {
        self.told.iter().find(|told| told.moment.record == *record)
    }

    /// The facilitator's own injects, delivered or not, in the order of the log.
    #[must_use]
    pub fn added(&self) -> &[Added] {
        &self.added
    }

    /// Injects of this name that the facilitator planned and nobody has told. Where two facilitators gave
    /// their own one name, one of them may have been.
    pub(in crate::engine) fn planned(&self, inject: &InjectId) -> impl Iterator<Item = &Delivery> {
        let added = self.added.iter().map(|added| &added.delivery);
        let told = |one: &Delivery| self.told.iter().any(|told| told.delivery.tells_the_same(one));
        added.filter(move |one| one.inject == *inject && !told(one))
    }

    /// What the players were told of this: the same, or, unless two facilitators have planned something
    /// under one name, whatever was told under its name.
    #[must_use]
    pub fn told_of(&self, delivery: &Delivery) -> Option<&Told> {
        let planned = self.added.iter().any(|added| added.delivery.tells_the_same(delivery));
        let same = self.told.iter().find(|told| told.delivery.tells_the_same(delivery));
        same.or_else(|| self.delivered(&delivery.inject).filter(|_| !planned))
    }

    /// Injects that are kept back now.
    #[must_use]
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// Injects that were left out and not delivered after all.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// What facilitators and evaluators saw, in the order of the log.
    #[must_use]
    pub fn observations(&self) -> &[Observation] {
        &self.observations
    }

    /// Every rating that was given, in the order of the log.
    #[must_use]
    pub fn ratings(&self) -> &[Rated] {
        &self.ratings
    }

    /// The rating of an objective that holds: the last one.
    #[must_use]
    pub fn rating(&self, objective: &ObjectiveId) -> Option<&Rated> {
        self.ratings.iter().rfind(|rated| rated.objective == *objective)
    }

    /// Whether a judgement rests on this record.
    #[must_use]
    pub fn rests_on(&self, record: &RecordRef) -> bool {
        self.ratings.iter().any(|rated| rated.moment.record == *record)
            || self.observations.iter().any(|seen| seen.moment.record == *record)
    }

    /// Takes a judgement out again.
    pub(super) fn withdraw(&mut self, record: &RecordRef) {
        self.ratings.retain(|rated| rated.moment.record != *record);
        self.observations.retain(|seen| seen.moment.record != *record);
    }

    /// That a real outage ended it, and which.
    #[must_use]
    pub fn interrupted(&self) -> Option<(&Moment, &Text)> {
        self.interrupted.as_ref().map(|(moment, reason)| (moment, reason))
    }

    /// What changed in the world of the exercise, in the order of the log.
    pub fn changes(&self) -> impl Iterator<Item = &WorldChange> {
        self.told.iter().flat_map(|told| &told.delivery.changes)
    }

    /// What whoever looks finds now, where an inject says so.
    #[must_use]
    pub fn check_result(&self, step: &StepId) -> Option<&str> {
        self.changes()
            .filter_map(|change| match change {
                WorldChange::Check { step: looks, result } if looks == step => {
                    Some(result.as_str())
                }
                WorldChange::Check { .. }
                | WorldChange::Bounces { .. }
                | WorldChange::Unavailable { .. }
                | WorldChange::Available { .. }
                | WorldChange::Returns { .. }
                | WorldChange::Fails { .. } => None,
            })
            .last()
    }

    /// Whether an inject says that whoever holds this role, in this stretch of time, cannot be reached.
    #[must_use]
    pub fn is_unreachable(&self, tenure: &Tenure) -> bool {
        let since = self.told.iter().filter(|told| told.moment.hlc > tenure.from.hlc);
        let changes = since.flat_map(|told| &told.delivery.changes);
        let about = changes.filter_map(|change| match change {
            WorldChange::Unavailable { role, .. } => Some((role, true)),
            WorldChange::Available { role } => Some((role, false)),
            WorldChange::Check { .. }
            | WorldChange::Bounces { .. }
            | WorldChange::Returns { .. }
            | WorldChange::Fails { .. } => None,
        });
        let mut about = about.filter(|(role, _)| **role == tenure.role);
        about.next_back().is_some_and(|(_, unreachable)| unreachable)
    }
}

impl State {
    /// What the records of an exercise add up to beyond those of an incident; empty for a live one.
    #[must_use]
    pub const fn exercise(&self) -> &ExerciseState {
        &self.exercise
    }

    /// The time that counts here for a machine whose clocks say this: what the exercise's own clock shows
    /// where it has one. It stands still once the exercise is over.
    #[must_use]
    pub fn now(&self, reading: &ClockReading) -> Timestamp {
        let Some(clock) = &self.exercise.clock else { return reading.wall };
        match &self.ending {
            Some(Ending::Closed { moment, .. } | Ending::FalseAlarm { moment, .. }) => {
                moment.recorded
            }
            None => clock.at(reading),
        }
    }

    /// The time that counts for what somebody wants to record.
    #[must_use]
    pub fn now_for(&self, intent: &Intent, reading: &ClockReading) -> Timestamp {
        let afterwards = self.ending.is_some() && intent.is_of_review();
        if intent.is_of_plan() || afterwards { reading.wall } else { self.now(reading) }
    }

    /// Whether a record of this event, or of the journal itself, is written down at the time that the
    /// exercise's own clock shows. Once the exercise is over its clock stands still and time goes on: what
    /// is said from then on is said in reality, and only a late milestone belongs to the exercise's hours.
    #[must_use]
    pub fn runs_on_its_clock(&self, event: Option<&Event>) -> bool {
        let of_plan = event.is_some_and(Event::is_of_plan);
        let late_mark = matches!(event, Some(Event::MilestoneMarked { .. }));
        let runs = self.ending.is_none() || late_mark;
        self.exercise.clock.is_some() && runs && !of_plan
    }

    /// How much later something was in reality than on the exercise's own clock; nothing where that is
    /// the real one. By the logical time of the record, which keeps up with the real one.
    #[must_use]
    pub fn behind_reality(&self, moment: &Moment) -> TimeDelta {
        let clock = self.exercise.clock.as_ref();
        let real = clock.and_then(|_| Timestamp::from_millis(moment.hlc.0));
        real.map_or(TimeDelta::zero(), |real| real - moment.recorded)
    }

    /// Events of an exercise; the others have been dealt with by the caller.
    pub(super) fn take_exercise(&mut self, event: &Event, moment: Moment, stamp: &Stamp) {
        if self.opened().is_some_and(|opened| opened.mode == Mode::Live) {
            return self.conflict(&moment, ConflictKind::OfExercise);
        }
        let exercise = &mut self.exercise;
        match event {
            Event::ExerciseStarted(started) => match exercise.started {
                None => exercise.started = Some((moment, (**started).clone())),
                Some(_) => self.conflict(&moment, ConflictKind::OpenedTwice),
            },
            Event::InjectDelivered(delivery) => self.deliver(delivery, moment),
            Event::InjectAdded(delivery) => {
                self.name(delivery, &moment);
                self.exercise.added.push(Added { moment, delivery: (**delivery).clone() });
            }
            Event::InjectHeld { inject, reason } => {
                exercise.held.retain(|held| held.inject != *inject);
                let (inject, reason) = (inject.clone(), reason.clone());
                exercise.held.push(Held { inject, moment, reason });
            }
            Event::InjectSkipped { inject, reason } => {
                exercise.held.retain(|held| held.inject != *inject);
                let (inject, reason) = (inject.clone(), reason.clone());
                exercise.skipped.push(Skipped { inject, moment, reason });
            }
            Event::ObservationNoted { objective, inject, text } => {
                let (objective, inject, text) = (objective.clone(), inject.clone(), text.clone());
                exercise.observations.push(Observation { moment, objective, inject, text });
            }
            Event::ObjectiveRated { objective, rating, why } => {
                let (objective, rating, why) = (objective.clone(), *rating, why.clone());
                exercise.ratings.push(Rated { moment, objective, rating, why });
            }
            Event::ExerciseClockSet(setting) => {
                exercise.haste.take(setting, stamp.wall);
                let writer = &moment.record.writer;
                exercise.clock = Some(match &exercise.clock {
                    Some(clock) => clock.set(writer, stamp, *setting),
                    None => ExerciseClock::new(writer, stamp, *setting),
                });
            }
            Event::ExerciseInterrupted { reason } => {
                exercise.interrupted.get_or_insert((moment.clone(), reason.clone()));
                let anyway = Some(reason.clone());
                self.end(Ending::Closed { moment, anyway, missing: Vec::new() });
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
            | Event::RecordCorrected { .. }
            | Event::RecordWithdrawn { .. }
            | Event::ActionAdded { .. }
            | Event::ActionUpdated { .. }
            | Event::ActionClosed { .. }
            | Event::ActionReopened { .. }
            | Event::ActionVerified { .. }
            | Event::ReviewFinished { .. }
            | Event::ReadinessRecorded(_)
            | Event::FindingNoted(_)
            | Event::ReportFieldSet { .. }
            | Event::SiteChanged { .. }
            | Event::ClockJumped { .. }
            | Event::TailRecovered { .. }
            | Event::WriterContinued { .. } => {}
        }
    }

    /// What a record says of the exercise's clock, whatever else it says.
    pub(super) fn take_clock(&mut self, record: &Record, moment: &Moment) {
        if self.ending.is_some() {
            return;
        }
        let (at, stamp) = (&record.at, &record.stamp);
        let Some(clock) = &mut self.exercise.clock else { return };
        let drift = clock.drift(stamp);
        if let Fact::Known(Event::ClockJumped { .. }) = &record.fact {
            clock.jumped(&at.writer, stamp);
        }
        clock.take(stamp);
        let told = |conflict: &Conflict| matches!(conflict.kind, ConflictKind::ClockAhead(_));
        if let Some(drift) = drift.filter(|_| !self.conflicts.iter().any(told)) {
            self.conflict(moment, ConflictKind::ClockAhead(drift.num_minutes()));
        }
    }

    /// Where two facilitators gave their own injects one name, both are kept.
    fn name(&mut self, delivery: &Delivery, moment: &Moment) {
        let told = self.exercise.told.iter().map(|told| &told.delivery);
        let mut all = self.exercise.added.iter().map(|added| &added.delivery).chain(told);
        let other = |one: &Delivery| one.inject == delivery.inject && !one.tells_the_same(delivery);
        if all.any(other) {
            self.conflict(moment, ConflictKind::NamedTwice(delivery.inject.clone()));
        }
    }

    fn deliver(&mut self, delivery: &Delivery, moment: Moment) {
        let inject = &delivery.inject;
        // What keeps back or leaves out another of this name stands.
        if self.exercise.planned(inject).all(|other| other.tells_the_same(delivery)) {
            self.exercise.held.retain(|held| held.inject != *inject);
            self.exercise.skipped.retain(|skipped| skipped.inject != *inject);
        }
        let same = |told: &Told| told.delivery.tells_the_same(delivery);
        if self.exercise.told.iter().any(same) {
            let kind = ConflictKind::DeliveredTwice(inject.clone());
            return self.conflict(&moment, kind);
        }
        let planned = |added: &Added| added.delivery.tells_the_same(delivery);
        if !self.exercise.added.iter().any(planned) {
            self.name(delivery, &moment);
        }
        self.exercise.told.push(Told { moment, delivery: delivery.clone() });
    }
}
