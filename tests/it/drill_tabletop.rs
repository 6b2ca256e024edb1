//! A whole tabletop at terminals: a facilitator and two players, an inject that is only needed because
//! nobody acted, a pause, two crashes, and the end. And the same alone.

use crate::support::Sandbox;
use crate::support::terminal::Terminal;

/// Types a line and waits for what follows.
#[track_caller]
fn at(terminal: &mut Terminal, line: &str, then: &str) -> String {
    terminal.answer(line);
    terminal.wait_for_prompt_after(then)
}

/// The exercise that is open.
fn exercise(sandbox: &Sandbox) -> String {
    let list = sandbox.json("incidents");
    let all = list["incidents"].as_array().unwrap();
    assert_eq!(all.len(), 1, "{list}");
    all[0]["incident"].as_str().unwrap().to_owned()
}

/// Who recorded what, facts of the clock apart.
fn story(sandbox: &Sandbox) -> Vec<(String, String)> {
    let log = sandbox.json("log latest-exercise");
    let entries = log["entries"].as_array().unwrap().iter();
    let word =
        |entry: &serde_json::Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    let kept = entries.filter(|entry| entry["kind"] != "exercise_clock_set");
    kept.map(|entry| (word(entry, "by"), word(entry, "kind"))).collect()
}

const START: &str =
    "drill email-outage --scenario email-outage-45 --facilitator \"Faye Roth\" --step";

#[test]
fn a_tabletop_with_a_facilitator_and_two_players() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Faye Roth");
    let mut faye = Terminal::run(&sandbox, START);
    let shown = faye.wait_for_prompt_after("1 inject is DUE");
    assert!(shown.contains("EXERCISE") && shown.contains("Read this to the players"), "{shown}");
    let id = exercise(&sandbox);

    // Players come in: they read the scenario, and nothing of what is to come.
    let walk = |name: &str| format!("walk {id} --by \"{name}\"");
    let mut ana = Terminal::run(&sandbox, &walk("Ana Diaz"));
    let shown = ana.wait_for_prompt_after("Enter = go on");
    assert!(shown.contains("It is Friday, 09:40"), "{shown}");
    at(&mut ana, "", "NOW  I-01");
    let mut ben = Terminal::run(&sandbox, &walk("Ben Ito"));
    ben.wait_for_prompt_after("Enter = go on");
    at(&mut ben, "", "NOW  I-01");

    // The first inject shows at the next question, in each terminal.
    at(&mut faye, "d", "inject first-signs");
    for player in [&mut ana, &mut ben] {
        let shown = at(player, "", "EXERCISE INJECT");
        assert!(shown.contains("Nobody has had a reminder since we opened"), "{shown}");
    }
    at(&mut ana, "p", "Which role?");
    at(&mut ana, "1", "what happens?");
    at(&mut ana, "1", "Who?");
    at(&mut ana, "Ana Diaz", "Incident Lead: Ana Diaz (you)");

    // Nobody declares, so the contingency falls due.
    for inject in ["green-page", "private-mail", "not-declared"] {
        at(&mut faye, "j", "1 inject is DUE");
        at(&mut faye, "d", &format!("inject {inject}"));
    }
    let shown = at(&mut ana, "", "Do we, or not?");
    assert!(!shown.contains("short-supply"), "{shown}");
    at(&mut ana, "m", "Declare the outage");
    at(&mut ana, "y", "T+0:00");

    // A pause, a crash of the facilitator's terminal, and back.
    at(&mut faye, "p", "PAUSED");
    faye.kill();
    let mut faye = Terminal::run(&sandbox, "drill resume");
    let shown = faye.wait_for_prompt_after("You are back");
    assert!(!shown.contains("PAUSED"), "{shown}");
    at(&mut faye, "m", "told");
    at(&mut faye, "", "next ");

    // What was seen is noted, and no player reads it.
    at(&mut faye, "o", "What did you see?");
    at(&mut faye, "The lead waited for the owner to ask", "About which objective?");
    at(&mut faye, "1", "Saved");
    at(&mut faye, "j", "1 inject is DUE");
    at(&mut faye, "d", "inject short-supply");
    ben.kill();
    let mut ben = Terminal::run(&sandbox, &walk("Ben Ito"));
    ben.wait_for_prompt_after("Enter = next page");
    let shown = at(&mut ben, "", "P-0007");
    assert!(shown.contains("EXERCISE - not real - EXERCISE"), "{shown}");
    at(&mut ben, "", "NOW");
    let shown = at(&mut ben, "g", "an observation was noted");
    assert!(!ben.said().contains("waited for the owner"), "{shown}");
    at(&mut ben, "q", "NOW");
    at(&mut ben, "freeze-list", "NOW  I-19");
    at(&mut ben, "n", "Why does it not apply here?");
    at(&mut ben, "We have one from this morning", "Saved");

    // To the end: the service returns, and the facilitator ends it.
    at(&mut faye, "k 6", "Why?");
    at(&mut faye, "No time left", "Saved");
    at(&mut faye, "j", "1 inject is DUE");
    at(&mut faye, "d", "inject too-early");
    at(&mut ana, "", "From now on email works again");
    at(&mut ana, "", "NOW  I-01");
    at(&mut faye, "e", "Type END");
    faye.answer("END");
    let said = faye.wait_for("runbook actions close AAR@");
    let next = ["drill evaluate", "hotwash", "actions add TEXT", "report", "actions close AAR"];
    let places = next.map(|verb| said.find(&format!("runbook {verb}")));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {said}");
    assert!(faye.ended().success());
    ana.answer("");
    assert!(ana.ended().success());

    assert_eq!(sandbox.run("verify latest-exercise").code, Some(0));
    let told: Vec<(String, String)> = story(&sandbox);
    let count = |kind: &str| told.iter().filter(|(_, found)| found == kind).count();
    assert_eq!(count("inject_delivered"), 6);
    assert_eq!((count("inject_skipped"), count("observation_noted")), (1, 1));
    assert_eq!(count("incident_declared"), 1);
    assert!(told.iter().all(|(by, kind)| kind != "inject_delivered" || by == "Faye Roth"));
    // Declared 18 minutes after the first inject, by the exercise's clock, in a test of seconds.
    let status = sandbox.json("status latest-exercise");
    assert_eq!(status["exercise"]["injects"].as_array().unwrap().len(), 6);
    let log = sandbox.json("log latest-exercise");
    let minutes = |kind: &str| {
        let entry = log["entries"].as_array().unwrap().iter().find(|entry| entry["kind"] == kind);
        entry.unwrap()["t_plus_min"].as_f64().unwrap()
    };
    assert!((minutes("inject_delivered") + 18.0).abs() < 0.1, "{}", minutes("inject_delivered"));
    let report = sandbox.ok("report latest-exercise --format aar-markdown");
    assert!(
        report.contains("EXERCISE'S OWN: its clock was moved by hand, held in real"),
        "{report}"
    );
    // After the end everybody reads what was seen.
    assert!(sandbox.ok("log latest-exercise").contains("The lead waited for the owner to ask"));
}

