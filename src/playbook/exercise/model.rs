//! An exercise as the rest of the house sees it: what people practise, what they are told, and when.

use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::super::id::{
    ChannelId, ExerciseId, InjectId, ObjectiveId, OptionId, PlaybookId, RoleId, ServiceId, StepId,
};
use super::super::words::{ExerciseKind, InjectKind, Mark};

/// An exercise that can be run with one playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// The name people type.
    pub id: ExerciseId,
    /// The title people read. Players read it too: it must not say what is to come.
    pub title: String,
    /// The playbook that is practised.
    pub playbook: PlaybookId,
    /// What kind of exercise it is.
    pub kind: ExerciseKind,
    /// How long it is meant to take.
    pub duration: Option<TimeDelta>,
    /// Whether T+0 is set at the start; otherwise the players declare.
    pub declared: bool,
    /// What it is meant to show.
    pub objectives: Vec<Objective>,
    /// What is read to the players before it begins; may be empty.
    pub scenario: String,
    /// What really is the matter: for the facilitator only; may be empty.
    pub ground_truth: String,
    /// The master scenario events list (MSEL): what the players are told, in the order of the file.
    pub injects: Vec<Inject>,
}

/// What an exercise is meant to show, as an exercise evaluation guide has it (HSEEP 2020).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// The name people type.
    pub id: ObjectiveId,
    /// The objective itself.
    pub text: String,
    /// The core capability that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capability: Option<String>,
    /// What the organization wants to be able to do: the capability target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What must be done for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<String>,
}

/// One line of the MSEL: what somebody is told, by whom, how, and what should follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inject {
    /// The name people type.
    pub id: InjectId,
    /// When it is due.
    pub when: When,
    /// What it is for.
    pub kind: InjectKind,
    /// How it comes: by phone, on paper.
    pub mode: Option<String>,
    /// Who is said to tell it.
    pub from: Option<String>,
    /// The role that is told; absent = everybody.
    pub to: Option<RoleId>,
    /// What is said.
    pub text: String,
    /// What should follow. Of a contingency: what makes it needless.
    pub expect: Vec<Happening>,
    /// The objective that it tests.
    pub objective: Option<ObjectiveId>,
    /// For the facilitator only; may be empty.
    pub notes: String,
    /// What becomes different in the world of the exercise.
    pub changes: Vec<WorldChange>,
}

/// When an inject is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// This long after the start of the exercise.
    At(TimeDelta),
    /// This long after something has happened.
    After(Happening, TimeDelta),
}

/// Something in an exercise that can be waited for. Written as people write it: `STEP`,
/// `DECISION=ANSWER`, `milestone:MARK`, `inject:INJECT`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Happening {
    /// A step is finished.
    Step(StepId),
    /// A decision stands with this answer.
    Answer(StepId, OptionId),
    /// A milestone was marked or reached.
    Milestone(Mark),
    /// An inject was delivered.
    Inject(InjectId),
}

impl FromStr for Happening {
    type Err = NoHappening;

    fn from_str(word: &str) -> Result<Self, NoHappening> {
        let none = || NoHappening;
        if let Some(mark) = word.strip_prefix("milestone:") {
            return Mark::from_word(mark.trim()).map(Self::Milestone).ok_or_else(none);
        }
        if let Some(inject) = word.strip_prefix("inject:") {
            return inject.trim().parse().map(Self::Inject).map_err(|_| none());
        }
        match word.split_once('=') {
            Some((step, option)) => {
                let step = step.trim().parse().map_err(|_| none())?;
                let option = option.trim().parse().map_err(|_| none())?;
                Ok(Self::Answer(step, option))
            }
            None => word.trim().parse().map(Self::Step).map_err(|_| none()),
        }
    }
}

/// The word names nothing that can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a step, decision=answer, milestone:… or inject:…")]
pub struct NoHappening;

impl fmt::Display for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step(step) => write!(f, "{step}"),
            Self::Answer(step, option) => write!(f, "{step}={option}"),
            Self::Milestone(mark) => write!(f, "milestone:{mark}"),
            Self::Inject(inject) => write!(f, "inject:{inject}"),
        }
    }
}

impl Serialize for Happening {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Happening {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let word = std::borrow::Cow::<'de, str>::deserialize(from)?;
        word.parse().map_err(serde::de::Error::custom)
    }
}

