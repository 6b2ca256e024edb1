//! Who holds which role.

use super::*;

fn assign(role_: &str, name: &str, deputy: bool) -> Intent {
    Intent::Assign { role: role(role_), person: person(name), deputy }
}

fn hand_over(role_: &str, to: &str) -> Intent {
    Intent::HandOver { role: role(role_), to: person(to), note: None, confirmed: Vec::new() }
}

fn holders(given: &Given, of: &str) -> Vec<(String, bool)> {
    given.state.holders(&role(of)).map(|t| (t.person.to_string(), t.deputy)).collect()
}

fn held(all: &[(&str, bool)]) -> Vec<(String, bool)> {
    all.iter().map(|(name, deputy)| ((*name).to_owned(), *deputy)).collect()
}

#[test]
fn several_people_may_hold_a_role_and_deputies_come_last() {
    let given =
        declared().does(assign("it-lead", "Ivo", true)).does(assign("it-lead", "Ana", false));
    assert_eq!(holders(&given, "it-lead"), held(&[("Ana", false), ("Ivo", true)]));
    assert_eq!(given.already(assign("it-lead", "Ana", false)), 4);
    let given = given.does(assign("it-lead", "Ivo", false));
    assert_eq!(holders(&given, "it-lead"), held(&[("Ana", false), ("Ivo", false)]));
}

#[test]
fn a_role_passes_on_and_its_deputies_stay() {
    let given =
        declared().does(assign("it-lead", "Ana", false)).does(assign("it-lead", "Ivo", true));
    let given = given.at(60).does(hand_over("it-lead", "Ben"));
    assert_eq!(holders(&given, "it-lead"), held(&[("Ben", false), ("Ivo", true)]));
    assert_eq!(given.already(hand_over("it-lead", "Ben")), 5);
    let given = given.does(hand_over("it-lead", "Ivo"));
    assert_eq!(holders(&given, "it-lead"), held(&[("Ivo", false)]));
    assert_eq!(given.state.conflicts(), []);
}

#[test]
fn what_nobody_holds_cannot_be_passed_on_or_released() {
    let given = declared().does(assign("it-lead", "Ana", false));
    let unheld = Refusal::Unheld { role: role("clinical-lead") };
    assert_eq!(given.refuses(hand_over("clinical-lead", "Ben")), unheld);
    let release = Intent::Release { role: role("it-lead"), person: person("Ben") };
    let holders = vec![person("Ana")];
    let (role, person) = (role("it-lead"), person("Ben"));
    assert_eq!(given.refuses(release), Refusal::NotHeld { role, person, holders });
}

#[test]
fn one_person_in_several_roles_is_told_once() {
    let given = declared().does(assign("incident-lead", "Ana", false));
    let roles = vec![role("incident-lead"), role("it-lead")];
    let said = [Advice::ManyRoles(person("Ana"), roles)];
    assert_eq!(given.advises(assign("it-lead", "Ana", false)), said);
    let given = given.does(assign("it-lead", "Ana", false));
    assert_eq!(given.advises(assign("clinical-lead", "Ana", false)), []);
}

#[test]
fn a_stranger_may_answer_a_critical_step_and_is_flagged() {
    let given = declared().does(assign("clinical-lead", "Cleo", false)).does(done("look"));
    let signed = Intent::Done {
        step: step("freeze"),
        answers: BTreeMap::new(),
        note: None,
        initials: Some("AD".to_owned()),
    };
    let flagged = [Advice::NotHolder(person("Ana"), role("clinical-lead"))];
    assert_eq!(given.advises(signed.clone()), flagged);
    assert_eq!(given.by("Cleo").advises(signed), []);
}

#[test]
fn a_deputy_who_takes_the_role_and_a_holder_who_steps_back_are_said() {
    let given = declared().does(assign("it-lead", "Ivo", true));
    let took = Advice::NowInstead(person("Ivo"), role("it-lead"), false);
    assert_eq!(given.advises(assign("it-lead", "Ivo", false)), [took]);
    let given = given.does(assign("it-lead", "Ivo", false));
    let back = Advice::NowInstead(person("Ivo"), role("it-lead"), true);
    assert_eq!(given.advises(assign("it-lead", "Ivo", true)), [back]);
    assert_eq!(given.advises(assign("it-lead", "Mia", true)), []);
}

