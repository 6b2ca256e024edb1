//! `log`: what happened, record by record.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn both_times_of_every_record() {
    let sandbox = Sandbox::started();
    sandbox.ok("done confirm --at 2025-01-22T14:10Z --role lead");
    sandbox.ok("note Quiet");
    assert_data_eq!(
        sandbox.run("log").shown(),
        str![[r#"
YYYY-MM-DD HH:MM +00:00  1@wWWW  Ana Diaz (lead): opened: Every form (playbook every-form 1, live)
2025-01-22 14:05 +00:00  2@wWWW  Ana Diaz (lead): T+0 declared [late entry, written down YYYY-MM-DD HH:MM +00:00]
2025-01-22 14:05 +00:00  3@wWWW  Ana Diaz (lead): assigned lead: Ana Diaz [late entry, written down YYYY-MM-DD HH:MM +00:00]
2025-01-22 14:10 +00:00  4@wWWW  Ana Diaz (lead): done: F-01 confirm — milestone acknowledged [late entry, written down YYYY-MM-DD HH:MM +00:00]
YYYY-MM-DD HH:MM +00:00  5@wWWW  Ana Diaz (lead): note (situation): Quiet
--- exit 0
"#]]
    );
}

#[test]
fn json_holds_one_entry_for_each_record() {
    let sandbox = Sandbox::started();
    let log = sandbox.json("log");
    assert_eq!((&log["format"], &log["incident"]), (&1.into(), &sandbox.incident().into()));
    let entries = log["entries"].as_array().unwrap();
    let seen: Vec<(u64, &str)> = entries
        .iter()
        .map(|entry| (entry["seq"].as_u64().unwrap(), entry["kind"].as_str().unwrap()))
        .collect();
    assert_eq!(seen, [(1, "incident_opened"), (2, "incident_declared"), (3, "role_assigned")]);
}

#[test]
fn the_auditors_whole_tool_is_sha256() {
    use sha2::{Digest as _, Sha256};
    use std::fmt::Write as _;

    let sandbox = Sandbox::started();
    let text = std::fs::read_to_string(sandbox.journal()).unwrap();
    for line in text.split_inclusive('\n') {
        let (hashed, rest) = line.split_at(line.len() - 73);
        let mut hex = String::new();
        for byte in Sha256::digest(hashed) {
            write!(hex, "{byte:02x}").unwrap();
        }
        assert_eq!(rest, format!(",\"h\":\"{hex}\"}}\n"));
    }
}

#[test]
fn words_kept_out_of_the_log_can_be_read_where_they_were_written() {
    let sandbox = Sandbox::started();
    sandbox.ok("note \"Mrs Garcia has no insulin\" --private");
    assert!(!sandbox.ok("log").contains("Garcia"));
    let shown = sandbox.ok("log --private");
    assert!(shown.contains("Mrs Garcia has no insulin"), "{shown}");
    let journal = std::fs::read_to_string(sandbox.journal()).unwrap();
    assert!(!journal.contains("Garcia"));
    std::fs::remove_dir_all(sandbox.home().join("private")).unwrap();
    let shown = sandbox.ok("log --private");
    assert!(shown.contains("(not held by this machine)"), "{shown}");
    sandbox.ok("verify");
}
