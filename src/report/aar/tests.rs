//! One evaluated exercise and one incident, whole, in every form; and the rules one by one.

#![expect(clippy::needless_raw_string_hashes, reason = "snapshots are written by a tool")]

use snapbox::{IntoData as _, assert_data_eq, str};

use super::*;
use crate::engine::{
    ActionTerms, Day, Delivery, Digest, Element, Event, ExerciseStarted, Finding, Mode, Text,
};
use crate::playbook::{ExerciseKind, FindingKind, InjectKind, NoteKind, Objective, Rating};
use crate::report::csv::csv_files;
use crate::report::evidence::EvidenceKind;
use crate::report::fixture::{Log, afternoon, book, id, person, plain, story};
use crate::report::story::Story;

fn objective(word: &str, text: &str, capability: Option<&str>) -> Objective {
    Objective {
        id: id(word),
        text: text.to_owned(),
        capability: capability.map(str::to_owned),
        target: capability.map(|_| "Within 15 minutes of the declaration.".to_owned()),
        tasks: vec!["Call leadership by phone.".to_owned(), "Write the call down.".to_owned()],
    }
}

fn started() -> Event {
    Event::ExerciseStarted(Box::new(ExerciseStarted {
        exercise: Some(id("no-route")),
        title: plain("No route out"),
        kind: ExerciseKind::Tabletop,
        digest: None,
        minutes: Some(45),
        objectives: vec![
            objective(
                "tell-leaders",
                "Leadership is told in time.",
                Some("Operational Coordination"),
            ),
            objective("fit-scope", "The reach is judged rightly.", Some("Situational Assessment")),
            objective("stand-down", "The teams are released.", None),
        ],
        scenario: Some(plain("It is a Thursday. Mail to the outside comes back.")),
        facilitator: person("Fay Kern"),
        solo: false,
    }))
}

fn told(inject: &str, objective: &str, expect: &str) -> Event {
    Event::InjectDelivered(Box::new(Delivery {
        inject: id(inject),
        kind: InjectKind::Information,
        due: None,
        mode: Some("phone".to_owned()),
        from: Some("Vendor".to_owned()),
        to: Some(id("incident-lead")),
        text: plain("We see no fault here."),
        expect: vec![expect.parse().unwrap()],
        objective: Some(id(objective)),
        changes: Vec::new(),
        added: false,
    }))
}

fn rated(objective: &str, rating: Rating, why: &str) -> Event {
    Event::ObjectiveRated { objective: id(objective), rating, why: plain(why) }
}

fn finding(kind: FindingKind, objective: Option<&str>, statement: &str) -> Finding {
    Finding {
        kind,
        objective: objective.map(id),
        capability: None,
        statement: plain(statement),
        reference: None,
        analysis: None,
        asked: None,
    }
}

fn found(finding: Finding) -> Event {
    Event::FindingNoted(Box::new(finding))
}

fn decided(option: &str) -> Event {
    let (step, option) = (id("scope"), id(option));
    let because = None;
    Event::DecisionTaken { step, occurrence: 1, option, because, initials: None, milestone: None }
}

/// What happened while it ran.
fn running() -> Log {
    Log::opened("14:00", Mode::Exercise)
        .tell("14:00", started())
        .by("Fay Kern", "incident-lead")
        .tell(
            "14:01",
            Event::RoleAssigned {
                role: id("incident-lead"),
                person: person("Ana Diaz"),
                deputy: false,
            },
        )
        .declared("14:05")
        .tell("14:06", told("i1", "tell-leaders", "notify-leadership"))
        .by("Fay Kern", "incident-lead")
        .tell("14:10", told("i2", "fit-scope", "scope=corporate"))
        .by("Fay Kern", "incident-lead")
        .done("14:31", "notify-leadership", 1)
        .tell("14:33", decided("local"))
        .tell(
            "14:34",
            Event::StepFailed {
                step: id("vendor-ticket"),
                occurrence: 1,
                reason: plain("the portal needs mail"),
            },
        )
        .tell(
            "14:35",
            Event::ObservationNoted {
                objective: None,
                inject: Some(id("i1")),
                text: plain("The list of numbers was on the shared drive."),
            },
        )
        .by("Eva Lund", "incident-lead")
        .tell("14:40", rated("tell-leaders", Rating::SomeChallenges, "late, but complete"))
        .by("Eva Lund", "incident-lead")
        .tell(
            "14:41",
            Event::NoteAdded { kind: NoteKind::Strength, text: plain("roles were taken at once") },
        )
}

