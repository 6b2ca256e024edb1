//! The list of what is to be done after incidents and exercises.

use super::safe::safe;
use super::wrap::wrap;
use crate::engine::{Day, Mode};
use crate::report::{ActionLine, Chased, Item, ReviewLine, Standing};

/// The lines, each with the mode of the incident it is about, so that whoever prints it can say so on
/// every one of them. `aims` say how the aim of each action reads now.
#[must_use]
pub fn actions_lines(
    all: &[Chased],
    aims: &[Option<String>],
    today: Day,
    width: usize,
) -> Vec<(Mode, String)> {
    let mut lines = Vec::new();
    let mut last = "";
    for (one, aim) in all.iter().zip(aims) {
        let heading = heading(one.standing);
        if heading != last {
            let count = all.iter().filter(|other| self::heading(other.standing) == heading).count();
            let gap = if last.is_empty() { "" } else { "\n" };
            lines.push((Mode::Live, format!("{gap}{heading} ({count})")));
            last = heading;
        }
        let stamp = if one.mode == Mode::Exercise { "EXERCISE ".len() } else { 0 };
        let said = entry(one, aim.as_deref(), today);
        let wrapped =
            said.iter().flat_map(|line| wrap(&safe_indented(line), width - stamp.min(width)));
        lines.extend(wrapped.map(|line| (one.mode, line)));
    }
    lines
}

const fn heading(standing: Standing) -> &'static str {
    match standing {
        Standing::Overdue(_) => "OVERDUE",
        Standing::NoDate => "No completion date",
        Standing::Open(_) => "Open",
        Standing::ToVerify => "Closed, to be verified by somebody else",
        Standing::Finished => "Finished",
    }
}

/// Line feeds within become spaces; the indentation stays.
fn safe_indented(line: &str) -> String {
    safe(line).into_owned()
}

fn entry(one: &Chased, aim: Option<&str>, today: Day) -> Vec<String> {
    let when = when(one, today);
    match &one.item {
        Item::Review(review) => of_review(one, review, &when),
        Item::Action(action) => of_action(one, action, &when, aim),
    }
}

fn of_review(one: &Chased, review: &ReviewLine, when: &str) -> Vec<String> {
    let todo = match review.finished_at {
        Some(_) => format!("The {} of {}", review.review.title(), one.incident),
        None => format!("Finish the {} of {}", review.review.title(), one.incident),
    };
    let by = review.finished_by.as_ref().map_or(String::new(), |by| format!(" by {by}"));
    let done = review.finished_at.map(|at| format!("    finished {at}{by}"));
    let evidence = review.evidence.iter().map(|evidence| format!("    evidence: {evidence}"));
    let head = format!("  {}  {when}", one.id);
    [head, format!("    {todo}")].into_iter().chain(done).chain(evidence).collect()
}

fn of_action(one: &Chased, action: &ActionLine, when: &str, aim: Option<&str>) -> Vec<String> {
    let owner = action.owner.as_ref().map_or("NO OWNER".to_owned(), ToString::to_string);
    let at = action.organization.as_ref().map_or(String::new(), |name| format!(", {name}"));
    let element = action.element.map_or(String::new(), |element| format!("{}: ", element.title()));
    let mut lines =
        vec![format!("  {}  {when}  {owner}{at}", one.id), format!("    {element}{}", action.what)];
    let by = |by: &Option<crate::engine::Person>| {
        by.as_ref().map_or(String::new(), |by| format!(" by {by}"))
    };
    let own = if action.own_work { " (OWN WORK)" } else { "" };
    let evidence = action.evidence.as_deref().unwrap_or_default();
    let more = [
        action.issue.as_ref().map(|issue| format!("issue: {issue}")),
        aim.map(ToOwned::to_owned),
        action.closed_at.map(|at| format!("closed {at}{}: {evidence}", by(&action.closed_by))),
        action.verified_at.map(|at| format!("verified {at}{}{own}", by(&action.verified_by))),
    ];
    lines.extend(more.into_iter().flatten().map(|line| format!("    {line}")));
    lines
}

/// Until when, how late, and whether the day was moved.
fn when(one: &Chased, today: Day) -> String {
    let Some(due) = one.due() else { return "no date".to_owned() };
    let late = match one.standing {
        Standing::Overdue(0) => ", late today".to_owned(),
        Standing::Overdue(1) => ", 1 day late".to_owned(),
        Standing::Overdue(days) => format!(", {days} days late"),
        Standing::Open(0) if due == today => ", today".to_owned(),
        Standing::Open(1) => ", tomorrow".to_owned(),
        Standing::Open(days) => format!(", in {days} days"),
        Standing::NoDate | Standing::ToVerify | Standing::Finished => String::new(),
    };
    let first = match &one.item {
        Item::Action(action) => action.first_due.filter(|first| *first != due),
        Item::Review(_) => None,
    };
    let moved = first.map_or(String::new(), |first| format!(" (first {first})"));
    format!("due {due}{moved}{late}")
}
