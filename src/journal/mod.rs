//! What did happen: an append-only log of one incident, one file for each writer.
//!
//! From bytes outwards: `line` (what is hashed), `codec` (record ↔ line), `tail` and `scan` (bytes
//! in, verdict out), `merge` and `reading` (all writers of an incident, held against each other),
//! `checkpoint` and `verify` (the verdict). All of these are pure. `durable` holds the few verbs
//! that touch a disk; `store`, `create`, `lock`, `writer`, `snapshot`, `private`, `paper` and `site` use
//! no others.
//!
//! Invariants:
//! - Nothing is ever changed, truncated or removed from a log; only [`Locked`] appends, whole lines.
//! - A record is acknowledged after its sync, and never after a sync that failed.
//! - Nobody appends to another install's file, and a file's bytes are never written from a parse.
//! - Any bytes have a verdict: nothing here panics, asks a clock, prints, or reads the environment.
//! - No error holds the content of a record.

mod checkpoint;
mod codec;
mod create;
mod durable;
mod error;
mod flaw;
mod id;
mod install;
mod line;
mod linked;
mod lock;
mod merge;
mod paper;
mod private;
mod reading;
#[cfg(test)]
mod sample;
mod scan;
mod site;
mod snapshot;
mod store;
mod tail;
mod verify;
mod writer;

pub use checkpoint::{Checkpoint, CheckpointError, parse as parse_checkpoints};
pub use codec::{EncodeError, Sealed, Slot, VERSION, encode};
pub use create::Draft;
pub use error::JournalError;
pub use flaw::{Damage, Flaw, Notice, Problem, Remark, file_name, head_code};
pub use id::{IncidentId, Selector};
pub use line::{MAX_DEPTH, MAX_LINE, SUFFIX, sha256};
pub use merge::{Findings, WriterFile, findings, latest, merged};
pub use paper::PaperFile;
pub use private::{Salt, SealedText};
pub use reading::Reading;
pub use scan::{Cursor, Expect, Gap, Placed, Scan, scan, scan_from};
pub use site::SiteFile;
pub use snapshot::Clock;
pub use store::{Glance, Home};
pub use tail::Tail;
pub use verify::{Status, Verification, WriterVerdict, verify};
pub use writer::{Journal, Locked, Need, Recalled, Refresh};
