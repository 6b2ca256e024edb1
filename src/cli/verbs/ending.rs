//! `false-alarm`, `close`: how an incident ends.

use clap::Args;

use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::record;
use crate::engine::Intent;
use crate::journal::IncidentId;
use crate::session::Archive;
use crate::ui::afterwards;

/// End the incident: it was nothing. It stays on record and counts in no figure
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook false-alarm --reason \"Mailbox was full, mail works\"")]
pub(in crate::cli) struct FalseAlarmArgs {
    /// What it was instead
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    acting: Acting,
}

/// Close the incident; says what is missing first, and prints the checkpoint to keep
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook close\n  runbook close --anyway --reason \"Branch was shut for good\""
)]
pub(in crate::cli) struct CloseArgs {
    /// Close although something is missing; what is missing goes into the log
    #[arg(long, requires = "reason")]
    anyway: bool,
    /// Why
    #[arg(long, value_name = "TEXT", requires = "anyway")]
    reason: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(in crate::cli) fn false_alarm(
    context: &mut Context,
    args: &FalseAlarmArgs,
) -> Result<Exit, CliError> {
    no_paper_waits(context, &args.acting)?;
    record(context, &args.acting, |context, _, seals| {
        let reason = args.acting.text(context, seals, "the reason", &args.reason)?;
        Ok(Intent::FalseAlarm { reason })
    })
}

/// After the end only notes are taken: what somebody typed in from paper and did not save yet would be
/// lost for the log.
fn no_paper_waits(context: &mut Context, acting: &Acting) -> Result<(), CliError> {
    let id = context.choose_open(acting.incident.as_deref())?;
    if context.home.paper_waiting(&id)? == 0 {
        return Ok(());
    }
    let error = CliError::refused("entries that were typed in from paper are not recorded yet");
    Err(error.hint(format!("runbook transcribe {id}, then save (or drop them)")))
}

pub(in crate::cli) fn close(context: &mut Context, args: &CloseArgs) -> Result<Exit, CliError> {
    if !args.anyway {
        no_paper_waits(context, &args.acting)?;
    }
    let id = context.choose_open(args.acting.incident.as_deref())?;
    let acting = Acting { incident: Some(id.to_string()), ..args.acting.clone() };
    let exit = record(context, &acting, |context, _, seals| {
        let reason = args.reason.as_deref();
        let anyway = acting.optional_text(context, seals, "the reason", reason)?;
        Ok(Intent::Close { anyway })
    })?;
    if !acting.json {
        say_what_is_next(context, &id)?;
    }
    Ok(exit)
}

/// The hot wash, the improvement plan and the report, in their order and with the day they are due.
pub(in crate::cli) fn say_what_is_next(
    context: &mut Context,
    id: &IncidentId,
) -> Result<(), CliError> {
    let Archive { book, state, .. } = Archive::read(&context.world, &context.home, id)?;
    let (now, zone) = (context.world.clock.now(), context.world.zone);
    let lines = afterwards(id.as_str(), &book, &state, now, &|at| zone.offset_at(at));
    context.say_in(state.mode(), &lines.join("\n"))
}
