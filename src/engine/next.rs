//! Which step to ask about next.

use super::schedule::{Gate, Status, StepView};
use super::time::Timestamp;
use crate::playbook::RoleId;

/// The steps that somebody can work on now, the most urgent first: overdue by due time, then what is
/// due next, then what has no due time; each in the order of the playbook.
///
/// Left out: what waits for a decision, what was put off to a later time, what belongs to a phase
/// that has not begun, and – unless it is overdue – what somebody works on already.
#[must_use]
pub fn due_next<'v, 'a>(
    views: &'v [StepView<'a>],
    open: &[&crate::playbook::Phase],
    role: Option<&RoleId>,
    now: Timestamp,
) -> Vec<&'v StepView<'a>> {
    let in_open_phase = |view: &StepView<'_>| open.iter().any(|phase| phase.id == view.phase.id);
    let mut next: Vec<&StepView<'_>> = views
        .iter()
        .filter(|view| role.is_none_or(|role| wants(view, role)))
        .filter(|view| {
            view.awaits_approval
                || (view.status.is_pending()
                    && view.gate == Gate::Open
                    && (view.overdue || in_open_phase(view))
                    && ready(view, now))
        })
        .collect();
    // The sort is stable, so equal due times keep the order of the playbook.
    next.sort_by_key(|view| (!view.overdue, view.due.is_none(), view.due));
    next
}

fn ready(view: &StepView<'_>, now: Timestamp) -> bool {
    match view.status {
        Status::Deferred => view.due.is_none_or(|due| due <= now),
        Status::Begun => view.overdue,
        // The next turn of a step that repeats comes up when half of the time to it has passed.
        Status::Open if view.occurrence > 1 => match (view.step.repeat, view.due) {
            (Some(repeat), Some(due)) => now >= due + repeat.every / -2,
            _ => true,
        },
        Status::Open | Status::Failed => true,
        Status::Done | Status::NotApplicable | Status::Closed => false,
    }
}

/// A role wants its own steps, and those it has to agree to.
fn wants(view: &StepView<'_>, role: &RoleId) -> bool {
    let agrees = view.step.approval.as_ref().is_some_and(|approval| approval.by == *role);
    view.step.role == *role || (agrees && view.awaits_approval)
}
