//! The options that every recording verb shares: who, in which role, when, in which incident.

use clap::Args;

use super::context::Context;
use super::error::{CliError, Private};
use crate::engine::{Actor, Intent, Person, Request, Source, Text, Timestamp, find_role};
use crate::journal::SealedText;
use crate::outreach::{suspicions, suspicions_of_contact};
use crate::playbook::Playbook;
use crate::session::{Session, SessionError};
use crate::world::{Toward, parse_when};

/// Words that were typed with `--private`, until it is decided that they are recorded.
pub(super) type Seals = Vec<SealedText>;

/// Who says so, in which role, when, in which incident.
#[derive(Debug, Clone, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(next_help_heading = "Recording")]
pub(super) struct Acting {
    /// Who says so [default: `$RUNBOOK_BY`, else the name of the OS user]
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// The role they act in [default: the role they hold]
    #[arg(long, value_name = "ROLE")]
    pub(super) role: Option<String>,
    /// When it happened: 14:05, 2:05pm, -20m, "yesterday 23:50", "2026-01-22 14:05" or RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(super) at: Option<String>,
    /// Which incident: an id, a unique beginning of one, latest or latest-exercise [default: the only one that can be meant; beside an exercise the live one that was started after it, for drill the exercise]
    #[arg(long, value_name = "INCIDENT")]
    pub(super) incident: Option<String>,
    /// A key of your own that makes repeating this command harmless
    #[arg(long, value_name = "KEY")]
    pub(super) id: Option<String>,
    /// The answer was taken from paper
    #[arg(long)]
    pub(super) paper: bool,
    /// Keep the words in the private folder; the log holds only their digest
    #[arg(long)]
    pub(super) private: bool,
    /// You have checked that the words name no patient, although they look like it
    #[arg(long, conflicts_with = "private")]
    pub(super) no_phi: bool,
    /// Answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Acting {
    /// The incident that is meant: named, or the only open one.
    pub(super) fn session(&self, context: &mut Context) -> Result<Session, CliError> {
        let id = context.choose_open(self.incident.as_deref())?;
        Ok(Session::resume_quick(&context.world, &context.home, &id)?)
    }

    /// Who acts.
    pub(super) fn actor(&self, context: &Context, book: &Playbook) -> Result<Actor, CliError> {
        let role = self.role.as_deref().map(|word| find_role(book, word)).transpose()?;
        Ok(Actor { person: Some(self.person(context)?), role: role.map(|role| role.id.clone()) })
    }

    /// The person who acts.
    pub(super) fn person(&self, context: &Context) -> Result<Person, CliError> {
        match self.by.as_deref().or(context.world.place.typist()) {
            Some(name) => person("--by", name),
            None => Err(CliError::usage("nobody is named: say who you are with --by NAME")),
        }
    }

    /// When it happened, if that was said.
    pub(super) fn occurred(
        &self,
        context: &Context,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, CliError> {
        self.at.as_deref().map(|text| context.when(text, now, Toward::Past)).transpose()
    }

    /// The caller's own key.
    pub(super) fn key(&self) -> Result<Option<String>, CliError> {
        self.id.as_deref().map(key).transpose()
    }

    /// Everything around an intent.
    pub(super) fn request(
        &self,
        context: &Context,
        session: &Session,
        intent: Intent,
    ) -> Result<Request, CliError> {
        let now = session.now_for(&context.world, &intent);
        Ok(Request {
            intent,
            actor: self.actor(context, session.book())?,
            occurred: self.occurred(context, now)?,
            key: self.key()?,
            src: if self.paper { Source::Paper } else { Source::Typed },
        })
    }

    /// Words for the record. What looks like patient information is stopped with a question; off a
    /// terminal nobody can be asked, so it is refused with the two ways on.
    pub(super) fn text(
        &self,
        context: &Context,
        seals: &mut Seals,
        what: &str,
        raw: &str,
    ) -> Result<Text, CliError> {
        if self.private {
            let salt = context.world.ids.bytes().map_err(SessionError::Random)?;
            let sealed = SealedText::new(salt, &recordable(what, raw)?);
            let digest = sealed.digest();
            seals.push(sealed);
            return Ok(Text::Sealed(digest));
        }
        self.checked(what, raw, Private::Possible)
    }

    /// As [`Acting::text`], for how somebody of the staff is reached: a number is what it is there for.
    pub(super) fn contact(&self, what: &str, raw: &str) -> Result<Text, CliError> {
        let words = recordable(what, raw)?;
        let found = suspicions_of_contact(&words).into_iter().next();
        match found.filter(|_| !self.no_phi) {
            Some(found) => {
                let found = found.kind.explanation();
                Err(CliError::looks_like_phi(what, found, Private::Impossible))
            }
            None => Ok(Text::Plain(words)),
        }
    }

    /// Words that never are sealed: a number, a choice.
    pub(super) fn plain(&self, what: &str, raw: &str) -> Result<Text, CliError> {
        let private = if self.private { Private::Useless } else { Private::Impossible };
        self.checked(what, raw, private)
    }

    fn checked(&self, what: &str, raw: &str, private: Private) -> Result<Text, CliError> {
        let words = recordable(what, raw)?;
        if !self.no_phi {
            stop_patients(what, &words, private)?;
        }
        Ok(Text::Plain(words))
    }

    /// As [`Acting::text`], for words that may be left out.
    pub(super) fn optional_text(
        &self,
        context: &Context,
        seals: &mut Seals,
        what: &str,
        raw: Option<&str>,
    ) -> Result<Option<Text>, CliError> {
        raw.map(|raw| self.text(context, seals, what, raw)).transpose()
    }
}

fn recordable(what: &str, raw: &str) -> Result<String, CliError> {
    crate::engine::words(raw)
        .map_err(|error| CliError::usage(format!("{what} cannot be recorded: {error}")))
}

/// Refuses words that look like patient information.
pub(super) fn names_no_patient(what: &str, words: &str, sealable: bool) -> Result<(), CliError> {
    stop_patients(what, words, if sealable { Private::Possible } else { Private::Impossible })
}

fn stop_patients(what: &str, words: &str, private: Private) -> Result<(), CliError> {
    let found = suspicions(words).into_iter().next().map(|found| found.kind.explanation());
    found.map_or(Ok(()), |found| Err(CliError::looks_like_phi(what, found, private)))
}

/// A name as it was typed.
pub(super) fn person(what: &str, name: &str) -> Result<Person, CliError> {
    Person::new(name)
        .map_err(|error| CliError::usage(format!("{what}: this name cannot be recorded: {error}")))
}

/// A caller's key: one printable line of at most 64 bytes.
fn key(raw: &str) -> Result<String, CliError> {
    crate::engine::line(raw, 64)
        .map_err(|error| CliError::usage(format!("--id cannot be used: {error}")))
}

impl Context {
    /// A time as it was typed, where the clock shows `now`.
    pub(super) fn when(
        &self,
        text: &str,
        now: Timestamp,
        toward: Toward,
    ) -> Result<Timestamp, CliError> {
        Ok(parse_when(text, now, self.world.zone, toward)?)
    }
}
