//! `drill PLAYBOOK`: starts an exercise.

use clap::Args;
use serde::Serialize;

use super::clock::{Pace, speed};
use crate::cli::acting::person;
use crate::cli::context::{Context, first_exercises};
use crate::cli::error::{CliError, Exit};
use crate::cli::exercises::{Definition, Scenario};
use crate::cli::verbs::start::assignments;
use crate::cli::verbs::walk;
use crate::engine::{Actor, ExerciseStarted, Mode, Person, Speed, Text};
use crate::journal::sha256;
use crate::playbook::{ExerciseKind, Playbook};
use crate::session::{Assignment, ExercisePlan, Pinned, Plan, Session};
use crate::ui::{Answer, Prompt, flow, safe, wrap};
use crate::world::Input;

/// What an exercise starts with.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct StartArgs {
    /// The playbook to practise: its name, or the path of a file
    #[arg(required = true)]
    playbook: Option<String>,
    /// Which exercise: its name, the path of a file, or none [default: you are asked]
    #[arg(long, value_name = "EXERCISE")]
    scenario: Option<String>,
    /// tabletop, drill, functional or full-scale [default: what the exercise says]
    #[arg(long = "type", value_name = "TYPE", value_parser = kinds())]
    kind: Option<String>,
    /// How fast its clock runs, 1x to 600x [default: 1x]
    #[arg(long, value_name = "SPEED", value_parser = speed)]
    speed: Option<Pace>,
    /// Time moves only when the facilitator jumps
    #[arg(long, conflicts_with = "speed")]
    step: bool,
    /// Who facilitates [default: `$RUNBOOK_BY`, else you are asked; without a terminal, the OS user]
    #[arg(long, value_name = "NAME")]
    facilitator: Option<String>,
    /// You are alone: you play, and injects come by themselves
    #[arg(long)]
    solo: bool,
    /// T+0 is set at the start; otherwise the players declare
    #[arg(long)]
    declared: bool,
    /// Who takes which role; may be repeated
    #[arg(long, value_name = "ROLE=NAME")]
    assign: Vec<String>,
    /// Do not enter the facilitator's screen, or the walk
    #[arg(long)]
    no_walk: bool,
    /// Answer as JSON; never asks anything
    #[arg(long)]
    json: bool,
}

fn kinds() -> clap::builder::PossibleValuesParser {
    ExerciseKind::words().into()
}

#[derive(Debug, Serialize)]
struct Started {
    format: u32,
    incident: String,
    mode: Mode,
    exercise: Option<String>,
    r#type: &'static str,
    facilitator: String,
    solo: bool,
    checkpoint: Vec<String>,
}

pub(super) fn start(context: &mut Context, args: &StartArgs) -> Result<Exit, CliError> {
    let name = args.playbook.as_deref().unwrap_or_default();
    let pinned = context.pinned(context.playbook(name)?);
    let asks = context.world.console.input == Input::Terminal && !args.json && !args.no_walk;
    let definition = definition(context, args, &pinned.book, asks)?;
    let facilitator = facilitator(context, args, asks)?;
    let mut plan = plan(args, pinned, definition, &facilitator)?;
    if let Some(exercise) = plan.exercise.as_mut().filter(|_| asks && !args.solo) {
        // At the facilitator's screen the clock waits until the players sit.
        exercise.paused = exercise.speed.is_some();
    }
    let (session, receipt) = Session::begin(&context.world, &context.home, &plan)?;
    if !args.json {
        for note in context.other_kind_open(Mode::Exercise)? {
            context.tell(&format!("Note: {note}"))?;
        }
    }
    if asks {
        return enter(context, session, Some(facilitator.as_str()));
    }
    let answered = if args.json {
        let started = session.state().exercise().started();
        context.print_json(&Started {
            format: 1,
            incident: session.id().to_string(),
            mode: session.state().mode(),
            exercise: started.and_then(|s| s.exercise.as_ref()).map(ToString::to_string),
            r#type: started.map_or(ExerciseKind::Drill, |started| started.kind).word(),
            facilitator: facilitator.to_string(),
            solo: args.solo,
            checkpoint: receipt.checkpoint,
        })
    } else {
        introduce(context, &session)
    };
    let done = format!("{} is started and on record", session.id());
    answered.map_err(|error| error.only_unanswered(&done))?;
    Ok(Exit::Ok)
}

