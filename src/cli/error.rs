//! What the program says when something does not work: what happened, and what to type next.
//! Every conversion into an exit code stands in this file.

mod ways_on;

use std::io;

use crate::engine::Refusal;
use crate::journal::{IncidentId, JournalError};
use crate::session::SessionError;
use crate::ui::safe;
use crate::walk::WalkError;
use crate::world::{FileError, WhenError};

/// How the program ends. Part of the contract with scripts: numbers never change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// It worked.
    Ok = 0,
    /// Not possible now; the message says what is. Of `diff`: something is different; of `test`:
    /// something is not as a test says.
    Refused = 1,
    /// The command itself is off.
    Usage = 2,
    /// A playbook or site file is invalid.
    Invalid = 3,
    /// The log does not verify.
    Integrity = 4,
    /// Another process holds the lock.
    Busy = 5,
    /// Not confirmed on disk: write it on paper.
    NotSaved = 6,
    /// Somebody must be asked, and nobody is there.
    NeedsTerminal = 7,
    /// Something is overdue; only where that was asked.
    Overdue = 8,
    /// The program is wrong.
    Bug = 70,
}

/// What `--private` can do for words that look like patient information.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Private {
    /// Keep them out of the log.
    Possible,
    /// Nothing: the command does not have it.
    Impossible,
    /// Nothing, although it was given: figures need them.
    Useless,
}

/// What to do about something that is not on disk.
const ON_PAPER: &str = "WRITE IT ON PAPER; the same command with the same --id later adds it once";

/// Something that does not work, as the edge tells it.
#[derive(Debug)]
pub(super) struct CliError {
    exit: Exit,
    error: anyhow::Error,
    hints: Vec<String>,
}

impl CliError {
    /// The command itself is off.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// Not possible now.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::new(Exit::Refused, message)
    }

    /// An error with its exit code.
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, error: anyhow::Error::msg(message.into()), hints: Vec::new() }
    }

    /// With what to type next.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Words that look like patient information.
    pub(super) fn looks_like_phi(what: &str, found: &str, private: Private) -> Self {
        let error = Self::refused(format!("{what} is not recorded: {found}"))
            .hint("write it without (patients are called by token, never by name)");
        let checked = "--no-phi if you have checked that it names no patient";
        match private {
            Private::Possible => error
                .hint("or add --private: the words stay in the private folder, outside the log")
                .hint(format!("or add {checked}")),
            Private::Impossible => error.hint(format!("or add {checked}")),
            Private::Useless => error.hint(format!(
                "--private keeps only free words: leave it out here, and add {checked}"
            )),
        }
    }

    /// A linked incident that the one it grew out of does not know of yet.
    fn unlinked(opened: &IncidentId, here: &IncidentId, because: SessionError) -> Self {
        let ended = matches!(because, SessionError::Refused(Refusal::Ended { .. }));
        let Self { exit, error, hints } = Self::from(because);
        let error = error.context(format!("opened {opened}, but it is NOT recorded in {here}"));
        if ended {
            return Self { exit, error, hints: Vec::new() }
                .hint(format!("runbook note \"Goes on in {opened}\" --incident {here}"))
                .hint(format!("runbook walk {opened}"));
        }
        Self { exit, error, hints }
            .hint("then do the same again: it opens nothing more and only adds the record")
    }

    /// What was to be done is done; only telling it failed. A closed pipe stays one.
    pub(super) fn only_unanswered(self, done: &str) -> Self {
        if self.is_closed_pipe() {
            self
        } else {
            Self::refused(format!("{done}; only the answer could not be written"))
        }
    }

    /// The same on the way to a record: what the system refused there, be it the lock, a folder or
    /// a look at the log, leaves the fact unsaved.
    pub(super) fn unsaved(self) -> Self {
        match self.error.downcast_ref() {
            Some(JournalError::Io { .. }) => Self {
                exit: Exit::NotSaved,
                error: self.error.context("not confirmed saved"),
                hints: vec![ON_PAPER.to_owned()],
            },
            Some(_) | None => self,
        }
    }

    /// What happened, with its causes, without what to type next.
    pub(super) fn message(&self) -> String {
        format!("{:#}", self.error)
    }

    /// What to type next.
    pub(super) fn hints(&self) -> &[String] {
        &self.hints
    }

    /// The exit code.
    pub(super) const fn exit(&self) -> Exit {
        self.exit
    }

    /// The other end of a pipe was closed: nobody reads on, which is no error.
    pub(super) fn is_closed_pipe(&self) -> bool {
        self.error
            .chain()
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    }

    /// What a person reads: the message, its causes, and what to type next.
    pub(super) fn render(&self) -> String {
        let mut lines = vec![format!("error: {}", safe_lines(&format!("{:#}", self.error)))];
        lines.extend(self.hints.iter().map(|hint| format!("  → {}", safe_lines(hint))));
        lines.join("\n")
    }
}

