//! `start`: opens an incident.

mod who;

use clap::Args;
use serde::Serialize;

use super::walk;
use crate::cli::acting::names_no_patient;
use crate::cli::context::{Context, first_exercises};
use crate::cli::error::{CliError, Exit};
use crate::cli::site_file::SiteFile;
use crate::engine::{Mode, Text};
use crate::journal::{Glance, IncidentId};
use crate::outreach::suspicions;
use crate::session::{Pinned, Plan, Session};
use crate::site::Site;
use crate::ui::{Answer, Prompt, near_time};
use crate::world::{Input, Toward};
use who::Asked;
pub(in crate::cli) use who::assignments;

/// The longest title or name of a site, in bytes.
const MAX_LINE: usize = 200;

/// Start an incident: declares it at once and walks you through the playbook
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook start email-outage\n  runbook start email-outage --suspected\n  runbook start email-outage --by \"Ana Diaz\" --onset 01:50 --assign it-lead=\"Ivo Brandt\" --no-walk\n  runbook start email-outage --exercise"
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(in crate::cli) struct StartArgs {
    /// The playbook: its name, or the path of a file
    playbook: String,
    /// Open it before anybody declares: confirm first, then runbook mark declared
    #[arg(long)]
    suspected: bool,
    /// What to call this incident [default: the playbook's title]
    #[arg(long, value_name = "T")]
    title: Option<String>,
    /// Which site
    #[arg(long, value_name = "S")]
    site: Option<String>,
    /// Who starts it [default: `$RUNBOOK_BY`, else the name of the OS user]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Since when the service is down
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    onset: Option<String>,
    /// When somebody noticed
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    detected: Option<String>,
    /// When it was declared, or with --suspected opened, if that was earlier [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// Who takes which role; may be repeated
    #[arg(long, value_name = "ROLE=NAME")]
    assign: Vec<String>,
    /// Practise: says EXERCISE everywhere and counts in no figure
    #[arg(long)]
    exercise: bool,
    /// You have checked that title and site name no patient, although they look like it
    #[arg(long)]
    no_phi: bool,
    /// Do not enter the walk
    #[arg(long)]
    no_walk: bool,
    /// Answer as JSON; never asks anything
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Started {
    format: u32,
    incident: String,
    mode: Mode,
    t0: Option<String>,
    open_exercises: Vec<String>,
    checkpoint: Vec<String>,
}

impl Started {
    fn of(
        context: &Context,
        session: &Session,
        exercises: &[IncidentId],
        checkpoint: Vec<String>,
    ) -> Self {
        Self {
            format: 1,
            incident: session.id().to_string(),
            mode: session.state().mode(),
            t0: session.state().t0().map(|t0| context.iso(t0)),
            open_exercises: exercises.iter().map(ToString::to_string).collect(),
            checkpoint,
        }
    }
}

pub(in crate::cli) fn start(context: &mut Context, args: &StartArgs) -> Result<Exit, CliError> {
    let pinned = context.pinned(context.playbook(&args.playbook)?);
    let asks = context.world.console.input == Input::Terminal && !args.json && !args.no_walk;
    let open = context
        .open_with(&pinned.book.id)?
        .filter(|id| (id.mode() == Mode::Exercise) == args.exercise);
    if let Some(open) = open.as_ref().filter(|_| asks)
        && goes_on(open)?
    {
        return walk::resume(context, open, args.by.as_deref());
    }
    let (plan, mut notes) = plan(context, args, pinned, asks)?;
    let (session, receipt) = Session::begin(&context.world, &context.home, &plan)?;
    if let Some(open) = open.filter(|_| !args.json) {
        notes.push(format!("{open} was open before; it goes on as a separate incident."));
    }
    let others = others(context, session.id());
    let exercises = exercises(&others, args.exercise);
    if !args.json {
        // That it cannot be found out does not stand in the way of an incident.
        notes.extend(context.other_kind_open(session.state().mode()).unwrap_or_default());
    }
    if asks {
        let greeting = notes.into_iter().map(|note| format!("Note: {note}")).collect();
        return walk::enter(context, session, greeting);
    }
    let told = notes.iter().try_for_each(|note| context.tell(&format!("Note: {note}")));
    let answered = told.and_then(|()| {
        if !args.json {
            return introduce(context, &session, !others.is_empty());
        }
        context.print_json(&Started::of(context, &session, &exercises, receipt.checkpoint))
    });
    let done = format!("{} is started and on record", session.id());
    answered.map_err(|error| error.only_unanswered(&done))?;
    Ok(Exit::Ok)
}

/// What else is open. That it cannot be found out does not stand in the way of an incident.
fn others(context: &Context, own: &IncidentId) -> Vec<Glance> {
    let mut open = context.glances().unwrap_or_default().open;
    open.retain(|glance| glance.id != *own);
    open
}

/// The exercises among them, where a live incident is started.
fn exercises(open: &[Glance], practises: bool) -> Vec<IncidentId> {
    let all = first_exercises(open).filter(|_| !practises);
    all.map(|glance| glance.id.clone()).collect()
}

/// Whoever types `start` a second time mostly wants back into the incident that is open.
fn goes_on(open: &IncidentId) -> Result<bool, CliError> {
    loop {
        let question =
            format!("{open} is open already. Enter = go on with it, n = start another one");
        match Prompt::new().ask(&question)? {
            Answer::Nothing => return Ok(true),
            Answer::End => return Err(CliError::refused("nothing was started")),
            Answer::Words(words) if matches!(words.to_lowercase().as_str(), "n" | "new") => {
                return Ok(false);
            }
            Answer::Words(_) => {}
        }
    }
}

/// What to start with, and what to tell whoever starts it.
fn plan(
    context: &Context,
    args: &StartArgs,
    pinned: Pinned,
    asks: bool,
) -> Result<(Plan, Vec<String>), CliError> {
    let now = context.world.clock.now();
    let past = |text: &Option<String>| {
        text.as_deref().map(|it| context.when(it, now, Toward::Past)).transpose()
    };
    let file = context.site_file().unwrap_or(SiteFile::Absent);
    let flawed = matches!(file, SiteFile::Broken { .. });
    let site = file.readable();
    let declared = past(&args.at)?;
    let since = declared.filter(|_| !args.suspected);
    let mut assignments = assignments(&pinned.book, &args.assign, since)?;
    let asked = Asked { by: args.by.as_deref(), asks, site: site.as_ref() };
    let actor = who::starter(context, &pinned.book, &asked, &mut assignments, since)?;
    let (place, notes) = place(args, site.as_ref(), flawed)?;
    let plan = Plan {
        title: line(args, "--title", args.title.as_deref())?,
        site: place,
        mode: if args.exercise { Mode::Exercise } else { Mode::Live },
        suspected: args.suspected,
        onset: past(&args.onset)?,
        detected: past(&args.detected)?,
        declared,
        assignments,
        actor,
        linked_from: None,
        exercise: None,
        standing: false,
        pinned,
    };
    Ok((plan, notes))
}

/// Which site, and what to say about the file that does not tell it.
fn place(
    args: &StartArgs,
    site: Option<&Site>,
    flawed: bool,
) -> Result<(Option<Text>, Vec<String>), CliError> {
    if args.site.is_some() || !(flawed || site.is_some()) {
        return Ok((line(args, "--site", args.site.as_deref())?, Vec::new()));
    }
    Ok(match named_by_file(args, site, flawed) {
        Ok(name) => (Some(name), Vec::new()),
        Err(why) => (None, vec![format!("the site file's name cannot be recorded: {why}")]),
    })
}

/// The site's name as its file has it, or why it is left out: nobody typed it, and an incident does
/// not wait for a better one.
fn named_by_file(args: &StartArgs, site: Option<&Site>, flawed: bool) -> Result<Text, String> {
    let name = site.map_or("", |site| site.name.as_str());
    if flawed && name.is_empty() {
        return Err("the file has errors (runbook site lint shows them)".to_owned());
    }
    let line = crate::engine::line(name, MAX_LINE).map_err(|error| error.to_string())?;
    let found = suspicions(&line).into_iter().next().filter(|_| !args.no_phi);
    found.map_or(Ok(Text::Plain(line)), |found| Err(found.kind.explanation().to_owned()))
}

fn line(args: &StartArgs, what: &str, text: Option<&str>) -> Result<Option<Text>, CliError> {
    let Some(text) = text else { return Ok(None) };
    let line = crate::engine::line(text, MAX_LINE)
        .map_err(|error| CliError::usage(format!("{what} cannot be used: {error}")))?;
    if !args.no_phi {
        names_no_patient(what, &line, false)?;
    }
    Ok(Some(Text::Plain(line)))
}

/// What to type next, for whoever works without the walk.
fn introduce(context: &mut Context, session: &Session, named: bool) -> Result<(), CliError> {
    let state = session.state();
    let mode = state.mode();
    let head = match state.t0() {
        Some(t0) => {
            let (now, offset) = (session.now(&context.world), context.world.zone.offset_at(t0));
            let at = near_time(t0, now, offset);
            format!("Started {}: T+0 is {at}.", session.id())
        }
        None => {
            format!("Opened {} as suspected: nobody has declared it yet.", session.id())
        }
    };
    context.say_in(mode, &head)?;
    context.say_in(mode, "Next:")?;
    for (command, what) in next(session, named) {
        // A command that names its incident leaves no room beside it.
        let gap = if command.chars().count() > 25 { "\n      " } else { " " };
        context.say_in(mode, &format!("  runbook {command:<25}{gap}{what}"))?;
    }
    Ok(())
}

/// What to type next, and what it does; by name where something else is open too.
fn next(session: &Session, named: bool) -> Vec<(String, &'static str)> {
    let id = session.id();
    let option = if named { format!(" --incident {id}") } else { String::new() };
    let word = if named { format!(" {id}") } else { String::new() };
    let mut next = Vec::new();
    if session.state().t0().is_none() {
        next.push((format!("mark declared{option}"), "set T+0 once it is confirmed"));
        next.push((format!("false-alarm --reason …{option}"), "end it if it was nothing"));
    }
    next.push((format!("status{word}"), "what is due now, and by whom"));
    next.push((format!("done STEP{option}"), "record a step as done"));
    next.push((format!("walk{word}"), "be walked through it at a terminal"));
    next
}