/// The facilitator's screen; alone, the walk.
pub(super) fn enter(
    context: &mut Context,
    session: Session,
    by: Option<&str>,
) -> Result<Exit, CliError> {
    // Nobody is taken for the facilitator unasked: whoever sits there says so.
    let person = context.seated(by, session.book(), session.state())?;
    if session.state().exercise().started().is_some_and(|started| started.solo) {
        return walk::go(context, session, person, None, Vec::new());
    }
    super::no_player(&session, &person)?;
    walk::facilitate(context, session, person)
}

/// The exercise that is run. Where there are several and nobody can be asked, one must be named.
fn definition(
    context: &mut Context,
    args: &StartArgs,
    book: &Playbook,
    asks: bool,
) -> Result<Option<Definition>, CliError> {
    match args.scenario.as_deref() {
        Some("none") => return Ok(None),
        Some(name) => return context.scenario(book, name).map(Some),
        None => {}
    }
    let all = context.scenarios(book);
    let name = match all.as_slice() {
        [] => return Ok(None),
        [only] => only.id.clone(),
        several if asks => match choose(context, several)? {
            Some(name) => name,
            None => return Err(CliError::refused("nothing was started")),
        },
        several => {
            let error = CliError::usage(format!("{} has {} exercises", book.id, several.len()));
            let error = several.iter().fold(error, |error, one| {
                error.hint(format!("--scenario {}: {}", one.id, one.title))
            });
            return Err(error.hint("--scenario none: without injects"));
        }
    };
    context.scenario(book, &name).map(Some)
}

fn choose(context: &mut Context, all: &[Scenario]) -> Result<Option<String>, CliError> {
    for (number, one) in all.iter().enumerate() {
        let line = format!("  {}  {} ({}): {}", number + 1, one.id, one.kind, safe(&one.title));
        context.tell(&line)?;
    }
    loop {
        match Prompt::new().ask("Which exercise? (number; Enter = start nothing)")? {
            Answer::Nothing | Answer::End => return Ok(None),
            Answer::Words(word) => {
                let index = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                let named = all.iter().find(|one| one.id == word);
                if let Some(one) = index.and_then(|index| all.get(index)).or(named) {
                    return Ok(Some(one.id.clone()));
                }
            }
        }
    }
}

fn facilitator(context: &Context, args: &StartArgs, asks: bool) -> Result<Person, CliError> {
    if asks && args.facilitator.is_none() && context.world.place.by.is_none() {
        let question = if args.solo { "Your name?" } else { "Who facilitates? Your name?" };
        return context.asked_name(question);
    }
    match args.facilitator.as_deref().or(context.world.place.typist()) {
        Some(name) => person("--facilitator", name),
        None => {
            Err(CliError::usage("nobody is named: say who facilitates with --facilitator NAME"))
        }
    }
}

