//! `incidents`: every incident of this home folder.

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::Mode;
use crate::journal::Glance;
use crate::ui::{day_and_time, table};

/// List all incidents and exercises, the newest last
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
    for (id, _) in context.home.list()? {
        glances.push(context.home.glance(&id)?);
    }
    glances.sort_by_key(|glance| glance.opened.as_ref().map(|(at, _)| *at));
    if args.json {
        let incidents = glances.iter().map(|glance| Line::of(context, glance)).collect();
        context.print_json(&Listing { format: 1, incidents })?;
        return Ok(Exit::Ok);
    }
    if glances.is_empty() {
        context.say("There is no incident yet. runbook start email-outage starts one.")?;
        return Ok(Exit::Ok);
    }
    let rows: Vec<Vec<String>> = glances.iter().map(|glance| row(context, glance)).collect();
    let header = ["incident", "state", "mode", "opened", "title"];
    let shown = table(context.world.console.width, &header, &rows);
    context.say(&shown)?;
    Ok(Exit::Ok)
}

impl Line {
    fn of(context: &Context, glance: &Glance) -> Self {
        let opened = glance.opened.as_ref();
        Self {
            incident: glance.id.to_string(),
            mode: glance.shelf,
            title: opened.and_then(|(_, opened)| opened.title.words()).map(str::to_owned),
            playbook: opened.map(|(_, opened)| opened.playbook.to_string()),
            opened_at: opened.map(|(at, _)| context.iso(*at)),
            ended: glance.ended,
        }
    }
}

fn row(context: &Context, glance: &Glance) -> Vec<String> {
    let opened = glance.opened.as_ref();
    let at = opened.map(|(at, _)| day_and_time(*at, context.world.zone.offset_at(*at)));
    let title = opened.and_then(|(_, opened)| opened.title.words()).unwrap_or("");
    let state = if glance.ended { "ended" } else { "open" };
    let mode = if glance.shelf == Mode::Exercise { "EXERCISE" } else { "live" };
    let mut row = vec![glance.id.to_string(), state.to_owned(), mode.to_owned()];
    row.extend([at.unwrap_or_default(), title.to_owned()]);
    row
}
