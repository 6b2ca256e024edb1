//! What cannot be taken: a clear message, the right exit code, and nothing written.

use snapbox::{assert_data_eq, str};

use crate::support::{Sandbox, sandbox::Ran};

/// Runs a command that must fail, and holds every file against what was there before.
#[track_caller]
fn refused<S: AsRef<std::ffi::OsStr>>(sandbox: &Sandbox, words: &[S]) -> Ran {
    let before = sandbox.everything();
    let ran = sandbox.run_words(words);
    assert!(sandbox.everything() == before, "something was written: {ran:?}");
    assert!(matches!(ran.code, Some(1..=3)), "{ran:?}");
    assert_eq!(ran.out, "", "{ran:?}");
    assert!(ran.err.starts_with("error: "), "{ran:?}");
    ran
}

#[track_caller]
fn refused_line(sandbox: &Sandbox, line: &str) -> String {
    refused(sandbox, &crate::support::sandbox::split(line)).shown()
}

#[test]
fn an_unknown_playbook() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        refused_line(&sandbox, "start email-outrage"),
        str![[r#"
--- stderr
error: there is no playbook "email-outrage"
  → did you mean "email-outage"?
  → runbook list shows all playbooks
--- exit 2
"#]]
    );
    assert_data_eq!(
        refused_line(&sandbox, "show evry-form"),
        str![[r#"
--- stderr
error: there is no playbook "evry-form"
  → did you mean "every-form"?
  → runbook list shows all playbooks
--- exit 2
"#]]
    );
}

#[test]
fn an_unknown_step_role_or_option() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        refused_line(&sandbox, "done confrim"),
        str![[r#"
--- stderr
error: this playbook has no step "confrim"
  → did you mean confirm?
  → runbook status lists all steps
--- exit 1
"#]]
    );
    assert_data_eq!(
        refused_line(&sandbox, "done F-99"),
        str![[r#"
--- stderr
error: this playbook has no step "F-99"
  → runbook status lists all steps
--- exit 1
"#]]
    );
    assert_data_eq!(
        refused_line(&sandbox, "assign led Ben"),
        str![[r#"
--- stderr
error: this playbook has no role "led"
  → its roles are lead, tech, officer
--- exit 1
"#]]
    );
    assert_data_eq!(
        refused_line(&sandbox, "done confirm --role techh"),
        str![[r#"
--- stderr
error: this playbook has no role "techh"
  → its roles are tech, lead, officer
--- exit 1
"#]]
    );
    assert_data_eq!(
        refused_line(&sandbox, "decide scope locale"),
        str![[r#"
--- stderr
error: "locale" is no answer to the decision scope
  → runbook decide scope local|corporate
--- exit 1
"#]]
    );
    assert_data_eq!(
        refused_line(&sandbox, "status --role techh"),
        str![[r#"
--- stderr
error: this playbook has no role "techh"
  → its roles are tech, lead, officer
--- exit 1
"#]]
    );
}

#[test]
fn the_beginning_of_two_incidents() {
    let sandbox = Sandbox::started();
    sandbox.ok("start every-form");
    let shown = refused_line(&sandbox, "note Hello --incident every");
    assert_data_eq!(
        shown,
        str![[r#"
--- stderr
error: "every" fits 2 incidents
  → every-form-YYYYMMDD-RRRR
  → every-form-YYYYMMDD-RRRR
--- exit 2
"#]]
    );
    assert_data_eq!(
        refused_line(&sandbox, "note Hello --incident nothing"),
        str![[r#"
--- stderr
error: there is no incident "nothing"
  → runbook incidents lists them
--- exit 2
"#]]
    );
}

#[test]
fn times_that_have_not_come() {
    let sandbox = Sandbox::started();
    for line in [
        "done confirm --at +10m",
        "note Hello --at 2099-01-01T00:00Z",
        "mark onset --at 2099-01-01T00:00Z",
        "correct 1 --note Wrong --occurred +1h",
        "start every-form --at 2099-01-01T00:00Z",
        "start every-form --onset +10m",
        "start every-form --detected +10m",
    ] {
        let shown = refused_line(&sandbox, line);
        assert!(shown.contains("future") || shown.contains("has not come"), "{line}: {shown}");
        assert!(shown.ends_with("exit 1"), "{line}: {shown}");
    }
    assert_data_eq!(
        refused_line(&sandbox, "note Hello --at tomorrow"),
        str![[r#"
--- stderr
error: "tomorrow" is no time: type 14:05 (24-hour clock), 2:05pm, -20m (20 minutes ago) or "yesterday 23:50"; with a date: YYYY-MM-DD HH:MM
--- exit 2
"#]]
    );
}

#[test]
fn times_as_people_type_them() {
    let sandbox = Sandbox::started();
    for at in ["20 min ago", "an hour ago", "yesterday 23:50", "2am", "2.30 pm", "0230"] {
        sandbox.ok(&format!("note Hello --at \"{at}\""));
    }
    assert_data_eq!(
        refused_line(&sandbox, "note Hello --at 130"),
        str![[r#"
--- stderr
error: "130" could be more than one time: type 01:30 or 13:00 or -130m (130 minutes ago)
--- exit 2
"#]]
    );
    assert_data_eq!(
        refused_line(&sandbox, "note Hello --at 25:00"),
        str![[r#"
--- stderr
error: "25:00" is no time: type 14:05 (24-hour clock), 2:05pm, -20m (20 minutes ago) or "yesterday 23:50"; with a date: YYYY-MM-DD HH:MM
--- exit 2
"#]]
    );
}

#[test]
fn reasons_that_say_nothing() {
    let sandbox = Sandbox::started();
    for line in [
        "skip confirm --reason \"\"",
        "fail confirm --reason \"  \"",
        "reopen confirm --reason \"\"",
        "defer confirm --until +10m --reason \"\"",
        "false-alarm --reason \"\"",
        "close --anyway --reason \"\"",
        "escalate every-form --reason \"\"",
        "note \"\"",
        "correct 1 --note \" \"",
        "assign lead \"\"",
        "handover lead --to \" \"",
        "note Hello --by \"\"",
        "note Hello --id \"\"",
        "start every-form --title \" \"",
    ] {
        let shown = refused_line(&sandbox, line);
        assert!(shown.contains("empty"), "{line}: {shown}");
        assert!(shown.ends_with("exit 2"), "{line}: {shown}");
    }
}

#[test]
fn a_megabyte_of_words() {
    let sandbox = Sandbox::started();
    // One argument of a command holds at most 128 KiB on some systems.
    let long = "word ".repeat(25_000);
    let ran = refused(&sandbox, &["note", &long]);
    assert_data_eq!(
        ran.shown(),
        str![[r#"
--- stderr
error: the note cannot be recorded: it has 124999 bytes, and one entry holds at most 8192: split it into several notes
--- exit 2
"#]]
    );
    let ran = refused(&sandbox, &["note", "Hello", "--by", &long]);
    assert_eq!(ran.code, Some(2));
}

/// Escapes that move a cursor, and marks that turn the direction of reading.
const HOSTILE: [&str; 5] = ["a\u{1b}[2Jb", "a\u{7}b", "a\u{202e}b", "a\u{2066}b", "a\u{9b}b"];

#[test]
fn control_and_direction_marks_in_every_text() {
    let sandbox = Sandbox::started();
    for bad in HOSTILE {
        let set = format!("number={bad}");
        let assign = format!("lead={bad}");
        for words in [
            vec!["note", bad],
            vec!["note", "Hello", "--by", bad],
            vec!["note", "Hello", "--id", bad],
            vec!["note", "Hello", "--role", bad],
            vec!["note", "Hello", "--at", bad],
            vec!["note", "Hello", "--incident", bad],
            vec!["note", "Hello", "--kind", bad],
            vec!["done", "confirm", "--note", bad],
            vec!["done", "freeze", "--initials", bad],
            vec!["done", "ticket", "--set", &set],
            vec!["done", bad],
            vec!["skip", "confirm", "--reason", bad],
            vec!["fail", "confirm", "--reason", bad],
            vec!["defer", "confirm", "--until", "+10m", "--reason", bad],
            vec!["decide", "scope", bad],
            vec!["decide", "scope", "local", "--because", bad],
            vec!["approve", "agree", "--reason", bad],
            vec!["assign", "lead", bad],
            vec!["assign", bad, "Ben"],
            vec!["release", "lead", bad],
            vec!["handover", "lead", "--to", bad],
            vec!["handover", "lead", "--to", "Ben", "--note", bad],
            vec!["correct", "1", "--note", bad],
            vec!["correct", bad, "--note", "Hello"],
            vec!["mark", bad],
            vec!["mark", "restored", "--service", bad],
            vec!["classify", "--cause", bad],
            vec!["classify", "--scope", bad],
            vec!["classify", "--service", bad],
            vec!["false-alarm", "--reason", bad],
            vec!["close", "--anyway", "--reason", bad],
            vec!["escalate", "every-form", "--reason", bad],
            vec!["escalate", bad, "--reason", "Hello"],
            vec!["start", bad],
            vec!["start", "every-form", "--title", bad],
            vec!["start", "every-form", "--site", bad],
            vec!["start", "every-form", "--by", bad],
            vec!["start", "every-form", "--assign", &assign],
            vec!["status", bad],
            vec!["verify", "--expect", bad],
            vec!["show", bad],
        ] {
            let ran = refused(&sandbox, &words);
            let raw = ran.err.chars().find(|c| {
                c.is_control() && *c != '\n'
                    || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            });
            assert_eq!(raw, None, "{words:?}: {ran:?}");
        }
    }
}

#[test]
fn control_marks_in_a_playbook() {
    let sandbox = Sandbox::new();
    for bad in HOSTILE {
        let book = crate::support::sandbox::EVERY_FORM.replace("Confirm it", bad);
        sandbox.write("bad.yaml", book);
        let ran = sandbox.run("lint bad.yaml");
        assert_eq!(ran.code, Some(3), "{bad:?}: {ran:?}");
        assert!(!ran.err.contains(bad), "{bad:?}: {ran:?}");
        assert_eq!(sandbox.run("start ./bad.yaml").code, Some(3), "{bad:?}");
    }
    assert!(!sandbox.home().exists());
}

#[test]
fn names_that_are_paths() {
    let sandbox = Sandbox::started();
    let outside = sandbox.cwd().join("outside");
    std::fs::create_dir(&outside).unwrap();
    for line in [
        "start ../../nowhere/passwd",
        "start ../outside",
        "note Hello --incident ../x",
        "note Hello --incident ../../cwd/outside",
        "note Hello --incident /tmp",
        "status ../x",
        "verify ..",
        "done ../x",
        "assign ../x Ben",
        "mark restored --service ../x",
    ] {
        let shown = refused_line(&sandbox, line);
        assert!(shown.ends_with("exit 1") || shown.ends_with("exit 2"), "{line}: {shown}");
    }
    assert_data_eq!(
        refused_line(&sandbox, "start ../../nowhere/passwd"),
        str![[r#"
--- stderr
error: ../../nowhere/passwd: No such file or directory (os error 2)
--- exit 2
"#]]
    );
    assert_data_eq!(
        refused_line(&sandbox, "done ../x"),
        str![[r#"
--- stderr
error: this playbook has no step "../x"
  → runbook status lists all steps
--- exit 1
"#]]
    );
}

#[test]
fn ten_faults_give_ten_diagnostics() {
    let sandbox = Sandbox::new();
    sandbox.write("ten.yaml", include_str!("fixtures/ten-faults.yaml"));
    let ran = sandbox.run("lint ten.yaml");
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let places: Vec<&str> = ran.err.lines().filter(|line| line.contains("--> ten.yaml:")).collect();
    assert_eq!(places.len(), 10, "{}", ran.err);
    assert_data_eq!(
        ran.shown(),
        str![[r#"
ten.yaml: invalid, 10 findings
--- stderr
error: "Ten Faults" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit
 --> ten.yaml:2:5
  |
2 | id: Ten Faults
  |     ^^^^^^^^^^
  |
  = help: write ten-faults

error: "2099-13-31" is not a day
 --> ten.yaml:5:12
  |
5 | review_by: 2099-13-31
  |            ^^^^^^^^^^
  |
  = help: write it as YYYY-MM-DD, such as 2027-05-31

error: the key `colour` is not known here
 --> ten.yaml:7:1
  |
7 | colour: red
  | ^^^^^^
  |
  = help: the keys here are runbook, id, title, version, review_by, summary, clock, services, roles, channels, segments, templates, phases, kpis, exercises, accept

error: `required` is neither true nor false
  --> ten.yaml:10:49
   |
10 |   lead: {title: Lead, duty: Decides., required: perhaps}
   |                                                 ^^^^^^^
   |
   = help: write true or false

error: a window ends later than it begins
  --> ten.yaml:15:13
   |
15 |     window: 2h-0h
   |             ^^^^^
   |
   = help: write it as `0h-2h`

error: role "laed" is not defined
  --> ten.yaml:18:15
   |
18 |         role: laed
   |               ^^^^
   |
   = help: did you mean "lead"?

error: `due`: "soon" is not a length of time
  --> ten.yaml:20:14
   |
20 |         due: soon
   |              ^^^^
   |
   = help: write it as `15m`, `2h`, `1h30m` or `3d`

error: step "confrim" is not defined
  --> ten.yaml:21:17
   |
21 |         needs: [confrim]
   |                 ^^^^^^^
   |
   = help: did you mean "confirm"?

error: step "confirm" is defined twice
  --> ten.yaml:22:13
   |
22 |       - id: confirm
   |             ^^^^^^^
   |
   = help: the first one is on line 17: rename one of them

error: step "nothing" is not defined
  --> ten.yaml:31:41
   |
31 |             local: {title: One, opens: [nothing]}
   |                                         ^^^^^^^
   |
   = help: defined are "confirm", "scope"
--- exit 3
"#]]
    );
    let started = refused_line(&sandbox, "start ./ten.yaml");
    assert!(started.ends_with("exit 3"), "{started}");
    assert!(!sandbox.home().exists());
}

#[test]
fn the_same_key_with_other_content() {
    let sandbox = Sandbox::started();
    sandbox.ok("note First --id k1 --at 2025-01-22T14:30Z");
    assert_data_eq!(
        refused_line(&sandbox, "note Second --id k1"),
        str![[r#"
--- stderr
error: the key "k1" was used before, for something else
  → it stands in record 4@wWWW; use another key
--- exit 1
"#]]
    );
    refused_line(&sandbox, "done confirm --id k1");
}

#[test]
fn options_that_do_not_go_together() {
    let sandbox = Sandbox::started();
    for line in [
        "note Hello --private --no-phi",
        "close --reason Because",
        "report --format pdf",
        "start",
        "done",
        "mark",
        "note Hello --kind gossip",
        "start every-form --assign lead",
        "done ticket --set number=1 --set number=2",
    ] {
        let shown = refused_line(&sandbox, line);
        assert!(shown.ends_with("exit 2"), "{line}: {shown}");
    }
}
