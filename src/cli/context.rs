//! What every verb needs: the world, the home folder, and the words for choosing what is meant.

use std::io::Write as _;

use serde::Serialize;

use super::error::CliError;
use crate::engine::{Mode, Timestamp};
use crate::journal::{Glance, Home, IncidentId, Selector};
use crate::playbook::PlaybookId;
use crate::report::{Story, pretty};
use crate::session::Archive;
use crate::ui::safe;
use crate::world::World;

/// What every verb needs.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) world: World,
    pub(super) home: Home,
    /// Whether it has been said that an exercise is open beside the incident that was meant.
    told_beside: bool,
}

impl Context {
    pub(super) fn new(world: World) -> Self {
        let home = Home::at(world.place.home.clone());
        Self { world, home, told_beside: false }
    }

    /// Data, a line or several.
    pub(super) fn say(&mut self, text: &str) -> Result<(), CliError> {
        Ok(writeln!(self.world.console.out, "{text}")?)
    }

    /// Data about one incident: every line says so if it is an exercise.
    pub(super) fn say_in(&mut self, mode: Mode, text: &str) -> Result<(), CliError> {
        let stamp = match mode {
            Mode::Live => return self.say(text),
            Mode::Exercise => "EXERCISE ",
        };
        text.lines().try_for_each(|line| self.say(format!("{stamp}{line}").trim_end()))
    }

    /// What puts a log in doubt.
    pub(super) fn tell_problems(&mut self, problems: &[String]) -> Result<(), CliError> {
        let mut lines = problems.iter().map(|problem| safe(problem));
        lines.try_for_each(|problem| self.tell(&format!("INTEGRITY PROBLEM: {problem}")))
    }

    /// Talk, a line or several.
    pub(super) fn tell(&mut self, text: &str) -> Result<(), CliError> {
        Ok(writeln!(self.world.console.err, "{text}")?)
    }

    /// One JSON object.
    pub(super) fn print_json(&mut self, value: &impl Serialize) -> Result<(), CliError> {
        let text = pretty(value).map_err(std::io::Error::from)?;
        self.say(&text)
    }

