//! The improvement plan of a report: what is to go better next time, and what is owed.

use super::{Block, Item, entries};
use crate::report::after_action::Report;
use crate::report::improvement::{ActionLine, ActionState, ReviewLine};

pub(super) fn plan(report: &Report) -> Block {
    let owed = report.reviews.iter().map(review);
    entries(owed.chain(report.actions.iter().map(action)).collect())
}

fn review(line: &ReviewLine) -> Item {
    let by = line.finished_by.as_ref().map_or(String::new(), |by| format!(" by {by}"));
    let stands = match line.finished_at {
        Some(at) => format!("finished {at}{by}"),
        None => "not finished when this was counted".to_owned(),
    };
    let head = format!("{}, due {}, {stands}", line.review.code(), line.due);
    let evidence = line.evidence.iter().map(|evidence| format!("evidence: {evidence}"));
    let title = format!("The {}", line.review.title());
    Item { head, body: std::iter::once(title).chain(evidence).collect() }
}

fn action(line: &ActionLine) -> Item {
    let owner = line.owner.as_ref().map_or("no owner".to_owned(), ToString::to_string);
    let due = line.due.map_or("no completion date".to_owned(), |due| format!("due {due}"));
    let stands = match line.state {
        ActionState::Open => "open",
        ActionState::Closed => "closed, not verified",
        ActionState::Verified => "verified",
    };
    let mut body = vec![line.what.clone()];
    body.extend(details(line));
    body.extend(ending(line));
    Item { head: format!("{}, {stands}, {due}, {owner}", line.code), body }
}

fn details(line: &ActionLine) -> impl Iterator<Item = String> {
    let moved = line.first_due.filter(|first| Some(*first) != line.due);
    let parts = [
        line.issue.as_ref().map(|issue| format!("issue: {issue}")),
        line.capability.as_ref().map(|capability| format!("core capability: {capability}")),
        line.element.map(|element| format!("capability element: {}", element.title())),
        line.organization.as_ref().map(|one| format!("responsible organization: {one}")),
        line.start.map(|start| format!("starts {start}")),
        moved.map(|first| format!("first due {first}")),
        line.aim.as_ref().map(|aim| format!("aims at {aim}")),
    ];
    parts.into_iter().flatten()
}

fn ending(line: &ActionLine) -> impl Iterator<Item = String> {
    let by = |by: &Option<crate::engine::Person>| {
        by.as_ref().map_or(String::new(), |b| format!(" by {b}"))
    };
    let closed = line.closed_at.map(|at| {
        let evidence = line.evidence.as_deref().unwrap_or_default();
        format!("closed {at}{}: {evidence}", by(&line.closed_by))
    });
    let verified = line.verified_at.map(|at| {
        let own = if line.own_work { " (own work)" } else { "" };
        let note = line.verified_note.as_ref().map_or(String::new(), |note| format!(": {note}"));
        format!("verified {at}{}{own}{note}", by(&line.verified_by))
    });
    closed.into_iter().chain(verified)
}
