//! The clock that an exercise runs on. What it shows follows from the records and from what the asker's
//! own clocks say; wall clocks are wrong now and then, and a fast exercise makes much of little.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::exercise::{ClockSetting, Speed};
use super::record::{Stamp, WriterId};
use super::time::Timestamp;

/// How far another machine's record may push the clock of the machine that set it. What goes beyond is
/// drift: it is shown, and nobody follows it.
const PUSH: TimeDelta = TimeDelta::minutes(5);

/// What a machine says of time at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockReading {
    /// Wall time.
    pub wall: Timestamp,
    /// A digest of the boot id (16 hex digits), where the system tells it.
    pub boot: Option<String>,
    /// Milliseconds since that boot, sleep included, where the system tells it.
    pub mono: Option<u64>,
}

impl ClockReading {
    /// Of a system that tells nothing but the wall time.
    #[must_use]
    pub const fn of_wall(wall: Timestamp) -> Self {
        Self { wall, boot: None, mono: None }
    }

    fn of(stamp: &Stamp) -> Self {
        Self { wall: stamp.wall, boot: stamp.boot.clone(), mono: stamp.mono }
    }

    /// Milliseconds since an earlier reading of the same machine; nothing of another one, or where it
    /// was started anew.
    fn since(&self, earlier: &Self) -> Option<i64> {
        let same = self.boot.is_some() && self.boot == earlier.boot;
        let (before, after) = (earlier.mono?, self.mono?);
        same.then(|| lasted(before, after))
    }
}

fn lasted(before: u64, after: u64) -> i64 {
    i64::try_from(after.saturating_sub(before)).unwrap_or(i64::MAX)
}

/// What a machine's record said the clock showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Shown {
    mono: u64,
    at: Timestamp,
}

/// The clock of an exercise, as the records say it goes.
///
/// - On the machine that set it last it goes by the time since that machine's start: nobody sets that.
/// - Another machine goes by its wall clock until its first record after the setting, and by its own
///   time since its start from there on. It never shows less than any record.
/// - Where the wall clock of the machine that set it was moved, the others count from the new time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExerciseClock {
    /// What the clocks of the machine that set it said then.
    since: ClockReading,
    /// Whose setting it is.
    writer: WriterId,
    setting: ClockSetting,
    /// What each machine, by its boot, recorded last under this setting.
    shown: BTreeMap<String, Shown>,
    /// The latest time that any record showed.
    last: Timestamp,
}

impl ExerciseClock {
    /// As set by the record with this stamp.
    #[must_use]
    pub fn new(writer: &WriterId, stamp: &Stamp, setting: ClockSetting) -> Self {
        let (since, writer, shown) = (ClockReading::of(stamp), writer.clone(), BTreeMap::new());
        Self { since, writer, setting, shown, last: setting.at }
    }

    /// How it was set last.
    #[must_use]
    pub const fn setting(&self) -> ClockSetting {
        self.setting
    }

    /// What it shows. It never runs backwards, whatever the machine's wall clock does.
    #[must_use]
    pub fn at(&self, reading: &ClockReading) -> Timestamp {
        let runs = self.runs(reading);
        match reading.since(&self.since) {
            Some(_) => {
                let own = self.shown_by(reading).map(|shown| shown.at);
                runs.max(self.last.min(runs + PUSH)).max(own.unwrap_or(runs))
            }
            None => runs.max(self.last),
        }
    }

    /// How far the records of other machines are ahead of what this record's machine knows better,
    /// where that is more than it follows.
    pub(super) fn drift(&self, stamp: &Stamp) -> Option<TimeDelta> {
        let reading = ClockReading::of(stamp);
        reading.since(&self.since)?;
        let ahead = self.last - self.runs(&reading);
        (ahead > PUSH).then_some(ahead)
    }

    /// Takes in what a record showed.
    pub(super) fn take(&mut self, stamp: &Stamp) {
        let Some(at) = stamp.exercise_time else { return };
        self.last = self.last.max(at);
        if let (Some(boot), Some(mono)) = (&stamp.boot, stamp.mono) {
            self.shown.insert(boot.clone(), Shown { mono, at });
        }
    }

    /// Set anew by the record with this stamp; a setting of another machine that would turn it back
    /// only changes how it goes on.
    #[must_use]
    pub(super) fn set(&self, writer: &WriterId, stamp: &Stamp, setting: ClockSetting) -> Self {
        let at = setting.at.max(self.runs(&ClockReading::of(stamp)));
        let set = Self::new(writer, stamp, ClockSetting { at, ..setting });
        Self { last: self.last.max(at), ..set }
    }

    /// The wall clock of the machine that wrote the record with this stamp was moved.
    pub(super) fn jumped(&mut self, writer: &WriterId, stamp: &Stamp) {
        if writer.install() == self.writer.install() {
            let reading = ClockReading::of(stamp);
            self.setting.at = self.at(&reading);
            self.since = reading;
        }
    }

    fn shown_by(&self, reading: &ClockReading) -> Option<Shown> {
        self.shown.get(reading.boot.as_ref()?).copied()
    }

    /// What it shows by its setting and the time that has passed.
    fn runs(&self, reading: &ClockReading) -> Timestamp {
        let Some(speed) = self.setting.speed.filter(|_| !self.setting.paused) else {
            return self.setting.at;
        };
        if let Some(passed) = reading.since(&self.since) {
            return forward(self.setting.at, passed, speed);
        }
        if let (Some(shown), Some(mono)) = (self.shown_by(reading), reading.mono) {
            return forward(shown.at, lasted(shown.mono, mono), speed);
        }
        let passed = (reading.wall - self.since.wall).num_milliseconds().max(0);
        forward(self.setting.at, passed, speed)
    }
}

fn forward(at: Timestamp, passed: i64, speed: Speed) -> Timestamp {
    let passed = passed.saturating_mul(i64::from(speed.times()));
    // More than a TimeDelta holds is the end of the calendar either way.
    at + TimeDelta::try_milliseconds(passed).unwrap_or(TimeDelta::MAX)
}

#[cfg(test)]
mod tests;
