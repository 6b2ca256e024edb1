//! Incidents that grew out of one another, as their first records say. Nothing here is verified.

use super::error::JournalError;
use super::id::IncidentId;
use super::store::{Glance, Home};

impl Home {
    /// The open incidents that grew out of this one, each after the one it grew out of. One that cannot
    /// be looked at does not stand in the way.
    pub fn linked(&self, id: &IncidentId) -> Result<Vec<IncidentId>, JournalError> {
        let mut open = Vec::new();
        for (other, _) in self.list()? {
            let glance = self.glance(&other).ok().filter(|glance| !glance.ended);
            open.extend(glance.and_then(grew_out_of).map(|from| (other, from)));
        }
        let mut all = vec![id.clone()];
        let mut at = 0;
        while let Some(from) = all.get(at) {
            let grown =
                open.iter().filter(|(other, of)| of == from.as_str() && !all.contains(other));
            let grown: Vec<IncidentId> = grown.map(|(other, _)| other.clone()).collect();
            all.extend(grown);
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
