//! What a standing log says, in one sentence for each fact.

use super::story::said;
use crate::engine::Readied;

/// `exercise on 2026-11-25: tabletop of email-outage — note binder 3`.
pub(super) fn readied(readied: &Readied) -> String {
    let Readied { kind, on, of, exercise, playbook, incident, note } = readied;
    let exercise = exercise.map(|exercise| exercise.word().to_owned());
    let playbook = playbook.as_ref().map(|playbook| format!("of {playbook}"));
    let incident = incident.as_ref().map(|incident| format!("in {incident}"));
    let what: Vec<String> =
        [exercise, of.as_ref().map(said), playbook, incident].into_iter().flatten().collect();
    let colon = if what.is_empty() { "" } else { ": " };
    let note = note.as_ref().map_or(String::new(), |note| format!(" — note {}", said(note)));
    format!("{} on {on}{colon}{}{note}", kind.word(), what.join(" "))
}
