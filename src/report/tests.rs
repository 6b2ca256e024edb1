//! Whole outputs of one afternoon, as a reader gets them.

#![expect(
    clippy::needless_raw_string_hashes,
    clippy::too_many_lines,
    reason = "snapbox writes the expectations"
)]

use snapbox::{IntoData as _, assert_data_eq, str};

use super::fixture::{Log, at, book, exercise, here, live, story};
use super::{Status, Story, json, markdown, text};
use crate::engine::Mode;

#[test]
fn the_status_is_one_json_object() {
    let log = Log::opened("14:05", Mode::Live)
        .mark("14:06", crate::playbook::Mark::Onset)
        .declared("14:10")
        .done("14:20", "notify-leadership", 1);
    let (book, state) = (book(), log.state());
    let story = Story { until: at("14:50"), offset: &here, ..story(&book, &log, &state) };
    let json = serde_json::to_string_pretty(&Status::of(&story)).unwrap();
    assert_data_eq!(
        json,
        str![[r#"
{
  "format": 1,
  "incident": "email-outage-20260122-1405",
  "title": "Mail down at Main St",
  "mode": "live",
  "state": "declared",
  "playbook": {
    "id": "email-outage",
    "version": "2026.1"
  },
  "t0": "2026-01-22T14:10:00-05:00",
  "phase": "immediate",
  "phases_open": [
    "immediate"
  ],
  "roles": [
    {
      "role": "incident-lead",
      "title": "Incident Lead",
      "required": true,
      "holders": [],
      "unheld_minutes": 40
    },
    {
      "role": "communications-lead",
      "title": "Communications Lead",
      "required": true,
      "holders": [],
      "unheld_minutes": 40
    },
    {
      "role": "it-lead",
      "title": "IT Lead",
      "required": false,
      "holders": [],
      "unheld_minutes": null
    }
  ],
  "milestones": {
    "onset": "2026-01-22T14:06:00-05:00",
    "detected": null,
    "acknowledged": null,
    "declared": "2026-01-22T14:10:00-05:00",
    "first_outreach": null,
    "first_reached": null,
    "restored": null,
    "verified": null,
    "relapsed": null,
    "stood_down": null
  },
  "services": [
    {
      "service": null,
      "down_now": true,
      "restored": null,
      "verified": null,
      "relapsed": null,
      "down_minutes": 44,
      "down": [
        {
          "from": "2026-01-22T14:06:00-05:00",
          "to": null,
          "minutes": 44
        }
      ]
    }
  ],
  "steps": [
    {
      "id": "notify-leadership",
      "code": "I-01",
      "phase": "immediate",
      "role": "incident-lead",
      "title": "notify leadership",
      "status": "done",
      "occurrence": 1,
      "due": "2026-01-22T14:25:00-05:00",
      "overdue": false,
      "escalated": false,
      "in_time": true,
      "required": true,
      "critical": true,
      "awaits_approval": false,
      "waits_for": null,
      "closed_by": null,
      "occurred_at": "2026-01-22T14:20:00-05:00",
      "recorded_at": "2026-01-22T14:20:00-05:00",
      "late_entry": false,
      "by": "Ana Diaz",
      "record": "4@wf2f",
      "option": null,
      "answers": {},
      "note": null,
      "initials": null,
      "approvals": [],
      "acted_as": "incident-lead",
      "role_held_by": [],
      "outside_role": true
    },
    {
      "id": "scope",
      "code": "I-02",
      "phase": "immediate",
      "role": "incident-lead",
      "title": "scope",
      "status": "open",
      "occurrence": 1,
      "due": "2026-01-22T14:40:00-05:00",
      "overdue": true,
      "escalated": false,
      "in_time": false,
      "required": false,
      "critical": false,
      "awaits_approval": false,
      "waits_for": null,
      "closed_by": null,
      "occurred_at": null,
      "recorded_at": null,
      "late_entry": false,
      "by": null,
      "record": null,
      "option": null,
      "answers": {},
      "note": null,
      "initials": null,
      "approvals": [],
      "acted_as": null,
      "role_held_by": [],
      "outside_role": null
    },
    {
      "id": "corporate-briefing",
      "code": "I-03",
      "phase": "immediate",
      "role": "incident-lead",
      "title": "corporate briefing",
      "status": "closed",
      "occurrence": 1,
      "due": "2026-01-22T15:10:00-05:00",
      "overdue": false,
      "escalated": false,
      "in_time": null,
      "required": false,
      "critical": false,
      "awaits_approval": false,
      "waits_for": "scope",
      "closed_by": null,
      "occurred_at": null,
      "recorded_at": null,
      "late_entry": false,
      "by": null,
      "record": null,
      "option": null,
      "answers": {},
      "note": null,
      "initials": null,
      "approvals": [],
      "acted_as": null,
      "role_held_by": [],
      "outside_role": null
    },
    {
      "id": "vendor-ticket",
      "code": "I-04",
      "phase": "immediate",
      "role": "it-lead",
      "title": "vendor ticket",
      "status": "open",
      "occurrence": 1,
      "due": "2026-01-22T14:55:00-05:00",
      "overdue": false,
      "escalated": false,
      "in_time": null,
      "required": false,
      "critical": false,
      "awaits_approval": false,
      "waits_for": null,
      "closed_by": null,
      "occurred_at": null,
      "recorded_at": null,
      "late_entry": false,
      "by": null,
      "record": null,
      "option": null,
      "answers": {},
      "note": null,
      "initials": null,
      "approvals": [],
      "acted_as": null,
      "role_held_by": [],
      "outside_role": null
    },
    {
      "id": "validate-mail",
      "code": "R-01",
      "phase": "recovery",
      "role": "it-lead",
      "title": "validate mail",
      "status": "open",
      "occurrence": 1,
      "due": null,
      "overdue": false,
      "escalated": false,
      "in_time": null,
      "required": true,
      "critical": false,
      "awaits_approval": false,
      "waits_for": null,
      "closed_by": null,
      "occurred_at": null,
      "recorded_at": null,
      "late_entry": false,
      "by": null,
      "record": null,
      "option": null,
      "answers": {},
      "note": null,
      "initials": null,
      "approvals": [],
      "acted_as": null,
      "role_held_by": [],
      "outside_role": null
    }
  ],
  "kpis": [
    {
      "id": "time_to_detect",
      "value": null,
      "unit": "min",
      "target": null,
      "met": null
    },
    {
      "id": "time_to_acknowledge",
      "value": null,
      "unit": "min",
      "target": null,
      "met": null
    },
    {
      "id": "time_to_declare",
      "value": null,
      "unit": "min",
      "target": 30,
      "met": null
    },
    {
      "id": "onset_to_declare",
      "value": 4,
      "unit": "min",
      "target": null,
      "met": null
    },
    {
      "id": "time_to_first_outreach",
      "value": null,
      "unit": "min",
      "target": null,
      "met": null
    },
    {
      "id": "time_to_first_reached",
      "value": null,
      "unit": "min",
      "target": null,
      "met": null
    },
    {
      "id": "high_risk_reached_12h",
      "value": null,
      "unit": "share",
      "target": null,
      "met": null
    },
    {
      "id": "downtime",
      "value": 44,
      "unit": "min",
      "target": 240,
      "met": true
    },
    {
      "id": "step_on_time_rate",
      "value": 0.5,
      "unit": "share",
      "target": 0.9,
      "met": false
    },
    {
      "id": "hand_over_gaps",
      "value": 80,
      "unit": "min",
      "target": null,
      "met": null
    }
  ],
  "missing_before_close": [
    "the service is not verified by the site (runbook mark verified)",
    "R-01 validate-mail is open"
  ],
  "conflicts": [],
  "likely_same_people": [],
  "exercise": null,
  "checkpoint": []
}
"#]]
    );
}

#[test]
fn the_report_as_text() {
    let text = text(&live());
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert_data_eq!(
        text,
        str![[r#"
After-action report: email-outage-20260122-1405
================================================================================

INCIDENT
--------
Incident      email-outage-20260122-1405
Title         Mail down at Main St
Site          Main Street Pharmacy
Mode          live
Playbook      email-outage 2026.1
State         closed
Opened        2026-01-22 14:05 -05:00 (T-5)
T+0           2026-01-22 14:10 -05:00
Ended         2026-01-22 18:00 -05:00 (T+230), closed by Ana Diaz
Cause         -
Scope         -
Counted until 2026-01-22 18:00 -05:00 (T+230)
Opened with   runbook 0.1.0

FIGURES
-------
Figure                                  Value    Target           Met
----------------------------------------------------------------------
Onset to detected                       22 min   -                -
Detected to acknowledged                -        -                -
Detected to declared                    3 min    at most 30 min   yes
Onset to declared                       25 min   -                -
Declared to first outreach              -        -                -
Declared to first patient reached       -        -                -
Priority patients reached within 12 h,  -        -                -
as counted
Downtime until verified, overlaps once  155 min  at most 240 min  yes
Steps finished on time                  100 %    at least 90 %    yes
Required roles held by nobody, summed   230 min  -                -

MILESTONES
----------
Milestone       Service  When                     T+ min  By        Record
---------------------------------------------------------------------------
onset           email    2026-01-22 13:45 -05:00  T-25    Ana Diaz  3@wf2f
detected        all      2026-01-22 14:07 -05:00  T-3     Ana Diaz  4@wf2f
detected        all      2026-01-22 15:50 -05:00  T+100   Ana Diaz  7@wa7a
acknowledged    all      -                        -       -         -
declared        all      2026-01-22 14:10 -05:00  T+0     Ana Diaz  5@wf2f
first-outreach  all      -                        -       -         -
first-reached   all      -                        -       -         -
restored        email    2026-01-22 16:00 -05:00  T+110   Ana Diaz  8@wa7a
verified        all      2026-01-22 16:20 -05:00  T+130   Ben Ito   9@wa7a
relapsed        all      -                        -       -         -
stood-down      all      -                        -       -         -

SERVICES
--------
Service  Down           For      Restored (vendor)        Verified (site)
--------------------------------------------------------------------------
email    2026-01-22     155 min  2026-01-22 16:00 -05:00  2026-01-22
         13:45 -05:00                                     16:20 -05:00
         to 2026-01-22
         16:20 -05:00

ROLES
-----
Role                 Held by   From                     To            Minutes
------------------------------------------------------------------------------
Incident Lead        Ana Diaz  2026-01-22 14:06 -05:00  2026-01-22    84
                                                        15:30 -05:00
Incident Lead        Ben Ito   2026-01-22 15:30 -05:00  the end       150
Communications Lead  NOBODY    2026-01-22 14:10 -05:00  2026-01-22    230
                                                        18:00 -05:00

PEOPLE ON SHIFT
---------------
Person    From          To            On shift    Roles          Note
----------------------------------------------------------------------
Ana Diaz  2026-01-22    2026-01-22    1 h 24 min  incident-lead
          14:06 -05:00  15:30 -05:00
Ben Ito   2026-01-22    the end       2 h 30 min  incident-lead
          15:30 -05:00

HAND-OVERS
----------
2026-01-22 15:30 -05:00, T+80, 3@wa7a, Ana Diaz, incident-lead
    Incident Lead: Ana Diaz to Ben Ito
    NOT CONFIRMED by Ana Diaz, Ben Ito
    note: vendor calls at six

NAMES THAT MAY BE ONE PERSON
----------------------------
None.

STEPS (IN MINUTES SINCE T+0)
----------------------------
Step                Role           Status      Due    Answered  On    By
                                                                time
-------------------------------------------------------------------------------
I-01 notify-        incident-lead  done        T+15   T+10      yes   Ana Diaz
leadership
I-02 scope          incident-lead  done        T+30   T+20      yes   Ana Diaz
I-03 corporate-     incident-lead  done        T+60   T+55      yes   Ana Diaz
briefing
I-03 corporate-     incident-lead  closed      T+180  -         -     -
briefing (2)
I-04 vendor-ticket  it-lead        done, late  T+45   T+30      yes   Ben Ito
                                   entry
R-01 validate-mail  it-lead        done, not   T+140  T+130     yes   Ben Ito
                                   approved

STEPS DONE BY OTHERS THAN THE HOLDERS OF THE ROLE
-------------------------------------------------
Step                Role     Held then by  Done by
---------------------------------------------------
I-04 vendor-ticket  it-lead  nobody        Ben Ito
R-01 validate-mail  it-lead  nobody        Ben Ito

DECISIONS
---------
2026-01-22 14:30 -05:00, T+20, 8@wf2f, Ana Diaz, incident-lead
    I-02 scope: One branch or the whole company? - The whole company
    because: three branches call
2026-01-22 14:32 -05:00, T+22, 10@wf2f, Ana Diaz, incident-lead
    no walk-in refills by e-mail today

STRENGTHS
---------
2026-01-22 17:30 -05:00, T+200, 13@wf2f, Ana Diaz, incident-lead, LATE ENTRY
    call-back numbers were at hand

IMPROVEMENTS
------------
2026-01-22 15:40 -05:00, T+90, 4@wa7a, Ben Ito, incident-lead
    =HYPERLINK("http://evil.example") | <b>list</b> `x`

PATIENT SAFETY
--------------
2026-01-22 15:41 -05:00, T+91, 5@wa7a, Ana Diaz, incident-lead
    - one label mixed up, caught at the counter

SITUATION
---------
None.

NOTIFICATIONS
-------------
2026-01-22 14:31 -05:00, T+21, 9@wf2f, Ana Diaz, incident-lead
    [sealed]

IMPROVEMENT PLAN
----------------
AAR, due 2026-02-21 18:00 -05:00, not finished when this was counted
    The after-action report

MISSING BEFORE CLOSING
----------------------
None.

LATE ENTRIES
------------
2026-01-22 13:45 -05:00, T-25, 3@wf2f, Ana Diaz, incident-lead, LATE ENTRY
    milestone onset for email
    written down 2026-01-22 14:07 -05:00; first recorded as 2026-01-22 13:50
    -05:00
    corrected by 11@wf2f: happened 2026-01-22 13:45 -05:00; first bounce in the
    log
2026-01-22 14:40 -05:00, T+30, 1@wa7a, Ben Ito, it-lead, LATE ENTRY
    done: I-04 vendor-ticket — ticket: INC0012345
    written down 2026-01-22 14:52 -05:00
2026-01-22 17:30 -05:00, T+200, 13@wf2f, Ana Diaz, incident-lead, LATE ENTRY
    note (strength): call-back numbers were at hand
    written down 2026-01-22 18:10 -05:00

CORRECTIONS
-----------
2026-01-22 14:33 -05:00, 11@wf2f, Ana Diaz
    3@wf2f corrected by 11@wf2f: happened 2026-01-22 13:45 -05:00; first bounce
    in the log

CONFLICTS
---------
7@wa7a
    detected marked a second time; the earlier time counts
6@wa7a
    message_sent: recorded by a newer version, which is needed to read it

INTEGRITY
---------
No problem was found when this report was made.

TIMELINE
--------
2026-01-22 14:05 -05:00, T-5, 1@wf2f, Ana Diaz, incident-lead
    opened: Mail down at Main St at Main Street Pharmacy (playbook email-outage
    2026.1, live)
2026-01-22 14:06 -05:00, T-4, 2@wf2f, Ana Diaz, incident-lead
    assigned incident-lead: Ana Diaz
2026-01-22 13:45 -05:00, T-25, 3@wf2f, Ana Diaz, incident-lead, LATE ENTRY
    milestone onset for email
    written down 2026-01-22 14:07 -05:00; first recorded as 2026-01-22 13:50
    -05:00
    corrected by 11@wf2f: happened 2026-01-22 13:45 -05:00; first bounce in the
    log
2026-01-22 14:07 -05:00, T-3, 4@wf2f, Ana Diaz, incident-lead
    milestone detected
2026-01-22 14:10 -05:00, T+0, 5@wf2f, Ana Diaz, incident-lead
    T+0 declared
2026-01-22 14:12 -05:00, T+2, 6@wf2f, Ana Diaz, incident-lead
    begun: I-01 notify-leadership
2026-01-22 14:20 -05:00, T+10, 7@wf2f, Ana Diaz, incident-lead
    done: I-01 notify-leadership — initials AD; note told Dr. Okoro by phone /
    she tells the board
2026-01-22 14:30 -05:00, T+20, 8@wf2f, Ana Diaz, incident-lead
    decided: I-02 scope: corporate (The whole company) — note three branches
    call
2026-01-22 14:31 -05:00, T+21, 9@wf2f, Ana Diaz, incident-lead
    note (notification): [sealed]
2026-01-22 14:32 -05:00, T+22, 10@wf2f, Ana Diaz, incident-lead
    note (decision): no walk-in refills by e-mail today
2026-01-22 14:33 -05:00, T+23, 11@wf2f, Ana Diaz, incident-lead
    correction of 3@wf2f: happened 2026-01-22 13:45 -05:00; first bounce in the
    log
2026-01-22 14:40 -05:00, T+30, 1@wa7a, Ben Ito, it-lead, LATE ENTRY
    done: I-04 vendor-ticket — ticket: INC0012345
    written down 2026-01-22 14:52 -05:00
2026-01-22 15:05 -05:00, T+55, 2@wa7a, Ana Diaz, incident-lead
    done: I-03 corporate-briefing
2026-01-22 15:30 -05:00, T+80, 3@wa7a, Ana Diaz, incident-lead
    hand-over incident-lead: Ana Diaz to Ben Ito — note vendor calls at six
2026-01-22 15:40 -05:00, T+90, 4@wa7a, Ben Ito, incident-lead
    note (improvement): =HYPERLINK("http://evil.example") | <b>list</b> `x`
2026-01-22 15:41 -05:00, T+91, 5@wa7a, Ana Diaz, incident-lead
    note (safety): - one label mixed up, caught at the counter
2026-01-22 15:45 -05:00, T+95, 6@wa7a, Ana Diaz, incident-lead
    message_sent: recorded by a newer version, which is needed to read it
2026-01-22 15:50 -05:00, T+100, 7@wa7a, Ana Diaz, incident-lead
    milestone detected
2026-01-22 16:00 -05:00, T+110, 8@wa7a, Ana Diaz, incident-lead
    milestone restored for email
2026-01-22 16:20 -05:00, T+130, 9@wa7a, Ben Ito, it-lead
    done: R-01 validate-mail — milestone verified
2026-01-22 18:00 -05:00, T+230, 12@wf2f, Ana Diaz, incident-lead
    closed
2026-01-22 17:30 -05:00, T+200, 13@wf2f, Ana Diaz, incident-lead, LATE ENTRY
    note (strength): call-back numbers were at hand
    written down 2026-01-22 18:10 -05:00

PLAYBOOK FILES, WITH THE SHA-256 OF EACH WHEN IT WAS OPENED
-----------------------------------------------------------
None.

CHECKPOINT
----------
runbook-checkpoint 1 email-outage-20260122-1405 wf2f 13 0d0d

WHAT THIS REPORT CANNOT SHOW
----------------------------
This report is made from the incident's log and holds what people recorded.
Persons and roles are asserted by whoever typed, not authenticated. Each record
carries the hash of the one before it, so a changed, missing or inserted record
shows; a cleanly cut end or a complete rewrite cannot be seen from the file
alone. Compare the checkpoint lines with the ones that were printed, read out or
sent to somebody else during the incident. Times are those of the recording
machine's clock unless somebody gave another one. A patient token with a reason
is still health information.

"#]]
    );
}

#[test]
fn the_report_as_markdown() {
    assert_data_eq!(markdown(&live()).into_data().raw(), str![[r##"
# After-action report: email-outage-20260122-1405

## Incident

|   |   |
|---|---|
| Incident | email-outage-20260122-1405 |
| Title | Mail down at Main St |
| Site | Main Street Pharmacy |
| Mode | live |
| Playbook | email-outage 2026.1 |
| State | closed |
| Opened | 2026-01-22 14:05 -05:00 (T-5) |
| T+0 | 2026-01-22 14:10 -05:00 |
| Ended | 2026-01-22 18:00 -05:00 (T+230), closed by Ana Diaz |
| Cause | - |
| Scope | - |
| Counted until | 2026-01-22 18:00 -05:00 (T+230) |
| Opened with | runbook 0.1.0 |

## Figures

| Figure | Value | Target | Met |
|---|---|---|---|
| Onset to detected | 22 min | - | - |
| Detected to acknowledged | - | - | - |
| Detected to declared | 3 min | at most 30 min | yes |
| Onset to declared | 25 min | - | - |
| Declared to first outreach | - | - | - |
| Declared to first patient reached | - | - | - |
| Priority patients reached within 12 h, as counted | - | - | - |
| Downtime until verified, overlaps once | 155 min | at most 240 min | yes |
| Steps finished on time | 100 % | at least 90 % | yes |
| Required roles held by nobody, summed | 230 min | - | - |

## Milestones

| Milestone | Service | When | T+ min | By | Record |
|---|---|---|---|---|---|
| onset | email | 2026-01-22 13:45 -05:00 | T-25 | Ana Diaz | 3\@wf2f |
| detected | all | 2026-01-22 14:07 -05:00 | T-3 | Ana Diaz | 4\@wf2f |
| detected | all | 2026-01-22 15:50 -05:00 | T+100 | Ana Diaz | 7\@wa7a |
| acknowledged | all | - | - | - | - |
| declared | all | 2026-01-22 14:10 -05:00 | T+0 | Ana Diaz | 5\@wf2f |
| first-outreach | all | - | - | - | - |
| first-reached | all | - | - | - | - |
| restored | email | 2026-01-22 16:00 -05:00 | T+110 | Ana Diaz | 8\@wa7a |
| verified | all | 2026-01-22 16:20 -05:00 | T+130 | Ben Ito | 9\@wa7a |
| relapsed | all | - | - | - | - |
| stood-down | all | - | - | - | - |

## Services

| Service | Down | For | Restored (vendor) | Verified (site) |
|---|---|---|---|---|
| email | 2026-01-22 13:45 -05:00 to 2026-01-22 16:20 -05:00 | 155 min | 2026-01-22 16:00 -05:00 | 2026-01-22 16:20 -05:00 |

## Roles

| Role | Held by | From | To | Minutes |
|---|---|---|---|---|
| Incident Lead | Ana Diaz | 2026-01-22 14:06 -05:00 | 2026-01-22 15:30 -05:00 | 84 |
| Incident Lead | Ben Ito | 2026-01-22 15:30 -05:00 | the end | 150 |
| Communications Lead | NOBODY | 2026-01-22 14:10 -05:00 | 2026-01-22 18:00 -05:00 | 230 |

## People on shift

| Person | From | To | On shift | Roles | Note |
|---|---|---|---|---|---|
| Ana Diaz | 2026-01-22 14:06 -05:00 | 2026-01-22 15:30 -05:00 | 1 h 24 min | incident-lead |  |
| Ben Ito | 2026-01-22 15:30 -05:00 | the end | 2 h 30 min | incident-lead |  |

## Hand-overs

- **2026-01-22 15:30 -05:00, T+80, 3\@wa7a, Ana Diaz, incident-lead**
  - Incident Lead: Ana Diaz to Ben Ito
  - NOT CONFIRMED by Ana Diaz, Ben Ito
  - note: vendor calls at six

## Names that may be one person

None.

## Steps (in minutes since T+0)

| Step | Role | Status | Due | Answered | On time | By |
|---|---|---|---|---|---|---|
| I-01 notify-leadership | incident-lead | done | T+15 | T+10 | yes | Ana Diaz |
| I-02 scope | incident-lead | done | T+30 | T+20 | yes | Ana Diaz |
| I-03 corporate-briefing | incident-lead | done | T+60 | T+55 | yes | Ana Diaz |
| I-03 corporate-briefing (2) | incident-lead | closed | T+180 | - | - | - |
| I-04 vendor-ticket | it-lead | done, late entry | T+45 | T+30 | yes | Ben Ito |
| R-01 validate-mail | it-lead | done, not approved | T+140 | T+130 | yes | Ben Ito |

## Steps done by others than the holders of the role

| Step | Role | Held then by | Done by |
|---|---|---|---|
| I-04 vendor-ticket | it-lead | nobody | Ben Ito |
| R-01 validate-mail | it-lead | nobody | Ben Ito |

## Decisions

- **2026-01-22 14:30 -05:00, T+20, 8\@wf2f, Ana Diaz, incident-lead**
  - I-02 scope: One branch or the whole company? - The whole company
  - because: three branches call
- **2026-01-22 14:32 -05:00, T+22, 10\@wf2f, Ana Diaz, incident-lead**
  - no walk-in refills by e-mail today

## Strengths

- **2026-01-22 17:30 -05:00, T+200, 13\@wf2f, Ana Diaz, incident-lead, LATE ENTRY**
  - call-back numbers were at hand

## Improvements

- **2026-01-22 15:40 -05:00, T+90, 4\@wa7a, Ben Ito, incident-lead**
  - \=HYPERLINK("http\://evil.example") \| &lt;b&gt;list&lt;/b&gt; \`x\`

## Patient safety

- **2026-01-22 15:41 -05:00, T+91, 5\@wa7a, Ana Diaz, incident-lead**
  - \- one label mixed up, caught at the counter

## Situation

None.

## Notifications

- **2026-01-22 14:31 -05:00, T+21, 9\@wf2f, Ana Diaz, incident-lead**
  - \[sealed\]

## Improvement plan

- **AAR, due 2026-02-21 18:00 -05:00, not finished when this was counted**
  - The after-action report

## Missing before closing

None.

## Late entries

- **2026-01-22 13:45 -05:00, T-25, 3\@wf2f, Ana Diaz, incident-lead, LATE ENTRY**
  - milestone onset for email
  - written down 2026-01-22 14:07 -05:00; first recorded as 2026-01-22 13:50 -05:00
  - corrected by 11\@wf2f: happened 2026-01-22 13:45 -05:00; first bounce in the log
- **2026-01-22 14:40 -05:00, T+30, 1\@wa7a, Ben Ito, it-lead, LATE ENTRY**
  - done: I-04 vendor-ticket — ticket: INC0012345
  - written down 2026-01-22 14:52 -05:00
- **2026-01-22 17:30 -05:00, T+200, 13\@wf2f, Ana Diaz, incident-lead, LATE ENTRY**
  - note (strength): call-back numbers were at hand
  - written down 2026-01-22 18:10 -05:00

## Corrections

- **2026-01-22 14:33 -05:00, 11\@wf2f, Ana Diaz**
  - 3\@wf2f corrected by 11\@wf2f: happened 2026-01-22 13:45 -05:00; first bounce in the log

## Conflicts

- **7\@wa7a**
  - detected marked a second time; the earlier time counts
- **6\@wa7a**
  - message\_sent: recorded by a newer version, which is needed to read it

## Integrity

No problem was found when this report was made.

## Timeline

- **2026-01-22 14:05 -05:00, T-5, 1\@wf2f, Ana Diaz, incident-lead**
  - opened: Mail down at Main St at Main Street Pharmacy (playbook email-outage 2026.1, live)
- **2026-01-22 14:06 -05:00, T-4, 2\@wf2f, Ana Diaz, incident-lead**
  - assigned incident-lead: Ana Diaz
- **2026-01-22 13:45 -05:00, T-25, 3\@wf2f, Ana Diaz, incident-lead, LATE ENTRY**
  - milestone onset for email
  - written down 2026-01-22 14:07 -05:00; first recorded as 2026-01-22 13:50 -05:00
  - corrected by 11\@wf2f: happened 2026-01-22 13:45 -05:00; first bounce in the log
- **2026-01-22 14:07 -05:00, T-3, 4\@wf2f, Ana Diaz, incident-lead**
  - milestone detected
- **2026-01-22 14:10 -05:00, T+0, 5\@wf2f, Ana Diaz, incident-lead**
  - T+0 declared
- **2026-01-22 14:12 -05:00, T+2, 6\@wf2f, Ana Diaz, incident-lead**
  - begun: I-01 notify-leadership
- **2026-01-22 14:20 -05:00, T+10, 7\@wf2f, Ana Diaz, incident-lead**
  - done: I-01 notify-leadership — initials AD; note told Dr. Okoro by phone / she tells the board
- **2026-01-22 14:30 -05:00, T+20, 8\@wf2f, Ana Diaz, incident-lead**
  - decided: I-02 scope: corporate (The whole company) — note three branches call
- **2026-01-22 14:31 -05:00, T+21, 9\@wf2f, Ana Diaz, incident-lead**
  - note (notification): \[sealed\]
- **2026-01-22 14:32 -05:00, T+22, 10\@wf2f, Ana Diaz, incident-lead**
  - note (decision): no walk-in refills by e-mail today
- **2026-01-22 14:33 -05:00, T+23, 11\@wf2f, Ana Diaz, incident-lead**
  - correction of 3\@wf2f: happened 2026-01-22 13:45 -05:00; first bounce in the log
- **2026-01-22 14:40 -05:00, T+30, 1\@wa7a, Ben Ito, it-lead, LATE ENTRY**
  - done: I-04 vendor-ticket — ticket: INC0012345
  - written down 2026-01-22 14:52 -05:00
- **2026-01-22 15:05 -05:00, T+55, 2\@wa7a, Ana Diaz, incident-lead**
  - done: I-03 corporate-briefing
- **2026-01-22 15:30 -05:00, T+80, 3\@wa7a, Ana Diaz, incident-lead**
  - hand-over incident-lead: Ana Diaz to Ben Ito — note vendor calls at six
- **2026-01-22 15:40 -05:00, T+90, 4\@wa7a, Ben Ito, incident-lead**
  - note (improvement): =HYPERLINK("http\://evil.example") \| &lt;b&gt;list&lt;/b&gt; \`x\`
- **2026-01-22 15:41 -05:00, T+91, 5\@wa7a, Ana Diaz, incident-lead**
  - note (safety): - one label mixed up, caught at the counter
- **2026-01-22 15:45 -05:00, T+95, 6\@wa7a, Ana Diaz, incident-lead**
  - message\_sent: recorded by a newer version, which is needed to read it
- **2026-01-22 15:50 -05:00, T+100, 7\@wa7a, Ana Diaz, incident-lead**
  - milestone detected
- **2026-01-22 16:00 -05:00, T+110, 8\@wa7a, Ana Diaz, incident-lead**
  - milestone restored for email
- **2026-01-22 16:20 -05:00, T+130, 9\@wa7a, Ben Ito, it-lead**
  - done: R-01 validate-mail — milestone verified
- **2026-01-22 18:00 -05:00, T+230, 12\@wf2f, Ana Diaz, incident-lead**
  - closed
- **2026-01-22 17:30 -05:00, T+200, 13\@wf2f, Ana Diaz, incident-lead, LATE ENTRY**
  - note (strength): call-back numbers were at hand
  - written down 2026-01-22 18:10 -05:00

## Playbook files, with the SHA-256 of each when it was opened

None.

## Checkpoint

- runbook-checkpoint 1 email-outage-20260122-1405 wf2f 13 0d0d

## What this report cannot show

This report is made from the incident's log and holds what people recorded. Persons and roles are asserted by whoever typed, not authenticated. Each record carries the hash of the one before it, so a changed, missing or inserted record shows; a cleanly cut end or a complete rewrite cannot be seen from the file alone. Compare the checkpoint lines with the ones that were printed, read out or sent to somebody else during the incident. Times are those of the recording machine's clock unless somebody gave another one. A patient token with a reason is still health information.

"##]].raw());
}

#[test]
fn an_exercise_says_so_on_every_heading() {
    let report = exercise();
    let markdown = markdown(&report);
    let headings = markdown.lines().filter(|line| line.starts_with('#'));
    assert!(headings.clone().all(|line| line.contains("EXERCISE - ")), "{markdown}");
    assert_eq!(headings.count(), 27);
    assert_data_eq!(
        text(&report).lines().take(8).collect::<Vec<_>>().join("\n"),
        str![[r#"
*** EXERCISE - EXERCISE - EXERCISE: nothing in this report was real ***
*** INTEGRITY PROBLEM: parts of this log did not verify, see below ***
EXERCISE - After-action report: email-outage-20260122-1405
================================================================================

EXERCISE - INCIDENT
-------------------
Incident      email-outage-20260122-1405
"#]]
    );
}

#[test]
fn the_json_report_holds_status_figures_and_timeline() {
    let report = live();
    let value: serde_json::Value = serde_json::from_str(&json(&report).unwrap()).unwrap();
    assert_eq!(value["format"], 1);
    assert_eq!(value["kpis"].as_array().map(Vec::len), Some(crate::playbook::KpiId::ALL.len()));
    assert_eq!(value["timeline"].as_array().map(Vec::len), Some(report.timeline.len()));
    assert_data_eq!(
        serde_json::to_string_pretty(&value["timeline"][2]).unwrap(),
        str![[r#"
{
  "accountable_role": null,
  "ahead_of_time": false,
  "by": "Ana Diaz",
  "corrected_by": [
    {
      "by": "Ana Diaz",
      "note": "first bounce in the log",
      "occurred_at": "2026-01-22T13:45:00-05:00",
      "record": "11@wf2f",
      "recorded_at": "2026-01-22T14:33:00-05:00"
    }
  ],
  "first_recorded_as": "2026-01-22T13:50:00-05:00",
  "hash": "0303030303030303030303030303030303030303030303030303030303030303",
  "kind": "milestone_marked",
  "late_entry": true,
  "newer": false,
  "occurred_at": "2026-01-22T13:45:00-05:00",
  "outside_role": null,
  "real_at": null,
  "record": "3@wf2f",
  "recorded_at": "2026-01-22T14:07:00-05:00",
  "role": "incident-lead",
  "role_held_by": [],
  "scribe": null,
  "seq": 3,
  "source": "typed",
  "step": null,
  "t_plus_min": -25,
  "what": "milestone onset for email",
  "writer": "wf2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2"
}
"#]]
    );
    assert_data_eq!(
        serde_json::to_string_pretty(&value["decisions"]).unwrap(),
        str![[r#"
[
  {
    "because": "three branches call",
    "by": "Ana Diaz",
    "code": "I-02",
    "late_entry": false,
    "occurred_at": "2026-01-22T14:30:00-05:00",
    "occurrence": 1,
    "option": "corporate",
    "option_title": "The whole company",
    "question": "One branch or the whole company?",
    "record": "8@wf2f",
    "recorded_at": "2026-01-22T14:30:00-05:00",
    "role": "incident-lead",
    "scribe": null,
    "source": "typed",
    "stands": true,
    "step": "scope"
  },
  {
    "because": "no walk-in refills by e-mail today",
    "by": "Ana Diaz",
    "code": null,
    "late_entry": false,
    "occurred_at": "2026-01-22T14:32:00-05:00",
    "occurrence": null,
    "option": null,
    "option_title": null,
    "question": null,
    "record": "10@wf2f",
    "recorded_at": "2026-01-22T14:32:00-05:00",
    "role": "incident-lead",
    "scribe": null,
    "source": "typed",
    "stands": true,
    "step": null
  }
]
"#]]
    );
    let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_data_eq!(
        keys.join("\n"),
        str![[r#"
actions
cause
checkpoint
clock
conflicts
corrections
counted_until
decisions
ended
evidence
exercise
exercise_details
findings
format
hand_overs
incident
inject_outcomes
injects_not_told
integrity_problems
kpis
likely_same_people
limits
linked_from
marks
milestones
missing_before_close
mode
notes
objectives
observations
on_shift
opened_at
phase
phases_open
playbook
report_fields
reviews
roles
runbook
scope
services
shifts
site
sources
state
steps
t0
timeline
title
"#]]
    );
}
