//! `actions`: the improvement plans of all incidents and exercises, chased until somebody else has seen
//! that they are done.

mod add;
mod aim;
mod find;
mod finish;
mod list;
mod terms;

use clap::{Args, Subcommand};

use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::{Also, acknowledge_also, execute};
use crate::engine::Intent;
use crate::session::Session;

pub(super) use list::{Plans, plans};

/// Keep the improvement plan: what is to go better next time, by whom, until when, and who has seen it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook actions list\n  runbook actions add \"Second mail route\" --owner \"Ivo Brandt\" --due +30d --element equipment\n  runbook actions close A-03@7k3q --evidence \"invoice 4711\"\n  runbook actions verify A-03@7k3q --by \"Ana Diaz\"\n  runbook actions close AAR@7k3q --evidence \"signed, binder 3\"\n\nA line belongs to its incident and stands in that incident's log, also after the end. A-03@7k3q is the\nthird line of the incident whose name ends in 7k3q. AAR and HW are the after-action report and the hot\nwash that an incident owes: by the playbook's steps after-action and hot-wash, else the report within\n30 days of the end."
)]
pub(in crate::cli) struct ActionsArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    List(list::ListArgs),
    Add(add::AddArgs),
    Update(add::UpdateArgs),
    Close(finish::CloseArgs),
    Reopen(finish::ReopenArgs),
    Verify(finish::VerifyArgs),
}

impl ActionsArgs {
    /// Whether somebody who types this wants something to be on disk afterwards.
    pub(in crate::cli) const fn records(&self) -> bool {
        !matches!(self.what, What::List(_))
    }
}

pub(in crate::cli) fn actions(context: &mut Context, args: &ActionsArgs) -> Result<Exit, CliError> {
    match &args.what {
        What::List(args) => list::list(context, args),
        What::Add(args) => add::add(context, args),
        What::Update(args) => add::update(context, args),
        What::Close(args) => finish::close(context, args),
        What::Reopen(args) => finish::reopen(context, args),
        What::Verify(args) => finish::verify(context, args),
    }
}

/// Records an intent about the line that is called `id`, and acknowledges it.
fn save(
    context: &mut Context,
    acting: &Acting,
    (mut session, seals): (Session, Seals),
    intent: Intent,
    id: String,
) -> Result<Exit, CliError> {
    session.carry(seals);
    let receipt = execute(context, acting, &mut session, intent)?;
    let also = Also { action: Some(id), ..Also::default() };
    acknowledge_also(context, acting.json, &session, &receipt, also)?;
    Ok(Exit::Ok)
}
