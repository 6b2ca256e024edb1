//! `drill lint`: what is wrong with an exercise file.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::verbs::lint::{Linted, count};
use crate::playbook::{Diagnostic, MAX_SIZE, compile_exercise, outline};
use crate::ui::render_diagnostics;
use crate::world::read_text;

/// Check exercise files against their playbooks; says everything that is wrong at once
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook drill lint playbooks/exercises/portal-down-45.yaml")]
pub(super) struct LintArgs {
    /// Exercises: the path of a file, or a name that runbook drill list shows
    #[arg(required = true, value_name = "EXERCISE")]
    file: Vec<PathBuf>,
    /// The playbook they are for [default: the one that each names]
    #[arg(long, value_name = "PLAYBOOK")]
    playbook: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Lint {
    format: u32,
    ok: bool,
    files: Vec<Linted>,
}

pub(super) fn lint(context: &mut Context, args: &LintArgs) -> Result<Exit, CliError> {
    let mut invalid = false;
    let mut files = Vec::new();
    for path in &args.file {
        let source = source(context, path)?;
        let (findings, usable) = checked(context, args.playbook.as_deref(), &source)?;
        invalid |= !usable;
        let path = path.display().to_string();
        if args.json {
            files.push(Linted::of(path, &source, &findings, usable));
            continue;
        }
        if !findings.is_empty() {
            context.tell(&render_diagnostics(&path, &source, &findings, false))?;
        }
        let verdict = if usable { "ok" } else { "invalid" };
        context.say(&format!("{path}: {verdict}, {}", count(findings.len())))?;
    }
    if args.json {
        context.print_json(&Lint { format: 1, ok: !invalid, files })?;
    }
    Ok(if invalid { Exit::Invalid } else { Exit::Ok })
}

/// The text of a file; a bare name is that of an exercise, unless there is such a file.
fn source(context: &Context, path: &Path) -> Result<String, CliError> {
    let is_name = path.extension().is_none() && path.components().count() == 1;
    let name = path.to_str().filter(|_| is_name && !context.world.place.cwd.join(path).exists());
    let files = context.exercise_files();
    match name.map(|name| (name, files.iter().find(|file| file.id == name))) {
        Some((_, Some(file))) => Ok(file.text.clone()),
        Some((name, None)) => Err(CliError::usage(format!("there is no exercise \"{name}\""))
            .hint("runbook drill list shows them; a file is named by its path")),
        None => Ok(read_text(path, MAX_SIZE as u64)?),
    }
}

/// Everything found, and whether it can be run. Without a playbook it is held against the one that a
/// playbook with nothing in it would be, so that a file too broken to name one is explained as well.
pub(in crate::cli) fn checked(
    context: &Context,
    playbook: Option<&str>,
    source: &str,
) -> Result<(Vec<Diagnostic>, bool), CliError> {
    let named = outline(source).map(|found| found.playbook.to_string());
    let playbook = playbook.map(str::to_owned).or(named);
    let playbook = playbook.unwrap_or_else(|| "email-outage".to_owned());
    let book = context.playbook(&playbook)?.playbook;
    Ok(match compile_exercise(source, &book) {
        Ok(compiled) => (compiled.warnings, true),
        Err(found) => (found, false),
    })
}
