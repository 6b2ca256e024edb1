//! `drill list`: the exercises that can be run.

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::exercises::Scenario;
use crate::ui::table;

/// List the exercises of a playbook, or of all
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook drill list email-outage")]
pub(super) struct ListArgs {
    /// The playbook: its name, or the path of a file
    playbook: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Listing {
    format: u32,
    exercises: Vec<Listed>,
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    title: String,
    r#type: &'static str,
    playbook: String,
    origin: String,
    usable: bool,
}

pub(super) fn list(context: &mut Context, args: &ListArgs) -> Result<Exit, CliError> {
    let books = match &args.playbook {
        Some(name) => vec![context.playbook(name)?.playbook],
        None => context.books(),
    };
    let mut exercises = Vec::new();
    for book in &books {
        for Scenario { id, title, kind, playbook, origin } in context.scenarios(book) {
            let usable = context.scenario(book, &id).is_ok();
            let (playbook, kind) = (playbook.to_string(), kind.word());
            exercises.push(Listed { id, title, r#type: kind, playbook, origin, usable });
        }
    }
    if args.json {
        context.print_json(&Listing { format: 1, exercises })?;
        return Ok(Exit::Ok);
    }
    if exercises.is_empty() {
        context.say("There is no exercise yet. playbooks/README.md says how to write one.")?;
        return Ok(Exit::Ok);
    }
    let rows: Vec<Vec<String>> = exercises.into_iter().map(row).collect();
    let header = ["exercise", "playbook", "type", "title"];
    let shown = table(context.world.console.width, &header, &rows);
    context.say(&shown)?;
    context.say("\nOne of them: runbook drill PLAYBOOK --scenario EXERCISE")?;
    Ok(Exit::Ok)
}

fn row(one: Listed) -> Vec<String> {
    let title =
        if one.usable { one.title } else { "unusable: runbook drill lint says why".to_owned() };
    vec![one.id, one.playbook, one.r#type.to_owned(), title]
}
