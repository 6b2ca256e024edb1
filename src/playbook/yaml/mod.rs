//! The only place that knows YAML: text in, a mirror of the file out ([`shape::Book`] of a playbook), every objection in the findings.
//!
//! Three layers: [`tree`] turns parser events into a bounded tree with byte spans, [`read`] turns
//! nodes into values, [`shape`] says once which keys a playbook has. What a value *means* (ids,
//! durations, references) is no business of this module; `compile` judges that.
//!
//! Why not serde's `Deserialize`: it ends at the first fault, cannot tell a missing value from a
//! faulty one, and carries spans only through private tricks. The `shape!` table holds the same
//! information as derived structs (struct, key, type, doc comment), and [`schema`](mod@schema) is made from it.

mod item;
mod read;
mod schema;
mod shape;
mod syntax;
mod tree;

pub(super) use item::Item;
pub(crate) use read::{
    Entries, Flag, List, OneOrMany, Read, Short, Slot, Text, Under, map, slot, unknown_key,
};
pub use schema::{Others, Schema};
pub(crate) use schema::{Said, Word, may, must};
pub(crate) use shape::shape;
pub(super) use shape::*;
pub(crate) use tree::{Node, Value};

use super::decode::too_large;
use super::findings::{Findings, Span};
use super::printable::is_unprintable;

/// The largest file, in bytes.
pub const MAX_SIZE: usize = 256 * 1024;

/// What the file says, as far as it could be read. Nothing only where the findings say why.
pub(crate) fn parse<'s, T: Read<'s>>(source: &'s str, findings: &mut Findings<'s>) -> Option<T> {
    let root = tree(source, findings)?;
    read(root, findings)
}

/// What the values of a whole file mean.
pub(super) fn read<'s, T: Read<'s>>(root: Node<'s>, findings: &mut Findings<'s>) -> Option<T> {
    read::document(root, findings)
}

/// What editors may be told of a playbook.
#[must_use]
pub fn schema() -> Schema {
    Book::schema(&must(Word::TITLE)).root("A playbook of runbook")
}

/// What editors may be told of a step set.
#[must_use]
pub(super) fn set_schema() -> Schema {
    Set::schema(&must(Word::TITLE)).root("A step set of runbook")
}

/// The values and keys of a file with their places, whatever they mean.
pub(crate) fn tree<'s>(source: &'s str, findings: &mut Findings<'s>) -> Option<Node<'s>> {
    if source.len() > MAX_SIZE {
        findings.error_help(
            Span { start: 0, end: 0 },
            too_large(findings.kind(), source.len()),
            findings.kind().shorten().to_owned(),
        );
        return None;
    }
    if report_unprintable(source, findings) {
        return None;
    }
    tree::build(source, findings)
}

/// Reports the characters that show a reader something else than the program reads, comments
/// included. True if one of them would also confuse the parser.
fn report_unprintable(source: &str, findings: &mut Findings<'_>) -> bool {
    let mut confusing = false;
    let mut chars = source.char_indices().peekable();
    chars.next_if(|(_, c)| *c == '\u{feff}');
    while let Some((start, c)) = chars.next() {
        let line_end = c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n');
        if matches!(c, '\n' | '\t') || line_end || !is_unprintable(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        while chars.next_if(|(_, next)| *next == c).is_some() {
            end += c.len_utf8();
        }
        findings.error_help(
            Span { start, end },
            format!("the unprintable character U+{:04X} stands here", u32::from(c)),
            "delete it, or type the line again".to_owned(),
        );
        confusing |= c.is_control() || c == '\u{feff}';
    }
    confusing
}
