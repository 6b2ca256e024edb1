//! Changes of the site file that some incident does not know of yet. They are kept beside the file
//! from before it is changed until each is on record, so that neither a lock that is held nor a crash
//! leaves a change out of a log.

use serde::{Deserialize, Serialize};

use super::acting::Acting;
use super::context::Context;
use super::error::{CliError, Exit};
use crate::engine::{
    Actor, Event, Fact, Intent, Person, Record, Refusal, Request, Source, Timestamp,
};
use crate::journal::{IncidentId, JournalError, SiteFile as HeldFile, head_code};
use crate::playbook::RoleId;
use crate::session::{Receipt, Session, SessionError};

/// One change that one incident should hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    incident: String,
    /// Which answers; never what they are.
    keys: Vec<String>,
    by: Option<Person>,
    role: Option<RoleId>,
    /// When the file was changed.
    at: Timestamp,
    /// Somebody said that it happened then.
    #[serde(default)]
    said: bool,
    src: Source,
    /// Makes a second try harmless.
    key: String,
}

/// Who changes the file, and what is known about it beside.
#[derive(Debug, Clone, Default)]
pub(super) struct Author {
    pub(super) by: Option<Person>,
    pub(super) role: Option<RoleId>,
    pub(super) occurred: Option<Timestamp>,
    pub(super) key: Option<String>,
    pub(super) paper: bool,
}

/// A change that is on record now.
#[derive(Debug, Serialize)]
pub(super) struct Recorded {
    pub(super) incident: String,
    pub(super) record: String,
    pub(super) head: String,
}

/// What came of everything that waited.
#[derive(Debug, Default)]
pub(super) struct Flushed {
    pub(super) recorded: Vec<Recorded>,
    failures: Vec<(String, CliError)>,
}

/// What became of one change.
enum Outcome {
    Recorded(Vec<Recorded>),
    /// It never can be: the incident is over or refuses it.
    Void(Option<CliError>),
    Waits(CliError),
}

impl Pending {
    fn same(&self, other: &Self) -> bool {
        (&self.incident, &self.key) == (&other.incident, &other.key)
    }
}

impl Author {
    pub(super) fn of(context: &Context, acting: &Acting) -> Result<Self, CliError> {
        let known = context.known_role_ids();
        let role = |word: &String| {
            let found = known.iter().find(|role| role.as_str() == word);
            found.cloned().ok_or_else(|| CliError::usage(format!("there is no role \"{word}\"")))
        };
        Ok(Self {
            by: Some(acting.person(context)?),
            role: acting.role.as_ref().map(role).transpose()?,
            occurred: acting.occurred(context, context.world.clock.now())?,
            key: acting.key()?,
            paper: acting.paper,
        })
    }
}

impl Context {
    /// What these incidents should hold of a change that is about to be made.
    pub(super) fn pending(
        &self,
        concerned: &[IncidentId],
        keys: &[String],
        author: &Author,
    ) -> Result<Vec<Pending>, CliError> {
        let (now, random) = (self.world.clock.now(), self.world.ids.bytes());
        let random = u64::from_be_bytes(random.map_err(SessionError::Random)?);
        let one = |id: &IncidentId| Pending {
            incident: id.to_string(),
            keys: keys.to_vec(),
            by: author.by.clone(),
            role: author.role.clone(),
            at: author.occurred.unwrap_or(now),
            said: author.occurred.is_some(),
            src: if author.paper { Source::Paper } else { Source::Typed },
            key: author.key.clone().unwrap_or_else(|| format!("site-{random:016x}")),
        };
        Ok(concerned.iter().map(one).collect())
    }

    /// Records every change that is not on record yet, where the incident is still open. A change made
    /// now counts as happening now; an older one says when it was.
    pub(super) fn record_pending(&self, new: &[Pending]) -> Result<Flushed, CliError> {
        let bytes = self.home.site_pending().map_err(|error| self.unusable(error))?;
        let mut flushed = Flushed::default();
        let mut settled = Vec::new();
        for one in decode(bytes.as_deref().unwrap_or_default()) {
            match self.record_one(&one, new.iter().any(|new| new.same(&one))) {
                Outcome::Recorded(recorded) => flushed.recorded.extend(recorded),
                Outcome::Void(error) => {
                    flushed.failures.extend(error.map(|error| (one.incident.clone(), error)));
                }
                Outcome::Waits(error) => {
                    flushed.failures.push((one.incident, error));
                    continue;
                }
            }
            settled.push(one);
        }
        if !settled.is_empty() {
            let mut file = self.home.hold_site().map_err(|error| self.unusable(error))?;
            // Somebody else may have changed the file meanwhile.
            let mut left = decode(file.pending()?.as_deref().unwrap_or_default());
            left.retain(|one| !settled.contains(one));
            file.keep_pending(&encode(&left))?;
        }
        Ok(flushed)
    }

