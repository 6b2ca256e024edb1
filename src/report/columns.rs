//! Columns that fit a page: cells are broken between words and after hyphens, and within a word only
//! where nothing else helps.

use std::borrow::Cow;

use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

/// A table's head and rows with line feeds in the cells, so that the columns take `width` together.
pub(super) fn fitted(
    head: &[&str],
    rows: &[Vec<String>],
    width: usize,
) -> (Vec<String>, Vec<Vec<String>>) {
    let below = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    let cells = |(at, head): (usize, &&'_ str)| -> Vec<String> {
        [(*head).to_owned()].into_iter().chain(below(at).cloned()).collect()
    };
    let mut columns: Vec<Column> =
        head.iter().enumerate().map(cells).map(|cells| Column::of(&cells, width)).collect();
    share_out(&mut columns, width);
    let row = |cells: &mut dyn Iterator<Item = &str>| {
        cells.zip(&columns).map(|(cell, column)| wrapped(cell, column.width).join("\n")).collect()
    };
    let body = rows.iter().map(|cells| row(&mut cells.iter().map(String::as_str)));
    (row(&mut head.iter().copied()), body.collect())
}

/// One column, at the least width that breaks no word at first.
struct Column {
    width: usize,
    /// How many lines its cells take at this width and at every greater one that changes anything.
    lines: Vec<usize>,
}

impl Column {
    fn of(cells: &[String], most: usize) -> Self {
        let widest = |of: fn(&str) -> usize| cells.iter().map(|cell| of(cell)).max().unwrap_or(0);
        let (least, whole) = (widest(longest_piece), widest(display_width).min(most));
        let at = |width| cells.iter().map(|cell| wrapped(cell, width).len()).sum();
        Self { width: least, lines: (least..=whole.max(least)).map(at).collect() }
    }

    /// Lines that `more` columns would spare.
    fn spared(&self, more: usize) -> Option<usize> {
        Some(self.lines.first()? - self.lines.get(more)?)
    }

    fn widen(&mut self, more: usize) {
        self.width += more;
        self.lines.drain(..more);
    }
}

/// What is left goes where it spares the most lines, the leftmost column first. Where even the least
/// is too much, the widest columns give.
fn share_out(columns: &mut [Column], width: usize) {
    let taken = |columns: &[Column]| columns.iter().map(|column| column.width).sum::<usize>();
    while taken(columns) > width {
        let widest = columns.iter_mut().max_by_key(|column| column.width);
        let Some(widest) = widest.filter(|widest| widest.width > 1) else { return };
        widest.width -= 1;
        widest.lines.truncate(1);
    }
    loop {
        let left = width - taken(columns);
        let offers = columns.iter().enumerate().flat_map(|(at, column)| {
            let more = 1..=left.min(column.lines.len().saturating_sub(1));
            more.filter_map(move |more| Some((at, more, column.spared(more)?)))
        });
        let better = |(_, more, spared): &(usize, usize, usize), than: &(usize, usize, usize)| {
            spared * than.1 > than.2 * more
        };
        let best = offers.reduce(|best, offer| if better(&offer, &best) { offer } else { best });
        let Some((at, more, _)) = best.filter(|(_, _, spared)| *spared > 0) else { return };
        columns[at].widen(more);
    }
}

fn longest_piece(text: &str) -> usize {
    let pieces = text.split_whitespace().flat_map(|word| {
        let ends = after_hyphens(word).into_iter().chain([word.len()]);
        ends.scan(0, move |from, to| word.get(std::mem::replace(from, to)..to))
    });
    pieces.map(display_width).max().unwrap_or(0)
}

fn wrapped(cell: &str, width: usize) -> Vec<Cow<'_, str>> {
    let options = Options::new(width.max(1)).word_splitter(WordSplitter::Custom(after_hyphens));
    textwrap::wrap(cell, options)
}

/// Where a word may go on in the next line: after a hyphen between letters, so not within `I-07` or a
/// date.
fn after_hyphens(word: &str) -> Vec<usize> {
    let between = |at: &usize| {
        word[..*at].chars().next_back().is_some_and(char::is_alphabetic)
            && word[at + 1..].chars().next().is_some_and(char::is_alphabetic)
    };
    word.match_indices('-').map(|(at, _)| at).filter(between).map(|at| at + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(head: &[&str], row: &[&str], width: usize) -> (Vec<String>, Vec<String>) {
        let row = row.iter().map(|cell| (*cell).to_owned()).collect();
        let (head, mut rows) = fitted(head, &[row], width);
        (head, rows.remove(0))
    }

    #[test]
    fn what_fits_stays_on_one_line() {
        let (head, row) = shown(&["Step", "Role"], &["I-12 approve-messages", "lead"], 25);
        assert_eq!(head, ["Step", "Role"]);
        assert_eq!(row, ["I-12 approve-messages", "lead"]);
    }

    #[test]
    fn cells_are_broken_between_words_and_after_hyphens() {
        for (width, step, role) in [
            (40, "I-12 approve-messages", "communications-lead"),
            (38, "I-12 approve-\nmessages", "communications-lead"),
            (29, "I-12\napprove-\nmessages", "communications-lead"),
            (24, "I-12\napprove-\nmessages", "communications-\nlead"),
        ] {
            let (_, row) =
                shown(&["Step", "Role"], &["I-12 approve-messages", "communications-lead"], width);
            assert_eq!(row, [step, role], "{width}");
        }
        let (head, row) = shown(&["On time", "When"], &["yes", "2026-01-22 14:05 -05:00"], 16);
        assert_eq!((head[0].as_str(), row[1].as_str()), ("On\ntime", "2026-01-22\n14:05 -05:00"));
    }

    #[test]
    fn within_a_word_only_where_nothing_else_helps() {
        let long = "a".repeat(30);
        let (_, row) = shown(&["Step", "By"], &["confirm", &long], 20);
        assert_eq!(row[0], "confirm");
        assert!(row[1].lines().all(|line| line.len() <= 13), "{row:?}");
        let (_, row) = shown(&["é", "日本"], &["日本語", "ü-ü"], 3);
        assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
    }
}
