//! What people mean by a time they typed. [`form`] reads the words; here the clock and the calendar
//! say which instant it is.

mod form;
#[cfg(test)]
mod tests;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::zone::Zone;
use crate::engine::Timestamp;
use form::{Day, Form};

/// Which `14:05` is meant when only the clock time is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// The most recent one: when something happened.
    Past,
    /// The next one: until when something waits.
    Future,
}

/// Why a time cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// None of the forms.
    #[error(
        "\"{0}\" is no time: type 14:05 (24-hour clock), 2:05pm, -20m (20 minutes ago) or \"yesterday 23:50\"; with a date: 2026-01-22 14:05"
    )]
    Unreadable(String),
    /// Digits that could be this or that.
    #[error("\"{text}\" could be more than one time: type {}", readings.join(" or "))]
    Unclear {
        /// As typed.
        text: String,
        /// What it could be, each in a form that can be typed.
        readings: Vec<String>,
    },
    /// Clocks are set back over it.
    #[error("{text} comes twice because clocks are set back: write {first} or {second}")]
    Twice {
        /// As typed.
        text: String,
        /// The earlier instant with its offset.
        first: String,
        /// The later instant with its offset.
        second: String,
    },
    /// Clocks are set forward over it.
    #[error(
        "{0} does not exist because clocks are set forward: write a time before or after the gap"
    )]
    Never(String),
}

/// What `text` means at `now` in this zone.
///
/// # Errors
/// If it has none of the forms, or daylight saving makes it double or void.
pub fn parse_when(
    text: &str,
    now: Timestamp,
    zone: Zone,
    toward: Toward,
) -> Result<Timestamp, WhenError> {
    let text = text.trim();
    let (day, time, offset) = match form::read(text) {
        Some(Form::Instant(at)) => return Ok(at),
        Some(Form::FromNow(by)) => return Ok(now + by),
        Some(Form::Clock { day, time, offset }) => (day, time, offset),
        None => return Err(unread(text, toward)),
    };
    let typed = Typed { text, now, zone: offset.map_or(zone, Zone::Fixed), time };
    match day {
        None => typed.nearest(toward),
        Some(Day::On(date)) => typed.on(date),
        Some(Day::FromToday(days)) => {
            let today = now.at_offset(zone.offset_at(now)).date_naive();
            typed.on(typed.day(today, days)?)
        }
    }
}

fn unread(text: &str, toward: Toward) -> WhenError {
    let mut readings = form::readings(text);
    if readings.is_empty() {
        return WhenError::Unreadable(text.to_owned());
    }
    readings.push(match toward {
        Toward::Past => format!("-{text}m ({text} minutes ago)"),
        Toward::Future => format!("+{text}m (in {text} minutes)"),
    });
    WhenError::Unclear { text: text.to_owned(), readings }
}

/// A clock time as it was typed.
struct Typed<'a> {
    text: &'a str,
    now: Timestamp,
    zone: Zone,
    time: NaiveTime,
}

impl Typed<'_> {
    /// The most recent or the next one. A day on which it has not come yet, or is over, is not the one
    /// that is meant; only of the day that is left must it be a single instant.
    fn nearest(&self, toward: Toward) -> Result<Timestamp, WhenError> {
        // The minute that is running counts as past and as present.
        let soon = self.now + TimeDelta::minutes(1);
        let fits = |at: &Timestamp| match toward {
            Toward::Past => *at < soon,
            Toward::Future => *at > self.now,
        };
        let here = |at: Timestamp| at.at_offset(self.zone.offset_at(at)).naive_local();
        let today = here(self.now).date();
        let shown = today.and_time(self.time);
        let instants = self.zone.instants(shown);
        // Of a void time only the clock's hands tell on which side of now it would be.
        let void_fits = instants.is_empty()
            && match toward {
                Toward::Past => shown < here(soon),
                Toward::Future => shown > here(self.now),
            };
        let left: Vec<Timestamp> = instants.into_iter().filter(fits).collect();
        if void_fits || !left.is_empty() {
            return self.only(&left);
        }
        self.on(self.day(today, if toward == Toward::Past { -1 } else { 1 })?)
    }

    fn day(&self, today: NaiveDate, days: i64) -> Result<NaiveDate, WhenError> {
        let date = today.checked_add_signed(TimeDelta::days(days));
        date.ok_or_else(|| WhenError::Unreadable(self.text.to_owned()))
    }

    fn on(&self, date: NaiveDate) -> Result<Timestamp, WhenError> {
        let shown: NaiveDateTime = date.and_time(self.time);
        self.only(&self.zone.instants(shown))
    }

    fn only(&self, instants: &[Timestamp]) -> Result<Timestamp, WhenError> {
        match instants {
            [] => Err(WhenError::Never(self.text.to_owned())),
            [one] => Ok(*one),
            [first, second, ..] => Err(WhenError::Twice {
                text: self.text.to_owned(),
                first: first.iso(self.zone.offset_at(*first)),
                second: second.iso(self.zone.offset_at(*second)),
            }),
        }
    }
}
