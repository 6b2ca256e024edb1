//! `begin`, `done`, `skip`, `fail`, `defer`, `reopen`: answers to a step.

use std::collections::BTreeMap;

use clap::Args;

use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::record;
use crate::engine::{Intent, Text, find_step};
use crate::playbook::{FieldKind, Form, Step};
use crate::session::Session;
use crate::world::Toward;

/// Say that somebody works on a step
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook begin I-07 --by \"Ana Diaz\"")]
pub(in crate::cli) struct BeginArgs {
    /// The step: its name or its short code
    step: String,
    #[command(flatten)]
    acting: Acting,
}

/// Record that a step is done
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook done I-07\n  runbook done vendor-ticket --set ticket=INC0012345 --at 14:05\n  runbook done freeze-list --initials AD"
)]
pub(in crate::cli) struct DoneArgs {
    /// The step: its name or its short code
    step: String,
    /// An answer that the step asks for; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// What else to say
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Your initials: critical steps take them
    #[arg(long, value_name = "XY")]
    initials: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

/// A step and why.
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook skip E-03 --reason \"We have no second site\"")]
pub(in crate::cli) struct ReasonArgs {
    /// The step: its name or its short code
    step: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    acting: Acting,
}

/// Put a step off until a later time
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook defer N-04 --until 16:30 --reason \"Carrier is looking\"")]
pub(in crate::cli) struct DeferArgs {
    /// The step: its name or its short code
    step: String,
    /// Until when: 16:30 is the next one, +45m counts from now
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    acting: Acting,
}

pub(in crate::cli) fn begin(context: &mut Context, args: &BeginArgs) -> Result<Exit, CliError> {
    record(context, &args.acting, |_, session, _| {
        Ok(Intent::Begin { step: find_step(session.book(), &args.step)?.id.clone() })
    })
}

pub(in crate::cli) fn done(context: &mut Context, args: &DoneArgs) -> Result<Exit, CliError> {
    record(context, &args.acting, |context, session, seals| {
        let step = find_step(session.book(), &args.step)?;
        Ok(Intent::Done {
            step: step.id.clone(),
            answers: answers(context, session, seals, args, step)?,
            note: args.acting.optional_text(context, seals, "the note", args.note.as_deref())?,
            initials: args.initials.clone(),
        })
    })
}

fn answers(
    context: &Context,
    session: &Session,
    seals: &mut Seals,
    args: &DoneArgs,
    step: &Step,
) -> Result<BTreeMap<String, Text>, CliError> {
    let mut answers = BTreeMap::new();
    for pair in &args.set {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(CliError::usage(format!("--set takes KEY=VALUE, not \"{pair}\"")));
        };
        let value = as_asked(context, session, step, name, value)?;
        let what = format!("the answer \"{name}\"");
        let text = if is_sealable(step, name) {
            args.acting.text(context, seals, &what, &value)?
        } else {
            args.acting.plain(&what, &value)?
        };
        if answers.insert(name.to_owned(), text).is_some() {
            return Err(CliError::usage(format!("--set {name} is given twice")));
        }
    }
    Ok(answers)
}

/// Only free words can be sealed: numbers, times and choices are checked, and figures need them.
fn is_sealable(step: &Step, name: &str) -> bool {
    let Form::Collect(fields) = &step.form else { return false };
    fields.iter().any(|field| field.id.as_str() == name && matches!(field.kind, FieldKind::Text))
}

/// Times go into the record as RFC 3339, in whatever form they were typed.
fn as_asked(
    context: &Context,
    session: &Session,
    step: &Step,
    name: &str,
    value: &str,
) -> Result<String, CliError> {
    let Form::Collect(fields) = &step.form else { return Ok(value.to_owned()) };
    let is_time =
        |f: &&crate::playbook::Field| f.id.as_str() == name && matches!(f.kind, FieldKind::Time(_));
    match fields.iter().find(is_time) {
        Some(_) => {
            let now = session.now(&context.world);
            Ok(context.iso(context.when(value, now, Toward::Past)?))
        }
        None => Ok(value.to_owned()),
    }
}

pub(in crate::cli) fn skip(context: &mut Context, args: &ReasonArgs) -> Result<Exit, CliError> {
    with_reason(context, args, |step, reason| Intent::Skip { step, reason })
}

pub(in crate::cli) fn fail(context: &mut Context, args: &ReasonArgs) -> Result<Exit, CliError> {
    with_reason(context, args, |step, reason| Intent::Fail { step, reason })
}

pub(in crate::cli) fn reopen(context: &mut Context, args: &ReasonArgs) -> Result<Exit, CliError> {
    with_reason(context, args, |step, reason| Intent::Reopen { step, reason })
}

fn with_reason(
    context: &mut Context,
    args: &ReasonArgs,
    intent: impl FnOnce(crate::playbook::StepId, Text) -> Intent,
) -> Result<Exit, CliError> {
    record(context, &args.acting, |context, session, seals| {
        let step = find_step(session.book(), &args.step)?.id.clone();
        let reason = args.acting.text(context, seals, "the reason", &args.reason)?;
        Ok(intent(step, reason))
    })
}

pub(in crate::cli) fn defer(context: &mut Context, args: &DeferArgs) -> Result<Exit, CliError> {
    record(context, &args.acting, |context, session, seals| {
        Ok(Intent::Defer {
            step: find_step(session.book(), &args.step)?.id.clone(),
            until: context.when(&args.until, session.now(&context.world), Toward::Future)?,
            reason: args.acting.text(context, seals, "the reason", &args.reason)?,
        })
    })
}
