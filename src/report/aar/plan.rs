//! The improvement plan in the columns of the form. An area for improvement that no action answers has
//! its line, too: an empty cell is seen, a missing line is not.

use super::wording::Wording;
use crate::playbook::FindingKind;
use crate::report::after_action::Report;
use crate::report::csv::{PLAN_COLUMNS, Sheet};
use crate::report::document::{Block, NOT_FILLED_IN, Section, table};
use crate::report::findings::FindingLine;
use crate::report::improvement::ActionLine;
use crate::report::plain::on_one_line;
use crate::report::story::SEALED;

/// One line; what nobody filled in is absent.
type Row = [Option<String>; 8];

pub(super) fn section(title: &'static str, report: &Report, wording: &Wording) -> Section {
    let (said, rows) = (blocks_before(wording), rows(report));
    let shown =
        |row: Row| row.map(|cell| cell.unwrap_or_else(|| NOT_FILLED_IN.to_owned())).to_vec();
    let plan = table(&PLAN_COLUMNS, rows.into_iter().map(shown).collect());
    Section { wide: true, ..Section::new(title, vec![said, plan]) }
}

fn blocks_before(wording: &Wording) -> Block {
    let what = if wording.exercise { "the exercise" } else { "the incident" };
    Block::Words(format!(
        "What is to go better after {what} \"{}\", who answers for it, and until when. An action is \
         closed with evidence and verified by another person.",
        wording.name
    ))
}

pub(super) fn csv(report: &Report) -> Result<Vec<u8>, ::csv::Error> {
    let mut sheet = Sheet::with(PLAN_COLUMNS)?;
    for row in rows(report) {
        for (column, cell) in PLAN_COLUMNS.iter().zip(row) {
            let cell = cell.unwrap_or_default();
            let marked = report.is_exercise() && *column == PLAN_COLUMNS[1];
            let cell = if marked { format!("EXERCISE: {cell}") } else { cell };
            sheet.text(on_one_line(cell.trim_end()));
        }
        sheet.end_row()?;
    }
    sheet.bytes()
}

/// The actions in their own order, then the areas for improvement that none of them answers.
fn rows(report: &Report) -> Vec<Row> {
    let acted = report.actions.iter().map(|action| of_action(report, action));
    let open = report.findings.iter().filter(|finding| {
        let answers = |action: &&ActionLine| answers(action, finding);
        finding.kind == FindingKind::Improvement && !report.actions.iter().any(|one| answers(&one))
    });
    acted.chain(open.map(|finding| of_area(report, finding))).collect()
}

fn of_action(report: &Report, action: &ActionLine) -> Row {
    let issue = report.findings.iter().find(|finding| answers(action, finding));
    let capability =
        action.capability.clone().or_else(|| issue.and_then(|finding| capability(report, finding)));
    [
        capability,
        action.issue.clone(),
        Some(format!("{}: {}", action.code, action.what)),
        action.element.map(|element| element.title().to_owned()),
        action.organization.clone(),
        action.owner.as_ref().map(ToString::to_string),
        action.start.map(|day| day.to_string()),
        action.due.map(|day| day.to_string()),
    ]
}

fn of_area(report: &Report, finding: &FindingLine) -> Row {
    let issue = Some(finding.statement.clone());
    [capability(report, finding), issue, None, None, None, None, None, None]
}

/// Whether an action was added for this finding: it repeats its words. Sealed words are nobody's to
/// compare, and a line too many is seen where a missing one is not.
fn answers(action: &ActionLine, finding: &FindingLine) -> bool {
    let statement = letters(&finding.statement);
    finding.statement != SEALED
        && !statement.is_empty()
        && action.issue.as_ref().is_some_and(|issue| letters(issue) == statement)
}

/// The same sentence, however it is spaced, capitalized and punctuated.
fn letters(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The finding's own core capability, else that of its objective.
fn capability(report: &Report, finding: &FindingLine) -> Option<String> {
    let of_objective = || {
        let id = finding.objective.as_ref()?;
        report.objectives.iter().find(|one| one.id == *id)?.capability.clone()
    };
    finding.capability.clone().or_else(of_objective)
}
