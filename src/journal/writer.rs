//! One install's hand in one incident: the only code that appends to a log that exists.
//!
//! [`Journal`] remembers how far it has read. [`Journal::lock`] brings that up to date and gives a
//! [`Locked`], which alone can append: nobody decides on a state that another process has changed.
//! Stamps come from the caller; nothing here asks a clock. Files of other installs are only read.

mod quick;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

pub use quick::Recalled;

use super::codec::{self, Sealed, Slot};
use super::durable;
use super::error::JournalError;
use super::flaw::{Damage, Flaw, file_name};
use super::id::IncidentId;
use super::line::{line_feeds, sha256};
use super::lock::{self, PATIENCE};
use super::reading::Reading;
use super::scan::{Cursor, Expect, scan_from};
use super::store::{self, Home, Marks};
use super::tail::{MARKS, Tail};
use crate::engine::{Digest, Event, Fact, Head, Hlc, Mode, Record, Stamp, WriterId};

/// What our own file needs before anything can be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// It ends within a record: the torn stretch must be set apart.
    Repair {
        /// First byte of the stretch.
        offset: u64,
        /// Its length.
        length: u64,
    },
    /// It is damaged, gone, or lacks records that others saw: it stays as it is, and a new file
    /// goes on.
    Continuation {
        /// What is wrong with it.
        because: Flaw,
    },
}

/// What changed since the last look.
#[derive(Debug)]
pub enum Refresh {
    /// Nothing.
    Same,
    /// Other processes of this install appended these, and they sort behind everything known.
    Grew(Vec<Record>),
    /// Something else changed: start over from this.
    Rebuilt(Box<Reading>),
}

/// An incident that this install can append to.
#[derive(Debug)]
pub struct Journal {
    id: IncidentId,
    shelf: Mode,
    folder: PathBuf,
    lock: PathBuf,
    /// The install's first writer.
    install: WriterId,
    genesis: Digest,
    marks: Marks,
    /// The file that is appended to: the install's newest.
    own: WriterId,
    end: Cursor,
    need: Need,
    latest: Hlc,
    heads: BTreeMap<WriterId, Head>,
    /// The newest record of each other writer that our file vouches for.
    told: BTreeMap<WriterId, u64>,
    newer: Option<String>,
    dead: bool,
    /// How many records were read or appended since the last snapshot.
    behind: u64,
}

/// The right to append, for as long as it lives.
#[derive(Debug)]
pub struct Locked<'a> {
    journal: &'a mut Journal,
    _lock: File,
}

impl Journal {
    /// Opens an incident and reads all of it. `install` is this install's writer, whether it has
    /// written to this incident before or not. Takes no lock.
    pub fn open(
        home: &Home,
        id: &IncidentId,
        install: &WriterId,
    ) -> Result<(Self, Reading), JournalError> {
        let (shelf, folder) = home.locate(id)?;
        let (reading, marks) = store::load(id, shelf, &folder, Some(install.install()))?;
        let mut journal = Self {
            id: id.clone(),
            shelf,
            folder,
            lock: home.lock(id, install),
            install: install.clone(),
            genesis: reading.genesis,
            marks: Marks::new(),
            own: install.clone(),
            end: Cursor::default(),
            need: Need::Nothing,
            latest: Hlc::default(),
            heads: BTreeMap::new(),
            told: BTreeMap::new(),
            newer: None,
            dead: false,
            behind: 0,
        };
        journal.adopt(&reading, marks);
        Ok((journal, reading))
    }

    /// Takes the lock (waiting about five seconds at most) and looks what changed.
    ///
    /// # Errors
    /// [`JournalError::Busy`]; [`JournalError::Dead`] once an append was not confirmed. Opening the
    /// incident anew then reads what the disk really holds.
    pub fn lock(&mut self) -> Result<(Locked<'_>, Refresh), JournalError> {
        if self.dead {
            return Err(JournalError::Dead { path: self.path() });
        }
        let lock = lock::acquire(&self.lock, PATIENCE)?;
        let refresh = self.refresh()?;
        Ok((Locked { journal: self, _lock: lock }, refresh))
    }

