//! What a scribe is asked while a line is taken: whose initials, what the step asks for, whether the
//! sheet really says so.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::sheets::parse_day;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::site_file::SiteFile;
use crate::engine::{Person, Timestamp};
use crate::playbook::{Field, FieldId, FieldKind, Form, StepId};
use crate::session::Session;
use crate::transcript::{Ask, Fault, initials_of};
use crate::ui::{Answer, Prompt};
use crate::world::Toward;

/// Asks.
pub(super) struct Asker {
    pub(super) prompt: Prompt,
}

impl Asker {
    pub(super) fn new() -> Self {
        Self { prompt: Prompt::new() }
    }

    /// A line; nothing for a bare Enter.
    fn line(&self, question: &str) -> Result<Option<String>, CliError> {
        match self.prompt.ask_lines(question)? {
            Answer::Words(words) => Ok(Some(words)),
            Answer::Nothing => Ok(None),
            Answer::End => Err(CliError::refused("you left: what you were typing is not kept")),
        }
    }

    /// A plain yes; a bare Enter is not one.
    pub(super) fn agrees(&self, question: &str) -> Result<bool, CliError> {
        let mut asked = format!("{question} (y = yes, Enter = no)");
        loop {
            let typed = self.line(&asked)?.map(|words| words.to_lowercase());
            match typed.as_deref() {
                Some("y" | "yes") => return Ok(true),
                None | Some("n" | "no") => return Ok(false),
                Some(_) => "Type y for yes; Enter is no.".clone_into(&mut asked),
            }
        }
    }

    /// A name, with a guess as the answer to Enter.
    pub(super) fn name(&self, question: &str, guess: &Person) -> Result<Person, CliError> {
        let mut asked = format!("{question} (Enter = {guess})");
        loop {
            let Some(words) = self.line(&asked)? else { return Ok(guess.clone()) };
            match Person::new(&words) {
                Ok(person) if words.chars().filter(|c| c.is_alphabetic()).count() > 1 => {
                    return Ok(person);
                }
                Ok(_) => asked = format!("A name has letters. {question}"),
                Err(error) => asked = format!("That name cannot be recorded: {error}. {question}"),
            }
        }
    }

    /// A day, with a guess as the answer to Enter.
    pub(super) fn day(&self, question: &str, guess: NaiveDate) -> Result<NaiveDate, CliError> {
        let mut asked = format!("{question} (Enter = {guess})");
        loop {
            let Some(words) = self.line(&asked)? else { return Ok(guess) };
            match parse_day(&words) {
                Some(day) => return Ok(day),
                None => asked = format!("Type year, month and day: {guess}"),
            }
        }
    }

    /// A moment in the past.
    pub(super) fn when(&self, context: &Context, question: &str) -> Result<Timestamp, CliError> {
        let mut asked = question.to_owned();
        loop {
            let Some(words) = self.line(&asked)? else {
                return Err(CliError::refused("nothing was opened"));
            };
            match context.when(&words, context.world.clock.now(), Toward::Past) {
                Ok(at) => return Ok(at),
                Err(error) => asked = format!("{} {question}", error.message()),
            }
        }
    }

    /// The text without this fault, as far as an answer mends it; nothing where the scribe turns back
    /// or the line has to be typed again.
    pub(super) fn mend(
        &self,
        context: &Context,
        session: &Session,
        text: &str,
        fault: &Fault,
    ) -> Result<Option<String>, CliError> {
        let line = line_of(text, fault.span.start);
        match &fault.ask {
            Ask::Nothing => Ok(None),
            Ask::Whose(letters) => {
                let Some(person) = self.whose(context, session, letters)? else { return Ok(None) };
                Ok(Some(before(text, line.start, &format!("{letters} = {person}\n"))))
            }
            Ask::Answers(step, fields) => {
                let Some(answers) = self.answers(session, step, fields)? else { return Ok(None) };
                Ok(Some(before(text, line.end, &answers)))
            }
            Ask::Circled(step) => {
                let Some(answer) = self.circled(session, step)? else { return Ok(None) };
                Ok(Some(before(text, line.end, &format!(" {answer}"))))
            }
            Ask::Sure => {
                let sure =
                    self.agrees(&format!("{}. Does the sheet say so?", capital(&fault.message)))?;
                Ok(sure.then(|| before(text, fault.span.end, "!")))
            }
            Ask::Patient => {
                let question = format!(
                    "{}.\np = keep it private, k = keep it as it is, Enter = type it again",
                    capital(&fault.message)
                );
                let flag = match self.line(&question)?.as_deref() {
                    Some("p") => " --private",
                    Some("k") => " --no-phi",
                    Some(_) | None => return Ok(None),
                };
                Ok(Some(before(text, line.end, flag)))
            }
        }
    }

