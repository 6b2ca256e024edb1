//! `drill evaluate` and `drill rate`: whoever plays does not judge, Enter is no rating, and players read
//! no judgement before the end.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// An exercise with two objectives that runs; Ana plays, Fay facilitates.
pub(crate) fn running() -> Sandbox {
    let sandbox = Sandbox::new();
    let exercise = include_str!("fixtures/every-form-tabletop.yaml");
    sandbox.write("playbooks/exercises/two-objectives.yaml", exercise);
    sandbox.ok(
        "drill every-form --scenario two-objectives --step --facilitator \"Fay Kern\" --assign \"lead=Ana Diaz\" --no-walk",
    );
    sandbox.ok("drill deliver --by \"Fay Kern\"");
    sandbox.ok("done confirm");
    sandbox.ok("drill jump +10m --by \"Fay Kern\"");
    sandbox.ok("drill deliver --by \"Fay Kern\"");
    sandbox
}

/// The same when it is over.
pub(crate) fn over() -> Sandbox {
    let sandbox = running();
    sandbox
        .ok("drill observe \"Both sat at one desk\" --objective confirm-first --by \"Fay Kern\"");
    sandbox.ok("drill end --by \"Fay Kern\"");
    sandbox
}

#[test]
fn whoever_plays_does_not_rate_and_nothing_is_written() {
    let sandbox = running();
    let before = sandbox.everything();
    let id = sandbox.incident();
    for (line, code, words) in [
        ("drill rate confirm-first P --why x", 1, "Ana Diaz plays in this exercise"),
        ("drill rate confirm-first P --why x --by \"ana diaz\"", 1, "plays in this exercise"),
        ("drill rate no-such P --why x --by \"Eva Lund\"", 1, "no objective \"no-such\""),
        ("drill rate confirm-first X --why x --by \"Eva Lund\"", 2, "invalid value 'X'"),
        ("drill rate confirm-first p --why x --by \"Eva Lund\"", 2, "invalid value 'p'"),
        ("drill rate confirm-first P --by \"Eva Lund\"", 2, "--why"),
        ("drill rate confirm-first P --why \"\" --by \"Eva Lund\"", 2, "it may not be empty"),
        ("hotwash --improve x --objective no-such", 1, "no objective \"no-such\""),
        ("drill evaluate", 7, "needs a terminal"),
        ("report --format aar-markdown", 1, "the exercise still runs"),
        ("report --format aar-csv", 1, "the exercise still runs"),
    ] {
        let ran = sandbox.run(line);
        assert_eq!(ran.code, Some(code), "{line}: {ran:?}");
        assert!(ran.err.contains(words), "{line}: {ran:?}");
    }
    assert_eq!(sandbox.everything(), before, "{id}");
}

