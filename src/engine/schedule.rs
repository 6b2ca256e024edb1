//! What is due when, and what is open at all: the playbook held against the state at one moment.

use chrono::TimeDelta;
use serde::Serialize;

use super::opening::Openings;
use super::service::{Dated, holds_for_all, holds_for_any, relapses};
use super::state::{Life, Moment, Occurrence, Outcome, State};
use super::time::Timestamp;
use crate::playbook::{Due, Mark, Opening, OptionId, Phase, Playbook, Repeat, Step, StepId};

/// The status of one occurrence of a step, as every table and file names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has answered it.
    Open,
    /// Somebody works on it.
    Begun,
    /// Finished.
    Done,
    /// Does not apply here.
    NotApplicable,
    /// Tried, did not work, and wants another try.
    Failed,
    /// Waits until a later time.
    Deferred,
    /// A decision closed it, or has not opened it yet.
    Closed,
}

impl Status {
    /// The word as it stands in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Begun => "begun",
            Self::Done => "done",
            Self::NotApplicable => "not_applicable",
            Self::Failed => "failed",
            Self::Deferred => "deferred",
            Self::Closed => "closed",
        }
    }

    /// Somebody still has to do something.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::Open | Self::Begun | Self::Failed | Self::Deferred)
    }
}

/// Whether the decisions so far ask for a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate<'a> {
    /// It is asked for.
    Open,
    /// This decision has not been taken yet.
    WaitsFor(&'a StepId),
    /// This decision was answered so that the step is not asked for.
    ClosedBy(&'a StepId),
}

/// One occurrence of one step at one moment.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question that readers ask on its own")]
pub struct StepView<'a> {
    /// Its phase.
    pub phase: &'a Phase,
    /// The step.
    pub step: &'a Step,
    /// From 1.
    pub occurrence: u32,
    /// Since when it is asked for again, because a relapse took back what it rests on; absent of a first
    /// turn, and of one that merely repeats.
    pub again: Option<Timestamp>,
    /// Where it stands.
    pub status: Status,
    /// Why it is closed, if it is.
    pub gate: Gate<'a>,
    /// When it should be finished; a deferral moves it.
    pub due: Option<Timestamp>,
    /// It should be finished and is not.
    pub overdue: bool,
    /// It fell due without an answer, and is not asked for any more because the milestone that ends
    /// its repeating has come.
    pub missed: bool,
    /// It is overdue so long that somebody else should be told.
    pub escalated: bool,
    /// The answer so far; the default if nobody touched it.
    pub answer: &'a Occurrence,
    /// It is finished but somebody has still to agree.
    pub awaits_approval: bool,
}

impl<'a> StepView<'a> {
    /// When and by whom the answer was given.
    #[must_use]
    pub fn moment(&self) -> Option<&'a Moment> {
        self.answer.outcome.moment().or(self.answer.begun.as_ref())
    }
}

static UNTOUCHED: Occurrence = Occurrence::UNTOUCHED;

/// Every occurrence of every step, in the order of the playbook: those that were answered, and for
/// each step the one that is asked for next.
#[must_use]
pub fn views<'a>(book: &'a Playbook, state: &'a State, now: Timestamp) -> Vec<StepView<'a>> {
    views_where(book, state, now, |_| true)
}

/// As [`views`], of one step only: what an answer to it is held against.
pub(super) fn views_of<'a>(
    book: &'a Playbook,
    state: &'a State,
    now: Timestamp,
    id: &StepId,
) -> Vec<StepView<'a>> {
    views_where(book, state, now, |step| step.id == *id)
}

fn views_where<'a>(
    book: &'a Playbook,
    state: &'a State,
    now: Timestamp,
    wanted: impl Fn(&Step) -> bool,
) -> Vec<StepView<'a>> {
    let calendar = Calendar::new(state, now);
    let mut all = Vec::new();
    for phase in &book.phases {
        let openings = Openings::of(state, phase, &calendar.relapses);
        for step in phase.steps.iter().filter(|step| wanted(step)) {
            match step.repeat {
                Some(repeat) => calendar.repeating_views(phase, step, repeat, &mut all),
                None => calendar.single_views(phase, &openings, step, &mut all),
            }
        }
    }
    all
}

