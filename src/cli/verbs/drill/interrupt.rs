//! `drill interrupt`: something real has happened. What to say and what to type comes first, whatever is
//! wrong with the exercise; then every exercise that is meant ends, as far as that is possible.

use std::ffi::OsString;

use clap::Args;
use serde::Serialize;

use crate::cli::acting::{Acting, Seals};
use crate::cli::context::{Context, Glances, first_exercises, real_one};
use crate::cli::error::{CliError, Exit};
use crate::cli::record::{Acknowledgement, acknowledgement};
use crate::cli::verbs::ending::say_what_is_next;
use crate::engine::{Actor, ExerciseRefusal, Intent, Mode, Refusal, Request, Source, Text};
use crate::journal::{Glance, IncidentId};
use crate::session::{Receipt, Session, SessionError};
use crate::ui::{now_for_real, this_is_real};

/// What is started for real where nobody knows which outage it is.
const ANY: &str = "email-outage";

/// What stands in the log where nobody said what happened.
const NO_REASON: &str = "nobody said what";

/// What stands in the log in the place of words that cannot.
const NOT_TAKEN: &str = "the words that were typed cannot stand in the log";

/// A REAL outage has come: say so, and end every exercise that is open
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook drill interrupt\n  runbook drill interrupt the phones really are down\n  runbook drill interrupt --reason \"The phones really are down\"\n\nWhat to tell everybody and what to type next comes first, whatever is wrong with the exercise.\nExit code 0: no exercise that is meant is open any more."
)]
pub(super) struct InterruptArgs {
    /// The same as one text
    #[arg(long, value_name = "TEXT", conflicts_with = "words")]
    reason: Option<String>,
    /// What really happened
    words: Vec<String>,
    #[command(flatten)]
    acting: Acting,
}

