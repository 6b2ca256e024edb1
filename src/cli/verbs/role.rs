//! `assign`, `release`: who holds which role.

use clap::Args;

use crate::cli::acting::{Acting, person};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::record;
use crate::engine::{Intent, find_role};

/// Give a role to a person
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook assign it-lead \"Ivo Brandt\"\n  runbook assign incident-lead \"Ben Ito\" --deputy"
)]
pub(in crate::cli) struct AssignArgs {
    /// The role
    #[arg(value_name = "ROLE")]
    to_role: String,
    /// Who
    name: String,
    /// As stand-in for the holder
    #[arg(long)]
    deputy: bool,
    #[command(flatten)]
    acting: Acting,
}

/// Take a role from a person
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook release it-lead \"Ivo Brandt\"")]
pub(in crate::cli) struct ReleaseArgs {
    /// The role
    #[arg(value_name = "ROLE")]
    of_role: String,
    /// Who
    name: String,
    #[command(flatten)]
    acting: Acting,
}

pub(in crate::cli) fn assign(context: &mut Context, args: &AssignArgs) -> Result<Exit, CliError> {
    record(context, &args.acting, |_, session, _| {
        Ok(Intent::Assign {
            role: find_role(session.book(), &args.to_role)?.id.clone(),
            person: person("NAME", &args.name)?,
            deputy: args.deputy,
        })
    })
}

pub(in crate::cli) fn release(context: &mut Context, args: &ReleaseArgs) -> Result<Exit, CliError> {
    record(context, &args.acting, |_, session, _| {
        Ok(Intent::Release {
            role: find_role(session.book(), &args.of_role)?.id.clone(),
            person: person("NAME", &args.name)?,
        })
    })
}
