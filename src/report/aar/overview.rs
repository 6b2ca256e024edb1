//! The overview table: eleven rows, as the form has them.

use super::capability::mission_areas;
use super::place;
use super::wording::Wording;
use crate::playbook::ReportField as F;
use crate::report::after_action::Report;
use crate::report::document::Block;
use crate::report::exercised::ExerciseDetails;

pub(super) fn blocks(report: &Report, wording: &Wording) -> Vec<Block> {
    let capabilities = capabilities(report);
    let areas = mission_areas(capabilities.iter().map(String::as_str));
    let site = report.site.clone();
    vec![Block::Fields(vec![
        (wording.name_row, wording.name.clone()),
        (wording.dates_row, dates(report)),
        ("Scope", place(report, F::Scope, scope(report))),
        ("Mission Area(s)", place(report, F::MissionAreas, some(areas.join(", ")))),
        ("Core Capabilities", place(report, F::Capabilities, some(capabilities.join("; ")))),
        ("Objectives", place(report, F::Objectives, objectives(report))),
        ("Threat or Hazard", place(report, F::Threat, Some(hazard(report)))),
        (wording.scenario_row, place(report, F::Scenario, scenario(report))),
        (wording.sponsor_row, place(report, F::Sponsor, None)),
        ("Participating Organizations", place(report, F::Organizations, site)),
        ("Point of Contact", place(report, F::Contact, None)),
    ])]
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// Those of the objectives, then those that only findings and actions name; each once.
pub(super) fn capabilities(report: &Report) -> Vec<String> {
    let of_objectives = report.objectives.iter().filter_map(|one| one.capability.as_ref());
    let of_findings = report.findings.iter().filter_map(|one| one.capability.as_ref());
    let of_actions = report.actions.iter().filter_map(|one| one.capability.as_ref());
    let mut all: Vec<String> = Vec::new();
    for capability in of_objectives.chain(of_findings).chain(of_actions) {
        if !all.iter().any(|known| known.eq_ignore_ascii_case(capability)) {
            all.push(capability.clone());
        }
    }
    all
}

/// By the real clock: an exercise's own may show another day.
fn dates(report: &Report) -> String {
    let exercise = report.exercise_details.as_ref();
    let from = exercise.and_then(|one| one.held_from).or(report.opened_at);
    let to = exercise.and_then(|one| one.held_to).or(report.ended.as_ref().map(|end| end.at));
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("{from}, not over"),
        (None, _) => super::NOT_FILLED_IN.to_owned(),
    }
}

fn scope(report: &Report) -> Option<String> {
    let Some(exercise) = &report.exercise_details else { return report.scope.clone() };
    let ExerciseDetails { kind, minutes, solo, .. } = exercise;
    let minutes =
        minutes.map_or(String::new(), |minutes| format!(", planned for {minutes} minutes"));
    let solo = if *solo { ", played and facilitated by one person" } else { "" };
    let site = report.site.as_ref().map_or(String::new(), |site| format!(", at {site}"));
    Some(format!("A {kind} exercise{minutes}{solo}{site}"))
}

fn objectives(report: &Report) -> Option<String> {
    let lines = (1..).zip(&report.objectives);
    let lines: Vec<String> = lines.map(|(number, one)| format!("{number}. {}", one.text)).collect();
    some(lines.join("\n"))
}

fn hazard(report: &Report) -> String {
    let playbook = &report.status.playbook;
    let practised = format!("{} (playbook version {})", playbook.id, playbook.version);
    report.cause.as_ref().map_or_else(|| practised.clone(), |cause| format!("{practised}: {cause}"))
}

pub(super) fn scenario(report: &Report) -> Option<String> {
    let told = report.exercise_details.as_ref()?.scenario.as_ref()?;
    Some(flowing(told))
}

/// Prose whose lines were broken for a file: paragraphs stay, lines flow.
fn flowing(text: &str) -> String {
    let flow = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim().split("\n\n").map(flow).collect::<Vec<_>>().join("\n")
}
