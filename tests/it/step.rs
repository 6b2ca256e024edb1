//! `begin`, `done`, `skip`, `fail`, `defer`, `reopen`: answers to a step.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Status, occurrence, person and time of the last occurrence of a step.
fn standing(sandbox: &Sandbox, step: &str) -> String {
    let status = sandbox.json("status");
    let steps = status["steps"].as_array().unwrap();
    let last = steps.iter().rfind(|line| line["id"] == step).unwrap();
    let word = |key: &str| last[key].to_string().replace('"', "");
    format!(
        "{} {} by {} at {}",
        word("status"),
        word("occurrence"),
        word("by"),
        word("occurred_at")
    )
}

#[test]
fn begun_then_done() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("begin F-01 --at 2025-01-22T14:06Z").shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: begun: F-01 confirm [happened 22 Jan 14:06]
--- exit 0
"#]]
    );
    assert_eq!(standing(&sandbox, "confirm"), "begun 1 by Ana Diaz at 2025-01-22T14:06:00+00:00");
    let done = "done confirm --note \"Two sites say so\" --by Ivo --at 2025-01-22T14:10Z";
    assert_data_eq!(
        sandbox.run(done).shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ivo: done: F-01 confirm — milestone acknowledged; note Two sites say so [happened 22 Jan 14:10]
--- exit 0
"#]]
    );
    assert_eq!(standing(&sandbox, "confirm"), "done 1 by Ivo at 2025-01-22T14:10:00+00:00");
    assert_eq!(sandbox.json("status")["milestones"]["acknowledged"], "2025-01-22T14:10:00+00:00");
}

