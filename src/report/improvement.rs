//! The improvement plan in words: what the log says of it, and its lines as they stand.

use serde::Serialize;

use super::story::{Reading, said};
use super::when::When;
use crate::engine::{
    Action, ActionTerms, Day, Element, Event, Person, Review, State, Text, action_code, reviews,
};

/// One line of an incident's improvement plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionLine {
    /// `A-03`: unique within the incident, unless two writers counted alike.
    pub code: String,
    /// The record that added it: `17@w4f2`.
    pub record: String,
    /// Where it stands.
    pub state: ActionState,
    /// The core capability.
    pub capability: Option<String>,
    /// The issue or area for improvement.
    pub issue: Option<String>,
    /// The corrective action.
    pub what: String,
    /// The capability element.
    pub element: Option<Element>,
    /// The primary responsible organization.
    pub organization: Option<String>,
    /// The point of contact there.
    pub owner: Option<Person>,
    /// The first day of the work.
    pub start: Option<Day>,
    /// The last day on which it is on time.
    pub due: Option<Day>,
    /// The first such day that was given.
    pub first_due: Option<Day>,
    /// The step or template of a playbook that it is to change: `email-outage:freeze-list`.
    pub aim: Option<String>,
    /// When it was put on the plan.
    pub added_at: When,
    /// By whom.
    pub added_by: Option<Person>,
    /// When it was closed.
    pub closed_at: Option<When>,
    /// By whom.
    pub closed_by: Option<Person>,
    /// What shows that it is done.
    pub evidence: Option<String>,
    /// When somebody saw that.
    pub verified_at: Option<When>,
    /// Who.
    pub verified_by: Option<Person>,
    /// Who verified it closed it as well.
    pub own_work: bool,
    /// What they saw.
    pub verified_note: Option<String>,
}

/// Where an action stands, whatever the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    /// Not done.
    Open,
    /// Done, says who did it.
    Closed,
    /// Somebody has seen that it is done.
    Verified,
}

impl ActionState {
    /// The word as it stands in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Verified => "verified",
        }
    }
}

/// A hot wash or an after-action report that an incident owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewLine {
    /// Which.
    pub review: Review,
    /// Until when, by the playbook.
    pub due: When,
    /// When it was finished; absent = not yet.
    pub finished_at: Option<When>,
    /// By whom.
    pub finished_by: Option<Person>,
    /// What shows it, where it was said after the end.
    pub evidence: Option<String>,
    /// The record that says so.
    pub record: Option<String>,
}

/// Every line of the plan that stands, in the order in which they came.
pub(super) fn actions(reading: &Reading<'_>) -> Vec<ActionLine> {
    let state = reading.story.state;
    let codes = codes(state);
    state.actions().zip(codes).map(|(action, code)| line(reading, &action, code)).collect()
}

/// What the incident owes at the end of counting.
pub(super) fn reviewed(reading: &Reading<'_>) -> Vec<ReviewLine> {
    let story = &reading.story;
    let all = reviews(story.book, story.state, story.until);
    all.iter()
        .map(|one| ReviewLine {
            review: one.review,
            due: reading.computed(one.due),
            finished_at: one.finished.map(|moment| reading.occurred(moment)),
            finished_by: one.finished.and_then(|moment| moment.by.clone()),
            evidence: one.evidence.map(said),
            record: one.finished.map(|moment| moment.record.short()),
        })
        .collect()
}

/// What people type for each action of an incident. Where two writers counted alike, the writer makes
/// the difference.
#[must_use]
pub fn codes(state: &State) -> Vec<String> {
    let all: Vec<Action> = state.actions().collect();
    let alike = |number| all.iter().filter(|one| one.number == number).count() > 1;
    let code = |one: &Action| match alike(one.number) {
        false => action_code(one.number),
        true => format!("{}-{}", action_code(one.number), one.added.record.writer.short()),
    };
    all.iter().map(code).collect()
}

