//! `close`, `false-alarm`: how an incident ends, and what is taken afterwards.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Everything that the close gate asks for.
fn ready() -> Sandbox {
    let sandbox = Sandbox::started();
    for line in [
        "done confirm --at 2025-01-22T14:10Z",
        "decide scope local --at 2025-01-22T14:15Z",
        "mark restored --at 2025-01-22T16:00Z",
        "mark verified --at 2025-01-22T16:10Z",
        "done test-mail --at 2025-01-22T16:12Z",
    ] {
        sandbox.ok(line);
    }
    sandbox
}

#[test]
fn the_gate_says_what_is_missing() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("close").shown(),
        str![[r#"
--- stderr
error: the incident cannot be closed yet: 4 things are missing
  → the service is not verified by the site (runbook mark verified)
  → F-01 confirm is open
  → F-02 scope is open
  → R-01 test-mail is open
  → to close all the same: runbook close --anyway --reason TEXT
--- exit 1
"#]]
    );
    assert_data_eq!(
        sandbox.run("close --anyway").shown(),
        str![[r#"
--- stderr
error: the following required arguments were not provided:
  --reason <TEXT>

Usage: runbook close --anyway --reason <TEXT>

For more information, try '--help'.
--- exit 2
"#]]
    );
    let anyway = "close --anyway --reason \"The branch was shut for good\" --at 2025-01-22T18:00Z";
    assert_data_eq!(
        sandbox.run(anyway).shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: closed although something was missing: the service is not verified by the site (runbook mark verified); F-01 confirm is open; F-02 scope is open; R-01 test-mail is open — The branch was shut for good [happened 22 Jan 18:00]
Checkpoint to read out, write down or send (runbook verify --expect …):
  runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 4 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
Next, in this order:
  1. say what went well and what did not:
     runbook hotwash every-form-YYYYMMDD-RRRR
  2. put each gap on the plan, with --owner NAME and --due DAY:
     runbook actions add TEXT --incident every-form-YYYYMMDD-RRRR
  3. print the after-action report, to be finished by 2025-02-21:
     runbook report every-form-YYYYMMDD-RRRR --format aar-html -o aar.html
  4. once it is finished and signed, say so:
     runbook actions close AAR@every-form-YYYYMMDD-RRRR --evidence WHERE
--- exit 0
"#]]
    );
    let ended = &sandbox.json("report")["ended"];
    assert_eq!(ended["missing"].as_array().unwrap().len(), 4, "{ended}");
}

#[test]
fn a_ready_incident_closes_and_prints_the_checkpoint() {
    let sandbox = ready();
    assert_data_eq!(
        sandbox.run("close --at 2025-01-22T18:00Z").shown(),
        str![[r#"
Saved 9@wWWW (HHHH-HHHH) by Ana Diaz: closed [happened 22 Jan 18:00]
Checkpoint to read out, write down or send (runbook verify --expect …):
  runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 9 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
Next, in this order:
  1. say what went well and what did not:
     runbook hotwash every-form-YYYYMMDD-RRRR
  2. put each gap on the plan, with --owner NAME and --due DAY:
     runbook actions add TEXT --incident every-form-YYYYMMDD-RRRR
  3. print the after-action report, to be finished by 2025-02-21:
     runbook report every-form-YYYYMMDD-RRRR --format aar-html -o aar.html
  4. once it is finished and signed, say so:
     runbook actions close AAR@every-form-YYYYMMDD-RRRR --evidence WHERE
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("close --incident latest").shown(),
        str![[r#"
Already recorded at 22 Jan 18:00 as 9@wWWW; nothing was added.
Next, in this order:
  1. say what went well and what did not:
     runbook hotwash every-form-YYYYMMDD-RRRR
  2. put each gap on the plan, with --owner NAME and --due DAY:
     runbook actions add TEXT --incident every-form-YYYYMMDD-RRRR
  3. print the after-action report, to be finished by 2025-02-21:
     runbook report every-form-YYYYMMDD-RRRR --format aar-html -o aar.html
  4. once it is finished and signed, say so:
     runbook actions close AAR@every-form-YYYYMMDD-RRRR --evidence WHERE
--- exit 0
"#]]
    );
    assert_eq!(sandbox.json("incidents")["incidents"][0]["ended"], true);
}

#[test]
fn after_the_end_only_notes_corrections_and_late_marks_are_taken() {
    let sandbox = ready();
    sandbox.ok("close --at 2025-01-22T18:00Z");
    assert_data_eq!(
        sandbox.run("note \"Too late to guess\"").shown(),
        str![[r#"
--- stderr
error: no incident is open
  → runbook start PLAYBOOK starts one
  → for one that has ended, name it: --incident latest
--- exit 1
"#]]
    );
    for line in [
        "note \"Vendor's letter came\"",
        "correct 1 --note \"It was the other branch\"",
        "mark detected --at 2025-01-22T13:50Z",
    ] {
        sandbox.ok(&format!("{line} --incident latest"));
    }
    for line in [
        "done ticket",
        "begin ticket",
        "decide scope corporate",
        "approve agree",
        "assign lead Ben",
        "release lead \"Ana Diaz\"",
        "handover lead --to Ben",
        "classify --cause wear",
        "escalate every-form --reason More",
        "false-alarm --reason Nothing",
    ] {
        let ran = sandbox.run(&format!("{line} --incident latest"));
        assert_eq!(ran.code, Some(1), "{line}: {ran:?}");
        assert_eq!(ran.out, "", "{line}");
    }
    assert_data_eq!(
        sandbox.run("done first-call --incident latest").shown(),
        str![[r#"
--- stderr
error: the incident is closed
  → notes, corrections, late milestones and actions are still taken: runbook note TEXT
--- exit 1
"#]]
    );
}

#[test]
fn a_false_alarm_has_no_figures() {
    let sandbox = Sandbox::started();
    sandbox.ok("mark onset --at 2025-01-22T13:30Z");
    let line = "false-alarm --reason \"A full mailbox\" --at 2025-01-22T14:30Z";
    assert_data_eq!(
        sandbox.run(line).shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: false alarm: A full mailbox [happened 22 Jan 14:30]
Checkpoint to read out, write down or send (runbook verify --expect …):
  runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 5 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
--- exit 0
"#]]
    );
    let report = sandbox.json("report");
    assert_eq!(report["state"], "false_alarm");
    for figure in report["kpis"].as_array().unwrap() {
        assert!(figure["value"].is_null(), "{figure}");
    }
}

#[test]
fn what_was_only_suspected_cannot_be_closed() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --suspected");
    assert_data_eq!(
        sandbox.run("close").shown(),
        str![[r#"
--- stderr
error: the incident was never declared, so it cannot be closed
  → runbook mark declared sets T+0
  → runbook false-alarm --reason TEXT ends it
--- exit 1
"#]]
    );
    sandbox.ok("false-alarm --reason \"A full mailbox\"");
}
