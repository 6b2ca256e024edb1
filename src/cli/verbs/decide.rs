//! `decide`, `approve`: answers that only some people may give.

use clap::Args;

use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::record;
use crate::engine::{Intent, find_step};

/// Answer a decision
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook decide scope corporate --because \"All three branches report it\""
)]
pub(in crate::cli) struct DecideArgs {
    /// The decision: its name or its short code
    step: String,
    /// The answer
    option: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    because: Option<String>,
    /// Your initials: critical steps take them
    #[arg(long, value_name = "XY")]
    initials: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

/// Agree to a step
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook approve approve-messages --by \"Cleo Park\"")]
pub(in crate::cli) struct ApproveArgs {
    /// The step: its name or its short code
    step: String,
    /// Why; needed to approve your own work
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Your initials: critical steps take them
    #[arg(long, value_name = "XY")]
    initials: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(in crate::cli) fn decide(context: &mut Context, args: &DecideArgs) -> Result<Exit, CliError> {
    record(context, &args.acting, |context, session, seals| {
        let because = args.because.as_deref();
        Ok(Intent::Decide {
            step: find_step(session.book(), &args.step)?.id.clone(),
            option: args.option.clone(),
            because: args.acting.optional_text(context, seals, "the reason", because)?,
            initials: args.initials.clone(),
        })
    })
}

pub(in crate::cli) fn approve(context: &mut Context, args: &ApproveArgs) -> Result<Exit, CliError> {
    record(context, &args.acting, |context, session, seals| {
        let reason = args.reason.as_deref();
        Ok(Intent::Approve {
            step: find_step(session.book(), &args.step)?.id.clone(),
            reason: args.acting.optional_text(context, seals, "the reason", reason)?,
            initials: args.initials.clone(),
        })
    })
}