/// The same with everything that came after.
fn evaluated() -> Log {
    let improve = FindingKind::Improvement;
    let log = running()
        .closed("14:45")
        .tell(
            "23 09:00",
            rated("tell-leaders", Rating::MajorChallenges, "26 minutes, plan says 15"),
        )
        .by("Eva Lund", "incident-lead")
        .tell("23 09:01", rated("fit-scope", Rating::Performed, "two sources were asked"))
        .by("Ana Diaz", "incident-lead")
        .tell(
            "23 09:10",
            found(Finding {
                reference: Some(plain("playbook I-01, 15 minutes")),
                analysis: Some(plain("The numbers were on a drive that was down.\nNo paper copy.")),
                ..finding(
                    improve,
                    Some("tell-leaders"),
                    "The numbers of leadership were not at hand",
                )
            }),
        )
        .tell("23 09:12", found(finding(improve, None, "=HYPERLINK(\"http://evil.example\")")))
        .tell(
            "23 09:13",
            found(Finding {
                capability: Some(plain("Cybersecurity")),
                ..finding(FindingKind::Strength, None, "IT looked at sign-ins first")
            }),
        )
        .tell("23 09:14", found(finding(improve, None, "said twice")));
    let twice = log.nth(19);
    log.tell("23 09:15", Event::RecordWithdrawn { target: twice, reason: plain("said twice") })
        .tell(
            "23 09:20",
            Event::ReportFieldSet {
                field: ReportField::Sponsor,
                text: plain("Riverside | Pharmacy"),
            },
        )
        .tell(
            "23 09:21",
            Event::ActionAdded {
                number: 1,
                terms: Box::new(ActionTerms {
                    what: Some(plain("Print the numbers weekly")),
                    issue: Some(plain("the numbers of leadership were not at hand.")),
                    element: Some(Element::Planning),
                    owner: Some(person("Ben Ito")),
                    due: Day::parse("2026-02-20"),
                    ..ActionTerms::default()
                }),
            },
        )
}

fn report_of(log: &Log) -> Report {
    let (book, state) = (book(), log.state());
    Report::of(&story(&book, log, &state))
}