#[test]
fn alone_the_walk_delivers_what_is_due_and_goes_on_after_a_crash() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Ana Diaz");
    let start = "drill email-outage --scenario email-outage-45 --solo --step";
    let mut ana = Terminal::run(&sandbox, start);
    ana.wait_for_prompt_after("Enter = go on");
    let shown = at(&mut ana, "", "NOW  I-01");
    assert!(shown.contains("Incident Lead: Ana Diaz (you)"), "{shown}");
    let said = ana.said().to_owned();
    assert!(said.contains("It is Friday, 09:40") && said.contains("EXERCISE INJECT"), "{said}");
    at(&mut ana, "y", "The exercise's clock");
    let shown = at(&mut ana, "1", "The page is all green");
    assert!(!shown.contains("private-mail"), "{shown}");
    ana.kill();
    let mut ana = Terminal::run(&sandbox, "drill resume");
    ana.wait_for_prompt_after("NOW  I-01");
    at(&mut ana, "y", "The exercise's clock");
    at(&mut ana, "1", "just this once?");
    at(&mut ana, "j", "Nobody has had a reminder");
    at(&mut ana, "q", "NOW  I-01");
    ana.answer("q");
    ana.wait_for("You left the walk");
    assert!(ana.ended().success());
    assert_eq!(sandbox.run("verify").code, Some(0));
}

#[test]
fn something_real_in_the_middle_is_one_key_away() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Faye Roth");
    let mut faye = Terminal::run(&sandbox, START);
    faye.wait_for_prompt_after("1 inject is DUE");
    at(&mut faye, "i", "What has REALLY happened?");
    faye.answer("The phones really are down");
    let shown = faye.wait_for("runbook start email-outage");
    assert!(shown.contains("THIS IS REAL NOW"), "{shown}");
    assert!(faye.ended().success());
    assert_eq!(sandbox.json("status latest-exercise")["state"], "closed");
}

