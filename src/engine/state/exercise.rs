//! What the records of an exercise add up to beyond those of an incident: injects, observations,
//! ratings, the clock, and who plays.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{ConflictKind, Ending, Moment, State, Tenure};
use crate::engine::event::{Event, Mode};
use crate::engine::exercise::{ClockSetting, Delivery, ExerciseClock, ExerciseStarted, Speed};
use crate::engine::intent::Intent;
use crate::engine::names::same_name;
use crate::engine::record::{Hlc, Record};
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
    last_of: BTreeMap<Person, Hlc>,
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

    /// The facilitator's own injects, delivered or not, in the order of the log.
    #[must_use]
    pub fn added(&self) -> &[Added] {
        &self.added
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

    /// That a real outage ended it, and which.
    #[must_use]
    pub fn interrupted(&self) -> Option<(&Moment, &Text)> {
        self.interrupted.as_ref().map(|(moment, reason)| (moment, reason))
    }

    /// Whether somebody has held a role or worked on a step here, however the name is typed.
    #[must_use]
    pub fn is_player(&self, person: &Person) -> bool {
        self.players.iter().any(|player| same_name(player, person))
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

    /// What the players were told since this person recorded something last; everything for whoever
    /// has recorded nothing.
    #[must_use]
    pub fn new_to(&self, person: &Person) -> Vec<&Told> {
        self.told_after(self.last_of(person)).collect()
    }

    /// The logical time of this person's last record; the beginning of time where there is none.
    #[must_use]
    pub fn last_of(&self, person: &Person) -> Hlc {
        self.last_of.get(person).copied().unwrap_or_default()
    }

    /// What the players were told after this logical time.
    pub fn told_after(&self, last: Hlc) -> impl Iterator<Item = &Told> {
        self.told.iter().filter(move |told| told.moment.hlc > last)
    }

    /// Whether this person has recorded anything.
    #[must_use]
    pub fn has_acted(&self, person: &Person) -> bool {
        self.last_of.contains_key(person)
    }
}

impl State {
    /// What the records of an exercise add up to beyond those of an incident; empty for a live one.
    #[must_use]
    pub const fn exercise(&self) -> &ExerciseState {
        &self.exercise
    }

    /// The time that counts here at this real time: what the exercise's own clock shows where it has
    /// one. It stands still once the exercise is over, and never shows less than the last record: not
    /// where the machine's clock is set back, and not where another machine's is behind.
    #[must_use]
    pub fn now(&self, real: Timestamp) -> Timestamp {
        let Some(clock) = self.exercise.clock else { return real };
        match &self.ending {
            Some(Ending::Closed { moment, .. } | Ending::FalseAlarm { moment, .. }) => {
                moment.recorded
            }
            None => Some(clock.at(real)).max(self.last).unwrap_or(real),
        }
    }

    /// The time that counts for what somebody wants to record at this real time.
    #[must_use]
    pub fn now_for(&self, intent: &Intent, real: Timestamp) -> Timestamp {
        if intent.is_of_plan() { real } else { self.now(real) }
    }

    /// How much later something was in reality than on the exercise's own clock; nothing where that is
    /// the real one. By the logical time of the record, which keeps up with the real one.
    #[must_use]
    pub fn behind_reality(&self, moment: &Moment) -> TimeDelta {
        let real = self.exercise.clock.and_then(|_| Timestamp::from_millis(moment.hlc.0));
        real.map_or(TimeDelta::zero(), |real| real - moment.recorded)
    }

    /// Who acts in an exercise, and when last.
    pub(super) fn take_player(&mut self, record: &Record, event: &Event) {
        if self.mode() != Mode::Exercise {
            return;
        }
        if let Event::RoleAssigned { person, .. } | Event::RoleHandedOver { to: person, .. } = event
        {
            self.exercise.players.insert(person.clone());
        }
        let Some(person) = &record.stamp.actor.person else { return };
        if event.occurrence().is_some() {
            self.exercise.players.insert(person.clone());
        }
        self.exercise.last_of.insert(person.clone(), record.stamp.hlc);
    }

    /// Events of an exercise; the others have been dealt with by the caller.
    pub(super) fn take_exercise(&mut self, event: &Event, moment: Moment, real: Timestamp) {
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
                exercise.added.push(Added { moment, delivery: (**delivery).clone() });
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
                exercise.haste.take(setting, real);
                exercise.clock = Some(match exercise.clock {
                    Some(clock) => clock.set(real, *setting),
                    None => ExerciseClock::new(real, *setting),
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

    fn deliver(&mut self, delivery: &Delivery, moment: Moment) {
        let inject = &delivery.inject;
        self.exercise.held.retain(|held| held.inject != *inject);
        self.exercise.skipped.retain(|skipped| skipped.inject != *inject);
        if self.exercise.delivered(inject).is_some() {
            let kind = ConflictKind::DeliveredTwice(inject.clone());
            return self.conflict(&moment, kind);
        }
        self.exercise.told.push(Told { moment, delivery: delivery.clone() });
    }
}
