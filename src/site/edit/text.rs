//! One answer in the text: the bytes of the old scalar are replaced, or a line is added where the
//! new one belongs. Nothing else is touched. What comes out is judged by whoever called.

use crate::playbook::reading::{FileKind, Findings, Node, Value, tree};

/// A step on the way to an answer.
#[derive(Debug, Clone, Copy)]
pub(super) enum Seg<'k> {
    /// A key of a map.
    Word(&'k str),
    /// An entry of a list, from 1, and for which service a new one is.
    Nth(usize, Option<&'k str>),
}

/// The new text and the line that changed. If it cannot be done, the line to edit by hand.
pub(super) fn edit(text: &str, path: &[Seg<'_>], value: &str) -> Result<(String, usize), usize> {
    let mut findings = Findings::of(FileKind::Site, text);
    let Some(root) = tree(text, &mut findings) else { return Err(1) };
    let mut node = &root;
    let mut rest = path;
    while let [seg, later @ ..] = rest {
        let Some(child) = child(node, *seg) else { return insert(text, node, rest, value) };
        (node, rest) = (child, later);
    }
    let line = line_of(text, node.span.start);
    let (Some(before), Some(after)) = (text.get(..node.span.start), text.get(node.span.end..))
    else {
        return Err(line);
    };
    match node.value {
        Value::Plain(_) | Value::Quoted(_) => {
            Ok((format!("{before}{}{after}", scalar(value)), line))
        }
        Value::Empty | Value::Faulty | Value::List(_) | Value::Map(_) => Err(line),
    }
}

fn child<'n, 's>(node: &'n Node<'s>, seg: Seg<'_>) -> Option<&'n Node<'s>> {
    match (&node.value, seg) {
        (Value::Map(entries), Seg::Word(word)) => {
            entries.iter().find(|(key, _)| key.value == word).map(|(_, node)| node)
        }
        (Value::List(items), Seg::Nth(number, _)) => items.get(number.checked_sub(1)?),
        _ => None,
    }
}

/// Puts the rest of a path into the list or map that lacks it.
fn insert(
    text: &str,
    node: &Node<'_>,
    rest: &[Seg<'_>],
    value: &str,
) -> Result<(String, usize), usize> {
    let start = node.span.start;
    let flow = in_brackets(text, node);
    let last = match &node.value {
        Value::Map(entries) => entries.last().map(|(_, node)| node),
        Value::List(items) => items.last(),
        Value::Empty | Value::Faulty | Value::Plain(_) | Value::Quoted(_) => None,
    };
    let (at, new) = match (flow, last) {
        (true, None) => (start + 1, bare(rest, value)),
        (true, Some(last)) => {
            (end_of(text, last).ok_or(line_of(text, start))?, format!(", {}", bare(rest, value)))
        }
        (false, None) => return Err(line_of(text, start)),
        (false, Some(last)) => {
            let end = end_of(text, last).ok_or(line_of(text, start))?;
            let indent = indent_of(text, node).ok_or(line_of(text, start))?;
            line_below(text, end, &block(rest, value, &indent))
        }
    };
    let (before, after) = text.split_at_checked(at).ok_or(line_of(text, start))?;
    Ok((format!("{before}{new}{after}"), line_of(text, at)))
}

/// Where the line below a byte starts, and what to put there.
fn line_below(text: &str, end: usize, lines: &str) -> (usize, String) {
    let feed = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = lines.replace('\n', feed);
    match text.get(end..).and_then(|rest| rest.find('\n')) {
        Some(at) => (end + at + 1, lines),
        None => (text.len(), format!("{feed}{lines}")),
    }
}

/// What stands in front of the entries of a list or map that has a line for each.
fn indent_of(text: &str, node: &Node<'_>) -> Option<String> {
    let start = text.get(..node.span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..)?.trim_start_matches('\u{feff}');
    let dash = match &node.value {
        Value::List(_) => line.find('-')?,
        // Within a list a map may start behind its dash.
        _ => node.span.start.checked_sub(text.len() - line.len())?,
    };
    let before = line.get(..dash)?;
    let blank = |c: char| matches!(c, ' ' | '-');
    before.chars().all(blank).then(|| " ".repeat(before.len()))
}

/// Whether a list or map is written in brackets. One without stands where its first entry does.
fn in_brackets(text: &str, node: &Node<'_>) -> bool {
    let bracket = match &node.value {
        Value::Map(_) => '{',
        Value::List(_) => '[',
        Value::Empty | Value::Faulty | Value::Plain(_) | Value::Quoted(_) => return false,
    };
    text.get(node.span.start..).is_some_and(|here| here.starts_with(bracket))
}

/// Behind the last byte of a value.
fn end_of(text: &str, node: &Node<'_>) -> Option<usize> {
    if in_brackets(text, node) {
        let length = closed(text.get(node.span.start..)?)?;
        return Some(node.span.start + length);
    }
    match &node.value {
        Value::Map(entries) => end_of(text, &entries.last()?.1),
        Value::List(items) => end_of(text, items.last()?),
        Value::Empty | Value::Faulty | Value::Plain(_) | Value::Quoted(_) => Some(node.span.end),
    }
}

/// How long a list or map in brackets is.
fn closed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    // What came last, white space apart: a quotation mark opens a text only behind one of these.
    let mut last = ',';
    let mut blank = true;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + c.len_utf8());
                }
            }
            '#' if blank => {
                let _comment = chars.find(|(_, c)| *c == '\n');
            }
            '"' | '\'' if matches!(last, ',' | ':' | '{' | '[') => quoted(&mut chars, c)?,
            _ => {}
        }
        blank = c.is_whitespace();
        if !blank {
            last = c;
        }
    }
    None
}

