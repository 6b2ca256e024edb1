//! `log`: what happened, record by record.

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::Mode;
use crate::report::{Entry, timeline};
use crate::ui::log_text;

/// Print the log: every record in order, with both times, corrections beside what they correct
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  runbook log\n  runbook log latest --json")]
pub(in crate::cli) struct LogArgs {
    /// Which incident [default: the open one, else the last]
    incident: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Log {
    format: u32,
    incident: String,
    mode: Mode,
    integrity_problems: Vec<String>,
    entries: Vec<Entry>,
}

pub(in crate::cli) fn log(context: &mut Context, args: &LogArgs) -> Result<Exit, CliError> {
    let archive = context.archive(args.incident.as_deref())?;
    let now = context.world.clock.now();
    let entries = context.story(&archive, now, timeline);
    if args.json {
        context.print_json(&Log {
            format: 1,
            incident: archive.id.to_string(),
            mode: archive.state.mode(),
            integrity_problems: archive.problems(),
            entries,
        })?;
    } else {
        context.say(&log_text(&entries, archive.state.mode()))?;
    }
    context.tell_problems(&archive.problems())?;
    Ok(Exit::Ok)
}
