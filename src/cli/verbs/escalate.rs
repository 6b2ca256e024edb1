//! `escalate`: opens a linked incident with another playbook.

use clap::Args;

use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::acknowledge;
use crate::engine::{Ending, Intent, find_role};
use crate::playbook::{Playbook, RoleId};
use crate::session::{Plan, Session};

/// Open a linked incident with another playbook; T+0, onset and roles come along
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook escalate ransomware --reason \"Ransom note on two machines\""
)]
pub(in crate::cli) struct EscalateArgs {
    /// The playbook to go on with
    playbook: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    acting: Acting,
}

pub(in crate::cli) fn escalate(
    context: &mut Context,
    args: &EscalateArgs,
) -> Result<Exit, CliError> {
    let mut session = args.acting.session(context)?;
    if let Some(Ending::Closed { .. } | Ending::FalseAlarm { .. }) = session.state().ending() {
        return Err(CliError::refused(format!("{} is over", session.id()))
            .hint(format!("runbook start {} opens a new incident", args.playbook)));
    }
    let reason = args.acting.text(context, session.id(), "the reason", &args.reason)?;
    let (book, source) = context.playbook(&args.playbook)?;
    let playbook = book.id.clone();
    let plan = carried_over(context, args, &session, book, source)?;
    // The new incident first: if that fails, nothing claims that it exists.
    let (opened, _) = Session::begin(&context.world, &context.home, &plan)?;
    let intent = Intent::Escalate { incident: opened.id().to_string(), playbook, reason };
    let request = args.acting.request(context, session.book(), intent)?;
    let receipt = session.execute(&context.world, &request)?;
    acknowledge(context, args.acting.json, &session, &receipt)?;
    if !args.acting.json {
        context.say(&format!("Opened {}. Next: runbook walk {}", opened.id(), opened.id()))?;
    }
    Ok(Exit::Ok)
}

fn carried_over(
    context: &Context,
    args: &EscalateArgs,
    from: &Session,
    book: Playbook,
    source: String,
) -> Result<Plan, CliError> {
    use crate::playbook::Mark;

    let state = from.state();
    let time = |mark| state.mark(mark).map(|moment| state.time_of(moment));
    let held: Vec<(RoleId, _)> = state
        .tenures()
        .iter()
        .filter(|tenure| tenure.to.is_none() && !tenure.deputy)
        .filter(|tenure| find_role(&book, tenure.role.as_str()).is_ok())
        .map(|tenure| (tenure.role.clone(), tenure.person.clone()))
        .collect();
    Ok(Plan {
        title: None,
        site: state.opened().and_then(|opened| opened.site.clone()),
        mode: state.mode(),
        suspected: state.t0().is_none(),
        onset: time(Mark::Onset),
        detected: time(Mark::Detected),
        declared: state.t0(),
        assignments: held,
        actor: args.acting.actor(context, from.book())?,
        linked_from: Some(from.id().to_string()),
        book,
        source,
    })
}
