//! What can go wrong with the files of the log. Each variant carries its facts; hints and exit
//! codes are made at the edge.

use std::io;
use std::path::{Path, PathBuf};

use super::codec::EncodeError;
use super::flaw::Damage;
use super::id::IncidentId;

/// Why the journal did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Whether the record is on disk is unknown: write it on paper. The file is not appended to
    /// again through this journal.
    #[error("not confirmed saved: {}", path.display())]
    NotSaved {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An earlier append through this journal was not confirmed.
    #[error("not saved: an earlier entry to {} was not confirmed", path.display())]
    Dead {
        /// The file.
        path: PathBuf,
    },
    /// Another process of this install holds the lock for longer than we wait.
    #[error("another process is writing: {} is locked", path.display())]
    Busy {
        /// The lock file.
        path: PathBuf,
    },
    /// Our own file does not verify in a way that a continuation would not cure.
    #[error("{}, line {}, byte {}: {}", path.display(), damage.line, damage.byte, damage.what)]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where and what.
        damage: Damage,
    },
    /// Our own file must be mended first.
    #[error("{} must be mended before anything is appended", path.display())]
    Unmended {
        /// The file.
        path: PathBuf,
    },
    /// The log holds something of a newer version, so what we would decide on is not all there is.
    #[error("{file} was written by a newer runbook: recording needs that version")]
    NewerFormat {
        /// The file's name within the incident folder.
        file: String,
    },
    /// Somebody who does not keep our lock wrote to our own file.
    #[error("{} changed while it was locked", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The stamp's clock is not after everything seen.
    #[error("the record's clock is not after everything in the log")]
    StaleClock,
    /// The event cannot become a line.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// Nothing has this name.
    #[error("there is no incident \"{given}\"")]
    NoSuchIncident {
        /// What was asked for.
        given: String,
    },
    /// The start of a name fits several incidents.
    #[error("\"{given}\" fits {} incidents", candidates.len())]
    Ambiguous {
        /// What was asked for.
        given: String,
        /// All that fit, in order.
        candidates: Vec<IncidentId>,
    },
    /// The name is taken.
    #[error("the incident {0} exists already")]
    Exists(IncidentId),
    /// A symbolic link, a device, or a folder where a file should be.
    #[error("{} is not a plain {expected}", path.display())]
    NotPlain {
        /// What is there.
        path: PathBuf,
        /// "file" or "folder".
        expected: &'static str,
    },
    /// A file larger than any of ours.
    #[error("{} has {bytes} bytes, more than such a file may have", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// A sealed text that is not what its digest says.
    #[error("the sealed text {} is not what its digest says", path.display())]
    BrokenSeal {
        /// The file.
        path: PathBuf,
    },
    /// Everything else that the system refused.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// What it was about.
        path: PathBuf,
        /// What was tried: "read", "create" …
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

impl JournalError {
    /// Wraps what the system said.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, doing, source }
    }

    /// The same for an append whose outcome is unknown.
    pub(super) fn not_saved(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::NotSaved { path, source }
    }
}