#[test]
fn a_new_name_that_is_close_to_a_known_one_is_said_once() {
    let given = declared().by("Ana Diaz").does(assign("it-lead", "Ivo Brandt", false));
    let close = |new, known| vec![Advice::NewName(person(new), vec![person(known)])];
    let note = Intent::Note { kind: crate::playbook::NoteKind::Situation, text: text("words") };
    assert_eq!(given.advises(assign("clinical-lead", "Cleo Marsh", false)), []);
    let other = assign("clinical-lead", "ivo brandt", false);
    assert_eq!(given.advises(other.clone()), close("ivo brandt", "Ivo Brandt"));
    let given = given.does(other).by("Ana Díaz");
    assert_eq!(given.advises(note.clone()), close("Ana Díaz", "Ana Diaz"));
    let given = given.does(note.clone());
    assert_eq!(given.advises(note), [], "the spelling is known now");
    let expected = vec![Advice::NewName(person("Ben Itto"), vec![person("Ben Ito")])];
    let given = given.does(assign("it-lead", "Ben Ito", true));
    assert_eq!(given.advises(assign("it-lead", "Ben Itto", true)), expected);
}

fn confirmed(role_: &str, to: &str, by: &[(&str, &str)]) -> Intent {
    let one = |(name, initials): &(&str, &str)| Confirmation {
        person: person(name),
        initials: (*initials).to_owned(),
    };
    let confirmed = by.iter().map(one).collect();
    Intent::HandOver { role: role(role_), to: person(to), note: None, confirmed }
}

fn names(all: &[&str]) -> Vec<Person> {
    all.iter().map(|name| person(name)).collect()
}

/// Ana and Eva hold the IT lead together, Ivo is their deputy.
fn shared() -> Given {
    let given = declared().does(assign("it-lead", "Ana", false));
    given.does(assign("it-lead", "Eva", false)).does(assign("it-lead", "Ivo", true))
}

#[test]
fn a_hand_over_is_confirmed_by_both_sides_or_flagged() {
    for (by, missing) in [
        (&[][..], &["Ana", "Eva", "Ben"][..]),
        (&[("Ana", "ad")], &["Eva", "Ben"]),
        (&[("Ben", "bi")], &["Ana", "Eva"]),
        (&[("Ana", "ad"), ("Ben", "bi"), ("Eva", "ek")], &[]),
    ] {
        let missing = (!missing.is_empty()).then(|| Advice::Unconfirmed(names(missing)));
        let expected: Vec<Advice> = missing.into_iter().collect();
        assert_eq!(shared().advises(confirmed("it-lead", "Ben", by)), expected, "{by:?}");
    }
}

#[test]
fn a_confirmation_stands_once_and_in_capitals() {
    let both = &[("Ana", " ad "), ("Ben", "bi"), ("Ben", "xx")];
    let given = declared().does(assign("it-lead", "Ana", false));
    let Ok(Verdict::Record(events, _)) =
        given.ask(&given.request(confirmed("it-lead", "Ben", both)))
    else {
        panic!("not recorded");
    };
    let [Event::RoleHandedOver { from, confirmed, .. }] = events.as_slice() else {
        panic!("{events:?}");
    };
    assert_eq!(*from, names(&["Ana"]));
    let seen: Vec<_> = confirmed.iter().map(|c| (c.person.as_str(), &*c.initials)).collect();
    assert_eq!(seen, [("Ana", "AD"), ("Ben", "BI")]);
}

#[test]
fn only_those_who_hand_over_and_take_over_can_confirm() {
    for stranger in ["Ivo", "Cleo"] {
        let (role, person) = (role("it-lead"), person(stranger));
        let refusal = Refusal::CannotConfirm { role, person, may: names(&["Ana", "Eva", "Ben"]) };
        let intent = confirmed("it-lead", "Ben", &[(stranger, "XY")]);
        assert_eq!(shared().refuses(intent), refusal);
    }
    for bad in ["A", "ABCDEF", "A1", ""] {
        let refusal = Refusal::BadInitials { given: bad.to_owned() };
        assert_eq!(shared().refuses(confirmed("it-lead", "Ben", &[("Ana", bad)])), refusal);
    }
}

