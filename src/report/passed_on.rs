//! Hand-overs, and who has confirmed them.

use serde::Serialize;

use super::story::{Reading, said};
use super::words::{Origin, origin};
use crate::engine::{Confirmation, Event, Fact, Person, Record};
use crate::playbook::RoleId;

/// A role that passed from one hand to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandOverLine {
    /// Which.
    pub handed_over: RoleId,
    /// The title people say.
    pub title: String,
    /// Who held it, deputies apart.
    pub from: Vec<Person>,
    /// Who took it over.
    pub to: Person,
    /// Who confirmed it with their initials; asserted, not authenticated.
    pub confirmed: Vec<Confirmation>,
    /// Who of both sides did not.
    pub unconfirmed: Vec<Person>,
    /// What the next one had to know.
    pub note: Option<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// Every hand-over, in merged order.
pub(super) fn hand_overs(reading: &Reading<'_>) -> Vec<HandOverLine> {
    reading.story.records.iter().filter_map(|record| line(reading, record)).collect()
}

fn line(reading: &Reading<'_>, record: &Record) -> Option<HandOverLine> {
    let Fact::Known(Event::RoleHandedOver { role, from, to, note, confirmed }) = &record.fact
    else {
        return None;
    };
    let signed = |person: &Person| confirmed.iter().any(|c| c.person == *person);
    let both = from.iter().chain([to]);
    let known = reading.story.book.roles.iter().find(|known| known.id == *role);
    Some(HandOverLine {
        handed_over: role.clone(),
        title: known.map_or_else(|| role.to_string(), |known| known.title.clone()),
        from: from.clone(),
        to: to.clone(),
        confirmed: confirmed.clone(),
        unconfirmed: both.filter(|person| !signed(person)).cloned().collect(),
        note: note.as_ref().map(said),
        origin: origin(reading, record),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Mode;
    use crate::report::fixture::{Log, book, id, person, story};

    #[test]
    fn whoever_has_not_confirmed_is_named() {
        let signed = |name: &str| Confirmation { person: person(name), initials: "XX".to_owned() };
        for (confirmed, missing) in [
            (vec![], vec!["Ana", "Eva", "Ben"]),
            (vec![signed("Ben")], vec!["Ana", "Eva"]),
            (vec![signed("Ben"), signed("Eva"), signed("Ana")], vec![]),
        ] {
            let event = Event::RoleHandedOver {
                role: id("incident-lead"),
                from: vec![person("Ana"), person("Eva")],
                to: person("Ben"),
                note: None,
                confirmed,
            };
            let log = Log::opened("14:00", Mode::Live).tell("14:10", event);
            let (book, state) = (book(), log.state());
            let all = hand_overs(&Reading::new(&story(&book, &log, &state)));
            let named: Vec<_> = all[0].unconfirmed.iter().map(Person::as_str).collect();
            assert_eq!((all.len(), named), (1, missing));
        }
    }
}
