//! Who sits at the terminal. What somebody does there is put down to them, so a name is only taken for
//! granted where nobody else can be meant.

use crate::cli::acting::person;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::engine::{Mode, Person, State};
use crate::playbook::Playbook;
use crate::ui::{Answer, Prompt, safe};

impl Context {
    /// Who sits here: named by the option or by `$RUNBOOK_BY`; else, where the log knows of one person
    /// only, that one; else whoever answers the question.
    pub(super) fn seated(
        &mut self,
        by: Option<&str>,
        book: &Playbook,
        state: &State,
    ) -> Result<Person, CliError> {
        if let Some(name) = by.or(self.world.place.by.as_deref()) {
            return person("--by", name);
        }
        let known = known(book, state);
        let alone = state.exercise().started().is_none_or(|started| started.solo);
        match known.as_slice() {
            [(only, _)] if alone => Ok(only.clone()),
            [] if state.mode() == Mode::Live && self.world.place.user.is_some() => {
                self.asked_name("Your name?")
            }
            known => self.one_of(known),
        }
    }

    /// Asks for a name, with the machine's own guess as the answer to Enter.
    pub(super) fn asked_name(&self, question: &str) -> Result<Person, CliError> {
        let guess = self.world.place.typist();
        let shown = guess.map(|name| format!(" (Enter = {name})")).unwrap_or_default();
        loop {
            match Prompt::new().ask(&format!("{question}{shown}"))? {
                Answer::Words(name) => {
                    if let Some(person) = name_of(&name) {
                        return Ok(person);
                    }
                }
                Answer::Nothing => {
                    if let Some(guess) = guess {
                        return person("the name of the OS user", guess);
                    }
                }
                Answer::End => return Err(nobody()),
            }
        }
    }

    fn one_of(&mut self, known: &[(Person, String)]) -> Result<Person, CliError> {
        for (number, (person, part)) in known.iter().enumerate() {
            let line = format!("  {}  {}{}", number + 1, safe(person.as_str()), safe(part));
            self.tell(&line)?;
        }
        let numbers = if known.is_empty() { "" } else { "a number, or " };
        let question = format!("Who sits here now? ({numbers}your name; Enter = leave)");
        loop {
            let typed = match Prompt::new().ask(&question)? {
                Answer::Words(words) => words,
                Answer::Nothing | Answer::End => return Err(nobody()),
            };
            let index = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let numbered = index.and_then(|index| known.get(index)).map(|(one, _)| one.clone());
            if let Some(person) = numbered.or_else(|| name_of(&typed)) {
                return Ok(person);
            }
        }
    }
}

/// A name that somebody typed: a number alone is none.
fn name_of(typed: &str) -> Option<Person> {
    typed.chars().any(char::is_alphabetic).then(|| Person::new(typed).ok()).flatten()
}

fn nobody() -> CliError {
    CliError::refused("nobody was named, so nothing was done")
        .hint("say who you are with --by NAME")
}

/// Everybody whom the log knows, with what they do: whoever holds a role first, in the playbook's order.
fn known(book: &Playbook, state: &State) -> Vec<(Person, String)> {
    let mut all: Vec<(Person, String)> = Vec::new();
    let mut add = |person: &Person, part: String| {
        if all.iter().all(|(known, _)| known != person) {
            all.push((person.clone(), part));
        }
    };
    for role in &book.roles {
        for tenure in state.holders(&role.id) {
            add(&tenure.person, format!(" ({})", role.title));
        }
    }
    if let Some(started) = state.exercise().started().filter(|started| !started.solo) {
        add(&started.facilitator, " (facilitator)".to_owned());
    }
    for person in state.people() {
        add(person, String::new());
    }
    all
}
