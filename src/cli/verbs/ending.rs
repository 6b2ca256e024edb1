//! `false-alarm`, `close`: how an incident ends.

use clap::Args;

use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::record;
use crate::engine::Intent;

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
    record(context, &args.acting, |context, _, seals| {
        let reason = args.acting.text(context, seals, "the reason", &args.reason)?;
        Ok(Intent::FalseAlarm { reason })
    })
}

pub(in crate::cli) fn close(context: &mut Context, args: &CloseArgs) -> Result<Exit, CliError> {
    record(context, &args.acting, |context, _, seals| {
        let reason = args.reason.as_deref();
        let anyway = args.acting.optional_text(context, seals, "the reason", reason)?;
        Ok(Intent::Close { anyway })
    })
}
