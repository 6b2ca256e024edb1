//! `trends`: how the incidents of a playbook went, one after the other, and how its exercises did.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook::PlaybookId;
use crate::report::{Report, Trend, trend_files};
use crate::session::Archive;
use crate::ui::series_text;
use crate::world::write_new_folder;

/// Compare incidents of one playbook: figures over time, steps planned, actual and last time
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook trends\n  runbook trends email-outage\n  runbook trends email-outage --csv trends\n\nLive incidents and exercises are never mixed. Ratings are judgements: they are shown, never added up."
)]
pub(in crate::cli) struct TrendsArgs {
    /// Which playbook [default: every one that was used]
    playbook: Option<String>,
    /// Write CSV files into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "json")]
    csv: Option<PathBuf>,
    /// Write over older files of these names
    #[arg(long, requires = "csv")]
    overwrite: bool,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Trends {
    format: u32,
    #[serde(rename = "trends")]
    books: Vec<Trend>,
    unreadable: Vec<String>,
}

pub(in crate::cli) fn trends(context: &mut Context, args: &TrendsArgs) -> Result<Exit, CliError> {
    let (mut all, unreadable) = read(context)?;
    if let Some(name) = &args.playbook {
        all.retain(|playbook, _| playbook.as_str() == name);
    }
    if all.is_empty() && !args.json {
        return Err(nothing(args.playbook.as_deref()));
    }
    let trends: Vec<Trend> =
        all.into_iter().map(|(playbook, reports)| Trend::of(playbook, &reports)).collect();
    for id in unreadable.iter().filter(|_| !args.json) {
        context.tell(&format!("{id} cannot be read and is left out: runbook verify {id}"))?;
    }
    if args.json {
        context.print_json(&Trends { format: 1, books: trends, unreadable })?;
    } else if let Some(folder) = &args.csv {
        let files = trend_files(&trends).map_err(std::io::Error::from)?;
        let place = context.world.place.cwd.join(folder);
        write_new_folder(&place, &files, args.overwrite)
            .map_err(|error| error.as_typed(&place, folder))?;
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        context.say(&format!("Wrote {} to {}", names.join(" "), folder.display()))?;
    } else {
        trends.iter().try_for_each(|trend| show(context, trend))?;
    }
    Ok(Exit::Ok)
}

fn nothing(playbook: Option<&str>) -> CliError {
    match playbook {
        Some(name) => CliError::refused(format!("there is no incident of the playbook \"{name}\""))
            .hint("runbook incidents lists what there is"),
        None => CliError::refused("there is no incident yet")
            .hint("runbook start email-outage starts one"),
    }
}

type ByPlaybook = BTreeMap<PlaybookId, Vec<Report>>;

/// The reports of all incidents by playbook, and those that cannot be read.
fn read(context: &Context) -> Result<(ByPlaybook, Vec<String>), CliError> {
    let mut all = ByPlaybook::new();
    let mut unreadable = Vec::new();
    for (id, _) in context.home.list()? {
        match Archive::read(&context.world, &context.home, &id) {
            // The log of quiet times is no incident.
            Ok(archive) if archive.state.is_standing() => {}
            Ok(archive) => {
                let until = archive.state.last().unwrap_or_default();
                let report = context.story(&archive, until, Report::of);
                all.entry(archive.book.id.clone()).or_default().push(report);
            }
            Err(_) => unreadable.push(id.to_string()),
        }
    }
    Ok((all, unreadable))
}

/// Live incidents first; every line of the exercises says so.
fn show(context: &mut Context, trend: &Trend) -> Result<(), CliError> {
    let width = context.world.console.width;
    let both = [(&trend.live, width), (&trend.exercises, width.saturating_sub(9))];
    let mut first = true;
    for (series, width) in both.into_iter().filter(|(series, _)| !series.runs.is_empty()) {
        if !std::mem::take(&mut first) {
            context.say("")?;
        }
        context.say_in(series.mode, &series_text(&trend.playbook, series, width))?;
    }
    Ok(())
}