#[test]
fn leaving_asks_whether_time_should_stand_still() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Faye Roth");
    let start = START.replace("--step", "--speed 2x");
    let mut faye = Terminal::run(&sandbox, &start);
    faye.wait_for_prompt_after("1 inject is DUE");
    at(&mut faye, "p", "runs 2x as fast");
    at(&mut faye, "q", "Pause it until you are back?");
    faye.answer("y");
    faye.wait_for("You left;");
    assert!(faye.ended().success());
    assert_eq!(sandbox.json("status")["exercise"]["paused"], true);
    let mut faye = Terminal::run(&sandbox, "drill resume");
    faye.wait_for_prompt_after("2x as fast");
    assert_eq!(sandbox.json("status")["exercise"]["paused"], false);
}

#[test]
fn a_facilitators_screen_fits_and_says_exercise_whatever_it_shows() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Faye Roth");
    let mut faye = Terminal::run(&sandbox, START);
    faye.wait_for_prompt_after("1 inject is DUE");
    for key in [
        "", "?", "", "m", "", "m 3", "", "w", "", "g", "", "s", "", "x 99999", "zz", "d 77", "h",
        "k",
    ] {
        faye.answer(key);
        let shown = faye.wait_until(|shown| shown.trim_end().ends_with('>'));
        assert!(shown.contains("EXERCISE"), "{key:?}: {shown}");
        assert!(shown.lines().count() <= 24, "{key:?}: {shown}");
    }
}

