//! How an incident ends, and what is still taken afterwards.

use super::*;
use crate::playbook::NoteKind;

fn close(anyway: Option<&str>) -> Intent {
    Intent::Close { anyway: anyway.map(text) }
}

fn note() -> Intent {
    Intent::Note { kind: NoteKind::Strength, text: text("calm") }
}

#[test]
fn the_gate_names_what_is_missing() {
    let given = declared().at(30);
    let missing = |given: &Given| missing_before_close(&given.book, &given.state, given.now());
    assert_eq!(
        missing(&given),
        [
            "the service is not verified by the site (runbook mark verified)",
            "I-01 look is open",
            "I-04 brief is open",
            "R-01 check is open",
        ]
    );
    assert_eq!(given.refuses(close(None)), Refusal::NotReady { missing: missing(&given) });
    let given = given.does(done("look")).does(mark(Mark::Verified)).does(done("check"));
    assert_eq!(missing(&given), [""; 0], "briefings ended with verified, hour two never came");
    assert_eq!(given.does(close(None)).state.life(), Life::Closed);
}

#[test]
fn closing_anyway_records_what_was_missing() {
    let given = declared().at(30).does(close(Some("branch shut for good")));
    let Some(Ending::Closed { missing, anyway, .. }) = given.state.ending() else { panic!() };
    assert_eq!((missing.len(), anyway), (4, &Some(text("branch shut for good"))));
    assert_eq!(given.already(close(None)), 3);
}

#[test]
fn a_reason_for_closing_stays_though_nothing_is_missing() {
    let given = declared().at(30).does(done("look")).does(mark(Mark::Verified));
    let given = given.does(done("check")).does(close(Some("handed on")));
    let Some(Ending::Closed { missing, anyway, .. }) = given.state.ending() else { panic!() };
    assert_eq!((missing.len(), anyway), (0, &Some(text("handed on"))));
}

#[test]
fn after_the_end_only_words_and_late_marks_are_taken() {
    let given = declared().at(30).does(close(Some("over"))).at(60);
    let ended = Refusal::Ended { at: minute(30), false_alarm: false };
    for intent in [done("look"), Intent::Declare, mark(Mark::Declared), choose("scope", "local")] {
        assert_eq!(given.refuses(intent), ended);
    }
    assert_eq!(given.refuses(Intent::FalseAlarm { reason: text("no") }), ended);
    let given = given.does(note()).did(-10, mark(Mark::Onset));
    let correct = Intent::Correct { target: at(0, 3), note: text("at noon"), occurred: None };
    assert_eq!(given.does(correct).state.conflicts(), []);
}

#[test]
fn a_false_alarm_ends_it_and_a_suspicion_is_not_closed() {
    assert_eq!(suspected().refuses(close(Some("x"))), Refusal::NotDeclared);
    let alarm = Intent::FalseAlarm { reason: text("mailbox full") };
    let given = suspected().does(alarm.clone());
    assert_eq!(given.state.life(), Life::FalseAlarm);
    assert_eq!(given.already(alarm), 2);
    let ended = Refusal::Ended { at: minute(0), false_alarm: true };
    for declare in [Intent::Declare, mark(Mark::Declared)] {
        assert_eq!(given.refuses(declare), ended, "what was nothing gets no T+0 afterwards");
    }
}

#[test]
fn saying_nothing_is_not_recorded() {
    let nothing = Intent::Classify { cause: None, services: Vec::new(), scope: None };
    assert_eq!(declared().refuses(nothing), Refusal::NothingToRecord);
}
