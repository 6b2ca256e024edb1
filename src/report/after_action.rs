//! The after-action report as one value; markdown, text, JSON and CSV only render it.
//!
//! Absent here on purpose: judgement. Ratings, causes and blame are people's words, never computed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::evidence::{Evidence, evidence};
use super::exercised::{
    self, ExerciseDetails, InjectOutcome, ObjectiveLine, ObservationLine, UntoldLine,
};
use super::findings::{FieldLine, FindingLine, fields, findings};
use super::improvement::{ActionLine, ReviewLine, actions, reviewed};
use super::number;
use super::on_shift::{OnShift, on_shift};
use super::passed_on::{HandOverLine, hand_overs};
use super::people::{Shift, shifts};
use super::status::Status;
use super::story::{Reading, Story, said};
use super::timeline::{CorrectionLine, Entry, corrections, entries};
use super::when::When;
use super::words::{DecisionLine, NoteLine, decisions, notes};
use crate::engine::{ClockKind, Ending, Marked, Mode, Person, SourceDigest};
use crate::playbook::{Mark, ReportField, ServiceId};

/// What no report can show, said in every one of them.
pub const LIMITS: &str = "This report is made from the incident's log and holds what people \
recorded. Persons and roles are asserted by whoever typed, not authenticated. Each record carries \
the hash of the one before it, so a changed, missing or inserted record shows; a cleanly cut end \
or a complete rewrite cannot be seen from the file alone. Compare the checkpoint lines with the \
ones that were printed, read out or sent to somebody else during the incident. Times are those of \
the recording machine's clock unless somebody gave another one. A patient token with a reason is \
still health information.";

/// What happened, as far as the log says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Where the incident stands, with every figure.
    #[serde(flatten)]
    pub status: Status,
    /// What did not verify, in words; empty = everything did.
    pub integrity_problems: Vec<String>,
    /// Up to when what still runs is counted.
    pub counted_until: When,
    /// Where.
    pub site: Option<String>,
    /// Which clock the times come from.
    pub clock: Option<ClockKind>,
    /// The version of the program that opened the incident.
    pub runbook: Option<String>,
    /// The incident this one grew out of.
    pub linked_from: Option<String>,
    /// The files that the pinned playbook was put together from; empty in older logs.
    pub sources: Vec<SourceDigest>,
    /// When the incident was opened.
    pub opened_at: Option<When>,
    /// How it ended.
    pub ended: Option<EndingLine>,
    /// What made it fail.
    pub cause: Option<String>,
    /// How far it reached.
    pub scope: Option<String>,
    /// Every milestone each time it was marked; those never marked have no time.
    pub marks: Vec<MarkLine>,
    /// Who held which role when, and when nobody did.
    pub shifts: Vec<Shift>,
    /// Who was at work from when to when, whatever their roles.
    pub on_shift: Vec<OnShift>,
    /// Every hand-over, and who has not confirmed it.
    pub hand_overs: Vec<HandOverLine>,
    /// Decisions and their reasons.
    pub decisions: Vec<DecisionLine>,
    /// Every note.
    pub notes: Vec<NoteLine>,
    /// The improvement plan.
    pub actions: Vec<ActionLine>,
    /// The hot wash and this report's finished form, as far as they are owed by the end of counting.
    pub reviews: Vec<ReviewLine>,
    /// What kind of exercise it was; absent for a live incident.
    pub exercise_details: Option<ExerciseDetails>,
    /// What the exercise was to show, and how evaluators judged it.
    pub objectives: Vec<ObjectiveLine>,
    /// What facilitators and evaluators saw.
    pub observations: Vec<ObservationLine>,
    /// What the players were told, and what followed.
    pub inject_outcomes: Vec<InjectOutcome>,
    /// What the facilitator left out or held to the end; known when the exercise is over.
    pub injects_not_told: Vec<UntoldLine>,
    /// Strengths and areas for improvement.
    pub findings: Vec<FindingLine>,
    /// What people wrote for the after-action report.
    pub report_fields: BTreeMap<ReportField, FieldLine>,
    /// What the log shows that a judgement may rest on. It judges nothing by itself.
    pub evidence: Vec<Evidence>,
    /// Every correction.
    pub corrections: Vec<CorrectionLine>,
    /// Every record.
    pub timeline: Vec<Entry>,
    /// [`LIMITS`].
    pub limits: &'static str,
}

/// How an incident ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndingLine {
    /// When, as corrected.
    pub at: When,
    /// By whom.
    pub by: Option<Person>,
    /// It was nothing.
    pub false_alarm: bool,
    /// What it was instead, or why it was closed although something was missing.
    pub reason: Option<String>,
    /// What was missing.
    pub missing: Vec<String>,
}