/// When each phase opened, or will open by the clock; nothing while its event has not come.
#[must_use]
pub fn phase_opened(state: &State, phase: &Phase) -> Option<Timestamp> {
    match phase.opening {
        Opening::Window { from, to: _ } => state.t0().map(|t0| t0 + from),
        Opening::On(mark) => holds_for_any(state, mark),
    }
}

/// The phases that are open now: the window the clock is in (the last one has no end), and those
/// whose event has come. Nothing before the declaration and after the end.
#[must_use]
pub fn phases_open<'a>(book: &'a Playbook, state: &State, now: Timestamp) -> Vec<&'a Phase> {
    if state.life() != Life::Declared {
        return Vec::new();
    }
    let clock = phase_by_clock(book, state, now);
    let by_event = |phase: &&Phase| {
        matches!(phase.opening, Opening::On(_))
            && phase_opened(state, phase).is_some_and(|at| at <= now)
    };
    book.phases.iter().filter(|p| clock.is_some_and(|c| c.id == p.id) || by_event(p)).collect()
}

/// The window that the clock is in; the last window goes on for as long as the incident does.
#[must_use]
pub fn phase_by_clock<'a>(book: &'a Playbook, state: &State, now: Timestamp) -> Option<&'a Phase> {
    let elapsed = now - state.t0()?;
    let started = |phase: &&Phase| match phase.opening {
        Opening::Window { from, to: _ } => from <= elapsed.max(TimeDelta::zero()),
        Opening::On(_) => false,
    };
    book.phases.iter().rfind(started)
}

/// Whether the decisions so far ask for this step.
#[must_use]
pub fn gate<'a>(state: &State, step: &'a Step) -> Gate<'a> {
    gate_by(step, |id| state.steps().decision(id))
}

/// As [`gate`], but only by what was decided before this moment. What a decision that was taken later
/// had been before is not known; it counts as not taken.
pub(super) fn gate_before<'a>(state: &State, step: &'a Step, at: Timestamp) -> Gate<'a> {
    let decided = |id: &StepId| state.steps().decided(id);
    gate_by(step, |id| {
        let (option, moment) = decided(id)?;
        (state.time_of(moment) < at).then_some(option)
    })
}

fn gate_by<'a, 'o>(step: &'a Step, decision: impl Fn(&StepId) -> Option<&'o OptionId>) -> Gate<'a> {
    let answered =
        |id: &StepId, options: &[OptionId]| decision(id).map(|option| options.contains(option));
    for condition in &step.closed_on {
        if answered(&condition.step, &condition.options) == Some(true) {
            return Gate::ClosedBy(&condition.step);
        }
    }
    let mut waits = None;
    for condition in &step.opens_on {
        match answered(&condition.step, &condition.options) {
            Some(true) => {}
            Some(false) => return Gate::ClosedBy(&condition.step),
            None => waits = waits.or(Some(&condition.step)),
        }
    }
    waits.map_or(Gate::Open, Gate::WaitsFor)
}

/// What the milestones of a state mean for every step, computed once.
struct Calendar<'a> {
    state: &'a State,
    now: Timestamp,
    relapses: Vec<Dated>,
    /// Since when each milestone holds for the incident as a whole: every turn of every step that runs
    /// until one asks.
    reached: Vec<(Mark, Option<Timestamp>)>,
}

impl<'a> Calendar<'a> {
    fn new(state: &'a State, now: Timestamp) -> Self {
        let reached = Mark::ALL.iter().map(|mark| (*mark, holds_for_all(state, *mark))).collect();
        Self { state, now, relapses: relapses(state), reached }
    }

