//! What was recorded by mistake: the record stays, its fact does not count.

use super::*;

fn withdraw(given: &Given, back: usize) -> Intent {
    let record = &given.records[given.records.len() - 1 - back];
    Intent::Withdraw { target: record.at.clone(), reason: text("wrong step") }
}

fn withdrawn(given: Given) -> Given {
    let intent = withdraw(&given, 0);
    given.does(intent)
}

#[test]
fn an_answer_by_mistake_leaves_the_step_open_again() {
    let fail = Intent::Fail { step: step("look"), reason: text("no") };
    let skip = Intent::Skip { step: step("look"), reason: text("no") };
    let later =
        Intent::Defer { step: step("look"), until: minute(90), reason: text("nobody there") };
    for intent in [done("look"), fail, skip, later, Intent::Begin { step: step("look") }] {
        let given = withdrawn(declared().at(5).does(intent.clone()));
        assert_eq!(given.stands("look")[0], declared().at(5).stands("look")[0], "{intent:?}");
        given.does(intent);
    }
}

#[test]
fn a_decision_by_mistake_closes_nothing() {
    let given = declared().at(5).does(choose("scope", "local"));
    assert_eq!(given.stands("brief")[0].0, Status::Closed);
    let given = withdrawn(given);
    assert_eq!(given.stands("brief")[0].0, Status::Open);
    let given = given.does(choose("scope", "corporate"));
    assert_eq!(given.state.conflicts(), []);
}

#[test]
fn a_milestone_by_mistake_was_not_reached() {
    let given = withdrawn(declared().at(30).does(mark(Mark::Restored)));
    assert_eq!(given.state.mark(Mark::Restored), None);
    let given = withdrawn(given.does(done("call")));
    assert_eq!(given.state.mark(Mark::FirstOutreach), None, "the step reached it");
    let given = given.at(40).does(mark(Mark::FirstOutreach));
    assert_eq!(given.state.mark(Mark::FirstOutreach).unwrap().at, minute(40));
}

#[test]
fn an_approval_by_mistake_is_asked_for_again() {
    let approve = Intent::Approve { step: step("send"), reason: None, initials: None };
    let given = declared().at(5).does(done("send")).by("Ben").does(approve);
    assert_eq!(given.stands("send")[0].0, Status::Done);
    let given = withdrawn(given);
    assert_eq!(given.state.steps().of(&step("send"))[0].approvals, []);
}

/// As if the writer with this number had recorded it.
fn tell(given: &mut Given, writer: u8, seq: u64, event: Event) -> RecordRef {
    let mut record = given.records[0].clone();
    record.at = at(writer, seq);
    record.stamp.hlc = given.state.clock().next(given.now());
    record.stamp.actor.person = Some(person(["Ana", "Ben", "Cleo"][usize::from(writer) % 3]));
    record.fact = Fact::Known(event);
    given.state.apply(&record);
    record.at
}

fn take_back(given: &mut Given, seq: u64, target: &RecordRef) {
    let event = Event::RecordWithdrawn { target: target.clone(), reason: text("wrong step") };
    tell(given, 9, seq, event);
}

fn look(word: &str) -> Event {
    let (step, occurrence, reason) = (step("look"), 1, text("why"));
    match word {
        "begin" => Event::StepBegun { step, occurrence },
        "skip" => Event::StepSkipped { step, occurrence, reason },
        "fail" => Event::StepFailed { step, occurrence, reason },
        "reopen" => Event::StepReopened { step, occurrence, reason },
        "approve" => {
            let (initials, milestone) = (None, None);
            let (reason, own_work) = (None, false);
            Event::StepApproved { step, occurrence, own_work, reason, initials, milestone }
        }
        "done" => {
            let (answers, note, initials) = (BTreeMap::new(), None, None);
            let milestone = None;
            Event::StepDone(StepDone { step, occurrence, answers, note, initials, milestone })
        }
        _ => {
            let (option, because) = (word.strip_prefix("decide ").unwrap().parse().unwrap(), None);
            let (initials, milestone) = (None, None);
            Event::DecisionTaken { step, occurrence, option, because, initials, milestone }
        }
    }
}

