//! An exercise that has gone on with another playbook is still one exercise: one facilitator's seat, one
//! clock, one list of what the players are told, and one end. Whichever part of it is named.

use serde_json::Value;

use crate::drill_real::gone_on;
use crate::support::Sandbox;
use crate::support::terminal::Terminal;

/// What a status says of its exercise.
fn exercise(sandbox: &Sandbox, of: &str) -> Value {
    sandbox.json(&format!("status {of}"))["exercise"].clone()
}

/// Types an answer, and waits for the question after it.
#[track_caller]
fn at(who: &mut Terminal, typed: &str, then: &str) -> String {
    who.answer(typed);
    who.wait_for_prompt_after(then)
}

#[test]
fn the_facilitator_has_one_seat_and_a_real_outage_ends_all_of_it() {
    let (sandbox, opened) = gone_on();
    // The part that players went on with is the latest exercise; the list lies with the first.
    for line in ["walk latest-exercise", "walk"] {
        let mut faye = Terminal::run(&sandbox, &format!("{line} --by \"Faye Roth\""));
        faye.wait_for_prompt_after("1 inject is DUE");
        faye.answer("q");
        assert!(faye.ended().success());
    }
    let mut faye = Terminal::run(&sandbox, &format!("walk {opened} --by \"Faye Roth\""));
    faye.wait_for_prompt_after("1 inject is DUE");
    at(&mut faye, "d", "Saved");
    at(&mut faye, "i", "What has REALLY happened?");
    faye.answer("The phones really are down");
    faye.wait_for("NOW, FOR REAL: runbook start every-form");
    assert!(faye.ended().success());
    for id in ["x-every-form", &opened] {
        assert_eq!(sandbox.json(&format!("status {id}"))["state"], "closed", "{id}");
        assert_eq!(exercise(&sandbox, id)["interrupted"], "The phones really are down", "{id}");
    }
}

#[test]
fn players_are_asked_which_playbook_they_go_on_with() {
    let (sandbox, opened) = gone_on();
    let mut ana = Terminal::run(&sandbox, "walk --by \"Ana Diaz\"");
    ana.wait_for_prompt_after("This exercise goes on with several playbooks. Which one?");
    at(&mut ana, "2", &opened);
}

#[test]
fn a_part_that_is_named_means_the_whole_clock_the_whole_list_and_the_end() {
    let (sandbox, opened) = gone_on();
    let faye = |line: &str| {
        sandbox.ok(&format!("drill {line} --by \"Faye Roth\" --incident latest-exercise"))
    };
    let began = exercise(&sandbox, "x-every-form")["clock"].clone();
    for line in ["jump +2h", "jump +10m", "pause", "speed 10x"] {
        let said = faye(line);
        assert!(said.contains(&format!("The same in {opened}.")), "{line}: {said}");
    }
    let (first, part) = (exercise(&sandbox, "x-every-form"), exercise(&sandbox, &opened));
    for same in ["clock", "speed", "paused"] {
        assert_eq!(first[same], part[same], "{same}");
    }
    assert!(first["paused"] == true && first["speed"] == 10 && first["clock"] != began, "{first}");
    assert!(faye("injects").contains("first      DUE"));
    faye("deliver first");
    faye("rate reach S --why \"late\"");
    let ended = faye("end");
    assert!(ended.contains(&format!("The same in {opened}.")), "{ended}");
    assert_eq!(sandbox.json("status x-every-form")["state"], "closed");
    // What is judged afterwards lies with the objectives.
    faye("observe \"Seen on the tape\"");
    let log = sandbox.ok("log x-every-form");
    assert!(log.contains("late") && log.contains("Seen on the tape"), "{log}");
}

#[test]
fn a_part_that_is_named_ends_with_the_whole_for_something_real() {
    let (sandbox, opened) = gone_on();
    let ran = sandbox.run(&format!("drill interrupt fire --incident {opened} --by \"Ana Diaz\""));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("NOW, FOR REAL: runbook start every-form"), "{ran:?}");
    for id in ["x-every-form", &opened] {
        assert_eq!(exercise(&sandbox, id)["interrupted"], "fire", "{id}");
    }
}

#[test]
fn where_only_a_part_is_open_the_facilitator_has_that_one() {
    let (sandbox, opened) = gone_on();
    let first = "--by \"Ana Diaz\" --incident x-every-form";
    sandbox.ok(&format!("mark declared {first}"));
    sandbox.ok(&format!("close --anyway --reason \"It goes on elsewhere\" {first}"));
    let said = sandbox.ok(&format!("drill jump +10m --by \"Faye Roth\" --incident {opened}"));
    assert!(said.contains("EXERCISE Saved"), "{said}");
    let mut faye = Terminal::run(&sandbox, &format!("walk {opened} --by \"Faye Roth\""));
    faye.wait_for_prompt_after("facilitator Faye Roth");
    sandbox.ok(&format!("drill end --by \"Faye Roth\" --incident {opened}"));
    assert_eq!(sandbox.json(&format!("status {opened}"))["state"], "closed");
}

