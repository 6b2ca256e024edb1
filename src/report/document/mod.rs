//! The report as sections of plain blocks, before anything is escaped or wrapped. Every page format
//! renders these, so that none of them can leave a section out.

mod facts;
mod log;
mod people;
mod plan;

pub(super) use facts::{amount, label};

use super::after_action::{LIMITS, Report};
use super::when::When;
use crate::engine::SourceDigest;

/// A whole report.
pub(super) struct Document {
    /// The first line.
    pub(super) title: String,
    /// What every reader must see first; empty for a sound report of a live incident.
    pub(super) stamps: Vec<String>,
    /// Stands before every heading of an exercise.
    pub(super) prefix: &'static str,
    /// In reading order.
    pub(super) sections: Vec<Section>,
}

/// A heading and what stands under it.
pub(super) struct Section {
    pub(super) title: &'static str,
    pub(super) block: Block,
}

/// What can stand under a heading.
pub(super) enum Block {
    /// Names and values.
    Fields(Vec<(&'static str, String)>),
    /// Every row is as long as the head.
    Table(Vec<&'static str>, Vec<Vec<String>>),
    /// Things that happened, each with a head line and further lines.
    Entries(Vec<Item>),
    /// Lines of equal rank that are copied as they are.
    Lines(Vec<String>),
    /// A paragraph.
    Words(String),
}

/// One thing that happened.
pub(super) struct Item {
    pub(super) head: String,
    pub(super) body: Vec<String>,
}

impl Document {
    pub(super) fn of(report: &Report) -> Self {
        let mut stamps = Vec::new();
        if report.is_exercise() {
            stamps.push("EXERCISE - EXERCISE - EXERCISE: nothing in this report was real".into());
        }
        if !report.integrity_problems.is_empty() {
            stamps.push("INTEGRITY PROBLEM: parts of this log did not verify, see below".into());
        }
        Self {
            title: format!("After-action report: {}", report.status.incident),
            stamps,
            prefix: if report.is_exercise() { "EXERCISE - " } else { "" },
            sections: sections(report),
        }
    }
}

fn sections(report: &Report) -> Vec<Section> {
    let section = |title, block| Section { title, block };
    let mut all = vec![
        section("Incident", facts::incident(report)),
        section("Figures", facts::figures(report)),
        section("Milestones", facts::milestones(report)),
        section("Services", facts::services(report)),
        section("Roles", people::shifts(report)),
        section("People on shift", people::on_shift(report)),
        section("Hand-overs", people::hand_overs(report)),
        section("Names that may be one person", people::names(report)),
        section("Steps (in minutes since T+0)", facts::steps(report)),
        section("Steps done by others than the holders of the role", people::outside_role(report)),
        section("Decisions", log::decisions(report)),
    ];
    all.extend(log::notes(report).into_iter().map(|(title, block)| section(title, block)));
    all.extend([
        section("Improvement plan", plan::plan(report)),
        section("Missing before closing", lines(&report.status.missing_before_close)),
        section("Late entries", log::late(report)),
        section("Corrections", log::corrections(report)),
        section("Conflicts", log::conflicts(report)),
        section("Integrity", integrity(report)),
        section("Timeline", log::timeline(report)),
        section("Playbook files, with the SHA-256 of each when it was opened", files(report)),
        section("Checkpoint", lines(&report.status.checkpoint)),
        section("What this report cannot show", Block::Words(LIMITS.to_owned())),
    ]);
    all
}

/// Name above digest: side by side they are wider than a screen.
fn files(report: &Report) -> Block {
    let item =
        |file: &SourceDigest| Item { head: file.name.clone(), body: vec![file.sha256.hex()] };
    entries(report.sources.iter().map(item).collect())
}

fn integrity(report: &Report) -> Block {
    if report.integrity_problems.is_empty() {
        return Block::Words("No problem was found when this report was made.".to_owned());
    }
    Block::Lines(report.integrity_problems.clone())
}

fn lines(lines: &[String]) -> Block {
    if lines.is_empty() { none() } else { Block::Lines(lines.to_vec()) }
}

fn none() -> Block {
    Block::Words("None.".to_owned())
}

fn table(head: &[&'static str], rows: Vec<Vec<String>>) -> Block {
    if rows.is_empty() { none() } else { Block::Table(head.to_vec(), rows) }
}

fn entries(items: Vec<Item>) -> Block {
    if items.is_empty() { none() } else { Block::Entries(items) }
}

/// What is absent is a dash, never a zero and never nothing.
fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or("-".to_owned(), |value| value.to_string())
}

/// `T+45`, `T-3.5`.
fn t_plus(minutes: Option<f64>) -> Option<String> {
    minutes.map(|m| if m < 0.0 { format!("T{m}") } else { format!("T+{m}") })
}

fn timed(report: &Report, when: Option<When>) -> String {
    let Some(when) = when else { return "-".to_owned() };
    match t_plus(report.t_plus(when)) {
        Some(t_plus) => format!("{when} ({t_plus})"),
        None => when.to_string(),
    }
}
