//! `drill pause`, `resume`, `speed`, `jump`: the clock of an exercise.

use clap::Args;

use super::{record_all, session, start};
use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::drill::{msel, next_at};
use crate::engine::{ClockMove, Intent, Speed, Timestamp};
use crate::session::Session;
use crate::world::{Input, Toward};

/// Let the exercise's clock stand still
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook drill pause")]
pub(super) struct PauseArgs {
    #[command(flatten)]
    acting: Acting,
}

/// Go on: the clock runs again, and at a terminal you are back at the facilitator's screen
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook drill resume")]
pub(super) struct ResumeArgs {
    #[command(flatten)]
    acting: Acting,
}

/// Let the exercise's clock run faster or slower, or only by hand
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  runbook drill speed 10x\n  runbook drill speed step")]
pub(super) struct SpeedArgs {
    /// 1x to 600x, or step: time moves only when you jump
    #[arg(value_parser = speed_or_step)]
    speed: Pace,
    #[command(flatten)]
    acting: Acting,
}

/// Let the exercise's clock jump forward: to the next inject, by a length, or to a time
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook drill jump\n  runbook drill jump +20m\n  runbook drill jump 14:30"
)]
pub(super) struct JumpArgs {
    /// next, +20m, or a time on the exercise's clock
    #[arg(default_value = "next", allow_hyphen_values = true)]
    to: String,
    #[command(flatten)]
    acting: Acting,
}

/// How fast a clock runs; absent = only by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pace(pub(super) Option<Speed>);

/// `10x`, or `10`.
pub(super) fn speed(word: &str) -> Result<Pace, String> {
    let number = word.strip_suffix(['x', 'X']).unwrap_or(word);
    let speed = number.parse().ok().and_then(Speed::new);
    let wrong = || format!("an exercise runs 1x to {}x as fast as real time", Speed::MAX);
    speed.map(|speed| Pace(Some(speed))).ok_or_else(wrong)
}

fn speed_or_step(word: &str) -> Result<Pace, String> {
    if word == "step" { Ok(Pace(None)) } else { speed(word) }
}

pub(super) fn pause(context: &mut Context, args: &PauseArgs) -> Result<Exit, CliError> {
    let session = session(context, &args.acting)?;
    record_all(context, &args.acting, session, Intent::SetClock { to: ClockMove::Pause })
}

pub(super) fn resume(context: &mut Context, args: &ResumeArgs) -> Result<Exit, CliError> {
    let session = session(context, &args.acting)?;
    let clock = session.state().exercise().clock();
    let paused = clock.is_some_and(|clock| clock.setting().paused);
    let at_screen = context.world.console.input == Input::Terminal && !args.acting.json;
    if !at_screen {
        return record_all(
            context,
            &args.acting,
            session,
            Intent::SetClock { to: ClockMove::Resume },
        );
    }
    let id = session.id().clone();
    let person = context.seated(args.acting.by.as_deref(), session.book(), session.state())?;
    super::no_player(&session, &person)?;
    let acting = Acting { by: Some(person.to_string()), ..args.acting.clone() };
    if paused {
        record_all(context, &acting, session, Intent::SetClock { to: ClockMove::Resume })?;
    }
    let session = Session::resume(&context.world, &context.home, &id)?;
    start::enter(context, session, Some(person.as_str()))
}

pub(super) fn set_speed(context: &mut Context, args: &SpeedArgs) -> Result<Exit, CliError> {
    let session = session(context, &args.acting)?;
    let to = ClockMove::Speed(args.speed.0);
    record_all(context, &args.acting, session, Intent::SetClock { to })
}

pub(super) fn jump(context: &mut Context, args: &JumpArgs) -> Result<Exit, CliError> {
    let session = session(context, &args.acting)?;
    let at = target(context, &session, &args.to)?;
    record_all(context, &args.acting, session, Intent::SetClock { to: ClockMove::To(at) })
}

fn target(context: &Context, session: &Session, word: &str) -> Result<Timestamp, CliError> {
    let now = session.now(&context.world);
    if word != "next" {
        return context.when(word, now, Toward::Future);
    }
    let definition = session.definition()?;
    let lines = msel(session.book(), definition.as_ref(), session.state(), now);
    next_at(&lines).ok_or_else(|| {
        CliError::refused("no inject comes by the clock any more")
            .hint("say how far: runbook drill jump +10m")
    })
}
