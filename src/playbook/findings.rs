//! The one list into which every rule of the room writes what it objects to.
//!
//! Rules go on after a finding, so that an author sees all faults of a file at once. No rule lives
//! here; what lives here bounds the work and the output that a hostile file can cause.

use std::fmt::Write as _;
use std::ops::Range;

use super::diagnostic::{Diagnostic, Severity};
use super::kind::FileKind;
use super::printable::is_unprintable;
use super::rule::Rule;
use super::sets::Expanded;

/// More findings than this are counted and not kept.
const MAX_FINDINGS: usize = 1_000;

/// How many pairs of words all suggestions of one file may compare.
const MAX_COMPARISONS: usize = 100_000;

/// How much of a quoted word a message shows, in characters.
const MAX_QUOTED: usize = 64;

/// Some bytes of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// The first byte.
    pub(crate) start: usize,
    /// Behind the last byte.
    pub(crate) end: usize,
}

/// A value and the bytes it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    /// The value.
    pub(crate) value: T,
    /// Where it stands.
    pub(crate) span: Span,
}

/// What was found in one source text so far.
#[derive(Debug)]
pub(crate) struct Findings<'s> {
    kind: FileKind,
    source: &'s str,
    /// Where the parts of the source come from, if they come from several files.
    expanded: Option<&'s Expanded>,
    line_starts: Vec<usize>,
    found: Vec<Diagnostic>,
    dropped: usize,
    errors: usize,
    /// How many are left.
    comparisons: usize,
}

impl<'s> Findings<'s> {
    /// Nothing found yet in the playbook `source`.
    pub(crate) fn new(source: &'s str) -> Self {
        Self::of(FileKind::Playbook, source)
    }

    /// Nothing found yet in a file of this kind.
    pub(crate) fn of(kind: FileKind, source: &'s str) -> Self {
        Self {
            kind,
            source,
            expanded: None,
            line_starts: Vec::new(),
            found: Vec::new(),
            dropped: 0,
            errors: 0,
            comparisons: MAX_COMPARISONS,
        }
    }

    /// Nothing found yet in what the files of a playbook say together.
    pub(super) fn of_expanded(expanded: &'s Expanded) -> Self {
        Self { expanded: Some(expanded), ..Self::new(expanded.text()) }
    }

    /// Whether every step of a step set stands in its place by now, or is reported.
    pub(super) const fn is_expanded(&self) -> bool {
        self.expanded.is_some()
    }

    /// What kind of file it is.
    pub(super) const fn kind(&self) -> FileKind {
        self.kind
    }

    /// The file cannot be used.
    pub(crate) fn error(&mut self, span: Span, message: impl Into<String>) {
        self.push(Severity::Error, None, span, message.into(), None);
    }

    /// The file cannot be used, and this is what to write instead.
    pub(crate) fn error_help(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) {
        self.push(Severity::Error, None, span, message.into(), help.into());
    }

    /// The file cannot be used, because of something that has a rule of its own.
    pub(crate) fn error_of(
        &mut self,
        rule: Rule,
        span: Span,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) {
        self.push(Severity::Error, Some(rule), span, message.into(), help.into());
    }

    /// The file can be used, and an expert would object.
    pub(crate) fn warn(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Warning, None, span, message.into(), Some(help.into()));
    }

    /// The file can be used, and a rule of lint objects.
    pub(crate) fn advise(&mut self, rule: Rule, span: Span, message: String, help: String) {
        self.push(Severity::Warning, Some(rule), span, message, Some(help));
    }

    /// Whether the file cannot be used.
    pub(crate) fn any_error(&self) -> bool {
        self.errors > 0
    }

    /// Forgets everything: what was found does not apply to such a file.
    pub(crate) fn clear(&mut self) {
        self.found.clear();
        (self.dropped, self.errors) = (0, 0);
    }

    /// The line that holds this byte, in words: "line 12".
    pub(crate) fn line_of(&mut self, byte: usize) -> String {
        if let Some(expanded) = self.expanded {
            return expanded.line_of(byte);
        }
        format!("line {}", self.line_number(byte))
    }

    fn line_number(&mut self, byte: usize) -> usize {
        if self.line_starts.is_empty() {
            self.line_starts.push(0);
            self.line_starts.extend(self.source.match_indices('\n').map(|(at, _)| at + 1));
        }
        self.line_starts.partition_point(|start| *start <= byte)
    }

    /// "did you mean" for the candidate closest to `word`, if one is close enough to be meant.
    pub(crate) fn did_you_mean<'c>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<String> {
        self.closest(word, candidates).map(|meant| format!("did you mean {}?", quoted(meant)))
    }

    /// The candidate that was most likely meant.
    pub(crate) fn closest<'c>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        closest(word, candidates, &mut self.comparisons)
    }

    /// Everything found, in the order of the source.
    pub(crate) fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|one| (one.span.start, one.span.end));
        if self.dropped > 0 {
            let end = self.source.len();
            self.found.push(Diagnostic {
                severity: if self.errors > 0 { Severity::Error } else { Severity::Warning },
                rule: None,
                message: format!("{} more findings are not shown", self.dropped),
                span: end..end,
                help: None,
            });
        }
        self.found
    }

    fn push(
        &mut self,
        severity: Severity,
        rule: Option<Rule>,
        span: Span,
        message: String,
        help: Option<String>,
    ) {
        self.errors += usize::from(severity == Severity::Error);
        if self.found.len() == MAX_FINDINGS {
            self.dropped += 1;
            return;
        }
        let span = self.inside(span);
        self.found.push(Diagnostic { severity, rule, message, span, help });
    }

    /// Whatever the YAML library says about places, a span lies on characters of the source.
    fn inside(&self, span: Span) -> Range<usize> {
        let floor = |byte: usize| self.source.floor_char_boundary(byte.min(self.source.len()));
        let start = floor(span.start);
        start..floor(span.end).max(start)
    }
}