/// Messages of several lines keep them; everything else is made safe.
pub(super) fn safe_lines(text: &str) -> String {
    text.lines().map(|line| safe(line).into_owned()).collect::<Vec<_>>().join("\n")
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        let error = anyhow::Error::new(error).context("the answer could not be written");
        Self { exit: Exit::Refused, error, hints: Vec::new() }
    }
}

impl From<JournalError> for CliError {
    fn from(error: JournalError) -> Self {
        let (exit, hints) = exit_of_journal(&error);
        Self { exit, error: anyhow::Error::new(error), hints }
    }
}

fn exit_of_journal(error: &JournalError) -> (Exit, Vec<String>) {
    let hint = |text: &str| vec![text.to_owned()];
    match error {
        JournalError::NotSaved { .. } | JournalError::Dead { .. } => {
            (Exit::NotSaved, hint(ON_PAPER))
        }
        JournalError::Busy { .. } => (Exit::Busy, hint("try again in a moment")),
        JournalError::Damaged { .. } | JournalError::BrokenSeal { .. } => {
            (Exit::Integrity, hint("runbook verify says what is wrong; nothing was changed"))
        }
        JournalError::NewerFormat { .. } => {
            (Exit::Refused, hint("install the newer runbook; reading still works with this one"))
        }
        JournalError::NoSuchIncident { .. } => (Exit::Usage, hint("runbook incidents lists them")),
        JournalError::Ambiguous { candidates, .. } => {
            (Exit::Usage, candidates.iter().map(ToString::to_string).collect())
        }
        JournalError::Exists(_) => (Exit::Refused, hint("try again")),
        JournalError::Encode(_) => (Exit::Usage, hint("say it in several shorter entries")),
        JournalError::NotPlain { .. } | JournalError::TooLarge { .. } => {
            (Exit::Integrity, hint("runbook does not follow links: put the file itself there"))
        }
        JournalError::Unmended { .. } | JournalError::Changed { .. } | JournalError::StaleClock => {
            (Exit::Busy, hint("try again"))
        }
        JournalError::Io { .. } => (Exit::Refused, Vec::new()),
    }
}

impl From<SessionError> for CliError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Refused(refusal) => refusal.into(),
            SessionError::Journal(error) => error.into(),
            SessionError::Playbook { .. } | SessionError::Definition { .. } => {
                Self::new(Exit::Integrity, error.to_string())
                    .hint("runbook verify says whether its bytes are still the pinned ones")
            }
            SessionError::Misplaced { .. } => Self::new(Exit::Integrity, error.to_string())
                .hint("runbook verify says what does not agree; give the folder its name and place back")
                .hint("a real outage does not wait for that: runbook start PLAYBOOK"),
            SessionError::NoSuchRecord { .. } => Self::new(Exit::Usage, error.to_string())
                .hint("runbook log shows every record, such as 17@w4f2"),
            SessionError::AmbiguousRecord { .. } => Self::new(Exit::Usage, error.to_string()),
            SessionError::Unlinked { opened, here, because } => {
                Self::unlinked(&opened, &here, *because)
            }
            SessionError::Random(_) => Self::new(Exit::NotSaved, error.to_string()),
        }
    }
}

impl From<WalkError> for CliError {
    fn from(error: WalkError) -> Self {
        match error {
            WalkError::Session(error) => error.into(),
            WalkError::Gone => Self::new(Exit::Ok, error.to_string()),
            WalkError::Terminal(error) => error.into(),
        }
    }
}

impl From<WhenError> for CliError {
    fn from(error: WhenError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<FileError> for CliError {
    fn from(error: FileError) -> Self {
        let exit = match &error {
            FileError::Io { .. } => Exit::Usage,
            FileError::AlreadyThere { .. } => {
                return Self::refused(error.to_string())
                    .hint("choose a new folder, or add --overwrite");
            }
            FileError::TooLarge { .. } | FileError::NotText { .. } => Exit::Invalid,
        };
        Self::new(exit, error.to_string())
    }
}

impl From<Refusal> for CliError {
    fn from(refusal: Refusal) -> Self {
        let mut error = Self::refused(refusal.to_string());
        error.hints = ways_on::hints(&refusal);
        error
    }
}
