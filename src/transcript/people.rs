//! Whose initials are whose. They are two to five letters in a column; only people know who stands
//! behind them, so nothing is taken for granted here.

use std::collections::BTreeMap;

use crate::engine::Person;

/// Initials in capitals, and who signs so.
pub type Initials = BTreeMap<String, Person>;

/// The initials of a name: the first letters of its words, in capitals.
#[must_use]
pub fn initials_of(person: &Person) -> String {
    let words = person.as_str().split([' ', '-']);
    words.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// The letters as they are looked up, if they can be initials at all: two to five letters, with or
/// without full stops.
pub(super) fn letters(word: &str) -> Option<String> {
    let bare: String = word.chars().filter(|c| *c != '.').collect();
    let fits = (2..=5).contains(&bare.chars().count()) && bare.chars().all(char::is_alphabetic);
    fits.then(|| bare.to_uppercase())
}

/// Whether the last word after a name is its initials and not its last part. `Ana Diaz AD`, and not
/// `ANA DIAZ`.
pub(super) fn signs(name: &str, last: &str) -> bool {
    let first_letter = |word: Option<&str>| word.and_then(|word| word.chars().next());
    let same = |a: Option<char>, b: Option<char>| {
        a.zip(b).is_some_and(|(a, b)| a.to_uppercase().eq(b.to_uppercase()))
    };
    let Some(letters) = letters(last).filter(|_| last.chars().all(|c| !c.is_lowercase())) else {
        return false;
    };
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    words.len() > 1
        && letters.chars().count() <= words.len() + 1
        && same(letters.chars().next(), first_letter(words.first().copied()))
        && same(letters.chars().next_back(), first_letter(words.last().copied()))
}
