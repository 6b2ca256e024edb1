//! The walk on other terminals than 80 by 24 in colour, and for one role only.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::redact::redact_screen;
use crate::support::sandbox::EVERY_FORM;
use crate::support::terminal::Terminal;

fn started() -> Sandbox {
    let sandbox = Sandbox::new().at_midday();
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\" --onset -5m --detected -3m");
    sandbox
}

/// The longest line of a screen, in characters.
fn widest(shown: &str) -> usize {
    shown.lines().map(|line| line.trim_end().chars().count()).max().unwrap_or_default()
}

#[test]
fn a_screen_reader_gets_plain_lines() {
    let sandbox = started();
    let mut at = Terminal::run_at(&sandbox, "walk", (40, 80), "dumb");
    let shown = at.wait_for_prompt_after("NOW  F-01");
    assert_data_eq!(
        redact_screen(&shown),
        str![[r#"
----
Every form · LIVE · every-form-YYYYMMDD-RRRR
T+H:MM · now HH:MM +ZZ:ZZ · T+0 HH:MM · First hours (0-2 h)
Lead: Ana Diaz (you)
declared after N min (aim N min) · outreach by HH:MM · first reached by HH:MM

  F-02 Decide how far it reaches             lead                due HH:MM
  F-06 Open a ticket with the vendor         tech                due HH:MM
  F-07 Freeze the list                       lead                due HH:MM
  F-08 Write the words of the notice         tech                due HH:MM
  F-09 Agree to the notice                   officer             due HH:MM
  … and 3 more (s = all steps)

NOW  F-01  Confirm it from two sources
for Lead · due HH:MM
  Ask two people who do not sit together.
d done · e earlier or by others · b begin · n n/a · f failed · l later
p people · k phones · t note · o next · z undo · s steps · q leave · ? all keys
> 
"#]]
    );
    assert!(!at.said().contains('\u{1b}'), "no sequence of any kind: {:?}", at.said());
    at.answer("d");
    let shown = at.wait_for_prompt_after("NOW  F-02");
    assert!(shown.contains("NOW  F-01"), "nothing that was said is taken away:\n{shown}");
}

#[test]
fn no_color_means_none() {
    let sandbox = started();
    let mut shell = Terminal::shell(&sandbox);
    shell.answer("NO_COLOR=1 runbook walk");
    shell.wait_for_prompt_after("NOW  F-01");
    assert!(!shell.said().contains("\u{1b}[1m"), "{:?}", shell.said());
}

#[test]
fn sixty_columns_and_twenty_lines_are_enough() {
    let sandbox = started();
    let mut at = Terminal::run_at(&sandbox, "walk", (20, 60), "xterm-256color");
    let shown = at.wait_for_prompt_after("NOW  F-01");
    assert_data_eq!(
        redact_screen(&shown),
        str![[r#"
Every form · LIVE · every-form-YYYYMMDD-RRRR
T+H:MM · now HH:MM +ZZ:ZZ · T+0 HH:MM · First hours (0-2 h)
Lead: Ana Diaz (you)
declared after N min (aim N min) · outreach by HH:MM ·
first reached by HH:MM

  F-02 Decide how far it reaches             due HH:MM
  F-06 Open a ticket with the vendor         due HH:MM
  F-07 Freeze the list                       due HH:MM
  F-08 Write the words of the notice         due HH:MM
  F-09 Agree to the notice                   due HH:MM
  … and 3 more (s = all steps)

NOW  F-01  Confirm it from two sources
for Lead · due HH:MM
  Ask two people who do not sit together.
d done · e earlier · b begin · n n/a · f failed · l later
p people · k phones · z undo · ? all keys
> 
"#]]
    );
    assert!(widest(&shown) <= 60, "{shown}");
    at.answer("scope");
    let shown = at.wait_for_prompt_after("NOW  F-02");
    assert!(shown.starts_with("Every form"), "the head is still there:\n{shown}");
}

#[test]
fn after_a_resize_the_next_screen_fits() {
    let sandbox = started();
    let mut at = Terminal::run(&sandbox, "walk");
    at.wait_for_prompt_after("NOW  F-01");
    at.resize(20, 60);
    at.answer("");
    at.answer("?");
    at.wait_for_prompt_after("Enter = next page");
    at.answer("scope");
    let shown = at.wait_for_prompt_after("NOW  F-02");
    assert!(widest(&shown) <= 60 && shown.lines().count() <= 20, "{shown}");
}

#[test]
fn a_role_holder_walks_through_their_own_steps() {
    let sandbox = started();
    sandbox.ok("assign tech \"Ivo Brandt\"");
    let sandbox = sandbox.typed_by("");
    let mut at = Terminal::run(&sandbox, "walk --role tech");
    at.wait_for_prompt_after("Who sits here now?");
    at.answer("2");
    let shown = at.wait_for_prompt_after("NOW  F-06");
    assert!(!shown.contains("F-01"), "{shown}");
    assert!(shown.contains("Technician: Ivo Brandt (you)"), "{shown}");
    at.answer("n");
    at.wait_for_prompt_after("Why does it not apply");
    at.answer("No vendor here");
    at.wait_for_prompt_after("not applicable");
    assert!(sandbox.ok("log").contains("Ivo Brandt (tech): not applicable: F-06"));
}

#[test]
fn who_answers_is_named_before_it_is_guessed() {
    let sandbox = started();
    sandbox.ok("assign tech \"Ivo Brandt\"");
    let sandbox = sandbox.typed_by("Mia Cole");
    for (line, by) in [
        ("walk --role tech --by \"Lou Park\"", "Lou Park"),
        ("walk --role tech", "Mia Cole"),
        ("walk", "Mia Cole"),
    ] {
        let mut at = Terminal::run(&sandbox, line);
        let shown = at.wait_for_prompt_after("NOW  F-0");
        assert!(shown.contains(&format!("You are {by}")), "{line}:\n{shown}");
        at.answer("q");
        assert!(at.ended().success());
    }
}

#[test]
fn long_texts_come_page_by_page() {
    let sandbox = Sandbox::new();
    let mut lines: Vec<String> = (1..=40).map(|n| format!("            Line {n}.")).collect();
    lines.push("          Ask two people".to_owned());
    let long = EVERY_FORM.replacen("          Ask two people", &lines.join("\n"), 1);
    assert!(long.contains("Line 40."), "the fixture has changed");
    sandbox.write("playbooks/every-form.yaml", long.replace("            Line", "          Line"));
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\"");
    let mut at = Terminal::run(&sandbox, "walk");
    let shown = at.wait_for_prompt_after("NOW  F-01");
    assert!(shown.contains("w = the whole text"), "{shown}");
    at.answer("w");
    let shown = at.wait_for_prompt_after("Enter = next page");
    assert!(shown.contains("Line 1.") && !shown.contains("Line 40."), "{shown}");
    at.answer("");
    let shown = at.wait_for_prompt_after("Enter = go on");
    assert!(shown.contains("Line 40."), "{shown}");
    at.answer("");
    at.wait_for_prompt_after("NOW  F-01");
}
