//! What was on paper comes in later and in any order: it is judged by when it happened.

use super::*;

fn at_minute(given: &Given, minute_: i64, intent: Intent) -> Result<Verdict, Refusal> {
    given.ask(&Request { occurred: Some(minute(minute_)), ..given.request(intent) })
}

fn begin(id: &str) -> Intent {
    Intent::Begin { step: step(id) }
}

#[test]
fn what_a_later_decision_closed_was_open_when_it_happened() {
    let given = declared().at(30).does(choose("scope", "local")).at(90);
    for (minute, open) in [(29, true), (30, true), (31, false)] {
        for id in ["brief", "tell-company"] {
            assert_eq!(at_minute(&given, minute, done(id)).is_ok(), open, "{id} at {minute}");
        }
    }
    assert!(matches!(given.refuses(done("brief")), Refusal::ClosedByDecision { .. }));
    let given = given.did(20, done("tell-company"));
    assert_eq!(given.stands("tell-company")[0].0, Status::Done);
    assert_eq!(given.state.conflicts(), []);
}

#[test]
fn what_ran_until_a_milestone_ran_before_it() {
    let given = declared().at(100).does(mark(Mark::Verified)).at(200);
    let over = Err(Refusal::RepeatOver { step: step("brief"), mark: Mark::Verified });
    assert!(at_minute(&given, 100, done("brief")).is_ok(), "in the same minute");
    assert_eq!(at_minute(&given, 101, done("brief")), over);
    let given = given.did(58, done("brief"));
    assert_eq!(given.stands("brief")[0], (Status::Done, Some(60), false));
}

#[test]
fn a_deferral_points_forward_from_when_it_was_made() {
    let given = declared().at(200);
    let defer =
        |until| Intent::Defer { step: step("look"), until: minute(until), reason: text("wait") };
    assert!(at_minute(&given, 5, defer(60)).is_ok());
    let past = Refusal::DeferredIntoPast { until: minute(60), now: minute(60) };
    assert_eq!(at_minute(&given, 60, defer(60)), Err(past));
}

#[test]
fn the_turns_of_a_step_are_due_in_the_order_in_which_they_came() {
    let given = declared().at(400).did(175, done("brief")).did(55, done("brief"));
    let given = given.did(290, done("brief"));
    let seen: Vec<_> = given.stands("brief").iter().map(|(_, due, _)| due.unwrap()).collect();
    assert_eq!(seen, [180, 60, 300, 420], "number 2 was the first one");
    let reopen = Intent::Reopen { step: step("brief"), reason: text("again") };
    let given = declared().at(55).does(done("brief")).does(reopen);
    assert_eq!(given.stands("brief"), [(Status::Open, Some(60), false)]);
}

#[test]
fn one_minute_of_one_person_is_one_turn_whatever_came_since() {
    let given = declared().at(400).did(55, done("brief")).did(175, done("brief"));
    let keyed = |minute_: i64, by: &str, intent: Intent| {
        let request = Request { occurred: Some(minute(minute_)), ..given.request(intent) };
        let actor = Actor { person: Some(person(by)), role: None };
        given.ask(&Request { key: Some("paper".to_owned()), actor, ..request })
    };
    let known = Ok(Verdict::Already(at(0, 3), minute(55), vec![]));
    assert_eq!(keyed(55, "Ana", done("brief")), known);
    let other = Refusal::OtherContent { step: step("brief"), at: minute(55), record: at(0, 3) };
    let fail = Intent::Fail { step: step("brief"), reason: text("no line") };
    assert_eq!(keyed(55, "Ana", fail), Err(other));
    assert!(matches!(keyed(56, "Ana", done("brief")), Ok(Verdict::Record(..))));
    assert!(matches!(keyed(55, "Ben", done("brief")), Ok(Verdict::Record(..))));
}

#[test]
fn somebody_began_before_it_was_done() {
    let given = declared().at(90).did(40, done("look"));
    let settled = given.refuses(begin("look"));
    assert_eq!(at_minute(&given, 40, begin("look")), Err(settled));
    let given = given.did(35, begin("look"));
    let answer = &given.state.steps().of(&step("look"))[0];
    assert_eq!(answer.begun.as_ref().unwrap().at, minute(35));
    assert_eq!(given.stands("look")[0].0, Status::Done);
    let known = Ok(Verdict::Already(at(0, 4), minute(35), vec![]));
    assert_eq!(at_minute(&given, 35, begin("look")), known);
}

#[test]
fn what_is_missing_at_the_end_is_what_was_missing_then() {
    let missing = |minute_: i64| {
        missing_before_close(&declared().book, &declared().state, minute(minute_)).len()
    };
    assert!(missing(100) < missing(5000), "the later window has its own required step");
    let given = declared().at(5000);
    let Err(Refusal::NotReady { missing: then }) =
        at_minute(&given, 100, Intent::Close { anyway: None })
    else {
        panic!("it has steps to ask for");
    };
    assert_eq!(then.len(), missing(100));
}

#[test]
fn a_hand_over_is_between_those_who_were_there() {
    let assign =
        |name: &str| Intent::Assign { role: role("it-lead"), person: person(name), deputy: false };
    let given = declared().at(90).did(10, assign("Ana")).did(60, assign("Cid"));
    let signed = |name: &str| Confirmation { person: person(name), initials: "XX".to_owned() };
    let over = |confirmed| Intent::HandOver {
        role: role("it-lead"),
        to: person("Ben"),
        note: None,
        confirmed,
    };
    let Ok(Verdict::Record(events, advice)) =
        at_minute(&given, 30, over(vec![signed("Ana"), signed("Ben")]))
    else {
        panic!("Cid came later");
    };
    assert_eq!(events[0].people()[..2], [&person("Ana"), &person("Ben")]);
    assert_eq!(advice, [], "confirmed by everybody who was there");
    let (role_, may) = (role("it-lead"), vec![person("Ana"), person("Ben")]);
    let stranger = Refusal::CannotConfirm { role: role_, person: person("Cid"), may };
    assert_eq!(at_minute(&given, 30, over(vec![signed("Cid")])), Err(stranger));
    let record = at(0, 3);
    let since = minute(10);
    let (role_, person_) = (role("it-lead"), person("Ana"));
    let early = Refusal::BeforeTaken { role: role_, person: person_, since, record };
    assert_eq!(at_minute(&given, 5, over(vec![])), Err(early), "nobody was there");
}

#[test]
fn whoever_took_over_on_paper_had_the_role_before_the_computer_knew() {
    let assign =
        |name: &str| Intent::Assign { role: role("it-lead"), person: person(name), deputy: false };
    let over = Intent::HandOver {
        role: role("it-lead"),
        to: person("Ben"),
        note: None,
        confirmed: Vec::new(),
    };
    let given = declared().at(90).did(10, assign("Ana")).did(60, assign("Ben")).did(30, over);
    let held: Vec<_> = given
        .state
        .tenures()
        .iter()
        .map(|t| (t.person.as_str(), t.from.at, t.to.as_ref().map(|to| to.at)))
        .collect();
    assert_eq!(held, [("Ana", minute(10), Some(minute(30))), ("Ben", minute(30), None)]);
    assert_eq!(given.state.conflicts(), []);
}
