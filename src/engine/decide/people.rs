//! Who holds which role.

use super::{Advice, Refusal, State, Verdict, already, find_role};
use crate::engine::event::{Confirmation, Event};
use crate::engine::state::Tenure;
use crate::engine::text::{Person, Text};
use crate::engine::time::Timestamp;
use crate::playbook::{Playbook, RoleId};

pub(super) fn assign(
    book: &Playbook,
    state: &State,
    role: &RoleId,
    person: &Person,
    deputy: bool,
) -> Result<Verdict, Refusal> {
    find_role(book, role.as_str())?;
    let same = |t: &&Tenure| t.person == *person && t.deputy == deputy;
    if let Some(tenure) = state.holders(role).find(same) {
        return Ok(already(state, &tenure.from));
    }
    let other = state.holders(role).any(|tenure| tenure.person == *person);
    let instead = other.then(|| Advice::NowInstead(person.clone(), role.clone(), deputy));
    let advice = many_roles(state, role, person).into_iter().chain(instead).collect();
    let (role, person) = (role.clone(), person.clone());
    Ok(Verdict::Record(vec![Event::RoleAssigned { role, person, deputy }], advice))
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

/// A time before the role was taken on would give the person a shift of negative length. People type
/// minutes, so within the same one it is no contradiction.
fn not_before_taken(
    state: &State,
    tenure: &Tenure,
    occurred: Option<Timestamp>,
) -> Result<(), Refusal> {
    let since = state.time_of(&tenure.from);
    if occurred.is_none_or(|at| since - at < super::SKEW) {
        return Ok(());
    }
    Err(Refusal::BeforeTaken {
        role: tenure.role.clone(),
        person: tenure.person.clone(),
        since,
        record: tenure.from.record.clone(),
    })
}

pub(super) fn release(
    book: &Playbook,
    state: &State,
    role: &RoleId,
    person: &Person,
    occurred: Option<Timestamp>,
) -> Result<Verdict, Refusal> {
    find_role(book, role.as_str())?;
    let Some(tenure) = state.holders(role).find(|tenure| tenure.person == *person) else {
        let holders = state.holders(role).map(|tenure| tenure.person.clone()).collect();
        let (role, person) = (role.clone(), person.clone());
        return Err(Refusal::NotHeld { role, person, holders });
    };
    not_before_taken(state, tenure, occurred)?;
    let (role, person) = (role.clone(), person.clone());
    Ok(super::one(Event::RoleReleased { role, person }))
}

/// Who can confirm that a role passes on: everybody who holds it now, deputies apart, and then the
/// person who takes it over. Empty where there is nothing to hand over.
#[must_use]
pub fn confirms(state: &State, role: &RoleId, to: &Person) -> Vec<Person> {
    confirm_at(state, role, to, None)
}

fn confirm_at(
    state: &State,
    role: &RoleId,
    to: &Person,
    occurred: Option<Timestamp>,
) -> Vec<Person> {
    let holders = first_holders(state, role, occurred);
    let holders = holders.into_iter().map(|tenure| &tenure.person);
    let mut all: Vec<Person> = holders.filter(|person| *person != to).cloned().collect();
    if !all.is_empty() {
        all.push(to.clone());
    }
    all
}

/// Who holds it now, deputies apart. Whoever took it on only after the hand-over happened had no part in
/// it, unless nobody else is left to name.
fn first_holders<'a>(
    state: &'a State,
    role: &'a RoleId,
    occurred: Option<Timestamp>,
) -> Vec<&'a Tenure> {
    let now: Vec<_> = state.holders(role).filter(|tenure| !tenure.deputy).collect();
    let there = |t: &&Tenure| not_before_taken(state, t, occurred).is_ok();
    let then: Vec<_> = now.iter().copied().filter(there).collect();
    if then.is_empty() { now } else { then }
}

/// A wish to pass a role on.
pub(super) struct HandOver<'a> {
    pub(super) state: &'a State,
    pub(super) role: &'a RoleId,
    pub(super) to: &'a Person,
    pub(super) note: Option<&'a Text>,
    pub(super) confirmed: &'a [Confirmation],
    pub(super) occurred: Option<Timestamp>,
}

impl HandOver<'_> {
    pub(super) fn decide(&self) -> Result<Verdict, Refusal> {
        let Self { state, role, to, note, occurred, .. } = *self;
        let first = first_holders(state, role, occurred);
        match first.as_slice() {
            [] => return Err(Refusal::Unheld { role: role.clone() }),
            [only] if only.person == *to => return Ok(self.held_already(only)),
            _ => {}
        }
        // A deputy who takes over stops being the deputy.
        let stand_in = state.holders(role).filter(|t| t.deputy && t.person == *to);
        let leaving: Vec<&Tenure> = first.into_iter().filter(|t| t.person != *to).collect();
        for tenure in leaving.iter().copied().chain(stand_in) {
            not_before_taken(state, tenure, occurred)?;
        }
        let from = leaving.iter().map(|tenure| tenure.person.clone()).collect();
        let confirmed = self.confirmed()?;
        let mut advice: Vec<Advice> = many_roles(state, role, to).into_iter().collect();
        advice.extend(self.unconfirmed(&confirmed));
        let (role, to, note) = (role.clone(), to.clone(), note.cloned());
        let event = Event::RoleHandedOver { role, from, to, note, confirmed };
        Ok(Verdict::Record(vec![event], advice))
    }

    /// Whoever holds it alone cannot be handed it again, and initials that come later find no place.
    fn held_already(&self, only: &Tenure) -> Verdict {
        let record = only.from.record.clone();
        let late = (!self.confirmed.is_empty()).then(|| Advice::InitialsNotTaken(record.clone()));
        Verdict::Already(record, self.state.time_of(&only.from), late.into_iter().collect())
    }

    /// Each person once, with initials as they stand in a record.
    fn confirmed(&self) -> Result<Vec<Confirmation>, Refusal> {
        let may = confirm_at(self.state, self.role, self.to, self.occurred);
        let mut all: Vec<Confirmation> = Vec::new();
        for Confirmation { person, initials } in self.confirmed {
            if !may.contains(person) {
                let (role, person) = (self.role.clone(), person.clone());
                return Err(Refusal::CannotConfirm { role, person, may });
            }
            let initials = super::initials(initials)?;
            if all.iter().all(|known| known.person != *person) {
                all.push(Confirmation { person: person.clone(), initials });
            }
        }
        Ok(all)
    }

    fn unconfirmed(&self, confirmed: &[Confirmation]) -> Option<Advice> {
        let mut missing = confirm_at(self.state, self.role, self.to, self.occurred);
        missing.retain(|person| confirmed.iter().all(|known| known.person != *person));
        (!missing.is_empty()).then_some(Advice::Unconfirmed(missing))
    }
}
