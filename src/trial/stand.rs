//! Where a step stands, in words, for whoever wonders why it is not where they expected it.

use super::bench::Bench;
use super::crew::has_begun;
use super::model::since_t0;
use crate::engine::{Gate, Moment, Status, StepView, Timestamp, phase_opened};
use crate::playbook::{OptionId, StepId};
use crate::report::t_plus;

/// The newest occurrence of a step.
pub(super) fn latest<'v, 'a>(views: &'v [StepView<'a>], id: &StepId) -> Option<&'v StepView<'a>> {
    views.iter().rfind(|view| view.step.id == *id)
}

/// `done at T+0:30 by it-lead`, `open, due T+1:00`, `closed: malicious was answered "unsure"`.
pub(super) fn of(bench: &Bench<'_>, views: &[StepView<'_>], id: &StepId) -> String {
    let Some(view) = latest(views, id) else { return "not in this playbook".to_owned() };
    let mut words = match view.status {
        Status::Closed => closed(bench, view),
        Status::Done | Status::NotApplicable => answered(bench, view),
        Status::Open | Status::Begun | Status::Failed | Status::Deferred => pending(bench, view),
    };
    if views.iter().any(|other| other.step.id == *id && other.awaits_approval) {
        words.push_str(", awaits approval");
    }
    words
}

fn answered(bench: &Bench<'_>, view: &StepView<'_>) -> String {
    let status = view.status.word().replace('_', " ");
    let Some(moment) = view.answer.outcome.moment() else { return status };
    format!("{status} {}", said(bench, moment))
}

/// `at T+0:30 by it-lead`.
fn said(bench: &Bench<'_>, moment: &Moment) -> String {
    let by = moment.by.as_ref().map(|person| format!(" by {person}"));
    format!("at {}{}", at(bench.state.time_of(moment)), by.unwrap_or_default())
}

fn pending(bench: &Bench<'_>, view: &StepView<'_>) -> String {
    let mut words = view.status.word().to_owned();
    if view.occurrence > 1 {
        words = format!("{words} for the {} time", ordinal(view.occurrence));
    }
    if let Some(due) = view.due {
        let since = if view.overdue { "overdue since" } else { "due" };
        words = format!("{words}, {since} {}", at(due));
    }
    if !has_begun(bench, view.phase, bench.now) {
        let when = match phase_opened(&bench.state, view.phase) {
            Some(opened) => format!("opens at {}", at(opened)),
            None => "has not opened".to_owned(),
        };
        words = format!("{words}; its phase {} {when}", view.phase.id);
    }
    words
}

fn closed(bench: &Bench<'_>, view: &StepView<'_>) -> String {
    match view.gate {
        Gate::WaitsFor(decision) => format!("closed: it waits for the decision {decision}"),
        Gate::ClosedBy(decision) => {
            let option = bench.state.steps().decision(decision).map(OptionId::as_str);
            format!("closed: {decision} was answered \"{}\"", option.unwrap_or_default())
        }
        Gate::Open => {
            let until = view.step.repeat.and_then(|repeat| repeat.until);
            let mark = until.map(|mark| format!(": it ran until {mark}"));
            format!("closed{}", mark.unwrap_or_default())
        }
    }
}

fn ordinal(n: u32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

fn at(at: Timestamp) -> String {
    t_plus(since_t0(at))
}
