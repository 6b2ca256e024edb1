//! Names and addresses.

use std::ops::Range;

use super::tokens::{Gap, Tokens};

/// Capitalised words that follow "patient" in titles, calendars and time zones.
const NO_NAMES: &[&str] = &[
    "access",
    "advocate",
    "advocacy",
    "called",
    "care",
    "calls",
    "communication",
    "communications",
    "contact",
    "data",
    "experience",
    "financial",
    "flow",
    "id",
    "impact",
    "information",
    "lead",
    "list",
    "management",
    "message",
    "messaging",
    "notification",
    "notifications",
    "outreach",
    "portal",
    "portals",
    "reached",
    "records",
    "registration",
    "relations",
    "safety",
    "scheduling",
    "services",
    "status",
    "support",
    "token",
    "transport",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const HONORIFICS: &[&str] = &["named", "name", "is", "mr", "mrs", "ms", "miss"];

/// How people are called who are no colleagues.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss"];

/// A capitalised name after "patient", "pt" or a title such as "Mrs".
pub(super) fn patient_names(tokens: &Tokens<'_>) -> Vec<Range<usize>> {
    let found = |at: usize| {
        let word = tokens.word(at);
        let titled = TITLES.contains(&word.as_str());
        if word != "patient" && word != "pt" && !titled {
            return None;
        }
        let first = tokens.skip(at + 1, HONORIFICS, ":.", 4);
        // "the patient. Ana leads" ends a sentence; "Pt. Lopez" and "Mrs. Lopez" do not.
        let stopped = word == "patient" && tokens.is_mark(at + 1, ".");
        let fits = !stopped && tokens.is_free_before(at);
        let last = name(tokens, first).filter(|_| fits)?;
        Some(tokens.span(first, last))
    };
    let mut all: Vec<Range<usize>> = (0..tokens.len()).filter_map(found).collect();
    // "patient Mrs Lopez" is found from its first word and from its second.
    all.dedup();
    all
}

/// The last token of a name that starts here: initials and up to three capitalised words.
fn name(tokens: &Tokens<'_>, first: usize) -> Option<usize> {
    let (mut at, mut last) = (first, None);
    for _ in 0..3 {
        let same_line = tokens.get(at).is_some_and(|token| token.gap != Gap::Break);
        if !same_line {
            break;
        }
        if is_initial(tokens, at) {
            at += 2;
        } else if is_name(tokens, at) {
            last = Some(at);
            at += 1;
        } else {
            break;
        }
    }
    last
}

fn is_initial(tokens: &Tokens<'_>, at: usize) -> bool {
    let letter = tokens
        .get(at)
        .is_some_and(|t| t.text.chars().count() == 1 && t.text.chars().all(char::is_uppercase));
    letter && tokens.is_mark(at + 1, ".") && tokens.is_glued(at + 1)
}

fn is_name(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let mut letters = token.text.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let small = letters.next_back().is_some_and(char::is_lowercase);
    capital && small && !NO_NAMES.contains(&token.text.to_lowercase().as_str())
}

/// An address with a domain that could exist.
pub(super) fn emails(text: &str) -> Vec<Range<usize>> {
    text.match_indices('@').filter_map(|(at, _)| email(text, at)).collect()
}

fn email(text: &str, at: usize) -> Option<Range<usize>> {
    let local = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    let domain = |c: char| c.is_alphanumeric() || ".-".contains(c);
    let before = &text[..at];
    let start = before.char_indices().rev().take_while(|(_, c)| local(*c)).last()?.0;
    let after = &text[at + 1..];
    let end = after.find(|c| !domain(c)).unwrap_or(after.len());
    let host = after[..end].trim_end_matches(['.', '-']);
    let (name, top) = host.rsplit_once('.')?;
    let fits = !name.is_empty() && top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    fits.then(|| start..at + 1 + host.len())
}
