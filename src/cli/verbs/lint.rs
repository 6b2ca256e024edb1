//! `lint`: what is wrong with a playbook file.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::verbs::test::Checked;
use crate::playbook::{
    Assembled, Diagnostic, Located, Severity, SourceFile, Unusable, compile_set, is_step_set,
};
use crate::reference;
use crate::trial::is_test;
use crate::ui::render_located;
use crate::world::read_text;

/// Check playbooks, their tests, step sets and reference files; says everything that is wrong at once
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
        let text = read_text(path, crate::playbook::MAX_SIZE as u64)?;
        let verdict = Verdict::of(context, path, text);
        invalid |= !verdict.usable;
        let path = path.display().to_string();
        if args.json {
            files.push(Linted::of_located(path, &verdict));
            continue;
        }
        if !verdict.found.is_empty() {
            context.tell(&render_located(&verdict.sources, &verdict.found, false))?;
        }
        let word = if verdict.usable { "ok" } else { "invalid" };
        context.say(&format!("{path}: {word}, {}", count(verdict.found.len())))?;
    }
    if args.json {
        context.print_json(&Lint { format: 1, ok: !invalid, files })?;
    }
    Ok(if invalid { Exit::Invalid } else { Exit::Ok })
}

/// What was found in a file and in the step sets it uses.
struct Verdict {
    sources: Vec<SourceFile>,
    found: Vec<Located>,
    usable: bool,
}

impl Verdict {
    fn of(context: &Context, path: &Path, text: String) -> Self {
        let (found, usable) = if is_step_set(&text) {
            found(compile_set(&text).map(|set| set.warnings))
        } else if reference::is_reference(&text) {
            found(reference::read(&text).map(|compiled| compiled.warnings))
        } else if is_test(&text) {
            let checked = Checked::at(context, path, &text);
            let usable = checked.usable();
            (checked.found, usable)
        } else {
            return match context.assembled_at(path, text) {
                Ok(Assembled { sources, warnings, .. }) => {
                    Self { sources, found: warnings, usable: true }
                }
                Err(Unusable { sources, found }) => Self { sources, found, usable: false },
            };
        };
        let alone = |finding| Located { file: 0, finding, used: None };
        let found = found.into_iter().map(alone).collect();
        let sources = vec![SourceFile { name: path.display().to_string(), text }];
        Self { sources, found, usable }
    }
}

/// What was found, and whether the file can be used.
fn found(judged: Result<Vec<Diagnostic>, Vec<Diagnostic>>) -> (Vec<Diagnostic>, bool) {
    match judged {
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
    /// Where it was written, if that is a step set; the places are those of this file.
    set: Option<String>,
    /// The line of the playbook that uses the step.
    used_on_line: Option<usize>,
    line: usize,
    column: usize,
    what: String,
    help: Option<String>,
}

impl Linted {
    pub(super) fn of(file: String, source: &str, findings: &[Diagnostic], ok: bool) -> Self {
        let found = |finding| Found::of(finding, source);
        Self { file, ok, findings: findings.iter().map(found).collect() }
    }

    fn of_located(file: String, verdict: &Verdict) -> Self {
        let found = |located: &Located| {
            let source = verdict.sources.get(located.file)?;
            let set = Some(source.name.clone()).filter(|_| located.file > 0);
            let used_on_line = located.used.map(|place| place.line);
            Some(Found { set, used_on_line, ..Found::of(&located.finding, &source.text) })
        };
        Self {
            file,
            ok: verdict.usable,
            findings: verdict.found.iter().filter_map(found).collect(),
        }
    }
}

impl Found {
    fn of(finding: &Diagnostic, source: &str) -> Self {
        let place = finding.place(source);
        Self {
            severity: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            set: None,
            used_on_line: None,
            line: place.line,
            column: place.column,
            what: finding.message.clone(),
            help: finding.help.clone(),
        }
    }
}

pub(super) fn count(findings: usize) -> String {
    match findings {
        0 => "nothing to report".to_owned(),
        1 => "1 finding".to_owned(),
        n => format!("{n} findings"),
    }
}
