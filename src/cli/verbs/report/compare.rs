//! `report --compare`: one incident beside another one of its playbook.

use super::{Form, ReportArgs, put};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::{Ending, Mode, Timestamp};
use crate::journal::Glance;
use crate::report::{Comparison, NotComparable, Report, comparison_csv, pretty};
use crate::session::Archive;
use crate::ui::comparison_text;

/// The word for the newest exercise that is over and was not broken off.
const LAST: &str = "last";

pub(super) fn compare(
    context: &mut Context,
    args: &ReportArgs,
    form: Form,
    with: &str,
) -> Result<Exit, CliError> {
    let archive = context.archive(args.incident.as_deref())?;
    let other = match with {
        LAST => last(context, &archive)?,
        named => context.archive(Some(named))?,
    };
    let comparison = Comparison::of(&whole(context, &archive), &whole(context, &other))
        .map_err(|error| unlike(&error))?;
    let bytes = match form {
        Form::Text => comparison_text(&comparison, context.world.console.width).into_bytes(),
        Form::Json => {
            format!("{}\n", pretty(&comparison).map_err(std::io::Error::from)?).into_bytes()
        }
        Form::Csv => comparison_csv(&comparison).map_err(std::io::Error::from)?,
        Form::Markdown | Form::AarMarkdown | Form::AarHtml | Form::AarCsv => {
            return Err(CliError::usage("a comparison is printed as text, json or csv")
                .hint("runbook report --compare last --format csv -o comparison.csv"));
        }
    };
    let mode = if comparison.has_exercise() { Mode::Exercise } else { Mode::Live };
    put(context, mode, &bytes, args.output.as_ref())?;
    Ok(if comparison.in_doubt() { Exit::Integrity } else { Exit::Ok })
}

/// Counted up to its last record, as every report.
fn whole(context: &Context, archive: &Archive) -> Report {
    let until = archive.state.last().unwrap_or_default();
    context.story(archive, until, Report::of)
}

fn unlike(error: &NotComparable) -> CliError {
    let hint = match error {
        NotComparable::Itself(_) => {
            "--compare last takes the last exercise before it, or name another one"
        }
        NotComparable::Playbooks { .. } => {
            "only incidents and exercises of one playbook are compared"
        }
    };
    CliError::refused(error.to_string()).hint(hint).hint("runbook incidents lists what there is")
}

/// The last exercise of the same playbook that was over before this one began, by real time. One that
/// was broken off, or came to nothing, is passed over.
fn last(context: &mut Context, archive: &Archive) -> Result<Archive, CliError> {
    for glance in before(context, archive)? {
        match Archive::read(&context.world, &context.home, &glance.id) {
            Ok(other) if is_whole(&other) => return Ok(other),
            Ok(_) => {}
            Err(_) => context.tell(&format!(
                "{id} cannot be read and is left out: runbook verify {id}",
                id = glance.id
            ))?,
        }
    }
    let playbook = &archive.book.id;
    Err(CliError::refused(format!(
        "no exercise of the playbook \"{playbook}\" was held before this one"
    ))
    .hint(format!("runbook drill {playbook} --solo holds one"))
    .hint(
        "--compare ID takes any other of its incidents and exercises: runbook incidents lists them",
    ))
}

/// Exercises of this playbook that have ended, the newest first.
fn before(context: &Context, archive: &Archive) -> Result<Vec<Glance>, CliError> {
    let began = began(archive);
    let fits = |glance: &Glance| {
        let opened = glance.opened.as_ref();
        let earlier = opened.is_some_and(|(at, of)| {
            began.is_none_or(|began| *at < began) && of.playbook == archive.book.id
        });
        earlier && glance.ended && glance.shelf == Mode::Exercise && glance.id != archive.id
    };
    let mut all: Vec<Glance> = Vec::new();
    for (id, mode) in context.home.list()? {
        if mode == Mode::Exercise {
            // What not even a glance reads has no place in time.
            all.extend(context.home.glance(&id).ok().filter(&fits));
        }
    }
    all.sort_by_key(|glance| std::cmp::Reverse(glance.opened.as_ref().map(|(at, _)| *at)));
    Ok(all)
}

/// By the real clock: an exercise has a time of its own, and a live incident may have been typed in later.
fn began(archive: &Archive) -> Option<Timestamp> {
    let state = &archive.state;
    let moment = state.opened_moment()?;
    Some(match state.mode() {
        Mode::Live => state.time_of(moment),
        Mode::Exercise => moment.recorded + state.behind_reality(moment),
    })
}

/// It was played to its end: not broken off by something real, not called off as nothing.
fn is_whole(archive: &Archive) -> bool {
    let state = &archive.state;
    matches!(state.ending(), Some(Ending::Closed { .. }))
        && state.exercise().interrupted().is_none()
}
