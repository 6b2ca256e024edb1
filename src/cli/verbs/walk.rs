//! `walk`: goes on with an incident at a terminal.

use clap::Args;

use super::escalate::adopted_now;
use crate::cli::acting::Acting;
use crate::cli::context::{Context, beside_exercise, real_one};
use crate::cli::error::{CliError, Exit};
use crate::engine::{Actor, Intent, Mode, Person, Request, Source, Text, find_role, same_name};
use crate::journal::{Glance, IncidentId, Selector};
use crate::playbook::{PlaybookId, RoleId};
use crate::session::{Escalated, Session, SessionError};
use crate::ui::{Answer, Prompt, welcome_back};
use crate::walk::{self, Desk, End, Left};
use crate::world::{Input, leave_on_signal};

/// Be walked through an incident, from where it stands
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook walk\n  runbook walk --role it-lead --by \"Ivo Brandt\""
)]
pub(in crate::cli) struct WalkArgs {
    /// Which incident [default: the open one]
    incident: Option<String>,
    /// Only this role's steps
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Who answers [default: `$RUNBOOK_BY`, else you are asked]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub(in crate::cli) fn walk(context: &mut Context, args: &WalkArgs) -> Result<Exit, CliError> {
    not_in_quiet_times(context, args.incident.as_deref())?;
    if context.world.console.input == Input::Other {
        return Err(CliError::new(
            Exit::NeedsTerminal,
            "the walk asks questions and needs a terminal",
        )
        .hint("without one: runbook status, then runbook done STEP and its sisters"));
    }
    let (id, greeting) = chosen(context, args)?;
    let session = Session::resume(&context.world, &context.home, &id)?;
    let role = args.role.as_deref().map(|word| find_role(session.book(), word)).transpose()?;
    let role = role.map(|role| role.id.clone());
    let person = context.seated(args.by.as_deref(), session.book(), session.state())?;
    sit_down(context, session, person, role, greeting)
}

/// The facilitator of an exercise sits down at their own screen, everybody else at the walk.
fn sit_down(
    context: &mut Context,
    session: Session,
    person: Person,
    role: Option<RoleId>,
    greeting: Vec<String>,
) -> Result<Exit, CliError> {
    let exercise = session.state().exercise();
    let facilitates = exercise.started().is_some_and(|started| {
        !started.solo && same_name(&started.facilitator, &person) && !exercise.is_player(&person)
    });
    if facilitates && session.state().ending().is_none() {
        return facilitate(context, session, person);
    }
    go(context, session, person, role, greeting)
}

/// The site's standing log is no incident: nobody is led through it.
fn not_in_quiet_times(context: &Context, word: Option<&str>) -> Result<(), CliError> {
    let named = word.map(|word| context.home.resolve(&Selector::from(word)));
    match named {
        Some(Ok(id)) if id.is_standing() => {
            Err(CliError::usage(format!("{id} is the site's standing log, not an incident"))
                .hint("runbook readiness shows it"))
        }
        Some(_) | None => Ok(()),
    }
}

/// The incident that is meant, and what to say of the others; where nothing speaks for one of several,
/// the person is asked.
fn chosen(context: &mut Context, args: &WalkArgs) -> Result<(IncidentId, Vec<String>), CliError> {
    let open = context.glances()?.open;
    if args.incident.is_some() || open.len() < 2 {
        return Ok((context.choose_open(args.incident.as_deref())?, Vec::new()));
    }
    if let Some(real) = real_one(&open) {
        return Ok((real.id.clone(), vec![beside_exercise(&real.id)]));
    }
    for (number, Glance { id, shelf, .. }) in open.iter().enumerate() {
        let mode = if *shelf == Mode::Exercise { "EXERCISE" } else { "live" };
        context.tell(&format!("  {}  {id} ({mode})", number + 1))?;
    }
    loop {
        match Prompt::new().ask("Several incidents are open. Which one? (number; Enter = none)")? {
            Answer::Words(word) => {
                let index = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                if let Some(one) = index.and_then(|index| open.get(index)) {
                    return Ok((one.id.clone(), Vec::new()));
                }
            }
            Answer::Nothing | Answer::End => {
                return Err(CliError::refused("no incident was chosen"));
            }
        }
    }
}

/// Back into an incident that is open, as `by` or whoever leads it.
pub(super) fn resume(
    context: &mut Context,
    id: &IncidentId,
    by: Option<&str>,
) -> Result<Exit, CliError> {
    let session = Session::resume(&context.world, &context.home, id)?;
    let person = context.seated(by, session.book(), session.state())?;
    sit_down(context, session, person, None, Vec::new())
}

/// After `start`: the person who started it walks on.
pub(super) fn enter(
    context: &mut Context,
    session: Session,
    greeting: Vec<String>,
) -> Result<Exit, CliError> {
    let by = session.state().opened_moment().and_then(|moment| moment.by.clone());
    let by =
        by.ok_or_else(|| CliError::usage("nobody is named: say who you are with --by NAME"))?;
    go(context, session, by, None, greeting)
}

pub(super) fn go(
    context: &mut Context,
    mut session: Session,
    person: Person,
    role: Option<RoleId>,
    greeting: Vec<String>,
) -> Result<Exit, CliError> {
    leave_on_signal(FAREWELL.to_owned(), welcome_back)?;
    let home = context.home.clone();
    let playbooks = context.playbooks();
    let mut desk = Desk { home: &home, playbooks: &playbooks, person, role, greeting };
    loop {
        keep_role(&session, &mut desk);
        match walk::run(&mut context.world, &mut session, &mut desk)? {
            End::Left => return Ok(Exit::Ok),
            End::Interrupted => return super::drill::over_for_real(context, session.id()),
            End::GoTo(id) => match Session::resume(&context.world, &home, &id) {
                Ok(other) => session = other,
                Err(error) => desk.greeting.push(CliError::from(error).render()),
            },
            End::Escalate { playbook, reason } => {
                let actor = Actor { person: Some(desk.person.clone()), role: None };
                match escalate(context, &mut session, &playbook, reason, actor) {
                    Ok((opened, said)) => {
                        let stays = format!("{said} {} stays open (i = go there).", session.id());
                        desk.greeting.push(stays);
                        session = opened;
                    }
                    Err(said) => desk.greeting.push(said),
                }
            }
        }
    }
}

/// The facilitator's screen of an exercise.
pub(super) fn facilitate(
    context: &mut Context,
    mut session: Session,
    person: Person,
) -> Result<Exit, CliError> {
    leave_on_signal(FACILITATOR_LEFT.to_owned(), welcome_back)?;
    let by = Some(person.to_string());
    match walk::facilitate(&mut context.world, &mut session, person)? {
        Left::Quietly => Ok(Exit::Ok),
        Left::Interrupted => super::drill::over_for_real(context, session.id()),
        Left::ForReal(reason) => {
            let incident = Some(session.id().to_string());
            let acting = Acting { by, incident, ..Acting::default() };
            Ok(super::drill::for_real(context, &acting, Some(&reason)))
        }
    }
}

/// Said when a signal ends the facilitator's screen.
const FACILITATOR_LEFT: &str = "You left. The exercise goes on, and its clock runs or stands still as it did: runbook walk \
     takes you back.";

/// Another playbook may not have the role: then every step of it is shown.
fn keep_role(session: &Session, desk: &mut Desk<'_>) {
    let book = session.book();
    if let Some(role) = desk.role.take_if(|role| find_role(book, role.as_str()).is_err()) {
        desk.greeting
            .push(format!("{} has no role {role}: all its steps are shown.", session.id()));
    }
}

/// Said when a signal ends the walk.
const FAREWELL: &str = "You left the walk. Every acknowledged answer is saved; what you were typing is not recorded.\n\
     The incident goes on: runbook walk takes you back.";

/// Opens the playbook that the walk asks for, as the verb of this name does. Says what was done, or
/// what was not.
fn escalate(
    context: &Context,
    session: &mut Session,
    playbook: &PlaybookId,
    reason: Text,
    actor: Actor,
) -> Result<(Session, String), String> {
    let not_opened = |error: CliError| format!("Not opened. {}", error.render());
    let pinned = context.pinned(context.playbook(playbook.as_str()).map_err(not_opened)?);
    let intent =
        Intent::Escalate { incident: String::new(), playbook: pinned.book.id.clone(), reason };
    let request = Request { intent, actor, occurred: None, key: None, src: Source::Typed };
    match session.escalate(&context.world, pinned, request) {
        Ok(Escalated { incident, session: Some(opened), adopted, .. }) => {
            let said = if adopted { adopted_now(&incident) } else { format!("Opened {incident}.") };
            Ok((opened, said))
        }
        Ok(Escalated { incident, session: None, .. }) => {
            Err(format!("{incident} was opened before (i = go there)."))
        }
        Err(error @ SessionError::Unlinked { .. }) => Err(CliError::from(error).render()),
        Err(error) => Err(not_opened(error.into())),
    }
}
