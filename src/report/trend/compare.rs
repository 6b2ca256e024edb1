//! Two incidents of one playbook side by side: step by step planned and actual, milestones, figures and
//! judgements. One of them may be practice; then every object and every row says which one.
//!
//! Absent here on purpose: differences. A figure of an exercise and one of a real outage stand beside
//! each other and are never taken into one number.

use serde::Serialize;

use super::steps::{Timed, timed};
use super::{Run, Value, run, unit, value};
use crate::engine::{Digest, Mode};
use crate::playbook::{KpiId, Mark, ObjectiveId, PlaybookId, Rating, RoleId, StepId};
use crate::report::after_action::Report;
use crate::report::exercised::ObjectiveLine;
use crate::report::kpi::Unit;
use crate::report::number;
use crate::report::status::FORMAT;
use crate::report::steps::StepLine;

/// Two incidents or exercises of one playbook.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// [`FORMAT`].
    pub format: u32,
    /// What both have in common; absent where one was real and the other was not.
    pub mode: Option<Mode>,
    /// The playbook of both.
    pub playbook: PlaybookId,
    /// Its version or its text differs between the two: steps are compared by their ids.
    pub playbook_differs: bool,
    /// The one that was asked for.
    pub this: Compared,
    /// The one it is held against.
    pub other: Compared,
    /// Every turn of every step that was due or answered in one of the two, in the order of the
    /// playbook; what only the other one has comes at the end.
    pub steps: Vec<ComparedStep>,
    /// Every milestone that one of the two reached.
    pub milestones: Vec<ComparedMark>,
    /// Every figure that one of the two supports.
    pub kpis: Vec<ComparedKpi>,
    /// Every objective of one of the two.
    pub objectives: Vec<ComparedObjective>,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// For real or for practice.
    pub mode: Mode,
    /// Everything else.
    #[serde(flatten)]
    pub run: Run,
}

/// One turn of one step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedStep {
    /// Which.
    pub id: StepId,
    /// The short name people say, as in this one's playbook where it has the step.
    pub code: String,
    /// One line for people.
    pub title: String,
    /// Who answers for it.
    pub role: RoleId,
    /// From 1.
    pub occurrence: u32,
    /// The playbook of the other one has no such step.
    pub only_in: Option<Side>,
    /// Here; absent where there was no such turn.
    pub this: Option<Timed>,
    /// There; absent where there was no such turn.
    pub other: Option<Timed>,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The one that was asked for.
    This,
    /// The one it is held against.
    Other,
}

impl Side {
    /// As the files write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::This => "this",
            Self::Other => "other",
        }
    }
}

/// A milestone, in minutes since T+0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ComparedMark {
    /// Which.
    pub mark: Mark,
    /// Here; absent where it was not reached, or there was no T+0.
    #[serde(serialize_with = "number::maybe")]
    pub this_min: Option<f64>,
    /// There; absent likewise.
    #[serde(serialize_with = "number::maybe")]
    pub other_min: Option<f64>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedKpi {
    /// Which.
    pub id: KpiId,
    /// What its values count.
    pub unit: Unit,
    /// Here.
    pub this: Value,
    /// There.
    pub other: Value,
}

/// An objective: judgements side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedObjective {
    /// Which.
    pub id: ObjectiveId,
    /// The objective itself, as it reads here where it is one here.
    pub text: String,
    /// Here; absent where it was no objective.
    pub this: Option<Judged>,
    /// There; absent where it was no objective.
    pub other: Option<Judged>,
}

/// How an evaluator said it was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// Absent where nobody rated it, or the exercise still runs.
    pub rating: Option<Rating>,
}

/// Why two are not compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotComparable {
    /// They are one.
    #[error("{0} is not compared with itself")]
    Itself(String),
    /// They follow two playbooks.
    #[error("{this} is of the playbook \"{of_this}\", {other} of \"{of_other}\"")]
    Playbooks {
        /// The one that was asked for.
        this: String,
        /// Its playbook.
        of_this: PlaybookId,
        /// The one it was to be held against.
        other: String,
        /// Its playbook.
        of_other: PlaybookId,
    },
}

impl Comparison {
    /// This one beside the other one.
    ///
    /// # Errors
    /// If they are one, or have not one playbook.
    pub fn of(this: &Report, other: &Report) -> Result<Self, NotComparable> {
        let (here, there) = (&this.status, &other.status);
        if here.incident == there.incident {
            return Err(NotComparable::Itself(here.incident.clone()));
        }
        if here.playbook.id != there.playbook.id {
            return Err(NotComparable::Playbooks {
                this: here.incident.clone(),
                of_this: here.playbook.id.clone(),
                other: there.incident.clone(),
                of_other: there.playbook.id.clone(),
            });
        }
        Ok(Self {
            format: FORMAT,
            mode: (here.mode == there.mode).then_some(here.mode),
            playbook: here.playbook.id.clone(),
            playbook_differs: here.playbook.version != there.playbook.version
                || of_other_text(this, other),
            this: compared(this),
            other: compared(other),
            steps: steps(this, other),
            milestones: milestones(this, other),
            kpis: kpis(this, other),
            objectives: objectives(this, other),
        })
    }

