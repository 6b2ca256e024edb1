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

/// Where words that stand side by side in a value stand in the file; the whole value where escapes or
/// folding hide them.
pub(super) fn locate(source: &str, text: &Text<'_>, sought: &[&str]) -> Span {
    let whole = text.span;
    let Some(slice) = source.get(whole.start..whole.end) else { return whole };
    let all = words(slice);
    let sought: Vec<&str> =
        sought.iter().flat_map(|one| words(one)).map(|word| word.written).collect();
    let is =
        |window: &&[Word<'_>]| window.iter().zip(&sought).all(|(word, it)| word.written == *it);
    let Some(found) = all.windows(sought.len().max(1)).find(is) else { return whole };
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return whole };
    let start = whole.start + first.start;
    Span { start, end: whole.start + last.start + last.written.len() }
}

/// Where `{name}` of a value stands in the file; the whole value where escapes hide it.
pub(super) fn locate_placeholder(source: &str, text: &Text<'_>, name: &str) -> Span {
    let whole = text.span;
    let written = format!("{{{name}}}");
    let found = source.get(whole.start..whole.end).and_then(|slice| slice.find(&written));
    found.map_or(whole, |at| {
        let start = whole.start + at;
        Span { start, end: start + written.len() }
    })
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
        let at = |words: &[&str]| {
            let Span { start, end } = locate(source, &text, words);
            &source[start..end]
        };
        assert_eq!(at(&["insulin"]), "insulin");
        assert_eq!(at(&["insulin", "pump"]), "insulin\n  pump");
        assert_eq!(at(&["Abc"]), &source[6..]);
        assert_eq!(at(&[]), "é");
    }
}
