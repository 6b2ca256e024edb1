//! Files that a crash, a disk or a hand has hurt: work goes on, and nothing is hidden.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

fn append(path: &Path, bytes: &[u8]) {
    fs::OpenOptions::new().append(true).open(path).unwrap().write_all(bytes).unwrap();
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_torn_tail_is_set_apart_by_the_next_command() {
    let sandbox = Sandbox::started();
    let journal = sandbox.journal();
    let before = fs::read(&journal).unwrap();
    let torn = br#"{"v":1,"incident":"every-fo"#;
    append(&journal, torn);
    assert_data_eq!(
        sandbox.run("note \"Power is back\"").shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: note (situation): Power is back
Note: the log ended within an entry that was never acknowledged; its 27 bytes were set apart
--- exit 0
"#]]
    );
    let after = fs::read(&journal).unwrap();
    assert!(after.starts_with(&[&before[..], torn].concat()), "nothing is truncated");
    sandbox.ok("verify");
    let log = sandbox.ok("log");
    assert!(log.contains("Power is back"), "{log}");
    assert_eq!(sandbox.json("verify")["writers"][0]["records"], 5);
}

#[test]
fn damage_in_the_middle_goes_on_in_a_continuation() {
    let sandbox = Sandbox::started();
    sandbox.ok("done confirm --at 2025-01-22T14:10Z");
    sandbox.ok("note \"The last good one is before this\"");
    let journal = sandbox.journal();
    let text = fs::read_to_string(&journal).unwrap();
    let damaged = text.replace("\"step\":\"confirm\"", "\"step\":\"c0nfirm\"");
    fs::write(&journal, &damaged).unwrap();
    assert_eq!(sandbox.run("verify").code, Some(4));
    assert_data_eq!(
        sandbox.run("note \"Work goes on\" --at 2025-01-22T15:00Z").shown(),
        str![[r#"
Saved 2@wWWW-2 (HHHH-HHHH) by Ana Diaz: note (situation): Work goes on [happened 22 Jan 15:00]
Note: the log file is damaged (the line is not what its own hash says); it stays as it is and a new file goes on
--- stderr
INTEGRITY PROBLEM: journal/wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW.jsonl, line 4, byte NNNN: the line is not what its own hash says
--- exit 0
"#]]
    );
    sandbox.ok("done words --at 2025-01-22T15:10Z");
    assert_eq!(fs::read_to_string(&journal).unwrap(), damaged, "a damaged file stays as it is");
    let names: Vec<String> = sandbox
        .journals()
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(names.len(), 2);
    assert!(names.iter().any(|name| name.ends_with("-2")), "{names:?}");
    assert_eq!(sandbox.run("verify").code, Some(4));
    for line in ["report", "report --format markdown"] {
        let report = sandbox.run(line);
        assert_eq!(report.code, Some(4), "{line}");
        for words in ["INTEGRITY PROBLEM", "line 4", "Work goes on"] {
            assert!(report.out.contains(words), "{line}: {report:?}");
        }
    }
    assert!(sandbox.run("status").err.contains("INTEGRITY PROBLEM"));
    assert!(sandbox.run("log").err.contains("INTEGRITY PROBLEM"));
    assert_eq!(sandbox.run("export out").code, Some(4));
    let csv = fs::read_to_string(sandbox.cwd().join("out/incident.csv")).unwrap();
    assert!(csv.contains("line 4"), "{csv}");
}

#[test]
fn a_copied_home_gets_a_writer_of_its_own() {
    let sandbox = Sandbox::started();
    let copy = Sandbox::new();
    copy_tree(&sandbox.home(), &copy.home());
    copy.ok("note \"From the copy\"");
    sandbox.ok("note \"From the first one\"");
    assert_eq!((copy.journals().len(), sandbox.journals().len()), (2, 1));
    copy.ok("verify");
    let kept = copy.incident_folder().join("journal").join(sandbox.journal().file_name().unwrap());
    assert!(!fs::read_to_string(kept).unwrap().contains("From the copy"));
}

#[test]
fn a_refused_command_says_what_is_wrong_with_the_log() {
    let sandbox = Sandbox::started();
    sandbox.ok("done confirm --at 2025-01-22T14:10Z");
    let journal = sandbox.journal();
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replace("\"step\":\"confirm\"", "\"step\":\"c0nfirm\"")).unwrap();
    assert_data_eq!(
        sandbox.run("close").shown(),
        str![[r#"
--- stderr
INTEGRITY PROBLEM: journal/wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW.jsonl, line 4, byte NNNN: the line is not what its own hash says
error: the incident cannot be closed yet: 4 things are missing
  → the service is not verified by the site (runbook mark verified)
  → F-01 confirm is open
  → F-02 scope is open
  → R-01 test-mail is open
  → to close all the same: runbook close --anyway --reason TEXT
--- exit 1
"#]]
    );
}

#[test]
fn an_exercise_in_the_wrong_folder_is_an_integrity_error() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --exercise --at 2025-01-22T14:05Z");
    let id = sandbox.incident();
    fs::create_dir_all(sandbox.home().join("incidents")).unwrap();
    fs::rename(
        sandbox.home().join("exercises").join(&id),
        sandbox.home().join("incidents").join(&id),
    )
    .unwrap();
    let ran = sandbox.run(&format!("verify {id}"));
    assert_data_eq!(
        ran.shown(),
        str![[r#"
wWWW (this install): 2 records, head HHHH-HHHH
PROBLEM: journal/wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW.jsonl, line 1, byte 0: live and exercise do not agree: its first record and the folder it lies in
PROBLEM: journal: live and exercise do not agree: its name and the folder it lies in
x-every-form-YYYYMMDD-RRRR does NOT verify
--- exit 4
"#]]
    );
    let report = sandbox.run(&format!("report {id}"));
    assert!(report.code == Some(4) && report.out.contains("EXERCISE"), "{report:?}");
}

#[test]
fn an_incident_that_was_renamed_does_not_verify() {
    let sandbox = Sandbox::started();
    let folder = sandbox.incident_folder();
    fs::rename(&folder, folder.with_file_name("every-form-renamed")).unwrap();
    assert_eq!(sandbox.run("verify every-form-renamed").code, Some(4));
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    let sandbox = Sandbox::started();
    let folder = sandbox.incident_folder();
    let elsewhere = sandbox.cwd().join("elsewhere");
    fs::rename(&folder, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &folder).unwrap();
    let ran = sandbox
        .run(&format!("note Hello --incident {}", folder.file_name().unwrap().to_str().unwrap()));
    assert_ne!(ran.code, Some(0), "{ran:?}");
    assert!(
        !fs::read_to_string(
            fs::read_dir(elsewhere.join("journal")).unwrap().next().unwrap().unwrap().path()
        )
        .unwrap()
        .contains("Hello")
    );
}

#[test]
fn a_crash_between_an_answer_and_its_milestones_is_healed_by_the_same_command() {
    let sandbox = Sandbox::new();
    sandbox.ok("start email-outage --no-walk --at 2025-01-22T14:05Z");
    let done = "done confirm --set onset=2025-01-22T13:30Z --set detected=2025-01-22T13:45Z \
                --set sources=alarm-and-vendor";
    sandbox.ok(done);
    let journal = sandbox.journal();
    let whole = fs::read_to_string(&journal).unwrap();
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    fs::write(&journal, lines[..lines.len() - 2].concat()).unwrap();
    assert_eq!(sandbox.json("status")["milestones"]["onset"], serde_json::Value::Null);
    let said = sandbox.ok(done);
    assert!(said.contains("Already recorded"), "{said}");
    let milestones = sandbox.json("status")["milestones"].clone();
    assert_eq!(milestones["onset"], "2025-01-22T13:30:00+00:00");
    assert_eq!(milestones["detected"], "2025-01-22T13:45:00+00:00");
    sandbox.ok("verify");
}

#[test]
fn what_a_crash_left_of_a_closing_does_not_close() {
    let sandbox = Sandbox::started();
    append(&sandbox.journal(), br#"{"v":1,"type":"incident_closed","data":{}"#);
    sandbox.ok("note \"Still at work\"");
    let listed = sandbox.json("incidents");
    assert_eq!(listed["incidents"][0]["ended"], false, "{listed}");
}

#[test]
fn a_folder_that_is_half_copied_stands_in_nobodys_way() {
    let sandbox = Sandbox::started();
    fs::create_dir(sandbox.home().join("incidents/email-outage-20250101-half")).unwrap();
    sandbox.ok("note \"Work goes on\"");
    let listed = sandbox.ok("incidents");
    assert!(listed.contains("unreadable"), "{listed}");
}