/// The candidate that was most likely meant. Each comparison takes one from `budget`.
pub(crate) fn closest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    budget: &mut usize,
) -> Option<&'c str> {
    if word.len() > super::id::MAX_SLUG {
        return None;
    }
    let limit = 1 + word.len() / 5;
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate == word || candidate.len().abs_diff(word.len()) > limit {
            continue;
        }
        *budget = budget.checked_sub(1)?;
        let distance = strsim::damerau_levenshtein(word, candidate);
        if distance <= limit.min(candidate.chars().count().saturating_sub(1))
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// A word of the file inside a message: quoted, cut, and harmless to a terminal.
pub(crate) fn quoted(word: &str) -> String {
    format!("\"{}\"", shown(word))
}

/// A key of the file inside a message.
pub(crate) fn key(word: &str) -> String {
    format!("`{}`", shown(word))
}

fn shown(word: &str) -> String {
    let mut out = String::with_capacity(word.len().min(MAX_QUOTED));
    for (at, c) in word.chars().enumerate() {
        if at == MAX_QUOTED {
            out.push('…');
            break;
        }
        if is_unprintable(c) {
            // Writing into a String cannot fail.
            let _ = write!(out, "{}", c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(word: &str, candidates: &[&'static str]) -> Option<&'static str> {
        closest(word, candidates.iter().copied(), &mut 100)
    }

    #[test]
    fn only_a_near_word_is_suggested() {
        let roles = ["incident-lead", "clinical-lead", "it-lead"];
        for (word, expected) in [
            ("incident-led", Some("incident-lead")),
            ("incidnet-lead", Some("incident-lead")),
            ("it-led", Some("it-lead")),
            ("pharmacist", None),
            ("", None),
            ("incident-lead", None),
        ] {
            assert_eq!(meant(word, &roles), expected, "{word}");
        }
        assert_eq!(meant("a", &["", "é"]), None);
        assert_eq!(meant("a", &["b"]), None, "a word with nothing in common is not near");
        assert_eq!(meant(&"a".repeat(65), &["a"]), None);
    }

    #[test]
    fn suggestions_stop_when_the_budget_is_spent() {
        assert_eq!(closest("abcd", ["abce", "abcd"], &mut 0), None);
        assert_eq!(closest("abcd", ["abce"], &mut 1), Some("abce"));
    }

    #[test]
    fn a_quoted_word_is_short_and_harmless() {
        assert_eq!(quoted("a\u{1b}[2J\u{202e}"), "\"a\\u{1b}[2J\\u{202e}\"");
        assert_eq!(quoted(&"é".repeat(70)).chars().count(), 67);
        assert_eq!(key("due"), "`due`");
    }

    #[test]
    fn findings_come_sorted_bounded_and_inside_the_source() {
        let source = "é\nb";
        let mut findings = Findings::new(source);
        assert_eq!([0, 1, 2, 3, 9].map(|at| findings.line_number(at)), [1, 1, 1, 2, 2]);
        findings.error(Span { start: 3, end: 90 }, "late");
        findings.error(Span { start: 1, end: 0 }, "early");
        for _ in 0..MAX_FINDINGS {
            findings.error(Span { start: 4, end: 4 }, "many");
        }
        let found = findings.into_sorted();
        assert_eq!((found[0].message.as_str(), found[0].span.clone()), ("early", 0..0));
        assert_eq!((found[1].message.as_str(), found[1].span.clone()), ("late", 3..4));
        assert_eq!(found.len(), MAX_FINDINGS + 1);
        assert_eq!(found[MAX_FINDINGS].message, "2 more findings are not shown");
    }
}