/// A milestone that was marked, or one that never was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarkLine {
    /// Which.
    pub mark: Mark,
    /// For one service; absent = for all.
    pub service: Option<ServiceId>,
    /// When it happened, as corrected; absent = never marked.
    pub occurred_at: Option<When>,
    /// Minutes since T+0.
    #[serde(serialize_with = "number::maybe")]
    pub t_plus_min: Option<f64>,
    /// When it was written down.
    pub recorded_at: Option<When>,
    /// Written down more than five minutes after it happened.
    pub late_entry: bool,
    /// Who says so.
    pub by: Option<Person>,
    /// `17@w4f2`.
    pub record: Option<String>,
}

impl Report {
    /// Everything there is to say about an incident at `story.until`.
    #[must_use]
    pub fn of(story: &Story<'_>) -> Self {
        Self::read(&Reading::new(story))
    }

    /// The same for somebody who evaluates an exercise: what is kept from players while it goes on is in
    /// it.
    #[must_use]
    pub fn for_evaluator(story: &Story<'_>) -> Self {
        Self::read(&Reading::for_evaluator(story))
    }

    fn read(reading: &Reading<'_>) -> Self {
        let Story { state, problems, .. } = reading.story;
        let (opened, known) = (state.opened(), state.classification());
        let mut report = Self {
            status: Status::read(reading),
            integrity_problems: problems.to_vec(),
            counted_until: reading.computed(reading.end),
            site: opened.and_then(|opened| opened.site.as_ref()).map(said),
            clock: opened.map(|opened| opened.clock),
            runbook: opened.map(|opened| opened.runbook.clone()),
            linked_from: opened.and_then(|opened| opened.linked_from.clone()),
            sources: opened.map_or_else(Vec::new, |opened| opened.sources.clone()),
            opened_at: state.opened_moment().map(|moment| reading.occurred(moment)),
            ended: state.ending().map(|ending| ended(reading, ending)),
            cause: known.cause.as_ref().map(said),
            scope: known.scope.as_ref().map(said),
            marks: marks(reading),
            shifts: shifts(reading),
            on_shift: on_shift(reading),
            hand_overs: hand_overs(reading),
            decisions: decisions(reading),
            notes: notes(reading),
            actions: actions(reading),
            reviews: reviewed(reading),
            exercise_details: exercised::details(reading),
            objectives: exercised::objectives(reading),
            observations: exercised::observations(reading),
            inject_outcomes: exercised::outcomes(reading),
            injects_not_told: exercised::untold(reading),
            findings: findings(reading),
            report_fields: fields(reading),
            evidence: Vec::new(),
            corrections: corrections(reading),
            timeline: entries(reading),
            limits: LIMITS,
        };
        report.evidence = evidence(reading, &report);
        report
    }

    /// Whether it is practice.
    #[must_use]
    pub fn is_exercise(&self) -> bool {
        self.status.mode == Mode::Exercise
    }

    /// Minutes from T+0 to this moment; nothing before the declaration.
    #[must_use]
    pub fn t_plus(&self, when: When) -> Option<f64> {
        self.status.t0.map(|t0| number::minutes(when.at - t0.at))
    }
}

fn ended(reading: &Reading<'_>, ending: &Ending) -> EndingLine {
    let (moment, false_alarm, reason, missing) = match ending {
        Ending::Closed { moment, anyway, missing } => (moment, false, anyway.as_ref(), &**missing),
        Ending::FalseAlarm { moment, reason } => (moment, true, Some(reason), &[][..]),
    };
    EndingLine {
        at: reading.occurred(moment),
        by: moment.by.clone(),
        false_alarm,
        reason: reason.map(said),
        missing: missing.to_vec(),
    }
}

fn marks(reading: &Reading<'_>) -> Vec<MarkLine> {
    Mark::ALL.iter().flat_map(|mark| marked(reading, *mark)).collect()
}

fn marked(reading: &Reading<'_>, mark: Mark) -> Vec<MarkLine> {
    let state = reading.story.state;
    let declared = state.declared().filter(|_| mark == Mark::Declared);
    let declared = declared.map(|moment| Marked { mark, service: None, moment: moment.clone() });
    let of_kind =
        state.marks().iter().filter(|marked| marked.mark == mark && mark != Mark::Declared);
    let mut lines: Vec<MarkLine> =
        of_kind.chain(&declared).map(|marked| mark_line(reading, marked)).collect();
    lines.sort_by_key(|line| line.occurred_at.map(|when| when.at));
    if lines.is_empty() {
        lines.push(never(mark));
    }
    lines
}

fn mark_line(reading: &Reading<'_>, marked: &Marked) -> MarkLine {
    let moment = &marked.moment;
    let when = reading.occurred(moment);
    MarkLine {
        mark: marked.mark,
        service: marked.service.clone(),
        occurred_at: Some(when),
        t_plus_min: reading.t_plus(when.at),
        recorded_at: Some(reading.recorded(moment)),
        late_entry: reading.is_late(moment),
        by: moment.by.clone(),
        record: Some(moment.record.short()),
    }
}

fn never(mark: Mark) -> MarkLine {
    MarkLine {
        mark,
        service: None,
        occurred_at: None,
        t_plus_min: None,
        recorded_at: None,
        late_entry: false,
        by: None,
        record: None,
    }
}
