//! How an incident goes on in another one, with another playbook.

use crate::engine::{Actor, Event, Intent, Request, Verdict, decide, find_role};
use crate::playbook::{Mark, Playbook};
use crate::world::World;

use super::{Assignment, Plan, Receipt, Session, SessionError};

/// That an incident goes on in another one.
#[derive(Debug)]
pub struct Escalated {
    /// The linked incident; its name is on record here.
    pub incident: String,
    /// It was opened now; absent if the same request had opened it before.
    pub session: Option<Session>,
    /// What was recorded here.
    pub receipt: Receipt,
}

impl Session {
    /// Opens a linked incident with another playbook, and records here that it did. T+0, onset,
    /// detection, site and the holders of roles that both playbooks know come along.
    ///
    /// `request` asks for [`Intent::Escalate`]; the name of the linked incident is filled in here. The
    /// linked incident comes first: if that fails, nothing claims that it exists. A request that will
    /// not be taken opens nothing.
    ///
    /// # Errors
    /// A refusal if this incident is over; otherwise what the files say.
    pub fn escalate(
        &mut self,
        world: &World,
        (book, source): (Playbook, String),
        request: Request,
    ) -> Result<Escalated, SessionError> {
        let before = self.opened_before(&request);
        let request = naming(request, before.as_deref().unwrap_or_default());
        let verdict = decide(&self.book, self.state(), world.clock.now(), &request);
        if let Verdict::Already(..) = verdict.map_err(SessionError::Refused)? {
            let receipt = self.execute(world, &request)?;
            return Ok(Escalated { incident: before.unwrap_or_default(), session: None, receipt });
        }
        let plan = self.carried_over(&request.actor, book, source);
        let (session, _) = Self::begin(world, &self.home, &plan)?;
        let incident = session.id().to_string();
        let receipt = self.execute(world, &naming(request, &incident))?;
        Ok(Escalated { incident, session: Some(session), receipt })
    }

    /// The incident that the same request opened before, known by its key.
    fn opened_before(&self, request: &Request) -> Option<String> {
        let used = self.state().key(request.key.as_deref()?)?;
        let Event::IncidentEscalated { incident, .. } = &used.event else { return None };
        Some(incident.clone())
    }

    fn carried_over(&self, actor: &Actor, book: Playbook, source: String) -> Plan {
        let state = self.state();
        let time = |mark| state.mark(mark).map(|moment| state.time_of(moment));
        let held = state.tenures().iter().filter(|tenure| tenure.to.is_none());
        let assignments: Vec<Assignment> = held
            .filter(|tenure| find_role(&book, tenure.role.as_str()).is_ok())
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
            book,
            source,
        }
    }
}

fn naming(mut request: Request, name: &str) -> Request {
    if let Intent::Escalate { incident, .. } = &mut request.intent {
        name.clone_into(incident);
    }
    request
}
