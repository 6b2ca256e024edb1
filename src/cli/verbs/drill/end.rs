//! `drill end`, `drill interrupt`: how an exercise ends.

use clap::Args;

use super::{record_all, session};
use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::verbs::ending::say_what_is_next;
use crate::engine::{Actor, Intent, Request, Source};
use crate::journal::IncidentId;
use crate::playbook::PlaybookId;
use crate::session::Session;

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

/// A REAL outage has come: end the exercise and say so
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook drill interrupt --reason \"The phones really are down\"")]
pub(super) struct InterruptArgs {
    /// What really happened
    #[arg(long, value_name = "TEXT")]
    reason: String,
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
    let exit = record_all(context, &args.acting, session, &Intent::EndExercise { reason })?;
    if !args.acting.json {
        say_what_is_next(context, &id)?;
    }
    Ok(exit)
}

pub(super) fn interrupt(context: &mut Context, args: &InterruptArgs) -> Result<Exit, CliError> {
    let mut session = session(context, &args.acting)?;
    let (id, playbook) = (session.id().clone(), session.book().id.clone());
    let mut seals = Seals::new();
    let reason = args.acting.text(context, &mut seals, "the reason", &args.reason)?;
    session.carry(seals);
    let exit = record_all(context, &args.acting, session, &Intent::Interrupt { reason })?;
    if !args.acting.json {
        real_comes_last(context, &id, &playbook)?;
    }
    Ok(exit)
}

/// After the facilitator's screen: the same, and the exercises that grew out of this one end too.
pub(in crate::cli) fn this_is_real(
    context: &mut Context,
    session: &Session,
) -> Result<Exit, CliError> {
    let exercise = session.state().exercise();
    let Some((moment, reason)) = exercise.interrupted() else { return Ok(Exit::Ok) };
    let actor = Actor { person: moment.by.clone(), role: None };
    let intent = Intent::Interrupt { reason: reason.clone() };
    let request = Request { intent, actor, occurred: None, key: None, src: Source::Typed };
    for id in super::linked(context, session.id())? {
        let mut other = Session::resume(&context.world, &context.home, &id)?;
        other.execute(&context.world, &request)?;
    }
    real_comes_last(context, session.id(), &session.book().id)?;
    Ok(Exit::Ok)
}

/// What stands last on the screen is what is read: the real one, whatever becomes of the rest.
fn real_comes_last(
    context: &mut Context,
    id: &IncidentId,
    playbook: &PlaybookId,
) -> Result<(), CliError> {
    let later = say_what_is_next(context, id);
    tell_what_is_real(context, playbook)?;
    later
}

/// Not stamped: from here on it is real.
fn tell_what_is_real(context: &mut Context, playbook: &PlaybookId) -> Result<(), CliError> {
    context.tell(&format!(
        "THIS IS REAL NOW. Tell everybody: \"The exercise is over. This is no exercise.\"\n\
         Then type:\n  runbook start {playbook}\n\
         Another outage: runbook list shows all playbooks."
    ))
}