#[test]
fn a_live_incident_has_nothing_to_rate() {
    let sandbox = Sandbox::started();
    let id = sandbox.incident();
    let before = sandbox.everything();
    for line in [
        format!("drill evaluate {id}"),
        format!("drill evaluate {id} --eeg text"),
        format!("drill rate x P --why y --incident {id}"),
    ] {
        let ran = sandbox.run(&line);
        assert_eq!(ran.code, Some(1), "{line}: {ran:?}");
        assert!(ran.err.contains("this is a live incident"), "{ran:?}");
    }
    let none = sandbox.run("drill evaluate");
    assert!(none.err.contains("there is no exercise yet"), "{none:?}");
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn players_read_no_judgement_before_the_end() {
    let sandbox = running();
    sandbox.ok("drill rate confirm-first S --why \"one desk\" --by \"Eva Lund\"");
    for line in ["log", "log --json", "status --json", "report", "report --json", "trends --json"] {
        let out = sandbox.ok(line);
        assert!(!out.contains("one desk"), "{line}: {out}");
    }
    let rating = |sandbox: &Sandbox| sandbox.json("report")["objectives"][0]["rating"].clone();
    assert!(rating(&sandbox).is_null());
    sandbox.ok("drill end --by \"Fay Kern\"");
    assert_eq!(rating(&sandbox)["rating"], "S");
    assert_eq!(rating(&sandbox)["by"], "Eva Lund");
    assert_eq!(rating(&sandbox)["by_player"], false);
}

#[test]
fn the_last_rating_holds_and_the_first_stays_beside_it() {
    let sandbox = over();
    let rate = |rating: &str, why: &str| {
        sandbox.ok(&format!(
            "drill rate confirm-first {rating} --why \"{why}\" --by \"Eva Lund\" --incident latest-exercise"
        ))
    };
    rate("S", "in time");
    rate("M", "both at one desk");
    let page = sandbox.ok("report --format aar-markdown");
    assert!(
        page.contains(
            "| It is confirmed from two sources. | Situational Assessment |  |  | X |  |"
        )
    );
    assert!(
        page.contains("| Rated Before | S, performed with some challenges (Eva Lund, "),
        "{page}"
    );
    let every_line_says_so = sandbox.ok("report --format aar-csv");
    for line in every_line_says_so.lines().skip(1) {
        assert!(line.contains("EXERCISE"), "{line}");
    }
}

#[test]
fn one_person_alone_rates_and_it_is_flagged() {
    let sandbox = Sandbox::new();
    let exercise = include_str!("fixtures/every-form-tabletop.yaml");
    sandbox.write("playbooks/exercises/two-objectives.yaml", exercise);
    sandbox.ok("drill every-form --scenario two-objectives --solo --no-walk");
    sandbox.ok("done confirm");
    sandbox.ok("drill end");
    sandbox.ok("drill rate confirm-first P --why \"in time\" --incident latest-exercise");
    let page = sandbox.ok("report --format aar-markdown");
    assert!(page.contains("| Evaluator | Ana Diaz, who played as well, "), "{page}");
    assert!(page.contains("played and facilitated by one person"), "{page}");
}

#[test]
fn the_guide_is_printed_blank_and_filled() {
    let sandbox = over();
    sandbox.ok("drill rate confirm-first S --why \"one desk\" --by \"Eva Lund\" --incident latest-exercise");
    assert_data_eq!(
        sandbox.run("drill evaluate --eeg text").shown(),
        str![[r#"
*** EXERCISE - EXERCISE - EXERCISE: nothing in this exercise was real ***
EXERCISE - Exercise Evaluation Guide: Two objectives
================================================================================

EXERCISE - OBJECTIVE 1: IT IS CONFIRMED FROM TWO SOURCES.
---------------------------------------------------------
Objective       confirm-first
Core Capability Situational Assessment

Organizational      Associated        Observation Notes and  Target Rating
Capability Target   Critical Tasks    Explanation of Rating
---------------------------------------------------------------------------
Within 10 minutes.  Ask two people /  Both sat at one desk   S
                    Write down who    (10@wWWW) /
                                      Explanation: one desk

Final Core Capability Rating S, performed with some challenges
Evaluator Name               Eva Lund
Evaluator E-mail             ____________________
Evaluator Phone              ____________________

P, performed without challenges: Objective met; nothing else harmed, no added
safety risk, by plans and law.
S, performed with some challenges: Objective met, but effectiveness could
improve.
M, performed with major challenges: Objective met, but other activities harmed,
risk added, or outside plans or law.
U, unable to be performed: Objective not met.

EXERCISE - OBJECTIVE 2: THE LIST OF PATIENTS IS FROZEN.
-------------------------------------------------------
Objective       list-frozen
Core Capability Operational Communications

Organizational     Associated      Observation Notes and  Target Rating
Capability Target  Critical Tasks  Explanation of Rating
------------------------------------------------------------------------
                                   ____                   ____

Final Core Capability Rating ____________________
Evaluator Name               ____________________
Evaluator E-mail             ____________________
Evaluator Phone              ____________________

P, performed without challenges: Objective met; nothing else harmed, no added
safety risk, by plans and law.
S, performed with some challenges: Objective met, but effectiveness could
improve.
M, performed with major challenges: Objective met, but other activities harmed,
risk added, or outside plans or law.
U, unable to be performed: Objective not met.

*** EXERCISE - EXERCISE - EXERCISE: nothing in this exercise was real ***
--- exit 0
"#]]
    );
    let blank = sandbox.ok("drill evaluate --eeg text --blank");
    assert!(!blank.contains("one desk") && blank.contains("Within 10 minutes."), "{blank}");
    sandbox.ok("drill evaluate --eeg html --blank -o eeg.html");
    let page = std::fs::read_to_string(sandbox.cwd().join("eeg.html")).unwrap();
    assert!(page.contains("<h2>EXERCISE - Objective 2: "), "{page}");
    let again = sandbox.run("drill evaluate --eeg html -o eeg.html");
    assert!(again.err.contains("eeg.html is there already"), "{again:?}");
}

#[cfg(unix)]
mod asked {
    use super::{over, running};
    use crate::support::Sandbox;
    use crate::support::terminal::Terminal;

    fn ratings(sandbox: &Sandbox) -> Vec<String> {
        let report = sandbox.json("report");
        let all = report["objectives"].as_array().unwrap().iter();
        all.map(|one| one["rating"]["rating"].as_str().unwrap_or("-").to_owned()).collect()
    }

    /// Before the first objective, as Eva.
    fn evaluating(sandbox: &Sandbox) -> Terminal {
        let mut terminal = Terminal::run(sandbox, "drill evaluate --by \"Eva Lund\"");
        terminal.wait_for_prompt_after("Who evaluates?");
        terminal.answer("");
        terminal
    }

    #[test]
    fn enter_is_no_rating_and_it_goes_on_where_it_stopped() {
        let sandbox = over();
        let mut terminal = evaluating(&sandbox);
        let shown = terminal.wait_for_prompt_after("q = leave");
        for words in [
            "EXERCISE",
            "Objective 1 of 2, confirm-first: It is confirmed from two sources.",
            "Core capability: Situational Assessment",
            "Capability target: Within 10 minutes.",
            "- Ask two people",
            "- Both sat at one desk",
            "Evidence in the log: none for this objective.",
            "Not rated.",
            "P  without challenges: Objective met; nothing else harmed",
            "S  with some challenges: Objective met, but effectiveness could improve.",
            "M  with major challenges: Objective met, but other activities harmed",
            "U  unable to be performed: Objective not met.",
        ] {
            assert!(shown.contains(words), "{words}\n{shown}");
        }
        terminal.answer("");
        terminal.wait_for_prompt_after("Enter rates nothing");
        terminal.answer("x");
        terminal.wait_for_prompt_after("\"x\" is no rating");
        terminal.answer("s");
        terminal.wait_for_prompt_after("S, performed with some challenges: why?");
        terminal.answer("");
        terminal.wait_for("Nothing was recorded.");
        assert_eq!(ratings(&sandbox), ["-", "-"]);
        terminal.wait_for_prompt_after("q = leave");
        terminal.answer("s");
        terminal.wait_for_prompt_after("S, performed with some challenges: why?");
        terminal.answer("In time, but both sat at one desk");
        let shown = terminal.wait_for_prompt_after("Objective 2 of 2");
        assert!(shown.contains("Saved"), "{shown}");
        assert!(shown.contains("no expected action: second asked for freeze"), "{shown}");
        terminal.press(&[3]);
        terminal.wait_for("goes on where you stopped");
        terminal.ended();
        assert_eq!(ratings(&sandbox), ["S", "-"]);

        let mut terminal = evaluating(&sandbox);
        terminal.wait_for_prompt_after("Objective 2 of 2, list-frozen");
        terminal.answer("n");
        terminal.wait_for("list-frozen: not rated");
        assert!(terminal.ended().success());
        assert!(terminal.shown().contains("runbook hotwash x-every-form-"));
    }

    #[test]
    fn what_was_seen_is_noted_beside_the_rating() {
        let sandbox = over();
        let mut terminal = evaluating(&sandbox);
        terminal.wait_for_prompt_after("q = leave");
        terminal.answer("o");
        terminal.wait_for_prompt_after("What did you see?");
        terminal.answer("Nobody wrote the names down");
        let shown = terminal.wait_for_prompt_after("- Nobody wrote the names down");
        assert!(shown.contains("Objective 1 of 2"), "{shown}");
        terminal.answer("q");
        assert!(terminal.ended().success());
        assert_eq!(sandbox.json("report")["objectives"][0]["observations"][1]["by"], "Eva Lund");
    }

    #[test]
    fn a_player_at_the_keyboard_is_told_before_the_first_question() {
        let sandbox = running();
        let mut terminal = Terminal::run(&sandbox, "drill evaluate --by \"Ana Diaz\"");
        terminal.wait_for_prompt_after("Who evaluates?");
        terminal.answer("");
        let shown = terminal.wait_for_prompt_after("Does somebody else evaluate?");
        assert!(shown.contains("Ana Diaz plays in this exercise"), "{shown}");
        terminal.answer("");
        assert!(terminal.ended().success());
        let log = sandbox.ok("log");
        assert!(!log.contains("was rated"), "{log}");
    }
}

#[test]
fn players_read_no_critical_task_finding_or_purpose_before_the_end() {
    let sandbox = running();
    sandbox.ok("hotwash --improve \"No second phone\" --by \"Eva Lund\"");
    for line in ["log", "log --json", "status --json", "report", "report --json", "export files"] {
        let out = sandbox.ok(line);
        assert!(!out.contains("No second phone"), "{line}: {out}");
        assert!(!out.contains("Ask two people\""), "{line}: {out}");
    }
    for file in std::fs::read_dir(sandbox.cwd().join("files")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains("No second phone"), "{text}");
    }
    assert!(sandbox.json("status")["exercise"]["injects"][0]["kind"].is_null());
    assert!(sandbox.json("report")["inject_outcomes"][0]["kind"].is_null());
    // The guide is for who evaluates; blank or not, it holds the critical tasks.
    let before = sandbox.everything();
    for line in ["drill evaluate --eeg text", "drill evaluate --eeg html --blank"] {
        let ran = sandbox.run(line);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{line}: {ran:?}");
        assert!(ran.err.contains("Ana Diaz plays in this exercise"), "{ran:?}");
        assert!(sandbox.ok(&format!("{line} --by \"Eva Lund\"")).contains("Ask two people"));
    }
    assert_eq!(sandbox.everything(), before);
    sandbox.ok("drill end --by \"Fay Kern\"");
    assert!(sandbox.ok("log").contains("No second phone"));
    assert!(sandbox.ok("drill evaluate --eeg text").contains("Ask two people"));
    assert_eq!(sandbox.json("status")["exercise"]["injects"][0]["kind"], "information");
}

#[cfg(unix)]
#[test]
fn an_evaluator_sees_what_is_judged_while_it_runs() {
    let sandbox = running();
    sandbox.ok("drill rate confirm-first M --why \"one desk\" --by \"Eva Lund\"");
    sandbox.ok("drill observe \"Nobody wrote it down\" --objective list-frozen --by \"Eva Lund\"");
    let guide = sandbox.ok("drill evaluate --eeg text --by \"Eva Lund\"");
    assert!(guide.contains("one desk") && guide.contains("Nobody wrote it down"), "{guide}");
    let mut eva =
        crate::support::terminal::Terminal::run(&sandbox, "drill evaluate --by \"Eva Lund\"");
    eva.wait_for_prompt_after("Who evaluates?");
    eva.answer("");
    // It goes on at the first that nobody rated.
    let shown = eva.wait_for_prompt_after("P, S, M or U rates it");
    assert!(
        shown.contains("Objective 2 of 2") && shown.contains("Nobody wrote it down"),
        "{shown}"
    );
    eva.answer("P");
    eva.wait_for_prompt_after("why?");
    eva.answer("Ana froze it");
    eva.wait_for_prompt_after("It names Ana Diaz");
    eva.answer("y");
    let shown = eva.wait_for("runbook hotwash");
    assert!(shown.contains("confirm-first: M") && shown.contains("list-frozen: P"), "{shown}");
}
