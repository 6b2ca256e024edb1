//! Differences between two playbooks, as sentences.

use super::safe::safe;
use super::wrap::wrap;
use crate::playbook::{Change, Piece, Subject, What};

/// How many words of what stayed are shown around what changed.
const AROUND: usize = 4;

/// All differences, under headings, in lines of at most `width` columns. Other codes come last, in one
/// go: one step more renames all that follow it.
#[must_use]
pub fn change_lines(changes: &[Change], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut last = None;
    let mut codes = Vec::new();
    for change in changes {
        if let What::Code { was, now } = &change.what {
            codes.push(format!("{} was {was}, is now {now}", name(&change.of)));
            continue;
        }
        let heading = heading(&change.of);
        if last != Some(heading) {
            lines.push(format!("\n{heading}"));
            last = Some(heading);
        }
        lines.extend(indented(&change_sentence(change), width));
    }
    if !codes.is_empty() {
        lines.push("\nShort codes".to_owned());
        lines.extend(indented(&codes.join("; "), width));
    }
    lines
}

fn indented(sentence: &str, width: usize) -> Vec<String> {
    let lines = wrap(&safe(sentence), width.saturating_sub(4));
    let margin = |at| if at == 0 { "  " } else { "    " };
    lines.iter().enumerate().map(|(at, line)| format!("{}{line}", margin(at))).collect()
}

const fn heading(of: &Subject) -> &'static str {
    match of {
        Subject::Playbook => "Playbook",
        Subject::Target(_) => "Targets",
        Subject::Role(_) => "Roles",
        Subject::Channel(_) => "Channels",
        Subject::Segment(_) => "Groups of patients",
        Subject::Template(_) => "Messages",
        Subject::Phase(_) => "Phases",
        Subject::Step(_) | Subject::Answer(..) | Subject::Field(..) => "Steps",
        Subject::Exercise(_) => "Exercises",
    }
}

/// The same before what is said of it; the playbook goes without saying.
fn prefix(of: &Subject) -> String {
    match of {
        Subject::Playbook => String::new(),
        of => format!("{}: ", name(of)),
    }
}

/// What it is about: `freeze-list`, `scope, answer corporate`.
fn name(of: &Subject) -> String {
    match of {
        Subject::Playbook => "the playbook".to_owned(),
        Subject::Target(kpi) => kpi.to_string(),
        Subject::Role(id) => id.to_string(),
        Subject::Channel(id) => id.to_string(),
        Subject::Segment(id) => id.to_string(),
        Subject::Template(id) => id.to_string(),
        Subject::Phase(id) => id.to_string(),
        Subject::Step(id) => id.to_string(),
        Subject::Answer(step, id) => format!("{step}, answer {id}"),
        Subject::Field(step, id) => format!("{step}, question {id}"),
        Subject::Exercise(id) => id.to_string(),
    }
}

/// One difference as one sentence.
#[must_use]
pub fn change_sentence(change: &Change) -> String {
    let (name, of) = (name(&change.of), prefix(&change.of));
    match &change.what {
        What::Added { title, phase: None } => format!("{name} is new: {title}"),
        What::Added { title, phase: Some(phase) } => format!("{name} is new in {phase}: {title}"),
        What::Removed { title, phase: None } => format!("{name} is gone: {title}"),
        What::Removed { title, phase: Some(phase) } => {
            format!("{name} is gone from {phase}: {title}")
        }
        What::Moved { from, to } => format!("{name} moved from {from} to {to}"),
        What::Value { key, was, now } => format!("{of}{key} {}", value(was.as_ref(), now.as_ref())),
        What::Words { key, pieces } => format!("{of}{key} {}", words(pieces)),
        What::Names { key, added, removed } => {
            let part = |word: &str, names: &[String]| {
                (!names.is_empty()).then(|| format!("{word} {key} {}", names.join(", ")))
            };
            let parts = [part("now also", added), part("no longer", removed)];
            format!("{of}{}", parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
        }
        What::Order { key } => format!("{of}the {key} stand in another order"),
        What::Code { was, now } => format!("{of}its code was {was}, is now {now}"),
    }
}

fn value(was: Option<&String>, now: Option<&String>) -> String {
    match (was, now) {
        (None, None) => "is the same".to_owned(),
        (None, Some(now)) => format!("is new: {now}"),
        (Some(was), None) => format!("is gone, was {was}"),
        (Some(was), Some(now)) => format!("was {was}, is now {now}"),
    }
}

/// `[-what went-] {+what came+}`, with a few words around.
fn words(pieces: &[Piece]) -> String {
    if let [Piece::Same(_)] | [] = pieces {
        return "has the same words in other lines".to_owned();
    }
    let last = pieces.len() - 1;
    let shown = pieces.iter().enumerate().map(|(at, piece)| match piece {
        Piece::Gone(text) => format!("[-{text}-]"),
        Piece::New(text) => format!("{{+{text}+}}"),
        Piece::Same(text) => around(text, at > 0, at < last),
    });
    format!("reads: {}", shown.collect::<Vec<_>>().join(" "))
}

/// The words of a run that stand next to a change.
fn around(text: &str, after: bool, before: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (head, tail) = (if after { AROUND } else { 0 }, if before { AROUND } else { 0 });
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let parts = [&words[..head], &["..."], &words[words.len() - tail..]];
    parts.concat().join(" ")
}
