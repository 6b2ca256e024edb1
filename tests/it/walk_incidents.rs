//! The walk where more than one step is at stake: what was typed by mistake, who holds which role,
//! suspected outages, other playbooks, several incidents at once.

use crate::drill::drilling;
use crate::drill_clock::copy;
use crate::support::Sandbox;
use crate::support::sandbox::EVERY_FORM;
use crate::support::terminal::Terminal;
use crate::writers::{carry, joined};

/// A playbook beside the usual one, and a decision in the usual one that leads to it.
fn two_playbooks() -> Sandbox {
    let sandbox = Sandbox::new();
    let other = EVERY_FORM.replace("id: every-form", "id: other-form");
    let other = other.replace("title: Every form", "title: Other form");
    sandbox.write("playbooks/other-form.yaml", other);
    let leads = EVERY_FORM.replacen("            corporate:", "            attack: {title: Somebody did this, leads_to: other-form}\n            corporate:", 1);
    assert!(leads.contains("leads_to"), "the fixture has changed");
    sandbox.write("playbooks/every-form.yaml", leads);
    sandbox
}

fn walk(sandbox: &Sandbox) -> Terminal {
    let mut at = Terminal::run(sandbox, "walk");
    at.wait_for_prompt_after("NOW  F-01");
    at
}

fn started() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\"");
    sandbox
}

fn kinds(sandbox: &Sandbox, incident: &str) -> Vec<String> {
    let log = sandbox.json(&format!("log {incident}"));
    let entries = log["entries"].as_array().unwrap().iter();
    entries.map(|entry| entry["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_last_answer_is_taken_back_and_stays_in_the_log() {
    let sandbox = started();
    let mut at = walk(&sandbox);
    at.answer("d");
    at.wait_for_prompt_after("NOW  F-02");
    at.answer("z");
    let shown = at.wait_for_prompt_after("What is wrong with it?");
    assert!(shown.contains("done: F-01 confirm"), "{shown}");
    at.answer("1");
    at.wait_for_prompt_after("NOW  F-01");
    let all = kinds(&sandbox, "");
    assert_eq!(all[all.len() - 2..], ["step_done", "record_withdrawn"]);
    at.answer("z");
    at.wait_for_prompt_after("Nothing was recorded here that could be taken back");
    at.answer("d -5m");
    at.wait_for_prompt_after("NOW  F-02");
    assert_eq!(sandbox.json("status")["steps"][0]["status"], "done");
}

#[test]
fn a_role_given_by_mistake_was_never_held() {
    let sandbox = started();
    let mut at = walk(&sandbox);
    at.answer("p");
    at.wait_for_prompt_after("Which role?");
    at.answer("2");
    at.wait_for_prompt_after("what happens?");
    at.answer("1");
    at.wait_for_prompt_after("Who?");
    at.answer("Ivo Brandt");
    at.wait_for_prompt_after("assigned tech: Ivo Brandt");
    at.answer("z");
    at.wait_for_prompt_after("What is wrong with it?");
    at.answer("1");
    at.wait_for_prompt_after("released tech: Ivo Brandt");
    let status = sandbox.json("status");
    assert_eq!(status["roles"][1]["holders"], serde_json::json!([]), "{status}");
}

#[test]
fn a_time_that_cannot_be_read_records_nothing() {
    let sandbox = started();
    let mut at = walk(&sandbox);
    for typed in ["d 25:00", "d yesterday", "d +5m"] {
        at.answer(typed);
        at.wait_for_prompt_after("Not recorded");
        at.answer("");
        at.wait_for_prompt_after("NOW  F-01");
    }
    assert_eq!(kinds(&sandbox, "").len(), 3);
}

#[test]
fn a_suspected_outage_is_declared_by_a_word_not_by_enter() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --suspected --assign \"lead=Ana Diaz\"");
    let mut at = walk(&sandbox);
    at.answer("m");
    at.wait_for_prompt_after("Declare the outage");
    at.answer("");
    at.wait_for_prompt_after("Not declared");
    assert_eq!(sandbox.json("status")["state"], "suspected");
    at.answer("m");
    at.wait_for_prompt_after("Declare the outage");
    at.answer("soon");
    at.wait_for_prompt_after("Declare the outage");
    at.answer("-4m");
    at.wait_for_prompt_after("T+0 declared");
    assert_eq!(sandbox.json("status")["state"], "declared");
}