fn line(reading: &Reading<'_>, action: &Action, code: String) -> ActionLine {
    let Action { terms, added, closed, verified, .. } = action;
    let state = match (closed, verified) {
        (_, Some(_)) => ActionState::Verified,
        (Some(_), None) => ActionState::Closed,
        (None, None) => ActionState::Open,
    };
    ActionLine {
        code,
        record: added.record.short(),
        state,
        capability: terms.capability.as_ref().map(said),
        issue: terms.issue.as_ref().map(said),
        what: terms.what.as_ref().map(said).unwrap_or_default(),
        element: terms.element,
        organization: terms.organization.as_ref().map(said),
        owner: terms.owner.clone(),
        start: terms.start,
        due: terms.due,
        first_due: action.first_due,
        aim: terms.aim.as_ref().map(ToString::to_string),
        added_at: reading.occurred(added),
        added_by: added.by.clone(),
        closed_at: closed.as_ref().map(|closed| reading.occurred(&closed.moment)),
        closed_by: closed.as_ref().and_then(|closed| closed.moment.by.clone()),
        evidence: closed.as_ref().map(|closed| said(&closed.evidence)),
        verified_at: verified.as_ref().map(|verified| reading.occurred(&verified.moment)),
        verified_by: verified.as_ref().and_then(|verified| verified.moment.by.clone()),
        own_work: verified.as_ref().is_some_and(|verified| verified.own_work),
        verified_note: verified.as_ref().and_then(|one| one.reason.as_ref()).map(said),
    }
}

/// What a record of the improvement plan says, in one sentence; nothing for any other event.
pub(super) fn improved(event: &Event) -> String {
    match event {
        Event::ActionAdded { number, terms } => {
            let what = terms.what.as_ref().map(said).unwrap_or_default();
            let rest = ActionTerms { what: None, ..terms.clone() };
            let rest = listed(&rest);
            let dash = if rest.is_empty() { "" } else { " — " };
            format!("action {} added: {what}{dash}{rest}", action_code(*number))
        }
        Event::ActionUpdated { number, change, .. } => {
            format!("action {} changed: {}", action_code(*number), listed(change))
        }
        Event::ActionClosed { number, evidence, compared, .. } => {
            let version = |c: &crate::engine::Compared| format!(" (version {})", c.version);
            let version = compared.as_ref().map_or(String::new(), version);
            format!("action {} closed: {}{version}", action_code(*number), said(evidence))
        }
        Event::ActionReopened { number, reason, .. } => {
            format!("action {} reopened: {}", action_code(*number), said(reason))
        }
        Event::ActionVerified { number, own_work, reason, .. } => {
            let own = own_work.then(|| "own work".to_owned());
            let reason = reason.as_ref().map(said);
            let parts: Vec<String> = own.into_iter().chain(reason).collect();
            let dash = if parts.is_empty() { "" } else { " — " };
            format!("action {} verified{dash}{}", action_code(*number), parts.join("; "))
        }
        Event::ReviewFinished { review, evidence } => {
            format!("{} finished: {}", review.title(), said(evidence))
        }
        Event::IncidentOpened(_)
        | Event::IncidentDeclared {}
        | Event::FalseAlarmDeclared { .. }
        | Event::IncidentClosed { .. }
        | Event::IncidentClassified { .. }
        | Event::IncidentEscalated { .. }
        | Event::MilestoneMarked { .. }
        | Event::RoleAssigned { .. }
        | Event::RoleReleased { .. }
        | Event::RoleHandedOver { .. }
        | Event::StepBegun { .. }
        | Event::StepDone(_)
        | Event::StepSkipped { .. }
        | Event::StepFailed { .. }
        | Event::StepDeferred { .. }
        | Event::StepReopened { .. }
        | Event::DecisionTaken { .. }
        | Event::StepApproved { .. }
        | Event::NoteAdded { .. }
        | Event::RecordCorrected { .. }
        | Event::RecordWithdrawn { .. }
        | Event::ReadinessRecorded(_)
        | Event::SiteChanged { .. }
        | Event::ClockJumped { .. }
        | Event::TailRecovered { .. }
        | Event::WriterContinued { .. } => String::new(),
    }
}

fn listed(terms: &ActionTerms) -> String {
    let text =
        |name: &str, text: &Option<Text>| text.as_ref().map(|t| format!("{name}{}", said(t)));
    let day = |name: &str, day: Option<Day>| day.map(|day| format!("{name} {day}"));
    let parts = [
        text("", &terms.what),
        text("issue: ", &terms.issue),
        text("capability ", &terms.capability),
        terms.element.map(|element| element.word().to_owned()),
        text("organization ", &terms.organization),
        terms.owner.as_ref().map(|owner| format!("owner {owner}")),
        day("start", terms.start),
        day("due", terms.due),
        terms.aim.as_ref().map(|aim| format!("aims at {aim}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
