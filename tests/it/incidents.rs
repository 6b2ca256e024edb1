//! `incidents`, and choosing one: by id, by the start of one, `latest`, or because only one is open.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn none_yet() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox.run("incidents").shown(),
        str![[r#"
There is no incident yet. runbook start email-outage starts one.
--- exit 0
"#]]
    );
    for line in ["status", "log", "verify", "report", "note Hello"] {
        let ran = sandbox.run(line);
        assert_eq!(ran.code, Some(1), "{line}: {ran:?}");
        assert!(ran.err.contains("there is no incident yet"), "{line}: {ran:?}");
    }
    assert!(!sandbox.home().exists());
}

#[test]
fn one_line_for_each() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("incidents").shown(),
        str![[r#"
INCIDENT                  STATE  MODE  OPENED                   TITLE
every-form-YYYYMMDD-RRRR  open   live  YYYY-MM-DD HH:MM +00:00  Every form
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("incidents --json").shown(),
        str![[r#"
{
  "format": 1,
  "incidents": [
    {
      "incident": "every-form-YYYYMMDD-RRRR",
      "mode": "live",
      "readable": true,
      "misplaced": false,
      "title": "Every form",
      "playbook": "every-form",
      "opened_at": "YYYY-MM-DDTHH:MM:SS+00:00",
      "ended": false
    }
  ]
}
--- exit 0
"#]]
    );
}

#[test]
fn two_open_ones_are_never_guessed() {
    let sandbox = Sandbox::started();
    let first = sandbox.incident();
    sandbox.ok("start every-form --exercise");
    let ran = sandbox.run("note Hello");
    assert_data_eq!(
        ran.shown(),
        str![[r#"
--- stderr
error: 2 incidents are open: say which
  → walk, status, log, report, verify and export take its name; all others --incident NAME
  → live every-form-YYYYMMDD-RRRR: --incident latest
  → exercise x-every-form-YYYYMMDD-RRRR: --incident latest-exercise
--- exit 2
"#]]
    );
    // What it says to type works and means what it says.
    for (mode, folder) in [("live", "incidents"), ("exercise", "exercises")] {
        let line = ran.err.lines().find(|line| line.contains(&format!("{mode} "))).unwrap();
        let (id, option) =
            line.rsplit_once(&format!("{mode} ")).unwrap().1.split_once(": ").unwrap();
        assert!(sandbox.home().join(folder).join(id).exists(), "{line}");
        assert_eq!(sandbox.json(&format!("note Hello {option}"))["incident"], id);
    }
    for word in ["latest", "latest-exercise", "x-every", "every", &first] {
        sandbox.ok(&format!("note Hello --incident {word}"));
    }
    assert_eq!(sandbox.json("log latest")["incident"], first);
    let exercise = sandbox.json("log latest-exercise")["incident"].clone();
    assert!(exercise.as_str().unwrap().starts_with("x-every-form-"), "{exercise}");
}

#[test]
fn of_several_live_ones_only_the_last_is_the_latest() {
    let sandbox = Sandbox::started();
    let first = sandbox.incident();
    sandbox.ok("start every-form --no-walk");
    let ran = sandbox.run("note Hello");
    assert!(ran.err.contains(&format!("live {first}: --incident {first}\n")), "{}", ran.err);
    assert_eq!(ran.err.matches("--incident latest").count(), 1, "{}", ran.err);
}

#[test]
fn the_last_one_is_read_after_all_have_ended() {
    let sandbox = Sandbox::started();
    sandbox.ok("false-alarm --reason \"A full mailbox\"");
    sandbox.ok("status");
    sandbox.ok("report");
    assert_data_eq!(
        sandbox.run("note Hello").shown(),
        str![[r#"
--- stderr
error: no incident is open
  → runbook start PLAYBOOK starts one
  → for one that has ended, name it: --incident latest
--- exit 1
"#]]
    );
}
