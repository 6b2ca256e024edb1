//! What is on record of those who took part in an exercise.

use crate::engine::{Event, Fact, Record, State};
use crate::playbook::Playbook;

/// What is on record of those who took part, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Done {
    /// Nothing.
    Nothing,
    /// Somebody wrote down what was said, seen or found. (Declaring does not tell: `start` does it, too.)
    Talk,
    /// Steps were answered, and the answers stand.
    Work,
}

impl Done {
    /// What an exercise comes to.
    #[must_use]
    pub fn of(book: &Playbook, state: &State, records: &[Record]) -> Self {
        let told = |record: &Record| {
            matches!(
                record.fact,
                Fact::Known(
                    Event::NoteAdded { .. }
                        | Event::ObservationNoted { .. }
                        | Event::FindingNoted(_)
                )
            )
        };
        if book.steps().any(|(_, step)| !state.steps().of(&step.id).is_empty()) {
            Self::Work
        } else if records.iter().any(told) {
            Self::Talk
        } else {
            Self::Nothing
        }
    }
}
