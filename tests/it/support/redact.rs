//! Makes two runs of one test look the same: what a machine, a clock or chance chose becomes a
//! placeholder of the same width, so that columns stay where they are.
//!
//! Days of 2025 and 2099 are given by the tests themselves and stay.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

/// What changes from run to run, and what stands for it.
static RULES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        (r"\bw[0-9a-f]{32}\b", "wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"),
        (r"@w[0-9a-f]{3}\b", "@wWWW"),
        (r"(?m)^w[0-9a-f]{3}\b", "wWWW"),
        (r"\b[0-9a-f]{64}\b", "HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH"),
        // Of the files of a playbook, whose words change with every version.
        (r"(built-in:[a-z0-9/-]+|\.yaml) [0-9a-f]{8}\b", "$1 HHHHHHHH"),
        (r"\b[0-9a-f]{4}-[0-9a-f]{4}\b", "HHHH-HHHH"),
        (r"\b([0-9a-f]{4} ){7}[0-9a-f]{4}\b", "HHHH HHHH HHHH HHHH HHHH HHHH HHHH HHHH"),
        // What runs since 2025.
        (r"\b[0-9]{5} h [0-9]{2} min\b", "HHHHH h MM min"),
        (r"\b[0-9]{6}(\.[0-9])? min\b", "MMMMMM min"),
        (r"-20[0-9]{6}-[0-9a-hjkmnp-tv-z]{4}\b", "-YYYYMMDD-RRRR"),
        // Where a line begins depends on how many digits the time since boot has.
        (r"\bbyte [1-9][0-9]+", "byte NNNN"),
        (r"\bT\+[0-9]+:[0-9]{2} now\b", "T+H:MM now"),
        (r"\bT\+[0-9]{4,}(\.[0-9])?\b", "T+MINUTES"),
        (r"\b[0-9]{3,} days late\b", "NNN days late"),
        (r"\bin [0-9]{3,} days\b", "in NNN days"),
        (r"runbook 0\.[0-9]+\.[0-9]+\b", "runbook 0.N.N"),
    ]
    .into_iter()
    .map(|(pattern, shown)| (Regex::new(pattern).unwrap(), shown))
    .collect()
});

static MOMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(20[0-9]{2})-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]+)?")
        .unwrap()
});

/// The years whose times are the tests' own.
const GIVEN: [&str; 2] = ["2025", "2099"];

/// The text with every accidental part replaced.
pub(crate) fn redact(text: &str) -> String {
    let mut text = MOMENT.replace_all(text, moment).into_owned();
    for (rule, shown) in RULES.iter() {
        if let Cow::Owned(changed) = rule.replace_all(&text, *shown) {
            text = changed;
        }
    }
    text
}

fn moment(found: &Captures<'_>) -> String {
    if GIVEN.contains(&&found[1]) {
        return found[0].to_owned();
    }
    let between = &found[0][10..11];
    let seconds = if found.get(2).is_some() { ":SS" } else { "" };
    format!("YYYY-MM-DD{between}HH:MM{seconds}")
}

/// What a screen shows, with every time of the day and every count of minutes replaced: a walk runs on
/// the machine's own clock.
pub(crate) fn redact_screen(shown: &str) -> String {
    static CLOCK: LazyLock<[(Regex, &'static str); 5]> = LazyLock::new(|| {
        [
            // An offset that the edge of the screen cuts off.
            (r"(:SS)[+-][0-9]…", "$1+Z…"),
            (r"\bT\+[0-9]+:[0-9]{2}", "T+H:MM"),
            (r"\b[0-9]{2}:[0-9]{2} [+-][0-9]{2}:[0-9]{2}", "HH:MM +ZZ:ZZ"),
            (r"\b([01][0-9]|2[0-3]):[0-5][0-9]\b", "HH:MM"),
            (r"\b[0-9]+(\.[0-9])? min\b", "N min"),
        ]
        .map(|(pattern, shown)| (Regex::new(pattern).unwrap(), shown))
    });
    let mut text = redact(shown);
    for (rule, shown) in CLOCK.iter() {
        text = rule.replace_all(&text, *shown).into_owned();
    }
    text
}

#[test]
fn placeholders_are_as_wide_as_what_they_stand_for() {
    let raw = "17@w4f2 built-in:sets/mail 0a1b2c3d 2031-01-22 14:05 -05:00 2025-01-22T14:05:00Z 1f1b-affc";
    let shown = redact(raw);
    assert_eq!(
        shown,
        "17@wWWW built-in:sets/mail HHHHHHHH YYYY-MM-DD HH:MM -05:00 2025-01-22T14:05:00Z HHHH-HHHH"
    );
    assert_eq!(shown.len(), raw.len());
}
