//! `assign`, `release`: who holds which role.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

fn holders(sandbox: &Sandbox, role: &str) -> Vec<(String, bool)> {
    let status = sandbox.json("status");
    let line =
        status["roles"].as_array().unwrap().iter().find(|line| line["role"] == role).unwrap();
    let holder = |holder: &serde_json::Value| {
        (holder["person"].as_str().unwrap().to_owned(), holder["deputy"].as_bool().unwrap())
    };
    line["holders"].as_array().unwrap().iter().map(holder).collect()
}

#[test]
fn a_role_has_holders_and_deputies() {
    let sandbox = Sandbox::started();
    let assign = sandbox.run("assign tech \"Ivo Brandt\" --at 2025-01-22T14:10Z");
    assert_data_eq!(
        assign.shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: assigned tech: Ivo Brandt [happened 22 Jan 14:10]
--- exit 0
"#]]
    );
    sandbox.ok("assign tech Mia --deputy --at 2025-01-22T14:10Z");
    assert_eq!(
        holders(&sandbox, "tech"),
        [("Ivo Brandt".to_owned(), false), ("Mia".to_owned(), true)]
    );
    assert_data_eq!(
        sandbox.run("assign tech \"Ivo Brandt\"").shown(),
        str![[r#"
Already recorded at 22 Jan 14:10 as 4@wWWW; nothing was added.
--- exit 0
"#]]
    );
    let second = sandbox.run("assign officer \"Ivo Brandt\" --at 2025-01-22T14:11Z");
    assert_data_eq!(
        second.shown(),
        str![[r#"
Saved 6@wWWW (HHHH-HHHH) by Ana Diaz: assigned officer: Ivo Brandt [happened 22 Jan 14:11]
Note: Ivo Brandt now holds tech, officer; if somebody else is there, share them out
--- exit 0
"#]]
    );
}

#[test]
fn a_role_is_laid_down() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("release lead \"Ana Diaz\" --at 2025-01-22T15:00Z").shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: released lead: Ana Diaz [happened 22 Jan 15:00]
--- exit 0
"#]]
    );
    assert_eq!(holders(&sandbox, "lead"), []);
    assert_data_eq!(
        sandbox.run("release lead \"Ana Diaz\"").shown(),
        str![[r#"
--- stderr
error: Ana Diaz does not hold lead
  → nobody does
--- exit 1
"#]]
    );
    assert!(sandbox.ok("status").contains("NOBODY"));
}

#[test]
fn the_report_shows_when_nobody_held_a_required_role() {
    let sandbox = Sandbox::started();
    sandbox.ok("release lead \"Ana Diaz\" --at 2025-01-22T15:00Z");
    sandbox.ok("assign lead Ben --at 2025-01-22T15:30Z");
    let report = sandbox.json("report");
    let gap = report["shifts"].as_array().unwrap().iter().find(|shift| shift["person"].is_null());
    assert_eq!(gap.unwrap()["minutes"], 30, "{gap:?}");
}

#[test]
fn a_repeat_at_another_time_says_that_it_was_not_taken() {
    let sandbox = Sandbox::started();
    sandbox.ok("assign tech Ivo --at 2025-01-22T14:10Z");
    assert_data_eq!(
        sandbox.run("assign tech Ivo --at 2025-01-22T14:30Z").shown(),
        str![[r#"
Already recorded at 22 Jan 14:10 as 4@wWWW; nothing was added.
Note: the time given now was not taken; to change it: runbook correct 4@wWWW --occurred TIME --note TEXT
--- exit 0
"#]]
    );
    let quiet = sandbox.ok("assign tech Ivo --at 2025-01-22T14:10Z");
    assert!(!quiet.contains("Note:"), "{quiet}");
    sandbox.ok("close --anyway --reason \"a test\" --at 2025-01-22T15:00Z");
    let again = "close --anyway --reason \"a test\" --at 2025-01-22T15:30Z --incident latest";
    assert_data_eq!(
        sandbox.run(again).shown(),
        str![[r#"
Already recorded at 22 Jan 15:00 as 5@wWWW; nothing was added.
Note: the time given now was not taken; to change it: runbook correct 5@wWWW --occurred TIME --note TEXT
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
}

#[test]
fn nobody_lays_a_role_down_before_taking_it_on() {
    let sandbox = Sandbox::started();
    let before = sandbox.everything();
    assert_data_eq!(
        sandbox.run("release lead \"Ana Diaz\" --at 2025-01-22T14:00Z").shown(),
        str![[r#"
--- stderr
error: that time is before Ana Diaz took lead on
  → that was at 22 Jan 14:05, says record 3@wWWW
  → if it was earlier: runbook correct 3@wWWW --occurred TIME --note TEXT
--- exit 1
"#]]
    );
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn a_deputy_who_takes_the_role_leaves_it_without_a_deputy() {
    let sandbox = Sandbox::started();
    sandbox.ok("assign tech Ivo --deputy --at 2025-01-22T14:10Z");
    assert_data_eq!(
        sandbox.run("assign tech Ivo --at 2025-01-22T14:20Z").shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: assigned tech: Ivo [happened 22 Jan 14:20]
Note: Ivo was the deputy for tech and holds it now; it may need a new deputy
--- exit 0
"#]]
    );
    assert_eq!(holders(&sandbox, "tech"), [("Ivo".to_owned(), false)]);
    assert_data_eq!(
        sandbox.run("assign tech Ivo --deputy --at 2025-01-22T14:30Z").shown(),
        str![[r#"
Saved 6@wWWW (HHHH-HHHH) by Ana Diaz: assigned tech: Ivo as deputy [happened 22 Jan 14:30]
Note: Ivo held tech and is only its deputy now
--- exit 0
"#]]
    );
    assert_eq!(holders(&sandbox, "tech"), [("Ivo".to_owned(), true)]);
}

#[test]
fn a_second_spelling_is_said_once_and_nothing_is_merged() {
    let sandbox = Sandbox::started();
    let first = sandbox.run("assign tech \"ana díaz\" --at 2025-01-22T14:10Z");
    assert_data_eq!(
        first.shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: assigned tech: ana díaz [happened 22 Jan 14:10]
Note: the name ana díaz is new here and close to Ana Diaz; if it is one person, keep to one spelling
--- exit 0
"#]]
    );
    let again = sandbox.ok("note hello --by \"ana díaz\" --at 2025-01-22T14:20Z");
    assert!(!again.contains("Note:"), "{again}");
    let expected = "These may be one person: Ana Diaz, ana díaz. The log keeps both as written.";
    assert!(sandbox.ok("status").contains(expected));
    assert!(sandbox.ok("report").contains(expected));
    assert!(
        sandbox.ok("handover lead --to Ben --sheet").replace("\n      ", " ").contains(expected)
    );
    let spellings = &sandbox.json("status")["likely_same_people"];
    assert_eq!(*spellings, serde_json::json!([["Ana Diaz", "ana díaz"]]));
    assert_eq!(holders(&sandbox, "tech"), [("ana díaz".to_owned(), false)]);
}

#[test]
fn work_done_outside_the_role_is_shown_as_such() {
    let sandbox = Sandbox::started();
    sandbox.ok("assign tech Ivo --at 2025-01-22T14:06Z");
    sandbox.ok("done confirm --by Ivo --at 2025-01-22T14:10Z");
    sandbox.ok("done first-call --by Ivo --at 2025-01-22T14:20Z");
    let log = sandbox.ok("log");
    let line = log.lines().find(|line| line.contains("done: F-01 confirm")).unwrap();
    assert!(
        line.contains("Ivo (tech): done") && line.contains("[for lead, held by Ana Diaz]"),
        "{line}"
    );
    let report = sandbox.ok("report --format text");
    let section = report.split("STEPS DONE BY OTHERS").nth(1).unwrap();
    assert_data_eq!(
        section.split("DECISIONS").next().unwrap(),
        str![[r#"
 THAN THE HOLDERS OF THE ROLE
-------------------------------------------------
Step          Role  Held then by  Done by
----------------------------------------------
F-01 confirm  lead  Ana Diaz      Ivo as tech


"#]]
    );
    let status = sandbox.json("status");
    let step = |id: &str| {
        let steps = status["steps"].as_array().unwrap();
        let step = steps.iter().find(|step| step["id"] == id).unwrap();
        [
            &step["role"],
            &step["by"],
            &step["acted_as"],
            &step["role_held_by"],
            &step["outside_role"],
        ]
        .map(ToString::to_string)
        .join(" ")
    };
    assert_eq!(step("confirm"), r#""lead" "Ivo" "tech" ["Ana Diaz"] true"#);
    assert_eq!(step("first-call"), r#""tech" "Ivo" "tech" ["Ivo"] false"#);
    assert_eq!(step("scope"), r#""lead" null null [] null"#);
}

#[test]
fn the_shift_is_counted_across_roles() {
    let sandbox = Sandbox::started();
    sandbox.ok("assign tech \"Ana Diaz\" --at 2025-01-22T20:00Z");
    sandbox.ok("release lead \"Ana Diaz\" --at 2025-01-22T20:00Z");
    sandbox.ok("release tech \"Ana Diaz\" --at 2025-01-23T02:06Z");
    let report = sandbox.json("report");
    let shift = &report["on_shift"][0];
    assert_eq!((&shift["minutes"], &shift["over_12_hours"]), (&721.into(), &true.into()));
    assert_eq!(shift["roles"], serde_json::json!(["lead", "tech"]));
    let status = sandbox.json("status");
    assert!(status["roles"][0]["unheld_minutes"].as_f64().unwrap() > 360.0);
}
