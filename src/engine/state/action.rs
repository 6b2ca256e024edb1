//! The improvement plan of an incident, as its records add up. The last word in merged order counts;
//! words of people who had not seen each other are shown as a conflict.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ConflictKind, Moment, State};
use crate::engine::day::Day;
use crate::engine::improvement::{ActionTerms, Compared, Review};
use crate::engine::ready::Readied;
use crate::engine::record::RecordRef;
use crate::engine::text::Text;

/// One line of the improvement plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What people say: see [`crate::engine::action_code`].
    pub number: u32,
    /// Who put it on the plan, and when; its record is the action's identity.
    pub added: Moment,
    /// What is said of it now.
    pub terms: ActionTerms,
    /// The first day that was given for its completion.
    pub first_due: Option<Day>,
    /// Who says that it is done.
    pub closed: Option<Closed>,
    /// Who has seen it.
    pub verified: Option<Verified>,
    /// The newest record about it.
    pub last: RecordRef,
}

/// That an action is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// When, and who says so.
    pub moment: Moment,
    /// What shows it.
    pub evidence: Text,
    /// The playbook in which its aim reads differently.
    pub compared: Option<Compared>,
}

/// That somebody has seen that an action is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// When, and who.
    pub moment: Moment,
    /// It is the one who closed it.
    pub own_work: bool,
    /// What they saw.
    pub reason: Option<Text>,
}

/// What one record says of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Told {
    Added { number: u32, terms: ActionTerms },
    Updated(ActionTerms),
    Closed { evidence: Text, compared: Option<Compared> },
    Reopened,
    Verified { own_work: bool, reason: Option<Text> },
}

/// Everything that was said of actions, in merged order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct ActionLogs(Vec<ActionLog>);

/// Everything that was said of one action. Kept record by record because any of them may be withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ActionLog {
    id: RecordRef,
    told: Vec<(Moment, Told)>,
}

impl ActionLog {
    fn number(&self) -> Option<u32> {
        match self.told.first()? {
            (_, Told::Added { number, .. }) => Some(*number),
            (
                _,
                Told::Updated(_) | Told::Closed { .. } | Told::Reopened | Told::Verified { .. },
            ) => None,
        }
    }

    fn fold(&self, withdrawn: &BTreeSet<RecordRef>) -> Option<Action> {
        let mut all = self.told.iter().filter(|(moment, _)| !withdrawn.contains(&moment.record));
        // What is said of an action whose own record is still to come waits for it.
        let (added, Told::Added { number, terms }) = all.next()? else { return None };
        let last = self.told.last().map_or(&self.id, |(moment, _)| &moment.record).clone();
        let mut action = Action {
            number: *number,
            added: added.clone(),
            first_due: terms.due,
            terms: terms.clone(),
            closed: None,
            verified: None,
            last,
        };
        all.for_each(|(moment, told)| action.take(moment, told));
        Some(action)
    }
}

impl Action {
    fn take(&mut self, moment: &Moment, told: &Told) {
        match told {
            Told::Added { .. } => {}
            Told::Updated(change) => {
                self.terms.take(change);
                self.first_due = self.first_due.or(change.due);
            }
            Told::Closed { evidence, compared } => {
                let (moment, evidence) = (moment.clone(), evidence.clone());
                self.closed = Some(Closed { moment, evidence, compared: compared.clone() });
                self.verified = None;
            }
            Told::Reopened => (self.closed, self.verified) = (None, None),
            // Whoever verified what is open had not seen that it was opened again.
            Told::Verified { own_work, reason } => {
                let (moment, reason) = (moment.clone(), reason.clone());
                let verified = Verified { moment, own_work: *own_work, reason };
                self.verified = self.closed.is_some().then_some(verified);
            }
        }
    }
}

impl ActionLogs {
    pub(super) fn rests_on(&self, record: &RecordRef) -> bool {
        self.0.iter().flat_map(|log| &log.told).any(|(moment, _)| moment.record == *record)
    }
}

impl State {
    /// The improvement plan, in the order in which its lines came into the merged log.
    pub fn actions(&self) -> impl Iterator<Item = Action> {
        self.actions.0.iter().filter_map(|log| log.fold(&self.withdrawn))
    }

    /// The action that this record added, if it stands.
    #[must_use]
    pub fn action(&self, record: &RecordRef) -> Option<Action> {
        self.actions.0.iter().find(|log| log.id == *record)?.fold(&self.withdrawn)
    }

    /// The number that the next action gets here. None is given twice, also where one was withdrawn.
    #[must_use]
    pub fn next_action(&self) -> u32 {
        let numbers = self.actions.0.iter().filter_map(ActionLog::number);
        numbers.max().unwrap_or(0).saturating_add(1)
    }

    /// That a review was finished after the end: when, by whom, and what shows it.
    #[must_use]
    pub fn review(&self, review: Review) -> Option<(&Moment, &Text)> {
        let stands = |(moment, one, _): &&(Moment, Review, Text)| {
            *one == review && !self.withdrawn.contains(&moment.record)
        };
        self.reviews.iter().rfind(stands).map(|(moment, _, evidence)| (moment, evidence))
    }

    /// What a standing log holds, in merged order.
    pub fn readied(&self) -> impl Iterator<Item = (&Moment, &Readied)> {
        let stands = |(moment, _): &&(Moment, Readied)| !self.withdrawn.contains(&moment.record);
        self.readied.iter().filter(stands).map(|(moment, one)| (moment, one))
    }

    /// Whether a line of the plan, a review or a standing log's fact stands in this record.
    pub(super) fn improves(&self, record: &RecordRef) -> bool {
        let here = |moment: &Moment| moment.record == *record;
        self.actions.rests_on(record)
            || self.reviews.iter().any(|(moment, ..)| here(moment))
            || self.readied.iter().any(|(moment, _)| here(moment))
    }

    /// Takes in what a record says of an action; `about` is the record that added it and the newest one
    /// about it when this was decided, absent for the record that adds it.
    pub(super) fn take_action(
        &mut self,
        about: Option<(&RecordRef, &RecordRef)>,
        moment: &Moment,
        told: Told,
    ) {
        let id = about.map_or(&moment.record, |(id, _)| id);
        let place = self.actions.0.iter().position(|log| log.id == *id).unwrap_or_else(|| {
            self.actions.0.push(ActionLog { id: id.clone(), told: Vec::new() });
            self.actions.0.len() - 1
        });
        let log = &mut self.actions.0[place];
        let last = log.told.last().map(|(moment, _)| &moment.record);
        let unseen = about.is_some_and(|(_, after)| last.is_some_and(|last| last != after));
        log.told.push((moment.clone(), told));
        if let Some(number) = log.number().filter(|_| unseen) {
            self.conflict(moment, ConflictKind::ActionChangedTwice(number));
        }
    }
}
