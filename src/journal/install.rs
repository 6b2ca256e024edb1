//! Who writes here: one install is one machine, one OS user, one home folder. A home that was copied
//! elsewhere gets a writer of its own, so that no two machines ever append to one file.

use std::io;

use serde::{Deserialize, Serialize};

use super::durable;
use super::error::JournalError;
use super::store::Home;
use crate::engine::{Digest, WriterId};

const NAME: &str = "writer.json";

#[derive(Serialize, Deserialize)]
struct Install {
    writer: WriterId,
    install: Digest,
}

impl Home {
    /// This install's writer: the one on file if it was made here, else a new one. `here` is a digest
    /// of machine, user and folder; `fresh` are random bytes.
    ///
    /// # Errors
    /// If the home folder cannot be read or written.
    pub fn install(&self, here: Digest, fresh: [u8; 16]) -> Result<WriterId, JournalError> {
        if let Some(known) = self.installed(here)? {
            return Ok(known);
        }
        let path = self.root().join(NAME);
        durable::create_private_dir(self.root())?;
        let install = Install { writer: WriterId::from_random(fresh), install: here };
        let save = || -> io::Result<()> {
            let temporary = self.root().join(format!("writer-{}.tmp", install.writer));
            durable::create_file(&temporary, &serde_json::to_vec(&install)?, false)?;
            durable::publish(&temporary, &path)
        };
        save().map_err(JournalError::not_saved(&path))?;
        // Two first commands may have raced: the file that is there now counts for both.
        Ok(self.installed(here)?.unwrap_or(install.writer))
    }

    /// This install's writer, if it ever wrote anything. Changes nothing.
    ///
    /// # Errors
    /// If the home folder cannot be read.
    pub fn installed(&self, here: Digest) -> Result<Option<WriterId>, JournalError> {
        let path = self.root().join(NAME);
        if durable::look(&path)?.is_none() {
            return Ok(None);
        }
        let bytes = durable::read_settled(&path, 0)?;
        // A file that cannot be understood is no reason to stop: a new writer is always safe.
        let known: Option<Install> = serde_json::from_slice(&bytes).ok();
        Ok(known.filter(|known| known.install == here).map(|known| known.writer))
    }
}