/// What `--json` answers.
#[derive(Debug, Serialize)]
struct Answer {
    format: u32,
    mode: Mode,
    next: Vec<String>,
    ended: Vec<Acknowledgement>,
    not_ended: Vec<NotEnded>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct NotEnded {
    incident: String,
    error: String,
}

/// What has come of it so far.
#[derive(Debug, Default)]
struct Outcome {
    ended: Vec<Acknowledgement>,
    not_ended: Vec<NotEnded>,
    notes: Vec<String>,
    exit: Option<Exit>,
    /// The first that ended.
    first: Option<IncidentId>,
}

impl Outcome {
    fn not_ended(&mut self, id: &IncidentId, error: &CliError) {
        self.notes.push(format!("{id} is NOT ended: {}", error.message()));
        self.notes.extend(error.hints().iter().map(|hint| format!("  → {hint}")));
        self.not_ended.push(NotEnded { incident: id.to_string(), error: error.message() });
        self.exit.get_or_insert(error.exit());
    }
}

pub(super) fn interrupt(context: &mut Context, args: &InterruptArgs) -> Exit {
    let words = (!args.words.is_empty()).then(|| args.words.join(" "));
    for_real(context, &args.acting, args.reason.as_deref().or(words.as_deref()))
}

/// Whether somebody who typed this meant `drill interrupt`, whatever is wrong with the rest of it.
pub(in crate::cli) fn is_meant(argv: &[OsString]) -> bool {
    argv.windows(2).any(|words| words[0] == "drill" && words[1] == "interrupt")
}

/// The words alone, before a complaint about how the command was typed.
pub(in crate::cli) fn say_it_is_real(context: &mut Context) {
    let found = Found::of(context, None);
    let _ = context.tell(&this_is_real(&found.next, &found.already));
    if !found.meant.is_empty() {
        let _ = context.tell("The exercise is NOT ended yet: runbook drill interrupt ends it.");
    }
}

/// Says that it is real, then ends what is meant: a named exercise with all that it grew out of and that
/// grew out of it, else every open one. Nothing here ends early: a message that nobody can read keeps
/// nothing from the log.
pub(in crate::cli) fn for_real(
    context: &mut Context,
    acting: &Acting,
    reason: Option<&str>,
) -> Exit {
    let found = Found::of(context, acting.incident.as_deref());
    let _ = context.tell(&this_is_real(&found.next, &found.already));
    let mut outcome = Outcome::default();
    if let Some(error) = &found.error {
        outcome.notes.push(error.message());
        outcome.notes.extend(error.hints().iter().map(|hint| format!("  → {hint}")));
        outcome.exit.get_or_insert(error.exit());
    }
    for id in &found.meant {
        end(context, acting, reason, id, &mut outcome);
    }
    if found.meant.is_empty() && found.error.is_none() {
        outcome.notes.push("no exercise is open: nothing was recorded".to_owned());
    }
    if let Some(first) = outcome.first.clone().filter(|_| !acting.json) {
        let _ = say_what_is_next(context, &first);
    }
    outcome.notes.extend(found.others.iter().map(|id| {
        format!("{id} is an open exercise too: runbook drill interrupt ends all of them")
    }));
    answer(context, acting.json, found, outcome)
}

/// Says it to somebody at a screen, whose exercise another ended because something real happened.
pub(in crate::cli) fn over_for_real(
    context: &mut Context,
    ended: &IncidentId,
) -> Result<Exit, CliError> {
    // What cannot be looked at does not keep anybody from hearing it.
    let glances = context.glances().unwrap_or_default();
    let first = context.home.first(ended).ok().flatten().unwrap_or_else(|| ended.clone());
    let (next, already) = next(context, &glances, &[first]);
    context.tell(&this_is_real(&next, &already))?;
    Ok(Exit::Ok)
}

fn answer(context: &mut Context, json: bool, found: Found, outcome: Outcome) -> Exit {
    let Outcome { ended, not_ended, notes, exit, .. } = outcome;
    for note in &notes {
        let mark = if note.starts_with("  ") { "" } else { "Note: " };
        let _ = context.tell(&crate::cli::error::safe_lines(&format!("{mark}{note}")));
    }
    // What stands last on the screen is what is read.
    let _ = context.tell(&now_for_real(&found.next));
    if json {
        let mode = Mode::Exercise;
        let answer = Answer { format: 1, mode, next: found.next, ended, not_ended, notes };
        let _ = context.print_json(&answer);
    }
    exit.unwrap_or(Exit::Ok)
}

/// Ends one exercise.
fn end(
    context: &mut Context,
    acting: &Acting,
    reason: Option<&str>,
    id: &IncidentId,
    outcome: &mut Outcome,
) {
    let mut session = match Session::resume(&context.world, &context.home, id) {
        Ok(session) => session,
        Err(error) => return outcome.not_ended(id, &error.into()),
    };
    let request = request(context, acting, reason, &mut session, &mut outcome.notes);
    match session.execute(&context.world, &request) {
        Ok(receipt) => ended(context, acting.json, &session, &receipt, outcome),
        Err(SessionError::Refused(Refusal::Ended { .. })) => {
            outcome.notes.push(format!("{id} had ended before: nothing was added"));
        }
        Err(SessionError::Refused(refusal @ Refusal::OfExercise(ExerciseRefusal::NoExercise))) => {
            outcome.notes.push(format!("{id} goes on: {refusal}"));
            outcome.exit.get_or_insert(Exit::Refused);
        }
        Err(error) => outcome.not_ended(id, &error.into()),
    }
}

fn ended(
    context: &mut Context,
    json: bool,
    session: &Session,
    receipt: &Receipt,
    outcome: &mut Outcome,
) {
    outcome.first.get_or_insert_with(|| session.id().clone());
    outcome.ended.push(Acknowledgement::of(context, session, receipt));
    if !json {
        for line in acknowledgement(context, session, receipt) {
            let _ = context.say_in(Mode::Exercise, &line);
        }
    }
    let _ = context.tell_problems(session.problems());
}

/// What is asked of one exercise. Nothing that was typed wrongly keeps it open: what cannot be taken is
/// left out, and said.
fn request(
    context: &Context,
    acting: &Acting,
    reason: Option<&str>,
    session: &mut Session,
    notes: &mut Vec<String>,
) -> Request {
    let mut seals = Seals::new();
    let id = session.id().clone();
    let taken = reason.map(|raw| acting.text(context, &mut seals, "the reason", raw));
    let reason = taken.unwrap_or_else(|| Ok(Text::Plain(NO_REASON.to_owned())));
    let reason = reason.unwrap_or_else(|error| {
        notes.push(format!("{} (later: runbook note TEXT --incident {id})", error.message()));
        Text::Plain(NOT_TAKEN.to_owned())
    });
    session.carry(seals);
    let intent = Intent::Interrupt { reason };
    acting.request(context, session, intent.clone()).unwrap_or_else(|error| {
        notes.push(format!("left out of the record in {id}: {}", error.message()));
        let actor = Actor { person: acting.person(context).ok(), role: None };
        let key = acting.key().unwrap_or_default();
        Request { intent, actor, occurred: None, key, src: Source::Typed }
    })
}

/// What there is to end, and what to type next.
#[derive(Debug, Default)]
struct Found {
    /// The exercises that are meant, each before those that grew out of it.
    meant: Vec<IncidentId>,
    /// Open exercises that are not meant.
    others: Vec<IncidentId>,
    /// What to type next.
    next: Vec<String>,
    /// Live incidents that were open before.
    already: Vec<IncidentId>,
    /// What is in the way of finding them.
    error: Option<CliError>,
}

impl Found {
    fn of(context: &Context, named: Option<&str>) -> Self {
        let (glances, mut error) = match context.glances() {
            Ok(glances) => (glances, None),
            Err(error) => (Glances::default(), Some(error)),
        };
        // What cannot be looked at may be open: that it cannot be ended is said.
        let unreadable = glances.unreadable.iter().filter(|id| id.mode() == Mode::Exercise);
        let mut open: Vec<IncidentId> =
            first_exercises(&glances.open).map(|glance| glance.id.clone()).collect();
        let roots = open.len();
        let exercises = glances.open.iter().filter(|glance| glance.shelf == Mode::Exercise);
        for id in exercises.map(|glance| &glance.id).chain(unreadable) {
            if !open.contains(id) {
                open.push(id.clone());
            }
        }
        let meant = match named.map(|word| context.named_incident(word)) {
            None => open.clone(),
            Some(Ok(id)) => {
                let first = context.home.first(&id).ok().flatten();
                let first = first.filter(|_| id.mode() == Mode::Exercise);
                let linked = context.home.linked(first.as_ref().unwrap_or(&id)).unwrap_or_default();
                let beside = linked.into_iter().filter(|other| *other != id);
                first.clone().into_iter().chain([id.clone()]).chain(beside).collect()
            }
            Some(Err(wrong)) => {
                error.get_or_insert(wrong);
                Vec::new()
            }
        };
        let first = if named.is_some() { &meant[..meant.len().min(1)] } else { &meant[..roots] };
        let (next, already) = next(context, &glances, first);
        let others = open.into_iter().filter(|id| !meant.contains(id)).collect();
        Self { meant, others, next, already, error }
    }
}

/// What to type next, and which live incidents were open before: the one that was started meanwhile,
/// else the playbooks that were practised.
fn next(
    context: &Context,
    glances: &Glances,
    first: &[IncidentId],
) -> (Vec<String>, Vec<IncidentId>) {
    if let Some(real) = real_one(&glances.open) {
        return (vec![format!("runbook walk {}", real.id)], Vec::new());
    }
    let practised = |glance: &Glance| {
        let opened = glance.opened.as_ref().filter(|_| glance.shelf == Mode::Exercise);
        opened.map(|(at, opened)| (*at, opened.playbook.to_string()))
    };
    let all = || glances.open.iter().chain(&glances.ended);
    let of = |id: &IncidentId| all().find(|glance| glance.id == *id);
    let mut books: Vec<String> =
        first.iter().filter_map(of).filter_map(practised).map(|(_, book)| book).collect();
    if books.is_empty() {
        books.extend(all().filter_map(practised).max().map(|(_, book)| book));
    }
    let mut startable: Vec<String> = Vec::new();
    for book in books {
        if !startable.contains(&book) && context.playbook(&book).is_ok() {
            startable.push(book);
        }
    }
    if startable.is_empty() {
        startable.push(ANY.to_owned());
    }
    let live = glances.open.iter().filter(|glance| glance.shelf == Mode::Live);
    let already = live.map(|glance| glance.id.clone()).collect();
    (startable.into_iter().map(|book| format!("runbook start {book}")).collect(), already)
}
