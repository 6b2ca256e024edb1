//! The one door where an intent becomes a fact.
//!
//! [`Session::execute`]: take the lock, read what others appended, take the time once, decide, append
//! and sync, give the lock back. Nothing illegal reaches the disk; nothing is in memory that is not
//! on disk; two terminals never decide on a stale state.

mod archive;
mod begin;
mod definition;
mod escalate;
mod hand;
mod known;
mod linked;
mod players;

use std::path::{Path, PathBuf};

pub use archive::Archive;
pub use begin::{Assignment, ExercisePlan, FromPaper, Pinned, Plan};
pub use escalate::Escalated;
pub use linked::Elsewhere;

use crate::engine::{
    Advice, Intent, Person, Record, RecordRef, Refusal, Request, State, Timestamp, Verdict,
    WriterId, answered_marks, decide,
};
use crate::journal::{
    Checkpoint, Home, IncidentId, Journal, JournalError, Reading, Recalled, Refresh, SealedText,
};
use crate::playbook::{Playbook, compile_pinned};
use crate::world::World;
use hand::Hand;
use known::Known;

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
    /// The definition pinned to an exercise cannot be used.
    #[error("{}: the exercise pinned here cannot be read: {what}", path.display())]
    Definition {
        /// Where it lies.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The folder is not where, or not called, what its log says.
    #[error("{id} lies in {} and its log says otherwise: nothing more is recorded there", folder.display())]
    Misplaced {
        /// The folder's name.
        id: IncidentId,
        /// Where it lies.
        folder: PathBuf,
    },
    /// No record has this name.
    #[error("there is no record \"{given}\" in this incident")]
    NoSuchRecord {
        /// As typed.
        given: String,
    },
    /// Several records have this number.
    #[error("\"{given}\" fits several records: {}", candidates.join(", "))]
    AmbiguousRecord {
        /// As typed.
        given: String,
        /// All that fit.
        candidates: Vec<String>,
    },
    /// A linked incident is open, and the one it grew out of does not say so.
    #[error("opened {opened}, but it is NOT recorded in {here}: {because}")]
    Unlinked {
        /// The linked incident.
        opened: IncidentId,
        /// The one it grew out of.
        here: IncidentId,
        /// Why it is not on record.
        because: Box<Self>,
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
    known: Known,
    journal: Journal,
    /// Whether old bytes were left unread.
    quick: bool,
    /// Words that the next record refers to.
    private: Vec<SealedText>,
    /// Who types in what others did.
    scribe: Option<Person>,
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

    /// Goes on with an incident to record one thing. What was read before may be left unread: old
    /// bytes are not verified again (`close` reads everything all the same).
    ///
    /// # Errors
    /// What the files say.
    pub fn resume_quick(world: &World, home: &Home, id: &IncidentId) -> Result<Self, SessionError> {
        let install = install(world, home)?;
        let Some(recalled) = Journal::recall(home, id, &install)? else {
            return Self::open(home, id, install);
        };
        let Recalled { journal, state, clock, refresh } = recalled;
        let Some(source) = journal.playbook()? else { return Self::open(home, id, install) };
        let mut session = Self {
            home: home.clone(),
            id: id.clone(),
            install,
            book: pinned(&home.folder(id, journal.shelf()), &source)?,
            known: Known { state, last_clock: clock, ..Known::default() },
            journal,
            quick: !matches!(refresh, Refresh::Rebuilt(_)),
            private: Vec::new(),
            scribe: None,
        };
        session.known.absorb(refresh, session.journal.writer());
        session.known.news.clear();
        Ok(session)
    }

    fn open(home: &Home, id: &IncidentId, install: WriterId) -> Result<Self, SessionError> {
        let (journal, reading) = Journal::open(home, id, &install)?;
        let book = pinned(&home.folder(id, reading.shelf), &reading.playbook)?;
        let mut session = Self {
            home: home.clone(),
            id: id.clone(),
            install,
            book,
            known: Known::default(),
            journal,
            quick: false,
            private: Vec::new(),
            scribe: None,
        };
        session.known.adopt(&reading, session.journal.writer());
        Ok(session)
    }

    /// The incident.
    #[must_use]
    pub const fn id(&self) -> &IncidentId {
        &self.id
    }

    /// The file that this install records in.
    #[must_use]
    pub const fn writer(&self) -> &WriterId {
        self.journal.writer()
    }

    /// The playbook as pinned.
    #[must_use]
    pub const fn book(&self) -> &Playbook {
        &self.book
    }

    /// The fold of all records that verify.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.known.state
    }

    /// The time that counts here: the real one, or what the exercise's own clock shows.
    #[must_use]
    pub fn now(&self, world: &World) -> Timestamp {
        self.known.state.now(&world.clock.read())
    }

    /// The time that counts for what somebody wants to record.
    #[must_use]
    pub fn now_for(&self, world: &World, intent: &Intent) -> Timestamp {
        self.known.state.now_for(intent, &world.clock.read())
    }

    /// What puts the log in doubt, in words.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.known.problems
    }

    /// One checkpoint line per writer.
    #[must_use]
    pub fn checkpoint(&self) -> Vec<String> {
        checkpoint_lines(&self.id, &self.known.state)
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
        let numbered = reading.records().into_iter().filter(|record| record.at.seq == number);
        let all: Vec<&RecordRef> = numbered.map(|record| &record.at).collect();
        let named = |at: &&&RecordRef| {
            at.writer.short() == writer || at.writer.as_str().starts_with(writer)
        };
        let fits: Vec<&RecordRef> = all.iter().filter(named).copied().collect();
        let exact = fits.iter().find(|at| at.writer.short() == writer);
        match (fits.as_slice(), exact) {
            ([], _) => Err(none()),
            ([only], _) => Ok((*only).clone()),
            (_, Some(exact)) => Ok((*exact).clone()),
            (several, None) => Err(SessionError::AmbiguousRecord {
                given: word.to_owned(),
                candidates: several.iter().map(|at| at.short()).collect(),
            }),
        }
    }

    /// Puts words into the private folder; the record holds only their digest.
    ///
    /// # Errors
    /// If they cannot be saved.
    pub fn seal(&self, world: &World, words: &str) -> Result<crate::engine::Digest, SessionError> {
        let sealed = SealedText::new(world.ids.bytes()?, words);
        self.home.put_away(&self.id, &sealed)?;
        Ok(sealed.digest())
    }

    /// Words that the next request refers to. They are put away once it is decided that they will be
    /// recorded, so that a refusal leaves nothing behind.
    pub fn carry(&mut self, private: Vec<SealedText>) {
        self.private = private;
    }

    /// From now on this person types in from paper what others did; every record says so.
    pub fn typed_in_by(&mut self, scribe: Person) {
        self.scribe = Some(scribe);
    }

    /// Takes in what others recorded, and says what of it nobody has been told yet. Takes no lock for
    /// longer than the look.
    ///
    /// # Errors
    /// What the files say.
    pub fn refresh(&mut self) -> Result<Vec<Record>, SessionError> {
        self.catch_up()?;
        Ok(std::mem::take(&mut self.known.news))
    }

    /// Takes in what others recorded, and keeps it as news: before a time is read that somebody typed, who
    /// may not know yet that the clock was set meanwhile.
    ///
    /// # Errors
    /// What the files say.
    pub fn catch_up(&mut self) -> Result<(), SessionError> {
        let (locked, refresh) = self.journal.lock()?;
        let own = locked.writer().clone();
        drop(locked);
        self.known.absorb(refresh, &own);
        Ok(())
    }

    /// What was practice never becomes real by a folder that somebody moved or renamed, nor the other way
    /// round: where name, folder and log do not agree, nothing is added.
    fn takes_records(&self) -> Result<(), SessionError> {
        let place = self.journal.shelf();
        let opened = self.state().opened().is_none_or(|opened| opened.mode == place);
        if self.id.mode() == place && opened && !self.known.foreign {
            return Ok(());
        }
        let folder = self.home.folder(&self.id, place);
        Err(SessionError::Misplaced { id: self.id.clone(), folder })
    }

    /// Makes an intent a fact, or says why not.
    ///
    /// # Errors
    /// [`SessionError::Refused`] is a normal answer; nothing was written then.
    pub fn execute(&mut self, world: &World, request: &Request) -> Result<Receipt, SessionError> {
        let private = std::mem::take(&mut self.private);
        if self.is_for_no_player(&request.intent) {
            self.no_player(request.actor.person.as_ref())?;
        }
        if self.quick && request.intent.ends() {
            let scribe = self.scribe.take();
            *self = Self { scribe, ..Self::open(&self.home, &self.id, self.install.clone())? };
        }
        self.takes_records()?;
        let Self { home, id, journal, known, book, scribe, .. } = self;
        let (mut locked, refresh) = journal.lock()?;
        let own = locked.writer().clone();
        known.absorb(refresh, &own);
        let clock = world.clock.read();
        let verdict =
            decide(book, &known.state, known.state.now_for(&request.intent, &clock), request);
        let mut work = Work::default();
        let mut hand = Hand::new(world, clock, scribe.as_ref(), &mut known.state, &mut locked);
        match verdict.map_err(SessionError::Refused)? {
            Verdict::Record(events, advice) => {
                work.advice = advice;
                private.iter().try_for_each(|sealed| home.put_away(id, sealed))?;
                work.remarks = hand.mend()?;
                work.remarks.extend(hand.note_jump(&known.last_clock)?);
                for event in events {
                    let marks = answered_marks(book, &event);
                    work.recorded.push(hand.append(book, request, event)?);
                    hand.mark_all(book, request, marks, &mut work)?;
                }
            }
            Verdict::Already(record, at, advice) => {
                work.advice = advice;
                // A crash may have come between an answer and the milestones it gives.
                let marks = hand.marks_of(book, &record);
                hand.mark_all(book, request, marks, &mut work)?;
                work.already = Some((record, at));
            }
        }
        let clock = hand.into_clock();
        drop(locked);
        if !work.recorded.is_empty() {
            known.last_clock = Some((clock.boot, clock.mono, clock.wall));
        }
        if known.problems.is_empty() {
            journal.keep(home, &known.state, &known.last_clock);
        }
        let Work { recorded, already, advice, remarks } = work;
        Ok(Receipt { recorded, already, advice, remarks, checkpoint: self.checkpoint() })
    }
}

/// What one request has led to so far.
#[derive(Debug, Default)]
struct Work {
    recorded: Vec<Record>,
    already: Option<(RecordRef, Timestamp)>,
    advice: Vec<Advice>,
    remarks: Vec<String>,
}

fn install(world: &World, home: &Home) -> Result<WriterId, SessionError> {
    Ok(home.install(world.place.install, world.ids.bytes()?)?)
}

/// The playbook pinned to the incident in this folder, compiled.
fn pinned(folder: &Path, source: &[u8]) -> Result<Playbook, SessionError> {
    let path = || folder.join("playbook.yaml");
    let broken = |first: String| SessionError::Playbook { path: path(), first };
    let source = std::str::from_utf8(source).map_err(|e| broken(e.to_string()))?;
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
