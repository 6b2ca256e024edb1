//! The steps of a step set as blocks of lines that can be put elsewhere.

use std::ops::Range;

use super::super::findings::Findings;
use super::super::yaml::{Node, Value};
use super::uses::{behind_dash, entry, use_of};

/// One step of a step set as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::playbook) struct Block {
    /// The id it gives itself.
    pub(in crate::playbook) id: String,
    /// From the start of its first line to the end of its last one, without the line's end.
    pub(super) bytes: Range<usize>,
    /// How many spaces stand in front of its dash.
    pub(super) indent: usize,
}

/// The blocks of a step set. Entries that cannot be put elsewhere are reported and taken out of the
/// tree, so that nothing else is said of them.
pub(in crate::playbook) fn cut<'s>(
    root: &mut Node<'s>,
    source: &'s str,
    findings: &mut Findings<'s>,
) -> Vec<Block> {
    let Value::Map(entries) = &mut root.value else { return Vec::new() };
    let steps = entries.iter_mut().find(|(name, _)| name.value == "steps");
    let Some(Value::List(items)) = steps.map(|(_, node)| &mut node.value) else {
        return Vec::new();
    };
    let mut blocks = Vec::with_capacity(items.len());
    for item in items {
        if let Some(at) = use_of(item) {
            let help = "write the step itself here, or use both step sets in the playbook";
            findings.error_help(at, "a step set cannot use another one", help.to_owned());
            item.value = Value::Faulty;
            continue;
        }
        let Value::Map(_) = &item.value else { continue };
        if let Some((start, indent)) = behind_dash(source, item.span.start) {
            let bytes = start..end_of_line(source, item.end);
            blocks.extend(id_of(item).map(|id| Block { id, bytes, indent }));
        } else {
            let message = "a step of a step set begins in a line of its own";
            let help = "write `- id: NAME`, and its other keys in lines below".to_owned();
            findings.error_help(item.span, message, help);
        }
    }
    blocks
}

/// The id that a step gives itself; that one without is faulty, somebody else says.
fn id_of(step: &Node<'_>) -> Option<String> {
    match &entry(step, "id")?.value {
        Value::Plain(id) | Value::Quoted(id) => Some(id.to_string()),
        Value::Empty | Value::Faulty | Value::List(_) | Value::Map(_) => None,
    }
}

/// Behind the last byte of the line that holds this one, without the line's end.
pub(super) fn end_of_line(source: &str, byte: usize) -> usize {
    let end =
        source.get(byte..).and_then(|rest| rest.find('\n')).map_or(source.len(), |at| byte + at);
    match source.get(..end) {
        Some(before) if end < source.len() && before.ends_with('\r') => end - 1,
        Some(_) | None => end,
    }
}
