//! `transcribe` at a real pseudo-terminal: a scribe mistypes, is asked, leaves, comes back, saves.

use crate::support::Sandbox;
use crate::support::terminal::Terminal;

fn sandbox() -> Sandbox {
    Sandbox::started().typed_by("Eva Lund")
}

/// A scribe who has said who types and which day it is.
fn seated(sandbox: &Sandbox) -> Terminal {
    let mut terminal = Terminal::run(sandbox, "transcribe");
    terminal.wait_for("Who types? (Enter = Eva Lund)\n>");
    says(&mut terminal, "", "Which day do the sheets show? (Enter = 2025-01-22)\n>");
    says(&mut terminal, "", "\n2025-01-22\n>");
    terminal
}

/// Types a line and waits until these words show and the next line is asked for.
#[track_caller]
fn says(desk: &mut Terminal, line: &str, words: &str) {
    desk.answer(line);
    desk.wait_for(words);
    desk.wait_until(|shown| shown.trim_end().ends_with("\n>"));
}

fn kept(count: &str) -> String {
    format!("{count} kept, not recorded\n>")
}

#[test]
fn what_is_missing_is_asked_and_what_is_wrong_is_not_kept() {
    let sandbox = sandbox();
    let mut desk = seated(&sandbox);
    says(&mut desk, "F-O1 14:12 AD", "did you mean F-01 (confirm)");
    says(&mut desk, "F-01 14:12 AD", "1  Ana Diaz");
    says(&mut desk, "1", "   1  22 Jan 14:12  Ana Diaz: done: F-01 confirm");
    desk.wait_for(&kept("1 entry"));
    says(&mut desk, "F-06 14:30 CP number=M-4711", "Who is CP?");
    says(&mut desk, "Cleo Park", "How many people are hit?");
    says(&mut desk, "100", "When did they pick up?");
    says(&mut desk, "14:22", "Did they know already?");
    says(&mut desk, "no", "p1, p2");
    says(&mut desk, "p1", "   2  22 Jan 14:30  Cleo Park: done: F-06 ticket");
    says(&mut desk, "F-02 14:20 AD", "One branch or all of them?");
    says(
        &mut desk,
        "2 three branches call",
        "   3  22 Jan 14:20  Ana Diaz: decided: F-02 scope: corporate",
    );
    says(&mut desk, "N 14:40 AD called the patient Mary Smith", "p = keep it private");
    says(&mut desk, "p", "   4  22 Jan 14:40  Ana Diaz: note");
    says(&mut desk, "F-03 09:00 AD", "Does the sheet say");
    says(&mut desk, "n", "Not kept: on 2025-01-22 that is 5 h 05 min before");
    says(&mut desk, "F-01 14:12 AD", "Not kept: entry 1 says the same.");
    says(&mut desk, "M declared 14:05", "Not kept: it stands in the log as 2@w");
    says(&mut desk, "M declared 14:00", "Not kept: the incident is declared already.");
    let shown = desk.wait_for(&kept("4 entries"));
    assert!(shown.lines().all(|line| line.chars().count() <= 80));
    assert_eq!(sandbox.json("report")["timeline"].as_array().unwrap().len(), 3, "nothing yet");
    says(&mut desk, "save", "4 entries recorded from paper; 0 on record before, 0 different.");
    desk.answer("q");
    desk.wait_for("Nothing is left to record.");
    assert!(desk.ended().success());
    let report = sandbox.json("report");
    let all = report["timeline"].as_array().unwrap();
    let order: Vec<&str> = all[3..].iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    assert_eq!(order, ["step_done", "decision_taken", "step_done", "note_added"]);
    assert_eq!(all[3]["scribe"], "Eva Lund");
    let log = std::fs::read_to_string(sandbox.journal()).unwrap();
    assert!(!log.contains("Mary"));
}

#[test]
fn nothing_that_had_a_number_is_lost() {
    let sandbox = sandbox();
    let mut desk = seated(&sandbox);
    desk.answer("AD = Ana Diaz");
    says(&mut desk, "F-03 14:20 AD", "   1  22 Jan 14:20");
    says(&mut desk, "F-01 14:12 AD", "   2  22 Jan 14:12");
    desk.press(b"F-04 15:0");
    desk.press(&[3]);
    desk.wait_for("runbook transcribe goes on with them.");
    assert!(desk.ended().success());
    assert!(desk.is_restored());
    let mut again = Terminal::run(&sandbox, "transcribe --scribe \"Eva Lund\"");
    again.wait_for("   2  F-01 14:12 AD");
    says(&mut again, "F-04 15:00 AD", "   3  22 Jan 15:00  Ana Diaz: done: F-04 all-branches");
    again.hang_up();
    let closed = sandbox.run("close --anyway --reason x");
    assert_eq!(closed.code, Some(0), "said on purpose: {closed:?}");
}

