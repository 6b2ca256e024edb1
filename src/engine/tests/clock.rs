//! What is due when: windows, phases that an event opens, steps that repeat, escalation.

use super::*;

fn open(given: &Given) -> Vec<String> {
    phases_open(&given.book, &given.state, given.now()).iter().map(|p| p.id.to_string()).collect()
}

#[test]
fn the_clock_starts_with_the_declaration() {
    let given = suspected().at(90);
    assert_eq!(given.stands("look"), [(Status::Open, None, false)]);
    assert_eq!(open(&given), [""; 0]);
    let given = given.did(0, Intent::Declare);
    assert_eq!(given.stands("look"), [(Status::Open, Some(10), true)]);
    assert_eq!(open(&given), ["immediate"]);
}

#[test]
fn windows_follow_each_other_and_the_last_one_has_no_end() {
    for (minute, phase) in [(-5, "immediate"), (119, "immediate"), (120, "later"), (9000, "later")]
    {
        assert_eq!(open(&declared().at(minute)), [phase], "{minute}");
    }
    assert_eq!(declared().at(200).stands("second"), [(Status::Open, Some(150), true)]);
}

#[test]
fn recovery_is_an_event() {
    let given = declared().at(100).does(mark(Mark::Restored));
    assert_eq!(open(&given), ["immediate", "recovery"]);
    assert_eq!(given.stands("check"), [(Status::Open, Some(160), false)]);
    let given = given.at(110).does(mark(Mark::Relapsed));
    assert_eq!(open(&given), ["immediate"]);
    assert_eq!(given.stands("check"), [(Status::Open, None, false)]);
    let given = given.at(130).does(mark(Mark::Verified));
    assert_eq!(open(&given), ["later", "recovery"], "verified implies restored");
}

#[test]
fn a_step_repeats_until_its_milestone() {
    let given = declared().at(55).does(done("brief"));
    let once = (Status::Done, Some(60), false);
    assert_eq!(given.stands("brief"), [once, (Status::Open, Some(180), false)]);
    let given = given.at(400).does(done("brief"));
    let late = (Status::Done, Some(180), false);
    assert_eq!(given.stands("brief"), [once, late, (Status::Open, Some(420), false)]);
    let given = given.at(410).does(mark(Mark::Verified));
    assert_eq!(given.stands("brief"), [once, late, (Status::Closed, Some(420), false)]);
    let given = given.at(480);
    let over = Refusal::RepeatOver { step: step("brief"), mark: Mark::Verified };
    assert_eq!(given.refuses(done("brief")), over);
    let given = given.at(500).does(mark(Mark::Relapsed));
    assert_eq!(given.stands("brief"), [once, late, (Status::Open, Some(620), false)]);
    let given = given.at(510).does(done("brief"));
    let again = (Status::Done, Some(620), false);
    let next = (Status::Open, Some(620), false);
    assert_eq!(given.stands("brief"), [once, late, again, next], "the relapse set the beat");
    let given = given.at(625).does(done("brief"));
    assert_eq!(given.stands("brief")[4].1, Some(740), "and goes on setting it");
}

#[test]
fn a_turn_that_never_came_is_missed() {
    let missed = |verified: i64| {
        let given = declared().at(verified).does(mark(Mark::Verified));
        views(&given.book, &given.state, given.now()).iter().any(|view| view.missed)
    };
    assert_eq!([59, 60, 61].map(missed), [false, false, true]);
}

#[test]
fn an_answer_shortly_before_its_turn_is_for_that_turn() {
    let due = |second: i64| {
        let given = declared().at(55).does(done("brief")).at(second).does(done("brief"));
        given.stands("brief")[2].1
    };
    assert_eq!([149, 150, 179, 180, 181].map(due), [180, 300, 300, 300, 300].map(Some));
}

#[test]
fn the_same_key_pressed_twice_does_not_answer_the_next_turn() {
    let given = declared().at(55).does(done("brief")).at(56);
    assert_eq!(given.already(done("brief")), 3);
    let again = Request { key: Some("second".to_owned()), ..given.request(done("brief")) };
    assert_eq!(given.sends(&again).stands("brief").len(), 3);
}

fn brief(note: &str) -> Intent {
    let (answers, note) = (BTreeMap::new(), Some(text(note)));
    Intent::Done { step: step("brief"), answers, note, initials: None }
}

#[test]
fn two_people_do_not_make_two_turns_of_one_call() {
    let given = declared().at(55).does(done("brief")).at(56).by("Ben");
    let (at, record, by) = (minute(55), at(0, 3), Some(person("Ana")));
    let settled = Refusal::Settled { step: step("brief"), status: "done", by, at, record };
    assert_eq!(given.refuses(done("brief")), settled);
    assert_eq!(given.at(85).does(done("brief")).stands("brief").len(), 3, "a quarter has gone by");
}

#[test]
fn what_differs_from_the_turn_before_is_a_turn_of_its_own() {
    let fail = Intent::Fail { step: step("brief"), reason: text("no line") };
    let turn = || declared().at(55).does(brief("all well")).at(56);
    for other in [done("brief"), brief("worse"), fail] {
        assert_eq!(turn().does(other).records.len(), 4);
    }
    assert_eq!(turn().by("Ben").does(brief("worse")).records.len(), 4);
    assert_eq!(turn().did(20, brief("all well")).records.len(), 4, "an earlier call");
    let begun = turn().does(Intent::Begin { step: step("brief") });
    assert_eq!(begun.does(brief("all well")).records.len(), 5, "begun on purpose");
}

#[test]
fn what_is_overdue_for_long_goes_to_somebody_else() {
    let escalated = |minute: i64| {
        let given = declared().at(minute);
        views(&given.book, &given.state, given.now())[0].escalated
    };
    assert_eq!([10, 14, 15, 16].map(escalated), [false, false, true, true]);
}

#[test]
fn the_most_urgent_step_comes_first() {
    let given = declared().at(40).does(done("call"));
    let all = views(&given.book, &given.state, given.now());
    let open = phases_open(&given.book, &given.state, given.now());
    let next = |role: Option<&RoleId>| {
        let next = due_next(&all, &open, role, given.now());
        next.iter().map(|view| view.step.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(next(None), ["look", "scope", "freeze", "brief", "ticket", "send", "agree"]);
    assert_eq!(next(Some(&role("it-lead"))), ["look", "ticket", "send"]);
}

#[test]
fn a_correction_of_t0_moves_every_due_time() {
    let given = declared().does(done("look")).at(20);
    let target = given.state.declared().unwrap().record.clone();
    let correct = Intent::Correct { target, note: text("earlier"), occurred: Some(minute(-60)) };
    let given = given.does(correct);
    assert_eq!(given.state.t0(), Some(minute(-60)));
    assert_eq!(given.stands("scope"), [(Status::Open, Some(-30), true)]);
    assert_eq!(given.stands("look"), [(Status::Done, Some(-50), false)], "no answer is re-judged");
}
