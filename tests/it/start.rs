//! `start`: opens an incident, declared at once or only suspected.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn says_what_to_type_next() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run("start every-form --no-walk --at 2025-01-22T14:05Z");
    assert_data_eq!(
        ran.shown(),
        str![[r#"
Started every-form-YYYYMMDD-RRRR: T+0 is 22 Jan 14:05.
Next:
  runbook status                    what is due now, and by whom
  runbook done STEP                 record a step as done
  runbook walk                      be walked through it at a terminal
--- exit 0
"#]]
    );
}

#[test]
fn the_built_in_playbook_starts_on_a_fresh_machine() {
    let sandbox = Sandbox::bare();
    let ran = sandbox.run("start email-outage --at 2025-01-22T14:05Z --onset 2025-01-22T13:30Z");
    assert_data_eq!(
        ran.shown(),
        str![[r#"
Started email-outage-YYYYMMDD-RRRR: T+0 is 22 Jan 14:05.
Next:
  runbook status                    what is due now, and by whom
  runbook done STEP                 record a step as done
  runbook walk                      be walked through it at a terminal
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("log").shown(),
        str![[r#"
YYYY-MM-DD HH:MM +00:00  1@wWWW  Ana Diaz: opened: Email outage (playbook email-outage 2026.2, live; put together from built-in:email-outage HHHHHHHH, built-in:sets/command HHHHHHHH, built-in:sets/mail HHHHHHHH, built-in:sets/communications HHHHHHHH, built-in:sets/clinical HHHHHHHH, built-in:sets/records HHHHHHHH)
2025-01-22 13:30 +00:00  2@wWWW  Ana Diaz: milestone onset [late entry, written down YYYY-MM-DD HH:MM +00:00]
2025-01-22 14:05 +00:00  3@wWWW  Ana Diaz: T+0 declared [late entry, written down YYYY-MM-DD HH:MM +00:00]
--- exit 0
"#]]
    );
}

#[test]
fn json_names_the_incident_and_its_checkpoint() {
    let sandbox = Sandbox::new();
    let line = "start every-form --at 2025-01-22T14:05Z --site North --title Mail --json";
    assert_data_eq!(
        sandbox.run(line).shown(),
        str![[r#"
{
  "format": 1,
  "incident": "every-form-YYYYMMDD-RRRR",
  "mode": "live",
  "t0": "2025-01-22T14:05:00+00:00",
  "open_exercises": [],
  "checkpoint": [
    "runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 2 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH"
  ]
}
--- exit 0
"#]]
    );
}

#[test]
fn suspected_first_then_declared() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox.run("start every-form --suspected").shown(),
        str![[r#"
Opened every-form-YYYYMMDD-RRRR as suspected: nobody has declared it yet.
Next:
  runbook mark declared             set T+0 once it is confirmed
  runbook false-alarm --reason …    end it if it was nothing
  runbook status                    what is due now, and by whom
  runbook done STEP                 record a step as done
  runbook walk                      be walked through it at a terminal
--- exit 0
"#]]
    );
    assert_eq!(sandbox.json("status")["state"], "suspected");
    let declared = sandbox.run("mark declared --at 2025-01-22T14:05Z");
    assert_data_eq!(
        declared.shown(),
        str![[r#"
Saved 2@wWWW (HHHH-HHHH) by Ana Diaz: T+0 declared [happened 22 Jan 14:05]
--- exit 0
"#]]
    );
    let status = sandbox.json("status");
    assert_eq!(
        (&status["state"], &status["t0"]),
        (&"declared".into(), &"2025-01-22T14:05:00+00:00".into())
    );
}

#[test]
fn roles_are_given_at_once() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --assign lead=Ana --assign \"tech=Ivo Brandt\"");
    let status = sandbox.json("status");
    let holder = |at: usize| status["roles"][at]["holders"][0]["person"].clone();
    assert_eq!((holder(0), holder(1)), ("Ana".into(), "Ivo Brandt".into()));
}

#[test]
fn a_second_incident_of_the_same_playbook_is_a_separate_one() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("start every-form --at 2025-01-22T15:00Z").shown(),
        str![[r#"
Started every-form-YYYYMMDD-RRRR: T+0 is 22 Jan 15:00.
Next:
  runbook status every-form-YYYYMMDD-RRRR
      what is due now, and by whom
  runbook done STEP --incident every-form-YYYYMMDD-RRRR
      record a step as done
  runbook walk every-form-YYYYMMDD-RRRR
      be walked through it at a terminal
--- stderr
Note: every-form-YYYYMMDD-RRRR was open before; it goes on as a separate incident.
--- exit 0
"#]]
    );
    let list = sandbox.json("incidents");
    assert_eq!(list["incidents"].as_array().unwrap().len(), 2);
}

#[test]
fn an_exercise_says_so_and_lies_apart() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox.run("start every-form --exercise --at 2025-01-22T14:05Z").shown(),
        str![[r#"
EXERCISE Started x-every-form-YYYYMMDD-RRRR: T+0 is 22 Jan 14:05.
EXERCISE Next:
EXERCISE   runbook status                    what is due now, and by whom
EXERCISE   runbook done STEP                 record a step as done
EXERCISE   runbook walk                      be walked through it at a terminal
--- exit 0
"#]]
    );
    let incident = sandbox.incident();
    assert!(incident.starts_with("x-every-form-"), "{incident}");
    assert!(sandbox.home().join("exercises").join(incident).is_dir());
    assert_data_eq!(
        sandbox.run("log").shown(),
        str![[r#"
EXERCISE YYYY-MM-DD HH:MM +00:00  1@wWWW  Ana Diaz: opened: Every form (playbook every-form 1, EXERCISE)
EXERCISE 2025-01-22 14:05 +00:00  2@wWWW  Ana Diaz: T+0 declared [late entry, written down YYYY-MM-DD HH:MM +00:00]
--- exit 0
"#]]
    );
    for line in ["status", "report", "report --format markdown"] {
        assert!(sandbox.ok(line).contains("EXERCISE"), "{line}");
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_what_lies_in_the_home() {
    use std::os::unix::fs::PermissionsExt as _;

    let sandbox = Sandbox::started();
    for path in sandbox.everything().into_keys().filter(|path| path.starts_with(sandbox.home())) {
        let mode = path.metadata().unwrap().permissions().mode() & 0o777;
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, expected, "{}", path.display());
    }
}

#[test]
fn a_flawed_name_in_the_site_file_stops_no_incident() {
    let long = format!("name: {}", "North ".repeat(40));
    let mut shown = String::new();
    let nameless = "state: CT\n  callback: 911";
    for name in ["state: CT", nameless, long.as_str(), "name: North 860 555 0100"] {
        let sandbox = Sandbox::new();
        sandbox.write_site(&format!("runbook-site: 1\nsite:\n  {name}\n"));
        let ran = sandbox.run("start every-form --no-walk --json");
        assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
        shown.push_str(&ran.err);
        assert_eq!(sandbox.json("report")["site"], serde_json::Value::Null, "{name}");
    }
    assert_data_eq!(
        shown,
        str![[r#"
Note: the site file's name cannot be recorded: the file has errors (runbook site lint shows them)
Note: the site file's name cannot be recorded: the file has errors (runbook site lint shows them)
Note: the site file's name cannot be recorded: the file has errors (runbook site lint shows them)
Note: the site file's name cannot be recorded: this looks like a person's phone number; if it is a patient's, write the token (P-0001) and keep the number in the roster

"#]]
    );
}

#[test]
fn the_name_in_the_site_file_is_recorded_and_a_typed_one_comes_first() {
    let sandbox = Sandbox::new();
    sandbox.write_site("runbook-site: 1\nsite:\n  name: North 860 555 0100\n");
    let ran = sandbox.run("start every-form --no-walk --no-phi");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(sandbox.json("report")["site"], "North 860 555 0100");
    let sandbox = Sandbox::new();
    sandbox.write_site("runbook-site: 1\nsite:\n  name: North 860 555 0100\n");
    let ran = sandbox.run("start every-form --no-walk --site South");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(sandbox.json("report")["site"], "South");
    for typed in ["--site \"\"", "--site \"North 860 555 0100\""] {
        let ran = sandbox.run(&format!("start every-form --no-walk {typed}"));
        assert!(matches!(ran.code, Some(1 | 2)), "{ran:?}");
        assert!(ran.err.contains("--site"), "{ran:?}");
    }
}
