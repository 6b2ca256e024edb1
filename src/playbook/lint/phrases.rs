//! Words to look for, as data: `insulin`, `mental health`, `epilep*` (how a word begins), `*cillin` (how it
//! ends), `=AIDS` (only as written). Whole words only, so that `order` is not found in `disorder`.

use std::collections::HashMap;

use super::words::Word;

/// The shortest word that is judged by its ending.
const MIN_ENDING: usize = 7;

/// Phrases to look for, each with what it means.
pub(super) struct Phrases<T> {
    /// Those whose first word is given in full.
    exact: HashMap<&'static str, Vec<Phrase<T>>>,
    /// The others.
    loose: Vec<Phrase<T>>,
}

struct Phrase<T> {
    parts: Vec<Part>,
    means: T,
}

#[derive(Clone, Copy)]
enum Part {
    Word(&'static str),
    Begins(&'static str),
    Ends(&'static str),
    Written(&'static str),
}

impl Part {
    fn of(written: &'static str) -> Self {
        if let Some(stem) = written.strip_suffix('*') {
            Self::Begins(stem)
        } else if let Some(ending) = written.strip_prefix('*') {
            Self::Ends(ending)
        } else if let Some(word) = written.strip_prefix('=') {
            Self::Written(word)
        } else {
            Self::Word(written)
        }
    }

    fn is(self, word: &Word<'_>) -> bool {
        match self {
            Self::Word(it) => word.plain == it,
            Self::Begins(stem) => word.plain.starts_with(stem),
            Self::Ends(ending) => word.plain.len() >= MIN_ENDING && word.plain.ends_with(ending),
            Self::Written(it) => word.written == it,
        }
    }
}

impl<T: Copy> Phrases<T> {
    /// These phrases.
    pub(super) fn new(all: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut phrases = Self { exact: HashMap::new(), loose: Vec::new() };
        for (written, means) in all {
            let parts: Vec<Part> = written.split_whitespace().map(Part::of).collect();
            let phrase = Phrase { parts, means };
            match phrase.parts.first() {
                Some(Part::Word(first)) => phrases.exact.entry(*first).or_default().push(phrase),
                Some(_) => phrases.loose.push(phrase),
                None => {}
            }
        }
        phrases
    }

    /// The longest phrase that begins with the first of these words: how many words it takes, and
    /// what it means.
    pub(super) fn at(&self, words: &[Word<'_>]) -> Option<(usize, T)> {
        let first = words.first()?;
        let exact = self.exact.get(first.plain.as_str()).into_iter().flatten();
        let fits = |phrase: &&Phrase<T>| {
            phrase.parts.len() <= words.len()
                && phrase.parts.iter().zip(words).all(|(part, word)| part.is(word))
        };
        let longest = exact.chain(&self.loose).filter(fits).max_by_key(|phrase| phrase.parts.len());
        longest.map(|phrase| (phrase.parts.len(), phrase.means))
    }

    /// Whether any of them stands in a text.
    pub(super) fn any(&self, words: &[Word<'_>]) -> bool {
        (0..words.len()).any(|from| self.at(&words[from..]).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    #[test]
    fn a_phrase_is_whole_words() {
        let phrases = Phrases::new([
            ("order", 1),
            ("blood sugar", 2),
            ("blood", 3),
            ("epilep*", 4),
            ("*cillin", 5),
            ("=AIDS", 6),
        ]);
        for (text, expected) in [
            ("Order now", Some((1, 1))),
            ("disorder", None),
            ("Blood  sugar high", Some((2, 2))),
            ("blood sugars", Some((1, 3))),
            ("epileptic", Some((1, 4))),
            ("amoxicillin", Some((1, 5))),
            ("cillin", None),
            ("AIDS", Some((1, 6))),
            ("aids", None),
            ("", None),
        ] {
            assert_eq!(phrases.at(&words(text)), expected, "{text}");
        }
        assert!(phrases.any(&words("it is an ORDER")) && !phrases.any(&words("nothing of that")));
    }
}
