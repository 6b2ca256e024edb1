//! How an incident goes on in another one, with another playbook.

#[cfg(test)]
mod tests;

use crate::engine::{
    Actor, Event, ExerciseStarted, Fact, Intent, Request, Verdict, decide, find_role,
};
use crate::journal::{Glance, IncidentId};
use crate::playbook::{Mark, PlaybookId};
use crate::world::World;

use super::{Assignment, ExercisePlan, Pinned, Plan, Receipt, Session, SessionError};

/// That an incident goes on in another one.
#[derive(Debug)]
pub struct Escalated {
    /// The linked incident; its name is on record here.
    pub incident: String,
    /// Where to go on; absent if the same request had been recorded before.
    pub session: Option<Session>,
    /// An earlier try had opened it and could not record it here.
    pub adopted: bool,
    /// What was recorded here.
    pub receipt: Receipt,
}

impl Session {
    /// Opens a linked incident with another playbook, and records here that it did. T+0, onset,
    /// detection, site and the holders of roles that both playbooks know come along, as they are by
    /// now.
    ///
    /// `request` asks for [`Intent::Escalate`]; the name of the linked incident is filled in here. The
    /// linked incident comes first: if that fails, nothing claims that it exists. A request that will
    /// not be taken opens nothing, and what an earlier try has opened without recording it here is
    /// taken instead of a second one.
    ///
    /// # Errors
    /// A refusal if this incident is over; [`SessionError::Unlinked`] if the linked incident is open
    /// and this one does not say so; otherwise what the files say.
    pub fn escalate(
        &mut self,
        world: &World,
        pinned: Pinned,
        request: Request,
    ) -> Result<Escalated, SessionError> {
        // Others may have moved it while somebody was asked.
        self.catch_up()?;
        self.takes_records()?;
        let before = self.opened_before(&request);
        let request = naming(request, before.as_deref().unwrap_or_default());
        let verdict = decide(&self.book, self.state(), self.now(world), &request);
        if let Verdict::Already(..) = verdict.map_err(SessionError::Refused)? {
            let receipt = self.execute(world, &request)?;
            let incident = before.unwrap_or_default();
            return Ok(Escalated { incident, session: None, adopted: false, receipt });
        }
        let left = self.left_unlinked(&pinned.book.id)?;
        let adopted = left.is_some();
        let session = if let Some(id) = left {
            Self::resume(world, &self.home, &id)?
        } else {
            let plan = self.carried_over(world, &request.actor, pinned);
            Self::begin(world, &self.home, &plan)?.0
        };
        let receipt = self.link(world, request, session.id())?;
        let incident = session.id().to_string();
        Ok(Escalated { incident, session: Some(session), adopted, receipt })
    }

    /// Records that this incident goes on in the one that is open by now.
    fn link(
        &mut self,
        world: &World,
        request: Request,
        opened: &IncidentId,
    ) -> Result<Receipt, SessionError> {
        let named = naming(request, opened.as_str());
        self.execute(world, &named).map_err(|because| SessionError::Unlinked {
            opened: opened.clone(),
            here: self.id.clone(),
            because: Box::new(because),
        })
    }

    /// The incident that the same request opened before, known by its key.
    fn opened_before(&self, request: &Request) -> Option<String> {
        let used = self.state().key(request.key.as_deref()?)?;
        let Event::IncidentEscalated { incident, .. } = &used.event else { return None };
        Some(incident.clone())
    }

    /// An open incident of this playbook that says it grew out of this one, while this one does not
    /// say so. One that cannot be read does not stand in the way.
    fn left_unlinked(&self, playbook: &PlaybookId) -> Result<Option<IncidentId>, SessionError> {
        let ours = |glance: &Glance| {
            let opened = glance.opened.as_ref().filter(|_| !glance.ended);
            opened.is_some_and(|(_, opened)| {
                opened.playbook == *playbook
                    && opened.linked_from.as_deref() == Some(self.id.as_str())
            })
        };
        let mut found = Vec::new();
        for (id, _) in self.home.list()? {
            if self.home.glance(&id).is_ok_and(|glance| ours(&glance)) {
                found.push(id);
            }
        }
        if found.is_empty() {
            return Ok(None);
        }
        let reading = self.read_all()?;
        let records = reading.records();
        let linked = |id: &IncidentId| {
            records.iter().any(|record| match &record.fact {
                Fact::Known(Event::IncidentEscalated { incident, .. }) => incident == id.as_str(),
                Fact::Known(_) | Fact::Newer(_) => false,
            })
        };
        Ok(found.into_iter().find(|id| !linked(id)))
    }

    fn carried_over(&self, world: &World, actor: &Actor, pinned: Pinned) -> Plan {
        let state = self.state();
        let time = |mark| state.mark(mark).map(|moment| state.time_of(moment));
        let held = state.tenures().iter().filter(|tenure| tenure.to.is_none());
        let assignments: Vec<Assignment> = held
            .filter(|tenure| find_role(&pinned.book, tenure.role.as_str()).is_ok())
            .map(|tenure| Assignment {
                role: tenure.role.clone(),
                person: tenure.person.clone(),
                deputy: tenure.deputy,
                since: Some(state.time_of(&tenure.from)).max(state.t0()),
            })
            .collect();
        Plan {
            title: None,
            site: state.opened().and_then(|opened| opened.site.clone()),
            mode: state.mode(),
            suspected: state.t0().is_none(),
            onset: time(Mark::Onset),
            detected: time(Mark::Detected),
            declared: state.t0(),
            assignments,
            actor: actor.clone(),
            linked_from: Some(self.id.to_string()),
            exercise: self.linked_exercise(world),
            standing: false,
            pinned,
        }
    }
}

impl Session {
    /// An exercise stays one where it goes on: same facilitator, same hour, same speed. Its injects
    /// stay where they are pinned.
    fn linked_exercise(&self, world: &World) -> Option<ExercisePlan> {
        let exercise = self.state().exercise();
        let setting = exercise.clock()?.setting();
        let started = exercise.started()?.clone();
        let started = ExerciseStarted {
            exercise: None,
            digest: None,
            objectives: Vec::new(),
            scenario: None,
            ..started
        };
        let at = Some(self.now(world));
        let (speed, paused) = (setting.speed, setting.paused);
        Some(ExercisePlan { started, definition: None, speed, paused, at })
    }
}

fn naming(mut request: Request, name: &str) -> Request {
    if let Intent::Escalate { incident, .. } = &mut request.intent {
        name.clone_into(incident);
    }
    request
}
