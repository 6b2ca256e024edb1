//! Where people's clocks are.

use chrono::{Local, MappedLocalTime, NaiveDateTime, Offset as _, TimeZone as _};

use crate::engine::{Offset, Timestamp};

/// The reader's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// The machine's.
    Local,
    /// Always the same distance from UTC: tests.
    Fixed(Offset),
    /// Clocks that are changed once: tests of daylight saving.
    #[cfg(test)]
    Changed {
        /// The first instant with the new offset.
        at: Timestamp,
        /// The offset until then.
        before: Offset,
        /// The offset from then on.
        after: Offset,
    },
}

impl Zone {
    /// What a wall clock here shows at this instant, relative to UTC.
    #[must_use]
    pub fn offset_at(&self, at: Timestamp) -> Offset {
        match self {
            Self::Local => {
                let offset = Local.offset_from_utc_datetime(&at.utc().naive_utc()).fix();
                Offset::from_minutes(offset.local_minus_utc() / 60).unwrap_or(Offset::UTC)
            }
            Self::Fixed(offset) => *offset,
            #[cfg(test)]
            Self::Changed { at: change, before, after } => {
                if at < *change {
                    *before
                } else {
                    *after
                }
            }
        }
    }

    /// The instants at which a wall clock here shows this: none where daylight saving leaves it out,
    /// two where it comes twice, the earlier one first.
    #[must_use]
    pub fn instants(&self, shown: NaiveDateTime) -> Vec<Timestamp> {
        let millis = match self {
            Self::Local => match Local.from_local_datetime(&shown) {
                MappedLocalTime::Single(one) => vec![one.timestamp_millis()],
                MappedLocalTime::Ambiguous(one, two) => {
                    let mut both = vec![one.timestamp_millis(), two.timestamp_millis()];
                    both.sort_unstable();
                    both
                }
                MappedLocalTime::None => Vec::new(),
            },
            Self::Fixed(offset) => {
                let utc = shown.and_utc().timestamp_millis();
                vec![utc - i64::from(offset.minutes()) * 60_000]
            }
            #[cfg(test)]
            Self::Changed { at, before, after } => {
                let utc = |offset: &Offset| {
                    shown.and_utc().timestamp_millis() - i64::from(offset.minutes()) * 60_000
                };
                let old = Some(utc(before)).filter(|utc| *utc < at.millis());
                let new = Some(utc(after)).filter(|utc| *utc >= at.millis());
                old.into_iter().chain(new).collect()
            }
        };
        millis.into_iter().filter_map(Timestamp::from_millis).collect()
    }
}
