//! What a review found, and what people wrote for the after-action report.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::story::{Reading, said};
use super::timeline::{Amendment, amendment};
use super::when::When;
use super::words::{Origin, origin};
use crate::engine::{Event, Fact, Finding, Person, Record, State, Text};
use crate::playbook::{FindingKind, NoteKind, ObjectiveId, ReportField};

/// A strength or an area for improvement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingLine {
    /// Which of the two.
    pub kind: FindingKind,
    /// The objective that it belongs to.
    pub objective: Option<ObjectiveId>,
    /// The core capability that it belongs to.
    pub capability: Option<String>,
    /// What was found.
    pub statement: String,
    /// What it is held against.
    pub reference: Option<String>,
    /// Why it was so, and what came of it.
    pub analysis: Option<String>,
    /// It was noted while the work went on (`runbook note`), without more words.
    pub from_note: bool,
    /// What was said later about its record.
    pub corrected_by: Vec<Amendment>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// What somebody wrote for one place of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldLine {
    /// What.
    pub text: String,
    /// Who; asserted, not authenticated.
    pub by: Option<Person>,
    /// When it was written down.
    pub recorded_at: When,
    /// `17@w4f2`.
    pub record: String,
}

/// Everything that was found, in merged order: what was noted during the work, and what reviews say,
/// which players do not read before the end.
pub(super) fn findings(reading: &Reading<'_>) -> Vec<FindingLine> {
    let all = reading.story.records.iter().filter_map(|record| line(reading, record));
    all.filter(|finding| finding.from_note || reading.is_judged()).collect()
}

fn line(reading: &Reading<'_>, record: &Record) -> Option<FindingLine> {
    let (finding, from_note) = found(reading.story.state, record)?;
    let later = reading.corrections(&record.at).iter();
    Some(FindingLine {
        kind: finding.kind,
        objective: finding.objective.clone(),
        capability: finding.capability.as_ref().map(said),
        statement: said(&finding.statement),
        reference: finding.reference.as_ref().map(said),
        analysis: finding.analysis.as_ref().map(said),
        from_note,
        corrected_by: later.filter_map(|record| Some(amendment(record)?.1)).collect(),
        origin: origin(reading, record),
    })
}

/// What a record says was found, and whether that is a note; nothing where it was withdrawn.
fn found<'a>(state: &State, record: &'a Record) -> Option<(Cow<'a, Finding>, bool)> {
    match &record.fact {
        Fact::Known(Event::FindingNoted(finding)) => {
            let stands = state.findings().iter().any(|(moment, _)| moment.record == record.at);
            stands.then_some((Cow::Borrowed(&**finding), false))
        }
        Fact::Known(Event::NoteAdded { kind, text }) => {
            Some((Cow::Owned(from_note(*kind, text)?), true))
        }
        Fact::Known(_) | Fact::Newer(_) => None,
    }
}

fn from_note(kind: NoteKind, text: &Text) -> Option<Finding> {
    let kind = match kind {
        NoteKind::Strength => FindingKind::Strength,
        NoteKind::Improvement => FindingKind::Improvement,
        NoteKind::Decision | NoteKind::Notification | NoteKind::Situation | NoteKind::Safety => {
            return None;
        }
    };
    Some(Finding {
        kind,
        objective: None,
        capability: None,
        statement: text.clone(),
        reference: None,
        analysis: None,
        asked: None,
    })
}

/// What stands at each place of the report that somebody filled in.
pub(super) fn fields(reading: &Reading<'_>) -> BTreeMap<ReportField, FieldLine> {
    let state = reading.story.state;
    let of = |field: &ReportField| {
        let (moment, text) = state.report_field(*field)?;
        let line = FieldLine {
            text: said(text),
            by: moment.by.clone(),
            recorded_at: reading.written_down(moment),
            record: moment.record.short(),
        };
        Some((*field, line))
    };
    ReportField::ALL.iter().filter_map(of).collect()
}