    /// A step that is asked for once, and again whenever a relapse took back what its answer rests on.
    fn single_views(
        &self,
        phase: &'a Phase,
        openings: &Openings<'_>,
        step: &'a Step,
        all: &mut Vec<StepView<'a>>,
    ) {
        let answers = self.state.steps().of(&step.id);
        let mut settled: Option<Dated> = None;
        for (answer, number) in answers.iter().zip(1..) {
            let moment = answer.outcome.moment().filter(|_| answer.outcome.is_settled());
            let answered = moment.map(|moment| Dated::of(self.state, moment));
            let at = answered.map_or(self.now, |answered| answered.at);
            let again = settled.and_then(|before| openings.again(step, before, at));
            let due =
                self.due(step, openings, again, at).filter(|_| number == 1 || again.is_some());
            all.push(StepView { again, ..self.view(phase, step, number, due, answer) });
            settled = answered;
        }
        let again = settled.and_then(|before| openings.again(step, before, self.now));
        // Whoever marked the milestone again has said what the step would say.
        let reached = step.milestone.is_some_and(|mark| self.since(mark).is_some());
        let by_event = matches!(phase.opening, Opening::On(_));
        let again = again.filter(|since| *since <= self.now && (by_event || !reached));
        if answers.is_empty() || again.is_some() {
            let due = self.due(step, openings, again, self.now);
            let number = u32::try_from(answers.len()).unwrap_or(u32::MAX).saturating_add(1);
            all.push(StepView { again, ..self.view(phase, step, number, due, &UNTOUCHED) });
        }
    }

    /// From T+0 or from the opening of the phase; of what is asked for again, from that moment.
    fn due(
        &self,
        step: &Step,
        openings: &Openings<'_>,
        again: Option<Timestamp>,
        at: Timestamp,
    ) -> Option<Timestamp> {
        match step.due? {
            Due::AfterStart(after) => again.or(self.state.t0()).map(|from| from + after),
            Due::AfterPhase(after) => again.or_else(|| openings.at(at)).map(|from| from + after),
        }
    }

    fn repeating_views(
        &self,
        phase: &'a Phase,
        step: &'a Step,
        repeat: Repeat,
        all: &mut Vec<StepView<'a>>,
    ) {
        let answers = self.state.steps().of(&step.id);
        let mut first = match step.due {
            Some(Due::AfterStart(after)) => self.state.t0().map(|t0| t0 + after),
            Some(Due::AfterPhase(after)) => {
                phase_opened(self.state, phase).map(|opened| opened + after)
            }
            None => None,
        };
        let mut due = first;
        let turns = self.in_time_order(answers);
        let mut dues = vec![None; answers.len()];
        for (place, (index, at)) in turns.iter().enumerate() {
            dues[*index] = due;
            if let Some(at) = *at {
                let before = turns.get(place + 1).and_then(|(_, at)| *at);
                let again = self.restart(repeat, at, before).filter(|_| first.is_some());
                first = again.or(first);
                due = match again {
                    Some(relapse) => Some(relapse + repeat.every),
                    None => first.map(|first| next_slot(first, due, repeat, at)),
                };
            }
        }
        let mut number = 1;
        for (answer, due) in answers.iter().zip(dues) {
            all.push(self.view(phase, step, number, due, answer));
            number += 1;
        }
        if answers.last().is_none_or(|last| last.outcome.is_settled()) {
            all.push(self.view(phase, step, number, due, &UNTOUCHED));
        }
    }

    /// The turns of a step by the time at which they were answered, which is not the order in which
    /// they were written down: a turn that was on paper comes in after those that were typed.
    fn in_time_order(&self, answers: &[Occurrence]) -> Vec<(usize, Option<Timestamp>)> {
        let answered =
            |answer: &Occurrence| answer.outcome.moment().map(|moment| self.state.time_of(moment));
        let mut turns: Vec<_> = answers.iter().map(answered).enumerate().collect();
        let mut sorted: Vec<_> = turns.iter().filter(|(_, at)| at.is_some()).copied().collect();
        sorted.sort_by_key(|(_, at)| *at);
        // One that has no answer keeps its place.
        let places = turns.iter_mut().filter(|(_, at)| at.is_some());
        places.zip(sorted).for_each(|(place, turn)| *place = turn);
        turns
    }

