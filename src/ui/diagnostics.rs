//! Findings in a file that somebody wrote: place, source line, what to write instead.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::safe::safe;
use crate::engine::is_unprintable;
use crate::playbook::{Diagnostic, Lines, Severity};

/// How much of a line is shown at most, in bytes.
const MAX_LINE: usize = 400;

/// All findings of one file, each with `file:line:column`, the source line and a suggestion.
#[must_use]
pub fn render(path: &str, source: &str, findings: &[Diagnostic], colour: bool) -> String {
    let page = Page::new(path, source, colour);
    let shown: Vec<String> = findings.iter().map(|finding| page.shown(finding, None)).collect();
    shown.join("\n\n")
}

/// The findings that a file accepts, each with the reason.
#[must_use]
pub fn render_accepted(path: &str, source: &str, accepted: &[(Diagnostic, String)]) -> String {
    let page = Page::new(path, source, false);
    let shown: Vec<String> =
        accepted.iter().map(|(finding, reason)| page.shown(finding, Some(reason))).collect();
    shown.join("\n\n")
}

/// What all findings of one file share.
struct Page<'s> {
    renderer: Renderer,
    path: Cow<'s, str>,
    source: Cow<'s, str>,
    lines: Lines<'s>,
}

impl<'s> Page<'s> {
    fn new(path: &'s str, source: &'s str, colour: bool) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        // What is masked is as long as what it stands for, so the lines are the same.
        Self { renderer, path: safe(path), source: masked(source), lines: Lines::of(source) }
    }

    fn shown(&self, finding: &Diagnostic, accepted: Option<&str>) -> String {
        let level = match (finding.severity, accepted) {
            (_, Some(_)) => Level::NOTE.with_name("accepted"),
            (Severity::Error, None) => Level::ERROR,
            (Severity::Warning, None) => Level::WARNING,
        };
        let message = safe(&finding.message);
        let note = accepted.map(|reason| safe(reason).into_owned());
        let help = finding.help.as_deref().filter(|_| accepted.is_none()).map(safe);
        let span = clamp(&self.source, finding);
        let (line, shown, whole) = self.window(&span);
        let mark = AnnotationKind::Primary.span(span.start - shown.start..span.end - shown.start);
        let snippet = Snippet::source(&self.source[shown]).line_start(line).annotation(mark);
        let mut title = level.primary_title(&*message);
        if let Some(rule) = finding.rule {
            title = title.id(rule.code());
        }
        let mut group = if whole {
            title.element(snippet.path(&*self.path))
        } else {
            // Only here the renderer cannot count the columns itself.
            let column = self.lines.place(span.start).column;
            title.element(Origin::path(&*self.path).line(line).char_column(column)).element(snippet)
        };
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(&**help));
        }
        if let Some(note) = &note {
            group = group.element(Level::NOTE.with_name("reason").message(&**note));
        }
        self.renderer.render(&[group])
    }

    /// The number of the line that a finding stands in, what is shown of that line, and whether that is all
    /// of it: the renderer reads all that it gets once for each finding.
    fn window(&self, span: &Range<usize>) -> (usize, Range<usize>, bool) {
        let (number, line) = self.lines.line(span.start);
        let end = self.source[line..].find('\n').map_or(self.source.len(), |at| line + at);
        if end - line <= MAX_LINE {
            return (number, line..end, true);
        }
        let from = self.source.floor_char_boundary(span.start.saturating_sub(MAX_LINE / 4));
        let to = self.source.ceil_char_boundary(from + MAX_LINE);
        (number, from.max(line)..to.min(end), false)
    }
}

/// The source with a mark of the same length for everything unprintable, so that spans still fit.
fn masked(source: &str) -> Cow<'_, str> {
    let shown = |c: char| matches!(c, '\n' | '\r' | '\t') || !is_unprintable(c);
    if source.chars().all(shown) {
        return Cow::Borrowed(source);
    }
    let mark = |c: char| match c.len_utf8() {
        _ if shown(c) => c,
        1 => '?',
        2 => '¿',
        3 => '\u{fffd}',
        _ => '🛇',
    };
    Cow::Owned(source.chars().map(mark).collect())
}

/// A span that covers at least something and never reaches into the next line: the caret should
/// point, not paint.
fn clamp(source: &str, finding: &Diagnostic) -> std::ops::Range<usize> {
    let mut start = finding.span.start.min(source.len());
    while !source.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
    let end = finding.span.end.clamp(start, line_end.min(start + MAX_LINE / 2));
    start..source.floor_char_boundary(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unprintable_is_left_and_every_span_still_fits() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let source = c.to_string();
            let masked = masked(&source);
            assert_eq!(masked.len(), source.len(), "{c:?}");
            let left =
                masked.chars().find(|c| is_unprintable(*c) && !matches!(c, '\n' | '\r' | '\t'));
            assert_eq!(left, None, "{c:?}");
        }
    }
}