    /// The file that this install appends to, which need not exist yet.
    #[must_use]
    pub const fn writer(&self) -> &WriterId {
        &self.own
    }

    /// The newest record of our own file.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        self.end.head(&self.own)
    }

    fn path(&self) -> PathBuf {
        store::file_path(&self.folder, &self.own)
    }

    fn refresh(&mut self) -> Result<Refresh, JournalError> {
        let now = store::marks(&self.folder)?;
        let others = |marks: &Marks| {
            marks.iter().filter(|(w, _)| **w != self.own).map(|(w, m)| (w.clone(), *m)).collect()
        };
        let (before, after): (Marks, Marks) = (others(&self.marks), others(&now));
        if before == after {
            match (self.marks.get(&self.own), now.get(&self.own)) {
                (None, None) => return Ok(Refresh::Same),
                (Some(a), Some(b)) if a.identity == b.identity && a.length == b.length => {
                    return Ok(Refresh::Same);
                }
                (Some(a), Some(b)) if a.identity == b.identity && a.length < b.length => {
                    if let Some(grown) = self.grow()? {
                        return Ok(Refresh::Grew(grown));
                    }
                }
                (None | Some(_), None | Some(_)) => {}
            }
        }
        self.rebuild().map(|reading| Refresh::Rebuilt(Box::new(reading)))
    }

    fn rebuild(&mut self) -> Result<Reading, JournalError> {
        let install = Some(self.install.install());
        let (reading, marks) = store::load(&self.id, self.shelf, &self.folder, install)?;
        self.adopt(&reading, marks);
        Ok(reading)
    }

    /// Reads on where we stopped; nothing if that does not give more of the same.
    fn grow(&mut self) -> Result<Option<Vec<Record>>, JournalError> {
        let (bytes, mark) = durable::read_fresh(&self.path(), self.end.offset)?;
        let expect =
            Expect { incident: self.id.as_str(), writer: &self.own, genesis: self.genesis };
        let more = scan_from(&bytes, &expect, self.end);
        let in_order =
            more.records.first().is_none_or(|first| first.record.stamp.hlc > self.latest);
        let known = |record: &Record| matches!(record.fact, Fact::Known(_));
        if !in_order
            || more.damage().is_some()
            || !more.records.iter().all(|placed| known(&placed.record))
            || matches!(self.need, Need::Continuation { .. })
        {
            return Ok(None);
        }
        self.need = need_of(&more.tail);
        self.end = more.end;
        self.marks.insert(self.own.clone(), mark);
        self.behind += more.records.len() as u64;
        let records: Vec<_> = more.records.into_iter().map(|placed| placed.record).collect();
        for record in &records {
            self.remember(record);
        }
        Ok(Some(records))
    }

    /// Takes one of our own records over.
    fn remember(&mut self, record: &Record) {
        self.latest = self.latest.max(record.stamp.hlc);
        self.heads.insert(record.at.writer.clone(), record.at.clone());
        self.vouch(record);
    }

    fn vouch(&mut self, record: &Record) {
        for head in &record.stamp.seen {
            let told = self.told.entry(head.writer.clone()).or_default();
            *told = head.seq.max(*told);
        }
    }

    fn adopt(&mut self, reading: &Reading, marks: Marks) {
        self.own = newest(&self.install, reading);
        self.marks = marks;
        self.latest = reading.latest();
        self.heads = reading.heads().into_iter().map(|head| (head.writer.clone(), head)).collect();
        self.newer = reading.newer();
        self.behind = reading.files.iter().map(|file| file.scan.records.len() as u64).sum();
        self.told.clear();
        self.end = Cursor::default();
        self.need = Need::Nothing;
        if let Some(file) = reading.files.iter().find(|file| file.writer == self.own) {
            self.end = file.scan.end;
            self.need = need_of(&file.scan.tail);
            for placed in &file.scan.records {
                self.vouch(&placed.record);
            }
        }
        if let Some(because) = unfit(&self.own, reading) {
            self.need = Need::Continuation { because };
        }
    }
}

