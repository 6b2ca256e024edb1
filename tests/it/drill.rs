//! `drill`: an exercise by script, from the first inject to the end, and everything that is refused.

use regex_lite::Regex;
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::redact::redact_screen;

/// The test playbook, and an exercise of it whose clock is moved by hand: every time is its own.
pub(crate) const EXERCISE: &str = include_str!("fixtures/every-form-exercise.yaml");

/// An exercise that Faye facilitates.
pub(crate) fn drilling() -> Sandbox {
    let sandbox = Sandbox::new().at_midday().typed_by("Ben Ito");
    sandbox.write("playbooks/exercises/every-form-45.yaml", EXERCISE);
    sandbox.ok("drill every-form --facilitator \"Faye Roth\" --step --assign \"lead=Ana Diaz\"");
    sandbox
}

/// What a command prints, with its times replaced.
fn shown(sandbox: &Sandbox, line: &str) -> String {
    let writer = Regex::new(r"(EXERCISE |own-\d-)w[0-9a-f]{3} ").unwrap();
    let shown = redact_screen(&sandbox.run(line).shown());
    let shown = writer.replace_all(&shown, "${1}wWWW ");
    let due = Regex::new(r"finished by 20[0-9]{2}-[0-9]{2}-[0-9]{2}").unwrap();
    due.replace_all(&shown, "finished by YYYY-MM-DD").into_owned()
}

/// As the facilitator.
fn faye(sandbox: &Sandbox, line: &str) -> String {
    shown(sandbox, &format!("drill {line} --by \"Faye Roth\""))
}