#[test]
#[expect(clippy::too_many_lines, reason = "a whole document")]
fn an_evaluated_exercise_in_the_outline_of_hseep() {
    assert_data_eq!(
        aar_markdown(&report_of(&evaluated()), Outline::Hseep).into_data().raw(),
        str![[r##"
# EXERCISE - After-Action Report/Improvement Plan: No route out

**EXERCISE - EXERCISE - EXERCISE: nothing in this report was real**

**NOT COMPLETE: 21 places are not filled in, 1 objective is not rated**

## EXERCISE - Exercise Overview

|   |   |
|---|---|
| Exercise Name | No route out |
| Exercise Dates | 2026-01-22 14:00 -05:00 to 2026-01-22 14:45 -05:00 |
| Scope | A tabletop exercise, planned for 45 minutes, at Main Street Pharmacy |
| Mission Area(s) | Protection, Response |
| Core Capabilities | Operational Coordination; Situational Assessment; Cybersecurity |
| Objectives | 1\. Leadership is told in time. / 2. The reach is judged rightly. / 3. The teams are released. |
| Threat or Hazard | email-outage (playbook version 2026.1) |
| Scenario | It is a Thursday. Mail to the outside comes back. |
| Sponsor | Riverside \| Pharmacy |
| Participating Organizations | Main Street Pharmacy |
| Point of Contact | (not filled in) |

## EXERCISE - Analysis of Core Capabilities

| Objective | Core Capability | P | S | M | U |
|---|---|---|---|---|---|
| Leadership is told in time. | Operational Coordination |  |  | X |  |
| The reach is judged rightly. | Situational Assessment | X |  |  |  |
| The teams are released. | (not filled in) |  |  |  |  |

Not rated by anybody: stand-down.

Ratings are the judgement of evaluators; the software proposes evidence and computes none.

- P, performed without challenges: Objective met; nothing else harmed, no added safety risk, by plans and law.
- S, performed with some challenges: Objective met, but effectiveness could improve.
- M, performed with major challenges: Objective met, but other activities harmed, risk added, or outside plans or law.
- U, unable to be performed: Objective not met.

### EXERCISE - Objective 1: Leadership is told in time.

|   |   |
|---|---|
| Core Capability | Operational Coordination |
| Organizational Capability Target | Within 15 minutes of the declaration. |
| Associated Critical Tasks | Call leadership by phone. / Write the call down. |
| Rating | M, performed with major challenges |
| Explanation of Rating | 26 minutes, plan says 15 |
| Evaluator | Eva Lund, 14\@wf2f |
| Rated Before | S, performed with some challenges (Eva Lund, 11\@wf2f): late, but complete |

#### EXERCISE - Strengths

None.

#### EXERCISE - Areas for Improvement

- **Area for Improvement 1: The numbers of leadership were not at hand**
  - Reference: playbook I-01, 15 minutes
  - Analysis: The numbers were on a drive that was down. / No paper copy.
  - Record: 16\@wf2f

#### EXERCISE - Observation Notes

- **2026-01-22 14:35 -05:00, 10\@wf2f, inject i1**
  - The list of numbers was on the shared drive.

#### EXERCISE - Evidence in the Log

| What | Where | Record |
|---|---|---|
| late | I-01 notify-leadership, incident-lead: due T+15, answered T+26 | 7\@wf2f |

### EXERCISE - Objective 2: The reach is judged rightly.

|   |   |
|---|---|
| Core Capability | Situational Assessment |
| Organizational Capability Target | Within 15 minutes of the declaration. |
| Associated Critical Tasks | Call leadership by phone. / Write the call down. |
| Rating | P, performed without challenges |
| Explanation of Rating | two sources were asked |
| Evaluator | Ana Diaz, who played as well, 15\@wf2f |

#### EXERCISE - Strengths

None.

#### EXERCISE - Areas for Improvement

None.

#### EXERCISE - Observation Notes

None.

#### EXERCISE - Evidence in the Log

| What | Where | Record |
|---|---|---|
| no expected action | i2 asked for scope=corporate, which did not follow | 6\@wf2f |

### EXERCISE - Objective 3: The teams are released.

|   |   |
|---|---|
| Core Capability | (not filled in) |
| Organizational Capability Target | (not filled in) |
| Associated Critical Tasks | Call leadership by phone. / Write the call down. |
| Rating | not rated |
| Explanation of Rating | (not filled in) |
| Evaluator | (not filled in) |

#### EXERCISE - Strengths

None.

#### EXERCISE - Areas for Improvement

None.

#### EXERCISE - Observation Notes

None.

#### EXERCISE - Evidence in the Log

None.

### EXERCISE - Core Capability: Cybersecurity

#### EXERCISE - Strengths

- **Strength 1: IT looked at sign-ins first**
  - Reference: (not filled in)
  - Analysis: (not filled in)
  - Record: 18\@wf2f

#### EXERCISE - Areas for Improvement

None.

### EXERCISE - Of No Objective and No Core Capability

#### EXERCISE - Strengths

- **Strength 1: roles were taken at once**
  - Reference: (not filled in)
  - Analysis: (not filled in)
  - Record: 12\@wf2f

#### EXERCISE - Areas for Improvement

- **Area for Improvement 1: =HYPERLINK("http\://evil.example")**
  - Reference: (not filled in)
  - Analysis: (not filled in)
  - Record: 17\@wf2f

## EXERCISE - Appendix A: Improvement Plan

What is to go better after the exercise "No route out", who answers for it, and until when. An action is closed with evidence and verified by another person.

| Core Capability | Issue/Area for Improvement | Corrective Action | Capability Element | Primary Responsible Organization | Organization POC | Start Date | Completion Date |
|---|---|---|---|---|---|---|---|
| Operational Coordination | the numbers of leadership were not at hand. | A-01: Print the numbers weekly | Planning | (not filled in) | Ben Ito | (not filled in) | 2026-02-20 |
| (not filled in) | \=HYPERLINK("http\://evil.example") | (not filled in) | (not filled in) | (not filled in) | (not filled in) | (not filled in) | (not filled in) |

## EXERCISE - Appendix B: Exercise Participants

|   |   |
|---|---|
| Participating Organizations | Main Street Pharmacy |

| Person | Took part as |
|---|---|
| Ana Diaz | Incident Lead, Evaluator |
| Fay Kern | Facilitator |
| Eva Lund | Evaluator |

## EXERCISE - Appendix C: Further Evidence in the Log

What the log shows beyond the objectives, for people to weigh: it judges nothing, and a step that nobody answered may lie outside of what was exercised.

| What | Where | Record |
|---|---|---|
| failed | I-04 vendor-ticket, it-lead: the portal needs mail | 9\@wf2f |
| target missed | Steps finished on time: 50 %, target at least 90 % | - |

## EXERCISE - Appendix D: The Log Behind This Report

|   |   |
|---|---|
| Log | email-outage-20260122-1405 |
| Playbook | email-outage 2026.1 |
| Records | 22 |

No integrity problem was found when this report was made.

This report is made from the incident's log and holds what people recorded. Persons and roles are asserted by whoever typed, not authenticated. Each record carries the hash of the one before it, so a changed, missing or inserted record shows; a cleanly cut end or a complete rewrite cannot be seen from the file alone. Compare the checkpoint lines with the ones that were printed, read out or sent to somebody else during the incident. Times are those of the recording machine's clock unless somebody gave another one. A patient token with a reason is still health information.

## EXERCISE - Appendix E: Exercise Events Summary Table

| Delivered | Inject | Event | Expected action | What followed |
|---|---|---|---|---|
| 2026-01-22 14:06 -05:00 | i1 | Vendor to incident-lead: We see no fault here. | notify-leadership | notify-leadership: 2026-01-22 14:31 -05:00 |
| 2026-01-22 14:10 -05:00 | i2 | Vendor to incident-lead: We see no fault here. | scope=corporate | scope=corporate: did not happen |

"##]].raw()
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a whole document")]
fn an_evaluated_exercise_in_the_outline_of_cms() {
    assert_data_eq!(
        aar_markdown(&report_of(&evaluated()), Outline::Cms).into_data().raw(),
        str![[r##"
# EXERCISE - After-Action Report/Improvement Plan: No route out

**EXERCISE - EXERCISE - EXERCISE: nothing in this report was real**

**NOT COMPLETE: 25 places are not filled in, 1 objective is not rated**

## EXERCISE - Executive Summary

(not filled in)

## EXERCISE - Section 1: Exercise Overview

|   |   |
|---|---|
| Exercise Name | No route out |
| Exercise Dates | 2026-01-22 14:00 -05:00 to 2026-01-22 14:45 -05:00 |
| Scope | A tabletop exercise, planned for 45 minutes, at Main Street Pharmacy |
| Mission Area(s) | Protection, Response |
| Core Capabilities | Operational Coordination; Situational Assessment; Cybersecurity |
| Objectives | 1\. Leadership is told in time. / 2. The reach is judged rightly. / 3. The teams are released. |
| Threat or Hazard | email-outage (playbook version 2026.1) |
| Scenario | It is a Thursday. Mail to the outside comes back. |
| Sponsor | Riverside \| Pharmacy |
| Participating Organizations | Main Street Pharmacy |
| Point of Contact | (not filled in) |

| Person | Took part as |
|---|---|
| Ana Diaz | Incident Lead, Evaluator |
| Fay Kern | Facilitator |
| Eva Lund | Evaluator |

## EXERCISE - Section 2: Exercise Design Summary

(not filled in)

### EXERCISE - Objectives and Core Capabilities

| Objective | Core Capability | P | S | M | U |
|---|---|---|---|---|---|
| Leadership is told in time. | Operational Coordination |  |  | X |  |
| The reach is judged rightly. | Situational Assessment | X |  |  |  |
| The teams are released. | (not filled in) |  |  |  |  |

Not rated by anybody: stand-down.

Ratings are the judgement of evaluators; the software proposes evidence and computes none.

- P, performed without challenges: Objective met; nothing else harmed, no added safety risk, by plans and law.
- S, performed with some challenges: Objective met, but effectiveness could improve.
- M, performed with major challenges: Objective met, but other activities harmed, risk added, or outside plans or law.
- U, unable to be performed: Objective not met.

### EXERCISE - Scenario Summary

It is a Thursday. Mail to the outside comes back.

## EXERCISE - Section 3: Improvement Plan

What is to go better after the exercise "No route out", who answers for it, and until when. An action is closed with evidence and verified by another person.

| Core Capability | Issue/Area for Improvement | Corrective Action | Capability Element | Primary Responsible Organization | Organization POC | Start Date | Completion Date |
|---|---|---|---|---|---|---|---|
| Operational Coordination | the numbers of leadership were not at hand. | A-01: Print the numbers weekly | Planning | (not filled in) | Ben Ito | (not filled in) | 2026-02-20 |
| (not filled in) | \=HYPERLINK("http\://evil.example") | (not filled in) | (not filled in) | (not filled in) | (not filled in) | (not filled in) | (not filled in) |

### EXERCISE - Objective 1: Leadership is told in time.

|   |   |
|---|---|
| Core Capability | Operational Coordination |
| Organizational Capability Target | Within 15 minutes of the declaration. |
| Associated Critical Tasks | Call leadership by phone. / Write the call down. |
| Rating | M, performed with major challenges |
| Explanation of Rating | 26 minutes, plan says 15 |
| Evaluator | Eva Lund, 14\@wf2f |
| Rated Before | S, performed with some challenges (Eva Lund, 11\@wf2f): late, but complete |

#### EXERCISE - Strengths

None.

#### EXERCISE - Areas for Improvement

- **Area for Improvement 1: The numbers of leadership were not at hand**
  - Reference: playbook I-01, 15 minutes
  - Analysis: The numbers were on a drive that was down. / No paper copy.
  - Record: 16\@wf2f

#### EXERCISE - Observation Notes

- **2026-01-22 14:35 -05:00, 10\@wf2f, inject i1**
  - The list of numbers was on the shared drive.

#### EXERCISE - Evidence in the Log

| What | Where | Record |
|---|---|---|
| late | I-01 notify-leadership, incident-lead: due T+15, answered T+26 | 7\@wf2f |

### EXERCISE - Objective 2: The reach is judged rightly.

|   |   |
|---|---|
| Core Capability | Situational Assessment |
| Organizational Capability Target | Within 15 minutes of the declaration. |
| Associated Critical Tasks | Call leadership by phone. / Write the call down. |
| Rating | P, performed without challenges |
| Explanation of Rating | two sources were asked |
| Evaluator | Ana Diaz, who played as well, 15\@wf2f |

#### EXERCISE - Strengths

None.

#### EXERCISE - Areas for Improvement

None.

#### EXERCISE - Observation Notes

None.

#### EXERCISE - Evidence in the Log

| What | Where | Record |
|---|---|---|
| no expected action | i2 asked for scope=corporate, which did not follow | 6\@wf2f |

### EXERCISE - Objective 3: The teams are released.

|   |   |
|---|---|
| Core Capability | (not filled in) |
| Organizational Capability Target | (not filled in) |
| Associated Critical Tasks | Call leadership by phone. / Write the call down. |
| Rating | not rated |
| Explanation of Rating | (not filled in) |
| Evaluator | (not filled in) |

#### EXERCISE - Strengths

None.

#### EXERCISE - Areas for Improvement

None.

#### EXERCISE - Observation Notes

None.

#### EXERCISE - Evidence in the Log

None.

### EXERCISE - Core Capability: Cybersecurity

#### EXERCISE - Strengths

- **Strength 1: IT looked at sign-ins first**
  - Reference: (not filled in)
  - Analysis: (not filled in)
  - Record: 18\@wf2f

#### EXERCISE - Areas for Improvement

None.

### EXERCISE - Of No Objective and No Core Capability

#### EXERCISE - Strengths

- **Strength 1: roles were taken at once**
  - Reference: (not filled in)
  - Analysis: (not filled in)
  - Record: 12\@wf2f

#### EXERCISE - Areas for Improvement

- **Area for Improvement 1: =HYPERLINK("http\://evil.example")**
  - Reference: (not filled in)
  - Analysis: (not filled in)
  - Record: 17\@wf2f

## EXERCISE - Section 4: Conclusion

(not filled in)

## EXERCISE - Appendix A: Acronyms

| Acronym | Meaning |
|---|---|
| AAR/IP | After-Action Report/Improvement Plan |
| CMS | Centers for Medicare &amp; Medicaid Services |
| EEG | Exercise Evaluation Guide |
| FEMA | Federal Emergency Management Agency |
| HSEEP | Homeland Security Exercise and Evaluation Program |
| MSEL | Master Scenario Events List |
| P, S, M, U | Performed without challenges, with some challenges, with major challenges, unable to be performed |
| POC | Point of Contact |
| T+0 | The moment of the declaration, from which minutes are counted |

## EXERCISE - Appendix B: Lessons Learned

### EXERCISE - To Be Kept

- roles were taken at once
- IT looked at sign-ins first

### EXERCISE - To Go Better

- The numbers of leadership were not at hand
- \=HYPERLINK("http\://evil.example")

## EXERCISE - Appendix C: Participant Feedback

(not filled in)

## EXERCISE - Appendix D: Exercise Events Synopsis

| When | T+ min | Milestone | Service |
|---|---|---|---|
| 2026-01-22 14:05 -05:00 | T+0 | declared | all |

## EXERCISE - Appendix E: Exercise Events Summary Table

| Delivered | Inject | Event | Expected action | What followed |
|---|---|---|---|---|
| 2026-01-22 14:06 -05:00 | i1 | Vendor to incident-lead: We see no fault here. | notify-leadership | notify-leadership: 2026-01-22 14:31 -05:00 |
| 2026-01-22 14:10 -05:00 | i2 | Vendor to incident-lead: We see no fault here. | scope=corporate | scope=corporate: did not happen |

## EXERCISE - Further Evidence in the Log

What the log shows beyond the objectives, for people to weigh: it judges nothing, and a step that nobody answered may lie outside of what was exercised.

| What | Where | Record |
|---|---|---|
| failed | I-04 vendor-ticket, it-lead: the portal needs mail | 9\@wf2f |
| target missed | Steps finished on time: 50 %, target at least 90 % | - |

## EXERCISE - The Log Behind This Report

|   |   |
|---|---|
| Log | email-outage-20260122-1405 |
| Playbook | email-outage 2026.1 |
| Records | 22 |

No integrity problem was found when this report was made.

This report is made from the incident's log and holds what people recorded. Persons and roles are asserted by whoever typed, not authenticated. Each record carries the hash of the one before it, so a changed, missing or inserted record shows; a cleanly cut end or a complete rewrite cannot be seen from the file alone. Compare the checkpoint lines with the ones that were printed, read out or sent to somebody else during the incident. Times are those of the recording machine's clock unless somebody gave another one. A patient token with a reason is still health information.

"##]].raw()
    );
}

#[test]
fn an_incident_in_the_words_of_an_incident() {
    let report = report_of(&afternoon(Mode::Live));
    assert_data_eq!(aar_markdown(&report, Outline::Hseep).into_data().raw(), str![[r##"
# After-Action Report/Improvement Plan: Mail down at Main St

**NOT COMPLETE: 18 places are not filled in**

## Incident Overview

|   |   |
|---|---|
| Incident Name | Mail down at Main St |
| Incident Dates | 2026-01-22 14:05 -05:00 to 2026-01-22 18:00 -05:00 |
| Scope | (not filled in) |
| Mission Area(s) | (not filled in) |
| Core Capabilities | (not filled in) |
| Objectives | (not filled in) |
| Threat or Hazard | email-outage (playbook version 2026.1) |
| What Happened | (not filled in) |
| Responsible Organization | (not filled in) |
| Participating Organizations | Main Street Pharmacy |
| Point of Contact | (not filled in) |

## Analysis of Core Capabilities

An incident is analyzed and not rated: ratings belong to the objectives of an exercise.

### What Was Found

#### Strengths

- **Strength 1: call-back numbers were at hand**
  - Reference: (not filled in)
  - Analysis: (not filled in)
  - Record: 13\@wf2f

#### Areas for Improvement

- **Area for Improvement 1: =HYPERLINK("http\://evil.example") \| &lt;b&gt;list&lt;/b&gt; \`x\`**
  - Reference: (not filled in)
  - Analysis: (not filled in)
  - Record: 4\@wa7a

## Appendix A: Improvement Plan

What is to go better after the incident "Mail down at Main St", who answers for it, and until when. An action is closed with evidence and verified by another person.

| Core Capability | Issue/Area for Improvement | Corrective Action | Capability Element | Primary Responsible Organization | Organization POC | Start Date | Completion Date |
|---|---|---|---|---|---|---|---|
| (not filled in) | \=HYPERLINK("http\://evil.example") \| &lt;b&gt;list&lt;/b&gt; \`x\` | (not filled in) | (not filled in) | (not filled in) | (not filled in) | (not filled in) | (not filled in) |

## Appendix B: Participants

|   |   |
|---|---|
| Participating Organizations | Main Street Pharmacy |

| Person | Took part as |
|---|---|
| Ana Diaz | Incident Lead |
| Ben Ito | Incident Lead |

## Appendix C: Further Evidence in the Log

What the log shows beyond the objectives, for people to weigh: it judges nothing, and a step that nobody answered may lie outside of what was exercised.

None.

## Appendix D: The Log Behind This Report

|   |   |
|---|---|
| Log | email-outage-20260122-1405 |
| Playbook | email-outage 2026.1 |
| Records | 22 |

No integrity problem was found when this report was made.

This report is made from the incident's log and holds what people recorded. Persons and roles are asserted by whoever typed, not authenticated. Each record carries the hash of the one before it, so a changed, missing or inserted record shows; a cleanly cut end or a complete rewrite cannot be seen from the file alone. Compare the checkpoint lines with the ones that were printed, read out or sent to somebody else during the incident. Times are those of the recording machine's clock unless somebody gave another one. A patient token with a reason is still health information.

"##]].raw());
}

#[test]
fn the_plan_alone_has_the_columns_of_the_form_and_no_live_formula() {
    let bytes = aar_csv(&report_of(&evaluated())).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_data_eq!(
        text,
        str![[r#"
"Core Capability","Issue/Area for Improvement","Corrective Action","Capability Element","Primary Responsible Organization","Organization POC","Start Date","Completion Date"
"Operational Coordination","EXERCISE: the numbers of leadership were not at hand.","A-01: Print the numbers weekly","Planning","","Ben Ito","","2026-02-20"
"","EXERCISE: =HYPERLINK(""http://evil.example"")","","","","","",""

"#]]
    );
    let live = aar_csv(&report_of(&afternoon(Mode::Live))).unwrap();
    assert_data_eq!(
        String::from_utf8(live).unwrap(),
        str![[r#"
"Core Capability","Issue/Area for Improvement","Corrective Action","Capability Element","Primary Responsible Organization","Organization POC","Start Date","Completion Date"
"","'=HYPERLINK(""http://evil.example"") | <b>list</b> `x`","","","","","",""

"#]]
    );
}

#[test]
fn the_evaluation_guide_blank_and_filled() {
    let report = report_of(&evaluated());
    assert_data_eq!(
        eeg_text(&report, Filled::AsRecorded),
        str![[r#"
*** EXERCISE - EXERCISE - EXERCISE: nothing in this exercise was real ***
EXERCISE - Exercise Evaluation Guide: No route out
================================================================================

EXERCISE - OBJECTIVE 1: LEADERSHIP IS TOLD IN TIME.
---------------------------------------------------
Objective       tell-leaders
Core Capability Operational Coordination

Organizational       Associated         Observation Notes and     Target Rating
Capability Target    Critical Tasks     Explanation of Rating
--------------------------------------------------------------------------------
Within 15 minutes    Call leadership    The list of numbers was   M
of the declaration.  by phone. / Write  on the shared drive.
                     the call down.     (10@wf2f) / Explanation:
                                        26 minutes, plan says 15

Final Core Capability Rating M, performed with major challenges
Evaluator Name               Eva Lund
Evaluator E-mail             ____________________
Evaluator Phone              ____________________

P, performed without challenges: Objective met; nothing else harmed, no added
safety risk, by plans and law.
S, performed with some challenges: Objective met, but effectiveness could
improve.
M, performed with major challenges: Objective met, but other activities harmed,
risk added, or outside plans or law.
U, unable to be performed: Objective not met.

EXERCISE - OBJECTIVE 2: THE REACH IS JUDGED RIGHTLY.
----------------------------------------------------
Objective       fit-scope
Core Capability Situational Assessment

Organizational       Associated Critical Tasks  Observation Notes and  Target
Capability Target                               Explanation of Rating  Rating
------------------------------------------------------------------------------
Within 15 minutes    Call leadership by phone.  Explanation: two       P
of the declaration.  / Write the call down.     sources were asked

Final Core Capability Rating P, performed without challenges
Evaluator Name               Ana Diaz
Evaluator E-mail             ____________________
Evaluator Phone              ____________________

P, performed without challenges: Objective met; nothing else harmed, no added
safety risk, by plans and law.
S, performed with some challenges: Objective met, but effectiveness could
improve.
M, performed with major challenges: Objective met, but other activities harmed,
risk added, or outside plans or law.
U, unable to be performed: Objective not met.

EXERCISE - OBJECTIVE 3: THE TEAMS ARE RELEASED.
-----------------------------------------------
Objective       stand-down
Core Capability ____________________

Organizational     Associated Critical Tasks  Observation Notes and  Target
Capability Target                             Explanation of Rating  Rating
----------------------------------------------------------------------------
                   Call leadership by phone.  ____                   ____
                   / Write the call down.

Final Core Capability Rating ____________________
Evaluator Name               ____________________
Evaluator E-mail             ____________________
Evaluator Phone              ____________________

P, performed without challenges: Objective met; nothing else harmed, no added
safety risk, by plans and law.
S, performed with some challenges: Objective met, but effectiveness could
improve.
M, performed with major challenges: Objective met, but other activities harmed,
risk added, or outside plans or law.
U, unable to be performed: Objective not met.

*** EXERCISE - EXERCISE - EXERCISE: nothing in this exercise was real ***

"#]]
    );
    let blank = eeg_text(&report, Filled::Blank);
    for words in ["Eva Lund", "26 minutes", "shared drive", "major challenges ("] {
        assert!(!blank.contains(words), "{words}");
    }
    assert!(blank.contains("Within 15 minutes"), "{blank}");
}

#[test]
fn nobody_reads_a_judgement_while_the_exercise_runs() {
    let report = report_of(&running());
    assert_eq!(report.objectives.len(), 3);
    for one in &report.objectives {
        assert_eq!((&one.rating, one.observations.len()), (&None, 0), "{}", one.id);
    }
    assert_eq!(report.observations, []);
    for inject in &report.inject_outcomes {
        assert_eq!((&inject.objective, inject.expected.len()), (&None, 0), "{}", inject.id);
    }
    let kinds: Vec<EvidenceKind> = report.evidence.iter().map(|one| one.kind).collect();
    assert!(!kinds.contains(&EvidenceKind::NoExpectedAction), "{kinds:?}");
    let json = serde_json::to_string(&report).unwrap();
    for words in ["late, but complete", "shared drive was", "scope=corporate"] {
        assert!(!json.contains(words), "{words}");
    }
}

#[test]
fn the_first_lines_say_what_is_wrong_with_it() {
    let first = |log: &Log, problems: &[String]| {
        let (book, state) = (book(), log.state());
        let report = Report::of(&Story { problems, ..story(&book, log, &state) });
        stamps(&report, &[])
    };
    let words = |log: &Log| first(log, &[]);
    assert_eq!(words(&Log::opened("14:00", Mode::Live).closed("15:00")), [""; 0]);
    assert_eq!(
        words(&Log::opened("14:00", Mode::Live)),
        ["NOT OVER: this report was made while the work still went on"]
    );
    let exercise = first(&evaluated(), &["wf2f line 3: no".to_owned()]);
    assert_eq!(
        exercise,
        [
            "EXERCISE - EXERCISE - EXERCISE: nothing in this report was real",
            "INTEGRITY PROBLEM: parts of this log did not verify, see the end",
            "NOT COMPLETE: 1 objective is not rated",
        ]
    );
}

#[test]
fn a_correction_stands_beside_its_finding() {
    let log = Log::opened("14:00", Mode::Live)
        .tell("14:10", found(finding(FindingKind::Improvement, None, "no list")));
    let target = log.nth(2);
    let note = plain("there was one, in the binder");
    let log = log.tell("14:20", Event::RecordCorrected { target, note, occurred: None });
    let page = aar_markdown(&report_of(&log), Outline::Hseep);
    assert!(page.contains("Corrected by 3\\@wf2f: there was one, in the binder"), "{page}");
}

#[test]
fn names_stand_only_where_somebody_answers_for_something() {
    let page = aar_markdown(&report_of(&evaluated()), Outline::Hseep);
    let (before, after) = page.split_once("Appendix B").unwrap();
    assert!(after.contains("Ana Diaz"));
    for line in before.lines().filter(|line| line.contains("Ana Diaz")) {
        assert!(line.starts_with("| Evaluator |"), "{line}");
    }
}

#[test]
fn the_csv_files_of_a_report_hold_objectives_and_findings() {
    let files = csv_files(&report_of(&evaluated())).unwrap();
    let sheet = |name: &str| {
        let (_, bytes) = files.iter().find(|(file, _)| *file == name).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    assert_data_eq!(
        sheet("objectives.csv"),
        str![[r#"
"incident","mode","objective","text","core_capability","target","critical_tasks","rating","why","evaluator","evaluator_played","rated_at","record"
"email-outage-20260122-1405","EXERCISE","tell-leaders","Leadership is told in time.","Operational Coordination","Within 15 minutes of the declaration.","Call leadership by phone.; Write the call down.","M","26 minutes, plan says 15","Eva Lund","false","2026-01-23T09:00:00-05:00","14@wf2f"
"email-outage-20260122-1405","EXERCISE","fit-scope","The reach is judged rightly.","Situational Assessment","Within 15 minutes of the declaration.","Call leadership by phone.; Write the call down.","P","two sources were asked","Ana Diaz","true","2026-01-23T09:01:00-05:00","15@wf2f"
"email-outage-20260122-1405","EXERCISE","stand-down","The teams are released.","","","Call leadership by phone.; Write the call down.","","","","","",""

"#]]
    );
    assert_data_eq!(
        sheet("findings.csv"),
        str![[r#"
"incident","mode","kind","objective","core_capability","statement","reference","analysis","from_note","occurred_at","t_plus_min","recorded_at","late_entry","by","role","record"
"email-outage-20260122-1405","EXERCISE","strength","","","roles were taken at once","","","true","2026-01-22T14:41:00-05:00",36,"2026-01-22T14:41:00-05:00","false","Ana Diaz","incident-lead","12@wf2f"
"email-outage-20260122-1405","EXERCISE","improvement","tell-leaders","","The numbers of leadership were not at hand","playbook I-01, 15 minutes","The numbers were on a drive that was down.
No paper copy.","false","2026-01-23T09:10:00-05:00",1145,"2026-01-23T09:10:00-05:00","false","Ana Diaz","incident-lead","16@wf2f"
"email-outage-20260122-1405","EXERCISE","improvement","","","'=HYPERLINK(""http://evil.example"")","","","false","2026-01-23T09:12:00-05:00",1147,"2026-01-23T09:12:00-05:00","false","Ana Diaz","incident-lead","17@wf2f"
"email-outage-20260122-1405","EXERCISE","strength","","Cybersecurity","IT looked at sign-ins first","","","false","2026-01-23T09:13:00-05:00",1148,"2026-01-23T09:13:00-05:00","false","Ana Diaz","incident-lead","18@wf2f"

"#]]
    );
}

#[test]
fn the_page_to_print_says_the_same_and_exercise_on_every_page() {
    let page = aar_html(&report_of(&evaluated()), Outline::Hseep);
    for part in [
        "@top-center{content:\"EXERCISE - EXERCISE - EXERCISE\"",
        "@bottom-left{content:\"After-action report email-outage-20260122-1405\"",
        "<td class=\"tick\">X</td>",
        "<td class=\"empty short\">(not filled in)</td>",
        "=HYPERLINK(&quot;http://evil.example&quot;)",
        "<section class=\"wide\">",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for heading in page.lines().filter(|line| line.starts_with("<h")) {
        let is_title = heading.starts_with("<html") || heading.starts_with("<head");
        assert!(is_title || heading.contains(">EXERCISE - "), "{heading}");
    }
}

/// Two sealed areas and a sealed action say nothing of each other, and signs are no words.
#[test]
fn an_area_is_missing_from_the_plan_only_where_an_action_repeats_its_words() {
    let sealed = || Text::Sealed(Digest::from_bytes([9; 32]));
    let improve = FindingKind::Improvement;
    let hidden = || found(Finding { statement: sealed(), ..finding(improve, None, "") });
    let action = |number, issue| {
        let terms = ActionTerms { what: Some(plain("Mend it")), issue, ..ActionTerms::default() };
        Event::ActionAdded { number, terms: Box::new(terms) }
    };
    let log = running()
        .closed("14:45")
        .tell("23 09:00", hidden())
        .tell("23 09:01", hidden())
        .tell("23 09:02", found(finding(improve, None, "???")))
        .tell("23 09:03", found(finding(improve, None, "No paper copy.")))
        .tell("23 09:04", action(1, Some(sealed())))
        .tell("23 09:05", action(2, Some(plain("!!!"))))
        .tell("23 09:06", action(3, Some(plain("no paper  copy"))));
    let plan = String::from_utf8(aar_csv(&report_of(&log)).unwrap()).unwrap();
    let issues: Vec<&str> =
        plan.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    assert_eq!(issues.len(), 6, "three actions, and three areas that none of them answers: {plan}");
    assert_eq!(plan.matches("paper").count(), 1, "{plan}");
}

/// Whoever closes an action weeks later took no part; whoever spoke at the hot wash did.
#[test]
fn participants_are_those_of_the_conduct_and_the_hot_wash() {
    let finding = finding(FindingKind::Strength, None, "Roles were taken at once");
    let terms = ActionTerms { what: Some(plain("Mend it")), ..ActionTerms::default() };
    let log = running().closed("14:45").tell("23 09:00", found(finding));
    let log = log.by("Hal Roy", "incident-lead");
    let added = Event::ActionAdded { number: 1, terms: Box::new(terms) };
    let log = log.tell("23 10:00", added).by("Zoe Late", "incident-lead");
    let text = aar_markdown(&report_of(&log), Outline::Hseep);
    let part = text.split("| Person | Took part as |").nth(1).unwrap();
    let part = part.split("\n\n").next().unwrap();
    assert!(part.contains("| Hal Roy | Hot Wash |"), "{part}");
    assert!(!part.contains("Zoe Late"), "{part}");
}

/// What no objective claims, and what players were never told, must not fall out of the report.
#[test]
fn what_was_seen_and_what_was_kept_back_stands_in_every_outline() {
    let seen = plain("She declared only after the owner asked");
    let log = running()
        .tell("14:42", Event::InjectHeld { inject: id("i5"), reason: None })
        .tell("14:42", Event::InjectSkipped { inject: id("i4"), reason: plain("no time") })
        .tell("14:43", Event::ObservationNoted { objective: None, inject: None, text: seen });
    let open = aar_markdown(&report_of(&log), Outline::Hseep);
    assert!(!open.contains("no time") && !open.contains("the owner asked"), "players may read it");
    let log = log.closed("14:45");
    for outline in [Outline::Hseep, Outline::Cms] {
        let text = aar_markdown(&report_of(&log), outline);
        for words in [
            "Observations of No Objective",
            "the owner asked",
            "Appendix E: Exercise Events Summary Table",
            "| i4 | left out | no time |",
            "| i5 | held to the end | - |",
        ] {
            assert!(text.contains(words), "{words}\n{text}");
        }
    }
}
