//! Who holds which role.

use super::{Advice, Refusal, State, Verdict, already, find_role};
use crate::engine::event::Event;
use crate::engine::text::{Person, Text};
use crate::playbook::{Playbook, RoleId};

pub(super) fn assign(
    book: &Playbook,
    state: &State,
    role: &RoleId,
    person: &Person,
    deputy: bool,
) -> Result<Verdict, Refusal> {
    find_role(book, role.as_str())?;
    let same = |t: &&super::super::state::Tenure| t.person == *person && t.deputy == deputy;
    if let Some(tenure) = state.holders(role).find(same) {
        return Ok(already(state, &tenure.from));
    }
    let (role, person) = (role.clone(), person.clone());
    let advice = many_roles(state, &role, &person);
    let event = Event::RoleAssigned { role, person, deputy };
    Ok(Verdict::Record(vec![event], advice.into_iter().collect()))
}

/// One person in several roles is allowed, and said once: when the second one is taken on.
fn many_roles(state: &State, role: &RoleId, person: &Person) -> Option<Advice> {
    let mut roles: Vec<RoleId> = state.roles_of(person).filter(|r| *r != role).cloned().collect();
    if roles.len() != 1 {
        return None;
    }
    roles.push(role.clone());
    Some(Advice::ManyRoles(person.clone(), roles))
}

pub(super) fn release(
    book: &Playbook,
    state: &State,
    role: &RoleId,
    person: &Person,
) -> Result<Verdict, Refusal> {
    find_role(book, role.as_str())?;
    if !state.holders(role).any(|tenure| tenure.person == *person) {
        let holders = state.holders(role).map(|tenure| tenure.person.clone()).collect();
        let (role, person) = (role.clone(), person.clone());
        return Err(Refusal::NotHeld { role, person, holders });
    }
    let (role, person) = (role.clone(), person.clone());
    Ok(super::one(Event::RoleReleased { role, person }))
}

pub(super) fn hand_over(
    book: &Playbook,
    state: &State,
    role: &RoleId,
    to: &Person,
    note: Option<&Text>,
) -> Result<Verdict, Refusal> {
    find_role(book, role.as_str())?;
    let first: Vec<_> = state.holders(role).filter(|tenure| !tenure.deputy).collect();
    if let [only] = first.as_slice()
        && only.person == *to
    {
        return Ok(already(state, &only.from));
    }
    // A deputy who takes over stops being the deputy.
    let stand_in = state.holders(role).filter(|t| t.deputy && t.person == *to);
    let from: Vec<Person> = first
        .iter()
        .copied()
        .chain(stand_in)
        .map(|t| t.person.clone())
        .filter(|p| p != to)
        .collect();
    if first.is_empty() {
        return Err(Refusal::Unheld { role: role.clone() });
    }
    let advice = many_roles(state, role, to);
    let (role, to, note) = (role.clone(), to.clone(), note.cloned());
    let event = Event::RoleHandedOver { role, from, to, note };
    Ok(Verdict::Record(vec![event], advice.into_iter().collect()))
}
