//! `status`: what is due now, and by whom.

use serde_json::Value;
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn everything_on_one_screen() {
    let sandbox = Sandbox::started();
    sandbox.ok("done confirm --at 2025-01-22T14:10Z");
    sandbox.ok("decide scope local --at 2025-01-22T14:15Z");
    sandbox.ok("done words --by Ivo --at 2025-01-22T14:20Z");
    assert_data_eq!(
        sandbox.run("status").shown(),
        str![[r#"
Every form (every-form-YYYYMMDD-RRRR): declared
T+0 2025-01-22 14:05 +00:00, T+H:MM now
Phase: First hours

Roles
  Lead                     Ana Diaz since 22 Jan 14:05, HHHHH h MM min on shift
                             over 12 h: relief is due

Figures
  step on time rate             38 %  MISSED target (90 %)
  hand over gaps               0 min

OVERDUE (5)
CODE  STEP        ROLE     STATUS           DUE           WHEN  BY
F-06  ticket      tech     open             22 Jan 14:25
F-07  freeze      lead     open – ESCALATE  22 Jan 14:25
F-09  agree       officer  open             22 Jan 14:45
F-10  briefing    lead     open             22 Jan 15:05
F-11  first-call  tech     open             22 Jan 15:05

Open (1)
CODE  STEP       ROLE  STATUS  DUE  WHEN  BY
R-01  test-mail  tech  open

Answered or closed (6)
CODE  STEP            ROLE  STATUS    DUE           WHEN          BY
F-01  confirm         lead  done      22 Jan 14:15  22 Jan 14:10  Ana Diaz
                                                    late entry
F-02  scope           lead  done      22 Jan 14:20  22 Jan 14:15  Ana Diaz
                                                    late entry
F-03  tell-branches   lead  closed
F-04  all-branches    lead  closed
F-05  corporate-line  tech  closed
F-08  words           tech  done –    22 Jan 14:35  22 Jan 14:20  Ivo
                            awaits                  late entry
                            approval
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("status --role officer").shown(),
        str![[r#"
Every form (every-form-YYYYMMDD-RRRR): declared
T+0 2025-01-22 14:05 +00:00, T+H:MM now
Phase: First hours

Roles
  Lead                     Ana Diaz since 22 Jan 14:05, HHHHH h MM min on shift
                             over 12 h: relief is due

Figures
  step on time rate             38 %  MISSED target (90 %)
  hand over gaps               0 min

OVERDUE (1)
CODE  STEP   ROLE     STATUS  DUE           WHEN  BY
F-09  agree  officer  open    22 Jan 14:45
--- exit 0
"#]]
    );
}

#[test]
fn json_has_every_promised_key_and_absent_is_null() {
    let sandbox = Sandbox::started();
    let status = sandbox.json("status");
    for key in [
        "format",
        "incident",
        "title",
        "mode",
        "state",
        "playbook",
        "t0",
        "phase",
        "phases_open",
        "roles",
        "milestones",
        "steps",
        "kpis",
        "likely_same_people",
        "checkpoint",
    ] {
        assert!(status.get(key).is_some(), "{key}");
    }
    assert_eq!(status["format"], 1);
    assert_eq!(status["playbook"], serde_json::json!({"id": "every-form", "version": "1"}));
    let keys = [
        "id",
        "code",
        "phase",
        "role",
        "title",
        "status",
        "occurrence",
        "due",
        "overdue",
        "occurred_at",
        "recorded_at",
        "late_entry",
        "by",
        "acted_as",
        "role_held_by",
        "outside_role",
    ];
    for step in status["steps"].as_array().unwrap() {
        for key in keys {
            assert!(step.get(key).is_some(), "{key} of {step}");
        }
    }
    let holder = &status["roles"][0]["holders"][0];
    for key in ["person", "deputy", "since", "on_shift_since", "on_shift_minutes", "relief_due"] {
        assert!(holder.get(key).is_some(), "{key} of {holder}");
    }
    let first = &status["steps"][0];
    assert_eq!(
        (&first["code"], &first["by"], &first["occurred_at"]),
        (&"F-01".into(), &Value::Null, &Value::Null)
    );
    let figures = status["kpis"].as_array().unwrap();
    let ids: Vec<&str> = figures.iter().map(|figure| figure["id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        [
            "time_to_detect",
            "time_to_acknowledge",
            "time_to_declare",
            "onset_to_declare",
            "time_to_first_outreach",
            "time_to_first_reached",
            "high_risk_reached_12h",
            "downtime",
            "step_on_time_rate",
            "hand_over_gaps",
        ]
    );
    for figure in figures {
        for key in ["value", "unit", "target", "met"] {
            assert!(figure.get(key).is_some(), "{key} of {figure}");
        }
    }
    let line = status["checkpoint"][0].as_str().unwrap();
    assert!(line.starts_with("runbook-checkpoint 1 every-form-"), "{line}");
}

#[test]
fn late_entries_are_told_apart() {
    let sandbox = Sandbox::started();
    sandbox.ok("done confirm --at -20m");
    sandbox.ok("done first-call --at -1m");
    let status = sandbox.json("status");
    let late = |id: &str| {
        let steps = status["steps"].as_array().unwrap();
        steps.iter().find(|step| step["id"] == id).unwrap()["late_entry"].clone()
    };
    assert_eq!((late("confirm"), late("first-call")), (true.into(), false.into()));
}

#[test]
fn check_ends_with_8_only_where_something_is_overdue() {
    let sandbox = Sandbox::started();
    assert_eq!(sandbox.run("status").code, Some(0));
    assert_eq!(sandbox.run("status --check").code, Some(8));
    assert_eq!(sandbox.run("status --check --json").code, Some(8));
    let fresh = Sandbox::new();
    fresh.ok("start every-form");
    assert_eq!(fresh.run("status --check").code, Some(0));
    assert_eq!(fresh.run("status --check --role tech").code, Some(0));
}

#[test]
fn long_overdue_is_escalated() {
    let sandbox = Sandbox::started();
    let status = sandbox.json("status");
    let steps = status["steps"].as_array().unwrap();
    let escalated: Vec<&str> = steps
        .iter()
        .filter(|step| step["escalated"] == true)
        .map(|step| step["id"].as_str().unwrap())
        .collect();
    assert_eq!(escalated, ["freeze"]);
}
