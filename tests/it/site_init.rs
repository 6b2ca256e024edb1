//! `site init`: a real pseudo-terminal of 80 by 24.

use std::fs;

use crate::support::Sandbox;
use crate::support::terminal::Terminal;

fn text(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.home().join("site.yaml")).unwrap_or_default()
}

/// Answers the first two parts.
fn begun(sandbox: &Sandbox) -> Terminal {
    let mut terminal = Terminal::run(sandbox, "site init");
    terminal.wait_for_prompt_after("What do patients call it?");
    terminal.answer("?");
    terminal.wait_for("That is no answer.");
    terminal.wait_for_prompt_after("What do patients call it?");
    terminal.answer("Riverside Pharmacy");
    terminal.wait_for("Saved: the site's name.");
    terminal.wait_for_prompt_after("call back? (Enter = skip)");
    terminal.answer("860 555-HELP");
    terminal.wait_for("write 860 555-4357");
    terminal.wait_for_prompt_after("call back? (Enter = skip)");
    terminal.answer("860 555 0100");
    terminal.wait_for("Saved: the call-back number.");
    terminal
}

/// How many parts there are, as the screen says.
fn parts(shown: &str) -> usize {
    let head = regex_lite::Regex::new(r"(?m)^[0-9]+ of ([0-9]+) - ").unwrap();
    head.captures_iter(shown).last().unwrap()[1].parse().unwrap()
}

/// Presses Enter at every part from this one on, until one has this title or the last is done.
fn skip(terminal: &mut Terminal, from: usize, of: usize, title: &str) -> usize {
    for part in from..=of {
        let head = format!("\n{part} of {of} - ");
        let shown = terminal.wait_for_prompt_after(&head);
        if shown.rsplit_once(&head).unwrap().1.starts_with(title) {
            return part;
        }
        terminal.answer("");
    }
    of
}

#[test]
fn it_asks_the_most_important_first_and_shows_how_far_it_is() {
    let sandbox = Sandbox::bare();
    let mut terminal = begun(&sandbox);
    let shown = terminal.wait_for_prompt_after("Who does this?");
    let all = parts(&shown);
    assert!(shown.contains(&format!("3 of {all} - Incident Lead")), "{shown}");
    terminal.answer("Ana Diaz");
    terminal.wait_for_prompt_after("Phone of Ana Diaz?");
    terminal.answer("860 555 0111");
    terminal.wait_for_prompt_after("Who steps in as deputy?");
    terminal.answer("Ben Ito");
    terminal.wait_for_prompt_after("Phone of Ben Ito?");
    terminal.answer("860 555 0112");
    terminal.wait_for("Saved: Incident Lead.");
    skip(&mut terminal, 4, all, "nothing");
    assert!(terminal.ended().success());
    let shown = terminal.shown();
    assert!(shown.contains("runbook site set"), "{shown}");
    assert!(terminal.is_restored());
    let json = sandbox.json("site show");
    assert_eq!(json["name"], "Riverside Pharmacy");
    assert_eq!(json["roles"][0]["deputies"][0]["phone"], "860 555 0112");
    assert_eq!(json["checked"], serde_json::Value::Null, "nobody has dialed anything yet");
}

#[test]
fn leadership_and_vendors_are_asked_with_their_numbers() {
    let sandbox = Sandbox::bare();
    let mut terminal = begun(&sandbox);
    let all = parts(&terminal.wait_for_prompt_after("Who does this?"));
    let leadership = skip(&mut terminal, 3, all, "Leadership: who must be told");
    terminal.wait_for_prompt_after("Whom?");
    terminal.answer("Carla Moss");
    terminal.wait_for_prompt_after("Phone of Carla Moss?");
    terminal.answer("860 555 0120");
    terminal.wait_for_prompt_after("Whom else?");
    terminal.answer("");
    terminal.wait_for("Saved: leadership.");
    terminal.wait_for_prompt_after("Which company?");
    terminal.answer("Mailhost Inc.");
    terminal.wait_for_prompt_after("Its support number");
    terminal.answer("800 555 0130");
    terminal.wait_for_prompt_after("contract or customer number");
    terminal.answer("C-1187");
    terminal.wait_for("Saved: email.");
    skip(&mut terminal, leadership + 2, all, "nothing");
    assert!(terminal.ended().success());
    let text = text(&sandbox);
    assert!(
        text.contains("leadership:\n  - {name: Carla Moss, phone: \"860 555 0120\"}\n"),
        "{text}"
    );
    assert!(text.contains("for: email, support: \"800 555 0130\", contract: C-1187"), "{text}");
}

