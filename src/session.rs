//! The one door where an intent becomes a fact.
//!
//! [`Session::execute`]: take the lock, read what others appended, take the time once, decide, append
//! and sync, give the lock back. Nothing illegal reaches the disk; nothing is in memory that is not
//! on disk; two terminals never decide on a stale state.

mod archive;
mod begin;
mod hand;

use std::path::PathBuf;

pub use archive::Archive;
pub use begin::{Assignment, Plan};

use crate::engine::{
    Advice, Record, RecordRef, Refusal, Request, State, Timestamp, Verdict, WriterId,
    answered_marks, decide,
};
use crate::journal::{Checkpoint, Home, IncidentId, Journal, JournalError, Reading, Refresh};
use crate::playbook::{Playbook, compile_pinned};
use crate::world::World;
use hand::{Hand, LastClock};

/// That it is on disk.
#[derive(Debug)]
pub struct Receipt {
    /// What was recorded now; empty if it stood there before.
    pub recorded: Vec<Record>,
    /// Where and when the same was recorded before.
    pub already: Option<(RecordRef, Timestamp)>,
    /// What is worth saying.
    pub advice: Vec<Advice>,
    /// What the journal had to do first, in words.
    pub remarks: Vec<String>,
    /// One line per writer, for somebody else to keep.
    pub checkpoint: Vec<String>,
}

/// Why a session does not go on.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// Not possible now; says what is.
    #[error("{0}")]
    Refused(Refusal),
    /// The files do not play along.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The pinned playbook cannot be used.
    #[error("{}: the playbook pinned to this incident cannot be read: {first}", path.display())]
    Playbook {
        /// Where it lies.
        path: PathBuf,
        /// The first finding.
        first: String,
    },
    /// No record has this name.
    #[error("there is no record \"{given}\" in this incident")]
    NoSuchRecord {
        /// As typed.
        given: String,
    },
    /// The system has no randomness to give.
    #[error("the system gives no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

/// One incident, open for work.
#[derive(Debug)]
pub struct Session {
    home: Home,
    id: IncidentId,
    install: WriterId,
    book: Playbook,
    state: State,
    journal: Journal,
    last_clock: LastClock,
    problems: Vec<String>,
}

impl Session {
    /// Goes on with an incident.
    ///
    /// # Errors
    /// What the files say.
    pub fn resume(world: &World, home: &Home, id: &IncidentId) -> Result<Self, SessionError> {
        let install = install(world, home)?;
        Self::open(home, id, install)
    }

    fn open(home: &Home, id: &IncidentId, install: WriterId) -> Result<Self, SessionError> {
        let (journal, reading) = Journal::open(home, id, &install)?;
        let book = pinned(home, &reading)?;
        let mut session = Self {
            home: home.clone(),
            id: id.clone(),
            install,
            book,
            state: State::default(),
            journal,
            last_clock: None,
            problems: Vec::new(),
        };
        session.adopt(&reading);
        Ok(session)
    }

    /// The incident.
    #[must_use]
    pub const fn id(&self) -> &IncidentId {
        &self.id
    }

    /// The playbook as pinned.
    #[must_use]
    pub const fn book(&self) -> &Playbook {
        &self.book
    }

    /// The fold of all records that verify.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// What puts the log in doubt, in words.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// One checkpoint line per writer.
    #[must_use]
    pub fn checkpoint(&self) -> Vec<String> {
        checkpoint_lines(&self.id, &self.state)
    }

    /// Everything that lies in the incident's folder, read and verified anew.
    ///
    /// # Errors
    /// What the files say.
    pub fn read_all(&self) -> Result<Reading, SessionError> {
        Ok(self.home.read(&self.id, Some(self.install.install()))?)
    }

    /// The record that a person means by `17@w4f2`, or by `17` where there is one writer.
    ///
    /// # Errors
    /// If there is none, or several fit.
    pub fn find_record(&self, word: &str) -> Result<RecordRef, SessionError> {
        let none = || SessionError::NoSuchRecord { given: word.to_owned() };
        let (number, writer) = word.split_once('@').unwrap_or((word, ""));
        let number: u64 = number.trim().parse().map_err(|_| none())?;
        let reading = self.read_all()?;
        let records = reading.records();
        let fits = |record: &&&Record| {
            record.at.seq == number
                && (record.at.writer.as_str().starts_with(writer)
                    || record.at.writer.short() == writer)
        };
        let mut found = records.iter().filter(fits);
        let first = found.next().ok_or_else(none)?;
        let exact = records.iter().find(|r| r.at.seq == number && r.at.writer.short() == writer);
        match (found.next(), exact) {
            (None, _) => Ok(first.at.clone()),
            (Some(_), Some(exact)) => Ok(exact.at.clone()),
            (Some(_), None) => Err(none()),
        }
    }

    /// Puts words into the private folder; the record holds only their digest.
    ///
    /// # Errors
    /// If they cannot be saved.
    pub fn seal(&self, world: &World, words: &str) -> Result<crate::engine::Digest, SessionError> {
        Ok(self.home.seal_text(&self.id, world.ids.bytes()?, words)?)
    }

