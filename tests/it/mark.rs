//! `mark`, `classify`: what the incident is and where it stands.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn every_milestone_once_in_the_fields_own_order() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --suspected");
    let marks = [
        "onset",
        "detected",
        "acknowledged",
        "declared",
        "first-outreach",
        "first-reached",
        "restored",
        "verified",
        "relapsed",
        "stood-down",
    ];
    for (minute, mark) in marks.iter().enumerate() {
        sandbox.ok(&format!("mark {mark} --at 2025-01-22T14:{minute:02}Z"));
    }
    let status = sandbox.json("status");
    let shown = status["milestones"].as_object().unwrap();
    let marks: Vec<String> = marks.iter().map(|mark| mark.replace('-', "_")).collect();
    let text = sandbox.ok("status --json");
    let places: Vec<usize> =
        marks.iter().map(|m| text.find(&format!("{m}\": \"")).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
    for (minute, mark) in marks.iter().enumerate() {
        assert_eq!(shown[mark], format!("2025-01-22T14:{minute:02}:00+00:00"), "{mark}");
    }
}

#[test]
fn a_milestone_that_comes_once_is_not_marked_twice() {
    let sandbox = Sandbox::started();
    sandbox.ok("mark onset --at 2025-01-22T13:30Z");
    assert_data_eq!(
        sandbox.run("mark onset --at 2025-01-22T13:31Z").shown(),
        str![[r#"
--- stderr
error: onset is marked already
  → if the time is wrong: runbook correct 4@wWWW --occurred TIME --note TEXT
--- exit 1
"#]]
    );
    assert_data_eq!(
        sandbox.run("mark declared").shown(),
        str![[r#"
--- stderr
error: the incident is declared already
  → if the time is wrong: runbook correct 2@wWWW --occurred TIME --note TEXT
--- exit 1
"#]]
    );
    assert_data_eq!(
        sandbox.run("mark finished").shown(),
        str![[r#"
--- stderr
error: invalid value 'finished' for '<MILESTONE>'
  [possible values: onset, detected, acknowledged, declared, first-outreach, first-reached, restored, verified, relapsed, stood-down]

For more information, try '--help'.
--- exit 2
"#]]
    );
}

#[test]
fn services_come_back_one_by_one() {
    let sandbox = Sandbox::started();
    let classify = "classify --cause \"expired certificate\" --service email --service phones --scope corporate";
    assert_data_eq!(
        sandbox.run(classify).shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: classified: cause expired certificate; services email, phones; scope corporate
--- exit 0
"#]]
    );
    let restored = sandbox.run("mark restored --service email --at 2025-01-22T16:00Z");
    assert_data_eq!(
        restored.shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: milestone restored for email [happened 22 Jan 16:00]
--- exit 0
"#]]
    );
    sandbox.ok("mark verified --service email --at 2025-01-22T16:10Z");
    let status = sandbox.json("status");
    let services = status["services"].as_array().unwrap();
    let verified: Vec<bool> = services.iter().map(|line| !line["verified"].is_null()).collect();
    assert_eq!(verified, [true, false], "{services:?}");
}

#[test]
fn nothing_to_classify_is_refused() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("classify").shown(),
        str![[r#"
--- stderr
error: nothing was given to record
--- exit 1
"#]]
    );
}
