//! The people of a report: who held what, for how long, and how it passed on.

use super::facts::performed;
use super::log::head;
use super::{Block, Item, entries, lines, or_dash, table};
use crate::engine::Person;
use crate::report::after_action::Report;
use crate::report::number::{hours, plain};
use crate::report::on_shift::{OnShift, RELIEF_DUE};
use crate::report::passed_on::HandOverLine;
use crate::report::people::Shift;
use crate::report::status::one_person;
use crate::report::steps::StepLine;

pub(super) fn shifts(report: &Report) -> Block {
    let open = if report.ended.is_some() { "the end" } else { "still" };
    let row = |shift: &Shift| {
        let deputy = if shift.deputy { " (deputy)" } else { "" };
        let who = shift.person.as_ref().map(|person| format!("{person}{deputy}"));
        vec![
            shift.title.clone(),
            who.unwrap_or_else(|| "NOBODY".to_owned()),
            shift.from.to_string(),
            shift.to.map_or(open.to_owned(), |to| to.to_string()),
            plain(shift.minutes),
        ]
    };
    let head = ["Role", "Held by", "From", "To", "Minutes"];
    table(&head, report.shifts.iter().map(row).collect())
}

pub(super) fn on_shift(report: &Report) -> Block {
    let ended = report.ended.is_some();
    let row = |shift: &OnShift| {
        let roles: Vec<String> = shift.roles.iter().map(ToString::to_string).collect();
        let open = if ended { "the end" } else { "still" };
        let long = match (shift.over_12_hours, shift.to.is_none() && !ended) {
            (true, true) => RELIEF_DUE,
            (true, false) => "over 12 h",
            (false, _) => "",
        };
        vec![
            shift.person.to_string(),
            shift.from.to_string(),
            shift.to.map_or(open.to_owned(), |to| to.to_string()),
            hours(shift.minutes),
            roles.join(", "),
            long.to_owned(),
        ]
    };
    let head = ["Person", "From", "To", "On shift", "Roles", "Note"];
    table(&head, report.on_shift.iter().map(row).collect())
}

pub(super) fn names(report: &Report) -> Block {
    let groups = report.status.likely_same_people.iter();
    lines(&groups.map(|group| one_person(group)).collect::<Vec<_>>())
}

/// Steps that somebody did who did not hold the role that answers for them.
pub(super) fn outside_role(report: &Report) -> Block {
    let row = |step: &StepLine| {
        let by = step.by.as_ref().map(|by| performed(by, step));
        let held = (!step.role_held_by.is_empty()).then(|| names_of(&step.role_held_by));
        vec![
            format!("{} {}", step.code, step.id),
            step.role.to_string(),
            held.unwrap_or_else(|| "nobody".to_owned()),
            or_dash(by),
        ]
    };
    let outside = report.status.steps.iter().filter(|step| step.outside_role == Some(true));
    table(&["Step", "Role", "Held then by", "Done by"], outside.map(row).collect())
}

fn names_of(people: &[Person]) -> String {
    people.iter().map(Person::as_str).collect::<Vec<_>>().join(", ")
}

pub(super) fn hand_overs(report: &Report) -> Block {
    let item = |line: &HandOverLine| {
        let signed = line.confirmed.iter().map(|c| format!("{} ({})", c.person, c.initials));
        let signed = signed.collect::<Vec<_>>().join(", ");
        let mut body = vec![format!("{}: {} to {}", line.title, names_of(&line.from), line.to)];
        if !signed.is_empty() {
            body.push(format!("confirmed by {signed}"));
        }
        if !line.unconfirmed.is_empty() {
            body.push(format!("NOT CONFIRMED by {}", names_of(&line.unconfirmed)));
        }
        body.extend(line.note.as_ref().map(|note| format!("note: {note}")));
        Item { head: head(report, &line.origin), body }
    };
    entries(report.hand_overs.iter().map(item).collect())
}
