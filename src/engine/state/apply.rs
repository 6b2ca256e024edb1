//! The fold. Total: an impossible pair becomes a conflict, never a crash and never silence.
//! Live work, resuming, merging, reporting and verifying all go through [`State::apply`].

use super::action::Told;
use super::{
    Conflict, ConflictKind, Correction, Ending, KeyUse, Marked, Moment, Outcome, State, Tenure,
};
use crate::engine::event::Event;
use crate::engine::record::{Fact, Record, Stamp};
use crate::engine::service::holds_for_all;
use crate::engine::text::Person;
use crate::playbook::{Mark, RoleId, ServiceId, StepId};

impl State {
    /// Takes one record in. Records come in merged order (hlc, writer, seq).
    pub fn apply(&mut self, record: &Record) {
        self.take_stamp(record);
        self.take_people(record);
        let moment = Moment {
            at: record.effective(),
            recorded: record.recorded(),
            by: record.stamp.actor.person.clone(),
            record: record.at.clone(),
            hlc: record.stamp.hlc,
        };
        self.take_clock(record, &moment);
        self.take_reader(record);
        match &record.fact {
            Fact::Newer(_) => self.newer.push(record.at.clone()),
            Fact::Known(event) => {
                self.take_key(record, event, &moment);
                self.take_player(record, event);
                self.take_event(event, moment, &record.stamp);
            }
        }
    }

    fn take_stamp(&mut self, record: &Record) {
        self.clock = self.clock.max(record.stamp.hlc);
        if record.stamp.exercise_time.is_some() || self.exercise.clock().is_none() {
            self.last = self.last.max(Some(record.recorded()));
        }
        match self.heads.iter_mut().find(|head| head.writer == record.at.writer) {
            Some(head) => *head = record.at.clone(),
            None => self.heads.push(record.at.clone()),
        }
    }

    fn take_people(&mut self, record: &Record) {
        let named = match &record.fact {
            Fact::Known(event) => event.people(),
            Fact::Newer(_) => Vec::new(),
        };
        let typed = record.stamp.actor.person.iter().chain(&record.stamp.scribe);
        for person in named.into_iter().chain(typed) {
            if !self.people.contains(person) {
                self.people.insert(person.clone());
            }
        }
    }

    fn take_key(&mut self, record: &Record, event: &Event, moment: &Moment) {
        let Some(key) = &record.stamp.key else { return };
        let known = self.key(key).map(|used| used.event == *event);
        match known {
            None => {
                let used = KeyUse { moment: moment.clone(), event: event.clone() };
                self.keys.insert(key.clone(), used);
            }
            Some(true) => {}
            Some(false) => self.conflict(moment, ConflictKind::KeyUsedTwice(key.clone())),
        }
    }

