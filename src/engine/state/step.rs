//! What was answered to each step, occurrence by occurrence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Moment, Occurrence};
use crate::engine::event::StepDone;
use crate::engine::record::RecordRef;
use crate::engine::text::Text;
use crate::engine::time::Timestamp;
use crate::playbook::{OptionId, StepId};

/// The answer to one occurrence of a step, as far as there is one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Outcome {
    /// Nothing yet.
    #[default]
    Open,
    /// Finished.
    Done {
        /// When and by whom.
        moment: Moment,
        /// What was answered.
        done: StepDone,
    },
    /// A decision was taken.
    Decided {
        /// When and by whom.
        moment: Moment,
        /// The answer.
        option: OptionId,
        /// Why.
        because: Option<Text>,
        /// Typed for a critical step.
        initials: Option<String>,
    },
    /// The approval was the whole step.
    Approved {
        /// When and by whom.
        moment: Moment,
    },
    /// It does not apply here.
    NotApplicable {
        /// When and by whom.
        moment: Moment,
        /// Why not.
        reason: Text,
    },
    /// It was tried and did not work.
    Failed {
        /// When and by whom.
        moment: Moment,
        /// What went wrong.
        reason: Text,
    },
    /// It waits.
    Deferred {
        /// When and by whom.
        moment: Moment,
        /// The new due time.
        until: Timestamp,
        /// Why.
        reason: Text,
    },
}

impl Outcome {
    /// When and by whom the answer was given.
    #[must_use]
    pub const fn moment(&self) -> Option<&Moment> {
        match self {
            Self::Open => None,
            Self::Done { moment, .. }
            | Self::Decided { moment, .. }
            | Self::Approved { moment }
            | Self::NotApplicable { moment, .. }
            | Self::Failed { moment, .. }
            | Self::Deferred { moment, .. } => Some(moment),
        }
    }

    /// The work is finished: done, decided or approved.
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        matches!(self, Self::Done { .. } | Self::Decided { .. } | Self::Approved { .. })
    }

    /// Nothing more is asked: finished or not applicable.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        self.is_finished() || matches!(self, Self::NotApplicable { .. })
    }
}

/// The occurrences of every step that somebody touched.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StepStates(BTreeMap<StepId, Vec<Occurrence>>);

impl StepStates {
    /// What was answered to a step, from occurrence 1 to the last one that anything counts of; empty
    /// if nobody touched it.
    #[must_use]
    pub fn of(&self, step: &StepId) -> &[Occurrence] {
        let all = self.0.get(step).map_or(&[][..], Vec::as_slice);
        let last = all.iter().rposition(Occurrence::is_touched);
        last.and_then(|last| all.get(..=last)).unwrap_or_default()
    }

    /// The answer to a decision, if it stands.
    #[must_use]
    pub fn decision(&self, step: &StepId) -> Option<&OptionId> {
        self.decided(step).map(|(option, _)| option)
    }

    /// The same, with when and by whom it was taken.
    #[must_use]
    pub fn decided(&self, step: &StepId) -> Option<(&OptionId, &Moment)> {
        self.of(step).iter().rev().find_map(|occurrence| match &occurrence.outcome {
            Outcome::Decided { option, moment, .. } => Some((option, moment)),
            Outcome::Open
            | Outcome::Done { .. }
            | Outcome::Approved { .. }
            | Outcome::NotApplicable { .. }
            | Outcome::Failed { .. }
            | Outcome::Deferred { .. } => None,
        })
    }

    /// Whether an answer, a beginning or an approval stands in this record.
    pub(in crate::engine) fn rests_on(&self, record: &RecordRef) -> bool {
        self.0.values().flatten().any(|occurrence| occurrence.rests_on(record))
    }

    /// Leaves out what stands in this record. Gives the occurrence that it was about, and its answers
    /// that contradict an earlier one now.
    pub(super) fn withdraw(&mut self, record: &RecordRef) -> Option<(StepId, u32, Vec<Moment>)> {
        self.0.iter_mut().find_map(|(step, all)| {
            let mut numbered = all.iter_mut().zip(1..);
            numbered.find_map(|(occurrence, number)| {
                occurrence.withdraw(record).map(|again| (step.clone(), number, again))
            })
        })
    }

    /// Makes room up to this occurrence. A hostile number cannot take more memory than
    /// [`MAX_OCCURRENCES`] entries; beyond that there is no such occurrence.
    pub(super) fn at(&mut self, step: &StepId, occurrence: u32) -> Option<&mut Occurrence> {
        let wanted =
            usize::try_from(occurrence).ok().filter(|n| (1..=MAX_OCCURRENCES).contains(n))?;
        if !self.0.contains_key(step) {
            self.0.insert(step.clone(), Vec::new());
        }
        let all = self.0.get_mut(step)?;
        if all.len() < wanted {
            all.resize_with(wanted, Occurrence::default);
        }
        all.get_mut(wanted - 1)
    }
}

/// Every quarter of an hour for 130 days is 12 480.
pub(super) const MAX_OCCURRENCES: usize = 20_000;