    /// Who signs so: those whose names begin with these letters are offered.
    fn whose(
        &self,
        context: &Context,
        session: &Session,
        letters: &str,
    ) -> Result<Option<Person>, CliError> {
        let mut known: Vec<Person> = session.state().people().iter().cloned().collect();
        let site = context.site_file().ok().and_then(SiteFile::readable);
        for one in site.iter().flat_map(crate::site::Site::people) {
            if !known.contains(&one.contact.name) {
                known.push(one.contact.name.clone());
            }
        }
        known.retain(|person| initials_of(person) == letters);
        let mut question = format!("Who is {letters}?");
        for (number, person) in known.iter().enumerate() {
            let _ = write!(question, "\n  {}  {person}", number + 1);
        }
        let how = if known.is_empty() { "type the name" } else { "number or name" };
        let _ = write!(question, "\n({how}; Enter = type the line again)");
        loop {
            let Some(words) = self.line(&question)? else { return Ok(None) };
            let number = words.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            if let Some(person) = number.and_then(|at| known.get(at)) {
                return Ok(Some(person.clone()));
            }
            let letters = words.chars().filter(|c| c.is_alphabetic()).count();
            if let (None, true, Ok(person)) = (number, letters > 1, Person::new(&words)) {
                return Ok(Some(person));
            }
        }
    }

    /// What a step asks for, one question after the other.
    fn answers(
        &self,
        session: &Session,
        step: &StepId,
        missing: &[FieldId],
    ) -> Result<Option<String>, CliError> {
        let Some(Form::Collect(fields)) = session.book().step(step).map(|step| &step.form) else {
            return Ok(None);
        };
        let mut text = String::new();
        for field in fields.iter().filter(|field| missing.contains(&field.id)) {
            let question = format!("{} ({}; Enter = turn back)", field.ask, takes(field));
            let Some(answer) = self.line(&question)? else { return Ok(None) };
            // Quotes would end at the first one within.
            let quoted = answer.contains('=') && !answer.contains('"');
            let answer = if quoted { format!("\"{answer}\"") } else { answer };
            let _ = write!(text, " {}={answer}", field.id);
        }
        Ok(Some(text))
    }

    fn circled(&self, session: &Session, step: &StepId) -> Result<Option<String>, CliError> {
        let Some(Form::Decision(decision)) = session.book().step(step).map(|step| &step.form)
        else {
            return Ok(None);
        };
        let mut question = decision.question.clone();
        for (number, choice) in decision.options.iter().enumerate() {
            let _ = write!(question, "\n  {}  {}: {}", number + 1, choice.id, choice.title);
        }
        question.push_str("\n(number or word, the reason behind it; Enter = turn back)");
        self.line(&question)
    }
}

fn takes(field: &Field) -> String {
    match &field.kind {
        FieldKind::Text => "words".to_owned(),
        FieldKind::Number(_) => "a number".to_owned(),
        FieldKind::Time(_) => "a time".to_owned(),
        FieldKind::YesNo => "yes or no".to_owned(),
        FieldKind::Choice(words) => words.join(", "),
    }
}

/// The line around a place, without its line feed.
fn line_of(text: &str, at: usize) -> std::ops::Range<usize> {
    let at = at.min(text.len());
    let start = text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    // Where nothing follows any more, the place is behind the last letter.
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    start..end
}

/// The text with something put in at a place.
fn before(text: &str, at: usize, new: &str) -> String {
    let (head, tail) = text.split_at(at);
    format!("{head}{new}{tail}")
}

fn capital(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
