//! Incidents that grew out of one another, as their first records say. Nothing here is verified.

use super::error::JournalError;
use super::id::IncidentId;
use super::store::{Glance, Home};

impl Home {
    /// The open ones of [`Home::grown`].
    pub fn linked(&self, id: &IncidentId) -> Result<Vec<IncidentId>, JournalError> {
        let grown = self.grown(id)?.into_iter().filter(|(_, ended)| !ended);
        Ok(grown.map(|(id, _)| id).collect())
    }

    /// The incidents that grew out of this one, each after the one it grew out of, and whether it has
    /// ended. One that cannot be looked at does not stand in the way.
    pub fn grown(&self, id: &IncidentId) -> Result<Vec<(IncidentId, bool)>, JournalError> {
        let mut others = Vec::new();
        for (other, _) in self.list()? {
            let Ok(glance) = self.glance(&other) else { continue };
            let ended = glance.ended;
            others.extend(grew_out_of(glance).map(|from| (other, ended, from)));
        }
        let mut all = vec![(id.clone(), false)];
        let mut at = 0;
        while let Some((from, _)) = all.get(at).cloned() {
            let (more, rest) =
                others.into_iter().partition(|(_, _, of): &(_, _, String)| of == from.as_str());
            others = rest;
            let more: Vec<(IncidentId, bool, String)> = more;
            let new = more.into_iter().map(|(other, ended, _)| (other, ended));
            all.extend(new.filter(|(other, _)| other != id));
            at += 1;
        }
        all.remove(0);
        Ok(all)
    }

    /// The first of the incidents that this one grew out of; nothing where it is the first itself, or
    /// where that one does not lie here.
    pub fn first(&self, id: &IncidentId) -> Result<Option<IncidentId>, JournalError> {
        let all = self.list()?;
        let mut first = None;
        let mut from = grew_out_of(self.glance(id)?);
        // No chain is longer than there are incidents, whatever their files claim.
        for _ in 0..all.len() {
            let Some(before) = from else { break };
            let Some((id, _)) = all.iter().find(|(id, _)| id.as_str() == before) else { break };
            from = grew_out_of(self.glance(id)?);
            first = Some(id.clone());
        }
        Ok(first)
    }
}

fn grew_out_of(glance: Glance) -> Option<String> {
    glance.opened.and_then(|(_, opened)| opened.linked_from)
}
