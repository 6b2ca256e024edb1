//! The narrative of a report: what people wrote, and when.

use super::{Block, Item, entries, t_plus};
use crate::playbook::NoteKind;
use crate::report::after_action::Report;
use crate::report::timeline::{Amendment, CorrectionLine, Entry, came_in};
use crate::report::when::When;
use crate::report::words::{DecisionLine, NoteLine, Origin};

pub(super) fn decisions(report: &Report) -> Block {
    let item = |line: &DecisionLine| {
        let named =
            line.option_title.clone().or_else(|| line.option.as_ref().map(ToString::to_string));
        let mut body = Vec::new();
        if let (Some(step), Some(answer)) = (&line.step, named) {
            let question = line.question.as_deref().unwrap_or_default();
            body.push(format!(
                "{} {step}: {question} - {answer}",
                line.code.as_deref().unwrap_or_default()
            ));
        }
        let why = if line.step.is_some() { "because: " } else { "" };
        body.extend(line.because.as_ref().map(|because| format!("{why}{because}")));
        if !line.stands {
            body.push("no longer stands".to_owned());
        }
        Item { head: head(report, &line.origin), body }
    };
    entries(report.decisions.iter().map(item).collect())
}

/// One section for each kind; those of decisions stand with the decisions.
pub(super) fn notes(report: &Report) -> Vec<(&'static str, Block)> {
    let of_kind = |kind| {
        let notes = report.notes.iter().filter(move |note| note.kind == kind);
        let item =
            |n: &NoteLine| Item { head: head(report, &n.origin), body: vec![n.text.clone()] };
        entries(notes.map(item).collect())
    };
    vec![
        ("Strengths", of_kind(NoteKind::Strength)),
        ("Improvements", of_kind(NoteKind::Improvement)),
        ("Patient safety", of_kind(NoteKind::Safety)),
        ("Situation", of_kind(NoteKind::Situation)),
        ("Notifications", of_kind(NoteKind::Notification)),
    ]
}

pub(super) fn head(report: &Report, origin: &Origin) -> String {
    let by = origin.by.as_ref().map(ToString::to_string);
    let late = if origin.late_entry { Some("LATE ENTRY".to_owned()) } else { None };
    let role = origin.role.as_ref().map(ToString::to_string);
    let since = t_plus(report.t_plus(origin.occurred_at));
    joined(&[
        Some(origin.occurred_at.to_string()),
        since,
        Some(origin.record.clone()),
        by,
        role,
        late,
        came_in(origin.source, origin.scribe.as_ref()),
    ])
}

fn joined(parts: &[Option<String>]) -> String {
    parts.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

pub(super) fn late(report: &Report) -> Block {
    let late = report.timeline.iter().filter(|entry| entry.late_entry || entry.ahead_of_time);
    entries(late.map(entry).collect())
}

pub(super) fn timeline(report: &Report) -> Block {
    entries(report.timeline.iter().map(entry).collect())
}

fn entry(entry: &Entry) -> Item {
    let (by, role) = (entry.by.as_ref(), entry.role.as_ref());
    let parts = [
        Some(entry.occurred_at.to_string()),
        t_plus(entry.t_plus_min),
        Some(entry.record.clone()),
        by.map(ToString::to_string),
        role.map(ToString::to_string),
        flag(entry).map(ToOwned::to_owned),
    ];
    let mut body = vec![entry.what.clone()];
    body.extend(written(entry));
    body.extend(entry.corrected_by.iter().map(amendment));
    Item { head: joined(&parts), body }
}

const fn flag(entry: &Entry) -> Option<&'static str> {
    match (entry.late_entry, entry.ahead_of_time) {
        (true, _) => Some("LATE ENTRY"),
        (false, true) => Some("AHEAD OF TIME"),
        (false, false) => None,
    }
}

/// Where it matters, when an entry was written down, and how.
fn written(entry: &Entry) -> Option<String> {
    let late = entry.late_entry || entry.ahead_of_time;
    let recorded = late.then(|| format!("written down {}", entry.recorded_at));
    let first = entry.first_recorded_as.map(|when| format!("first recorded as {when}"));
    let parts = [recorded, first, came_in(entry.source, entry.scribe.as_ref())];
    let parts: Vec<&str> = parts.iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn amendment(amendment: &Amendment) -> String {
    let happened = |when: When| format!("happened {when}; ");
    let when = amendment.occurred_at.map_or(String::new(), happened);
    format!("corrected by {}: {when}{}", amendment.record, amendment.note)
}

pub(super) fn corrections(report: &Report) -> Block {
    let item = |line: &CorrectionLine| {
        let said = &line.amendment;
        let pending = (!line.target_known).then(|| "its target is not in this log yet".to_owned());
        let by = said.by.as_ref().map(ToString::to_string);
        let head = joined(&[Some(said.recorded_at.to_string()), Some(said.record.clone()), by]);
        let mut body = vec![format!("{} {}", line.target, amendment(said))];
        body.extend(pending);
        Item { head, body }
    };
    entries(report.corrections.iter().map(item).collect())
}

pub(super) fn conflicts(report: &Report) -> Block {
    let mut items: Vec<Item> = report
        .status
        .conflicts
        .iter()
        .map(|c| Item { head: c.record.clone(), body: vec![c.what.clone()] })
        .collect();
    let newer = report.timeline.iter().filter(|entry| entry.newer);
    items.extend(newer.map(|e| Item { head: e.record.clone(), body: vec![e.what.clone()] }));
    entries(items)
}