/// Passes over the rest of a quoted text.
fn quoted(chars: &mut std::str::CharIndices<'_>, mark: char) -> Option<()> {
    loop {
        match chars.next()?.1 {
            // A doubled single quotation mark opens the next part of the same text.
            '\'' if mark == '\'' && chars.clone().next().is_some_and(|(_, c)| c == '\'') => {
                chars.next();
            }
            '\\' if mark == '"' => {
                chars.next();
            }
            c if c == mark => return Some(()),
            _ => {}
        }
    }
}

/// The rest of a path in lines of its own: sections and roles get lines, people get brackets.
fn block(rest: &[Seg<'_>], value: &str, indent: &str) -> String {
    let deeper = format!("{indent}  ");
    match rest {
        [] => String::new(),
        [Seg::Word(word)] => format!("{indent}{word}: {}\n", scalar(value)),
        [Seg::Word(word @ ("holder" | "agreement")), more @ ..] => {
            format!("{indent}{word}: {{{}}}\n", bare(more, value))
        }
        [Seg::Word(word), more @ ..] => {
            format!("{indent}{word}:\n{}", block(more, value, &deeper))
        }
        [Seg::Nth(..), ..] => format!("{indent}- {}\n", bare(rest, value)),
    }
}

/// The rest of a path within brackets: what goes between them.
fn bare(rest: &[Seg<'_>], value: &str) -> String {
    match rest {
        [] => scalar(value),
        [Seg::Word(word)] => format!("{word}: {}", scalar(value)),
        [Seg::Word(word), more @ ..] if matches!(more.first(), Some(Seg::Nth(..))) => {
            format!("{word}: [{}]", bare(more, value))
        }
        [Seg::Word(word), more @ ..] => format!("{word}: {{{}}}", bare(more, value)),
        [Seg::Nth(_, Some(service)), more @ ..] => {
            format!("{{{}, for: {service}}}", bare(more, value))
        }
        [Seg::Nth(_, None), more @ ..] => format!("{{{}}}", bare(more, value)),
    }
}

/// The words as they stand in the file: in quotes wherever YAML might see something else in them.
pub(super) fn scalar(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-');
    let day = value.len() == 10 && value.parse::<chrono::NaiveDate>().is_ok();
    let word = value.starts_with(char::is_alphabetic) && value.chars().all(plain);
    if day || (word && !value.ends_with(' ')) {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

fn line_of(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(1, |before| before.matches('\n').count() + 1)
}
