//! `print`: the playbook as a binder, a role's sheets, or a page to give away.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::binder::{self, Binder, Paper, Printed};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::site_file::{INIT, SiteFile};
use crate::cli::verbs::reference::did_you_mean;
use crate::engine::Mode;
use crate::playbook::{Playbook, Role};
use crate::reference::Reference;
use crate::report::{Report, When};
use crate::site::Site;
use crate::world::write_own_file;

/// Print a playbook as a binder to use on paper: one HTML file for any browser, with no network
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                        runbook print email-outage -o email-outage.html\n  \
                        runbook print ehr-downtime --role clinical-lead -o clinical-lead.html\n  \
                        runbook print --incident latest -o so-far.html\n  \
                        runbook print --document door-sign -o door-sign.html\n\n\
                        Open the file in a browser and print it; A4 and Letter both fit.\n\
                        The binder holds private numbers from the site file: keep it so.")]
pub(in crate::cli) struct PrintArgs {
    /// The playbook: its name, or the path of a file
    #[arg(required_unless_present_any = ["incident", "document"])]
    playbook: Option<String>,
    /// Only the sheets of this role
    #[arg(long, value_name = "ROLE", conflicts_with = "document")]
    role: Option<String>,
    /// An incident's own copy, with the answers so far and due times by the clock
    #[arg(long, value_name = "ID", conflicts_with_all = ["playbook", "document"])]
    incident: Option<String>,
    /// A page for the public, patients or staff instead: runbook reference documents lists them
    #[arg(long, value_name = "NAME", conflicts_with = "playbook")]
    document: Option<String>,
    /// Say EXERCISE on every page of a blank binder
    #[arg(long, conflicts_with_all = ["incident", "document"])]
    exercise: bool,
    /// The size of the sheets [default: what the printer has]
    #[arg(long, value_enum)]
    paper: Option<Size>,
    /// Where to write it; - is the screen [default: -]
    #[arg(short, long = "output", value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over an older file of this name
    #[arg(long, requires = "output")]
    overwrite: bool,
    /// Answer as JSON
    #[arg(long, requires = "output")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Size {
    A4,
    Letter,
}

impl From<Size> for Paper {
    fn from(size: Size) -> Self {
        match size {
            Size::A4 => Self::A4,
            Size::Letter => Self::Letter,
        }
    }
}

/// What was written.
#[derive(Debug, Serialize)]
struct Wrote<'a> {
    format: u32,
    what: &'a str,
    incident: Option<&'a str>,
    mode: Mode,
    file: String,
    unfilled: &'a [String],
}

pub(in crate::cli) fn print(context: &mut Context, args: &PrintArgs) -> Result<Exit, CliError> {
    let site = context.site_file()?;
    if let SiteFile::Broken { .. } = &site {
        context.tell("note: the site file has errors, and what can be read of it is printed; runbook site lint says more")?;
    }
    let site = site.readable();
    let reference = context.reference()?;
    let paper = args.paper.map(Paper::from);
    if let Some(name) = &args.document {
        let document = reference.documents().find(|one| one.id.as_str() == name);
        let document = document.ok_or_else(|| no_document(&reference, name))?;
        let printed = binder::document(document, site.as_ref(), paper);
        return deliver(context, args, &Work::of(name, Mode::Live), &printed, site.is_some());
    }
    if let Some(word) = &args.incident {
        return incident(context, args, word, site.as_ref(), &reference);
    }
    let book = context.playbook(args.playbook.as_deref().unwrap_or_default())?.playbook;
    let mode = if args.exercise { Mode::Exercise } else { Mode::Live };
    let printed = sheets(context, args, &book, site.as_ref(), &reference, None)?;
    deliver(context, args, &Work::of(book.id.as_str(), mode), &printed, site.is_some())
}

/// The binder of an incident: exit 4 if its log does not verify, as for every report.
fn incident(
    context: &mut Context,
    args: &PrintArgs,
    named: &str,
    site: Option<&Site>,
    reference: &Reference,
) -> Result<Exit, CliError> {
    let archive = context.archive(Some(named))?;
    let now = archive.state.now(&context.world.clock.read());
    let report = context.story(&archive, now, Report::of);
    let printed = sheets(context, args, &archive.book, site, reference, Some(&report))?;
    context.tell_problems(&archive.problems())?;
    let work = Work {
        what: archive.book.id.as_str(),
        incident: Some(archive.id.as_str()),
        mode: archive.state.mode(),
    };
    let exit = deliver(context, args, &work, &printed, site.is_some())?;
    Ok(if archive.reading.problems.is_empty() { exit } else { Exit::Integrity })
}