    /// Takes in what others recorded, and says what that was. Takes no lock for longer than the look.
    ///
    /// # Errors
    /// What the files say.
    pub fn refresh(&mut self) -> Result<Vec<Record>, SessionError> {
        let (locked, refresh) = self.journal.lock()?;
        drop(locked);
        Ok(self.take_in(refresh))
    }

    /// Makes an intent a fact, or says why not.
    ///
    /// # Errors
    /// [`SessionError::Refused`] is a normal answer; nothing was written then.
    pub fn execute(&mut self, world: &World, request: &Request) -> Result<Receipt, SessionError> {
        let Self { journal, state, book, last_clock, .. } = self;
        let (mut locked, refresh) = journal.lock()?;
        let rebuilt = fold(state, refresh);
        let clock = world.clock.read();
        let decided = decide(book, state, clock.wall, request).map_err(SessionError::Refused);
        let (events, advice) = match decided? {
            Verdict::Record(events, advice) => (events, advice),
            Verdict::Already(record, at) => {
                drop(locked);
                self.note_problems(rebuilt);
                let checkpoint = self.checkpoint();
                let (recorded, advice, remarks) = (Vec::new(), Vec::new(), Vec::new());
                let already = Some((record, at));
                return Ok(Receipt { recorded, already, advice, remarks, checkpoint });
            }
        };
        let mut hand = Hand::new(world, clock, state, &mut locked);
        let mut remarks = hand.mend()?;
        remarks.extend(hand.note_jump(last_clock)?);
        let mut recorded = Vec::new();
        for event in events {
            let marks = answered_marks(book, &event);
            recorded.push(hand.append(book, request, event)?);
            for (mark, at) in marks {
                match hand.mark_answered(book, request, mark, at)? {
                    Ok(record) => recorded.extend(record),
                    Err(refusal) => remarks.push(format!("{mark} was not marked: {refusal}")),
                }
            }
        }
        let clock = hand.into_clock();
        drop(locked);
        self.last_clock = Some((clock.boot, clock.mono, clock.wall));
        self.note_problems(rebuilt);
        let checkpoint = self.checkpoint();
        Ok(Receipt { recorded, already: None, advice, remarks, checkpoint })
    }

    fn take_in(&mut self, refresh: Refresh) -> Vec<Record> {
        let before: Vec<RecordRef> = self.state.heads().to_vec();
        let new = |record: &Record| {
            before.iter().all(|head| head.writer != record.at.writer || head.seq < record.at.seq)
        };
        match refresh {
            Refresh::Same => Vec::new(),
            Refresh::Grew(records) => {
                for record in &records {
                    self.state.apply(record);
                }
                records
            }
            Refresh::Rebuilt(reading) => {
                self.adopt(&reading);
                reading.records().into_iter().filter(|r| new(r)).cloned().collect()
            }
        }
    }

    fn adopt(&mut self, reading: &Reading) {
        self.state = State::default();
        for record in reading.records() {
            self.state.apply(record);
            if record.at.writer == *self.journal.writer() {
                let stamp = &record.stamp;
                self.last_clock = Some((stamp.boot.clone(), stamp.mono, stamp.wall));
            }
        }
        self.problems = reading.problems.iter().map(ToString::to_string).collect();
    }

    fn note_problems(&mut self, rebuilt: Option<Vec<String>>) {
        if let Some(problems) = rebuilt {
            self.problems = problems;
        }
    }
}

/// Brings the state up to date; gives the problems of a log that had to be read anew.
fn fold(state: &mut State, refresh: Refresh) -> Option<Vec<String>> {
    match refresh {
        Refresh::Same => None,
        Refresh::Grew(records) => {
            for record in &records {
                state.apply(record);
            }
            None
        }
        Refresh::Rebuilt(reading) => {
            *state = State::default();
            for record in reading.records() {
                state.apply(record);
            }
            Some(reading.problems.iter().map(ToString::to_string).collect())
        }
    }
}

fn install(world: &World, home: &Home) -> Result<WriterId, SessionError> {
    Ok(home.install(world.place.install, world.ids.bytes()?)?)
}

fn pinned(home: &Home, reading: &Reading) -> Result<Playbook, SessionError> {
    let path = || home.shelf(reading.shelf).join(reading.id.as_str()).join("playbook.yaml");
    let broken = |first: String| SessionError::Playbook { path: path(), first };
    let source = std::str::from_utf8(&reading.playbook).map_err(|e| broken(e.to_string()))?;
    compile_pinned(source).map_err(|all| {
        let first = all.first();
        broken(first.map_or_else(String::new, |finding| {
            let place = finding.place(source);
            format!("{}:{}: {}", place.line, place.column, finding.message)
        }))
    })
}

/// One checkpoint line per writer.
#[must_use]
pub fn checkpoint_lines(id: &IncidentId, state: &State) -> Vec<String> {
    let line =
        |head: &RecordRef| Checkpoint { incident: id.clone(), head: head.clone() }.to_string();
    state.heads().iter().map(line).collect()
}
