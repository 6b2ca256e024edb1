//! The improvement plans of all incidents and exercises as one list, what is most overdue first. An
//! incident whose after-action report is not finished stands in it as well.

use super::improvement::{ActionLine, ActionState, ReviewLine, actions, reviewed};
use super::story::{Reading, Story};
use crate::engine::{Day, Mode, Person, Timestamp};

/// What one incident brings to the list.
#[derive(Debug, Clone)]
pub struct IncidentPlan {
    /// Its id.
    pub incident: String,
    /// An exercise's actions count like all others, and say where they come from.
    pub mode: Mode,
    /// Its improvement plan.
    pub actions: Vec<ActionLine>,
    /// What it owes.
    pub reviews: Vec<ReviewLine>,
}

/// One thing to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chased {
    /// What people type: `A-03@7k3q`, `AAR@7k3q`.
    pub id: String,
    /// Where it comes from.
    pub incident: String,
    /// For real or from practice.
    pub mode: Mode,
    /// Whether it is late.
    pub standing: Standing,
    /// The action, or the review.
    pub item: Item,
}

/// An action, or a review that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A line of an improvement plan.
    Action(Box<ActionLine>),
    /// A hot wash or an after-action report.
    Review(Box<ReviewLine>),
}

/// Where it stands today; the first is what to look at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// So many days late.
    Overdue(i64),
    /// Not done, and nobody said until when.
    NoDate,
    /// Not done, and not late; so many days are left.
    Open(i64),
    /// Done, and nobody has verified it.
    ToVerify,
    /// Done and seen.
    Finished,
}

impl Standing {
    /// The word as it stands in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Overdue(_) => "overdue",
            Self::NoDate => "no_date",
            Self::Open(_) => "open",
            Self::ToVerify => "to_verify",
            Self::Finished => "finished",
        }
    }
}

/// How many were due by today, and how many of them were closed and verified in time: by the day that
/// was given first, so that moving a day mends no figure. Good is 90 % and more; policy, not law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OnTime {
    /// Due by today.
    pub due: usize,
    /// Of these, closed and verified by their first day.
    pub kept: usize,
}

impl Chased {
    /// Who answers for it.
    #[must_use]
    pub fn owner(&self) -> Option<&Person> {
        match &self.item {
            Item::Action(action) => action.owner.as_ref(),
            Item::Review(_) => None,
        }
    }

    /// Its last day.
    #[must_use]
    pub fn due(&self) -> Option<Day> {
        match &self.item {
            Item::Action(action) => action.due,
            Item::Review(review) => Day::at(review.due.at, review.due.offset),
        }
    }
}

/// What one incident brings to the list, as far as it was told.
#[must_use]
pub fn incident_plan(story: &Story<'_>) -> IncidentPlan {
    let reading = Reading::new(story);
    IncidentPlan {
        incident: story.incident.to_owned(),
        mode: story.state.mode(),
        actions: actions(&reading),
        reviews: reviewed(&reading),
    }
}

/// Everything there is to do, the most overdue first; then what has no date, what is open by its date,
/// what waits to be verified, and what is finished. `ids` are those of all incidents, so that a short
/// name means one of them only; `today` is the day at the site.
#[must_use]
pub fn chase(plans: Vec<IncidentPlan>, ids: &[String], now: Timestamp, today: Day) -> Vec<Chased> {
    let mut all = Vec::new();
    for IncidentPlan { incident, mode, actions, reviews } in plans {
        let short = short_name(&incident, ids);
        let mut push = |code: &str, standing, item| {
            let id = format!("{code}@{short}");
            all.push(Chased { id, incident: incident.clone(), mode, standing, item });
        };
        for review in reviews {
            let standing = of_review(&review, now, today);
            push(review.review.code(), standing, Item::Review(Box::new(review)));
        }
        for action in actions {
            let code = action.code.clone();
            push(&code, of_action(&action, today), Item::Action(Box::new(action)));
        }
    }
    all.sort_by_key(|one| (order(one.standing), one.due(), one.id.clone()));
    all
}

