//! `report`: what happened, for people and for programs.

use snapbox::{IntoData as _, assert_data_eq, str};

use crate::support::Sandbox;

/// A short incident of which every part of a report has something to say.
fn story() -> Sandbox {
    let sandbox = Sandbox::started();
    for line in [
        "mark onset --at 2025-01-22T13:30Z",
        "mark detected --at 2025-01-22T13:50Z",
        "done confirm --at 2025-01-22T14:10Z",
        "decide scope local --because \"Only the north branch\" --at 2025-01-22T14:15Z",
        "done freeze --initials AD --at 2025-01-22T14:25Z",
        "done first-call --at 2025-01-22T14:50Z",
        "mark first-reached --at 2025-01-22T15:00Z",
        "note \"=1+1 | *bold* <b>\" --kind improvement --at 2025-01-22T15:30Z",
        "mark restored --at 2025-01-22T16:00Z",
        "mark verified --at 2025-01-22T16:10Z",
        "done test-mail --at 2025-01-22T16:12Z",
        "close --at 2025-01-22T16:30Z",
    ] {
        sandbox.ok(line);
    }
    sandbox
}

#[test]
#[expect(clippy::too_many_lines, reason = "one whole report")]
fn as_text() {
    assert_data_eq!(
        story().run("report").shown(),
        str![[r#"
After-action report: every-form-YYYYMMDD-RRRR
================================================================================

INCIDENT
--------
Incident      every-form-YYYYMMDD-RRRR
Title         Every form
Site          -
Mode          live
Playbook      every-form 1
State         closed
Opened        YYYY-MM-DD HH:MM +00:00 (T+MINUTES)
T+0           2025-01-22 14:05 +00:00
Ended         2025-01-22 16:30 +00:00 (T+145), closed by Ana Diaz
Cause         -
Scope         -
Counted until 2025-01-22 16:30 +00:00 (T+145)
Opened with   runbook 0.N.N

FIGURES
-------
Figure                                             Value    Target          Met
--------------------------------------------------------------------------------
Onset to detected                                  20 min   -               -
Detected to acknowledged                           20 min   at most 10 min  no
Detected to declared                               15 min   at most 30 min  yes
Onset to declared                                  35 min   -               -
Declared to first outreach                         45 min   at most 60 min  yes
Declared to first patient reached                  55 min   at most 90 min  yes
Priority patients reached within 12 h, as counted  -        -               -
Downtime until verified, overlaps once             160 min  -               -
Steps finished on time                             55.6 %   at least 90 %   no
Required roles held by nobody, summed              0 min    -               -

MILESTONES
----------
Milestone       Service  When                     T+ min  By        Record
----------------------------------------------------------------------------
onset           all      2025-01-22 13:30 +00:00  T-35    Ana Diaz  4@wWWW
detected        all      2025-01-22 13:50 +00:00  T-15    Ana Diaz  5@wWWW
acknowledged    all      2025-01-22 14:10 +00:00  T+5     Ana Diaz  6@wWWW
declared        all      2025-01-22 14:05 +00:00  T+0     Ana Diaz  2@wWWW
first-outreach  all      2025-01-22 14:50 +00:00  T+45    Ana Diaz  9@wWWW
first-reached   all      2025-01-22 15:00 +00:00  T+55    Ana Diaz  10@wWWW
restored        all      2025-01-22 16:00 +00:00  T+115   Ana Diaz  12@wWWW
verified        all      2025-01-22 16:10 +00:00  T+125   Ana Diaz  13@wWWW
relapsed        all      -                        -       -         -
stood-down      all      -                        -       -         -

SERVICES
--------
Service      Down           For      Restored (vendor)        Verified (site)
------------------------------------------------------------------------------
the service  2025-01-22     160 min  2025-01-22 16:00 +00:00  2025-01-22
             13:30 +00:00                                     16:10 +00:00
             to 2025-01-22
             16:10 +00:00

ROLES
-----
Role  Held by   From                     To       Minutes
----------------------------------------------------------
Lead  Ana Diaz  2025-01-22 14:05 +00:00  the end  145

PEOPLE ON SHIFT
---------------
Person    From                     To       On shift    Roles  Note
--------------------------------------------------------------------
Ana Diaz  2025-01-22 14:05 +00:00  the end  2 h 25 min  lead

HAND-OVERS
----------
None.

NAMES THAT MAY BE ONE PERSON
----------------------------
None.

STEPS (IN MINUTES SINCE T+0)
----------------------------
Step                 Role     Status            Due    Answered  On    By
                                                                 time
--------------------------------------------------------------------------------
F-01 confirm         lead     done, late entry  T+10   T+5       yes   Ana Diaz
F-02 scope           lead     done, late entry  T+15   T+10      yes   Ana Diaz
F-03 tell-branches   lead     closed by scope   -      -         -     -
F-04 all-branches    lead     closed by scope   -      -         -     -
F-05 corporate-line  tech     closed by scope   -      -         -     -
F-06 ticket          tech     open              T+20   -         no    -
F-07 freeze          lead     done, late entry  T+20   T+20      yes   Ana Diaz
F-08 words           tech     open              T+30   -         no    -
F-09 agree           officer  open              T+40   -         no    -
F-10 briefing        lead     closed            T+60   -         no    -
F-11 first-call      tech     done, late entry  T+60   T+45      yes   Ana Diaz
                                                                       as lead
R-01 test-mail       tech     done, late entry  T+130  T+127     yes   Ana Diaz
                                                                       as lead

STEPS DONE BY OTHERS THAN THE HOLDERS OF THE ROLE
-------------------------------------------------
Step             Role  Held then by  Done by
------------------------------------------------------
F-11 first-call  tech  nobody        Ana Diaz as lead
R-01 test-mail   tech  nobody        Ana Diaz as lead

DECISIONS
---------
2025-01-22 14:15 +00:00, T+10, 7@wWWW, Ana Diaz, lead, LATE ENTRY
    F-02 scope: One branch or all of them? - One branch
    because: Only the north branch

STRENGTHS
---------
None.

IMPROVEMENTS
------------
2025-01-22 15:30 +00:00, T+85, 11@wWWW, Ana Diaz, lead, LATE ENTRY
    =1+1 | *bold* <b>

PATIENT SAFETY
--------------
None.

SITUATION
---------
None.

NOTIFICATIONS
-------------
None.

IMPROVEMENT PLAN
----------------
AAR, due 2025-02-21 16:30 +00:00, not finished when this was counted
    The after-action report

MISSING BEFORE CLOSING
----------------------
None.

LATE ENTRIES
------------
2025-01-22 14:05 +00:00, T+0, 2@wWWW, Ana Diaz, lead, LATE ENTRY
    T+0 declared
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 14:05 +00:00, T+0, 3@wWWW, Ana Diaz, lead, LATE ENTRY
    assigned lead: Ana Diaz
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 13:30 +00:00, T-35, 4@wWWW, Ana Diaz, lead, LATE ENTRY
    milestone onset
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 13:50 +00:00, T-15, 5@wWWW, Ana Diaz, lead, LATE ENTRY
    milestone detected
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 14:10 +00:00, T+5, 6@wWWW, Ana Diaz, lead, LATE ENTRY
    done: F-01 confirm — milestone acknowledged
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 14:15 +00:00, T+10, 7@wWWW, Ana Diaz, lead, LATE ENTRY
    decided: F-02 scope: local (One branch) — note Only the north branch
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 14:25 +00:00, T+20, 8@wWWW, Ana Diaz, lead, LATE ENTRY
    done: F-07 freeze — initials AD
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 14:50 +00:00, T+45, 9@wWWW, Ana Diaz, lead, LATE ENTRY
    done: F-11 first-call — milestone first-outreach
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 15:00 +00:00, T+55, 10@wWWW, Ana Diaz, lead, LATE ENTRY
    milestone first-reached
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 15:30 +00:00, T+85, 11@wWWW, Ana Diaz, lead, LATE ENTRY
    note (improvement): =1+1 | *bold* <b>
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 16:00 +00:00, T+115, 12@wWWW, Ana Diaz, lead, LATE ENTRY
    milestone restored
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 16:10 +00:00, T+125, 13@wWWW, Ana Diaz, lead, LATE ENTRY
    milestone verified
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 16:12 +00:00, T+127, 14@wWWW, Ana Diaz, lead, LATE ENTRY
    done: R-01 test-mail
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 16:30 +00:00, T+145, 15@wWWW, Ana Diaz, lead, LATE ENTRY
    closed
    written down YYYY-MM-DD HH:MM +00:00

CORRECTIONS
-----------
None.

CONFLICTS
---------
None.

INTEGRITY
---------
No problem was found when this report was made.

TIMELINE
--------
YYYY-MM-DD HH:MM +00:00, T+MINUTES, 1@wWWW, Ana Diaz, lead
    opened: Every form (playbook every-form 1, live)
2025-01-22 14:05 +00:00, T+0, 2@wWWW, Ana Diaz, lead, LATE ENTRY
    T+0 declared
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 14:05 +00:00, T+0, 3@wWWW, Ana Diaz, lead, LATE ENTRY
    assigned lead: Ana Diaz
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 13:30 +00:00, T-35, 4@wWWW, Ana Diaz, lead, LATE ENTRY
    milestone onset
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 13:50 +00:00, T-15, 5@wWWW, Ana Diaz, lead, LATE ENTRY
    milestone detected
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 14:10 +00:00, T+5, 6@wWWW, Ana Diaz, lead, LATE ENTRY
    done: F-01 confirm — milestone acknowledged
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 14:15 +00:00, T+10, 7@wWWW, Ana Diaz, lead, LATE ENTRY
    decided: F-02 scope: local (One branch) — note Only the north branch
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 14:25 +00:00, T+20, 8@wWWW, Ana Diaz, lead, LATE ENTRY
    done: F-07 freeze — initials AD
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 14:50 +00:00, T+45, 9@wWWW, Ana Diaz, lead, LATE ENTRY
    done: F-11 first-call — milestone first-outreach
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 15:00 +00:00, T+55, 10@wWWW, Ana Diaz, lead, LATE ENTRY
    milestone first-reached
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 15:30 +00:00, T+85, 11@wWWW, Ana Diaz, lead, LATE ENTRY
    note (improvement): =1+1 | *bold* <b>
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 16:00 +00:00, T+115, 12@wWWW, Ana Diaz, lead, LATE ENTRY
    milestone restored
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 16:10 +00:00, T+125, 13@wWWW, Ana Diaz, lead, LATE ENTRY
    milestone verified
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 16:12 +00:00, T+127, 14@wWWW, Ana Diaz, lead, LATE ENTRY
    done: R-01 test-mail
    written down YYYY-MM-DD HH:MM +00:00
2025-01-22 16:30 +00:00, T+145, 15@wWWW, Ana Diaz, lead, LATE ENTRY
    closed
    written down YYYY-MM-DD HH:MM +00:00

PLAYBOOK FILES, WITH THE SHA-256 OF EACH WHEN IT WAS OPENED
-----------------------------------------------------------
playbooks/every-form.yaml
    HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH

CHECKPOINT
----------
runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW
15 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH

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
--- exit 0
"#]]
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one whole report")]
fn as_markdown() {
    assert_data_eq!(
        story().run("report latest --format markdown").shown(),
        str![[r#"
# After-action report: every-form-YYYYMMDD-RRRR

## Incident

|   |   |
|---|---|
| Incident | every-form-YYYYMMDD-RRRR |
| Title | Every form |
| Site | - |
| Mode | live |
| Playbook | every-form 1 |
| State | closed |
| Opened | YYYY-MM-DD HH:MM +00:00 (T+MINUTES) |
| T+0 | 2025-01-22 14:05 +00:00 |
| Ended | 2025-01-22 16:30 +00:00 (T+145), closed by Ana Diaz |
| Cause | - |
| Scope | - |
| Counted until | 2025-01-22 16:30 +00:00 (T+145) |
| Opened with | runbook 0.N.N |

## Figures

| Figure | Value | Target | Met |
|---|---|---|---|
| Onset to detected | 20 min | - | - |
| Detected to acknowledged | 20 min | at most 10 min | no |
| Detected to declared | 15 min | at most 30 min | yes |
| Onset to declared | 35 min | - | - |
| Declared to first outreach | 45 min | at most 60 min | yes |
| Declared to first patient reached | 55 min | at most 90 min | yes |
| Priority patients reached within 12 h, as counted | - | - | - |
| Downtime until verified, overlaps once | 160 min | - | - |
| Steps finished on time | 55.6 % | at least 90 % | no |
| Required roles held by nobody, summed | 0 min | - | - |

## Milestones

| Milestone | Service | When | T+ min | By | Record |
|---|---|---|---|---|---|
| onset | all | 2025-01-22 13:30 +00:00 | T-35 | Ana Diaz | 4\@wWWW |
| detected | all | 2025-01-22 13:50 +00:00 | T-15 | Ana Diaz | 5\@wWWW |
| acknowledged | all | 2025-01-22 14:10 +00:00 | T+5 | Ana Diaz | 6\@wWWW |
| declared | all | 2025-01-22 14:05 +00:00 | T+0 | Ana Diaz | 2\@wWWW |
| first-outreach | all | 2025-01-22 14:50 +00:00 | T+45 | Ana Diaz | 9\@wWWW |
| first-reached | all | 2025-01-22 15:00 +00:00 | T+55 | Ana Diaz | 10\@wWWW |
| restored | all | 2025-01-22 16:00 +00:00 | T+115 | Ana Diaz | 12\@wWWW |
| verified | all | 2025-01-22 16:10 +00:00 | T+125 | Ana Diaz | 13\@wWWW |
| relapsed | all | - | - | - | - |
| stood-down | all | - | - | - | - |

## Services

| Service | Down | For | Restored (vendor) | Verified (site) |
|---|---|---|---|---|
| the service | 2025-01-22 13:30 +00:00 to 2025-01-22 16:10 +00:00 | 160 min | 2025-01-22 16:00 +00:00 | 2025-01-22 16:10 +00:00 |

## Roles

| Role | Held by | From | To | Minutes |
|---|---|---|---|---|
| Lead | Ana Diaz | 2025-01-22 14:05 +00:00 | the end | 145 |

## People on shift

| Person | From | To | On shift | Roles | Note |
|---|---|---|---|---|---|
| Ana Diaz | 2025-01-22 14:05 +00:00 | the end | 2 h 25 min | lead |  |

## Hand-overs

None.

## Names that may be one person

None.

## Steps (in minutes since T+0)

| Step | Role | Status | Due | Answered | On time | By |
|---|---|---|---|---|---|---|
| F-01 confirm | lead | done, late entry | T+10 | T+5 | yes | Ana Diaz |
| F-02 scope | lead | done, late entry | T+15 | T+10 | yes | Ana Diaz |
| F-03 tell-branches | lead | closed by scope | - | - | - | - |
| F-04 all-branches | lead | closed by scope | - | - | - | - |
| F-05 corporate-line | tech | closed by scope | - | - | - | - |
| F-06 ticket | tech | open | T+20 | - | no | - |
| F-07 freeze | lead | done, late entry | T+20 | T+20 | yes | Ana Diaz |
| F-08 words | tech | open | T+30 | - | no | - |
| F-09 agree | officer | open | T+40 | - | no | - |
| F-10 briefing | lead | closed | T+60 | - | no | - |
| F-11 first-call | tech | done, late entry | T+60 | T+45 | yes | Ana Diaz as lead |
| R-01 test-mail | tech | done, late entry | T+130 | T+127 | yes | Ana Diaz as lead |

## Steps done by others than the holders of the role

| Step | Role | Held then by | Done by |
|---|---|---|---|
| F-11 first-call | tech | nobody | Ana Diaz as lead |
| R-01 test-mail | tech | nobody | Ana Diaz as lead |

## Decisions

- **2025-01-22 14:15 +00:00, T+10, 7\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - F-02 scope: One branch or all of them? - One branch
  - because: Only the north branch

## Strengths

None.

## Improvements

- **2025-01-22 15:30 +00:00, T+85, 11\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - \=1+1 \| \*bold\* &lt;b&gt;

## Patient safety

None.

## Situation

None.

## Notifications

None.

## Improvement plan

- **AAR, due 2025-02-21 16:30 +00:00, not finished when this was counted**
  - The after-action report

## Missing before closing

None.

## Late entries

- **2025-01-22 14:05 +00:00, T+0, 2\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - T+0 declared
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 14:05 +00:00, T+0, 3\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - assigned lead: Ana Diaz
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 13:30 +00:00, T-35, 4\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - milestone onset
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 13:50 +00:00, T-15, 5\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - milestone detected
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 14:10 +00:00, T+5, 6\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - done: F-01 confirm — milestone acknowledged
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 14:15 +00:00, T+10, 7\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - decided: F-02 scope: local (One branch) — note Only the north branch
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 14:25 +00:00, T+20, 8\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - done: F-07 freeze — initials AD
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 14:50 +00:00, T+45, 9\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - done: F-11 first-call — milestone first-outreach
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 15:00 +00:00, T+55, 10\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - milestone first-reached
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 15:30 +00:00, T+85, 11\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - note (improvement): =1+1 \| \*bold\* &lt;b&gt;
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 16:00 +00:00, T+115, 12\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - milestone restored
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 16:10 +00:00, T+125, 13\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - milestone verified
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 16:12 +00:00, T+127, 14\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - done: R-01 test-mail
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 16:30 +00:00, T+145, 15\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - closed
  - written down YYYY-MM-DD HH:MM +00:00

## Corrections

None.

## Conflicts

None.

## Integrity

No problem was found when this report was made.

## Timeline

- **YYYY-MM-DD HH:MM +00:00, T+MINUTES, 1\@wWWW, Ana Diaz, lead**
  - opened: Every form (playbook every-form 1, live)
- **2025-01-22 14:05 +00:00, T+0, 2\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - T+0 declared
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 14:05 +00:00, T+0, 3\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - assigned lead: Ana Diaz
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 13:30 +00:00, T-35, 4\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - milestone onset
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 13:50 +00:00, T-15, 5\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - milestone detected
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 14:10 +00:00, T+5, 6\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - done: F-01 confirm — milestone acknowledged
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 14:15 +00:00, T+10, 7\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - decided: F-02 scope: local (One branch) — note Only the north branch
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 14:25 +00:00, T+20, 8\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - done: F-07 freeze — initials AD
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 14:50 +00:00, T+45, 9\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - done: F-11 first-call — milestone first-outreach
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 15:00 +00:00, T+55, 10\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - milestone first-reached
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 15:30 +00:00, T+85, 11\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - note (improvement): =1+1 \| \*bold\* &lt;b&gt;
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 16:00 +00:00, T+115, 12\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - milestone restored
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 16:10 +00:00, T+125, 13\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - milestone verified
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 16:12 +00:00, T+127, 14\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - done: R-01 test-mail
  - written down YYYY-MM-DD HH:MM +00:00
- **2025-01-22 16:30 +00:00, T+145, 15\@wWWW, Ana Diaz, lead, LATE ENTRY**
  - closed
  - written down YYYY-MM-DD HH:MM +00:00

## Playbook files, with the SHA-256 of each when it was opened

- **playbooks/every-form.yaml**
  - HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH

## Checkpoint

- runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 15 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH

## What this report cannot show

This report is made from the incident's log and holds what people recorded. Persons and roles are asserted by whoever typed, not authenticated. Each record carries the hash of the one before it, so a changed, missing or inserted record shows; a cleanly cut end or a complete rewrite cannot be seen from the file alone. Compare the checkpoint lines with the ones that were printed, read out or sent to somebody else during the incident. Times are those of the recording machine's clock unless somebody gave another one. A patient token with a reason is still health information.
--- exit 0
"#]]
        .raw()
    );
}

#[test]
fn as_json_with_kpis_and_timeline() {
    let sandbox = story();
    let report: serde_json::Value =
        serde_json::from_str(&sandbox.ok("report --format json")).unwrap();
    assert_eq!(report["kpis"], sandbox.json("status")["kpis"]);
    let kinds: Vec<&str> = report["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "incident_opened",
            "incident_declared",
            "role_assigned",
            "milestone_marked",
            "milestone_marked",
            "step_done",
            "decision_taken",
            "step_done",
            "step_done",
            "milestone_marked",
            "note_added",
            "milestone_marked",
            "milestone_marked",
            "step_done",
            "incident_closed",
        ]
    );
}

#[test]
fn a_reader_who_closes_the_pipe_is_no_error() {
    use std::process::Stdio;

    let sandbox = story();
    let mut child =
        sandbox.command(&["report"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), String::from_utf8(output.stderr).unwrap()),
        (Some(0), String::new())
    );
}
