//! The report as CSV files, one for each kind of line. Names of files and columns are stable; new
//! columns come at the end.
//!
//! Absent here on purpose: file access. The caller writes the bytes.

mod guard;
mod logs;
mod plan;
mod sheet;
mod tables;
#[cfg(test)]
mod tests;

pub use plan::improvement_plan;

use super::after_action::Report;

/// A file's name and its bytes.
pub type CsvFile = (&'static str, Vec<u8>);

/// All files of a report, always the same ones.
///
/// # Errors
/// Only if the memory for them is not there.
pub fn csv_files(report: &Report) -> Result<Vec<CsvFile>, ::csv::Error> {
    Ok(vec![
        ("incident.csv", tables::incident(report)?),
        ("steps.csv", tables::steps(report)?),
        ("log.csv", logs::log(report)?),
        ("decisions.csv", logs::decisions(report)?),
        ("roles.csv", tables::roles(report)?),
        ("milestones.csv", tables::milestones(report)?),
        ("kpis.csv", tables::kpis(report)?),
        ("notes.csv", logs::notes(report)?),
        ("actions.csv", plan::actions(report)?),
    ])
}
