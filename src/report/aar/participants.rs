//! Who took part, and as what. Names belong here and nowhere else in this document, but for whoever
//! answers for a rating or an action.

use super::place;
use crate::engine::Person;
use crate::playbook::ReportField;
use crate::report::after_action::Report;
use crate::report::document::{Block, table};

pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let organizations = place(report, ReportField::Organizations, report.site.clone());
    let organizations = Block::Fields(vec![("Participating Organizations", organizations)]);
    [organizations].into_iter().chain(people(report)).collect()
}

/// Everybody whom the log names, in the order in which it does. Whoever works on the improvement plan
/// after the end took no part.
pub(super) fn people(report: &Report) -> Option<Block> {
    let mut people: Vec<(&Person, Vec<String>)> = Vec::new();
    for shift in &report.shifts {
        if let Some(person) = &shift.person {
            let deputy = if shift.deputy { " (deputy)" } else { "" };
            took_part(&mut people, person, Some(format!("{}{deputy}", shift.title)));
        }
    }
    if let Some(exercise) = &report.exercise_details {
        took_part(&mut people, &exercise.facilitator, Some("Facilitator".to_owned()));
    }
    let all = report.objectives.iter();
    let judges = all.flat_map(|one| one.rating.iter().chain(&one.earlier_ratings));
    for person in judges.filter_map(|line| line.by.as_ref()) {
        took_part(&mut people, person, Some("Evaluator".to_owned()));
    }
    let conduct = report.timeline.iter().filter(|entry| !entry.after_end);
    for person in conduct.filter_map(|entry| entry.by.as_ref()) {
        took_part(&mut people, person, None);
    }
    let seen = report.observations.iter().map(|line| (line.by.as_ref(), "Observer"));
    let found = report.findings.iter().map(|line| (line.origin.by.as_ref(), "Hot Wash"));
    for (person, part) in seen.chain(found) {
        if let Some(person) =
            person.filter(|person| people.iter().all(|(known, _)| known != person))
        {
            took_part(&mut people, person, Some(part.to_owned()));
        }
    }
    let row = |(person, parts): (&Person, Vec<String>)| {
        let parts = if parts.is_empty() { "made records".to_owned() } else { parts.join(", ") };
        vec![person.to_string(), parts]
    };
    let rows: Vec<Vec<String>> = people.into_iter().map(row).collect();
    (!rows.is_empty()).then(|| table(&["Person", "Took part as"], rows))
}

fn took_part<'a>(
    people: &mut Vec<(&'a Person, Vec<String>)>,
    person: &'a Person,
    part: Option<String>,
) {
    let at = people.iter().position(|(known, _)| *known == person).unwrap_or_else(|| {
        people.push((person, Vec::new()));
        people.len() - 1
    });
    let parts = &mut people[at].1;
    parts.extend(part.filter(|part| !parts.contains(part)));
}
