//! `list`: the playbooks that can be started.

use clap::Args;
use serde::Serialize;

use crate::cli::books::usable;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook::{BUILT_IN, Candidate, Playbook, Shelf};
use crate::ui::{safe, table};

/// List the playbooks that can be started
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook list")]
pub(in crate::cli) struct ListArgs {
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    title: Option<String>,
    version: Option<String>,
    review_by: Option<String>,
    summary: Option<String>,
    origin: String,
    usable: bool,
}

#[derive(Debug, Serialize)]
struct Listing {
    format: u32,
    playbooks: Vec<Listed>,
}

impl Listed {
    fn of(found: &Candidate, book: Option<&Playbook>) -> Self {
        Self {
            id: found.id.clone(),
            title: book.map(|book| book.title.clone()),
            version: book.map(|book| book.version.clone()),
            review_by: book.and_then(|book| book.review_by).map(|day| day.to_string()),
            summary: book.map(|book| book.summary.clone()),
            origin: found.origin.clone(),
            usable: book.is_some(),
        }
    }
}

pub(in crate::cli) fn list(context: &mut Context, args: &ListArgs) -> Result<Exit, CliError> {
    let mut playbooks = Vec::new();
    let found = context.found();
    for (_, error) in &found {
        if let Some(error) = error {
            context.tell(&format!("note: {}", safe(&error.to_string())))?;
        }
    }
    let shelf = Shelf::new(found.into_iter().map(|(candidate, _)| candidate).collect());
    let sets = context.all_sets();
    for found in shelf.iter() {
        let book = usable(found, &sets);
        playbooks.push(Listed::of(found, book.as_ref()));
    }
    if args.json {
        context.print_json(&Listing { format: 1, playbooks })?;
        return Ok(Exit::Ok);
    }
    let rows: Vec<Vec<String>> = playbooks.into_iter().map(row).collect();
    let header = ["playbook", "title", "version", "review by", "from"];
    let shown = table(context.world.console.width, &header, &rows);
    context.say(&shown)?;
    Ok(Exit::Ok)
}

fn row(book: Listed) -> Vec<String> {
    // What is built in can only be spoilt by a step set of the site, and has no path to lint.
    let why = if book.origin == BUILT_IN { "show" } else { "lint" };
    let title = book.title.unwrap_or_else(|| format!("unusable: runbook {why} says why"));
    let version = book.version.unwrap_or_default();
    // A file is named after its playbook, so the folder says where it comes from.
    let file = ["yaml", "yml"].map(|ending| format!("{}.{ending}", book.id));
    let folder = file.iter().find_map(|file| book.origin.strip_suffix(file.as_str()));
    let from = folder.unwrap_or(&book.origin).to_owned();
    vec![book.id, title, version, book.review_by.unwrap_or_default(), from]
}
