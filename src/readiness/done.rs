//! What is on record of those who took part in an exercise.

use crate::engine::{Event, Fact};

/// What those who took part did that was recorded, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Done {
    /// Nothing.
    Nothing,
    /// Somebody wrote down what was said, seen or found. (Declaring does not tell: `start` does it, too.)
    Talk,
    /// Steps were answered.
    Work,
}

impl Done {
    /// What one fact shows; one of a newer version shows nothing.
    #[must_use]
    pub const fn of(fact: &Fact) -> Self {
        let Fact::Known(event) = fact else { return Self::Nothing };
        let told = matches!(
            event,
            Event::NoteAdded { .. } | Event::ObservationNoted { .. } | Event::FindingNoted(_)
        );
        match (event.occurrence(), told) {
            (Some(_), _) => Self::Work,
            (None, true) => Self::Talk,
            (None, false) => Self::Nothing,
        }
    }
}
