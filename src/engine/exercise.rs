//! What is recorded of an exercise and of nothing else.

use serde::{Deserialize, Serialize};

use super::record::WriterId;
use super::text::{Digest, Person, Text};
use super::time::Timestamp;
use crate::playbook::{
    ExerciseId, ExerciseKind, Happening, InjectId, InjectKind, Objective, ObjectiveId, RoleId,
    WorldChange,
};

/// Which exercise is run, by whom, and what it is meant to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExerciseStarted {
    /// Its definition; absent where it is run without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exercise: Option<ExerciseId>,
    /// Its title.
    pub title: Text,
    /// What kind of exercise it is.
    pub kind: ExerciseKind,
    /// SHA-256 of `exercise.yaml` beside the playbook; absent where the definition stands in the
    /// playbook, or there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// How long it was meant to take, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// What it is meant to show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<Objective>,
    /// What was read to the players before it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Text>,
    /// Who delivers the injects; asserted, not authenticated.
    pub facilitator: Person,
    /// One person plays and facilitates: injects come by themselves.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub solo: bool,
}

/// What players were told, as it stands in the log for whoever reads it in six years; also what the
/// facilitator has put on the list for later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Its name.
    pub inject: InjectId,
    /// What it is for.
    pub kind: InjectKind,
    /// When it was due, on the exercise's clock; absent where that hangs on something that has not
    /// happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// How it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Who is said to have told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The role that was told; absent = everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<RoleId>,
    /// What was said.
    pub text: Text,
    /// What should follow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expect: Vec<Happening>,
    /// The objective that it tests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<ObjectiveId>,
    /// What is different from now on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<WorldChange>,
    /// It was not on the list at the start: the facilitator's own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub added: bool,
}

impl Delivery {
    /// Whether players who have the one have the other: where two facilitators gave their own injects the
    /// same name, the words tell them apart.
    #[must_use]
    pub fn tells_the_same(&self, other: &Self) -> bool {
        self.inject == other.inject && (self.added, &self.text) == (other.added, &other.text)
    }

    /// Whether the program named it, and not the facilitator.
    pub(in crate::engine) fn is_numbered(&self) -> bool {
        let rest = self.inject.as_str().strip_prefix("own-");
        let number = rest.map(|rest| rest.split('-').next().unwrap_or(rest));
        self.added && number.is_some_and(|number| number.parse::<u32>().is_ok())
    }
}

/// The name of a facilitator's own inject that has none: `own-1-w4f2`.
#[must_use]
pub fn own_inject(number: u32, writer: &WriterId) -> Option<InjectId> {
    format!("own-{number}-{}", writer.short()).parse().ok()
}

/// How many times as fast as real time an exercise runs: 1 to 600.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Speed(u32);

impl Speed {
    /// As fast as real time.
    pub const REAL: Self = Self(1);

    /// The fastest.
    pub const MAX: u32 = 600;

    /// Nothing below 1 or above [`Speed::MAX`].
    #[must_use]
    pub fn new(times: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&times).then_some(Self(times))
    }

    /// Exercise minutes in a real minute.
    #[must_use]
    pub const fn times(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Speed {
    type Error = &'static str;

    fn try_from(times: u32) -> Result<Self, Self::Error> {
        Self::new(times).ok_or("an exercise runs 1 to 600 times as fast as real time")
    }
}

impl From<Speed> for u32 {
    fn from(speed: Speed) -> Self {
        speed.times()
    }
}

/// How an exercise's clock goes on from a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockSetting {
    /// What it shows at that moment.
    pub at: Timestamp,
    /// How fast it runs; absent = only by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<Speed>,
    /// It stands still for now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paused: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_have_bounds() {
        for (times, fits) in [(0, false), (1, true), (600, true), (601, false)] {
            assert_eq!(Speed::new(times).is_some(), fits);
            let read = serde_json::from_str::<Speed>(&times.to_string());
            assert_eq!(read.is_ok(), fits, "{times}");
        }
    }
}
