//! `escalate`: goes on in a linked incident with another playbook.

use std::fs;

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

/// An incident, and another playbook to go on with.
fn two_playbooks() -> Sandbox {
    let sandbox = Sandbox::started();
    let other =
        EVERY_FORM.replace("id: every-form", "id: other-form").replace("Every form", "Other form");
    sandbox.write("playbooks/other-form.yaml", other);
    sandbox
}

fn incidents(sandbox: &Sandbox) -> usize {
    sandbox.json("incidents")["incidents"].as_array().unwrap().len()
}

#[test]
fn while_the_log_is_held_by_another_process_nothing_is_opened() {
    let sandbox = two_playbooks();
    let held = sandbox.hold(&sandbox.incident());
    assert_data_eq!(
        sandbox.run("escalate other-form --reason More").shown(),
        str![[r#"
--- stderr
error: another process is writing: ROOT/home/locks/every-form-YYYYMMDD-RRRR.wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW.lock is locked
  → try again in a moment
--- exit 5
"#]]
    );
    drop(held);
    assert_eq!(incidents(&sandbox), 1);
    sandbox.ok("escalate other-form --reason More");
    assert_eq!(incidents(&sandbox), 2);
}

#[test]
fn what_a_failed_try_opened_is_taken_by_the_next_one() {
    for key in ["", " --id k"] {
        let sandbox = two_playbooks();
        let folder = sandbox.incident_folder();
        let journal = sandbox.journal();
        let before = fs::read(&journal).unwrap();
        let line = format!("escalate other-form --reason \"A note on two machines\"{key}");
        sandbox.ok(&line);
        // As if the record of it had never reached the disk.
        fs::write(&journal, before).unwrap();
        let first = folder.file_name().unwrap().to_str().unwrap();
        assert_data_eq!(
            sandbox.run(&format!("{line} --incident {first}")).shown(),
            str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: escalated to other-form as other-form-YYYYMMDD-RRRR: A note on two machines
other-form-YYYYMMDD-RRRR was open from the first try; now it is on record. Next: runbook walk other-form-YYYYMMDD-RRRR
--- exit 0
"#]]
        );
        assert_eq!(incidents(&sandbox), 2, "{key}");
        let log = sandbox.ok(&format!("log {first}"));
        assert_eq!(log.matches("A note on two machines").count(), 1, "{log}");
    }
}
