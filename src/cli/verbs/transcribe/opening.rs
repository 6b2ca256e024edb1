//! An incident that ran on paper before any computer knew of it.

use super::plan::{Before, paper_key, weigh};
use super::record::Case;
use super::sheets::{Setting, Sheets};
use super::show::rehearsed_records;
use super::{OpeningArgs, TranscribeArgs};
use crate::cli::acting::{names_no_patient, person};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::site_file::SiteFile;
use crate::engine::{Actor, Event, Fact, Mode, Person, Text, Timestamp};
use crate::journal::IncidentId;
use crate::session::{Archive, Assignment, FromPaper, Pinned, Plan, Receipt, Session};
use crate::transcript::{Opening, Read};
use crate::world::Toward;

/// The longest title or name of a site, in bytes.
const MAX_LINE: usize = 200;

/// What the options say of the beginning.
pub(super) struct Beginning {
    pub(super) opened: Option<Timestamp>,
    pub(super) declared: Option<Timestamp>,
    pub(super) by: Option<Person>,
}

impl Beginning {
    pub(super) fn of(context: &Context, args: &OpeningArgs) -> Result<Self, CliError> {
        let past = |text: &Option<String>| {
            text.as_deref()
                .map(|text| context.when(text, context.world.clock.now(), Toward::Past))
                .transpose()
        };
        Ok(Self {
            opened: past(&args.opened)?,
            declared: past(&args.declared)?,
            by: args.by.as_deref().map(|name| person("--by", name)).transpose()?,
        })
    }

    /// The times that lines are read with: of the declaration first, and the earliest of all.
    pub(super) fn times(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        let all = [self.declared, self.opened];
        (self.declared.or(self.opened), all.into_iter().flatten().min())
    }
}

pub(super) fn from_file(
    context: &mut Context,
    args: &TranscribeArgs,
    sheets: &Sheets,
) -> Result<Exit, CliError> {
    let name = args.opening.start.as_deref().unwrap_or_default();
    let pinned = context.pinned(context.playbook(name)?);
    let beginning = Beginning::of(context, &args.opening)?;
    let setting = Setting::beginning(context, args, &pinned.book, beginning.times())?;
    let mut read = sheets.read(context, &pinned.book, &setting);
    if let Some(at) = beginning.declared {
        read.declare(at, beginning.by.clone());
    }
    let scribe = args.scribe_of(context, &read)?;
    let case = Case { args, sheets, scribe: &scribe };
    let opening = opening(&read, &beginning).ok_or_else(|| {
        CliError::usage("no line and no option says when it began")
            .hint("opened 13:50 AD, or --opened \"2026-01-22 13:50\"")
    })?;
    let plan = plan(context, args, pinned, &opening, &read)?;
    if let Some(id) = opened_before(context, &plan)? {
        let session = Session::resume(&context.world, &context.home, &id)?;
        return case.finish(context, session, &read, None);
    }
    let (state, records) = Session::rehearse_begin(&context.world, &plan);
    let before = Before { book: &plan.pinned.book, state: &state, records: &[], id: None };
    let planned = weigh(context, &before, &read);
    case.stop(&plan.pinned.book, &read, &planned, &state)?;
    if args.dry_run {
        if !args.json {
            rehearsed_records(context, plan.mode, &plan.pinned.book, &records)?;
        }
        let along = plan.assignments.len();
        return case.tell_dry(context, plan.mode, &plan.pinned.book, &planned, None, along);
    }
    let (session, receipt) = begin(context, &plan, &scribe)?;
    case.finish(context, session, &read, Some(&receipt))
}

/// When and by whom it was opened, as the options say, else the lines, else the first entry.
fn opening(read: &Read, beginning: &Beginning) -> Option<Opening> {
    let told = read.opening.clone();
    let first = || {
        let entries = read.entries.iter().map(|entry| entry.at);
        entries.chain(read.shifts.iter().map(|shift| shift.from)).min()
    };
    let at = beginning.opened.or(told.as_ref().map(|opening| opening.at)).or_else(first)?;
    let (by, title, span) =
        told.map_or((None, None, 0..0), |told| (told.by, told.title, told.span));
    Some(Opening { at, by: beginning.by.clone().or(by), title, span })
}

