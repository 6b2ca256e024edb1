//! What an incident still owes after its end: the hot wash and the after-action report. Computed, never
//! stored: the playbook's own steps say until when.

use chrono::TimeDelta;

use super::event::Mode;
use super::improvement::Review;
use super::schedule::{StepView, views};
use super::state::{Ending, Life, Moment, Outcome, State};
use super::text::Text;
use super::time::Timestamp;
use crate::playbook::Playbook;

/// How long after the end the after-action report is due where the playbook has no such step.
/// Practice of the field, not law.
pub const AFTER_ACTION_WITHIN: TimeDelta = TimeDelta::days(30);

/// How long after the end the hot wash is due where its step has no due time. Practice, not law.
pub const HOT_WASH_WITHIN: TimeDelta = TimeDelta::hours(72);

/// One review of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed<'a> {
    /// Which.
    pub review: Review,
    /// Until when.
    pub due: Timestamp,
    /// When and by whom it was finished: its step was done, or it was said after the end.
    pub finished: Option<&'a Moment>,
    /// What shows it, where it was said after the end.
    pub evidence: Option<&'a Text>,
}

/// The reviews that an incident owes: of one that was declared and is over, and of one that runs on
/// after they fell due. A false alarm owes none, nor does a standing log, nor an exercise that reality
/// broke off or that one person played alone; one that grew out of another exercise is reviewed with that
/// one. A hot wash is owed only where the playbook has a step for
/// it.
///
/// Their days are real days, also of an exercise with a clock of its own.
///
/// An answer of "not applicable" finishes no review: somebody has to have written it.
#[must_use]
pub fn reviews<'a>(book: &'a Playbook, state: &'a State, now: Timestamp) -> Vec<Reviewed<'a>> {
    let (ended, behind) = match (state.life(), state.ending()) {
        (Life::Closed, Some(Ending::Closed { moment, .. })) => {
            (Some(state.time_of(moment)), state.behind_reality(moment))
        }
        (Life::Declared, _) => (None, TimeDelta::zero()),
        (Life::Suspected | Life::FalseAlarm | Life::Closed, _) => return Vec::new(),
    };
    let exercise = state.exercise();
    let alone = exercise.started().is_some_and(|started| started.solo);
    let linked = state.opened().is_some_and(|opened| opened.linked_from.is_some());
    let part = linked && state.mode() == Mode::Exercise;
    if state.is_standing() || alone || part || exercise.interrupted().is_some() {
        return Vec::new();
    }
    let views = views(book, state, now);
    let all = Review::ALL.into_iter().filter_map(|review| {
        let view = views.iter().rfind(|view| view.step.id.as_str() == review.step());
        let late = match review {
            Review::HotWash => ended.filter(|_| view.is_some()).map(|end| end + HOT_WASH_WITHIN),
            Review::AfterAction => ended.map(|end| end + AFTER_ACTION_WITHIN),
        };
        let due = view.and_then(|view| view.due).or(late)? + behind;
        let said = state.review(review);
        let finished = view.and_then(done).or(said.map(|(moment, _)| moment));
        let owed = ended.is_some() || due < now;
        let evidence = said.map(|(_, evidence)| evidence);
        owed.then_some(Reviewed { review, due, finished, evidence })
    });
    all.collect()
}

fn done<'a>(view: &StepView<'a>) -> Option<&'a Moment> {
    match &view.answer.outcome {
        Outcome::Done { moment, .. }
        | Outcome::Decided { moment, .. }
        | Outcome::Approved { moment } => Some(moment),
        Outcome::Open
        | Outcome::NotApplicable { .. }
        | Outcome::Failed { .. }
        | Outcome::Deferred { .. } => None,
    }
}
