//! What the site says of its quiet times: what kind of place it is, when its exercise year begins, and
//! where its own policy differs from the shipped one.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};

/// What kind of place it is, for the rules that hold for some kinds only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facility {
    /// A provider with beds on the list of CMS, such as a hospital.
    Inpatient,
    /// A provider without beds on the list of CMS, such as a rural health clinic.
    Outpatient,
    /// A community pharmacy that stands alone: not on the list of CMS.
    Pharmacy,
    /// Something else that is not on the list of CMS.
    Other,
}

impl Facility {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Inpatient, Self::Outpatient, Self::Pharmacy, Self::Other];

    /// The word in the file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Inpatient => "inpatient",
            Self::Outpatient => "outpatient",
            Self::Pharmacy => "pharmacy",
            Self::Other => "other",
        }
    }

    /// From the word in the file.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// The day of the calendar on which a year of exercises begins, `07-01`. One that begins on the 29th of
/// February begins on the 1st of March in the years that have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearStart {
    month: u32,
    day: u32,
}

impl Default for YearStart {
    /// The calendar year.
    fn default() -> Self {
        Self { month: 1, day: 1 }
    }
}

impl YearStart {
    /// From `MM-DD`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let plain = word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        // A leap year knows every day.
        let date = NaiveDate::parse_from_str(&format!("2028-{word}"), "%Y-%m-%d").ok()?;
        plain.then(|| Self { month: date.month(), day: date.day() })
    }

    /// The first day of the year of exercises that begins in this calendar year.
    #[must_use]
    pub fn in_year(self, year: i32) -> NaiveDate {
        let first_of_march = || NaiveDate::from_ymd_opt(year, 3, 1);
        let date = NaiveDate::from_ymd_opt(year, self.month, self.day).or_else(first_of_march);
        date.unwrap_or(NaiveDate::MAX)
    }
}

impl fmt::Display for YearStart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// How often something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Not at all: this site does not do it.
    Waived,
    /// Every so many days; at least 1.
    Days(u32),
    /// Every so many months of the calendar; at least 1.
    Months(u32),
}

impl Pace {
    /// From `waived`, `90 days` or `3 months`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        if word == "waived" {
            return Some(Self::Waived);
        }
        let (number, unit) = word.split_once(' ')?;
        let digits = (1..=4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        let number: u32 = digits.then(|| number.parse().ok())??;
        match unit {
            _ if number == 0 => None,
            "day" | "days" => Some(Self::Days(number)),
            "month" | "months" => Some(Self::Months(number)),
            _ => None,
        }
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Waived => f.write_str("waived"),
            Self::Days(1) => f.write_str("1 day"),
            Self::Days(n) => write!(f, "{n} days"),
            Self::Months(1) => f.write_str("1 month"),
            Self::Months(n) => write!(f, "{n} months"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_in_the_words_of_the_file() {
        for (word, pace) in [
            ("waived", Some(Pace::Waived)),
            ("1 month", Some(Pace::Months(1))),
            ("90 days", Some(Pace::Days(90))),
            ("0 days", None),
            ("3  months", None),
            ("3 weeks", None),
            ("-3 days", None),
            ("+3 days", None),
            ("99999 days", None),
            ("months", None),
            ("", None),
        ] {
            assert_eq!(Pace::parse(word), pace, "{word}");
            if let Some(pace) = pace {
                assert_eq!(pace.to_string(), word);
            }
        }
    }

    #[test]
    fn a_year_begins_on_a_day_of_the_calendar() {
        let first = |word: &str, year| YearStart::parse(word).unwrap().in_year(year).to_string();
        assert_eq!(first("07-01", 2026), "2026-07-01");
        assert_eq!(first("02-29", 2028), "2028-02-29");
        assert_eq!(first("02-29", 2027), "2027-03-01");
        for word in ["13-01", "02-30", "7-1", "0701", "", "07-01-", "+7-01"] {
            assert_eq!(YearStart::parse(word), None, "{word}");
        }
    }
}
