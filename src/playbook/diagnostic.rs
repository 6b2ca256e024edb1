//! One thing that is wrong, or doubtful, in a file somebody wrote: where, what, and what to write instead.

use std::ops::Range;

use super::rule::Rule;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Doubtful: the playbook runs, but an expert would object.
    Warning,
    /// The playbook cannot be used.
    Error,
}

/// A finding with its place in the source text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The rule of lint that objects; most of what makes a file unusable belongs to none.
    pub rule: Option<Rule>,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// The bytes of the source it is about; may be empty, never outside the source.
    pub span: Range<usize>,
    /// What to write instead, if that is known.
    pub help: Option<String>,
}

/// A place in a text as people count: from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Diagnostic {
    /// Where the finding starts in `source`. For many findings in one source see [`Lines`].
    #[must_use]
    pub fn place(&self, source: &str) -> Place {
        Place::of(self.span.start, source)
    }
}

impl Place {
    /// Where this byte of `source` stands. For many of them see [`Lines`].
    #[must_use]
    pub fn of(byte: usize, source: &str) -> Self {
        let before = &source[..source.floor_char_boundary(byte.min(source.len()))];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// A source text by its lines, for many findings in it.
#[derive(Debug, Clone)]
pub struct Lines<'s> {
    source: &'s str,
    starts: Vec<usize>,
}

impl<'s> Lines<'s> {
    /// The lines of a text.
    #[must_use]
    pub fn of(source: &'s str) -> Self {
        let starts = [0].into_iter().chain(source.match_indices('\n').map(|(at, _)| at + 1));
        Self { source, starts: starts.collect() }
    }

    /// The place of a byte.
    #[must_use]
    pub fn place(&self, byte: usize) -> Place {
        let (line, start) = self.line(byte);
        let end = self.source.floor_char_boundary(byte);
        Place { line, column: self.source[start..end].chars().count() + 1 }
    }

    /// The line that holds a byte: its number from 1, and its first byte.
    #[must_use]
    pub fn line(&self, byte: usize) -> (usize, usize) {
        let number = self.starts.partition_point(|start| *start <= byte.min(self.source.len()));
        (number, self.starts.get(number.saturating_sub(1)).copied().unwrap_or(0))
    }
}
