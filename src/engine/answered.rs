//! What the answers to steps say beyond the step: milestones, so that nobody enters a time twice, and
//! counts of patients that figures need.

use super::event::Event;
use super::state::{Outcome, State};
use super::text::Text;
use super::time::Timestamp;
use crate::playbook::{Count, Field, FieldKind, Form, Mark, Playbook, Step};

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
            | FieldKind::Number(_)
            | FieldKind::YesNo
            | FieldKind::Choice(_) => None,
        })
        .collect()
}

/// The newest count of patients that an answer gives, at or before `until`, and when it was counted.
/// Absent where nobody counted, and where the newest answer is no whole number.
#[must_use]
pub fn counted(
    book: &Playbook,
    state: &State,
    count: Count,
    until: Timestamp,
) -> Option<(u32, Timestamp)> {
    let all = book.steps().flat_map(|(_, step)| counts(step, state, count));
    let (words, at) = all.filter(|(_, at)| *at <= until).max_by_key(|(_, at)| *at)?;
    Some((words.trim().parse().ok()?, at))
}

/// Every answer to a field of this kind that stands, in the order of the turns.
fn counts<'a>(
    step: &'a Step,
    state: &'a State,
    count: Count,
) -> impl Iterator<Item = (&'a str, Timestamp)> {
    let fields: &[Field] = match &step.form {
        Form::Collect(fields) => fields,
        Form::Action
        | Form::Decision(_)
        | Form::Message(_)
        | Form::Outreach(_)
        | Form::Check(_) => &[],
    };
    let wanted = fields.iter().filter(move |field| field.kind == FieldKind::Number(Some(count)));
    wanted.flat_map(move |field| {
        state.steps().of(&step.id).iter().filter_map(move |occurrence| {
            let Outcome::Done { moment, done } = &occurrence.outcome else { return None };
            Some((done.answers.get(&field.id)?.words()?, state.time_of(moment)))
        })
    })
}
