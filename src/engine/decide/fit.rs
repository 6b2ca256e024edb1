//! Whether an answer fits the field that asks for it.

use super::Refusal;
use crate::engine::text::Text;
use crate::engine::time::Timestamp;
use crate::playbook::{Field, FieldKind};

/// A time that marks a milestone is one that has come; others (the next briefing) may lie ahead.
pub(super) fn has_happened(field: &Field, text: &Text, now: Timestamp) -> Result<(), Refusal> {
    match field.kind {
        FieldKind::Time(Some(_)) => {
            super::not_in_future(text.words().and_then(Timestamp::parse), now)
        }
        FieldKind::Time(None)
        | FieldKind::Text
        | FieldKind::Number(_)
        | FieldKind::YesNo
        | FieldKind::Choice(_) => Ok(()),
    }
}

/// Whether an answer is of the kind that its field takes.
pub(super) fn fits(field: &Field, text: &Text) -> Result<(), Refusal> {
    let Some(words) = text.words() else { return Ok(()) };
    let fine = match &field.kind {
        FieldKind::Text => true,
        FieldKind::Number(_) => words.trim().parse::<f64>().is_ok_and(f64::is_finite),
        // The edge has turned every way of writing a time into RFC 3339.
        FieldKind::Time(_) => Timestamp::parse(words).is_some(),
        FieldKind::YesNo => matches!(words, "yes" | "no"),
        FieldKind::Choice(options) => options.iter().any(|option| option == words),
    };
    if fine {
        return Ok(());
    }
    let (field, kind) = (field.id.to_string(), field.kind.clone());
    Err(Refusal::BadAnswer { field, given: words.to_owned(), kind })
}
