//! The way of every recording verb: find the incident, resolve what was meant, execute, acknowledge.

use serde::Serialize;

use super::acting::{Acting, Seals};
use super::context::Context;
use super::error::{CliError, Exit};
use crate::engine::{Intent, Mode, Record, Refusal};
use crate::journal::head_code;
use crate::report::sentence;
use crate::session::{Receipt, Session, SessionError};
use crate::ui::{advise, near_time, safe, shows_checkpoint};

/// Records what `build` makes of the arguments and acknowledges it.
pub(super) fn record(
    context: &mut Context,
    acting: &Acting,
    build: impl FnOnce(&Context, &Session, &mut Seals) -> Result<Intent, CliError>,
) -> Result<Exit, CliError> {
    let mut session = acting.session(context)?;
    let mut seals = Seals::new();
    let intent = build(context, &session, &mut seals)?;
    session.carry(seals);
    record_in(context, acting, session, intent)
}

/// Records an intent in a session and acknowledges it.
pub(super) fn record_in(
    context: &mut Context,
    acting: &Acting,
    mut session: Session,
    intent: Intent,
) -> Result<Exit, CliError> {
    let request = acting.request(context, session.book(), intent)?;
    let receipt = match session.execute(&context.world, &request) {
        Ok(receipt) => receipt,
        Err(error) => {
            // What is wrong with the log is not kept back because a command was not possible.
            context.tell_problems(session.problems())?;
            return Err(dated(context, error));
        }
    };
    acknowledge(context, acting.json, &session, &receipt)?;
    Ok(Exit::Ok)
}

/// A refusal for the sake of an earlier record says when that was, on the reader's clock.
fn dated(context: &Context, error: SessionError) -> CliError {
    let earlier = match &error {
        SessionError::Refused(Refusal::BeforeTaken { since, record, .. }) => {
            let (now, offset) = (context.world.clock.now(), context.world.zone.offset_at(*since));
            Some((near_time(*since, now, offset), record.short()))
        }
        _ => None,
    };
    let error = CliError::from(error);
    let Some((since, record)) = earlier else { return error };
    error
        .hint(format!("that was at {since}, says record {record}"))
        .hint(format!("if it was earlier: runbook correct {record} --occurred TIME --note TEXT"))
}

/// Says that it is on disk: the record's number and the short code of the head.
fn acknowledge(
    context: &mut Context,
    json: bool,
    session: &Session,
    receipt: &Receipt,
) -> Result<(), CliError> {
    acknowledge_opened(context, json, session, receipt, None)
}

/// The same for a record that opened another incident.
pub(super) fn acknowledge_opened(
    context: &mut Context,
    json: bool,
    session: &Session,
    receipt: &Receipt,
    opened: Option<String>,
) -> Result<(), CliError> {
    let answered = if json {
        context.print_json(&Acknowledgement {
            opened,
            ..Acknowledgement::of(context, session, receipt)
        })
    } else {
        let mode = session.state().mode();
        let lines = acknowledgement(context, session, receipt);
        lines.iter().try_for_each(|line| context.say_in(mode, line))
    };
    let already = receipt.already.iter().map(|(record, _)| record.short());
    let records: Vec<String> =
        receipt.recorded.iter().map(|record| record.at.short()).chain(already).collect();
    let done = format!("it is recorded as {}", records.join(", "));
    answered.map_err(|error| error.only_unanswered(&done))?;
    context.tell_problems(session.problems())
}

/// The same in words, line by line.
fn acknowledgement(context: &Context, session: &Session, receipt: &Receipt) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((record, at)) = &receipt.already {
        let (now, offset) = (context.world.clock.now(), context.world.zone.offset_at(*at));
        let at = near_time(*at, now, offset);
        lines.push(format!("Already recorded at {at} as {}; nothing was added.", record.short()));
    }
    for record in &receipt.recorded {
        lines.push(safe(&saved(context, session, record)).into_owned());
        if shows_checkpoint(&record.fact) {
            lines.push(
                "Checkpoint to read out, write down or send (runbook verify --expect …):".into(),
            );
            lines.extend(receipt.checkpoint.iter().map(|line| format!("  {line}")));
        }
    }
    lines.extend(receipt.remarks.iter().map(|remark| format!("Note: {}", safe(remark))));
    lines.extend(receipt.advice.iter().map(|advice| format!("Note: {}", safe(&advise(advice)))));
    lines
}

/// Number and head code, who, what, and when it happened where that was not now.
pub(super) fn saved(context: &Context, session: &Session, record: &Record) -> String {
    let by = record.stamp.actor.person.as_ref().map(|person| format!(" by {person}"));
    let happened = record.stamp.occurred_at.map(|at| {
        let zone = context.world.zone;
        format!(" [happened {}]", near_time(at, context.world.clock.now(), zone.offset_at(at)))
    });
    format!(
        "Saved {} ({}){}: {}{}",
        record.at.short(),
        head_code(&record.at),
        by.unwrap_or_default(),
        sentence(session.book(), record),
        happened.unwrap_or_default()
    )
}

/// What `--json` answers.
#[derive(Debug, Serialize)]
struct Acknowledgement {
    format: u32,
    incident: String,
    mode: Mode,
    already_recorded: bool,
    records: Vec<String>,
    occurred_at: Option<String>,
    opened: Option<String>,
    advice: Vec<String>,
    checkpoint: Vec<String>,
}

impl Acknowledgement {
    fn of(context: &Context, session: &Session, receipt: &Receipt) -> Self {
        let already = receipt.already.as_ref();
        let recorded = receipt.recorded.iter().map(|record| record.at.short());
        let first = receipt.recorded.first();
        let advice = receipt.advice.iter().map(advise);
        Self {
            format: 1,
            incident: session.id().to_string(),
            mode: session.state().mode(),
            already_recorded: already.is_some(),
            records: recorded.chain(already.map(|(record, _)| record.short())).collect(),
            occurred_at: first
                .map(|record| record.effective().iso(record.stamp.offset))
                .or(already.map(|(_, at)| context.iso(*at))),
            opened: None,
            advice: receipt.remarks.iter().cloned().chain(advice).collect(),
            checkpoint: receipt.checkpoint.clone(),
        }
    }
}