    fn take_event(&mut self, event: &Event, moment: Moment, stamp: &Stamp) {
        if self.was_withdrawn(event, &moment) {
            return self.leave_out(event);
        }
        if self.ending.is_some() && !allowed_after_end(event) {
            self.conflict(&moment, ConflictKind::AfterEnd);
        }
        match event {
            Event::IncidentOpened(opened) => match self.opened {
                None => {
                    self.opened = Some((moment, opened.clone()));
                    self.opened_really = Some(stamp.wall);
                }
                Some(_) => self.conflict(&moment, ConflictKind::OpenedTwice),
            },
            Event::IncidentDeclared {} => match self.declared {
                None => self.declared = Some(moment),
                Some(_) => self.conflict(&moment, ConflictKind::DeclaredTwice),
            },
            Event::FalseAlarmDeclared { reason } => {
                self.end(Ending::FalseAlarm { moment, reason: reason.clone() });
            }
            Event::IncidentClosed { anyway, missing } => self.end(Ending::Closed {
                moment,
                anyway: anyway.clone(),
                missing: missing.clone(),
            }),
            Event::IncidentClassified { cause, services, scope } => {
                let known = &mut self.classification;
                known.cause = cause.clone().or(known.cause.take());
                known.scope = scope.clone().or(known.scope.take());
                if !services.is_empty() {
                    known.services.clone_from(services);
                }
            }
            Event::MilestoneMarked { mark, service } => {
                self.take_mark(*mark, service.as_ref(), moment);
            }
            Event::RoleAssigned { role, person, deputy } => {
                self.take_role(role, person, *deputy, moment);
            }
            Event::RoleReleased { role, person } => self.release(role, person, &moment),
            Event::RoleHandedOver { role, from, to, note: _, confirmed: _ } => {
                for person in from {
                    self.release(role, person, &moment);
                }
                self.take_role(role, to, false, moment);
            }
            Event::StepBegun { .. }
            | Event::StepDone(_)
            | Event::StepSkipped { .. }
            | Event::StepFailed { .. }
            | Event::StepDeferred { .. }
            | Event::StepReopened { .. }
            | Event::DecisionTaken { .. }
            | Event::StepApproved { .. } => self.take_step(event, moment),
            Event::RecordCorrected { target, note: _, occurred } => {
                self.corrections.push(Correction { target: target.clone(), occurred: *occurred });
            }
            Event::RecordWithdrawn { target, reason: _ } => {
                self.withdraw(target, &moment);
            }
            Event::FindingNoted(finding) => self.found.findings.push((moment, (**finding).clone())),
            Event::ReportFieldSet { field, text } => {
                self.found.fields.push((moment, *field, text.clone()));
            }
            Event::ExerciseStarted(_)
            | Event::InjectDelivered(_)
            | Event::InjectAdded(_)
            | Event::InjectHeld { .. }
            | Event::InjectSkipped { .. }
            | Event::ObservationNoted { .. }
            | Event::ObjectiveRated { .. }
            | Event::ExerciseClockSet(_)
            | Event::ExerciseInterrupted { .. } => {
                self.take_exercise(event, moment, stamp);
            }
            Event::ActionAdded { .. }
            | Event::ActionUpdated { .. }
            | Event::ActionClosed { .. }
            | Event::ActionReopened { .. }
            | Event::ActionVerified { .. } => self.take_plan(event, &moment),
            Event::ReviewFinished { review, evidence } => {
                self.reviews.push((moment, *review, evidence.clone()));
            }
            Event::ReadinessRecorded(readied) => self.readied.push((moment, (**readied).clone())),
            Event::IncidentEscalated { .. }
            | Event::NoteAdded { .. }
            | Event::SiteChanged { .. }
            | Event::ClockJumped { .. }
            | Event::TailRecovered { .. }
            | Event::WriterContinued { .. } => {}
        }
    }

