//! `actions`: what is to go better next time, chased over all incidents and exercises until somebody
//! else has seen it.

use regex_lite::Regex;
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::sandbox::EVERY_FORM;
use crate::writers::{carry, joined};

/// An incident of 2025 that is over, and two lines on its plan.
fn over() -> Sandbox {
    let sandbox = Sandbox::started();
    sandbox.ok("close --anyway --reason \"test\" --at 2025-01-22T18:00Z");
    sandbox.ok("actions add \"Second mail route\" --issue \"Nothing went out for four hours\" \
         --capability \"Operational Communications\" --element equipment --organization IT \
         --owner \"Ivo Brandt\" --start 2025-02-01 --due 2025-03-31 --incident latest");
    sandbox
        .ok("actions add \"Say in the step whom to call\" --target confirm --owner \"Kim Lee\" \
         --element planning --due 2099-12-31 --incident latest");
    sandbox
}

/// The same, and an exercise with a line of its own.
fn with_exercise() -> Sandbox {
    let sandbox = over();
    sandbox.ok("start every-form --exercise --at 2025-04-01T09:00Z");
    sandbox.ok("actions add \"Practise the call script\" --due 2025-06-30 --owner \"Mia Cole\" \
         --element training --issue \"The script ran over a minute\" --incident latest-exercise");
    sandbox.ok("close --anyway --reason test --incident latest-exercise --at 2025-04-01T10:00Z");
    sandbox
}

/// The end of the incident's name, by which its lines are called.
fn end(sandbox: &Sandbox, exercise: bool) -> String {
    let list = sandbox.json("incidents");
    let of = |one: &&serde_json::Value| (one["mode"] == "exercise") == exercise;
    let one = list["incidents"].as_array().unwrap().iter().find(of).unwrap().clone();
    one["incident"].as_str().unwrap().rsplit('-').next().unwrap().to_owned()
}

/// What a person sees, with the incidents' names told apart.
fn shown(sandbox: &Sandbox, line: &str) -> String {
    let mut text = sandbox.run(line).shown();
    let list = sandbox.json("incidents");
    for one in list["incidents"].as_array().unwrap() {
        let name = if one["mode"] == "exercise" { "@DRILL" } else { "@LIVE" };
        let end = one["incident"].as_str().unwrap().rsplit('-').next().unwrap();
        text = text.replace(&format!("@{end}"), name);
    }
    text
}

#[test]
fn nothing_is_to_be_done_in_an_empty_home() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox.run("actions list").shown(),
        str![[r#"
Nothing is to be done. runbook actions add TEXT puts something on the plan.
--- exit 0
"#]]
    );
    assert!(!sandbox.home().exists(), "looking writes nothing");
}

#[test]
fn a_line_is_put_on_the_plan_after_the_end() {
    let sandbox = Sandbox::started();
    sandbox.ok("close --anyway --reason test --at 2025-01-22T18:00Z");
    let line = "actions add \"Second mail route\" --incident latest";
    assert_data_eq!(
        shown(&sandbox, line),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: action A-01 added: Second mail route
Note: A-01 has no owner, no completion date, no capability element yet: runbook actions update A-01 --owner NAME --due DAY --element WORD
It is called A-01@LIVE.
--- exit 0
"#]]
    );
}

