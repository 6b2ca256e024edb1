//! Who plays where an exercise has gone on with another playbook: no less than whoever plays here.

use std::collections::BTreeSet;

use crate::engine::{ExerciseRefusal, Intent, Person, State, same_name};
use crate::journal::Glance;

use super::{Session, SessionError};

impl Session {
    /// Whether this person plays in the exercise, here or in one that grew out of it; whoever facilitates
    /// does not, and whoever is alone does all of it. An exercise that cannot be read stands in nobody's way.
    ///
    /// # Errors
    /// If the folder of the exercises cannot be read.
    fn plays(&self, person: &Person) -> Result<bool, SessionError> {
        let exercise = self.state().exercise();
        let several = exercise.started().filter(|started| !started.solo);
        let Some(started) = several else { return Ok(false) };
        if same_name(&started.facilitator, person) {
            return Ok(false);
        }
        Ok(exercise.is_player(person) || self.plays_in_linked(person)?)
    }

    fn plays_in_linked(&self, person: &Person) -> Result<bool, SessionError> {
        let all = self.home.list()?.into_iter();
        let glances: Vec<Glance> = all.filter_map(|(id, _)| self.home.glance(&id).ok()).collect();
        let mut roots = BTreeSet::from([self.id.to_string()]);
        loop {
            let grown = |glance: &&Glance| {
                let opened = glance.opened.as_ref();
                let from = opened.and_then(|(_, opened)| opened.linked_from.as_ref());
                from.is_some_and(|from| roots.contains(from))
                    && !roots.contains(&glance.id.to_string())
            };
            let Some(next) = glances.iter().find(grown) else { return Ok(false) };
            roots.insert(next.id.to_string());
            let Ok(reading) = self.home.read(&next.id, None) else { continue };
            let mut state = State::default();
            reading.records().into_iter().for_each(|record| state.apply(record));
            if state.exercise().is_player(person) {
                return Ok(true);
            }
        }
    }

    /// Whoever plays does not facilitate, and does not see what is to come; the engine knows only the
    /// players of this exercise.
    ///
    /// # Errors
    /// [`ExerciseRefusal::PlayerMayNot`] for a player, and if the exercises cannot be read.
    pub fn no_player(&self, person: Option<&Person>) -> Result<(), SessionError> {
        let Some(person) = person else { return Ok(()) };
        if !self.plays(person)? {
            return Ok(());
        }
        let facilitator = self.state().exercise().started().map(|one| one.facilitator.clone());
        let refusal = ExerciseRefusal::PlayerMayNot { person: person.clone(), facilitator };
        Err(SessionError::Refused(refusal.into()))
    }
}

/// What only those record who do not play.
pub(super) const fn facilitates(intent: &Intent) -> bool {
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