impl Locked<'_> {
    /// What our own file needs first. If anything, call [`Locked::mend`].
    #[must_use]
    pub const fn need(&self) -> &Need {
        &self.journal.need
    }

    /// The highest clock in the log: a stamp's must be after it.
    #[must_use]
    pub const fn latest(&self) -> Hlc {
        self.journal.latest
    }

    /// Heads of other writers that changed since our last record: every stamp carries them.
    #[must_use]
    pub fn unseen(&self) -> Vec<Head> {
        let told =
            |head: &Head| self.journal.told.get(&head.writer).is_some_and(|t| *t >= head.seq);
        self.others().filter(|head| !told(head)).cloned().collect()
    }

    /// Heads of all other writers: the closing record carries them.
    #[must_use]
    pub fn other_heads(&self) -> Vec<Head> {
        self.others().cloned().collect()
    }

    /// The file that this install appends to.
    #[must_use]
    pub const fn writer(&self) -> &WriterId {
        &self.journal.own
    }

    /// The newest record of our own file.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        self.journal.head()
    }

    fn others(&self) -> impl Iterator<Item = &Head> {
        self.journal.heads.values().filter(|head| head.writer != self.journal.own)
    }

    /// Appends one event. When this returns, the record is durable; its `at` is the new head.
    ///
    /// # Errors
    /// [`JournalError::NotSaved`]: whether it is on disk is unknown, and this journal is dead.
    /// Everything else was refused before anything was written.
    pub fn append(&mut self, stamp: Stamp, event: Event) -> Result<Record, JournalError> {
        if self.journal.need != Need::Nothing {
            return Err(JournalError::Unmended { path: self.journal.path() });
        }
        let prefix: &[u8] = if self.journal.end.open { b"\n" } else { b"" };
        self.write(prefix, stamp, event)
    }

    /// Does what [`Locked::need`] says and gives the record of it; nothing if nothing is needed.
    ///
    /// # Errors
    /// As [`Locked::append`]; [`JournalError::Damaged`] where a new file would not help, because
    /// the playbook beside the log is not the one that was pinned.
    pub fn mend(&mut self, stamp: Stamp) -> Result<Option<Record>, JournalError> {
        self.writable(&stamp)?;
        match self.journal.need.clone() {
            Need::Nothing => Ok(None),
            Need::Repair { offset, .. } => self.set_apart(offset, stamp).map(Some),
            Need::Continuation { because } => self.go_on(because, stamp).map(Some),
        }
    }

    fn set_apart(&mut self, offset: u64, stamp: Stamp) -> Result<Record, JournalError> {
        let mut stretch = durable::read_fresh(&self.journal.path(), offset)?.0;
        self.journal.end.lines += line_feeds(&stretch);
        stretch.extend_from_slice(MARKS);
        let (length, sha256) = (stretch.len() as u64, sha256(&stretch));
        self.write(MARKS, stamp, Event::TailRecovered { offset, length, sha256 })
    }

    fn go_on(&mut self, because: Flaw, stamp: Stamp) -> Result<Record, JournalError> {
        let path = self.journal.path();
        if because == Flaw::OtherPlaybook {
            let damage = Damage { line: 1, byte: 0, what: because };
            return Err(JournalError::Damaged { path, damage });
        }
        let bytes = match durable::look(&path)? {
            Some(_) => durable::read_fresh(&path, 0)?.0,
            None => Vec::new(),
        };
        let event = Event::WriterContinued {
            file: format!("{}.jsonl", self.journal.own),
            sha256: sha256(&bytes),
            length: bytes.len() as u64,
            good: self.journal.head(),
        };
        self.journal.own = self.journal.own.continuation();
        self.journal.end = Cursor::default();
        self.journal.told.clear();
        self.write(b"", stamp, event)
    }

    fn writable(&self, stamp: &Stamp) -> Result<(), JournalError> {
        if self.journal.dead {
            return Err(JournalError::Dead { path: self.journal.path() });
        }
        if let Some(file) = &self.journal.newer {
            return Err(JournalError::NewerFormat { file: file.clone() });
        }
        if !self.journal.heads.is_empty() && stamp.hlc <= self.journal.latest {
            return Err(JournalError::StaleClock);
        }
        Ok(())
    }

    fn write(&mut self, prefix: &[u8], stamp: Stamp, event: Event) -> Result<Record, JournalError> {
        self.writable(&stamp)?;
        let journal = &mut *self.journal;
        let slot = Slot {
            incident: journal.id.as_str(),
            writer: &journal.own,
            seq: journal.end.seq + 1,
            prev: journal.end.hash.unwrap_or(journal.genesis),
        };
        let Sealed { line, record } = codec::encode(slot, stamp, event)?;
        let bytes = [prefix, &line].concat();
        let saved = match journal.marks.get(&journal.own).copied() {
            Some(before) => journal.add(before, &bytes),
            None => journal.start(&bytes),
        };
        let mark = saved.inspect_err(|_| journal.dead = true)?;
        journal.end = Cursor {
            offset: mark.length,
            lines: journal.end.lines + line_feeds(&bytes),
            seq: record.at.seq,
            hash: Some(record.at.h),
            hlc: record.stamp.hlc,
            open: false,
        };
        journal.marks.insert(journal.own.clone(), mark);
        journal.need = Need::Nothing;
        journal.remember(&record);
        journal.behind += 1;
        Ok(record)
    }
}

