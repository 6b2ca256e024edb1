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
    let code = |one: &Action| {
        let code = action_code(one.number);
        let writer = || one.added.record.writer.short();
        if alike(one.number) { format!("{code}-{}", writer()) } else { code }
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
            let rest = ActionTerms { what: None, ..(**terms).clone() };
            let rest = listed(&rest);
            let dash = if rest.is_empty() { "" } else { " — " };
            format!("action {} added: {what}{dash}{rest}", action_code(*number))
        }
        Event::ActionUpdated { number, change, .. } => {
            format!("action {} changed: {}", action_code(*number), listed(change))
        }
        Event::ActionClosed { number, evidence, compared, .. } => {
            let version = |c: &crate::engine::Compared| format!(" (version {})", c.version);
            let version = compared.as_deref().map_or(String::new(), version);
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
        | Event::ExerciseStarted(_)
        | Event::InjectDelivered(_)
        | Event::InjectAdded(_)
        | Event::InjectHeld { .. }
        | Event::InjectSkipped { .. }
        | Event::ObservationNoted { .. }
        | Event::ObjectiveRated { .. }
        | Event::ExerciseClockSet(_)
        | Event::ExerciseInterrupted { .. }
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

#[cfg(test)]
#[expect(clippy::needless_raw_string_hashes, reason = "snapshots are written by a tool")]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;
    use crate::engine::{Aim, AimPart, Compared, Digest, Mode};
    use crate::report::fixture::{Log, book, id, person, plain, story};
    use crate::report::{Report, csv_files, markdown, text};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn terms() -> ActionTerms {
        ActionTerms {
            what: Some(plain("Freeze the list from the saved query")),
            issue: Some(plain("=Freezing took 70 minutes")),
            capability: Some(plain("Health and medical services")),
            element: Some(Element::Planning),
            organization: Some(plain("Riverside Pharmacy")),
            owner: Some(person("Kim Lee")),
            start: Some(day("2026-02-01")),
            due: Some(day("2026-02-28")),
            aim: Some(Aim { playbook: id("email-outage"), part: AimPart::Step(id("freeze-list")) }),
        }
    }

    /// An incident with every event of the plan, told after it was closed.
    fn log() -> Log {
        let log = Log::opened("14:05", Mode::Live).declared("14:10").closed("18:00");
        let log = log.tell("19:00", Event::ActionAdded { number: 1, terms: Box::new(terms()) });
        let (action, mut log) = (log.nth(4), log);
        for (clock, event) in [
            (
                "19:05",
                Event::ActionUpdated {
                    action: action.clone(),
                    number: 1,
                    after: log.nth(4),
                    change: Box::new(ActionTerms {
                        due: Some(day("2026-03-31")),
                        ..ActionTerms::default()
                    }),
                },
            ),
            (
                "20:00",
                Event::ActionClosed {
                    action: action.clone(),
                    number: 1,
                    after: log.nth(5),
                    evidence: plain("the step says so"),
                    compared: Some(Box::new(Compared {
                        version: "2026.2".to_owned(),
                        sha256: Digest::from_bytes([7; 32]),
                    })),
                },
            ),
        ] {
            log = log.tell(clock, event);
        }
        let reopened = Event::ActionReopened {
            action: action.clone(),
            number: 1,
            after: log.nth(6),
            reason: plain("only in the draft"),
        };
        log = log.tell("20:10", reopened);
        let closed = Event::ActionClosed {
            action: action.clone(),
            number: 1,
            after: log.nth(7),
            evidence: plain("published"),
            compared: None,
        };
        log = log.tell("21:00", closed).by("Kim Lee", "clinical-lead");
        let verified = Event::ActionVerified {
            action,
            number: 1,
            after: log.nth(8),
            own_work: false,
            reason: Some(plain("read it")),
        };
        log = log.tell("21:30", verified);
        let more = ActionTerms { what: Some(plain("Ask the vendor")), ..ActionTerms::default() };
        log = log.tell("21:40", Event::ActionAdded { number: 2, terms: Box::new(more) });
        let evidence = plain("binder 3");
        log.tell("22:00", Event::ReviewFinished { review: Review::AfterAction, evidence })
    }

    fn report() -> Report {
        let (book, log) = (book(), log());
        let state = log.state();
        assert_eq!(state.conflicts(), []);
        Report::of(&story(&book, &log, &state))
    }

    fn section<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
        page.split_once(from).unwrap().1.split_once(to).unwrap().0.trim()
    }

    #[test]
    fn the_plan_in_the_report() {
        let report = report();
        assert_data_eq!(
            section(&markdown(&report), "## Improvement plan", "## Missing"),
            str![[r#"
- **AAR, due 2026-02-21 18:00 -05:00, finished 2026-01-22 22:00 -05:00 by Ana Diaz**
  - The after-action report
  - evidence: binder 3
- **A-01, verified, due 2026-03-31, Kim Lee**
  - Freeze the list from the saved query
  - issue: =Freezing took 70 minutes
  - core capability: Health and medical services
  - capability element: Planning
  - responsible organization: Riverside Pharmacy
  - starts 2026-02-01
  - first due 2026-02-28
  - aims at email-outage:freeze-list
  - closed 2026-01-22 21:00 -05:00 by Kim Lee: published
  - verified 2026-01-22 21:30 -05:00 by Ana Diaz: read it
- **A-02, open, no completion date, no owner**
  - Ask the vendor
"#]]
        );
        assert_data_eq!(
            section(&text(&report), "IMPROVEMENT PLAN", "MISSING"),
            str![[r#"
----------------
AAR, due 2026-02-21 18:00 -05:00, finished 2026-01-22 22:00 -05:00 by Ana Diaz
    The after-action report
    evidence: binder 3
A-01, verified, due 2026-03-31, Kim Lee
    Freeze the list from the saved query
    issue: =Freezing took 70 minutes
    core capability: Health and medical services
    capability element: Planning
    responsible organization: Riverside Pharmacy
    starts 2026-02-01
    first due 2026-02-28
    aims at email-outage:freeze-list
    closed 2026-01-22 21:00 -05:00 by Kim Lee: published
    verified 2026-01-22 21:30 -05:00 by Ana Diaz: read it
A-02, open, no completion date, no owner
    Ask the vendor
"#]]
        );
    }

    #[test]
    fn the_plan_as_a_file_of_its_own() {
        let files = csv_files(&report()).unwrap();
        let (_, bytes) = files.iter().find(|(name, _)| *name == "actions.csv").unwrap();
        assert_data_eq!(
            String::from_utf8(bytes.clone()).unwrap(),
            str![[r#"
"incident","mode","code","state","core_capability","issue","corrective_action","capability_element","organization","owner","start","due","first_due","aim","evidence","closed_at","closed_by","verified_at","verified_by","own_work","verified_note","added_at","added_by","record"
"email-outage-20260122-1405","live","A-01","verified","Health and medical services","'=Freezing took 70 minutes","Freeze the list from the saved query","planning","Riverside Pharmacy","Kim Lee","2026-02-01","2026-03-31","2026-02-28","email-outage:freeze-list","published","2026-01-22T21:00:00-05:00","Kim Lee","2026-01-22T21:30:00-05:00","Ana Diaz","false","read it","2026-01-22T19:00:00-05:00","Ana Diaz","4@wf2f"
"email-outage-20260122-1405","live","A-02","open","","","Ask the vendor","","","","","","","","","","","","","","","2026-01-22T21:40:00-05:00","Ana Diaz","10@wf2f"

"#]]
        );
    }

    #[test]
    fn every_record_of_the_plan_is_a_sentence() {
        let said: Vec<String> = report().timeline.into_iter().skip(3).map(|e| e.what).collect();
        assert_data_eq!(
            said.join("\n"),
            str![[r#"
action A-01 added: Freeze the list from the saved query — issue: =Freezing took 70 minutes; capability Health and medical services; planning; organization Riverside Pharmacy; owner Kim Lee; start 2026-02-01; due 2026-02-28; aims at email-outage:freeze-list
action A-01 changed: due 2026-03-31
action A-01 closed: the step says so (version 2026.2)
action A-01 reopened: only in the draft
action A-01 closed: published
action A-01 verified — read it
action A-02 added: Ask the vendor
after-action report finished: binder 3
"#]]
        );
    }
}
