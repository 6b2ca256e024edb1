//! `site lint`: what is wrong or doubtful in a site file.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::site_file::{INIT, SiteFile};
use crate::cli::verbs::lint::{Linted, count};
use crate::playbook::Diagnostic;
use crate::site::{MAX_SIZE, check};
use crate::ui::render_diagnostics;
use crate::world::read_file;

/// Check the site file; says everything that is wrong or doubtful at once
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook site lint\n\nErrors end with exit code 3; what is only doubtful ends with 0."
)]
pub(super) struct LintArgs {
    /// Another file than the one in use
    file: Option<PathBuf>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Lint {
    format: u32,
    ok: bool,
    file: Linted,
}

pub(super) fn lint(context: &mut Context, args: &LintArgs) -> Result<Exit, CliError> {
    let (place, file) = match &args.file {
        Some(path) => {
            let text = read_file(&context.world.place.cwd.join(path), MAX_SIZE as u64)?;
            (path.display().to_string(), SiteFile::of(text.as_bytes()))
        }
        None => (context.site_place(), context.site_file()?),
    };
    let (text, found, usable) = match file {
        SiteFile::Absent => {
            let error = CliError::refused(format!("there is no site file yet: {place}"));
            return Err(error.hint(INIT));
        }
        SiteFile::Sound { text, site, warnings } => {
            let today = context.today();
            let more = check(&site, &context.known_role_ids(), today);
            (text, sorted(warnings, more), true)
        }
        SiteFile::Broken { text, found, .. } => (text, found, false),
    };
    if args.json {
        let file = Linted::of(place, &text, &found, usable);
        context.print_json(&Lint { format: 1, ok: usable, file })?;
    } else {
        if !found.is_empty() {
            context.tell(&render_diagnostics(&place, &text, &found, false))?;
        }
        let verdict = if usable { "ok" } else { "invalid" };
        context.say(&format!("{place}: {verdict}, {}", count(found.len())))?;
    }
    Ok(if usable { Exit::Ok } else { Exit::Invalid })
}

fn sorted(mut all: Vec<Diagnostic>, more: Vec<Diagnostic>) -> Vec<Diagnostic> {
    all.extend(more);
    all.sort_by_key(|one| (one.span.start, one.span.end));
    all
}
