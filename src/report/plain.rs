//! Words of other people on one line of a page, with nothing in them that steers the reader's screen.

use std::borrow::Cow;

use crate::engine::is_unprintable;

/// Line breaks become ` / `, tabs spaces, and what cannot be printed shows as `\u{202e}`.
pub(super) fn on_one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str(" / "),
            '\t' => out.push(' '),
            c if is_unprintable(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
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
}