#[test]
fn the_most_overdue_comes_first_and_every_line_of_an_exercise_says_so() {
    let sandbox = with_exercise();
    assert_data_eq!(
        shown(&sandbox, "actions list"),
        str![[r#"
OVERDUE (4)
  AAR@LIVE  due 2025-02-21, NNN days late
    Finish the after-action report of every-form-YYYYMMDD-RRRR
  A-01@LIVE  due 2025-03-31, NNN days late  Ivo Brandt, IT
    Equipment: Second mail route
    issue: Nothing went out for four hours
EXERCISE   AAR@DRILL  due 2025-05-01, NNN days late
EXERCISE     Finish the after-action report of x-every-form-YYYYMMDD-RRRR
EXERCISE   A-01@DRILL  due 2025-06-30, NNN days late  Mia Cole
EXERCISE     Training: Practise the call script
EXERCISE     issue: The script ran over a minute

Open (1)
  A-02@LIVE  due 2099-12-31, in NNN days  Kim Lee
    Planning: Say in the step whom to call
    every-form:confirm reads as it did when the incident began

Of 2 due so far, 0 closed and verified by the first date.
Next: runbook actions close AAR@LIVE --evidence TEXT
--- exit 0
"#]]
    );
    let out = sandbox.ok("actions list");
    let drill = end(&sandbox, true);
    let mut of_drill = false;
    for line in out.lines() {
        if line.contains('@') && !line.starts_with("Next:") {
            of_drill = line.contains(&format!("@{drill}"));
        }
        let about = of_drill && !line.is_empty() && line.starts_with(' ');
        assert!(!about || line.starts_with("EXERCISE"), "{line}");
    }
    assert_eq!(out.matches("EXERCISE").count(), 5, "{out}");
}

#[test]
fn closed_and_verified_by_somebody_else() {
    let sandbox = over();
    assert_data_eq!(
        shown(&sandbox, "actions close A-01 --evidence \"invoice 4711\" --by \"Ivo Brandt\""),
        str![[r#"
Saved 7@wWWW (HHHH-HHHH) by Ivo Brandt: action A-01 closed: invoice 4711
--- exit 0
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "actions verify A-01 --by \"ivo brandt\""),
        str![[r#"
--- stderr
error: A-01 is ivo brandt's own work (they closed it, or answer for it): somebody else verifies it, or it takes a reason
  → somebody else: runbook actions verify A-01 --by NAME
  → or, if there is nobody: runbook actions verify A-01 --reason TEXT (it is flagged)
--- exit 1
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "actions verify a-1 --by \"Ana Diaz\" --reason \"saw it switch over\""),
        str![[r#"
Saved 8@wWWW (HHHH-HHHH) by Ana Diaz: action A-01 verified — saw it switch over
--- exit 0
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "actions list --all"),
        str![[r#"
OVERDUE (1)
  AAR@LIVE  due 2025-02-21, NNN days late
    Finish the after-action report of every-form-YYYYMMDD-RRRR

Open (1)
  A-02@LIVE  due 2099-12-31, in NNN days  Kim Lee
    Planning: Say in the step whom to call
    every-form:confirm reads as it did when the incident began

Finished (1)
  A-01@LIVE  due 2025-03-31  Ivo Brandt, IT
    Equipment: Second mail route
    issue: Nothing went out for four hours
    closed YYYY-MM-DD HH:MM +00:00 by Ivo Brandt: invoice 4711
    verified YYYY-MM-DD HH:MM +00:00 by Ana Diaz

Of 1 due so far, 0 closed and verified by the first date.
Next: runbook actions close AAR@LIVE --evidence TEXT
--- exit 0
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "actions update A-01 --due 2099-01-01"),
        str![[r#"
--- stderr
error: A-01 is closed already, by Ivo Brandt
  → to add to it: runbook correct 7@wWWW --note TEXT
  → if it is not done: runbook actions reopen A-01 --reason TEXT
--- exit 1
"#]]
    );
}

#[test]
fn ones_own_verdict_takes_a_reason_and_is_flagged_everywhere() {
    let sandbox = over();
    sandbox.ok("actions close A-01 --evidence x --by \"Ivo Brandt\"");
    assert_data_eq!(
        shown(&sandbox, "actions verify A-01 --by \"Ivo Brandt\" --reason \"nobody else here\""),
        str![[r#"
Saved 8@wWWW (HHHH-HHHH) by Ivo Brandt: action A-01 verified — own work; nobody else here
Note: Ivo Brandt verified their own work; it is flagged
--- exit 0
"#]]
    );
    assert!(sandbox.ok("actions list --all").contains("by Ivo Brandt (OWN WORK)"));
    assert!(sandbox.ok("report").contains("(own work): nobody else here"));
    assert_eq!(sandbox.json("actions list --all")["actions"][1]["own_work"], true);
}

#[test]
fn the_playbook_itself_may_be_the_evidence() {
    let sandbox = over();
    assert_data_eq!(
        shown(&sandbox, "actions close A-02 --changed"),
        str![[r#"
--- stderr
error: every-form:confirm reads as it did when the incident began: nothing shows that A-02@LIVE is done
  → runbook diff --incident every-form-YYYYMMDD-RRRR shows what is different
  → if something else shows it: runbook actions close A-02@LIVE --evidence TEXT
--- exit 1
"#]]
    );
    // Another step moves: no evidence for this one.
    let moved = EVERY_FORM.replace("due: 15m", "due: 16m");
    sandbox.write("playbooks/every-form.yaml", &moved);
    assert_eq!(sandbox.run("actions close A-02 --changed").code, Some(1));
    let text = "Call the head of each branch. Ask two people who do not sit together.";
    let now = moved
        .replace("Ask two people who do not sit together.", text)
        .replace("version: \"1\"", "version: \"2\"");
    sandbox.write("playbooks/every-form.yaml", &now);
    assert_data_eq!(
        shown(&sandbox, "actions close A-02 --changed --by \"Kim Lee\""),
        str![[r#"
Saved 7@wWWW (HHHH-HHHH) by Kim Lee: action A-02 closed: every-form:confirm reads differently now: do reads: {+Call the head of each branch.+} Ask two people who ... (version 2)
--- exit 0
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "actions verify A-02"),
        str![[r#"
Saved 8@wWWW (HHHH-HHHH) by Ana Diaz: action A-02 verified
every-form:confirm has changed by version 2: do reads: {+Call the head of each branch.+} Ask two people who ...
--- exit 0
"#]]
    );
    sandbox.write("playbooks/every-form.yaml", "runbook: 1\n");
    assert_data_eq!(
        shown(&sandbox, "actions list --all --owner \"kim lee\""),
        str![[r#"
Finished (1)
  A-02@LIVE  due 2099-12-31  Kim Lee
    Planning: Say in the step whom to call
    every-form:confirm cannot be compared: playbooks/every-form.yaml is not a
    valid playbook
    closed YYYY-MM-DD HH:MM +00:00 by Kim Lee: every-form:confirm reads
    differently now: do reads: {+Call the head of each branch.+} Ask two people
    who ...
    verified YYYY-MM-DD HH:MM +00:00 by Ana Diaz

Of 1 due so far, 0 closed and verified by the first date.
--- exit 0
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "actions close A-01 --changed"),
        str![[r#"
--- stderr
error: A-01@LIVE aims at no step or message of a playbook
  → runbook actions close A-01@LIVE --evidence TEXT
--- exit 1
"#]]
    );
}

#[test]
fn an_incident_without_a_finished_report_is_overdue_by_itself() {
    let sandbox = Sandbox::started();
    assert!(!sandbox.ok("actions list").contains("AAR"), "it runs");
    sandbox.ok("close --anyway --reason test --at 2025-01-22T18:00Z");
    let before = sandbox.everything();
    assert_data_eq!(
        shown(&sandbox, "actions list"),
        str![[r#"
OVERDUE (1)
  AAR@LIVE  due 2025-02-21, NNN days late
    Finish the after-action report of every-form-YYYYMMDD-RRRR

Next: runbook actions close AAR@LIVE --evidence TEXT
--- exit 0
"#]]
    );
    assert_eq!(before, sandbox.everything(), "computed, never stored");
    assert_data_eq!(
        shown(&sandbox, "actions verify AAR"),
        str![[r#"
--- stderr
error: AAR@LIVE is no line of the plan: it can only be closed
  → runbook actions close AAR@LIVE --evidence TEXT
--- exit 2
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "actions close aar"),
        str![[r#"
--- stderr
error: the following required arguments were not provided:
  --evidence <TEXT>

Usage: runbook actions close --evidence <TEXT> <ACTION>

For more information, try '--help'.
--- exit 2
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "actions close AAR --evidence \"signed, binder 3\""),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: after-action report finished: signed, binder 3
--- exit 0
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "actions close AAR --evidence \"another one\""),
        str![[r#"
--- stderr
error: the after-action report is finished already, says Ana Diaz
  → to add to it: runbook correct 5@wWWW --note TEXT
--- exit 1
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "actions list"),
        str![[r#"
Nothing is to be done. runbook actions add TEXT puts something on the plan.
--- exit 0
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "actions list --all"),
        str![[r#"
Finished (1)
  AAR@LIVE  due 2025-02-21
    The after-action report of every-form-YYYYMMDD-RRRR
    finished YYYY-MM-DD HH:MM +00:00 by Ana Diaz
    evidence: signed, binder 3
--- exit 0
"#]]
    );
}

#[test]
fn a_shipped_playbook_asks_for_the_hot_wash_as_well() {
    let sandbox = Sandbox::bare();
    sandbox.ok("start email-outage --at 2025-01-22T14:05Z --no-walk");
    sandbox.ok("mark restored --at 2025-01-22T15:00Z");
    sandbox.ok("close --anyway --reason test --at 2025-01-22T18:00Z");
    let list = sandbox.json("actions list");
    let due = |at: usize| list["reviews"][at]["due"].as_str().unwrap().to_owned();
    assert_eq!(
        [due(0), due(1)],
        ["2025-01-25T15:00:00+00:00", "2025-02-21T15:00:00+00:00"],
        "72 hours and 30 days after it was restored, as the steps say"
    );
    assert_eq!(list["overdue"], 2);
    sandbox.ok("actions close HW --evidence \"held on 24 Jan, minutes in binder 3\"");
    assert_eq!(sandbox.json("actions list")["overdue"], 1);
}

#[test]
fn a_step_that_was_done_needs_no_second_word() {
    let sandbox = Sandbox::bare();
    sandbox.ok("start email-outage --at 2025-01-22T14:05Z --no-walk");
    sandbox.ok("mark restored --at 2025-01-22T15:00Z");
    let list = sandbox.json("actions list");
    assert_eq!(list["overdue"], 2, "overdue while it runs: {list}");
    sandbox.ok("done hot-wash --at 2025-01-23T15:00Z");
    sandbox.ok("done after-action --at 2025-02-20T15:00Z");
    sandbox.ok("close --anyway --reason test");
    assert_eq!(sandbox.json("actions list --all")["reviews"][1]["standing"], "finished");
    assert_eq!(sandbox.run("actions list").out.lines().count(), 1, "nothing is owed");
}

#[test]
fn a_false_alarm_owes_no_report_and_may_teach_something() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --suspected --at 2025-01-22T14:05Z");
    sandbox.ok("false-alarm --reason \"monitor was wrong\"");
    assert!(!sandbox.ok("actions list --all").contains("AAR"));
    sandbox.ok("actions add \"Set the threshold higher\" --incident latest");
    let ran = sandbox.run("actions close AAR --evidence x");
    assert!(ran.err.contains("there is no action \"AAR\""), "{ran:?}");
    assert!(sandbox.ok("actions list").contains("Set the threshold higher"));
    assert!(sandbox.ok("report").contains("A-01, open, no completion date, no owner"));
}

#[test]
fn the_columns_are_those_of_the_form() {
    let sandbox = with_exercise();
    sandbox.ok("actions add \"=cmd\" --issue \"@SUM(A1)\" --capability \"=1+1\" --incident latest");
    assert_data_eq!(
        shown(&sandbox, "actions list --csv"),
        str![[r#"
"Core Capability","Issue/Area for Improvement","Corrective Action","Capability Element","Primary Responsible Organization","Organization POC","Start Date","Completion Date"
"Operational Communications","Nothing went out for four hours","A-01@LIVE: Second mail route","Equipment","IT","Ivo Brandt","2025-02-01","2025-03-31"
"","EXERCISE: The script ran over a minute","A-01@DRILL: Practise the call script","Training","","Mia Cole","","2025-06-30"
"'=1+1","'@SUM(A1)","A-03@LIVE: =cmd","","","","",""
"","","A-02@LIVE: Say in the step whom to call","Planning","","Kim Lee","","2099-12-31"
--- exit 0
"#]]
    );
    let out = sandbox.ok("actions list --csv");
    assert_eq!(out.matches('\n').count(), out.matches("\r\n").count(), "as the RFC says");
    let head = out.lines().next().unwrap();
    assert_eq!(
        head.replace('"', ""),
        "Core Capability,Issue/Area for Improvement,Corrective Action,Capability Element,\
         Primary Responsible Organization,Organization POC,Start Date,Completion Date"
    );
}

#[test]
fn the_same_for_programs() {
    let sandbox = over();
    let (live, text) = (end(&sandbox, false), sandbox.run("actions list --json").shown());
    let days = Regex::new("\"(today|days_late)\": [\"0-9-]+").unwrap();
    assert_data_eq!(
        days.replace_all(&text.replace(&live, "LIVE"), "\"$1\": N").into_owned(),
        str![[r#"
{
  "format": 1,
  "today": N,
  "overdue": 2,
  "to_verify": 0,
  "due_so_far": 1,
  "on_time": 0,
  "actions": [
    {
      "id": "A-01@LIVE",
      "incident": "every-form-YYYYMMDD-RRRR",
      "mode": "live",
      "standing": "overdue",
      "days_late": N,
      "code": "A-01",
      "record": "5@wWWW",
      "state": "open",
      "capability": "Operational Communications",
      "issue": "Nothing went out for four hours",
      "what": "Second mail route",
      "element": "equipment",
      "organization": "IT",
      "owner": "Ivo Brandt",
      "start": "2025-02-01",
      "due": "2025-03-31",
      "first_due": "2025-03-31",
      "aim": null,
      "added_at": "YYYY-MM-DDTHH:MM:SS+00:00",
      "added_by": "Ana Diaz",
      "closed_at": null,
      "closed_by": null,
      "evidence": null,
      "verified_at": null,
      "verified_by": null,
      "own_work": false,
      "verified_note": null,
      "aim_now": null
    },
    {
      "id": "A-02@LIVE",
      "incident": "every-form-YYYYMMDD-RRRR",
      "mode": "live",
      "standing": "open",
      "days_late": null,
      "code": "A-02",
      "record": "6@wWWW",
      "state": "open",
      "capability": null,
      "issue": null,
      "what": "Say in the step whom to call",
      "element": "planning",
      "organization": null,
      "owner": "Kim Lee",
      "start": null,
      "due": "2099-12-31",
      "first_due": "2099-12-31",
      "aim": "every-form:confirm",
      "added_at": "YYYY-MM-DDTHH:MM:SS+00:00",
      "added_by": "Ana Diaz",
      "closed_at": null,
      "closed_by": null,
      "evidence": null,
      "verified_at": null,
      "verified_by": null,
      "own_work": false,
      "verified_note": null,
      "aim_now": "every-form:confirm reads as it did when the incident began"
    }
  ],
  "reviews": [
    {
      "id": "AAR@LIVE",
      "incident": "every-form-YYYYMMDD-RRRR",
      "mode": "live",
      "standing": "overdue",
      "days_late": N,
      "review": "after_action",
      "due": "2025-02-21T18:00:00+00:00",
      "finished_at": null,
      "finished_by": null,
      "evidence": null,
      "record": null
    }
  ],
  "problems": []
}
--- exit 0
"#]]
    );
}

#[test]
fn an_acknowledgement_for_programs_names_the_line() {
    let sandbox = Sandbox::started();
    let answer = sandbox.json("actions add \"Second mail route\" --id k1");
    let end = end(&sandbox, false);
    assert_eq!(answer["action"], format!("A-01@{end}"));
    let again = sandbox.json("actions add \"Second mail route\" --id k1");
    assert_eq!((&again["action"], &again["already_recorded"]), (&answer["action"], &true.into()));
    assert_eq!(sandbox.json("note Hello")["action"], serde_json::Value::Null);
}

#[test]
fn the_report_and_its_files_hold_the_plan() {
    let sandbox = over();
    let report = sandbox.ok("report --format markdown");
    let plan = report.split("## Improvement plan").nth(1).unwrap().split("\n## ").next().unwrap();
    assert_data_eq!(
        plan.trim(),
        str![[r#"
- **AAR, due 2025-02-21 18:00 +00:00, not finished when this was counted**
  - The after-action report
- **A-01, open, due 2025-03-31, Ivo Brandt**
  - Second mail route
  - issue: Nothing went out for four hours
  - core capability: Operational Communications
  - capability element: Equipment
  - responsible organization: IT
  - starts 2025-02-01
- **A-02, open, due 2099-12-31, Kim Lee**
  - Say in the step whom to call
  - capability element: Planning
  - aims at every-form:confirm
"#]]
    );
    let json = sandbox.json("report");
    assert_eq!(json["actions"][0]["what"], "Second mail route");
    assert_eq!(json["reviews"][0]["review"], "after_action");
    sandbox.ok("export out");
    let file = std::fs::read_to_string(sandbox.cwd().join("out/actions.csv")).unwrap();
    assert_eq!(file.lines().count(), 3);
    assert!(file.contains(",\"A-01\",\"open\",\"Operational Communications\","), "{file}");
}

#[test]
fn the_log_still_verifies_and_says_what_was_done() {
    let sandbox = over();
    sandbox.ok("actions close A-01 --evidence \"invoice 4711\" --by \"Ivo Brandt\"");
    assert_eq!(sandbox.run("verify").code, Some(0));
    let log = sandbox.ok("log");
    assert!(log.contains("action A-01 closed: invoice 4711"), "{log}");
    assert!(!log.contains("conflict"), "{log}");
    assert!(!sandbox.ok("status").contains("Conflicts"));
}

#[test]
fn a_line_added_by_mistake_is_withdrawn() {
    let sandbox = over();
    let record = sandbox.json("actions list")["actions"][0]["record"].as_str().unwrap().to_owned();
    sandbox.ok(&format!("correct {record} --withdraw --note \"wrong incident\" --incident latest"));
    let list = sandbox.json("actions list --all");
    assert_eq!(list["actions"].as_array().unwrap().len(), 1, "{list}");
    let report = sandbox.ok("report --format markdown");
    let plan = report.split("## Improvement plan").nth(1).unwrap().split("\n## ").next().unwrap();
    assert!(!plan.contains("A-01"), "it stands in the log only as withdrawn: {plan}");
}

/// Right after the end nobody has to say which: there is only one that can be meant.
#[test]
fn the_only_one_that_is_over_is_meant() {
    let sandbox = over();
    assert!(sandbox.ok("actions add \"Ring twice\"").contains("It is called A-03@"));
    assert!(sandbox.ok("hotwash --strength \"Roles were taken at once\"").contains("Saved"));
    // Beside practice it has to be said, whichever of the two is open.
    sandbox.ok("start every-form --exercise --at 2025-04-01T09:00Z");
    assert_eq!(sandbox.run("actions add \"Ring twice\"").code, Some(2));
    sandbox.ok("close --anyway --reason test --incident latest-exercise --at 2025-04-01T10:00Z");
    sandbox.ok("start every-form --at 2025-04-02T09:00Z");
    assert!(sandbox.run("hotwash --strength x").err.contains("say which one"));
}

#[test]
fn what_cannot_be_taken() {
    let sandbox = with_exercise();
    let before = sandbox.everything();
    for (line, code, says) in [
        ("actions close A-09 --evidence x", 2, "there is no action \"A-09\""),
        ("actions close A-01 --evidence x", 2, "\"A-01\" fits several: say which"),
        ("actions close A-2@nowhere --evidence x", 2, "nowhere"),
        ("actions close A-02", 2, "--evidence"),
        ("actions close A-02 --evidence \"\"", 2, "the evidence cannot be recorded"),
        ("actions verify A-02", 1, "A-02 is not closed"),
        ("actions reopen A-02 --reason x", 1, "A-02 is not closed"),
        ("actions update A-02", 1, "nothing was given to record"),
        ("actions update A-02 --due 2026-02-30", 2, "2026-02-30\" is no day of the calendar"),
        ("actions update A-02 --due 02/28/2027", 2, "is no day"),
        ("actions update A-02 --start 2100-01-01", 1, "before it starts on 2100-01-01"),
        ("actions update A-02 --element fun", 2, "[possible values: planning, organization"),
        ("actions update A-02 --target nowhere", 1, "no step \"nowhere\""),
        ("actions update A-02 --target ehr-downtime:hot-wash", 2, "ran by every-form"),
        ("actions add \"\" --incident latest", 2, "the action cannot be recorded"),
        ("actions add \"Call patient Mary Jones, DOB 3/4/1950\" --incident latest", 1, "--no-phi"),
        ("actions add x", 2, "say which one"),
        ("actions add x", 2, ": --incident latest-exercise"),
        ("hotwash --strength x", 2, "say which one"),
        ("actions list nowhere", 2, "nowhere"),
        ("actions", 2, "Usage"),
    ] {
        let ran = sandbox.run(line);
        assert_eq!(ran.code, Some(code), "{line}: {ran:?}");
        assert!(ran.err.contains(says), "{line}: {}", ran.err);
        assert_eq!(ran.out, "", "{line}");
    }
    assert_eq!(before, sandbox.everything(), "nothing was written");
}

#[test]
fn a_near_name_is_suggested_and_several_are_listed() {
    let sandbox = with_exercise();
    let live = end(&sandbox, false);
    let near = sandbox.run(&format!("actions verify A-0@{live}"));
    assert!(near.err.contains("did you mean A-0"), "{near:?}");
    assert_data_eq!(
        shown(&sandbox, "actions close A-01 --evidence x"),
        str![[r#"
--- stderr
error: "A-01" fits several: say which
  → A-01@LIVE: Second mail route
  → A-01@DRILL: Practise the call script
--- exit 2
"#]]
    );
}

#[test]
fn one_incident_that_cannot_be_read_does_not_hide_the_others() {
    let sandbox = with_exercise();
    let folder = sandbox.home().join("exercises");
    let drill = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    std::fs::write(drill.join("playbook.yaml"), "not a playbook").unwrap();
    let ran = sandbox.run("actions list");
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert!(ran.out.contains("Second mail route"), "{ran:?}");
    assert!(ran.err.contains("INTEGRITY PROBLEM: x-every-form-"), "{ran:?}");
    let json = sandbox.run("actions list --json");
    assert!(json.out.contains("\"problems\": [\n    \"x-every-form-"), "{json:?}");
}

#[test]
fn two_machines_add_and_change_lines_apart_and_both_lists_say_the_same() {
    let one = over();
    let two = joined(&one);
    one.ok("actions update A-01 --due 2025-04-30 --by \"Ana Diaz\"");
    two.ok("actions update A-01 --due 2025-05-31 --by \"Ben Ito\"");
    one.ok("actions add \"From the first machine\" --incident latest");
    two.ok("actions add \"From the second machine\" --incident latest");
    carry(&one.incident_folder(), &two);
    carry(&two.incident_folder(), &one);
    for sandbox in [&one, &two] {
        let list = sandbox.json("actions list --all");
        let due: Vec<&str> = list["actions"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|line| line["what"] == "Second mail route")
            .map(|line| line["due"].as_str().unwrap())
            .collect();
        assert_eq!(due, ["2025-05-31"], "the later one counts");
        let codes: Vec<&str> = list["actions"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|line| line["what"].as_str().unwrap().starts_with("From the"))
            .map(|line| line["code"].as_str().unwrap())
            .collect();
        assert!(codes.iter().all(|code| code.starts_with("A-03-w")), "{codes:?}");
        assert_ne!(codes[0], codes[1]);
        let which = sandbox.run("actions close A-03 --evidence x");
        assert!(which.err.contains("fits several: say which"), "{which:?}");
        let status = sandbox.json("status latest");
        assert_eq!(
            status["conflicts"][0]["what"],
            "A-01 changed by two who had not seen each other; the later one counts"
        );
        sandbox.ok("verify latest");
    }
    assert_eq!(one.json("actions list")["actions"], two.json("actions list")["actions"]);
    let code = one.json("actions list")["actions"][1]["id"].as_str().unwrap().to_owned();
    one.ok(&format!("actions close {code} --evidence \"seen\""));
}
