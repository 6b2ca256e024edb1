//! `drill hold`, `skip`, `add`: what the players are not told, and what they are told besides.

use clap::Args;

use super::{recorded, session};
use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::drill::{Line, Standing, find_line, msel};
use crate::engine::{Delivery, Intent, Text, Timestamp, find_role};
use crate::playbook::{Happening, InjectId, InjectKind, ObjectiveId};
use crate::session::Session;
use crate::world::Toward;

/// Keep an inject back until somebody delivers it
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook drill hold second-branch --reason \"They are behind\"")]
pub(super) struct HoldArgs {
    /// Which inject: its name, or its number on the list
    inject: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

/// Leave an inject out
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook drill skip second-branch --reason \"No time left\"")]
pub(super) struct SkipArgs {
    /// Which inject: its name, or its number on the list
    inject: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    acting: Acting,
}

/// Tell the players something of your own, now or later
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook drill add --text \"The second line is down too\" --to it-lead --from Carrier\n  runbook drill add --text \"A reporter calls\" --due +10m --name press"
)]
pub(super) struct AddArgs {
    /// What they are told; no names of patients
    #[arg(long, value_name = "TEXT")]
    text: String,
    /// The role that is told [default: everybody]
    #[arg(long, value_name = "ROLE")]
    to: Option<String>,
    /// Who is said to tell it
    #[arg(long, value_name = "WHO")]
    from: Option<String>,
    /// How: phone, in person, email
    #[arg(long, value_name = "HOW")]
    mode: Option<String>,
    /// When on the exercise's clock: +10m or 14:30 [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    due: Option<String>,
    /// What should follow: a step, decision=answer or milestone:declared; may be repeated
    #[arg(long, value_name = "WHAT")]
    expect: Vec<String>,
    /// The objective that it tests
    #[arg(long, value_name = "OBJECTIVE")]
    objective: Option<String>,
    /// A name for it [default: own-1-WRITER, own-2-WRITER …]
    #[arg(long, value_name = "INJECT")]
    name: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(super) fn hold(context: &mut Context, args: &HoldArgs) -> Result<Exit, CliError> {
    let mut session = session(context, &args.acting)?;
    let inject = inject(context, &session, &args.inject)?;
    let mut seals = Seals::new();
    let reason = args.reason.as_deref();
    let reason = args.acting.optional_text(context, &mut seals, "the reason", reason)?;
    session.carry(seals);
    recorded(context, &args.acting, session, Intent::HoldInject { inject, reason })
}

pub(super) fn skip(context: &mut Context, args: &SkipArgs) -> Result<Exit, CliError> {
    let mut session = session(context, &args.acting)?;
    let inject = inject(context, &session, &args.inject)?;
    let mut seals = Seals::new();
    let reason = args.acting.text(context, &mut seals, "the reason", &args.reason)?;
    session.carry(seals);
    recorded(context, &args.acting, session, Intent::SkipInject { inject, reason })
}

pub(super) fn add(context: &mut Context, args: &AddArgs) -> Result<Exit, CliError> {
    let session = session(context, &args.acting)?;
    let to = args.to.as_deref().map(|word| find_role(session.book(), word)).transpose()?;
    let due = args.due.as_deref();
    let now = session.now(&context.world);
    let due: Option<Timestamp> =
        due.map(|text| context.when(text, now, Toward::Future)).transpose()?;
    let delivery = Delivery {
        inject: own_name(&session, args.name.as_deref())?,
        kind: InjectKind::Information,
        due,
        mode: line(args, "--mode", args.mode.as_deref())?,
        from: line(args, "--from", args.from.as_deref())?,
        to: to.map(|role| role.id.clone()),
        text: args.acting.plain("the inject", &args.text)?,
        expect: expected(&session, &args.expect)?,
        objective: args.objective.as_deref().map(objective).transpose()?,
        changes: Vec::new(),
        added: true,
    };
    recorded(context, &args.acting, session, Intent::AddInject { delivery })
}

/// One printable line that names no patient.
fn line(args: &AddArgs, what: &str, text: Option<&str>) -> Result<Option<String>, CliError> {
    let Some(text) = text else { return Ok(None) };
    let line = crate::engine::line(text, 200)
        .map_err(|error| CliError::usage(format!("{what} cannot be used: {error}")))?;
    match args.acting.plain(what, &line)? {
        Text::Plain(line) => Ok(Some(line)),
        Text::Sealed(_) => Ok(None),
    }
}

/// The name given, or the first free one.
fn own_name(session: &Session, given: Option<&str>) -> Result<InjectId, CliError> {
    let parse = |word: &str| {
        word.parse::<InjectId>()
            .map_err(|error| CliError::usage(format!("--name \"{word}\" cannot be used: {error}")))
    };
    if let Some(word) = given {
        let id = parse(word)?;
        let definition = session.definition()?;
        let planned = definition.iter().flat_map(|definition| &definition.injects);
        if planned.into_iter().any(|inject| inject.id == id) {
            let refusal = crate::engine::ExerciseRefusal::InjectExists { inject: id };
            return Err(crate::engine::Refusal::from(refusal).into());
        }
        return Ok(id);
    }
    let definition = session.definition()?;
    let lines = msel(session.book(), definition.as_ref(), session.state(), Timestamp::default());
    crate::drill::own_name(&lines, session.writer())
        .ok_or_else(|| CliError::usage("give it a name of its own with --name INJECT"))
}

fn expected(session: &Session, words: &[String]) -> Result<Vec<Happening>, CliError> {
    let one = |word: &String| {
        let error = || {
            CliError::usage(format!("--expect \"{word}\" names nothing that can happen"))
                .hint("a step, decision=answer, or milestone:declared")
        };
        let happening: Happening = word.parse().map_err(|_| error())?;
        match &happening {
            Happening::Step(step) | Happening::Answer(step, _) => {
                crate::engine::find_step(session.book(), step.as_str())?;
            }
            Happening::Milestone(_) => {}
            Happening::Inject(_) => return Err(error()),
        }
        Ok(happening)
    };
    words.iter().map(one).collect()
}

/// The objective that a word names.
pub(super) fn objective(word: &str) -> Result<ObjectiveId, CliError> {
    word.parse().map_err(|error| CliError::usage(format!("objective \"{word}\": {error}")))
}

/// The inject that a word names, if there is one.
pub(super) fn inject(
    context: &Context,
    session: &Session,
    word: &str,
) -> Result<InjectId, CliError> {
    let (definition, now) = (session.definition()?, session.now(&context.world));
    let lines = msel(session.book(), definition.as_ref(), session.state(), now);
    Ok(find_line(&lines, word)?.delivery.inject.clone())
}

/// A word for where an inject stands.
pub(super) const fn standing_word(line: &Line<'_>) -> &'static str {
    match line.standing {
        Standing::Delivered(_) => "delivered",
        Standing::Held(_) => "held",
        Standing::Skipped(_) => "left_out",
        Standing::Needless(_) => "needless",
        Standing::Due(_) => "due",
        Standing::Planned(_) => "planned",
        Standing::Waits => "waits",
    }
}