#[test]
fn a_suspicion_that_was_nothing_ends_as_a_false_alarm() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --suspected --assign \"lead=Ana Diaz\"");
    let mut at = walk(&sandbox);
    at.answer("c");
    at.wait_for_prompt_after("False alarm: what was it instead?");
    at.answer("One mailbox was full");
    at.wait_for_prompt_after("Type FALSE to end it");
    at.answer("yes");
    at.wait_for_prompt_after("The incident stays open.");
    assert_eq!(sandbox.json("status")["state"], "suspected");
    at.answer("c");
    at.wait_for_prompt_after("False alarm: what was it instead?");
    at.answer("One mailbox was full");
    at.wait_for_prompt_after("Type FALSE to end it");
    at.answer("false");
    at.wait_for("has ended. What happened: runbook report");
    assert!(at.ended().success());
    assert_eq!(kinds(&sandbox, "").last().unwrap(), "false_alarm_declared");
}

#[test]
fn a_decision_leads_into_another_playbook_with_t0_and_roles() {
    let sandbox = two_playbooks();
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\" --at -20m --onset -40m");
    let mut at = walk(&sandbox);
    at.answer("scope");
    let shown = at.wait_for_prompt_after("NOW  F-02");
    assert!(shown.contains("leads to the playbook other-form"), "{shown}");
    at.answer("attack A note on two screens");
    at.wait_for_prompt_after("Open it now?");
    at.answer("y");
    let shown = at.wait_for_prompt_after("NOW  F-01");
    assert!(shown.contains("Saved 5@") && shown.contains("decided: F-02"), "{shown}");
    for words in ["Other form", "T+0:20", "Lead: Ana Diaz (you)", "Also open: every-form-"] {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }
    at.answer("g");
    at.wait_for_prompt_after("Somebody did this");
    at.answer("i");
    at.wait_for_prompt_after("Which one?");
    at.answer("1");
    at.wait_for("Also open: other-form-");
    let shown = at.wait_for_prompt_after("NOW  F-01");
    assert!(shown.starts_with("Every form") && shown.contains("Also open: other-form-"), "{shown}");
    assert!(kinds(&sandbox, "every-form").contains(&"incident_escalated".to_owned()));
    assert_eq!(
        sandbox.json("report other-form")["milestones"]["onset"],
        sandbox.json("report every-form")["milestones"]["onset"]
    );
}

#[test]
fn not_now_is_an_answer_and_x_opens_it_later() {
    let sandbox = two_playbooks();
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\"");
    let mut at = walk(&sandbox);
    at.answer("scope");
    at.wait_for_prompt_after("NOW  F-02");
    at.answer("attack");
    at.wait_for_prompt_after("why?");
    at.answer("");
    at.wait_for_prompt_after("Open it now?");
    at.answer("");
    at.wait_for_prompt_after("x opens it");
    assert_eq!(sandbox.json("incidents")["incidents"].as_array().unwrap().len(), 1);
    at.answer("x");
    let shown = at.wait_for_prompt_after("Which playbook is needed as well?");
    assert!(
        shown.contains("other-form - Other form") && !shown.contains("every-form - "),
        "{shown}"
    );
    at.answer("other-form");
    at.wait_for_prompt_after("Why?");
    at.answer("IT is sure now");
    let shown = at.wait_for_prompt_after("stays open");
    assert!(shown.contains("Opened other-form-"), "{shown}");
}

#[test]
fn a_role_that_the_next_playbook_lacks_hides_none_of_its_steps() {
    let sandbox = two_playbooks();
    let other = std::fs::read_to_string(sandbox.cwd().join("playbooks/other-form.yaml")).unwrap();
    let other = other.replace("tech", "hands");
    sandbox.write("playbooks/other-form.yaml", other);
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\" --assign \"tech=Ivo Brandt\"");
    let mut at = Terminal::run(&sandbox, "walk --role tech");
    at.wait_for_prompt_after("NOW  F-06");
    at.answer("x");
    at.wait_for_prompt_after("Which playbook is needed as well?");
    at.answer("other-form");
    at.wait_for_prompt_after("Why?");
    at.answer("IT is sure now");
    let shown = at.wait_for_prompt_after("NOW  F-01");
    assert!(shown.contains("has no role tech: all its steps are shown."), "{shown}");
}

/// Somebody else hands a role over and corrects T+0 while the walk asks why.
#[test]
fn what_comes_along_is_what_is_true_when_it_is_opened() {
    let sandbox = two_playbooks();
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\" --at 2025-01-22T14:05Z");
    let mut at = walk(&sandbox);
    at.answer("x");
    at.wait_for_prompt_after("Which playbook is needed as well?");
    at.answer("other-form");
    at.wait_for_prompt_after("Why?");
    sandbox.ok("handover lead --to \"Ben Ito\"");
    sandbox.ok("correct 2 --occurred 2025-01-22T13:50Z --note \"The phone log\"");
    at.answer("IT is sure now");
    at.wait_for_prompt_after("stays open");
    let report = sandbox.json("report other-form");
    assert_eq!(report["t0"], "2025-01-22T13:50:00+00:00");
    let holders = report["roles"][0]["holders"].as_array().unwrap();
    assert_eq!(holders.iter().map(|one| &one["person"]).collect::<Vec<_>>(), ["Ben Ito"]);
}

