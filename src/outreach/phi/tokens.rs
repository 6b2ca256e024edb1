//! A text cut into words, numbers and marks, with enough memory of the gaps between them.

use std::ops::Range;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters, with apostrophes inside.
    Word,
    /// ASCII digits.
    Number,
    /// Any other single character.
    Mark,
}

/// What lies between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    Glued,
    /// White space within a line.
    Space,
    /// A line break, or the beginning of the text.
    Break,
}

#[derive(Debug)]
pub(super) struct Token<'a> {
    pub(super) shape: Shape,
    pub(super) gap: Gap,
    pub(super) text: &'a str,
    start: usize,
}

/// All tokens of a text.
pub(super) struct Tokens<'a>(Vec<Token<'a>>);

impl<'a> Tokens<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut tokens = Vec::new();
        let (mut gap, mut at) = (Gap::Break, 0);
        while let Some(c) = text[at..].chars().next() {
            if c.is_whitespace() {
                gap = if c == '\n' || gap == Gap::Break { Gap::Break } else { Gap::Space };
                at += c.len_utf8();
                continue;
            }
            let (shape, length) = shape(&text[at..], c);
            let text = &text[at..at + length];
            tokens.push(Token { shape, gap, text, start: at });
            gap = Gap::Glued;
            at += length;
        }
        Self(tokens)
    }

    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token<'a>> {
        self.0.get(at)
    }

    /// The word here in lower case; empty where no word is.
    pub(super) fn word(&self, at: usize) -> String {
        let word = self.get(at).filter(|token| token.shape == Shape::Word);
        word.map_or(String::new(), |word| word.text.to_lowercase())
    }

    /// How many digits the number here has; none where no number is.
    pub(super) fn digits(&self, at: usize) -> usize {
        self.get(at).filter(|t| t.shape == Shape::Number).map_or(0, |t| t.text.len())
    }

    pub(super) fn is_mark(&self, at: usize, marks: &str) -> bool {
        self.get(at).is_some_and(|t| t.shape == Shape::Mark && marks.contains(t.text))
    }

    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.gap == Gap::Glued)
    }

    /// Nothing in front of this token makes it part of something longer.
    pub(super) fn is_free_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| self.is_glued(at)) else { return true };
        let part = self.get(before).is_some_and(|token| token.shape != Shape::Mark);
        !part && !self.is_mark(before, "-./_#@\\")
    }

    /// Nothing behind this token makes it part of something longer.
    pub(super) fn is_free_after(&self, at: usize) -> bool {
        let next = at + 1;
        if !self.is_glued(next) {
            return true;
        }
        let joins = self.is_mark(next, "-./_:@") && self.is_glued(next + 1);
        let goes_on = self.get(next + 1).is_some_and(|token| token.shape != Shape::Mark);
        self.is_mark_at(next) && !(joins && goes_on)
    }

    /// The bytes from the first to the last of these tokens.
    pub(super) fn span(&self, first: usize, last: usize) -> Range<usize> {
        let start = self.get(first).map_or(0, |token| token.start);
        let end = self.get(last).map_or(start, |token| token.start + token.text.len());
        start..end.max(start)
    }

    /// The first token from `at` on that is none of these words and marks; at most `limit` are skipped
    /// and no line break is crossed.
    pub(super) fn skip(&self, at: usize, words: &[&str], marks: &str, limit: usize) -> usize {
        let mut at = at;
        for _ in 0..limit {
            let crossed = self.get(at).is_none_or(|token| token.gap == Gap::Break);
            let filler = self.is_mark(at, marks) || words.contains(&self.word(at).as_str());
            if crossed || !filler {
                break;
            }
            at += 1;
        }
        at
    }

    fn is_mark_at(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.shape == Shape::Mark)
    }
}

fn shape(rest: &str, first: char) -> (Shape, usize) {
    if first.is_ascii_digit() {
        let digits = rest.find(|c: char| !c.is_ascii_digit());
        return (Shape::Number, digits.unwrap_or(rest.len()));
    }
    if !first.is_alphabetic() {
        return (Shape::Mark, first.len_utf8());
    }
    let end = rest.find(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '\u{2019}'));
    let word = &rest[..end.unwrap_or(rest.len())];
    (Shape::Word, word.trim_end_matches(['\'', '\u{2019}']).len())
}
