//! The walk's small questions. A bare Enter always means "nothing", and nothing records nothing.

use std::io;

use crate::engine::{Mode, Person, Text, Timestamp, not_in_future, words};
use crate::outreach::{Suspicion, suspicions, suspicions_of_contact};
use crate::session::Session;
use crate::ui::{Answer, Prompt, WARN, afterwards, near_time, paint, safe, wrap};
use crate::world::{Toward, World, parse_when};

use super::WalkError;

/// What was chosen of several options.
pub(super) enum Chosen {
    /// The option at this place.
    Option(usize),
    /// The other word at this place.
    Word(usize),
}

/// Asks, and says at once what cannot be taken.
pub(super) struct Asker<'a> {
    pub(super) world: &'a mut World,
    prompt: Prompt,
    mode: Mode,
}

impl<'a> Asker<'a> {
    pub(super) fn new(world: &'a mut World, mode: Mode) -> Self {
        Self { world, prompt: Prompt::new(), mode }
    }

    /// What stands above a page of text: an exercise says so on every screen.
    pub(super) fn stamp(&mut self) -> io::Result<usize> {
        match self.mode {
            Mode::Live => Ok(0),
            Mode::Exercise => {
                self.draw(&paint(WARN, "EXERCISE - not real - EXERCISE"))?;
                Ok(1)
            }
        }
    }

    /// What to type once it is over.
    pub(super) fn afterwards(&self, session: &Session) -> Vec<String> {
        let (real, zone) = (self.world.clock.now(), self.world.zone);
        let id = session.id().as_str();
        afterwards(id, session.book(), session.state(), real, &|at| zone.offset_at(at))
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

    /// Whether the answer is a plain yes; a bare Enter is not.
    pub(super) fn agrees(&mut self, question: &str) -> Result<bool, WalkError> {
        loop {
            let typed = self.line(question)?.map(|line| line.to_lowercase());
            match typed.as_deref() {
                Some("y" | "yes") => return Ok(true),
                None | Some("n" | "no") => return Ok(false),
                Some(_) => {
                    self.say("Type y for yes; Enter is no.")?;
                }
            }
        }
    }

    /// A number; nothing for a bare Enter.
    pub(super) fn number(&mut self, question: &str) -> Result<Option<Text>, WalkError> {
        loop {
            let Some(raw) = self.line(question)? else { return Ok(None) };
            if raw.parse::<f64>().is_ok_and(f64::is_finite) {
                return Ok(Some(Text::Plain(raw)));
            }
            self.say("Type a number in digits, such as 12.")?;
        }
    }

    /// Yes or no; nothing for a bare Enter.
    pub(super) fn yes_or_no(&mut self, question: &str) -> Result<Option<bool>, WalkError> {
        loop {
            let typed = self.line(question)?.map(|line| line.to_lowercase());
            match typed.as_deref() {
                None => return Ok(None),
                Some("y" | "yes") => return Ok(Some(true)),
                Some("n" | "no") => return Ok(Some(false)),
                Some(_) => {
                    self.say("Type y or n.")?;
                }
            }
        }
    }

    /// Shows lines page by page; q skips the rest.
    pub(super) fn page(&mut self, lines: &[String]) -> Result<(), WalkError> {
        self.pages(lines, "Enter = next page, q = skip the rest").map(|_| ())
    }

    /// As [`Asker::page`]; gives what was typed between two pages, which ends them.
    pub(super) fn pages(
        &mut self,
        lines: &[String],
        between: &str,
    ) -> Result<Option<String>, WalkError> {
        let (width, height) = self.size();
        let lines: Vec<String> = lines.iter().flat_map(|line| wrap(line, width)).collect();
        for (number, page) in lines.chunks(height - 3).enumerate() {
            if number > 0 {
                let typed = self.line(between)?;
                if typed.is_some() {
                    return Ok(typed);
                }
            }
            self.clear()?;
            self.stamp()?;
            self.say(&page.join("\n"))?;
        }
        Ok(None)
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
            if let Some(text) = self.fit(session, &raw)? {
                return Ok(Some(text));
            }
        }
    }

