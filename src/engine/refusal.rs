//! A refusal is a normal answer: it says why something is not possible now, and what is.

mod exercise;
mod plan;

use std::fmt;

pub use exercise::ExerciseRefusal;
pub use plan::PlanRefusal;

use super::record::RecordRef;
use super::text::Person;
use super::time::Timestamp;
use crate::playbook::{FieldKind, Mark, RoleId, StepId};

/// Why an intent is not possible now. Times inside are shown by the edge in the reader's own zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No step has this name.
    UnknownStep {
        /// As typed.
        word: String,
        /// What may have been meant.
        near: Vec<String>,
    },
    /// No role has this name.
    UnknownRole {
        /// As typed.
        word: String,
        /// All there are, the nearest first.
        near: Vec<String>,
    },
    /// A decision has no such answer.
    UnknownOption {
        /// The decision.
        step: StepId,
        /// As typed.
        word: String,
        /// All there are.
        options: Vec<String>,
    },
    /// A step asks for no such thing.
    UnknownField {
        /// The step.
        step: StepId,
        /// As typed.
        word: String,
        /// All there are.
        fields: Vec<String>,
    },
    /// A step asks for more.
    MissingAnswers {
        /// The step.
        step: StepId,
        /// What is missing: name and question.
        fields: Vec<(String, String)>,
    },
    /// An answer does not fit its field.
    BadAnswer {
        /// The field.
        field: String,
        /// As typed.
        given: String,
        /// What fits.
        kind: FieldKind,
    },
    /// No answer and no milestone rests on the record.
    NotWithdrawable {
        /// As it was meant.
        record: RecordRef,
    },
    /// The record answers a step, and the incident is over: its answers stay as they were.
    AnswerAfterEnd {
        /// As it was meant.
        record: RecordRef,
    },
    /// The step is a decision.
    IsDecision {
        /// The step.
        step: StepId,
        /// Its answers.
        options: Vec<String>,
    },
    /// The step is no decision.
    NoDecision {
        /// The step.
        step: StepId,
    },
    /// The step is an approval.
    IsApproval {
        /// The step.
        step: StepId,
    },
    /// The step needs no approval.
    NoApproval {
        /// The step.
        step: StepId,
    },
    /// There is nothing yet to approve.
    NothingToApprove {
        /// The step.
        step: StepId,
        /// Who should do it first.
        role: RoleId,
    },
    /// Approving one's own work takes a reason.
    OwnWork {
        /// The step.
        step: StepId,
        /// Who did it and wants to approve it.
        person: Person,
    },
    /// A decision closed the step.
    ClosedByDecision {
        /// The step.
        step: StepId,
        /// The decision.
        decision: StepId,
        /// Its answer.
        option: String,
    },
    /// The milestone that ends a repeating step has come.
    RepeatOver {
        /// The step.
        step: StepId,
        /// The milestone.
        mark: Mark,
    },
    /// A critical step takes typed initials.
    NeedsInitials {
        /// The step.
        step: StepId,
    },
    /// Initials are two to five letters.
    BadInitials {
        /// As typed.
        given: String,
    },
    /// The step has its answer.
    Settled {
        /// The step.
        step: StepId,
        /// `done`, `not_applicable` …
        status: &'static str,
        /// By whom.
        by: Option<Person>,
        /// When.
        at: Timestamp,
        /// In which record.
        record: RecordRef,
    },
    /// The same person gave another answer to the same question, or another time for it.
    OtherContent {
        /// The step.
        step: StepId,
        /// When the first answer was given.
        at: Timestamp,
        /// In which record.
        record: RecordRef,
    },
    /// The key was used for something else.
    KeyUsed {
        /// The key.
        key: String,
        /// When.
        at: Timestamp,
        /// In which record.
        record: RecordRef,
    },
    /// There is no answer to take back.
    NotAnswered {
        /// The step.
        step: StepId,
    },
    /// The incident has its T+0.
    AlreadyDeclared {
        /// T+0.
        at: Timestamp,
        /// In which record.
        record: RecordRef,
    },
    /// The milestone has its time.
    AlreadyMarked {
        /// Which.
        mark: Mark,
        /// When.
        at: Timestamp,
        /// In which record.
        record: RecordRef,
    },
    /// The incident is over.
    Ended {
        /// Since when.
        at: Timestamp,
        /// It was a false alarm.
        false_alarm: bool,
    },
    /// Something is missing.
    NotReady {
        /// What, in words.
        missing: Vec<String>,
    },
    /// Nobody has declared it: there is nothing to close.
    NotDeclared,
    /// What has not happened yet cannot be recorded.
    Future {
        /// The time given.
        at: Timestamp,
        /// The machine's time.
        now: Timestamp,
    },
    /// A deferral points forward.
    DeferredIntoPast {
        /// The time given.
        until: Timestamp,
        /// The machine's time.
        now: Timestamp,
    },
    /// The person does not hold the role.
    NotHeld {
        /// The role.
        role: RoleId,
        /// The person.
        person: Person,
        /// Who does.
        holders: Vec<Person>,
    },
    /// Nobody can lay a role down before taking it on.
    BeforeTaken {
        /// The role.
        role: RoleId,
        /// The person.
        person: Person,
        /// Since when they hold it.
        since: Timestamp,
        /// In which record.
        record: RecordRef,
    },
    /// Only those who hand over and who take over can confirm a hand-over.
    CannotConfirm {
        /// The role.
        role: RoleId,
        /// The person.
        person: Person,
        /// Who can.
        may: Vec<Person>,
    },
    /// Nobody holds the role.
    Unheld {
        /// The role.
        role: RoleId,
    },
    /// Nothing was said.
    NothingToRecord,
    /// Not possible in this exercise, or only in one.
    OfExercise(ExerciseRefusal),
    /// Of the improvement plan, or of a standing log.
    Plan(PlanRefusal),
}

