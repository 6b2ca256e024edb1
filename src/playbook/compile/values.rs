//! What single texts mean: lines, prose, days, numbers, milestones. No references: see `names`.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::super::findings::{Findings, key, quoted};
use super::super::words::Mark;
use super::super::yaml::{Slot, Text};

/// The longest title, in bytes.
pub(super) const MAX_TITLE: usize = 200;

/// The longest question, in bytes.
pub(super) const MAX_QUESTION: usize = 500;

/// The longest text of several lines, in bytes.
const MAX_PROSE: usize = 8 * 1024;

/// One line of at most [`MAX_TITLE`] bytes.
pub(crate) fn line(text: &Text<'_>, name: &str, findings: &mut Findings<'_>) -> Option<String> {
    line_up_to(MAX_TITLE, text, name, findings)
}

/// One line of at most `limit` bytes.
pub(super) fn line_up_to(
    limit: usize,
    text: &Text<'_>,
    name: &str,
    findings: &mut Findings<'_>,
) -> Option<String> {
    let value = text.value.trim();
    if value.contains(['\n', '\t']) {
        findings.error(text.span, format!("{} should be one line without tabs", key(name)));
        return None;
    }
    filled(value, limit, text, name, findings)
}

/// One line, if there is one.
pub(super) fn optional_line(
    slot: &Slot<Text<'_>>,
    name: &str,
    findings: &mut Findings<'_>,
) -> Option<String> {
    slot.given().and_then(|text| line(text, name, findings))
}

/// A text of several lines.
pub(crate) fn prose(text: &Text<'_>, name: &str, findings: &mut Findings<'_>) -> Option<String> {
    filled(text.value.trim(), MAX_PROSE, text, name, findings)
}

/// A text of several lines; empty where there is none.
pub(super) fn optional_prose(
    slot: &Slot<Text<'_>>,
    name: &str,
    findings: &mut Findings<'_>,
) -> String {
    slot.given().and_then(|text| prose(text, name, findings)).unwrap_or_default()
}

fn filled(
    value: &str,
    limit: usize,
    text: &Text<'_>,
    name: &str,
    findings: &mut Findings<'_>,
) -> Option<String> {
    if value.is_empty() {
        let help = "write a value, or leave the key out".to_owned();
        findings.error_help(text.span, format!("{} is empty", key(name)), help);
        return None;
    }
    if value.len() > limit {
        let message = format!("{} has {} bytes, and at most {limit} fit", key(name), value.len());
        findings.error_help(text.span, message, "say it shorter".to_owned());
        return None;
    }
    Some(value.to_owned())
}

/// A day.
pub(crate) fn date(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<NaiveDate> {
    let word = text.value.trim();
    // chrono also takes `2027-5-1`, which another reader may take for January.
    let whole = word.len() == "YYYY-MM-DD".len();
    let day = NaiveDate::parse_from_str(word, "%Y-%m-%d").ok().filter(|_| whole);
    if day.is_none() {
        let help = "write it as YYYY-MM-DD, such as 2027-05-31".to_owned();
        findings.error_help(text.span, format!("{} is not a day", quoted(word)), help);
    }
    day
}

/// A whole number within bounds.
pub(crate) fn number(
    text: &Text<'_>,
    name: &str,
    bounds: RangeInclusive<u32>,
    findings: &mut Findings<'_>,
) -> Option<u32> {
    let plain = text.value.bytes().all(|b| b.is_ascii_digit());
    let number = text.value.parse().ok().filter(|n| plain && bounds.contains(n));
    if number.is_none() {
        let message = format!(
            "{} should be a whole number from {} to {}, not {}",
            key(name),
            bounds.start(),
            bounds.end(),
            quoted(&text.value)
        );
        findings.error(text.span, message);
    }
    number
}

/// A milestone.
pub(super) fn mark(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<Mark> {
    let mark = Mark::from_word(&text.value);
    if mark.is_none() {
        let words = Mark::ALL.iter().map(|mark| mark.word());
        one_of("milestone", text, words, findings);
    }
    mark
}

/// A milestone that a step or an answer may reach: any but the declaration.
pub(super) fn milestone(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<Mark> {
    let mark = mark(text, findings)?;
    if mark != Mark::Declared {
        return Some(mark);
    }
    let message = format!("{} cannot be reached by a step", quoted(&text.value));
    let help = "declaring is an act of its own: `runbook mark declared`".to_owned();
    findings.error_help(text.span, message, help);
    None
}

/// Reports a word that is none of the fixed ones.
pub(crate) fn one_of<'c>(
    what: &str,
    text: &Text<'_>,
    words: impl Iterator<Item = &'c str> + Clone,
    findings: &mut Findings<'_>,
) {
    let help = findings.did_you_mean(&text.value, words.clone()).unwrap_or_else(|| {
        let all: Vec<&str> = words.collect();
        format!("write one of {}", all.join(", "))
    });
    findings.error_help(text.span, format!("there is no {what} {}", quoted(&text.value)), help);
}