    /// What is piped in, as text; up to `limit` bytes and one more.
    pub(super) fn piped(&self, limit: u64) -> Result<String, CliError> {
        self.world.console.piped(limit).map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData => CliError::usage("standard input is not UTF-8 text"),
            _ => CliError::usage(format!("standard input cannot be read: {error}")),
        })
    }

    /// Bytes as they are.
    pub(super) fn print_bytes(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        Ok(self.world.console.out.write_all(bytes)?)
    }

    /// RFC 3339 with the local offset.
    pub(super) fn iso(&self, at: Timestamp) -> String {
        at.iso(self.world.zone.offset_at(at))
    }

    /// The incident that a word names.
    pub(super) fn named_incident(&self, word: &str) -> Result<IncidentId, CliError> {
        Ok(self.home.resolve(&Selector::from(word))?)
    }

    /// The incident that a recording verb means: a named one, else the only open one, else the one that
    /// was started for real while an exercise ran.
    pub(super) fn choose_open(&mut self, word: Option<&str>) -> Result<IncidentId, CliError> {
        if let Some(word) = word {
            return self.named_incident(word);
        }
        let Glances { open, ended, unreadable } = self.glances()?;
        let error = match open.as_slice() {
            [only] => return Ok(only.id.clone()),
            [] if ended.is_empty() => CliError::refused("there is no incident yet")
                .hint("runbook start email-outage starts one; runbook list shows all playbooks"),
            [] => CliError::refused("no incident is open")
                .hint("runbook start PLAYBOOK starts one")
                .hint("for one that has ended, name it: --incident latest"),
            several => match real_one(several) {
                Some(real) => return self.live_one(real.id.clone()),
                None => self.ambiguous(several),
            },
        };
        Err(unreadable.iter().fold(error, |error, id| error.hint(format!("{id} is unreadable"))))
    }

    /// The incident that a reading verb means: a named one, else the only open one, else the one that was
    /// started for real while an exercise ran; where none is open, the last.
    pub(super) fn choose_any(&mut self, word: Option<&str>) -> Result<IncidentId, CliError> {
        if let Some(word) = word {
            return self.named_incident(word);
        }
        if let [(only, _)] = self.home.list()?.as_slice() {
            return Ok(only.clone());
        }
        let Glances { open, ended, .. } = self.glances()?;
        match open.as_slice() {
            [only] => Ok(only.id.clone()),
            [] => {
                let last = ended.into_iter().max_by_key(|glance| {
                    (glance.shelf == Mode::Live, glance.opened.as_ref().map(|(at, _)| *at))
                });
                last.map(|glance| glance.id).ok_or_else(|| {
                    CliError::refused("there is no incident yet")
                        .hint("runbook start email-outage starts one")
                })
            }
            several => match real_one(several) {
                Some(real) => self.live_one(real.id.clone()),
                None => Err(self.ambiguous(several)),
            },
        }
    }

    /// Says once that the live one is meant, although an exercise is open.
    fn live_one(&mut self, real: IncidentId) -> Result<IncidentId, CliError> {
        if !std::mem::replace(&mut self.told_beside, true) {
            self.tell(&beside_exercise(&real))?;
        }
        Ok(real)
    }

    /// The incident that is looked back on: a named one, else the only open one, else the last. Where there
    /// are live incidents and exercises, one must be named: what was learned in practice must not land in
    /// the log of an outage, whichever of the two is over.
    pub(super) fn choose_reviewed(&mut self, word: Option<&str>) -> Result<IncidentId, CliError> {
        let last = |selector| self.home.resolve(&selector).ok().filter(|_| word.is_none());
        match (last(Selector::Latest), last(Selector::LatestExercise)) {
            (Some(live), Some(exercise)) => Err(CliError::usage("say which one")
                .hint(format!("live {live}: --incident latest"))
                .hint(format!("exercise {exercise}: --incident latest-exercise"))),
            (Some(only), None) | (None, Some(only)) if self.glances()?.open.is_empty() => Ok(only),
            (_, _) => self.choose_open(word),
        }
    }

    /// Nobody's guess: practice must not land in the live log, nor work in an exercise. Says for each
    /// what to type, the live ones first.
    fn ambiguous(&self, open: &[Glance]) -> CliError {
        let error = CliError::usage(format!("{} incidents are open: say which", open.len())).hint(
            "walk, status, log, report, verify and export take its name; all others --incident NAME",
        );
        let of = |shelf: Mode| open.iter().filter(move |glance| glance.shelf == shelf);
        let all = of(Mode::Live).chain(of(Mode::Exercise));
        all.fold(error, |error, Glance { id, shelf, .. }| {
            let (mode, word, last) = match shelf {
                Mode::Live => ("live", "latest", Selector::Latest),
                Mode::Exercise => ("exercise", "latest-exercise", Selector::LatestExercise),
            };
            let is_last = self.home.resolve(&last).is_ok_and(|last| last == *id);
            let name = if is_last { word } else { id.as_str() };
            error.hint(format!("{mode} {id}: --incident {name}"))
        })
    }

    /// All incidents, the open ones apart from the ended ones. One that cannot be read does not stand
    /// in the way of the others.
    pub(super) fn glances(&self) -> Result<Glances, CliError> {
        let mut all = Glances::default();
        for (id, _) in self.home.list()? {
            match self.home.glance(&id) {
                Ok(glance) if glance.ended => all.ended.push(glance),
                Ok(glance) => all.open.push(glance),
                Err(_) => all.unreadable.push(id),
            }
        }
        Ok(all)
    }

    /// Every incident and exercise that is open.
    pub(super) fn open_incidents(&self) -> Result<Vec<IncidentId>, CliError> {
        Ok(self.glances()?.open.into_iter().map(|glance| glance.id).collect())
    }

    /// Every exercise that is open, with the one it grew out of.
    pub(super) fn open_exercises(&self) -> Result<Vec<(IncidentId, Option<String>)>, CliError> {
        let open = self.glances()?.open.into_iter();
        let open = open.filter(|glance| glance.shelf == Mode::Exercise);
        let linked = |glance: &Glance| {
            glance.opened.as_ref().and_then(|(_, opened)| opened.linked_from.clone())
        };
        Ok(open.map(|glance| (glance.id.clone(), linked(&glance))).collect())
    }

    /// What is open beside an incident of this mode and is of the other one: nobody should take practice
    /// for real, nor what is real for practice.
    pub(super) fn other_kind_open(&self, mode: Mode) -> Result<Vec<String>, CliError> {
        let open = self.glances()?.open;
        let others: Vec<&Glance> = match mode {
            Mode::Live => first_exercises(&open).collect(),
            Mode::Exercise => open.iter().filter(|glance| glance.shelf == Mode::Live).collect(),
        };
        let said = |glance: &Glance| {
            let id = &glance.id;
            match mode {
                Mode::Live => format!(
                    "the exercise {id} still runs.\n\
                     Its players must hear that this is real, and what ends it:\n  \
                     runbook drill interrupt"
                ),
                Mode::Exercise => format!(
                    "{id} is REAL and open: nobody may take it for this exercise. \
                     Every verb takes --incident NAME."
                ),
            }
        };
        Ok(others.into_iter().map(said).collect())
    }

    /// An incident of this playbook that is open.
    pub(super) fn open_with(&self, playbook: &PlaybookId) -> Result<Option<IncidentId>, CliError> {
        let open = self.glances()?.open;
        let same = |glance: &Glance| {
            glance.opened.as_ref().is_some_and(|(_, opened)| opened.playbook == *playbook)
        };
        Ok(open.into_iter().find(same).map(|glance| glance.id))
    }

    /// An incident read whole, for a report.
    pub(super) fn archive(&mut self, word: Option<&str>) -> Result<Archive, CliError> {
        let id = self.choose_any(word)?;
        Ok(Archive::read(&self.world, &self.home, &id)?)
    }

    /// What a report makes of an archive, counted up to `until`.
    pub(super) fn story<T>(
        &self,
        archive: &Archive,
        until: Timestamp,
        make: impl FnOnce(&Story<'_>) -> T,
    ) -> T {
        let records = archive.records();
        let (problems, checkpoint) = (archive.problems(), archive.checkpoint());
        let zone = self.world.zone;
        make(&Story {
            incident: archive.id.as_str(),
            book: &archive.book,
            records: &records,
            state: &archive.state,
            until,
            offset: &|at| zone.offset_at(at),
            checkpoint: &checkpoint,
            problems: &problems,
        })
    }
}

