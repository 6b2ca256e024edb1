//! Words of other people with nothing in them that steers the reader's screen.

use std::borrow::Cow;

use crate::engine::is_unprintable;

/// Line breaks become ` / `, tabs spaces, and what cannot be printed shows as `\u{202e}`.
pub(super) fn on_one_line(text: &str) -> Cow<'_, str> {
    shown(text, |c| match c {
        '\n' => Some(" / "),
        '\t' => Some(" "),
        _ => None,
    })
}

/// As [`on_one_line`], but line feeds and tabs stay: for a cell, which may hold several lines.
pub(super) fn in_a_cell(text: &str) -> Cow<'_, str> {
    shown(text, |c| match c {
        '\n' => Some("\n"),
        '\t' => Some("\t"),
        _ => None,
    })
}

/// What cannot be printed shows as `\u{202e}`, unless something else stands for it.
fn shown(text: &str, stands_for: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match stands_for(c) {
            Some(other) => out.push_str(other),
            None if is_unprintable(c) => out.extend(c.escape_unicode()),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_screen() {
        for (text, line) in [
            ("plain – words", "plain – words"),
            ("two\nlines", "two / lines"),
            ("a\tb", "a b"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("abc\u{202e}cba", "abc\\u{202e}cba"),
        ] {
            assert_eq!(on_one_line(text), line);
        }
    }

    #[test]
    fn a_cell_keeps_its_lines_and_nothing_else_that_cannot_be_printed() {
        assert_eq!(in_a_cell("a\tb\r\nc\u{1b}[2J\u{2066}"), "a\tb\\u{d}\nc\\u{1b}[2J\\u{2066}");
    }
}
