//! `drill`: an exercise with injects, its facilitator, and a clock of its own.

mod clock;
mod end;
mod evaluate;
mod injects;
mod lint;
mod list;
mod start;
mod tell;
mod watch;

pub(super) use end::this_is_real;
pub(in crate::cli) use lint::checked;

use clap::{Args, Subcommand};

use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::record_in;
use crate::engine::{Intent, Mode, Person};
use crate::journal::IncidentId;
use crate::session::{Session, SessionError};

/// Practise: run an exercise with injects, as its facilitator or alone
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  runbook drill list email-outage\n  runbook drill email-outage --speed 10x\n  runbook drill email-outage --solo\n  runbook drill deliver\n\nThe facilitator's screen and these verbs say what is to come: players look at runbook walk and\nrunbook status, in other terminals. An exercise says EXERCISE on every line, lies in its own\nfolder, counts in no live figure and sends nothing."
)]
pub(in crate::cli) struct DrillArgs {
    #[command(subcommand)]
    verb: Option<DrillVerb>,
    #[command(flatten)]
    start: start::StartArgs,
}

#[derive(Debug, Subcommand)]
enum DrillVerb {
    List(list::ListArgs),
    Lint(lint::LintArgs),
    Injects(injects::InjectsArgs),
    Deliver(tell::DeliverArgs),
    Hold(tell::HoldArgs),
    Skip(tell::SkipArgs),
    Add(tell::AddArgs),
    Observe(watch::ObserveArgs),
    Rate(watch::RateArgs),
    Evaluate(evaluate::EvaluateArgs),
    Pause(clock::PauseArgs),
    Resume(clock::ResumeArgs),
    Speed(clock::SpeedArgs),
    Jump(clock::JumpArgs),
    End(end::EndArgs),
    Interrupt(end::InterruptArgs),
}

impl DrillArgs {
    /// Whether somebody who types this wants something to be on disk afterwards.
    pub(in crate::cli) const fn records(&self) -> bool {
        !matches!(self.verb, Some(DrillVerb::List(_) | DrillVerb::Lint(_) | DrillVerb::Injects(_)))
    }
}

pub(in crate::cli) fn drill(context: &mut Context, args: &DrillArgs) -> Result<Exit, CliError> {
    match &args.verb {
        None => start::start(context, &args.start),
        Some(DrillVerb::List(args)) => list::list(context, args),
        Some(DrillVerb::Lint(args)) => lint::lint(context, args),
        Some(DrillVerb::Injects(args)) => injects::injects(context, args),
        Some(DrillVerb::Deliver(args)) => tell::deliver(context, args),
        Some(DrillVerb::Hold(args)) => tell::hold(context, args),
        Some(DrillVerb::Skip(args)) => tell::skip(context, args),
        Some(DrillVerb::Add(args)) => tell::add(context, args),
        Some(DrillVerb::Observe(args)) => watch::observe(context, args),
        Some(DrillVerb::Rate(args)) => watch::rate(context, args),
        Some(DrillVerb::Evaluate(args)) => evaluate::evaluate(context, args),
        Some(DrillVerb::Pause(args)) => clock::pause(context, args),
        Some(DrillVerb::Resume(args)) => clock::resume(context, args),
        Some(DrillVerb::Speed(args)) => clock::set_speed(context, args),
        Some(DrillVerb::Jump(args)) => clock::jump(context, args),
        Some(DrillVerb::End(args)) => end::end(context, args),
        Some(DrillVerb::Interrupt(args)) => end::interrupt(context, args),
    }
}

/// The exercise that a facilitator's verb means: a named one, else the only open one. Exercises that
/// another one grew into are not meant: what is to come stands with the first. A live incident beside
/// it never stands in the way.
fn chosen(context: &Context, word: Option<&str>) -> Result<IncidentId, CliError> {
    if word.is_some() {
        return context.choose_open(word);
    }
    let open = context.open_exercises()?;
    let root = |linked: &Option<String>| {
        linked.as_ref().is_none_or(|from| open.iter().all(|(id, _)| id.as_str() != from))
    };
    let roots: Vec<&IncidentId> =
        open.iter().filter(|(_, linked)| root(linked)).map(|(id, _)| id).collect();
    match roots.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Err(CliError::refused("no exercise is open")
            .hint("runbook drill email-outage starts one; runbook drill list shows all scenarios")
            .hint("for one that has ended, name it: --incident latest-exercise")),
        several => {
            let count = several.len();
            let error = CliError::usage(format!("{count} exercises are open: say which"));
            Err(several.iter().fold(error, |error, id| error.hint(format!("--incident {id}"))))
        }
    }
}

