//! Findings in a file that somebody wrote: place, source line, what to write instead.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use super::safe::safe;
use crate::engine::is_unprintable;
use crate::playbook::{Diagnostic, Lines, Located, Severity, SourceFile};

/// How much of a line is shown at most, in bytes.
const MAX_LINE: usize = 400;

/// All findings of one file, each with `file:line:column`, the source line and a suggestion.
#[must_use]
pub fn render(path: &str, source: &str, findings: &[Diagnostic], colour: bool) -> String {
    let page = Page::new(path, source, colour);
    let shown: Vec<String> =
        findings.iter().map(|finding| page.shown(finding, &Aside::default())).collect();
    shown.join("\n\n")
}

/// All findings of the files that a playbook is made of, each in the file in which it was written; of
/// one in a step set also where the playbook uses it.
#[must_use]
pub fn render_located(sources: &[SourceFile], found: &[Located], colour: bool) -> String {
    let pages = pages(sources, colour);
    let shown = found.iter().filter_map(|located| {
        let page = pages.get(located.file)?;
        let aside = Aside { used: used(&pages, located), reason: None };
        Some(page.shown(&located.finding, &aside))
    });
    shown.collect::<Vec<_>>().join("\n\n")
}

/// The findings that a playbook accepts, each with the reason.
#[must_use]
pub fn render_accepted(sources: &[SourceFile], accepted: &[(Located, String)]) -> String {
    let pages = pages(sources, false);
    let shown = accepted.iter().filter_map(|(located, reason)| {
        let page = pages.get(located.file)?;
        let aside = Aside { used: used(&pages, located), reason: Some(reason) };
        Some(page.shown(&located.finding, &aside))
    });
    shown.collect::<Vec<_>>().join("\n\n")
}

fn pages(sources: &[SourceFile], colour: bool) -> Vec<Page<'_>> {
    sources.iter().map(|file| Page::new(&file.name, &file.text, colour)).collect()
}

fn used(pages: &[Page<'_>], located: &Located) -> Option<String> {
    let (at, own) = located.used.zip(pages.first())?;
    Some(format!("used in {}:{}:{}", own.path, at.line, at.column))
}

/// What is said beside a finding.
#[derive(Default)]
struct Aside<'a> {
    /// Where a playbook uses the step.
    used: Option<String>,
    /// Why it is accepted.
    reason: Option<&'a str>,
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

    fn shown(&self, finding: &Diagnostic, aside: &Aside<'_>) -> String {
        let level = match (finding.severity, aside.reason) {
            (_, Some(_)) => Level::NOTE.with_name("accepted"),
            (Severity::Error, None) => Level::ERROR,
            (Severity::Warning, None) => Level::WARNING,
        };
        let message = safe(&finding.message);
        let reason = aside.reason.map(safe);
        let help = finding.help.as_deref().filter(|_| reason.is_none()).map(safe);
        let mut title = level.primary_title(&*message);
        if let Some(rule) = finding.rule {
            title = title.id(rule.code());
        }
        let mut group = self.place(title, finding);
        if let Some(used) = &aside.used {
            group = group.element(Level::NOTE.message(used));
        }
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(&**help));
        }
        if let Some(reason) = &reason {
            group = group.element(Level::NOTE.with_name("reason").message(&**reason));
        }
        self.renderer.render(&[group])
    }

    /// The title with the line that a finding stands in.
    fn place<'a>(&'a self, title: Title<'a>, finding: &Diagnostic) -> Group<'a> {
        let span = clamp(&self.source, finding);
        let (line, shown, whole) = self.window(&span);
        let mark = AnnotationKind::Primary.span(span.start - shown.start..span.end - shown.start);
        let snippet = Snippet::source(&self.source[shown]).line_start(line).annotation(mark);
        if whole {
            return title.element(snippet.path(&*self.path));
        }
        // Only here the renderer cannot count the columns itself.
        let column = self.lines.place(span.start).column;
        let origin = Origin::path(&*self.path).line(line).char_column(column);
        title.element(origin).element(snippet)
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
