//! Milestones that the answers to a step mark, so that nobody enters a time twice.

use super::event::Event;
use super::text::Text;
use super::time::Timestamp;
use crate::playbook::{FieldKind, Form, Mark, Playbook};

/// The milestones that an answer marks, each with its time.
#[must_use]
pub fn answered_marks(book: &Playbook, event: &Event) -> Vec<(Mark, Timestamp)> {
    let Event::StepDone(done) = event else { return Vec::new() };
    let Some(Form::Collect(fields)) = book.step(&done.step).map(|step| &step.form) else {
        return Vec::new();
    };
    fields
        .iter()
        .filter_map(|field| match field.kind {
            FieldKind::Time(Some(mark)) => {
                let words = done.answers.get(&field.id).and_then(Text::words)?;
                Some((mark, Timestamp::parse(words)?))
            }
            FieldKind::Time(None)
            | FieldKind::Text
            | FieldKind::Number
            | FieldKind::YesNo
            | FieldKind::Choice(_) => None,
        })
        .collect()
}
