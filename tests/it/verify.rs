//! `verify`: whether the log is what it was.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn a_log_that_nobody_touched() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("verify").shown(),
        str![[r#"
wWWW (this install): 3 records, head HHHH-HHHH
every-form-YYYYMMDD-RRRR verifies (no checkpoint was given: a cut tail or a full rewrite cannot be seen)
runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 3 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("verify --json").shown(),
        str![[r#"
{
  "format": 1,
  "incident": "every-form-YYYYMMDD-RRRR",
  "mode": "live",
  "ok": true,
  "writers": [
    {
      "writer": "wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
      "own": true,
      "records": 3,
      "head": "HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH"
    }
  ],
  "problems": [],
  "notices": [],
  "checkpoint": [
    "runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 3 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH"
  ]
}
--- exit 0
"#]]
    );
}

#[test]
fn a_log_that_continues_its_checkpoint() {
    let sandbox = Sandbox::started();
    let line = sandbox.json("status")["checkpoint"][0].as_str().unwrap().to_owned();
    sandbox.ok("note More");
    sandbox.write("checkpoint.txt", format!("{line}\n"));
    for expect in ["checkpoint.txt", &format!("\"{line}\"")] {
        let out = sandbox.ok(&format!("verify --expect {expect}"));
        assert!(out.contains("continues every checkpoint"), "{out}");
    }
}

#[test]
fn a_cut_tail_is_seen_against_a_checkpoint_only() {
    let sandbox = Sandbox::started();
    sandbox.ok("note \"To be cut off\"");
    let line = sandbox.json("status")["checkpoint"][0].as_str().unwrap().to_owned();
    let journal = sandbox.journal();
    let text = std::fs::read_to_string(&journal).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    std::fs::write(&journal, lines[..3].concat()).unwrap();
    sandbox.ok("verify");
    let ran = sandbox.run(&format!("verify --expect \"{line}\""));
    assert_data_eq!(
        ran.shown(),
        str![[r#"
wWWW (this install): 3 records, head HHHH-HHHH
PROBLEM: journal/wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW.jsonl: acknowledged records are missing: up to 4 were seen by others, 3 are here
every-form-YYYYMMDD-RRRR does NOT verify
--- exit 4
"#]]
    );
}

#[test]
fn a_changed_byte_is_named_by_file_line_and_byte() {
    let sandbox = Sandbox::started();
    let journal = sandbox.journal();
    let text = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, text.replace("\"person\":\"Ana", "\"person\":\"Eva")).unwrap();
    let ran = sandbox.run("verify --json");
    assert_eq!(ran.code, Some(4), "{ran:?}");
    let verdict: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let problem = &verdict["problems"][0];
    assert_eq!(verdict["ok"], false);
    assert_eq!(problem["line"], 3, "{problem}");
    assert!(problem["byte"].is_u64() && problem["what"].is_string(), "{problem}");
    let name = journal.file_name().unwrap().to_str().unwrap();
    assert!(problem["file"].as_str().unwrap().contains(name), "{problem}");
    assert_data_eq!(
        sandbox.run("verify").shown(),
        str![[r#"
wWWW (this install): 2 records, head HHHH-HHHH
PROBLEM: journal/wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW.jsonl, line 3, byte NNNN: the line is not what its own hash says
every-form-YYYYMMDD-RRRR does NOT verify
--- exit 4
"#]]
    );
}

#[test]
fn a_changed_playbook_is_seen() {
    let sandbox = Sandbox::started();
    let pinned = sandbox.incident_folder().join("playbook.yaml");
    let text = std::fs::read_to_string(&pinned).unwrap();
    std::fs::write(&pinned, text.replace("two sources", "one source")).unwrap();
    assert_data_eq!(
        sandbox.run("verify").shown(),
        str![[r#"
wWWW (this install): 0 records
note: journal: the record that opens the incident has not arrived
PROBLEM: journal/wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW.jsonl, line 1, byte 0: the first record does not name the playbook beside it
every-form-YYYYMMDD-RRRR does NOT verify
--- exit 4
"#]]
    );
}

#[test]
fn what_is_no_checkpoint() {
    let sandbox = Sandbox::started();
    sandbox.write("other.txt", "hello\n");
    assert_data_eq!(
        sandbox.run("verify --expect other.txt").shown(),
        str![[r#"
--- stderr
error: --expect: line 1 is not of the form "runbook-checkpoint 1 INCIDENT WRITER SEQ HASH"
--- exit 2
"#]]
    );
    assert_data_eq!(
        sandbox.run("verify --expect missing.txt").shown(),
        str![[r#"
--- stderr
error: missing.txt: No such file or directory (os error 2)
--- exit 2
"#]]
    );
}
