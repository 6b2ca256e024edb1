//! The step sets that can be found by name. Nothing here reads a folder: whoever can, hands in what it
//! found, nearest place first.

use std::cell::OnceCell;

use super::super::compile::{StepSet, compile_set};
use super::super::diagnostic::Diagnostic;
use super::super::findings::{Findings, Span, closest, quoted};
use super::super::kind::FileKind;
use super::super::library::{BUILT_IN, builtin_sets};

/// How many names a suggestion may look at.
const MAX_NAMES: usize = 10_000;

/// A step set that was found, not yet compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetFile {
    /// The path it was read from, or `built-in:sets/NAME`.
    pub origin: String,
    /// The name it is found by.
    pub id: String,
    /// What it says, or why it cannot be read.
    pub text: Result<String, String>,
}

/// All step sets that a playbook may use. Of two with one name the first one counts, so that a site's
/// own copy takes the place of the built-in one.
#[derive(Debug, Clone)]
pub struct Sets {
    files: Vec<Found>,
    /// Names of more that are there, for suggestions.
    others: Vec<String>,
}

/// A step set, compiled once however many playbooks use it.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) file: SetFile,
    compiled: OnceCell<Result<StepSet, Vec<Diagnostic>>>,
}

impl Sets {
    /// What was found, nearest place first, and the names of all that are there; the built-in sets come
    /// last by themselves.
    #[must_use]
    pub fn new(mut found: Vec<SetFile>, others: Vec<String>) -> Self {
        found.extend(builtin_sets().iter().map(|(id, text)| SetFile {
            origin: format!("{BUILT_IN}:sets/{id}"),
            id: (*id).to_owned(),
            text: Ok((*text).to_owned()),
        }));
        let fresh = |file| Found { file, compiled: OnceCell::new() };
        Self { files: found.into_iter().map(fresh).collect(), others }
    }

    /// Only those in the binary.
    #[must_use]
    pub fn built_in() -> Self {
        Self::new(Vec::new(), Vec::new())
    }

    /// The step set of this name.
    pub(super) fn find(&self, id: &str) -> Option<&Found> {
        self.files.iter().find(|set| set.file.id == id)
    }

    /// What to say where there is no step set of this name.
    pub(super) fn instead_of(&self, id: &str) -> String {
        let names = self.files.iter().map(|set| set.file.id.as_str());
        let mut names: Vec<&str> = names.chain(self.others.iter().map(String::as_str)).collect();
        if let Some(near) = closest(id, names.iter().copied(), &mut { MAX_NAMES }) {
            return format!("did you mean {}?", quoted(near));
        }
        // A folder of that name is no file.
        names.retain(|name| *name != id);
        names.sort_unstable();
        names.dedup();
        match names.len() {
            1..=16 => format!("step sets here are {}", names.join(", ")),
            _ => format!("a step set lies in a file of its own: playbooks/sets/{id}.yaml"),
        }
    }
}

impl Found {
    /// The step set that this text is, or everything that is wrong with it.
    pub(super) fn compiled(&self, text: &str) -> &Result<StepSet, Vec<Diagnostic>> {
        self.compiled.get_or_init(|| sound(&self.file.id, text))
    }
}

/// The step set, if it is sound and goes by the name under which it is found.
fn sound(name: &str, text: &str) -> Result<StepSet, Vec<Diagnostic>> {
    let set = compile_set(text)?;
    if set.id.as_str() == name {
        return Ok(set);
    }
    let mut findings = Findings::of(FileKind::Steps, text);
    let message = format!("this step set is used as {} and calls itself otherwise", quoted(name));
    let span = Span { start: set.id_at.start, end: set.id_at.end };
    findings.error_help(span, message, format!("write `id: {name}`, or rename the file"));
    Err(findings.into_sorted())
}