/// What it begins with: whoever opened it and took roles on in the same minute holds them from the
/// first record on, as with `start --assign`.
pub(super) fn plan(
    context: &Context,
    args: &TranscribeArgs,
    pinned: Pinned,
    opening: &Opening,
    read: &Read,
) -> Result<Plan, CliError> {
    let own = read.shifts.iter().filter(|shift| {
        let minutes = (shift.from - opening.at).num_minutes();
        opening.by.as_ref() == Some(&shift.person) && minutes == 0 && shift.by.is_none()
    });
    let assignments: Vec<Assignment> = own
        .map(|shift| Assignment {
            role: shift.role.clone(),
            person: shift.person.clone(),
            deputy: shift.deputy,
            since: Some(shift.from),
        })
        .collect();
    let lead = pinned.book.lead().map(|role| role.id.clone());
    let leads = lead.filter(|lead| assignments.iter().any(|a| a.role == *lead && !a.deputy));
    let title = args.opening.title.as_deref().or(opening.title.as_deref());
    Ok(Plan {
        title: line(args, "--title", title)?,
        site: site(context, args)?,
        mode: if args.opening.exercise { Mode::Exercise } else { Mode::Live },
        suspected: true,
        onset: None,
        detected: None,
        declared: Some(opening.at),
        assignments,
        actor: Actor { person: opening.by.clone(), role: leads },
        linked_from: None,
        exercise: None,
        standing: false,
        pinned,
    })
}

fn line(args: &TranscribeArgs, what: &str, text: Option<&str>) -> Result<Option<Text>, CliError> {
    let Some(text) = text else { return Ok(None) };
    let line = crate::engine::line(text, MAX_LINE)
        .map_err(|error| CliError::usage(format!("{what} cannot be used: {error}")))?;
    if !args.no_phi {
        names_no_patient(what, &line, false)?;
    }
    Ok(Some(Text::Plain(line)))
}

fn site(context: &Context, args: &TranscribeArgs) -> Result<Option<Text>, CliError> {
    let file = context.site_file().unwrap_or(SiteFile::Absent).readable();
    let named = file.map(|site| site.name).filter(|name| !name.is_empty());
    line(args, "--site", args.opening.site.as_deref().or(named.as_deref()))
}

/// The key of the first record: the same pile of paper opens nothing twice.
fn key(plan: &Plan) -> String {
    let mode = match plan.mode {
        Mode::Live => "live",
        Mode::Exercise => "exercise",
    };
    let at = plan.declared.map_or(0, Timestamp::millis);
    paper_key(&format!("opened {} {mode}|{at}", plan.pinned.book.id))
}

/// The incident that the same pile opened before.
pub(super) fn opened_before(
    context: &Context,
    plan: &Plan,
) -> Result<Option<IncidentId>, CliError> {
    let key = key(plan);
    for (id, mode) in context.home.list()? {
        let same = |glance: crate::journal::Glance| {
            glance.opened.is_some_and(|(_, opened)| opened.playbook == plan.pinned.book.id)
        };
        // One that cannot be read does not stand in the way of the others.
        if mode != plan.mode || !context.home.glance(&id).is_ok_and(same) {
            continue;
        }
        let Ok(archive) = Archive::read(&context.world, &context.home, &id) else { continue };
        let first = archive
            .records()
            .into_iter()
            .find(|record| matches!(record.fact, Fact::Known(Event::IncidentOpened(_))));
        if first.is_some_and(|record| record.stamp.key.as_ref() == Some(&key)) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Opens it.
pub(super) fn begin(
    context: &Context,
    plan: &Plan,
    scribe: &Person,
) -> Result<(Session, Receipt), CliError> {
    let paper = FromPaper { scribe: scribe.clone(), key: key(plan) };
    Ok(Session::begin_on_paper(&context.world, &context.home, plan, &paper)?)
}
