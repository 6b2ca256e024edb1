//! What would come of the entries: which are new, which stand in the log already, which say something
//! else than the log, and which cannot be.

use crate::cli::context::Context;
use crate::engine::{
    Advice, Record, RecordRef, Refusal, Rehearsed, Request, State, Timestamp, rehearse,
    rehearsed_as,
};
use crate::journal::{IncidentId, sha256};
use crate::playbook::Playbook;
use crate::transcript::{Entry, Fault, Found, Read, on_record, settle};

/// What is known of an incident before the lines are recorded.
pub(super) struct Before<'a> {
    pub(super) book: &'a Playbook,
    pub(super) state: &'a State,
    pub(super) records: &'a [Record],
    /// Absent while the incident is not opened yet.
    pub(super) id: Option<&'a IncidentId>,
}

/// One entry and what would come of it.
pub(super) struct Planned {
    pub(super) entry: Entry,
    pub(super) key: Option<String>,
    pub(super) fate: Fate,
}

/// What would come of an entry.
pub(super) enum Fate {
    /// It will be recorded, as these records.
    New { records: Vec<Record>, advice: Vec<Advice> },
    /// It stands in the log.
    Known(RecordRef),
    /// The log says something else, and when that was.
    Other { record: RecordRef, why: String, at: Option<Timestamp> },
    /// This line says the same.
    Twice(usize),
    /// It cannot be.
    Refused(Refusal, Option<usize>),
}

/// The entries in order, each with its fate.
pub(super) fn weigh(context: &Context, before: &Before<'_>, read: &Read) -> Vec<Planned> {
    let look = |entry: &Entry| look_up(context, before, entry);
    let entries = settle(read, &|entry| look(entry).is_some_and(|found| found.same));
    let found: Vec<Option<Found>> = entries.iter().map(look).collect();
    let fresh: Vec<usize> = (0..entries.len()).filter(|at| found[*at].is_none()).collect();
    let requests: Vec<Request> = fresh
        .iter()
        .map(|at| entries[*at].request(Some(rehearsal_key(&entries[*at], *at))))
        .collect();
    let state = before.state.clone();
    let now = state.now(&context.world.clock.read());
    let mut rehearsed = rehearse(before.book, state, now, &requests).into_iter();
    let lines: Vec<usize> = fresh.iter().map(|at| line(&entries[*at])).collect();
    let fates: Vec<Fate> = entries
        .iter()
        .zip(found)
        .map(|(entry, found)| match found {
            Some(Found { record, same: true }) => Fate::Known(record),
            Some(Found { record, same: false }) => {
                Fate::Other { record, why: "the log has it with other words".to_owned(), at: None }
            }
            None => rehearsed.next().map_or_else(
                || Fate::Refused(Refusal::NothingToRecord, None),
                |outcome| fate(outcome, entry.at, &lines),
            ),
        })
        .collect();
    let keyed = entries.into_iter().zip(fates);
    keyed.map(|(entry, fate)| Planned { key: key(&entry), entry, fate }).collect()
}

fn look_up(context: &Context, before: &Before<'_>, entry: &Entry) -> Option<Found> {
    let unseal = |digest: &crate::engine::Digest| {
        context.home.sealed_text(before.id?, digest).ok().flatten()
    };
    on_record(before.book, before.records, before.state, entry, &unseal)
}

/// The line that people find an entry by.
pub(super) fn line(entry: &Entry) -> usize {
    entry.lines.last().copied().unwrap_or_default()
}

/// The same line has the same key for ever, so that a repeat is known. Not so words that are kept
/// private: whoever has the log could guess them by their digest.
fn key(entry: &Entry) -> Option<String> {
    (!entry.private).then(|| paper_key(&entry.said))
}

/// A key for what was on paper.
pub(super) fn paper_key(said: &str) -> String {
    format!("paper-{}", &sha256(said.as_bytes()).hex()[..40])
}

fn rehearsal_key(entry: &Entry, at: usize) -> String {
    key(entry).unwrap_or_else(|| format!("private-{at}"))
}

fn fate(outcome: Result<Rehearsed, Refusal>, at: Timestamp, lines: &[usize]) -> Fate {
    let refusal = match outcome {
        Ok(Rehearsed { already: None, records, advice }) => return Fate::New { records, advice },
        Ok(Rehearsed { already: Some((record, at)), advice, .. }) => {
            return known_already(record, at, &advice, lines);
        }
        Err(refusal) => refusal,
    };
    let Some((record, before)) = contradicts(&refusal) else {
        return Fate::Refused(refusal, None);
    };
    // A milestone that an answer has marked at this very time says nothing else.
    let marks = matches!(refusal, Refusal::AlreadyMarked { .. } | Refusal::AlreadyDeclared { .. });
    let same = marks && before == at;
    match (line_of(record, lines), same) {
        (Some(line), true) => Fate::Twice(line),
        (None, true) => Fate::Known(record.clone()),
        (None, false) if rehearsed_as(record).is_none() => {
            let (record, why) = (record.clone(), differs(&refusal));
            Fate::Other { record, why, at: Some(before) }
        }
        (line, false) => Fate::Refused(refusal, line),
    }
}

