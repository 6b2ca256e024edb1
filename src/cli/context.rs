//! What every verb needs: the world, the home folder, and the words for choosing what is meant.

use std::io::Write as _;
use std::path::Path;

use serde::Serialize;

use super::error::{CliError, Exit};
use crate::engine::{Digest, Mode, Timestamp};
use crate::journal::{Glance, Home, IncidentId, Selector};
use crate::playbook::{Candidate, MAX_SIZE, Playbook, PlaybookId, Shelf, compile};
use crate::report::Story;
use crate::session::Archive;
use crate::ui::render_diagnostics;
use crate::world::{World, playbooks_in, read_text};

/// What every verb needs.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) world: World,
    pub(super) home: Home,
}

impl Context {
    pub(super) fn new(world: World) -> Self {
        let home = Home::at(world.place.home.clone());
        Self { world, home }
    }

    /// Data, a line or several.
    pub(super) fn say(&mut self, text: &str) -> Result<(), CliError> {
        Ok(writeln!(self.world.console.out, "{text}")?)
    }

    /// Talk, a line or several.
    pub(super) fn tell(&mut self, text: &str) -> Result<(), CliError> {
        Ok(writeln!(self.world.console.err, "{text}")?)
    }

    /// One JSON object.
    pub(super) fn print_json(&mut self, value: &impl Serialize) -> Result<(), CliError> {
        serde_json::to_writer_pretty(&mut self.world.console.out, value)
            .map_err(std::io::Error::from)?;
        self.say("")
    }

    /// Bytes as they are.
    pub(super) fn print_bytes(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        Ok(self.world.console.out.write_all(bytes)?)
    }

    /// RFC 3339 with the local offset.
    pub(super) fn iso(&self, at: Timestamp) -> String {
        at.iso(self.world.zone.offset_at(at))
    }

    /// The incident that a recording verb means: a named one, else the only open one.
    pub(super) fn choose_open(&self, word: Option<&str>) -> Result<IncidentId, CliError> {
        if let Some(word) = word {
            return Ok(self.home.resolve(&Selector::from(word))?);
        }
        let (open, ended) = self.glances()?;
        match open.as_slice() {
            [only] => Ok(only.id.clone()),
            [] if ended.is_empty() => Err(CliError::refused("there is no incident yet")
                .hint("runbook start email-outage starts one; runbook list shows all playbooks")),
            [] => Err(CliError::refused("no incident is open")
                .hint("runbook start PLAYBOOK starts one")
                .hint("for one that has ended, name it: --incident latest")),
            several => Err(ambiguous(several)),
        }
    }

    /// The incident that a reading verb means: a named one, else the only open one, else the last.
    pub(super) fn choose_any(&self, word: Option<&str>) -> Result<IncidentId, CliError> {
        if let Some(word) = word {
            return Ok(self.home.resolve(&Selector::from(word))?);
        }
        if let [(only, _)] = self.home.list()?.as_slice() {
            return Ok(only.clone());
        }
        let (open, ended) = self.glances()?;
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
            several => Err(ambiguous(several)),
        }
    }

    /// All incidents, the open ones apart from the ended ones.
    fn glances(&self) -> Result<(Vec<Glance>, Vec<Glance>), CliError> {
        let mut all = Vec::new();
        for (id, _) in self.home.list()? {
            all.push(self.home.glance(&id)?);
        }
        Ok(all.into_iter().partition(|glance| !glance.ended))
    }

    /// An incident of this playbook that is open.
    pub(super) fn open_with(&self, playbook: &PlaybookId) -> Result<Option<IncidentId>, CliError> {
        let (open, _) = self.glances()?;
        let same = |glance: &Glance| {
            glance.opened.as_ref().is_some_and(|(_, opened)| opened.playbook == *playbook)
        };
        Ok(open.into_iter().find(same).map(|glance| glance.id))
    }

    /// An incident read whole, for a report.
    pub(super) fn archive(&self, word: Option<&str>) -> Result<Archive, CliError> {
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

    /// Words that stay in the private folder.
    pub(super) fn seal(&self, incident: &IncidentId, words: &str) -> Result<Digest, CliError> {
        let salt = self.world.ids.bytes().map_err(crate::session::SessionError::Random)?;
        Ok(self.home.seal_text(incident, salt, words)?)
    }

    /// Every playbook that can be found by name, the nearest place first.
    pub(super) fn shelf(&self) -> Result<Shelf, CliError> {
        let mut found = Vec::new();
        for folder in [self.world.place.cwd.join("playbooks"), self.home.root().join("playbooks")] {
            for (id, path) in playbooks_in(&folder)? {
                let text = read_text(&path, MAX_SIZE as u64)?;
                found.push(Candidate { origin: self.shown(&path), id, text });
            }
        }
        Ok(Shelf::new(found))
    }

    /// A path as people typed it would be: relative to where they are, if it lies below.
    fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.world.place.cwd);
        below.map_or_else(|_| path.display().to_string(), |path| path.display().to_string())
    }

    /// The playbook that is meant by a name or a path, compiled, with its bytes.
    pub(super) fn playbook(&self, name: &str) -> Result<(Playbook, String), CliError> {
        let is_path = name.contains(['/', '\\'])
            || Path::new(name)
                .extension()
                .is_some_and(|ending| ending == "yaml" || ending == "yml");
        let (origin, source) = if is_path {
            (name.to_owned(), read_text(&self.world.place.cwd.join(name), MAX_SIZE as u64)?)
        } else {
            let library = self.shelf()?;
            let found = library.find(name).ok_or_else(|| {
                let error = CliError::usage(format!("there is no playbook \"{name}\""));
                let error = match library.did_you_mean(name) {
                    Some(near) => error.hint(near),
                    None => error,
                };
                error.hint("runbook list shows all playbooks")
            })?;
            (found.origin.clone(), found.text.clone())
        };
        match compile(&source) {
            Ok(compiled) => Ok((compiled.playbook, source)),
            Err(findings) => {
                let shown = render_diagnostics(&origin, &source, &findings, false);
                Err(CliError::new(
                    Exit::Invalid,
                    format!("{origin} is not a valid playbook\n\n{shown}"),
                ))
            }
        }
    }
}

fn ambiguous(open: &[Glance]) -> CliError {
    let mut error = CliError::usage(format!("{} incidents are open: say which", open.len())).hint(
        "walk, status, log, report, verify and export take its name; all others --incident NAME",
    );
    for glance in open {
        error = error.hint(glance.id.to_string());
    }
    error
}
