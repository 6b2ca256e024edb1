//! Records of several writers: the fold takes any of them and shows what does not fit.

use super::*;

/// As if another machine had recorded it.
fn elsewhere(given: &mut Given, seq: u64, event: Event) {
    let mut record = given.records[0].clone();
    record.at = at(7, seq);
    record.stamp.hlc = given.state.clock().next(given.now());
    record.stamp.actor.person = Some(person("Ben"));
    record.fact = Fact::Known(event);
    given.state.apply(&record);
}

fn kinds(given: &Given) -> Vec<ConflictKind> {
    given.state.conflicts().iter().map(|conflict| conflict.kind.clone()).collect()
}

fn done_event(occurrence: u32) -> Event {
    Event::StepDone(StepDone {
        step: step("look"),
        occurrence,
        answers: BTreeMap::new(),
        note: None,
        initials: None,
        milestone: None,
    })
}

#[test]
fn what_cannot_both_be_true_becomes_a_conflict() {
    let mut given = declared().does(done("look")).does(mark(Mark::Detected));
    elsewhere(&mut given, 1, given_opened(&declared()));
    elsewhere(&mut given, 2, Event::IncidentDeclared {});
    elsewhere(&mut given, 3, done_event(1));
    elsewhere(&mut given, 4, Event::MilestoneMarked { mark: Mark::Detected, service: None });
    elsewhere(&mut given, 5, Event::RoleReleased { role: role("it-lead"), person: person("Ben") });
    elsewhere(&mut given, 6, done_event(0));
    elsewhere(&mut given, 7, done_event(u32::MAX));
    assert_eq!(
        kinds(&given),
        [
            ConflictKind::OpenedTwice,
            ConflictKind::DeclaredTwice,
            ConflictKind::AnsweredTwice(step("look"), 1),
            ConflictKind::MarkedTwice(Mark::Detected),
            ConflictKind::NotHeld(role("it-lead"), person("Ben")),
            ConflictKind::NoSuchOccurrence(step("look"), 0),
            ConflictKind::NoSuchOccurrence(step("look"), u32::MAX),
        ]
    );
    assert_eq!(given.state.t0(), Some(minute(0)), "the first declaration holds");
}

fn given_opened(given: &Given) -> Event {
    let Fact::Known(event) = given.records[0].fact.clone() else { panic!() };
    event
}

#[test]
fn work_after_the_end_is_kept_and_shown() {
    let mut given = declared().at(30).does(Intent::Close { anyway: Some(text("over")) });
    elsewhere(&mut given, 1, done_event(1));
    let alarm = Event::FalseAlarmDeclared { reason: text("no") };
    elsewhere(&mut given, 2, alarm);
    assert_eq!(kinds(&given), [ConflictKind::AfterEnd, ConflictKind::EndedTwice]);
    assert_eq!(given.stands("look")[0].0, Status::Done);
    assert_eq!(given.state.life(), Life::Closed);
}

#[test]
fn a_correction_may_come_before_its_target() {
    let mut given = declared();
    let correction = Event::RecordCorrected {
        target: at(7, 2),
        note: text("earlier"),
        occurred: Some(minute(-5)),
    };
    given.append(correction, None, None);
    elsewhere(&mut given, 2, Event::MilestoneMarked { mark: Mark::Detected, service: None });
    let moment = given.state.mark(Mark::Detected).unwrap();
    assert_eq!(given.state.time_of(moment), minute(-5));
}

#[test]
fn of_several_corrections_the_last_one_holds() {
    let mut given = declared();
    for by in [-5, -9, -7] {
        let (target, note) = (at(0, 2), text("again"));
        let occurred = Some(minute(by));
        given.append(Event::RecordCorrected { target, note, occurred }, None, None);
    }
    assert_eq!(given.state.t0(), Some(minute(-7)));
}

#[test]
fn an_event_of_a_newer_version_is_remembered_and_not_folded() {
    let mut given = declared();
    let mut record = given.records[1].clone();
    record.at = at(0, 3);
    record.fact = Fact::Newer("drone_sent".to_owned());
    given.state.apply(&record);
    assert_eq!(given.state.newer(), [at(0, 3)]);
    assert_eq!(given.state.heads(), [at(0, 3)]);
}

#[test]
fn the_state_survives_being_written_down() {
    let given = declared().at(5).does(done("look")).does(choose("scope", "local"));
    let json = serde_json::to_string(&given.state).unwrap();
    assert_eq!(serde_json::from_str::<State>(&json).unwrap(), given.state);
}
