//! An instant together with the wall clock it is shown on.

use std::fmt;

use chrono::TimeDelta;
use serde::{Serialize, Serializer};

use crate::engine::{Offset, Timestamp};

/// An instant and an offset. In files ISO 8601 with offset, to the second; for people
/// `2026-01-22 14:05 -05:00`, always 24 hours, never without the offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The instant.
    pub at: Timestamp,
    /// Of the record where a fact was recorded, of the reader where it was computed.
    pub offset: Offset,
}

impl When {
    /// `2026-01-22T14:05:00-05:00`.
    #[must_use]
    pub fn iso(self) -> String {
        self.at.iso(self.offset)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.at.at_offset(self.offset).format("%Y-%m-%d %H:%M %:z"))
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.iso())
    }
}

/// `T+0:05`, `T-0:10`, `T+26:00`.
#[must_use]
pub fn t_plus(since: TimeDelta) -> String {
    let sign = if since < TimeDelta::zero() { '-' } else { '+' };
    let minutes = since.num_minutes().abs();
    format!("T{sign}{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_instant_on_two_clocks() {
        let at = Timestamp::parse("2026-11-01T05:30:00Z").unwrap();
        for (minutes, iso, words) in [
            (-240, "2026-11-01T01:30:00-04:00", "2026-11-01 01:30 -04:00"),
            (-300, "2026-11-01T00:30:00-05:00", "2026-11-01 00:30 -05:00"),
            (345, "2026-11-01T11:15:00+05:45", "2026-11-01 11:15 +05:45"),
        ] {
            let when = When { at, offset: Offset::from_minutes(minutes).unwrap() };
            assert_eq!((when.iso(), when.to_string()), (iso.to_owned(), words.to_owned()));
        }
    }
}
