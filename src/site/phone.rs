//! A phone number as somebody typed it, and whether a person can dial it from a keypad.

use std::fmt;

/// The longest number in the world, without its extension: ITU-T E.164.
const MAX_DIGITS: usize = 15;

/// The shortest: a house's own extension, or an emergency number.
const MIN_DIGITS: usize = 3;

/// The longest extension.
const MAX_EXTENSION: usize = 8;

/// A number that can be dialed. It is shown as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

/// Why a text is no number that can be dialed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// A word in the place of digits.
    #[error("it holds letters, and phone numbers are dialed from a keypad")]
    Letters {
        /// What to press instead, where the keypad has the letters.
        digits: Option<String>,
    },
    /// A sign that no number has.
    #[error("it holds {0:?}: a phone number is digits, spaces, + - ( ) . and \"ext 12\"")]
    Sign(char),
    /// Fewer digits than any number has.
    #[error("it has too few digits: a phone number has {MIN_DIGITS} to {MAX_DIGITS}")]
    TooShort,
    /// More digits than any number has.
    #[error("it has too many digits: a phone number has {MIN_DIGITS} to {MAX_DIGITS}")]
    TooLong,
    /// The part behind `ext`.
    #[error("what follows the extension's sign should be 1 to {MAX_EXTENSION} digits")]
    Extension,
}

impl PhoneError {
    /// What to write instead, if that can be said.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Letters { digits: Some(digits) } => format!("write {digits}"),
            Self::Extension => "write the extension as \"ext 12\" or \"x12\"".to_owned(),
            Self::Letters { digits: None } | Self::Sign(_) | Self::TooShort | Self::TooLong => {
                "write the number as you dial it, such as \"860 555 0100\"".to_owned()
            }
        }
    }
}

impl Phone {
    /// Takes a number down.
    ///
    /// # Errors
    /// If nobody could dial it.
    pub fn new(typed: &str) -> Result<Self, PhoneError> {
        let typed = typed.trim();
        let (number, extension) = split(typed);
        if number.chars().any(char::is_alphabetic) {
            return Err(PhoneError::Letters { digits: dialed(typed) });
        }
        for (at, c) in number.char_indices() {
            let plus = c == '+' && at == 0;
            if !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '.') || plus) {
                return Err(PhoneError::Sign(c));
            }
        }
        match digits(number).count() {
            0..MIN_DIGITS => return Err(PhoneError::TooShort),
            MIN_DIGITS..=MAX_DIGITS => {}
            _ => return Err(PhoneError::TooLong),
        }
        let sound = |ext: &str| {
            (1..=MAX_EXTENSION).contains(&ext.len()) && ext.bytes().all(|b| b.is_ascii_digit())
        };
        match extension {
            Some(extension) if !sound(extension) => Err(PhoneError::Extension),
            Some(_) | None => Ok(Self(typed.to_owned())),
        }
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both ring the same phone: the digits decide, and a leading country code of North
    /// America makes no difference.
    #[must_use]
    pub fn same_line(&self, other: &Self) -> bool {
        self.dialed() == other.dialed()
    }

    fn dialed(&self) -> (String, &str) {
        let (number, extension) = split(&self.0);
        let all: String = digits(number).collect();
        let short = all.strip_prefix('1').filter(|rest| rest.len() == 10).map(str::to_owned);
        (short.unwrap_or(all), extension.unwrap_or_default())
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

/// The number and the extension behind `ext 12`, `ext. 12`, `x12`.
fn split(typed: &str) -> (&str, Option<&str>) {
    let Some(at) = typed.find(['x', 'X', 'e', 'E']) else { return (typed, None) };
    let (number, rest) = typed.split_at(at);
    let sign = ["ext.", "ext", "x"]
        .into_iter()
        .find(|sign| rest.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign)));
    let Some(sign) = sign.filter(|_| digits(number).next().is_some()) else {
        return (typed, None);
    };
    let extension = rest.get(sign.len()..).unwrap_or_default().trim();
    // "555-EXTRA" is a word, not an extension.
    if extension.starts_with(char::is_alphabetic) {
        return (typed, None);
    }
    (number.trim_end_matches([' ', ',']), Some(extension))
}

/// What to press for the letters. Nothing for a text that is no number even then.
fn dialed(typed: &str) -> Option<String> {
    digits(typed).next()?;
    let pressed: Option<String> = typed.chars().map(key).collect();
    pressed.filter(|number| Phone::new(number).is_ok())
}

/// The key of a letter: ITU-T E.161.
fn key(c: char) -> Option<char> {
    Some(match c.to_ascii_lowercase() {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        'w'..='z' => '9',
        other if other.is_alphabetic() => return None,
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_a_keypad_can_dial() {
        for good in [
            "911",
            "0100",
            "+1 860 555 0100",
            "860 555 0100",
            "(860) 555-0100",
            "860.555.0100",
            "860 555 0100 ext 12",
            "860 555 0100 EXT. 12",
            "860 555 0100, x12",
            "860-555-0100x12345678",
            "+441632960961",
        ] {
            assert_eq!(
                Phone::new(&format!(" {good} ")).map(|p| p.to_string()),
                Ok(good.to_owned())
            );
        }
        for (bad, why) in [
            ("", PhoneError::TooShort),
            ("12", PhoneError::TooShort),
            ("+", PhoneError::TooShort),
            ("1234567890123456", PhoneError::TooLong),
            ("860/555-0100", PhoneError::Sign('/')),
            ("860+5550100", PhoneError::Sign('+')),
            ("860 555 0100\u{a0}", PhoneError::Sign('\u{a0}')),
            ("860 555 0100 #12", PhoneError::Sign('#')),
            ("860 555 0100 ext", PhoneError::Extension),
            ("860 555 0100 x123456789", PhoneError::Extension),
            ("860 555 0100 x1-2", PhoneError::Extension),
        ] {
            let found = Phone::new(bad);
            if bad.ends_with('\u{a0}') {
                assert!(found.is_ok(), "white space around it is not part of it");
                continue;
            }
            assert_eq!(found, Err(why), "{bad:?}");
        }
    }

    #[test]
    fn letters_are_answered_with_the_digits_to_press() {
        for (typed, digits) in [
            ("860 555-HELP", Some("860 555-4357")),
            ("1-800-FLOWERS", Some("1-800-3569377")),
            ("800 EXTRAS", Some("800 398727")),
            ("860 555 0100 extension 5", None),
            ("unknown", None),
            ("ask Ana", None),
            ("860 555 ÄÖÜ", None),
        ] {
            let digits = digits.map(str::to_owned);
            assert_eq!(Phone::new(typed), Err(PhoneError::Letters { digits }), "{typed}");
        }
    }

    #[test]
    fn the_digits_decide_whether_two_numbers_ring_the_same_phone() {
        let phone = |typed: &str| Phone::new(typed).unwrap();
        assert!(phone("+1 (860) 555-0100").same_line(&phone("860 555 0100")));
        assert!(phone("860 555 0100 x12").same_line(&phone("8605550100 ext. 12")));
        assert!(!phone("860 555 0100 x12").same_line(&phone("860 555 0100")));
        assert!(!phone("860 555 0100").same_line(&phone("860 555 0101")));
    }
}
