//! What the log shows that a judgement may rest on: late, failed, skipped and contested steps, missed
//! figures, injects that nothing followed, steps of the communications playbook that nobody exercised.
//! It is proposed to whoever evaluates; it rates nothing, and it names roles, not persons.

use serde::Serialize;

use super::after_action::Report;
use super::document::{amount, figure_label};
use super::exercised::InjectOutcome;
use super::kpi::{Figure, Unit};
use super::steps::StepLine;
use super::story::{Reading, said};
use crate::engine::{Event, Fact, Mode, Record, Status};
use crate::playbook::{Form, Happening, InjectId, ObjectiveId, Playbook, Step, StepId};

/// One thing that the log shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What kind of thing.
    pub kind: EvidenceKind,
    /// The objectives whose injects asked for it; empty where none did.
    pub objectives: Vec<ObjectiveId>,
    /// The step.
    pub step: Option<StepId>,
    /// The inject.
    pub inject: Option<InjectId>,
    /// In words, without the kind.
    pub what: String,
    /// The record that shows it: `17@w4f2`.
    pub record: Option<String>,
}

/// What kind of thing the log shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// An inject whose expected action did not follow.
    NoExpectedAction,
    /// A step that did not work.
    Failed,
    /// A step that was answered after its time, or not at all.
    Late,
    /// A step that was called not applicable.
    NotApplicable,
    /// A step that two people answered, or whose answer was taken back.
    Contested,
    /// A figure that missed its target.
    TargetMissed,
    /// A step of the communications playbook that nobody exercised.
    NeverExercised,
}

impl EvidenceKind {
    /// In two or three words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoExpectedAction => "no expected action",
            Self::Failed => "failed",
            Self::Late => "late",
            Self::NotApplicable => "not applicable",
            Self::Contested => "contested",
            Self::TargetMissed => "target missed",
            Self::NeverExercised => "never exercised",
        }
    }
}

/// Everything that the log shows, the kinds in the order above, within a kind that of the playbook.
pub(super) fn evidence(reading: &Reading<'_>, report: &Report) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = report.inject_outcomes.iter().filter_map(no_action).collect();
    all.extend(reading.story.records.iter().filter_map(|record| tried(reading, report, record)));
    for step in &report.status.steps {
        all.extend(of_step(report, step));
    }
    let contested = report.status.steps.iter().filter(|step| is_contested(report, step));
    let twice = "two answers that did not know of each other";
    all.extend(
        contested.map(|step| about(report, EvidenceKind::Contested, step, twice.to_owned())),
    );
    all.extend(report.status.kpis.iter().filter_map(missed));
    if report.status.mode == Mode::Exercise {
        let never = never_exercised(reading.story.book, report);
        let said = |one: &Evidence| never.iter().any(|never| never.step == one.step);
        all.retain(|one| one.kind != EvidenceKind::Late || !said(one));
        all.extend(never);
    }
    all.sort_by_key(|one| one.kind);
    all
}

fn no_action(inject: &InjectOutcome) -> Option<Evidence> {
    let open: Vec<&str> = inject
        .expected
        .iter()
        .filter(|expected| expected.is_missing)
        .map(|expected| expected.what.as_str())
        .collect();
    (!open.is_empty()).then(|| Evidence {
        kind: EvidenceKind::NoExpectedAction,
        objectives: inject.objective.iter().cloned().collect(),
        step: None,
        inject: Some(inject.id.clone()),
        what: format!("{} asked for {}, which did not follow", inject.id, open.join(", ")),
        record: Some(inject.record.clone()),
    })
}

fn of_step(report: &Report, step: &StepLine) -> Vec<Evidence> {
    let since = |when: Option<super::when::When>| {
        let minutes = when.and_then(|when| report.t_plus(when));
        minutes.map_or("-".to_owned(), |m| if m < 0.0 { format!("T{m}") } else { format!("T+{m}") })
    };
    let mut all = Vec::new();
    if step.in_time == Some(false) {
        let answered = match step.status {
            Status::Done => format!("answered {}", since(step.occurred_at)),
            Status::Open
            | Status::Begun
            | Status::Failed
            | Status::Deferred
            | Status::Closed
            | Status::NotApplicable => "not answered".to_owned(),
        };
        let words = format!("due {}, {answered}", since(step.due));
        all.push(about(report, EvidenceKind::Late, step, words));
    }
    if step.status == Status::NotApplicable {
        let why = step.note.clone().unwrap_or_default();
        all.push(about(report, EvidenceKind::NotApplicable, step, why));
    }
    all
}

