//! The improvement plan: added, changed, closed, verified by somebody else; also after the end.

use super::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn terms(what: &str) -> ActionTerms {
    ActionTerms { what: Some(text(what)), ..ActionTerms::default() }
}

fn add(what: &str) -> Intent {
    Intent::AddAction { terms: terms(what) }
}

fn whole() -> ActionTerms {
    ActionTerms {
        owner: Some(person("Ivo")),
        due: Some(day("2026-12-31")),
        element: Some(Element::Equipment),
        ..terms("Second mail route")
    }
}

fn update(action: u64, change: ActionTerms) -> Intent {
    Intent::UpdateAction { action: at(0, action), change }
}

fn close(action: u64, evidence: &str) -> Intent {
    let evidence = text(evidence);
    Intent::CloseAction { action: at(0, action), evidence, compared: None }
}

fn verify(action: u64, reason: Option<&str>) -> Intent {
    Intent::VerifyAction { action: at(0, action), reason: reason.map(text) }
}

fn reopen(action: u64) -> Intent {
    Intent::ReopenAction { action: at(0, action), reason: text("it broke again") }
}

fn refuses(given: &Given, intent: Intent) -> PlanRefusal {
    match given.refuses(intent) {
        Refusal::Plan(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

fn only(given: &Given) -> Action {
    let all: Vec<Action> = given.state.actions().collect();
    let [only] = all.as_slice() else { panic!("{all:?}") };
    only.clone()
}

/// An incident that was closed in its second record but one.
fn over() -> Given {
    declared().at(30).does(Intent::Close { anyway: Some(text("over")) })
}

#[test]
fn a_line_goes_from_open_to_verified_by_somebody_else_after_the_end() {
    let given = over().at(60).does(Intent::AddAction { terms: whole() });
    assert_eq!(only(&given).number, 1);
    assert_eq!(
        given.advises(add("x")),
        [Advice::ActionLacks(2, vec!["owner", "completion date", "capability element"])]
    );
    let given = given.at(90).by("Ivo").does(close(4, "Invoice 4711"));
    let own = PlanRefusal::OwnClosing { number: 1, person: person("Ivo") };
    assert_eq!(refuses(&given, verify(4, None)), own);
    let given = given.at(99).by("Ana").does(verify(4, Some("seen it switch over")));
    let action = only(&given);
    let verified = action.verified.unwrap();
    assert_eq!(verified.moment.by, Some(person("Ana")));
    assert!(!verified.own_work);
    assert_eq!(action.closed.unwrap().evidence, text("Invoice 4711"));
    assert_eq!(given.state.conflicts(), []);
    assert_eq!(given.state.life(), Life::Closed, "the plan changes nothing of the incident");
}

#[test]
fn whoever_answers_for_it_does_not_verify_it_whoever_closed_it() {
    let given = over().at(60).does(Intent::AddAction { terms: whole() });
    let owner = only(&given).terms.owner.unwrap();
    let given = given.at(90).by("Ana").does(close(4, "Invoice 4711"));
    let given = given.at(99).by(owner.as_str());
    let own = PlanRefusal::OwnClosing { number: 1, person: owner.clone() };
    assert_eq!(refuses(&given, verify(4, None)), own);
    assert_eq!(given.advises(verify(4, Some("nobody else"))), [Advice::OwnClosing(owner)]);
    let given = given.by("Ben").does(verify(4, None));
    assert!(!only(&given).verified.unwrap().own_work);
}

#[test]
fn another_spelling_is_the_same_person() {
    let given = declared().by("Ana Díaz").does(add("x")).does(close(3, "done"));
    for name in ["Ana Díaz", "ana diaz", "Ana-Diaz"] {
        let refusal = given.ask(&Request {
            actor: Actor { person: Some(person(name)), role: None },
            ..given.request(verify(3, None))
        });
        let own = PlanRefusal::OwnClosing { number: 1, person: person(name) };
        assert_eq!(refusal, Err(own.into()), "{name}");
    }
    let other = given.by("Ana Dias");
    assert!(matches!(other.ask(&other.request(verify(3, None))), Ok(Verdict::Record(..))));
}

#[test]
fn ones_own_work_takes_a_reason_and_is_flagged() {
    let given = declared().does(add("x")).does(close(3, "done"));
    let advice = given.advises(verify(3, Some("nobody else is here")));
    assert_eq!(advice, [Advice::OwnClosing(person("Ana"))]);
    let given = given.does(verify(3, Some("nobody else is here")));
    assert!(only(&given).verified.unwrap().own_work);
}

#[test]
fn what_is_closed_stays_as_it_is_until_it_is_opened_again() {
    let given = declared().does(add("x")).does(close(3, "done")).at(5);
    let closed = PlanRefusal::ActionClosed {
        number: 1,
        by: Some(person("Ana")),
        at: minute(0),
        record: at(0, 4),
    };
    let later = ActionTerms { due: Some(day("2027-01-31")), ..ActionTerms::default() };
    assert_eq!(refuses(&given, update(3, later.clone())), closed);
    assert_eq!(refuses(&given, close(3, "other words")), closed);
    assert_eq!(given.already(close(3, "done")), 4);
    let given = given.does(reopen(3)).does(update(3, later));
    assert_eq!(only(&given).terms.due, Some(day("2027-01-31")));
    assert_eq!(refuses(&given, reopen(3)), PlanRefusal::ActionOpen { number: 1 });
    assert_eq!(refuses(&given.by("Ben"), verify(3, None)), PlanRefusal::ActionOpen { number: 1 });
}

#[test]
fn a_verified_line_is_not_verified_twice_and_an_old_verdict_does_not_outlive_a_reopening() {
    let given = declared().does(add("x")).does(close(3, "done")).by("Ben").does(verify(3, None));
    assert_eq!(given.already(verify(3, None)), 5);
    let by = Some(person("Ben"));
    let verified = PlanRefusal::ActionVerified { number: 1, by, record: at(0, 5) };
    let given = given.by("Cy");
    assert_eq!(refuses(&given, verify(3, None)), verified);
    let given = given.does(reopen(3));
    assert_eq!((only(&given).closed, only(&given).verified), (None, None));
}

#[test]
fn changes_add_up_and_the_first_day_is_remembered() {
    let given = declared().does(add("x"));
    let due = |text| ActionTerms { due: Some(day(text)), ..ActionTerms::default() };
    assert_eq!(given.refuses(update(3, ActionTerms::default())), Refusal::NothingToRecord);
    let given = given.does(update(3, due("2026-12-31"))).does(update(3, due("2027-02-28")));
    let owner = ActionTerms { owner: Some(person("Ivo")), ..ActionTerms::default() };
    let given = given.does(update(3, owner.clone()));
    let action = only(&given);
    assert_eq!(action.first_due, Some(day("2026-12-31")));
    assert_eq!(action.terms.due, Some(day("2027-02-28")));
    assert_eq!(action.terms.what, Some(text("x")));
    assert_eq!(given.already(update(3, owner)), 6, "nothing new is nothing to record");
}

#[test]
fn days_must_be_in_order_and_a_day_that_has_passed_is_said() {
    let (start, due) = (day("2026-12-01"), day("2026-11-30"));
    let wrong = ActionTerms { start: Some(start), due: Some(due), ..terms("x") };
    let refusal = PlanRefusal::DueBeforeStart { start, due };
    assert_eq!(refuses(&declared(), Intent::AddAction { terms: wrong }), refusal);
    let given = declared().does(Intent::AddAction { terms: whole() });
    let late = ActionTerms { start: Some(day("2027-01-01")), ..ActionTerms::default() };
    let refusal = PlanRefusal::DueBeforeStart { start: day("2027-01-01"), due: day("2026-12-31") };
    assert_eq!(refuses(&given, update(3, late)), refusal);
    let passed = ActionTerms { due: Some(day("2025-12-31")), ..whole() };
    let advice = given.advises(Intent::AddAction { terms: passed });
    assert_eq!(advice, [Advice::DuePassed(day("2025-12-31"))]);
}

#[test]
fn a_line_needs_words_and_an_unknown_one_is_named() {
    let empty = ActionTerms { owner: Some(person("Ivo")), ..ActionTerms::default() };
    assert_eq!(declared().refuses(Intent::AddAction { terms: empty }), Refusal::NothingToRecord);
    let unknown = PlanRefusal::NoSuchAction { record: at(0, 2) };
    assert_eq!(refuses(&declared(), close(2, "x")), unknown, "that record declares the incident");
}

#[test]
fn a_false_alarm_may_teach_something_and_owes_no_report() {
    let given = declared().does(Intent::FalseAlarm { reason: text("monitor was wrong") });
    let given = given.does(add("Set the threshold higher"));
    assert_eq!(only(&given).number, 1);
    assert_eq!(given.state.conflicts(), []);
    assert_eq!(reviews(&given.book, &given.state, minute(1_000_000)), []);
    let report = Intent::FinishReview { review: Review::AfterAction, evidence: text("x") };
    assert_eq!(refuses(&given, report), PlanRefusal::NothingToReview);
}

#[test]
fn a_line_added_by_mistake_is_withdrawn_and_its_number_is_not_given_again() {
    let given = declared().does(add("x")).does(add("y"));
    let withdraw =
        |seq| Intent::Withdraw { target: at(0, seq), reason: text("the wrong incident") };
    let given = given.does(withdraw(4));
    assert_eq!(only(&given).terms.what, Some(text("x")));
    assert_eq!(refuses(&given, close(4, "x")), PlanRefusal::NoSuchAction { record: at(0, 4) });
    assert_eq!(given.state.next_action(), 3);
    let given = given.does(close(3, "done")).does(withdraw(6));
    assert_eq!(only(&given).closed, None, "closed by mistake");
    assert_eq!(given.does(close(3, "really done")).state.conflicts(), []);
}

#[test]
fn a_withdrawal_of_a_line_is_taken_after_the_end() {
    let given = over()
        .does(add("x"))
        .does(Intent::Withdraw { target: at(0, 4), reason: text("the wrong incident") });
    assert_eq!(given.state.actions().count(), 0);
    assert_eq!(given.state.conflicts(), []);
}

/// What another machine recorded, as it would come in with its file.
fn foreign(given: &mut Given, seq: u64, by: &str, event: Event) {
    let hlc = given.state.clock().next(given.now());
    let stamp = Stamp {
        wall: given.now(),
        offset: Offset::UTC,
        hlc,
        boot: None,
        mono: None,
        actor: Actor { person: Some(person(by)), role: None },
        scribe: None,
        src: Source::Typed,
        occurred_at: None,
        key: None,
        seen: Vec::new(),
        exercise_time: None,
    };
    given.state.apply(&Record { at: at(1, seq), stamp, fact: Fact::Known(event) });
}

#[test]
fn two_who_had_not_seen_each_other_are_a_conflict_and_the_later_one_counts() {
    let due = |text| ActionTerms { due: Some(day(text)), ..ActionTerms::default() };
    let mut given = declared().does(add("x")).does(update(3, due("2026-12-31")));
    let change = Box::new(due("2027-03-31"));
    let (action, after) = (at(0, 3), at(0, 3));
    foreign(&mut given, 1, "Ben", Event::ActionUpdated { action, number: 1, after, change });
    assert_eq!(only(&given).terms.due, Some(day("2027-03-31")));
    let [conflict] = given.state.conflicts() else { panic!() };
    assert_eq!((&conflict.kind, conflict.record.seq), (&ConflictKind::ActionChangedTwice(1), 1));
    // The next one has seen both.
    let given = given.does(update(3, due("2027-04-30")));
    assert_eq!(given.state.conflicts().len(), 1);
}

#[test]
fn a_verification_that_had_not_seen_a_reopening_does_not_count() {
    let given = declared().does(add("x")).does(close(3, "done"));
    let mut given = given.does(reopen(3));
    let (action, after) = (at(0, 3), at(0, 4));
    let verified =
        Event::ActionVerified { action, number: 1, after, own_work: false, reason: None };
    foreign(&mut given, 1, "Ben", verified);
    let action = only(&given);
    assert_eq!((action.closed, action.verified), (None, None));
    assert_eq!(given.state.conflicts().len(), 1);
}

#[test]
fn two_writers_may_count_alike() {
    let mut given = declared().does(add("x"));
    foreign(&mut given, 1, "Ben", Event::ActionAdded { number: 1, terms: Box::new(terms("y")) });
    let numbers: Vec<u32> = given.state.actions().map(|action| action.number).collect();
    assert_eq!(numbers, [1, 1]);
    assert_eq!(given.state.next_action(), 2);
    assert_eq!(given.state.conflicts(), [], "both stand, under their writers' names");
}

#[test]
fn words_about_a_line_that_is_still_to_come_wait_for_it() {
    let mut given = declared();
    let (action, after) = (at(1, 9), at(1, 9));
    let event = Event::ActionReopened { action, number: 4, after, reason: text("x") };
    given.append(event, None, None);
    assert_eq!(given.state.actions().count(), 0);
    assert_eq!(given.state.conflicts(), []);
}

#[test]
fn a_key_makes_a_repeat_harmless() {
    let given = declared();
    let keyed = |intent| Request { key: Some("k".to_owned()), ..given.request(intent) };
    let (first, other) = (keyed(Intent::AddAction { terms: whole() }), keyed(add("other")));
    let given = declared().sends(&first);
    assert!(matches!(given.ask(&first), Ok(Verdict::Already(record, ..)) if record == at(0, 3)));
    assert!(matches!(given.ask(&other), Err(Refusal::KeyUsed { .. })));
}

fn finish(evidence: &str) -> Intent {
    Intent::FinishReview { review: Review::AfterAction, evidence: text(evidence) }
}

#[test]
fn the_report_is_owed_from_the_end_on_until_somebody_says_that_it_is_finished() {
    let running = declared().at(30);
    assert_eq!(reviews(&running.book, &running.state, minute(90)), []);
    let not_over = PlanRefusal::NotOver { review: Review::AfterAction };
    assert_eq!(refuses(&running, finish("binder")), not_over);
    let given = over();
    let owed = reviews(&given.book, &given.state, minute(40));
    // The test playbook has no step for either: the report is due in 30 days, a hot wash is not asked.
    let [report] = owed.as_slice() else { panic!("{owed:?}") };
    assert_eq!(report.review, Review::AfterAction);
    assert_eq!(report.due, minute(30) + AFTER_ACTION_WITHIN);
    assert_eq!(report.finished, None);
    let given = given.at(60).does(finish("binder 3"));
    let owed = reviews(&given.book, &given.state, minute(70));
    assert_eq!(owed[0].finished.unwrap().record, at(0, 4));
    assert_eq!(given.already(finish("binder 3")), 4);
    let by = Some(person("Ana"));
    let twice = PlanRefusal::ReviewFinished { review: Review::AfterAction, by, record: at(0, 4) };
    assert_eq!(refuses(&given, finish("binder 4")), twice);
    let given = given.does(Intent::Withdraw { target: at(0, 4), reason: text("a draft") });
    assert_eq!(reviews(&given.book, &given.state, minute(80))[0].finished, None);
}

/// A playbook with the two steps, due 3 and 30 days after recovery began.
fn reviewing() -> Given {
    let steps = [
        "      - {id: hot-wash, role: it-lead, title: Hot wash, due: 72h}",
        "      - {id: after-action, role: it-lead, title: Report, due: 30d}",
    ];
    let mut given = declared();
    let book = include_str!("book.yaml").trim_end();
    given.book = compile(&format!("{book}\n{}\n", steps.join("\n"))).unwrap().playbook;
    given
}

#[test]
fn the_playbooks_own_steps_say_until_when_and_doing_them_is_enough() {
    let given = reviewing().at(60).does(mark(Mark::Restored));
    let due = |given: &Given, now| -> Vec<(Review, i64, bool)> {
        let all = reviews(&given.book, &given.state, minute(now));
        let since = |at: Timestamp| (at - minute(60)).num_hours();
        all.iter().map(|one| (one.review, since(one.due), one.finished.is_some())).collect()
    };
    assert_eq!(due(&given, 61), [], "while it runs, the steps ask for it");
    let late = 60 + 4 * 24 * 60;
    assert_eq!(due(&given, late), [(Review::HotWash, 72, false)], "overdue all the same");
    let given = given.at(90).does(done("hot-wash"));
    let given = given.does(Intent::Skip { step: step("after-action"), reason: text("small") });
    let given = given.does(Intent::Close { anyway: Some(text("over")) });
    let all = [(Review::HotWash, 72, true), (Review::AfterAction, 720, false)];
    assert_eq!(due(&given, 100), all, "not applicable is no report");
}

#[test]
fn a_standing_log_takes_what_incidents_do_not_and_never_ends() {
    let mut given = suspected();
    let readied = Readied {
        kind: ReadyKind::Training,
        on: day("2026-01-20"),
        of: None,
        exercise: None,
        playbook: None,
        incident: None,
        note: None,
    };
    let ready = |change: &dyn Fn(&mut Readied)| {
        let mut readied = readied.clone();
        change(&mut readied);
        Intent::Ready(readied)
    };
    assert_eq!(refuses(&given, ready(&|_| {})), PlanRefusal::NotStanding);
    given.state = State::default();
    given.records.clear();
    given.append(
        Event::IncidentOpened(IncidentOpened {
            playbook: "test".parse().unwrap(),
            version: "1".to_owned(),
            title: text("Readiness"),
            site: None,
            mode: Mode::Live,
            clock: ClockKind::Stepped,
            runbook: "0".to_owned(),
            linked_from: None,
            sources: Vec::new(),
            standing: true,
        }),
        None,
        None,
    );
    let given = given.does(ready(&|_| {}));
    assert_eq!(given.already(ready(&|_| {})), 2, "one training, whoever says so");
    let ahead = PlanRefusal::DayAhead { on: day("2026-01-23") };
    assert_eq!(refuses(&given, ready(&|one| one.on = day("2026-01-23"))), ahead);
    let activation = |one: &mut Readied| one.kind = ReadyKind::PlanActivation;
    assert_eq!(refuses(&given, ready(&activation)), PlanRefusal::NotInWriting);
    assert_eq!(refuses(&given, ready(&|one| one.kind = ReadyKind::Exercise)), PlanRefusal::NoType);
    let given = given.does(Intent::Declare);
    for intent in [
        Intent::Close { anyway: Some(text("x")) },
        Intent::FalseAlarm { reason: text("x") },
        finish("x"),
    ] {
        assert_eq!(refuses(&given, intent), PlanRefusal::Standing);
    }
    assert_eq!(reviews(&given.book, &given.state, minute(1_000_000)), []);
    let given = given.does(Intent::Withdraw { target: at(0, 2), reason: text("was in March") });
    assert_eq!(given.state.readied().count(), 0);
}
