//! A playbook from its own file and the step sets it uses, or everything that is in the way.

use super::super::compile::{Compiled, compile_expanded};
use super::super::diagnostic::{Diagnostic, Place};
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
    /// None of them is an error.
    pub warnings: Vec<Located>,
}

/// A playbook that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// The files it is made of: its own, then the step sets in the order in which they are used.
    pub sources: Vec<SourceFile>,
    /// Everything that is wrong or doubtful, in the order of the playbook; at least one is an error.
    pub found: Vec<Located>,
}

/// Puts a playbook together and compiles it.
///
/// # Errors
/// Everything that is wrong and doubtful in any of its files.
pub fn assemble(draft: Draft, sets: &Sets) -> Result<Assembled, Unusable> {
    let Outcome { expanded, own, in_sets } = expand(draft, sets);
    let sound = own.is_empty() && in_sets.is_empty();
    let compiled = compile_expanded(&expanded);
    let place = |at: usize| Place::of(at, &expanded.sources()[0].text);
    let rest = match &compiled {
        Ok(compiled) => &compiled.warnings,
        Err(found) => found,
    };
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
    let (text, sources) = expanded.into_parts();
    match compiled {
        Ok(Compiled { playbook, .. }) if sound => {
            Ok(Assembled { playbook, text, sources, warnings: found })
        }
        Ok(_) | Err(_) => Err(Unusable { sources, found }),
    }
}

/// A finding in the expanded text as one in the file in which it was written.
fn told(expanded: &Expanded, one: &Diagnostic) -> (usize, Located) {
    let written = expanded.written(&one.span);
    let shows = written.used_at.unwrap_or(written.span.start);
    let used = written.used_at.map(|at| Place::of(at, &expanded.sources()[0].text));
    let finding = Diagnostic { span: written.span, ..one.clone() };
    (shows, Located { file: written.file, finding, used })
}
