//! `handover`: a role passes on, with a sheet to read out and initials of both sides.

use clap::Args;
use serde::Serialize;

use crate::cli::acting::{Acting, Seals, person};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::record_in;
use crate::engine::{Confirmation, Intent, Mode, Person, confirms, find_role, initials};
use crate::journal::IncidentId;
use crate::playbook::RoleId;
use crate::report::handover as sheet;
use crate::session::{Archive, Session};
use crate::ui::{Answer, Prompt};
use crate::world::Input;

/// Pass a role on to another person, with a sheet to read out and a checkpoint
#[derive(Debug, Args)]
#[command(
    after_help = "At a terminal the sheet is shown and both sides are asked for their initials.\n\nExamples:\n  runbook handover incident-lead --to \"Ben Ito\"\n  runbook handover incident-lead --to \"Ben Ito\" --sheet | lp\n  runbook handover incident-lead --to \"Ben Ito\" --from-initials AD --to-initials BI --note \"Carrier calls back at 18:00\""
)]
pub(in crate::cli) struct HandoverArgs {
    /// The role
    #[arg(value_name = "ROLE")]
    of_role: String,
    /// To whom
    #[arg(long, value_name = "NAME")]
    to: String,
    /// What the next one must know
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Only print the sheet to read out; record nothing
    #[arg(long, conflicts_with_all = ["note", "from_initials", "to_initials"])]
    sheet: bool,
    /// Confirms for the one who hands over; NAME=XY for each where several hold the role
    #[arg(long, value_name = "XY")]
    from_initials: Vec<String>,
    /// Confirms for the one who takes over
    #[arg(long, value_name = "XY")]
    to_initials: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

/// What `--sheet --json` answers.
#[derive(Debug, Serialize)]
struct Sheet {
    format: u32,
    incident: String,
    mode: Mode,
    lines: Vec<String>,
}

pub(in crate::cli) fn handover(
    context: &mut Context,
    args: &HandoverArgs,
) -> Result<Exit, CliError> {
    let to = person("--to", &args.to)?;
    if args.sheet {
        let id = context.choose_open(args.acting.incident.as_deref())?;
        let archive = Archive::read(&context.world, &context.home, &id)?;
        let role = find_role(&archive.book, &args.of_role)?.id.clone();
        return print(context, &archive, &role, &to, args.acting.json);
    }
    let mut session = args.acting.session(context)?;
    let role = find_role(session.book(), &args.of_role)?.id.clone();
    let note = args.note.as_deref();
    let mut seals = Seals::new();
    let note = args.acting.optional_text(context, &mut seals, "the note", note)?;
    let confirmed = if asks(context, args) {
        confirmed_here(context, &session, &role, &to)?
    } else {
        args.confirmed(&session, &role, &to)?
    };
    session.carry(seals);
    record_in(context, &args.acting, session, Intent::HandOver { role, to, note, confirmed })
}

/// Only somebody at a terminal who gave no initials can be asked for them.
fn asks(context: &Context, args: &HandoverArgs) -> bool {
    context.world.console.input == Input::Terminal
        && !args.acting.json
        && args.from_initials.is_empty()
        && args.to_initials.is_none()
}

fn print(
    context: &mut Context,
    archive: &Archive,
    role: &RoleId,
    to: &Person,
    as_json: bool,
) -> Result<Exit, CliError> {
    let now = archive.state.now(&context.world.clock.read());
    let lines = context.story(archive, now, |story| sheet(story, role, to));
    let mode = archive.state.mode();
    if as_json {
        let incident = archive.id.to_string();
        context.print_json(&Sheet { format: 1, incident, mode, lines })?;
    } else {
        context.say_in(mode, &lines.join("\n"))?;
    }
    context.tell_problems(&archive.problems())?;
    Ok(Exit::Ok)
}

/// Shows the sheet and asks one side after the other.
fn confirmed_here(
    context: &mut Context,
    session: &Session,
    role: &RoleId,
    to: &Person,
) -> Result<Vec<Confirmation>, CliError> {
    let both = confirms(session.state(), role, to);
    if both.is_empty() {
        return Ok(Vec::new());
    }
    let id: &IncidentId = session.id();
    let archive = Archive::read(&context.world, &context.home, id)?;
    print(context, &archive, role, to, false)?;
    let mut confirmed = Vec::new();
    for person in both {
        let does = if person == *to { "takes over" } else { "hands over" };
        let question = format!("Initials of {person}, who {does} (Enter = not confirmed)");
        if let Some(initials) = ask_initials(&question)? {
            confirmed.push(Confirmation { person, initials });
        }
    }
    Ok(confirmed)
}

fn ask_initials(question: &str) -> Result<Option<String>, CliError> {
    let mut asked = question.to_owned();
    loop {
        match Prompt::new().ask(&asked)? {
            Answer::Nothing => return Ok(None),
            Answer::End => return Err(CliError::refused("nothing was recorded")),
            Answer::Words(words) => match initials(&words) {
                Ok(initials) => return Ok(Some(initials)),
                Err(refusal) => asked = format!("{refusal}. {question}"),
            },
        }
    }
}

impl HandoverArgs {
    /// Who confirmed, as the options say.
    fn confirmed(
        &self,
        session: &Session,
        role: &RoleId,
        to: &Person,
    ) -> Result<Vec<Confirmation>, CliError> {
        let mut leaving = confirms(session.state(), role, to);
        leaving.retain(|person| person != to);
        let mut confirmed = Vec::new();
        for given in &self.from_initials {
            let (person, initials) = match (given.split_once('='), leaving.as_slice()) {
                (Some((name, initials)), _) => (person("--from-initials", name)?, initials),
                (None, [only]) => (only.clone(), given.as_str()),
                // Nobody holds it, or this person does already: the answer says so.
                (None, []) => continue,
                (None, several) => return Err(whose(several)),
            };
            confirmed.push(Confirmation { person, initials: initials.to_owned() });
        }
        if let Some(initials) = self.to_initials.clone() {
            confirmed.push(Confirmation { person: to.clone(), initials });
        }
        Ok(confirmed)
    }
}

fn whose(several: &[Person]) -> CliError {
    let error = CliError::usage("several people hold this role: say whose initials these are");
    let hint = |person: &Person| format!("--from-initials \"{person}=XY\"");
    several.iter().map(hint).fold(error, CliError::hint)
}
