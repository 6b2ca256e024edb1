//! Who held which role, and when nobody did.

use serde::Serialize;

use super::number;
use super::on_shift::{OnShift, on_shift};
use super::story::{Reading, length};
use super::when::When;
use crate::engine::{Person, State, Tenure, Timestamp};
use crate::playbook::{Role, RoleId};

/// A role as it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoleLine {
    /// Which.
    pub role: RoleId,
    /// The title people say.
    pub title: String,
    /// An incident should not run with it unheld.
    pub required: bool,
    /// Who holds it, deputies last.
    pub holders: Vec<Holder>,
    /// Minutes since T+0, up to the end of counting, in which nobody held it. Absent before T+0 and
    /// for a role that is not required.
    #[serde(serialize_with = "number::maybe")]
    pub unheld_minutes: Option<f64>,
}

/// Somebody who holds a role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Holder {
    /// Who.
    pub person: Person,
    /// As stand-in.
    pub deputy: bool,
    /// Since when.
    pub since: When,
    /// Since when they have held one role or another without a rest.
    pub on_shift_since: When,
    /// How long that is, counted up to the end of counting.
    #[serde(serialize_with = "number::serialize")]
    pub on_shift_minutes: f64,
    /// That is longer than 12 hours.
    pub relief_due: bool,
}

/// A stretch in which one person held a role, or in which nobody held a required one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shift {
    /// Which.
    pub role: RoleId,
    /// The title people say.
    pub title: String,
    /// Who; absent in a gap.
    pub person: Option<Person>,
    /// As stand-in.
    pub deputy: bool,
    /// The first moment.
    pub from: When,
    /// The last one; absent = still.
    pub to: Option<When>,
    /// How long, counted up to the end of counting.
    #[serde(serialize_with = "number::serialize")]
    pub minutes: f64,
}

/// Every role of the playbook, and after them any other that somebody took on.
pub(super) fn roles(reading: &Reading<'_>) -> Vec<RoleLine> {
    let shifts = on_shift(reading);
    all_roles(reading).into_iter().map(|role| line(reading, role, &shifts)).collect()
}

/// Every stretch, role by role, each in the order of time.
pub(super) fn shifts(reading: &Reading<'_>) -> Vec<Shift> {
    let mut all = Vec::new();
    for role in all_roles(reading) {
        let mut of_role: Vec<Shift> = reading
            .story
            .state
            .tenures()
            .iter()
            .filter(|tenure| tenure.role == role.id)
            .map(|tenure| held(reading, &role, tenure))
            .collect();
        of_role.extend(gaps_of(reading, &role).into_iter().map(|gap| unheld(reading, &role, gap)));
        of_role.sort_by_key(|shift| shift.from.at);
        all.extend(of_role);
    }
    all
}

/// What a role is called, also where the playbook does not know it.
struct Known {
    id: RoleId,
    title: String,
    required: bool,
}

impl Known {
    fn of(role: &Role) -> Self {
        Self { id: role.id.clone(), title: role.title.clone(), required: role.required }
    }

    fn stranger(id: &RoleId) -> Self {
        Self { id: id.clone(), title: id.to_string(), required: false }
    }
}

fn all_roles(reading: &Reading<'_>) -> Vec<Known> {
    let mut roles: Vec<Known> = reading.story.book.roles.iter().map(Known::of).collect();
    for tenure in reading.story.state.tenures() {
        if !roles.iter().any(|role| role.id == tenure.role) {
            roles.push(Known::stranger(&tenure.role));
        }
    }
    roles
}

fn line(reading: &Reading<'_>, role: Known, shifts: &[OnShift]) -> RoleLine {
    let holder = |tenure: &Tenure| {
        let since = reading.occurred(&tenure.from);
        let shift = shifts.iter().rfind(|shift| shift.person == tenure.person);
        Holder {
            person: tenure.person.clone(),
            deputy: tenure.deputy,
            since,
            on_shift_since: shift.map_or(since, |shift| shift.from),
            on_shift_minutes: shift.map_or(0.0, |shift| shift.minutes),
            relief_due: shift.is_some_and(|shift| shift.over_12_hours),
        }
    };
    let holders = reading.story.state.holders(&role.id).map(holder).collect();
    let unheld = || {
        let gaps = gaps_of(reading, &role);
        gaps.iter().map(|(from, to)| length(*from, *to)).sum()
    };
    let counted = role.required && reading.t0.is_some();
    let unheld_minutes = counted.then(unheld).map(number::minutes);
    let Known { id, title, required } = role;
    RoleLine { role: id, title, required, holders, unheld_minutes }
}

fn gaps_of(reading: &Reading<'_>, role: &Known) -> Vec<(Timestamp, Timestamp)> {
    let span = reading.span().filter(|_| role.required);
    span.map_or_else(Vec::new, |span| gaps(reading.story.state, &role.id, span))
}

