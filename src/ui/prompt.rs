//! Questions at a terminal. Lines, not single keys: a line works on every terminal, in a screen
//! reader and over a bad connection, keeps the terminal in its ordinary mode (nothing to restore when
//! the program is killed), and a key hit by accident records nothing.

use std::{fmt, io};

use dialoguer::Input;
use dialoguer::console::Term;
use dialoguer::theme::Theme;

use super::safe::safe;
use super::wrap::wrap;

/// How long a signal may take to end the program.
const GRACE: std::time::Duration = std::time::Duration::from_secs(2);

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
            Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => {
                // Ctrl-C: whoever listens for it leaves in order, and must not be overtaken.
                std::thread::sleep(GRACE);
                Err(error)
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