#[test]
fn the_same_answer_twice_is_recorded_once() {
    let sandbox = Sandbox::started();
    sandbox.ok("done confirm --at 2025-01-22T14:10Z");
    assert_data_eq!(
        sandbox.run("done confirm").shown(),
        str![[r#"
Already recorded at 22 Jan 14:10 as 4@wWWW; nothing was added.
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("done confirm --json").shown(),
        str![[r#"
{
  "format": 1,
  "incident": "every-form-YYYYMMDD-RRRR",
  "mode": "live",
  "already_recorded": true,
  "records": [
    "4@wWWW"
  ],
  "occurred_at": "2025-01-22T14:10:00+00:00",
  "opened": null,
  "action": null,
  "advice": [],
  "checkpoint": [
    "runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 4 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH"
  ]
}
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("done confirm --note More").shown(),
        str![[r#"
--- stderr
error: you answered confirm before, with other words or another time
  → to add to it: runbook correct 4@wWWW --note TEXT
  → to do it again: runbook reopen confirm --reason TEXT
--- exit 1
"#]]
    );
    assert_data_eq!(
        sandbox.run("done confirm --by Ivo").shown(),
        str![[r#"
--- stderr
error: confirm has its answer: done, by Ana Diaz
  → to add to it: runbook correct 4@wWWW --note TEXT
  → to do it again: runbook reopen confirm --reason TEXT
--- exit 1
"#]]
    );
}

#[test]
fn every_kind_of_answer_that_a_step_collects() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("done ticket").shown(),
        str![[r#"
--- stderr
error: the step ticket asks for more before it is done: number, people, called, known, level
  → runbook done ticket with
  → --set number=…   What is the number of the ticket?
  → --set people=…   How many people are hit?
  → --set called=…   When did they pick up?
  → --set known=…   Did they know already?
  → --set level=…   Which priority?
--- exit 1
"#]]
    );
    let answers =
        "--set number=INC-7 --set people=12 --set called=2025-01-22T14:12Z --set known=yes";
    let line = format!("done ticket {answers} --set level=p1 --at 2025-01-22T14:15Z");
    assert_data_eq!(
        sandbox.run(&line).shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: done: F-06 ticket — called: 2025-01-22T14:12:00+00:00; known: yes; level: p1; number: INC-7; people: 12 [happened 22 Jan 14:15]
--- exit 0
"#]]
    );
}

#[test]
fn answers_that_do_not_fit_their_question() {
    let sandbox = Sandbox::started();
    let good = "number=1 --set people=2 --set called=-5m --set known=no --set level=p2";
    for (bad, why) in [
        ("--set people=twelve", "number"),
        ("--set people=inf", "number"),
        ("--set called=noon", "time"),
        ("--set known=perhaps", "yes"),
        ("--set level=p3", "p1"),
        ("--set nothing=1", "engineer"),
        ("--set number", "KEY=VALUE"),
    ] {
        let name = bad.trim_start_matches("--set ").split('=').next().unwrap();
        let kept: Vec<&str> =
            good.split(" --set ").filter(|pair| !pair.starts_with(name)).collect();
        let ran = sandbox.run(&format!("done ticket --set {} {bad}", kept.join(" --set ")));
        assert!(matches!(ran.code, Some(1 | 2)) && ran.err.contains(why), "{bad}: {ran:?}");
        assert_eq!(ran.out, "", "{bad}");
    }
    assert_eq!(standing(&sandbox, "ticket"), "open 1 by null at null");
}

#[test]
fn not_applicable_may_still_be_done() {
    let sandbox = Sandbox::started();
    let skip = "skip first-call --reason \"No patients today\" --at 2025-01-22T14:20Z";
    assert_data_eq!(
        sandbox.run(skip).shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: not applicable: F-11 first-call — No patients today [happened 22 Jan 14:20]
--- exit 0
"#]]
    );
    assert_eq!(
        standing(&sandbox, "first-call"),
        "not_applicable 1 by Ana Diaz at 2025-01-22T14:20:00+00:00"
    );
    assert_data_eq!(
        sandbox.run("done first-call --at 2025-01-22T14:40Z").shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: done: F-11 first-call — milestone first-outreach [happened 22 Jan 14:40]
--- exit 0
"#]]
    );
    assert_eq!(standing(&sandbox, "first-call"), "done 1 by Ana Diaz at 2025-01-22T14:40:00+00:00");
}

#[test]
fn failed_wants_another_try() {
    let sandbox = Sandbox::started();
    let fail = "fail ticket --reason \"The line is dead\" --at 2025-01-22T14:20Z";
    assert_data_eq!(
        sandbox.run(fail).shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: failed: F-06 ticket — The line is dead [happened 22 Jan 14:20]
--- exit 0
"#]]
    );
    assert_eq!(standing(&sandbox, "ticket"), "failed 1 by Ana Diaz at 2025-01-22T14:20:00+00:00");
}

#[test]
fn deferred_moves_the_due_time() {
    let sandbox = Sandbox::started();
    let defer = "defer freeze --until 2099-01-01T00:00Z --reason \"The list is locked\" --at 2025-01-22T14:20Z";
    assert_data_eq!(
        sandbox.run(defer).shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: deferred until 2099-01-01 00:00 +00:00: F-07 freeze — The list is locked [happened 22 Jan 14:20]
Note: confirm ought to come first and has no answer yet
--- exit 0
"#]]
    );
    let status = sandbox.json("status");
    let freeze =
        status["steps"].as_array().unwrap().iter().find(|line| line["id"] == "freeze").unwrap();
    assert_eq!(
        (&freeze["due"], &freeze["overdue"]),
        (&"2099-01-01T00:00:00+00:00".into(), &false.into())
    );
    let past = sandbox.run("defer briefing --until -5m --reason Later");
    assert_eq!(past.code, Some(1), "{past:?}");
}

#[test]
fn reopened_is_open() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("reopen confirm --reason \"It was a rumour\"").shown(),
        str![[r#"
--- stderr
error: confirm has no answer that could be taken back
  → runbook done confirm
--- exit 1
"#]]
    );
    sandbox.ok("done confirm --at 2025-01-22T14:10Z");
    let reopen = "reopen confirm --reason \"It was a rumour\" --at 2025-01-22T14:30Z";
    assert_data_eq!(
        sandbox.run(reopen).shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: reopened: F-01 confirm — It was a rumour [happened 22 Jan 14:30]
--- exit 0
"#]]
    );
    assert_eq!(standing(&sandbox, "confirm"), "open 1 by null at null");
}

#[test]
fn a_critical_step_takes_initials() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("done freeze").shown(),
        str![[r#"
--- stderr
error: freeze is a critical step: it takes the initials of the person who did it
  → the same command with --initials XY (yours), for example --initials AD
--- exit 1
"#]]
    );
    assert_data_eq!(
        sandbox.run("done freeze --initials 12").shown(),
        str![[r#"
--- stderr
error: "12" are no initials: type 2 to 5 letters
  → --initials XY
--- exit 1
"#]]
    );
    let done = "done freeze --initials ad --at 2025-01-22T14:20Z";
    assert_data_eq!(
        sandbox.run(done).shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: done: F-07 freeze — initials AD [happened 22 Jan 14:20]
Note: confirm ought to come first and has no answer yet
--- exit 0
"#]]
    );
}

#[test]
fn a_repeating_step_comes_again_until_it_is_verified() {
    let sandbox = Sandbox::started();
    sandbox.ok("done briefing --at 2025-01-22T15:00Z");
    assert_eq!(standing(&sandbox, "briefing"), "open 2 by null at null");
    let soon = sandbox.run("done briefing --at 2025-01-22T15:02Z");
    assert_data_eq!(
        soon.shown(),
        str![[r#"
--- stderr
error: you answered briefing before, with other words or another time
  → to add to it: runbook correct 4@wWWW --note TEXT
  → to do it again: runbook reopen briefing --reason TEXT
--- exit 1
"#]]
    );
    sandbox.ok("done briefing --at 2025-01-22T16:01Z");
    let status = sandbox.json("status");
    let dues: Vec<_> = status["steps"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["id"] == "briefing")
        .map(|line| line["due"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        dues,
        ["2025-01-22T15:05:00+00:00", "2025-01-22T16:05:00+00:00", "2025-01-22T17:05:00+00:00"]
    );
    sandbox.ok("mark verified --at 2025-01-22T16:30Z");
    assert_eq!(standing(&sandbox, "briefing"), "closed 3 by null at null");
    let over = sandbox.run("done briefing --at 2025-01-22T17:00Z");
    assert_data_eq!(
        over.shown(),
        str![[r#"
--- stderr
error: briefing ran until verified, and that has been reached
  → if the outage is back: runbook mark relapsed; to add words: runbook note TEXT (verified stays)
--- exit 1
"#]]
    );
}

#[test]
fn a_phase_that_an_event_opens_counts_from_there() {
    let sandbox = Sandbox::started();
    let due = || {
        let status = sandbox.json("status");
        let steps = status["steps"].as_array().unwrap();
        steps.iter().find(|line| line["id"] == "test-mail").unwrap()["due"].clone()
    };
    assert_eq!(due(), serde_json::Value::Null);
    sandbox.ok("mark restored --at 2025-01-22T18:00Z");
    assert_eq!(due(), "2025-01-22T18:15:00+00:00");
}

#[test]
fn working_ahead_is_allowed_and_said() {
    let sandbox = Sandbox::started();
    let ahead = sandbox.run("done corporate-line --at 2025-01-22T14:20Z");
    assert_data_eq!(
        ahead.shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: done: F-05 corporate-line [happened 22 Jan 14:20]
Note: the decision scope has not been taken yet
--- exit 0
"#]]
    );
}

#[test]
fn words_that_look_like_a_patient_are_stopped_with_a_question() {
    let sandbox = Sandbox::started();
    let line = "note \"Called Mr. Smith, DOB 01/02/1950\"";
    assert_data_eq!(
        sandbox.run(line).shown(),
        str![[r#"
--- stderr
error: the note is not recorded: this looks like a patient's name; write the patient's token (P-0001) instead
  → write it without (patients are called by token, never by name)
  → or add --private: the words stay in the private folder, outside the log
  → or add --no-phi if you have checked that it names no patient
--- exit 1
"#]]
    );
    // A number cannot be kept private, and the two options exclude each other.
    assert_data_eq!(
        sandbox.run("done ticket --set people=555-123-4567 --private").shown(),
        str![[r#"
--- stderr
error: the answer "people" is not recorded: this looks like a person's phone number; if it is a patient's, write the token (P-0001) and keep the number in the roster
  → write it without (patients are called by token, never by name)
  → --private keeps only free words: leave it out here, and add --no-phi if you have checked that it names no patient
--- exit 1
"#]]
    );
    sandbox.ok(&format!("{line} --private"));
    let log = sandbox.ok("log");
    assert!(!log.contains("Smith"), "{log}");
    sandbox.ok("note \"DOB 01/02/1950 is the date in the form's example\" --no-phi");
    assert!(sandbox.ok("log").contains("01/02/1950"));
}
