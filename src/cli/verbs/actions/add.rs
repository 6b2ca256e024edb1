//! `actions add`, `actions update`: what is to be done, by whom, until when.

use clap::Args;

use super::find::{Line, find};
use super::save;
use super::terms::Terms;
use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::{Also, acknowledge_also, execute};
use crate::engine::{Event, Fact, Intent, Record};
use crate::report::{codes, short_name};
use crate::session::{Receipt, Session};

/// Put something on the improvement plan of an incident or exercise, also after its end
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook actions add \"Second mail route\" --owner \"Ivo Brandt\" --due +30d --element equipment\n  runbook actions add \"Freeze the list from the saved query\" --issue \"Freezing took 70 minutes\" \\\n      --target freeze-list --incident latest"
)]
pub(super) struct AddArgs {
    /// The corrective action, in words; no names of patients
    what: String,
    #[command(flatten)]
    terms: Terms,
    #[command(flatten)]
    acting: Acting,
}

/// Change what is said of an action: owner, days, words. What is not named stays
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook actions update A-03@7k3q --due 2027-01-31 --owner \"Kim Lee\""
)]
pub(super) struct UpdateArgs {
    /// Which action: A-03@7k3q, or A-03 where only one is called so
    action: String,
    /// The corrective action in other words
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
    #[command(flatten)]
    terms: Terms,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn add(context: &mut Context, args: &AddArgs) -> Result<Exit, CliError> {
    let id = context.choose_reviewed(args.acting.incident.as_deref())?;
    let mut session = Session::resume_quick(&context.world, &context.home, &id)?;
    let mut seals = Seals::new();
    let what = Some(args.what.as_str());
    let terms = args.terms.read(context, &args.acting, &mut seals, session.book(), what)?;
    session.carry(seals);
    let receipt = execute(context, &args.acting, &mut session, Intent::AddAction { terms })?;
    let id = called(context, &session, &receipt)?;
    let also = Also { action: Some(id.clone()), ..Also::default() };
    acknowledge_also(context, args.acting.json, &session, &receipt, also)?;
    if !args.acting.json {
        context.say_in(session.state().mode(), &format!("It is called {id}."))?;
    }
    Ok(Exit::Ok)
}

/// What people type for the line that was added, now or before.
fn called(context: &Context, session: &Session, receipt: &Receipt) -> Result<String, CliError> {
    let added = |record: &&Record| matches!(record.fact, Fact::Known(Event::ActionAdded { .. }));
    let record = receipt.recorded.iter().find(added).map(|record| &record.at);
    let record = record.or(receipt.already.as_ref().map(|(record, _)| record));
    let state = session.state();
    let mut lines = state.actions().zip(codes(state));
    let line = lines.find(|(action, _)| Some(&action.added.record) == record);
    let ids: Vec<String> = context.home.list()?.into_iter().map(|(id, _)| id.to_string()).collect();
    let short = short_name(session.id().as_str(), &ids);
    Ok(line.map_or_else(|| short.to_owned(), |(_, code)| format!("{code}@{short}")))
}

pub(super) fn update(context: &mut Context, args: &UpdateArgs) -> Result<Exit, CliError> {
    let Line { id, session, action, .. } = find(context, &args.action, &args.acting)?.action()?;
    let mut seals = Seals::new();
    let what = args.what.as_deref();
    let change = args.terms.read(context, &args.acting, &mut seals, session.book(), what)?;
    let intent = Intent::UpdateAction { action: action.added.record, change };
    save(context, &args.acting, (session, seals), intent, id)
}
