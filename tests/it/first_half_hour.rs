//! The lead's first half hour, alone at night, at a terminal of 80 by 24: from the first doubt to the
//! hand-over, with everything that goes wrong on the way. Every screen is kept below `screens/`, and
//! `recording` makes a film of it.

use std::path::Path;

use snapbox::{Data, assert_data_eq};

use crate::support::Sandbox;
use crate::support::redact::redact_screen;
use crate::support::terminal::{Beat, Terminal};

/// Whom to reach when everything else is down.
const SITE: &str = include_str!("fixtures/site.yaml");

fn prepared() -> Sandbox {
    let sandbox = Sandbox::bare().at_midday();
    sandbox.write_site(SITE);
    sandbox
}

/// Waits for the question, and holds the screen against the one that is kept.
#[track_caller]
fn screen(at: &mut Terminal, question: &str, name: &str) {
    let shown = at.wait_for_prompt_after(question);
    assert_data_eq!(redact_screen(&shown), kept(name));
    at.keep(name.trim_end_matches(".txt"));
}

/// Answers one question after the other: what the screen asks, and what is typed.
#[track_caller]
fn answers(at: &mut Terminal, questions: &[(&str, &str)]) {
    for (question, answer) in questions {
        at.wait_for_prompt_after(question);
        at.answer(answer);
    }
}

/// Every record in the order of the log: its kind, and what it says.
fn log(sandbox: &Sandbox) -> Vec<String> {
    let log = sandbox.json("log");
    let word = |entry: &serde_json::Value, key: &str| entry[key].as_str().unwrap().to_owned();
    log["entries"].as_array().unwrap().iter().map(|entry| word(entry, "what")).collect()
}

/// One command at the terminal, and what went over it.
pub(crate) struct Take {
    pub(crate) command: &'static str,
    pub(crate) beats: Vec<Beat>,
}

#[test]
fn from_the_first_doubt_to_the_hand_over() {
    played();
}

/// Plays it, holds every screen against the kept one, and gives all that went over the terminal.
pub(crate) fn played() -> Vec<Take> {
    const START: &str = "start email-outage --suspected";
    let sandbox = prepared();
    let mut at = Terminal::run(&sandbox, START);
    screen(&mut at, "Who are you?", "01-who.txt");
    at.answer("");
    screen(&mut at, "NOW  I-01", "02-suspected.txt");
    confirm(&mut at);
    screen(&mut at, "NOW  I-02", "03-could-it-be-an-attack.txt");
    answers(&mut at, &[("NOW  I-02", "1 IT has looked"), ("initials of Ana Diaz", "ad")]);
    at.wait_for_prompt_after("NOW  I-03");
    at.answer("m");
    screen(&mut at, "Declare the outage", "04-declare.txt");
    at.answer("y");
    screen(&mut at, "T+0 declared", "05-declared.txt");
    roles(&mut at);
    leadership(&mut at);
    let first = Take { command: START, beats: interrupted(&sandbox, at) };
    let mut at = a_step_fails_and_is_done_again(&sandbox);
    hand_over(&mut at);
    at.answer("q");
    assert!(at.ended().success());
    assert!(at.is_restored());
    assert_data_eq!(redact_screen(&log(&sandbox).join("\n")), kept("log.txt"));
    sandbox.ok("verify");
    vec![first, Take { command: "walk", beats: at.beats() }]
}

fn kept(name: &str) -> Data {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/screens");
    Data::read_from(&folder.join(name), None).raw()
}

fn confirm(at: &mut Terminal) {
    at.answer("d");
    answers(
        at,
        &[
            ("Which two sources say so?", "1"),
            ("When did the first person or alarm notice?", "-6m"),
            ("When did email stop?", "-10m"),
            ("Anything to add?", ""),
        ],
    );
}

/// Everybody planned has said yes on the phone, but for communications, where the deputy takes it.
fn roles(at: &mut Terminal) {
    at.answer("p");
    screen(at, "Which role?", "06-roles.txt");
    at.answer("a");
    screen(at, "Who has said yes?", "07-who-said-yes.txt");
    at.answer("3 4");
    at.wait_for_prompt_after("assigned clinical-lead");
    answers(at, &[("NOW  I-03", "p"), ("Which role?", "2")]);
    screen(at, "what happens?", "08-communications.txt");
    at.answer("2");
    at.wait_for_prompt_after("Lou Park");
}

fn leadership(at: &mut Terminal) {
    answers(
        at,
        &[
            ("NOW  I-03", "d"),
            ("How bad is it", "full"),
            ("How far does it reach", "1"),
            ("NOW  I-04", "d"),
            ("NOW  I-24", "tell-leaders"),
            ("NOW  I-05", "k"),
        ],
    );
    screen(at, "Carla Moss", "09-phones.txt");
    answers(at, &[("Carla Moss", ""), ("NOW  I-05", "d")]);
    answers(
        at,
        &[("With whom did you speak?", "2"), ("privacy officer?", "n"), ("Job title and time", "")],
    );
    screen(at, "tell-leaders", "10-leadership-told.txt");
}

