//! Comparison: how the incidents of one playbook went, one after the other, and how its exercises did.
//! The two are never mixed: practice says nothing about a figure of a real outage, nor the other way.
//! [`Comparison`] lays any two beside each other, and says of both which was real.
//!
//! Absent here on purpose: arithmetic on ratings, which are judgements, and any figure that a log
//! cannot support.

mod compare;
mod csv;
mod steps;
#[cfg(test)]
mod tests;

pub use self::compare::{
    Compared, ComparedKpi, ComparedMark, ComparedObjective, ComparedStep, Comparison, Judged,
    NotComparable, Side,
};
pub use self::csv::{comparison_csv, trend_files};
pub use self::steps::{StepPair, Timed};

use serde::Serialize;

use super::after_action::Report;
use super::kpi::{Figure, Unit};
use super::number;
use super::when::When;
use crate::engine::{Life, Mode};
use crate::playbook::{ExerciseId, ExerciseKind, KpiId, ObjectiveId, PlaybookId, Rating};

/// Everything that was done with one playbook.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// The playbook.
    pub playbook: PlaybookId,
    /// Live incidents.
    pub live: Series,
    /// Exercises.
    pub exercises: Series,
}

/// Incidents of one mode in the order of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// What they have in common.
    pub mode: Mode,
    /// Each of them, the oldest first. False alarms are among them, and have no figures.
    pub runs: Vec<Run>,
    /// Every figure that at least one of them supports.
    pub kpis: Vec<KpiTrend>,
    /// Every objective of its exercises, and how it was rated each time.
    pub objectives: Vec<ObjectiveTrend>,
    /// Every step that was due or answered in one of the last two: planned, actual, last time.
    pub steps: Vec<StepPair>,
}

/// One incident or exercise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// Which.
    pub incident: String,
    /// What people call it.
    pub title: Option<String>,
    /// Where it stands in its life.
    pub state: Life,
    /// The version of the playbook.
    pub playbook_version: String,
    /// When it was opened; of an exercise by the real clock.
    pub opened_at: Option<When>,
    /// T+0.
    pub t0: Option<When>,
    /// What kind of exercise it was.
    pub kind: Option<ExerciseKind>,
    /// The scenario.
    pub scenario: Option<ExerciseId>,
    /// Something real ended it.
    pub interrupted: bool,
    /// One person played it alone.
    pub alone: bool,
    /// Parts of its log did not verify.
    pub integrity_problem: bool,
}

/// One figure over several incidents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KpiTrend {
    /// Which.
    pub id: KpiId,
    /// What its values count.
    pub unit: Unit,
    /// One for each of [`Series::runs`]; absent where the log cannot say.
    pub values: Vec<Value>,
}

/// One figure of one incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Value {
    /// In the figure's unit.
    #[serde(serialize_with = "number::maybe")]
    pub value: Option<f64>,
    /// The most minutes or the least share that its playbook asked for then.
    #[serde(serialize_with = "number::maybe")]
    pub target: Option<f64>,
    /// Whether that was met.
    pub met: Option<bool>,
}

/// One objective over several exercises: judgements, side by side, never added up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ObjectiveTrend {
    /// Which.
    pub id: ObjectiveId,
    /// The objective itself, as it read last.
    pub text: String,
    /// One for each of [`Series::runs`]; absent where it was no objective, or nobody rated it.
    pub ratings: Vec<Option<Rating>>,
}

impl Trend {
    /// From the reports of all incidents of a playbook, in any order.
    #[must_use]
    pub fn of(playbook: PlaybookId, reports: &[Report]) -> Self {
        let of = |mode| Series::of(mode, reports);
        Self { playbook, live: of(Mode::Live), exercises: of(Mode::Exercise) }
    }
}

