//! The text of a playbook with every shared step in its place, and where each part of it was written.

use std::ops::Range;

use super::super::diagnostic::Place;

/// A file that a playbook is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path it was read from, or `built-in:NAME`.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// What the files of a playbook say together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::playbook) struct Expanded {
    text: String,
    /// The playbook's own file, then the step sets in the order in which they are used.
    sources: Vec<SourceFile>,
    /// In the order of the text.
    pieces: Vec<Piece>,
}

/// Some bytes of the text, up to the next piece, that stand so in a file. Behind them bytes may
/// follow that stand nowhere: indentation, the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    start: usize,
    length: usize,
    file: usize,
    /// Where it begins in that file.
    at: usize,
    /// Where the playbook uses it, if it comes from a step set.
    used_at: Option<usize>,
}

/// Where something was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Which of the files.
    pub(super) file: usize,
    /// The bytes of that file.
    pub(super) span: Range<usize>,
    /// Where the playbook uses it, if it comes from a step set.
    pub(super) used_at: Option<usize>,
}

impl Expanded {
    /// Nothing yet of a playbook's own file.
    pub(super) const fn new() -> Self {
        Self { text: String::new(), sources: Vec::new(), pieces: Vec::new() }
    }

    /// The whole text.
    pub(in crate::playbook) fn text(&self) -> &str {
        &self.text
    }

    /// The text and the files it comes from.
    pub(super) fn into_parts(self) -> (String, Vec<SourceFile>) {
        (self.text, self.sources)
    }

    /// The files it comes from.
    pub(super) fn sources(&self) -> &[SourceFile] {
        &self.sources
    }

    /// Names the files it comes from.
    pub(super) fn set_sources(&mut self, sources: Vec<SourceFile>) {
        self.sources = sources;
    }

    /// Adds bytes as they stand in a file.
    pub(super) fn push(&mut self, file: usize, at: usize, words: &str, used_at: Option<usize>) {
        let (start, length) = (self.text.len(), words.len());
        self.pieces.push(Piece { start, length, file, at, used_at });
        self.text.push_str(words);
    }

    /// Adds bytes that stand nowhere; what is found there is told at `at` of the file.
    pub(super) fn push_made(
        &mut self,
        file: usize,
        at: usize,
        words: &str,
        used_at: Option<usize>,
    ) {
        self.pieces.push(Piece { start: self.text.len(), length: 0, file, at, used_at });
        self.text.push_str(words);
    }

    /// Where some bytes of the text were written.
    pub(super) fn written(&self, span: &Range<usize>) -> Written {
        let Some((first, at)) = self.piece(span.start) else {
            return Written { file: 0, span: span.clone(), used_at: None };
        };
        let end = match self.piece(span.end) {
            Some((last, end)) if last.file == first.file && end >= at => end,
            Some(_) | None => first.at + first.length,
        };
        Written { file: first.file, span: at..end.max(at), used_at: first.used_at }
    }

    /// The line in which this byte was written, in words.
    pub(in crate::playbook) fn line_of(&self, byte: usize) -> String {
        let written = self.written(&(byte..byte));
        let Some(source) = self.sources.get(written.file) else { return "another line".to_owned() };
        let line = Place::of(written.span.start, &source.text).line;
        match self.sources.len() {
            1 => format!("line {line}"),
            _ => format!("line {line} of {}", source.name),
        }
    }

    /// The piece that holds a byte, and its place in the file.
    fn piece(&self, byte: usize) -> Option<(&Piece, usize)> {
        let next = self.pieces.partition_point(|piece| piece.start <= byte);
        let piece = self.pieces.get(next.checked_sub(1)?)?;
        Some((piece, piece.at + (byte - piece.start).min(piece.length)))
    }
}