/// Incidents, sorted by what can be done with them.
#[derive(Debug, Default)]
pub(super) struct Glances {
    pub(super) open: Vec<Glance>,
    pub(super) ended: Vec<Glance>,
    pub(super) unreadable: Vec<IncidentId>,
}

/// That the live one is meant, although an exercise is open.
pub(super) fn beside_exercise(real: &IncidentId) -> String {
    format!(
        "Note: this is about {real}, which is LIVE.\n\
         An exercise is open too: runbook drill interrupt ends it,\nlatest-exercise means it."
    )
}

/// Of several open ones the live one that was started while exercises ran: whoever starts one for real
/// then means it. Several live ones are nobody's guess, and so is an exercise that began beside a
/// live incident: its players must not write into the live log.
pub(super) fn real_one(open: &[Glance]) -> Option<&Glance> {
    let mut live = open.iter().filter(|glance| glance.shelf == Mode::Live);
    let (real, None) = (live.next()?, live.next()) else { return None };
    let opened = |glance: &Glance| glance.opened.as_ref().map(|(at, _)| *at);
    let since = opened(real)?;
    let began_before = |exercise: &Glance| opened(exercise).is_some_and(|began| began <= since);
    first_exercises(open).all(began_before).then_some(real)
}

/// The open exercises that did not grow out of another open one.
pub(super) fn first_exercises(open: &[Glance]) -> impl Iterator<Item = &Glance> {
    let grew_here = |glance: &&Glance| {
        let from = glance.opened.as_ref().and_then(|(_, opened)| opened.linked_from.as_deref());
        from.is_some_and(|from| open.iter().any(|other| other.id.as_str() == from))
    };
    open.iter().filter(|glance| glance.shelf == Mode::Exercise).filter(move |one| !grew_here(one))
}
