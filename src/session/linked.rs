//! An exercise that goes on with other playbooks is still one exercise: it has one clock, one list of
//! injects, which lies with the first playbook, and one end.

use crate::engine::{Actor, Mode, Request};
use crate::journal::IncidentId;
use crate::world::World;

use super::{Receipt, Session, SessionError};

/// What came of a request in an exercise that grew out of the one it was made in.
#[derive(Debug)]
pub struct Elsewhere {
    /// Where.
    pub incident: IncidentId,
    /// That it is on disk, or why not.
    pub outcome: Result<Receipt, SessionError>,
}

impl Session {
    /// The same in this exercise and in every open one that grew out of it. What cannot be recorded in
    /// one of those stands in no other's way.
    ///
    /// # Errors
    /// As [`Session::execute`] here; the others are left alone then.
    pub fn execute_everywhere(
        &mut self,
        world: &World,
        request: &Request,
    ) -> Result<(Receipt, Vec<Elsewhere>), SessionError> {
        let linked = self.home.linked(&self.id)?;
        let private = self.private.clone();
        let receipt = self.execute(world, request)?;
        // Another playbook may not have the role.
        let actor = Actor { role: None, ..request.actor.clone() };
        let request = Request { actor, ..request.clone() };
        let elsewhere = |incident: IncidentId| {
            let outcome = Self::resume(world, &self.home, &incident).and_then(|mut session| {
                session.carry(private.clone());
                session.execute(world, &request)
            });
            Elsewhere { incident, outcome }
        };
        Ok((receipt, linked.into_iter().map(elsewhere).collect()))
    }

    /// The exercise that whoever facilitates means by this one: the first, with the list and the clock.
    /// Nothing where this is it, and where only this one is still open.
    ///
    /// # Errors
    /// What the files say.
    pub fn whole(&self, world: &World) -> Result<Option<Self>, SessionError> {
        let over = self.state().ending().is_some();
        Ok(self.first(world)?.filter(|first| over || first.state().ending().is_none()))
    }

    /// The first of the exercises that this one grew out of: its list of injects and its clock are the
    /// whole exercise's. Nothing where this is the first itself.
    ///
    /// # Errors
    /// What the files say.
    pub fn first(&self, world: &World) -> Result<Option<Self>, SessionError> {
        let opened = self.state().opened().filter(|opened| opened.mode == Mode::Exercise);
        if opened.is_none_or(|opened| opened.linked_from.is_none()) {
            return Ok(None);
        }
        let first = self.home.first(&self.id)?;
        first.map(|id| Self::resume(world, &self.home, &id)).transpose()
    }
}
