//! What is known of a site, put together by whoever can read it.

use super::exercised::Less;
use crate::engine::{Day, ExerciseType};
use crate::playbook::{Approved, Due, Phase, Playbook, PlaybookId, Step, Template};
use crate::site::Site;

/// What is known.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The day at the site.
    pub today: Day,
    /// The site file, as far as it can be read.
    pub site: Option<&'a Site>,
    /// Why the site file cannot be used, if so.
    pub site_broken: Option<String>,
    /// The playbooks at hand.
    pub books: Vec<BookFacts>,
    /// Every exercise that is on record.
    pub held: Vec<Held>,
    /// Exercises that do not count, or count for less than they were called.
    pub less: Vec<Less>,
    /// Every activation of the emergency plan that is on record.
    pub activations: Vec<Activation>,
    /// Trainings, tests, prints: the word of the kind, which one, the day, where it stands.
    pub kept: Vec<(String, Option<String>, Day, String)>,
    /// The improvement plans.
    pub improvement: Improvement,
    /// The items of the 90-day plan.
    pub plan: Vec<PlanItem>,
    /// The first day of the 90-day plan; absent if nobody has started it.
    pub plan_from: Option<Day>,
    /// What of the plan is done, or does not apply here.
    pub ticked: Vec<Ticked>,
}

/// What a playbook says of its own freshness.
#[derive(Debug, Clone)]
pub struct BookFacts {
    /// Its name.
    pub id: PlaybookId,
    /// The day from which it counts as stale.
    pub review_by: Option<Day>,
    /// Of each message, when it was approved; absent if nobody did.
    pub templates: Vec<Option<Signed>>,
}

/// That a message was approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// The day.
    pub on: Day,
    /// The last day that counts, if there is one.
    pub until: Option<Day>,
}

impl BookFacts {
    /// Of a playbook.
    #[must_use]
    pub fn of(book: &Playbook) -> Self {
        let signed = |one: &Approved| {
            Some(Signed { on: Day::of(one.on)?, until: one.until.and_then(Day::of) })
        };
        let template = |one: &Template| one.approved.as_ref().and_then(signed);
        Self {
            id: book.id.clone(),
            review_by: book.review_by.and_then(Day::of),
            templates: book.templates.iter().map(template).collect(),
        }
    }
}

/// An exercise that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The day.
    pub on: Day,
    /// Its type; absent where nobody said.
    pub kind: Option<ExerciseType>,
    /// The playbook.
    pub playbook: Option<PlaybookId>,
    /// Where it stands: the exercise's id, or a record of the standing log.
    pub source: String,
    /// It is documented as the rules of CMS ask: it counts for them as well.
    pub by_law: bool,
}

/// An activation of the emergency plan for a real emergency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activation {
    /// The day of the onset.
    pub onset: Day,
    /// The incident, or the record of the standing log.
    pub source: String,
    /// Why it gives no exemption, if so.
    pub void: Option<String>,
}

/// The improvement plans, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Improvement {
    /// What is overdue, by name.
    pub overdue: Vec<String>,
    /// How many have no date.
    pub no_date: usize,
    /// How many are open and not late.
    pub open: usize,
    /// How many wait to be verified.
    pub to_verify: usize,
    /// How many were due by today.
    pub due: usize,
    /// How many of these were closed and verified in time.
    pub kept: usize,
}

/// An item of the 90-day plan that needs no more work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticked {
    /// Its name.
    pub step: String,
    /// Done, or else not applicable.
    pub done: bool,
    /// The day.
    pub on: Day,
}

/// An item of the 90-day plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanItem {
    /// The stretch of days it belongs to, in words.
    pub phase: String,
    /// Its name.
    pub step: String,
    /// One line for people.
    pub title: String,
    /// How many days after the first one it is due.
    pub days: u32,
}

impl PlanItem {
    /// Of the playbook that a standing log pins.
    #[must_use]
    pub fn of(book: &Playbook) -> Vec<Self> {
        let days = |due: Due| {
            let (Due::AfterStart(after) | Due::AfterPhase(after)) = due;
            u32::try_from(after.num_days()).ok()
        };
        let item = |(phase, step): (&Phase, &Step)| Self {
            phase: phase.title.clone(),
            step: step.id.to_string(),
            title: step.title.clone(),
            days: step.due.and_then(days).unwrap_or(90),
        };
        book.steps().map(item).collect()
    }
}
