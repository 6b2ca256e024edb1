//! `actions close`, `actions reopen`, `actions verify`: that it is done, and who has seen it.

use clap::Args;

use super::aim::{Aimed, aimed};
use super::find::{Found, Line, find};
use super::save;
use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::{Action, Compared, Intent, Text};
use crate::session::Session;

/// Say that an action is done and what shows it; or that the hot wash was held, the report finished
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook actions close A-03@7k3q --evidence \"invoice 4711, tested on 12 Dec\"\n  runbook actions close A-03@7k3q --changed\n  runbook actions close AAR@7k3q --evidence \"signed, binder 3\"\n\n--changed takes the playbook itself as evidence: it holds the step or message that the action aims at\nas the incident kept it against the playbook of that name now, and refuses if it reads as before."
)]
pub(super) struct CloseArgs {
    /// Which: A-03@7k3q, AAR@7k3q, HW@7k3q
    action: String,
    /// What shows that it is done, and where that is
    #[arg(long, value_name = "TEXT", required_unless_present = "changed")]
    evidence: Option<String>,
    /// Its target in the playbook reads differently now
    #[arg(long)]
    changed: bool,
    #[command(flatten)]
    acting: Acting,
}

/// Say that an action is not done after all
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook actions reopen A-03@7k3q --reason \"only in the draft\"")]
pub(super) struct ReopenArgs {
    /// Which action
    action: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    acting: Acting,
}

/// Say that you have seen that an action is done; not for who closed it or answers for it
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook actions verify A-03@7k3q --by \"Ana Diaz\" --reason \"saw it switch over\"\n\nIf it aims at a step or message of the playbook, this says how that reads now."
)]
pub(super) struct VerifyArgs {
    /// Which action
    action: String,
    /// What you saw; for your own work why nobody else looks, which is flagged
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn close(context: &mut Context, args: &CloseArgs) -> Result<Exit, CliError> {
    let mut seals = Seals::new();
    let acting = &args.acting;
    let said =
        acting.optional_text(context, &mut seals, "the evidence", args.evidence.as_deref())?;
    match find(context, &args.action, acting)? {
        Found::Review { id, session, review } => {
            let Some(evidence) = said else {
                let error = format!("{id} aims at no playbook: say what shows that it is done");
                return Err(CliError::usage(error).hint("--evidence TEXT"));
            };
            let intent = Intent::FinishReview { review, evidence };
            save(context, acting, (*session, seals), intent, id)
        }
        Found::Action(line) => {
            let Line { id, session, action } = *line;
            let (evidence, compared) = match said {
                Some(said) if !args.changed => (said, None),
                said => evidence(context, &id, &session, &action, said)?,
            };
            let action = action.added.record;
            let intent = Intent::CloseAction { action, evidence, compared };
            save(context, acting, (session, seals), intent, id)
        }
    }
}

/// How the aim reads now, in words, with the version of the playbook that says so.
fn evidence(
    context: &Context,
    id: &str,
    session: &Session,
    action: &Action,
    said: Option<Text>,
) -> Result<(Text, Option<Compared>), CliError> {
    let Some(aim) = &action.terms.aim else {
        return Err(CliError::refused(format!("{id} aims at no step or message of a playbook"))
            .hint(format!("runbook actions close {id} --evidence TEXT")));
    };
    match aimed(context, session.book(), aim) {
        Aimed::Changed { sentences, compared } => {
            let words = format!("{aim} reads differently now: {}", sentences.join("; "));
            // A text that is too long for a record is a long list of changes: the first ones will do.
            let words: String = words.chars().take(2_000).collect();
            Ok((said.unwrap_or(Text::Plain(words)), Some(compared)))
        }
        Aimed::Same => Err(CliError::refused(format!(
            "{aim} reads as it did when the incident began: nothing shows that {id} is done"
        ))
        .hint(format!("runbook diff --incident {} shows what is different", session.id()))
        .hint(format!("if something else shows it: runbook actions close {id} --evidence TEXT"))),
        Aimed::Unknown(why) => Err(CliError::refused(format!("{aim} cannot be compared: {why}"))
            .hint(format!("runbook actions close {id} --evidence TEXT"))),
    }
}

pub(super) fn reopen(context: &mut Context, args: &ReopenArgs) -> Result<Exit, CliError> {
    let mut seals = Seals::new();
    let reason = args.acting.text(context, &mut seals, "the reason", &args.reason)?;
    let Line { id, session, action } = find(context, &args.action, &args.acting)?.action()?;
    let intent = Intent::ReopenAction { action: action.added.record, reason };
    save(context, &args.acting, (session, seals), intent, id)
}

pub(super) fn verify(context: &mut Context, args: &VerifyArgs) -> Result<Exit, CliError> {
    let mut seals = Seals::new();
    let acting = &args.acting;
    let reason = acting.optional_text(context, &mut seals, "the reason", args.reason.as_deref())?;
    let Line { id, session, action } = find(context, &args.action, acting)?.action()?;
    let mode = session.state().mode();
    let aim = action.terms.aim.as_ref().filter(|_| !acting.json);
    let reads = aim.map(|aim| aimed(context, session.book(), aim).said(aim));
    let intent = Intent::VerifyAction { action: action.added.record, reason };
    let exit = save(context, acting, (session, seals), intent, id)?;
    if let Some(reads) = reads {
        context.say_in(mode, &crate::ui::safe(&reads))?;
    }
    Ok(exit)
}
