//! The pinned definition of an exercise: what is to come. For the facilitator, and for the walk of one
//! person, which delivers what is due and shows nothing else.

use crate::journal::sha256;
use crate::playbook::{Exercise, compile_exercise};

use super::{Session, SessionError};

impl Session {
    /// What this exercise is run by; nothing where it is run without a definition, and for a live
    /// incident.
    ///
    /// # Errors
    /// [`SessionError::Definition`] if it is not the one that the log names, or cannot be used.
    pub fn definition(&self) -> Result<Option<Exercise>, SessionError> {
        let Some(started) = self.state().exercise().started() else { return Ok(None) };
        let Some(id) = &started.exercise else { return Ok(None) };
        let Some(digest) = started.digest else {
            return Ok(self.book.exercises.iter().find(|one| one.id == *id).cloned());
        };
        let path = self.home.shelf(self.id.mode()).join(self.id.as_str()).join("exercise.yaml");
        let broken = |what: String| SessionError::Definition { path: path.clone(), what };
        let Some(bytes) = self.home.exercise(&self.id)? else {
            let here = "it is not here, but where the exercise was started".to_owned();
            return Err(broken(here));
        };
        if sha256(&bytes) != digest {
            return Err(broken("it is not the exercise that the log names".to_owned()));
        }
        let text = std::str::from_utf8(&bytes).map_err(|error| broken(error.to_string()))?;
        match compile_exercise(text, &self.book) {
            Ok(compiled) => Ok(Some(compiled.exercise)),
            Err(found) => {
                let error =
                    found.iter().find(|one| one.severity == crate::playbook::Severity::Error);
                let said = error.map_or_else(String::new, |one| {
                    let place = one.place(text);
                    format!("line {}, column {}: {}", place.line, place.column, one.message)
                });
                Err(broken(said))
            }
        }
    }
}