fn sheets(
    context: &Context,
    args: &PrintArgs,
    book: &Playbook,
    site: Option<&Site>,
    reference: &Reference,
    incident: Option<&Report>,
) -> Result<Printed, CliError> {
    let role = args.role.as_ref().map(|word| role(book, word)).transpose()?;
    let now = context.world.clock.now();
    let printed = When { at: now, offset: context.world.zone.offset_at(now) };
    let (exercise, paper) = (args.exercise, args.paper.map(Paper::from));
    Ok(binder::binder(&Binder { book, role, site, reference, incident, exercise, printed, paper }))
}

/// What is being printed, in the words of the command.
struct Work<'a> {
    what: &'a str,
    incident: Option<&'a str>,
    mode: Mode,
}

impl<'a> Work<'a> {
    fn of(what: &'a str, mode: Mode) -> Self {
        Self { what, incident: None, mode }
    }
}

fn deliver(
    context: &mut Context,
    args: &PrintArgs,
    work: &Work<'_>,
    printed: &Printed,
    has_site: bool,
) -> Result<Exit, CliError> {
    tell_blanks(context, &printed.unfilled, has_site)?;
    let to_file = args.output.as_deref().filter(|path| *path != Path::new("-"));
    let Some(path) = to_file else {
        context.print_bytes(printed.html.as_bytes())?;
        return Ok(Exit::Ok);
    };
    let full = context.world.place.cwd.join(path);
    write_own_file(&full, printed.html.as_bytes(), args.overwrite)
        .map_err(|error| taken(error.as_typed(&full, path)))?;
    let file = path.display().to_string();
    if args.json {
        let Work { what, incident, mode } = *work;
        let unfilled = &printed.unfilled;
        context.print_json(&Wrote { format: 1, what, incident, mode, file, unfilled })?;
        return Ok(Exit::Ok);
    }
    let which = work.incident.unwrap_or(work.what);
    context
        .say_in(work.mode, &format!("Wrote {file}: {which}. Open it in a browser and print it."))?;
    Ok(Exit::Ok)
}

/// What has to be filled in by hand, and how not to.
fn tell_blanks(context: &mut Context, unfilled: &[String], has_site: bool) -> Result<(), CliError> {
    if !has_site {
        let note = format!(
            "note: there is no site file: names and numbers are lines to fill in by hand; {INIT}"
        );
        return context.tell(&note);
    }
    for name in unfilled {
        let set = match name.as_str() {
            "phone" => "site set callback \"860 555 0100\"".to_owned(),
            name => format!("site set values.{name} \"…\""),
        };
        context.tell(&format!(
            "note: nothing fills {{{name}}}: a line to fill in by hand; runbook {set}"
        ))?;
    }
    Ok(())
}

fn role<'b>(book: &'b Playbook, word: &str) -> Result<&'b Role, CliError> {
    let found = book.roles.iter().find(|role| role.id.as_str() == word);
    found.ok_or_else(|| {
        let ids: Vec<&str> = book.roles.iter().map(|role| role.id.as_str()).collect();
        CliError::usage(format!("this playbook has no role \"{word}\""))
            .hint(format!("its roles are {}", ids.join(", ")))
    })
}

fn no_document(reference: &Reference, name: &str) -> CliError {
    let ids: Vec<&str> = reference.documents().map(|one| one.id.as_str()).collect();
    let error = CliError::usage(format!("there is no document \"{name}\""));
    let near = did_you_mean(name, &ids);
    near.into_iter()
        .fold(error, CliError::hint)
        .hint(format!("the documents are {}", ids.join(", ")))
}

/// Nothing is written over unasked.
fn taken(error: crate::world::FileError) -> CliError {
    match error {
        crate::world::FileError::AlreadyThere { .. } => {
            CliError::refused(error.to_string()).hint("choose another name, or add --overwrite")
        }
        other => other.into(),
    }
}
