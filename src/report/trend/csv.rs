//! A comparison as CSV files, one for each kind of line. Every line says which incident it is about and
//! whether it was real.

use super::compare::{Compared, Comparison, Side};
use super::steps::Timed;
use super::{Series, Trend, Value};
use crate::playbook::{PlaybookId, Rating};
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

/// Two incidents side by side, as one file. Of a step `planned` is when it was due and `actual` when it
/// was answered, of a milestone when it was reached, each in minutes since T+0; of a figure they are its
/// target and its value. `result` is the step's standing or the objective's rating.
///
/// # Errors
/// Only if the memory for it is not there.
pub fn comparison_csv(comparison: &Comparison) -> Bytes {
    let head = "playbook kind code id occurrence text role unit only_in incident mode planned actual \
        result in_time late_by_min other_incident other_mode other_planned other_actual other_result \
        other_in_time other_late_by_min";
    let mut sheet = Sheet::with(head.split(' '))?;
    steps_compared(&mut sheet, comparison)?;
    let both = [&comparison.this, &comparison.other];
    for line in &comparison.milestones {
        let cells =
            [line.this_min, line.other_min].map(|actual| Cells { actual, ..Cells::default() });
        let about =
            About { kind: "milestone", id: line.mark.word(), unit: "min", ..About::default() };
        about.row(&mut sheet, comparison);
        beside(&mut sheet, both, &cells)?;
    }
    for line in &comparison.kpis {
        let about =
            About { kind: "kpi", id: line.id.word(), unit: line.unit.word(), ..About::default() };
        about.row(&mut sheet, comparison);
        beside(&mut sheet, both, &[&line.this, &line.other].map(Cells::of_value))?;
    }
    for line in &comparison.objectives {
        let (id, text) = (line.id.as_str(), line.text.as_str());
        About { kind: "objective", id, text, ..About::default() }.row(&mut sheet, comparison);
        let rating = [line.this, line.other].map(|judged| judged.and_then(|one| one.rating));
        let result = |rating: Option<Rating>| rating.map(|one| one.to_string()).unwrap_or_default();
        let cells = rating.map(|one| Cells { result: result(one), ..Cells::default() });
        beside(&mut sheet, both, &cells)?;
    }
    sheet.bytes()
}

fn steps_compared(sheet: &mut Sheet<'_>, comparison: &Comparison) -> Result<(), ::csv::Error> {
    for line in &comparison.steps {
        let about = About {
            kind: "step",
            code: &line.code,
            id: line.id.as_str(),
            occurrence: Some(line.occurrence),
            text: &line.title,
            role: line.role.as_str(),
            unit: "min",
            only_in: line.only_in.map_or("", Side::word),
        };
        about.row(sheet, comparison);
        let cells = [&line.this, &line.other].map(|timed| Cells::of_step(timed.as_ref()));
        beside(sheet, [&comparison.this, &comparison.other], &cells)?;
    }
    Ok(())
}

/// What a row is about.
#[derive(Default)]
struct About<'a> {
    kind: &'a str,
    code: &'a str,
    id: &'a str,
    occurrence: Option<u32>,
    text: &'a str,
    role: &'a str,
    unit: &'a str,
    only_in: &'a str,
}

impl About<'_> {
    fn row(&self, sheet: &mut Sheet<'_>, comparison: &Comparison) {
        sheet.text(comparison.playbook.as_str()).text(self.kind).text(self.code).text(self.id);
        sheet.maybe(self.occurrence).text(self.text).text(self.role).text(self.unit);
        sheet.text(self.only_in);
    }
}

/// What a row says of one of the two.
#[derive(Default)]
struct Cells {
    planned: Option<f64>,
    actual: Option<f64>,
    result: String,
    in_time: Option<bool>,
    late_by: Option<f64>,
}

impl Cells {
    fn of_step(timed: Option<&Timed>) -> Self {
        timed.map_or_else(Self::default, |timed| Self {
            planned: timed.planned_min,
            actual: timed.actual_min,
            result: timed.status.word().to_owned(),
            in_time: timed.in_time,
            late_by: timed.late_by_min,
        })
    }

    fn of_value(value: &Value) -> Self {
        let met = value.met.map(|met| if met { "met" } else { "missed" });
        let result = met.unwrap_or_default().to_owned();
        Self { planned: value.target, actual: value.value, result, ..Self::default() }
    }
}

fn beside(
    sheet: &mut Sheet<'_>,
    both: [&Compared; 2],
    cells: &[Cells; 2],
) -> Result<(), ::csv::Error> {
    for (one, cells) in both.into_iter().zip(cells) {
        sheet.text(&one.run.incident).text(mode(one.mode));
        sheet.number(cells.planned).number(cells.actual).text(&cells.result);
        sheet.yes_no(cells.in_time).number(cells.late_by);
    }
    sheet.end_row()
}
