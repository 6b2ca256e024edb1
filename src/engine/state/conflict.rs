//! Pairs of facts that cannot both be the whole truth. They meet when files of several writers are
//! merged; they are shown in the report and never stop the fold.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Moment;
use crate::engine::improvement::action_code;
use crate::engine::record::{Hlc, RecordRef, WriterId};
use crate::engine::text::Person;
use crate::playbook::{InjectId, Mark, RoleId, StepId};

/// A record that does not fit what came before it in the merged order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The record that came second.
    pub record: RecordRef,
    /// What does not fit.
    pub kind: ConflictKind,
    hlc: Hlc,
}

impl Conflict {
    pub(super) fn new(moment: &Moment, kind: ConflictKind) -> Self {
        Self { record: moment.record.clone(), kind, hlc: moment.hlc }
    }

    /// Where its record comes in the merged order.
    pub(super) const fn place(&self) -> (Hlc, &WriterId, u64) {
        (self.hlc, &self.record.writer, self.record.seq)
    }
}

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConflictKind {
    /// Two first records.
    OpenedTwice,
    /// Two declarations; T+0 is the first.
    DeclaredTwice,
    /// Two endings; the first holds.
    EndedTwice,
    /// Work recorded after the end.
    AfterEnd,
    /// Marked twice; the earlier time holds.
    MarkedTwice(Mark),
    /// Answered twice; the second answer holds, the first stays in the log.
    AnsweredTwice(StepId, u32),
    /// An occurrence number that no incident reaches.
    NoSuchOccurrence(StepId, u32),
    /// Released a role that the person did not hold.
    NotHeld(RoleId, Person),
    /// The same key with other content.
    KeyUsedTwice(String),
    /// A record of an exercise in a live incident.
    OfExercise,
    /// An inject was delivered twice; the first delivery counts.
    DeliveredTwice(InjectId),
    /// Two injects have one name; the players were told both.
    NamedTwice(InjectId),
    /// Records of another machine showed the exercise's clock this many minutes ahead of what the machine
    /// that set it shows.
    ClockAhead(i64),
    /// An action was changed by people who had not seen each other's change; the later one counts.
    ActionChangedTwice(u32),
}

impl fmt::Display for ConflictKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenedTwice => f.write_str("the incident was opened a second time"),
            Self::DeclaredTwice => f.write_str("declared a second time; T+0 is the first"),
            Self::EndedTwice => f.write_str("ended a second time; the first ending holds"),
            Self::AfterEnd => f.write_str("recorded after the incident had ended"),
            Self::MarkedTwice(mark) => {
                write!(f, "{mark} marked a second time; the earlier time counts")
            }
            Self::AnsweredTwice(step, 1) => {
                write!(f, "{step} answered a second time; the later answer counts")
            }
            Self::AnsweredTwice(step, n) => {
                write!(f, "{step} (occurrence {n}) answered a second time; the later answer counts")
            }
            Self::NoSuchOccurrence(step, n) => write!(f, "{step} has no occurrence {n}"),
            Self::NotHeld(role, person) => write!(f, "{person} did not hold {role}"),
            Self::ActionChangedTwice(number) => write!(
                f,
                "{} changed by two who had not seen each other; the later one counts",
                action_code(*number)
            ),
            Self::KeyUsedTwice(key) => {
                write!(f, "the key \"{key}\" was used for something else before")
            }
            Self::OfExercise => f.write_str("belongs to an exercise, and this is a live incident"),
            Self::DeliveredTwice(inject) => {
                write!(f, "the inject {inject} was delivered a second time; the first one counts")
            }
            Self::NamedTwice(inject) => {
                write!(f, "two injects have the name {inject}; the players were told both")
            }
            Self::ClockAhead(minutes) => write!(
                f,
                "another machine's records are {minutes} minutes ahead of the exercise's clock; the \
                 machine that set the clock does not follow them"
            ),
        }
    }
}
