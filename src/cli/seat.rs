//! Who sits at the terminal. What somebody does there is put down to them, so no name is taken for granted,
//! but for that of whoever plays an exercise alone.

use crate::cli::acting::person;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::engine::{Mode, Person, State, likely_same, same_name};
use crate::playbook::Playbook;
use crate::ui::{Answer, Prompt, safe};

impl Context {
    /// Who sits here: named by the option or by `$RUNBOOK_BY`, else whoever answers the question. Enter
    /// names nobody: the second person who joins an incident must not become the first one.
    pub(super) fn seated(
        &mut self,
        by: Option<&str>,
        book: &Playbook,
        state: &State,
    ) -> Result<Person, CliError> {
        if let Some(name) = by.or(self.world.place.by.as_deref()) {
            return person("--by", name);
        }
        if let Some(started) = state.exercise().started().filter(|started| started.solo) {
            return Ok(started.facilitator.clone());
        }
        match known(book, state).as_slice() {
            [] if state.mode() == Mode::Live && self.world.place.user.is_some() => {
                self.asked_name("Your name?")
            }
            known => {
                let person = self.one_of(known)?;
                facilitator_on_purpose(state, person)
            }
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
            if let Some((person, _)) = index.and_then(|index| known.get(index)) {
                return Ok(person.clone());
            }
            if let Some(person) = name_of(&typed) {
                return as_known(person, known);
            }
        }
    }
}

/// One wrong digit must not show a player what is to come.
fn facilitator_on_purpose(state: &State, person: Person) -> Result<Person, CliError> {
    let runs = state.ending().is_none();
    let started = state.exercise().started().filter(|_| runs);
    if !started.is_some_and(|started| same_name(&started.facilitator, &person)) {
        return Ok(person);
    }
    let question = format!(
        "You facilitate, {}? What comes next shows the injects, which players must not read. \
         (y = yes, Enter = no)",
        safe(person.as_str())
    );
    match Prompt::new().ask(&question)? {
        Answer::Words(words) if matches!(words.to_lowercase().as_str(), "y" | "yes") => Ok(person),
        Answer::Words(_) | Answer::Nothing | Answer::End => Err(nobody()),
    }
}

/// The spelling that the log has, where it is the same name; where it is nearly the same, they say.
fn as_known(person: Person, known: &[(Person, String)]) -> Result<Person, CliError> {
    let mut names = known.iter().map(|(one, _)| one);
    if let Some(same) = names.clone().find(|one| same_name(one, &person)) {
        return Ok(same.clone());
    }
    let Some(near) = names.find(|one| likely_same(one, &person)) else { return Ok(person) };
    let question = format!(
        "Are you {}? (y = yes, n = no, {} is somebody else)",
        safe(near.as_str()),
        safe(person.as_str())
    );
    loop {
        match Prompt::new().ask(&question)? {
            Answer::End => return Err(nobody()),
            Answer::Nothing => {}
            Answer::Words(words) => match words.to_lowercase().as_str() {
                "y" | "yes" => return Ok(near.clone()),
                "n" | "no" => return Ok(person),
                _ => {}
            },
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
