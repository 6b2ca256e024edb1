//! A place to read on from, so that one more note in a long incident does not read years of others.
//!
//! A favour and nothing else: it may be deleted at any time, is believed only where the files are
//! still those that it was made from, and never makes a result differ. It holds the fold of all
//! records up to a place in each file, and is tied to the pinned playbook and to this build.
//!
//! What it spares is reading old bytes again, so it is for single recording verbs: whoever verifies,
//! reports, closes or walks reads everything.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::durable;
use super::error::JournalError;
use super::id::IncidentId;
use super::line::{self, MAX_LINE};
use super::scan::Cursor;
use super::store::{self, Home, Marks};
use crate::engine::{Digest, Head, Hlc, Mode, State, Timestamp, WriterId};

/// Another number for every change to what is stored, the state and what its fold makes of records
/// included. Builds of different numbers ignore each other's snapshots: the version alone would not
/// tell two builds apart between releases, and what is absent from an old snapshot may read as nothing.
pub(super) const FORMAT: u32 = 7;

const BUILD: &str = env!("CARGO_PKG_VERSION");

/// What is remembered of an incident.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Snapshot {
    format: u32,
    build: String,
    incident: String,
    pub(super) shelf: Mode,
    pub(super) genesis: Digest,
    pub(super) install: WriterId,
    pub(super) own: WriterId,
    pub(super) end: Cursor,
    pub(super) marks: Marks,
    pub(super) latest: Hlc,
    pub(super) heads: Vec<Head>,
    pub(super) told: Vec<(WriterId, u64)>,
    pub(super) clock: Clock,
    pub(super) state: State,
}

/// What the machine's clocks said at this install's last record: boot, monotonic time, wall time.
pub type Clock = Option<(Option<String>, Option<u64>, Timestamp)>;

/// What the journal knows, to be remembered.
pub(super) struct Known<'a> {
    pub(super) id: &'a IncidentId,
    pub(super) shelf: Mode,
    pub(super) genesis: Digest,
    pub(super) install: &'a WriterId,
    pub(super) own: &'a WriterId,
    pub(super) end: Cursor,
    pub(super) marks: &'a Marks,
    pub(super) latest: Hlc,
    pub(super) heads: Vec<Head>,
    pub(super) told: Vec<(WriterId, u64)>,
}

impl Known<'_> {
    fn with(self, state: &State, clock: &Clock) -> Snapshot {
        Snapshot {
            format: FORMAT,
            build: BUILD.to_owned(),
            incident: self.id.to_string(),
            shelf: self.shelf,
            genesis: self.genesis,
            install: self.install.clone(),
            own: self.own.clone(),
            end: self.end,
            marks: self.marks.clone(),
            latest: self.latest,
            heads: self.heads,
            told: self.told,
            clock: clock.clone(),
            state: state.clone(),
        }
    }
}

/// Keeps what is known. Failing to is no loss.
pub(super) fn keep(
    home: &Home,
    known: Known<'_>,
    state: &State,
    clock: &Clock,
) -> Result<(), JournalError> {
    let path = path(home, known.id);
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    if let Some(folder) = path.parent() {
        durable::create_private_dir(folder)?;
    }
    let save = || {
        let body = serde_json::to_vec(&known.with(state, clock))?;
        let bytes = [line::sha256(&body).hex().as_bytes(), b"\n", &body].concat();
        durable::discard(&temporary)?;
        durable::create_file(&temporary, &bytes, false)?;
        durable::publish(&temporary, &path)
    };
    save().map_err(JournalError::io("create", &path))
}

/// The snapshot of an incident that lies in this folder, if there is one that holds: for recording.
/// What it is held against comes from the disk.
pub(super) fn recall(home: &Home, id: &IncidentId, folder: &Path) -> Option<Snapshot> {
    let fresh: Reader = |path, from| Ok(durable::read_fresh(path, from)?.0);
    find(home, id, folder, fresh)
}

/// The same for a glance, which waits for no disk.
pub(super) fn glance(home: &Home, id: &IncidentId, folder: &Path) -> Option<Snapshot> {
    find(home, id, folder, durable::read_settled)
}