fn until(minutes: i64) -> Event {
    let (step, occurrence, reason) = (step("look"), 1, text("why"));
    Event::StepDeferred { step, occurrence, until: minute(minutes), reason }
}

/// What is seen of `look`: answer, due time if put off, begun, approvals, conflicts.
fn seen(given: &Given) -> String {
    let slot = given.state.steps().of(&step("look")).first().cloned().unwrap_or_default();
    let by = |moment: &Moment| format!("{}", moment.record.seq);
    let mut words = vec![match &slot.outcome {
        Outcome::Open => "open".to_owned(),
        Outcome::Done { moment, .. } => format!("done {}", by(moment)),
        Outcome::Decided { option, .. } => format!("decided {option}"),
        Outcome::Approved { moment } => format!("approved {}", by(moment)),
        Outcome::NotApplicable { .. } => "skipped".to_owned(),
        Outcome::Failed { moment, .. } => format!("failed {}", by(moment)),
        Outcome::Deferred { .. } => "deferred".to_owned(),
    }];
    words.extend(slot.put_off.map(|at| format!("until {}", (at - t0()).num_minutes())));
    words.extend(slot.begun.as_ref().map(|moment| format!("begun {}", by(moment))));
    words.extend(slot.approvals.iter().map(|(moment, _)| format!("agreed {}", by(moment))));
    words.extend(given.state.conflicts().iter().map(|c| format!("conflict {}", c.record.seq)));
    words.join(", ")
}

#[test]
fn what_stood_before_stands_again() {
    let (early, late) = (until(60), until(90));
    for (events, target, before, after) in [
        (vec![look("skip"), look("done")], 2, "done 2", "skipped"),
        (vec![look("skip"), look("done")], 1, "done 2", "done 2"),
        (vec![look("fail"), look("fail")], 2, "failed 2", "failed 1"),
        (vec![early.clone(), late.clone()], 2, "deferred, until 90", "deferred, until 60"),
        (vec![early.clone(), late], 1, "deferred, until 90", "deferred, until 90"),
        (vec![early.clone(), look("done")], 2, "done 2, until 60", "deferred, until 60"),
        (vec![early, look("done")], 1, "done 2, until 60", "done 2"),
        (vec![look("done"), look("done")], 2, "done 2, conflict 2", "done 1"),
        (vec![look("done"), look("done")], 1, "done 2, conflict 2", "done 2"),
        (vec![look("done"), look("skip")], 2, "skipped, conflict 2", "done 1"),
        (vec![look("skip"), look("skip")], 1, "skipped, conflict 2", "skipped"),
        (
            vec![look("done"), look("done"), look("done")],
            1,
            "done 3, conflict 2, conflict 3",
            "done 3, conflict 3",
        ),
        (vec![look("begin"), look("begin")], 1, "open, begun 1", "open, begun 2"),
        (vec![look("begin"), look("done")], 1, "done 2, begun 1", "done 2"),
        (vec![look("begin"), look("fail"), look("begin")], 3, "open, begun 3", "failed 2, begun 1"),
        (vec![look("begin"), look("fail"), look("begin")], 2, "open, begun 3", "open, begun 1"),
        (vec![look("done"), look("reopen"), look("done")], 3, "done 3", "open"),
        (vec![look("done"), look("reopen"), look("done")], 2, "done 3", "done 3, conflict 3"),
        (
            vec![look("decide here"), look("decide there")],
            2,
            "decided there, conflict 2",
            "decided here",
        ),
        (
            vec![look("decide here"), look("decide there")],
            1,
            "decided there, conflict 2",
            "decided there",
        ),
    ] {
        let mut given = declared().at(5);
        let tell_all = |given: &mut Given| {
            for (event, seq) in events.iter().zip(1..) {
                tell(given, 1, seq, event.clone());
            }
        };
        tell_all(&mut given);
        assert_eq!(seen(&given), before, "{events:?}");
        take_back(&mut given, 1, &at(1, target));
        assert_eq!(seen(&given), after, "without {target} of {events:?}");
        let mut given = declared().at(5);
        take_back(&mut given, 1, &at(1, target));
        tell_all(&mut given);
        assert_eq!(seen(&given), after, "{target} withdrawn before it came, {events:?}");
    }
}

