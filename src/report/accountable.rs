//! Who answers for a step, and who did it. Work goes to whoever is free: that they are not the same is
//! information and no blame.

use super::story::Reading;
use crate::engine::{Event, Person, State, Timestamp};
use crate::playbook::{Playbook, RoleId};

/// Who held a role at one moment, deputies included; whoever handed it over or took it on at that very
/// moment as well.
pub(super) fn held_by(state: &State, role: &RoleId, at: Timestamp) -> Vec<Person> {
    let there = state.tenures().iter().filter(|tenure| {
        let until = tenure.to.as_ref().map(|moment| state.time_of(moment));
        tenure.role == *role && state.time_of(&tenure.from) <= at && until.is_none_or(|to| at <= to)
    });
    let mut people: Vec<Person> = Vec::new();
    for tenure in there {
        if !people.contains(&tenure.person) {
            people.push(tenure.person.clone());
        }
    }
    people
}

/// Whether somebody did it who did not hold the role; nothing where the log names nobody.
pub(super) fn outside_role(by: Option<&Person>, held_by: &[Person]) -> Option<bool> {
    by.map(|person| !held_by.contains(person))
}

/// The role that answers for what an event says of a step: the step's own, or for an approval the one
/// that approves.
pub(super) fn role_of<'a>(book: &'a Playbook, event: &Event) -> Option<&'a RoleId> {
    let step = book.step(super::sentence::step_of(event)?)?;
    let approves = step.approval.as_ref().filter(|_| matches!(event, Event::StepApproved { .. }));
    Some(approves.map_or(&step.role, |approval| &approval.by))
}

/// The role in which a record was made.
pub(super) fn acted_as(reading: &Reading<'_>, record: &crate::engine::RecordRef) -> Option<RoleId> {
    reading.record(record).and_then(|record| record.stamp.actor.role.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Mode;
    use crate::report::fixture::{Log, at, book, id, person};

    fn takes(name: &str, deputy: bool) -> Event {
        Event::RoleAssigned { role: id("it-lead"), person: person(name), deputy }
    }

    #[test]
    fn whoever_held_the_role_at_that_moment_is_named() {
        let hand_over = Event::RoleHandedOver {
            role: id("it-lead"),
            from: vec![person("Ana")],
            to: person("Ben"),
            note: None,
            confirmed: Vec::new(),
        };
        let log = Log::opened("14:00", Mode::Live)
            .tell("14:10", takes("Ana", false))
            .tell("14:20", takes("Mia", true))
            .tell("14:30", hand_over)
            .tell("14:40", Event::RoleReleased { role: id("it-lead"), person: person("Mia") });
        let state = log.state();
        for (clock, expected) in [
            ("14:09", &[][..]),
            ("14:10", &["Ana"]),
            ("14:20", &["Ana", "Mia"]),
            ("14:30", &["Ana", "Mia", "Ben"]),
            ("14:31", &["Mia", "Ben"]),
            ("15:00", &["Ben"]),
        ] {
            let held = held_by(&state, &id("it-lead"), at(clock));
            let names: Vec<_> = held.iter().map(Person::as_str).collect();
            assert_eq!(names, expected, "{clock}");
        }
        assert_eq!(held_by(&state, &id("incident-lead"), at("14:30")), []);
    }

    #[test]
    fn outside_the_role_is_who_did_not_hold_it() {
        let held = [person("Ana"), person("Mia")];
        assert_eq!(outside_role(Some(&person("Mia")), &held), Some(false));
        assert_eq!(outside_role(Some(&person("Ben")), &held), Some(true));
        assert_eq!(outside_role(Some(&person("Ben")), &[]), Some(true));
        assert_eq!(outside_role(None, &held), None);
    }

    #[test]
    fn an_approval_is_the_business_of_the_role_that_approves() {
        let book = book();
        let step = || id("validate-mail");
        let approved = Event::StepApproved {
            step: step(),
            occurrence: 1,
            own_work: false,
            reason: None,
            initials: None,
            milestone: None,
        };
        let begun = Event::StepBegun { step: step(), occurrence: 1 };
        let unknown = Event::StepBegun { step: id("elsewhere"), occurrence: 1 };
        for (event, role) in [
            (approved, Some("incident-lead")),
            (begun, Some("it-lead")),
            (unknown, None),
            (Event::IncidentDeclared {}, None),
        ] {
            assert_eq!(role_of(&book, &event).map(RoleId::as_str), role);
        }
    }
}
