//! The after-action report with its improvement plan (AAR/IP), after HSEEP (FEMA form
//! FF-008-FY-21-102) or in the outline of CMS's "Health Care Provider After Action Report/Improvement
//! Plan". The same for an incident, in the words of an incident.
//!
//! Absent here on purpose: judgement, blame, and any word for a place that nobody filled in.

mod analysis;
mod capability;
mod cms;
mod eeg;
mod events;
mod log;
mod overview;
mod participants;
mod plan;
mod questions;
mod rating;
#[cfg(test)]
mod tests;
mod wording;

pub use eeg::{Filled, eeg_html, eeg_text};
pub use questions::{Question, hot_wash_questions};
pub use rating::rating_definition;

use super::after_action::Report;
use super::document::{Block, Document, NOT_FILLED_IN, Section};
use super::{html, markdown};
use crate::engine::Life;
use crate::playbook::ReportField;
use wording::Wording;

/// In which order an after-action report goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outline {
    /// Overview, analysis of core capabilities, improvement plan, participants.
    Hseep,
    /// Executive summary, four sections, appendices A to E.
    Cms,
}

/// The whole document as GitHub-flavoured markdown; ends with a line feed.
#[must_use]
pub fn aar_markdown(report: &Report, outline: Outline) -> String {
    markdown::page(&document(report, outline))
}

/// The whole document as one self-contained, print-ready HTML file; ends with a line feed.
#[must_use]
pub fn aar_html(report: &Report, outline: Outline) -> String {
    let foot = format!("After-action report, {}", report.status.incident);
    html::page(&document(report, outline), &foot)
}

/// The improvement plan alone as CSV, in the columns of the form and no others.
///
/// # Errors
/// Only if the memory for it is not there.
pub fn aar_csv(report: &Report) -> Result<Vec<u8>, ::csv::Error> {
    plan::csv(report)
}

fn document(report: &Report, outline: Outline) -> Document {
    let wording = Wording::of(report);
    let sections = match outline {
        Outline::Hseep => hseep(report, &wording),
        Outline::Cms => cms::sections(report, &wording),
    };
    let prefix = if report.is_exercise() { "EXERCISE - " } else { "" };
    let title = format!("After-Action Report/Improvement Plan: {}", wording.name);
    Document { title, stamps: stamps(report, &sections), prefix, sections }
}

fn hseep(report: &Report, wording: &Wording) -> Vec<Section> {
    let summary = report.report_fields.get(&ReportField::ExecutiveSummary);
    let summary = summary.map(|line| Block::Words(line.text.clone()));
    let mut all = Vec::new();
    all.extend(summary.map(|words| Section::new("Executive Summary", vec![words])));
    all.push(Section::new(wording.overview, overview::blocks(report, wording)));
    all.extend(analysis::sections(report, wording.analysis));
    all.push(plan::section("Appendix A: Improvement Plan", report, wording));
    all.push(Section::new(wording.participants, participants::blocks(report)));
    all.push(Section::new("Appendix C: Further Evidence in the Log", analysis::rest(report)));
    all.push(Section::new("Appendix D: The Log Behind This Report", log::blocks(report)));
    if report.is_exercise() {
        let title = format!("Appendix E: {}", wording.events);
        all.push(Section { wide: true, ..Section::new(title, events::summary(report)) });
    }
    all
}

/// What every reader must see first.
fn stamps(report: &Report, sections: &[Section]) -> Vec<String> {
    let mut stamps = Vec::new();
    if report.is_exercise() {
        stamps.push("EXERCISE - EXERCISE - EXERCISE: nothing in this report was real".to_owned());
    }
    stamps.extend(own_clock(report));
    if !report.integrity_problems.is_empty() {
        stamps.push("INTEGRITY PROBLEM: parts of this log did not verify, see the end".to_owned());
    }
    if matches!(report.status.state, Life::Suspected | Life::Declared) {
        stamps.push("NOT OVER: this report was made while the work still went on".to_owned());
    }
    stamps.extend(open_places(report, sections));
    stamps
}

/// A clock that was not the real one shows hours at which nobody was there.
fn own_clock(report: &Report) -> Option<String> {
    let exercise = report.exercise_details.as_ref()?;
    let clock = exercise.clock.as_ref()?;
    let held = match (exercise.held_from, exercise.held_to) {
        (Some(from), Some(to)) => format!(", held in real time from {from} to {to}"),
        (_, _) => String::new(),
    };
    Some(format!("TIMES OF WHAT WAS PLAYED ARE THE EXERCISE'S OWN: its clock {clock}{held}"))
}

/// What people have still to say, counted, so that nobody takes a half-filled form for a finished one.
fn open_places(report: &Report, sections: &[Section]) -> Option<String> {
    let in_block = |block: &Block| match block {
        Block::Fields(fields) => fields.iter().filter(|(_, value)| value == NOT_FILLED_IN).count(),
        Block::Table(_, rows) => {
            rows.iter().flatten().filter(|cell| *cell == NOT_FILLED_IN).count()
        }
        Block::Entries(items) => items
            .iter()
            .flat_map(|item| &item.body)
            .filter(|line| line.ends_with(NOT_FILLED_IN))
            .count(),
        Block::Words(words) => usize::from(words == NOT_FILLED_IN),
        Block::Lines(_) => 0,
    };
    let open: usize = sections.iter().flat_map(|section| &section.blocks).map(in_block).sum();
    let unrated = report.objectives.iter().filter(|one| one.rating.is_none()).count();
    let count = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let parts = [
        count(open, "place is not filled in", "places are not filled in"),
        count(unrated, "objective is not rated", "objectives are not rated"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("NOT COMPLETE: {}", parts.join(", ")))
}

/// What somebody wrote for this place, else what the log says, else that nobody filled it in.
fn place(report: &Report, field: ReportField, from_log: Option<String>) -> String {
    let written = report.report_fields.get(&field).map(|line| line.text.clone());
    written.or(from_log).unwrap_or_else(|| NOT_FILLED_IN.to_owned())
}
