//! Each occurrence of each step, and what was answered to it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::accountable::{acted_as, held_by, outside_role};
use super::kpi::in_time;
use super::story::{Reading, said};
use super::when::When;
use crate::engine::{Gate, Moment, Occurrence, Outcome, Person, Status, StepView, Text, views};
use crate::playbook::{FieldId, OptionId, PhaseId, RoleId, StepId};

/// One occurrence of one step.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question that readers ask on its own")]
pub struct StepLine {
    /// Which.
    pub id: StepId,
    /// The short name people say.
    pub code: String,
    /// Its phase.
    pub phase: PhaseId,
    /// Who answers for it.
    pub role: RoleId,
    /// One line for people.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// From 1.
    pub occurrence: u32,
    /// When it should be finished.
    pub due: Option<When>,
    /// It should be finished and is not.
    pub overdue: bool,
    /// It is overdue so long that somebody else should be told.
    pub escalated: bool,
    /// As the on-time rate counts it; absent where it does not count.
    pub in_time: Option<bool>,
    /// The incident should not be closed without it.
    pub required: bool,
    /// Its answer needs typed initials.
    pub critical: bool,
    /// It is finished and somebody has still to agree.
    pub awaits_approval: bool,
    /// The decision it waits for.
    pub waits_for: Option<StepId>,
    /// The decision that closed it.
    pub closed_by: Option<StepId>,
    /// When it was answered or begun, as corrected.
    pub occurred_at: Option<When>,
    /// When that was written down.
    pub recorded_at: Option<When>,
    /// Written down more than five minutes after it happened.
    pub late_entry: bool,
    /// Who said so; asserted, not authenticated.
    pub by: Option<Person>,
    /// The record that says so: `17@w4f2`.
    pub record: Option<String>,
    /// The answer to a decision.
    pub option: Option<OptionId>,
    /// What the step asked for.
    pub answers: BTreeMap<FieldId, String>,
    /// The note or the reason.
    pub note: Option<String>,
    /// Typed for a critical step.
    pub initials: Option<String>,
    /// Who agreed.
    pub approvals: Vec<Agreed>,
    /// The role that `by` acted in, which need not be the one that answers for the step.
    pub acted_as: Option<RoleId>,
    /// Who held the step's role when it was answered or begun, deputies included.
    pub role_held_by: Vec<Person>,
    /// `by` was none of them: information, no blame. Absent where nothing was answered.
    pub outside_role: Option<bool>,
}

/// Somebody agreed to a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Agreed {
    /// Who.
    pub by: Option<Person>,
    /// When.
    pub at: When,
    /// To their own work.
    pub own_work: bool,
}

/// Every occurrence, in the order of the playbook.
pub(super) fn steps(reading: &Reading<'_>) -> Vec<StepLine> {
    let story = &reading.story;
    views(story.book, story.state, reading.end).iter().map(|view| line(reading, view)).collect()
}

fn line(reading: &Reading<'_>, view: &StepView<'_>) -> StepLine {
    let moment = view.moment();
    let (waits_for, closed_by) = match view.gate {
        Gate::WaitsFor(decision) if view.status == Status::Closed => (Some(decision), None),
        Gate::ClosedBy(decision) if view.status == Status::Closed => (None, Some(decision)),
        Gate::Open | Gate::WaitsFor(_) | Gate::ClosedBy(_) => (None, None),
    };
    let said = Said::of(&view.answer.outcome);
    let state = reading.story.state;
    let held = |moment: &Moment| held_by(state, &view.step.role, state.time_of(moment));
    let role_held_by = moment.map(held).unwrap_or_default();
    StepLine {
        id: view.step.id.clone(),
        code: view.step.code.clone(),
        phase: view.phase.id.clone(),
        role: view.step.role.clone(),
        title: view.step.title.clone(),
        status: view.status,
        occurrence: view.occurrence,
        due: view.due.map(|due| reading.computed(due)),
        overdue: view.overdue,
        escalated: view.escalated,
        in_time: in_time(view, state, reading.end),
        required: view.step.required,
        critical: view.step.critical,
        awaits_approval: view.awaits_approval,
        waits_for: waits_for.cloned(),
        closed_by: closed_by.cloned(),
        occurred_at: moment.map(|moment| reading.occurred(moment)),
        recorded_at: moment.map(|moment| reading.recorded(moment)),
        late_entry: moment.is_some_and(|moment| reading.is_late(moment)),
        by: moment.and_then(|moment| moment.by.clone()),
        record: moment.map(|moment| moment.record.short()),
        option: said.option,
        answers: said.answers,
        note: said.note,
        initials: said.initials,
        approvals: approvals(reading, view.answer),
        acted_as: moment.and_then(|moment| acted_as(reading, &moment.record)),
        outside_role: moment.and_then(|moment| outside_role(moment.by.as_ref(), &role_held_by)),
        role_held_by,
    }
}

fn approvals(reading: &Reading<'_>, answer: &Occurrence) -> Vec<Agreed> {
    let agreed = |(moment, own_work): &(Moment, bool)| Agreed {
        by: moment.by.clone(),
        at: reading.occurred(moment),
        own_work: *own_work,
    };
    answer.approvals.iter().map(agreed).collect()
}

/// The words of an outcome.
#[derive(Default)]
struct Said {
    option: Option<OptionId>,
    answers: BTreeMap<FieldId, String>,
    note: Option<String>,
    initials: Option<String>,
}

impl Said {
    fn of(outcome: &Outcome) -> Self {
        let note = |text: &Text| Self { note: Some(said(text)), ..Self::default() };
        match outcome {
            Outcome::Open | Outcome::Approved { .. } => Self::default(),
            Outcome::Done { done, .. } => Self {
                option: None,
                answers: done.answers.iter().map(|(id, text)| (id.clone(), said(text))).collect(),
                note: done.note.as_ref().map(said),
                initials: done.initials.clone(),
            },
            Outcome::Decided { option, because, initials, moment: _ } => Self {
                option: Some(option.clone()),
                initials: initials.clone(),
                note: because.as_ref().map(said),
                ..Self::default()
            },
            Outcome::NotApplicable { reason, .. }
            | Outcome::Failed { reason, .. }
            | Outcome::Deferred { reason, .. } => note(reason),
        }
    }
}
