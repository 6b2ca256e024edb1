//! `readiness record`: an exercise, a training, a test, an activation of the emergency plan.

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::gather::{began, gather, no_emergency, type_of};
use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::{Day, ExerciseType, Intent, Life, Mode, Readied, ReadyKind, State};
use crate::journal::{IncidentId, Selector};
use crate::playbook::PlaybookId;
use crate::session::Archive;

/// The word for an exercise that people also use for the whole thing.
const DRILL: &str = "drill";

/// Note what makes the site ready: an exercise held elsewhere, a training, a test, a printed binder
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook readiness record exercise --type tabletop --playbook email-outage --at 2026-11-12 --note \"sign-in sheet, binder 3\"\n  runbook readiness record exercise --type functional --incident latest-exercise\n  runbook readiness record plan-activation --incident latest --note \"EOC log, binder 3\"\n  runbook readiness record restore-test --of \"mail archive\" --at yesterday\n\n--at takes a day: 2026-11-12, today, yesterday, -2w. --incident names what it is about: the exercise that\ngets its type, or the real emergency in which the plan was activated. An activation exempts from the next\nfull-scale or functional exercise only, and has to be shown in writing."
)]
pub(super) struct RecordArgs {
    /// What was done
    #[arg(value_parser = kinds())]
    kind: String,
    /// The type of the exercise
    #[arg(long = "type", value_name = "TYPE", value_parser = types())]
    exercise: Option<String>,
    /// The playbook that was exercised
    #[arg(long, value_name = "PLAYBOOK")]
    playbook: Option<String>,
    /// Which one: the channel, the backup, the training
    #[arg(long, value_name = "WHICH")]
    of: Option<String>,
    /// Where the evidence is, and what else to say
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

fn kinds() -> PossibleValuesParser {
    let mut words = ReadyKind::ALL.map(ReadyKind::word).to_vec();
    words.insert(1, DRILL);
    words.into()
}

fn types() -> PossibleValuesParser {
    ExerciseType::ALL.map(ExerciseType::word).to_vec().into()
}

pub(super) fn record(context: &mut Context, args: &RecordArgs) -> Result<Exit, CliError> {
    let (acting, mut seals) = (&args.acting, Seals::new());
    let kind = ReadyKind::ALL.into_iter().find(|kind| kind.word() == args.kind);
    let kind = kind.unwrap_or(ReadyKind::Exercise);
    fits(args, kind)?;
    let about = about(context, args, kind)?;
    let on = match acting.at.as_deref() {
        Some(text) => {
            let on = context.past_day(text)?;
            about.as_ref().map_or(Ok(()), |about| about.began_on(on))?;
            on
        }
        None => about.as_ref().map_or_else(|| context.this_day(), |about| about.on),
    };
    let playbook = match &args.playbook {
        Some(name) => Some(context.playbook(name)?.playbook.id),
        None => about.as_ref().and_then(|about| about.playbook.clone()),
    };
    let readied = Readied {
        kind,
        on,
        of: acting.optional_text(context, &mut seals, "--of", args.of.as_deref())?,
        exercise: typed(args).and_then(ExerciseType::from_word),
        playbook,
        incident: about.map(|about| about.id.to_string()),
        note: acting.optional_text(context, &mut seals, "the note", args.note.as_deref())?,
    };
    writable(&readied)?;
    // The day stands in the fact itself; the record's own time is when it was written down.
    let exercise = readied.incident.clone().filter(|_| kind == ReadyKind::Exercise);
    let acting = Acting { at: None, incident: None, ..acting.clone() };
    let exit = context.record_standing(&acting, seals, Intent::Ready(readied))?;
    if let Some(id) = exercise.filter(|_| !acting.json) {
        say_what_is_short(context, &id)?;
    }
    Ok(exit)
}

/// A type that was given and does not count yet, or not as that, is said at once.
fn say_what_is_short(context: &mut Context, id: &str) -> Result<(), CliError> {
    let gathered = gather(context)?;
    let less = gathered.facts(context).less;
    for one in less.iter().filter(|one| one.source == id) {
        context.tell(&format!("Note: {id}: {}: {}", one.why, one.reach))?;
        one.next.iter().try_for_each(|next| context.tell(&format!("  → {next}")))?;
    }
    Ok(())
}

fn typed(args: &RecordArgs) -> Option<&str> {
    args.exercise.as_deref().or(Some(DRILL).filter(|_| args.kind == DRILL))
}

/// What the engine would refuse opens no log either.
fn writable(readied: &Readied) -> Result<(), CliError> {
    use crate::engine::{PlanRefusal, Refusal};
    let written = readied.incident.is_some() || readied.note.is_some();
    if readied.kind == ReadyKind::PlanActivation && !written {
        return Err(Refusal::from(PlanRefusal::NotInWriting).into());
    }
    if readied.kind == ReadyKind::Exercise && readied.exercise.is_none() {
        return Err(Refusal::from(PlanRefusal::NoType).into());
    }
    Ok(())
}

/// Options that say nothing of this kind of fact are a slip, not to be kept in silence.
fn fits(args: &RecordArgs, kind: ReadyKind) -> Result<(), CliError> {
    let exercise = kind == ReadyKind::Exercise;
    let wrong = [
        ("--type", args.exercise.is_some() && !exercise),
        ("--playbook", args.playbook.is_some() && !exercise),
        ("--of", args.of.is_some() && (exercise || kind == ReadyKind::PlanActivation)),
        (
            "--incident",
            args.acting.incident.is_some() && !exercise && kind != ReadyKind::PlanActivation,
        ),
    ];
    match wrong.into_iter().find(|(_, wrong)| *wrong) {
        Some((option, _)) => {
            Err(CliError::usage(format!("{option} says nothing of a {}", kind.word())))
        }
        None => Ok(()),
    }
}

/// What a fact is about.
struct About {
    id: IncidentId,
    on: Day,
    playbook: Option<PlaybookId>,
}

impl About {
    /// A day beside the log would make one emergency, or one exercise, count for another year.
    fn began_on(&self, on: Day) -> Result<(), CliError> {
        if on == self.on {
            return Ok(());
        }
        let said = format!("{} began on {} by its own log, not on {on}", self.id, self.on);
        Err(CliError::refused(said)
            .hint("leave --at out; a wrong time in the log: runbook correct"))
    }
}

/// The exercise that gets its type, or the real emergency.
fn about(context: &Context, args: &RecordArgs, kind: ReadyKind) -> Result<Option<About>, CliError> {
    let Some(word) = args.acting.incident.as_deref() else { return Ok(None) };
    let id = context.home.resolve(&Selector::from(word))?;
    let Archive { state, book, .. } = Archive::read(&context.world, &context.home, &id)?;
    if kind == ReadyKind::PlanActivation {
        if let Some(why) = no_emergency(&state) {
            return Err(CliError::refused(format!("{id} activated no emergency plan: {why}"))
                .hint("an activation elsewhere: --at DAY --note WHERE-IT-IS-WRITTEN"));
        }
    } else if state.mode() != Mode::Exercise {
        return Err(CliError::refused(format!("{id} is no exercise: it was real"))
            .hint("for the exemption: runbook readiness record plan-activation --incident ID"));
    }
    if kind == ReadyKind::Exercise {
        counts(&id, &state, args)?;
    }
    let playbook = (kind == ReadyKind::Exercise).then_some(book.id);
    Ok(Some(About { on: began(context, &state), id, playbook }))
}

/// What an exercise's own log says of it is not made more of by a record beside it.
fn counts(id: &IncidentId, state: &State, args: &RecordArgs) -> Result<(), CliError> {
    let exercise = state.exercise();
    if matches!(state.life(), Life::Suspected | Life::Declared) {
        return Err(CliError::refused(format!("{id} still runs: it counts once it is over"))
            .hint(format!("runbook drill end --incident {id}")));
    }
    if state.life() == Life::FalseAlarm {
        return Err(CliError::refused(format!("{id} counts as no exercise: it was a false alarm")));
    }
    if exercise.interrupted().is_some() {
        return Err(CliError::refused(format!("{id} counts as no exercise: reality broke it off"))
            .hint("the real one: runbook readiness record plan-activation --incident ID"));
    }
    if exercise.started().is_some_and(|started| started.solo) {
        return Err(CliError::refused(format!(
            "{id} counts as no exercise of the site: one person played it alone"
        ))
        .hint("to keep it as training: runbook readiness record training --of WHICH"));
    }
    let said = typed(args).and_then(ExerciseType::from_word);
    match type_of(state).zip(said) {
        Some((carried, said)) if said > carried => Err(CliError::refused(format!(
            "{id} was run as {}: no record makes it a {}",
            carried.word(),
            said.word()
        ))),
        Some(_) | None => Ok(()),
    }
}
