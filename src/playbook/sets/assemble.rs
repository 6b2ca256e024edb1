//! A playbook from its own file and the step sets it uses, or everything that is in the way.

use super::super::compile::{Compiled, compile_expanded};
use super::super::diagnostic::{Diagnostic, Place};
use super::super::lint::{Known, lint_expanded};
use super::super::model::Playbook;
use super::expand::{InSet, Outcome, expand};
use super::expanded::{Expanded, SourceFile};
use super::shelf::Sets;
use super::uses::Draft;

/// A finding in one of the files that a playbook is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// Which of the files.
    pub file: usize,
    /// What, and where in that file.
    pub finding: Diagnostic,
    /// Where the playbook's own file uses the step, if the finding is in a step set.
    pub used: Option<Place>,
}

/// A playbook that can be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Assembled {
    /// The playbook.
    pub playbook: Playbook,
    /// Its text with every shared step in its place: what an incident pins.
    pub text: String,
    /// The files it is made of: its own, then the step sets in the order in which they are used.
    pub sources: Vec<SourceFile>,
}

/// A playbook that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// The files it is made of: its own, then the step sets in the order in which they are used.
    pub sources: Vec<SourceFile>,
    /// Everything that is in the way, in the order of the playbook.
    pub found: Vec<Located>,
}

/// What there is to say about the files of a playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Whether it can be used.
    pub usable: bool,
    /// The files it is made of: its own, then the step sets in the order in which they are used.
    pub sources: Vec<SourceFile>,
    /// Errors, or advice that nobody accepted, in the order of the playbook.
    pub found: Vec<Located>,
    /// Advice that the playbook accepts, in its order, each with the reason.
    pub accepted: Vec<(Located, String)>,
}

/// Puts a playbook together and compiles it.
///
/// # Errors
/// Everything that is wrong in any of its files.
pub fn assemble(draft: Draft, sets: &Sets) -> Result<Assembled, Unusable> {
    let outcome = expand(draft, sets);
    let sound = outcome.own.is_empty() && outcome.in_sets.is_empty();
    match compile_expanded(&outcome.expanded) {
        Ok(Compiled { playbook }) if sound => {
            let (text, sources) = outcome.expanded.into_parts();
            Ok(Assembled { playbook, text, sources })
        }
        compiled => {
            let (expanded, found) = all(outcome, &compiled.err().unwrap_or_default());
            Err(Unusable { sources: expanded.into_parts().1, found })
        }
    }
}

/// Puts a playbook together and says everything that is wrong or doubtful in any of its files.
#[must_use]
pub fn check(draft: Draft, sets: &Sets, known: &Known<'_>) -> Checked {
    let outcome = expand(draft, sets);
    let sound = outcome.own.is_empty() && outcome.in_sets.is_empty();
    let linted = lint_expanded(&outcome.expanded, known);
    let usable = sound && linted.usable;
    // Doubts about a playbook of which a part is missing would be doubts about what is not there.
    let rest = if sound || !linted.usable { linted.findings } else { Vec::new() };
    let accepted = if usable { linted.accepted } else { Vec::new() };
    let (expanded, found) = all(outcome, &rest);
    let accepted =
        accepted.into_iter().map(|(one, reason)| (told(&expanded, &one).1, reason)).collect();
    Checked { usable, sources: expanded.into_parts().1, found, accepted }
}

/// What is wrong with the use of step sets and in them, and what was found in the text as a whole.
fn all(outcome: Outcome, rest: &[Diagnostic]) -> (Expanded, Vec<Located>) {
    let Outcome { expanded, own, in_sets } = outcome;
    let place = |at: usize| Place::of(at, &expanded.sources()[0].text);
    // Everything with the byte of the playbook's own file at which it shows.
    let mut found: Vec<(usize, Located)> = rest.iter().map(|one| told(&expanded, one)).collect();
    found.extend(
        own.into_iter()
            .map(|finding| (finding.span.start, Located { file: 0, finding, used: None })),
    );
    found.extend(in_sets.into_iter().map(|InSet { file, finding, used_at }| {
        (used_at, Located { file, finding, used: Some(place(used_at)) })
    }));
    found.sort_by_key(|(at, _)| *at);
    let found = found.into_iter().map(|(_, located)| located).collect();
    (expanded, found)
}

/// A finding in the expanded text as one in the file in which it was written.
fn told(expanded: &Expanded, one: &Diagnostic) -> (usize, Located) {
    let written = expanded.written(&one.span);
    let shows = written.used_at.unwrap_or(written.span.start);
    let used = written.used_at.map(|at| Place::of(at, &expanded.sources()[0].text));
    let finding = Diagnostic { span: written.span, ..one.clone() };
    (shows, Located { file: written.file, finding, used })
}