impl From<PlanRefusal> for Refusal {
    fn from(refusal: PlanRefusal) -> Self {
        Self::Plan(refusal)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownStep { word, .. } => write!(f, "this playbook has no step \"{word}\""),
            Self::UnknownRole { word, .. } => write!(f, "this playbook has no role \"{word}\""),
            Self::UnknownOption { step, word, .. } => {
                write!(f, "\"{word}\" is no answer to the decision {step}")
            }
            Self::UnknownField { step, word, .. } => {
                write!(f, "the step {step} does not ask for \"{word}\"")
            }
            Self::MissingAnswers { step, fields } => {
                let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
                write!(f, "the step {step} asks for more before it is done: {}", names.join(", "))
            }
            Self::BadAnswer { field, given, kind } => {
                write!(f, "\"{given}\" does not fit \"{field}\", which takes {}", takes(kind))
            }
            Self::NotWithdrawable { record } => write!(
                f,
                "nothing rests on {} that could be withdrawn: only a milestone or a step's answer that stands",
                record.short()
            ),
            Self::AnswerAfterEnd { record } => write!(
                f,
                "{} answers a step, and the incident is over: after the end only a milestone is withdrawn",
                record.short()
            ),
            Self::IsDecision { step, .. } => write!(f, "{step} is a decision: choose an answer"),
            Self::NoDecision { step } => write!(f, "{step} is not a decision"),
            Self::IsApproval { step } => write!(f, "{step} is an approval: approve it"),
            Self::NoApproval { step } => write!(f, "{step} needs no approval"),
            Self::NothingToApprove { step, role } => {
                write!(f, "{step} is not done yet: {role} does it first, then it can be approved")
            }
            Self::OwnWork { step, person } => {
                write!(f, "{person} did {step}; approving one's own work takes a reason")
            }
            Self::ClosedByDecision { step, decision, option } => {
                write!(f, "{step} is closed: the decision {decision} was answered \"{option}\"")
            }
            Self::RepeatOver { step, mark } => {
                write!(f, "{step} ran until {mark}, and that has been reached")
            }
            Self::NeedsInitials { step } => {
                write!(
                    f,
                    "{step} is a critical step: it takes the initials of the person who did it"
                )
            }
            Self::BadInitials { given } => {
                write!(f, "\"{given}\" are no initials: type 2 to 5 letters")
            }
            Self::Settled { step, status, by, .. } => {
                let by = by.as_ref().map_or_else(|| "somebody".to_owned(), ToString::to_string);
                write!(f, "{step} has its answer: {}, by {by}", status.replace('_', " "))
            }
            Self::OtherContent { step, .. } => {
                write!(f, "you answered {step} before, with other words or another time")
            }
            Self::KeyUsed { key, .. } => {
                write!(f, "the key \"{key}\" was used before, for something else")
            }
            Self::NotAnswered { step } => {
                write!(f, "{step} has no answer that could be taken back")
            }
            Self::AlreadyDeclared { .. } => write!(f, "the incident is declared already"),
            Self::AlreadyMarked { mark, .. } => write!(f, "{mark} is marked already"),
            Self::Ended { false_alarm: true, .. } => {
                write!(f, "the incident ended as a false alarm")
            }
            Self::Ended { false_alarm: false, .. } => write!(f, "the incident is closed"),
            Self::NotReady { missing } => {
                write!(f, "the incident cannot be closed yet: {} missing", count(missing.len()))
            }
            Self::NotDeclared => {
                write!(f, "the incident was never declared, so it cannot be closed")
            }
            Self::Future { .. } => write!(f, "that time is in the future"),
            Self::DeferredIntoPast { .. } => {
                write!(f, "a step can only be deferred to a later time")
            }
            Self::NotHeld { role, person, .. } => write!(f, "{person} does not hold {role}"),
            Self::BeforeTaken { role, person, .. } => {
                write!(f, "that time is before {person} took {role} on")
            }
            Self::CannotConfirm { role, person, .. } => {
                write!(f, "{person} neither hands {role} over nor takes it, so cannot confirm it")
            }
            Self::Unheld { role } => write!(f, "nobody holds {role}"),
            Self::NothingToRecord => write!(f, "nothing was given to record"),
            Self::OfExercise(refusal) => refusal.fmt(f),
            Self::Plan(refusal) => refusal.fmt(f),
        }
    }
}

fn takes(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Text => "words".to_owned(),
        FieldKind::Number(_) => "a number such as 12 or 3.5".to_owned(),
        FieldKind::Time(_) => "a time such as 14:05 or 2026-01-22T14:05:00-05:00".to_owned(),
        FieldKind::YesNo => "yes or no".to_owned(),
        FieldKind::Choice(words) => format!("one of {}", words.join(", ")),
    }
}

fn count(n: usize) -> String {
    if n == 1 { "1 thing is".to_owned() } else { format!("{n} things are") }
}
