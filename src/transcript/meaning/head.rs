//! What stands at the head of a sheet: playbook, day, role, people.

use chrono::NaiveDate;

use super::{Case, Reader, collapsed, letters_of, person, same_playbook};
use crate::engine::{Mode, find_role, line};
use crate::playbook::RoleId;
use crate::transcript::entry::Opening;
use crate::transcript::fault::Fault;
use crate::transcript::grammar::{Held, Line, What};
use crate::transcript::row::{Row, Word};

/// The longest title of an incident, in bytes.
const MAX_TITLE: usize = 200;

impl Reader<'_> {
    /// Whose initials a line explains. All of them are known before the first line is taken, so that
    /// the sheets may lie in any order.
    pub(super) fn learn(&mut self, row: &Row, line: &Line) {
        let told = match line {
            Line::Whose { letters, name } => letters_of(letters).map(|letters| (letters, name)),
            Line::Said(said) => {
                match (&said.what, said.who.as_ref().and_then(|who| who.letters.clone())) {
                    (What::Held(Held { name, .. }), Some(letters)) => Ok((letters, name)),
                    _ => return,
                }
            }
            Line::Playbook { .. }
            | Line::Scribe(_)
            | Line::Date(_)
            | Line::Sheet(_)
            | Line::Exercise(_) => return,
        };
        let learned = told.and_then(|(letters, name)| {
            let person = person(name)?;
            match self.read.initials.get(&letters).filter(|known| **known != person) {
                Some(known) => Err(Fault::new(
                    format!("{letters} stands for {known} elsewhere, and here for {person}"),
                    row.whole(),
                )
                .help(format!(
                    "where it is the other one, write {letters}=\"{person}\" behind the time"
                ))),
                None => Ok((letters, person)),
            }
        });
        match learned {
            Ok((letters, person)) => {
                self.read.initials.insert(letters, person);
            }
            Err(fault) => self.read.faults.push(fault),
        }
    }

    pub(super) fn playbook(
        &mut self,
        id: &Word,
        version: Option<&Word>,
        checked: bool,
    ) -> Result<(), Fault> {
        let book = self.known.book;
        if !same_playbook(&book.id, id) {
            let other =
                format!("this sheet is of {}, and the incident runs on {}", id.text, book.id);
            return Err(Fault::new(other, id.span.clone())
                .help("type it in for the incident that it belongs to: runbook incidents"));
        }
        let Some(version) = version.filter(|version| version.text != book.version) else {
            return Ok(());
        };
        if !checked {
            self.read.other_version = Some((version.text.clone(), version.span.clone()));
        }
        Ok(())
    }

    /// A sheet that says EXERCISE never goes into a live incident.
    pub(super) fn exercise(&self, word: &Word) -> Result<(), Fault> {
        match self.known.mode {
            Mode::Exercise => Ok(()),
            Mode::Live => {
                let error = "this sheet is of an exercise, and the incident is real".to_owned();
                Err(Fault::new(error, word.span.clone()).help(
                    "type it in for its exercise: runbook transcribe latest-exercise, or --start \
                     PLAYBOOK --exercise",
                ))
            }
        }
    }

    pub(super) fn date(&mut self, word: &Word) -> Result<(), Fault> {
        let day = NaiveDate::parse_from_str(&word.text, "%Y-%m-%d").ok();
        let day = day.filter(|_| word.text.len() == "2026-01-22".len());
        let Some(day) = day else {
            return Err(Fault::new(format!("\"{}\" is no day", word.text), word.span.clone())
                .help("write year, month and day: 2026-01-22"));
        };
        (self.day, self.today, self.above) = (day, day, None);
        Ok(())
    }

    /// The role that a word means: its name, or its title.
    pub(super) fn role(&self, word: &Word) -> Result<RoleId, Fault> {
        let titled = |title: &str| title.eq_ignore_ascii_case(&collapsed(&word.text));
        if let Some(role) = self.known.book.roles.iter().find(|role| titled(&role.title)) {
            return Ok(role.id.clone());
        }
        find_role(self.known.book, &word.text.to_lowercase()).map(|role| role.id.clone()).map_err(
            |_| {
                let all = self.known.book.roles.iter().map(|role| role.id.to_string());
                Fault::new(
                    format!("this playbook has no role \"{}\"", word.text),
                    word.span.clone(),
                )
                .help(format!("its roles are {}", all.collect::<Vec<_>>().join(", ")))
            },
        )
    }

    pub(super) fn opened(&mut self, case: Case) -> Result<(), Fault> {
        let title = match &case.rest {
            Some(rest) => {
                case.text(rest, false)?;
                let title = line(&rest.text, MAX_TITLE).map_err(|error| {
                    Fault::new(format!("this title cannot be used: {error}"), rest.span.clone())
                })?;
                Some(title)
            }
            None => None,
        };
        if let Some(before) = &self.read.opening {
            let twice = Fault::new(
                "the incident was opened once: this is the second line that says when",
                case.span,
            );
            return Err(
                twice.help(format!("the first one says {}", (self.known.times.iso)(before.at)))
            );
        }
        let Case { at, by, span, .. } = case;
        self.read.opening = Some(Opening { at, by, title, span });
        Ok(())
    }
}