#[test]
fn who_confirms_is_known_beforehand() {
    let given = shared();
    for (role_, to, expected) in [
        ("it-lead", "Ben", &["Ana", "Eva", "Ben"][..]),
        ("it-lead", "Ivo", &["Ana", "Eva", "Ivo"]),
        ("it-lead", "Ana", &["Eva", "Ana"]),
        ("clinical-lead", "Ben", &[]),
    ] {
        assert_eq!(confirms(&given.state, &role(role_), &person(to)), names(expected), "{role_}");
    }
}

fn answers_again(given: &Given, minute_: Option<i64>, intent: Intent) -> Vec<Advice> {
    let request = Request { occurred: minute_.map(minute), ..given.request(intent) };
    match given.ask(&request) {
        Ok(Verdict::Already(_, _, advice)) => advice,
        other => panic!("not known already: {other:?}"),
    }
}

#[test]
fn a_repeat_says_what_it_did_not_take() {
    let given = declared().at(60).did(30, assign("it-lead", "Ana", false));
    let given = given.did(40, hand_over("it-lead", "Ben"));
    let record = at(0, 4);
    for (what, minute_, intent, expected) in [
        ("nothing new", None, hand_over("it-lead", "Ben"), vec![]),
        ("the same time", Some(40), hand_over("it-lead", "Ben"), vec![]),
        (
            "another time",
            Some(41),
            hand_over("it-lead", "Ben"),
            vec![Advice::TimeNotTaken(record.clone())],
        ),
        (
            "initials",
            None,
            confirmed("it-lead", "Ben", &[("Ben", "BI")]),
            vec![Advice::InitialsNotTaken(record.clone())],
        ),
        (
            "an assignment at another time",
            Some(30),
            assign("it-lead", "Ben", false),
            vec![Advice::TimeNotTaken(record.clone())],
        ),
    ] {
        assert_eq!(answers_again(&given, minute_, intent), expected, "{what}");
    }
    let alarm = Intent::FalseAlarm { reason: text("a filter") };
    let given = given.did(50, alarm.clone());
    let expected = [Advice::TimeNotTaken(at(0, 5))];
    assert_eq!(answers_again(&given, Some(45), alarm.clone()), expected);
    assert_eq!(answers_again(&given, None, alarm), []);
}

#[test]
fn nobody_lays_a_role_down_before_taking_it_on() {
    let given = declared().at(60).did(30, assign("it-lead", "Ana", false));
    let given = given.did(45, assign("it-lead", "Ivo", true));
    let release = |name| Intent::Release { role: role("it-lead"), person: person(name) };
    let early = |minute_, name, seq| {
        let (role, person, record) = (role("it-lead"), person(name), at(0, seq));
        Err(Refusal::BeforeTaken { role, person, since: minute(minute_), record })
    };
    let asks = |minute_, intent| {
        given.ask(&Request { occurred: Some(minute(minute_)), ..given.request(intent) })
    };
    assert_eq!(asks(29, release("Ana")), early(30, "Ana", 3));
    assert_eq!(asks(29, hand_over("it-lead", "Ben")), early(30, "Ana", 3));
    assert_eq!(asks(44, hand_over("it-lead", "Ivo")), early(45, "Ivo", 4));
    assert!(asks(30, release("Ana")).is_ok());
    let same_minute = Some(minute(30) + TimeDelta::seconds(-59));
    let request = Request { occurred: same_minute, ..given.request(release("Ana")) };
    assert!(given.ask(&request).is_ok(), "14:05:59 is 14:05 to whoever types it");
    assert!(asks(30, hand_over("it-lead", "Ben")).is_ok());
}

#[test]
fn an_unconfirmed_hand_over_is_the_line_that_it_always_was() {
    let line = r#"{"type":"role_handed_over","data":{"role":"it-lead","from":["Ana"],"to":"Ben"}}"#;
    let event: Event = serde_json::from_str(line).unwrap();
    let Event::RoleHandedOver { confirmed, .. } = &event else { panic!("{event:?}") };
    assert_eq!(*confirmed, []);
    assert_eq!(serde_json::to_string(&event).unwrap(), line);
}
