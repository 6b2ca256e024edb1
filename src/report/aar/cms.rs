//! The outline of CMS's "Health Care Provider After Action Report/Improvement Plan": executive summary,
//! four sections, appendices A to E.

use super::wording::Wording;
use super::{analysis, events, log, overview, participants, place, plan};
use crate::playbook::{FindingKind, ReportField as F};
use crate::report::after_action::Report;
use crate::report::document::{Block, Section, lines, table};

/// Acronyms that this document uses and that its readers may not.
const ACRONYMS: [(&str, &str); 9] = [
    ("AAR/IP", "After-Action Report/Improvement Plan"),
    ("CMS", "Centers for Medicare & Medicaid Services"),
    ("EEG", "Exercise Evaluation Guide"),
    ("FEMA", "Federal Emergency Management Agency"),
    ("HSEEP", "Homeland Security Exercise and Evaluation Program"),
    ("MSEL", "Master Scenario Events List"),
    (
        "P, S, M, U",
        "Performed without challenges, with some challenges, with major challenges, unable to be performed",
    ),
    ("POC", "Point of Contact"),
    ("T+0", "The moment of the declaration, from which minutes are counted"),
];

pub(super) fn sections(report: &Report, wording: &Wording) -> Vec<Section> {
    let words = |field: F| Block::Words(place(report, field, None));
    let numbered = |number: u8, title: &str| format!("Section {number}: {title}");
    let mut all = vec![
        Section::new("Executive Summary", vec![words(F::ExecutiveSummary)]),
        Section::new(numbered(1, wording.overview), first(report, wording)),
        Section::new(numbered(2, wording.design), vec![words(F::Design)]),
        part("Objectives and Core Capabilities", analysis::summary(report)),
        part("Scenario Summary", vec![scenario(report)]),
        plan::section("Section 3: Improvement Plan", report, wording),
    ];
    all.extend(analysis::parts(report));
    all.extend([
        Section::new(numbered(4, "Conclusion"), vec![words(F::Conclusion)]),
        Section::new("Appendix A: Acronyms", acronyms(report)),
        Section::new("Appendix B: Lessons Learned", Vec::new()),
        part("To Be Kept", vec![statements(report, FindingKind::Strength)]),
        part("To Go Better", vec![statements(report, FindingKind::Improvement)]),
        Section::new("Appendix C: Participant Feedback", vec![words(F::Feedback)]),
        Section::new(format!("Appendix D: {}", wording.synopsis), vec![events::synopsis(report)]),
        wide(format!("Appendix E: {}", wording.events), events::summary(report)),
        Section::new("Further Evidence in the Log", analysis::rest(report)),
        Section::new("The Log Behind This Report", log::blocks(report)),
    ]);
    all
}

fn first(report: &Report, wording: &Wording) -> Vec<Block> {
    let mut blocks = overview::blocks(report, wording);
    blocks.extend(participants::people(report));
    blocks
}

fn part(title: &'static str, blocks: Vec<Block>) -> Section {
    Section { level: 3, ..Section::new(title, blocks) }
}

fn wide(title: String, blocks: Vec<Block>) -> Section {
    Section { wide: true, ..Section::new(title, blocks) }
}

fn scenario(report: &Report) -> Block {
    Block::Words(place(report, F::Scenario, overview::scenario(report)))
}

fn acronyms(report: &Report) -> Vec<Block> {
    let row = |(short, long): &(&str, &str)| vec![(*short).to_owned(), (*long).to_owned()];
    let mut blocks = vec![table(&["Acronym", "Meaning"], ACRONYMS.iter().map(row).collect())];
    let more = report.report_fields.get(&F::Acronyms);
    blocks.extend(more.map(|line| Block::Words(line.text.clone())));
    blocks
}

fn statements(report: &Report, kind: FindingKind) -> Block {
    let found = report.findings.iter().filter(|one| one.kind == kind);
    lines(&found.map(|one| one.statement.clone()).collect::<Vec<_>>())
}
