//! `list`, `show`, `lint`: playbooks before an outage.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook::{Form, Opening, Phase, Playbook, Step, compile};
use crate::ui::{render_diagnostics, span, table};
use crate::world::read_text;

/// List the playbooks that can be started
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook list")]
pub(in crate::cli) struct ListArgs {
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

/// Show a playbook: roles, phases, steps, decisions
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook show email-outage")]
pub(in crate::cli) struct ShowArgs {
    /// The playbook: its name, or the path of a file
    playbook: String,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

/// Check playbook files; says everything that is wrong at once
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook lint playbooks/email-outage.yaml")]
pub(in crate::cli) struct LintArgs {
    /// The files
    #[arg(required = true)]
    file: Vec<PathBuf>,
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

pub(in crate::cli) fn list(context: &mut Context, args: &ListArgs) -> Result<Exit, CliError> {
    let mut playbooks = Vec::new();
    for found in context.shelf()?.iter() {
        let book = compile(&found.text).ok().map(|compiled| compiled.playbook);
        playbooks.push(Listed {
            id: found.id.clone(),
            title: book.as_ref().map(|book| book.title.clone()),
            version: book.as_ref().map(|book| book.version.clone()),
            review_by: book.as_ref().and_then(|book| book.review_by).map(|day| day.to_string()),
            summary: book.as_ref().map(|book| book.summary.clone()),
            origin: found.origin.clone(),
            usable: book.is_some(),
        });
    }
    if args.json {
        context.print_json(&Listing { format: 1, playbooks })?;
        return Ok(Exit::Ok);
    }
    let rows: Vec<Vec<String>> = playbooks
        .into_iter()
        .map(|book| {
            let broken = || "does not compile: runbook lint".to_owned();
            let title = book.title.unwrap_or_else(broken);
            let version = book.version.unwrap_or_default();
            vec![book.id, title, version, book.review_by.unwrap_or_default(), book.origin]
        })
        .collect();
    let header = ["playbook", "title", "version", "review by", "from"];
    let shown = table(context.world.console.width, &header, &rows);
    context.say(&shown)?;
    Ok(Exit::Ok)
}

pub(in crate::cli) fn lint(context: &mut Context, args: &LintArgs) -> Result<Exit, CliError> {
    let mut invalid = false;
    let mut files = Vec::new();
    for path in &args.file {
        let source = read_text(path, crate::playbook::MAX_SIZE as u64)?;
        let (findings, usable) = match compile(&source) {
            Ok(compiled) => (compiled.warnings, true),
            Err(all) => (all, false),
        };
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

#[derive(Debug, Serialize)]
struct Lint {
    format: u32,
    ok: bool,
    files: Vec<Linted>,
}

#[derive(Debug, Serialize)]
struct Linted {
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
    fn of(file: String, source: &str, findings: &[crate::playbook::Diagnostic], ok: bool) -> Self {
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

fn count(findings: usize) -> String {
    match findings {
        0 => "nothing to report".to_owned(),
        1 => "1 finding".to_owned(),
        n => format!("{n} findings"),
    }
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    format: u32,
    id: &'a str,
    title: &'a str,
    version: &'a str,
    summary: &'a str,
    roles: Vec<[&'a str; 3]>,
    steps: Vec<ShownStep<'a>>,
}

#[derive(Debug, Serialize)]
struct ShownStep<'a> {
    id: &'a str,
    code: &'a str,
    phase: &'a str,
    role: &'a str,
    title: &'a str,
    required: bool,
    critical: bool,
}

pub(in crate::cli) fn show(context: &mut Context, args: &ShowArgs) -> Result<Exit, CliError> {
    let (book, _) = context.playbook(&args.playbook)?;
    if args.json {
        context.print_json(&shown(&book))?;
        return Ok(Exit::Ok);
    }
    context.say(&format!("{} ({} {})", book.title, book.id, book.version))?;
    context.say(book.summary.trim_end())?;
    context.say("\nRoles")?;
    let rows: Vec<Vec<String>> = book
        .roles
        .iter()
        .map(|role| vec![role.id.to_string(), role.title.clone(), role.duty.clone()])
        .collect();
    let width = context.world.console.width;
    context.say(&table(width, &["role", "title", "duty"], &rows))?;
    for phase in &book.phases {
        context.say(&format!("\n{} ({})", phase.title, opening(phase)))?;
        let rows: Vec<Vec<String>> = phase.steps.iter().map(step_row).collect();
        context.say(&table(width, &["code", "step", "role", "due", "what"], &rows))?;
    }
    Ok(Exit::Ok)
}

fn shown(book: &Playbook) -> Shown<'_> {
    Shown {
        format: 1,
        id: book.id.as_str(),
        title: &book.title,
        version: &book.version,
        summary: &book.summary,
        roles: book
            .roles
            .iter()
            .map(|r| [r.id.as_str(), r.title.as_str(), r.duty.as_str()])
            .collect(),
        steps: book
            .steps()
            .map(|(phase, step)| ShownStep {
                id: step.id.as_str(),
                code: &step.code,
                phase: phase.id.as_str(),
                role: step.role.as_str(),
                title: &step.title,
                required: step.required,
                critical: step.critical,
            })
            .collect(),
    }
}

fn opening(phase: &Phase) -> String {
    match phase.opening {
        Opening::Window { from, to } => format!("{} to {} after T+0", span(from), span(to)),
        Opening::On(mark) => format!("opens when {mark}"),
    }
}

fn step_row(step: &Step) -> Vec<String> {
    use crate::playbook::Due;

    let due = match step.due {
        Some(Due::AfterStart(after) | Due::AfterPhase(after)) => span(after),
        None => String::new(),
    };
    let mut what = step.title.clone();
    if let Form::Decision(decision) = &step.form {
        let options: Vec<&str> = decision.options.iter().map(|choice| choice.id.as_str()).collect();
        what = format!("{what} – {} ({})", decision.question, options.join(" | "));
    }
    if let Some(repeat) = step.repeat {
        what = format!("{what}; every {}", span(repeat.every));
    }
    vec![step.code.clone(), step.id.to_string(), step.role.to_string(), due, what]
}
