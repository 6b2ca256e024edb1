//! A list of requests is tried out in order, and nothing comes of it.

use super::*;

fn on_paper(given: &Given, minute_: i64, intent: Intent) -> Request {
    let occurred = Some(minute(minute_));
    Request { occurred, src: Source::Paper, ..given.request(intent) }
}

#[test]
fn each_request_sees_those_before_it_and_the_state_stays() {
    let given = declared().at(300);
    let requests = [
        on_paper(&given, 5, choose("scope", "local")),
        on_paper(&given, 10, done("brief")),
        on_paper(&given, 12, choose("scope", "nowhere")),
        on_paper(&given, 15, done("look")),
        on_paper(&given, 15, done("look")),
    ];
    let before = given.state.clone();
    let all = rehearse(&given.book, given.state.clone(), given.now(), &requests);
    assert_eq!(given.state, before);
    let recorded = |at: usize| all[at].as_ref().unwrap().records.len();
    assert_eq!((recorded(0), recorded(3), recorded(4)), (1, 1, 0));
    assert!(matches!(all[1], Err(Refusal::ClosedByDecision { .. })), "the decision came first");
    assert!(matches!(all[2], Err(Refusal::UnknownOption { .. })));
    let (twice, at) = all[4].as_ref().unwrap().already.clone().unwrap();
    assert_eq!((rehearsed_as(&twice), at), (Some(3), minute(15)));
    assert_eq!(rehearsed_as(&at_log()), None);
}

fn at_log() -> RecordRef {
    super::at(0, 1)
}

#[test]
fn what_an_answer_marks_is_tried_out_as_well() {
    let given = suspected().at(300);
    let answers = [("number", "INC1"), ("since", "2026-01-22T07:50:00Z")];
    let answers = answers.map(|(field, words)| (field.to_owned(), text(words))).into();
    let ticket = Intent::Done { step: step("ticket"), answers, note: None, initials: None };
    let requests = [on_paper(&given, 5, ticket), on_paper(&given, 6, mark(Mark::Onset))];
    let all = rehearse(&given.book, given.state.clone(), given.now(), &requests);
    assert_eq!(all[0].as_ref().unwrap().records.len(), 2);
    let Err(Refusal::AlreadyMarked { at, record, .. }) = &all[1] else { panic!("{all:?}") };
    assert_eq!((*at, rehearsed_as(record)), (minute(-10), Some(0)));
}
