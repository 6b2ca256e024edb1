//! `walk`, and `start` at a terminal: a real pseudo-terminal of 80 by 24.
//!
//! The screen's wording is polished often; what is asserted here are the playbook's own words, what
//! a person must be able to rely on, and what stands in the log afterwards.

use crate::support::Sandbox;
use crate::support::terminal::Terminal;

/// The words of every record since the incident was opened.
fn log(sandbox: &Sandbox) -> Vec<(String, String)> {
    let log = sandbox.json("log");
    let entry = |entry: &serde_json::Value| {
        let word = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        (word("kind"), word("what"))
    };
    log["entries"].as_array().unwrap().iter().map(entry).collect()
}

fn kinds(sandbox: &Sandbox) -> Vec<String> {
    log(sandbox).into_iter().map(|(kind, _)| kind).collect()
}

/// A walk that stands before its first step, begun just now so that nothing is overdue.
fn walking() -> (Sandbox, Terminal) {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\" --onset -5m --detected -3m");
    let mut terminal = Terminal::run(&sandbox, "walk");
    terminal.wait_for_prompt_after("Confirm it from two sources");
    (sandbox, terminal)
}

const OPENING: [&str; 5] = [
    "incident_opened",
    "milestone_marked",
    "milestone_marked",
    "incident_declared",
    "role_assigned",
];

#[test]
fn start_asks_for_name_and_role_and_shows_the_first_step() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, "start every-form");
    terminal.wait_for_prompt_after("Ana Diaz");
    terminal.answer("Ben Ito");
    terminal.wait_for_prompt_after("are you the Lead?");
    terminal.answer("y");
    let shown = terminal.wait_for_prompt_after("Confirm it from two sources");
    for words in ["Every form", "T+0", "Lead: Ben Ito", "Ask two people"] {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }
    assert_eq!(kinds(&sandbox), ["incident_opened", "incident_declared", "role_assigned"]);
    assert_eq!(sandbox.json("status")["roles"][0]["holders"][0]["person"], "Ben Ito");
}

#[test]
fn done_is_saved_before_the_screen_says_so() {
    let (sandbox, mut terminal) = walking();
    terminal.answer("d");
    let shown = terminal.wait_for("6@w");
    assert_eq!(kinds(&sandbox).last().unwrap(), "step_done", "{shown}");
    terminal.wait_for_prompt_after("Decide how far it reaches");
}

#[test]
fn enter_and_unknown_keys_record_nothing() {
    let (sandbox, mut terminal) = walking();
    terminal.answer("zz");
    terminal.wait_for("\"zz\"");
    terminal.answer("");
    terminal.wait_for_prompt_after("Confirm it from two sources");
    terminal.answer("q");
    assert!(terminal.ended().success());
    assert_eq!(kinds(&sandbox), OPENING);
}

#[test]
fn a_decision_takes_the_number_of_an_answer() {
    let (sandbox, mut terminal) = walking();
    terminal.answer("scope");
    let shown = terminal.wait_for_prompt_after("2  corporate");
    assert!(shown.contains("One branch or all of them?"), "{shown}");
    terminal.answer("2");
    terminal.wait_for_prompt_after("why?");
    terminal.answer("All three report it");
    terminal.wait_for("6@w");
    let (kind, what) = log(&sandbox).pop().unwrap();
    assert_eq!(kind, "decision_taken");
    assert!(what.contains("corporate") && what.contains("All three report it"), "{what}");
}

#[test]
fn a_critical_step_takes_more_than_enter() {
    let (sandbox, mut terminal) = walking();
    terminal.answer("freeze");
    terminal.wait_for_prompt_after("Freeze the list");
    terminal.answer("d");
    terminal.wait_for_prompt_after("initials");
    terminal.answer("");
    terminal.wait_for("Nothing was recorded");
    assert_eq!(kinds(&sandbox), OPENING);
    terminal.wait_for_prompt_after("Freeze the list");
    terminal.answer("d");
    terminal.wait_for_prompt_after("initials");
    terminal.answer("ad");
    terminal.wait_for("6@w");
    assert!(log(&sandbox).pop().unwrap().1.contains("AD"));
}

#[test]
fn what_a_step_asks_for_is_asked() {
    let (sandbox, mut terminal) = walking();
    terminal.answer("ticket");
    terminal.wait_for_prompt_after("Open a ticket with the vendor");
    terminal.answer("d");
    for (question, answer) in [
        ("What is the number of the ticket?", "INC-7"),
        ("How many people are hit?", "12"),
        ("When did they pick up?", "-1m"),
        ("Did they know already?", "y"),
        ("Which priority?", "2"),
        ("Who works on it?", ""),
    ] {
        terminal.wait_for_prompt_after(question);
        terminal.answer(answer);
    }
    terminal.wait_for("6@w");
    let (_, what) = log(&sandbox).pop().unwrap();
    for words in ["number: INC-7", "people: 12", "known: yes", "level: p2"] {
        assert!(what.contains(words), "{words}: {what}");
    }
}

