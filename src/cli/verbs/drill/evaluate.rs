//! `drill evaluate`: how the objectives were met, by the judgement of an evaluator.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::day::typed_day;
use crate::cli::error::{CliError, Exit};
use crate::cli::verbs::hotwash::farewell;
use crate::cli::verbs::report::put;
use crate::engine::{ExerciseRefusal, Mode, Refusal};
use crate::journal::IncidentId;
use crate::report::{Filled, Report, eeg_html, eeg_text};
use crate::session::Session;
use crate::ui::welcome_back;
use crate::walk::{Reviewer, evaluate as walk_over};
use crate::world::{Input, leave_on_signal};

/// Judge the objectives, one by one, beside the evidence in the log; or print the evaluation guide
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook drill evaluate\n  runbook drill evaluate latest-exercise --by \"Eva Lund\"\n  runbook drill evaluate --eeg text\n  runbook drill evaluate --eeg html --blank -o eeg.html\n\nThe log proposes evidence; the rating is yours, and there is none to begin with. Players do not rate.\nIt goes on at the first objective that nobody rated. Without a terminal: runbook drill rate."
)]
pub(super) struct EvaluateArgs {
    /// Which exercise [default: the open one, else the last]
    incident: Option<String>,
    /// Who evaluates [default: `$RUNBOOK_BY`, else you are asked]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Print the exercise evaluation guide (EEG) instead
    #[arg(long, value_enum, value_name = "FORM")]
    eeg: Option<Form>,
    /// The guide without what was recorded, to be filled in by hand
    #[arg(long, requires = "eeg")]
    blank: bool,
    /// Write the guide to this new file
    #[arg(short, long, value_name = "FILE", requires = "eeg")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Html,
}

pub(super) fn evaluate(context: &mut Context, args: &EvaluateArgs) -> Result<Exit, CliError> {
    let id = chosen(context, args.incident.as_deref())?;
    // What an exercise should show lies with the first of its playbooks.
    let id = context.home.first(&id)?.filter(|_| id.mode() == Mode::Exercise).unwrap_or(id);
    if id.mode() == Mode::Live {
        let refusal: Refusal = ExerciseRefusal::NoExercise.into();
        return Err(CliError::from(refusal).hint(format!("runbook hotwash {id}")));
    }
    match args.eeg {
        Some(form) => guide(context, args, form, &id),
        None => talk(context, args, &id),
    }
}

/// A named one, else the only open exercise, else the last.
fn chosen(context: &mut Context, word: Option<&str>) -> Result<IncidentId, CliError> {
    if word.is_some() || !context.open_exercises()?.is_empty() {
        return super::chosen(context, word);
    }
    if context.home.list()?.iter().all(|(_, mode)| *mode == Mode::Live) {
        return Err(CliError::refused("there is no exercise yet").hint(
            "runbook drill email-outage starts one; runbook drill list shows all scenarios",
        ));
    }
    context.choose_any(Some("latest-exercise"))
}

fn guide(
    context: &mut Context,
    args: &EvaluateArgs,
    form: Form,
    id: &IncidentId,
) -> Result<Exit, CliError> {
    let archive = context.archive(Some(id.as_str()))?;
    if archive.state.ending().is_none() {
        // The critical tasks say what players should come to by themselves.
        let acting = Acting { by: args.by.clone(), ..Acting::default() };
        archive.no_player(&context.home, Some(&acting.person(context)?))?;
    }
    let until = archive.state.last().unwrap_or_default();
    let report = context.story(&archive, until, Report::for_evaluator);
    let filled = if args.blank { Filled::Blank } else { Filled::AsRecorded };
    let page = match form {
        Form::Text => eeg_text(&report, filled),
        Form::Html => eeg_html(&report, filled),
    };
    put(context, Mode::Exercise, page.as_bytes(), args.output.as_ref())?;
    Ok(Exit::Ok)
}

fn talk(context: &mut Context, args: &EvaluateArgs, id: &IncidentId) -> Result<Exit, CliError> {
    if context.world.console.input == Input::Other {
        return Err(CliError::new(
            Exit::NeedsTerminal,
            "the evaluation asks questions and needs a terminal",
        )
        .hint("without one: runbook drill rate OBJECTIVE P|S|M|U --why TEXT")
        .hint(
            "the guide to fill in by hand: runbook drill evaluate --eeg html --blank -o eeg.html",
        ));
    }
    let mut session = Session::resume(&context.world, &context.home, id)?;
    let person = context.seated(args.by.as_deref(), session.book(), session.state())?;
    let home = context.home.clone();
    leave_on_signal(farewell("runbook drill evaluate", id.as_str()), welcome_back)?;
    let reviewer = Reviewer { home: &home, person, day: typed_day };
    walk_over(&mut context.world, &mut session, reviewer)?;
    Ok(Exit::Ok)
}