/// The exercise of a facilitator's verb, read whole: others may have recorded since.
fn session(context: &Context, acting: &Acting) -> Result<Session, CliError> {
    let id = chosen(context, acting.incident.as_deref())?;
    let session = Session::resume(&context.world, &context.home, &id)?;
    if session.state().mode() == Mode::Live {
        return Err(SessionError::Refused(crate::engine::ExerciseRefusal::NoExercise.into()).into());
    }
    Ok(session)
}

/// Who acts: named, as `$RUNBOOK_BY` says, else the facilitator, else the OS user.
fn named(context: &Context, acting: &Acting, session: &Session) -> Acting {
    let place = &context.world.place;
    let started = session.state().exercise().started();
    let facilitator = started.map(|started| started.facilitator.to_string());
    let by = acting.by.clone().or_else(|| place.by.clone()).or(facilitator);
    Acting { by, ..acting.clone() }
}

/// Records what a facilitator wants and acknowledges it.
fn record(
    context: &mut Context,
    acting: &Acting,
    session: Session,
    intent: Intent,
) -> Result<Exit, CliError> {
    let acting = named(context, acting, &session);
    recorded(context, &acting, session, intent)
}

/// Records it. What is refused because the exercise is over says what is still taken.
fn recorded(
    context: &mut Context,
    acting: &Acting,
    session: Session,
    intent: Intent,
) -> Result<Exit, CliError> {
    const JUDGED: &str =
        "the exercise is over: runbook drill observe, drill rate and hotwash are still taken";
    let over = session.state().ending().is_some();
    let answer = record_in(context, acting, session, intent);
    answer.map_err(|error| if over { error.hint(JUDGED) } else { error })
}

/// Records what a facilitator wants of the whole exercise: here, and wherever players have gone on with
/// another playbook.
fn record_all(
    context: &mut Context,
    acting: &Acting,
    session: Session,
    intent: &Intent,
) -> Result<Exit, CliError> {
    let acting = named(context, acting, &session);
    let linked = linked(context, session.id())?;
    let exit = recorded(context, &acting, session, intent.clone())?;
    for id in linked {
        let mut other = Session::resume(&context.world, &context.home, &id)?;
        let request = acting.request(context, &other, intent.clone())?;
        match other.execute(&context.world, &request) {
            Ok(_) if acting.json => {}
            Ok(_) => context.say_in(Mode::Exercise, &format!("The same in {id}."))?,
            Err(error) => context.tell(&format!("Note: not in {id}: {error}"))?,
        }
    }
    Ok(exit)
}

/// The open exercises that grew out of this one.
fn linked(context: &Context, root: &IncidentId) -> Result<Vec<IncidentId>, CliError> {
    let open = context.open_exercises()?;
    let mut all = vec![root.clone()];
    let mut at = 0;
    while let Some(from) = all.get(at).cloned() {
        let grown = open.iter().filter(|(_, linked)| linked.as_deref() == Some(from.as_str()));
        let new: Vec<IncidentId> =
            grown.map(|(id, _)| id.clone()).filter(|id| !all.contains(id)).collect();
        all.extend(new);
        at += 1;
    }
    all.remove(0);
    Ok(all)
}

/// Whoever plays must not see what is to come.
fn no_player(session: &Session, person: &Person) -> Result<(), CliError> {
    let exercise = session.state().exercise();
    let facilitator = exercise.started().map(|started| started.facilitator.clone());
    if !session.plays(person)? {
        return Ok(());
    }
    let person = person.clone();
    let refusal = crate::engine::ExerciseRefusal::PlayerMayNot { person, facilitator };
    Err(SessionError::Refused(refusal.into()).into())
}
