//! `export`: the CSV files.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::Mode;
use crate::report::{Report, csv_files};
use crate::world::write_new_folder;

/// Write the log and everything computed from it as CSV files into a folder
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook export after-action\n  runbook export after-action-2 latest"
)]
pub(in crate::cli) struct ExportArgs {
    /// The folder; it must not hold an older export
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Which incident [default: the open one, else the last]
    incident: Option<String>,
    /// Write over an older export of these files
    #[arg(long)]
    overwrite: bool,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Exported {
    format: u32,
    incident: String,
    mode: Mode,
    folder: String,
    files: Vec<&'static str>,
}

pub(in crate::cli) fn export(context: &mut Context, args: &ExportArgs) -> Result<Exit, CliError> {
    let archive = context.archive(args.incident.as_deref())?;
    let until = archive.state.last().unwrap_or_default();
    let report = context.story(&archive, until, Report::of);
    let files = csv_files(&report).map_err(std::io::Error::from)?;
    let folder = context.world.place.cwd.join(&args.folder);
    write_new_folder(&folder, &files, args.overwrite)
        .map_err(|error| error.as_typed(&folder, &args.folder))?;
    let names: Vec<&'static str> = files.iter().map(|(name, _)| *name).collect();
    let shown = args.folder.display().to_string();
    let mode = archive.state.mode();
    if args.json {
        let incident = archive.id.to_string();
        context.print_json(&Exported { format: 1, incident, mode, folder: shown, files: names })?;
    } else {
        let head = format!("Wrote {} files of {} to {shown}:", names.len(), archive.id);
        context.say_in(mode, &format!("{head}\n  {}", names.join(" ")))?;
        context.tell(
            "A patient token with a reason code is still health information: handle the files so.",
        )?;
    }
    Ok(if archive.reading.problems.is_empty() { Exit::Ok } else { Exit::Integrity })
}
