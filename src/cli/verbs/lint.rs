//! `lint`: what is wrong with a playbook file.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook::{Diagnostic, compile};
use crate::reference;
use crate::ui::render_diagnostics;
use crate::world::read_text;

/// Check playbook and reference files; says everything that is wrong at once
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                        runbook lint playbooks/email-outage.yaml\n  \
                        runbook lint playbooks/reference/states.yaml")]
pub(in crate::cli) struct LintArgs {
    /// The files
    #[arg(required = true)]
    file: Vec<PathBuf>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

pub(in crate::cli) fn lint(context: &mut Context, args: &LintArgs) -> Result<Exit, CliError> {
    let mut invalid = false;
    let mut files = Vec::new();
    for path in &args.file {
        let source = read_text(path, crate::playbook::MAX_SIZE as u64)?;
        let (findings, usable) = judged(&source);
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

/// What is wrong with a file, be it a playbook or a reference file, and whether it can be used.
fn judged(source: &str) -> (Vec<Diagnostic>, bool) {
    let warnings = if reference::is_reference(source) {
        reference::read(source).map(|compiled| compiled.warnings)
    } else {
        compile(source).map(|compiled| compiled.warnings)
    };
    match warnings {
        Ok(warnings) => (warnings, true),
        Err(all) => (all, false),
    }
}

#[derive(Debug, Serialize)]
struct Lint {
    format: u32,
    ok: bool,
    files: Vec<Linted>,
}

#[derive(Debug, Serialize)]
pub(super) struct Linted {
    file: String,
    ok: bool,
    findings: Vec<Found>,
}

#[derive(Debug, Serialize)]
struct Found {
    severity: &'static str,
    line: usize,
    column: usize,
    what: String,
    help: Option<String>,
}

impl Linted {
    pub(super) fn of(
        file: String,
        source: &str,
        findings: &[crate::playbook::Diagnostic],
        ok: bool,
    ) -> Self {
        let found = |finding: &crate::playbook::Diagnostic| {
            let place = finding.place(source);
            Found {
                severity: match finding.severity {
                    crate::playbook::Severity::Error => "error",
                    crate::playbook::Severity::Warning => "warning",
                },
                line: place.line,
                column: place.column,
                what: finding.message.clone(),
                help: finding.help.clone(),
            }
        };
        Self { file, ok, findings: findings.iter().map(found).collect() }
    }
}

pub(super) fn count(findings: usize) -> String {
    match findings {
        0 => "nothing to report".to_owned(),
        1 => "1 finding".to_owned(),
        n => format!("{n} findings"),
    }
}