/// See [`OnTime`]. Reviews do not count: they are nobody's corrective action.
#[must_use]
pub fn on_time(all: &[Chased], today: Day) -> OnTime {
    let mut figure = OnTime::default();
    for action in all.iter().filter_map(|one| match &one.item {
        Item::Action(action) => Some(action),
        Item::Review(_) => None,
    }) {
        let Some(first) = action.first_due.filter(|first| *first <= today) else { continue };
        figure.due += 1;
        let day = |when: super::When| Day::at(when.at, when.offset);
        let verified = action.verified_at.and_then(day);
        figure.kept += usize::from(verified.is_some_and(|day| day <= first));
    }
    figure
}

/// What an incident is called in a list: the end of its id where no other incident ends alike.
#[must_use]
pub fn short_name<'a>(incident: &'a str, all: &[String]) -> &'a str {
    let end = |id: &'a str| id.rsplit('-').next().unwrap_or(id);
    let short = end(incident);
    let alike = |other: &&String| other.rsplit('-').next() == Some(short);
    if all.iter().filter(alike).count() > 1 { incident } else { short }
}

const fn order(standing: Standing) -> u8 {
    match standing {
        Standing::Overdue(_) => 0,
        Standing::NoDate => 1,
        Standing::Open(_) => 2,
        Standing::ToVerify => 3,
        Standing::Finished => 4,
    }
}

fn of_action(action: &ActionLine, today: Day) -> Standing {
    match (action.state, action.due) {
        (ActionState::Verified, _) => Standing::Finished,
        (ActionState::Closed, _) => Standing::ToVerify,
        (ActionState::Open, None) => Standing::NoDate,
        (ActionState::Open, Some(due)) => by(due, today),
    }
}

fn by(due: Day, today: Day) -> Standing {
    let left = due.days_after(today);
    if left < 0 { Standing::Overdue(-left) } else { Standing::Open(left) }
}

