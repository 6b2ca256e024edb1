//! The reference data as the edge meets it: in the binary, and in a site's own folders.

use super::context::Context;
use super::error::CliError;
use crate::playbook::{Candidate, MAX_SIZE};
use crate::reference::{Reference, shelf};
use crate::ui::{render_diagnostics, safe};
use crate::world::{playbooks_in, read_file};

/// The folder beside the playbooks.
const FOLDER: &str = "reference";

impl Context {
    /// Every reference file that counts, with its text. One that cannot be read is said and left out.
    pub(super) fn reference_files(&mut self) -> Result<Vec<Candidate>, CliError> {
        let (mut found, mut notes) = (Vec::new(), Vec::new());
        for folder in self.playbook_folders() {
            // A folder that cannot be listed must not hide the files of the other.
            for (id, path) in playbooks_in(&folder.join(FOLDER)).unwrap_or_default() {
                match read_file(&path, MAX_SIZE as u64) {
                    Ok(text) => found.push(Candidate { origin: self.shown(&path), id, text }),
                    Err(error) => notes.push(error.to_string()),
                }
            }
        }
        notes.iter().try_for_each(|note| self.tell(&format!("note: {}", safe(note))))?;
        Ok(shelf(found))
    }

    /// All reference data that can be used. A broken copy of the site is said, and stops nothing.
    pub(super) fn reference(&mut self) -> Result<Reference, CliError> {
        let (reference, broken) = Reference::of(self.reference_files()?);
        for one in broken {
            let Candidate { origin, id, text } = &one.found;
            let instead = if reference.file(id).is_some() {
                "the one in the program is used instead"
            } else {
                "it is left out"
            };
            let shown = render_diagnostics(origin, text, &one.why, false);
            self.tell(&format!("note: {} cannot be used: {instead}\n{shown}", safe(origin)))?;
        }
        Ok(reference)
    }
}
