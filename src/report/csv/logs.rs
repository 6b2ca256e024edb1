//! What happened and what was said: one line for each record, decision, note.

use super::sheet::{Sheet, names};
use crate::engine::Source;
use crate::report::after_action::Report;
use crate::report::timeline::Amendment;
use crate::report::words::Origin;

type Bytes = Result<Vec<u8>, ::csv::Error>;

pub(super) fn log(report: &Report) -> Bytes {
    let columns = "record kind occurred_at t_plus_min recorded_at recorded_t_plus_min late_entry \
        ahead_of_time by role source step what corrected_by first_recorded_as writer \
        seq hash accountable_role role_held_by outside_role scribe";
    let mut sheet = Sheet::new(report, columns)?;
    for entry in &report.timeline {
        let corrections: Vec<String> = entry.corrected_by.iter().map(correction).collect();
        sheet
            .text(&entry.record)
            .text(&entry.kind)
            .time(Some(entry.occurred_at))
            .number(entry.t_plus_min)
            .timed(Some(entry.recorded_at))
            .yes_no(Some(entry.late_entry))
            .yes_no(Some(entry.ahead_of_time))
            .maybe(entry.by.as_ref())
            .maybe(entry.role.as_ref())
            .text(source(entry.source))
            .maybe(entry.step.as_ref())
            .text(&entry.what)
            .text(corrections.join("; "))
            .time(entry.first_recorded_as)
            .text(entry.writer.as_str())
            .count(entry.seq)
            .text(entry.hash.hex())
            .maybe(entry.accountable_role.as_ref())
            .text(names(&entry.role_held_by))
            .yes_no(entry.outside_role)
            .maybe(entry.scribe.as_ref())
            .end_row()?;
    }
    sheet.bytes()
}

const fn source(source: Source) -> &'static str {
    match source {
        Source::Typed => "typed",
        Source::Paper => "paper",
        Source::Import => "import",
    }
}

fn correction(amendment: &Amendment) -> String {
    let when = amendment.occurred_at.map_or(String::new(), |at| format!("happened {}; ", at.iso()));
    format!("{}: {when}{}", amendment.record, amendment.note)
}

pub(super) fn decisions(report: &Report) -> Bytes {
    let columns = "step code occurrence question option option_title because stands occurred_at \
        t_plus_min recorded_at late_entry by role record";
    let mut sheet = Sheet::new(report, columns)?;
    for line in &report.decisions {
        sheet
            .maybe(line.step.as_ref())
            .maybe(line.code.as_ref())
            .maybe(line.occurrence)
            .maybe(line.question.as_ref())
            .maybe(line.option.as_ref())
            .maybe(line.option_title.as_ref())
            .maybe(line.because.as_ref())
            .yes_no(Some(line.stands));
        origin(&mut sheet, &line.origin)?;
    }
    sheet.bytes()
}

pub(super) fn notes(report: &Report) -> Bytes {
    let columns = "kind text occurred_at t_plus_min recorded_at late_entry by role record";
    let mut sheet = Sheet::new(report, columns)?;
    for line in &report.notes {
        sheet.text(line.kind.word()).text(&line.text);
        origin(&mut sheet, &line.origin)?;
    }
    sheet.bytes()
}

fn origin(sheet: &mut Sheet<'_>, origin: &Origin) -> Result<(), ::csv::Error> {
    sheet
        .timed(Some(origin.occurred_at))
        .time(Some(origin.recorded_at))
        .yes_no(Some(origin.late_entry))
        .maybe(origin.by.as_ref())
        .maybe(origin.role.as_ref())
        .text(&origin.record)
        .end_row()
}
