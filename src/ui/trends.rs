//! `runbook trends` for people.

use super::safe::safe;
use super::table::table;
use crate::engine::{Life, Mode};
use crate::playbook::PlaybookId;
use crate::report::{
    KpiTrend, ObjectiveTrend, Run, Series, StepPair, Timed, Value, amount, figure_label,
};

/// As many fit beside each other on 80 columns; all are in the JSON and the CSV files.
const SHOWN: usize = 4;

/// One series: its incidents, their figures, and the steps of the latest one beside the one before.
#[must_use]
pub fn series_text(playbook: &PlaybookId, series: &Series, width: u16) -> String {
    let (one, many) = match series.mode {
        Mode::Live => ("live incident", "live incidents"),
        Mode::Exercise => ("exercise", "exercises"),
    };
    let count = series.runs.len();
    let kind = if count == 1 { one } else { many };
    let mut lines = vec![format!("{playbook}: {count} {kind}, the oldest first")];
    lines.extend(series.runs.iter().zip(1..).map(|(run, number)| listed(run, number)));
    if !series.kpis.is_empty() {
        lines.extend([String::new(), figures(series, width)]);
        if series.kpis.iter().flat_map(|figure| &figure.values).any(|one| one.met == Some(false)) {
            lines.push("! target missed".to_owned());
        }
    }
    if !series.objectives.is_empty() {
        lines.extend([String::new(), objectives(series, width)]);
    }
    let left_out = count.saturating_sub(SHOWN);
    if left_out > 0 {
        lines.push(format!("{left_out} older: --json and --csv show all."));
    }
    if !series.steps.is_empty() {
        lines.extend([String::new(), steps(series, width)]);
    }
    lines.join("\n")
}

fn listed(run: &Run, number: usize) -> String {
    let (id, details) = described(run);
    format!("  {number}  {id}  {details}")
}

/// One incident: its id, and what else there is to say.
pub(super) fn described(run: &Run) -> (String, String) {
    // The clock of an exercise may show another day than the one on which it was held.
    let began = if run.kind.is_some() { run.opened_at } else { run.t0.or(run.opened_at) };
    let when = began.map(|when| when.to_string()).unwrap_or_default();
    let state = match run.state {
        Life::Suspected => ", never declared",
        Life::Declared => ", still open",
        Life::Closed => "",
        Life::FalseAlarm => ", false alarm: counts in no figure",
    };
    let what = run.scenario.as_ref().map(|id| format!("  {id}")).unwrap_or_default();
    let real = if run.interrupted { ", ended by something real" } else { "" };
    let alone = if run.alone { ", played alone" } else { "" };
    let doubt = if run.integrity_problem { ", INTEGRITY PROBLEM" } else { "" };
    (safe(&run.incident).into_owned(), format!("{when}{what}{state}{alone}{real}{doubt}"))
}

fn figures(series: &Series, width: u16) -> String {
    let (from, numbers) = shown_runs(series);
    let head: Vec<&str> =
        ["figure", "target"].into_iter().chain(numbers.iter().map(String::as_str)).collect();
    let row = |figure: &KpiTrend| {
        let target = figure.values.iter().rev().find_map(|one| one.target);
        let mut row = vec![figure_label(figure.id).to_owned()];
        row.push(or_dash(target.map(|target| amount(figure.unit, target))));
        row.extend(figure.values[from..].iter().map(|one| shown(figure, one)));
        row
    };
    table(width, &head, &series.kpis.iter().map(row).collect::<Vec<_>>())
}

/// Judgements side by side; what they add up to is nobody's business but the reader's.
fn objectives(series: &Series, width: u16) -> String {
    let (from, numbers) = shown_runs(series);
    let mut head: Vec<&str> = vec!["objective"];
    head.extend(numbers.iter().map(String::as_str));
    head.push("text");
    let row = |one: &ObjectiveTrend| {
        let ratings =
            one.ratings[from..].iter().map(|rating| or_dash(rating.map(|r| r.to_string())));
        let mut row = vec![one.id.to_string()];
        row.extend(ratings);
        row.push(one.text.clone());
        row
    };
    table(width, &head, &series.objectives.iter().map(row).collect::<Vec<_>>())
}

/// The place of the first one shown, and the numbers of all that are.
fn shown_runs(series: &Series) -> (usize, Vec<String>) {
    let from = series.runs.len().saturating_sub(SHOWN);
    (from, (from..series.runs.len()).map(|at| (at + 1).to_string()).collect())
}

fn shown(figure: &KpiTrend, one: &Value) -> String {
    let missed = if one.met == Some(false) { " !" } else { "" };
    or_dash(one.value.map(|value| format!("{}{missed}", amount(figure.unit, value))))
}

fn steps(series: &Series, width: u16) -> String {
    let head = ["step", "planned", "actual", "last time", "how"];
    let row = |pair: &StepPair| {
        let (latest, last) = (pair.latest.as_ref(), pair.last.as_ref());
        vec![
            format!("{} {}", pair.code, pair.id),
            minutes(latest.and_then(|timed| timed.planned_min)),
            minutes(latest.and_then(|timed| timed.actual_min)),
            minutes(last.and_then(|timed| timed.actual_min)),
            latest.map_or("not in this playbook any more".to_owned(), how),
        ]
    };
    table(width, &head, &series.steps.iter().map(row).collect::<Vec<_>>())
}

fn how(timed: &Timed) -> String {
    let late = if timed.in_time == Some(false) { ", late" } else { "" };
    format!("{}{late}", timed.status.word().replace('_', " "))
}

pub(super) fn minutes(value: Option<f64>) -> String {
    or_dash(value.map(|m| if m < 0.0 { format!("T{m}") } else { format!("T+{m}") }))
}

pub(super) fn or_dash(value: Option<String>) -> String {
    value.unwrap_or_else(|| "-".to_owned())
}
