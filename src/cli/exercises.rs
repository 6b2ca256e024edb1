//! Where exercises come from: files beside the playbooks, and the playbooks themselves.

use std::path::{Path, PathBuf};

use super::context::Context;
use super::error::{CliError, Exit};
use crate::playbook::{
    Candidate, Exercise, ExerciseKind, MAX_SIZE, Outline, Playbook, PlaybookId, Shelf,
    compile_exercise, outline,
};
use crate::ui::render_diagnostics;
use crate::world::{FileError, playbooks_in, read_file, read_text};

/// Where an exercise stands that a playbook holds itself.
const IN_PLAYBOOK: &str = "the playbook";

/// An exercise that can be chosen.
#[derive(Debug, Clone)]
pub(super) struct Scenario {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) kind: ExerciseKind,
    pub(super) playbook: PlaybookId,
    pub(super) origin: String,
}

/// An exercise that was chosen, with the bytes to pin where it has a file of its own.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) exercise: Exercise,
    pub(super) text: Option<String>,
}

impl Context {
    fn exercise_folders(&self) -> [PathBuf; 2] {
        self.playbook_folders().map(|folder| folder.join("exercises"))
    }

    /// Every exercise file that can be found, the nearest place first, the built-in ones last.
    pub(super) fn exercise_files(&self) -> Shelf {
        let folders = self.exercise_folders();
        let files = folders.iter().flat_map(|folder| playbooks_in(folder).unwrap_or_default());
        let candidate = |(id, path): (String, PathBuf)| {
            // What cannot be read is listed without a title, and says why once it is chosen.
            let text = read_file(&path, MAX_SIZE as u64).unwrap_or_default();
            Candidate { origin: self.shown(&path), id, text }
        };
        Shelf::of_exercises(files.map(candidate).collect())
    }

    /// The exercises of one playbook: its files, then those that it holds itself.
    pub(super) fn scenarios(&self, book: &Playbook) -> Vec<Scenario> {
        let mut all: Vec<Scenario> = Vec::new();
        for file in self.exercise_files().iter() {
            let Some(Outline { id, title, playbook, kind }) = outline(&file.text) else { continue };
            if playbook == book.id {
                let (id, origin) = (id.to_string(), file.origin.clone());
                all.push(Scenario { id, title, kind, playbook, origin });
            }
        }
        for one in &book.exercises {
            if all.iter().all(|known| known.id != one.id.as_str()) {
                all.push(Scenario {
                    id: one.id.to_string(),
                    title: one.title.clone(),
                    kind: one.kind,
                    playbook: book.id.clone(),
                    origin: IN_PLAYBOOK.to_owned(),
                });
            }
        }
        all
    }

    /// The exercise that is meant by a name or a path, compiled for its playbook.
    pub(super) fn scenario(&self, book: &Playbook, name: &str) -> Result<Definition, CliError> {
        let is_path = name.contains(['/', '\\'])
            || Path::new(name)
                .extension()
                .is_some_and(|ending| ending == "yaml" || ending == "yml");
        if is_path {
            let path = self.world.place.cwd.join(name);
            let text = read_text(&path, MAX_SIZE as u64);
            let unread = |error: FileError| {
                let error = CliError::from(error.as_typed(&path, Path::new(name)));
                error.hint(format!("runbook drill list {} shows what there is", book.id))
            };
            return compiled(name, name, text.map_err(unread)?, book);
        }
        let files = self.exercise_files();
        let named = |file: &&Candidate| {
            file.id == name || outline(&file.text).is_some_and(|found| found.id.as_str() == name)
        };
        if let Some(file) = files.iter().find(named) {
            return compiled(name, &file.origin, file.text.clone(), book);
        }
        if let Some(own) = book.exercises.iter().find(|one| one.id.as_str() == name) {
            return Ok(Definition { exercise: own.clone(), text: None });
        }
        Err(self.unknown_scenario(book, name))
    }

    fn unknown_scenario(&self, book: &Playbook, name: &str) -> CliError {
        let error = CliError::usage(format!("{} has no exercise \"{name}\"", book.id));
        let all: Vec<String> = self.scenarios(book).into_iter().map(|one| one.id).collect();
        if all.is_empty() {
            return error.hint("it has none: leave --scenario out to run it without injects");
        }
        error
            .hint(format!("it has {}", all.join(", ")))
            .hint(format!("runbook drill list {} shows them", book.id))
    }
}

/// `typed` is how the user named it.
fn compiled(
    typed: &str,
    origin: &str,
    text: String,
    book: &Playbook,
) -> Result<Definition, CliError> {
    let for_other = outline(&text).filter(|found| found.playbook != book.id);
    if let Some(other) = for_other {
        let message =
            format!("{} is an exercise for {}, not for {}", other.id, other.playbook, book.id);
        let next = format!("runbook drill {} --scenario {typed}", other.playbook);
        return Err(CliError::usage(message).hint(next));
    }
    match compile_exercise(&text, book) {
        Ok(compiled) => Ok(Definition { exercise: compiled.exercise, text: Some(text) }),
        Err(findings) => {
            let shown = render_diagnostics(origin, &text, &findings, false);
            let message = format!("{origin} is not a valid exercise\n\n{shown}");
            Err(CliError::new(Exit::Invalid, message))
        }
    }
}