    /// One of the two is practice.
    #[must_use]
    pub fn has_exercise(&self) -> bool {
        self.mode != Some(Mode::Live)
    }

    /// Parts of one of the logs did not verify.
    #[must_use]
    pub const fn in_doubt(&self) -> bool {
        self.this.run.integrity_problem || self.other.run.integrity_problem
    }
}

/// Whether the pinned texts differ, as far as the first records say which they were.
fn of_other_text(this: &Report, other: &Report) -> bool {
    let digests = |report: &Report| -> Vec<Digest> {
        report.sources.iter().map(|source| source.sha256).collect()
    };
    let (here, there) = (digests(this), digests(other));
    !here.is_empty() && !there.is_empty() && here != there
}

fn compared(report: &Report) -> Compared {
    Compared { mode: report.status.mode, run: run(report) }
}

fn steps(this: &Report, other: &Report) -> Vec<ComparedStep> {
    let here = this.status.steps.iter().map(|line| {
        let there = turn(other, line);
        let only_in = (!has_step(other, &line.id)).then_some(Side::This);
        let (this, other) = (Some(timed(this, line)), there.map(|line| timed(other, line)));
        ComparedStep { only_in, this, other, ..named(line) }
    });
    let gone = other.status.steps.iter().filter(|line| turn(this, line).is_none()).map(|line| {
        let only_in = (!has_step(this, &line.id)).then_some(Side::Other);
        ComparedStep { only_in, other: Some(timed(other, line)), ..named(line) }
    });
    let mut all: Vec<ComparedStep> =
        here.chain(gone).filter(ComparedStep::says_something).collect();
    // A later turn that only the other one had stands with its step, where this one has the step.
    let place = |one: &ComparedStep| this.status.steps.iter().position(|line| line.id == one.id);
    all.sort_by_key(|one| (one.only_in == Some(Side::Other), place(one), one.occurrence));
    all
}

fn turn<'a>(report: &'a Report, line: &StepLine) -> Option<&'a StepLine> {
    let same = |one: &&StepLine| one.id == line.id && one.occurrence == line.occurrence;
    report.status.steps.iter().find(same)
}

fn has_step(report: &Report, id: &StepId) -> bool {
    report.status.steps.iter().any(|line| line.id == *id)
}

fn named(line: &StepLine) -> ComparedStep {
    ComparedStep {
        id: line.id.clone(),
        code: line.code.clone(),
        title: line.title.clone(),
        role: line.role.clone(),
        occurrence: line.occurrence,
        only_in: None,
        this: None,
        other: None,
    }
}

impl ComparedStep {
    fn says_something(&self) -> bool {
        [&self.this, &self.other].into_iter().flatten().any(Timed::says_something)
    }
}

fn milestones(this: &Report, other: &Report) -> Vec<ComparedMark> {
    let at = |report: &Report, mark: Mark| {
        let all = &report.status.milestones.0;
        let (_, when) = all.iter().find(|(known, _)| *known == mark)?;
        report.t_plus((*when)?)
    };
    let line = |mark: &Mark| {
        let (this_min, other_min) = (at(this, *mark), at(other, *mark));
        let reached = this_min.is_some() || other_min.is_some();
        reached.then_some(ComparedMark { mark: *mark, this_min, other_min })
    };
    Mark::ALL.iter().filter_map(line).collect()
}

fn kpis(this: &Report, other: &Report) -> Vec<ComparedKpi> {
    let of = |report: &Report, id| value(report.status.kpis.iter().find(|one| one.id == id));
    let line = |id: &KpiId| {
        let (this, other) = (of(this, *id), of(other, *id));
        let supported = this.value.is_some() || other.value.is_some();
        supported.then_some(ComparedKpi { id: *id, unit: unit(*id), this, other })
    };
    KpiId::ALL.iter().filter_map(line).collect()
}

fn objectives(this: &Report, other: &Report) -> Vec<ComparedObjective> {
    let judged = |report: &Report, id: &ObjectiveId| {
        let objective = report.objectives.iter().find(|one| one.id == *id)?;
        Some(Judged { rating: objective.rating.as_ref().map(|given| given.rating) })
    };
    let only_there = |id: &ObjectiveId| this.objectives.iter().all(|one| one.id != *id);
    let there = other.objectives.iter().filter(|one| only_there(&one.id));
    let line = |one: &ObjectiveLine| ComparedObjective {
        id: one.id.clone(),
        text: one.text.clone(),
        this: judged(this, &one.id),
        other: judged(other, &one.id),
    };
    this.objectives.iter().chain(there).map(line).collect()
}
