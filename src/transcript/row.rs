//! One line as it is read, whatever file it comes from: its text, and where every byte of that stands
//! in the source.

use std::ops::Range;

/// A word or several, and where they stand in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// From 1.
    pub(super) line: usize,
    pub(super) text: String,
    pieces: Vec<Piece>,
}

/// A stretch of a row's text that comes from one stretch of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    at: usize,
    source: Range<usize>,
    /// Byte by byte the same; a quoted cell with quotes in it is not.
    exact: bool,
}

impl Row {
    /// A line without anything yet.
    pub(super) const fn new(line: usize) -> Self {
        Self { line, text: String::new(), pieces: Vec::new() }
    }

    /// Adds what stands at `source`, a blank before it where something stands already.
    pub(super) fn push(&mut self, text: &str, source: Range<usize>) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.join(text, source);
    }

    /// Adds it without a blank.
    pub(super) fn join(&mut self, text: &str, source: Range<usize>) {
        let exact = source.len() == text.len();
        self.pieces.push(Piece { at: self.text.len(), source, exact });
        self.text.push_str(text);
    }

    /// Where a stretch of the text stands in the source; never outside of it.
    pub(super) fn span(&self, of: Range<usize>) -> Range<usize> {
        let start = self.place(of.start, false);
        start..self.place(of.end, true).max(start)
    }

    /// The whole of it.
    pub(super) fn whole(&self) -> Range<usize> {
        self.span(0..self.text.len())
    }

    fn place(&self, at: usize, end: bool) -> usize {
        let holds = |piece: &&Piece| piece.at < at || (piece.at == at && !end);
        let Some(piece) = self.pieces.iter().rev().find(holds).or(self.pieces.first()) else {
            return 0;
        };
        if piece.exact {
            (piece.source.start + at.saturating_sub(piece.at)).min(piece.source.end)
        } else if end {
            piece.source.end
        } else {
            piece.source.start
        }
    }
}

/// Reads a row from its front.
pub(super) struct Cursor<'a> {
    row: &'a Row,
    at: usize,
    end: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(row: &'a Row) -> Self {
        Self { row, at: 0, end: row.text.trim_end().len() }
    }

    fn left(&self) -> &'a str {
        self.row.text.get(self.at..self.end).unwrap_or_default()
    }

    fn word_at(&self, from: usize, to: usize) -> Word {
        let text = self.row.text.get(from..to).unwrap_or_default().to_owned();
        Word { text, span: self.row.span(from..to) }
    }

    fn next_range(&self) -> Option<(usize, usize)> {
        let left = self.left();
        let start = self.at + (left.len() - left.trim_start().len());
        let word = self.row.text.get(start..self.end)?;
        if word.is_empty() {
            return None;
        }
        // Quotes hold a name together.
        let quoted = word.strip_prefix('"').and_then(|rest| Some(rest.find('"')? + 2));
        let length = quoted.or_else(|| word.find(char::is_whitespace)).unwrap_or(word.len());
        Some((start, start + length))
    }

    /// The next word, which stays.
    pub(super) fn peek(&self) -> Option<Word> {
        self.next_range().map(|(from, to)| self.word_at(from, to))
    }

    /// The next word.
    pub(super) fn next(&mut self) -> Option<Word> {
        let (from, to) = self.next_range()?;
        self.at = to;
        Some(self.word_at(from, to))
    }

    /// The next word, if it is one of these, in any case.
    pub(super) fn take(&mut self, words: &[&str]) -> Option<Word> {
        let next = self.peek()?;
        let fits = words.iter().any(|word| next.text.eq_ignore_ascii_case(word));
        if fits { self.next() } else { None }
    }

    /// Everything that is left, as it was written.
    pub(super) fn rest(&mut self) -> Option<Word> {
        let left = self.left();
        let start = self.at + (left.len() - left.trim_start().len());
        self.at = self.end;
        (start < self.end).then(|| self.word_at(start, self.end))
    }

    /// The last word; what is read from the front ends before it.
    pub(super) fn last(&mut self) -> Option<Word> {
        let (from, to) = self.last_range(self.end)?;
        self.end = self.row.text.get(..from)?.trim_end().len().max(self.at);
        Some(self.word_at(from, to))
    }

    /// The last two words, which stay.
    pub(super) fn last_two(&self) -> Option<(Word, Word)> {
        let (from, to) = self.last_range(self.end)?;
        let (first, end) = self.last_range(self.row.text.get(..from)?.trim_end().len())?;
        Some((self.word_at(first, end), self.word_at(from, to)))
    }

    fn last_range(&self, end: usize) -> Option<(usize, usize)> {
        let left = self.row.text.get(self.at..end)?.trim_end();
        let end = self.at + left.len();
        let blank = left.char_indices().rev().find(|(_, c)| c.is_whitespace());
        let from = self.at + blank.map_or(0, |(at, c)| at + c.len_utf8());
        (from < end).then_some((from, end))
    }

    /// Where reading ends, in the row's text.
    pub(super) const fn end(&self) -> usize {
        self.end
    }

    /// Where nothing follows: the end of the line.
    pub(super) fn here(&self) -> Range<usize> {
        self.row.span(self.end..self.end)
    }
}