type Reader = fn(&Path, u64) -> Result<Vec<u8>, JournalError>;

fn find(home: &Home, id: &IncidentId, folder: &Path, read: Reader) -> Option<Snapshot> {
    let path = path(home, id);
    durable::look(&path).ok()??;
    let bytes = durable::read_settled(&path, 0).ok()?;
    let (digest, body) = bytes.split_at_checked(65)?;
    let digest = Digest::from_hex(digest.strip_suffix(b"\n")?)?;
    if line::sha256(body) != digest {
        return None;
    }
    let found: Snapshot = serde_json::from_slice(body).ok()?;
    let fits = found.format == FORMAT && found.build == BUILD && found.incident == id.as_str();
    (fits && found.holds(folder, read)).then_some(found)
}

fn path(home: &Home, id: &IncidentId) -> PathBuf {
    home.root().join("cache").join(format!("{id}.snapshot"))
}

impl Snapshot {
    /// Whether the files are the same ones, and what follows in our own follows what was read.
    fn holds(&self, folder: &Path, read: Reader) -> bool {
        let Ok(now) = store::marks(folder) else { return false };
        let unchanged = |head: &Head| {
            let writer = &head.writer;
            let (before, now) = (self.marks.get(writer)?, now.get(writer)?);
            let grown = *writer == self.own
                && now.identity == before.identity
                && now.length >= before.length;
            let path = store::file_path(folder, writer);
            let same = now == before || grown;
            (same && ends_with(&path, before.length, head, read)).then_some(())
        };
        now.keys().eq(self.marks.keys())
            && self.heads.len() == self.marks.len()
            && self.heads.iter().all(|head| unchanged(head).is_some())
    }

    /// The bytes of our own file that came later.
    pub(super) fn later(&self, folder: &Path) -> Result<Vec<u8>, JournalError> {
        durable::read_settled(&store::file_path(folder, &self.own), self.end.offset)
    }
}

/// Whether the line that ends at this place is this record.
fn ends_with(path: &Path, offset: u64, head: &Head, read: Reader) -> bool {
    let from = offset.saturating_sub(MAX_LINE as u64 + 1);
    let Ok(bytes) = read(path, from) else { return false };
    let until = usize::try_from(offset - from).unwrap_or(usize::MAX);
    let Some(before) = bytes.get(..until).and_then(|bytes| bytes.strip_suffix(b"\n")) else {
        return false;
    };
    let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    line::authentic(last) == Some(head.h)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Event;
    use crate::journal::sample::{self, Log};
    use crate::journal::scan::{Expect, scan};

    /// What [`FORMAT`] stands for: the fold of every event there is.
    const SHAPE: (u32, &str) =
        (7, "b592b635b583b2f540008b563d671ee7772587e5fe2308e6d2985f9d90e2e791");

    /// The fold of one file that holds every event, written down.
    fn shape() -> String {
        let mut log = Log::new(1);
        let mut events = sample::every_event("words", 1);
        events.extend(sample::every_event("others", 2));
        // A claim about torn bytes, which are not here.
        events.retain(|event| !matches!(event, Event::TailRecovered { .. }));
        for (ms, event) in (0..).zip(events) {
            log.add(sample::stamp(ms), event);
        }
        let expect: Expect<'_> = sample::expect(&log.writer);
        let mut state = State::default();
        let found = scan(&log.bytes, &expect);
        assert_eq!(found.records.len(), log.heads.len(), "{:?}", found.tail);
        for placed in &found.records {
            state.apply(&placed.record);
        }
        line::sha256(&serde_json::to_vec(&state).unwrap()).hex()
    }

    #[test]
    fn a_state_of_another_shape_has_another_number() {
        let now = (FORMAT, shape());
        assert_eq!(
            (now.0, now.1.as_str()),
            SHAPE,
            "the state, its fold or its events are not what they were: raise FORMAT by one, so that no \
             older snapshot is believed, and pin the new shape here"
        );
    }
}