fn of_review(review: &ReviewLine, now: Timestamp, today: Day) -> Standing {
    if review.finished_at.is_some() {
        return Standing::Finished;
    }
    let left = Day::at(review.due.at, review.due.offset).map_or(0, |due| due.days_after(today));
    // A hot wash is due by the hour.
    if review.due.at < now {
        Standing::Overdue((-left).max(0))
    } else {
        Standing::Open(left.max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Event, Review};
    use crate::report::When;
    use crate::report::fixture::{at, here, person};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn when(clock: &str) -> When {
        When { at: at(clock), offset: here(at(clock)) }
    }

    fn action(code: &str, due: Option<&str>) -> ActionLine {
        ActionLine {
            code: code.to_owned(),
            record: "17@wf2f".to_owned(),
            state: ActionState::Open,
            capability: None,
            issue: None,
            what: code.to_owned(),
            element: None,
            organization: None,
            owner: Some(person("Ivo")),
            start: None,
            due: due.map(day),
            first_due: due.map(day),
            aim: None,
            added_at: when("14:00"),
            added_by: None,
            closed_at: None,
            closed_by: None,
            evidence: None,
            verified_at: None,
            verified_by: None,
            own_work: false,
            verified_note: None,
        }
    }

    fn verified(code: &str, due: &str, seen: &str) -> ActionLine {
        let verified_at = Some(when(seen));
        ActionLine { state: ActionState::Verified, verified_at, ..action(code, Some(due)) }
    }

    fn report(due: &str, finished: Option<&str>) -> ReviewLine {
        ReviewLine {
            review: Review::AfterAction,
            due: when(due),
            finished_at: finished.map(when),
            finished_by: None,
            evidence: None,
            record: None,
        }
    }

    fn plan(incident: &str, actions: Vec<ActionLine>, reviews: Vec<ReviewLine>) -> IncidentPlan {
        let mode = if incident.starts_with("x-") { Mode::Exercise } else { Mode::Live };
        IncidentPlan { incident: incident.to_owned(), mode, actions, reviews }
    }

    #[test]
    fn the_most_overdue_comes_first_and_what_is_finished_last() {
        let closed = ActionLine { state: ActionState::Closed, ..action("A-05", None) };
        let actions = vec![
            action("A-01", None),
            action("A-02", Some("2026-01-25")),
            action("A-03", Some("2026-01-24")),
            action("A-04", Some("2026-01-10")),
            closed,
            verified("A-06", "2026-01-10", "20 09:00"),
        ];
        let live = plan("email-outage-20260122-7k3q", actions, vec![report("23 09:00", None)]);
        let drill = plan(
            "x-email-outage-20260115-9x2k",
            vec![action("A-01", Some("2026-01-20"))],
            vec![report("20 09:00", Some("19 09:00"))],
        );
        let all = chase(vec![live, drill], &[], at("24 12:00"), day("2026-01-24"));
        let seen: Vec<(&str, Standing)> =
            all.iter().map(|one| (one.id.as_str(), one.standing)).collect();
        assert_eq!(
            seen,
            [
                ("A-04@7k3q", Standing::Overdue(14)),
                ("A-01@9x2k", Standing::Overdue(4)),
                ("AAR@7k3q", Standing::Overdue(1)),
                ("A-01@7k3q", Standing::NoDate),
                ("A-03@7k3q", Standing::Open(0)),
                ("A-02@7k3q", Standing::Open(1)),
                ("A-05@7k3q", Standing::ToVerify),
                ("A-06@7k3q", Standing::Finished),
                ("AAR@9x2k", Standing::Finished),
            ]
        );
    }

    #[test]
    fn a_report_is_late_by_the_hour() {
        let one = |now| {
            let owed = plan("a-1", Vec::new(), vec![report("23 09:00", None)]);
            chase(vec![owed], &[], at(now), day("2026-01-23"))[0].standing
        };
        assert_eq!(one("23 08:59"), Standing::Open(0));
        assert_eq!(one("23 09:01"), Standing::Overdue(0));
    }

    #[test]
    fn the_figure_goes_by_the_first_day_and_takes_a_second_pair_of_eyes() {
        let moved =
            ActionLine { due: Some(day("2026-03-01")), ..action("A-03", Some("2026-01-20")) };
        let closed =
            ActionLine { state: ActionState::Closed, ..action("A-04", Some("2026-01-20")) };
        let actions = vec![
            verified("A-01", "2026-01-20", "20 23:00"),
            verified("A-02", "2026-01-20", "21 09:00"),
            moved,
            closed,
            action("A-05", Some("2026-02-20")),
            action("A-06", None),
        ];
        let all =
            chase(vec![plan("a-1", actions, Vec::new())], &[], at("24 12:00"), day("2026-01-24"));
        assert_eq!(on_time(&all, day("2026-01-24")), OnTime { due: 4, kept: 1 });
    }

    #[test]
    fn incidents_that_end_alike_are_called_by_their_whole_name() {
        let all = ["email-1-7k3q", "x-email-2-7k3q", "phone-1-8888"].map(str::to_owned);
        let names: Vec<&str> = all.iter().map(|id| short_name(id, &all)).collect();
        assert_eq!(names, ["email-1-7k3q", "x-email-2-7k3q", "8888"]);
    }

    #[test]
    fn what_two_writers_counted_alike_is_told_apart() {
        use crate::report::fixture::{Log, plain};
        let terms = |what| {
            let what = Some(plain(what));
            Box::new(crate::engine::ActionTerms { what, ..crate::engine::ActionTerms::default() })
        };
        let log = Log::opened("14:05", Mode::Live)
            .tell("14:10", Event::ActionAdded { number: 1, terms: terms("one") })
            .on_writer(0xf3)
            .tell("14:11", Event::ActionAdded { number: 1, terms: terms("two") })
            .tell("14:12", Event::ActionAdded { number: 2, terms: terms("three") });
        let codes = crate::report::codes(&log.state());
        assert_eq!(codes, ["A-01-wf2f", "A-01-wf3f", "A-02"]);
    }
}
