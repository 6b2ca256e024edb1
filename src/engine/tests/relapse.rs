//! What a relapse takes back has to be done anew once the service is back.

use super::*;

const DONE: Status = Status::Done;
const OPEN: Status = Status::Open;

/// Restored at minute 100, checked at 120, down again at 150.
fn checked_and_down_again() -> Given {
    let given = declared().at(100).does(mark(Mark::Restored));
    let given = given.at(120).does(done("check"));
    given.at(150).does(mark(Mark::Relapsed))
}

fn missing(given: &Given) -> Vec<String> {
    let all = missing_before_close(&given.book, &given.state, given.now());
    all.into_iter().filter(|line| line.contains("check")).collect()
}

#[test]
fn recovery_work_is_asked_for_again_once_the_service_is_back() {
    let first = (DONE, Some(160), false);
    let given = checked_and_down_again();
    assert_eq!(given.stands("check"), [first], "there is nothing to check while it is down");
    let given = given.at(200).does(mark(Mark::Restored));
    assert_eq!(given.stands("check"), [first, (OPEN, Some(260), false)]);
    let views = views(&given.book, &given.state, given.now());
    let again: Vec<_> = views.iter().filter_map(|view| view.again).collect();
    assert_eq!(again, [minute(200)], "of the recovery only what was answered");
    let code = &given.book.step(&step("check")).unwrap().code;
    assert_eq!(missing(&given), [format!("{code} check is open")]);
    let given = given.at(230).does(done("check"));
    assert_eq!(given.stands("check"), [first, (DONE, Some(260), false)]);
    assert_eq!(given.already(done("check")), given.records.len() as u64);
    assert_eq!(given.state.conflicts(), []);
}

#[test]
fn it_is_asked_for_after_each_relapse() {
    let given = checked_and_down_again().at(200).does(mark(Mark::Restored));
    let given = given.at(230).does(done("check")).at(300).does(mark(Mark::Relapsed));
    let given = given.at(310).does(mark(Mark::Relapsed)).at(400).does(mark(Mark::Verified));
    let dues: Vec<_> = given.stands("check").iter().map(|(_, due, _)| *due).collect();
    assert_eq!(dues, [Some(160), Some(260), Some(460)]);
}

#[test]
fn work_after_the_relapse_counts_for_what_comes_after_it() {
    // Looked at while it was down, before anybody called it back: no second time.
    let given = declared().at(100).does(mark(Mark::Restored)).at(150).does(mark(Mark::Relapsed));
    let given = given.at(160).does(done("check")).at(200).does(mark(Mark::Restored));
    assert_eq!(given.stands("check"), [(DONE, Some(260), false)]);
}

#[test]
fn what_has_no_answer_yet_is_asked_for_once() {
    let given = declared().at(100).does(mark(Mark::Restored)).at(150).does(mark(Mark::Relapsed));
    let given = given.at(200).does(mark(Mark::Restored));
    assert_eq!(given.stands("check"), [(OPEN, Some(260), false)]);
}

#[test]
fn a_late_entry_of_before_the_relapse_is_about_the_first_turn() {
    let given = checked_and_down_again().at(200).does(mark(Mark::Restored));
    let request = Request { occurred: Some(minute(120)), ..given.request(done("check")) };
    assert!(matches!(given.ask(&request), Ok(Verdict::Already(..))), "it is on record");
    let other = given.by("Ben");
    let request = Request { occurred: Some(minute(125)), ..other.request(done("check")) };
    assert!(matches!(other.ask(&request), Err(Refusal::Settled { .. })), "not the second turn");
}

#[test]
fn a_relapse_by_mistake_asks_for_nothing() {
    let given = checked_and_down_again();
    let target = given.records.last().unwrap().at.clone();
    let given = given.at(200).does(mark(Mark::Restored));
    let reason = text("the wrong line");
    let given = given.does(Intent::Withdraw { target, reason });
    assert_eq!(given.stands("check"), [(DONE, Some(160), false)]);
}

#[test]
fn the_step_that_brings_it_back_is_asked_for_from_the_relapse_on() {
    let given = declared().at(130).does(done("back"));
    assert_eq!(given.stands("back"), [(DONE, Some(600), false)]);
    let given = given.at(150).does(mark(Mark::Relapsed));
    assert_eq!(given.stands("back"), [(DONE, Some(600), false), (OPEN, Some(750), false)]);
    assert_eq!(given.stands("second").len(), 1, "which reaches nothing that a relapse takes back");
    let given = given.at(200).does(done("back"));
    assert_eq!(holds_for_all(&given.state, Mark::Restored), Some(minute(200)));
    assert_eq!(given.stands("back").len(), 2);
}

#[test]
fn whoever_marks_it_restored_has_said_what_the_step_would_say() {
    let given = declared().at(130).does(done("back")).at(150).does(mark(Mark::Relapsed));
    assert_eq!(given.stands("back").len(), 2);
    let given = given.at(200).does(mark(Mark::Restored));
    assert_eq!(given.stands("back"), [(DONE, Some(600), false)]);
}

/// Two services: what was checked before one of them fell again is checked again.
#[test]
fn another_service_that_is_up_does_not_hide_the_relapse() {
    let of = |mark, name: &str| Intent::Mark { mark, service: Some(service(name)) };
    let given = declared().at(90).does(of(Mark::Restored, "phones"));
    let given = given.at(100).does(of(Mark::Restored, "email")).at(120).does(done("check"));
    let given = given.at(150).does(of(Mark::Relapsed, "email"));
    assert_eq!(given.stands("check"), [(DONE, Some(150), false)]);
    let given = given.at(200).does(of(Mark::Restored, "email"));
    assert_eq!(given.stands("check")[1], (OPEN, Some(260), false), "from its own return");
}

/// People type times to the minute: which of two facts of one minute came first, the log says.
#[test]
fn in_one_minute_the_order_of_the_log_counts() {
    let given = declared().at(100).does(mark(Mark::Restored)).at(120).does(done("check"));
    let given = given.at(121).did(120, mark(Mark::Relapsed)).does(mark(Mark::Restored));
    assert_eq!(given.stands("check").len(), 2, "it went down after the answer");
    let given = declared().at(100).does(mark(Mark::Restored)).at(120).does(mark(Mark::Relapsed));
    let given = given.does(done("check")).at(121).does(mark(Mark::Restored));
    assert_eq!(given.stands("check").len(), 1, "it was answered after it went down");
    // Down and back within one minute, both typed.
    let given = declared().at(100).does(mark(Mark::Restored)).at(110).does(done("check"));
    let given = given.at(130).did(120, mark(Mark::Relapsed)).did(120, mark(Mark::Restored));
    assert_eq!(given.stands("check")[1..], [(OPEN, Some(180), false)]);
}
