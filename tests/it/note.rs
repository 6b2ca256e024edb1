//! `note`, `correct`: words for the log, and words about what the log says.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn every_kind_of_note() {
    let sandbox = Sandbox::started();
    for kind in ["decision", "notification", "situation", "strength", "improvement", "safety"] {
        sandbox.ok(&format!("note \"About a {kind}\" --kind {kind} --at 2025-01-22T14:20Z"));
    }
    let report = sandbox.json("report");
    let notes = report["notes"].as_array().unwrap();
    let kinds: Vec<&str> = notes.iter().map(|note| note["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        ["decision", "notification", "situation", "strength", "improvement", "safety"]
    );
    let acknowledged = sandbox.run("note \"Vendor calls back\" --at 2025-01-22T14:30Z");
    assert_data_eq!(
        acknowledged.shown(),
        str![[r#"
Saved 10@wWWW (HHHH-HHHH) by Ana Diaz: note (situation): Vendor calls back [happened 22 Jan 14:30]
--- exit 0
"#]]
    );
}

#[test]
fn notes_are_never_taken_for_duplicates_unless_a_key_says_so() {
    let sandbox = Sandbox::started();
    sandbox.ok("note Same");
    sandbox.ok("note Same");
    sandbox.ok("note Same --id k1 --at 2025-01-22T14:30Z");
    assert_data_eq!(
        sandbox.run("note Same --id k1 --at 2025-01-22T14:30Z").shown(),
        str![[r#"
Already recorded at 22 Jan 14:30 as 6@wWWW; nothing was added.
--- exit 0
"#]]
    );
    assert_eq!(sandbox.json("report")["notes"].as_array().unwrap().len(), 3);
}

#[test]
fn a_correction_stands_beside_what_it_corrects() {
    let sandbox = Sandbox::started();
    let done = sandbox.json("done confirm --at 2025-01-22T14:15Z");
    let record = done["records"][0].as_str().unwrap();
    let line = format!("correct {record} --note \"It was earlier\" --occurred 2025-01-22T14:09Z");
    let ran = sandbox.run(&format!("{line} --at 2025-01-22T15:00Z"));
    assert_data_eq!(
        ran.shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: correction of 4@wWWW: happened 2025-01-22 14:09 +00:00; It was earlier [happened 22 Jan 15:00]
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("log").shown(),
        str![[r#"
YYYY-MM-DD HH:MM +00:00  1@wWWW  Ana Diaz (lead): opened: Every form (playbook every-form 1, live)
2025-01-22 14:05 +00:00  2@wWWW  Ana Diaz (lead): T+0 declared [late entry, written down YYYY-MM-DD HH:MM +00:00]
2025-01-22 14:05 +00:00  3@wWWW  Ana Diaz (lead): assigned lead: Ana Diaz [late entry, written down YYYY-MM-DD HH:MM +00:00]
2025-01-22 14:09 +00:00  4@wWWW  Ana Diaz (lead): done: F-01 confirm — milestone acknowledged [late entry, written down YYYY-MM-DD HH:MM +00:00]
    corrected by 5@wWWW: It was earlier
2025-01-22 15:00 +00:00  5@wWWW  Ana Diaz (lead): correction of 4@wWWW: happened 2025-01-22 14:09 +00:00; It was earlier [late entry, written down YYYY-MM-DD HH:MM +00:00]
--- exit 0
"#]]
    );
    let report = sandbox.json("report");
    assert_eq!(report["milestones"]["acknowledged"], "2025-01-22T14:09:00+00:00");
    let number = record.split('@').next().unwrap();
    sandbox.ok(&format!("correct {number} --note \"Without the writer, where there is one\""));
    let unknown = sandbox.run("correct 99 --note Nothing");
    assert_data_eq!(
        unknown.shown(),
        str![[r#"
--- stderr
error: there is no record "99" in this incident
  → runbook log shows every record, such as 17@wWWW
--- exit 2
"#]]
    );
}

#[test]
fn a_corrected_declaration_moves_t0() {
    let sandbox = Sandbox::started();
    sandbox.ok("correct 2 --note \"The page came first\" --occurred 2025-01-22T13:55Z");
    assert_eq!(sandbox.json("status")["t0"], "2025-01-22T13:55:00+00:00");
}

#[test]
fn words_taken_from_paper_say_so() {
    let sandbox = Sandbox::started();
    sandbox.ok("note \"From the sheet\" --paper --at 2025-01-22T14:20Z");
    assert!(sandbox.ok("log").contains("[from paper]"));
}

#[test]
fn what_was_recorded_by_mistake_is_withdrawn_and_stays_in_the_log() {
    let sandbox = Sandbox::started();
    let saved = sandbox.ok("mark restored");
    let record = saved.split_whitespace().nth(1).unwrap().to_owned();
    let reached = |sandbox: &Sandbox| sandbox.json("status")["milestones"]["restored"].is_string();
    assert!(reached(&sandbox), "{}", sandbox.json("status"));
    let ran = sandbox.ok(&format!("correct {record} --withdraw --note \"That was the phones\""));
    assert!(ran.contains(&format!("withdrawn: {record} did not happen; That was the phones")));
    let log = sandbox.ok("log");
    assert!(log.contains("restored") && log.contains("it did not happen; That was the phones"));
    assert!(!reached(&sandbox), "{}", sandbox.json("status"));
    let again = sandbox.run(&format!("correct {record} --withdraw --note Twice"));
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.err.contains("nothing rests on"), "{again:?}");
    let both = sandbox.run(&format!("correct {record} --withdraw --occurred 08:00 --note Both"));
    assert_eq!(both.code, Some(2), "{both:?}");
}

#[test]
fn after_the_end_answers_stay_and_a_late_mark_can_go() {
    let sandbox = Sandbox::started();
    let first = |saved: &str| saved.split_whitespace().nth(1).unwrap().to_owned();
    let answer = first(&sandbox.ok("done confirm"));
    sandbox.ok("close --anyway --reason Over");
    let over = "--incident latest --note Wrong --withdraw";
    assert_data_eq!(
        sandbox.run(&format!("correct {answer} {over}")).shown(),
        str![[r#"
--- stderr
error: 4@wWWW answers a step, and the incident is over: after the end only a milestone is withdrawn
  → to say what is right: runbook correct 4@wWWW --note TEXT
--- exit 1
"#]]
    );
    let late = first(&sandbox.ok("mark restored --incident latest"));
    sandbox.ok(&format!("correct {late} {over}"));
}

#[test]
fn private_words_are_put_away_only_for_a_record() {
    let sandbox = Sandbox::started();
    let kept = || {
        std::fs::read_dir(sandbox.home().join("private").join(sandbox.incident()).join("texts"))
            .map_or(0, Iterator::count)
    };
    // A step, an option, a record, a role and a playbook that do not exist; a close that is not ready.
    for refused in [
        "skip nothing --reason \"Mrs Garcia\"",
        "decide scope nothing --because \"Mrs Garcia\"",
        "correct 99 --note \"Mrs Garcia\"",
        "escalate nothing --reason \"Mrs Garcia\"",
        "done freeze-list --note \"Mrs Garcia\"",
        "note \"Mrs Garcia\" --at 2099-01-01T00:00Z",
        "note \"Mrs Garcia\" --id \"two\nlines\"",
    ] {
        let ran = sandbox.run(&format!("{refused} --private"));
        assert_ne!(ran.code, Some(0), "{refused}: {ran:?}");
        assert_eq!(kept(), 0, "{refused}");
    }
    let said = "note \"Mrs Garcia\" --private --id once";
    sandbox.ok(said);
    assert_eq!(kept(), 1);
    // Told twice, kept once.
    sandbox.ok(said);
    assert_eq!(kept(), 1);
    sandbox.ok("false-alarm --reason \"Mrs Garcia\" --private");
    assert_eq!(kept(), 2);
    assert_eq!(sandbox.run("skip confirm --reason \"Mrs Garcia\" --private").code, Some(1));
    assert_eq!(kept(), 2);
    assert_eq!(sandbox.ok("log --private").matches("Mrs Garcia").count(), 2);
}
