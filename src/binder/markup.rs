//! HTML that is balanced and escaped by construction: names of elements and classes stand in the
//! program, everything else goes through [`Html::text`] or an attribute, which escape it.

use std::collections::BTreeSet;

use crate::playbook::is_unprintable;
use crate::site::{Piece, Site};

/// A page that is being written.
#[derive(Debug, Default)]
pub(super) struct Html {
    out: String,
    unfilled: BTreeSet<String>,
}

/// Elements after which a line ends, so that the source can be read and compared.
const BLOCKS: [&str; 17] = [
    "body", "section", "div", "h1", "h2", "h3", "p", "ul", "ol", "li", "table", "colgroup",
    "thead", "tbody", "tr", "title", "style",
];

impl Html {
    /// What was written, and the names in it that nothing filled.
    pub(super) fn finish(self) -> (String, BTreeSet<String>) {
        (self.out, self.unfilled)
    }

    /// An element with what stands inside.
    pub(super) fn within(
        &mut self,
        tag: &'static str,
        class: &'static str,
        inside: impl FnOnce(&mut Self),
    ) {
        self.element(tag, &[("class", class)], inside);
    }

    /// An element with attributes; one whose value is empty is left out.
    pub(super) fn element(
        &mut self,
        tag: &'static str,
        attributes: &[(&'static str, &str)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.open(tag, attributes);
        inside(self);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
        self.end_line(tag);
    }

    /// An element that holds only a text.
    pub(super) fn leaf(&mut self, tag: &'static str, class: &'static str, text: &str) {
        self.within(tag, class, |html| html.text(text));
    }

    /// A line to write on.
    pub(super) fn blank(&mut self, class: &'static str) {
        self.leaf("span", class, "");
    }

    /// An element without an inside.
    pub(super) fn void(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.open(tag, attributes);
    }

    /// A text, escaped. Characters that steer a reader show as `\u{202e}`.
    pub(super) fn text(&mut self, text: &str) {
        self.push_escaped(text);
    }

    /// A text with `{names}` in it, filled from the site file. What is missing there is a line to write
    /// on; `{_}` is one on purpose.
    pub(super) fn filled(&mut self, site: &Site, text: &str) {
        for piece in site.pieces(text) {
            match piece {
                Piece::Words(words) | Piece::Value(words) => self.text(words),
                Piece::Hole(name) => {
                    self.blank("fill");
                    if !name.bytes().all(|b| b == b'_') {
                        self.unfilled.insert(name.to_owned());
                    }
                }
            }
        }
    }

    /// What stands in the program itself, such as a style sheet.
    pub(super) fn trusted(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.push_escaped(value);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn end_line(&mut self, tag: &str) {
        if BLOCKS.contains(&tag) {
            self.out.push('\n');
        }
    }

    fn push_escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                '\n' | '\t' => self.out.push(' '),
                c if is_unprintable(c) => self.out.extend(c.escape_unicode()),
                c => self.out.push(c),
            }
        }
    }
}

/// A text as a string of CSS, quotation marks included. Everything but letters, digits and a few signs is
/// written as a number, so that it ends neither the string nor the style sheet.
pub(super) fn css_string(text: &str) -> String {
    use std::fmt::Write as _;

    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() || "-.:+,()·".contains(c) => out.push(c),
            ' ' | '\n' | '\t' => out.push(' '),
            // What shows as nothing in a line shows as nothing here: the text itself stands below.
            c if is_unprintable(c) => {}
            // Writing into a String cannot fail.
            c => {
                // The space ends the number and is no part of the text.
                let _ = write!(out, "\\{:x} ", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "</style><script>alert(1)</script>\" ' & \u{202e}x\u{1b}[2J";

    #[test]
    fn nothing_from_a_file_is_markup() {
        let mut html = Html::default();
        html.element("p", &[("title", HOSTILE), ("lang", "")], |html| html.text(HOSTILE));
        let text = html.finish().0;
        assert_eq!(text.matches('<').count(), 2);
        assert_eq!(text.matches('"').count(), 2);
        assert!(text.starts_with("<p title=\"&lt;/style&gt;"), "{text}");
        assert!(text.contains("\\u{202e}x\\u{1b}[2J") && !text.contains('\u{202e}'), "{text}");
    }

    #[test]
    fn nothing_from_a_file_ends_a_string_of_css() {
        let text = css_string(HOSTILE);
        let inside = text.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
        assert!(!inside.contains(['"', '<', '>', '\'', ';', '}', '\n', '\u{202e}']), "{text}");
        assert!(inside.starts_with("\\3c \\2f style\\3e "), "{text}");
        assert_eq!(css_string("Résumé 日本 2026.1"), "\"Résumé 日本 2026.1\"");
    }

    #[test]
    fn elements_are_closed_in_order() {
        let mut html = Html::default();
        html.within("div", "a", |html| {
            html.leaf("b", "", "x");
            html.blank("line");
            html.void("br", &[]);
        });
        assert_eq!(
            html.finish().0,
            "<div class=\"a\"><b>x</b><span class=\"line\"></span><br></div>\n"
        );
    }
}
