//! What was recorded by mistake. The record stays; the fold goes on as if its fact were not there,
//! whether the withdrawal comes before or after it in the merged order.

use super::{Conflict, ConflictKind, Moment, State};
use crate::engine::event::Event;
use crate::engine::record::RecordRef;
use crate::playbook::StepId;

impl State {
    /// Whether this fact was withdrawn before it came. Only what is said of steps and milestones and
    /// what a review found or an evaluator judged is ever left out: the others are facts that the rest of the log stands on.
    pub(super) fn was_withdrawn(&self, event: &Event, moment: &Moment) -> bool {
        let fits = event.occurrence().is_some()
            || matches!(
                event,
                Event::MilestoneMarked { .. }
                    | Event::FindingNoted(_)
                    | Event::ReportFieldSet { .. }
                    | Event::ObservationNoted { .. }
                    | Event::ObjectiveRated { .. }
            );
        fits && self.withdrawn.contains(&moment.record)
    }

    /// The place of work that does not count.
    pub(super) fn leave_out(&mut self, event: &Event) {
        let work = matches!(event, Event::StepDone(_) | Event::DecisionTaken { .. });
        if let Some((step, occurrence)) = event.occurrence().filter(|_| work)
            && let Some(slot) = self.steps.at(step, occurrence)
        {
            slot.leave_out_work();
        }
    }

    /// Takes the fact of one record out again. Where the record is still to come, its fact is left out
    /// when it does.
    pub(super) fn withdraw(&mut self, target: &RecordRef, moment: &Moment) {
        if !self.withdrawn.insert(target.clone()) || !self.has_come(target) {
            return;
        }
        self.found.withdraw(target);
        self.exercise.withdraw(target);
        let answered = self.steps.withdraw(target);
        let marked = self.marks.len();
        self.marks.retain(|marked| marked.moment.record != *target);
        let nowhere = |c: &Conflict| matches!(c.kind, ConflictKind::NoSuchOccurrence(..));
        let of_target = |c: &&Conflict| c.record == *target;
        // What the improvement plan says without the record is found when it is asked for.
        let improved = self.improves(target);
        let unmarked = self.marks.len() < marked;
        let unplaced = self.conflicts.iter().filter(of_target).any(nowhere);
        if answered.is_none() && !unmarked && !improved && !unplaced {
            return;
        }
        let after_end = |c: &Conflict| c.kind == ConflictKind::AfterEnd;
        let came_late = self.conflicts.iter().filter(of_target).any(after_end);
        // The key was used, whatever becomes of the fact.
        let of_key = |c: &Conflict| matches!(c.kind, ConflictKind::KeyUsedTwice(_));
        self.conflicts.retain(|c| c.record != *target || of_key(c));
        self.first_marks_stand_alone();
        if let Some((step, occurrence, again)) = answered {
            self.answered_again(&step, occurrence, &again);
            if self.ending.is_some() && !came_late {
                self.conflict(moment, ConflictKind::AfterEnd);
            }
        }
    }

    fn has_come(&self, target: &RecordRef) -> bool {
        self.head(&target.writer).is_some_and(|head| head.seq >= target.seq)
    }

    /// Where the first of two marks is gone, the second one is the first.
    fn first_marks_stand_alone(&mut self) {
        let marks = &self.marks;
        self.conflicts.retain(|conflict| match &conflict.kind {
            ConflictKind::MarkedTwice(mark) => {
                let first = marks.iter().find(|marked| marked.mark == *mark);
                first.is_none_or(|first| first.moment.record != conflict.record)
            }
            ConflictKind::OpenedTwice
            | ConflictKind::DeclaredTwice
            | ConflictKind::EndedTwice
            | ConflictKind::AfterEnd
            | ConflictKind::AnsweredTwice(..)
            | ConflictKind::NoSuchOccurrence(..)
            | ConflictKind::NotHeld(..)
            | ConflictKind::KeyUsedTwice(_)
            | ConflictKind::OfExercise
            | ConflictKind::DeliveredTwice(_)
            | ConflictKind::NamedTwice(_)
            | ConflictKind::ClockAhead(_)
            | ConflictKind::ActionChangedTwice(_) => true,
        });
    }

    /// These answers, and no others, contradict an earlier one of the same occurrence.
    fn answered_again(&mut self, step: &StepId, occurrence: u32, again: &[Moment]) {
        let kind = ConflictKind::AnsweredTwice(step.clone(), occurrence);
        self.conflicts.retain(|conflict| conflict.kind != kind);
        for moment in again {
            let conflict = Conflict::new(moment, kind.clone());
            let at = self.conflicts.partition_point(|known| known.place() <= conflict.place());
            self.conflicts.insert(at, conflict);
        }
    }
}
