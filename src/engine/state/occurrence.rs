//! One occurrence of a step: what was said of it, record by record, and what that comes to.
//!
//! The records are kept in merged order because any of them may be withdrawn later. What is shown is
//! played from them anew then, so that what stood before the withdrawn record stands again.

use serde::{Deserialize, Serialize, Serializer};

use super::{Moment, Outcome};
use crate::engine::record::RecordRef;
use crate::engine::time::Timestamp;

/// What one record says of an occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Told {
    Begun(Moment),
    Answered(Outcome),
    Reopened(Moment),
    /// With the answer that it was given to; absent = it is the step, and not about somebody's work.
    Approved(Moment, bool, Option<RecordRef>),
    /// Finished work that was withdrawn. It stays as a mark: an approval that comes after it, from a
    /// machine that had not heard of the withdrawal, was given to that work and finishes nothing.
    Undone,
    /// An approval that went with the work it was given to. It says nothing any more, but its record is
    /// still here: it may be withdrawn itself, before the work or after it, with the same result.
    Moot(Moment),
}

impl Told {
    const fn moment(&self) -> Option<&Moment> {
        match self {
            Self::Begun(moment)
            | Self::Reopened(moment)
            | Self::Approved(moment, ..)
            | Self::Moot(moment) => Some(moment),
            Self::Answered(outcome) => outcome.moment(),
            Self::Undone => None,
        }
    }

    fn stands_in(&self, record: &RecordRef) -> bool {
        // The number first: it alone tells most records apart, and all of them are looked through.
        self.moment().is_some_and(|m| m.record.seq == record.seq && m.record == *record)
    }
}

/// One occurrence of a step. Written down as its records; the rest is played from them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "Vec<Told>")]
pub struct Occurrence {
    /// The answer.
    pub outcome: Outcome,
    /// The due time that a deferral gave it, also once it is answered.
    pub put_off: Option<Timestamp>,
    /// Since when somebody works on it.
    pub begun: Option<Moment>,
    /// Who agreed, and whether it was to their own work.
    pub approvals: Vec<(Moment, bool)>,
    undone: bool,
    told: Vec<Told>,
}

impl From<Vec<Told>> for Occurrence {
    fn from(told: Vec<Told>) -> Self {
        let mut occurrence = Self { told, ..Self::UNTOUCHED };
        occurrence.replay();
        occurrence
    }
}

impl Serialize for Occurrence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.told.serialize(serializer)
    }
}

impl Occurrence {
    /// Nobody said anything of it.
    pub(in crate::engine) const UNTOUCHED: Self = Self {
        outcome: Outcome::Open,
        put_off: None,
        begun: None,
        approvals: Vec::new(),
        undone: false,
        told: Vec::new(),
    };

    pub(super) fn begin(&mut self, moment: Moment) {
        self.take(Told::Begun(moment));
    }

    /// Whether the answer contradicts the one that stood.
    pub(super) fn answer(&mut self, outcome: Outcome) -> bool {
        self.take(Told::Answered(outcome))
    }

    pub(super) fn reopen(&mut self, moment: Moment) {
        self.take(Told::Reopened(moment));
    }

    pub(super) fn approve(&mut self, moment: Moment, own_work: bool) {
        let answered =
            self.outcome.is_settled() && !matches!(self.outcome, Outcome::Approved { .. });
        let work = self.outcome.moment().filter(|_| answered).map(|work| work.record.clone());
        self.take(Told::Approved(moment, own_work, work));
    }

    /// Work that was withdrawn before its record came.
    pub(super) fn leave_out_work(&mut self) {
        self.take(Told::Undone);
    }

    /// Whether anything that was said of it still counts.
    pub(super) fn is_touched(&self) -> bool {
        let counts =
            |told: &Told| !matches!(told, Told::Undone | Told::Approved(..) | Told::Moot(_));
        !self.approvals.is_empty() || self.told.iter().any(counts)
    }

    /// Whether an answer, a beginning or an approval stands in this record.
    pub(super) fn rests_on(&self, record: &RecordRef) -> bool {
        let can_go = |told: &&Told| !matches!(told, Told::Reopened(_) | Told::Moot(_));
        self.told.iter().filter(can_go).any(|told| told.stands_in(record))
    }

    /// Goes on as if this record had said nothing, and as if nobody had approved what it says.
    /// Gives the answers that contradict an earlier one now; nothing where the record is not here.
    pub(super) fn withdraw(&mut self, record: &RecordRef) -> Option<Vec<Moment>> {
        let at = self.told.iter().position(|told| told.stands_in(record))?;
        match &mut self.told[at] {
            Told::Answered(outcome) if outcome.is_finished() => self.told[at] = Told::Undone,
            _ => drop(self.told.remove(at)),
        }
        for told in &mut self.told {
            if let Told::Approved(moment, _, Some(to)) = told
                && to == record
            {
                *told = Told::Moot(moment.clone());
            }
        }
        Some(self.replay())
    }

    fn take(&mut self, told: Told) -> bool {
        let contradicts = self.play(&told);
        self.told.push(told);
        contradicts
    }

    /// From nothing, through all that is kept, to the answers that contradict an earlier one.
    fn replay(&mut self) -> Vec<Moment> {
        let told = std::mem::take(&mut self.told);
        *self = Self::UNTOUCHED;
        let again = told.iter().filter(|told| self.play(told)).filter_map(Told::moment);
        let again = again.cloned().collect();
        self.told = told;
        again
    }

    /// Whether it is an answer that contradicts the one that stood.
    fn play(&mut self, told: &Told) -> bool {
        match told {
            Told::Begun(moment) => self.play_begin(moment),
            Told::Answered(outcome) => return self.play_answer(outcome),
            Told::Reopened(_) => {
                let told = std::mem::take(&mut self.told);
                *self = Self { told, ..Self::UNTOUCHED };
            }
            Told::Approved(moment, own_work, _) => self.play_approval(moment, *own_work),
            Told::Undone => self.undone = true,
            Told::Moot(_) => {}
        }
        false
    }

    fn play_begin(&mut self, moment: &Moment) {
        if matches!(self.outcome, Outcome::Failed { .. } | Outcome::Deferred { .. }) {
            // The next try begins anew; a deferral's due time stays.
            self.outcome = Outcome::Open;
            self.begun = Some(moment.clone());
        } else if self.begun.is_none() {
            // The first one to begin counts; a second helper is no contradiction.
            self.begun = Some(moment.clone());
        }
    }

    fn play_answer(&mut self, outcome: &Outcome) -> bool {
        // Not applicable is an opinion of the hour: to do it after all contradicts nothing.
        let opinion = |outcome: &Outcome| matches!(outcome, Outcome::NotApplicable { .. });
        let twice = self.outcome.is_finished() || (opinion(&self.outcome) && opinion(outcome));
        if let Outcome::Deferred { until, .. } = outcome {
            self.put_off = Some(*until);
        }
        self.outcome = outcome.clone();
        twice
    }

    fn play_approval(&mut self, moment: &Moment, own_work: bool) {
        if !self.outcome.is_settled() {
            if self.undone {
                return;
            }
            self.outcome = Outcome::Approved { moment: moment.clone() };
        }
        self.approvals.push((moment.clone(), own_work));
    }
}
