//! `readiness`: whether the site is ready, and what makes it so.

mod gather;
mod json;
mod plan;
mod record;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::binder;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::readiness::{policy, verdicts};
use crate::report::When;
use crate::ui::readiness_lines;
use crate::world::write_own_file;
use gather::gather;

/// Show whether the site is ready: exercises, reviews, approvals, dates, tests, actions, the 90-day plan
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  runbook readiness\n  runbook readiness --check || mail-the-owner\n  runbook readiness --html readiness.html\n  runbook readiness record exercise --type tabletop --playbook email-outage --at 2026-11-12 --note \"binder 3\"\n  runbook readiness record plan-activation --incident latest --note \"EOC log, binder 3\"\n  runbook readiness record channel-test --of sms\n  runbook readiness plan --start\n  runbook readiness tick verify-domains\n\nStates: OVERDUE, NEVER (nobody ever did it, as far as is on record), due soon, unknown, ok. How often is\nsite policy unless a law is cited: runbook site set policy.tabletop \"2 months\", or waived. What the rules of\nCMS ask depends on the place: runbook site set kind inpatient, outpatient, pharmacy or other; its year\nof exercises begins on: runbook site set exercise-year 07-01. The names in policy.NAME: small-tabletop,\ntabletop, full-scale, playbook-exercised, training, channel-test, restore-test, binder-printed, contacts,\ntemplate-approval, plan-90-days.\n\nWhat is recorded lies in the site's standing log, no incident: runbook log readiness, runbook verify\nreadiness. To take something back: runbook correct NUMBER --withdraw --note TEXT --incident readiness.\n\n--check: exit code 8 if something is overdue or never was done."
)]
pub(in crate::cli) struct ReadinessArgs {
    #[command(subcommand)]
    what: Option<What>,
    /// Exit with 8 if something is overdue or never was done
    #[arg(long)]
    check: bool,
    /// Write it as one HTML file to print
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    html: Option<PathBuf>,
    /// Write over an older file of this name
    #[arg(long, requires = "html")]
    overwrite: bool,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    Record(Box<record::RecordArgs>),
    Plan(plan::PlanArgs),
    Tick(plan::TickArgs),
}

impl ReadinessArgs {
    /// Whether somebody who types this wants something to be on disk afterwards.
    pub(in crate::cli) const fn records(&self) -> bool {
        match &self.what {
            None => false,
            Some(What::Record(_) | What::Tick(_)) => true,
            Some(What::Plan(args)) => args.records(),
        }
    }
}

pub(in crate::cli) fn readiness(
    context: &mut Context,
    args: &ReadinessArgs,
) -> Result<Exit, CliError> {
    match &args.what {
        Some(What::Record(args)) => return record::record(context, args),
        Some(What::Plan(args)) => return plan::plan(context, args),
        Some(What::Tick(args)) => return plan::tick(context, args),
        None => {}
    }
    let gathered = gather(context)?;
    let policy = policy(gathered.site.as_ref(), &context.reference()?);
    let verdicts = verdicts(&policy, &gathered.facts(context));
    if args.json {
        context.print_json(&json::Readiness::of(&verdicts, &policy, &gathered))?;
    } else if let Some(file) = &args.html {
        let now = context.world.clock.now();
        let printed = When { at: now, offset: context.world.zone.offset_at(now) };
        let page = binder::readiness(&verdicts, printed, None).html;
        write_page(context, file, &page, args.overwrite)?;
    } else {
        let width = usize::from(context.world.console.width);
        context.say(&readiness_lines(&verdicts, width).join("\n"))?;
    }
    context.tell_problems(&gathered.problems)?;
    Ok(match (gathered.problems.is_empty(), args.check && verdicts.fails()) {
        (false, _) => Exit::Integrity,
        (true, true) => Exit::Overdue,
        (true, false) => Exit::Ok,
    })
}

fn write_page(
    context: &mut Context,
    file: &Path,
    page: &str,
    overwrite: bool,
) -> Result<(), CliError> {
    let path = context.world.place.cwd.join(file);
    write_own_file(&path, page.as_bytes(), overwrite)
        .map_err(|error| error.as_typed(&path, file))?;
    context.say(&format!("Wrote {}: open it in any browser and print it.", file.display()))
}
