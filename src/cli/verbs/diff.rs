//! `diff`: what is different between two playbooks, in words.

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::Mode;
use crate::journal::IncidentId;
use crate::playbook::{self, Assembled, Change, Piece, Playbook, Subject, What};
use crate::ui::{change_lines, change_sentence, safe};

/// Say what is different between two playbooks: steps, roles, due times, answers, words
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                        runbook diff built-in:email-outage email-outage\n  \
                        runbook diff last-year.yaml ./playbooks/portal-down.yaml\n  \
                        runbook diff --incident latest\n\n\
                        The first holds what is shipped against the site's own copy, the last what an incident keeps\n\
                        against the playbook of that name now.\n\
                        Values stand as in the file; in a text, [-went-] {+came+}. Comments, services and what the\n\
                        injects of an exercise say are not compared.\n\n\
                        Exit codes: 0 nothing is different · 1 something is · the others as everywhere")]
pub(in crate::cli) struct DiffArgs {
    /// The old one: its name, or the path of a file; with --incident the new one
    #[arg(required_unless_present = "incident")]
    a: Option<String>,
    /// The new one
    #[arg(required_unless_present = "incident", conflicts_with = "incident")]
    b: Option<String>,
    /// Compare the copy that this incident keeps [with A, else with the playbook of its name]
    #[arg(long, value_name = "INCIDENT")]
    incident: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

/// The two, and how to call them.
struct Sides {
    incident: Option<IncidentId>,
    old: Side,
    new: Side,
}

struct Side {
    called: String,
    book: Playbook,
    text: String,
}

pub(in crate::cli) fn diff(context: &mut Context, args: &DiffArgs) -> Result<Exit, CliError> {
    let sides = sides(context, args)?;
    let changes = playbook::diff(&sides.old.book, &sides.new.book);
    let exit = if changes.is_empty() { Exit::Ok } else { Exit::Refused };
    if args.json {
        context.print_json(&Differences::of(&sides, &changes))?;
        return Ok(exit);
    }
    let mode = sides.incident.as_ref().map_or(Mode::Live, IncidentId::mode);
    let width = usize::from(context.world.console.width.clamp(40, 200));
    let stamp = if mode == Mode::Exercise { "EXERCISE ".len() } else { 0 };
    for (sign, side) in [("-", &sides.old), ("+", &sides.new)] {
        let (title, version) = (safe(&side.book.title), safe(&side.book.version));
        context
            .say_in(mode, &format!("{sign} {}: {title}, version {version}", safe(&side.called)))?;
    }
    if !changes.is_empty() {
        context.say_in(mode, &change_lines(&changes, width - stamp).join("\n"))?;
    }
    context.say_in(mode, &format!("\n{}", verdict(&sides, changes.len())))?;
    Ok(exit)
}

fn verdict(sides: &Sides, changes: usize) -> String {
    match changes {
        0 if sides.old.text == sides.new.text => "Nothing is different.".to_owned(),
        0 => "Nothing that is compared is different; only the bytes of the files are.".to_owned(),
        1 => "1 difference.".to_owned(),
        n => format!("{n} differences."),
    }
}

fn sides(context: &mut Context, args: &DiffArgs) -> Result<Sides, CliError> {
    let Some(word) = &args.incident else {
        let side = |name: &Option<String>| named(context, name.as_deref().unwrap_or_default());
        return Ok(Sides { incident: None, old: side(&args.a)?, new: side(&args.b)? });
    };
    let archive = context.archive(Some(word))?;
    let text = String::from_utf8_lossy(&archive.reading.playbook).into_owned();
    let called = format!("{}, as started", archive.id);
    let name = args.a.as_deref().unwrap_or(archive.book.id.as_str());
    let new = named(context, name).map_err(|error| {
        error.hint(format!("to name the other one: runbook diff --incident {} FILE", archive.id))
    })?;
    let old = Side { called, text, book: archive.book };
    Ok(Sides { incident: Some(archive.id), old, new })
}

fn named(context: &Context, name: &str) -> Result<Side, CliError> {
    let Assembled { playbook: book, text, .. } = context.playbook(name)?;
    Ok(Side { called: name.to_owned(), book, text })
}

#[derive(Debug, Serialize)]
struct Differences<'a> {
    format: u32,
    same: bool,
    same_bytes: bool,
    incident: Option<&'a str>,
    mode: Option<Mode>,
    old: Compared<'a>,
    new: Compared<'a>,
    changes: Vec<Difference<'a>>,
}

