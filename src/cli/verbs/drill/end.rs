//! `drill end`: how an exercise ends.

use clap::Args;

use super::{record_all, session};
use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::verbs::ending::say_what_is_next;
use crate::engine::Intent;

/// End the exercise, whatever is missing; what was missing stands in the log
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook drill end")]
pub(super) struct EndArgs {
    /// Why it ends here
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn end(context: &mut Context, args: &EndArgs) -> Result<Exit, CliError> {
    let mut session = session(context, &args.acting)?;
    let mut seals = Seals::new();
    let reason = args.reason.as_deref();
    let reason = args.acting.optional_text(context, &mut seals, "the reason", reason)?;
    session.carry(seals);
    let id = session.id().clone();
    let exit = record_all(context, &args.acting, session, Intent::EndExercise { reason })?;
    if !args.acting.json {
        say_what_is_next(context, &id)?;
    }
    Ok(exit)
}
