//! Something real in the middle of an exercise: what to say and what to type comes first, whatever is
//! wrong with the exercise; and a real incident beside an open exercise can be worked on at once.

use std::fs;

use snapbox::{assert_data_eq, str};

use crate::drill::drilling;
use crate::support::Sandbox;
use crate::support::redact::redact_screen;
use crate::support::sandbox::{EVERY_FORM, Ran};
use crate::support::terminal::Terminal;

/// The first two lines of whatever `drill interrupt` answers.
const REAL: &str = "THIS IS REAL NOW. Tell everybody: \"The exercise is over. This is no exercise.\"\n\
                    Then the Incident Lead, and nobody else, types:\n";

/// An exercise that has gone on with another playbook; gives the name of the second part.
pub(crate) fn gone_on() -> (Sandbox, String) {
    let sandbox = drilling();
    let other = EVERY_FORM.replace("id: every-form", "id: other-form");
    sandbox.write("playbooks/other-form.yaml", other);
    let escalated = sandbox.json("escalate other-form --reason \"It spreads\" --by \"Ana Diaz\"");
    let opened = escalated["opened"].as_str().unwrap().to_owned();
    (sandbox, opened)
}

/// Damages the pinned playbook of an exercise.
fn damage(sandbox: &Sandbox, id: &str) {
    fs::write(sandbox.home().join("exercises").join(id).join("playbook.yaml"), "broken: [")
        .unwrap();
}

/// The command that the message says to type.
#[track_caller]
fn next(ran: &Ran) -> String {
    let rest = ran.err.strip_prefix(REAL).unwrap_or_else(|| panic!("{ran:?}"));
    let command = rest.lines().next().unwrap().strip_prefix("  runbook ").unwrap();
    command.to_owned()
}

