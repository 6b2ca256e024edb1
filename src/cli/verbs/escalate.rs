//! `escalate`: opens a linked incident with another playbook.

use clap::Args;

use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::acknowledge_opened;
use crate::engine::{Actor, Event, Intent, Refusal, Request, Verdict, decide, find_role};
use crate::playbook::Playbook;
use crate::session::{Assignment, Plan, Session};

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
    let (book, source) = context.playbook(&args.playbook)?;
    let reason = args.acting.text(context, session.id(), "the reason", &args.reason)?;
    let before = opened_before(args, &session);
    let incident = before.clone().unwrap_or_default();
    let intent = Intent::Escalate { incident, playbook: book.id.clone(), reason };
    let mut request = args.acting.request(context, session.book(), intent)?;
    // A request that will not be taken must not leave a new incident behind.
    if let Verdict::Already(..) = judge(context, args, &session, &request)? {
        let receipt = session.execute(&context.world, &request)?;
        acknowledge_opened(context, args.acting.json, &session, &receipt, before)?;
        return Ok(Exit::Ok);
    }
    let plan = carried_over(&request.actor, &session, book, source);
    // The new incident first: if that fails, nothing claims that it exists.
    let (opened, _) = Session::begin(&context.world, &context.home, &plan)?;
    let id = opened.id().to_string();
    if let Intent::Escalate { incident, .. } = &mut request.intent {
        incident.clone_from(&id);
    }
    let receipt = session.execute(&context.world, &request)?;
    acknowledge_opened(context, args.acting.json, &session, &receipt, Some(id.clone()))?;
    if !args.acting.json {
        let said = format!("Opened {id}. Next: runbook walk {id}");
        let done = format!("{id} is opened and on record");
        let answered = context.say_in(opened.state().mode(), &said);
        answered.map_err(|error| error.only_unanswered(&done))?;
    }
    Ok(Exit::Ok)
}

/// The incident that the same command opened before, known by its `--id`.
fn opened_before(args: &EscalateArgs, session: &Session) -> Option<String> {
    match &session.state().key(args.acting.id.as_deref()?.trim())?.event {
        Event::IncidentEscalated { incident, .. } => Some(incident.clone()),
        _ => None,
    }
}

fn judge(
    context: &Context,
    args: &EscalateArgs,
    session: &Session,
    request: &Request,
) -> Result<Verdict, CliError> {
    let now = context.world.clock.now();
    decide(session.book(), session.state(), now, request).map_err(|refusal| match refusal {
        Refusal::Ended { .. } => CliError::from(refusal)
            .hint(format!("runbook start {} opens a new incident", args.playbook)),
        refusal => refusal.into(),
    })
}

fn carried_over(actor: &Actor, from: &Session, book: Playbook, source: String) -> Plan {
    use crate::playbook::Mark;

    let state = from.state();
    let (t0, time) = (state.t0(), |mark| state.mark(mark).map(|moment| state.time_of(moment)));
    let held = state.tenures().iter().filter(|tenure| tenure.to.is_none());
    let assignments: Vec<Assignment> = held
        .filter(|tenure| find_role(&book, tenure.role.as_str()).is_ok())
        .map(|tenure| Assignment {
            role: tenure.role.clone(),
            person: tenure.person.clone(),
            deputy: tenure.deputy,
            since: Some(state.time_of(&tenure.from)).max(t0),
        })
        .collect();
    Plan {
        title: None,
        site: state.opened().and_then(|opened| opened.site.clone()),
        mode: state.mode(),
        suspected: t0.is_none(),
        onset: time(Mark::Onset),
        detected: time(Mark::Detected),
        declared: t0,
        assignments,
        actor: actor.clone(),
        linked_from: Some(from.id().to_string()),
        book,
        source,
    }
}
