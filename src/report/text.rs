//! The report as plain text in 80 columns, for screens, printers and mail that may not exist yet.

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, ContentArrangement, LineStyle, Table};

use super::after_action::Report;
use super::columns::fitted;
use super::document::{Block, Document, Item};
use super::plain::on_one_line;

/// The width that every terminal and every printer has.
const COLUMNS: u16 = 80;

/// The whole report; no line is wider than 80 columns.
#[must_use]
pub fn text(report: &Report) -> String {
    page(&Document::of(report))
}

/// Any document; no line is wider than 80 columns.
pub(super) fn page(document: &Document) -> String {
    let mut out = Vec::new();
    out.extend(document.stamps.iter().map(|stamp| format!("*** {stamp} ***")));
    let title = format!("{}{}", document.prefix, document.title);
    out.extend([wrapped(&title, 0), "=".repeat(usize::from(COLUMNS))]);
    for section in &document.sections {
        let heading = format!("{}{}", document.prefix, section.title).to_uppercase();
        let rule = "-".repeat(heading.len());
        out.extend([String::new(), heading, rule]);
        let blocks: Vec<String> = section.blocks.iter().map(block).collect();
        out.push(blocks.join("\n\n"));
    }
    out.extend(document.stamps.iter().map(|stamp| format!("\n*** {stamp} ***")));
    out.join("\n") + "\n"
}

fn block(block: &Block) -> String {
    match block {
        Block::Fields(fields) => {
            let mut table = bare();
            table.add_rows(fields.iter().map(|(name, value)| [cell(name), cell(value)]));
            unpadded(&mut table).trim_fmt()
        }
        Block::Table(head, rows) => {
            let rows: Vec<Vec<String>> = rows.iter().map(|row| one_line_each(row)).collect();
            // Every column is followed by two spaces, the last one by one.
            let gaps = (2 * head.len()).saturating_sub(1);
            let (head, rows) = fitted(head, &rows, usize::from(COLUMNS) - gaps);
            let mut table = Table::new();
            let line = LineStyle::none().fill('-').junction('-');
            table.load_style(NOTHING.header_separator(line)).set_header(head);
            table.add_rows(rows);
            unpadded(&mut table).trim_fmt()
        }
        Block::Entries(items) => items.iter().map(item).collect::<Vec<_>>().join("\n"),
        Block::Lines(lines) => {
            lines.iter().map(|line| wrapped(line, 0)).collect::<Vec<_>>().join("\n")
        }
        Block::Words(words) => wrapped(words, 0),
    }
}

fn item(item: &Item) -> String {
    let body = item.body.iter().map(|line| wrapped(line, 4));
    [wrapped(&item.head, 0)].into_iter().chain(body).collect::<Vec<_>>().join("\n")
}

fn wrapped(text: &str, indent: u16) -> String {
    let mut table = bare();
    table.add_row([cell(text)]);
    if let Some(column) = table.column_mut(0) {
        column.set_padding((indent, 0));
    }
    table.trim_fmt()
}

fn bare() -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(COLUMNS);
    table
}

fn unpadded(table: &mut Table) -> &Table {
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    table
}

fn one_line_each(row: &[String]) -> Vec<String> {
    row.iter().map(|text| on_one_line(text).into_owned()).collect()
}

fn cell(text: &str) -> Cell {
    Cell::new(on_one_line(text))
}
