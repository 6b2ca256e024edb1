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
