//! Whole sheets, as they are read out.

#![expect(clippy::too_many_lines, reason = "snapbox writes the expectations")]

use snapbox::{assert_data_eq, str};

use super::handover;
use crate::engine::{Event, Mode, StepDone, Timestamp};
use crate::playbook::{FieldId, Mark, NoteKind};
use crate::report::Story;
use crate::report::fixture::{Log, afternoon, at, book, done, id, person, plain, story};

fn sheet(log: &Log, until: &str, role: &str, to: &str) -> String {
    sheet_of(log, at(until), role, to, &[])
}

fn sheet_of(log: &Log, until: Timestamp, role: &str, to: &str, problems: &[String]) -> String {
    let (book, state) = (book(), log.state());
    let checkpoint = vec!["runbook-checkpoint 1 INCIDENT WRITER SEQ HASH".to_owned()];
    let story = Story { until, checkpoint: &checkpoint, problems, ..story(&book, log, &state) };
    handover(&story, &id(role), &person(to)).join("\n") + "\n"
}

#[test]
fn a_whole_afternoon_is_read_out() {
    let sheet = sheet(&afternoon(Mode::Exercise), "18:00", "incident-lead", "Cleo Marsh");
    assert_data_eq!(
        sheet,
        str![[r#"
HAND-OVER SHEET: Incident Lead, Ben Ito to Cleo Marsh
Read it out from top to bottom; whoever takes over says back what they
heard. In the order of the incident briefing, HICS 201 / ICS 201.
Reading it out records nothing.

1. INCIDENT NAME
   Mail down at Main St (email-outage-20260122-1405), EXERCISE - not
      real
   Site: Main Street Pharmacy

2. OPERATIONAL PERIOD
   Now: 2026-01-22 18:00 -05:00. Times below are on this clock, 24
      hours.
   T+0: 2026-01-22 14:10 -05:00

3. SITUATION SUMMARY
   Closed. It had been declared by Ana Diaz.
   Services:
   - email: works again, was down 2 h 35 min in all; restored, says
     the vendor 16:00; verified by the site 16:20
   Cause: nothing recorded
   Scope: nothing recorded
   Milestones:
   - 13:45 | onset
   - 14:07 | detected
   - 16:00 | restored
   - 16:20 | verified
   Figures now:
   - Onset to detected: 22 min
   - Detected to declared: 3 min, in target
   - Onset to declared: 25 min
   - Downtime until verified, overlaps once: 155 min, in target
   - Steps finished on time: 100 %, in target
   - Required roles held by nobody, summed: 230 min
   Last words on the situation: nothing recorded
   Records that contradict others: 1, see runbook report.

4. HEALTH AND SAFETY BRIEFING
   Patient safety:
   - 15:41 | - one label mixed up, caught at the counter

5. MAP / SKETCH
   None kept here.

6. CURRENT ORGANISATION
   Incident Lead: Ben Ito since 15:30, 2 h 30 min on shift; no deputy
   Communications Lead: NOBODY; held by nobody for 3 h 50 min
   IT Lead: NOBODY

7. INCIDENT OBJECTIVES
   nothing recorded

8. CURRENT AND PLANNED ACTIONS (time | action)
   Incident Lead, OVERDUE: nothing recorded
   Incident Lead, begun: nothing recorded
   Incident Lead, due next:
   - due 16:30 | R-01 validate mail, waits for your approval
   Incident Lead, put off and promised: nothing recorded
   Other roles, OVERDUE: nothing recorded
   Decisions that stand:
   - 14:30 | One branch or the whole company? The whole company,
     because: three branches call
   - 14:32 | no walk-in refills by e-mail today
   Last entries of Incident Lead:
   - 15:45 | Ana Diaz: message_sent: recorded by a newer version,
     which is needed to read it
   - 15:50 | Ana Diaz: milestone detected
   - 16:00 | Ana Diaz: milestone restored for email
   - 18:00 | Ana Diaz: closed
   - 17:30 | Ana Diaz: note (strength): call-back numbers were at hand

9. RESOURCES SUMMARY
   Contacts, vendors and services: see runbook contacts.

10. PREPARED BY
   Ben Ito, 2026-01-22 18:00 -05:00
   Handed over by Ben Ito. Initials: ______ Time: ______
   Taken over by Cleo Marsh. Initials: ______ Time: ______
   Then type: runbook handover incident-lead --to "Cleo Marsh"
      --from-initials XX --to-initials YY
   The log as it stands before this hand-over:
   record 13@wf2f, head code 0d0d-0d0d, in full
     0d0d 0d0d 0d0d 0d0d 0d0d 0d0d 0d0d 0d0d
     0d0d 0d0d 0d0d 0d0d 0d0d 0d0d 0d0d 0d0d
   record 9@wa7a, head code 0909-0909, in full
     0909 0909 0909 0909 0909 0909 0909 0909
     0909 0909 0909 0909 0909 0909 0909 0909
   To check it, read the head codes out. To prove it, send or copy
      each line below whole, from the word runbook-checkpoint on:
      runbook verify --expect takes nothing shorter.
runbook-checkpoint 1 INCIDENT WRITER SEQ HASH

"#]]
    );
}

#[test]
fn what_nobody_recorded_is_said_to_be_so() {
    let log = Log::opened("14:05", Mode::Live);
    let doubt = vec!["journal/w.jsonl: damaged at byte 4096".to_owned()];
    let sheet = sheet_of(&log, at("14:20"), "it-lead", "Cleo Marsh", &doubt);
    assert_data_eq!(
        sheet,
        str![[r#"
HAND-OVER SHEET: IT Lead, nobody to Cleo Marsh
Read it out from top to bottom; whoever takes over says back what they heard.
In the order of the incident briefing, HICS 201 / ICS 201. Reading it out
records nothing.
INTEGRITY PROBLEM: journal/w.jsonl: damaged at byte 4096

1. INCIDENT NAME
   Mail down at Main St (email-outage-20260122-1405), live incident
   Site: Main Street Pharmacy

2. OPERATIONAL PERIOD
   Now: 2026-01-22 14:20 -05:00. Times below are on this clock, 24 hours.
   Not declared: no period has begun.

3. SITUATION SUMMARY
   Suspected: nobody has declared it yet.
   Services:
   - the service: since when it is down is not recorded
   Cause: nothing recorded
   Scope: nothing recorded
   Milestones: nothing recorded
   Figures now: nothing recorded
   Last words on the situation: nothing recorded

4. HEALTH AND SAFETY BRIEFING
   Patient safety: nothing recorded

5. MAP / SKETCH
   None kept here.

6. CURRENT ORGANISATION
   Incident Lead: NOBODY
   Communications Lead: NOBODY
   IT Lead: NOBODY

7. INCIDENT OBJECTIVES
   nothing recorded

8. CURRENT AND PLANNED ACTIONS (time | action)
   IT Lead, OVERDUE: nothing recorded
   IT Lead, begun: nothing recorded
   IT Lead, due next: nothing recorded
   IT Lead, put off and promised: nothing recorded
   Other roles, OVERDUE: nothing recorded
   Decisions that stand: nothing recorded
   Last entries of IT Lead: nothing recorded

9. RESOURCES SUMMARY
   Contacts, vendors and services: see runbook contacts.

10. PREPARED BY
   nobody, 2026-01-22 14:20 -05:00
   Handed over by nobody. Initials: ______ Time: ______
   Taken over by Cleo Marsh. Initials: ______ Time: ______
   Nobody hands it over. To take it on: runbook assign it-lead "Cleo Marsh"
   The log as it stands before this hand-over:
   record 1@wf2f, head code 0101-0101, in full
     0101 0101 0101 0101 0101 0101 0101 0101
     0101 0101 0101 0101 0101 0101 0101 0101
   To check it, read the head codes out. To prove it, send or copy each line
      below whole, from the word runbook-checkpoint on: runbook verify --expect
      takes nothing shorter.
runbook-checkpoint 1 INCIDENT WRITER SEQ HASH

"#]]
    );
}

/// What the next one has to do stands in the order of its time.
#[test]
fn the_work_of_the_role_is_sorted() {
    let objectives = |words: &str| {
        let field: FieldId = id("objectives");
        StepDone { answers: [(field, plain(words))].into(), ..done("corporate-briefing", 1) }
    };
    let until = at("17:30");
    let deferred = |step: &str, reason: &str| Event::StepDeferred {
        step: id(step),
        occurrence: 1,
        until,
        reason: plain(reason),
    };
    let noted = |words: &str| Event::NoteAdded { kind: NoteKind::Situation, text: plain(words) };
    let mut log = Log::opened("14:05", Mode::Live)
        .tell(
            "14:06",
            Event::RoleAssigned {
                role: id("incident-lead"),
                person: person("Ana Diaz"),
                deputy: false,
            },
        )
        .declared("14:10")
        .mark("14:11", Mark::Onset)
        .tell("14:30", deferred("notify-leadership", "nobody answers"))
        .tell("14:31", Event::StepBegun { step: id("scope"), occurrence: 1 })
        .tell("14:40", Event::StepDone(objectives("everybody reached by noon")));
    for (clock, words) in [
        ("15:01", "one"),
        ("15:02", "two"),
        ("15:03", "three"),
        ("15:04", "four"),
        ("15:05", "five"),
        ("15:06", "six"),
    ] {
        log = log.tell(clock, noted(words));
    }
    assert_data_eq!(
        sheet(&log, "15:10", "incident-lead", "Ben Ito"),
        str![[r#"
HAND-OVER SHEET: Incident Lead, Ana Diaz to Ben Ito
Read it out from top to bottom; whoever takes over says back what they heard.
In the order of the incident briefing, HICS 201 / ICS 201. Reading it out
records nothing.

1. INCIDENT NAME
   Mail down at Main St (email-outage-20260122-1405), live incident
   Site: Main Street Pharmacy

2. OPERATIONAL PERIOD
   Now: 2026-01-22 15:10 -05:00. Times below are on this clock, 24 hours.
   T+0: 2026-01-22 14:10 -05:00
   Immediate response: from 2026-01-22 14:10 -05:00 to 2026-01-22 16:10 -05:00

3. SITUATION SUMMARY
   Declared by Ana Diaz. It runs for 1 h 00 min now.
   Services:
   - the service: DOWN since 14:11, 59 min in all
   Cause: nothing recorded
   Scope: nothing recorded
   Milestones:
   - 14:11 | onset
   Figures now:
   - Onset to declared: -1 min, before the onset: check the time
   - Downtime until verified, overlaps once: 59 min, in target
   - Steps finished on time: 33.3 %, target missed
   - Required roles held by nobody, summed: 60 min
   Last words on the situation:
   - 15:06 | six
   - 15:05 | five
   - 15:04 | four
   - 15:03 | three
   - 15:02 | two
   - and 1 earlier: runbook log

4. HEALTH AND SAFETY BRIEFING
   Patient safety: nothing recorded

5. MAP / SKETCH
   None kept here.

6. CURRENT ORGANISATION
   Incident Lead: Ana Diaz since 14:06, 1 h 04 min on shift; no deputy
   Communications Lead: NOBODY; held by nobody for 1 h 00 min
   IT Lead: NOBODY

7. INCIDENT OBJECTIVES
   14:40 | everybody reached by noon

8. CURRENT AND PLANNED ACTIONS (time | action)
   Incident Lead, OVERDUE:
   - due 14:40 | I-02 scope, begun by Ana Diaz
   Incident Lead, begun: nothing recorded
   Incident Lead, due next: nothing recorded
   Incident Lead, put off and promised:
   - until 17:30 | I-01 notify leadership: nobody answers
   Other roles, OVERDUE:
   - IT Lead: 1 step due 14:55 | I-04 vendor ticket
   Decisions that stand: nothing recorded
   Last entries of Incident Lead:
   - 15:02 | Ana Diaz: note (situation): two
   - 15:03 | Ana Diaz: note (situation): three
   - 15:04 | Ana Diaz: note (situation): four
   - 15:05 | Ana Diaz: note (situation): five
   - 15:06 | Ana Diaz: note (situation): six

9. RESOURCES SUMMARY
   Contacts, vendors and services: see runbook contacts.

10. PREPARED BY
   Ana Diaz, 2026-01-22 15:10 -05:00
   Handed over by Ana Diaz. Initials: ______ Time: ______
   Taken over by Ben Ito. Initials: ______ Time: ______
   Then type: runbook handover incident-lead --to "Ben Ito" --from-initials XX
      --to-initials YY
   The log as it stands before this hand-over:
   record 13@wf2f, head code 0d0d-0d0d, in full
     0d0d 0d0d 0d0d 0d0d 0d0d 0d0d 0d0d 0d0d
     0d0d 0d0d 0d0d 0d0d 0d0d 0d0d 0d0d 0d0d
   To check it, read the head codes out. To prove it, send or copy each line
      below whole, from the word runbook-checkpoint on: runbook verify --expect
      takes nothing shorter.
runbook-checkpoint 1 INCIDENT WRITER SEQ HASH

"#]]
    );
}

#[test]
fn no_line_is_too_wide_and_nothing_steers_the_screen() {
    let log = Log::opened("14:05", Mode::Exercise).tell(
        "14:06",
        Event::NoteAdded {
            kind: NoteKind::Safety,
            text: plain(&format!("\u{1b}[31mred {}\nnext", "word ".repeat(40))),
        },
    );
    for line in sheet(&log, "14:30", "incident-lead", "Ben Ito").lines() {
        assert!(line.chars().count() <= 70, "{line}");
        assert!(!line.contains('\u{1b}'), "{line:?}");
    }
}

#[test]
fn a_name_that_a_shell_would_run_is_not_offered_for_typing() {
    let log = Log::opened("14:05", Mode::Live).tell(
        "14:06",
        Event::RoleAssigned { role: id("it-lead"), person: person("Ana"), deputy: false },
    );
    for (name, typed) in [
        ("Zoë O'Hara-Li Jr.", "--to \"Zoë O'Hara-Li Jr.\""),
        ("$(reboot)", "--to NAME"),
        ("a\" ; reboot", "--to NAME"),
        ("`id`", "--to NAME"),
    ] {
        let sheet = sheet(&log, "14:30", "it-lead", name);
        assert!(sheet.contains(&format!("handover it-lead {typed}")), "{sheet}");
    }
}
