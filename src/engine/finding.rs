//! What a review of an incident or exercise finds, and whom its words name.

use serde::{Deserialize, Serialize};

use super::text::{Person, Text};
use crate::playbook::{FindingKind, ObjectiveId};

/// A strength or an area for improvement, as an after-action report has it: a statement, what it is
/// held against, and why it was so (HSEEP 2020, FEMA form FF-008-FY-21-102).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which of the two.
    pub kind: FindingKind,
    /// The objective of the exercise that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<ObjectiveId>,
    /// The core capability that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capability: Option<Text>,
    /// What was found, in one statement.
    pub statement: Text,
    /// The plan, policy, rule or agreement that it is held against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Text>,
    /// Why it was so, and what came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Text>,
    /// The question of the hot wash that it answers. A word and no enumeration: later versions may ask
    /// other questions, and nothing depends on it but where the questions go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
}

impl Finding {
    /// All its words that are not sealed.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let rest = [&self.capability, &self.reference, &self.analysis].into_iter().flatten();
        std::iter::once(&self.statement).chain(rest).filter_map(Text::words)
    }
}

/// The people of this list whom these words name: by the whole name, or by a part of it that has three
/// letters or more and stands there as a word, with its capitals. A part may be a word of its own
/// (`Will`, `May`): whoever is asked decides.
pub fn named_in<'a>(words: &str, people: impl IntoIterator<Item = &'a Person>) -> Vec<&'a Person> {
    let separate = |c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}';
    // "Ben's list" names Ben.
    let owned = |word: &'_ str| {
        word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).map(str::to_owned)
    };
    let said: Vec<&str> = words.split(separate).filter(|word| !word.is_empty()).collect();
    let named = |part: &str| {
        let long = part.chars().count() >= 3 && part.starts_with(char::is_uppercase);
        long && said
            .iter()
            .any(|word| *word == part || owned(word).is_some_and(|word| word == part))
    };
    let whole = |person: &Person| words.contains(person.as_str());
    let fits = |person: &&Person| whole(person) || person.as_str().split(separate).any(named);
    people.into_iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_words() {
        let people = ["Ben Ito", "Dr. Ana Diaz", "Lu"].map(|name| Person::new(name).unwrap());
        for (words, named) in [
            ("Ben forgot the list", &["Ben Ito"][..]),
            ("Ben's list was old", &["Ben Ito"]),
            ("Ben\u{2019}s list was old", &["Ben Ito"]),
            ("told to Ito, then to Diaz", &["Ben Ito", "Dr. Ana Diaz"]),
            ("Benefits were not clear", &[]),
            ("the ben of it", &[]),
            ("Lu knew", &["Lu"]),
            ("Dr. on call was not reached", &[]),
            ("the group text list was out of date", &[]),
            ("", &[]),
        ] {
            let found: Vec<&str> =
                named_in(words, &people).into_iter().map(Person::as_str).collect();
            assert_eq!(found, named, "{words:?}");
        }
    }
}
