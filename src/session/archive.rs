//! Reading an incident without touching it.

use crate::engine::{Record, State, WriterId};
use crate::journal::{Home, IncidentId, Reading};
use crate::playbook::Playbook;
use crate::world::World;

use super::{SessionError, checkpoint_lines, pinned};

/// An incident read for a report: nothing is locked, nothing is changed.
#[derive(Debug)]
pub struct Archive {
    /// Which.
    pub id: IncidentId,
    /// The playbook as pinned.
    pub book: Playbook,
    /// Everything read and verified.
    pub reading: Reading,
    /// The fold of all records that verify.
    pub state: State,
}

impl Archive {
    /// Reads an incident whole.
    ///
    /// # Errors
    /// What the files say.
    pub fn read(world: &World, home: &Home, id: &IncidentId) -> Result<Self, SessionError> {
        let own = home.installed(world.place.install)?;
        let reading = home.read(id, own.as_ref().map(WriterId::install))?;
        let book = pinned(&home.folder(id, reading.shelf), &reading.playbook)?;
        let mut state = State::default();
        for record in reading.records() {
            state.apply(record);
        }
        Ok(Self { id: id.clone(), book, reading, state })
    }

    /// All records in merged order.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        self.reading.records().into_iter().cloned().collect()
    }

    /// What puts the log in doubt, in words.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        self.reading.problems.iter().map(ToString::to_string).collect()
    }

    /// One checkpoint line per writer.
    #[must_use]
    pub fn checkpoint(&self) -> Vec<String> {
        checkpoint_lines(&self.id, &self.state)
    }
}
