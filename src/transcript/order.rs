//! From sheets to the order in which things happened.

use std::ops::Range;

use chrono::TimeDelta;

use super::entry::{Entry, Remark};
use super::meaning::Read;
use crate::engine::{Confirmation, Intent, Person, Timestamp};
use crate::playbook::RoleId;

/// A line of a sheet's head: who held a role from when to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// From 1.
    pub line: usize,
    /// The bytes of the source.
    pub span: Range<usize>,
    /// The role.
    pub role: RoleId,
    /// As stand-in.
    pub deputy: bool,
    /// Who.
    pub person: Person,
    /// Since when.
    pub from: Timestamp,
    /// Until when, if the sheet says so.
    pub until: Option<Timestamp>,
    /// Who gave the role to them, where that is not the person.
    pub by: Option<Person>,
    /// Who types it in.
    pub scribe: Option<Person>,
    /// The initials on the line.
    pub signed: Option<Signed>,
    /// What is worth looking at twice.
    pub remarks: Vec<Remark>,
}

/// Initials as they stand on a line, and whose they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// In capitals.
    pub letters: String,
    /// Whose.
    pub person: Person,
}

/// People write minutes.
const SAME: TimeDelta = TimeDelta::minutes(1);

/// Everything in the order in which it happened; lines of one minute keep theirs, but roles are taken
/// on before work is done in them. A shift that ends when another person's begins, in the same role, is
/// a hand-over, confirmed by those whose initials stand on the two lines; not so where `known` says that
/// the log has one half of it already.
#[must_use]
pub fn settle(read: &Read, known: &dyn Fn(&Entry) -> bool) -> Vec<Entry> {
    let mut all = read.entries.clone();
    let over: Vec<&Entry> = read
        .entries
        .iter()
        .filter(|entry| matches!(entry.intent, Intent::HandOver { .. }))
        .collect();
    let mut starts: Vec<&Shift> = Vec::new();
    let mut ends: Vec<(&Shift, Timestamp)> = Vec::new();
    for shift in &read.shifts {
        if !over.iter().any(|entry| takes(entry, shift)) {
            starts.push(shift);
        }
        if let Some(until) = shift.until
            && !over.iter().any(|entry| passes(entry, shift, until))
        {
            ends.push((shift, until));
        }
    }
    for start in starts {
        let meets: Vec<usize> = (0..ends.len()).filter(|at| meet(ends[*at], start)).collect();
        let half = known(&begun(start));
        if let ([only], false) = (meets.as_slice(), half)
            && !known(&ended(ends[*only]))
        {
            let (end, _) = ends.remove(*only);
            all.push(passed_on(end, start));
        } else {
            all.push(begun(start));
        }
    }
    all.extend(ends.into_iter().map(ended));
    all.sort_by_key(|entry| (entry.at, entry.rank, entry.lines.first().copied()));
    all
}

fn near(one: Timestamp, other: Timestamp) -> bool {
    (one - other).abs() < SAME
}

fn meet((end, until): (&Shift, Timestamp), start: &Shift) -> bool {
    end.role == start.role
        && !end.deputy
        && !start.deputy
        && end.person != start.person
        && near(until, start.from)
}

/// A line of its own says that this shift began with a hand-over.
fn takes(entry: &Entry, shift: &Shift) -> bool {
    let Intent::HandOver { role, to, .. } = &entry.intent else { return false };
    *role == shift.role && *to == shift.person && !shift.deputy && near(entry.at, shift.from)
}

/// A line of its own says that this shift ended with a hand-over.
fn passes(entry: &Entry, shift: &Shift, until: Timestamp) -> bool {
    let Intent::HandOver { role, .. } = &entry.intent else { return false };
    let from = entry.by.as_ref() == Some(&shift.person);
    *role == shift.role && from && !shift.deputy && near(entry.at, until)
}

fn begun(shift: &Shift) -> Entry {
    let Shift { role, person, deputy, .. } = shift;
    let as_what = if *deputy { "deputy " } else { "" };
    let said = format!("assign {as_what}{role}|{}|{person}", shift.from.millis());
    let signed = shift.signed.as_ref().map(|signed| signed.person.clone());
    Entry {
        lines: vec![shift.line],
        span: shift.span.clone(),
        at: shift.from,
        intent: Intent::Assign { role: role.clone(), person: person.clone(), deputy: *deputy },
        by: shift.by.clone().or(signed),
        scribe: shift.scribe.clone(),
        private: false,
        said,
        remarks: shift.remarks.clone(),
        rank: 0,
    }
}

fn ended((shift, until): (&Shift, Timestamp)) -> Entry {
    let Shift { role, person, .. } = shift;
    Entry {
        lines: vec![shift.line],
        span: shift.span.clone(),
        at: until,
        intent: Intent::Release { role: role.clone(), person: person.clone() },
        by: shift.signed.as_ref().map(|signed| signed.person.clone()),
        scribe: shift.scribe.clone(),
        private: false,
        said: format!("release {role}|{}|{person}", until.millis()),
        remarks: Vec::new(),
        rank: 2,
    }
}

fn passed_on(end: &Shift, start: &Shift) -> Entry {
    let signs = |shift: &Shift| {
        let Signed { letters, person } = shift.signed.clone()?;
        Some(Confirmation { person, initials: letters })
    };
    let confirmed = signs(end).into_iter().chain(signs(start)).collect();
    let (role, to) = (start.role.clone(), start.person.clone());
    let said = format!("handover {role} {to}|{}|{}", start.from.millis(), end.person);
    Entry {
        lines: vec![end.line, start.line],
        span: start.span.clone(),
        at: start.from,
        intent: Intent::HandOver { role, to, note: None, confirmed },
        by: end.signed.as_ref().map(|signed| signed.person.clone()),
        scribe: start.scribe.clone(),
        private: false,
        said,
        remarks: start.remarks.clone(),
        rank: 2,
    }
}
