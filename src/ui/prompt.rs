//! Questions at a terminal. An answer is a line that Enter ends, never a single key: a line works on
//! every terminal and over a bad connection, and a key hit by accident records nothing.
//!
//! While it waits, dialoguer reads key by key and has the terminal's echo off; `world` restores the
//! modes when a signal ends the program. After a `kill -9` the shell's own `reset` does.

use std::{fmt, io};

use dialoguer::Input;
use dialoguer::console::Term;
use dialoguer::theme::Theme;

use super::safe::safe;
use super::wrap::wrap;

/// What a person answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// These words, trimmed; never empty.
    Words(String),
    /// A bare Enter.
    Nothing,
    /// The end of input: the terminal is gone.
    End,
}

/// How long a prompt waits for the handler of signals after Ctrl-C.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(2);

/// A question is said in lines of its own; what stands before the cursor is only this.
struct Arrow;

impl Theme for Arrow {
    fn format_input_prompt(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        _default: Option<&str>,
    ) -> fmt::Result {
        write!(f, "{prompt} ")
    }

    fn format_input_prompt_selection(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        answer: &str,
    ) -> fmt::Result {
        write!(f, "{prompt} {}", safe(answer))
    }
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

    /// A fresh screen, where the terminal can do that.
    ///
    /// # Errors
    /// If the terminal cannot be written.
    pub fn clear(&self) -> io::Result<()> {
        if self.term.features().colors_supported() {
            self.term.clear_screen()
        } else {
            self.term.write_line("----")
        }
    }

    /// How many columns and lines there are, as the terminal says now.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        let (lines, columns) = self.term.size();
        (usize::from(columns).max(20), usize::from(lines).max(10))
    }

    /// One question, one line.
    ///
    /// # Errors
    /// If the terminal cannot be read or written.
    pub fn ask(&self, question: &str) -> io::Result<Answer> {
        for line in wrap(&safe(question), self.size().0).iter().filter(|line| !line.is_empty()) {
            self.term.write_line(line)?;
        }
        let asked = Input::<String>::with_theme(&Arrow)
            .with_prompt(">")
            .allow_empty(true)
            .interact_on(&self.term);
        match asked {
            Ok(line) => {
                // A key that is no letter (an arrow, Ctrl-D, Ctrl-Z) arrives as a control character.
                let line: String = line.chars().filter(|c| !c.is_control()).collect();
                Ok(match line.trim() {
                    "" => Answer::Nothing,
                    words => Answer::Words(words.to_owned()),
                })
            }
            Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Ok(Answer::End)
            }
            // Ctrl-C: the handler of signals says farewell and ends the program; it only needs the
            // moment in which we would otherwise report a broken terminal.
            Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => {
                std::thread::sleep(PATIENCE);
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
