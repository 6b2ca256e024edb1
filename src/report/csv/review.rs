//! What was judged and what was found: one line for each objective, one for each finding.

use super::logs::origin;
use super::sheet::Sheet;
use crate::report::after_action::Report;

type Bytes = Result<Vec<u8>, ::csv::Error>;

pub(super) fn objectives(report: &Report) -> Bytes {
    let columns = "objective text core_capability target critical_tasks rating why evaluator \
        evaluator_played rated_at record";
    let mut sheet = Sheet::new(report, columns)?;
    for objective in &report.objectives {
        let rating = objective.rating.as_ref();
        sheet
            .text(objective.id.as_str())
            .text(&objective.text)
            .maybe(objective.capability.as_ref())
            .maybe(objective.target.as_ref())
            .text(objective.tasks.join("; "))
            .maybe(rating.map(|line| line.rating))
            .maybe(rating.map(|line| &line.why))
            .maybe(rating.and_then(|line| line.by.as_ref()))
            .yes_no(rating.map(|line| line.by_player))
            .time(rating.map(|line| line.recorded_at))
            .maybe(rating.map(|line| &line.record))
            .end_row()?;
    }
    sheet.bytes()
}

pub(super) fn findings(report: &Report) -> Bytes {
    let columns = "kind objective core_capability statement reference analysis from_note occurred_at \
        t_plus_min recorded_at late_entry by role record";
    let mut sheet = Sheet::new(report, columns)?;
    for finding in &report.findings {
        sheet
            .text(finding.kind.word())
            .maybe(finding.objective.as_ref())
            .maybe(finding.capability.as_ref())
            .text(&finding.statement)
            .maybe(finding.reference.as_ref())
            .maybe(finding.analysis.as_ref())
            .yes_no(Some(finding.from_note));
        origin(&mut sheet, &finding.origin)?;
    }
    sheet.bytes()
}
