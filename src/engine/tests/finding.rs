//! What a review finds: taken during the incident and after it, withdrawn like a late mark.

use super::*;
use crate::playbook::{FindingKind, ReportField};

fn finding(statement: &str) -> Finding {
    Finding {
        kind: FindingKind::Improvement,
        objective: None,
        capability: None,
        statement: text(statement),
        reference: None,
        analysis: None,
        asked: None,
    }
}

fn noted(statement: &str) -> Intent {
    Intent::NoteFinding { finding: finding(statement) }
}

fn field(words: &str) -> Intent {
    Intent::SetReportField { field: ReportField::Sponsor, text: text(words) }
}

fn statements(given: &Given) -> Vec<&str> {
    given.state.findings().iter().filter_map(|(_, found)| found.statement.words()).collect()
}

fn sponsor(given: &Given) -> Option<&str> {
    given.state.report_field(ReportField::Sponsor).and_then(|(_, text)| text.words())
}

#[test]
fn a_review_is_recorded_before_and_after_the_end() {
    let given = declared()
        .at(20)
        .does(noted("the list was old"))
        .does(Intent::Close { anyway: Some(text("test")) })
        .at(3_000)
        .does(noted("the spare phone was flat"))
        .does(field("Riverside Pharmacy"));
    assert_eq!(statements(&given), ["the list was old", "the spare phone was flat"]);
    assert_eq!(sponsor(&given), Some("Riverside Pharmacy"));
    assert_eq!(given.state.conflicts(), []);
}

#[test]
fn a_false_alarm_is_reviewed_too() {
    let given = suspected().does(Intent::FalseAlarm { reason: text("a filter") });
    let given = given.does(noted("nobody knew whom to ask"));
    assert_eq!(statements(&given).len(), 1);
}

#[test]
fn the_last_words_of_a_field_hold_and_the_same_words_add_nothing() {
    let given = declared().does(field("Riverside")).does(field("Riverside Pharmacy"));
    assert_eq!(sponsor(&given), Some("Riverside Pharmacy"));
    assert_eq!(given.already(field("Riverside Pharmacy")), 4);
    assert_eq!(sponsor(&given.does(field("Riverside"))), Some("Riverside"));
}

#[test]
fn what_was_withdrawn_is_gone_also_after_the_end_and_also_before_it_came() {
    let withdraw = |seq| Intent::Withdraw { target: at(0, seq), reason: text("said twice") };
    let given = declared()
        .does(noted("one"))
        .does(noted("two"))
        .does(field("Riverside"))
        .does(field("Riverside Pharmacy"))
        .does(Intent::Close { anyway: Some(text("test")) });
    let given = given.does(withdraw(3)).does(withdraw(6));
    assert_eq!(statements(&given), ["two"]);
    assert_eq!(sponsor(&given), Some("Riverside"), "the words before stand again");
    assert!(matches!(given.refuses(withdraw(3)), Refusal::NotWithdrawable { .. }));

    let mut late = declared();
    let target = at(0, 4);
    late.append(Event::RecordWithdrawn { target, reason: text("later") }, None, None);
    late.append(Event::FindingNoted(Box::new(finding("three"))), None, None);
    assert_eq!(statements(&late), [""; 0]);
}

#[test]
fn a_finding_that_names_somebody_is_flagged() {
    let given = declared().by("Ben Ito").does(noted("the spare phone was flat"));
    let names = |words: &str| match given.advises(noted(words)).as_slice() {
        [] => Vec::new(),
        [Advice::NamesPeople(people)] => people.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    };
    assert_eq!(names("Ben had no list"), ["Ben Ito"]);
    assert_eq!(names("the communications lead had no list"), [""; 0]);
}

#[test]
fn the_same_key_answers_with_the_same_finding_only() {
    let keyed = |given: &Given, statement: &str| Request {
        key: Some("k1".to_owned()),
        ..given.request(noted(statement))
    };
    let given = declared();
    let request = keyed(&given, "one");
    let given = given.sends(&request);
    assert!(matches!(given.ask(&request), Ok(Verdict::Already(..))));
    let other = given.ask(&keyed(&given, "two"));
    assert!(matches!(other, Err(Refusal::KeyUsed { .. })), "{other:?}");
}
