//! From what an exercise file says to an [`Exercise`] of one playbook, or everything that is in the way.

mod changes;
mod injects;
mod known;

use super::super::diagnostic::Diagnostic;
use super::super::exercise::shape::{self, File};
use super::super::exercise::{Exercise, Objective};
use super::super::findings::{Findings, Span, quoted};
use super::super::id::{ExerciseId, ObjectiveId, PlaybookId};
use super::super::kind::FileKind;
use super::super::model::Playbook;
use super::super::words::ExerciseKind;
use super::super::yaml::{self, Slot, Text};
use super::duration::positive;
use super::names::{self, Names};
use super::values::{self, one_of};

/// How many objectives there can be: more than five are hard to watch.
const MAX_OBJECTIVES: usize = 12;

/// How many critical tasks an objective can have.
const MAX_TASKS: usize = 8;

/// An exercise that can be run, and what an expert would object to.
#[derive(Debug, Clone, PartialEq)]
pub struct CompiledExercise {
    /// The exercise.
    pub exercise: Exercise,
    /// In the order of the file; none of them is an error.
    pub warnings: Vec<Diagnostic>,
}

/// What a list of exercises shows of one, whether it can be run or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The name people type.
    pub id: ExerciseId,
    /// The title.
    pub title: String,
    /// The playbook that it is for.
    pub playbook: PlaybookId,
    /// What kind of exercise it is.
    pub kind: ExerciseKind,
}

/// Whether a text says of itself that it is an exercise file.
#[must_use]
pub fn is_exercise(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("runbook-exercise:"))
}

/// What can be told of an exercise file without its playbook; nothing where that is not sound.
#[must_use]
pub fn outline(text: &str) -> Option<Outline> {
    let mut findings = Findings::of(FileKind::Exercise, text);
    let file: File<'_> = yaml::parse(text, &mut findings)?;
    let word = |slot: &Slot<Text<'_>>| slot.given().map(|text| text.value.trim().to_owned());
    Some(Outline {
        id: word(&file.id)?.parse().ok()?,
        title: word(&file.title)?,
        playbook: word(&file.playbook)?.parse().ok()?,
        kind: ExerciseKind::from_word(&word(&file.kind)?)?,
    })
}

/// Compiles the text of an exercise file for its playbook.
///
/// # Errors
/// Everything that is wrong and doubtful, in the order of the file; at least one is an error.
pub fn compile_exercise(text: &str, book: &Playbook) -> Result<CompiledExercise, Vec<Diagnostic>> {
    let mut findings = Findings::of(FileKind::Exercise, text);
    let exercise = resolve(text, book, &mut findings);
    let usable = !findings.any_error();
    let warnings = findings.into_sorted();
    match exercise {
        Some(exercise) if usable => Ok(CompiledExercise { exercise, warnings }),
        Some(_) | None => Err(warnings),
    }
}

fn resolve<'s>(text: &'s str, book: &Playbook, findings: &mut Findings<'s>) -> Option<Exercise> {
    let file: File<'s> = yaml::parse(text, findings)?;
    if !super::format_is_known(&file.format, file.at, findings) {
        return None;
    }
    let id = file.id.required("id", file.at, findings);
    let id = id.and_then(|id| names::slug(id, findings));
    let title = file.title.required("title", file.at, findings);
    let title = title.and_then(|title| values::line(title, "title", findings));
    let playbook = playbook(&file, book, findings);
    let kind = file.kind.required("type", file.at, findings);
    let kind = kind.and_then(|kind| {
        fixed("type", kind, ExerciseKind::from_word, ExerciseKind::words, findings)
    });
    let duration = file.duration.given().and_then(|text| positive(text, "duration", findings));
    let declared = begins_declared(&file, findings);
    let mut ids: Names<'_, ObjectiveId> = Names::new("objective", "objectives");
    let objectives = objectives(&file, &mut ids, findings);
    let scenario = file.scenario.required("scenario", file.at, findings);
    let scenario = scenario.and_then(|text| values::prose(text, "scenario", findings));
    let ground_truth = values::optional_prose(&file.ground_truth, "ground_truth", findings);
    let injects = injects::compile(&file, book, &ids, duration, findings);
    Some(Exercise {
        id: id?,
        title: title?,
        playbook: playbook?,
        kind: kind?,
        duration,
        declared,
        objectives,
        scenario: scenario?,
        ground_truth,
        injects,
    })
}