#[test]
fn a_playbook_that_is_broken_opens_nothing_and_the_walk_goes_on() {
    let sandbox = two_playbooks();
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\"");
    let mut at = walk(&sandbox);
    sandbox.write("playbooks/other-form.yaml", "runbook: 1\nid: [");
    at.answer("x");
    at.wait_for_prompt_after("Which playbook is needed as well?");
    at.answer("other-form");
    at.wait_for_prompt_after("Why?");
    at.answer("IT is sure now");
    at.wait_for_prompt_after("Not opened");
    assert_eq!(kinds(&sandbox, "").len(), 3);
    at.answer("q");
    assert!(at.ended().success());
}

/// Two terminals of one machine, and the files of a second machine that come on a stick.
#[test]
fn everybody_sees_at_the_next_question_what_the_others_answered() {
    let here = started();
    let mut first = walk(&here);
    let mut second = Terminal::run(&here, "walk --by \"Ivo Brandt\"");
    second.wait_for_prompt_after("NOW  F-01");
    first.answer("d");
    first.wait_for_prompt_after("NOW  F-02");
    second.answer("");
    second.wait_for("Ana Diaz: done: F-01 confirm");
    second.wait_for_prompt_after("NOW  F-02");
    second.answer("ticket");
    second.wait_for_prompt_after("NOW  F-06");
    second.answer("b");
    second.wait_for_prompt_after("begun: F-06");
    let there = joined(&here);
    there.ok("note \"The carrier calls back\" --by \"Ben Ito\"");
    carry(&there.incident_folder(), &here);
    first.answer("");
    first.wait_for("Ivo Brandt: begun: F-06");
    first.wait_for("Ben Ito: note (situation): The carrier calls back");
    second.answer("scope");
    second.wait_for("Ben Ito: note (situation): The carrier calls back");
    carry(&here.incident_folder(), &there);
    let mut away = Terminal::run(&there, "walk");
    away.wait_for_prompt_after("NOW  F-02");
    assert_eq!(kinds(&here, "").len(), 6);
    assert_eq!(kinds(&there, ""), kinds(&here, ""));
}

/// Both answer the same step: the second one is told, and nothing is recorded twice.
#[test]
fn a_step_that_somebody_else_has_answered_is_not_answered_twice() {
    let here = started();
    let mut first = walk(&here);
    let mut second = Terminal::run(&here, "walk --by \"Ivo Brandt\"");
    second.wait_for_prompt_after("NOW  F-01");
    first.answer("d");
    first.wait_for_prompt_after("NOW  F-02");
    second.answer("d");
    let shown = second.wait_for_prompt_after("NOW  F-02");
    assert!(shown.contains("has its answer: done, by Ana Diaz"), "{shown}");
    assert_eq!(kinds(&here, "").iter().filter(|kind| *kind == "step_done").count(), 1);
}

#[test]
fn a_broken_site_file_shows_its_numbers_all_the_same() {
    let sandbox = started();
    sandbox.write_site("runbook-site: 1\nsite: {name: Riverside\n# IT: Ivo 860 555 0115\n");
    let mut at = walk(&sandbox);
    at.answer("k");
    let shown = at.wait_for_prompt_after("The site file has faults");
    assert!(shown.contains("Ivo 860 555 0115"), "{shown}");
    sandbox.write_site(
        "runbook-site: 1\nsite: {name: Riverside, calback: \"1\"}\nleadership:\n  - {name: Carla Moss, phone: \"860 555 0120\"}\n",
    );
    at.answer("k");
    at.wait_for("Carla Moss: 860 555 0120");
    std::fs::remove_file(sandbox.home().join("site.yaml")).unwrap();
    at.answer("k");
    at.wait_for_prompt_after("There is no site file");
}

#[test]
fn whoever_is_alone_takes_every_role_and_is_warned_once() {
    let sandbox = prepared_site();
    sandbox.ok("start email-outage --assign \"incident-lead=Ana Diaz\"");
    let mut at = Terminal::run(&sandbox, "walk");
    at.wait_for_prompt_after("NOW  I-01");
    at.answer("p");
    at.wait_for_prompt_after("Which role?");
    at.answer("me");
    let shown = at.wait_for("assigned it-lead: Ana Diaz");
    assert_eq!(shown.matches("now holds").count(), 1, "{shown}");
    let status = sandbox.json("status");
    let roles = status["roles"].as_array().unwrap().iter();
    let held = roles.filter(|role| role["holders"][0]["person"] == "Ana Diaz");
    assert_eq!(held.count(), 4, "{status}");
}

