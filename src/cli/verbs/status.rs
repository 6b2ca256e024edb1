//! `status`: what is due now, and by whom.

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::{Mode, find_role};
use crate::report::{InjectLine, Status};
use crate::session::{Archive, SessionError};
use crate::ui::status_text;

/// Show where an incident stands: what is overdue, what is due next, who holds which role
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook status\n  runbook status --role it-lead\n  runbook status --check || page-the-deputy"
)]
pub(in crate::cli) struct StatusArgs {
    /// Which incident [default: the open one]
    incident: Option<String>,
    /// Only this role's steps
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Exit with 8 if something is overdue
    #[arg(long)]
    check: bool,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Answer {
    #[serde(flatten)]
    status: Status,
    integrity_problems: Vec<String>,
}

pub(in crate::cli) fn status(context: &mut Context, args: &StatusArgs) -> Result<Exit, CliError> {
    let archive = context.archive(args.incident.as_deref())?;
    let now = archive.state.now(&context.world.clock.read());
    let mut status = context.story(&archive, now, Status::of);
    if let Some(word) = &args.role {
        let role = find_role(&archive.book, word)?;
        status.steps.retain(|step| step.role == role.id);
    }
    let mut problems = archive.problems();
    if let Some(exercise) = &mut status.exercise {
        match told_before(context, &archive) {
            Ok(before) => drop(exercise.injects.splice(0..0, before)),
            Err(error) => problems.push(format!("what players were told before: {error}")),
        }
    }
    let overdue = status.steps.iter().any(|step| step.overdue);
    if args.json {
        context.print_json(&Answer { status, integrity_problems: problems })?;
    } else {
        let width = context.world.console.width;
        let mode = archive.state.mode();
        let room = if mode == Mode::Exercise { width.saturating_sub(9) } else { width };
        context.say_in(mode, &status_text(&status, &archive.book, now, room))?;
        context.tell_problems(&problems)?;
    }
    Ok(if args.check && overdue { Exit::Overdue } else { Exit::Ok })
}

/// What the players were told in the exercise that this one grew out of: its list is the whole exercise's.
fn told_before(context: &Context, archive: &Archive) -> Result<Vec<InjectLine>, SessionError> {
    let Some(first) = context.home.first(&archive.id)? else { return Ok(Vec::new()) };
    let first = Archive::read(&context.world, &context.home, &first)?;
    let now = first.state.now(&context.world.clock.read());
    let exercise = context.story(&first, now, Status::of).exercise;
    Ok(exercise.map(|exercise| exercise.injects).unwrap_or_default())
}
