//! Times and spans as people read them: local, 24 hours, with offset where there is room.

use chrono::TimeDelta;

use crate::engine::{Offset, Timestamp};
pub use crate::report::t_plus;

/// `14:05`.
#[must_use]
pub fn clock_time(at: Timestamp, offset: Offset) -> String {
    at.at_offset(offset).format("%H:%M").to_string()
}

/// `14:05 -05:00`.
#[must_use]
pub fn clock_and_offset(at: Timestamp, offset: Offset) -> String {
    at.at_offset(offset).format("%H:%M %:z").to_string()
}

/// `14:05` on the day of `now`, else `25 Jan 14:05`: a time of another day must not pass for today's.
#[must_use]
pub fn near_time(at: Timestamp, now: Timestamp, offset: Offset) -> String {
    let (shown, today) = (at.at_offset(offset), now.at_offset(offset));
    let form = if shown.date_naive() == today.date_naive() { "%H:%M" } else { "%-d %b %H:%M" };
    shown.format(form).to_string()
}

/// `2026-01-22 14:05 -05:00`.
#[must_use]
pub fn day_and_time(at: Timestamp, offset: Offset) -> String {
    at.at_offset(offset).format("%Y-%m-%d %H:%M %:z").to_string()
}

/// `45 min`, `2 h 05 min`, `3 d 4 h`; the sign is the caller's business.
#[must_use]
pub fn span(length: TimeDelta) -> String {
    let minutes = length.num_minutes().abs();
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, m) => format!("{m} min"),
        (0, h, m) => format!("{h} h {m:02} min"),
        (d, h, _) => format!("{d} d {h} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_marks() {
        for (minutes, length, mark) in [
            (0, "0 min", "T+0:00"),
            (59, "59 min", "T+0:59"),
            (125, "2 h 05 min", "T+2:05"),
            (1560, "1 d 2 h", "T+26:00"),
            (-10, "10 min", "T-0:10"),
        ] {
            let delta = TimeDelta::minutes(minutes);
            assert_eq!((span(delta).as_str(), t_plus(delta).as_str()), (length, mark));
        }
    }
}
