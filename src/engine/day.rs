//! A day of the calendar, where no clock matters: when something is due, when an exercise was held.

use std::fmt;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::time::{Offset, Timestamp};

/// A day at the place it is about, written as `2026-11-25`; years 1900 to 2999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(NaiveDate);

const FIRST: NaiveDate = date(1900, 1, 1);
const LAST: NaiveDate = date(2999, 12, 31);

const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MAX,
    }
}

impl Day {
    /// A day of the calendar; nothing outside the years 1900 to 2999.
    #[must_use]
    pub fn of(date: NaiveDate) -> Option<Self> {
        (FIRST..=LAST).contains(&date).then_some(Self(date))
    }

    /// From `2026-11-25` and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().and_then(Self::of)?;
        (date.to_string() == text).then_some(date)
    }

    /// The day that a wall clock at this offset showed.
    #[must_use]
    pub fn at(at: Timestamp, offset: Offset) -> Option<Self> {
        Self::of(at.at_offset(offset).date_naive())
    }

    /// The same, with the first or last day of this calendar for a time outside it.
    #[must_use]
    pub fn near(at: Timestamp, offset: Offset) -> Self {
        let date = at.at_offset(offset).date_naive();
        Self::of(date).unwrap_or(if date < LAST { Self(FIRST) } else { Self(LAST) })
    }

    /// The same for chrono.
    #[must_use]
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// How many days after `earlier`; negative if it was before.
    #[must_use]
    pub fn days_after(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_days()
    }

    /// So many days later, as far as the calendar of this program goes.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        Self::later(self.0.checked_add_days(Days::new(days.into())))
    }

    /// So many days earlier, as far as the calendar of this program goes.
    #[must_use]
    pub fn minus_days(self, days: u32) -> Option<Self> {
        self.0.checked_sub_days(Days::new(days.into())).and_then(Self::of)
    }

    /// The same day so many months later; the last day of a month that is too short for it.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        Self::later(self.0.checked_add_months(Months::new(months)))
    }

    fn later(date: Option<NaiveDate>) -> Self {
        date.and_then(Self::of).unwrap_or(Self(LAST))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.format("%Y-%m-%d").to_string())
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a day such as 2026-11-25"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_in_one_form() {
        for text in ["2026-02-30", "2026-13-01", "2026-1-2", "26-01-02", "2026-01-02T00:00", ""] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        for text in ["1899-12-31", "3000-01-01", "2027-02-29"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert_eq!(Day::parse("2028-02-29").unwrap().to_string(), "2028-02-29");
    }

    #[test]
    fn months_end_where_the_month_ends() {
        let after = |day: &str, months| Day::parse(day).unwrap().plus_months(months).to_string();
        assert_eq!(after("2026-01-31", 1), "2026-02-28");
        assert_eq!(after("2027-12-31", 2), "2028-02-29");
        assert_eq!(after("2028-02-29", 12), "2029-02-28");
        assert_eq!(after("2999-06-01", 12), "2999-12-31");
        assert_eq!(Day::parse("2999-12-31").unwrap().plus_days(u32::MAX).to_string(), "2999-12-31");
    }

    #[test]
    fn a_day_is_that_of_the_wall_clock() {
        let at = Timestamp::parse("2026-11-25T03:00:00Z").unwrap();
        let here = Day::at(at, Offset::from_minutes(-300).unwrap()).unwrap();
        assert_eq!(here.to_string(), "2026-11-24");
        assert_eq!(Day::at(at, Offset::UTC).unwrap().days_after(here), 1);
    }
}
