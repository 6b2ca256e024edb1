//! The way of every recording verb: find the incident, resolve what was meant, execute, acknowledge.

use serde::Serialize;

use super::acting::{Acting, Seals};
use super::context::Context;
use super::error::{CliError, Exit};
use crate::engine::{Hlc, Intent, Mode, Person, Record, Refusal, Request, Seen, State, Told};
use crate::journal::{Reading, head_code};
use crate::report::sentence;
use crate::session::{Receipt, Session, SessionError};
use crate::ui::{advise, near_time, safe, shows_checkpoint, told_lines};

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
    let request = acting.request(context, &session, intent)?;
    let seen = seen(&session, &request);
    let receipt = execute_request(context, &mut session, &request)?;
    acknowledge(context, acting.json, &session, &receipt)?;
    tell_check(context, acting.json, &session, &request.intent)?;
    tell_injects(context, acting.json, &session, seen)?;
    Ok(Exit::Ok)
}

/// Records an intent in a session.
pub(super) fn execute(
    context: &mut Context,
    acting: &Acting,
    session: &mut Session,
    intent: Intent,
) -> Result<Receipt, CliError> {
    let request = acting.request(context, session, intent)?;
    execute_request(context, session, &request)
}

fn execute_request(
    context: &mut Context,
    session: &mut Session,
    request: &Request,
) -> Result<Receipt, CliError> {
    match session.execute(&context.world, request) {
        Ok(receipt) => Ok(receipt),
        Err(error) => {
            // What is wrong with the log is not kept back because a command was not possible.
            context.tell_problems(session.problems())?;
            Err(dated(context, session, error))
        }
    }
}

/// What a person who plays an exercise knows of what the players were told.
struct Knows {
    /// What they have seen of this log.
    seen: Seen,
    person: Person,
    /// When they recorded something here last. What is told in the exercise that this one grew out of
    /// stands in another log, of which no record here says how much they have seen.
    last: Option<Hlc>,
}

/// Nothing for whoever facilitates, who told the players what they were told.
fn seen(session: &Session, request: &Request) -> Option<Knows> {
    let exercise = session.state().exercise();
    let started = exercise.started()?;
    let person = request.actor.person.clone().filter(|person| started.facilitator != *person)?;
    let grown = session.state().opened().is_some_and(|opened| opened.linked_from.is_some());
    let all = if grown { session.read_all().ok() } else { None };
    let last = all.and_then(|reading| last(&reading, &person));
    Some(Knows { seen: exercise.seen_by(&person), person, last })
}

fn last(reading: &Reading, person: &Person) -> Option<Hlc> {
    let records = reading.records().into_iter();
    let own = records.filter(|record| record.stamp.actor.person.as_ref() == Some(person));
    own.map(|record| record.stamp.hlc).max()
}

/// What the facilitator's script lets those find who look, at the step that looks.
fn tell_check(
    context: &mut Context,
    json: bool,
    session: &Session,
    intent: &Intent,
) -> Result<(), CliError> {
    let looks = matches!(
        intent,
        Intent::Begin { .. } | Intent::Done { .. } | Intent::Fail { .. } | Intent::Decide { .. }
    );
    let step = intent.step().filter(|_| looks && !json);
    let finds = step.and_then(|step| session.state().exercise().check_result(step));
    let Some(finds) = finds.map(|finds| format!("Whoever looks finds: {}", safe(finds))) else {
        return Ok(());
    };
    context.say_in(Mode::Exercise, &finds)
}

/// What the players were told since this person recorded something last.
fn tell_injects(
    context: &mut Context,
    json: bool,
    session: &Session,
    knows: Option<Knows>,
) -> Result<(), CliError> {
    let Some(Knows { seen, person, last }) = knows.filter(|_| !json) else { return Ok(()) };
    // The record is on disk by now: what cannot be read does not make it fail.
    let first = session.first(&context.world).unwrap_or_default();
    let (now, zone) = (session.now(&context.world), context.world.zone);
    let width = usize::from(context.world.console.width.clamp(60, 200)).saturating_sub(9);
    let mut lines = Vec::new();
    let mut tell = |state: &State, told: &Told| {
        let at = state.time_of(&told.moment);
        lines.extend(told_lines(told, at, now, zone.offset_at(at), width));
    };
    if let Some(first) = first.as_ref().map(Session::state) {
        let new = first.exercise().new_to(&person).into_iter();
        new.filter(|told| Some(told.moment.hlc) > last).for_each(|told| tell(first, told));
    }
    let here = session.state();
    here.exercise().told_beyond(&seen).for_each(|told| tell(here, told));
    if lines.is_empty() {
        return Ok(());
    }
    context.say_in(Mode::Exercise, &lines.join("\n"))
}

/// A refusal for the sake of an earlier record says when that was, on the reader's clock.
fn dated(context: &Context, session: &Session, error: SessionError) -> CliError {
    let earlier = match &error {
        SessionError::Refused(Refusal::BeforeTaken { since, record, .. }) => {
            let offset = context.world.zone.offset_at(*since);
            let now = session.now(&context.world);
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
pub(super) fn acknowledge(
    context: &mut Context,
    json: bool,
    session: &Session,
    receipt: &Receipt,
) -> Result<(), CliError> {
    acknowledge_also(context, json, session, receipt, Also::default())
}

/// What else an acknowledgement names.
#[derive(Debug, Default)]
pub(super) struct Also {
    /// The incident that the record opened.
    pub(super) opened: Option<String>,
    /// The line of the improvement plan that it is about.
    pub(super) action: Option<String>,
}

/// The same for a record that is about something with a name of its own.
pub(super) fn acknowledge_also(
    context: &mut Context,
    json: bool,
    session: &Session,
    receipt: &Receipt,
    also: Also,
) -> Result<(), CliError> {
    let answered = if json {
        let Also { opened, action } = also;
        let acknowledgement = Acknowledgement::of(context, session, receipt);
        context.print_json(&Acknowledgement { opened, action, ..acknowledgement })
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
pub(super) fn acknowledgement(
    context: &Context,
    session: &Session,
    receipt: &Receipt,
) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((record, at)) = &receipt.already {
        let (now, offset) = (session.now(&context.world), context.world.zone.offset_at(*at));
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
        let (now, zone) = (record.recorded(), context.world.zone);
        format!(" [happened {}]", near_time(at, now, zone.offset_at(at)))
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
pub(super) struct Acknowledgement {
    format: u32,
    incident: String,
    mode: Mode,
    already_recorded: bool,
    records: Vec<String>,
    occurred_at: Option<String>,
    opened: Option<String>,
    action: Option<String>,
    advice: Vec<String>,
    checkpoint: Vec<String>,
}

impl Acknowledgement {
    pub(super) fn of(context: &Context, session: &Session, receipt: &Receipt) -> Self {
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
            action: None,
            advice: receipt.remarks.iter().cloned().chain(advice).collect(),
            checkpoint: receipt.checkpoint.clone(),
        }
    }
}