#[test]
fn a_pile_waits_for_whoever_comes_back_and_stops_the_closing() {
    let sandbox = sandbox();
    let mut desk = seated(&sandbox);
    desk.answer("AD = Ana Diaz");
    desk.answer("sheet tech");
    says(&mut desk, "F-05 14:20 AD", "   1  22 Jan 14:20");
    says(&mut desk, "F-11 14:50 AD", "   2  22 Jan 14:50");
    desk.kill();
    let closing = sandbox.run("close");
    assert_eq!(closing.code, Some(1));
    assert!(closing.err.contains("typed in from paper are not recorded yet"), "{closing:?}");
    let mut again = Terminal::run(&sandbox, "transcribe --scribe \"Tom Reed\"");
    again.wait_for("2 entries wait from before, NOT recorded yet:");
    again.wait_for("   2  F-11 14:50 AD");
    again.wait_for("2025-01-22  tech  2 entries kept, not recorded");
    says(&mut again, "F-06 14:55 AD n=1 p=1 c=14:54 k=y l=p2", "   3  22 Jan 14:55");
    says(&mut again, "drop 2", "Taken out: F-11 14:50 AD");
    says(&mut again, "list", "   2  F-06 14:55 AD");
    says(&mut again, "drop 9", "drop N takes entry N out");
    says(&mut again, "?", "--no-phi at the end of a line");
    says(&mut again, "save", "2 entries recorded from paper");
    again.press(&[4]);
    assert!(again.ended().success());
    let report = sandbox.json("report");
    let scribes: Vec<&str> = report["timeline"].as_array().unwrap()[3..]
        .iter()
        .map(|entry| entry["scribe"].as_str().unwrap())
        .collect();
    assert_eq!(scribes, ["Eva Lund", "Tom Reed"]);
    let mut third = Terminal::run(&sandbox, "transcribe --scribe \"Tom Reed\" --date 2025-01-22");
    let shown = third.wait_for("One line for each entry");
    assert!(!shown.contains("from before"));
    third.answer("q");
    assert!(third.ended().success());
}

#[test]
fn what_other_sheets_may_still_make_possible_is_kept() {
    let sandbox = sandbox();
    let mut desk = seated(&sandbox);
    desk.answer("AD = Ana Diaz");
    desk.answer("CP = Cleo Park");
    says(
        &mut desk,
        "F-08 approve 14:50 AD",
        "   1  22 Jan 14:50  Ana Diaz: kept, but as things stand it cannot be recorded",
    );
    says(&mut desk, "save", "Entry 1: words is not done yet");
    desk.wait_for("Nothing was recorded.");
    says(&mut desk, "F-08 14:40 CP", "   2  22 Jan 14:40  Cleo Park: done: F-08 words");
    says(&mut desk, "save", "2 entries recorded from paper");
    desk.answer("q");
    assert!(desk.ended().success());
}

#[test]
fn a_sheet_of_another_version_stops_with_a_question() {
    let sandbox = sandbox();
    let mut desk = seated(&sandbox);
    says(&mut desk, "playbook every-form 2024.3", "steps. Go on? (y = yes, Enter = no)\n>");
    says(&mut desk, "", "Not kept: the versions differ.");
    desk.answer("playbook every-form 2024.3");
    desk.wait_until(|shown| shown.matches("Go on?").count() == 2);
    desk.answer("y");
    says(&mut desk, "F-01 14:12 -", "   1  22 Jan 14:12  nobody signed: done: F-01 confirm");
    desk.answer("q");
    desk.wait_for("1 entry kept and NOT recorded yet");
    assert!(desk.ended().success());
    assert_eq!(sandbox.run("false-alarm --reason x").code, Some(1));
}

#[test]
fn an_exercise_that_ran_on_paper_is_opened_at_the_desk() {
    let sandbox = Sandbox::new().typed_by("Eva Lund");
    let mut desk = Terminal::run(&sandbox, "transcribe --start every-form --exercise");
    desk.wait_for("When was the first thing written down?");
    says(&mut desk, "2025-01-22 13:50", "Who types?");
    says(&mut desk, "Tom Reed", "(Enter = 2025-01-22)");
    says(&mut desk, "", "EXERCISE  2025-01-22");
    says(&mut desk, "M declared 14:05", "EXERCISE    1  22 Jan 14:05  nobody signed: T+0 declared");
    says(&mut desk, "save", "EXERCISE 1 entry recorded from paper");
    desk.answer("q");
    assert!(desk.ended().success());
    let report = sandbox.json("report latest-exercise");
    assert_eq!(report["t0"], "2025-01-22T14:05:00+00:00");
    let mut again = Terminal::run(
        &sandbox,
        "transcribe --start every-form --exercise --opened \"2025-01-22 13:50\" --scribe \"Tom Reed\" --date 2025-01-22",
    );
    again.wait_for("One line for each entry");
    again.answer("q");
    assert!(again.ended().success());
    assert_eq!(sandbox.json("incidents")["incidents"].as_array().unwrap().len(), 1);
}

#[test]
fn a_name_behind_initials_is_told_anew() {
    let sandbox = sandbox();
    let mut desk = seated(&sandbox);
    says(&mut desk, "CP = Cleo Prk", "\n2025-01-22\n>");
    says(&mut desk, "F-03 14:20 CP", "   1  22 Jan 14:20  Cleo Prk");
    says(&mut desk, "CP = Cleo Park", "CP = Cleo Park, in every entry that is kept.");
    says(&mut desk, "CP =", "Not kept: a name is missing.");
    says(&mut desk, "opened 13:00 CP", "the log has the incident opened at");
    says(&mut desk, "save", "by Cleo Park: done: F-03");
    desk.answer("q");
    assert!(desk.ended().success());
}

#[test]
fn the_walk_says_what_waits_before_it_closes() {
    let sandbox = sandbox();
    let mut desk = seated(&sandbox);
    says(&mut desk, "F-03 14:20 -", "   1  22 Jan 14:20");
    desk.answer("q");
    assert!(desk.ended().success());
    let mut walk = Terminal::run(&sandbox, "walk");
    walk.wait_for("?");
    walk.answer("c");
    walk.wait_for("How does it end?");
    walk.answer("1");
    walk.wait_for("entries typed in from paper are not saved (runbook transcribe)");
    walk.hang_up();
}