/// A try that failed and an answer that was taken back, also where a later answer stands now.
fn tried(reading: &Reading<'_>, report: &Report, record: &Record) -> Option<Evidence> {
    let (kind, step, occurrence, why) = match &record.fact {
        Fact::Known(Event::StepFailed { step, occurrence, reason }) => {
            (EvidenceKind::Failed, step, *occurrence, said(reason))
        }
        Fact::Known(Event::StepReopened { step, occurrence, reason }) => {
            (EvidenceKind::Contested, step, *occurrence, format!("reopened, {}", said(reason)))
        }
        Fact::Known(_) | Fact::Newer(_) => return None,
    };
    let withdrawn =
        |later: &&Record| matches!(later.fact, Fact::Known(Event::RecordWithdrawn { .. }));
    if reading.corrections(&record.at).iter().any(withdrawn) {
        return None;
    }
    let same = |line: &&StepLine| line.id == *step && line.occurrence == occurrence;
    let line = report.status.steps.iter().find(same)?;
    Some(Evidence { record: Some(record.at.short()), ..about(report, kind, line, why) })
}

/// Evidence about a step: its name and the role that answers for it, then the rest.
fn about(report: &Report, kind: EvidenceKind, step: &StepLine, rest: String) -> Evidence {
    let turn = if step.occurrence > 1 { format!(" ({})", step.occurrence) } else { String::new() };
    let rest = if rest.is_empty() { rest } else { format!(": {rest}") };
    Evidence {
        kind,
        objectives: objectives_of(report, &step.id),
        step: Some(step.id.clone()),
        inject: None,
        what: format!("{} {}{turn}, {}{rest}", step.code, step.id, step.role),
        record: step.record.clone(),
    }
}

/// The objectives whose injects ask for this step.
fn objectives_of(report: &Report, step: &StepId) -> Vec<ObjectiveId> {
    let asks = |inject: &&InjectOutcome| {
        inject.expected.iter().any(|expected| match &expected.happening {
            Happening::Step(asked) | Happening::Answer(asked, _) => asked == step,
            Happening::Milestone(_) | Happening::Inject(_) => false,
        })
    };
    let mut all: Vec<ObjectiveId> = report
        .inject_outcomes
        .iter()
        .filter(asks)
        .filter_map(|inject| inject.objective.clone())
        .collect();
    all.sort();
    all.dedup();
    all
}

/// Whether the merged log shows that two people answered it without knowing of each other.
fn is_contested(report: &Report, step: &StepLine) -> bool {
    report.status.conflicts.iter().any(|conflict| {
        let again = conflict.answered_twice.as_ref();
        again.is_some_and(|(id, occurrence)| *id == step.id && *occurrence == step.occurrence)
    })
}

fn missed(figure: &Figure) -> Option<Evidence> {
    figure.met.filter(|met| !met)?;
    let bound = match figure.unit {
        Unit::Minutes => "at most",
        Unit::Share => "at least",
    };
    let shown = |value: Option<f64>| value.map(|value| amount(figure.unit, value));
    let (value, target) = (shown(figure.value)?, shown(figure.target)?);
    Some(Evidence {
        kind: EvidenceKind::TargetMissed,
        objectives: Vec::new(),
        step: None,
        inject: None,
        what: format!("{}: {value}, target {bound} {target}", figure_label(figure.id)),
        record: None,
    })
}