    fn record_one(&self, one: &Pending, now: bool) -> Outcome {
        let Ok(id) = one.incident.parse::<IncidentId>() else { return Outcome::Void(None) };
        let mut session = match Session::resume_quick(&self.world, &self.home, &id) {
            Ok(session) => session,
            Err(SessionError::Journal(JournalError::NoSuchIncident { .. })) => {
                return Outcome::Void(None);
            }
            Err(error) => return Outcome::Waits(CliError::from(error).unsaved()),
        };
        let knows = |role: &&RoleId| session.book().roles.iter().any(|known| known.id == **role);
        let actor =
            Actor { person: one.by.clone(), role: one.role.as_ref().filter(knows).cloned() };
        let request = Request {
            intent: Intent::ChangeSite { keys: one.keys.clone() },
            actor,
            // An exercise's own clock shows another time than the one at which it was changed.
            occurred: Some(one.at)
                .filter(|_| (one.said || !now) && session.state().exercise().clock().is_none()),
            key: Some(one.key.clone()),
            src: one.src,
        };
        match session.execute(&self.world, &request) {
            Ok(receipt) => recorded(&id, &receipt),
            Err(SessionError::Refused(Refusal::Ended { .. })) if !now => Outcome::Void(None),
            Err(error @ SessionError::Refused(_)) => Outcome::Void(Some(error.into())),
            Err(error) => Outcome::Waits(CliError::from(error).unsaved()),
        }
    }
}

fn recorded(id: &IncidentId, receipt: &Receipt) -> Outcome {
    let change = |record: &&Record| matches!(record.fact, Fact::Known(Event::SiteChanged { .. }));
    let one = |record: &Record| Recorded {
        incident: id.to_string(),
        record: record.at.short(),
        head: head_code(&record.at),
    };
    Outcome::Recorded(receipt.recorded.iter().filter(change).map(one).collect())
}

impl Flushed {
    /// All failures as one; the first gives the exit code.
    pub(super) fn failed(self) -> Result<(), CliError> {
        let exit = self.failures.first().map(|(_, error)| error.exit());
        let Some(exit) = exit else { return Ok(()) };
        let said = self.failures.iter().map(|(id, error)| format!("{id}: {}", error.message()));
        let said: Vec<String> = said.collect();
        let error = CliError::new(
            exit,
            format!("the change is NOT recorded in {}", said.join("\n  and in ")),
        );
        let error = error.hint("the site file itself is changed");
        Err(match exit {
            Exit::Busy | Exit::NotSaved | Exit::Integrity => {
                error.hint("the next runbook site set records it, also one that changes nothing")
            }
            _ => error,
        })
    }
}

/// Puts a new text in the place of the site file. What is to be recorded of it is on disk first.
pub(super) fn write_site(
    file: &mut HeldFile,
    text: &str,
    new: &[Pending],
) -> Result<(), JournalError> {
    let before = file.pending()?;
    let mut all = decode(before.as_deref().unwrap_or_default());
    all.extend_from_slice(new);
    if !new.is_empty() {
        file.keep_pending(&encode(&all))?;
    }
    file.write(text).inspect_err(|_| {
        // The file is as it was: there is nothing to record of it.
        if !new.is_empty() {
            let _ = file.keep_pending(before.as_deref().unwrap_or_default());
        }
    })
}

/// One change a line. A line that cannot be read is nobody's change.
fn decode(bytes: &[u8]) -> Vec<Pending> {
    let lines = bytes.split(|byte| *byte == b'\n');
    lines.filter_map(|line| serde_json::from_slice(line).ok()).collect()
}

fn encode(all: &[Pending]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in all.iter().filter_map(|one| serde_json::to_vec(one).ok()) {
        bytes.extend(line);
        bytes.push(b'\n');
    }
    bytes
}
