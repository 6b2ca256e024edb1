//! A caller's key makes any repeat harmless.

use super::*;
use crate::playbook::NoteKind;

fn keyed(given: &Given, intent: Intent) -> Request {
    Request { key: Some("k".to_owned()), ..given.request(intent) }
}

fn note(words: &str) -> Intent {
    Intent::Note { kind: NoteKind::Situation, text: text(words) }
}

fn used() -> Refusal {
    Refusal::KeyUsed { key: "k".to_owned(), at: minute(0), record: at(0, 3) }
}

fn defer(until: i64, reason: &str) -> Intent {
    Intent::Defer { step: step("look"), until: minute(until), reason: text(reason) }
}

#[test]
fn a_key_makes_any_repeat_harmless_and_belongs_to_one_thing() {
    let take = Intent::Assign { role: role("it-lead"), person: person("Ben"), deputy: false };
    let begin = Intent::Begin { step: step("look") };
    let close = Intent::Close { anyway: Some(text("over")) };
    let alarm = Intent::FalseAlarm { reason: text("no") };
    let classify = Intent::Classify { cause: Some(text("dns")), services: vec![], scope: None };
    let (onset, decide) = (mark(Mark::Onset), choose("scope", "local"));
    let all = [note("a"), onset, done("brief"), decide, begin, take, close, alarm, classify];
    for intent in all {
        let given = declared();
        let request = keyed(&given, intent);
        let given = given.sends(&request).at(9);
        let known = Ok(Verdict::Already(at(0, 3), minute(0), vec![]));
        assert_eq!(given.ask(&request), known);
        let later = Request { occurred: Some(minute(5)), ..request.clone() };
        assert_eq!(given.ask(&later), known, "a time that is given again says nothing new");
        assert_eq!(given.ask(&keyed(&given, note("b"))), Err(used()));
    }
    let given = declared().does(note("a"));
    assert_eq!(given.does(note("a")).records.len(), 4, "notes are never taken for duplicates");
}

#[test]
fn a_known_key_is_answered_whatever_has_happened_since() {
    let given = declared();
    let request = keyed(&given, defer(60, "wait"));
    let given = given.sends(&request).at(90).does(done("look"));
    let known = Ok(Verdict::Already(at(0, 3), minute(0), vec![]));
    assert_eq!(given.ask(&request), known, "its time has gone by");
    assert_eq!(given.ask(&keyed(&given, defer(200, "wait"))), known, "in an hour, said later");
    assert_eq!(given.ask(&keyed(&given, defer(60, "other"))), Err(used()));
    let given = given.does(Intent::Close { anyway: Some(text("over")) });
    assert_eq!(given.ask(&request), known);
    assert_eq!(given.ask(&keyed(&given, done("look"))), Err(used()), "also after the end");
}

#[test]
fn a_step_called_by_its_code_and_initials_in_small_letters_are_the_same() {
    let sign = |id: &str, initials: &str| Intent::Done {
        step: step(id),
        answers: BTreeMap::new(),
        note: Some(Text::Sealed(Digest::from_bytes([u8::try_from(initials.len()).unwrap(); 32]))),
        initials: Some(initials.to_owned()),
    };
    let given = declared();
    let request = keyed(&given, sign("freeze", "ad"));
    let given = given.sends(&request);
    let code = find_step(&given.book, "freeze").unwrap().code.to_lowercase();
    let again = given.ask(&keyed(&given, sign(&code, " AD")));
    assert_eq!(
        again,
        Ok(Verdict::Already(at(0, 3), minute(0), vec![])),
        "the salt differs as well"
    );
    assert_eq!(given.ask(&keyed(&given, sign("freeze", "xy"))), Err(used()));
}
