//! What happened, for readers who were not there: the injects of an exercise and what followed, the
//! milestones and decisions of an incident.

use crate::report::after_action::{MarkLine, Report};
use crate::report::document::{Block, none, or_dash, t_plus, table};
use crate::report::exercised::{ExpectedLine, InjectOutcome, UntoldLine};
use crate::report::words::DecisionLine;

/// The course of it in a table of milestones.
pub(super) fn synopsis(report: &Report) -> Block {
    let reached = report.marks.iter().filter(|line| line.occurred_at.is_some());
    let row = |line: &MarkLine| {
        vec![
            or_dash(line.occurred_at),
            or_dash(t_plus(line.t_plus_min)),
            line.mark.to_string(),
            line.service.as_ref().map_or("all".to_owned(), ToString::to_string),
        ]
    };
    let mut lines: Vec<&MarkLine> = reached.collect();
    lines.sort_by_key(|line| line.occurred_at.map(|when| when.at));
    let rows = lines.into_iter().map(row).collect();
    table(&["When", "T+ min", "Milestone", "Service"], rows)
}

/// Event by event, with what should have followed and what did.
pub(super) fn summary(report: &Report) -> Vec<Block> {
    if report.is_exercise() { of_exercise(report) } else { vec![decisions(report)] }
}

/// What the players were told and what followed, and what the facilitator kept from them.
fn of_exercise(report: &Report) -> Vec<Block> {
    let mut all = vec![injects(report)];
    if !report.injects_not_told.is_empty() {
        all.push(Block::Words("The players were not told:".to_owned()));
        let row = |line: &UntoldLine| {
            let what = if line.left_out { "left out" } else { "held to the end" };
            let why = line.reason.clone().unwrap_or_else(|| "-".to_owned());
            vec![line.inject.to_string(), what.to_owned(), why, line.record.clone()]
        };
        let rows = report.injects_not_told.iter().map(row).collect();
        all.push(table(&["Inject", "What", "Why", "Record"], rows));
    }
    all
}

fn injects(report: &Report) -> Block {
    let row = |inject: &InjectOutcome| {
        let to = inject.to.as_ref().map_or("everybody".to_owned(), ToString::to_string);
        let from = inject.from.as_ref().map_or(String::new(), |from| format!("{from} to "));
        let wanted: Vec<&str> = inject.expected.iter().map(|one| one.what.as_str()).collect();
        vec![
            inject.delivered_at.to_string(),
            format!("{}{}", inject.id, if inject.added { " (added)" } else { "" }),
            format!("{from}{to}: {}", inject.text),
            if wanted.is_empty() { "-".to_owned() } else { wanted.join(", ") },
            followed(inject),
        ]
    };
    let head = ["Delivered", "Inject", "Event", "Expected action", "What followed"];
    let rows: Vec<Vec<String>> = report.inject_outcomes.iter().map(row).collect();
    if rows.is_empty() { none() } else { table(&head, rows) }
}

fn followed(inject: &InjectOutcome) -> String {
    let one = |expected: &ExpectedLine| match expected.happened_at {
        Some(at) if expected.happened_before => {
            format!("{}: had happened before, {at}", expected.what)
        }
        Some(at) => format!("{}: {at}", expected.what),
        None => format!("{}: did not happen", expected.what),
    };
    let all: Vec<String> = inject.expected.iter().map(one).collect();
    if all.is_empty() { "-".to_owned() } else { all.join("\n") }
}

fn decisions(report: &Report) -> Block {
    let row = |line: &DecisionLine| {
        let what = line.option_title.clone().unwrap_or_default();
        let question = line.question.clone().unwrap_or_else(|| "Decision".to_owned());
        let role = line.origin.role.as_ref().map_or("-".to_owned(), ToString::to_string);
        let why = line.because.clone().unwrap_or_else(|| "-".to_owned());
        vec![line.origin.occurred_at.to_string(), role, format!("{question} {what}"), why]
    };
    let stand = report.decisions.iter().filter(|line| line.stands);
    table(&["When", "Role", "Decision", "Why"], stand.map(row).collect())
}
