//! From what a file says to a playbook that holds together, or everything that is in the way.
//!
//! Every rule that makes a playbook valid lives below here, one file per part of the format. A rule
//! never stops the others: it reports and goes on, and only the end decides. No rule reads YAML.

mod accepted;
mod duration;
mod exercise;
mod exercises;
mod forms;
mod gates;
mod names;
mod outreach;
mod phases;
mod ring;
mod roles;
mod scope;
mod set;
mod steps;
mod targets;
mod values;

use super::diagnostic::Diagnostic;
use super::findings::Findings;
use super::format::format_is_known;
use super::id::PlaybookId;
use super::model::Playbook;
use super::sets::Expanded;
use super::yaml;

pub(crate) use duration::parse as length;
pub use exercise::{CompiledExercise, Outline, compile_exercise, is_exercise, outline};
pub use names::proposed_id;
pub(crate) use names::slug;
pub use set::{StepSet, compile_set, set_schema};
pub(crate) use values::{date, line, number, one_of, prose};

pub(super) use accepted::EVERYWHERE;
pub(super) use scope::steps;

use gates::Gates;
use scope::Scope;

/// A playbook that can be used. What an expert would object to is for [`lint`](fn@super::lint).
#[derive(Debug, Clone, PartialEq)]
pub struct Compiled {
    /// The playbook.
    pub playbook: Playbook,
}

/// Compiles the text of a playbook.
///
/// # Errors
/// Everything that is in the way, in the order of the source.
pub fn compile(source: &str) -> Result<Compiled, Vec<Diagnostic>> {
    resolved(source).map(|(_, playbook)| Compiled { playbook })
}

/// Compiles what the files of a playbook say together.
///
/// # Errors
/// As [`compile`], without what is reported of its step sets already; places are those of the
/// expanded text.
pub(super) fn compile_expanded(expanded: &Expanded) -> Result<Compiled, Vec<Diagnostic>> {
    resolved_expanded(expanded).map(|(_, playbook)| Compiled { playbook })
}

/// Compiles the copy that a started incident keeps: under the rules that make a playbook usable,
/// and never under lint, which may grow while an incident runs.
///
/// # Errors
/// Everything that is in the way, in the order of the source.
pub fn compile_pinned(source: &str) -> Result<Playbook, Vec<Diagnostic>> {
    compile(source).map(|compiled| compiled.playbook)
}

/// A file with the playbook that was made of it, or everything that is in the way.
pub(super) type Resolved<'s> = Result<(yaml::Book<'s>, Playbook), Vec<Diagnostic>>;

/// A playbook with the file that it was made from.
pub(super) fn resolved(source: &str) -> Resolved<'_> {
    judged(source, Findings::new(source))
}

/// The same of what several files say together.
pub(super) fn resolved_expanded(expanded: &Expanded) -> Resolved<'_> {
    judged(expanded.text(), Findings::of_expanded(expanded))
}

fn judged<'s>(source: &'s str, mut findings: Findings<'s>) -> Resolved<'s> {
    let resolved = resolve(source, &mut findings);
    match resolved {
        Some(sound) if !findings.any_error() => Ok(sound),
        _ => Err(findings.into_sorted()),
    }
}

fn resolve<'s>(source: &'s str, findings: &mut Findings<'s>) -> Option<(yaml::Book<'s>, Playbook)> {
    let book: yaml::Book<'s> = yaml::parse(source, findings)?;
    if !format_is_known(&book.format, book.at, findings) {
        return None;
    }
    let scope = Scope::of(&book, findings);
    let steps = steps(&book);
    let gates = Gates::of(&steps, &scope, findings);
    let head = head(&book, findings);
    let roles = roles::compile(&book, &scope, findings);
    roles::services(&book, findings);
    let channels = outreach::channels(&book, &scope, findings);
    let segments = outreach::segments(&book, &scope, findings);
    let templates = outreach::templates(&book, &scope, findings);
    let phases = phases::compile(&book, &scope, gates, findings);
    let targets = targets::compile(&book, findings);
    let id = head.as_ref().map(|head| &head.id);
    let exercises = exercises::compile(&book, id, &scope, findings);
    let accepted = accepted::compile(&book, findings);
    let head = head?;
    let playbook = Playbook {
        id: head.id,
        title: head.title,
        version: head.version,
        review_by: head.review_by,
        summary: head.summary,
        roles,
        channels,
        segments,
        templates,
        phases,
        targets,
        exercises,
        accepted,
    };
    Some((book, playbook))
}

struct Head {
    id: PlaybookId,
    title: String,
    version: String,
    review_by: Option<chrono::NaiveDate>,
    summary: String,
}

fn head(book: &yaml::Book<'_>, findings: &mut Findings<'_>) -> Option<Head> {
    let id = book.id.required("id", book.at, findings);
    let id = id.and_then(|id| names::slug(id, findings));
    let title = book.title.required("title", book.at, findings);
    let title = title.and_then(|title| values::line(title, "title", findings));
    let version = book.version.required("version", book.at, findings);
    let version = version.and_then(|version| values::line(version, "version", findings));
    let review_by = book.review_by.given().and_then(|day| values::date(day, findings));
    let summary = values::optional_prose(&book.summary, "summary", findings);
    Some(Head { id: id?, title: title?, version: version?, review_by, summary })
}

#[cfg(test)]
mod tests;
