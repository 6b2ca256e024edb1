//! Step by step: when it was due, when it was answered, and when it was last time. In minutes since T+0,
//! so that a slow morning and a slow night can be laid side by side.

use serde::Serialize;

use crate::engine::Status;
use crate::playbook::StepId;
use crate::report::after_action::Report;
use crate::report::number;
use crate::report::steps::StepLine;

/// The first turn of one step, in the latest incident and in the one before it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepPair {
    /// Which.
    pub id: StepId,
    /// The short name people say, as in the latest playbook that has it.
    pub code: String,
    /// One line for people.
    pub title: String,
    /// In the latest incident; absent where its playbook has no such step.
    pub latest: Option<Timed>,
    /// In the one before; absent where there is none, or its playbook had no such step.
    pub last: Option<Timed>,
}

/// How a step went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timed {
    /// When it was due, in minutes since T+0.
    #[serde(serialize_with = "number::maybe")]
    pub planned_min: Option<f64>,
    /// When it was answered or begun, in minutes since T+0.
    #[serde(serialize_with = "number::maybe")]
    pub actual_min: Option<f64>,
    /// Where it stands.
    pub status: Status,
    /// As the on-time rate counts it.
    pub in_time: Option<bool>,
    /// How many minutes after its due time it was finished; absent where it was in time, was not
    /// finished, or had no due time.
    #[serde(serialize_with = "number::maybe")]
    pub late_by_min: Option<f64>,
}

impl Timed {
    pub(super) fn says_something(&self) -> bool {
        self.planned_min.is_some() || self.actual_min.is_some()
    }
}

/// Steps that were due or answered in one of the two, in the order of the playbook; those that only the
/// older one has come at the end.
pub(super) fn pairs(latest: &Report, last: Option<&Report>) -> Vec<StepPair> {
    let of_last = |id: &StepId| last.and_then(|report| Some(timed(report, first(report, id)?)));
    let now = firsts(latest).map(|line| pair(line, Some(timed(latest, line)), of_last(&line.id)));
    let gone = last.into_iter().flat_map(|report| {
        let only_here = |line: &&StepLine| first(latest, &line.id).is_none();
        firsts(report).filter(only_here).map(|line| pair(line, None, Some(timed(report, line))))
    });
    now.chain(gone).filter(StepPair::says_something).collect()
}

impl StepPair {
    fn says_something(&self) -> bool {
        [&self.latest, &self.last].into_iter().flatten().any(Timed::says_something)
    }
}

fn firsts(report: &Report) -> impl Iterator<Item = &StepLine> {
    report.status.steps.iter().filter(|line| line.occurrence == 1)
}

fn first<'a>(report: &'a Report, id: &StepId) -> Option<&'a StepLine> {
    firsts(report).find(|line| line.id == *id)
}

fn pair(line: &StepLine, latest: Option<Timed>, last: Option<Timed>) -> StepPair {
    let (id, code, title) = (line.id.clone(), line.code.clone(), line.title.clone());
    StepPair { id, code, title, latest, last }
}

pub(super) fn timed(report: &Report, line: &StepLine) -> Timed {
    let finished_late = line.status == Status::Done && line.in_time == Some(false);
    let late = line.due.zip(line.occurred_at).filter(|_| finished_late);
    Timed {
        planned_min: line.due.and_then(|when| report.t_plus(when)),
        actual_min: line.occurred_at.and_then(|when| report.t_plus(when)),
        status: line.status,
        in_time: line.in_time,
        late_by_min: late.map(|(due, answered)| number::minutes(answered.at - due.at)),
    }
}
