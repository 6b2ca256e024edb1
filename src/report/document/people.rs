//! The people of a report: who held what, for how long, and how it passed on.

use super::log::head;
use super::{Block, Item, entries, lines, table};
use crate::report::after_action::Report;
use crate::report::number::{hours, plain};
use crate::report::on_shift::{OnShift, RELIEF_DUE};
use crate::report::passed_on::HandOverLine;
use crate::report::people::Shift;
use crate::report::status::one_person;

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

pub(super) fn hand_overs(report: &Report) -> Block {
    let item = |line: &HandOverLine| {
        let names = |all: &[crate::engine::Person]| {
            all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        };
        let signed = line.confirmed.iter().map(|c| format!("{} ({})", c.person, c.initials));
        let signed = signed.collect::<Vec<_>>().join(", ");
        let mut body = vec![format!("{}: {} to {}", line.title, names(&line.from), line.to)];
        if !signed.is_empty() {
            body.push(format!("confirmed by {signed}"));
        }
        if !line.unconfirmed.is_empty() {
            body.push(format!("NOT CONFIRMED by {}", names(&line.unconfirmed)));
        }
        body.extend(line.note.as_ref().map(|note| format!("note: {note}")));
        Item { head: head(report, &line.origin), body }
    };
    entries(report.hand_overs.iter().map(item).collect())
}
