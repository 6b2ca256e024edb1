//! `trends`: incidents of one playbook side by side, exercises by themselves.

use snapbox::{assert_data_eq, str};

use super::evaluate::over;
use crate::support::Sandbox;

/// Two live incidents of January 2025, the second one with a late step.
fn two_incidents() -> Sandbox {
    let sandbox = Sandbox::new();
    for (day, minute) in [("22", "10"), ("29", "31")] {
        let at = |clock: &str| format!("2025-01-{day}T{clock}Z");
        sandbox.ok(&format!("start every-form --at {} --assign \"lead=Ana Diaz\"", at("14:05")));
        sandbox.ok(&format!("done confirm --at {}", at(&format!("14:{minute}"))));
        sandbox.ok(&format!("close --anyway --reason test --at {}", at("16:05")));
    }
    sandbox
}

#[test]
fn figures_over_time_and_steps_beside_the_last_time() {
    assert_data_eq!(
        two_incidents().run("trends every-form").shown(),
        str![[r#"
every-form: 2 live incidents, the oldest first
  1  every-form-YYYYMMDD-RRRR  2025-01-22 14:05 +00:00
  2  every-form-YYYYMMDD-RRRR  2025-01-29 14:05 +00:00

FIGURE                                 TARGET  1         2
Steps finished on time                 90 %    12.5 % !  0 % !
Required roles held by nobody, summed  -       0 min     0 min
! target missed

STEP             PLANNED  ACTUAL  LAST TIME  HOW
F-01 confirm     T+10     T+26    T+5        done, late
F-02 scope       T+15     -       -          open, late
F-06 ticket      T+20     -       -          open, late
F-07 freeze      T+20     -       -          open, late
F-08 words       T+30     -       -          open, late
F-09 agree       T+40     -       -          open, late
F-10 briefing    T+60     -       -          open, late
F-11 first-call  T+60     -       -          open, late
--- exit 0
"#]]
    );
}

#[test]
fn exercises_are_never_mixed_with_incidents() {
    let sandbox = over();
    sandbox.ok("drill rate confirm-first S --why \"one desk\" --by \"Eva Lund\" --incident latest-exercise");
    sandbox.ok("start every-form --at 2025-01-22T14:05Z");
    let out = sandbox.ok("trends");
    let (live, exercises) = out.split_once("\n\n").unwrap_or_default();
    assert!(live.starts_with("every-form: 1 live incident"), "{out}");
    let stamped = out.lines().filter(|line| line.starts_with("EXERCISE")).count();
    assert!(stamped > 10, "{out}");
    assert!(!live.contains("x-every-form") && exercises.contains("x-every-form"), "{out}");
    let json = &sandbox.json("trends")["trends"][0];
    assert_eq!(json["live"]["runs"].as_array().unwrap().len(), 1);
    assert_eq!(json["exercises"]["runs"][0]["scenario"], "two-objectives");
    let objectives = json["exercises"]["objectives"].as_array().unwrap();
    assert_eq!(objectives[0]["ratings"][0], "S");
    assert!(objectives[1]["ratings"][0].is_null());
    assert_eq!(json["live"]["objectives"].as_array().unwrap().len(), 0);
}

#[test]
fn the_files_hold_every_line_of_it() {
    let sandbox = two_incidents();
    assert_data_eq!(
        sandbox.run("trends --csv out").shown(),
        str![[r#"
Wrote trend-kpis.csv trend-objectives.csv trend-steps.csv to out
--- exit 0
"#]]
    );
    let again = sandbox.run("trends --csv out");
    assert_eq!(again.code, Some(1), "{again:?}");
    sandbox.ok("trends --csv out --overwrite");
    let kpis = std::fs::read_to_string(sandbox.cwd().join("out/trend-kpis.csv")).unwrap();
    assert!(
        kpis.lines().skip(1).all(|line| line.starts_with("\"every-form\",\"live\",")),
        "{kpis}"
    );
}

#[test]
fn what_there_is_nothing_of_is_said() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox.run("trends").shown(),
        str![[r#"
--- stderr
error: there is no incident yet
  → runbook start email-outage starts one
--- exit 1
"#]]
    );
    sandbox.ok("start every-form --at 2025-01-22T14:05Z");
    assert_data_eq!(
        sandbox.run("trends email-outage").shown(),
        str![[r#"
--- stderr
error: there is no incident of the playbook "email-outage"
  → runbook incidents lists what there is
--- exit 1
"#]]
    );
    assert_eq!(sandbox.json("trends email-outage")["trends"].as_array().unwrap().len(), 0);
}

#[test]
fn an_incident_that_cannot_be_read_is_named_and_left_out() {
    let sandbox = two_incidents();
    let list = sandbox.json("incidents");
    let id = list["incidents"][0]["incident"].as_str().unwrap().to_owned();
    let folder = sandbox.home().join("incidents").join(&id);
    std::fs::write(folder.join("playbook.yaml"), "no playbook").unwrap();
    let ran = sandbox.run("trends");
    assert!(ran.err.contains(&format!("{id} cannot be read and is left out")), "{ran:?}");
    assert!(ran.out.contains("1 live incident"), "{ran:?}");
    assert_eq!(sandbox.json("trends")["unreadable"][0], id.as_str());
}