/// A tabletop goes through the complete communications playbook (seed 004, section 8): messages,
/// outreach, and whatever the role answers for that speaks for the site.
fn never_exercised(book: &Playbook, report: &Report) -> Vec<Evidence> {
    let speaks = |step: &Step| {
        let role = book.roles.iter().find(|role| role.id == step.role);
        let hics = role.and_then(|role| role.hics.as_deref()).unwrap_or_default();
        matches!(step.form, Form::Message(_) | Form::Outreach(_))
            || hics.contains("Public Information")
            || step.role.as_str() == "communications-lead"
    };
    let untouched = |line: &&StepLine| {
        line.occurrence == 1 && line.record.is_none() && book.step(&line.id).is_some_and(speaks)
    };
    let why = |line: &StepLine| match (&line.closed_by, &line.waits_for) {
        (Some(decision), _) => format!("closed by the decision {decision}"),
        (None, Some(decision)) => format!("waited for the decision {decision}"),
        (None, None) => "not answered".to_owned(),
    };
    let lines = report.status.steps.iter().filter(untouched);
    lines.map(|line| about(report, EvidenceKind::NeverExercised, line, why(line))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::StepDone;
    use crate::report::fixture::{Log, book, done, id, plain, story};

    fn seen(log: &Log) -> Vec<String> {
        let (book, state) = (book(), log.state());
        let report = Report::of(&story(&book, log, &state));
        report.evidence.iter().map(|one| format!("{}: {}", one.kind.words(), one.what)).collect()
    }

    fn failed(reason: &str) -> Event {
        Event::StepFailed { step: id("vendor-ticket"), occurrence: 1, reason: plain(reason) }
    }

    fn decided() -> Event {
        Event::DecisionTaken {
            step: id("scope"),
            occurrence: 1,
            option: id("local"),
            because: None,
            initials: None,
            milestone: None,
        }
    }

    fn live() -> Log {
        let log = Log::opened("14:00", Mode::Live).declared("14:10");
        log.done("14:20", "notify-leadership", 1).tell("14:21", decided())
    }

    #[test]
    fn what_went_by_the_plan_is_no_evidence() {
        assert_eq!(seen(&live()), [""; 0]);
    }

    #[test]
    fn a_failed_try_shows_although_it_was_done_later() {
        let log = live()
            .tell("14:30", failed("no answer"))
            .tell("14:40", Event::StepDone(done("vendor-ticket", 1)));
        let expected = "failed: I-04 vendor-ticket, it-lead: no answer";
        assert_eq!(seen(&log), [expected]);
        let target = log.nth(5);
        let log = log.tell("14:41", Event::RecordWithdrawn { target, reason: plain("another") });
        assert_eq!(seen(&log), [""; 0], "what did not happen is no evidence");
    }

    #[test]
    fn late_skipped_and_reopened_steps_show_with_their_role() {
        let scope = |reason: &str| Event::StepReopened {
            step: id("scope"),
            occurrence: 1,
            reason: plain(reason),
        };
        let skipped = Event::StepSkipped {
            step: id("vendor-ticket"),
            occurrence: 1,
            reason: plain("no portal"),
        };
        let log = Log::opened("14:00", Mode::Live)
            .declared("14:10")
            .done("14:40", "notify-leadership", 1)
            .tell("14:41", decided())
            .tell("14:42", scope("two more call"))
            .tell("14:43", decided())
            .tell("14:44", skipped);
        assert_eq!(
            seen(&log),
            [
                "late: I-01 notify-leadership, incident-lead: due T+15, answered T+30",
                "late: I-02 scope, incident-lead: due T+30, answered T+33",
                "not applicable: I-04 vendor-ticket, it-lead: no portal",
                "contested: I-02 scope, incident-lead: reopened, two more call",
                "target missed: Steps finished on time: 0 %, target at least 90 %",
            ]
        );
    }

    #[test]
    fn two_writers_who_answer_one_step_contest_it() {
        let by_hand = |note: &str| StepDone { note: Some(plain(note)), ..done("vendor-ticket", 1) };
        let log = live()
            .tell("14:30", Event::StepDone(by_hand("one")))
            .on_writer(0xa7)
            .tell("14:31", Event::StepDone(by_hand("two")));
        let twice =
            "contested: I-04 vendor-ticket, it-lead: two answers that did not know of each other";
        assert_eq!(seen(&log), [twice]);
    }
}