#[test]
fn starting_without_a_terminal_says_what_to_type() {
    let sandbox = Sandbox::new().at_midday().typed_by("Faye Roth");
    sandbox.write("playbooks/exercises/every-form-45.yaml", EXERCISE);
    assert_data_eq!(
        shown(&sandbox, "drill every-form --speed 10x"),
        str![[r#"
EXERCISE Started x-every-form-YYYYMMDD-RRRR: The mail is quiet (tabletop), facilitator Faye Roth.
EXERCISE Read this to the players:
EXERCISE   It is Friday.
EXERCISE   Speak your actions.
EXERCISE Next, for the facilitator:
EXERCISE   runbook drill injects     what is due and what is to come; not for players
EXERCISE   runbook drill deliver     tell the players what is due
EXERCISE   runbook drill jump        let the clock jump to the next inject
EXERCISE   runbook drill observe …   note what you saw
EXERCISE   runbook drill end         end it
EXERCISE Players, in other terminals:
EXERCISE   runbook walk x-every-form-YYYYMMDD-RRRR --by NAME
--- exit 0
"#]]
    );
    let started = sandbox.json("drill every-form --solo --type functional");
    let word = |key: &str| started[key].as_str().unwrap().to_owned();
    assert_eq!((word("mode"), word("type")), ("exercise".to_owned(), "functional".to_owned()));
    assert_eq!(
        (word("exercise"), word("facilitator")),
        ("every-form-45".to_owned(), "Faye Roth".to_owned())
    );
    assert_eq!(started["solo"], true);
}

#[test]
fn the_list_is_for_the_facilitator() {
    let sandbox = drilling();
    assert_data_eq!(
        faye(&sandbox, "injects"),
        str![[r#"
EXERCISE x-every-form-YYYYMMDD-RRRR - FOR THE FACILITATOR, NOT FOR PLAYERS
EXERCISE exercise clock HH:MM +ZZ:ZZ, moves only when you jump
EXERCISE NO  INJECT     STANDS                    TO         KIND
EXERCISE 1   first      DUE NOW                   lead       information
EXERCISE 2   page       at HH:MM                  everybody  event
EXERCISE 3   nudge      at HH:MM                  everybody  contingency
EXERCISE 4   all-of-us  after scope=corporate     everybody  information
EXERCISE 5   back       after milestone:restored  everybody  event
EXERCISE 6   press      at HH:MM                  everybody  media
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "injects nudge"),
        str![[r#"
EXERCISE x-every-form-YYYYMMDD-RRRR - FOR THE FACILITATOR, NOT FOR PLAYERS
EXERCISE exercise clock HH:MM +ZZ:ZZ, moves only when you jump
EXERCISE
EXERCISE 3  nudge (contingency): at HH:MM
EXERCISE   from Owner to everybody:
EXERCISE   Do we have an outage?
EXERCISE   expected: milestone:declared
EXERCISE   notes: Be kind.
--- exit 0
"#]]
    );
    let full = faye(&sandbox, "injects --full");
    for words in ["A certificate has expired", "Be kind", "expected: confirm"] {
        assert!(full.contains(words), "{words}: {full}");
    }
    let list = sandbox.json("drill injects --by \"Faye Roth\"");
    assert_eq!(list["injects"].as_array().unwrap().len(), 6);
    assert_eq!(list["injects"][0]["standing"], "due");
    assert_eq!(list["speed"], serde_json::Value::Null);
}

#[test]
fn an_exercise_by_script() {
    let sandbox = drilling();
    assert_data_eq!(
        faye(&sandbox, "deliver"),
        str![[r#"
EXERCISE Saved 5@wWWW (HHHH-HHHH) by Faye Roth: inject first from Front counter to lead (phone): The mail does not come.
--- exit 0
"#]]
    );
    // A player sees it with the next answer, and not again with the one after that.
    assert_data_eq!(
        shown(&sandbox, "done confirm --by \"Ana Diaz\""),
        str![[r#"
EXERCISE Saved 6@wWWW (HHHH-HHHH) by Ana Diaz: done: F-01 confirm — milestone acknowledged
EXERCISE INJECT HH:MM from Front counter to lead (phone):
EXERCISE   The mail does not come.
--- exit 0
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "note \"We look\" --by \"Ana Diaz\""),
        str![[r#"
EXERCISE Saved 7@wWWW (HHHH-HHHH) by Ana Diaz: note (situation): We look
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "deliver"),
        str![[r#"
EXERCISE Nothing is due; the next inject is at HH:MM (runbook drill jump goes there).
--- exit 0
"#]]
    );
}

#[test]
fn a_contingency_is_for_those_who_did_not_act() {
    let sandbox = drilling();
    faye(&sandbox, "deliver");
    assert_data_eq!(
        faye(&sandbox, "jump"),
        str![[r#"
EXERCISE Saved 6@wWWW (HHHH-HHHH) by Faye Roth: exercise clock at YYYY-MM-DD HH:MM +HH:MM, moved by hand
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "deliver"),
        str![[r#"
EXERCISE Saved 7@wWWW (HHHH-HHHH) by Faye Roth: inject page to everybody: The page is green. [whoever looks (test-mail) finds: nothing answers] [whoever holds lead cannot be reached]
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "jump +15m"),
        str![[r#"
EXERCISE Saved 8@wWWW (HHHH-HHHH) by Faye Roth: exercise clock at YYYY-MM-DD HH:MM +HH:MM, moved by hand
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "injects"),
        str![[r#"
EXERCISE x-every-form-YYYYMMDD-RRRR - FOR THE FACILITATOR, NOT FOR PLAYERS
EXERCISE exercise clock HH:MM +ZZ:ZZ, moves only when you jump
EXERCISE NO  INJECT     STANDS                    TO         KIND
EXERCISE 1   first      told HH:MM                lead       information
EXERCISE 2   page       told HH:MM                everybody  event
EXERCISE 3   nudge      DUE for N min             everybody  contingency
EXERCISE 4   all-of-us  after scope=corporate     everybody  information
EXERCISE 5   back       after milestone:restored  everybody  event
EXERCISE 6   press      at HH:MM                  everybody  media
--- exit 0
"#]]
    );
    assert_data_eq!(
        shown(&sandbox, "mark declared --by \"Ana Diaz\""),
        str![[r#"
EXERCISE Saved 9@wWWW (HHHH-HHHH) by Ana Diaz: T+0 declared
EXERCISE INJECT HH:MM from Front counter to lead (phone):
EXERCISE   The mail does not come.
EXERCISE INJECT HH:MM to everybody:
EXERCISE   The page is green.
EXERCISE   From now on whoever holds lead cannot be reached.
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "injects nudge"),
        str![[r#"
EXERCISE x-every-form-YYYYMMDD-RRRR - FOR THE FACILITATOR, NOT FOR PLAYERS
EXERCISE exercise clock HH:MM +ZZ:ZZ, moves only when you jump
EXERCISE
EXERCISE 3  nudge (contingency): not needed (HH:MM)
EXERCISE   from Owner to everybody:
EXERCISE   Do we have an outage?
EXERCISE   expected: milestone:declared
EXERCISE   notes: Be kind.
--- exit 0
"#]]
    );
}

#[test]
fn an_exercise_ends_and_is_judged_afterwards() {
    let sandbox = drilling();
    sandbox.ok("mark declared --by \"Ana Diaz\"");
    assert_data_eq!(
        faye(&sandbox, "observe \"Nobody called the vendor\" --objective reach --inject first"),
        str![[r#"
EXERCISE Saved 6@wWWW (HHHH-HHHH) by Faye Roth: observation (objective reach, inject first): Nobody called the vendor
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "end"),
        str![[r#"
EXERCISE Saved 7@wWWW (HHHH-HHHH) by Faye Roth: closed although something was missing: the service is not verified by the site (runbook mark verified); F-01 confirm is open; F-02 scope is open; R-01 test-mail is open
EXERCISE Checkpoint to read out, write down or send (runbook verify --expect …):
EXERCISE   runbook-checkpoint 1 x-every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 7 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
EXERCISE Next, in this order:
EXERCISE   1. rate the objectives (players do not):
EXERCISE      runbook drill evaluate x-every-form-YYYYMMDD-RRRR
EXERCISE   2. say what went well and what did not:
EXERCISE      runbook hotwash x-every-form-YYYYMMDD-RRRR
EXERCISE   3. put each gap on the plan, with --owner NAME and --due DAY:
EXERCISE      runbook actions add TEXT --incident x-every-form-YYYYMMDD-RRRR
EXERCISE   4. print the after-action report, to be finished by YYYY-MM-DD:
EXERCISE      runbook report x-every-form-YYYYMMDD-RRRR --format aar-html -o aar.html
EXERCISE   5. once it is finished and signed, say so:
EXERCISE      runbook actions close AAR@x-every-form-YYYYMMDD-RRRR --evidence WHERE
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "rate reach S --why \"Declared late\" --incident latest-exercise"),
        str![[r#"
EXERCISE Saved 8@wWWW (HHHH-HHHH) by Faye Roth: rated reach: S (performed with some challenges) — Declared late
--- exit 0
"#]]
    );
    assert_eq!(sandbox.run("verify latest-exercise").code, Some(0));
}

#[test]
fn holding_leaving_out_and_adding() {
    let sandbox = drilling();
    assert_data_eq!(
        faye(&sandbox, "hold first --reason \"They are late\""),
        str![[r#"
EXERCISE Saved 5@wWWW (HHHH-HHHH) by Faye Roth: inject held: first — They are late
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "deliver"),
        str![[r#"
EXERCISE Nothing is due; the next inject is at HH:MM (runbook drill jump goes there).
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "skip 2 --reason \"No time\""),
        str![[r#"
EXERCISE Saved 6@wWWW (HHHH-HHHH) by Faye Roth: inject left out: page — No time
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "add --text \"A reporter calls\" --to lead --from Paper --due +10m"),
        str![[r#"
EXERCISE Saved 7@wWWW (HHHH-HHHH) by Faye Roth: inject planned for YYYY-MM-DD HH:MM +HH:MM: own-1-wWWW from Paper to lead: A reporter calls
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "add --text \"The line is back\" --expect milestone:restored"),
        str![[r#"
EXERCISE Saved 8@wWWW (HHHH-HHHH) by Faye Roth: inject own-2-wWWW to everybody: The line is back
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "deliver first"),
        str![[r#"
EXERCISE Saved 9@wWWW (HHHH-HHHH) by Faye Roth: inject first from Front counter to lead (phone): The mail does not come.
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "deliver first"),
        str![[r#"
EXERCISE Already recorded at HH:MM as 9@wWWW; nothing was added.
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "injects"),
        str![[r#"
EXERCISE x-every-form-YYYYMMDD-RRRR - FOR THE FACILITATOR, NOT FOR PLAYERS
EXERCISE exercise clock HH:MM +ZZ:ZZ, moves only when you jump
EXERCISE NO  INJECT      STANDS                    TO         KIND
EXERCISE 1   first       told HH:MM                lead       information
EXERCISE 2   page        left out                  everybody  event
EXERCISE 3   nudge       at HH:MM                  everybody  contingency
EXERCISE 4   all-of-us   after scope=corporate     everybody  information
EXERCISE 5   back        after milestone:restored  everybody  event
EXERCISE 6   press       at HH:MM                  everybody  media
EXERCISE 7   own-1-wWWW  at HH:MM                  lead       information
EXERCISE 8   own-2-wWWW  told HH:MM                everybody  information
--- exit 0
"#]]
    );
}

#[test]
fn the_clock_is_one_for_all_and_goes_forward_only() {
    let sandbox = drilling();
    let minutes = |of: &str| -> i64 {
        let list = sandbox.json(&format!("drill injects --by \"Faye Roth\" {of}"));
        let time = |at: &serde_json::Value| {
            chrono::DateTime::parse_from_rfc3339(at.as_str().unwrap()).unwrap()
        };
        (time(&list["now"]) - time(&list["injects"][0]["due_at"])).num_minutes()
    };
    assert_eq!(minutes(""), 0);
    assert_data_eq!(
        faye(&sandbox, "jump +20m"),
        str![[r#"
EXERCISE Saved 5@wWWW (HHHH-HHHH) by Faye Roth: exercise clock at YYYY-MM-DD HH:MM +HH:MM, moved by hand
--- exit 0
"#]]
    );
    assert_eq!(minutes(""), 20);
    // Players in other terminals live at the same hour; a due time has passed.
    sandbox.ok("mark declared --at -20m --by \"Ana Diaz\"");
    assert_eq!(sandbox.json("status")["steps"][0]["overdue"], true);
    assert_eq!(sandbox.run("status --check").code, Some(8));
    assert_data_eq!(
        faye(&sandbox, "jump -5m"),
        str![[r#"
--- stderr
error: the exercise's clock is past that time, and it never runs backwards
  → forward: runbook drill jump +10m; runbook drill injects shows what it says now
--- exit 1
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "speed 60x"),
        str![[r#"
EXERCISE Saved 7@wWWW (HHHH-HHHH) by Faye Roth: exercise clock at YYYY-MM-DD HH:MM +HH:MM, 60 times as fast as real time
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "speed 60x"),
        str![[r#"
--- stderr
error: the exercise's clock runs so already
  → at another speed: runbook drill speed 10x; to stop it: runbook drill pause
--- exit 1
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "pause"),
        str![[r#"
EXERCISE Saved 8@wWWW (HHHH-HHHH) by Faye Roth: exercise paused at YYYY-MM-DD HH:MM +HH:MM; 60x once it goes on
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "pause"),
        str![[r#"
--- stderr
error: the exercise is paused, and stays so
  → to go on: runbook drill resume
--- exit 1
"#]]
    );
    let (one, two) = (minutes(""), minutes(""));
    assert_eq!(one, two, "it is paused");
    assert_data_eq!(
        faye(&sandbox, "resume"),
        str![[r#"
EXERCISE Saved 9@wWWW (HHHH-HHHH) by Faye Roth: exercise clock at YYYY-MM-DD HH:MM +HH:MM, 60 times as fast as real time
--- exit 0
"#]]
    );
    assert_data_eq!(
        faye(&sandbox, "speed step"),
        str![[r#"
EXERCISE Saved 10@wWWW (HHHH-HHHH) by Faye Roth: exercise clock at YYYY-MM-DD HH:MM +HH:MM, moved by hand
--- exit 0
"#]]
    );
    // Every record has both times.
    let log = sandbox.json("log");
    let last = log["entries"].as_array().unwrap().last().unwrap().clone();
    assert!(last["real_at"].is_string(), "{last}");
    assert!(last["recorded_at"].as_str() > last["real_at"].as_str(), "{last}");
}

#[test]
fn a_real_outage_in_the_middle() {
    let sandbox = drilling();
    assert_data_eq!(
        faye(&sandbox, "interrupt --reason \"The phones really are down\""),
        str![[r#"
EXERCISE Saved 5@wWWW (HHHH-HHHH) by Faye Roth: exercise ended because something real happened: The phones really are down
EXERCISE Checkpoint to read out, write down or send (runbook verify --expect …):
EXERCISE   runbook-checkpoint 1 x-every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 5 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
EXERCISE Broken off: it counts for no rule and owes no report. Later, what it showed:
EXERCISE   1. rate the objectives (players do not):
EXERCISE      runbook drill evaluate x-every-form-YYYYMMDD-RRRR
EXERCISE   2. say what went well and what did not:
EXERCISE      runbook hotwash x-every-form-YYYYMMDD-RRRR
EXERCISE   3. put each gap on the plan, with --owner NAME and --due DAY:
EXERCISE      runbook actions add TEXT --incident x-every-form-YYYYMMDD-RRRR
EXERCISE   4. print the after-action report:
EXERCISE      runbook report x-every-form-YYYYMMDD-RRRR --format aar-html -o aar.html
--- stderr
THIS IS REAL NOW. Tell everybody: "The exercise is over. This is no exercise."
Then the Incident Lead, and nobody else, types:
  runbook start every-form
Is it something else that is down? runbook list shows all playbooks.
NOW, FOR REAL: runbook start every-form
--- exit 0
"#]]
    );
    // From here on bare verbs mean the real one.
    sandbox.ok("start every-form --no-walk");
    let status = sandbox.json("status");
    assert_eq!(status["mode"], "live");
    let over = sandbox.json("status latest-exercise");
    assert_eq!(over["state"], "closed");
    assert_eq!(over["exercise"]["interrupted"], "The phones really are down");
}

#[test]
fn an_exercise_goes_on_with_another_playbook_at_the_same_hour() {
    let sandbox = drilling();
    sandbox.write(
        "playbooks/other-form.yaml",
        crate::support::sandbox::EVERY_FORM.replace("id: every-form", "id: other-form"),
    );
    faye(&sandbox, "jump +30m");
    sandbox.ok("mark declared --by \"Ana Diaz\"");
    let escalated = sandbox.json("escalate other-form --reason \"It spreads\" --by \"Ana Diaz\"");
    let opened = escalated["opened"].as_str().unwrap().to_owned();
    assert!(opened.starts_with("x-other-form-"), "{opened}");
    let hour = |of: &str| sandbox.json(&format!("status {of}"))["exercise"]["clock"].clone();
    assert_eq!(hour(&opened), hour("x-every-form"));
    // The facilitator's clock and the end reach both.
    let said = faye(&sandbox, "jump +30m");
    assert!(said.contains("The same in x-other-form-"), "{said}");
    assert_eq!(hour(&opened), hour("x-every-form"));
    faye(&sandbox, "interrupt --reason \"Fire\"");
    let list = sandbox.json("incidents");
    let ended = list["incidents"].as_array().unwrap().iter().all(|one| one["ended"] == true);
    assert!(ended, "{list}");
}

/// Verbs of the facilitator.
const FACILITATES: [&str; 8] =
    ["deliver", "hold", "add", "jump", "speed", "observe", "rate", "resume"];

#[test]
fn what_is_refused_is_said_and_nothing_is_written() {
    let sandbox = drilling();
    sandbox.write(
        "playbooks/exercises/other.yaml",
        EXERCISE
            .replace("playbook: every-form", "playbook: email-outage")
            .replace("every-form-45", "other"),
    );
    sandbox.write(
        "playbooks/exercises/bad.yaml",
        EXERCISE.replace("to: lead", "to: leed").replace("every-form-45", "bad"),
    );
    sandbox.write("playbooks/broken.yaml", "runbook: 1\nid: broken\n");
    let before = sandbox.everything();
    for (line, code, said) in [
        ("drill deliver nudg", 1, "this exercise has no inject \"nudg\""),
        ("drill hold 99", 1, "this exercise has no inject \"99\""),
        ("drill add --text x --due -5m", 1, "that time has passed on the exercise's clock"),
        ("drill add --text x --name first", 1, "there is an inject first already"),
        ("drill add --text x --to leed", 1, "this playbook has no role \"leed\""),
        ("drill add --text x --expect lok", 1, "this playbook has no step \"lok\""),
        ("drill add --text x --expect inject:first", 2, "names nothing that can happen"),
        (
            "drill add --text \"Jane Roe, born 1950-03-04, MRN 123456\"",
            1,
            "the inject is not recorded",
        ),
        ("drill jump -5m", 1, "it never runs backwards"),
        ("drill speed 0", 2, "an exercise runs 1x to 600x"),
        ("drill speed 601x", 2, "an exercise runs 1x to 600x"),
        ("drill every-form --speed 0x", 2, "an exercise runs 1x to 600x"),
        ("drill every-form --speed 2x --step", 2, "cannot be used with"),
        ("drill observe x --objective fly", 1, "this exercise has no objective \"fly\""),
        ("drill rate fly S --why x", 1, "this exercise has no objective \"fly\""),
        ("drill rate reach A --why x", 2, "invalid value 'A'"),
        ("drill resume", 1, "the exercise's clock runs so already"),
        ("drill broken", 3, "playbooks/broken.yaml is not a valid playbook"),
        (
            "drill every-form --scenario bad",
            3,
            "playbooks/exercises/bad.yaml is not a valid exercise",
        ),
        (
            "drill every-form --scenario other",
            2,
            "other is an exercise for email-outage, not for every-form",
        ),
        ("drill every-form --scenario nothing", 2, "every-form has no exercise \"nothing\""),
        ("drill nothing", 2, "there is no playbook \"nothing\""),
        ("drill", 2, "required"),
    ] {
        let verb = line.split(' ').nth(1).unwrap_or_default();
        let by = if FACILITATES.contains(&verb) { " --by \"Faye Roth\"" } else { "" };
        let ran = sandbox.run(&format!("{line}{by}"));
        assert_eq!(ran.code, Some(code), "{line}: {ran:?}");
        assert!(ran.err.contains(said), "{line}: {}", ran.err);
        assert_eq!(ran.out, "", "{line}");
        assert_eq!(sandbox.everything(), before, "{line}");
    }
}

#[test]
fn a_player_neither_facilitates_nor_rates_nor_sees_the_list() {
    let sandbox = drilling();
    sandbox.ok("done confirm --by \"Cleo Marsh\"");
    let before = sandbox.everything();
    for player in ["Ana Diaz", "Cleo Marsh"] {
        for line in [
            "injects",
            "deliver",
            "skip first --reason x",
            "add --text x",
            "observe x",
            "rate reach P --why x",
            "pause",
            "jump +5m",
        ] {
            let ran = sandbox.run(&format!("drill {line} --by \"{player}\""));
            assert_eq!(ran.code, Some(1), "{player}: {line}: {ran:?}");
            let said = format!("{player} plays in this exercise, so cannot facilitate or rate it");
            assert!(ran.err.contains(&said), "{line}: {}", ran.err);
            assert!(ran.err.contains("--by \"Faye Roth\""), "{line}: {}", ran.err);
            assert_eq!(ran.out, "", "{line}");
        }
    }
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn scenarios_are_listed_and_linted() {
    let sandbox = Sandbox::new().at_midday();
    sandbox.write("playbooks/exercises/every-form-45.yaml", EXERCISE);
    sandbox.write(
        "playbooks/exercises/bad.yaml",
        EXERCISE.replace("to: lead", "to: leed").replace("every-form-45", "bad"),
    );
    assert_data_eq!(
        shown(&sandbox, "drill list every-form"),
        str![[r#"
EXERCISE       PLAYBOOK    TYPE      TITLE
bad            every-form  tabletop  unusable: runbook drill lint says why
every-form-45  every-form  tabletop  The mail is quiet

One of them: runbook drill PLAYBOOK --scenario EXERCISE
--- exit 0
"#]]
    );
    let list = sandbox.json("drill list every-form");
    assert_eq!(list["exercises"][0]["usable"], false);
    assert_data_eq!(
        shown(
            &sandbox,
            "drill lint playbooks/exercises/bad.yaml playbooks/exercises/every-form-45.yaml"
        ),
        str![[r#"
playbooks/exercises/bad.yaml: invalid, 1 finding
playbooks/exercises/every-form-45.yaml: ok, nothing to report
--- stderr
error: the playbook has no role "leed"
  --> playbooks/exercises/bad.yaml:14:63
   |
14 |   - {id: first, at: 0m, from: Front counter, mode: phone, to: leed, text: The mail does not come., expect: [confirm], objective: reach}
   |                                                               ^^^^
   |
   = help: did you mean "lead"?
--- exit 3
"#]]
    );
    assert_eq!(sandbox.json("drill lint playbooks/exercises/every-form-45.yaml")["ok"], true);
    // By the name that the list shows, too.
    assert!(sandbox.ok("drill lint every-form-45").starts_with("every-form-45: ok"));
    let ran = sandbox.run("drill lint nowhere");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("there is no exercise \"nowhere\""), "{}", ran.err);
    let all = sandbox.json("drill list");
    assert!(all["exercises"].as_array().unwrap().len() > 3);
}

#[test]
fn an_exercise_that_a_playbook_holds_itself_can_be_run() {
    let sandbox = Sandbox::new().at_midday();
    sandbox.write("playbooks/every-key.yaml", include_str!("fixtures/every-key.yaml"));
    assert_data_eq!(
        shown(&sandbox, "drill list every-key"),
        str![[r#"
EXERCISE  PLAYBOOK   TYPE      TITLE
drill     every-key  tabletop  A drill

One of them: runbook drill PLAYBOOK --scenario EXERCISE
--- exit 0
"#]]
    );
    let started = sandbox.json("drill every-key --step");
    assert_eq!((&started["exercise"], &started["type"]), (&"drill".into(), &"tabletop".into()));
    let injects = sandbox.json("drill injects --by \"Ana Diaz\"");
    assert_eq!(injects["injects"][0]["text"], "It is down.");
    let id = sandbox.incident();
    assert!(!sandbox.home().join("exercises").join(&id).join("exercise.yaml").exists());
    assert!(sandbox.ok("verify").contains("verifies"));
}

#[test]
fn several_scenarios_are_not_guessed_and_none_is_a_choice() {
    let sandbox = Sandbox::new().at_midday();
    sandbox.write("playbooks/exercises/one.yaml", EXERCISE.replace("every-form-45", "one"));
    sandbox.write("playbooks/exercises/two.yaml", EXERCISE.replace("every-form-45", "two"));
    assert_data_eq!(
        shown(&sandbox, "drill every-form"),
        str![[r#"
--- stderr
error: every-form has 2 exercises
  → --scenario one: The mail is quiet
  → --scenario two: The mail is quiet
  → --scenario none: without injects
--- exit 2
"#]]
    );
    assert_eq!(sandbox.json("incidents")["incidents"].as_array().unwrap().len(), 0);
    let plain = sandbox.json("drill every-form --scenario none");
    assert_eq!((&plain["exercise"], &plain["type"]), (&serde_json::Value::Null, &"drill".into()));
    assert_eq!(
        sandbox.json("drill injects --by \"Ana Diaz\"")["injects"].as_array().unwrap().len(),
        0
    );
}

#[test]
fn the_pinned_definition_is_held_against_the_log() {
    let sandbox = drilling();
    let id = sandbox.incident();
    let file = sandbox.home().join("exercises").join(&id).join("exercise.yaml");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), EXERCISE);
    let original = std::fs::read(&file).unwrap();
    std::fs::write(&file, EXERCISE.replace("at: 10m", "at: 11m")).unwrap();
    assert_data_eq!(
        shown(&sandbox, "verify"),
        str![[r#"
EXERCISE wWWW (this install): 4 records, head HHHH-HHHH
EXERCISE PROBLEM: exercise.yaml: it is not the exercise that the log names
EXERCISE x-every-form-YYYYMMDD-RRRR does NOT verify
--- exit 4
"#]]
    );
    let ran = sandbox.run("drill injects --by \"Faye Roth\"");
    assert_eq!(ran.code, Some(4), "{ran:?}");
    // A player's copy need not hold it.
    std::fs::remove_file(&file).unwrap();
    assert_data_eq!(
        shown(&sandbox, "verify"),
        str![[r#"
EXERCISE wWWW (this install): 4 records, head HHHH-HHHH
EXERCISE note: exercise.yaml: the exercise's definition is not here; it lies where the exercise was started
EXERCISE x-every-form-YYYYMMDD-RRRR verifies (no checkpoint was given: a cut tail or a full rewrite cannot be seen)
runbook-checkpoint 1 x-every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 4 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
--- exit 0
"#]]
    );
    assert_eq!(sandbox.run("done confirm --by \"Ana Diaz\"").code, Some(0));
    assert_eq!(sandbox.run("drill deliver --by \"Faye Roth\"").code, Some(4));
    std::fs::write(&file, original).unwrap();
    assert_eq!(sandbox.run("drill deliver --by \"Faye Roth\"").code, Some(0));
}

#[test]
fn a_repeated_command_with_a_key_adds_nothing() {
    let sandbox = drilling();
    for line in [
        "deliver first --id k1",
        "hold 2 --id k2",
        "skip 3 --reason x --id k3",
        "add --text x --name mine --id k4",
        "observe x --id k5",
        "rate reach P --why x --id k6",
        "pause --id k7",
        "resume --id k8",
        "speed 5 --id k9",
        "jump +5m --id k10",
        "add --text y --id k11",
        "add --text z --due +10m --id k12",
        "end --reason x --id k13",
    ] {
        let line = format!("drill {line} --by \"Faye Roth\" --incident x-every-form");
        sandbox.ok(&line);
        let count = |sandbox: &Sandbox| {
            sandbox.json("log x-every-form")["entries"].as_array().unwrap().len()
        };
        let before = count(&sandbox);
        let again = sandbox.json(&line);
        assert_eq!(again["already_recorded"], true, "{line}: {again}");
        assert_eq!(count(&sandbox), before, "{line}");
    }
}

#[test]
fn what_a_check_finds_is_for_whoever_makes_it() {
    let sandbox = drilling();
    let secret = "nothing answers";
    for line in ["deliver first", "jump +10m"] {
        faye(&sandbox, line);
    }
    // The facilitator sees it.
    assert!(faye(&sandbox, "injects page").contains(secret));
    assert!(faye(&sandbox, "deliver page").contains(secret));
    let read = |verb: &str| {
        let (verb, flag) = verb.split_once(' ').unwrap_or((verb, ""));
        sandbox.ok(&format!("{verb} x-every-form {flag}"))
    };
    for verb in ["status", "log", "report", "status --json", "log --json", "report --json"] {
        assert!(!read(verb).contains(secret), "{verb}");
    }
    let told = shown(&sandbox, "note x --by \"Ben Ito\"");
    assert!(told.contains("The page is green") && !told.contains(secret), "{told}");
    // Whoever looks finds it, at the step that looks and nowhere else.
    assert!(!shown(&sandbox, "begin confirm --by \"Ana Diaz\"").contains(secret));
    let looks = shown(&sandbox, "begin test-mail --by \"Ana Diaz\"");
    assert!(looks.contains("Whoever looks finds: nothing answers"), "{looks}");
    faye(&sandbox, "end");
    for verb in ["log", "report --json"] {
        assert!(read(verb).contains(secret), "{verb}");
    }
}

#[test]
fn what_is_said_afterwards_stands_at_the_hour_at_which_it_was_said() {
    let sandbox = drilling();
    // The exercise is three days ahead of everybody's calendar.
    for line in
        ["jump +72h", "end", "observe \"They called\"", "rate reach P --why \"They called\""]
    {
        let line = format!("drill {line} --by \"Faye Roth\" --incident x-every-form");
        sandbox.ok(&line);
    }
    sandbox.ok("note \"A good day\" --by \"Ben Ito\" --incident x-every-form");
    let log = sandbox.json("log x-every-form");
    let entries = log["entries"].as_array().unwrap();
    let after = entries.iter().skip_while(|entry| entry["kind"] != "incident_closed");
    let after: Vec<_> = after.skip(1).collect();
    assert_eq!(after.len(), 3);
    for entry in after {
        // What stands here only where the exercise has an hour of its own.
        assert!(entry["real_at"].is_null(), "{entry}");
    }
    for entry in entries.iter().take_while(|entry| entry["kind"] != "incident_closed") {
        assert!(!entry["real_at"].is_null(), "{entry}");
    }
}

#[test]
fn one_instant_of_an_exercise_is_one_hour_on_every_page() {
    let sandbox = drilling().in_zone("EST5EDT,M3.2.0,M11.1.0");
    let mut offsets = std::collections::BTreeSet::new();
    // Whatever day it is, daylight saving begins or ends within these weeks.
    for _ in 0..36 {
        sandbox.ok("drill jump +7d --by \"Faye Roth\"");
        let list = sandbox.json("drill injects --by \"Faye Roth\"");
        sandbox.ok("note x --by \"Ben Ito\"");
        let log = sandbox.json("log x-every-form");
        let noted = log["entries"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(noted["occurred_at"], list["now"]);
        offsets.insert(list["now"].as_str().unwrap()[19..].to_owned());
    }
    assert_eq!(offsets.len(), 2, "{offsets:?}");
}

#[test]
fn whoever_plays_where_the_exercise_went_on_plays_here() {
    let sandbox = drilling();
    let other = crate::support::sandbox::EVERY_FORM.replace("id: every-form", "id: other-form");
    sandbox.write("playbooks/other-form.yaml", other);
    let root = sandbox.json("status latest-exercise")["incident"].as_str().unwrap().to_owned();
    let linked = "escalate other-form --reason \"It spreads\" --by \"Ana Diaz\"";
    let linked = sandbox.json(&format!("{linked} --incident {root}"))["opened"].clone();
    let linked = linked.as_str().unwrap();
    sandbox.ok(&format!("assign lead \"Lina Roy\" --incident {linked} --by \"Ana Diaz\""));
    for verb in ["injects", "rate reach P --why \"I was great\"", "deliver first"] {
        let line = format!("drill {verb} --by \"Lina Roy\" --incident {root}");
        let refused = sandbox.run(&line);
        assert_eq!(refused.code, Some(1), "{line}: {refused:?}");
        assert!(refused.err.contains("Lina Roy plays in this exercise"), "{refused:?}");
    }
    for name in ["Faye Roth", "Eva Lund"] {
        sandbox.ok(&format!("drill observe calm --by \"{name}\" --incident {root}"));
    }
}

#[test]
fn what_was_done_before_an_inject_did_not_follow_it() {
    let sandbox = drilling();
    sandbox.ok("done confirm --by \"Ana Diaz\"");
    faye(&sandbox, "jump +5m");
    faye(&sandbox, "deliver first");
    faye(&sandbox, "end");
    let report = sandbox.json("report x-every-form");
    let expected = &report["inject_outcomes"][0]["expected"][0];
    assert_eq!(expected["what"], "confirm");
    assert_eq!(expected["happened_before"], true, "{report}");
    let said = sandbox.ok("report x-every-form --format aar-markdown --outline cms");
    assert!(said.contains("confirm: had happened before, "), "{said}");
}

/// The program without `$RUNBOOK_BY`, at the OS user's own hand.
fn as_os_user(sandbox: &Sandbox, user: &str, line: &str) -> (Option<i32>, String) {
    let mut command = sandbox.command(&crate::support::sandbox::split(line));
    let output = command.env_remove("RUNBOOK_BY").env("USER", user).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn nobody_acts_in_the_facilitators_name_without_saying_so() {
    let sandbox = drilling();
    // A player at a terminal of her own, where nothing says who sits there but the machine.
    let before = sandbox.everything();
    for line in [
        "injects",
        "deliver",
        "rate reach P --why \"I was great\"",
        "observe calm",
        "hold 2",
        "pause",
    ] {
        let (code, said) = as_os_user(&sandbox, "ana diaz", &format!("drill {line}"));
        assert_eq!(code, Some(1), "{line}: {said}");
        assert!(said.contains("plays in this exercise"), "{line}: {said}");
    }
    assert_eq!(sandbox.everything(), before);
    // Whoever does not play acts under their own name.
    for line in ["deliver", "rate reach P --why x", "observe calm", "pause", "interrupt"] {
        let (code, said) = as_os_user(&sandbox, "otto", &format!("drill {line}"));
        assert_eq!(code, Some(0), "{line}: {said}");
        assert!(said.contains("by otto: "), "{line}: {said}");
    }
    let log = sandbox.json("log latest-exercise");
    let by_faye = log["entries"].as_array().unwrap().iter().filter(|one| one["by"] == "Faye Roth");
    assert_eq!(by_faye.count(), 4, "only what started it");
}

#[test]
fn one_rule_says_who_plays() {
    let sandbox = drilling();
    // A facilitator who holds a role, typed in another way.
    sandbox.ok("assign tech \"faye roth\" --by \"Ana Diaz\"");
    sandbox.ok("drill injects --by \"faye roth\"");
    sandbox.ok("drill deliver --by \"faye roth\"");
    assert_eq!(sandbox.run("drill injects --by \"ana diaz\"").code, Some(1));
}

#[test]
fn json_is_one_object_however_many_are_due() {
    let sandbox = drilling();
    sandbox.ok("drill jump +25m --by \"Faye Roth\"");
    let all = sandbox.json("drill deliver --by \"Faye Roth\"");
    assert_eq!(all["injects"], serde_json::json!(["first", "page", "nudge"]));
    assert_eq!(all["records"].as_array().unwrap().len(), 3);
    assert_eq!((&all["format"], &all["mode"]), (&1.into(), &"exercise".into()));
    assert!(all["next_at"].is_string(), "{all}");
    let none = sandbox.json("drill deliver --by \"Faye Roth\"");
    assert_eq!(none["injects"], serde_json::json!([]));
    assert_eq!(none["records"], serde_json::json!([]));
    let again = sandbox.json("drill deliver first --by \"Faye Roth\"");
    assert_eq!(again["already_recorded"], true);
}

#[test]
fn names_in_a_judgement_are_pointed_out() {
    let sandbox = drilling();
    for line in ["rate reach U --why \"Ana failed\"", "observe \"Ana failed\""] {
        let said = faye(&sandbox, line);
        assert!(said.contains("Note: it names Ana Diaz"), "{said}");
    }
    assert!(!faye(&sandbox, "observe \"The lead called late\"").contains("Note:"));
    let place = |of: &str| sandbox.ok(&format!("hotwash --set {of}=\"Ask Ana Diaz\""));
    assert!(place("conclusion").contains("Note: it names Ana Diaz"));
    assert!(!place("contact").contains("Note:"));
}