/// What becomes different in the world of an exercise. The program acts on none of it: players are
/// told, and what they record is up to them. Also an event's words: frozen, additive only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorldChange {
    /// What a check finds from now on.
    Check {
        /// The step that looks.
        step: StepId,
        /// What it finds.
        result: String,
    },
    /// So many of a hundred messages come back.
    Bounces {
        /// By which channel.
        channel: ChannelId,
        /// Of a hundred.
        percent: u8,
    },
    /// Whoever holds a role cannot be reached.
    Unavailable {
        /// The role.
        role: RoleId,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Whoever holds a role can be reached again.
    Available {
        /// The role.
        role: RoleId,
    },
    /// A service works again.
    Returns {
        /// Which; absent = the one that was down.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service: Option<ServiceId>,
    },
    /// A service stops, or stops again.
    Fails {
        /// Which; absent = the one that was down.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service: Option<ServiceId>,
    },
}

impl WorldChange {
    /// Whether only those know it who look: players are not told before the step that looks.
    #[must_use]
    pub const fn is_found_by_looking(&self) -> bool {
        matches!(self, Self::Check { .. })
    }
}

impl fmt::Display for WorldChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let service = |s: &Option<ServiceId>| {
            s.as_ref().map_or_else(|| "the service".to_owned(), ToString::to_string)
        };
        match self {
            Self::Check { step, result } => write!(f, "whoever looks ({step}) finds: {result}"),
            Self::Bounces { channel, percent } => {
                write!(f, "{percent} of 100 messages by {channel} come back")
            }
            Self::Unavailable { role, reason: None } => {
                write!(f, "whoever holds {role} cannot be reached")
            }
            Self::Unavailable { role, reason: Some(reason) } => {
                write!(f, "whoever holds {role} cannot be reached: {reason}")
            }
            Self::Available { role } => write!(f, "whoever holds {role} can be reached again"),
            Self::Returns { service: s } => write!(f, "{} works again", service(s)),
            Self::Fails { service: s } => write!(f, "{} does not work", service(s)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_waited_for_is_written_as_it_is_read() {
        for word in ["confirm", "scope=corporate", "milestone:declared", "inject:i3"] {
            let read: Happening = word.parse().unwrap();
            assert_eq!(read.to_string(), word);
            assert_eq!(serde_json::to_string(&read).unwrap(), format!("\"{word}\""));
            assert_eq!(serde_json::from_str::<Happening>(&format!("\"{word}\"")).unwrap(), read);
        }
        for word in ["", "a b", "scope=", "=x", "milestone:lunch", "inject:", "step:x"] {
            assert_eq!(word.parse::<Happening>(), Err(NoHappening), "{word:?}");
        }
    }

    #[test]
    fn changes_are_frozen_words() {
        let role: RoleId = "it-lead".parse().unwrap();
        for (change, json, said) in [
            (
                WorldChange::Check { step: "look".parse().unwrap(), result: "it is up".to_owned() },
                r#"{"check":{"step":"look","result":"it is up"}}"#,
                "whoever looks (look) finds: it is up",
            ),
            (
                WorldChange::Bounces { channel: "sms".parse().unwrap(), percent: 40 },
                r#"{"bounces":{"channel":"sms","percent":40}}"#,
                "40 of 100 messages by sms come back",
            ),
            (
                WorldChange::Unavailable { role: role.clone(), reason: None },
                r#"{"unavailable":{"role":"it-lead"}}"#,
                "whoever holds it-lead cannot be reached",
            ),
            (
                WorldChange::Available { role },
                r#"{"available":{"role":"it-lead"}}"#,
                "whoever holds it-lead can be reached again",
            ),
            (
                WorldChange::Returns { service: Some("email".parse().unwrap()) },
                r#"{"returns":{"service":"email"}}"#,
                "email works again",
            ),
            (WorldChange::Fails { service: None }, r#"{"fails":{}}"#, "the service does not work"),
        ] {
            assert_eq!(serde_json::to_string(&change).unwrap(), json);
            assert_eq!(serde_json::from_str::<WorldChange>(json).unwrap(), change);
            assert_eq!(change.to_string(), said);
        }
    }
}
