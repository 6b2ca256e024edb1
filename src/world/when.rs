//! What people mean by a time they typed: `14:05`, `-20m`, `+2h`, `2026-01-22 14:05`, RFC 3339, `now`.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::zone::Zone;
use crate::engine::{Offset, Timestamp};

/// From here on nobody counts back from now; more is a slip of the finger.
const FARTHEST: TimeDelta = TimeDelta::days(400);

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
        "\"{0}\" is no time: type 14:05 (24-hour clock) or -20m (20 minutes ago); with a date: 2026-01-22 14:05"
    )]
    Unreadable(String),
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
    if text.eq_ignore_ascii_case("now") {
        return Ok(now);
    }
    if let Some(exact) = Timestamp::parse(text).or_else(|| without_seconds(text)) {
        return Ok(exact);
    }
    if let Some(by) = relative(text) {
        return Ok(now + by);
    }
    if let Some(shown) = date_and_time(text) {
        return one(text, zone, shown);
    }
    match clock_time(text) {
        Some((time, None)) => from_clock(text, now, zone, toward, time),
        Some((time, Some(offset))) => from_clock(text, now, Zone::Fixed(offset), toward, time),
        None => Err(WhenError::Unreadable(text.to_owned())),
    }
}

/// `2026-01-22T14:05-05:00`, `2026-01-22T14:05Z`: what people write who leave the seconds out.
fn without_seconds(text: &str) -> Option<Timestamp> {
    let zulu = text.strip_suffix(['Z', 'z']).map(|text| format!("{text}+00:00"));
    let text = zulu.as_deref().unwrap_or(text);
    let mut forms = ["%Y-%m-%dT%H:%M%:z", "%Y-%m-%d %H:%M%:z"].into_iter();
    let parsed = forms.find_map(|form| chrono::DateTime::parse_from_str(text, form).ok())?;
    Timestamp::from_millis(parsed.timestamp_millis())
}

fn relative(text: &str) -> Option<TimeDelta> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("-", rest) => (-1, rest),
        ("+", rest) => (1, rest),
        _ => return None,
    };
    let span = TimeDelta::from_std(humantime::parse_duration(rest).ok()?).ok()?;
    (span <= FARTHEST).then(|| span * sign)
}

fn date_and_time(text: &str) -> Option<NaiveDateTime> {
    let forms = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"];
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

fn clock_time(text: &str) -> Option<(NaiveTime, Option<Offset>)> {
    let plain = |text: &str| {
        let (hours, minutes) = text.split_once(':')?;
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let shaped = (1..=2).contains(&hours.len()) && minutes.len() == 2;
        (shaped && digits(hours) && digits(minutes))
            .then(|| NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0))?
    };
    if let Some(time) = plain(text) {
        return Some((time, None));
    }
    let at = text.rfind(['+', '-'])?;
    let (time, offset) = (plain(&text[..at])?, &text[at..]);
    let size = plain(&offset[1..])?;
    let minutes = i32::try_from((size - NaiveTime::MIN).num_minutes()).ok()?;
    let east = if offset.starts_with('-') { -minutes } else { minutes };
    Some((time, Some(Offset::from_minutes(east)?)))
}

fn from_clock(
    text: &str,
    now: Timestamp,
    zone: Zone,
    toward: Toward,
    time: NaiveTime,
) -> Result<Timestamp, WhenError> {
    let today: NaiveDate = now.at_offset(zone.offset_at(now)).date_naive();
    let on = |date: Option<NaiveDate>| {
        let date = date.ok_or_else(|| WhenError::Unreadable(text.to_owned()))?;
        one(text, zone, date.and_time(time))
    };
    // The minute that is running counts as past and as present.
    let minute = TimeDelta::minutes(1);
    match toward {
        Toward::Past => match on(Some(today)) {
            Ok(at) if at >= now + minute => on(today.pred_opt()),
            found => found,
        },
        Toward::Future => match on(Some(today)) {
            Ok(at) if at <= now => on(today.succ_opt()),
            found => found,
        },
    }
}

fn one(text: &str, zone: Zone, shown: NaiveDateTime) -> Result<Timestamp, WhenError> {
    match zone.instants(shown).as_slice() {
        [] => Err(WhenError::Never(text.to_owned())),
        [one] => Ok(*one),
        [first, second, ..] => Err(WhenError::Twice {
            text: text.to_owned(),
            first: first.iso(zone.offset_at(*first)),
            second: second.iso(zone.offset_at(*second)),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EAST: Zone = Zone::Fixed(Offset::UTC);

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn every_form_of_a_time() {
        let now = at("2026-01-22T14:05:30Z");
        for (text, toward, meant) in [
            ("now", Toward::Past, "2026-01-22T14:05:30Z"),
            ("14:05", Toward::Past, "2026-01-22T14:05:00Z"),
            ("14:06", Toward::Past, "2026-01-22T14:06:00Z"),
            ("14:07", Toward::Past, "2026-01-21T14:07:00Z"),
            ("9:30", Toward::Past, "2026-01-22T09:30:00Z"),
            ("23:50", Toward::Past, "2026-01-21T23:50:00Z"),
            ("14:05", Toward::Future, "2026-01-23T14:05:00Z"),
            ("14:07", Toward::Future, "2026-01-22T14:07:00Z"),
            ("-20m", Toward::Past, "2026-01-22T13:45:30Z"),
            ("+2h", Toward::Future, "2026-01-22T16:05:30Z"),
            ("-1h30m", Toward::Past, "2026-01-22T12:35:30Z"),
            ("2026-01-20 07:15", Toward::Past, "2026-01-20T07:15:00Z"),
            ("2026-01-20T07:15", Toward::Past, "2026-01-20T07:15:00Z"),
            ("2026-01-20T07:15:00-05:00", Toward::Past, "2026-01-20T12:15:00Z"),
            ("2026-01-20T07:15-05:00", Toward::Past, "2026-01-20T12:15:00Z"),
            ("2026-01-20T07:15Z", Toward::Past, "2026-01-20T07:15:00Z"),
            ("2026-01-20 07:15Z", Toward::Past, "2026-01-20T07:15:00Z"),
            ("08:05-05:00", Toward::Past, "2026-01-22T13:05:00Z"),
        ] {
            assert_eq!(parse_when(text, now, EAST, toward), Ok(at(meant)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time() {
        let now = at("2026-01-22T14:05:30Z");
        for text in [
            "", "24:00", "14:60", "1405", "2pm", "14:5", "tomorrow", "-", "+x", "14.05", "é:05",
            "-5000y", "-401d", "+401d",
        ] {
            let unreadable = WhenError::Unreadable(text.to_owned());
            assert_eq!(parse_when(text, now, EAST, Toward::Past), Err(unreadable), "{text}");
        }
    }
}
