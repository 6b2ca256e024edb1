//! `report`: the after-action report.

mod compare;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::Mode;
use crate::report::{self, Outline, Report};
use crate::session::Archive;
use crate::world::{FileError, write_new_file};

/// Print the after-action report, straight from the log
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook report\n  runbook report latest --format markdown > report.md\n  runbook report latest-exercise --format aar-html -o aar.html\n  runbook report latest --format aar-markdown --outline cms\n  runbook report latest --format aar-csv -o improvement-plan.csv\n  runbook report latest-exercise --compare last\n\ntext, markdown and json hold everything in the log. The aar forms are the after-action report with its\nimprovement plan (AAR/IP): what people found, rated and planned (runbook hotwash, runbook drill evaluate,\nrunbook actions); aar-csv is the improvement plan alone."
)]
pub(in crate::cli) struct ReportArgs {
    /// Which incident [default: the open one, else the last]
    incident: Option<String>,
    /// In which form
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// The outline of an AAR/IP: that of HSEEP, or that of CMS
    #[arg(long, value_enum, value_name = "NAME")]
    outline: Option<Order>,
    /// Print it beside another one of its playbook, step by step: an id, or "last", the last finished
    /// exercise before it
    #[arg(long, value_name = "ID", conflicts_with = "outline")]
    compare: Option<String>,
    /// Write it to this new file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Markdown,
    Json,
    /// Of a comparison only
    Csv,
    AarMarkdown,
    AarHtml,
    AarCsv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    Hseep,
    Cms,
}

impl Form {
    const fn is_aar(self) -> bool {
        matches!(self, Self::AarMarkdown | Self::AarHtml | Self::AarCsv)
    }
}

pub(in crate::cli) fn report(context: &mut Context, args: &ReportArgs) -> Result<Exit, CliError> {
    let form = if args.json { Form::Json } else { args.format };
    if args.outline.is_some() && !matches!(form, Form::AarMarkdown | Form::AarHtml) {
        return Err(CliError::usage("--outline belongs to --format aar-markdown or aar-html"));
    }
    if let Some(with) = &args.compare {
        return compare::compare(context, args, form, with);
    }
    let archive = context.archive(args.incident.as_deref())?;
    if form.is_aar() {
        is_over(&archive)?;
    }
    // A report counts up to the last record, so that the same log always gives the same report.
    let until = archive.state.last().unwrap_or_default();
    let report = context.story(&archive, until, Report::of);
    let bytes = rendered(&report, form, args.outline)?;
    put(context, archive.state.mode(), &bytes, args.output.as_ref())?;
    Ok(if archive.reading.problems.is_empty() { Exit::Ok } else { Exit::Integrity })
}

/// Players read what everybody prints: what evaluators think of them comes when it is over.
fn is_over(archive: &Archive) -> Result<(), CliError> {
    if archive.state.mode() == Mode::Live || archive.state.ending().is_some() {
        return Ok(());
    }
    Err(CliError::refused("the exercise still runs: its after-action report comes when it is over")
        .hint("runbook drill end ends it; runbook report prints what the log holds so far"))
}

fn rendered(report: &Report, form: Form, outline: Option<Order>) -> Result<Vec<u8>, CliError> {
    let outline = match outline {
        Some(Order::Cms) => Outline::Cms,
        Some(Order::Hseep) | None => Outline::Hseep,
    };
    Ok(match form {
        Form::Text => report::text(report).into_bytes(),
        Form::Markdown => report::markdown(report).into_bytes(),
        Form::Json => report::json(report).map_err(std::io::Error::from)?.into_bytes(),
        Form::AarMarkdown => report::aar_markdown(report, outline).into_bytes(),
        Form::AarHtml => report::aar_html(report, outline).into_bytes(),
        Form::AarCsv => report::aar_csv(report).map_err(std::io::Error::from)?,
        Form::Csv => {
            return Err(CliError::usage("--format csv belongs to --compare")
                .hint("runbook export DIR writes the CSV files of an incident"));
        }
    })
}

/// Onto the screen, or into a file that was not there.
pub(in crate::cli) fn put(
    context: &mut Context,
    mode: Mode,
    bytes: &[u8],
    file: Option<&PathBuf>,
) -> Result<(), CliError> {
    let Some(file) = file else { return context.print_bytes(bytes) };
    let path = context.world.place.cwd.join(file);
    write_new_file(&path, bytes).map_err(|error| taken(error.as_typed(&path, file)))?;
    context.say_in(mode, &format!("Wrote {}", file.display()))
}

fn taken(error: FileError) -> CliError {
    match error {
        FileError::AlreadyThere { path } => CliError::refused(format!("{path} is there already"))
            .hint("nothing is written over: choose another name"),
        other => other.into(),
    }
}