    /// Words as they fit the record; nothing if they do not, which has been said then.
    pub(super) fn fit(&mut self, session: &Session, raw: &str) -> Result<Option<Text>, WalkError> {
        match words(raw) {
            Err(error) => {
                self.say(&format!("That cannot be recorded: {error}."))?;
                Ok(None)
            }
            Ok(words) => {
                let found = suspicions(&words);
                let text = self.seal_or_keep(session, words, &found)?;
                if text.is_none() {
                    self.say("Type it again without the patient's details.")?;
                }
                Ok(text)
            }
        }
    }

    /// As [`Asker::fit`], for how somebody of the staff is reached.
    pub(super) fn fit_contact(
        &mut self,
        session: &Session,
        raw: &str,
    ) -> Result<Option<Text>, WalkError> {
        match words(raw) {
            Err(_) => self.fit(session, raw),
            Ok(words) => {
                let found = suspicions_of_contact(&words);
                self.seal_or_keep(session, words, &found)
            }
        }
    }

    /// A single letter is more often a key of the walk than an answer.
    fn means_it(&mut self, raw: &str) -> Result<bool, WalkError> {
        self.agrees(&format!("Record \"{raw}\" as the answer? (y = yes, Enter = type it again)"))
    }

    /// What looks like patient information is stopped with a question.
    fn seal_or_keep(
        &mut self,
        session: &Session,
        words: String,
        found: &[Suspicion],
    ) -> Result<Option<Text>, WalkError> {
        let Some(found) = found.first().map(|found| found.kind.explanation()) else {
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

    /// A time of another day is read back: at 08:00, 23:50 is yesterday's, and that may be a slip.
    pub(super) fn is_meant(&mut self, session: &Session, at: Timestamp) -> Result<bool, WalkError> {
        let (now, zone) = (session.now(self.world), self.world.zone);
        let shown = near_time(at, now, zone.offset_at(at));
        let today = shown.len() <= 5;
        Ok(today || self.agrees(&format!("That is {shown}. Right? (y = yes, Enter = no)"))?)
    }

    /// A time; nothing for a bare Enter.
    pub(super) fn time(
        &mut self,
        session: &mut Session,
        question: &str,
        toward: Toward,
    ) -> Result<Option<Timestamp>, WalkError> {
        loop {
            let Some(raw) = self.line(question)? else { return Ok(None) };
            session.catch_up()?;
            let now = session.now(self.world);
            let zone = self.world.zone;
            if toward == Toward::Past && matches!(raw.to_lowercase().as_str(), "n" | "now") {
                return Ok(Some(now));
            }
            match parse_when(&raw, now, zone, toward) {
                Ok(at) if toward == Toward::Past && not_in_future(Some(at), now).is_err() => {
                    self.say("That time has not come yet.")?;
                }
                Ok(at) if self.is_meant(session, at)? => return Ok(Some(at)),
                Ok(_) => {}
                Err(error) => {
                    self.say(&error.to_string())?;
                }
            }
        }
    }

    /// A person; nothing for a bare Enter.
    pub(super) fn person(&mut self, question: &str) -> Result<Option<Person>, WalkError> {
        match self.line(question)? {
            Some(typed) => self.named(typed),
            None => Ok(None),
        }
    }

    /// The person a line names; asks again for what is hardly a name, until Enter.
    pub(super) fn named(&mut self, mut typed: String) -> Result<Option<Person>, WalkError> {
        loop {
            let letters = typed.chars().filter(|c| c.is_alphabetic()).count();
            let odd = letters < 2 || typed.chars().any(|c| c.is_ascii_digit());
            match Person::new(&typed) {
                _ if letters == 0 => {
                    self.say("A name has letters.")?;
                }
                Err(error) => {
                    self.say(&format!("That name cannot be recorded: {error}."))?;
                }
                Ok(person) if !odd || self.means_it(&typed)? => return Ok(Some(person)),
                Ok(_) => {}
            }
            match self.line("The name (Enter = turn back)")? {
                Some(again) => typed = again,
                None => return Ok(None),
            }
        }
    }

    /// One of these, by number or by name; nothing for a bare Enter.
    pub(super) fn choice(
        &mut self,
        question: &str,
        options: &[String],
    ) -> Result<Option<usize>, WalkError> {
        match self.choice_or(question, options, &[])? {
            Some(Chosen::Option(index)) => Ok(Some(index)),
            Some(Chosen::Word(_)) | None => Ok(None),
        }
    }

    /// The same, where other words are answers too.
    pub(super) fn choice_or(
        &mut self,
        question: &str,
        options: &[String],
        others: &[&str],
    ) -> Result<Option<Chosen>, WalkError> {
        for (number, option) in options.iter().enumerate() {
            self.say(&format!("  {}  {option}", number + 1))?;
        }
        loop {
            let Some(raw) = self.line(question)? else { return Ok(None) };
            if let Some(other) = others.iter().position(|other| raw.eq_ignore_ascii_case(other)) {
                return Ok(Some(Chosen::Word(other)));
            }
            match chosen(&raw, options) {
                Some(index) => return Ok(Some(Chosen::Option(index))),
                None => {
                    self.say(&format!("Type a number from 1 to {}.", options.len()))?;
                }
            }
        }
    }

    /// Any of these by the numbers beside them, or `all`; none for a bare Enter.
    pub(super) fn several(
        &mut self,
        question: &str,
        options: &[(usize, String)],
    ) -> Result<Vec<usize>, WalkError> {
        for (number, option) in options {
            self.say(&format!("  {number}  {option}"))?;
        }
        loop {
            let Some(raw) = self.line(question)? else { return Ok(Vec::new()) };
            if raw.eq_ignore_ascii_case("all") {
                return Ok((0..options.len()).collect());
            }
            let place = |word: &str| {
                let number = word.parse::<usize>().ok()?;
                options.iter().position(|(known, _)| *known == number)
            };
            let words = raw.split([' ', ',']).filter(|word| !word.is_empty());
            match words.map(place).collect() {
                Some(all) => return Ok(all),
                None => {
                    self.say("Type numbers of this list with spaces between, or all.")?;
                }
            }
        }
    }
}

/// Which option a word means: its number, its first word, or its beginning; nothing if it fits several.
fn chosen(word: &str, options: &[String]) -> Option<usize> {
    let by_number = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(index) = by_number.filter(|index| *index < options.len()) {
        return Some(index);
    }
    let typed = word.to_lowercase();
    let first = |option: &String| {
        option.split([' ', ':']).next().is_some_and(|first| first.to_lowercase() == typed)
    };
    let begins = |option: &String| option.to_lowercase().starts_with(&typed);
    match only(options, first) {
        Fits::One(index) => Some(index),
        Fits::Several => None,
        Fits::None => match only(options, begins) {
            Fits::One(index) => Some(index),
            Fits::Several | Fits::None => None,
        },
    }
}

/// How many options a word fits.
enum Fits {
    None,
    One(usize),
    Several,
}

fn only(options: &[String], fits: impl Fn(&String) -> bool) -> Fits {
    let mut all = options.iter().enumerate().filter(|(_, option)| fits(option));
    match (all.next(), all.next()) {
        (None, _) => Fits::None,
        (Some((index, _)), None) => Fits::One(index),
        (Some(_), Some(_)) => Fits::Several,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_chooses() {
        let options = ["slow", "partial", "full: all of it", "fully"].map(str::to_owned);
        for (word, index) in [
            ("1", Some(0)),
            ("4", Some(3)),
            ("0", None),
            ("5", None),
            ("P", Some(1)),
            ("full", Some(2)),
            ("ful", None),
            ("x", None),
        ] {
            assert_eq!(chosen(word, &options), index, "{word}");
        }
        let people = ["Ana Diaz", "Ana Perez", "Ben Ito"].map(str::to_owned);
        for (word, index) in [("ana", None), ("ana p", Some(1)), ("ben", Some(2)), ("a", None)] {
            assert_eq!(chosen(word, &people), index, "{word}");
        }
    }
}
