//! What a transcript came to, for people and as JSON.

use serde::Serialize;

use super::plan::{Fate, Planned, line};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::engine::{Mode, Person, Record, RecordRef, Timestamp};
use crate::playbook::Playbook;
use crate::report::sentence;
use crate::transcript::Remark;
use crate::ui::{advise, day_and_time, near_time, safe};

/// One entry of the answer.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub(super) lines: Vec<usize>,
    pub(super) outcome: &'static str,
    pub(super) occurred_at: String,
    pub(super) by: Option<Person>,
    pub(super) what: Option<String>,
    pub(super) records: Vec<String>,
    pub(super) advice: Vec<String>,
}

/// The whole answer.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    pub(super) format: u32,
    /// Absent where a dry run opens nothing.
    pub(super) incident: Option<String>,
    pub(super) mode: Mode,
    pub(super) scribe: Person,
    pub(super) dry_run: bool,
    pub(super) opened: bool,
    pub(super) entries: Vec<Line>,
    pub(super) checkpoint: Vec<String>,
}

impl Line {
    /// An entry that is not recorded now.
    pub(super) fn of(context: &Context, book: &Playbook, planned: &Planned) -> Self {
        let (outcome, records, what) = match &planned.fate {
            Fate::New { records, .. } => {
                let what = records.first().map(|record| sentence(book, record));
                ("would_be_recorded", Vec::new(), what)
            }
            Fate::Known(record) => ("already_recorded", vec![record.short()], None),
            Fate::Other { record, why, .. } => ("differs", vec![record.short()], Some(why.clone())),
            Fate::Twice(line) => {
                ("repeats", Vec::new(), Some(format!("line {line} says the same")))
            }
            Fate::Refused(refusal, _) => ("refused", Vec::new(), Some(refusal.to_string())),
        };
        Self {
            lines: planned.entry.lines.clone(),
            outcome,
            occurred_at: context.iso(planned.entry.at),
            by: planned.entry.by.clone(),
            what,
            records,
            advice: notes(planned),
        }
    }

    /// An entry that was recorded.
    pub(super) fn recorded(
        context: &Context,
        book: &Playbook,
        planned: &Planned,
        records: &[Record],
    ) -> Self {
        Self {
            outcome: "recorded",
            what: records.first().map(|record| sentence(book, record)),
            records: records.iter().map(|record| record.at.short()).collect(),
            ..Self::of(context, book, planned)
        }
    }
}

/// What is worth looking at twice.
pub(super) fn notes(planned: &Planned) -> Vec<String> {
    let remarks = planned.entry.remarks.iter().map(|remark| match remark {
        Remark::OtherSheet { step, role, sheet } => {
            format!("{step} belongs to {role} and stands on the sheet of {sheet}; taken as given")
        }
        Remark::Unsigned => "nobody signed".to_owned(),
        Remark::NextDay => "past midnight since the line above".to_owned(),
        Remark::HoursBack => {
            "hours before the line above, on the same day: check the day".to_owned()
        }
    });
    let advice = match &planned.fate {
        Fate::New { advice, .. } => advice.as_slice(),
        Fate::Known(_) | Fate::Other { .. } | Fate::Twice(_) | Fate::Refused(..) => &[],
    };
    remarks.chain(advice.iter().map(advise)).collect()
}

/// Says what would be recorded, in order.
pub(super) fn rehearsed(
    context: &mut Context,
    mode: Mode,
    book: &Playbook,
    all: &[Planned],
) -> Result<(), CliError> {
    for planned in all {
        let Fate::New { records, .. } = &planned.fate else { continue };
        rehearsed_records(context, mode, book, records)?;
        for note in notes(planned) {
            context.say_in(mode, &format!("    Note: {}", safe(&note)))?;
        }
    }
    Ok(())
}

/// The same for records: when, who, what.
pub(super) fn rehearsed_records(
    context: &mut Context,
    mode: Mode,
    book: &Playbook,
    records: &[Record],
) -> Result<(), CliError> {
    for record in records {
        let at = record.effective();
        let at = day_and_time(at, context.world.zone.offset_at(at));
        let by = record.stamp.actor.person.as_ref().map_or("nobody signed", Person::as_str);
        let said = format!("{at}  {by}: {}", sentence(book, record));
        context.say_in(mode, &safe(&said))?;
    }
    Ok(())
}

/// Says what is not recorded, and why.
pub(super) fn left_out(context: &mut Context, mode: Mode, all: &[Planned]) -> Result<(), CliError> {
    for planned in all {
        let number = line(&planned.entry);
        let said = match &planned.fate {
            Fate::Other { record, why, at } => differs(context, number, record, why, *at),
            Fate::Twice(line) => vec![format!("Line {number} repeats line {line}: recorded once.")],
            Fate::New { .. } | Fate::Known(_) | Fate::Refused(..) => continue,
        };
        for line in said {
            context.say_in(mode, &safe(&line))?;
        }
    }
    Ok(())
}

fn differs(
    context: &Context,
    number: usize,
    record: &RecordRef,
    why: &str,
    at: Option<Timestamp>,
) -> Vec<String> {
    let (now, zone) = (context.world.clock.now(), context.world.zone);
    let at = at.map(|at| format!(", {}", near_time(at, now, zone.offset_at(at))));
    let (record, at) = (record.short(), at.unwrap_or_default());
    vec![
        format!("NOT recorded, line {number}: {why} (record {record}{at})"),
        format!(
            "  → if the log is wrong: runbook correct {record} --note TEXT, or --occurred TIME with it"
        ),
    ]
}

/// How many came to what.
pub(super) fn counts(all: &[Planned]) -> (usize, usize, usize) {
    let count = |fits: fn(&Fate) -> bool| all.iter().filter(|planned| fits(&planned.fate)).count();
    (
        count(|fate| matches!(fate, Fate::New { .. })),
        count(|fate| matches!(fate, Fate::Known(_))),
        count(|fate| matches!(fate, Fate::Other { .. })),
    )
}

/// `1 entry`, `2 entries`.
pub(super) fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}
