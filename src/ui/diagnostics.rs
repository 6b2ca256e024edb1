//! Findings in a file that somebody wrote: place, source line, what to write instead.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::safe::safe;
use crate::engine::is_unprintable;
use crate::playbook::{Diagnostic, Located, Severity, SourceFile};

/// All findings of one file, each with `file:line:column`, the source line and a suggestion.
#[must_use]
pub fn render(path: &str, source: &str, findings: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let (path, source) = (safe(path), masked(source));
    let shown: Vec<String> =
        findings.iter().map(|finding| one(&renderer, &path, &source, finding, None)).collect();
    shown.join("\n\n")
}

/// All findings of the files that a playbook is made of, each in the file in which it was written; of
/// one in a step set also where the playbook uses it.
#[must_use]
pub fn render_located(sources: &[SourceFile], found: &[Located], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let files: Vec<(String, Cow<'_, str>)> =
        sources.iter().map(|file| (safe(&file.name).into_owned(), masked(&file.text))).collect();
    let shown = found.iter().filter_map(|located| {
        let (path, source) = files.get(located.file)?;
        let used = located.used.zip(files.first());
        let used = used.map(|(at, (own, _))| format!("used in {own}:{}:{}", at.line, at.column));
        Some(one(&renderer, path, source, &located.finding, used.as_deref()))
    });
    shown.collect::<Vec<_>>().join("\n\n")
}

fn one(
    renderer: &Renderer,
    path: &str,
    source: &str,
    finding: &Diagnostic,
    used: Option<&str>,
) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = safe(&finding.message);
    let help = finding.help.as_deref().map(safe);
    let span = clamp(source, finding);
    let snippet = Snippet::source(source).path(path).annotation(AnnotationKind::Primary.span(span));
    let mut group = level.primary_title(&*message).element(snippet);
    if let Some(used) = used {
        group = group.element(Level::NOTE.message(used));
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(&**help));
    }
    renderer.render(&[group])
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
    let mut end = finding.span.end.clamp(start, line_end);
    while !source.is_char_boundary(end) {
        end += 1;
    }
    start..end
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