#[test]
fn of_two_writers_the_other_ones_answer_stands() {
    for (gone, stays) in [(1, 2), (2, 1)] {
        let mut given = declared().at(5);
        tell(&mut given, 1, 1, look("done"));
        tell(&mut given, 2, 2, look("done"));
        assert_eq!(seen(&given), "done 2, conflict 2");
        take_back(&mut given, 1, &at(gone, u64::from(gone)));
        assert_eq!(seen(&given), format!("done {stays}"));
        take_back(&mut given, 2, &at(gone, u64::from(gone)));
        assert_eq!(seen(&given), format!("done {stays}"), "a second withdrawal changes nothing");
    }
}

#[test]
fn an_approval_goes_with_the_work_that_it_was_given_to() {
    let (redo, agree) = (["done", "approve", "reopen", "done"], ["done", "done", "approve"]);
    for (words, target, after) in [
        (&["done", "approve"][..], 1, "open"),
        (&["done", "approve", "begin"], 1, "open, begun 3"),
        (&["done", "approve"], 2, "done 1"),
        (&redo, 1, "done 4"),
        (&redo, 4, "open"),
        (&["done", "approve", "reopen", "done", "approve"], 1, "done 4, agreed 5"),
        (&["done", "approve", "reopen", "done", "approve"], 4, "open"),
        (&agree, 1, "done 2, agreed 3"),
        (&agree, 2, "done 1"),
        (&["done", "approve", "done"], 3, "done 1, agreed 2"),
        (&["approve"], 1, "open"),
        (&["approve", "approve"], 1, "approved 2, agreed 2"),
        (&["approve", "approve"], 2, "approved 1, agreed 1"),
        (&["fail", "approve"], 1, "approved 2, agreed 2"),
        (&["fail", "approve"], 2, "failed 1"),
    ] {
        let mut given = declared().at(5);
        for (word, seq) in words.iter().zip(1..) {
            tell(&mut given, 1, seq, look(word));
        }
        take_back(&mut given, 1, &at(1, target));
        assert_eq!(seen(&given), after, "without {target} of {words:?}");
    }
}

#[test]
fn an_approval_that_comes_after_the_withdrawal_is_for_what_stands_then() {
    let mut given = declared().at(5);
    let first = tell(&mut given, 1, 1, look("done"));
    let second = tell(&mut given, 2, 2, look("done"));
    take_back(&mut given, 1, &second);
    tell(&mut given, 1, 3, look("approve"));
    assert_eq!(seen(&given), "done 1, agreed 3");
    take_back(&mut given, 2, &first);
    assert_eq!(seen(&given), "open");
    tell(&mut given, 2, 4, look("approve"));
    assert_eq!(seen(&given), "open", "they had not heard of it: nobody did the work");
    tell(&mut given, 1, 5, look("done"));
    assert_eq!(seen(&given), "done 5");
}

#[test]
fn a_milestone_marked_twice_stands_once_when_one_is_withdrawn() {
    for (gone, stays) in [(1, 2), (2, 1)] {
        let mut given = declared().at(5);
        let marked = Event::MilestoneMarked { mark: Mark::Detected, service: None };
        for writer in [1, 2] {
            tell(&mut given, writer, u64::from(writer), marked.clone());
        }
        assert_eq!(given.state.conflicts().len(), 1);
        take_back(&mut given, 1, &at(gone, u64::from(gone)));
        assert_eq!(given.state.conflicts(), []);
        assert_eq!(given.state.mark(Mark::Detected).unwrap().record.seq, stays);
    }
}

#[test]
fn a_withdrawn_record_contradicts_nothing_any_more() {
    let mut given = declared().at(30).does(Intent::Close { anyway: Some(text("over")) });
    let late = tell(&mut given, 1, 1, look("done"));
    let Event::StepDone(done) = look("done") else { panic!() };
    let nowhere = Event::StepDone(StepDone { occurrence: 0, ..done });
    let nowhere = tell(&mut given, 1, 2, nowhere);
    assert_eq!(given.state.conflicts().len(), 3);
    take_back(&mut given, 1, &late);
    take_back(&mut given, 2, &nowhere);
    assert_eq!(given.state.conflicts(), []);
}

