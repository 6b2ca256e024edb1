//! `readiness plan`, `readiness tick`: the first 90 days.

use clap::Args;

use super::gather::gather;
use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::{Day, Intent};
use crate::playbook::reading::{closest, quoted};
use crate::readiness::Facts;
use crate::ui::plan_lines;
use crate::world::Toward;

/// Show the 90-day plan as a checklist, or start it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook readiness plan\n  runbook readiness plan --start\n  runbook readiness plan --start --at 2026-11-02"
)]
pub(super) struct PlanArgs {
    /// Its first day is today, or the day of --at
    #[arg(long)]
    start: bool,
    #[command(flatten)]
    acting: Acting,
}

/// Tick an item of the 90-day plan
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook readiness tick verify-domains --note \"all three until 2028\"\n  runbook readiness tick one-gateway --not-applicable \"one vendor sends everything\"\n\nTo take a tick back: runbook reopen ITEM --reason TEXT --incident readiness"
)]
pub(super) struct TickArgs {
    /// Which item; runbook readiness plan lists them
    item: String,
    /// What shows it
    #[arg(long, value_name = "TEXT", conflicts_with = "not_applicable")]
    note: Option<String>,
    /// It does not apply here, and why
    #[arg(long, value_name = "REASON")]
    not_applicable: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

impl PlanArgs {
    pub(super) const fn records(&self) -> bool {
        self.start
    }
}

pub(super) fn plan(context: &mut Context, args: &PlanArgs) -> Result<Exit, CliError> {
    args.acting.names_no_incident(context)?;
    if args.start {
        begun_before(context)?;
        let acting = on_that_day(context, &args.acting)?;
        return context.record_standing(&acting, Seals::new(), Intent::Declare);
    }
    let gathered = gather(context)?;
    let facts = gathered.facts(context);
    if args.acting.json {
        context.print_json(&json(&facts))?;
    } else {
        let width = usize::from(context.world.console.width);
        context.say(&plan_lines(&facts, width).join("\n"))?;
    }
    context.tell_problems(&gathered.problems)?;
    Ok(if gathered.problems.is_empty() { Exit::Ok } else { Exit::Integrity })
}

/// The plan begins once; its first day is corrected like any other time.
fn begun_before(context: &Context) -> Result<(), CliError> {
    let gathered = gather(context)?;
    let Some(from) = gathered.facts(context).plan_from else { return Ok(()) };
    let error = CliError::refused(format!("the plan has begun already, on {from}"));
    let record = gathered.begun();
    let wrong = record.map(|record| {
        format!(
            "if the day is wrong: runbook correct {record} --occurred \"DAY 12:00\" --note TEXT --incident readiness"
        )
    });
    Err(wrong.into_iter().fold(error, CliError::hint).hint("runbook readiness plan shows it"))
}

#[derive(serde::Serialize)]
struct PlanJson {
    format: u32,
    from: Option<Day>,
    items: Vec<ItemJson>,
}

#[derive(serde::Serialize)]
struct ItemJson {
    item: String,
    phase: String,
    title: String,
    due: Option<Day>,
    done: bool,
    not_applicable: bool,
    on: Option<Day>,
}

fn json(facts: &Facts<'_>) -> PlanJson {
    let item = |item: &crate::readiness::PlanItem| {
        let ticked = facts.ticked.iter().find(|one| one.step == item.step);
        ItemJson {
            item: item.step.clone(),
            phase: item.phase.clone(),
            title: item.title.clone(),
            due: facts.plan_from.map(|from| from.plus_days(item.days)),
            done: ticked.is_some_and(|one| one.done),
            not_applicable: ticked.is_some_and(|one| !one.done),
            on: ticked.map(|one| one.on),
        }
    };
    PlanJson { format: 1, from: facts.plan_from, items: facts.plan.iter().map(item).collect() }
}

pub(super) fn tick(context: &mut Context, args: &TickArgs) -> Result<Exit, CliError> {
    let acting = &args.acting;
    acting.names_no_incident(context)?;
    let gathered = gather(context)?;
    let items: Vec<String> =
        gathered.facts(context).plan.into_iter().map(|item| item.step).collect();
    if !items.contains(&args.item) {
        return Err(unknown(&args.item, &items));
    }
    let step = args.item.parse().map_err(|_| unknown(&args.item, &items))?;
    let mut seals = Seals::new();
    let intent = if let Some(reason) = &args.not_applicable {
        let reason = acting.text(context, &mut seals, "the reason", reason)?;
        Intent::Skip { step, reason }
    } else {
        let note = acting.optional_text(context, &mut seals, "the note", args.note.as_deref())?;
        Intent::Done { step, answers: std::collections::BTreeMap::new(), note, initials: None }
    };
    let acting = on_that_day(context, acting)?;
    context.record_standing(&acting, seals, intent)
}

fn unknown(word: &str, items: &[String]) -> CliError {
    let error = CliError::usage(format!("the plan has no item {}", quoted(word)));
    let near = closest(word, items.iter().map(String::as_str), &mut 1_000);
    let near = near.map(|near| format!("did you mean {near}?"));
    near.into_iter().fold(error, CliError::hint).hint("runbook readiness plan lists them")
}

/// A day is as good as a time here: it is kept as its noon, which no change of clocks makes void.
fn on_that_day(context: &Context, acting: &Acting) -> Result<Acting, CliError> {
    let Some(text) = acting.at.as_deref() else { return Ok(acting.clone()) };
    if context.when(text, context.world.clock.now(), Toward::Past).is_ok() {
        return Ok(acting.clone());
    }
    let (day, today) = (context.past_day(text)?, context.this_day());
    let at = if day == today { None } else { Some(format!("{day} 12:00")) };
    Ok(Acting { at, incident: None, ..acting.clone() })
}
