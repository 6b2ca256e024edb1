//! A change of the site file reaches every open incident, if not at once then with the next one.

use std::fs;

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
#[cfg(unix)]
use crate::support::terminal::Terminal;

const SITE: &str = "\
runbook-site: 1
site:
  name: Riverside
roles:
  tech:
    holder: {name: Ben Ito, phone: \"860 555 0113\"}
";

/// Two open incidents, the first with its log held by another process.
fn two_open() -> (Sandbox, String, String) {
    let sandbox = Sandbox::started();
    sandbox.write_site(SITE);
    let first = sandbox.incident();
    let second =
        sandbox.json("start every-form --no-walk")["incident"].as_str().unwrap().to_owned();
    (sandbox, first, second)
}

fn changes(sandbox: &Sandbox, incident: &str) -> Vec<serde_json::Value> {
    let log = sandbox.json(&format!("log {incident}"));
    let entries = log["entries"].as_array().unwrap().iter();
    entries.filter(|entry| entry["kind"] == "site_changed").cloned().collect()
}

fn waits(sandbox: &Sandbox) -> bool {
    sandbox.home().join("site.pending").exists()
}

const SET: &str = "site set tech.phone \"860 555 0199\"";

#[test]
fn what_one_incident_could_not_hold_is_recorded_by_the_next_command() {
    let (sandbox, first, second) = two_open();
    let held = sandbox.hold(&first);
    assert_data_eq!(
        sandbox.run(SET).shown(),
        str![[r#"
Saved: tech phone is 860 555 0199 (before: 860 555 0113)
Recorded in every-form-YYYYMMDD-RRRR as 3@wWWW (HHHH-HHHH)
--- stderr
error: the change is NOT recorded in every-form-YYYYMMDD-RRRR: another process is writing: ROOT/home/locks/every-form-YYYYMMDD-RRRR.wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW.lock is locked
  → the site file itself is changed
  → the next runbook site set records it, also one that changes nothing
--- exit 5
"#]]
    );
    drop(held);
    assert!(waits(&sandbox));
    assert_eq!((changes(&sandbox, &first).len(), changes(&sandbox, &second).len()), (0, 1));
    let waiting = fs::read_to_string(sandbox.home().join("site.pending")).unwrap();
    assert!(!waiting.contains("860 555"), "{waiting}");
    assert_data_eq!(
        sandbox.run(&format!("{SET} --by \"Mia Cole\"")).shown(),
        str![[r#"
tech phone is 860 555 0199 already; nothing was changed.
Recorded in every-form-YYYYMMDD-RRRR as 4@wWWW (HHHH-HHHH)
--- exit 0
"#]]
    );
    assert!(!waits(&sandbox));
    let late = changes(&sandbox, &first);
    assert_eq!((late.len(), changes(&sandbox, &second).len()), (1, 1));
    // Who changed it, and when: not who came by later.
    assert_eq!(late[0]["by"], "Ana Diaz");
    assert_ne!(late[0]["occurred_at"], late[0]["recorded_at"]);
    sandbox.ok(SET);
    assert_eq!(changes(&sandbox, &first).len(), 1);
    // A crash between the record and the end of its waiting.
    fs::write(sandbox.home().join("site.pending"), &waiting).unwrap();
    sandbox.ok(SET);
    assert_eq!((changes(&sandbox, &first).len(), waits(&sandbox)), (1, false));
}

/// The file was written, and then the program was killed.
fn crashed(sandbox: &Sandbox, incident: &str) {
    let line = serde_json::json!({
        "incident": incident, "keys": ["site.name"], "by": "Ana Diaz", "role": null,
        "at": "2025-01-22T14:30:00.000Z", "src": "typed", "key": "site-1",
    });
    fs::write(sandbox.home().join("site.pending"), format!("{line}\nnot one\n")).unwrap();
}

#[test]
fn a_change_before_a_crash_is_recorded_whatever_becomes_of_the_next_command() {
    for line in [SET, "site set name Riverside", "site set teck.phone 911"] {
        let sandbox = Sandbox::started();
        sandbox.write_site(SITE);
        let incident = sandbox.incident();
        crashed(&sandbox, &incident);
        let _ = sandbox.run(line);
        let all = changes(&sandbox, &incident);
        assert_eq!(all[0]["what"], "site file changed: name", "{line}");
        assert_eq!(all[0]["occurred_at"], "2025-01-22T14:30:00+00:00", "{line}");
        assert!(!waits(&sandbox), "{line}");
    }
}

#[cfg(unix)]
#[test]
fn init_records_what_waits_before_it_asks() {
    let sandbox = Sandbox::started();
    sandbox.write_site(SITE);
    let incident = sandbox.incident();
    crashed(&sandbox, &incident);
    let mut terminal = Terminal::run(&sandbox, "site init");
    terminal.wait_for("Recorded in every-form-");
    terminal.press(b"\x03");
    terminal.ended();
    assert_eq!(changes(&sandbox, &incident).len(), 1);
}

#[test]
fn an_incident_that_is_over_or_gone_is_waited_for_no_longer() {
    let sandbox = Sandbox::started();
    sandbox.write_site(SITE);
    let incident = sandbox.incident();
    sandbox.ok("false-alarm --reason \"Nothing\"");
    for id in [incident.as_str(), "every-form-20250101-aaaa", "../no name"] {
        crashed(&sandbox, id);
        let ran = sandbox.run(SET);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{id}");
        assert!(!waits(&sandbox), "{id}");
    }
    assert_eq!(changes(&sandbox, &incident).len(), 0);
}
