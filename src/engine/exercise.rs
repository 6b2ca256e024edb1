//! What is recorded of an exercise and of nothing else, and the clock that it runs on.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

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

/// The clock of an exercise: whoever knows the last setting and the real time knows what it shows, in
/// this process and in any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExerciseClock {
    /// The real time of the last setting.
    real: Timestamp,
    setting: ClockSetting,
}

impl ExerciseClock {
    /// As set at this real time.
    #[must_use]
    pub const fn new(real: Timestamp, setting: ClockSetting) -> Self {
        Self { real, setting }
    }

    /// What it shows at this real time. It never runs backwards, whatever the machine's clock does.
    #[must_use]
    pub fn at(&self, real: Timestamp) -> Timestamp {
        let Some(speed) = self.setting.speed.filter(|_| !self.setting.paused) else {
            return self.setting.at;
        };
        let passed = (real - self.real).num_milliseconds().max(0);
        let passed = passed.saturating_mul(i64::from(speed.times()));
        // More than a TimeDelta holds is the end of the calendar either way.
        self.setting.at + TimeDelta::try_milliseconds(passed).unwrap_or(TimeDelta::MAX)
    }

    /// How it was set last.
    #[must_use]
    pub const fn setting(&self) -> ClockSetting {
        self.setting
    }

    /// Set anew at this real time; a setting of another machine that would turn it back only changes
    /// how it goes on.
    #[must_use]
    pub fn set(&self, real: Timestamp, setting: ClockSetting) -> Self {
        Self { real, setting: ClockSetting { at: setting.at.max(self.at(real)), ..setting } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millis(1_769_108_700_000 + ms).unwrap()
    }

    fn clock(speed: Option<u32>, paused: bool) -> ExerciseClock {
        let speed = speed.map(|times| Speed::new(times).unwrap());
        ExerciseClock::new(at(0), ClockSetting { at: at(1_000), speed, paused })
    }

    #[test]
    fn a_clock_shows_what_its_last_setting_says() {
        for (speed, paused, real, shown) in [
            (Some(1), false, 0, 1_000),
            (Some(1), false, 500, 1_500),
            (Some(10), false, 500, 6_000),
            (Some(600), false, 60_000, 36_001_000),
            (Some(10), true, 500, 1_000),
            (None, false, 500, 1_000),
            (Some(10), false, -500, 1_000),
        ] {
            assert_eq!(clock(speed, paused).at(at(real)), at(shown), "{speed:?} {paused} {real}");
        }
        let end = Timestamp::from_millis(253_402_300_799_999).unwrap();
        assert_eq!(clock(Some(600), false).at(end), end);
    }

    #[test]
    fn a_setting_never_turns_the_clock_back() {
        let running = clock(Some(10), false);
        let back = ClockSetting { at: at(0), speed: None, paused: true };
        assert_eq!(running.set(at(500), back).at(at(900)), at(6_000));
        let ahead = ClockSetting { at: at(9_000), ..back };
        assert_eq!(running.set(at(500), ahead).at(at(900)), at(9_000));
    }

    #[test]
    fn speeds_have_bounds() {
        for (times, fits) in [(0, false), (1, true), (600, true), (601, false)] {
            assert_eq!(Speed::new(times).is_some(), fits);
            let read = serde_json::from_str::<Speed>(&times.to_string());
            assert_eq!(read.is_ok(), fits, "{times}");
        }
    }
}