/// The line that a record of the rehearsal stands for.
fn line_of(record: &RecordRef, lines: &[usize]) -> Option<usize> {
    rehearsed_as(record).and_then(|at| lines.get(at).copied())
}

fn known_already(record: RecordRef, at: Timestamp, advice: &[Advice], lines: &[usize]) -> Fate {
    if let Some(line) = line_of(&record, lines) {
        return Fate::Twice(line);
    }
    let has = |fits: fn(&Advice) -> bool| advice.iter().any(fits);
    let why = if has(|advice| matches!(advice, Advice::TimeNotTaken(_))) {
        "the log has it at another time"
    } else if has(|advice| matches!(advice, Advice::InitialsNotTaken(_))) {
        "the log has it without these initials"
    } else {
        return Fate::Known(record);
    };
    Fate::Other { record, why: why.to_owned(), at: Some(at) }
}

/// What the log says instead.
fn differs(refusal: &Refusal) -> String {
    match refusal {
        Refusal::OtherContent { step, .. } => {
            format!("the log has {step} by the same person, with other words or another time")
        }
        Refusal::Settled { .. } => format!("the log says that {refusal}"),
        other => other.to_string(),
    }
}

/// The record that says something else, and when that was.
fn contradicts(refusal: &Refusal) -> Option<(&RecordRef, Timestamp)> {
    match refusal {
        Refusal::Settled { record, at, .. }
        | Refusal::OtherContent { record, at, .. }
        | Refusal::KeyUsed { record, at, .. }
        | Refusal::AlreadyDeclared { record, at }
        | Refusal::AlreadyMarked { record, at, .. } => Some((record, *at)),
        _ => None,
    }
}

/// The entries that cannot be, as faults of their lines.
pub(super) fn faults(all: &[Planned]) -> Vec<Fault> {
    let refused = all.iter().filter_map(|planned| match &planned.fate {
        Fate::Refused(refusal, line) => Some(Fault {
            message: said(refusal, *line),
            span: planned.entry.span.clone(),
            help: help(refusal),
            ask: crate::transcript::Ask::Nothing,
        }),
        Fate::New { .. } | Fate::Known(_) | Fate::Other { .. } | Fate::Twice(_) => None,
    });
    refused.collect()
}

/// A refusal, with the line that is in the way.
pub(super) fn said(refusal: &Refusal, line: Option<usize>) -> String {
    match (refusal, line) {
        (_, None) => refusal.to_string(),
        (Refusal::OtherContent { step, .. }, Some(line)) => {
            format!("line {line} has {step} by the same person with other words or another time")
        }
        (_, Some(line)) => format!("{refusal} (line {line})"),
    }
}

/// What to write instead.
pub(super) fn help(refusal: &Refusal) -> Option<String> {
    Some(match refusal {
        Refusal::ClosedByDecision { .. } | Refusal::RepeatOver { .. } => {
            "if the sheet says so all the same, make it a note: N 14:20 AD …".to_owned()
        }
        Refusal::NothingToApprove { .. } => {
            "the work stands on another sheet: type that one as well, then both are recorded together".to_owned()
        }
        Refusal::Settled { .. } | Refusal::OtherContent { .. } => {
            "one of the two is wrong; what was done again needs a line before it: CODE reopen 15:00 AD why".to_owned()
        }
        Refusal::NotAnswered { .. } => "the answer stands on another line: it has to come before".to_owned(),
        Refusal::Unheld { .. } | Refusal::NotHeld { .. } | Refusal::BeforeTaken { .. } => {
            "say since when they held it: R ROLE 13:50 NAME INITIALS".to_owned()
        }
        Refusal::Ended { .. } => {
            "after the end only notes and late milestones are taken: make it a note, N 14:20 AD …".to_owned()
        }
        Refusal::Future { .. } => "another day? a line of its own says so: date 2026-01-22".to_owned(),
        Refusal::NotReady { missing } => {
            format!("missing: {}; or close 19:10 AD anyway WHY", missing.join("; "))
        }
        Refusal::OwnWork { .. } => "words behind the initials say why".to_owned(),
        Refusal::NotDeclared => "M declared 13:55 says when it was declared".to_owned(),
        Refusal::DeferredIntoPast { .. } => "the time behind the initials is the one until which it waits".to_owned(),
        _ => return None,
    })
}
