//! Questions at a terminal. Lines, not single keys: a line works on every terminal, in a screen
//! reader and over a bad connection, keeps the terminal in its ordinary mode (nothing to restore when
//! the program is killed), and a key hit by accident records nothing.

use std::io;

use dialoguer::Input;
use dialoguer::console::Term;
use dialoguer::theme::SimpleTheme;

use super::safe::safe;

/// What a person answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// These words, trimmed; never empty.
    Words(String),
    /// A bare Enter.
    Nothing,
    /// The end of input: the terminal is gone, or Ctrl-D.
    End,
}

/// Asks on the terminal's error stream, so that standard output stays data.
#[derive(Debug)]
pub struct Prompt {
    term: Term,
}

impl Prompt {
    /// For a terminal; the caller has made sure that there is one.
    #[must_use]
    pub fn new() -> Self {
        Self { term: Term::stderr() }
    }

    /// One question, one line.
    ///
    /// # Errors
    /// If the terminal cannot be read.
    pub fn ask(&self, question: &str) -> io::Result<Answer> {
        let asked = Input::<String>::with_theme(&SimpleTheme)
            .with_prompt(safe(question).into_owned())
            .allow_empty(true)
            .interact_on(&self.term);
        match asked {
            Ok(line) => Ok(match line.trim() {
                "" => Answer::Nothing,
                words => Answer::Words(words.to_owned()),
            }),
            Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Ok(Answer::End)
            }
            Err(dialoguer::Error::IO(error)) => Err(error),
        }
    }
}

impl Default for Prompt {
    fn default() -> Self {
        Self::new()
    }
}
