//! `actions list`: everything that is to be done, the most overdue first.

use clap::Args;
use serde::Serialize;

use super::aim::aimed;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::{Day, Mode, bare_name};
use crate::journal::IncidentId;
use crate::report::{
    ActionLine, Chased, IncidentPlan, Item, OnTime, ReviewLine, Standing, chase, improvement_plan,
    incident_plan, on_time,
};
use crate::session::Archive;
use crate::ui::{actions_lines, safe};

/// List what is to be done after incidents and exercises, the most overdue first
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(
    after_help = "Examples:\n  runbook actions list\n  runbook actions list --owner \"Ivo Brandt\"\n  runbook actions list --all --csv > improvement-plan.csv\n\nAn incident without a finished after-action report stands here as well. --csv prints the columns of the\nHSEEP improvement plan and no others; reports and hot washes are not in it."
)]
pub(super) struct ListArgs {
    /// Only of this incident: an id, a unique beginning of one, latest or latest-exercise
    incident: Option<String>,
    /// Only what this person answers for
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Only what is overdue
    #[arg(long)]
    overdue: bool,
    /// Also what is finished
    #[arg(long)]
    all: bool,
    /// Print the improvement plan as CSV
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

/// The improvement plans of all incidents that were asked for.
pub(in crate::cli::verbs) struct Plans {
    archives: Vec<Archive>,
    /// Which incidents cannot be read, and what puts others in doubt.
    pub(in crate::cli::verbs) problems: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Listing {
    format: u32,
    today: String,
    overdue: usize,
    to_verify: usize,
    due_so_far: usize,
    on_time: usize,
    actions: Vec<ActionJson>,
    reviews: Vec<ReviewJson>,
    problems: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ActionJson {
    id: String,
    incident: String,
    mode: Mode,
    standing: &'static str,
    days_late: Option<i64>,
    #[serde(flatten)]
    line: ActionLine,
    aim_now: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReviewJson {
    id: String,
    incident: String,
    mode: Mode,
    standing: &'static str,
    days_late: Option<i64>,
    #[serde(flatten)]
    line: ReviewLine,
}

/// Reads the plans of one incident, or of all. One that cannot be read does not hide the others.
pub(in crate::cli::verbs) fn plans(
    context: &Context,
    incident: Option<&str>,
) -> Result<Plans, CliError> {
    let ids: Vec<IncidentId> = match incident {
        Some(word) => vec![context.named_incident(word)?],
        None => context.home.list()?.into_iter().map(|(id, _)| id).collect(),
    };
    let (mut archives, mut problems) = (Vec::new(), Vec::new());
    for id in ids {
        match Archive::read(&context.world, &context.home, &id) {
            Ok(archive) => {
                let of_this = archive.problems();
                problems.extend(of_this.iter().map(|problem| format!("{id}: {problem}")));
                archives.push(archive);
            }
            Err(error) => problems.push(format!("{id}: {error}")),
        }
    }
    Ok(Plans { archives, problems })
}

impl Plans {
    /// Every incident and exercise that could be read.
    pub(in crate::cli::verbs) fn archives(&self) -> &[Archive] {
        &self.archives
    }

    /// One list, as things stand now. Short names are those among all incidents of this home.
    pub(in crate::cli::verbs) fn chased(&self, context: &Context) -> Vec<Chased> {
        let now = context.world.clock.now();
        let plan =
            |archive: &Archive| -> IncidentPlan { context.story(archive, now, incident_plan) };
        let all = context.home.list().unwrap_or_default();
        let ids: Vec<String> = all.into_iter().map(|(id, _)| id.to_string()).collect();
        chase(self.archives.iter().map(plan).collect(), &ids, now, context.this_day())
    }

    /// How the aim of an action reads now.
    fn aim(&self, context: &Context, one: &Chased) -> Option<String> {
        let Item::Action(line) = &one.item else { return None };
        let archive = self.archives.iter().find(|known| known.id.as_str() == one.incident)?;
        let of_line = |action: &crate::engine::Action| action.added.record.short() == line.record;
        let aim = archive.state.actions().find(of_line)?.terms.aim?;
        Some(aimed(context, &archive.book, &aim).said(&aim))
    }
}

pub(super) fn list(context: &mut Context, args: &ListArgs) -> Result<Exit, CliError> {
    let plans = plans(context, args.incident.as_deref())?;
    let mut all = plans.chased(context);
    let figure = on_time(&all, context.this_day());
    let owner = args.owner.as_deref().map(bare_name);
    all.retain(|one| {
        let shown = args.all || one.standing != Standing::Finished;
        let late = !args.overdue || matches!(one.standing, Standing::Overdue(_));
        let theirs = |name: &String| one.owner().is_some_and(|o| bare_name(o.as_str()) == *name);
        shown && late && owner.as_ref().is_none_or(theirs)
    });
    let exit = if plans.problems.is_empty() { Exit::Ok } else { Exit::Integrity };
    if args.csv {
        let bytes = improvement_plan(&all).map_err(std::io::Error::from)?;
        context.print_bytes(&bytes)?;
    } else {
        let aims: Vec<Option<String>> = all.iter().map(|one| plans.aim(context, one)).collect();
        if args.json {
            let today = context.this_day();
            let listing = Listing::of(all, aims, figure, today, plans.problems.clone());
            context.print_json(&listing)?;
            return Ok(exit);
        }
        show(context, args, &all, &aims, figure)?;
    }
    context.tell_problems(&plans.problems)?;
    Ok(exit)
}

fn show(
    context: &mut Context,
    args: &ListArgs,
    all: &[Chased],
    aims: &[Option<String>],
    figure: OnTime,
) -> Result<(), CliError> {
    if all.is_empty() {
        let narrowed = args.owner.is_some() || args.overdue || args.incident.is_some();
        return context.say(match (narrowed, args.all) {
            (false, false) => {
                "Nothing is to be done. runbook actions add TEXT puts something on the plan."
            }
            (true, _) | (false, true) => "Nothing of that kind is on the plan.",
        });
    }
    let (today, width) = (context.this_day(), usize::from(context.world.console.width));
    for (mode, line) in actions_lines(all, aims, today, width) {
        context.say_in(mode, &line)?;
    }
    let figure = (figure.due > 0).then(|| {
        let OnTime { due, kept } = figure;
        format!("Of {due} due so far, {kept} closed and verified by the first date.")
    });
    let first = all.iter().find(|one| one.standing != Standing::Finished);
    if figure.is_some() || first.is_some() {
        context.say("")?;
    }
    figure.map_or(Ok(()), |figure| context.say(&figure))?;
    first.map_or(Ok(()), |first| {
        let next = match (&first.standing, &first.item) {
            (Standing::ToVerify, _) => format!("verify {} --by NAME", first.id),
            (Standing::NoDate, _) => format!("update {} --owner NAME --due DAY", first.id),
            _ => format!("close {} --evidence TEXT", first.id),
        };
        context.say_in(first.mode, &safe(&format!("Next: runbook actions {next}")))
    })
}

impl Listing {
    fn of(
        all: Vec<Chased>,
        aims: Vec<Option<String>>,
        figure: OnTime,
        today: Day,
        problems: Vec<String>,
    ) -> Self {
        let count =
            |wanted: fn(Standing) -> bool| all.iter().filter(|one| wanted(one.standing)).count();
        let mut listing = Self {
            format: 1,
            today: today.to_string(),
            overdue: count(|standing| matches!(standing, Standing::Overdue(_))),
            to_verify: count(|standing| standing == Standing::ToVerify),
            due_so_far: figure.due,
            on_time: figure.kept,
            actions: Vec::new(),
            reviews: Vec::new(),
            problems,
        };
        for (one, aim_now) in all.into_iter().zip(aims) {
            listing.take(one, aim_now);
        }
        listing
    }

    fn take(&mut self, one: Chased, aim_now: Option<String>) {
        let Chased { id, incident, mode, standing, item } = one;
        let days_late = match standing {
            Standing::Overdue(days) => Some(days),
            _ => None,
        };
        let standing = standing.word();
        match item {
            Item::Action(line) => {
                let line = *line;
                let action = ActionJson { id, incident, mode, standing, days_late, line, aim_now };
                self.actions.push(action);
            }
            Item::Review(line) => {
                let line = *line;
                self.reviews.push(ReviewJson { id, incident, mode, standing, days_late, line });
            }
        }
    }
}
