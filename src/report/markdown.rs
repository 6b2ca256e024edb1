//! The report as GitHub-flavoured markdown. Whatever people wrote is text there: no markup, no HTML,
//! no live link gets through.

use super::after_action::Report;
use super::document::{Block, Document, Item};
use super::plain::on_one_line;

/// The whole report; ends with a line feed.
#[must_use]
pub fn markdown(report: &Report) -> String {
    page(&Document::of(report))
}

/// Any document; ends with a line feed.
pub(super) fn page(document: &Document) -> String {
    let mut lines = vec![format!("# {}{}", document.prefix, escape(&document.title))];
    for stamp in &document.stamps {
        lines.extend([String::new(), format!("**{}**", escape(stamp))]);
    }
    for section in &document.sections {
        let marks = "#".repeat(usize::from(section.level));
        let heading = format!("{marks} {}{}", document.prefix, escape(&section.title));
        lines.extend([String::new(), heading]);
        for shown in &section.blocks {
            lines.push(String::new());
            lines.extend(block(shown));
        }
    }
    lines.join("\n") + "\n"
}

fn block(block: &Block) -> Vec<String> {
    match block {
        Block::Fields(fields) => {
            let rows = fields.iter().map(|(name, value)| row([*name, value]));
            ["|   |   |", "|---|---|"].map(str::to_owned).into_iter().chain(rows).collect()
        }
        Block::Table(head, rows) => {
            let rule = format!("|{}", "---|".repeat(head.len()));
            let rows = rows.iter().map(|cells| row(cells.iter().map(String::as_str)));
            [row(head.iter().copied()), rule].into_iter().chain(rows).collect()
        }
        Block::Entries(items) => items.iter().flat_map(item).collect(),
        Block::Lines(lines) => lines.iter().map(|line| format!("- {}", escape(line))).collect(),
        Block::Words(words) => vec![escape(words)],
    }
}

fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(escape).collect();
    format!("| {} |", cells.join(" | "))
}

fn item(item: &Item) -> impl Iterator<Item = String> {
    let head = format!("- **{}**", escape(&item.head));
    let body = item.body.iter().map(|line| format!("  - {}", escape(line)));
    [head].into_iter().chain(body)
}

/// Text that means nothing but itself, on one line.
fn escape(text: &str) -> String {
    let line = on_one_line(text);
    let mut out = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        let (before, rest) = line.split_at(at);
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Elsewhere these are only punctuation.
            '-' | '+' | '=' | '.' | ')' if starts_block(before, rest) => out.extend(['\\', c]),
            ':' if rest.starts_with("://") => out.push_str("\\:"),
            '.' if ends_with_www(before) => out.push_str("\\."),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '!' | '|' | '~' | '$' | '@' => {
                out.extend(['\\', c]);
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether punctuation after `before` would make a list, a rule or a heading of the line.
fn starts_block(before: &str, rest: &str) -> bool {
    let before = before.trim_start();
    let numbered = !before.is_empty() && before.bytes().all(|b| b.is_ascii_digit());
    match rest.strip_prefix(['.', ')']) {
        Some(rest) => numbered && (rest.is_empty() || rest.starts_with(' ')),
        // A lone dash is how a table says "nothing".
        None => before.is_empty() && rest != "-",
    }
}

fn ends_with_www(before: &str) -> bool {
    before.as_bytes().last_chunk::<3>().is_some_and(|last| last.eq_ignore_ascii_case(b"www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_people_are_never_markup() {
        for (text, safe) in [
            ("plain words, 14:05 (T+3) - fine.", "plain words, 14:05 (T+3) - fine."),
            ("a|b", "a\\|b"),
            ("a\\|b", "a\\\\\\|b"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
            ("`code`", "\\`code\\`"),
            ("![x](http://evil)", "\\!\\[x\\](http\\://evil)"),
            ("[x](javascript:1)", "\\[x\\](javascript:1)"),
            ("see https://evil.example", "see https\\://evil.example"),
            ("www.evil.example", "www\\.evil.example"),
            ("a@b.example", "a\\@b.example"),
            ("# head", "\\# head"),
            ("- item", "\\- item"),
            ("+ item", "\\+ item"),
            ("1. item", "1\\. item"),
            ("12) item", "12\\) item"),
            ("3.5 h", "3.5 h"),
            ("**bold** _it_ ~~gone~~", "\\*\\*bold\\*\\* \\_it\\_ \\~\\~gone\\~\\~"),
            ("> quote", "&gt; quote"),
            ("=====", "\\===== "),
            ("one\n\n# two", "one /  / \\# two"),
            ("-3", "\\-3"),
        ] {
            assert_eq!(escape(text).trim_end(), safe.trim_end(), "{text:?}");
        }
    }
}
