//! The analysis: how each objective was met by the judgement of evaluators, what went well, what should
//! go better, and what the log shows. An incident has no objectives that were set beforehand: it is
//! analyzed by core capability, and not rated.

use super::rating::rating_definition;
use crate::playbook::{FindingKind, ObjectiveId, Rating};
use crate::report::after_action::Report;
use crate::report::document::{Block, Item, NOT_FILLED_IN, Section, entries, none, table};
use crate::report::evidence::Evidence;
use crate::report::exercise::rating_words;
use crate::report::exercised::{ObjectiveLine, ObservationLine, RatingLine};
use crate::report::findings::FindingLine;
use crate::report::timeline::Amendment;

/// The chapter and its parts.
pub(super) fn sections(report: &Report, title: &'static str) -> Vec<Section> {
    let mut all = vec![Section::new(title, summary(report))];
    all.extend(parts(report));
    all
}

/// The table of ratings and what they mean.
pub(super) fn summary(report: &Report) -> Vec<Block> {
    if report.objectives.is_empty() {
        let said = if report.is_exercise() {
            "This exercise was run without objectives; nothing was rated."
        } else {
            "An incident is analyzed and not rated: ratings belong to the objectives of an exercise."
        };
        return vec![Block::Words(said.to_owned())];
    }
    let mut blocks = vec![ratings(report)];
    let unrated: Vec<&str> = report
        .objectives
        .iter()
        .filter(|one| one.rating.is_none())
        .map(|one| one.id.as_str())
        .collect();
    if !unrated.is_empty() {
        blocks.push(Block::Words(format!("Not rated by anybody: {}.", unrated.join(", "))));
    }
    let meaning = |rating: &Rating| {
        let words = rating_words(*rating);
        format!("{rating}, {words}: {}", rating_definition(*rating))
    };
    blocks.push(Block::Words(
        "Ratings are the judgement of evaluators; the software proposes evidence and computes none."
            .to_owned(),
    ));
    blocks.push(Block::Lines(Rating::ALL.iter().map(meaning).collect()));
    blocks
}

/// Objective | Core Capability | P | S | M | U, as the form has it.
pub(super) fn ratings(report: &Report) -> Block {
    let row = |objective: &ObjectiveLine| {
        let given = objective.rating.as_ref().map(|line| line.rating);
        let cell = |rating: &Rating| if given == Some(*rating) { "X" } else { "" };
        let capability = objective.capability.clone().unwrap_or_else(|| NOT_FILLED_IN.to_owned());
        let mut row = vec![objective.text.clone(), capability];
        row.extend(Rating::ALL.iter().map(|rating| cell(rating).to_owned()));
        row
    };
    let head = ["Objective", "Core Capability", "P", "S", "M", "U"];
    table(&head, report.objectives.iter().map(row).collect())
}

/// One part for each objective, then what belongs to none.
pub(super) fn parts(report: &Report) -> Vec<Section> {
    let mut all = Vec::new();
    for (number, objective) in (1..).zip(&report.objectives) {
        let title = format!("Objective {number}: {}", objective.text);
        all.push(part(3, title, vec![judgement(objective)]));
        let of = |finding: &&FindingLine| finding.objective.as_ref() == Some(&objective.id);
        all.extend(found(&report.findings.iter().filter(of).collect::<Vec<_>>()));
        all.push(part(4, "Observation Notes".to_owned(), vec![observed(&objective.observations)]));
        let evidence = shown(report, |one| one.objectives.contains(&objective.id));
        all.push(part(4, "Evidence in the Log".to_owned(), vec![evidence]));
    }
    all.extend(of_no_objective(report));
    all
}

fn part(level: u8, title: String, blocks: Vec<Block>) -> Section {
    Section { level, ..Section::new(title, blocks) }
}

fn judgement(objective: &ObjectiveLine) -> Block {
    let or_empty = |text: Option<String>| text.unwrap_or_else(|| NOT_FILLED_IN.to_owned());
    let rating = objective.rating.as_ref();
    let tasks = (!objective.tasks.is_empty()).then(|| objective.tasks.join("\n"));
    let mut fields = vec![
        ("Core Capability", or_empty(objective.capability.clone())),
        ("Organizational Capability Target", or_empty(objective.target.clone())),
        ("Associated Critical Tasks", or_empty(tasks)),
        ("Rating", rating.map_or("not rated".to_owned(), rated)),
        ("Explanation of Rating", or_empty(rating.map(|line| line.why.clone()))),
        ("Evaluator", or_empty(rating.map(evaluator))),
    ];
    if !objective.earlier_ratings.is_empty() {
        let earlier: Vec<String> = objective
            .earlier_ratings
            .iter()
            .map(|line| format!("{} ({}): {}", rated(line), evaluator(line), line.why))
            .collect();
        fields.push(("Rated Before", earlier.join("\n")));
    }
    Block::Fields(fields)
}

fn rated(line: &RatingLine) -> String {
    format!("{}, {}", line.rating, rating_words(line.rating))
}