/// What the players were told, by its name.
fn told(sandbox: &Sandbox, of: &str) -> Vec<String> {
    let exercise = exercise(sandbox, of);
    let injects = exercise["injects"].as_array().unwrap().iter();
    injects.map(|inject| inject["inject"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn whoever_plays_by_verbs_in_a_part_is_told_everything_once() {
    let (sandbox, opened) = gone_on();
    let ana = |line: &str| sandbox.ok(&format!("{line} --by \"Ana Diaz\" --incident {opened}"));
    assert!(!ana("note \"We look\"").contains("does not come"));
    sandbox.ok("drill deliver first --by \"Faye Roth\"");
    let said = ana("done confirm");
    assert!(said.contains("The mail does not come."), "{said}");
    assert!(!ana("note \"We look on\"").contains("does not come"), "told once");
    sandbox.ok("drill jump +10m --by \"Faye Roth\"");
    sandbox.ok("drill deliver page --by \"Faye Roth\"");
    let said = ana("note \"We still look\"");
    assert!(said.contains("The page is green.") && !said.contains("does not come"), "{said}");
    // Whoever comes later has been told nothing; whoever facilitates told it.
    let ben = format!("note Here --incident {opened}");
    let said = sandbox.ok(&ben);
    assert!(said.contains("does not come") && said.contains("The page is green."), "{said}");
    let faye = sandbox.ok(&format!("{ben} --by \"Faye Roth\""));
    assert!(!faye.contains("The page is green."), "{faye}");
    // A status shows it in both parts, and nothing of what is to come.
    assert_eq!(told(&sandbox, &opened), ["first", "page"]);
    assert_eq!(told(&sandbox, &opened), told(&sandbox, "x-every-form"));
    let shown = sandbox.ok(&format!("status {opened}"));
    assert!(shown.contains("The page is green.") && !shown.contains("nudge"), "{shown}");
}

#[test]
fn whoever_plays_in_a_part_judges_nothing_and_ends_nothing() {
    let (sandbox, opened) = gone_on();
    sandbox.ok(&format!("assign tech \"Lina Roy\" --incident {opened} --by \"Ana Diaz\""));
    sandbox.ok("drill rate reach S --why late --by \"Faye Roth\"");
    let log = sandbox.json("log x-every-form");
    let rating = log["entries"].as_array().unwrap().last().unwrap()["record"].clone();
    let rating = rating.as_str().unwrap();
    let withdraw = format!("correct {rating} --withdraw --note wrong --incident x-every-form");
    let before = sandbox.everything();
    for of in ["x-every-form", &opened] {
        for line in [
            format!("drill evaluate {of} --eeg text"),
            format!("drill injects --incident {of}"),
            withdraw.clone(),
        ] {
            let ran = sandbox.run(&format!("{line} --by \"Lina Roy\""));
            assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{line}: {ran:?}");
            assert!(ran.err.contains("Lina Roy plays in this exercise"), "{line}: {ran:?}");
        }
        // The end is the facilitator's, whether or not somebody plays.
        for name in ["Ana Diaz", "Lina Roy", "Eva Lund"] {
            let ran = sandbox.run(&format!("drill end --incident {of} --by \"{name}\""));
            assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{name}: {ran:?}");
            assert!(ran.err.contains("only Faye Roth does that"), "{name}: {ran:?}");
        }
    }
    assert!(sandbox.everything() == before, "something was written");
    let mut lina = Terminal::run(&sandbox, "drill evaluate --by \"Lina Roy\"");
    lina.wait_for_prompt_after("Who evaluates?");
    let shown = at(&mut lina, "", "Does somebody else evaluate?");
    assert!(shown.contains("Lina Roy plays in this exercise"), "{shown}");
    // Who does not play sees the guide of the whole, withdraws, and the facilitator ends it.
    let guide = sandbox.ok(&format!("drill evaluate {opened} --eeg text --by \"Eva Lund\""));
    assert!(guide.contains("late"), "{guide}");
    sandbox.ok(&format!("{withdraw} --by \"Eva Lund\""));
    sandbox.ok(&format!("drill end --incident {opened} --by \"faye roth\""));
    assert_eq!(sandbox.json("status x-every-form")["state"], "closed");
}