#[test]
fn an_inject_that_became_needless_is_not_delivered() {
    let sandbox = crate::drill::drilling();
    sandbox.ok("drill jump +20m --by \"Faye Roth\"");
    let mut faye = Terminal::run(&sandbox, "drill resume --by \"Faye Roth\"");
    faye.wait_for_prompt_after("3 nudge");
    // The players act while the facilitator's screen stands.
    sandbox.ok("mark declared --by \"Ana Diaz\"");
    let shown = at(&mut faye, "d", "Nothing is due.");
    assert!(shown.contains("inject first") && shown.contains("inject page"), "{shown}");
    let list = sandbox.json("drill injects --by \"Faye Roth\"");
    let standing: Vec<&str> = list["injects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|inject| inject["standing"].as_str().unwrap())
        .collect();
    assert_eq!(standing[..3], ["delivered", "delivered", "needless"]);
    // By name it is the facilitator's will.
    at(&mut faye, "d 3", "inject nudge");
}

#[test]
fn the_facilitators_screen_reaches_what_players_have_gone_on_with() {
    let sandbox = crate::drill::drilling();
    let other = crate::support::sandbox::EVERY_FORM.replace("id: every-form", "id: other-form");
    sandbox.write("playbooks/other-form.yaml", other);
    let escalated = sandbox.json("escalate other-form --reason \"It spreads\" --by \"Ana Diaz\"");
    let opened = escalated["opened"].as_str().unwrap().to_owned();
    let hour = |of: &str| sandbox.json(&format!("status {of}"))["exercise"]["clock"].clone();
    let mut faye = Terminal::run(&sandbox, "drill resume --by \"Faye Roth\"");
    faye.wait_for_prompt_after("DUE");
    at(&mut faye, "j 20m", &format!("The same in {opened}."));
    assert_eq!(hour(&opened), hour("x-every-form"));
    at(&mut faye, "e", "Type END");
    faye.answer("END");
    faye.wait_for(&format!("The same in {opened}."));
    assert!(faye.ended().success());
    assert_eq!(sandbox.json(&format!("status {opened}"))["state"], "closed");
    let next = sandbox.run("drill injects --by \"Faye Roth\"");
    assert!(next.err.contains("no exercise is open"), "{next:?}");
}

#[test]
fn alone_the_exercise_goes_on_with_another_playbook() {
    let sandbox = Sandbox::new().at_midday().typed_by("Ana Diaz");
    sandbox.write("playbooks/exercises/every-form-45.yaml", crate::drill::EXERCISE);
    let other = crate::support::sandbox::EVERY_FORM.replace("id: every-form", "id: other-form");
    sandbox.write("playbooks/other-form.yaml", other);
    sandbox.ok("drill every-form --solo --step --declared --no-walk");
    let first = exercise(&sandbox);
    let escalated = sandbox.json("escalate other-form --reason \"It spreads\"");
    let opened = escalated["opened"].as_str().unwrap().to_owned();
    let mut ana = Terminal::run(&sandbox, &format!("walk {opened}"));
    ana.wait_for_prompt_after("The mail does not come.");
    at(&mut ana, "y", "on to the next inject, at ");
    at(&mut ana, "1", "The page is green.");
    at(&mut ana, "y", "The exercise's clock");
    at(&mut ana, "2", "How far?");
    at(&mut ana, "+20m", "Saved");
    let hour = |of: &str| sandbox.json(&format!("status {of}"))["exercise"]["clock"].clone();
    assert_eq!(hour(&opened), hour(&first), "one clock");
    // Everything that was told lies with the list, and is shown here.
    let shown = at(&mut ana, "j", "The page is green.");
    assert!(shown.contains("The mail does not come."), "{shown}");
    let told = |of: &str| sandbox.json(&format!("status {of}"))["exercise"]["injects"].clone();
    assert_eq!(told(&first).as_array().unwrap().len(), 2);
    assert_eq!(told(&opened), told(&first));
}

#[test]
fn nobody_comes_back_as_the_facilitator_unasked() {
    let sandbox = Sandbox::bare().at_midday().typed_by("");
    sandbox.ok(&format!("{START} --assign \"incident-lead=Pia Lang\" --no-walk"));
    let mut pia = Terminal::run(&sandbox, "drill resume");
    pia.wait_for_prompt_after("Who sits here now?");
    pia.answer("1");
    let shown = pia.wait_for("Pia Lang plays in this exercise");
    assert!(!shown.contains("DUE"), "{shown}");
    assert!(!pia.ended().success());
    let mut faye = Terminal::run(&sandbox, "drill resume");
    let shown = faye.wait_for_prompt_after("Who sits here now?");
    assert!(shown.contains("2  Faye Roth (facilitator)"), "{shown}");
    at(&mut faye, "2", "You facilitate, Faye Roth?");
    let shown = at(&mut faye, "y", "1 inject is DUE");
    assert!(shown.contains("facilitator Faye Roth"), "{shown}");
}

/// People sit down one after the other, and a fast exercise is over before they do.
#[test]
fn the_clock_waits_until_the_facilitator_starts_it() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Faye Roth");
    let start = START.replace("--step", "--speed 60x");
    let mut faye = Terminal::run(&sandbox, &start);
    let shown = faye.wait_for_prompt_after("1 inject is DUE");
    assert!(shown.contains("Read this to the players"), "{shown}");
    assert!(
        shown.contains("The clock waits: p starts it. At 60x, 45 minutes take 45 seconds."),
        "{shown}"
    );
    assert_eq!(sandbox.json("status")["exercise"]["paused"], true);
    // What is typed where a page waits for Enter is the next key, not lost.
    at(&mut faye, "m", "Enter = back, or any key of the screen");
    at(&mut faye, "d 1", "inject first-signs");
    // What was held is not forgotten.
    at(&mut faye, "h 2", "held: 2 green-page");
    at(&mut faye, "e", "Type END");
    at(&mut faye, "no", "The exercise goes on.");
    faye.answer("q");
    faye.wait_for("You left;");
    assert!(faye.ended().success());
    // The way back is the one that everybody knows, and the clock stands as it stood.
    let mut faye = Terminal::run(&sandbox, "walk");
    let shown = faye.wait_for_prompt_after("You are back");
    assert!(shown.contains("PAUSED") && shown.contains("facilitator Faye Roth"), "{shown}");
    at(&mut faye, "e", "Type END");
    faye.answer("end");
    faye.wait_for("what went well and what did not");
    assert!(faye.ended().success());
}

/// What one person does must not stand in the log under the name of another.
#[test]
fn whoever_sits_down_says_who_they_are() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Faye Roth");
    sandbox.ok(&format!("{START} --no-walk --assign \"incident-lead=Lena Ort\""));
    let sandbox = sandbox.typed_by("");
    let mut rosa = Terminal::run(&sandbox, "walk");
    let shown = rosa.wait_for_prompt_after("Who sits here now?");
    assert!(shown.contains("1  Lena Ort (Incident Lead)"), "{shown}");
    assert!(shown.contains("2  Faye Roth (facilitator)"), "{shown}");
    at(&mut rosa, "77", "Who sits here now?");
    at(&mut rosa, "Rosa Diaz", "Enter = go on");
    let shown = at(&mut rosa, "", "NOW  I-01");
    assert!(shown.contains("Incident Lead: Lena Ort\n") || !shown.contains("(you)"), "{shown}");
    rosa.answer("q");
    rosa.wait_for("You left the walk");
    let mut nobody = Terminal::run(&sandbox, "walk");
    nobody.wait_for_prompt_after("Who sits here now?");
    nobody.answer("");
    nobody.wait_for("nobody was named, so nothing was done");
    assert_eq!(nobody.ended().exit_code(), 1);
}

