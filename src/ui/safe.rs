//! The one function that makes untrusted text safe for a terminal.

use std::borrow::Cow;

use crate::engine::is_unprintable;

/// The text with every character that could steer a terminal or turn the direction of text shown as
/// `\u{…}`. Line feeds become spaces: whoever wants lines splits them first.
#[must_use]
pub fn safe(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
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
    fn no_character_steers_a_terminal() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let shown = safe(c.encode_utf8(&mut [0; 4])).into_owned();
            assert!(!shown.chars().any(is_unprintable), "U+{:04X} gives {shown:?}", u32::from(c));
        }
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        for text in ["Ana Díaz", "naïve – “quoted” 日本", "a|b<c>&d"] {
            assert!(matches!(safe(text), Cow::Borrowed(same) if same == text), "{text}");
        }
        assert_eq!(safe("a\x1b[31mb\nc"), "a\\u{1b}[31mb c");
    }
}
