//! `incidents`: every incident of this home folder.

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::Mode;
use crate::journal::Glance;
use crate::ui::{day_and_time, table};

/// List all incidents, then all exercises, the newest last
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook incidents")]
pub(in crate::cli) struct IncidentsArgs {
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Listing {
    format: u32,
    incidents: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    incident: String,
    mode: Mode,
    readable: bool,
    misplaced: bool,
    title: Option<String>,
    playbook: Option<String>,
    opened_at: Option<String>,
    ended: bool,
}

pub(in crate::cli) fn incidents(
    context: &mut Context,
    args: &IncidentsArgs,
) -> Result<Exit, CliError> {
    let mut glances = Vec::new();
    for (id, shelf) in context.home.list()? {
        let glance = context.home.glance(&id);
        let readable = glance.is_ok();
        let glance = glance.unwrap_or(Glance { id, shelf, opened: None, ended: false });
        glances.push((glance, readable));
    }
    glances.sort_by_key(|(glance, _)| glance.opened.as_ref().map(|(at, _)| *at));
    if args.json {
        let incidents = glances.iter().map(|(glance, readable)| line(context, glance, *readable));
        let incidents = incidents.collect();
        context.print_json(&Listing { format: 1, incidents })?;
        return Ok(Exit::Ok);
    }
    if glances.is_empty() {
        context.say("There is no incident yet. runbook start email-outage starts one.")?;
        return Ok(Exit::Ok);
    }
    for mode in [Mode::Live, Mode::Exercise] {
        let of_mode = glances.iter().filter(|(glance, _)| mode_of(glance) == mode);
        let rows: Vec<Vec<String>> =
            of_mode.map(|(glance, readable)| row(context, glance, *readable)).collect();
        if rows.is_empty() {
            continue;
        }
        // A cell may take several lines, and each of them says so.
        let stamp = if mode == Mode::Exercise { "EXERCISE ".len() } else { 0 };
        let width = context.world.console.width.saturating_sub(u16::try_from(stamp).unwrap_or(0));
        let header = ["incident", "state", "mode", "opened", "title"];
        context.say_in(mode, &table(width, &header, &rows))?;
    }
    Ok(Exit::Ok)
}

/// What folder, name and log say of it.
fn modes(glance: &Glance) -> [Mode; 3] {
    let opened = glance.opened.as_ref().map_or(glance.shelf, |(_, opened)| opened.mode);
    [glance.shelf, glance.id.mode(), opened]
}

/// Where any of them says that it was practice, it is not shown as real.
fn mode_of(glance: &Glance) -> Mode {
    if modes(glance).contains(&Mode::Exercise) { Mode::Exercise } else { Mode::Live }
}

fn misplaced(glance: &Glance) -> bool {
    modes(glance).iter().any(|mode| *mode != glance.shelf)
}

fn line(context: &Context, glance: &Glance, readable: bool) -> Line {
    let opened = glance.opened.as_ref();
    Line {
        incident: glance.id.to_string(),
        mode: mode_of(glance),
        misplaced: misplaced(glance),
        readable,
        title: opened.and_then(|(_, opened)| opened.title.words()).map(str::to_owned),
        playbook: opened.map(|(_, opened)| opened.playbook.to_string()),
        opened_at: opened.map(|(at, _)| context.iso(*at)),
        ended: glance.ended,
    }
}

fn row(context: &Context, glance: &Glance, readable: bool) -> Vec<String> {
    let zone = context.world.zone;
    let opened = glance.opened.as_ref();
    let at = opened.map(|(at, _)| day_and_time(*at, zone.offset_at(*at)));
    let title = opened.and_then(|(_, opened)| opened.title.words()).unwrap_or("");
    let state = match (readable, misplaced(glance), glance.ended) {
        (false, _, _) => "unreadable",
        (true, true, _) => "WRONG FOLDER",
        (true, false, true) => "ended",
        (true, false, false) => "open",
    };
    let mode = if mode_of(glance) == Mode::Exercise { "EXERCISE" } else { "live" };
    let mut row = vec![glance.id.to_string(), state.to_owned(), mode.to_owned()];
    row.extend([at.unwrap_or_default(), title.to_owned()]);
    row
}
