//! A new incident appears on disk at once and whole, or not at all: it is built in a temporary
//! folder beside its place, synced, and renamed. The only other code that appends is `writer`.

use std::io;
use std::path::PathBuf;

use super::codec::{self, Sealed, Slot};
use super::durable;
use super::error::JournalError;
use super::id::IncidentId;
use super::line::sha256;
use super::store::{self, Home};
use crate::engine::{Event, Hlc, Record, Stamp, WriterId};

/// How many leftovers of crashed attempts with the same name are passed over.
const ATTEMPTS: u32 = 100;

/// What a new incident starts with.
#[derive(Debug)]
pub struct Draft<'a> {
    /// Its name, which also says whether it is an exercise.
    pub id: &'a IncidentId,
    /// The playbook's bytes, pinned for ever.
    pub playbook: &'a [u8],
    /// The definition of the exercise, pinned with it; absent where there is none.
    pub exercise: Option<&'a [u8]>,
    /// The install that opens it.
    pub writer: &'a WriterId,
    /// Its first records, the opening one in front, with rising clocks.
    pub entries: Vec<(Stamp, Event)>,
}

impl Home {
    /// Makes an incident with its first records. When this returns they are durable.
    ///
    /// # Errors
    /// [`JournalError::Exists`] if the name is taken; [`JournalError::NotSaved`] if the disk failed:
    /// then nobody knows whether the incident is there, and it is not to be relied on.
    pub fn create(&self, draft: Draft<'_>) -> Result<Vec<Record>, JournalError> {
        let place = self.shelf_of(draft.id, draft.id.mode());
        durable::create_private_dir(&place)?;
        if self.locate(draft.id).is_ok() {
            return Err(JournalError::Exists(draft.id.clone()));
        }
        let folder = place.join(draft.id.as_str());
        let failed = || JournalError::not_saved(&folder);
        let (bytes, records) = seal_all(draft.id, draft.playbook, draft.writer, draft.entries)?;
        let temporary = self.temporary_folder(draft.id).map_err(failed())?;
        let journal = store::journal_dir(&temporary);
        let build = || -> io::Result<()> {
            durable::create_new_dir(&journal)?;
            durable::create_file(&store::playbook_path(&temporary), draft.playbook, false)?;
            if let Some(exercise) = draft.exercise {
                durable::create_file(&store::exercise_path(&temporary), exercise, false)?;
            }
            durable::create_file(&store::file_path(&temporary, draft.writer), &bytes, true)?;
            durable::sync_dir(&journal)?;
            durable::sync_dir(&temporary)
        };
        build().map_err(failed())?;
        match durable::publish(&temporary, &folder) {
            Err(error) if taken(&error) => Err(JournalError::Exists(draft.id.clone())),
            outcome => outcome.map(|()| records).map_err(failed()),
        }
    }

    fn temporary_folder(&self, id: &IncidentId) -> io::Result<PathBuf> {
        let place = self.shelf_of(id, id.mode());
        for attempt in 1..ATTEMPTS {
            let folder = place.join(format!(".tmp-{id}-{attempt}"));
            match durable::create_new_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                outcome => return outcome.map(|()| folder),
            }
        }
        Err(io::Error::from(io::ErrorKind::AlreadyExists))
    }
}

fn taken(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists)
}

fn seal_all(
    id: &IncidentId,
    playbook: &[u8],
    writer: &WriterId,
    entries: Vec<(Stamp, Event)>,
) -> Result<(Vec<u8>, Vec<Record>), JournalError> {
    let (mut bytes, mut records) = (Vec::new(), Vec::<Record>::new());
    let mut last: Option<Hlc> = None;
    for (stamp, event) in entries {
        if last.is_some_and(|last| stamp.hlc <= last) {
            return Err(JournalError::StaleClock);
        }
        last = Some(stamp.hlc);
        let prev = records.last().map_or_else(|| sha256(playbook), |record| record.at.h);
        let seq = records.len() as u64 + 1;
        let slot = Slot { incident: id.as_str(), writer, seq, prev };
        let Sealed { line, record } = codec::encode(slot, stamp, event)?;
        bytes.extend_from_slice(&line);
        records.push(record);
    }
    Ok((bytes, records))
}
