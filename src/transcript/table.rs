//! A spreadsheet saved as CSV: the same lines, a cell for each part.
//!
//! The first row names the columns, in any order: `code` and `time`, and any of `sheet`, `date`,
//! `outcome`, `end`, `name`, `initials`, `words`. A cell of `sheet` or `date` holds for the rows below
//! until the next one. Cells are read here and not by a library, because every fault is told with the
//! place of its cell, and because a quote that nobody closed must not swallow the rows below it.

use std::ops::Range;

use super::fault::Fault;
use super::row::Row;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Sheet,
    Date,
    Code,
    Outcome,
    Time,
    End,
    Name,
    Initials,
    Words,
}

/// The names of columns, the first of each kind as the documentation has it.
const COLUMNS: [(&str, Column); 18] = [
    ("sheet", Column::Sheet),
    ("role", Column::Sheet),
    ("date", Column::Date),
    ("day", Column::Date),
    ("code", Column::Code),
    ("step", Column::Code),
    ("outcome", Column::Outcome),
    ("time", Column::Time),
    ("start", Column::Time),
    ("end", Column::End),
    ("name", Column::Name),
    ("initials", Column::Initials),
    ("initial", Column::Initials),
    ("words", Column::Words),
    ("note", Column::Words),
    ("notes", Column::Words),
    ("answer", Column::Words),
    ("answers", Column::Words),
];

/// What the header must be.
const HEADER: &str = "the first row names the columns: code and time, and any of sheet, date, outcome, end, name, initials, words";

/// A cell and where it stands, its quotes included.
struct Cell {
    text: String,
    span: Range<usize>,
}

/// Every row below the header that says something.
pub(super) fn rows(source: &str, faults: &mut Vec<Fault>) -> Vec<Row> {
    let start = source.len() - source.trim_start_matches('\u{feff}').len();
    let delimiter = delimiter(&source[start..]);
    let mut at = start;
    let mut line = 1;
    let mut columns: Option<Vec<Option<Column>>> = None;
    let mut rows = Vec::new();
    let mut head = Head::default();
    while at < source.len() {
        let (cells, next) = match record(source, at, delimiter) {
            Ok(taken) => taken,
            Err(fault) => {
                faults.push(fault);
                return rows;
            }
        };
        let here = line;
        line += source[at..next].matches('\n').count();
        at = next;
        if cells.iter().all(|cell| cell.text.trim().is_empty()) {
            continue;
        }
        match &columns {
            Some(columns) => head.row(here, columns, &cells, &mut rows, faults),
            None => match header(&cells) {
                Ok(named) => columns = Some(named),
                Err(all) => {
                    faults.extend(all);
                    return rows;
                }
            },
        }
    }
    if columns.is_none() {
        faults.push(Fault::new("this table has no rows", 0..0).help(HEADER));
    }
    rows
}

/// What stands most often in the first line.
fn delimiter(source: &str) -> char {
    let first = source.lines().next().unwrap_or_default();
    let count = |delimiter: char| first.matches(delimiter).count();
    [';', '\t']
        .into_iter()
        .filter(|one| count(*one) > count(','))
        .max_by_key(|one| count(*one))
        .unwrap_or(',')
}

/// The cells of one row, and where the next one begins.
fn record(source: &str, start: usize, delimiter: char) -> Result<(Vec<Cell>, usize), Fault> {
    let mut cells = Vec::new();
    let mut at = start;
    loop {
        let (cell, end) = if source[at..].starts_with('"') {
            quoted(source, at)?
        } else {
            let ends = |c: char| c == delimiter || c == '\n';
            let end = source[at..].find(ends).map_or(source.len(), |length| at + length);
            let text = source[at..end].trim_end_matches('\r');
            (Cell { text: text.to_owned(), span: at..at + text.len() }, end)
        };
        cells.push(cell);
        let rest = &source[end..];
        let behind = rest.strip_prefix('\r').unwrap_or(rest);
        match behind.chars().next() {
            Some(c) if c == delimiter && behind.len() == rest.len() => at = end + c.len_utf8(),
            Some('\n') => return Ok((cells, source.len() - behind.len() + 1)),
            None => return Ok((cells, source.len())),
            Some(_) => {
                return Err(Fault::new("something stands behind the closing quote", end..end + 1)
                    .help("a quote within a quoted cell is written twice: \"\""));
            }
        }
    }
}

fn quoted(source: &str, start: usize) -> Result<(Cell, usize), Fault> {
    let mut text = String::new();
    let mut at = start + 1;
    loop {
        let Some(length) = source[at..].find('"') else {
            return Err(Fault::new(
                "this quote is never closed, so the rows below cannot be read",
                start..start + 1,
            ));
        };
        text.push_str(&source[at..at + length]);
        at += length + 1;
        if !source[at..].starts_with('"') {
            return Ok((Cell { text, span: start..at }, at));
        }
        text.push('"');
        at += 1;
    }
}

