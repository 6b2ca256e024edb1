//! `transcribe`: what was on paper comes in, with who did it, who typed it, and both times.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::sandbox::Ran;

/// An afternoon on two sheets.
const SHEETS: &str = "\
# The lead's sheet
sheet lead
F-01 14:12 AD two people, in two rooms
F-02 14:20 AD local because one branch calls
F-07 14:25 AD
F-10 15:05 AD
N 15:10 AD vendor says 18:00
R lead 16:00 Ben Ito BI

sheet tech
R tech 14:10-17:00 Cleo Park CP by AD
F-06 14:30 CP number=M-4711 people=100 called=14:22 known=no level=p1
F-08 14:40 CP
F-11 defer 14:50 CP until 15:30 no list yet
F-11 15:20 CP
M restored email 16:40 CP
";

/// The incident is declared at 14:05 by Ana Diaz, who leads; Eva Lund types.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::started().typed_by("Eva Lund");
    sandbox.write("sheets.txt", format!("AD = Ana Diaz\n{SHEETS}"));
    sandbox
}

fn run(sandbox: &Sandbox, file: &str, text: &str) -> Ran {
    sandbox.write(file, text);
    sandbox.run(&format!("transcribe --from {file}"))
}

#[test]
fn a_dry_run_says_what_would_be_recorded_in_order() {
    let sandbox = sandbox();
    let before = sandbox.everything();
    assert_data_eq!(
        sandbox.run("transcribe --from sheets.txt --dry-run").shown(),
        str![[r#"
2025-01-22 14:10 +00:00  Ana Diaz: assigned tech: Cleo Park
2025-01-22 14:12 +00:00  Ana Diaz: done: F-01 confirm — milestone acknowledged; note two people, in two rooms
2025-01-22 14:20 +00:00  Ana Diaz: decided: F-02 scope: local (One branch) — note one branch calls
2025-01-22 14:25 +00:00  Ana Diaz: done: F-07 freeze — initials AD
2025-01-22 14:30 +00:00  Cleo Park: done: F-06 ticket — called: 2025-01-22T14:22:00+00:00; known: no; level: p1; number: M-4711; people: 100
2025-01-22 14:40 +00:00  Cleo Park: done: F-08 words
2025-01-22 14:50 +00:00  Cleo Park: deferred until 2025-01-22 15:30 +00:00: F-11 first-call — no list yet
2025-01-22 15:05 +00:00  Ana Diaz: done: F-10 briefing
2025-01-22 15:10 +00:00  Ana Diaz: note (situation): vendor says 18:00
2025-01-22 15:20 +00:00  Cleo Park: done: F-11 first-call — milestone first-outreach
2025-01-22 16:00 +00:00  Ben Ito: assigned lead: Ben Ito
2025-01-22 16:40 +00:00  Cleo Park: milestone restored for email
2025-01-22 17:00 +00:00  Cleo Park: released tech: Cleo Park
13 entries would be recorded; 0 on record before, 0 different. Nothing was recorded.
--- exit 0
"#]]
    );
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn a_file_is_recorded_and_a_repeat_records_nothing() {
    let sandbox = sandbox();
    assert_data_eq!(
        sandbox.run("transcribe --from sheets.txt").shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: assigned tech: Cleo Park [happened 22 Jan 14:10]
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: done: F-01 confirm — milestone acknowledged; note two people, in two rooms [happened 22 Jan 14:12]
Saved 6@wWWW (HHHH-HHHH) by Ana Diaz: decided: F-02 scope: local (One branch) — note one branch calls [happened 22 Jan 14:20]
Saved 7@wWWW (HHHH-HHHH) by Ana Diaz: done: F-07 freeze — initials AD [happened 22 Jan 14:25]
Saved 8@wWWW (HHHH-HHHH) by Cleo Park: done: F-06 ticket — called: 2025-01-22T14:22:00+00:00; known: no; level: p1; number: M-4711; people: 100 [happened 22 Jan 14:30]
Saved 9@wWWW (HHHH-HHHH) by Cleo Park: done: F-08 words [happened 22 Jan 14:40]
Saved 10@wWWW (HHHH-HHHH) by Cleo Park: deferred until 2025-01-22 15:30 +00:00: F-11 first-call — no list yet [happened 22 Jan 14:50]
Saved 11@wWWW (HHHH-HHHH) by Ana Diaz: done: F-10 briefing [happened 22 Jan 15:05]
Saved 12@wWWW (HHHH-HHHH) by Ana Diaz: note (situation): vendor says 18:00 [happened 22 Jan 15:10]
Saved 13@wWWW (HHHH-HHHH) by Cleo Park: done: F-11 first-call — milestone first-outreach [happened 22 Jan 15:20]
Saved 14@wWWW (HHHH-HHHH) by Ben Ito: assigned lead: Ben Ito [happened 22 Jan 16:00]
Saved 15@wWWW (HHHH-HHHH) by Cleo Park: milestone restored for email [happened 22 Jan 16:40]
Saved 16@wWWW (HHHH-HHHH) by Cleo Park: released tech: Cleo Park [happened 22 Jan 17:00]
13 entries recorded from paper; 0 on record before, 0 different.
--- exit 0
"#]]
    );
    let before = sandbox.everything();
    assert_data_eq!(
        sandbox.run("transcribe --from sheets.txt").shown(),
        str![[r#"
0 entries recorded from paper; 13 on record before, 0 different.
--- exit 0
"#]]
    );
    assert_eq!(sandbox.everything(), before);
    assert_data_eq!(
        sandbox.run("log").shown(),
        str![[r#"
YYYY-MM-DD HH:MM +00:00  1@wWWW  Ana Diaz (lead): opened: Every form (playbook every-form 1, live)
2025-01-22 14:05 +00:00  2@wWWW  Ana Diaz (lead): T+0 declared [late entry, written down YYYY-MM-DD HH:MM +00:00]
2025-01-22 14:05 +00:00  3@wWWW  Ana Diaz (lead): assigned lead: Ana Diaz [late entry, written down YYYY-MM-DD HH:MM +00:00]
2025-01-22 14:10 +00:00  4@wWWW  Ana Diaz (lead): assigned tech: Cleo Park [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 14:12 +00:00  5@wWWW  Ana Diaz (lead): done: F-01 confirm — milestone acknowledged; note two people, in two rooms [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 14:20 +00:00  6@wWWW  Ana Diaz (lead): decided: F-02 scope: local (One branch) — note one branch calls [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 14:25 +00:00  7@wWWW  Ana Diaz (lead): done: F-07 freeze — initials AD [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 14:30 +00:00  8@wWWW  Cleo Park (tech): done: F-06 ticket — called: 2025-01-22T14:22:00+00:00; known: no; level: p1; number: M-4711; people: 100 [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 14:40 +00:00  9@wWWW  Cleo Park (tech): done: F-08 words [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 14:50 +00:00  10@wWWW  Cleo Park (tech): deferred until 2025-01-22 15:30 +00:00: F-11 first-call — no list yet [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 15:05 +00:00  11@wWWW  Ana Diaz (lead): done: F-10 briefing [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 15:10 +00:00  12@wWWW  Ana Diaz (lead): note (situation): vendor says 18:00 [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 15:20 +00:00  13@wWWW  Cleo Park (tech): done: F-11 first-call — milestone first-outreach [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 16:00 +00:00  14@wWWW  Ben Ito: assigned lead: Ben Ito [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 16:40 +00:00  15@wWWW  Cleo Park (tech): milestone restored for email [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
2025-01-22 17:00 +00:00  16@wWWW  Cleo Park (tech): released tech: Cleo Park [late entry, written down YYYY-MM-DD HH:MM +00:00] [from paper, typed in by Eva Lund]
--- exit 0
"#]]
    );
    let page = sandbox.ok("report --format markdown");
    assert!(page.contains("from paper, typed in by Eva Lund"));
    let log = std::fs::read_to_string(sandbox.journal()).unwrap();
    assert_eq!(log.matches(r#""scribe":"Eva Lund","src":"paper""#).count(), 13);
    assert!(sandbox.ok("verify").contains("verifies"));
}

#[test]
fn all_faults_are_told_at_once_and_nothing_is_written() {
    let sandbox = sandbox();
    let before = sandbox.everything();
    let faulty = "playbook every-form 2024.3\nF-O1 14:12 AD\nF-02 14:20 XY local\n\
        N 14:30 - the patient Mary Smith\nF-06 14:30 - number=1\nF-03 14:75 -\nF-04 03:00 -\n";
    let ran = run(&sandbox, "faulty.txt", &format!("AD = Ana Diaz\n{faulty}"));
    assert_data_eq!(
        ran.shown(),
        str![[r#"
--- stderr
error: 7 lines are faulty; nothing was recorded

error: the sheets are of version 2024.3, and this incident runs on 1: codes may mean other steps
 --> faulty.txt:2:21
  |
2 | playbook every-form 2024.3
  |                     ^^^^^^
  |
  = help: compare the codes; then write 2024.3! (runbook show every-form lists them)

error: this playbook has no step "F-O1"
 --> faulty.txt:3:1
  |
3 | F-O1 14:12 AD
  | ^^^^
  |
  = help: did you mean F-01 (confirm) or F-10 (briefing) or F-11 (first-call)?

error: nobody knows whose initials XY are
 --> faulty.txt:4:12
  |
4 | F-02 14:20 XY local
  |            ^^
  |
  = help: say so in a line of its own: XY = NAME; if these are no initials, write - before them

error: this looks like a patient's name; write the patient's token (P-0001) instead
 --> faulty.txt:5:11
  |
5 | N 14:30 - the patient Mary Smith
  |           ^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: at the end of the line --private keeps the words out of the log, --no-phi says that they name no patient

error: F-06 ticket asks for more: people, called, known, level
 --> faulty.txt:6:22
  |
6 | F-06 14:30 - number=1
  |                      ^
  |
  = help: add people=… (How many people are hit?) called=… (When did they pick up?) known=… (Did they know already?) level=… (Which priority?)

error: "14:75" is no time: type 14:05 (24-hour clock), 2:05pm, -20m (20 minutes ago) or "yesterday 23:50"; with a date: YYYY-MM-DD HH:MM
 --> faulty.txt:7:6
  |
7 | F-03 14:75 -
  |      ^^^^^

error: on 2025-01-22 that is 11 h 05 min before the incident began
 --> faulty.txt:8:6
  |
8 | F-04 03:00 -
  |      ^^^^^
  |
  = help: if the sheet says so, write ! behind the time; another day: date 2026-01-22
--- exit 1
"#]]
    );
    let after = sandbox.everything();
    assert_eq!(after.len(), before.len() + 1, "the file that the test wrote, and nothing else");
}

#[test]
fn what_cannot_be_is_told_at_its_line_and_nothing_is_written() {
    let sandbox = sandbox();
    let impossible = "AD = Ana Diaz\nF-02 14:20 AD local\nF-04 14:30 AD\nF-01 14:40 AD\nF-01 14:45 AD\n\
        F-08 approve 14:50 AD\nR tech 15:00-16:00 Ana Diaz AD\nH tech 15:30 AD AD\nF-03 23:00 AD\n\
        close 15:00 AD\nF-07 defer 14:30 AD 14:20 later\n";
    let count = |sandbox: &Sandbox| sandbox.ok("log").lines().count();
    let before = count(&sandbox);
    assert_data_eq!(
        run(&sandbox, "impossible.txt", impossible).shown(),
        str![[r#"
--- stderr
error: 5 lines are faulty; nothing was recorded

error: all-branches is closed: the decision scope was answered "local"
 --> impossible.txt:3:1
  |
3 | F-04 14:30 AD
  | ^^^^^^^^^^^^^
  |
  = help: if the sheet says so all the same, make it a note: N 14:20 AD …

error: line 4 has confirm by the same person with other words or another time
 --> impossible.txt:5:1
  |
5 | F-01 14:45 AD
  | ^^^^^^^^^^^^^
  |
  = help: one of the two is wrong; what was done again needs a line before it: CODE reopen 15:00 AD why

error: words is not done yet: tech does it first, then it can be approved
 --> impossible.txt:6:1
  |
6 | F-08 approve 14:50 AD
  | ^^^^^^^^^^^^^^^^^^^^^
  |
  = help: the work stands on another sheet: type that one as well, then both are recorded together

error: tell-branches is closed: the decision scope was answered "local"
 --> impossible.txt:9:1
  |
9 | F-03 23:00 AD
  | ^^^^^^^^^^^^^
  |
  = help: if the sheet says so all the same, make it a note: N 14:20 AD …

error: the incident cannot be closed yet: 2 things are missing
  --> impossible.txt:10:1
   |
10 | close 15:00 AD
   | ^^^^^^^^^^^^^^
   |
   = help: missing: the service is not verified by the site (runbook mark verified); R-01 test-mail is open; or close 19:10 AD anyway WHY
--- exit 1
"#]]
    );
    assert_eq!(count(&sandbox), before);
    let future = run(&sandbox, "future.txt", "date 2099-01-22\nF-01 14:40 -\n");
    assert_data_eq!(
        future.shown(),
        str![[r#"
--- stderr
error: 1 line is faulty; nothing was recorded

error: that time is in the future
 --> future.txt:2:1
  |
2 | F-01 14:40 -
  | ^^^^^^^^^^^^
  |
  = help: another day? a line of its own says so: date 2026-01-22
--- exit 1
"#]]
    );
}

#[test]
fn what_the_log_says_otherwise_is_shown_and_not_overwritten() {
    let sandbox = sandbox();
    sandbox.ok("done confirm --at 2025-01-22T14:11Z --by \"Ana Diaz\"");
    sandbox.ok("note \"vendor says 18:00\" --at 2025-01-22T15:10Z --by \"Ana Diaz\"");
    let lines = "AD = Ana Diaz\nF-01 14:12 AD\nN 15:10 AD vendor says 18:00\nF-03 14:20 AD\n\
        R lead 14:30 Ana Diaz AD\nM declared 14:00 AD\n";
    let ran = run(&sandbox, "other.txt", lines);
    assert_data_eq!(
        ran.shown(),
        str![[r#"
Saved 6@wWWW (HHHH-HHHH) by Ana Diaz: done: F-03 tell-branches [happened 22 Jan 14:20]
Note: the decision scope has not been taken yet
NOT recorded, line 6: the incident is declared already (record 2@wWWW, 22 Jan 14:05)
  → if the log is wrong: runbook correct 2@wWWW --note TEXT, or --occurred TIME with it
NOT recorded, line 2: the log has confirm by the same person, with other words or another time (record 4@wWWW, 22 Jan 14:11)
  → if the log is wrong: runbook correct 4@wWWW --note TEXT, or --occurred TIME with it
NOT recorded, line 5: the log has it at another time (record 3@wWWW, 22 Jan 14:05)
  → if the log is wrong: runbook correct 3@wWWW --note TEXT, or --occurred TIME with it
1 entry recorded from paper; 1 on record before, 3 different.
--- exit 1
"#]]
    );
    assert_eq!(sandbox.json("report")["notes"].as_array().unwrap().len(), 1);
}

#[test]
fn what_was_legal_when_it_happened_is_taken_hours_later() {
    let sandbox = sandbox();
    sandbox.ok("decide scope local --at 2025-01-22T16:00Z --by \"Ana Diaz\"");
    sandbox.ok("mark verified --at 2025-01-22T17:00Z --by \"Ana Diaz\"");
    sandbox.ok("release lead \"Ana Diaz\" --at 2025-01-22T17:10Z --by \"Ana Diaz\"");
    let lines = "AD = Ana Diaz\nF-04 15:00 AD\nF-10 15:05 AD\nF-10 16:04 AD\n";
    let ran = run(&sandbox, "early.txt", lines);
    assert_data_eq!(
        ran.shown(),
        str![[r#"
Saved 7@wWWW (HHHH-HHHH) by Ana Diaz: done: F-04 all-branches [happened 22 Jan 15:00]
Saved 8@wWWW (HHHH-HHHH) by Ana Diaz: done: F-10 briefing [happened 22 Jan 15:05]
Saved 9@wWWW (HHHH-HHHH) by Ana Diaz: done: F-10 briefing (occurrence 2) [happened 22 Jan 16:04]
3 entries recorded from paper; 0 on record before, 0 different.
--- exit 0
"#]]
    );
    let report = sandbox.json("report");
    let role = |step: &str| {
        let all = report["timeline"].as_array().unwrap();
        all.iter().find(|entry| entry["step"] == step).unwrap()["role"].clone()
    };
    assert_eq!(role("all-branches"), "lead", "she held it then");
    let late = run(&sandbox, "late.txt", "AD = Ana Diaz\nF-04 16:01 AD\nF-10 17:01 AD\n");
    assert_data_eq!(
        late.shown(),
        str![[r#"
--- stderr
error: 1 line is faulty; nothing was recorded

error: briefing ran until verified, and that has been reached
 --> late.txt:3:1
  |
3 | F-10 17:01 AD
  | ^^^^^^^^^^^^^
  |
  = help: if the sheet says so all the same, make it a note: N 14:20 AD …
--- exit 1
"#]]
    );
}

#[test]
fn after_the_end_only_notes_and_late_milestones_are_taken() {
    let sandbox = sandbox();
    sandbox.ok("close --anyway --reason \"a test\" --at 2025-01-22T18:00Z --by \"Ana Diaz\"");
    let lines = "AD = Ana Diaz\nF-01 14:12 AD\nN 15:10 AD vendor says 18:00\n";
    sandbox.write("sheets.txt", lines);
    let ran = sandbox.run("transcribe latest --from sheets.txt");
    assert_data_eq!(
        ran.shown(),
        str![[r#"
--- stderr
error: 1 line is faulty; nothing was recorded

error: the incident is closed
 --> sheets.txt:2:1
  |
2 | F-01 14:12 AD
  | ^^^^^^^^^^^^^
  |
  = help: after the end only notes and late milestones are taken: make it a note, N 14:20 AD …
  → this incident is over: only notes (N) and late milestones (M) are still taken
--- exit 1
"#]]
    );
    sandbox.write(
        "sheets.txt",
        "AD = Ana Diaz\nN 15:10 AD F-01 was done at 14:12\nM restored 17:00 AD\n",
    );
    let ran = sandbox.run("transcribe latest --from sheets.txt");
    assert_data_eq!(
        ran.shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: note (situation): F-01 was done at 14:12 [happened 22 Jan 15:10]
Saved 6@wWWW (HHHH-HHHH) by Ana Diaz: milestone restored [happened 22 Jan 17:00]
2 entries recorded from paper; 0 on record before, 0 different.
--- exit 0
"#]]
    );
}

#[test]
fn words_that_are_kept_private_are_known_again() {
    let sandbox = sandbox();
    let lines = "AD = Ana Diaz\nN 15:10 AD called the patient Mary Smith --private\n\
        N 15:10 AD called the patient John Smith --private\nF-01 14:12 AD told the patient Mary Smith --private\n";
    let first = run(&sandbox, "private.txt", lines);
    assert_eq!(first.code, Some(0), "{first:?}");
    let log = std::fs::read_to_string(sandbox.journal()).unwrap();
    assert!(!log.contains("Smith"));
    let again = run(&sandbox, "private.txt", lines);
    assert_data_eq!(
        again.shown(),
        str![[r#"
0 entries recorded from paper; 3 on record before, 0 different.
--- exit 0
"#]]
    );
}

#[test]
fn a_spreadsheet_and_standard_input_say_the_same() {
    use std::io::Write as _;
    use std::process::Stdio;

    let table = "sheet,code,outcome,time,end,name,initials,words\n\
        lead,AD = Ana Diaz,,,,,,\nlead,F-01,,14:12,,,AD,\"two people, in two rooms\"\n\
        ,F-02,,14:20,,,AD,local because one branch calls\n\
        tech,R,,14:10,17:00,Cleo Park,CP,\n,F-11,defer,14:50,,,CP,until 15:30 no list yet\n";
    let lines = "AD = Ana Diaz\nF-01 14:12 AD two people, in two rooms\n\
        F-02 14:20 AD local because one branch calls\nR tech 14:10-17:00 Cleo Park CP\n\
        F-11 defer 14:50 CP until 15:30 no list yet\n";
    let tabled = sandbox();
    let first = run(&tabled, "table.csv", table);
    assert_eq!(first.code, Some(0), "{first:?}");
    let again = run(&tabled, "lines.txt", lines);
    assert_eq!(again.out, "0 entries recorded from paper; 5 on record before, 0 different.\n");
    let piped = sandbox();
    let mut command = piped.command(&["transcribe", "--from", "-", "--scribe", "Tom Reed"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    let sentences = |sandbox: &Sandbox| -> Vec<String> {
        let report = sandbox.json("report");
        let all = report["timeline"].as_array().unwrap().iter();
        all.map(|entry| format!("{} {} {}", entry["occurred_at"], entry["by"], entry["what"]))
            .skip(1)
            .collect()
    };
    assert_eq!(sentences(&tabled), sentences(&piped));
    let report = piped.json("report");
    assert_eq!(report["timeline"][4]["scribe"], "Tom Reed");
}

#[test]
fn faults_of_a_spreadsheet_name_their_cell() {
    let sandbox = sandbox();
    let table = "code;time;initials;words\nF-01;14:12;XY;\nF-06;14:30;;number=1 people=many\n";
    assert_data_eq!(
        run(&sandbox, "table.csv", table).shown(),
        str![[r#"
--- stderr
error: 2 lines are faulty; nothing was recorded

error: nobody knows whose initials XY are
 --> table.csv:2:12
  |
2 | F-01;14:12;XY;
  |            ^^
  |
  = help: say so in a line of its own: XY = NAME; if these are no initials, write - before them

error: "many" does not fit people
 --> table.csv:3:29
  |
3 | F-06;14:30;;number=1 people=many
  |                             ^^^^
  |
  = help: it takes a number such as 12 or 3.5
--- exit 1
"#]]
    );
    let header = run(&sandbox, "header.csv", "code,when\nF-01,14:12\n");
    assert_data_eq!(
        header.shown(),
        str![[r#"
--- stderr
error: 1 line is faulty; nothing was recorded

error: no column is called "when"
 --> header.csv:1:6
  |
1 | code,when
  |      ^^^^
  |
  = help: the first row names the columns: code and time, and any of sheet, date, outcome, end, name, initials, words
--- exit 1
"#]]
    );
}

#[test]
fn an_incident_that_no_computer_knew_of() {
    let sandbox = Sandbox::new().typed_by("Eva Lund");
    let lines = "date 2025-01-22\nopened 13:50 AD Mail is down\nR lead 13:50 Ana Diaz AD\n\
        F-01 13:58 AD\nM declared 14:05 AD\nF-02 14:20 AD corporate\nclose 18:00 AD anyway the rest is on other sheets\n";
    sandbox.write("day.txt", lines);
    let before = sandbox.everything();
    let dry = sandbox.run("transcribe --start every-form --from day.txt --dry-run");
    assert_data_eq!(
        dry.shown(),
        str![[r#"
2025-01-22 13:50 +00:00  Ana Diaz: opened: Mail is down (playbook every-form 1, live)
2025-01-22 13:50 +00:00  Ana Diaz: assigned lead: Ana Diaz
2025-01-22 13:58 +00:00  Ana Diaz: done: F-01 confirm — milestone acknowledged
2025-01-22 14:05 +00:00  Ana Diaz: T+0 declared
2025-01-22 14:20 +00:00  Ana Diaz: decided: F-02 scope: corporate (All branches)
2025-01-22 18:00 +00:00  Ana Diaz: closed although something was missing: the service is not verified by the site (runbook mark verified); R-01 test-mail is open — the rest is on other sheets
5 entries would be recorded; 0 on record before, 0 different. Nothing was recorded.
--- exit 0
"#]]
    );
    assert_eq!(sandbox.everything(), before);
    let ran = sandbox.run("transcribe --start every-form --from day.txt");
    assert_data_eq!(
        ran.shown(),
        str![[r#"
Saved 1@wWWW (HHHH-HHHH) by Ana Diaz: opened: Mail is down (playbook every-form 1, live) [happened 22 Jan 13:50]
Saved 2@wWWW (HHHH-HHHH) by Ana Diaz: assigned lead: Ana Diaz [happened 22 Jan 13:50]
Saved 3@wWWW (HHHH-HHHH) by Ana Diaz: done: F-01 confirm — milestone acknowledged [happened 22 Jan 13:58]
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: T+0 declared [happened 22 Jan 14:05]
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: decided: F-02 scope: corporate (All branches) [happened 22 Jan 14:20]
Saved 6@wWWW (HHHH-HHHH) by Ana Diaz: closed although something was missing: the service is not verified by the site (runbook mark verified); R-01 test-mail is open — the rest is on other sheets [happened 22 Jan 18:00]
Checkpoint to read out, write down or send (runbook verify --expect …):
  runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 6 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
5 entries recorded from paper; 0 on record before, 0 different.
--- exit 0
"#]]
    );
    let again = sandbox.run("transcribe --start every-form --from day.txt");
    assert_data_eq!(
        again.shown(),
        str![[r#"
0 entries recorded from paper; 5 on record before, 0 different.
--- exit 0
"#]]
    );
    assert!(
        sandbox.incident().starts_with("every-form-20250122-"),
        "by the day on which it happened"
    );
    let report = sandbox.json("report latest");
    assert_eq!(report["t0"], "2025-01-22T14:05:00+00:00");
    assert_eq!(report["opened_at"], "2025-01-22T13:50:00+00:00");
    sandbox.write("faulty.txt", format!("{lines}F-99 14:00 AD\n"));
    let faulty = sandbox.run("transcribe --start every-form --exercise --from faulty.txt");
    assert_eq!(faulty.code, Some(1));
    assert_eq!(sandbox.json("incidents")["incidents"].as_array().unwrap().len(), 1);
}

#[test]
fn the_options_say_what_the_lines_do_not() {
    let sandbox = Sandbox::new().typed_by("Eva Lund");
    sandbox.write("day.txt", "F-01 13:58 AD\nF-07 14:20 AD\n");
    let line = "transcribe --start every-form --exercise --opened \"2025-01-22 13:50\" \
        --declared \"2025-01-22 14:05\" --by \"Ana Diaz\" --title Practice --site Riverside \
        --who \"AD=Ana Diaz\" --sheet tech --scribe \"Tom Reed\" --from day.txt";
    assert_data_eq!(
        sandbox.run(line).shown(),
        str![[r#"
EXERCISE Saved 1@wWWW (HHHH-HHHH) by Ana Diaz: opened: Practice at Riverside (playbook every-form 1, EXERCISE) [happened 22 Jan 13:50]
EXERCISE Saved 2@wWWW (HHHH-HHHH) by Ana Diaz: done: F-01 confirm — milestone acknowledged [happened 22 Jan 13:58]
EXERCISE Note: confirm belongs to lead and stands on the sheet of tech; taken as given
EXERCISE Saved 3@wWWW (HHHH-HHHH) by Ana Diaz: T+0 declared [happened 22 Jan 14:05]
EXERCISE Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: done: F-07 freeze — initials AD [happened 22 Jan 14:20]
EXERCISE Note: freeze belongs to lead and stands on the sheet of tech; taken as given
EXERCISE 3 entries recorded from paper; 0 on record before, 0 different.
--- exit 0
"#]]
    );
    let json = sandbox.json(&format!("{line} --dry-run"));
    assert_eq!(json["mode"], "exercise");
    assert_eq!(json["entries"][0]["outcome"], "already_recorded");
}

#[test]
fn json_says_what_came_of_every_line() {
    let sandbox = sandbox();
    sandbox.ok("done confirm --at 2025-01-22T14:11Z --by \"Ana Diaz\"");
    sandbox.write(
        "some.txt",
        "AD = Ana Diaz\nsheet tech\nF-01 14:12 AD\nF-03 14:20 AD\nF-03 14:20 AD\n",
    );
    let ran = sandbox.run("transcribe --from some.txt --json");
    assert_data_eq!(
        ran.shown(),
        str![[r#"
{
  "format": 1,
  "incident": "every-form-YYYYMMDD-RRRR",
  "mode": "live",
  "scribe": "Eva Lund",
  "dry_run": false,
  "opened": false,
  "entries": [
    {
      "lines": [
        3
      ],
      "outcome": "differs",
      "occurred_at": "2025-01-22T14:12:00+00:00",
      "by": "Ana Diaz",
      "what": "the log has confirm by the same person, with other words or another time",
      "records": [
        "4@wWWW"
      ],
      "advice": [
        "confirm belongs to lead and stands on the sheet of tech; taken as given"
      ]
    },
    {
      "lines": [
        4
      ],
      "outcome": "recorded",
      "occurred_at": "2025-01-22T14:20:00+00:00",
      "by": "Ana Diaz",
      "what": "done: F-03 tell-branches",
      "records": [
        "5@wWWW"
      ],
      "advice": [
        "tell-branches belongs to lead and stands on the sheet of tech; taken as given",
        "the decision scope has not been taken yet"
      ]
    },
    {
      "lines": [
        5
      ],
      "outcome": "repeats",
      "occurred_at": "2025-01-22T14:20:00+00:00",
      "by": "Ana Diaz",
      "what": "line 4 says the same",
      "records": [],
      "advice": [
        "tell-branches belongs to lead and stands on the sheet of tech; taken as given"
      ]
    }
  ],
  "checkpoint": [
    "runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 5 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH"
  ]
}
--- exit 1
"#]]
    );
}

#[test]
fn commands_that_cannot_be() {
    let sandbox = sandbox();
    for line in [
        "transcribe",
        "transcribe --from nowhere.txt",
        "transcribe --dry-run",
        "transcribe --exercise --from sheets.txt",
        "transcribe --from sheets.txt --date 22.1.2025",
        "transcribe --from sheets.txt --who Ana",
        "transcribe --from sheets.txt --sheet nobody",
        "transcribe --from sheets.txt --scribe \"\"",
        "transcribe --start nowhere --from sheets.txt",
        "transcribe elsewhere --from sheets.txt",
    ] {
        let ran = sandbox.run(line);
        assert!(matches!(ran.code, Some(1 | 2 | 7)), "{line}: {ran:?}");
        assert!(ran.err.starts_with("error: "), "{line}: {ran:?}");
        assert_eq!(ran.out, "", "{line}");
    }
    sandbox.write("empty.txt", "# nothing\n");
    let empty = sandbox.run("transcribe --start every-form --from empty.txt");
    assert_data_eq!(
        empty.shown(),
        str![[r#"
--- stderr
error: no line and no option says when it began
  → opened 13:50 AD, or --opened "YYYY-MM-DD HH:MM"
--- exit 2
"#]]
    );
    sandbox.write("latin.txt", b"N 14:20 - caf\xe9\n");
    let latin = sandbox.run("transcribe --from latin.txt");
    assert_eq!(latin.code, Some(3), "{latin:?}");
}

#[test]
fn a_time_that_comes_twice_asks_for_its_offset() {
    let sandbox = Sandbox::new().typed_by("Eva Lund").in_zone("EST5EDT,M3.2.0,M11.1.0");
    sandbox.ok("start every-form --at \"2025-11-01 22:00\"");
    let twice = "sheet lead\ndate 2025-11-01\nF-01 23:50 -\nF-03 01:30 -\n";
    assert_data_eq!(
        run(&sandbox, "twice.txt", twice).shown(),
        str![[r#"
--- stderr
error: 1 line is faulty; nothing was recorded

error: 2025-11-02 01:30 comes twice because clocks are set back: write 2025-11-02T01:30:00-04:00 or 2025-11-02T01:30:00-05:00
 --> twice.txt:4:6
  |
4 | F-03 01:30 -
  |      ^^^^^
--- exit 1
"#]]
    );
    let clear = twice.replace("01:30", "01:30-05:00");
    let ran = run(&sandbox, "clear.txt", &clear);
    assert_data_eq!(
        ran.shown(),
        str![[r#"
Saved 3@wWWW (HHHH-HHHH): done: F-01 confirm — milestone acknowledged [happened 1 Nov 23:50]
Note: nobody signed
Saved 4@wWWW (HHHH-HHHH): done: F-03 tell-branches [happened 2 Nov 01:30]
Note: past midnight since the line above
Note: nobody signed
Note: the decision scope has not been taken yet
2 entries recorded from paper; 0 on record before, 0 different.
--- exit 0
"#]]
    );
}

#[test]
fn a_time_that_one_day_leaves_out_is_of_the_next_one() {
    let sandbox = Sandbox::new().typed_by("Eva Lund").in_zone("EST5EDT,M3.2.0,M11.1.0");
    sandbox.ok("start every-form --at \"2025-03-09 22:00\"");
    let lines = "date 2025-03-09\nF-01 23:50 -\nF-03 02:30 -\n";
    let ran = run(&sandbox, "skipped.txt", lines);
    assert!(ran.out.contains("tell-branches [happened 10 Mar 02:30]"), "{ran:?}");
    let alone = run(&sandbox, "alone.txt", "date 2025-03-09\nF-04 02:30 -\n");
    assert!(alone.err.contains("does not exist because clocks are set forward"), "{alone:?}");
}
