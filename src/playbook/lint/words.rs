//! A text as a reader hears it: words without their case, sentences, and what is only quoted. And the way
//! back to the bytes of the file.

use super::super::findings::Span;
use super::super::yaml::Text;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// As it is written.
    pub(super) written: &'t str,
    /// In small letters, without the accents of western languages.
    pub(super) plain: String,
    /// Its first byte.
    pub(super) start: usize,
    /// Which sentence it belongs to.
    pub(super) sentence: usize,
    /// It stands between double quotation marks.
    pub(super) quoted: bool,
}

/// The words of a text. A sentence ends at `.`, `!`, `?`, `:`, `;`, at a quotation mark, and at an empty line.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let (mut all, mut sentence, mut quoted) = (Vec::new(), 0, false);
    let mut start = None;
    let mut before = ' ';
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            let written = &text[start..at];
            all.push(Word { written, plain: plain(written), start, sentence, quoted });
        }
        let mark = matches!(c, '"' | '“' | '”');
        quoted ^= mark;
        let ends = matches!(c, '.' | '!' | '?' | ':' | ';') || (c == '\n' && before == '\n');
        sentence += usize::from(mark || ends);
        before = c;
    }
    all
}

fn plain(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).map(bare).collect()
}

fn bare(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

/// Where the words of a value stand in the file. What is looked for in the order of the text is found in one
/// walk over it.
pub(super) struct Spots<'s> {
    /// The whole value.
    whole: Span,
    slice: &'s str,
    words: Vec<Word<'s>>,
    /// The word behind the last one that was found.
    next: usize,
    /// The byte behind the last placeholder that was found.
    behind: usize,
}

impl<'s> Spots<'s> {
    /// Nothing found yet.
    pub(super) fn of(source: &'s str, text: &Text<'_>) -> Self {
        let whole = text.span;
        let slice = source.get(whole.start..whole.end).unwrap_or_default();
        Self { whole, slice, words: words(slice), next: 0, behind: 0 }
    }

    /// The next place of words that stand side by side; the whole value where escapes or folding hide them.
    pub(super) fn words(&mut self, sought: &[&str]) -> Span {
        let sought: Vec<&str> =
            sought.iter().flat_map(|one| words(one)).map(|word| word.written).collect();
        let is =
            |window: &[Word<'_>]| window.iter().zip(&sought).all(|(word, it)| word.written == *it);
        let rest = self.words.get(self.next..).unwrap_or_default();
        let Some(at) = rest.windows(sought.len().max(1)).position(is) else { return self.whole };
        let found = &rest[at..at + sought.len().max(1)];
        let (Some(first), Some(last)) = (found.first(), found.last()) else { return self.whole };
        self.next += at + found.len();
        let start = self.whole.start + first.start;
        Span { start, end: self.whole.start + last.start + last.written.len() }
    }

    /// The next place of these characters; the whole value where escapes hide them.
    pub(super) fn characters(&mut self, sought: &str) -> Span {
        let rest = self.slice.get(self.behind..).unwrap_or_default();
        let Some(at) = rest.find(sought) else { return self.whole };
        let start = self.whole.start + self.behind + at;
        self.behind += at + sought.len();
        Span { start, end: start + sought.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_sentence_and_whether_they_are_quoted() {
        let shown: Vec<(String, usize, bool)> =
            words("Él calls. Say: \"No e-mail\" now\n\nThen 8pm")
                .into_iter()
                .map(|word| (word.plain, word.sentence, word.quoted))
                .collect();
        let expected = [
            ("el", 0, false),
            ("calls", 0, false),
            ("say", 1, false),
            ("no", 3, true),
            ("e", 3, true),
            ("mail", 3, true),
            ("now", 4, false),
            ("then", 5, false),
            ("8pm", 5, false),
        ];
        assert_eq!(shown, expected.map(|(word, at, quoted)| (word.to_owned(), at, quoted)));
        assert_eq!(words(""), []);
    }

    #[test]
    fn words_are_found_again_in_the_file() {
        let source = "text: \"é insulin\n  pump \\u0041bc\"";
        let span = Span { start: 6, end: source.len() };
        let text = Text { value: "é insulin pump Abc".into(), span };
        let at = |sought: &[&str]| {
            let Span { start, end } = Spots::of(source, &text).words(sought);
            &source[start..end]
        };
        assert_eq!(at(&["insulin"]), "insulin");
        assert_eq!(at(&["insulin", "pump"]), "insulin\n  pump");
        assert_eq!(at(&["insulin-pump"]), "insulin\n  pump");
        assert_eq!(at(&["Abc"]), &source[6..]);
        assert_eq!(at(&[]), "é");
    }

    #[test]
    fn what_comes_again_is_found_where_it_comes_again() {
        let source = "\"a b a {c} {c} b\"";
        let text = Text { value: source.into(), span: Span { start: 0, end: source.len() } };
        let mut spots = Spots::of(source, &text);
        let starts = [["a"], ["b"], ["a"], ["b"], ["b"]].map(|one| spots.words(&one).start);
        assert_eq!(starts, [1, 3, 5, 15, 0]);
        let starts = ["{c}", "{c}", "{c}"].map(|one| spots.characters(one).start);
        assert_eq!(starts, [7, 11, 0]);
    }
}
