//! The close gate: what must be there before an incident may end.

use super::{Refusal, State, Verdict, one};
use crate::engine::event::Event;
use crate::engine::schedule::{Status, StepView, phase_opened, views};
use crate::engine::service::service_lines;
use crate::engine::state::Life;
use crate::engine::text::Text;
use crate::engine::time::Timestamp;
use crate::playbook::{Opening, Playbook};

pub(super) fn close(
    book: &Playbook,
    state: &State,
    now: Timestamp,
    anyway: Option<&Text>,
) -> Result<Verdict, Refusal> {
    if state.life() == Life::Suspected {
        return Err(Refusal::NotDeclared);
    }
    let missing = missing_before_close(book, state, now);
    if !missing.is_empty() && anyway.is_none() {
        return Err(Refusal::NotReady { missing });
    }
    Ok(one(Event::IncidentClosed { anyway: anyway.cloned(), missing }))
}

/// What is missing, in words: services that the site has not verified, required steps without an
/// answer, approvals not given. Empty = the incident may be closed. Steps of a window that has not
/// begun do not count: an outage that ends in hour five has no hour twelve.
#[must_use]
pub fn missing_before_close(book: &Playbook, state: &State, now: Timestamp) -> Vec<String> {
    let mut missing = Vec::new();
    for line in service_lines(state) {
        if line.verified.is_none() {
            let name = line.service.map_or_else(|| "the service".to_owned(), ToString::to_string);
            missing.push(format!("{name} is not verified by the site (runbook mark verified)"));
        }
    }
    for view in views(book, state, now) {
        let step = view.step;
        let begun = phase_opened(state, view.phase).is_some_and(|opened| opened <= now);
        if matches!(view.phase.opening, Opening::Window { .. }) && !begun {
            continue;
        }
        if step.required && view.status.is_pending() && !is_between(&view) {
            missing.push(format!("{} {} is {}", step.code, step.id, view.status.word()));
        }
        if step.required && view.awaits_approval {
            missing.push(format!("{} {} is not approved", step.code, step.id));
        }
    }
    missing
}

/// A repeating step that was answered at least once and waits for its next turn.
fn is_between(view: &StepView<'_>) -> bool {
    let between = view.step.repeat.is_some() && view.occurrence > 1;
    between && view.status == Status::Open && !view.overdue
}
