//! What comes after the end of an incident or exercise, in the order in which it is typed.

use super::moment::day_and_time;
use super::safe::safe;
use crate::engine::{Day, Life, Offset, Review, Reviewed, State, Timestamp, reviews};
use crate::playbook::Playbook;

/// What to type next, each line with until when where something is owed; nothing for what has not
/// ended, for a false alarm, and for the site's standing log. `offset` is that of the reader.
#[must_use]
pub fn afterwards(
    id: &str,
    book: &Playbook,
    state: &State,
    now: Timestamp,
    offset: &dyn Fn(Timestamp) -> Offset,
) -> Vec<String> {
    if state.life() != Life::Closed || state.is_standing() {
        return Vec::new();
    }
    let owed = reviews(book, state, now);
    let open = |review| owed.iter().find(|one| one.review == review && one.finished.is_none());
    let mut lines = vec![head(state).to_owned()];
    let mut next = |what: &str, command: String| {
        let number = lines.len().div_ceil(2);
        lines.push(format!("  {number}. {what}"));
        lines.push(safe(&format!("     runbook {command}")).into_owned());
    };
    let started = state.exercise().started();
    if started.is_some_and(|started| !started.objectives.is_empty()) {
        let solo = started.is_some_and(|started| started.solo);
        let who = if solo { "" } else { " (players do not)" };
        next(&format!("rate the objectives{who}:"), format!("drill evaluate {id}"));
    }
    let until = due(open(Review::HotWash), offset);
    next(&format!("say what went well and what did not{until}:"), format!("hotwash {id}"));
    let action = format!("actions add TEXT --incident {id}");
    next("put each gap on the plan, with --owner NAME and --due DAY:", action);
    let report = open(Review::AfterAction);
    let until = due(report, offset);
    let page = format!("report {id} --format aar-html -o aar.html");
    next(&format!("print the after-action report{until}:"), page);
    if report.is_some() {
        let close = format!("actions close AAR@{id} --evidence WHERE");
        next("once it is finished and signed, say so:", close);
    }
    lines
}

fn head(state: &State) -> &'static str {
    let exercise = state.exercise();
    match (exercise.interrupted(), exercise.started()) {
        (Some(_), _) => {
            "Broken off: it counts for no rule and owes no report. Later, what it showed:"
        }
        (None, Some(started)) if started.solo => {
            "Played alone: it counts for no rule and owes no report. What it showed:"
        }
        (None, _) => "Next, in this order:",
    }
}

/// A hot wash is due by the hour, a report by the day.
fn due(owed: Option<&Reviewed<'_>>, offset: &dyn Fn(Timestamp) -> Offset) -> String {
    let Some(Reviewed { review, due, .. }) = owed else { return String::new() };
    match review {
        Review::HotWash => format!(", by {}", day_and_time(*due, offset(*due))),
        Review::AfterAction => format!(", to be finished by {}", Day::near(*due, offset(*due))),
    }
}