/// Ids of what is open.
fn open(sandbox: &Sandbox) -> Vec<String> {
    let list = sandbox.json("incidents");
    let all = list["incidents"].as_array().unwrap().iter();
    let open = all.filter(|one| one["ended"] == false);
    open.map(|one| one["incident"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_damaged_part_of_the_exercise_does_not_hide_what_to_say() {
    let (sandbox, opened) = gone_on();
    damage(&sandbox, &opened);
    let ran = sandbox.run("drill interrupt --reason \"phones really down\" --by \"Faye Roth\"");
    assert_eq!(next(&ran), "start every-form");
    assert_eq!(open(&sandbox), std::slice::from_ref(&opened), "the rest is over");
    assert!(ran.out.contains("phones really down"), "{ran:?}");
    assert!(ran.err.contains(&format!("Note: {opened} is NOT ended: ")), "{ran:?}");
    assert_eq!(ran.code, Some(4));
    sandbox.ok(&format!("{} --no-walk", next(&ran)));
}

#[test]
fn a_damaged_exercise_does_not_hide_it_either() {
    let sandbox = drilling();
    let id = sandbox.incident();
    damage(&sandbox, &id);
    let ran = sandbox.run("drill interrupt --reason x");
    assert_eq!((next(&ran).as_str(), ran.code), ("start every-form", Some(4)), "{ran:?}");
    // Nor does one of which nothing at all can be read.
    let journal = sandbox.home().join("exercises").join(&id).join("journal");
    fs::remove_dir_all(&journal).unwrap();
    fs::write(&journal, "no folder").unwrap();
    let ran = sandbox.run("drill interrupt");
    assert_eq!(next(&ran), "start email-outage");
    assert!(ran.err.contains(&format!("{id} is NOT ended")), "{ran:?}");
    assert_ne!(ran.code, Some(0));
    // Nor a home in which nothing can be found.
    fs::remove_dir_all(sandbox.home().join("exercises")).unwrap();
    fs::write(sandbox.home().join("exercises"), "no folder").unwrap();
    let ran = sandbox.run("drill interrupt --reason x");
    assert_eq!(next(&ran), "start email-outage");
    assert_ne!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn without_an_exercise_it_says_what_to_type_all_the_same() {
    let sandbox = Sandbox::bare();
    let ran = sandbox.run("drill interrupt");
    assert_data_eq!(
        ran.shown(),
        str![[r#"
--- stderr
THIS IS REAL NOW. Tell everybody: "The exercise is over. This is no exercise."
Then the Incident Lead, and nobody else, types:
  runbook start email-outage
Is it something else that is down? runbook list shows all playbooks.
Note: no exercise is open: nothing was recorded
NOW, FOR REAL: runbook start email-outage
--- exit 0
"#]]
    );
    sandbox.ok(&format!("{} --no-walk", next(&ran)));
    // The outage is open for real: then that is where to go on.
    let id = sandbox.incident();
    assert_eq!(next(&sandbox.run("drill interrupt")), format!("walk {id}"));
}

#[test]
fn an_exercise_that_has_ended_hides_nothing() {
    let sandbox = drilling();
    sandbox.ok("drill end --by \"Faye Roth\"");
    for line in ["drill interrupt", "drill interrupt --incident latest-exercise --reason x"] {
        let ran = sandbox.run(line);
        assert_eq!((next(&ran).as_str(), ran.code), ("start every-form", Some(0)), "{ran:?}");
        assert!(ran.err.contains("nothing was"), "{ran:?}");
        assert_eq!(ran.out, "", "{line}");
    }
}

#[test]
fn every_exercise_that_is_open_ends() {
    let (sandbox, _) = gone_on();
    sandbox.ok("drill email-outage --scenario email-outage-45 --facilitator \"Faye Roth\" --step");
    assert_eq!(open(&sandbox).len(), 3);
    let ran = sandbox.run("drill interrupt --reason Fire --by \"Faye Roth\"");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let (first, rest) = ran.err.strip_prefix(REAL).unwrap().split_once('\n').unwrap();
    let second = rest.lines().next().unwrap();
    let mut next = [first, second];
    next.sort_unstable();
    assert_eq!(next, ["  runbook start email-outage", "  runbook start every-form"]);
    assert_eq!(ran.out.matches("because something real happened: Fire").count(), 3, "{ran:?}");
    assert_eq!(open(&sandbox), [""; 0]);
}

#[test]
fn a_named_exercise_ends_alone_and_the_others_are_named() {
    let (sandbox, opened) = gone_on();
    let other =
        sandbox.json("drill email-outage --scenario email-outage-45 --facilitator Faye --step");
    let other = other["incident"].as_str().unwrap();
    let ran = sandbox.run("drill interrupt --incident x-every-form");
    assert_eq!((next(&ran).as_str(), ran.code), ("start every-form", Some(0)), "{ran:?}");
    assert!(!open(&sandbox).contains(&opened), "what grew out of it ends with it");
    assert_eq!(open(&sandbox), [other]);
    assert!(ran.err.contains(&format!("{other} is an open exercise too")), "{ran:?}");
}

#[test]
fn what_cannot_be_recorded_is_left_out_and_the_exercise_ends() {
    for (line, said) in [
        ("drill interrupt", ""),
        (
            "drill interrupt --reason \"Jane Roe, born 1950-03-04, MRN 123456\"",
            "the reason is not recorded",
        ),
        ("drill interrupt --reason \"\"", "the reason cannot be recorded"),
        ("drill interrupt --reason x --role leed", "no role \"leed\""),
        ("drill interrupt --reason x --at yesterdey", "yesterdey"),
    ] {
        let sandbox = drilling();
        let ran = sandbox.run(line);
        assert_eq!((next(&ran).as_str(), ran.code), ("start every-form", Some(0)), "{ran:?}");
        assert!(ran.err.contains(said), "{line}: {ran:?}");
        assert!(!sandbox.ok("log latest-exercise").contains("Jane"), "{line}");
        assert_eq!(sandbox.json("status latest-exercise")["state"], "closed", "{line}");
        assert_eq!(sandbox.run("verify latest-exercise").code, Some(0));
    }
    // A name that nobody has is an error, after what matters.
    let sandbox = drilling();
    let ran = sandbox.run("drill interrupt --incident nonsense");
    assert_eq!((next(&ran).as_str(), ran.code), ("start every-form", Some(2)), "{ran:?}");
    assert!(ran.err.contains("runbook drill interrupt ends all of them"), "{ran:?}");
    assert_eq!(open(&sandbox).len(), 1);
}

#[test]
fn however_it_is_typed_the_words_come_first() {
    let sandbox = drilling();
    for line in ["drill interrupt --resaon x", "drill interrupt --by", "drill interrupt --reason"] {
        let ran = sandbox.run(line);
        assert_eq!((next(&ran).as_str(), ran.code), ("start every-form", Some(2)), "{ran:?}");
        assert!(
            ran.err.contains("The exercise is NOT ended yet: runbook drill interrupt"),
            "{ran:?}"
        );
        assert_eq!(open(&sandbox).len(), 1);
    }
    assert!(!sandbox.ok("drill interrupt --help").contains("THIS IS REAL NOW"));
    let ran = sandbox.run("drill interrupt the phones really are down");
    assert_eq!((next(&ran).as_str(), ran.code), ("start every-form", Some(0)), "{ran:?}");
    assert!(ran.out.contains("something real happened: the phones really are down"), "{ran:?}");
}

#[test]
fn json_is_one_object_and_the_words_come_all_the_same() {
    let (sandbox, opened) = gone_on();
    damage(&sandbox, &opened);
    let ran = sandbox.run("drill interrupt --reason x --json");
    assert_eq!(next(&ran), "start every-form");
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&answer["format"], &answer["mode"]), (&1.into(), &"exercise".into()));
    assert_eq!(answer["next"], serde_json::json!(["runbook start every-form"]));
    assert_eq!(answer["ended"].as_array().unwrap().len(), 1);
    assert_eq!(answer["not_ended"][0]["incident"], opened.as_str());
}

#[test]
fn the_facilitators_key_says_it_whatever_is_damaged() {
    let (sandbox, opened) = gone_on();
    let mut faye = Terminal::run(&sandbox, "drill resume --by \"Faye Roth\"");
    faye.wait_for_prompt_after("REAL OUTAGE");
    damage(&sandbox, &opened);
    faye.answer("i");
    faye.wait_for_prompt_after("What has REALLY happened?");
    faye.answer("phones really down");
    faye.wait_for(&format!("{opened} is NOT ended"));
    // It is more than a screen holds: the beginning may have scrolled away.
    let said = faye.said();
    let (before, after) = said.split_once("THIS IS REAL NOW").unwrap();
    assert!(!before.contains("Saved") && after.contains("runbook start every-form"), "{said}");
    assert!(!faye.ended().success());
    assert_eq!(open(&sandbox), [opened]);
}

#[test]
fn whoever_is_at_a_screen_reads_that_it_is_real() {
    let sandbox = drilling();
    let id = sandbox.incident();
    let mut ana = Terminal::run(&sandbox, &format!("walk {id} --by \"Ana Diaz\""));
    ana.wait_for_prompt_after("NOW  ");
    let mut faye = Terminal::run(&sandbox, "drill resume --by \"Faye Roth\"");
    faye.wait_for_prompt_after("REAL OUTAGE");
    sandbox.ok("drill interrupt --reason \"The roof burns\"");
    for screen in [&mut ana, &mut faye] {
        screen.answer("");
        let shown = screen.wait_for("runbook start every-form");
        assert!(shown.contains("THIS IS REAL NOW"), "{shown}");
        screen.ended();
    }
    // Weeks later it is history.
    let mut late = Terminal::run(&sandbox, &format!("walk {id}"));
    let shown = late.wait_for("has ended");
    assert!(!shown.contains("THIS IS REAL NOW"), "{shown}");
}

#[test]
fn at_a_screen_it_leads_to_what_is_open_for_real() {
    let (sandbox, opened) = gone_on();
    let root = open(&sandbox).into_iter().find(|id| *id != opened).unwrap();
    let mut ana = Terminal::run(&sandbox, &format!("walk {opened} --by \"Ana Diaz\""));
    ana.wait_for_prompt_after("NOW  ");
    let mut ben = Terminal::run(&sandbox, &format!("walk {root} --by \"Ben Ito\""));
    ben.wait_for_prompt_after("NOW  ");
    sandbox.ok("drill interrupt --reason \"The roof burns\" --by \"Faye Roth\"");
    // Whoever is in what grew out of it starts the playbook that was practised first.
    ana.answer("");
    let shown = ana.wait_for("something else that is down");
    assert!(shown.contains("  runbook start every-form\n"), "{shown}");
    ana.ended();
    // Nobody starts a second live incident beside the one that is open.
    sandbox.ok("start every-form --no-walk");
    let live = sandbox.json("status latest")["incident"].as_str().unwrap().to_owned();
    ben.answer("");
    let shown = ben.wait_for("something else that is down");
    let (_, real) = shown.split_once("THIS IS REAL NOW").unwrap();
    assert!(real.contains(&format!("  runbook walk {live}\n")), "{shown}");
    assert!(!real.contains("runbook start"), "{shown}");
    ben.ended();
}

/// Runs every command that `start` says to type.
#[track_caller]
fn try_all(sandbox: &Sandbox, said: &str) {
    let lines = said.lines().filter_map(|line| line.trim().strip_prefix("runbook "));
    for line in lines {
        let command = line.split("  ").next().unwrap().replace("STEP", "confirm");
        let ran = sandbox.run(&command);
        // A walk needs a terminal.
        let fine = if command.starts_with("walk") { Some(7) } else { Some(0) };
        assert_eq!(ran.code, fine, "{command}: {ran:?}");
    }
}

#[test]
fn started_for_real_beside_an_exercise_everything_printed_works() {
    let sandbox = drilling();
    let exercise = sandbox.incident();
    let ran = sandbox.run("start every-form --no-walk --by \"Ana Diaz\"");
    assert_data_eq!(
        redact_screen(&ran.shown()),
        str![[r#"
Started every-form-YYYYMMDD-RRRR: T+0 is HH:MM.
Next:
  runbook status every-form-YYYYMMDD-RRRR
      what is due now, and by whom
  runbook done STEP --incident every-form-YYYYMMDD-RRRR
      record a step as done
  runbook walk every-form-YYYYMMDD-RRRR
      be walked through it at a terminal
--- stderr
Note: the exercise x-every-form-YYYYMMDD-RRRR still runs.
Its players must hear that this is real, and what ends it:
  runbook drill interrupt
--- exit 0
"#]]
    );
    try_all(&sandbox, &ran.out);
    let live = sandbox.json("status latest")["incident"].as_str().unwrap().to_owned();
    // Bare verbs mean what was started for real meanwhile, and say so.
    for line in
        ["status", "log", "report", "verify", "done confirm --paper", "note Hello", "contacts"]
    {
        let ran = sandbox.run(&format!("{line} --json"));
        assert!(matches!(ran.code, Some(0 | 1)), "{line}: {ran:?}");
        assert!(!ran.out.contains(&exercise), "{line}: {ran:?}");
        if line != "contacts" {
            let note = format!("Note: this is about {live}, which is LIVE");
            assert!(ran.err.starts_with(&note), "{line}: {ran:?}");
            assert_eq!(ran.err.matches("Note: this is about").count(), 1, "{line}");
        }
    }
    assert_eq!(
        sandbox.json("start every-form --no-walk")["open_exercises"],
        serde_json::json!([exercise])
    );
}

#[test]
fn the_facilitators_verbs_still_mean_the_exercise() {
    let sandbox = drilling();
    sandbox.ok("start every-form --no-walk");
    for line in ["injects", "deliver", "jump", "observe calm", "interrupt"] {
        let ran = sandbox.run(&format!("drill {line} --by \"Faye Roth\" --json"));
        assert_eq!(ran.code, Some(0), "{line}: {ran:?}");
        assert!(ran.out.contains("\"exercise\""), "{line}: {ran:?}");
        assert!(!ran.err.contains("this is about"), "{line}: {ran:?}");
    }
}

#[test]
fn an_exercise_that_begins_beside_a_live_incident_is_nobodys_guess() {
    let sandbox = drilling();
    sandbox.ok("drill end --by \"Faye Roth\"");
    sandbox.ok("start every-form --no-walk");
    sandbox.ok("drill every-form --facilitator \"Faye Roth\" --step --assign \"lead=Ana Diaz\"");
    // Its players must not write into the live log, nor anybody else into theirs.
    let before = sandbox.everything();
    for line in ["done confirm", "note Hello", "status", "mark declared"] {
        let ran = sandbox.run(
            &format!("{line} --by \"Ana Diaz\"").replace("status --by \"Ana Diaz\"", "status"),
        );
        assert_eq!(ran.code, Some(2), "{line}: {ran:?}");
        assert!(ran.err.contains("2 incidents are open: say which"), "{line}: {ran:?}");
    }
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn at_a_terminal_the_real_one_comes_up_and_names_the_exercise() {
    let sandbox = drilling();
    let exercise = sandbox.incident();
    let mut ana = Terminal::run(&sandbox, "start every-form --by \"Ana Diaz\"");
    ana.wait_for_prompt_after("are you the Lead?");
    ana.answer("");
    let shown = ana.wait_for_prompt_after("NOW  ");
    assert!(ana.said().contains(&format!("the exercise {exercise} still runs")), "{shown}");
    ana.answer("q");
    ana.ended();
    let mut ana = Terminal::run(&sandbox, "walk --by \"Ana Diaz\"");
    ana.wait_for_prompt_after("NOW  ");
    assert!(ana.said().contains("An exercise is open too: "), "{}", ana.said());
}
