//! Sealed words: the log holds SHA-256 over salt and words, the private folder holds both. Whoever
//! destroys the private file redacts the log without breaking its chain.
//!
//! A sealed text is durable before any record refers to it.

use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::durable;
use super::error::JournalError;
use super::id::IncidentId;
use super::store::Home;
use crate::engine::Digest;

/// Random bytes that keep short words from being guessed from their digest.
pub type Salt = [u8; 16];

/// Words and the salt that hides them. The digest can stand in a record before the words are put
/// away; nothing shows the words by accident.
#[derive(Clone, Serialize, Deserialize)]
pub struct SealedText {
    salt: Salt,
    text: String,
}

impl std::fmt::Debug for SealedText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SealedText").field(&self.digest()).finish()
    }
}

impl SealedText {
    /// Words that are not on disk yet.
    #[must_use]
    pub fn new(salt: Salt, words: &str) -> Self {
        Self { salt, text: words.to_owned() }
    }

    /// What a record holds in their place.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let hasher = Sha256::new().chain_update(self.salt).chain_update(&self.text);
        Digest::from_bytes(hasher.finalize().into())
    }
}

impl Home {
    /// Puts words away, so that a record may hold their digest. They are durable afterwards.
    ///
    /// # Errors
    /// [`JournalError::NotSaved`] if the disk failed; then no record may refer to them.
    pub fn put_away(&self, id: &IncidentId, sealed: &SealedText) -> Result<(), JournalError> {
        let path = self.sealed_path(id, &sealed.digest());
        if let Some(folder) = path.parent() {
            durable::create_private_dir(folder)?;
        }
        let save = || -> io::Result<()> {
            let temporary = path.with_extension("tmp");
            durable::discard(&temporary)?;
            durable::create_file(&temporary, &serde_json::to_vec(sealed)?, false)?;
            durable::publish(&temporary, &path)
        };
        save().map_err(JournalError::not_saved(&path))
    }

    /// Sealed words; nothing if they were destroyed or never came here.
    ///
    /// # Errors
    /// [`JournalError::BrokenSeal`] if the file is not what the digest says.
    pub fn sealed_text(
        &self,
        id: &IncidentId,
        digest: &Digest,
    ) -> Result<Option<String>, JournalError> {
        let path = self.sealed_path(id, digest);
        if durable::look(&path)?.is_none() {
            return Ok(None);
        }
        let bytes = durable::read_settled(&path, 0)?;
        match serde_json::from_slice::<SealedText>(&bytes) {
            Ok(sealed) if sealed.digest() == *digest => Ok(Some(sealed.text)),
            Ok(_) | Err(_) => Err(JournalError::BrokenSeal { path }),
        }
    }

    fn sealed_path(&self, id: &IncidentId, digest: &Digest) -> PathBuf {
        self.private(id).join("texts").join(format!("{digest}.json"))
    }
}