impl Series {
    fn of(mode: Mode, reports: &[Report]) -> Self {
        let mut all: Vec<&Report> = reports.iter().filter(|one| one.status.mode == mode).collect();
        all.sort_by_key(|report| (began(report), report.status.incident.clone()));
        let runs: Vec<Run> = all.iter().map(|report| run(report)).collect();
        let (latest, last) = latest_and_last(&runs);
        let (latest, last) = (latest.and_then(|at| all.get(at)), last.and_then(|at| all.get(at)));
        Self {
            mode,
            runs,
            kpis: kpis(&all),
            objectives: objectives(&all),
            steps: latest.map(|latest| steps::pairs(latest, last.copied())).unwrap_or_default(),
        }
    }

    /// The latest one whose steps are compared, and the one before it.
    #[must_use]
    pub fn compared(&self) -> (Option<&Run>, Option<&Run>) {
        let (latest, last) = latest_and_last(&self.runs);
        (latest.and_then(|at| self.runs.get(at)), last.and_then(|at| self.runs.get(at)))
    }
}

/// Which of them are compared step by step: the latest, and the last one before it that came to its end.
/// What was nothing, and what reality broke off, is in neither place.
fn latest_and_last(runs: &[Run]) -> (Option<usize>, Option<usize>) {
    let whole = |run: &Run| run.state != Life::FalseAlarm && !run.interrupted;
    let mut counted = (0..runs.len()).rev().filter(|at| whole(&runs[*at]));
    let latest = counted.next();
    (latest, counted.find(|at| runs[*at].state == Life::Closed))
}

/// When it began as far as anybody knows, of an exercise by the real clock; what has no time comes last.
fn began(report: &Report) -> (bool, Option<i64>) {
    let held = report.exercise_details.as_ref().and_then(|one| one.held_from);
    let at = held.or(report.status.t0).or(report.opened_at).map(|when| when.at.millis());
    (at.is_none(), at)
}

fn run(report: &Report) -> Run {
    let (status, exercise) = (&report.status, report.exercise_details.as_ref());
    Run {
        incident: status.incident.clone(),
        title: status.title.clone(),
        state: status.state,
        playbook_version: status.playbook.version.clone(),
        opened_at: exercise.and_then(|one| one.held_from).or(report.opened_at),
        t0: status.t0,
        kind: exercise.map(|one| one.kind),
        scenario: exercise.and_then(|one| one.id.clone()),
        interrupted: exercise.is_some_and(|one| one.interrupted.is_some()),
        alone: exercise.is_some_and(|one| one.solo),
        integrity_problem: !report.integrity_problems.is_empty(),
    }
}

fn kpis(all: &[&Report]) -> Vec<KpiTrend> {
    let of = |id: KpiId| {
        let of_one = |report: &&Report| value(report.status.kpis.iter().find(|one| one.id == id));
        let values: Vec<Value> = all.iter().map(of_one).collect();
        let unit = unit(id);
        values.iter().any(|one| one.value.is_some()).then_some(KpiTrend { id, unit, values })
    };
    KpiId::ALL.iter().copied().filter_map(of).collect()
}

const fn unit(id: KpiId) -> Unit {
    if id.is_share() { Unit::Share } else { Unit::Minutes }
}

fn objectives(all: &[&Report]) -> Vec<ObjectiveTrend> {
    let mut known: Vec<(&ObjectiveId, &str)> = Vec::new();
    for objective in all.iter().rev().flat_map(|report| &report.objectives) {
        if !known.iter().any(|(id, _)| **id == objective.id) {
            known.push((&objective.id, &objective.text));
        }
    }
    let rating = |report: &&Report, id: &ObjectiveId| {
        let objective = report.objectives.iter().find(|one| one.id == *id)?;
        Some(objective.rating.as_ref()?.rating)
    };
    let line = |(id, text): (&ObjectiveId, &str)| ObjectiveTrend {
        id: id.clone(),
        text: text.to_owned(),
        ratings: all.iter().map(|report| rating(report, id)).collect(),
    };
    known.into_iter().map(line).collect()
}

fn value(figure: Option<&Figure>) -> Value {
    Value {
        value: figure.and_then(|figure| figure.value),
        target: figure.and_then(|figure| figure.target),
        met: figure.and_then(|figure| figure.met),
    }
}
