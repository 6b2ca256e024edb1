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

/// What no keyboard of ours lets in, another program's file may hold.
fn with_foreign_words() -> Sandbox {
    use sha2::{Digest as _, Sha256};

    let sandbox = Sandbox::started();
    sandbox.ok("note \"Power WORDS back\" --by \"Ben NAME Ito\"");
    let journal = sandbox.journal();
    let text = std::fs::read_to_string(&journal).unwrap();
    let (before, last) = text.trim_end().rsplit_once('\n').unwrap();
    // Escaped and as it is: an escape character, a turn of direction, a carriage return, a line, a tab.
    let body = last[..last.len() - 72]
        .replace("WORDS", "\\u001b[31m\u{202e}\\r\\u2066\\n\\tis")
        .replace("NAME", "\\u001b[2J\u{200b}");
    let hash = Sha256::digest(&body).iter().fold(String::new(), |hex, b| format!("{hex}{b:02x}"));
    std::fs::write(&journal, format!("{before}\n{body},\"h\":\"{hash}\"}}\n")).unwrap();
    sandbox.ok("verify");
    sandbox
}

#[test]
fn foreign_words_steer_nothing_that_is_printed_or_exported() {
    let sandbox = with_foreign_words();
    sandbox.ok("export out");
    let mut all: Vec<(String, String)> = Vec::new();
    for verb in ["log", "log --json", "report", "report --format markdown", "status", "verify"] {
        all.push((verb.to_owned(), sandbox.ok(verb)));
    }
    for entry in std::fs::read_dir(sandbox.cwd().join("out")).unwrap() {
        let path = entry.unwrap().path();
        all.push((path.display().to_string(), std::fs::read_to_string(path).unwrap()));
    }
    for (what, text) in &all {
        for (at, c) in text.char_indices() {
            let line_end = c == '\n' || c == '\r' && text[at..].starts_with("\r\n");
            let csv = std::path::Path::new(what).extension().is_some_and(|ending| ending == "csv");
            let kept = line_end || (c == '\t' && csv);
            assert!(kept || !outage_runbook::engine::is_unprintable(c), "{what}: {c:?} at {at}");
        }
    }
    let log = &all[0].1;
    assert!(log.contains(r"Power \u{1b}[31m\u{202e}\u{d}\u{2066}  is back"), "{log}");
    assert!(log.contains(r"Ben \u{1b}[2J\u{200b} Ito"), "{log}");
    let (_, notes) = all.iter().find(|(what, _)| what.ends_with("notes.csv")).unwrap();
    assert!(notes.contains("Power \\u{1b}[31m\\u{202e}\\u{d}\\u{2066}\n\tis back"), "{notes}");
}