#[test]
fn ctrl_c_keeps_what_was_saved_and_the_next_run_goes_on() {
    let sandbox = Sandbox::bare();
    let mut terminal = begun(&sandbox);
    terminal.wait_for_prompt_after("Who does this?");
    let all = parts(&terminal.shown());
    terminal.answer("Ana Diaz");
    terminal.wait_for_prompt_after("Phone of Ana Diaz?");
    terminal.press(b"860 5\x03");
    assert!(terminal.ended().success());
    let shown = terminal.shown();
    assert!(shown.contains("runbook site init goes on"), "{shown}");
    assert!(terminal.is_restored());
    let kept = text(&sandbox);
    assert!(kept.contains("860 555 0100") && !kept.contains("Ana"), "{kept}");

    let mut terminal = Terminal::run(&sandbox, "site init");
    let shown = terminal.wait_for_prompt_after("Who does this?");
    assert!(shown.contains(&format!("1 of {} - Incident Lead", all - 2)), "{shown}");
    terminal.answer("Ana Diaz");
    terminal.wait_for_prompt_after("Phone of Ana Diaz?");
    terminal.answer("");
    terminal.wait_for_prompt_after("Who steps in as deputy?");
    terminal.press(b"\x04");
    assert!(terminal.ended().success());
    assert_eq!(text(&sandbox), kept, "the part was not finished");
}

#[test]
fn an_answer_that_is_there_is_never_asked_again_nor_overwritten() {
    let sandbox = Sandbox::bare();
    sandbox.ok("site set name Riverside");
    sandbox.ok("site set callback \"860 555 0100\"");
    sandbox.ok("site set incident-lead.holder \"Ana Diaz\"");
    let file = sandbox.home().join("site.yaml");
    let commented = text(&sandbox).replace("roles:", "roles: # kept");
    fs::write(&file, &commented).unwrap();
    let mut terminal = Terminal::run(&sandbox, "site init");
    let shown = terminal.wait_for_prompt_after("Phone of Ana Diaz?");
    assert!(!shown.contains("Who does this?"), "{shown}");
    let all = parts(&shown);
    terminal.answer("860 555 0111");
    terminal.wait_for_prompt_after("Who steps in as deputy?");
    terminal.answer("");
    terminal.wait_for("Saved: Incident Lead.");
    skip(&mut terminal, 2, all, "nothing");
    assert!(terminal.ended().success());
    let phone = "{name: Ana Diaz, phone: \"860 555 0111\"}";
    assert_eq!(text(&sandbox), commented.replace("{name: Ana Diaz}", phone));
}

#[test]
fn an_open_incident_goes_on_and_records_what_was_changed() {
    let sandbox = Sandbox::started();
    let mut terminal = Terminal::run(&sandbox, "site init");
    let shown = terminal.wait_for_prompt_after("What do patients call it?");
    assert!(shown.contains("is open and goes on: runbook walk"), "{shown}");
    terminal.answer("Riverside");
    terminal.wait_for("Recorded in every-form-");
    terminal.press(b"\x03");
    assert!(terminal.ended().success());
    assert!(sandbox.ok("log").contains("site file changed: name"));
}

#[test]
fn a_broken_file_is_not_asked_about() {
    let sandbox = Sandbox::bare();
    fs::create_dir_all(sandbox.home()).unwrap();
    fs::write(sandbox.home().join("site.yaml"), "runbook-site: 1\nsite: {nam: R}\n").unwrap();
    let mut terminal = Terminal::run(&sandbox, "site init");
    terminal.wait_for("did you mean `name`?");
    assert_eq!(terminal.ended().exit_code(), 3);
}

#[test]
fn set_without_a_value_lets_the_present_one_be_edited() {
    let sandbox = Sandbox::new();
    sandbox.ok("site set name \"Riverside Pharmacy\"");
    sandbox.ok("site set callback \"860 555 0100\"");
    let mut at = Terminal::run(&sandbox, "site set callback");
    at.wait_for("> 860 555 0100");
    at.key(b"\x7f");
    at.wait_until(|shown| shown.trim_end().ends_with("> 860 555 010"));
    at.key(b"7");
    at.wait_for("> 860 555 0107");
    at.key(b"\r");
    at.wait_for("Saved: callback is 860 555 0107 (before: 860 555 0100)");
    assert!(at.ended().success() && at.is_restored());
    let mut at = Terminal::run(&sandbox, "site set callback");
    at.wait_for("> 860 555 0107");
    at.key(b"9");
    at.wait_for("> 860 555 01079");
    at.key(b"\x03");
    at.wait_for("Nothing was changed.");
    assert!(at.ended().success() && at.is_restored());
    assert!(sandbox.ok("site show").contains("860 555 0107"));
    let ran = sandbox.run("site set callback");
    assert_eq!(ran.code, Some(7), "{ran:?}");
    assert!(ran.err.contains("runbook site set callback VALUE"), "{ran:?}");
}
