//! How long somebody has been at work, whatever they do: whoever passes one role on and takes the next
//! one has not rested.

use chrono::TimeDelta;
use serde::Serialize;

use super::number;
use super::story::{Reading, length};
use super::when::When;
use crate::engine::{Person, Timestamp};
use crate::playbook::RoleId;

/// From this length on somebody else ought to take over. The playbooks' step `shifts` sets the same
/// limit (nobody leads longer than 12 hours); it is site policy, not law, and stops nobody here.
const RELIEF_AFTER: TimeDelta = TimeDelta::hours(12);

/// A shorter pause between two roles is two records typed one after the other, not a rest.
const NO_REST: TimeDelta = TimeDelta::minutes(15);

/// Said of a stretch that is too long.
pub const RELIEF_DUE: &str = "over 12 h: relief is due";

/// A stretch in which one person held one role or another without a rest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OnShift {
    /// Who.
    pub person: Person,
    /// The roles, in the order in which they were taken on.
    pub roles: Vec<RoleId>,
    /// The first moment.
    pub from: When,
    /// The last one; absent = still.
    pub to: Option<When>,
    /// How long, counted up to the end of counting.
    #[serde(serialize_with = "number::serialize")]
    pub minutes: f64,
    /// Longer than 12 hours.
    pub over_12_hours: bool,
}

/// Every stretch of everybody who held a role, in the order in which they began.
pub(super) fn on_shift(reading: &Reading<'_>) -> Vec<OnShift> {
    let state = reading.story.state;
    let mut tenures: Vec<_> = state.tenures().iter().collect();
    tenures.sort_by_key(|tenure| state.time_of(&tenure.from));
    let mut all: Vec<Stretch<'_>> = Vec::new();
    for tenure in tenures {
        let from = state.time_of(&tenure.from);
        let to = tenure.to.as_ref().map(|moment| state.time_of(moment).max(from));
        let last = all.iter_mut().rfind(|stretch| *stretch.person == tenure.person);
        match last.filter(|stretch| stretch.to.is_none_or(|end| from - end < NO_REST)) {
            Some(stretch) => {
                stretch.to = stretch.to.zip(to).map(|(a, b)| a.max(b));
                if !stretch.roles.contains(&&tenure.role) {
                    stretch.roles.push(&tenure.role);
                }
            }
            None => {
                all.push(Stretch { person: &tenure.person, roles: vec![&tenure.role], from, to });
            }
        }
    }
    all.iter().map(|stretch| stretch.line(reading)).collect()
}

struct Stretch<'a> {
    person: &'a Person,
    roles: Vec<&'a RoleId>,
    from: Timestamp,
    to: Option<Timestamp>,
}

impl Stretch<'_> {
    fn line(&self, reading: &Reading<'_>) -> OnShift {
        let span = length(self.from, self.to.unwrap_or(reading.end));
        OnShift {
            person: self.person.clone(),
            roles: self.roles.iter().copied().cloned().collect(),
            from: reading.computed(self.from),
            to: self.to.map(|to| reading.computed(to)),
            minutes: number::minutes(span),
            over_12_hours: span > RELIEF_AFTER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Event, Mode};
    use crate::report::Story;
    use crate::report::fixture::{Log, at, book, id, person, story};

    fn takes(role: &str, name: &str) -> Event {
        Event::RoleAssigned { role: id(role), person: person(name), deputy: false }
    }

    fn leaves(role: &str, name: &str) -> Event {
        Event::RoleReleased { role: id(role), person: person(name) }
    }

    /// Person, roles, minutes, still there, too long.
    type Seen = (String, usize, f64, bool, bool);

    fn seen(log: &Log, until: &str) -> Vec<Seen> {
        let (book, state) = (book(), log.state());
        let story = Story { until: at(until), ..story(&book, log, &state) };
        let line = |s: &OnShift| {
            (s.person.to_string(), s.roles.len(), s.minutes, s.to.is_none(), s.over_12_hours)
        };
        on_shift(&Reading::new(&story)).iter().map(line).collect()
    }

    #[test]
    fn a_shift_goes_on_across_roles_until_somebody_rests() {
        let opened = || Log::opened("06:00", Mode::Live);
        let ana = |roles, minutes, still, over| ("Ana".to_owned(), roles, minutes, still, over);
        let lead = "incident-lead";
        for (what, log, until, expected) in [
            (
                "still there",
                opened().tell("06:00", takes(lead, "Ana")),
                "18:00",
                vec![ana(1, 720.0, true, false)],
            ),
            (
                "a minute too long",
                opened().tell("06:00", takes(lead, "Ana")),
                "18:01",
                vec![ana(1, 721.0, true, true)],
            ),
            (
                "one role after the other",
                opened()
                    .tell("06:00", takes(lead, "Ana"))
                    .tell("12:00", leaves(lead, "Ana"))
                    .tell("12:14", takes("it-lead", "Ana")),
                "19:00",
                vec![ana(2, 780.0, true, true)],
            ),
            (
                "a rest",
                opened()
                    .tell("06:00", takes(lead, "Ana"))
                    .tell("12:00", leaves(lead, "Ana"))
                    .tell("12:15", takes("it-lead", "Ana")),
                "19:00",
                vec![ana(1, 360.0, false, false), ana(1, 405.0, true, false)],
            ),
            (
                "two roles at once, the second one shorter",
                opened()
                    .tell("06:00", takes(lead, "Ana"))
                    .tell("07:00", takes("it-lead", "Ana"))
                    .tell("08:00", leaves("it-lead", "Ana"))
                    .tell("09:00", leaves(lead, "Ana")),
                "19:00",
                vec![ana(2, 180.0, false, false)],
            ),
            (
                "counted no further than the end",
                opened().tell("06:00", takes(lead, "Ana")).declared("06:00").closed("10:00"),
                "19:00",
                vec![ana(1, 240.0, true, false)],
            ),
        ] {
            assert_eq!(seen(&log, until), expected, "{what}");
        }
    }

    #[test]
    fn people_are_kept_apart() {
        let log = Log::opened("06:00", Mode::Live)
            .tell("06:00", takes("incident-lead", "Ana"))
            .tell("07:00", takes("it-lead", "Ben"))
            .tell("08:00", leaves("incident-lead", "Ana"));
        let names: Vec<_> = seen(&log, "09:00").into_iter().map(|(name, ..)| name).collect();
        assert_eq!(names, ["Ana", "Ben"]);
    }
}
