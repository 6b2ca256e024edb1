//! `runbook log` for people.

use std::fmt::Write as _;

use super::safe::safe;
use crate::engine::{Mode, Person};
use crate::report::{Entry, came_in};

/// Every record, both times, who, what; corrections beside what they correct.
#[must_use]
pub fn log_text(entries: &[Entry], mode: Mode) -> String {
    let stamp = match mode {
        Mode::Live => "",
        Mode::Exercise => "EXERCISE ",
    };
    let lines: Vec<String> = entries.iter().flat_map(|entry| lines(entry, stamp)).collect();
    lines.join("\n")
}

fn lines(entry: &Entry, stamp: &str) -> Vec<String> {
    let by = entry.by.as_ref().map_or_else(|| "runbook".to_owned(), ToString::to_string);
    let role = entry.role.as_ref().map(|role| format!(" ({role})")).unwrap_or_default();
    let mut head = format!(
        "{stamp}{}  {}  {}{role}: {}",
        entry.occurred_at,
        entry.record,
        safe(&by),
        safe(&entry.what)
    );
    let outside = entry.outside_role == Some(true) && !entry.role_held_by.is_empty();
    if let Some(role) = entry.accountable_role.as_ref().filter(|_| outside) {
        let people: Vec<&str> = entry.role_held_by.iter().map(Person::as_str).collect();
        let _ = write!(head, " [for {role}, held by {}]", safe(&people.join(", ")));
    }
    if entry.late_entry {
        let _ = write!(head, " [late entry, written down {}]", entry.recorded_at);
    }
    if let Some(how) = came_in(entry.source, entry.scribe.as_ref()) {
        let _ = write!(head, " [{}]", safe(&how));
    }
    let mut lines = vec![head];
    for amendment in &entry.corrected_by {
        lines.push(format!(
            "{stamp}    corrected by {}: {}",
            amendment.record,
            safe(&amendment.note)
        ));
    }
    lines
}
