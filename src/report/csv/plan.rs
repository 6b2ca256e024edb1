//! The improvement plan: one line for each action.

use ::csv::{QuoteStyle, Terminator, WriterBuilder};

use super::guard::guarded;
use super::sheet::Sheet;
use crate::engine::Mode;
use crate::report::after_action::Report;
use crate::report::chase::{Chased, Item};
use crate::report::plain::in_a_cell;

type Bytes = Result<Vec<u8>, ::csv::Error>;

/// The columns of the HSEEP improvement plan (FEMA FF-008-FY-21-102, appendix A), word for word.
const COLUMNS: [&str; 8] = [
    "Core Capability",
    "Issue/Area for Improvement",
    "Corrective Action",
    "Capability Element",
    "Primary Responsible Organization",
    "Organization POC",
    "Start Date",
    "Completion Date",
];

/// The plan of one incident, with everything that is known of each line.
pub(super) fn actions(report: &Report) -> Bytes {
    let columns = "code state core_capability issue corrective_action capability_element \
        organization owner start due first_due aim evidence closed_at closed_by verified_at \
        verified_by own_work verified_note added_at added_by record";
    let mut sheet = Sheet::new(report, columns)?;
    for line in &report.actions {
        sheet
            .text(&line.code)
            .text(line.state.word())
            .maybe(line.capability.as_ref())
            .maybe(line.issue.as_ref())
            .text(&line.what)
            .text(line.element.map_or("", crate::engine::Element::word))
            .maybe(line.organization.as_ref())
            .maybe(line.owner.as_ref())
            .maybe(line.start)
            .maybe(line.due)
            .maybe(line.first_due)
            .maybe(line.aim.as_ref())
            .maybe(line.evidence.as_ref())
            .time(line.closed_at)
            .maybe(line.closed_by.as_ref())
            .time(line.verified_at)
            .maybe(line.verified_by.as_ref())
            .yes_no(line.verified_at.is_some().then_some(line.own_work))
            .maybe(line.verified_note.as_ref())
            .time(Some(line.added_at))
            .maybe(line.added_by.as_ref())
            .text(&line.record)
            .end_row()?;
    }
    sheet.bytes()
}

/// The plans of many incidents in the columns of the form and no others. An action's id stands before
/// its words, and what comes from an exercise says so before the issue.
///
/// # Errors
/// Only if the memory for it is not there.
pub fn improvement_plan(all: &[Chased]) -> Bytes {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::NonNumeric)
        .from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for one in all {
        let Item::Action(action) = &one.item else { continue };
        let cell = |text: Option<String>| guarded(&in_a_cell(&text.unwrap_or_default()));
        let issue = action.issue.clone();
        let issue = match one.mode {
            Mode::Live => issue,
            Mode::Exercise => Some(format!("EXERCISE: {}", issue.unwrap_or_default())),
        };
        writer.write_record([
            cell(action.capability.clone()),
            cell(issue.map(|issue| issue.trim_end().to_owned())),
            cell(Some(format!("{}: {}", one.id, action.what))),
            cell(action.element.map(|element| element.title().to_owned())),
            cell(action.organization.clone()),
            cell(action.owner.as_ref().map(ToString::to_string)),
            cell(action.start.map(|day| day.to_string())),
            cell(action.due.map(|day| day.to_string())),
        ])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
