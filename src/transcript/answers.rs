//! Named answers in a line: `level=full area=this-site note=…`. A value goes on to the next name, so
//! that nobody has to type quotes; quotes hold together what has an equals sign in it.

use std::ops::Range;

use super::row::Word;

/// A name and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: Word,
    pub(super) value: Word,
}

/// What stands before the first name, and every name with its value, in order.
pub(super) fn named(rest: &Word) -> (Option<Word>, Vec<Named>) {
    let text = rest.text.as_str();
    let mut heads: Vec<Head> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if let Some(head) = head(text, at) {
            at = head.end;
            heads.push(head);
        } else {
            at = next_word(text, at);
        }
    }
    let lead = text[..heads.first().map_or(text.len(), |head| head.start)].trim();
    let lead =
        (!lead.is_empty()).then(|| word(rest, 0..heads.first().map_or(text.len(), |h| h.start)));
    let ends = heads.iter().skip(1).map(|head| head.start).chain([text.len()]);
    let all = heads.iter().zip(ends).map(|(head, end)| Named {
        name: word(rest, head.name.clone()),
        value: match &head.value {
            Some(quoted) => word(rest, quoted.clone()),
            None => word(rest, head.end..end),
        },
    });
    (lead, all.collect())
}

/// Where a name begins, and where its value.
struct Head {
    start: usize,
    name: Range<usize>,
    /// Inside of quotes.
    value: Option<Range<usize>>,
    /// Where reading goes on.
    end: usize,
}

/// `name=`, `name="…"` or `"name=…"` at this place.
fn head(text: &str, start: usize) -> Option<Head> {
    let outside = text[start..].starts_with('"');
    let from = if outside { start + 1 } else { start };
    let length = text[from..].find('=')?;
    let name = from..from + length;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let word = &text[name.clone()];
    if !word.starts_with(|c: char| c.is_ascii_alphabetic()) || !word.chars().all(plain) {
        return None;
    }
    let behind = name.end + 1;
    let opens =
        if outside { Some(behind) } else { text[behind..].starts_with('"').then_some(behind + 1) };
    let closes = opens.and_then(|from| Some((from, from + text[from..].find('"')?)));
    Some(match closes {
        Some((from, to)) => Head { start, name, value: Some(from..to), end: to + 1 },
        None => Head { start, name, value: None, end: behind },
    })
}

/// Where the next word begins.
fn next_word(text: &str, at: usize) -> usize {
    let Some(blank) = text[at..].find(char::is_whitespace) else { return text.len() };
    let rest = &text[at + blank..];
    text.len() - rest.trim_start().len()
}

/// A stretch of a word, trimmed. Its place is exact where the word's is.
pub(super) fn word(of: &Word, range: Range<usize>) -> Word {
    let raw = &of.text[range.clone()];
    let start = range.start + (raw.len() - raw.trim_start().len());
    let text = raw.trim().to_owned();
    let exact = of.span.len() == of.text.len();
    let span = if exact {
        of.span.start + start..of.span.start + start + text.len()
    } else {
        of.span.clone()
    };
    Word { text, span }
}

/// The first word, and what is left.
pub(super) fn first(of: &Word) -> (Word, Option<Word>) {
    let end = of.text.find(char::is_whitespace).unwrap_or(of.text.len());
    let rest = word(of, end..of.text.len());
    (word(of, 0..end), (!rest.text.is_empty()).then_some(rest))
}