fn prepared_site() -> Sandbox {
    let sandbox = Sandbox::bare();
    sandbox.write_site(include_str!("fixtures/site.yaml"));
    sandbox
}

#[test]
fn a_key_typed_before_a_step_is_shown_answers_nothing() {
    let sandbox = started();
    let mut at = Terminal::run_at(&sandbox, "walk", (18, 80), "xterm-256color");
    at.wait_for_prompt_after("NOW  F-01");
    at.answer("s");
    at.wait_for_prompt_after("Enter = ");
    at.answer("d");
    at.wait_for_prompt_after("\"d\" was typed before this step was shown");
    assert_eq!(kinds(&sandbox, "").len(), 3);
    at.answer("d");
    at.wait_for_prompt_after("done: F-01");
}

#[test]
fn an_approval_keeps_the_time_the_person_and_the_note_it_was_given() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\" --at -30m");
    let mut at = walk(&sandbox);
    at.answer("agree");
    at.wait_for_prompt_after("NOW  F-09");
    at.answer("e");
    for (question, answer) in [
        ("When was it done?", "-10m"),
        ("By whom?", "Lou Park"),
        ("Anything to note?", "By phone from home"),
    ] {
        at.wait_for_prompt_after(question);
        at.answer(answer);
    }
    at.wait_for_prompt_after("approved: F-09");
    let log = sandbox.json("log");
    let last = log["entries"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["by"], "Lou Park");
    assert_eq!(last["late_entry"], true);
    assert!(last["what"].as_str().unwrap().contains("By phone from home"), "{last}");
}

#[test]
fn whoever_keeps_a_role_goes_on_typing_as_themselves() {
    let sandbox = started();
    sandbox.ok("assign tech \"Ana Diaz\"");
    let mut at = walk(&sandbox);
    at.answer("p");
    at.wait_for_prompt_after("Which role?");
    at.answer("2");
    at.wait_for_prompt_after("what happens?");
    at.answer("1");
    for (question, answer) in [
        ("To whom?", "Ben Ito"),
        ("What must they know", ""),
        ("Enter = next page", "q"),
        ("Ana Diaz hands over", "ad"),
        ("Ben Ito takes over", "bi"),
    ] {
        at.wait_for_prompt_after(question);
        at.answer(answer);
    }
    at.wait_for("hand-over tech: Ana Diaz to Ben Ito");
    let shown = at.wait_for_prompt_after("NOW  F-01");
    assert!(shown.contains("Lead: Ana Diaz (you)"), "{shown}");
}

#[test]
fn half_a_line_at_the_end_of_input_is_no_answer() {
    let sandbox = started();
    let mut at = walk(&sandbox);
    at.press(b"d\x04\x04");
    at.wait_for("You left the walk");
    assert!(at.ended().success());
    assert_eq!(kinds(&sandbox, "").len(), 3);
}

#[test]
fn undo_that_turns_back_can_be_asked_for_again() {
    let sandbox = started();
    let mut at = walk(&sandbox);
    at.answer("d");
    at.wait_for_prompt_after("NOW  F-02");
    at.answer("z");
    at.wait_for_prompt_after("What is wrong with it?");
    at.answer("2");
    at.wait_for_prompt_after("When did it happen?");
    at.answer("");
    at.wait_for_prompt_after("NOW  F-02");
    at.answer("z");
    at.wait_for_prompt_after("done: F-01 confirm");
}

#[test]
fn a_deputy_made_holder_by_mistake_is_the_deputy_again() {
    let sandbox = started();
    sandbox.ok("assign tech \"Ben Ito\" --deputy");
    let mut at = walk(&sandbox);
    at.answer("p");
    at.wait_for_prompt_after("Which role?");
    at.answer("2");
    at.wait_for_prompt_after("what happens?");
    at.answer("1");
    at.wait_for_prompt_after("Who?");
    at.answer("Ben Ito");
    at.wait_for_prompt_after("assigned tech: Ben Ito");
    at.answer("z");
    at.wait_for_prompt_after("What is wrong with it?");
    at.answer("1");
    at.wait_for_prompt_after("assigned tech: Ben Ito as deputy");
    let holders = sandbox.json("status")["roles"][1]["holders"].clone();
    assert_eq!((holders.as_array().unwrap().len(), &holders[0]["deputy"]), (1, &true.into()));
}

