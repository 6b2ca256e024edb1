//! Which characters may stand in a text that people will read. Nothing here changes a text.

/// Characters that steer a terminal or turn the direction of text: C0, C1, DEL, bidi controls,
/// line and paragraph separators, and the invisible tag characters.
#[must_use]
pub const fn is_unprintable(c: char) -> bool {
    matches!(c as u32,
        0..=0x1F | 0x7F..=0x9F | 0x061C | 0x200B | 0x200E..=0x200F | 0x2028..=0x202E
        | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steering_characters_are_unprintable_and_letters_are_not() {
        for c in ['\0', '\t', '\n', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{200b}', '\u{202e}'] {
            assert!(is_unprintable(c), "{c:?}");
        }
        for c in ['\u{2028}', '\u{2066}', '\u{feff}', '\u{e0041}', '\u{61c}'] {
            assert!(is_unprintable(c), "{c:?}");
        }
        for c in [' ', 'a', 'é', '日', '\u{a0}', '\u{301}', '\u{200d}', '😀'] {
            assert!(!is_unprintable(c), "{c:?}");
        }
    }
}
