//! `escalate`: opens a linked incident with another playbook.

use clap::Args;

use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::{Also, acknowledge_also};
use crate::engine::{Intent, Refusal};
use crate::session::{Escalated, SessionError};

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
    let pinned = context.pinned(context.playbook(&args.playbook)?);
    let mut seals = Seals::new();
    let reason = args.acting.text(context, &mut seals, "the reason", &args.reason)?;
    session.carry(seals);
    // The session names the incident once it is opened.
    let intent =
        Intent::Escalate { incident: String::new(), playbook: pinned.book.id.clone(), reason };
    let request = args.acting.request(context, &session, intent)?;
    let escalated = session
        .escalate(&context.world, pinned, request)
        .map_err(|error| ended(error, &args.playbook))?;
    let Escalated { incident, session: opened, adopted, receipt } = escalated;
    let also = Also { opened: Some(incident.clone()), ..Also::default() };
    acknowledge_also(context, args.acting.json, &session, &receipt, also)?;
    if let Some(opened) = opened.filter(|_| !args.acting.json) {
        let said = if adopted { adopted_now(&incident) } else { format!("Opened {incident}.") };
        let said = format!("{said} Next: runbook walk {incident}");
        let done = format!("{incident} is opened and on record");
        let answered = context.say_in(opened.state().mode(), &said);
        answered.map_err(|error| error.only_unanswered(&done))?;
    }
    Ok(Exit::Ok)
}

/// What an earlier try had opened is on record at last.
pub(super) fn adopted_now(incident: &str) -> String {
    format!("{incident} was open from the first try; now it is on record.")
}

fn ended(error: SessionError, playbook: &str) -> CliError {
    let ended = matches!(error, SessionError::Refused(Refusal::Ended { .. }));
    let error = CliError::from(error);
    if ended { error.hint(format!("runbook start {playbook} opens a new incident")) } else { error }
}
