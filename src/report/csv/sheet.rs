//! One CSV file: RFC 4180, CRLF, UTF-8, a header always. A file of one incident has two columns in
//! front of every line that say which incident it is and whether it was real.

use ::csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use super::guard::guarded;
use crate::engine::{Mode, Person};
use crate::report::after_action::Report;
use crate::report::number;
use crate::report::plain::in_a_cell;
use crate::report::when::When;

/// Several people in one cell.
pub(super) fn names(people: &[Person]) -> String {
    people.iter().map(Person::as_str).collect::<Vec<_>>().join("; ")
}

/// How every file says whether a line was real.
pub(in crate::report) const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Live => "live",
        Mode::Exercise => "EXERCISE",
    }
}

/// A file under way.
pub(in crate::report) struct Sheet<'a> {
    /// The incident that all lines are about.
    report: Option<&'a Report>,
    writer: Writer<Vec<u8>>,
    row: Vec<String>,
}

impl<'a> Sheet<'a> {
    /// With these columns, separated by spaces, after `incident` and `mode`.
    pub(super) fn new(report: &'a Report, columns: &str) -> Result<Self, ::csv::Error> {
        let columns = ["incident", "mode"].into_iter().chain(columns.split(' '));
        Ok(Self { report: Some(report), ..Self::with(columns)? })
    }

    /// With these columns and no others.
    pub(in crate::report) fn with<'c>(
        columns: impl IntoIterator<Item = &'c str>,
    ) -> Result<Self, ::csv::Error> {
        // Quoted text cannot fall into a second cell where the reader also splits at semicolons.
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::NonNumeric)
            .from_writer(Vec::new());
        writer.write_record(columns)?;
        Ok(Self { report: None, writer, row: Vec::new() })
    }

    /// Writes the cells since the last line.
    pub(in crate::report) fn end_row(&mut self) -> Result<(), ::csv::Error> {
        let first = self
            .report
            .map(|report| [guarded(&report.status.incident), mode(report.status.mode).to_owned()]);
        let row = first.iter().flatten().chain(&self.row);
        self.writer.write_record(row)?;
        self.row.clear();
        Ok(())
    }

    pub(in crate::report) fn bytes(self) -> Result<Vec<u8>, ::csv::Error> {
        self.writer.into_inner().map_err(|error| error.into_error().into())
    }

    /// Any text, with what cannot be printed made visible; guarded against formulas.
    pub(in crate::report) fn text(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.row.push(guarded(&in_a_cell(text.as_ref())));
        self
    }

    /// Any text, or an empty cell.
    pub(in crate::report) fn maybe(&mut self, text: Option<impl ToString>) -> &mut Self {
        self.text(text.map_or(String::new(), |text| text.to_string()))
    }

    /// A number that was computed; it stays a number, also below zero.
    pub(in crate::report) fn number(&mut self, value: Option<f64>) -> &mut Self {
        self.row.push(value.map_or(String::new(), number::plain));
        self
    }

    pub(in crate::report) fn count(&mut self, value: impl Into<u64>) -> &mut Self {
        self.row.push(value.into().to_string());
        self
    }

    pub(in crate::report) fn yes_no(&mut self, value: Option<bool>) -> &mut Self {
        self.row.push(value.map_or("", |yes| if yes { "true" } else { "false" }).to_owned());
        self
    }

    /// ISO 8601 with offset.
    pub(in crate::report) fn time(&mut self, when: Option<When>) -> &mut Self {
        self.row.push(when.map_or(String::new(), When::iso));
        self
    }

    /// Two cells: ISO 8601 with offset, and minutes since T+0.
    pub(super) fn timed(&mut self, when: Option<When>) -> &mut Self {
        let t_plus = when.zip(self.report).and_then(|(when, report)| report.t_plus(when));
        self.time(when).number(t_plus)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::Report;
    use crate::report::csv::guard::is_live;
    use crate::report::fixture::{Log, book, story};

    fn report() -> Report {
        let (book, log) = (book(), Log::opened("14:05", Mode::Live));
        Report::of(&story(&book, &log, &log.state()))
    }

    /// Takes the apostrophe of the guard off again.
    fn unguarded(cell: &str) -> &str {
        cell.strip_prefix('\'').filter(|text| is_live(text)).unwrap_or(cell)
    }

    fn round_trip(text: &str) -> String {
        let report = report();
        let mut sheet = Sheet::new(&report, "text minutes").unwrap();
        sheet.text(text).number(Some(-3.0)).end_row().unwrap();
        let bytes = sheet.bytes().unwrap();
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 1, "one line stays one line");
        assert_eq!((&rows[0][1], &rows[0][3], rows[0].len()), ("live", "-3", 4));
        rows[0][2].to_owned()
    }

    #[test]
    fn lines_end_as_the_rfc_says_and_numbers_carry_no_quotes() {
        let report = report();
        let mut sheet = Sheet::new(&report, "text minutes").unwrap();
        sheet.text("a;b\nc").number(Some(-3.5)).end_row().unwrap();
        let text = String::from_utf8(sheet.bytes().unwrap()).unwrap();
        assert_eq!(
            text,
            "\"incident\",\"mode\",\"text\",\"minutes\"\r\n\
             \"email-outage-20260122-1405\",\"live\",\"a;b\nc\",-3.5\r\n"
        );
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_none_starts_live(
            text in prop_oneof![any::<String>(), "[=+@ \t\r\n'\"＝,;a-]{0,12}"]
        ) {
            let cell = round_trip(&text);
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']));
            prop_assert!(cell.starts_with('\'') || !is_live(&cell), "{:?}", cell);
            prop_assert_eq!(unguarded(&cell), in_a_cell(&text));
        }
    }
}