fn evaluator(line: &RatingLine) -> String {
    let by = line.by.as_ref().map_or("nobody is named".to_owned(), ToString::to_string);
    let player = if line.by_player { ", who played as well" } else { "" };
    format!("{by}{player}, {}", line.record)
}

fn observed(lines: &[ObservationLine]) -> Block {
    let item = |line: &ObservationLine| {
        let inject =
            line.inject.as_ref().map_or(String::new(), |inject| format!(", inject {inject}"));
        let head = format!("{}, {}{inject}", line.occurred_at, line.record);
        Item { head, body: vec![line.text.clone()] }
    };
    entries(lines.iter().map(item).collect())
}

fn found(all: &[&FindingLine]) -> [Section; 2] {
    let of_kind = |kind: FindingKind, name: &str| {
        let of_kind = all.iter().filter(|finding| finding.kind == kind);
        entries((1..).zip(of_kind).map(|(number, one)| item(name, number, one)).collect())
    };
    let strengths = of_kind(FindingKind::Strength, "Strength");
    let areas = of_kind(FindingKind::Improvement, "Area for Improvement");
    [
        part(4, "Strengths".to_owned(), vec![strengths]),
        part(4, "Areas for Improvement".to_owned(), vec![areas]),
    ]
}

fn item(name: &str, number: usize, finding: &FindingLine) -> Item {
    let given = |text: Option<&String>| text.map_or(NOT_FILLED_IN, String::as_str).to_owned();
    let mut body = vec![
        format!("Reference: {}", given(finding.reference.as_ref())),
        format!("Analysis: {}", given(finding.analysis.as_ref())),
    ];
    body.extend(finding.corrected_by.iter().map(amended));
    body.push(format!("Record: {}", finding.origin.record));
    Item { head: format!("{name} {number}: {}", finding.statement), body }
}

fn amended(amendment: &Amendment) -> String {
    format!("Corrected by {}: {}", amendment.record, amendment.note)
}

/// What belongs to no objective: by core capability where one is named, the rest at the end.
fn of_no_objective(report: &Report) -> Vec<Section> {
    let known = |id: &ObjectiveId| report.objectives.iter().any(|one| one.id == *id);
    let free: Vec<&FindingLine> =
        report.findings.iter().filter(|one| !one.objective.as_ref().is_some_and(&known)).collect();
    let mut capabilities: Vec<&str> = Vec::new();
    for capability in free.iter().filter_map(|one| one.capability.as_deref()) {
        if !capabilities.contains(&capability) {
            capabilities.push(capability);
        }
    }
    let mut all = Vec::new();
    for capability in capabilities {
        all.push(part(3, format!("Core Capability: {capability}"), Vec::new()));
        let of = |one: &&&FindingLine| one.capability.as_deref() == Some(capability);
        all.extend(found(&free.iter().filter(of).copied().collect::<Vec<_>>()));
    }
    let rest: Vec<&FindingLine> =
        free.iter().filter(|one| one.capability.is_none()).copied().collect();
    let nothing_else = report.objectives.is_empty() && free.is_empty();
    if !rest.is_empty() || nothing_else {
        let title = if report.objectives.is_empty() && all.is_empty() {
            "What Was Found"
        } else {
            "Of No Objective and No Core Capability"
        };
        all.push(part(3, title.to_owned(), Vec::new()));
        all.extend(found(&rest));
    }
    all.extend(seen_beyond(report));
    all
}

/// Observations that are about no objective: they stand in no part above.
fn seen_beyond(report: &Report) -> Option<Section> {
    let placed: Vec<&str> = report
        .objectives
        .iter()
        .flat_map(|one| &one.observations)
        .map(|line| line.record.as_str())
        .collect();
    let lines = report.observations.iter();
    let rest: Vec<ObservationLine> =
        lines.filter(|line| !placed.contains(&line.record.as_str())).cloned().collect();
    (!rest.is_empty())
        .then(|| part(3, "Observations of No Objective".to_owned(), vec![observed(&rest)]))
}

/// What the log shows and no single objective explains: for whoever evaluates, at the end.
pub(super) fn rest(report: &Report) -> Vec<Block> {
    let known = |id: &ObjectiveId| report.objectives.iter().any(|one| one.id == *id);
    let said = "What the log shows beyond the objectives, for people to weigh: it judges nothing, and a \
                step that nobody answered may lie outside of what was exercised.";
    let evidence = shown(report, |one| !one.objectives.iter().any(known));
    vec![Block::Words(said.to_owned()), evidence]
}

fn shown(report: &Report, fits: impl Fn(&Evidence) -> bool) -> Block {
    let row = |one: &Evidence| {
        let record = one.record.clone().unwrap_or_else(|| "-".to_owned());
        vec![one.kind.words().to_owned(), one.what.clone(), record]
    };
    let rows: Vec<Vec<String>> = report.evidence.iter().filter(|one| fits(one)).map(row).collect();
    if rows.is_empty() { none() } else { table(&["What", "Where", "Record"], rows) }
}
