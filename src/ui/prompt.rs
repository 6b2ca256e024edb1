//! Questions at a terminal. An answer is a line that Enter ends, never a single key: a line works on
//! every terminal, in a screen reader and over a bad connection, and a key hit by accident records
//! nothing.
//!
//! [`Prompt::ask`] leaves the line to the terminal itself: its modes are never changed, so that
//! nothing has to be restored after Ctrl-C, Ctrl-Z, a closed window or `kill -9`, and the cursor is
//! never hidden. dialoguer, which reads key by key, serves where a text is edited that stands there
//! already; `world` restores the modes when a signal ends the program meanwhile.

use std::io::{self, BufRead as _};
use std::sync::Mutex;

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
    /// The end of input: Ctrl-D, or the terminal is gone.
    End,
}

/// The question that waits for its answer, for whoever comes back after Ctrl-Z.
static PENDING: Mutex<String> = Mutex::new(String::new());

/// Said to whoever comes back after Ctrl-Z: the question that waits stands as it stood.
#[must_use]
pub fn welcome_back() -> String {
    let pending = PENDING.lock().map(|question| question.clone()).unwrap_or_default();
    if pending.is_empty() {
        return format!("You are back. Enter shows the screen again.\n{ARROW} ");
    }
    format!("You are back. This question waits:\n{}\n{ARROW} ", safe(&pending))
}

/// How long a prompt waits for the handler of signals after Ctrl-C.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(2);

/// What stands before the cursor; a question is said in lines of its own.
const ARROW: &str = ">";

/// Our own look: nothing but the arrow and the words.
struct Plain;

impl Theme for Plain {
    fn format_input_prompt_selection(
        &self,
        f: &mut dyn std::fmt::Write,
        prompt: &str,
        answer: &str,
    ) -> std::fmt::Result {
        write!(f, "{prompt} {}", safe(answer))
    }

    fn format_input_prompt(
        &self,
        f: &mut dyn std::fmt::Write,
        prompt: &str,
        _default: Option<&str>,
    ) -> std::fmt::Result {
        write!(f, "{prompt} ")
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

    /// A fresh screen, where the terminal can do that; a line between two screens elsewhere.
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

    /// A question of several lines, one line of answer.
    ///
    /// # Errors
    /// If the terminal cannot be read or written.
    pub fn ask_lines(&self, question: &str) -> io::Result<Answer> {
        let (before, last) = question.rsplit_once('\n').unwrap_or(("", question));
        before.lines().try_for_each(|line| self.say(line))?;
        self.ask(last)
    }

    /// One question, one line.
    ///
    /// # Errors
    /// If the terminal cannot be read or written.
    pub fn ask(&self, question: &str) -> io::Result<Answer> {
        if let Ok(mut pending) = PENDING.lock() {
            question.clone_into(&mut pending);
        }
        self.say(question)?;
        loop {
            self.term.write_str(&format!("{ARROW} "))?;
            self.term.flush()?;
            let mut line = Vec::new();
            io::stdin().lock().read_until(b'\n', &mut line)?;
            // What no Enter ended was never answered: Ctrl-D, or the terminal went away.
            if !line.ends_with(b"\n") {
                return Ok(Answer::End);
            }
            let line = String::from_utf8_lossy(&line);
            let kept = meant(&line);
            // An arrow moves nothing here: what was typed after it is not where the person put it.
            if line.contains('\u{1b}') && !kept.trim().is_empty() {
                self.term
                    .write_line("Arrow keys do not work here, Backspace does. Type it again.")?;
                continue;
            }
            return Ok(answer(&kept));
        }
    }

    /// One question whose line holds `text` already, to be changed or taken as it is.
    ///
    /// # Errors
    /// If the terminal cannot be read or written.
    pub fn edit(&self, question: &str, text: &str) -> io::Result<Answer> {
        self.say(question)?;
        let asked = Input::<String>::with_theme(&Plain)
            .with_prompt(ARROW)
            .with_initial_text(text)
            .allow_empty(true)
            .interact_text_on(&self.term);
        match asked {
            Ok(line) => Ok(answer(&meant(&line))),
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

    fn say(&self, question: &str) -> io::Result<()> {
        let lines = wrap(&safe(question), self.size().0);
        lines.iter().filter(|line| !line.is_empty()).try_for_each(|line| self.term.write_line(line))
    }
}

impl Default for Prompt {
    fn default() -> Self {
        Self::new()
    }
}

fn answer(line: &str) -> Answer {
    match line.trim() {
        "" => Answer::Nothing,
        words => Answer::Words(words.to_owned()),
    }
}

/// The line without what keys leave in it that are no letters: an arrow arrives as `ESC [ A`.
fn meant(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => skip_sequence(&mut rest),
            c if c.is_control() => {}
            c => kept.push(c),
        }
    }
    kept
}

/// What follows an escape: `[`, parameters and one final character, or `O` and one character.
fn skip_sequence(rest: &mut std::str::Chars<'_>) {
    let mut ahead = rest.clone();
    match ahead.next() {
        Some('[') => {
            let _final = ahead.find(|c| ('@'..='~').contains(c));
            *rest = ahead;
        }
        Some('O') => {
            let _key = ahead.next();
            *rest = ahead;
        }
        Some(_) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_no_letters_leave_nothing() {
        for (line, kept) in [
            ("d\n", "d"),
            ("14:05\r\n", "14:05"),
            ("\u{1b}[A\u{1b}[1;5Cd\n", "d"),
            ("\u{1b}OP?\n", "?"),
            ("a\u{1b}\n", "a"),
            ("Jos\u{e9}\t\n", "Jos\u{e9}"),
            ("\u{4}\u{1a}\n", ""),
        ] {
            assert_eq!(meant(line), kept, "{line:?}");
        }
    }

    #[test]
    fn blanks_are_no_answer() {
        assert_eq!(answer("  "), Answer::Nothing);
        assert_eq!(answer(" yes "), Answer::Words("yes".to_owned()));
    }
}
