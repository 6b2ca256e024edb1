//! `escalate`: goes on in a linked incident with another playbook.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::sandbox::EVERY_FORM;

#[test]
fn t0_onset_and_roles_come_along() {
    let sandbox = Sandbox::started();
    let other =
        EVERY_FORM.replace("id: every-form", "id: other-form").replace("Every form", "Other form");
    sandbox.write("playbooks/other-form.yaml", other);
    sandbox.ok("mark onset --at 2025-01-22T13:30Z");
    let first = sandbox.incident();
    let line = "escalate other-form --reason \"A note on two machines\" --at 2025-01-22T15:00Z";
    assert_data_eq!(
        sandbox.run(line).shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: escalated to other-form as other-form-YYYYMMDD-RRRR: A note on two machines [happened 22 Jan 15:00]
Opened other-form-YYYYMMDD-RRRR. Next: runbook walk other-form-YYYYMMDD-RRRR
--- exit 0
"#]]
    );
    let report = sandbox.json("report other-form");
    assert_eq!(report["linked_from"], first);
    assert_eq!(report["t0"], "2025-01-22T14:05:00+00:00");
    assert_eq!(report["milestones"]["onset"], "2025-01-22T13:30:00+00:00");
    assert_eq!(report["roles"][0]["holders"][0]["person"], "Ana Diaz");
    let log = sandbox.ok(&format!("log {first}"));
    assert!(log.contains("A note on two machines"), "{log}");
}

#[test]
fn an_unknown_playbook_opens_nothing() {
    let sandbox = Sandbox::started();
    let before = sandbox.everything();
    assert_data_eq!(
        sandbox.run("escalate ransomwar --reason More").shown(),
        str![[r#"
--- stderr
error: there is no playbook "ransomwar"
  → did you mean "ransomware"?
  → runbook list shows all playbooks
--- exit 2
"#]]
    );
    assert_eq!(sandbox.everything(), before);
}