/// It would be over for everybody, and players may well think that it is nothing.
#[test]
fn only_the_facilitator_calls_an_exercise_off() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Faye Roth");
    sandbox.ok(&format!("{START} --no-walk"));
    let ran = sandbox.run("false-alarm --reason \"one mailbox\" --by \"Lena Ort\"");
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains("only Faye Roth does that: say it aloud"), "{}", ran.err);
    assert_eq!(sandbox.json("status")["state"], "suspected");
    sandbox.ok("false-alarm --reason \"a false start\" --by \"Faye Roth\"");
    assert_eq!(sandbox.json("status latest-exercise")["state"], "false_alarm");
}

/// Alone, whoever is at the keyboard: the injects come all the same, and nothing is called unsaved.
#[test]
fn alone_another_person_at_the_keyboard_does_not_stop_the_exercise() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Ana Diaz");
    let start = "drill email-outage --scenario email-outage-45 --solo --step";
    let mut ana = Terminal::run(&sandbox, start);
    ana.wait_for_prompt_after("Enter = go on");
    at(&mut ana, "", "NOW  I-01");
    at(&mut ana, "u", "Who types from now on?");
    at(&mut ana, "Ben Ito", "NOW  I-01");
    at(&mut ana, "n", "Why does it not apply here?");
    at(&mut ana, "Ben says so", "Saved");
    at(&mut ana, "y", "The exercise's clock");
    at(&mut ana, "1", "The page is all green");
    assert!(!ana.said().contains("NOT CONFIRMED"), "{}", ana.said());
}

/// The second person who joins must not become the first one by pressing Enter.
#[test]
fn who_joins_a_live_incident_is_asked_too() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Hal Berg");
    sandbox.ok("start email-outage --no-walk --assign \"incident-lead=Hal Berg\"");
    let sandbox = sandbox.typed_by("");
    let mut ben = Terminal::run(&sandbox, "walk");
    ben.wait_for_prompt_after("Who sits here now?");
    ben.answer("");
    ben.wait_for("nobody was named");
    let mut ben = Terminal::run(&sandbox, "walk");
    ben.wait_for_prompt_after("Who sits here now?");
    at(&mut ben, "Hal Bergg", "Are you Hal Berg?");
    at(&mut ben, "n", "You are Hal Bergg");
}

/// One wrong digit must not open the facilitator's screen.
#[test]
fn the_facilitators_seat_is_taken_on_purpose() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Faye Roth");
    sandbox.ok(&format!("{START} --no-walk"));
    let sandbox = sandbox.typed_by("");
    let mut ana = Terminal::run(&sandbox, "walk");
    ana.wait_for_prompt_after("1  Faye Roth (facilitator)");
    at(&mut ana, "1", "You facilitate, Faye Roth?");
    ana.answer("");
    let shown = ana.wait_for("nobody was named");
    assert!(!shown.contains("first-signs"), "{shown}");
}

/// The clock goes on while a question is open: what is typed is meant of the time that it is now.
#[test]
fn a_length_of_time_counts_from_the_clock_as_it_is_when_it_is_typed() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Faye Roth");
    sandbox.ok(&format!("{START} --no-walk --declared"));
    let mut ana = Terminal::run(&sandbox, "walk --by \"Ana Diaz\"");
    ana.wait_for_prompt_after("Enter = go on");
    at(&mut ana, "", "NOW  I-01");
    sandbox.ok("drill jump +30m --by \"Faye Roth\"");
    at(&mut ana, "I-24", "NOW  I-24");
    at(&mut ana, "n", "Why does it not apply here?");
    at(&mut ana, "We have no vendor", "Saved");
    at(&mut ana, "m", "Which milestone?");
    at(&mut ana, "2", "When?");
    sandbox.ok("drill jump +30m --by \"Faye Roth\"");
    at(&mut ana, "-10m", "Saved");
    let log = sandbox.json("log");
    let entry =
        log["entries"].as_array().unwrap().iter().rfind(|e| e["kind"] == "milestone_marked");
    let minutes = entry.unwrap()["t_plus_min"].as_f64().unwrap();
    assert!((minutes - 50.0).abs() < 1.0, "{minutes}");
}