/// Ctrl-C, a window that is closed and `kill -9`, each in the middle of an answer: what was
/// acknowledged is there, what was half typed is not, and the terminal is as it was. Gives what went
/// over the first one.
fn interrupted(sandbox: &Sandbox, mut at: Terminal) -> Vec<Beat> {
    let before = log(sandbox);
    let walk = |keys: &[u8]| {
        let mut at = Terminal::run(sandbox, "walk");
        at.wait_for_prompt_after("NOW  I-24");
        at.press(keys);
        at
    };
    at.press(b"d\r1\x03");
    at.wait_for("You left the walk");
    assert!(at.ended().success() && at.is_restored());
    let beats = at.beats();
    let mut at = walk(b"d\r1");
    at.hang_up();
    assert!(at.is_restored());
    let mut at = walk(b"d\r1");
    at.kill();
    assert!(at.is_restored());
    assert_eq!(log(sandbox), before);
    beats
}

fn a_step_fails_and_is_done_again(sandbox: &Sandbox) -> Terminal {
    let mut at = Terminal::run(sandbox, "walk");
    screen(&mut at, "NOW  I-24", "11-back-again.txt");
    answers(
        &mut at,
        &[
            ("NOW  I-24", "d"),
            ("What does the vendor say?", "2"),
            ("your own checks", "1"),
            ("vendor-status", "ticket"),
            ("NOW  I-26", "f"),
        ],
    );
    screen(&mut at, "What went wrong?", "12-what-went-wrong.txt");
    at.answer("The support line is busy");
    answers(&mut at, &[("failed: I-26", "I-26")]);
    screen(&mut at, "FAILED before", "13-failed-before.txt");
    at.answer("d");
    answers(&mut at, &[("What is the ticket number?", "M-4711"), ("Which number", "")]);
    screen(&mut at, "done: I-26", "14-done-after-all.txt");
    at.answer("z");
    screen(&mut at, "What is wrong with it?", "15-undo.txt");
    answers(
        &mut at,
        &[("What is wrong with it?", "3"), ("What is right?", "The number is M-4712")],
    );
    at.wait_for_prompt_after("correction of");
    at
}

fn hand_over(at: &mut Terminal) {
    answers(
        at,
        &[
            ("correction of", "p"),
            ("Which role?", "1"),
            ("what happens?", "2"),
            ("To whom?", "Ben Ito"),
        ],
    );
    at.wait_for_prompt_after("What must they know");
    at.answer("Mailhost calls back at six");
    for (words, name) in [
        ("2. OPERATIONAL PERIOD", "16-sheet-1.txt"),
        ("6. CURRENT ORGANISATION", "16-sheet-2.txt"),
        ("7. INCIDENT OBJECTIVES", "16-sheet-3.txt"),
        ("10. PREPARED BY", "16-sheet-4.txt"),
    ] {
        screen(at, words, name);
        at.answer("");
    }
    screen(at, "Ana Diaz hands over: type your initials", "17-both-sign.txt");
    answers(at, &[("Ana Diaz hands over", "ad"), ("Ben Ito takes over", "bi")]);
    at.wait_for_prompt_after("Who types from now on?");
    at.answer("");
    screen(at, "Ben Ito (you)", "18-handed-over.txt");
}

/// The number in the README. Words that only the person knows (a ticket number) count too.
#[test]
fn keys_from_start_to_the_tenth_step_answered() {
    let sandbox = prepared();
    let mut at = Terminal::run(&sandbox, "start email-outage");
    answers(
        &mut at,
        &[
            ("Who are you?", ""),
            ("NOW  I-01", "d"),
            ("Which two sources say so?", "1"),
            ("When did the first person or alarm notice?", "n"),
            ("When did email stop?", ""),
            ("Anything to add?", ""),
            ("NOW  I-02", "1"),
            ("why?", ""),
            ("initials of Ana Diaz", "ad"),
            ("NOW  I-03", "d"),
            ("How bad is it", "3"),
            ("How far does it reach", "1"),
            ("NOW  I-04", "d"),
            ("NOW  I-24", "d"),
            ("What does the vendor say?", "1"),
            ("your own checks", "1"),
            ("NOW  I-05", "d"),
            ("With whom did you speak?", "2"),
            ("privacy officer?", "y"),
            ("Job title and time", ""),
            ("NOW  I-08", "d"),
            ("NOW  I-18", "d"),
            ("NOW  I-25", "d"),
            ("from outside arrive?", "n"),
            ("to outside arrive?", "n"),
            ("between colleagues arrive?", "y"),
            ("Which error text", ""),
            ("NOW  I-26", "d"),
            ("What is the ticket number?", "M-4711"),
            ("Which number", ""),
        ],
    );
    at.wait_for_prompt_after("done: I-26");
    let status = sandbox.json("status");
    let steps = status["steps"].as_array().unwrap();
    assert_eq!(steps.iter().filter(|step| step["status"] == "done").count(), 10);
    assert_eq!(at.keys_pressed(), 59);
}