fn plan(
    args: &StartArgs,
    pinned: Pinned,
    definition: Option<Definition>,
    facilitator: &Person,
) -> Result<Plan, CliError> {
    let exercise = definition.as_ref().map(|definition| &definition.exercise);
    let declared = args.declared || exercise.is_some_and(|exercise| exercise.declared);
    let book = &pinned.book;
    let mut assignments = assignments(book, &args.assign, None)?;
    // Whoever is alone leads, unless somebody else was named.
    if let Some(lead) = book.lead().filter(|_| args.solo)
        && assignments.iter().all(|assignment| assignment.role != lead.id)
    {
        let (role, person) = (lead.id.clone(), facilitator.clone());
        assignments.insert(0, Assignment { role, person, deputy: false, since: None });
    }
    let title = exercise.map(|exercise| Text::Plain(exercise.title.clone()));
    let exercise = exercise_plan(args, definition, book, facilitator);
    Ok(Plan {
        title,
        site: None,
        mode: Mode::Exercise,
        suspected: !declared,
        onset: None,
        detected: None,
        declared: None,
        assignments,
        actor: Actor { person: Some(facilitator.clone()), role: None },
        linked_from: None,
        exercise: Some(exercise),
        standing: false,
        pinned,
    })
}

fn exercise_plan(
    args: &StartArgs,
    definition: Option<Definition>,
    book: &Playbook,
    facilitator: &Person,
) -> ExercisePlan {
    let kind = args.kind.as_deref().and_then(ExerciseKind::from_word);
    let (exercise, text) = match definition {
        Some(Definition { exercise, text }) => (Some(exercise), text),
        None => (None, None),
    };
    let minutes = exercise.as_ref().and_then(|exercise| exercise.duration);
    let minutes = minutes.and_then(|length| u32::try_from(length.num_minutes()).ok());
    let scenario = exercise.as_ref().map(|exercise| exercise.scenario.clone());
    let started = ExerciseStarted {
        exercise: exercise.as_ref().map(|exercise| exercise.id.clone()),
        title: Text::Plain(exercise.as_ref().map_or(book.title.clone(), |e| e.title.clone())),
        kind: kind.or(exercise.as_ref().map(|e| e.kind)).unwrap_or(ExerciseKind::Drill),
        digest: text.as_ref().map(|text| sha256(text.as_bytes())),
        minutes,
        scenario: scenario.filter(|text| !text.is_empty()).map(Text::Plain),
        objectives: exercise.map(|exercise| exercise.objectives).unwrap_or_default(),
        facilitator: facilitator.clone(),
        solo: args.solo,
    };
    let speed = if args.step { None } else { args.speed.map_or(Some(Speed::REAL), |pace| pace.0) };
    ExercisePlan { started, definition: text, speed, paused: false, at: None }
}

/// What a facilitator types.
const FACILITATES: [(&str, &str); 5] = [
    ("injects", "what is due and what is to come; not for players"),
    ("deliver", "tell the players what is due"),
    ("jump", "let the clock jump to the next inject"),
    ("observe …", "note what you saw"),
    ("end", "end it"),
];

/// What to type next, for whoever works without the screens.
fn introduce(context: &mut Context, session: &Session) -> Result<(), CliError> {
    let Some(started) = session.state().exercise().started().cloned() else { return Ok(()) };
    let id = session.id();
    let only = first_exercises(&context.glances()?.open).count() < 2;
    let title = started.title.words().unwrap_or_default().to_owned();
    let mut lines = vec![format!(
        "Started {id}: {} ({}), facilitator {}.",
        safe(&title),
        started.kind,
        safe(started.facilitator.as_str())
    )];
    if let Some(scenario) = started.scenario.as_ref().and_then(Text::words) {
        lines.push("Read this to the players:".to_owned());
        let width = usize::from(context.world.console.width.clamp(60, 100)).saturating_sub(9);
        lines.extend(
            flow(scenario).iter().flat_map(|line| wrap(&safe(&format!("  {line}")), width)),
        );
    }
    lines.push("Next, for the facilitator:".to_owned());
    for (verb, what) in FACILITATES {
        lines.push(format!("  runbook drill {verb:<11} {what}"));
    }
    if !only {
        lines.push(format!("  each with --incident {id}: another exercise is open"));
    }
    lines.push("Players, in other terminals:".to_owned());
    lines.push(format!("  runbook walk {id} --by NAME"));
    context.say_in(Mode::Exercise, &lines.join("\n"))
}