/// The stretches of `span` in which nobody held the role.
pub(super) fn gaps(
    state: &State,
    role: &RoleId,
    (start, end): (Timestamp, Timestamp),
) -> Vec<(Timestamp, Timestamp)> {
    let mut held: Vec<(Timestamp, Timestamp)> = state
        .tenures()
        .iter()
        .filter(|tenure| tenure.role == *role)
        .map(|t| (state.time_of(&t.from), t.to.as_ref().map_or(end, |to| state.time_of(to))))
        .collect();
    held.sort_unstable();
    let mut gaps = Vec::new();
    let mut covered = start;
    for (from, to) in held {
        if from.min(end) > covered {
            gaps.push((covered, from.min(end)));
        }
        covered = covered.max(to);
    }
    if end > covered {
        gaps.push((covered, end));
    }
    gaps
}

fn held(reading: &Reading<'_>, role: &Known, tenure: &Tenure) -> Shift {
    let from = reading.occurred(&tenure.from);
    let to = tenure.to.as_ref().map(|moment| reading.occurred(moment));
    let until = to.map_or(reading.end, |to| to.at);
    Shift {
        role: role.id.clone(),
        title: role.title.clone(),
        person: Some(tenure.person.clone()),
        deputy: tenure.deputy,
        from,
        to,
        minutes: number::minutes(length(from.at, until)),
    }
}

fn unheld(reading: &Reading<'_>, role: &Known, (from, to): (Timestamp, Timestamp)) -> Shift {
    let still = to == reading.end && reading.story.state.ending().is_none();
    Shift {
        role: role.id.clone(),
        title: role.title.clone(),
        person: None,
        deputy: false,
        from: reading.computed(from),
        to: (!still).then(|| reading.computed(to)),
        minutes: number::minutes(length(from, to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Event, Mode};
    use crate::report::fixture::{Log, at, book, id, person, story};

    fn assigned(name: &str, deputy: bool) -> Event {
        Event::RoleAssigned { role: id("incident-lead"), person: person(name), deputy }
    }

    fn released(name: &str) -> Event {
        Event::RoleReleased { role: id("incident-lead"), person: person(name) }
    }

    fn unheld(log: &Log, until: &str) -> Option<f64> {
        let (book, state) = (book(), log.state());
        let story = story(&book, log, &state);
        let story = crate::report::Story { until: at(until), ..story };
        roles(&Reading::new(&story))[0].unheld_minutes
    }

    #[test]
    fn a_required_role_without_holder_is_counted_from_t0() {
        let opened = || Log::opened("14:00", Mode::Live);
        let hand_over = Event::RoleHandedOver {
            role: id("incident-lead"),
            from: vec![person("Ana")],
            to: person("Ben"),
            note: None,
            confirmed: Vec::new(),
        };
        for (what, log, expected) in [
            ("not declared", opened(), None),
            ("never held", opened().declared("14:10"), Some(50.0)),
            (
                "held before",
                opened().tell("14:05", assigned("Ana", false)).declared("14:10"),
                Some(0.0),
            ),
            (
                "held later",
                opened().declared("14:10").tell("14:25", assigned("Ana", false)),
                Some(15.0),
            ),
            (
                "a deputy holds too",
                opened()
                    .tell("14:05", assigned("Ana", false))
                    .declared("14:10")
                    .tell("14:20", assigned("Cid", true))
                    .tell("14:30", released("Ana")),
                Some(0.0),
            ),
            (
                "a gap in between and at the end",
                opened()
                    .tell("14:05", assigned("Ana", false))
                    .declared("14:10")
                    .tell("14:20", released("Ana"))
                    .tell("14:30", assigned("Ben", false))
                    .tell("14:50", released("Ben")),
                Some(20.0),
            ),
            (
                "handed over",
                opened()
                    .tell("14:05", assigned("Ana", false))
                    .declared("14:10")
                    .tell("14:40", hand_over),
                Some(0.0),
            ),
            ("closed", opened().declared("14:10").closed("14:30"), Some(20.0)),
        ] {
            assert_eq!(unheld(&log, "15:00"), expected, "{what}");
        }
    }

    #[test]
    fn shifts_show_people_and_gaps_in_order() {
        let log = Log::opened("14:00", Mode::Live)
            .declared("14:10")
            .tell("14:20", assigned("Ana", false))
            .tell("14:40", released("Ana"))
            .tell("15:00", Event::ClockJumped { by_ms: 0 });
        let (book, state) = (book(), log.state());
        let all = shifts(&Reading::new(&story(&book, &log, &state)));
        let lead = all.iter().filter(|shift| shift.role.as_str() == "incident-lead");
        let seen: Vec<_> = lead
            .map(|s| (s.person.as_ref().map(Person::as_str), s.minutes, s.to.is_some()))
            .collect();
        assert_eq!(seen, [(None, 10.0, true), (Some("Ana"), 20.0, true), (None, 20.0, false)]);
    }
}