fn playbook(file: &File<'_>, book: &Playbook, findings: &mut Findings<'_>) -> Option<PlaybookId> {
    let text = file.playbook.required("playbook", file.at, findings)?;
    let id: PlaybookId = names::slug(text, findings)?;
    if id == book.id {
        return Some(id);
    }
    let message = format!("this exercise is for {}, not for {}", quoted(id.as_str()), book.id);
    findings.error_help(text.span, message, format!("runbook drill {id} runs it"));
    None
}

fn begins_declared(file: &File<'_>, findings: &mut Findings<'_>) -> bool {
    let Some(text) = file.begins.given() else { return false };
    let words = shape::beginnings();
    if !words.contains(&text.value.as_ref()) {
        one_of("beginning", text, words.into_iter(), findings);
    }
    text.value == "declared"
}

/// One of the field's fixed words.
fn fixed<T>(
    what: &str,
    text: &Text<'_>,
    from_word: fn(&str) -> Option<T>,
    words: fn() -> Vec<&'static str>,
    findings: &mut Findings<'_>,
) -> Option<T> {
    let found = from_word(&text.value);
    if found.is_none() {
        one_of(what, text, words().into_iter(), findings);
    }
    found
}

fn objectives<'b>(
    file: &'b File<'_>,
    ids: &mut Names<'b, ObjectiveId>,
    findings: &mut Findings<'_>,
) -> Vec<Objective> {
    let Some(list) = file.objectives.required("objectives", file.at, findings) else {
        ids.forgive();
        return Vec::new();
    };
    if list.value.is_empty() {
        findings.error(list.span, "`objectives` is empty: say what the exercise is to show");
    }
    if list.value.len() > MAX_OBJECTIVES {
        let message = format!("{} objectives, and at most {MAX_OBJECTIVES} fit", list.value.len());
        findings.error_help(list.span, message, "make two exercises of it".to_owned());
    }
    let mut all = Vec::with_capacity(list.value.len());
    for raw in &list.value {
        match raw {
            Some(raw) => all.extend(objective(raw, ids, findings)),
            None => ids.forgive(),
        }
    }
    all
}

fn objective<'b>(
    raw: &'b shape::Objective<'_>,
    ids: &mut Names<'b, ObjectiveId>,
    findings: &mut Findings<'_>,
) -> Option<Objective> {
    let id = raw.id.required("id", raw.at, findings).and_then(|name| {
        ids.define(name, findings);
        ids.get(name)
    });
    if raw.id.given().is_none() {
        ids.forgive();
    }
    let text = raw.text.required("text", raw.at, findings);
    let text = text.and_then(|text| short(text, "text", findings));
    let capability = values::optional_line(&raw.capability, "capability", findings);
    let target = raw.target.given().and_then(|text| short(text, "target", findings));
    let tasks = raw.tasks.given().map(|list| tasks(&list.value, list.span, findings));
    Some(Objective { id: id?, text: text?, capability, target, tasks: tasks.unwrap_or_default() })
}

fn tasks(list: &[Option<Text<'_>>], at: Span, findings: &mut Findings<'_>) -> Vec<String> {
    if list.len() > MAX_TASKS {
        let message = format!("{} tasks, and at most {MAX_TASKS} fit", list.len());
        findings.error_help(at, message, "keep those without which it fails".to_owned());
    }
    list.iter().flatten().filter_map(|text| short(text, "tasks", findings)).collect()
}

fn short(text: &Text<'_>, name: &str, findings: &mut Findings<'_>) -> Option<String> {
    values::line_up_to(shape::MAX_LINE, text, name, findings)
}

#[cfg(test)]
mod tests;
