//! `lint`: what is wrong or doubtful in a playbook file, and what the rules are about.

mod json;
mod known;

use std::path::PathBuf;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook::{Checked, Rule};
use crate::ui::{render_accepted, render_located, rule_table, rule_text, safe};

pub(super) use json::Linted;
use known::Around;

/// Check playbooks, their tests, exercises, step sets and reference files; says everything that is
/// wrong or doubtful at once
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                        runbook lint playbooks/email-outage.yaml\n  \
                        runbook lint playbooks/reference/states.yaml\n  \
                        runbook lint --strict playbooks/*.yaml   exit code 3 if anything is doubtful\n  \
                        runbook lint --all email-outage          also what the playbook accepts, with the reasons\n  \
                        runbook lint --explain M05               why, and how to mend or accept it\n  \
                        runbook lint --rules\n\n\
                        Errors end with exit code 3; what is only doubtful ends with 0, with --strict with 3.\n\
                        A finding that is right here is accepted in the file, with a reason:\n  \
                        accept:\n    \
                        - {rule: M03, at: urgent-1, reason: Nobody there has a second number}")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(in crate::cli) struct LintArgs {
    /// The files, or names of playbooks as `runbook list` shows them
    #[arg(required_unless_present_any = ["explain", "rules"], value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Take no doubt: exit code 3 if there is any finding
    #[arg(long)]
    strict: bool,
    /// Show what the playbooks accept, too
    #[arg(long)]
    all: bool,
    /// Say what a rule is about
    #[arg(long, value_name = "CODE", conflicts_with_all = ["files", "strict", "all", "rules"])]
    explain: Option<String>,
    /// List the rules
    #[arg(long, conflicts_with_all = ["files", "strict", "all"])]
    rules: bool,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

pub(in crate::cli) fn lint(context: &mut Context, args: &LintArgs) -> Result<Exit, CliError> {
    if let Some(word) = &args.explain {
        return explain(context, word, args.json);
    }
    if args.rules {
        return rules(context, args.json);
    }
    let around = Around::of(context, &args.files)?;
    let (mut usable, mut clean, mut files) = (true, true, Vec::new());
    for path in &args.files {
        let checked = context.checked(path, &around.known())?;
        usable &= checked.usable;
        clean &= checked.found.is_empty();
        if args.json {
            files.push(Linted::checked(&checked));
        } else {
            tell(context, args, &checked)?;
        }
    }
    if args.json {
        context.print_json(&json::Lint { format: 1, ok: usable, clean, files })?;
    }
    Ok(if usable && (clean || !args.strict) { Exit::Ok } else { Exit::Invalid })
}

fn tell(context: &mut Context, args: &LintArgs, checked: &Checked) -> Result<(), CliError> {
    let Checked { usable, sources, found, accepted } = checked;
    if !found.is_empty() {
        context.tell(&render_located(sources, found, false))?;
    }
    if args.all && !accepted.is_empty() {
        context.tell(&render_accepted(sources, accepted))?;
    }
    let verdict = match (usable, found.is_empty() || !args.strict) {
        (false, _) => "invalid",
        (true, true) => "ok",
        (true, false) => "doubtful",
    };
    let shown = if args.all { "" } else { " (see --all)" };
    let more = match accepted.len() {
        0 => String::new(),
        several => format!(", {several} accepted{shown}"),
    };
    let name = sources.first().map_or_else(Default::default, |own| safe(&own.name));
    context.say(&format!("{name}: {verdict}, {}{more}", count(found.len())))
}

fn explain(context: &mut Context, word: &str, as_json: bool) -> Result<Exit, CliError> {
    let Some(rule) = Rule::find(word) else {
        let error = CliError::usage(format!("there is no rule \"{word}\""));
        return Err(error.hint("runbook lint --rules lists them"));
    };
    if as_json {
        context.print_json(&json::One { format: 1, rule: json::OfRule::of(rule) })?;
    } else {
        let text = rule_text(rule, context.world.console.width);
        context.say(&text)?;
    }
    Ok(Exit::Ok)
}

fn rules(context: &mut Context, as_json: bool) -> Result<Exit, CliError> {
    if as_json {
        let rules = Rule::ALL.iter().map(|rule| json::OfRule::of(*rule)).collect();
        context.print_json(&json::Rules { format: 1, rules })?;
        return Ok(Exit::Ok);
    }
    let text = rule_table(context.world.console.width);
    context.say(&text)?;
    context.say("\nrunbook lint --explain CODE says why, and how to mend or accept it.")?;
    Ok(Exit::Ok)
}

pub(super) fn count(findings: usize) -> String {
    match findings {
        0 => "nothing to report".to_owned(),
        1 => "1 finding".to_owned(),
        n => format!("{n} findings"),
    }
}