#[test]
fn ctrl_c_leaves_the_walk_and_never_the_incident() {
    let (sandbox, mut terminal) = walking();
    terminal.press(b"half an ans\x03");
    terminal.wait_for("runbook walk");
    let status = terminal.ended();
    assert_eq!((status.exit_code(), status.signal()), (0, None));
    assert!(terminal.is_restored(), "{}", terminal.shown());
    assert_eq!(kinds(&sandbox), OPENING);
    let mut again = Terminal::run(&sandbox, "walk");
    again.wait_for_prompt_after("Confirm it from two sources");
    again.answer("d");
    again.wait_for("6@w");
}

#[test]
fn a_killed_walk_goes_on_where_it_stopped() {
    let (sandbox, mut terminal) = walking();
    terminal.answer("d");
    terminal.wait_for("6@w");
    terminal.kill();
    sandbox.ok("verify");
    let mut again = Terminal::run(&sandbox, "walk");
    again.wait_for_prompt_after("F-02  Decide how far it reaches");
    assert_eq!(kinds(&sandbox).last().unwrap(), "step_done");
}

#[test]
fn what_others_record_meanwhile_is_said_at_the_next_question() {
    let (sandbox, mut terminal) = walking();
    sandbox.ok("note \"The carrier calls back\" --by \"Ivo Brandt\"");
    sandbox.ok("done confirm --by \"Ivo Brandt\"");
    terminal.answer("");
    let shown = terminal.wait_for_prompt_after("The carrier calls back");
    for words in ["Decide how far it reaches", "The carrier calls back", "Ivo Brandt"] {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }
}

#[test]
fn what_others_record_while_somebody_answers_is_said_too() {
    let (sandbox, mut terminal) = walking();
    terminal.answer("t");
    terminal.wait_for("Note (Enter = turn back)");
    sandbox.ok("note \"The carrier calls back\" --by \"Ivo Brandt\"");
    terminal.answer("Our own note");
    terminal.wait_for("What about?");
    terminal.answer("3");
    let shown = terminal.wait_for_prompt_after("The carrier calls back");
    for words in ["Since the last question", "Our own note", "Ivo Brandt"] {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }
}

#[test]
fn start_typed_twice_leads_back_into_the_open_incident() {
    let sandbox = Sandbox::started();
    let before = sandbox.everything();
    let mut terminal = Terminal::run(&sandbox, "start every-form");
    terminal.wait_for("is open already");
    terminal.answer("");
    terminal.wait_for_prompt_after("Confirm it from two sources");
    terminal.answer("q");
    assert!(terminal.ended().success());
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn an_exercise_says_so_on_its_screen() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --exercise");
    let mut terminal = Terminal::run(&sandbox, "walk latest-exercise");
    terminal.wait_for_prompt_after("Confirm it from two sources");
    for (typed, after) in [
        ("", "NOW  F-01"),
        ("?", "Enter = next page"),
        ("s", "Enter = go on"),
        ("g", "opened: "),
        ("w", "Ask two people"),
        ("k", "There is no site file"),
    ] {
        terminal.answer(typed);
        let shown = terminal.wait_for_prompt_after(after);
        assert!(
            shown.trim_start().lines().take(2).any(|line| line.contains("EXERCISE")),
            "{shown}"
        );
    }
}

#[test]
fn without_a_terminal_it_refuses() {
    let sandbox = Sandbox::started();
    let before = sandbox.everything();
    let ran = sandbox.run("walk");
    assert_eq!((ran.code, ran.out.as_str()), (Some(7), ""), "{ran:?}");
    assert!(ran.err.contains("needs a terminal") && ran.err.contains("runbook done STEP"));
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn ctrl_z_puts_the_walk_aside_and_fg_brings_it_back() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\" --onset -5m --detected -3m");
    let mut shell = Terminal::shell(&sandbox);
    shell.answer("runbook walk");
    shell.wait_for_prompt_after("Confirm it from two sources");
    shell.press(b"d\x1a");
    shell.wait_for("Stopped");
    shell.answer("fg");
    shell.wait_for_prompt_after("You are back.");
    shell.answer("");
    shell.wait_for_prompt_after("Confirm it from two sources");
    assert_eq!(kinds(&sandbox), OPENING, "half an answer is none");
    shell.answer("d");
    shell.wait_for("6@w");
    shell.answer("q");
    shell.wait_for("You left the walk");
    assert_eq!(kinds(&sandbox).last().unwrap(), "step_done");
}

#[test]
fn ctrl_d_leaves_the_walk_as_q_does() {
    let (sandbox, mut terminal) = walking();
    terminal.press(b"\x04");
    terminal.wait_for("You left the walk");
    assert!(terminal.ended().success());
    assert_eq!(kinds(&sandbox), OPENING);
}

#[test]
fn kill_9_leaves_the_terminal_as_it_was() {
    let (_sandbox, mut terminal) = walking();
    terminal.press(b"half an ans");
    terminal.kill();
    assert!(terminal.is_restored(), "{}", terminal.shown());
}

#[test]
fn arrows_and_function_keys_are_no_answer() {
    let (sandbox, mut terminal) = walking();
    terminal.press(b"\x1b[A\x1b[D\x1bOP\x1b[15~\r");
    terminal.wait_for_prompt_after("Confirm it from two sources");
    terminal.answer("q");
    assert!(terminal.ended().success());
    assert_eq!(kinds(&sandbox), OPENING);
}