    /// Events about the improvement plan; the others have been dealt with by the caller.
    fn take_plan(&mut self, event: &Event, moment: &Moment) {
        match event {
            Event::ActionAdded { number, terms } => {
                let told = Told::Added { number: *number, terms: (**terms).clone() };
                self.take_action(None, moment, told);
            }
            Event::ActionUpdated { action, after, change, number: _ } => {
                self.take_action(Some((action, after)), moment, Told::Updated((**change).clone()));
            }
            Event::ActionClosed { action, after, evidence, compared, number: _ } => {
                let (evidence, compared) = (evidence.clone(), compared.as_deref().cloned());
                self.take_action(
                    Some((action, after)),
                    moment,
                    Told::Closed { evidence, compared },
                );
            }
            Event::ActionReopened { action, after, reason: _, number: _ } => {
                self.take_action(Some((action, after)), moment, Told::Reopened);
            }
            Event::ActionVerified { action, after, own_work, reason, number: _ } => {
                let told = Told::Verified { own_work: *own_work, reason: reason.clone() };
                self.take_action(Some((action, after)), moment, told);
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
            | Event::FindingNoted(_)
            | Event::ReportFieldSet { .. }
            | Event::ReviewFinished { .. }
            | Event::ReadinessRecorded(_)
            | Event::SiteChanged { .. }
            | Event::ClockJumped { .. }
            | Event::TailRecovered { .. }
            | Event::WriterContinued { .. }
            | Event::ExerciseStarted(_)
            | Event::InjectDelivered(_)
            | Event::InjectAdded(_)
            | Event::InjectHeld { .. }
            | Event::InjectSkipped { .. }
            | Event::ObservationNoted { .. }
            | Event::ObjectiveRated { .. }
            | Event::ExerciseClockSet(_)
            | Event::ExerciseInterrupted { .. } => {}
        }
    }

    /// Events about steps; the others have been dealt with by the caller.
    fn take_step(&mut self, event: &Event, moment: Moment) {
        match event {
            Event::StepBegun { step, occurrence } => match self.steps.at(step, *occurrence) {
                Some(slot) => slot.begin(moment),
                None => self.no_occurrence(&moment, step, *occurrence),
            },
            Event::StepDone(done) => {
                self.reach(done.milestone, &moment);
                let outcome = Outcome::Done { moment, done: done.clone() };
                self.answer(&done.step, done.occurrence, outcome);
            }
            Event::StepSkipped { step, occurrence, reason } => {
                let outcome = Outcome::NotApplicable { moment, reason: reason.clone() };
                self.answer(step, *occurrence, outcome);
            }
            Event::StepFailed { step, occurrence, reason } => {
                let outcome = Outcome::Failed { moment, reason: reason.clone() };
                self.answer(step, *occurrence, outcome);
            }
            Event::StepDeferred { step, occurrence, until, reason } => {
                let outcome = Outcome::Deferred { moment, until: *until, reason: reason.clone() };
                self.answer(step, *occurrence, outcome);
            }
            Event::StepReopened { step, occurrence, reason: _ } => {
                match self.steps.at(step, *occurrence) {
                    Some(slot) => slot.reopen(moment),
                    None => self.no_occurrence(&moment, step, *occurrence),
                }
            }
            Event::DecisionTaken { step, occurrence, option, because, initials, milestone } => {
                self.reach(*milestone, &moment);
                let (option, because) = (option.clone(), because.clone());
                let initials = initials.clone();
                let outcome = Outcome::Decided { moment, option, because, initials };
                self.answer(step, *occurrence, outcome);
            }
            Event::StepApproved {
                step,
                occurrence,
                own_work,
                reason: _,
                initials: _,
                milestone,
            } => {
                self.reach(*milestone, &moment);
                self.approve(step, *occurrence, *own_work, moment);
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
            | Event::NoteAdded { .. }
            | Event::FindingNoted(_)
            | Event::ReportFieldSet { .. }
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
            | Event::ClockJumped { .. }
            | Event::TailRecovered { .. }
            | Event::WriterContinued { .. }
            | Event::ExerciseStarted(_)
            | Event::InjectDelivered(_)
            | Event::InjectAdded(_)
            | Event::InjectHeld { .. }
            | Event::InjectSkipped { .. }
            | Event::ObservationNoted { .. }
            | Event::ObjectiveRated { .. }
            | Event::ExerciseClockSet(_)
            | Event::ExerciseInterrupted { .. } => {}
        }
    }

    fn answer(&mut self, step: &StepId, occurrence: u32, outcome: Outcome) {
        let Some(moment) = outcome.moment().cloned() else { return };
        let Some(slot) = self.steps.at(step, occurrence) else {
            return self.no_occurrence(&moment, step, occurrence);
        };
        if slot.answer(outcome) {
            self.conflict(&moment, ConflictKind::AnsweredTwice(step.clone(), occurrence));
        }
    }

    fn approve(&mut self, step: &StepId, occurrence: u32, own_work: bool, moment: Moment) {
        match self.steps.at(step, occurrence) {
            Some(slot) => slot.approve(moment, own_work),
            None => self.no_occurrence(&moment, step, occurrence),
        }
    }

    fn reach(&mut self, milestone: Option<Mark>, moment: &Moment) {
        let Some(mark) = milestone else { return };
        // A step may reach a milestone that somebody marked by hand before: no contradiction.
        self.marks.push(Marked { mark, service: None, moment: moment.clone() });
    }

    fn take_mark(&mut self, mark: Mark, service: Option<&ServiceId>, moment: Moment) {
        let known = self.marks.iter().any(|marked| marked.mark == mark);
        let again = mark == Mark::StoodDown && holds_for_all(self, mark).is_none();
        let twice = known && !mark.per_service() && !again;
        if twice {
            self.conflict(&moment, ConflictKind::MarkedTwice(mark));
        }
        self.marks.push(Marked { mark, service: service.cloned(), moment });
    }

    fn take_role(&mut self, role: &RoleId, person: &Person, deputy: bool, moment: Moment) {
        let now = moment.clone();
        let held = |t: &Tenure| t.role == *role && t.person == *person && t.to.is_none();
        if let Some(at) = self.tenures.iter().position(|t| held(t) && t.deputy == deputy) {
            // What was on paper may tell only now that they had it earlier.
            if self.time_of(&moment) < self.time_of(&self.tenures[at].from) {
                self.tenures[at].from = moment;
            }
            return;
        }
        self.tenures.iter_mut().filter(|t| held(t)).for_each(|t| t.to = Some(now.clone()));
        let (role, person) = (role.clone(), person.clone());
        self.tenures.push(Tenure { role, person, deputy, from: moment, to: None });
    }

    fn release(&mut self, role: &RoleId, person: &Person, moment: &Moment) {
        let held = |t: &&mut Tenure| t.role == *role && t.person == *person && t.to.is_none();
        if let Some(tenure) = self.tenures.iter_mut().find(held) {
            tenure.to = Some(moment.clone());
        } else {
            self.conflict(moment, ConflictKind::NotHeld(role.clone(), person.clone()));
        }
    }

    pub(super) fn end(&mut self, ending: Ending) {
        let (Ending::Closed { moment, .. } | Ending::FalseAlarm { moment, .. }) = &ending;
        if self.ending.is_some() {
            let moment = moment.clone();
            self.conflict(&moment, ConflictKind::EndedTwice);
        } else {
            self.ending = Some(ending);
        }
    }

    fn no_occurrence(&mut self, moment: &Moment, step: &StepId, occurrence: u32) {
        self.conflict(moment, ConflictKind::NoSuchOccurrence(step.clone(), occurrence));
    }

    pub(super) fn conflict(&mut self, moment: &Moment, kind: ConflictKind) {
        self.conflicts.push(Conflict::new(moment, kind));
    }
}

/// After the end only notes, corrections, late marks, what a review finds and the improvement plan are
/// taken, and an exercise is judged; what the journal says of itself (repairs, continuations, clock
/// jumps) may come at any time.
fn allowed_after_end(event: &Event) -> bool {
    match event {
        Event::NoteAdded { .. }
        | Event::FindingNoted(_)
        | Event::ReportFieldSet { .. }
        | Event::RecordCorrected { .. }
        | Event::RecordWithdrawn { .. }
        | Event::MilestoneMarked { .. }
        | Event::ActionAdded { .. }
        | Event::ActionUpdated { .. }
        | Event::ActionClosed { .. }
        | Event::ActionReopened { .. }
        | Event::ActionVerified { .. }
        | Event::ReviewFinished { .. }
        | Event::ClockJumped { .. }
        | Event::TailRecovered { .. }
        | Event::WriterContinued { .. }
        | Event::FalseAlarmDeclared { .. }
        | Event::IncidentClosed { .. }
        | Event::ObservationNoted { .. }
        | Event::ObjectiveRated { .. }
        | Event::ExerciseInterrupted { .. } => true,
        Event::IncidentOpened(_)
        | Event::IncidentDeclared {}
        | Event::IncidentClassified { .. }
        | Event::IncidentEscalated { .. }
        | Event::RoleAssigned { .. }
        | Event::RoleReleased { .. }
        | Event::RoleHandedOver { .. }
        | Event::SiteChanged { .. }
        | Event::StepBegun { .. }
        | Event::StepDone(_)
        | Event::StepSkipped { .. }
        | Event::StepFailed { .. }
        | Event::StepDeferred { .. }
        | Event::StepReopened { .. }
        | Event::DecisionTaken { .. }
        | Event::StepApproved { .. }
        | Event::ExerciseStarted(_)
        | Event::InjectDelivered(_)
        | Event::InjectAdded(_)
        | Event::InjectHeld { .. }
        | Event::InjectSkipped { .. }
        | Event::ExerciseClockSet(_)
        | Event::ReadinessRecorded(_) => false,
    }
}
