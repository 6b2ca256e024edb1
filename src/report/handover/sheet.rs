//! Lines of a page that is read out.

use chrono::Datelike as _;

use crate::engine::Mode;
use crate::report::plain::on_one_line;
use crate::report::story::Reading;
use crate::report::when::When;

/// The width that every terminal and every printer has, its last column left free: many terminals break
/// a line that fills it.
const COLUMNS: usize = 79;

/// Stands before each line of an exercise.
const STAMP: usize = "EXERCISE ".len();

/// A page that is being written.
pub(super) struct Sheet {
    lines: Vec<String>,
    width: usize,
    now: When,
}

impl Sheet {
    pub(super) fn new(reading: &Reading<'_>) -> Self {
        let stamp = match reading.story.state.mode() {
            Mode::Live => 0,
            Mode::Exercise => STAMP,
        };
        let now = reading.computed(reading.story.until);
        Self { lines: Vec::new(), width: COLUMNS - stamp, now }
    }

    pub(super) fn lines(self) -> Vec<String> {
        self.lines
    }

    /// A paragraph at the margin.
    pub(super) fn words(&mut self, text: &str) {
        self.wrapped("", "", text);
    }

    /// An empty line and a heading.
    pub(super) fn heading(&mut self, text: &str) {
        self.lines.push(String::new());
        self.words(text);
    }

    /// A line of a section.
    pub(super) fn line(&mut self, text: &str) {
        self.wrapped("   ", "      ", text);
    }

    /// Lines of a section, or the word that there are none.
    pub(super) fn listed(&mut self, title: &str, lines: &[String]) {
        match lines {
            [] => self.line(&format!("{title}: nothing recorded")),
            lines => {
                self.line(&format!("{title}:"));
                for text in lines {
                    self.wrapped("   - ", "     ", text);
                }
            }
        }
    }

    /// What is copied by machines: never broken.
    pub(super) fn whole(&mut self, text: &str) {
        self.lines.push(text.to_owned());
    }

    fn wrapped(&mut self, first: &str, next: &str, text: &str) {
        let options = textwrap::Options::new(self.width)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(first)
            .subsequent_indent(next);
        let text = on_one_line(text);
        self.lines
            .extend(textwrap::wrap(&text, options).into_iter().map(std::borrow::Cow::into_owned));
    }

    /// `14:05`; with the day or the year where it is not the page's own, with the offset where the clock is not.
    pub(super) fn clock(&self, when: When) -> String {
        let day = |when: When| when.at.at_offset(when.offset).date_naive();
        let (its, today) = (day(when), day(self.now));
        let form = match (its == today, its.year() == today.year()) {
            (true, _) => "%H:%M",
            (false, true) => "%-d %b %H:%M",
            (false, false) => "%-d %b %Y %H:%M",
        };
        let zone = if when.offset == self.now.offset { "" } else { " %:z" };
        when.at.at_offset(when.offset).format(&format!("{form}{zone}")).to_string()
    }
}
