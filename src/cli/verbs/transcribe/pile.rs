//! The lines of one terminal, in memory as they lie on disk. They are one text of the same form as a
//! file for `--from`, so that what is typed, kept, taken up again and recorded goes one way.

use crate::cli::error::CliError;
use crate::journal::PaperFile;

/// Entries that are kept, and the lines about day, sheet and people that they are read with.
pub(super) struct Pile {
    text: String,
    file: PaperFile,
}

impl Pile {
    /// What waits from before.
    pub(super) fn take_up(file: PaperFile) -> Result<Self, CliError> {
        let text = String::from_utf8_lossy(&file.read()?.unwrap_or_default()).into_owned();
        Ok(Self { text, file })
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How many entries there are.
    pub(super) fn count(&self) -> usize {
        count(&self.text)
    }

    /// The last line about something: `date`, `sheet`.
    pub(super) fn last(&self, word: &str) -> Option<&str> {
        self.text.lines().rev().find_map(|line| line.strip_prefix(word)?.strip_prefix(' '))
    }

    /// Adds a line that says how to read those below. It is on disk with the next entry.
    pub(super) fn head(&mut self, word: &str, what: &str) {
        self.text.extend([word, " ", what, "\n"]);
    }

    /// Keeps this text on disk. What only says how to read others is not worth a file.
    pub(super) fn put_down(&mut self, text: String) -> Result<(), CliError> {
        self.file.keep(if count(&text) == 0 { "" } else { &text })?;
        self.text = text;
        Ok(())
    }

    /// Takes the entries away that are in the log by now; day, sheet and people still hold.
    pub(super) fn clear(&mut self) -> Result<(), CliError> {
        let heads = self.text.lines().filter(|line| is_head(line));
        self.put_down(heads.flat_map(|line| [line, "\n"]).collect())
    }

    /// Takes an entry out by its number, or the last one; gives its words.
    pub(super) fn drop_entry(&mut self, number: &str) -> Result<Option<String>, CliError> {
        let wanted = if number.is_empty() { self.count() } else { number.parse().unwrap_or(0) };
        let lines: Vec<&str> = self.text.lines().collect();
        let mut entries = lines.iter().enumerate().filter(|(_, line)| !is_head(line));
        let Some((at, dropped)) = wanted.checked_sub(1).and_then(|nth| entries.nth(nth)) else {
            return Ok(None);
        };
        let dropped = (*dropped).to_owned();
        let kept = lines.iter().enumerate().filter(|(place, _)| *place != at);
        let text = kept.flat_map(|(_, line)| [*line, "\n"]).collect();
        self.put_down(text)?;
        Ok(Some(dropped))
    }

    /// The text with another name behind initials that a line of it explains; nothing where none does.
    pub(super) fn renamed(&self, typed: &str) -> Option<String> {
        let letters = |line: &str| Some(line.split_once('=')?.0.trim().to_uppercase());
        let explains = |line: &str| is_head(line) && letters(line) == letters(typed);
        if !explains(typed) || !self.text.lines().any(explains) {
            return None;
        }
        let lines = self.text.lines().map(|line| if explains(line) { typed } else { line });
        Some(lines.flat_map(|line| [line, "\n"]).collect())
    }

    /// The number of the entry that stands on a line, as the screen shows it.
    pub(super) fn number(&self, line: usize) -> usize {
        self.text.lines().take(line).filter(|line| !is_head(line)).count()
    }

    /// The line around a byte of the text, from 1.
    pub(super) fn line_at(&self, byte: usize) -> usize {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        before.matches('\n').count() + 1
    }

    /// Entries with their numbers; what they are read with, without.
    pub(super) fn listed(&self) -> Vec<String> {
        let mut number = 0;
        let lines = self.text.lines().map(|line| {
            if is_head(line) {
                return format!("      {line}");
            }
            number += 1;
            format!("{number:>4}  {line}")
        });
        lines.collect()
    }
}

/// Whether a line only says how to read others.
fn is_head(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let explains = first.contains('=') || words.next() == Some("=");
    explains
        || first.starts_with('#')
        || matches!(first.as_str(), "" | "playbook" | "scribe" | "date" | "sheet")
}

fn count(text: &str) -> usize {
    text.lines().filter(|line| !is_head(line)).count()
}
