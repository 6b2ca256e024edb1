//! The exercise evaluation guide (EEG): one sheet for each objective, blank for paper or filled with what
//! evaluators recorded. Columns as the form has them.

use super::rating::rating_definition;
use super::wording::Wording;
use crate::playbook::Rating;
use crate::report::after_action::Report;
use crate::report::document::{Block, Document, Section};
use crate::report::exercise::rating_words;
use crate::report::exercised::ObjectiveLine;
use crate::report::{html, text};

/// What stands in the sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    /// Nothing: an evaluator writes by hand.
    Blank,
    /// What evaluators recorded.
    AsRecorded,
}

/// All sheets as plain text in 80 columns.
#[must_use]
pub fn eeg_text(report: &Report, filled: Filled) -> String {
    text::page(&document(report, filled, "____"))
}

/// All sheets as one self-contained, print-ready HTML file, each on a page of its own.
#[must_use]
pub fn eeg_html(report: &Report, filled: Filled) -> String {
    // Room for a pen.
    let foot = format!("Exercise evaluation guide, {}", report.status.incident);
    html::page(&document(report, filled, "\n\n\n\n\n\n\n\n\n\n\n\n"), &foot)
}

fn document(report: &Report, filled: Filled, room: &'static str) -> Document {
    let wording = Wording::of(report);
    let stamp = "EXERCISE - EXERCISE - EXERCISE: nothing in this exercise was real".to_owned();
    let sheets = (1..).zip(&report.objectives);
    let sheets: Vec<Section> =
        sheets.map(|(number, one)| sheet(number, one, filled, room)).collect();
    let none = "This exercise was started without objectives: there is nothing to evaluate.";
    let nothing = || vec![Section::new("Objectives", vec![Block::Words(none.to_owned())])];
    Document {
        title: format!("Exercise Evaluation Guide: {}", wording.name),
        stamps: vec![stamp],
        prefix: "EXERCISE - ",
        sections: if sheets.is_empty() { nothing() } else { sheets },
    }
}

fn sheet(number: usize, objective: &ObjectiveLine, filled: Filled, room: &str) -> Section {
    let rating = objective.rating.as_ref().filter(|_| filled == Filled::AsRecorded);
    let row = vec![
        objective.target.clone().unwrap_or_default(),
        objective.tasks.join("\n"),
        notes(objective, filled).unwrap_or_else(|| room.to_owned()),
        rating.map_or_else(|| "____".to_owned(), |line| line.rating.to_string()),
    ];
    let head = vec![
        "Organizational Capability Target",
        "Associated Critical Tasks",
        "Observation Notes and Explanation of Rating",
        "Target Rating",
    ];
    let blank = || "____________________".to_owned();
    let evaluator = rating.and_then(|line| line.by.as_ref()).map(ToString::to_string);
    let final_rating = rating.map(|line| format!("{}, {}", line.rating, rating_words(line.rating)));
    let meaning = |rating: &Rating| {
        format!("{rating}, {}: {}", rating_words(*rating), rating_definition(*rating))
    };
    Section {
        fresh: number > 1,
        ..Section::new(
            format!("Objective {number}: {}", objective.text),
            vec![
                Block::Fields(vec![
                    ("Objective", objective.id.to_string()),
                    ("Core Capability", objective.capability.clone().unwrap_or_else(blank)),
                ]),
                Block::Table(head, vec![row]),
                Block::Fields(vec![
                    ("Final Core Capability Rating", final_rating.unwrap_or_else(blank)),
                    ("Evaluator Name", evaluator.unwrap_or_else(blank)),
                    ("Evaluator E-mail", blank()),
                    ("Evaluator Phone", blank()),
                ]),
                Block::Lines(Rating::ALL.iter().map(meaning).collect()),
            ],
        )
    }
}

fn notes(objective: &ObjectiveLine, filled: Filled) -> Option<String> {
    let mut lines: Vec<String> =
        objective.observations.iter().map(|one| format!("{} ({})", one.text, one.record)).collect();
    lines.extend(objective.rating.as_ref().map(|line| format!("Explanation: {}", line.why)));
    (filled == Filled::AsRecorded && !lines.is_empty()).then(|| lines.join("\n"))
}
