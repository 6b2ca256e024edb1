//! The three streams. Written to through these handles only: `println!` panics on a closed pipe.

use std::io::{self, IsTerminal, Read as _, Write};

/// Where answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A person at a terminal, who also sees what we write.
    Terminal,
    /// Anything else: nobody is there to ask.
    Other,
}

/// What people read and type.
pub struct Console {
    /// Data.
    pub out: Box<dyn Write>,
    /// Talk.
    pub err: Box<dyn Write>,
    /// Whether somebody can be asked.
    pub input: Input,
    /// Columns to fit tables into.
    pub width: u16,
}

impl Console {
    /// What is piped in, as text, up to `limit` bytes and one more, so that too much can be told.
    ///
    /// # Errors
    /// If it cannot be read or is not UTF-8.
    pub fn piped(&self, limit: u64) -> io::Result<String> {
        let mut text = String::new();
        io::stdin().lock().take(limit + 1).read_to_string(&mut text)?;
        Ok(text)
    }

    pub(super) fn real() -> Self {
        let terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
        let shown = io::stdout().is_terminal();
        Self {
            // anstream drops styles where the other end is no terminal, on NO_COLOR and TERM=dumb.
            out: Box::new(anstream::AutoStream::auto(io::stdout())),
            err: Box::new(anstream::AutoStream::auto(io::stderr())),
            input: if terminal { Input::Terminal } else { Input::Other },
            width: if shown { dialoguer::console::Term::stdout().size().1 } else { 80 },
        }
    }
}

impl std::fmt::Debug for Console {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Console").field("input", &self.input).finish_non_exhaustive()
    }
}
