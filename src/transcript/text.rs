//! Lines of a text file, or those typed at a terminal.

use super::row::Row;

/// Every line that says something: blank ones and those that begin with `#` are passed over.
pub(super) fn rows(source: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = 0;
    for (number, raw) in (1..).zip(source.split_inclusive('\n')) {
        let text = raw.trim_start_matches('\u{feff}');
        let start = at + (raw.len() - text.len());
        at += raw.len();
        let text = text.trim_end();
        let indent = text.len() - text.trim_start().len();
        let text = &text[indent..];
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let mut row = Row::new(number);
        row.push(text, start + indent..start + indent + text.len());
        rows.push(row);
    }
    rows
}
