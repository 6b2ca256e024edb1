//! Who plays where an exercise has gone on with another playbook: no less than whoever plays here.

use crate::engine::{ExerciseRefusal, Intent, Person, State, same_name};
use crate::journal::{Home, IncidentId};

use super::{Archive, Session, SessionError};

/// An exercise, as it can be asked who plays.
struct Played<'a> {
    home: &'a Home,
    id: &'a IncidentId,
    state: &'a State,
}

impl Played<'_> {
    /// Whether this person plays in the exercise, here or in one that grew out of it; whoever facilitates
    /// does not, and whoever is alone does all of it. An exercise that cannot be read stands in nobody's way.
    fn by(&self, person: &Person) -> Result<bool, SessionError> {
        let exercise = self.state.exercise();
        let several = exercise.started().filter(|started| !started.solo);
        let Some(started) = several else { return Ok(false) };
        if same_name(&started.facilitator, person) {
            return Ok(false);
        }
        Ok(exercise.is_player(person) || self.plays_in_linked(person)?)
    }

    fn plays_in_linked(&self, person: &Person) -> Result<bool, SessionError> {
        for (grown, _) in self.home.grown(self.id)? {
            let Ok(reading) = self.home.read(&grown, None) else { continue };
            let mut state = State::default();
            reading.records().into_iter().for_each(|record| state.apply(record));
            if state.exercise().is_player(person) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn not_by(&self, person: Option<&Person>) -> Result<(), SessionError> {
        let Some(person) = person else { return Ok(()) };
        if !self.by(person)? {
            return Ok(());
        }
        let facilitator = self.state.exercise().started().map(|one| one.facilitator.clone());
        let refusal = ExerciseRefusal::PlayerMayNot { person: person.clone(), facilitator };
        Err(SessionError::Refused(refusal.into()))
    }
}

impl Session {
    /// Whoever plays does not facilitate, and does not see what is to come; the engine knows only the
    /// players of this exercise.
    ///
    /// # Errors
    /// [`ExerciseRefusal::PlayerMayNot`] for a player, and if the exercises cannot be read.
    pub fn no_player(&self, person: Option<&Person>) -> Result<(), SessionError> {
        Played { home: &self.home, id: &self.id, state: self.state() }.not_by(person)
    }

    /// What only those record who do not play: to take a judgement back is no less.
    pub(super) fn is_for_no_player(&self, intent: &Intent) -> bool {
        match intent {
            Intent::Withdraw { target, .. } => self.state().exercise().rests_on(target),
            intent => facilitates(intent),
        }
    }
}

impl Archive {
    /// The same for what is only read.
    ///
    /// # Errors
    /// As [`Session::no_player`].
    pub fn no_player(&self, home: &Home, person: Option<&Person>) -> Result<(), SessionError> {
        Played { home, id: &self.id, state: &self.state }.not_by(person)
    }
}

const fn facilitates(intent: &Intent) -> bool {
    matches!(
        intent,
        Intent::DeliverInject { .. }
            | Intent::AddInject { .. }
            | Intent::HoldInject { .. }
            | Intent::SkipInject { .. }
            | Intent::Observe { .. }
            | Intent::Rate { .. }
            | Intent::SetClock { .. }
    )
}
