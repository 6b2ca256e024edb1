//! `report`: the after-action report.

use clap::{Args, ValueEnum};

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::report::{self, Report};

/// Print the after-action report, straight from the log
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook report\n  runbook report latest --format markdown > report.md"
)]
pub(in crate::cli) struct ReportArgs {
    /// Which incident [default: the open one, else the last]
    incident: Option<String>,
    /// In which form
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Markdown,
    Json,
}

pub(in crate::cli) fn report(context: &mut Context, args: &ReportArgs) -> Result<Exit, CliError> {
    let archive = context.archive(args.incident.as_deref())?;
    // A report counts up to the last record, so that the same log always gives the same report.
    let until = archive.state.last().unwrap_or_default();
    let report = context.story(&archive, until, Report::of);
    match if args.json { Form::Json } else { args.format } {
        Form::Json => context.say(&report::json(&report).map_err(std::io::Error::from)?)?,
        Form::Markdown => context.say(report::markdown(&report).trim_end())?,
        Form::Text => context.say(report::text(&report).trim_end())?,
    }
    Ok(if archive.reading.problems.is_empty() { Exit::Ok } else { Exit::Integrity })
}
