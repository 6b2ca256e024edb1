//! The forms a time is typed in: `14:05`, `0230`, `2am`, `2.30 pm`, `-20m`, `20 min ago`,
//! `yesterday 23:50`, `2026-01-22 14:05`, RFC 3339, `now`. Each has one meaning; what could be this or
//! that is not taken.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use crate::engine::{Offset, Timestamp};

/// From here on nobody counts back from now; more is a slip of the finger.
const FARTHEST: TimeDelta = TimeDelta::days(400);

/// The words for half of a day and the hours before it.
const HALVES: [(&str, u32); 4] = [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)];

/// What was typed, before anybody looks at a clock.
pub(super) enum Form {
    /// A point in time.
    Instant(Timestamp),
    /// So much later than now; negative for earlier.
    FromNow(TimeDelta),
    /// What a clock shows.
    Clock {
        /// On which day, if that was said.
        day: Option<Day>,
        /// What it shows.
        time: NaiveTime,
        /// East of UTC, if that was said.
        offset: Option<Offset>,
    },
}

/// Which day.
pub(super) enum Day {
    /// So many days after today.
    FromToday(i64),
    /// This one.
    On(NaiveDate),
}

/// The form of these words, if it is one.
pub(super) fn read(text: &str) -> Option<Form> {
    if let Some(at) = Timestamp::parse(text) {
        return Some(Form::Instant(at));
    }
    let text = text.to_lowercase();
    if text == "now" {
        return Some(Form::FromNow(TimeDelta::zero()));
    }
    if let Some(by) = from_now(&text) {
        return Some(Form::FromNow(by));
    }
    let (day, rest) = day(&text);
    let (time, offset) = clock(rest)?;
    Some(Form::Clock { day, time, offset })
}

/// What a few digits could mean, each in a form that can be typed: `130` is 01:30 or 13:00.
pub(super) fn readings(digits: &str) -> Vec<String> {
    let shown = |hours: &str, minutes: &str| {
        twenty_four(&format!("{hours}:{minutes}")).map(|time| time.format("%H:%M").to_string())
    };
    let splits = match digits.len() {
        _ if !digits.bytes().all(|b| b.is_ascii_digit()) => vec![],
        1 | 2 => vec![shown(digits, "00")],
        3 => vec![
            shown(&digits[..1], &digits[1..]),
            shown(&digits[..2], &format!("{}0", &digits[2..])),
        ],
        _ => vec![],
    };
    splits.into_iter().flatten().collect()
}

/// `-20m`, `+2h`, `20 min ago`, `an hour ago`, `in 2 hours`.
fn from_now(text: &str) -> Option<TimeDelta> {
    let (sign, span) = if let Some(span) = text.strip_suffix(" ago") {
        (-1, counted(span))
    } else if let Some(span) = text.strip_prefix("in ") {
        (1, counted(span))
    } else if let Some(span) = text.strip_prefix('-') {
        (-1, span.to_owned())
    } else {
        (1, text.strip_prefix('+')?.to_owned())
    };
    let span = TimeDelta::from_std(humantime::parse_duration(&span).ok()?).ok()?;
    (span <= FARTHEST).then(|| span * sign)
}

/// `an hour` is `1 hour`.
fn counted(span: &str) -> String {
    let articles = ["an ", "a ", "one "];
    let rest = articles.iter().find_map(|article| span.strip_prefix(article));
    rest.map_or_else(|| span.to_owned(), |rest| format!("1 {rest}"))
}

/// The day in front of a clock time, and the rest.
fn day(text: &str) -> (Option<Day>, &str) {
    for (word, days) in [("yesterday ", -1), ("today ", 0), ("tomorrow ", 1)] {
        if let Some(rest) = text.strip_prefix(word) {
            let rest = rest.trim_start();
            return (Some(Day::FromToday(days)), rest.strip_prefix("at ").unwrap_or(rest));
        }
    }
    let dated = text.split_at_checked("2026-01-22".len()).and_then(|(date, rest)| {
        let rest = rest.strip_prefix([' ', 't'])?;
        Some((NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?, rest.trim_start()))
    });
    dated.map_or((None, text), |(date, rest)| (Some(Day::On(date)), rest))
}

/// What a clock shows, and how far it is from UTC if that was said: `14:05`, `14:05-05:00`, `14:05Z`.
fn clock(text: &str) -> Option<(NaiveTime, Option<Offset>)> {
    if let Some(time) = half_day(text).or_else(|| twenty_four(text)) {
        return Some((time, None));
    }
    if let Some(zulu) = text.strip_suffix('z') {
        return Some((twenty_four(zulu)?, Some(Offset::UTC)));
    }
    let at = text.rfind(['+', '-'])?;
    let (time, offset) = (twenty_four(&text[..at])?, &text[at..]);
    let size = twenty_four(&offset[1..]).filter(|_| offset.contains(':'))?;
    let minutes = i32::try_from((size - NaiveTime::MIN).num_minutes()).ok()?;
    let east = if offset.starts_with('-') { -minutes } else { minutes };
    Some((time, Some(Offset::from_minutes(east)?)))
}

/// `2am`, `2:30 pm`, `12.15 a.m.`
fn half_day(text: &str) -> Option<NaiveTime> {
    let (shown, before) = HALVES.iter().find_map(|(word, before)| {
        text.strip_suffix(word).map(|shown| (shown.trim_end(), before))
    })?;
    let (hours, minutes) = shown.split_once([':', '.']).unwrap_or((shown, "00"));
    let hours = number(hours, 1..=2).filter(|hours| (1..=12).contains(hours))?;
    NaiveTime::from_hms_opt(hours % 12 + before, number(minutes, 2..=2)?, 0)
}

/// `14:05`, `9:30`, `14:05:30`, and as radio and military clocks say it, `1405`.
fn twenty_four(text: &str) -> Option<NaiveTime> {
    let Some((hours, rest)) = text.split_once(':') else {
        let (hours, minutes) = text.split_at_checked(2)?;
        return NaiveTime::from_hms_opt(number(hours, 2..=2)?, number(minutes, 2..=2)?, 0);
    };
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "00"));
    NaiveTime::from_hms_opt(number(hours, 1..=2)?, number(minutes, 2..=2)?, number(seconds, 2..=2)?)
}

fn number(digits: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = length.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}
