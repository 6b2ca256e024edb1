//! What an exercise was to show and how it was judged, and what reviews found. Left out where there is
//! nothing of the kind: an incident that nobody reviewed says so in its improvement plan.

use super::{Block, Item, Section, table};
use crate::report::after_action::Report;
use crate::report::document::log::head;
use crate::report::exercise::rating_words;
use crate::report::exercised::{InjectOutcome, ObjectiveLine};
use crate::report::findings::FindingLine;

pub(super) fn sections(report: &Report) -> Vec<Section> {
    let section = |title: &'static str, block: Block| Section::new(title, vec![block]);
    let mut all = Vec::new();
    if !report.objectives.is_empty() {
        all.push(section("Objectives, as evaluators rated them", objectives(report)));
    }
    if !report.inject_outcomes.is_empty() {
        all.push(section("Injects", injects(report)));
    }
    let found: Vec<Item> =
        report.findings.iter().filter(|one| !one.from_note).map(|one| item(report, one)).collect();
    if !found.is_empty() {
        all.push(section("Findings of the review", Block::Entries(found)));
    }
    all
}

fn objectives(report: &Report) -> Block {
    let row = |one: &ObjectiveLine| {
        let rating = one.rating.as_ref();
        let said = rating.map(|line| format!("{}, {}", line.rating, rating_words(line.rating)));
        let by = rating.and_then(|line| line.by.as_ref()).map(ToString::to_string);
        let why = rating.map(|line| line.why.clone());
        let dash = || "-".to_owned();
        vec![
            one.id.to_string(),
            one.text.clone(),
            said.unwrap_or_else(dash),
            why.unwrap_or_else(dash),
            by.unwrap_or_else(dash),
        ]
    };
    let head = ["Objective", "Text", "Rating", "Why", "Evaluator"];
    table(&head, report.objectives.iter().map(row).collect())
}

fn injects(report: &Report) -> Block {
    let row = |one: &InjectOutcome| {
        let to = one.to.as_ref().map_or("everybody".to_owned(), ToString::to_string);
        vec![one.delivered_at.to_string(), one.id.to_string(), to, one.text.clone()]
    };
    table(&["Delivered", "Inject", "To", "Text"], report.inject_outcomes.iter().map(row).collect())
}

fn item(report: &Report, one: &FindingLine) -> Item {
    let part = |name: &str, text: Option<&String>| text.map(|text| format!("{name}: {text}"));
    let objective = one.objective.as_ref().map(ToString::to_string);
    let parts = [
        Some(format!("{}: {}", one.kind, one.statement)),
        part("objective", objective.as_ref()),
        part("core capability", one.capability.as_ref()),
        part("reference", one.reference.as_ref()),
        part("analysis", one.analysis.as_ref()),
    ];
    Item { head: head(report, &one.origin), body: parts.into_iter().flatten().collect() }
}
