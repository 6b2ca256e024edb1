//! The walk's small questions. A bare Enter always means "nothing", and nothing records nothing.

use std::io;

use crate::engine::{Person, Text, Timestamp, not_in_future, words};
use crate::outreach::suspicions;
use crate::session::Session;
use crate::ui::{Answer, Prompt, near_time, safe, wrap};
use crate::world::{Toward, World, parse_when};

use super::WalkError;

/// Asks, and says at once what cannot be taken.
pub(super) struct Asker<'a> {
    pub(super) world: &'a mut World,
    prompt: Prompt,
}

impl<'a> Asker<'a> {
    pub(super) fn new(world: &'a mut World) -> Self {
        Self { world, prompt: Prompt::new() }
    }

    /// A line for the person in front of the screen.
    pub(super) fn say(&mut self, text: &str) -> io::Result<usize> {
        let width = self.prompt.size().0;
        let mut lines = 0;
        for line in text.split('\n').flat_map(|line| wrap(&safe(line), width)) {
            writeln!(self.world.console.err, "{line}")?;
            lines += 1;
        }
        self.world.console.err.flush()?;
        Ok(lines)
    }

    /// A line with styles of our own; everything in it has been made safe by the caller.
    pub(super) fn draw(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.world.console.err, "{text}")?;
        self.world.console.err.flush()
    }

    /// A fresh screen, where the terminal can do that; a line between two questions elsewhere.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        self.prompt.clear()
    }

    /// Columns and lines of the screen.
    pub(super) fn size(&self) -> (usize, usize) {
        self.prompt.size()
    }

    /// One line; nothing for a bare Enter.
    ///
    /// # Errors
    /// [`WalkError::Gone`] at the end of input.
    pub(super) fn line(&mut self, question: &str) -> Result<Option<String>, WalkError> {
        match self.prompt.ask(question)? {
            Answer::Words(words) => Ok(Some(words)),
            Answer::Nothing => Ok(None),
            Answer::End => Err(WalkError::Gone),
        }
    }

    /// Words fit for the record; nothing for a bare Enter.
    pub(super) fn text(
        &mut self,
        session: &Session,
        question: &str,
    ) -> Result<Option<Text>, WalkError> {
        loop {
            let Some(raw) = self.line(question)? else { return Ok(None) };
            if raw.chars().count() == 1 && !self.means_it(&raw)? {
                continue;
            }
            match words(&raw) {
                Err(error) => {
                    self.say(&format!("That cannot be recorded: {error}."))?;
                }
                Ok(words) => match self.seal_or_keep(session, words)? {
                    Some(text) => return Ok(Some(text)),
                    None => {
                        self.say("Type it again without the patient's details.")?;
                    }
                },
            }
        }
    }

    /// A single letter is more often a key of the walk than an answer.
    fn means_it(&mut self, raw: &str) -> Result<bool, WalkError> {
        let question = format!("Record \"{raw}\" as the answer? (y = yes, Enter = type it again)");
        Ok(matches!(self.line(&question)?.as_deref(), Some("y" | "yes")))
    }

    /// What looks like patient information is stopped with a question.
    fn seal_or_keep(
        &mut self,
        session: &Session,
        words: String,
    ) -> Result<Option<Text>, WalkError> {
        let Some(found) = suspicions(&words).first().map(|found| found.kind.explanation()) else {
            return Ok(Some(Text::Plain(words)));
        };
        self.say(&format!("This looks like patient information: {found}."))?;
        let question = "p = keep it private, k = keep it as it is, Enter = type it again";
        loop {
            match self.line(question)?.as_deref() {
                None => return Ok(None),
                Some("p") => return Ok(Some(Text::Sealed(session.seal(self.world, &words)?))),
                Some("k") => return Ok(Some(Text::Plain(words))),
                Some(_) => {}
            }
        }
    }

    /// A time; nothing for a bare Enter. One of another day is read back first: at 08:00, 23:50 is
    /// yesterday's, and that may be a slip.
    pub(super) fn time(
        &mut self,
        question: &str,
        toward: Toward,
    ) -> Result<Option<Timestamp>, WalkError> {
        loop {
            let Some(raw) = self.line(question)? else { return Ok(None) };
            let now = self.world.clock.now();
            let zone = self.world.zone;
            match parse_when(&raw, now, zone, toward) {
                Ok(at) if toward == Toward::Past && not_in_future(Some(at), now).is_err() => {
                    self.say("That time has not come yet.")?;
                }
                Ok(at) => {
                    let shown = near_time(at, now, zone.offset_at(at));
                    let question =
                        format!("That is {shown}. Right? (y = yes, Enter = type it again)");
                    let today = shown.len() <= 5;
                    if today || matches!(self.line(&question)?.as_deref(), Some("y" | "yes")) {
                        return Ok(Some(at));
                    }
                }
                Err(error) => {
                    self.say(&error.to_string())?;
                }
            }
        }
    }

    /// A person; nothing for a bare Enter.
    pub(super) fn person(&mut self, question: &str) -> Result<Option<Person>, WalkError> {
        loop {
            let Some(raw) = self.line(question)? else { return Ok(None) };
            let odd = raw.chars().count() == 1 || raw.chars().any(|c| c.is_ascii_digit());
            if odd && !self.means_it(&raw)? {
                continue;
            }
            match Person::new(&raw) {
                Ok(person) => return Ok(Some(person)),
                Err(error) => {
                    self.say(&format!("That name cannot be recorded: {error}."))?;
                }
            }
        }
    }

    /// One of these, by number or by name; nothing for a bare Enter.
    pub(super) fn choice(
        &mut self,
        question: &str,
        options: &[String],
    ) -> Result<Option<usize>, WalkError> {
        for (number, option) in options.iter().enumerate() {
            self.say(&format!("  {}  {option}", number + 1))?;
        }
        loop {
            let Some(raw) = self.line(question)? else { return Ok(None) };
            let by_number = raw.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let named = |option: &String| option.split_whitespace().next() == Some(raw.as_str());
            let chosen = by_number.filter(|n| *n < options.len());
            match chosen.or_else(|| options.iter().position(named)) {
                Some(index) => return Ok(Some(index)),
                None => {
                    self.say(&format!("Type a number from 1 to {}.", options.len()))?;
                }
            }
        }
    }
}
