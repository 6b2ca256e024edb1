//! `new`: a playbook or a step set to begin with, never over an existing file.

mod set;

use std::path::{Path, PathBuf};

use chrono::Months;
use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook::{PlaybookId, RenameError, STARTER, proposed_id, renamed};
use crate::ui::safe;
use crate::world::write_new_file;

/// How long the words of a new playbook count as fresh, in months.
const FRESH: Months = Months::new(12);

/// Write a playbook to begin with: a small complete one with comments, or a copy of another
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                        runbook new portal-down\n  \
                        runbook new portal-down --from email-outage\n  \
                        runbook new email-outage --from email-outage\n  \
                        runbook new command --set\n\n\
                        The third makes the site's own copy of a built-in playbook, the last one of a built-in step set:\n\
                        it is used in its place. A copy of a playbook holds every shared step itself.\n\
                        Nothing is ever written over.")]
pub(in crate::cli) struct NewArgs {
    /// The name people will type: a-z, 0-9 and '-'
    name: String,
    /// The playbook to copy, with its comments: its name, or the path of a file
    #[arg(long, value_name = "PLAYBOOK")]
    from: Option<String>,
    /// Write a step set instead: a copy of the one of this name, else a small one to change
    #[arg(long, conflicts_with = "from")]
    set: bool,
    /// Where to write it [default: playbooks/NAME.yaml; a step set: playbooks/sets/NAME.yaml]
    #[arg(short, long = "output", value_name = "FILE")]
    output: Option<PathBuf>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct New {
    format: u32,
    playbook: PlaybookId,
    file: String,
    from: Option<PlaybookId>,
    next: Vec<String>,
}

pub(in crate::cli) fn new(context: &mut Context, args: &NewArgs) -> Result<Exit, CliError> {
    if args.set {
        return set::new(context, args);
    }
    let id = name(&args.name)?;
    let (from, text) = text(context, args, &id)?;
    let path = match &args.output {
        Some(path) => with_ending(path)?,
        None => Path::new("playbooks").join(format!("{id}.yaml")),
    };
    if args.output.is_none() {
        refuse_taken(context, &id, from.as_ref())?;
    }
    let full = write(context, &path, &text)?;
    let new = New {
        format: 1,
        playbook: id,
        file: path.display().to_string(),
        from,
        next: next(&path, &args.name, args.output.is_none()),
    };
    if args.json {
        context.print_json(&new)?;
        return Ok(Exit::Ok);
    }
    say(context, &new, &full)?;
    Ok(Exit::Ok)
}

/// Writes a file where there is none.
fn write(context: &Context, path: &Path, text: &str) -> Result<PathBuf, CliError> {
    let full = context.world.place.cwd.join(path);
    if full.symlink_metadata().is_ok() {
        let error = format!("{} is there already, and nothing is written over", path.display());
        return Err(CliError::refused(error).hint("choose another name, or add -o FILE"));
    }
    write_new_file(&full, text.as_bytes())?;
    Ok(full)
}

fn say(context: &mut Context, new: &New, full: &Path) -> Result<(), CliError> {
    let what = new.from.as_ref().map_or_else(
        || "a starter with a step of every form".to_owned(),
        |from| {
            let anew =
                if *from == new.playbook { "version starts" } else { "title and version start" };
            format!("a copy of {from}, with its comments; {anew} anew")
        },
    );
    context.say(&format!("Wrote {}: {what}", safe(&new.file)))?;
    context.say("Next:")?;
    for command in &new.next {
        context.say(&format!("  {}", safe(command)))?;
    }
    let schema = full.with_file_name("playbook.schema.json");
    if !schema.exists() {
        let beside = Path::new(&new.file).with_file_name("playbook.schema.json");
        let command = format!("runbook schema > {}", word(&beside));
        context.say(&format!("  {}   so that an editor completes and checks", safe(&command)))?;
    }
    Ok(())
}

fn name(word: &str) -> Result<PlaybookId, CliError> {
    word.parse().map_err(|why| {
        let error = CliError::usage(format!("\"{word}\" is no name for a playbook: {why}"));
        match proposed_id(word) {
            Some(better) => error.hint(format!("runbook new {better}")),
            None => error.hint("for example: runbook new portal-down"),
        }
    })
}

/// What to write, and the playbook it is a copy of.
fn text(
    context: &Context,
    args: &NewArgs,
    id: &PlaybookId,
) -> Result<(Option<PlaybookId>, String), CliError> {
    let (from, source, review_by) = match &args.from {
        None => (None, STARTER.to_owned(), context.today().checked_add_months(FRESH)),
        Some(from) => {
            let from = context.playbook(from)?;
            (Some(from.playbook.id), from.text, None)
        }
    };
    match renamed(&source, id, review_by) {
        Ok(text) => Ok((from, text)),
        Err(why @ (RenameError::Invalid(_) | RenameError::Head)) => {
            let from = args.from.as_deref().unwrap_or("the starter");
            let error = CliError::new(Exit::Invalid, format!("{from} cannot be copied: {why}"));
            Err(error
                .hint("write id, title and version plainly, each on one line: `id: portal-down`"))
        }
    }
}

/// A file that every verb takes for a playbook.
fn with_ending(path: &Path) -> Result<PathBuf, CliError> {
    if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
        return Ok(path.to_owned());
    }
    let error =
        format!("{} would not be taken for a playbook: no .yaml at its end", path.display());
    Err(CliError::usage(error).hint(format!("-o {}", word(&path.with_extension("yaml")))))
}

/// A file in `./playbooks` is used before all others of its name: only a copy may take their place.
fn refuse_taken(
    context: &Context,
    id: &PlaybookId,
    from: Option<&PlaybookId>,
) -> Result<(), CliError> {
    let Some(origin) = context.origin_of(id).filter(|_| from != Some(id)) else { return Ok(()) };
    let error =
        format!("there is a playbook {id} already ({origin}), and this would take its place");
    Err(CliError::refused(error)
        .hint("choose another name")
        .hint(format!("or, for the site's own copy of it: runbook new {id} --from {id}")))
}

fn next(path: &Path, name: &str, by_name: bool) -> Vec<String> {
    let file = word(path);
    let called = if by_name { name } else { &file };
    vec![
        format!("runbook lint {file}"),
        format!("runbook show {called}"),
        format!("runbook test {called} --draft > {}", word(&path.with_extension("test.yaml"))),
        format!("runbook start {called} --exercise"),
    ]
}

/// A path as it is typed.
fn word(path: &Path) -> String {
    let shown = path.display().to_string();
    if shown.contains(char::is_whitespace) { format!("\"{shown}\"") } else { shown }
}
