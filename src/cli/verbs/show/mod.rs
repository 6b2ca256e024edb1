//! `show`: what a playbook says, before an outage.

mod json;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook::{Form, Phase, Playbook, Role, Step, Template};
use crate::ui::{opening, safe, step_lines, table, wrap};

/// Show a playbook: roles, phases, steps, decisions and what follows from each answer
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                        runbook show email-outage\n  \
                        runbook show email-outage --role it-lead\n  \
                        runbook show ./playbooks/portal-down.yaml --phase recovery")]
pub(in crate::cli) struct ShowArgs {
    /// The playbook: its name, or the path of a file
    playbook: String,
    /// Only what this role does or approves
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Only this phase
    #[arg(long, value_name = "PHASE")]
    phase: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

/// The part of a playbook that was asked for.
struct Part<'b> {
    book: &'b Playbook,
    role: Option<&'b Role>,
    phase: Option<&'b Phase>,
}

pub(in crate::cli) fn show(context: &mut Context, args: &ShowArgs) -> Result<Exit, CliError> {
    let book = context.playbook(&args.playbook)?.playbook;
    let part = Part::of(&book, args)?;
    if args.json {
        context.print_json(&json::shown(&part))?;
        return Ok(Exit::Ok);
    }
    context.say(&format!("{} ({} {})", safe(&book.title), book.id, safe(&book.version)))?;
    let width = context.world.console.width;
    context.say(&paragraph(&book.summary, width))?;
    let rows: Vec<Vec<String>> = part.roles().map(role_row).collect();
    context.say(&format!("\nRoles\n{}", table(width, &["role", "title", "duty"], &rows)))?;
    for phase in part.phases() {
        say_phase(context, &part, phase)?;
    }
    if part.phases().next().is_none() {
        context.say("\nNo step here is for this role.")?;
    }
    let rows: Vec<Vec<String>> = part.templates().map(message_row).collect();
    if !rows.is_empty() {
        let header = ["message", "channel", "approved", "text"];
        context.say(&format!("\nMessages\n{}", table(width, &header, &rows)))?;
    }
    Ok(Exit::Ok)
}

fn say_phase(context: &mut Context, part: &Part<'_>, phase: &Phase) -> Result<(), CliError> {
    let width = usize::from(context.world.console.width.clamp(40, 200));
    context.say(&format!("\n{} ({})", safe(&phase.title), opening(phase)))?;
    for step in part.steps(phase) {
        context.say(&step_lines(part.book, step, width).join("\n"))?;
    }
    Ok(())
}

impl<'b> Part<'b> {
    fn of(book: &'b Playbook, args: &ShowArgs) -> Result<Self, CliError> {
        let find_role = |word: &String| {
            let ids = book.roles.iter().map(|role| role.id.as_str());
            let found = book.roles.iter().find(|role| role.id.as_str() == word);
            found.ok_or_else(|| unknown("role", word, ids))
        };
        let find_phase = |word: &String| {
            let ids = book.phases.iter().map(|phase| phase.id.as_str());
            let found = book.phases.iter().find(|phase| phase.id.as_str() == word);
            found.ok_or_else(|| unknown("phase", word, ids))
        };
        let role = args.role.as_ref().map(find_role).transpose()?;
        let phase = args.phase.as_ref().map(find_phase).transpose()?;
        Ok(Self { book, role, phase })
    }

    /// The roles that matter here.
    fn roles(&self) -> impl Iterator<Item = &'b Role> {
        let asked = self.role;
        self.book.roles.iter().filter(move |role| asked.is_none_or(|one| one.id == role.id))
    }

    /// The phases that hold something that was asked for.
    fn phases(&self) -> impl Iterator<Item = &'b Phase> {
        let asked = self.phase;
        let phases = self.book.phases.iter();
        let phases = phases.filter(move |phase| asked.is_none_or(|one| one.id == phase.id));
        phases.filter(|phase| self.steps(phase).next().is_some())
    }

    /// The steps of a phase that were asked for.
    fn steps(&self, phase: &'b Phase) -> impl Iterator<Item = &'b Step> {
        let role = self.role;
        phase.steps.iter().filter(move |step| {
            role.is_none_or(|role| {
                let approves = step.approval.as_ref().is_some_and(|it| it.by == role.id);
                step.role == role.id || approves
            })
        })
    }

    /// All messages; those that the steps here send, where only a part was asked for.
    fn templates(&self) -> impl Iterator<Item = &'b Template> {
        let whole = self.role.is_none() && self.phase.is_none();
        self.book.templates.iter().filter(move |template| {
            let sends = |step: &Step| step.form == Form::Message(template.id.clone());
            whole || self.phases().any(|phase| self.steps(phase).any(sends))
        })
    }
}

fn unknown<'i>(what: &str, word: &str, ids: impl Iterator<Item = &'i str>) -> CliError {
    let ids: Vec<&str> = ids.collect();
    CliError::usage(format!("this playbook has no {what} \"{word}\""))
        .hint(format!("its {what}s are {}", ids.join(", ")))
}

fn role_row(role: &Role) -> Vec<String> {
    vec![role.id.to_string(), role.title.clone(), role.duty.clone()]
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

/// Prose with its lines.
fn paragraph(text: &str, width: u16) -> String {
    let lines = text.trim_end().lines().flat_map(|line| wrap(&safe(line), usize::from(width)));
    lines.collect::<Vec<_>>().join("\n")
}
