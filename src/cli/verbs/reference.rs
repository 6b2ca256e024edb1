//! `reference`: what people look up, on the screen.

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook::reading::closest;
use crate::reference::{Reference, Sheet, Source};
use crate::ui::{reference_lines, safe, table};

/// Look up channels, tools, service levels, legal clocks, state rules, wordings and documents
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                        runbook reference\n  \
                        runbook reference rules\n  \
                        runbook reference states --json\n\n\
                        Your own copy in ./playbooks/reference or <home>/playbooks/reference is used in\n\
                        place of the one in the program. Nothing in it is legal advice.")]
pub(in crate::cli) struct ReferenceArgs {
    /// Which file; without it, all are listed
    name: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Listing<'a> {
    format: u32,
    files: Vec<Listed<'a>>,
}

#[derive(Debug, Serialize)]
struct Listed<'a> {
    name: &'a str,
    title: &'a str,
    entries: usize,
    oldest_check: Option<String>,
    origin: &'a str,
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    format: u32,
    name: &'a str,
    origin: &'a str,
    #[serde(flatten)]
    sheet: &'a Sheet,
}

pub(in crate::cli) fn reference(
    context: &mut Context,
    args: &ReferenceArgs,
) -> Result<Exit, CliError> {
    let reference = context.reference()?;
    match &args.name {
        None => list(context, &reference, args.json)?,
        Some(name) => {
            let file = reference.file(name).ok_or_else(|| unknown(&reference, name))?;
            show(context, file, args.json)?;
        }
    }
    Ok(Exit::Ok)
}

fn list(context: &mut Context, reference: &Reference, json: bool) -> Result<(), CliError> {
    let files: Vec<Listed<'_>> = reference.files.iter().map(listed).collect();
    if json {
        return context.print_json(&Listing { format: 1, files });
    }
    let row = |file: &Listed<'_>| {
        let entries = file.entries.to_string();
        let oldest = file.oldest_check.clone().unwrap_or_default();
        vec![file.name.to_owned(), file.title.to_owned(), entries, oldest, file.origin.to_owned()]
    };
    let rows: Vec<Vec<String>> = files.iter().map(row).collect();
    let header = ["name", "title", "entries", "checked", "from"];
    let shown = table(context.world.console.width, &header, &rows);
    context.say(&shown)
}

fn listed(source: &Source) -> Listed<'_> {
    Listed {
        name: &source.name,
        title: &source.sheet.title,
        entries: source.sheet.len(),
        oldest_check: source.sheet.oldest().map(|day| day.to_string()),
        origin: &source.origin,
    }
}

fn show(context: &mut Context, source: &Source, json: bool) -> Result<(), CliError> {
    let Source { name, origin, sheet } = source;
    if json {
        return context.print_json(&Shown { format: 1, name, origin, sheet });
    }
    context.say(&format!("{} ({}, {})", safe(&sheet.title), safe(name), safe(origin)))?;
    let width = usize::from(context.world.console.width.clamp(40, 200));
    context.say(&reference_lines(sheet, width).join("\n"))
}

fn unknown(reference: &Reference, name: &str) -> CliError {
    let names: Vec<&str> = reference.files.iter().map(|file| file.name.as_str()).collect();
    let error = CliError::usage(format!("there is no reference file \"{name}\""));
    let near = did_you_mean(name, &names);
    near.into_iter().fold(error, CliError::hint).hint(format!("the files are {}", names.join(", ")))
}

/// The name that was most likely meant.
pub(super) fn did_you_mean(word: &str, names: &[&str]) -> Option<String> {
    /// How many names a suggestion may look at.
    const MAX_NAMES: usize = 10_000;
    closest(word, names.iter().copied(), &mut { MAX_NAMES })
        .map(|near| format!("did you mean \"{near}\"?"))
}
