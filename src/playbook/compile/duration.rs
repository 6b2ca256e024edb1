//! Lengths of time as people write them: `90m`, `1h30m`, `2h`, `3d`. Each common slip has its own answer.

use std::time::Duration;

use chrono::TimeDelta;

use super::super::findings::{Findings, key, quoted};
use super::super::yaml::Text;

/// No target, window or due time of an outage is longer.
const MAX_DAYS: i64 = 400;

/// Why a word is no length of time, and what to write instead.
pub(crate) struct Slip {
    pub(crate) message: String,
    pub(crate) help: String,
}

/// The length that a text says.
pub(super) fn duration(
    text: &Text<'_>,
    name: &str,
    findings: &mut Findings<'_>,
) -> Option<TimeDelta> {
    match parse(&text.value) {
        Ok(length) => Some(length),
        Err(slip) => {
            let message = format!("{}: {}", key(name), slip.message);
            findings.error_help(text.span, message, slip.help);
            None
        }
    }
}

/// As [`duration`], but more than nothing.
pub(super) fn positive(
    text: &Text<'_>,
    name: &str,
    findings: &mut Findings<'_>,
) -> Option<TimeDelta> {
    let length = duration(text, name, findings)?;
    if length > TimeDelta::zero() {
        return Some(length);
    }
    findings.error(text.span, format!("{} should be longer than nothing", key(name)));
    None
}

/// The length that a word says.
pub(crate) fn parse(word: &str) -> Result<TimeDelta, Slip> {
    let word = word.trim();
    let slip = |message: &str, help: String| Err(Slip { message: message.to_owned(), help });
    if word.starts_with('-') {
        return slip(
            "a length of time cannot be negative",
            "write it without the minus".to_owned(),
        );
    }
    if let Some((hours, minutes)) = word.split_once(':') {
        let number = |part: &str| part.parse::<u16>().ok();
        let help = match (number(hours), number(minutes)) {
            (Some(hours), Some(minutes)) => {
                format!("write `{hours}h{minutes}m`, or `{hours}m` for minutes")
            }
            _ => usual(),
        };
        return slip("a length of time is not written with a colon", help);
    }
    if word.contains(['.', ',']) {
        let help = fraction(word).unwrap_or_else(usual);
        return slip("a length of time has no fractions", help);
    }
    if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) && word != "0" {
        let help = if word.len() < 10 {
            format!("write `{word}m` for minutes or `{word}h` for hours")
        } else {
            usual()
        };
        return slip("the unit is missing", help);
    }
    let unit = |part: &str| part == "M" || part.starts_with("mon") || part.starts_with('y');
    if word.split(|c: char| !c.is_ascii_alphabetic()).any(unit) {
        return slip("months and years differ in length", "write days, such as `30d`".to_owned());
    }
    match humantime::parse_duration(word) {
        Ok(length) => bounded(length),
        Err(_) => slip(&format!("{} is not a length of time", quoted(word)), usual()),
    }
}

fn usual() -> String {
    "write it as `15m`, `2h`, `1h30m` or `3d`".to_owned()
}

fn bounded(length: Duration) -> Result<TimeDelta, Slip> {
    let too_long = || Slip {
        message: format!("more than {MAX_DAYS} days"),
        help: "check the unit: m is minutes, h hours, d days".to_owned(),
    };
    if length.subsec_nanos() != 0 {
        let message = "a length of time has whole seconds".to_owned();
        return Err(Slip { message, help: usual() });
    }
    let length = TimeDelta::from_std(length).map_err(|_| too_long())?;
    if length > TimeDelta::days(MAX_DAYS) { Err(too_long()) } else { Ok(length) }
}

/// What `1.5h` is in whole units.
fn fraction(word: &str) -> Option<String> {
    let (unit, minutes) = match word.chars().last()? {
        'h' => ('h', 60.0),
        'd' => ('d', 24.0 * 60.0),
        _ => return None,
    };
    let number: f64 = word.strip_suffix(unit)?.replace(',', ".").parse().ok()?;
    let minutes = number * minutes;
    if !(1.0..1e6).contains(&minutes) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to a million")]
    let minutes = minutes.round() as u64;
    let written = humantime::format_duration(Duration::from_secs(minutes * 60)).to_string();
    Some(format!("write `{}`", written.replace(' ', "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (word, minutes) in [
            ("90m", 90),
            ("1h30m", 90),
            ("1h 30m", 90),
            ("2h", 120),
            ("3d", 3 * 24 * 60),
            ("0m", 0),
            ("120s", 2),
            ("15min", 15),
            ("400d", 400 * 24 * 60),
        ] {
            assert_eq!(parse(word).ok(), Some(TimeDelta::minutes(minutes)), "{word}");
        }
    }

    #[test]
    fn each_slip_has_its_own_answer() {
        for (word, message, help) in [
            (
                "2:30",
                "a length of time is not written with a colon",
                "write `2h30m`, or `2m` for minutes",
            ),
            ("1.5h", "a length of time has no fractions", "write `1h30m`"),
            ("0,5d", "a length of time has no fractions", "write `12h`"),
            ("-15m", "a length of time cannot be negative", "write it without the minus"),
            ("15", "the unit is missing", "write `15m` for minutes or `15h` for hours"),
            ("5M", "months and years differ in length", "write days, such as `30d`"),
            ("1year", "months and years differ in length", "write days, such as `30d`"),
            (
                "soon",
                "\"soon\" is not a length of time",
                "write it as `15m`, `2h`, `1h30m` or `3d`",
            ),
            ("", "\"\" is not a length of time", "write it as `15m`, `2h`, `1h30m` or `3d`"),
            (
                "500ms",
                "a length of time has whole seconds",
                "write it as `15m`, `2h`, `1h30m` or `3d`",
            ),
            ("401d", "more than 400 days", "check the unit: m is minutes, h hours, d days"),
            (
                "99999999999999d",
                "more than 400 days",
                "check the unit: m is minutes, h hours, d days",
            ),
        ] {
            let slip = parse(word).err();
            let said = slip.map(|slip| (slip.message, slip.help));
            assert_eq!(said, Some((message.to_owned(), help.to_owned())), "{word}");
        }
    }
}
