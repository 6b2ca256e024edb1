//! `drill deliver`: what is due, or one inject, is told to the players.

use clap::Args;
use serde::Serialize;

use super::{session, still_taken};
use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::{Acknowledgement, acknowledge};
use crate::drill::{due, find_line, msel, next_at};
use crate::engine::{Event, ExerciseRefusal, Fact, Intent, Mode, Refusal, Timestamp};
use crate::session::{Receipt, Session, SessionError};
use crate::ui::near_time;

/// Tell the players what is due, or one inject
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  runbook drill deliver\n  runbook drill deliver second-branch")]
pub(super) struct DeliverArgs {
    /// Which inject: its name, or its number on the list [default: everything that is due]
    inject: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

/// What `--json` answers, however many were delivered.
#[derive(Debug, Serialize)]
struct Delivered {
    #[serde(flatten)]
    acknowledgement: Acknowledgement,
    injects: Vec<String>,
    next_at: Option<String>,
}

pub(super) fn deliver(context: &mut Context, args: &DeliverArgs) -> Result<Exit, CliError> {
    let mut session = session(context, &args.acting)?;
    let mut receipts = Vec::new();
    let ended = match &args.inject {
        Some(word) => one(context, &args.acting, &mut session, word, &mut receipts),
        None => all_due(context, &args.acting, &mut session, &mut receipts),
    };
    // What was delivered is said, also where the rest was not.
    if args.acting.json && (ended.is_ok() || !receipts.is_empty()) {
        let answer = delivered(context, &session, receipts)?;
        context.print_json(&answer)?;
    } else if ended.is_ok() && receipts.is_empty() {
        nothing_due(context, &session)?;
    }
    ended.map(|()| Exit::Ok)
}

fn one(
    context: &mut Context,
    acting: &Acting,
    session: &mut Session,
    word: &str,
    receipts: &mut Vec<Receipt>,
) -> Result<(), CliError> {
    let (definition, now) = (session.definition()?, session.now(&context.world));
    let lines = msel(session.book(), definition.as_ref(), session.state(), now);
    let delivery = find_line(&lines, word)?.delivery.clone();
    tell(context, acting, session, Intent::DeliverInject { delivery, due_by: None }, receipts)
}

/// All that is due, one after another: what a player records meanwhile may make one needless.
fn all_due(
    context: &mut Context,
    acting: &Acting,
    session: &mut Session,
    receipts: &mut Vec<Receipt>,
) -> Result<(), CliError> {
    let definition = session.definition()?;
    loop {
        let now = session.now(&context.world);
        let lines = msel(session.book(), definition.as_ref(), session.state(), now);
        let due = due(&lines);
        let Some(delivery) = due.first().map(|line| line.delivery.clone()) else { return Ok(()) };
        if due.len() > 1 && acting.id.is_some() {
            let error = CliError::usage("several injects are due, and --id is for one");
            let names = due.iter().map(|line| line.delivery.inject.to_string());
            let names = names.collect::<Vec<_>>().join("|");
            return Err(error.hint(format!("runbook drill deliver {names}")));
        }
        let due_by = Some(session.state().heads().to_vec());
        tell(context, acting, session, Intent::DeliverInject { delivery, due_by }, receipts)?;
    }
}

fn tell(
    context: &mut Context,
    acting: &Acting,
    session: &mut Session,
    intent: Intent,
    receipts: &mut Vec<Receipt>,
) -> Result<(), CliError> {
    let request = acting.request(context, session, intent)?;
    match session.execute(&context.world, &request) {
        Ok(receipt) => {
            if !acting.json {
                acknowledge(context, false, session, &receipt)?;
            }
            receipts.push(receipt);
            Ok(())
        }
        // What was recorded meanwhile has been read by now: whoever asks for what is due looks again.
        Err(SessionError::Refused(Refusal::OfExercise(ExerciseRefusal::MovedOn { .. }))) => Ok(()),
        Err(error) => {
            context.tell_problems(session.problems())?;
            let over = session.state().ending().is_some();
            Err(still_taken(over, error.into()))
        }
    }
}

fn next(context: &Context, session: &Session) -> Result<Option<Timestamp>, CliError> {
    let (definition, now) = (session.definition()?, session.now(&context.world));
    Ok(next_at(&msel(session.book(), definition.as_ref(), session.state(), now)))
}

/// Nothing is due: says what comes next, and how to get there.
fn nothing_due(context: &mut Context, session: &Session) -> Result<(), CliError> {
    let now = session.now(&context.world);
    let said = match next(context, session)? {
        Some(at) => {
            let at = near_time(at, now, context.world.zone.offset_at(at));
            format!("Nothing is due; the next inject is at {at} (runbook drill jump goes there).")
        }
        None => "Nothing is due, and nothing else comes by the clock.".to_owned(),
    };
    context.say_in(Mode::Exercise, &said)
}

fn delivered(
    context: &Context,
    session: &Session,
    receipts: Vec<Receipt>,
) -> Result<Delivered, CliError> {
    let checkpoint = session.checkpoint();
    let (recorded, advice, remarks) = (Vec::new(), Vec::new(), Vec::new());
    let mut all = Receipt { recorded, already: None, advice, remarks, checkpoint };
    for receipt in receipts {
        all.recorded.extend(receipt.recorded);
        all.already = all.already.or(receipt.already);
        all.advice.extend(receipt.advice);
        all.remarks.extend(receipt.remarks);
    }
    let told = all.recorded.iter().filter_map(|record| match &record.fact {
        Fact::Known(Event::InjectDelivered(delivery)) => Some(delivery.inject.to_string()),
        Fact::Known(_) | Fact::Newer(_) => None,
    });
    Ok(Delivered {
        injects: told.collect(),
        next_at: next(context, session)?.map(|at| context.iso(at)),
        acknowledgement: Acknowledgement::of(context, session, &all),
    })
}
