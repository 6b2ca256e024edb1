//! Going on from a snapshot instead of from the first byte.

use super::{Journal, Need, Refresh};
use crate::engine::{Mode, State, WriterId};
use crate::journal::durable;
use crate::journal::error::JournalError;
use crate::journal::id::IncidentId;
use crate::journal::line::sha256;
use crate::journal::snapshot::{self, Clock, Known};
use crate::journal::store::{self, Home};

/// From so many records on, reading them takes longer than keeping a snapshot.
const WORTH_KEEPING: u64 = 2_000;

/// What a snapshot gives back.
#[derive(Debug)]
pub struct Recalled {
    /// The incident, read up to now.
    pub journal: Journal,
    /// The fold of all records when the snapshot was made.
    pub state: State,
    /// The clocks at this install's last record by then.
    pub clock: Clock,
    /// What came since.
    pub refresh: Refresh,
}

impl Journal {
    /// Goes on from a snapshot, if there is one that holds: gives the state as it was then, and what
    /// came since. Old bytes are not read again, so they are not verified again. Takes no lock.
    pub fn recall(
        home: &Home,
        id: &IncidentId,
        install: &WriterId,
    ) -> Result<Option<Recalled>, JournalError> {
        let (shelf, folder) = home.locate(id)?;
        let Some(known) = snapshot::recall(home, id, &folder) else { return Ok(None) };
        if known.install != *install || known.shelf != shelf {
            return Ok(None);
        }
        let mut journal = Self {
            id: id.clone(),
            shelf,
            folder,
            lock: home.lock(id, install),
            install: install.clone(),
            genesis: known.genesis,
            marks: known.marks,
            own: known.own,
            end: known.end,
            need: Need::Nothing,
            latest: known.latest,
            heads: known.heads.into_iter().map(|head| (head.writer.clone(), head)).collect(),
            told: known.told.into_iter().collect(),
            newer: None,
            dead: false,
            behind: 0,
        };
        let refresh = journal.refresh()?;
        Ok(Some(Recalled { journal, state: known.state, clock: known.clock, refresh }))
    }

    /// Keeps a snapshot of the state that all records so far add up to, if enough of them came since
    /// the last one. A favour: what fails here is no loss, and a log that is not plain gets none.
    pub fn keep(&mut self, home: &Home, state: &State, clock: &Clock) {
        let plain = self.need == Need::Nothing && self.newer.is_none() && !self.end.open;
        if self.behind < WORTH_KEEPING || !plain || self.dead {
            return;
        }
        self.behind = 0;
        let known = Known {
            id: &self.id,
            shelf: self.shelf,
            genesis: self.genesis,
            install: &self.install,
            own: &self.own,
            end: self.end,
            marks: &self.marks,
            latest: self.latest,
            heads: self.heads.values().cloned().collect(),
            told: self.told.iter().map(|(writer, seq)| (writer.clone(), *seq)).collect(),
        };
        let _ = snapshot::keep(home, known, state, clock);
    }

    /// The pinned playbook, which must be the one that the log stands on.
    pub fn playbook(&self) -> Result<Option<Vec<u8>>, JournalError> {
        let bytes = durable::read_settled(&store::playbook_path(&self.folder), 0)?;
        Ok((sha256(&bytes) == self.genesis).then_some(bytes))
    }

    /// Whether the incident lies among the incidents or among the exercises.
    #[must_use]
    pub const fn shelf(&self) -> Mode {
        self.shelf
    }
}

#[cfg(test)]
mod tests;