#[test]
fn an_answer_that_another_machine_withdraws_after_the_end_is_shown() {
    let given = declared().at(5).does(done("look"));
    let answer = given.records.last().unwrap().at.clone();
    let mut given = given.at(30).does(Intent::Close { anyway: Some(text("over")) });
    take_back(&mut given, 1, &answer);
    let kinds: Vec<_> = given.state.conflicts().iter().map(|c| (&c.record, &c.kind)).collect();
    assert_eq!(kinds, [(&at(9, 1), &ConflictKind::AfterEnd)]);
    assert_eq!(given.stands("look")[0].0, Status::Open);
}

#[test]
fn an_occurrence_that_nobody_answered_is_not_asked_for_twice() {
    let given = declared().at(5).does(done("brief")).at(125).does(done("brief"));
    let before = declared().at(5).does(done("brief")).at(125);
    let given = withdrawn(given);
    assert_eq!(given.stands("brief"), before.stands("brief"));
    let reopened = given.does(Intent::Reopen { step: step("brief"), reason: text("again") });
    assert_eq!(reopened.stands("brief").len(), 1);
}

#[test]
fn what_was_withdrawn_survives_being_written_down() {
    let mut given = declared().at(5);
    let first = tell(&mut given, 1, 1, look("skip"));
    let second = tell(&mut given, 1, 2, look("done"));
    take_back(&mut given, 1, &second);
    let json = serde_json::to_string(&given.state).unwrap();
    given.state = serde_json::from_str(&json).unwrap();
    assert_eq!(seen(&given), "skipped");
    take_back(&mut given, 2, &first);
    assert_eq!(seen(&given), "open");
}

#[test]
fn what_other_facts_stand_on_is_not_withdrawn() {
    let assign = Intent::Assign { role: role("it-lead"), person: person("Ana"), deputy: false };
    let note = Intent::Note { kind: crate::playbook::NoteKind::Situation, text: text("n") };
    for given in [declared(), declared().does(assign), declared().does(note)] {
        let intent = withdraw(&given, 0);
        let record = given.records.last().unwrap().at.clone();
        assert_eq!(given.ask(&given.request(intent)), Err(Refusal::NotWithdrawable { record }));
    }
    let once = withdrawn(declared().at(5).does(done("look")));
    let twice = withdraw(&once, 1);
    assert!(once.ask(&once.request(twice)).is_err(), "nothing rests on it any more");
}

#[test]
fn after_the_end_only_a_milestone_is_withdrawn() {
    let given = declared().at(30).does(mark(Mark::Verified));
    let given = given.does(Intent::Close { anyway: Some(text("over")) });
    let intent = withdraw(&given, 1);
    assert_eq!(given.does(intent).state.mark(Mark::Verified), None);
    let agree = Intent::Approve { step: step("agree"), reason: None, initials: None };
    for answer in [done("look"), done("call"), Intent::Begin { step: step("look") }, agree] {
        let given = declared().at(5).does(answer.clone());
        let before = given.stands("look");
        let given = given.does(Intent::Close { anyway: Some(text("over")) });
        let record = given.records[given.records.len() - 2].at.clone();
        let refusal = given.refuses(withdraw(&given, 1));
        assert_eq!(refusal, Refusal::AnswerAfterEnd { record }, "{answer:?}");
        assert_eq!(given.stands("look")[0].0, before[0].0);
    }
}

#[test]
fn a_withdrawal_may_come_before_its_target() {
    let mut given = declared();
    let at = |seq| RecordRef { seq, ..given.records[0].at.clone() };
    let (fourth, fifth) = (at(4), at(5));
    for target in [fourth.clone(), fifth.clone()] {
        let event = Event::RecordWithdrawn { target, reason: text("elsewhere") };
        given.append(event, None, None);
    }
    let answered = Event::StepSkipped { step: step("look"), occurrence: 1, reason: text("no") };
    let marked = Event::MilestoneMarked { mark: Mark::Restored, service: None };
    for (at, event) in [(fourth, answered), (fifth, marked)] {
        let mut record = given.records[1].clone();
        record.at = at;
        record.fact = Fact::Known(event);
        given.state.apply(&record);
    }
    assert_eq!(given.stands("look")[0].0, Status::Open);
    assert_eq!(given.state.mark(Mark::Restored), None);
}
