//! `hotwash`: what went well and what should go better, and the words of the after-action report that
//! only people can write.

use clap::Args;

use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::day::typed_day;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::record_in;
use crate::engine::{Finding, Intent};
use crate::playbook::{FindingKind, ReportField};
use crate::session::Session;
use crate::ui::welcome_back;
use crate::walk::{Reviewer, hot_wash};
use crate::world::{Input, leave_on_signal};

/// More than any field may hold, so that one which is too long is told its real length.
const MAX_PIPED: u64 = 4 << 20;

/// Say what went well and what should go better; asks a handful of questions, also after the end
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook hotwash\n  runbook hotwash latest-exercise\n  runbook hotwash latest --strength \"Call-back numbers were at hand\" --reference \"I-07\"\n  runbook hotwash latest --improve \"The group text list was out of date\" --analysis \"Nobody renews it\"\n  runbook hotwash latest --set sponsor=\"Riverside Pharmacy\"\n  runbook hotwash latest --set executive-summary=- < summary.txt\n\nIt looks at plans, tools and training, not at persons. At a terminal it goes on where it stopped.\nA finding said by mistake: runbook correct RECORD --withdraw --note TEXT.\nPlaces of the report for --set: executive-summary, scope, mission-areas, capabilities, objectives,\nthreat, scenario, sponsor, organizations, contact, design, conclusion, feedback, acronyms."
)]
pub(in crate::cli) struct HotwashArgs {
    /// Which incident or exercise [default: the open one, else the last]
    #[arg(value_name = "INCIDENT", conflicts_with = "incident")]
    which: Option<String>,
    /// A strength: what went well and should be kept
    #[arg(long, value_name = "TEXT", group = "what")]
    strength: Option<String>,
    /// An area for improvement
    #[arg(long, value_name = "TEXT", group = "what")]
    improve: Option<String>,
    /// The objective of the exercise that it belongs to
    #[arg(long, value_name = "OBJECTIVE", requires = "what")]
    objective: Option<String>,
    /// The core capability that it belongs to
    #[arg(long, value_name = "TEXT", requires = "what")]
    capability: Option<String>,
    /// The plan, policy, rule or agreement that it is held against
    #[arg(long, value_name = "TEXT", requires = "what")]
    reference: Option<String>,
    /// Why it was so, and what came of it
    #[arg(long, value_name = "TEXT", requires = "what")]
    analysis: Option<String>,
    /// What stands at a place of the after-action report; a lone - takes it from standard input
    #[arg(long, value_name = "PLACE=TEXT", conflicts_with = "what")]
    set: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

pub(in crate::cli) fn hotwash(context: &mut Context, args: &HotwashArgs) -> Result<Exit, CliError> {
    let word = args.which.as_deref().or(args.acting.incident.as_deref());
    let id = context.choose_reviewed(word)?;
    let mut session = Session::resume(&context.world, &context.home, &id)?;
    let mut seals = Seals::new();
    let intent = match &args.set {
        Some(set) => Some(field(context, args, &mut seals, set)?),
        None => finding(context, args, &mut seals)?,
    };
    match intent {
        Some(intent) => {
            session.carry(seals);
            record_in(context, &args.acting, session, intent)
        }
        None => ask(context, args, session),
    }
}

fn ask(context: &mut Context, args: &HotwashArgs, mut session: Session) -> Result<Exit, CliError> {
    if context.world.console.input == Input::Other {
        return Err(CliError::new(
            Exit::NeedsTerminal,
            "the hot wash asks questions and needs a terminal",
        )
        .hint("without one: --strength TEXT, --improve TEXT, or --set PLACE=TEXT"));
    }
    let by = args.acting.by.as_deref();
    let person = context.seated(by, session.book(), session.state())?;
    let home = context.home.clone();
    leave_on_signal(farewell("runbook hotwash", session.id().as_str()), welcome_back)?;
    let reviewer = Reviewer { home: &home, person, day: typed_day };
    hot_wash(&mut context.world, &mut session, reviewer)?;
    Ok(Exit::Ok)
}

/// Said when a signal ends a conversation.
pub(in crate::cli) fn farewell(verb: &str, id: &str) -> String {
    format!(
        "You left. Every acknowledged answer is saved;\nwhat you were typing is not recorded.\n\
         {verb} {id} goes on where you stopped."
    )
}

fn finding(
    context: &Context,
    args: &HotwashArgs,
    seals: &mut Seals,
) -> Result<Option<Intent>, CliError> {
    let (kind, statement) = match (&args.strength, &args.improve) {
        (Some(words), _) => (FindingKind::Strength, words),
        (None, Some(words)) => (FindingKind::Improvement, words),
        (None, None) => return Ok(None),
    };
    let objective = args.objective.as_deref().map(|word| {
        word.parse().map_err(|error| CliError::usage(format!("objective \"{word}\": {error}")))
    });
    let mut text = |what: &str, raw: &Option<String>| {
        args.acting.optional_text(context, seals, what, raw.as_deref())
    };
    let finding = Finding {
        kind,
        objective: objective.transpose()?,
        capability: text("the core capability", &args.capability)?,
        reference: text("the reference", &args.reference)?,
        analysis: text("the analysis", &args.analysis)?,
        statement: args.acting.text(context, seals, "the finding", statement)?,
        asked: None,
    };
    Ok(Some(Intent::NoteFinding { finding }))
}

fn field(
    context: &Context,
    args: &HotwashArgs,
    seals: &mut Seals,
    set: &str,
) -> Result<Intent, CliError> {
    let (word, words) = set.split_once('=').ok_or_else(|| {
        CliError::usage("--set takes PLACE=TEXT, such as sponsor=\"Riverside Pharmacy\"")
    })?;
    let field = ReportField::from_word(word.trim()).ok_or_else(|| {
        CliError::usage(format!("the report has no place \"{}\"", word.trim()))
            .hint(format!("it has {}", ReportField::words().join(", ")))
    })?;
    let piped;
    let words = if words == "-" {
        piped = context.piped(MAX_PIPED)?;
        piped.as_str()
    } else {
        words
    };
    let what = format!("the {field}");
    let text = match field {
        ReportField::Contact if !args.acting.private => args.acting.contact(&what, words)?,
        _ => args.acting.text(context, seals, &what, words)?,
    };
    Ok(Intent::SetReportField { field, text })
}
