//! `drill`: an exercise with injects, its facilitator, and a clock of its own.

mod clock;
mod deliver;
mod end;
mod evaluate;
mod injects;
mod interrupt;
mod lint;
mod list;
mod start;
mod tell;
mod watch;

pub(super) use interrupt::{for_real, over_for_real};
pub(in crate::cli) use interrupt::{is_meant as interrupt_is_meant, say_it_is_real};
pub(in crate::cli) use lint::checked;

use clap::{Args, Subcommand};

use crate::cli::acting::Acting;
use crate::cli::context::{Context, first_exercises};
use crate::cli::error::{CliError, Exit};
use crate::cli::record::{acknowledge, record_in};
use crate::engine::{Intent, Mode, Person};
use crate::journal::IncidentId;
use crate::session::{Elsewhere, Session, SessionError};
use crate::ui::safe;

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
    Deliver(deliver::DeliverArgs),
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
    Interrupt(interrupt::InterruptArgs),
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
        Some(DrillVerb::Deliver(args)) => deliver::deliver(context, args),
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
        Some(DrillVerb::Interrupt(args)) => Ok(interrupt::interrupt(context, args)),
    }
}

/// The exercise that a facilitator's verb means: a named one, else the only open one. Exercises that
/// another one grew into are not meant: what is to come stands with the first. A live incident beside
/// it never stands in the way.
fn chosen(context: &mut Context, word: Option<&str>) -> Result<IncidentId, CliError> {
    if word.is_some() {
        return context.choose_open(word);
    }
    let open = context.glances()?.open;
    let roots: Vec<&IncidentId> = first_exercises(&open).map(|glance| &glance.id).collect();
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

/// The exercise of a facilitator's verb, read whole: others may have recorded since. Of one that grew out
/// of another the first is meant, which has the list of injects and the clock.
fn session(context: &mut Context, acting: &Acting) -> Result<Session, CliError> {
    let id = chosen(context, acting.incident.as_deref())?;
    let session = Session::resume(&context.world, &context.home, &id)?;
    if session.state().mode() == Mode::Live {
        return Err(SessionError::Refused(crate::engine::ExerciseRefusal::NoExercise.into()).into());
    }
    Ok(whole(context, &session)?.unwrap_or(session))
}

/// The first of the exercises that this one grew out of, for whoever facilitates. One that cannot be read
/// does not stand in the way.
pub(super) fn whole(context: &mut Context, session: &Session) -> Result<Option<Session>, CliError> {
    match session.whole(&context.world) {
        Ok(first) => Ok(first),
        Err(error) => {
            let said = format!("Note: this is about {} alone: {error}", session.id());
            context.tell(&safe(&said))?;
            Ok(None)
        }
    }
}

/// Records what a facilitator wants and acknowledges it.
fn recorded(
    context: &mut Context,
    acting: &Acting,
    session: Session,
    intent: Intent,
) -> Result<Exit, CliError> {
    let over = session.state().ending().is_some();
    let answer = record_in(context, acting, session, intent);
    answer.map_err(|error| still_taken(over, error))
}

/// What is refused because the exercise is over says what is still taken.
fn still_taken(over: bool, error: CliError) -> CliError {
    const JUDGED: &str =
        "the exercise is over: runbook drill observe, drill rate and hotwash are still taken";
    if over { error.hint(JUDGED) } else { error }
}

/// Records what a facilitator wants of the whole exercise: here, and wherever players have gone on with
/// another playbook.
fn record_all(
    context: &mut Context,
    acting: &Acting,
    mut session: Session,
    intent: Intent,
) -> Result<Exit, CliError> {
    let over = session.state().ending().is_some();
    let request = acting.request(context, &session, intent)?;
    let elsewhere = match session.execute_everywhere(&context.world, &request) {
        Ok((receipt, elsewhere)) => {
            acknowledge(context, acting.json, &session, &receipt)?;
            elsewhere
        }
        Err(error) => {
            context.tell_problems(session.problems())?;
            return Err(still_taken(over, error.into()));
        }
    };
    for Elsewhere { incident, outcome } in elsewhere {
        match outcome {
            Ok(_) if acting.json => {}
            Ok(_) => context.say_in(Mode::Exercise, &format!("The same in {incident}."))?,
            Err(error) => context.tell(&format!("Note: not in {incident}: {error}"))?,
        }
    }
    Ok(Exit::Ok)
}

/// Whoever plays must not see what is to come.
fn no_player(session: &Session, person: &Person) -> Result<(), CliError> {
    session.no_player(Some(person)).map_err(CliError::from)
}
