//! A comparison as CSV files, one for each kind of line. Every line says which incident it is about and
//! whether it was real.

use super::{Series, Trend};
use crate::playbook::PlaybookId;
use crate::report::csv::{CsvFile, Sheet, mode};

type Bytes = Result<Vec<u8>, ::csv::Error>;

/// All files of a comparison of any number of playbooks, always the same ones.
///
/// # Errors
/// Only if the memory for them is not there.
pub fn trend_files(trends: &[Trend]) -> Result<Vec<CsvFile>, ::csv::Error> {
    Ok(vec![
        ("trend-kpis.csv", kpis(trends)?),
        ("trend-objectives.csv", objectives(trends)?),
        ("trend-steps.csv", steps(trends)?),
    ])
}

fn every(trends: &[Trend]) -> impl Iterator<Item = (&PlaybookId, &Series)> {
    trends
        .iter()
        .flat_map(|Trend { playbook, live, exercises }| [(playbook, live), (playbook, exercises)])
}

fn kpis(trends: &[Trend]) -> Bytes {
    let head = "playbook mode incident t0 kpi value unit target met";
    let mut sheet = Sheet::with(head.split(' '))?;
    for (playbook, series) in every(trends) {
        for figure in &series.kpis {
            for (run, value) in series.runs.iter().zip(&figure.values) {
                sheet
                    .text(playbook.as_str())
                    .text(mode(series.mode))
                    .text(&run.incident)
                    .time(run.t0)
                    .text(figure.id.word())
                    .number(value.value)
                    .text(figure.unit.word())
                    .number(value.target)
                    .yes_no(value.met)
                    .end_row()?;
            }
        }
    }
    sheet.bytes()
}

fn objectives(trends: &[Trend]) -> Bytes {
    let head = "playbook mode incident t0 scenario objective text rating";
    let mut sheet = Sheet::with(head.split(' '))?;
    for (playbook, series) in every(trends) {
        for objective in &series.objectives {
            for (run, rating) in series.runs.iter().zip(&objective.ratings) {
                sheet
                    .text(playbook.as_str())
                    .text(mode(series.mode))
                    .text(&run.incident)
                    .time(run.t0)
                    .maybe(run.scenario.as_ref())
                    .text(objective.id.as_str())
                    .text(&objective.text)
                    .maybe(*rating)
                    .end_row()?;
            }
        }
    }
    sheet.bytes()
}

fn steps(trends: &[Trend]) -> Bytes {
    let head = "playbook mode latest last code step title planned_min actual_min status in_time \
        last_planned_min last_actual_min last_status last_in_time";
    let mut sheet = Sheet::with(head.split(' '))?;
    for (playbook, series) in every(trends) {
        let (latest, last) = series.compared();
        for pair in &series.steps {
            sheet.text(playbook.as_str()).text(mode(series.mode));
            sheet.maybe(latest.map(|run| &run.incident)).maybe(last.map(|run| &run.incident));
            sheet.text(&pair.code).text(pair.id.as_str()).text(&pair.title);
            for timed in [&pair.latest, &pair.last] {
                let timed = timed.as_ref();
                sheet
                    .number(timed.and_then(|timed| timed.planned_min))
                    .number(timed.and_then(|timed| timed.actual_min))
                    .text(timed.map_or("", |timed| timed.status.word()))
                    .yes_no(timed.and_then(|timed| timed.in_time));
            }
            sheet.end_row()?;
        }
    }
    sheet.bytes()
}
