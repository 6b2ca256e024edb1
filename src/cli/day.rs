//! A day as it is typed: `2026-12-31`, `today`, `yesterday`, `+30d`, `-2w`, or any form of a time.

use super::context::Context;
use super::error::CliError;
use crate::engine::Day;
use crate::world::{Toward, parse_when};

impl Context {
    /// Today at the site.
    pub(super) fn this_day(&self) -> Day {
        let now = self.world.clock.now();
        Day::near(now, self.world.zone.offset_at(now))
    }

    /// A day as it was typed.
    pub(super) fn day(&self, typed: &str, toward: Toward) -> Result<Day, CliError> {
        let (text, today) = (typed.trim(), self.this_day());
        if let Some(day) = plain(text, today) {
            return Ok(day);
        }
        let (zone, now) = (self.world.zone, self.world.clock.now());
        let at = parse_when(text, now, zone, toward).ok();
        at.and_then(|at| Day::at(at, zone.offset_at(at))).ok_or_else(|| no_day(text))
    }
}

fn plain(text: &str, today: Day) -> Option<Day> {
    match text.to_ascii_lowercase().as_str() {
        "today" => Some(today),
        "tomorrow" => Some(today.plus_days(1)),
        "yesterday" => today.minus_days(1),
        word => Day::parse(word).or_else(|| from_today(word, today)),
    }
}

/// `+30d`, `-2w`, `+3m` for months, `+1y`.
fn from_today(word: &str, today: Day) -> Option<Day> {
    let (sign, rest) = word.split_at_checked(1)?;
    let (number, unit) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
    let digits = (1..=5).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = digits.then(|| number.parse().ok())??;
    match (sign, unit) {
        ("+", "d") => Some(today.plus_days(number)),
        ("+", "w") => Some(today.plus_days(number.checked_mul(7)?)),
        ("+", "y") => Some(today.plus_months(number.checked_mul(12)?)),
        ("-", "d") => today.minus_days(number),
        ("-", "w") => today.minus_days(number.checked_mul(7)?),
        _ => None,
    }
}

fn no_day(text: &str) -> CliError {
    let looks_like_one = text.len() == 10 && text.bytes().filter(|b| *b == b'-').count() == 2;
    let why = if looks_like_one { "is no day of the calendar" } else { "is no day" };
    CliError::usage(format!("\"{text}\" {why}"))
        .hint("type 2026-12-31, today, yesterday, +30d (in 30 days) or -2w (two weeks ago)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_day() {
        let today = Day::parse("2028-02-28").unwrap();
        for (text, day) in [
            ("2028-02-29", Some("2028-02-29")),
            ("2027-02-29", None),
            ("Today", Some("2028-02-28")),
            ("tomorrow", Some("2028-02-29")),
            ("yesterday", Some("2028-02-27")),
            ("+2d", Some("2028-03-01")),
            ("+1w", Some("2028-03-06")),
            ("+1y", Some("2029-02-28")),
            ("-4w", Some("2028-01-31")),
            ("-59d", Some("2027-12-31")),
            ("+1m", None),
            ("+d", None),
            ("+-1d", None),
            ("+999999d", None),
            ("2d", None),
            ("", None),
            ("é", None),
            ("02/28/2028", None),
        ] {
            let found = plain(text, today).map(|day| day.to_string());
            assert_eq!(found.as_deref(), day, "{text}");
        }
    }
}