#[derive(Debug, Serialize)]
struct Compared<'a> {
    name: &'a str,
    id: &'a str,
    version: &'a str,
}

#[derive(Debug, Default, Serialize)]
struct Difference<'a> {
    /// `playbook`, `target`, `role`, `channel`, `segment`, `template`, `phase`, `step`, `answer`,
    /// `question` or `exercise`.
    of: &'static str,
    id: Option<String>,
    /// Of an answer or a question: the step.
    step: Option<&'a str>,
    /// `added`, `removed`, `moved`, `value`, `words`, `names`, `order` or `code`.
    what: &'static str,
    key: Option<&'static str>,
    was: Option<String>,
    now: Option<String>,
    added: Option<&'a [String]>,
    removed: Option<&'a [String]>,
    sentence: String,
}

impl<'a> Differences<'a> {
    fn of(sides: &'a Sides, changes: &'a [Change]) -> Self {
        let compared = |side: &'a Side| Compared {
            name: &side.called,
            id: side.book.id.as_str(),
            version: &side.book.version,
        };
        Self {
            format: 1,
            same: changes.is_empty(),
            same_bytes: sides.old.text == sides.new.text,
            incident: sides.incident.as_ref().map(IncidentId::as_str),
            mode: sides.incident.as_ref().map(IncidentId::mode),
            old: compared(&sides.old),
            new: compared(&sides.new),
            changes: changes.iter().map(Difference::of).collect(),
        }
    }
}

impl<'a> Difference<'a> {
    fn of(change: &'a Change) -> Self {
        let (of, id, step) = match &change.of {
            Subject::Playbook => ("playbook", None, None),
            Subject::Target(id) => ("target", Some(id.to_string()), None),
            Subject::Role(id) => ("role", Some(id.to_string()), None),
            Subject::Channel(id) => ("channel", Some(id.to_string()), None),
            Subject::Segment(id) => ("segment", Some(id.to_string()), None),
            Subject::Template(id) => ("template", Some(id.to_string()), None),
            Subject::Phase(id) => ("phase", Some(id.to_string()), None),
            Subject::Step(id) => ("step", Some(id.to_string()), None),
            Subject::Answer(step, id) => ("answer", Some(id.to_string()), Some(step.as_str())),
            Subject::Field(step, id) => ("question", Some(id.to_string()), Some(step.as_str())),
            Subject::Exercise(id) => ("exercise", Some(id.to_string()), None),
        };
        let sentence = change_sentence(change);
        Self { of, id, step, sentence, ..Self::of_what(&change.what) }
    }

    fn of_what(what: &'a What) -> Self {
        let empty = Self::default();
        match what {
            What::Added { title, .. } => Self { what: "added", now: Some(title.clone()), ..empty },
            What::Removed { title, .. } => {
                Self { what: "removed", was: Some(title.clone()), ..empty }
            }
            What::Moved { from, to } => {
                let (was, now) = (Some(from.to_string()), Some(to.to_string()));
                Self { what: "moved", key: Some("phase"), was, now, ..empty }
            }
            What::Value { key, was, now } => {
                let (was, now) = (was.clone(), now.clone());
                Self { what: "value", key: Some(key), was, now, ..empty }
            }
            What::Words { key, pieces } => {
                let (was, now) = (Some(text(pieces, true)), Some(text(pieces, false)));
                Self { what: "words", key: Some(key), was, now, ..empty }
            }
            What::Names { key, added, removed } => {
                let (added, removed) = (Some(added.as_slice()), Some(removed.as_slice()));
                Self { what: "names", key: Some(key), added, removed, ..empty }
            }
            What::Order { key } => Self { what: "order", key: Some(key), ..empty },
            What::Code { was, now } => {
                Self { what: "code", was: Some(was.clone()), now: Some(now.clone()), ..empty }
            }
        }
    }
}

/// One of the two texts, with single spaces.
fn text(pieces: &[Piece], old: bool) -> String {
    let words = pieces.iter().filter_map(|piece| match piece {
        Piece::Same(text) => Some(text.as_str()),
        Piece::Gone(text) => Some(text.as_str()).filter(|_| old),
        Piece::New(text) => Some(text.as_str()).filter(|_| !old),
    });
    words.collect::<Vec<_>>().join(" ")
}
