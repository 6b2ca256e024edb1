//! When work is asked for, and asked for again. What restored or verified a service is taken back by a
//! relapse: the work that rests on it has to be done anew once the service is back.

use super::schedule::{StepView, phase_opened};
use super::service::{Dated, Stretch, stretches_held};
use super::state::State;
use super::time::Timestamp;
use crate::playbook::{Mark, Opening, Phase, Step};

/// When a phase was open, and what a relapse makes of the answers in it.
pub(super) struct Openings<'a> {
    /// By the clock there is one, without an end; by an event, one for each time that it came.
    stretches: Vec<Stretch>,
    by_event: bool,
    relapses: &'a [Dated],
}

impl<'a> Openings<'a> {
    pub(super) fn of(state: &State, phase: &Phase, relapses: &'a [Dated]) -> Self {
        match phase.opening {
            Opening::Window { .. } => {
                let opened = phase_opened(state, phase).map(|from| (from, None));
                Self { stretches: opened.into_iter().collect(), by_event: false, relapses }
            }
            Opening::On(mark) => {
                Self { stretches: stretches_held(state, mark), by_event: true, relapses }
            }
        }
    }

    /// The opening that an answer of this moment belongs to; of one that was given early, the next one.
    pub(super) fn at(&self, at: Timestamp) -> Option<Timestamp> {
        self.after(None, at)
    }

    /// Since when a step that was settled at this moment is asked for again, as seen at `at`.
    ///
    /// In a phase that an event opens: since the event came back after the next relapse. Elsewhere only
    /// a step that reaches a milestone which a relapse takes back: since the relapse.
    pub(super) fn again(&self, step: &Step, settled: Dated, at: Timestamp) -> Option<Timestamp> {
        let after = self.relapses.iter().filter(|relapse| relapse.comes_after(&settled));
        let relapse = after.map(|relapse| relapse.at).min()?;
        if self.by_event {
            return self.after(Some(relapse), at);
        }
        step.milestone.filter(|mark| is_taken_back(*mark)).map(|_| relapse)
    }

    fn after(&self, relapse: Option<Timestamp>, at: Timestamp) -> Option<Timestamp> {
        let wanted =
            |(from, _): &&Stretch| relapse.is_none_or(|relapse| from.minute() >= relapse.minute());
        let open = |(from, to): &&Stretch| *from <= at && to.is_none_or(|to| at < to);
        let all = || self.stretches.iter().filter(wanted);
        let now = all().filter(open).map(|(from, _)| *from).min();
        now.or_else(|| all().map(|(from, _)| *from).filter(|from| *from > at).min())
    }
}

/// The turns of a step that were there at this moment: what was done before it was asked for again is
/// about the turn before, whenever it is written down.
pub(in crate::engine) fn turns_at<'v, 'a>(
    turns: &'v [StepView<'a>],
    at: Timestamp,
) -> &'v [StepView<'a>] {
    match turns {
        [before @ .., last] if last.again.is_some_and(|since| at.minute() < since.minute()) => {
            before
        }
        _ => turns,
    }
}

/// Whether a relapse takes this milestone back.
const fn is_taken_back(mark: Mark) -> bool {
    match mark {
        Mark::Restored | Mark::Verified | Mark::StoodDown => true,
        Mark::Onset
        | Mark::Detected
        | Mark::Acknowledged
        | Mark::Declared
        | Mark::FirstOutreach
        | Mark::FirstReached
        | Mark::Relapsed => false,
    }
}