fn header(cells: &[Cell]) -> Result<Vec<Option<Column>>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut columns: Vec<Option<Column>> = Vec::new();
    for cell in cells {
        let name = cell.text.trim().to_lowercase();
        let column = COLUMNS.iter().find(|(known, _)| *known == name).map(|(_, column)| *column);
        if column.is_none() && !name.is_empty() {
            faults.push(
                Fault::new(
                    format!("no column is called \"{}\"", cell.text.trim()),
                    cell.span.clone(),
                )
                .help(HEADER),
            );
        } else if column.is_some() && columns.contains(&column) {
            faults.push(Fault::new("this column stands there twice", cell.span.clone()));
        }
        columns.push(column);
    }
    let here = cells.first().map_or(0..0, |cell| cell.span.clone());
    for (column, name) in [(Column::Code, "code"), (Column::Time, "time")] {
        if !columns.contains(&Some(column)) && faults.is_empty() {
            faults.push(
                Fault::new(format!("there is no column \"{name}\""), here.clone()).help(HEADER),
            );
        }
    }
    if faults.is_empty() { Ok(columns) } else { Err(faults) }
}

/// What holds for the rows below.
#[derive(Default)]
struct Head {
    sheet: String,
    date: String,
}

impl Head {
    /// The lines that one row of the table stands for.
    fn row(
        &mut self,
        line: usize,
        columns: &[Option<Column>],
        cells: &[Cell],
        rows: &mut Vec<Row>,
        faults: &mut Vec<Fault>,
    ) {
        let of = |wanted: Column| {
            let at = columns.iter().position(|column| *column == Some(wanted))?;
            cells.get(at).filter(|cell| !cell.text.trim().is_empty())
        };
        let strays = cells.iter().enumerate().filter(|(at, cell)| {
            columns.get(*at).is_none_or(Option::is_none) && !cell.text.trim().is_empty()
        });
        for (_, stray) in strays {
            faults
                .push(Fault::new("this cell stands in no column", stray.span.clone()).help(HEADER));
        }
        let changes =
            [(Column::Date, "date", &mut self.date), (Column::Sheet, "sheet", &mut self.sheet)];
        for (column, word, before) in changes {
            if let Some(cell) = of(column).filter(|cell| cell.text.trim() != before.as_str()) {
                cell.text.trim().clone_into(before);
                rows.push(led(line, word, cell));
            }
        }
        let Some(code) = of(Column::Code) else {
            let rest =
                [Column::Time, Column::Name, Column::Initials, Column::Words, Column::Outcome];
            if let Some(cell) = rest.into_iter().find_map(of) {
                faults.push(Fault::new("this row has no code", cell.span.clone()));
            }
            return;
        };
        if code.text.trim_start().starts_with('#') {
            return;
        }
        let mut row = Row::new(line);
        put(&mut row, code);
        let first = code.text.split_whitespace().next().unwrap_or_default().to_lowercase();
        let wants_role = matches!(first.as_str(), "r" | "role" | "h" | "handover");
        let named = code.text.split_whitespace().any(|word| {
            !matches!(word.to_lowercase().as_str(), "r" | "role" | "h" | "handover" | "deputy")
        });
        if wants_role && !named {
            let here = of(Column::Sheet).map_or(code.span.clone(), |cell| cell.span.clone());
            row.push(&self.sheet, here);
        }
        if let Some(cell) = of(Column::Time) {
            put(&mut row, cell);
            if let Some(end) = of(Column::End) {
                row.push("to", end.span.clone());
                put(&mut row, end);
            }
            // In front of the initials, where it stands on the printed sheets.
            if let Some(cell) = of(Column::Outcome) {
                put(&mut row, cell);
            }
            signed(&mut row, &of, first.as_str());
        }
        rows.push(row);
    }
}

/// Name, initials and words.
fn signed<'c>(row: &mut Row, of: &dyn Fn(Column) -> Option<&'c Cell>, first: &str) {
    if let Some(cell) = of(Column::Name) {
        put(row, cell);
    }
    match of(Column::Initials) {
        Some(cell) => {
            if of(Column::Name).is_some() {
                row.join(",", cell.span.start..cell.span.start);
            }
            put(row, cell);
        }
        None if of(Column::Name).is_none() && !matches!(first, "r" | "role") => {
            let here = row.whole().end;
            row.push("-", here..here);
        }
        None => {}
    }
    if let Some(cell) = of(Column::Words) {
        put(row, cell);
    }
}

/// A line of the form `sheet it-lead`.
fn led(line: usize, word: &str, cell: &Cell) -> Row {
    let mut row = Row::new(line);
    row.push(word, cell.span.start..cell.span.start);
    put(&mut row, cell);
    row
}

/// A cell without its quotes and the blanks around it.
fn put(row: &mut Row, cell: &Cell) {
    let text = cell.text.trim();
    let inside = if cell.span.len() == cell.text.len() + 2 {
        cell.span.start + 1..cell.span.end - 1
    } else {
        cell.span.clone()
    };
    let indent = cell.text.len() - cell.text.trim_start().len();
    let exact = inside.len() == cell.text.len();
    let span =
        if exact { inside.start + indent..inside.start + indent + text.len() } else { inside };
    row.push(text, span);
}