#[test]
fn a_time_of_yesterday_is_read_back_before_it_counts() {
    let sandbox = started();
    let mut at = walk(&sandbox);
    at.answer("d yesterday 23:50");
    at.wait_for_prompt_after("Right?");
    at.answer("");
    at.wait_for_prompt_after("Nothing was recorded");
    let other = Sandbox::new();
    other.ok("start every-form --suspected --assign \"lead=Ana Diaz\"");
    let mut at = walk(&other);
    at.answer("m");
    at.wait_for_prompt_after("Declare the outage");
    at.answer("yesterday 23:50");
    at.wait_for_prompt_after("Right?");
    at.answer("n");
    at.wait_for_prompt_after("Declare the outage");
    at.answer("");
    at.wait_for_prompt_after("Not declared");
    assert_eq!((kinds(&sandbox, "").len(), kinds(&other, "").len()), (3, 2));
}

#[test]
fn after_ctrl_z_the_question_that_waits_is_said_again() {
    let sandbox = started();
    let mut shell = Terminal::shell(&sandbox);
    shell.answer("runbook walk");
    shell.wait_for_prompt_after("NOW  F-01");
    shell.answer("e");
    shell.wait_for_prompt_after("When was it done?");
    shell.press(b"\x1a");
    shell.wait_for("Stopped");
    shell.answer("fg");
    let shown = shell.wait_for_prompt_after("This question waits:");
    let after = shown.rsplit_once("This question waits:").unwrap().1;
    assert!(after.contains("When was it done? (14:05, -20m; Enter = now)"), "{shown}");
}

#[test]
fn an_answer_that_stands_says_how_it_is_changed() {
    let sandbox = started();
    sandbox.ok("decide scope local");
    let mut at = walk(&sandbox);
    at.answer("scope");
    let shown = at.wait_for_prompt_after("NOW  F-02");
    assert!(shown.contains("decided: local (r = open it again)"), "{shown}");
    at.answer("2");
    at.wait_for_prompt_after("why?");
    at.answer("");
    at.wait_for_prompt_after("To change the answer: type scope, then r");
    at.answer("scope");
    at.wait_for_prompt_after("decided: local");
    at.answer("r");
    at.wait_for_prompt_after("Why is it open again?");
    at.answer("All branches report it");
    at.wait_for_prompt_after("reopened: F-02");
}

#[test]
fn rubbish_is_neither_yes_nor_no_and_closing_takes_the_word() {
    let sandbox = started();
    let mut at = walk(&sandbox);
    at.answer("c");
    at.wait_for_prompt_after("How does it end?");
    at.answer("1");
    at.wait_for_prompt_after("To close all the same, say why");
    at.answer("Everybody has gone home");
    at.wait_for_prompt_after("Type CLOSE to close it");
    at.answer("yes");
    at.wait_for_prompt_after("The incident stays open.");
    at.answer("ticket");
    at.wait_for_prompt_after("NOW  F-06");
    at.answer("d");
    at.wait_for_prompt_after("What is the number of the ticket?");
    at.answer("INC-7");
    at.wait_for_prompt_after("How many people are hit?");
    at.answer("twelve");
    at.wait_for_prompt_after("Type a number in digits");
    at.answer("2");
    at.wait_for_prompt_after("When did they pick up?");
    at.answer("n");
    at.wait_for_prompt_after("Did they know already?");
    at.answer("1");
    at.wait_for_prompt_after("Type y or n.");
    at.answer("\u{1b}[Dy");
    at.wait_for_prompt_after("Arrow keys do not work here");
    assert_eq!(kinds(&sandbox, "").len(), 3);
}

#[test]
fn two_messages_of_one_name_are_both_told_once() {
    let (here, there) = (drilling(), Sandbox::new().at_midday().typed_by("Zoe Hall"));
    let folder = |sandbox: &Sandbox| sandbox.home().join("exercises");
    copy(&folder(&here), &folder(&there));
    let mut ben = Terminal::run(&here, "walk --by \"Ben Ito\"");
    ben.wait_for_prompt_after("NOW  ");
    here.ok("drill add --name extra --text \"A reporter calls\" --by \"Faye Roth\"");
    ben.answer("");
    ben.wait_for_prompt_after("A reporter calls");
    there.ok("drill add --name extra --text \"The lights flicker\" --by \"Zoe Hall\"");
    copy(&folder(&there), &folder(&here));
    ben.answer("");
    let shown = ben.wait_for_prompt_after("The lights flicker");
    assert!(!shown.contains("A reporter calls"), "told before: {shown}");
}