    /// A relapse between two answers starts the cadence of what runs until a milestone anew.
    fn restart(
        &self,
        repeat: Repeat,
        after: Timestamp,
        before: Option<Timestamp>,
    ) -> Option<Timestamp> {
        let between = |at: &Timestamp| *at > after && before.is_none_or(|before| *at < before);
        let relapse = self.relapses.iter().map(|relapse| relapse.at).filter(between).max();
        relapse.filter(|_| repeat.until.is_some())
    }

    fn view(
        &self,
        phase: &'a Phase,
        step: &'a Step,
        occurrence: u32,
        due: Option<Timestamp>,
        answer: &'a Occurrence,
    ) -> StepView<'a> {
        let gate = gate(self.state, step);
        let status = self.status(step, gate, answer);
        let due = answer.put_off.or(due);
        let running = matches!(self.state.life(), Life::Suspected | Life::Declared);
        let late_by = due.filter(|_| running && status.is_pending()).map(|due| self.now - due);
        let overdue = late_by.is_some_and(|late| late > TimeDelta::zero());
        let patience = step.escalate.as_ref().map(|escalation| escalation.after);
        let escalated = overdue && patience.zip(late_by).is_some_and(|(after, late)| late >= after);
        let over = self.over_since(step.repeat).filter(|_| status == Status::Closed);
        let missed = gate == Gate::Open && over.zip(due).is_some_and(|(over, due)| due < over);
        let awaits_approval =
            step.approval.is_some() && answer.outcome.is_finished() && answer.approvals.is_empty();
        StepView {
            phase,
            step,
            occurrence,
            again: None,
            status,
            gate,
            due,
            overdue,
            missed,
            escalated,
            answer,
            awaits_approval,
        }
    }

    fn status(&self, step: &Step, gate: Gate<'_>, answer: &Occurrence) -> Status {
        match &answer.outcome {
            Outcome::Done { .. } | Outcome::Decided { .. } | Outcome::Approved { .. } => {
                Status::Done
            }
            Outcome::NotApplicable { .. } => Status::NotApplicable,
            _ if gate != Gate::Open || self.over_since(step.repeat).is_some() => Status::Closed,
            Outcome::Failed { .. } => Status::Failed,
            Outcome::Deferred { .. } => Status::Deferred,
            Outcome::Open if answer.begun.is_some() => Status::Begun,
            Outcome::Open => Status::Open,
        }
    }

    /// A step that repeats until a milestone ends with it, in whatever state its last occurrence is.
    fn over_since(&self, repeat: Option<Repeat>) -> Option<Timestamp> {
        let until = repeat.and_then(|repeat| repeat.until)?;
        self.since(until)
    }

    /// Since when a milestone holds for the incident as a whole.
    fn since(&self, milestone: Mark) -> Option<Timestamp> {
        let reached = self.reached.iter().find(|(mark, _)| *mark == milestone);
        reached.and_then(|(_, at)| *at).filter(|at| *at <= self.now)
    }
}

/// The first slot after `after`, counted from `first`: missed slots are not asked for one by one, the
/// late one counts as late. An answer shortly before its `own` slot is for that slot, which is not
/// asked for again.
fn next_slot(
    first: Timestamp,
    own: Option<Timestamp>,
    repeat: Repeat,
    after: Timestamp,
) -> Timestamp {
    let early = |own: &Timestamp| *own > after && *own - after <= repeat.every / 4;
    let after = own.filter(early).unwrap_or(after);
    let every = repeat.every.num_milliseconds().max(1);
    let slots = (after - first).num_milliseconds().max(0) / every + 1;
    first + TimeDelta::milliseconds(slots.saturating_mul(every))
}
