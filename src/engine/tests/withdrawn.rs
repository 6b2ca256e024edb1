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
fn after_the_end_a_mistake_can_still_be_withdrawn() {
    let given = declared().at(30).does(mark(Mark::Verified));
    let given = given.does(Intent::Close { anyway: Some(text("over")) });
    let intent = withdraw(&given, 1);
    assert_eq!(given.does(intent).state.mark(Mark::Verified), None);
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
