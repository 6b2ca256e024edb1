//! `show`: what a playbook says, before an outage.

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook::{Form, Opening, Phase, Playbook, Step, Template};
use crate::ui::{span, table};

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
    if !book.templates.is_empty() {
        context.say("\nMessages")?;
        let rows: Vec<Vec<String>> = book.templates.iter().map(message_row).collect();
        context.say(&table(width, &["message", "channel", "approved", "text"], &rows))?;
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

fn message_row(template: &Template) -> Vec<String> {
    let approved = match &template.approved {
        None => "not approved yet".to_owned(),
        Some(approved) => {
            let until = approved.until.map(|day| format!(", until {day}")).unwrap_or_default();
            format!("by {} on {}{until}", approved.by, approved.on)
        }
    };
    let (id, channel) = (template.id.to_string(), template.channel.to_string());
    vec![id, channel, approved, template.text.trim_end().to_owned()]
}
