//! Lines that fit.

/// The text in lines of at most `width` columns, broken at words; what follows the first line is
/// indented as far as the text is.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let indent: String = text.chars().take_while(|c| *c == ' ').collect();
    // The last column stays free: many terminals break a line that fills it.
    let options =
        textwrap::Options::new(width.saturating_sub(1).max(10)).subsequent_indent(&indent);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// As [`wrap`], but broken at spaces only: names, days and commands stay whole.
pub(super) fn wrap_words(text: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width.saturating_sub(1).max(10))
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// The text in one line of at most `width` characters, with a mark where something is left out.
#[must_use]
pub fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// Lines that an author broke within a sentence are joined again; the screen breaks them where it must.
#[must_use]
pub fn flow(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        match lines.last_mut().filter(|last| !last.ends_with(['.', ':', '?', '!', ')'])) {
            Some(last) if !line.is_empty() && !last.is_empty() => {
                last.push(' ');
                last.push_str(line);
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}
