//! Instants. Time is always an argument here: nothing in this room can ask for it.

use std::fmt;
use std::ops::{Add, Sub};

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// An instant in UTC with millisecond precision, written as RFC 3339 (`2026-01-22T19:05:00.000Z`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The minute it is in. People type times to the minute: of two facts of one minute the log says
    /// which came first.
    pub(in crate::engine) const fn minute(self) -> i64 {
        self.millis().div_euclid(60_000)
    }

    /// How long after `earlier`; negative if it was before. People write times to the minute, so less
    /// than a minute before is no time at all.
    #[must_use]
    pub fn after(self, earlier: Self) -> TimeDelta {
        let length = self - earlier;
        if length < TimeDelta::zero() && length > TimeDelta::minutes(-1) {
            return TimeDelta::zero();
        }
        length
    }

    /// From milliseconds since 1970 in UTC; nothing outside the years 1 to 9999.
    #[must_use]
    pub fn from_millis(millis: i64) -> Option<Self> {
        const FIRST: i64 = -62_135_596_800_000;
        const LAST: i64 = 253_402_300_799_999;
        (FIRST..=LAST).contains(&millis).then_some(Self(millis))
    }

    /// Milliseconds since 1970 in UTC.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// From RFC 3339 with any offset.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parsed = DateTime::parse_from_rfc3339(text).ok()?;
        Self::from_millis(parsed.timestamp_millis())
    }

    /// The same instant for chrono.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// The same instant on a clock at this many minutes east of UTC.
    #[must_use]
    pub fn at_offset(self, offset: Offset) -> DateTime<FixedOffset> {
        self.utc().with_timezone(&offset.fixed())
    }

    /// ISO 8601 with offset, to the second: `2026-01-22T14:05:00-05:00`. The form of every export.
    #[must_use]
    pub fn iso(self, offset: Offset) -> String {
        self.at_offset(offset).to_rfc3339_opts(SecondsFormat::Secs, false)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Add<TimeDelta> for Timestamp {
    type Output = Self;
    /// Stops at the ends of the calendar instead of overflowing.
    fn add(self, by: TimeDelta) -> Self {
        let sum = self.0.saturating_add(by.num_milliseconds());
        Self(sum.clamp(-62_135_596_800_000, 253_402_300_799_999))
    }
}

impl Sub for Timestamp {
    type Output = TimeDelta;
    fn sub(self, earlier: Self) -> TimeDelta {
        TimeDelta::milliseconds(self.0 - earlier.0)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 time"))
    }
}

/// Minutes east of UTC that a wall clock showed, -1439 to 1439.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
#[serde(transparent)]
pub struct Offset(i16);

impl Offset {
    /// The clock of Greenwich.
    pub const UTC: Self = Self(0);

    /// Nothing of a day or more.
    #[must_use]
    pub fn from_minutes(minutes: i32) -> Option<Self> {
        let minutes = i16::try_from(minutes).ok()?;
        (minutes.abs() < 24 * 60).then_some(Self(minutes))
    }

    /// Minutes east of UTC.
    #[must_use]
    pub const fn minutes(self) -> i16 {
        self.0
    }

    fn fixed(self) -> FixedOffset {
        FixedOffset::east_opt(i32::from(self.0) * 60).unwrap_or_else(|| chrono::Offset::fix(&Utc))
    }
}

impl<'de> Deserialize<'de> for Offset {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let minutes = i32::deserialize(from)?;
        Self::from_minutes(minutes)
            .ok_or_else(|| serde::de::Error::custom("offset of a day or more"))
    }
}