impl Journal {
    /// Appends to our file, which must be as we left it.
    fn add(&self, before: durable::Mark, bytes: &[u8]) -> Result<durable::Mark, JournalError> {
        let path = self.path();
        let (file, now) = durable::open_append(&path).map_err(JournalError::not_saved(&path))?;
        if now.identity != before.identity || now.length != before.length {
            return Err(JournalError::Changed { path });
        }
        durable::append(&file, bytes).map_err(JournalError::not_saved(&path))?;
        Ok(durable::Mark { length: before.length + bytes.len() as u64, ..before })
    }

    /// Makes our file with its first record in it, so that it never exists without one.
    fn start(&self, bytes: &[u8]) -> Result<durable::Mark, JournalError> {
        let path = self.path();
        let failed = || JournalError::not_saved(&path);
        if durable::look(&path)?.is_some() {
            return Err(JournalError::Changed { path });
        }
        let temporary = store::journal_dir(&self.folder).join(format!(".tmp-{}", self.own));
        durable::discard(&temporary).map_err(failed())?;
        durable::create_file(&temporary, bytes, true).map_err(failed())?;
        durable::publish(&temporary, &path).map_err(failed())?;
        durable::look(&path)?.ok_or(JournalError::Changed { path })
    }
}

fn need_of(tail: &Tail) -> Need {
    match tail {
        Tail::Clean | Tail::NewlineMissing => Need::Nothing,
        Tail::Torn { offset, length } => Need::Repair { offset: *offset, length: *length },
        Tail::Damaged(damage) => Need::Continuation { because: damage.what.clone() },
    }
}

/// The install's newest file, also if only others remember it.
fn newest(install: &WriterId, reading: &Reading) -> WriterId {
    let number = |writer: &WriterId| (writer.as_str().len(), writer.clone());
    let mut own = reading
        .files
        .iter()
        .filter(|file| file.own)
        .map(|file| file.writer.clone())
        .max_by_key(number)
        .unwrap_or_else(|| install.clone());
    while unfit(&own.continuation(), reading).is_some() {
        own = own.continuation();
    }
    own
}

/// Why a file of ours cannot be appended to, whatever its tail.
fn unfit(own: &WriterId, reading: &Reading) -> Option<Flaw> {
    let name = file_name(own);
    let mine = reading.problems.iter().filter(|problem| problem.file == name);
    mine.map(|problem| &problem.what)
        .find(|what| matches!(what, Flaw::RecordsMissing { .. } | Flaw::Rewritten { .. }))
        .or_else(|| {
            let file = reading.files.iter().find(|file| file.writer == *own)?;
            file.scan.damage().map(|damage| &damage.what)
        })
        .cloned()
}

#[cfg(test)]
mod tests;
