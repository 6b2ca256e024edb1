//! What only an exercise records: who may, when, and what it comes to.

use super::*;
use crate::playbook::{
    ExerciseKind, InjectId, InjectKind, NoteKind, Objective, ObjectiveId, Rating,
};

fn inject(id: &str) -> InjectId {
    id.parse().unwrap()
}

fn delivery(id: &str, due: Option<i64>) -> Delivery {
    Delivery {
        inject: inject(id),
        kind: InjectKind::Information,
        due: due.map(minute),
        mode: None,
        from: None,
        to: None,
        text: text("Mail is down"),
        expect: Vec::new(),
        objective: None,
        changes: Vec::new(),
        added: false,
    }
}

fn deliver(id: &str) -> Intent {
    Intent::DeliverInject { delivery: delivery(id, Some(0)), due_by: None }
}

fn rate(objective: &str) -> Intent {
    let objective: ObjectiveId = objective.parse().unwrap();
    Intent::Rate { objective, rating: Rating::SomeChallenges, why: text("late") }
}

fn move_clock(to: ClockMove) -> Intent {
    Intent::SetClock { to }
}

/// An exercise that Faye facilitates, at T+0; its clock is moved by hand.
fn exercise() -> Given {
    exercise_on(ClockKind::Stepped)
}

fn exercise_on(clock: ClockKind) -> Given {
    let mut given = suspected();
    given.state = State::default();
    given.records.clear();
    let opened = IncidentOpened {
        playbook: "test".parse().unwrap(),
        version: "1".to_owned(),
        title: text("Test"),
        site: None,
        mode: Mode::Exercise,
        clock,
        runbook: "0".to_owned(),
        linked_from: None,
        standing: false,
        sources: Vec::new(),
    };
    given.append(Event::IncidentOpened(opened), None, None);
    let objective = Objective {
        id: "reach".parse().unwrap(),
        text: "Reach patients".to_owned(),
        capability: None,
        target: None,
        tasks: Vec::new(),
    };
    let started = ExerciseStarted {
        exercise: None,
        title: text("Test"),
        kind: ExerciseKind::Tabletop,
        digest: None,
        minutes: Some(45),
        objectives: vec![objective],
        scenario: None,
        facilitator: person("Faye"),
        solo: false,
    };
    let mut given = given.by("Faye");
    given.append(Event::ExerciseStarted(Box::new(started)), None, None);
    if clock == ClockKind::Stepped {
        let setting = ClockSetting { at: t0(), speed: None, paused: false };
        given.append(Event::ExerciseClockSet(setting), None, None);
    }
    given.does(Intent::Assign { role: role("it-lead"), person: person("Ana"), deputy: false })
}

fn refusal(given: &Given, intent: Intent) -> ExerciseRefusal {
    match given.ask(&given.request(intent)) {
        Err(Refusal::OfExercise(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_live_incident_knows_nothing_of_exercises() {
    let live = declared();
    for intent in [
        deliver("i1"),
        Intent::AddInject { delivery: delivery("own", None) },
        Intent::HoldInject { inject: inject("i1"), reason: None },
        Intent::SkipInject { inject: inject("i1"), reason: text("no time") },
        Intent::Observe { objective: None, inject: None, text: text("calm") },
        rate("reach"),
        move_clock(ClockMove::Pause),
        move_clock(ClockMove::By(TimeDelta::minutes(5))),
        Intent::Interrupt { reason: text("fire") },
        Intent::EndExercise { reason: None },
    ] {
        assert_eq!(refusal(&live, intent.clone()), ExerciseRefusal::NoExercise, "{intent:?}");
    }
}

#[test]
fn a_record_of_an_exercise_in_a_live_log_is_a_conflict_and_changes_nothing() {
    let mut live = declared();
    let before = live.state.clone();
    let setting = ClockSetting { at: minute(600), speed: None, paused: true };
    live.append(Event::ExerciseClockSet(setting), None, None);
    live.append(Event::ExerciseInterrupted { reason: text("fire") }, None, None);
    let kinds: Vec<&ConflictKind> = live.state.conflicts().iter().map(|c| &c.kind).collect();
    assert_eq!(kinds, [&ConflictKind::OfExercise, &ConflictKind::OfExercise]);
    assert_eq!(live.state.now(&ClockReading::of_wall(minute(5))), minute(5));
    assert_eq!((live.state.life(), live.state.exercise()), (before.life(), before.exercise()));
}

#[test]
fn whoever_plays_neither_facilitates_nor_judges() {
    let given = exercise().by("Ana");
    let may_not =
        ExerciseRefusal::PlayerMayNot { person: person("Ana"), facilitator: Some(person("Faye")) };
    for intent in [
        deliver("i1"),
        Intent::SkipInject { inject: inject("i1"), reason: text("no time") },
        Intent::Observe { objective: None, inject: None, text: text("calm") },
        rate("reach"),
        move_clock(ClockMove::By(TimeDelta::minutes(5))),
    ] {
        assert_eq!(refusal(&given, intent.clone()), may_not, "{intent:?}");
    }
    // A real outage anybody may say. The end is the facilitator's, whoever else does not play.
    assert!(given.ask(&given.request(Intent::Interrupt { reason: text("fire") })).is_ok());
    let end = || Intent::EndExercise { reason: None };
    let ends = ExerciseRefusal::FacilitatorEnds { facilitator: person("Faye") };
    for name in ["Ana", "Eve"] {
        assert_eq!(refusal(&exercise().by(name), end()), ends, "{name}");
    }
    let given_by_faye = exercise().by("faye").does(end());
    assert_eq!(refusal(&given_by_faye.by("Ana"), rate("reach")), may_not);
    // Somebody who has answered a step plays, whatever role they hold.
    let given = given.by("Ben").does(done("look"));
    assert!(matches!(refusal(&given, rate("reach")), ExerciseRefusal::PlayerMayNot { .. }));
    // An evaluator and the facilitator do not.
    for name in ["Eve", "Faye"] {
        let given = exercise().by(name).does(rate("reach"));
        assert_eq!(given.state.exercise().ratings().len(), 1);
    }
}

#[test]
fn an_inject_is_delivered_once() {
    let given = exercise().by("Faye").does(deliver("i1"));
    let at = given.state.exercise().delivered(&inject("i1")).unwrap().moment.record.clone();
    let again = given.ask(&given.request(deliver("i1")));
    assert_eq!(again, Ok(Verdict::Already(at.clone(), t0(), Vec::new())));
    let hold = Intent::HoldInject { inject: inject("i1"), reason: None };
    let told = ExerciseRefusal::InjectDelivered { inject: inject("i1"), at: t0(), record: at };
    assert_eq!(refusal(&given, hold), told);
}

#[test]
fn what_was_held_or_left_out_can_be_delivered_after_all() {
    let hold = Intent::HoldInject { inject: inject("i1"), reason: None };
    let skip = Intent::SkipInject { inject: inject("i2"), reason: text("no time") };
    let given = exercise().by("Faye").does(hold).does(skip);
    assert_eq!(given.state.exercise().held().len(), 1);
    assert_eq!(given.state.exercise().skipped().len(), 1);
    let given = given.does(deliver("i1")).does(deliver("i2"));
    assert!(given.state.exercise().held().is_empty());
    assert!(given.state.exercise().skipped().is_empty());
    assert_eq!(given.state.exercise().told().len(), 2);
}

#[test]
fn own_injects_are_for_later_or_for_now() {
    let own = |id, due| Intent::AddInject { delivery: delivery(id, due) };
    let given = exercise().by("Faye").does(own("later", Some(10))).does(own("now", None));
    let exercise = given.state.exercise();
    assert_eq!(exercise.added().len(), 1);
    let told = exercise.delivered(&inject("now")).unwrap();
    assert!(told.delivery.added);
    assert_eq!(told.delivery.due, Some(t0()));
    let past = ExerciseRefusal::InjectInPast { due: minute(-5), now: t0() };
    assert_eq!(refusal(&given, own("past", Some(-5))), past);
    let taken = ExerciseRefusal::InjectExists { inject: inject("later") };
    assert_eq!(refusal(&given, own("later", None)), taken);
}

#[test]
fn only_the_objectives_of_the_exercise_are_rated_and_the_last_rating_holds() {
    let given = exercise().by("Faye").does(rate("reach"));
    let all = vec!["reach".to_owned()];
    let unknown = ExerciseRefusal::UnknownObjective { word: "fly".to_owned(), all };
    assert_eq!(refusal(&given, rate("fly")), unknown);
    let objective: ObjectiveId = "reach".parse().unwrap();
    let better = Intent::Rate {
        objective: objective.clone(),
        rating: Rating::Performed,
        why: text("on second look"),
    };
    let given = given.does(Intent::EndExercise { reason: None }).does(better);
    let exercise = given.state.exercise();
    assert_eq!(exercise.ratings().len(), 2);
    assert_eq!(exercise.rating(&objective).unwrap().rating, Rating::Performed);
    assert_eq!(given.state.conflicts(), []);
}

#[test]
fn the_clock_goes_forward_only_and_never_where_it_is_the_real_one() {
    let given = exercise().by("Faye");
    let back = ExerciseRefusal::ClockBack { at: minute(-1), now: t0() };
    assert_eq!(refusal(&given, move_clock(ClockMove::To(minute(-1)))), back);
    let given = given.does(move_clock(ClockMove::By(TimeDelta::minutes(20))));
    assert_eq!(given.state.now(&ClockReading::of_wall(minute(0))), minute(20));
    let speed = Speed::new(10);
    // Wall time is what the test's minute says; the decision is taken on the exercise's own time.
    let given = given.at(20).does(move_clock(ClockMove::Speed(speed)));
    assert_eq!(given.state.now(&ClockReading::of_wall(minute(21))), minute(30));
    let real = exercise_on(ClockKind::Real).by("Faye");
    let wanted = ClockMove::Pause;
    assert_eq!(refusal(&real, move_clock(wanted)), ExerciseRefusal::RealClock { wanted });
    let paused = given.at(30).does(move_clock(ClockMove::Pause));
    let setting = ClockSetting { at: minute(30), speed, paused: true };
    assert_eq!(
        refusal(&paused, move_clock(ClockMove::Pause)),
        ExerciseRefusal::ClockStaysSo { setting }
    );
}

#[test]
fn time_stands_still_once_an_exercise_is_over() {
    let given = exercise().by("Faye").does(move_clock(ClockMove::Speed(Speed::new(60))));
    assert_eq!(given.state.now(&ClockReading::of_wall(minute(1))), minute(60));
    let mut given = given.at(1);
    given.append(Event::ExerciseInterrupted { reason: text("the real one") }, None, None);
    assert_eq!(given.state.life(), Life::Closed);
    assert_eq!(given.state.exercise().interrupted().unwrap().1, &text("the real one"));
    // The record of these tests carries no exercise time, so the end is its real time.
    assert_eq!(given.state.now(&ClockReading::of_wall(minute(500))), minute(1));
    assert_eq!(given.state.conflicts(), []);
}

#[test]
fn times_are_those_of_the_exercise_where_a_record_has_one() {
    let given = exercise();
    let mut record = given.records.last().unwrap().clone();
    record.stamp.exercise_time = Some(minute(90));
    assert_eq!((record.effective(), record.recorded()), (minute(90), minute(90)));
    record.stamp.occurred_at = Some(minute(80));
    assert_eq!((record.effective(), record.recorded()), (minute(80), minute(90)));
}

#[test]
fn what_is_new_to_a_player_came_after_their_last_record() {
    let given = exercise().by("Faye").does(deliver("i1"));
    let given = given.by("Ana").does(done("look")).by("Faye").does(deliver("i2"));
    let new = |name: &str| -> Vec<String> {
        let told = given.state.exercise().new_to(&person(name));
        told.iter().map(|told| told.delivery.inject.to_string()).collect()
    };
    assert_eq!(new("Ana"), ["i2"]);
    assert_eq!(new("Ben"), ["i1", "i2"]);
}

/// As `Given::append`, by Ana on another machine that has seen these records.
fn elsewhere(given: &mut Given, seq: u64, seen: Vec<Head>) {
    let mut record = given.records.last().unwrap().clone();
    record.at = at(7, seq);
    record.stamp.hlc = given.state.clock().next(given.now());
    record.stamp.actor.person = Some(person("Ana"));
    record.stamp.seen = seen;
    record.fact = Fact::Known(Event::NoteAdded { kind: NoteKind::Situation, text: text("calm") });
    given.state.apply(&record);
}

/// What a scribe types in for Ana, Ana has not read on a screen.
#[test]
fn what_comes_from_paper_was_read_by_nobody() {
    let mut given = exercise().by("Faye").does(deliver("i1"));
    let mut record = given.records.last().unwrap().clone();
    record.at.seq += 1;
    record.stamp.actor.person = Some(person("Ana"));
    record.stamp.scribe = Some(person("Eva"));
    record.stamp.src = Source::Paper;
    record.fact = Fact::Known(Event::NoteAdded { kind: NoteKind::Situation, text: text("calm") });
    given.state.apply(&record);
    assert_eq!(given.state.exercise().new_to(&person("Ana")).len(), 1);
}

/// One inject of the list is told once, also where another machine told it in other words: asked what is
/// due and asked to deliver, the answer is the same.
#[test]
fn what_was_told_in_other_words_was_told() {
    let mut given = exercise().by("Faye");
    let other = Delivery { text: text("in other words"), ..delivery("i1", None) };
    given.append(Event::InjectDelivered(Box::new(other)), None, None);
    assert!(given.state.exercise().told_of(&delivery("i1", None)).is_some());
    given.already(deliver("i1"));
    assert!(given.state.exercise().told_of(&delivery("i2", None)).is_none());
}

#[test]
fn what_comes_from_another_machine_is_new_however_old_it_is() {
    let told = |given: &Given| given.state.exercise().new_to(&person("Ana")).len();
    let mut given = exercise().by("Faye").does(deliver("i1"));
    let delivered = given.records.last().unwrap().at.clone();
    // What Ana records later by the clock, without the file that tells it, she records unseen.
    elsewhere(&mut given, 1, Vec::new());
    assert_eq!(told(&given), 1);
    elsewhere(&mut given, 2, vec![delivered]);
    assert_eq!(told(&given), 0);
    let mut given = given.does(deliver("i2"));
    elsewhere(&mut given, 3, Vec::new());
    assert_eq!(told(&given), 1);
    let json = serde_json::to_string(&given.state).unwrap();
    assert_eq!(serde_json::from_str::<State>(&json).unwrap(), given.state);
}

#[test]
fn whoever_leads_without_answering_a_step_plays_too() {
    for intent in [
        Intent::Declare,
        mark(Mark::Onset),
        Intent::Classify { cause: Some(text("power")), services: Vec::new(), scope: None },
    ] {
        let given = exercise().by("Mark").does(intent.clone());
        assert!(given.state.exercise().is_player(&person("Mark")), "{intent:?}");
        assert!(matches!(refusal(&given, rate("reach")), ExerciseRefusal::PlayerMayNot { .. }));
        // The facilitator may say so for them, and an evaluator once it is over.
        let given = exercise().by("Faye").does(intent.clone());
        assert!(!given.state.exercise().is_player(&person("Faye")), "{intent:?}");
    }
    let over = exercise().by("Faye").does(Intent::EndExercise { reason: None });
    let over = over.by("Eve").does(mark(Mark::Onset)).does(rate("reach"));
    assert_eq!(over.state.exercise().ratings().len(), 1);
    // A note makes nobody a player: observers take notes.
    let note = Intent::Note { kind: NoteKind::Situation, text: text("calm") };
    let given = exercise().by("Eve").does(note).does(rate("reach"));
    assert_eq!(given.state.exercise().ratings().len(), 1);
}

fn own(id: &str, words: &str) -> Delivery {
    Delivery { added: true, text: text(words), ..delivery(id, None) }
}

#[test]
fn two_injects_of_one_name_are_both_told() {
    let mut given = exercise().by("Faye");
    let tell = |given: &mut Given, words: &str| {
        let event = Event::InjectDelivered(Box::new(own("own-1", words)));
        given.append(event, None, None);
    };
    tell(&mut given, "a");
    // Of the same words there is one, whoever told them.
    tell(&mut given, "a");
    assert_eq!(given.state.exercise().told().len(), 1);
    // What another machine planned under that name is told too, once.
    let other = Intent::DeliverInject { delivery: own("own-1", "b"), due_by: None };
    assert!(matches!(given.ask(&given.request(other.clone())), Ok(Verdict::Already(..))));
    given.append(Event::InjectAdded(Box::new(own("own-1", "b"))), None, None);
    let mut given = given.does(other.clone());
    assert_eq!(given.state.exercise().told().len(), 2);
    assert!(matches!(given.ask(&given.request(other)), Ok(Verdict::Already(..))));
    tell(&mut given, "c");
    assert_eq!(given.state.exercise().told().len(), 3);
    let kinds: Vec<&ConflictKind> = given.state.conflicts().iter().map(|c| &c.kind).collect();
    let name = inject("own-1");
    assert_eq!(
        kinds,
        [
            &ConflictKind::DeliveredTwice(name.clone()),
            &ConflictKind::NamedTwice(name.clone()),
            &ConflictKind::NamedTwice(name),
        ]
    );
}

#[test]
fn of_two_injects_of_one_name_the_one_to_come_is_kept_back_and_left_out() {
    let reason = || text("enough");
    let hold = || Intent::HoldInject { inject: inject("extra"), reason: None };
    let skip = || Intent::SkipInject { inject: inject("extra"), reason: reason() };
    let planned = Event::InjectAdded(Box::new(own("extra", "a")));
    let other = Event::InjectDelivered(Box::new(own("extra", "b")));
    // Whichever record comes first, what was told is another inject.
    let twins = |events: [&Event; 2]| {
        let mut given = exercise().by("Faye");
        for event in events {
            given.append(event.clone(), None, None);
        }
        given
    };
    for events in [[&planned, &other], [&other, &planned]] {
        assert_eq!(twins(events).does(hold()).state.exercise().held().len(), 1);
        let given = twins(events).does(skip());
        assert_eq!(given.state.exercise().skipped().len(), 1);
        // Once both are told, nothing is left to leave out.
        let both = given.does(Intent::DeliverInject { delivery: own("extra", "a"), due_by: None });
        assert_eq!(both.state.exercise().told().len(), 2);
        assert_eq!(both.state.exercise().skipped(), []);
        for intent in [hold(), skip()] {
            let refused = refusal(&both, intent);
            assert!(matches!(refused, ExerciseRefusal::InjectDelivered { .. }), "{refused:?}");
        }
    }
    // The other one's telling, read later, does not bring back what was left out.
    let mut given = exercise().by("Faye");
    given.append(planned, None, None);
    let mut given = given.does(skip());
    given.append(other, None, None);
    assert_eq!(given.state.exercise().skipped().len(), 1);
}

#[test]
fn an_own_inject_tests_an_objective_of_the_exercise_or_none() {
    let add = |word: &str| Intent::AddInject {
        delivery: Delivery { objective: Some(word.parse().unwrap()), ..own("mine", "x") },
    };
    let given = exercise().by("Faye");
    let all = vec!["reach".to_owned()];
    let unknown = ExerciseRefusal::UnknownObjective { word: "nope".to_owned(), all };
    assert_eq!(refusal(&given, add("nope")), unknown);
    assert_eq!(given.does(add("reach")).state.exercise().told().len(), 1);
}

#[test]
fn a_repeat_is_known_whatever_name_the_program_gave() {
    let keyed = |given: &Given, id: &str, words: &str| {
        let intent = Intent::AddInject { delivery: own(id, words) };
        Request { key: Some("k".to_owned()), ..given.request(intent) }
    };
    let given = exercise().by("Faye");
    let given = given.sends(&keyed(&exercise().by("Faye"), "own-1-w010", "x"));
    let again = |id: &str, words: &str| given.ask(&keyed(&given, id, words));
    assert!(matches!(again("own-2-w010", "x"), Ok(Verdict::Already(..))));
    assert!(matches!(again("own-2-w010", "y"), Err(Refusal::KeyUsed { .. })));
    assert!(matches!(again("mine", "x"), Err(Refusal::KeyUsed { .. })));
}

#[test]
fn a_jump_is_seven_days_at_most() {
    let given = exercise().by("Faye");
    let days = |days: i64| TimeDelta::days(days);
    for to in [ClockMove::By(days(8)), ClockMove::To(t0() + days(8))] {
        let far = ExerciseRefusal::ClockLeap { at: t0() + days(8), now: t0() };
        assert_eq!(refusal(&given, move_clock(to)), far);
    }
    let back = ExerciseRefusal::ClockBack { at: t0(), now: t0() };
    assert_eq!(refusal(&given, move_clock(ClockMove::Far(t0()))), back);
    let meant = exercise().by("Faye").does(move_clock(ClockMove::Far(t0() + days(8))));
    assert_eq!(meant.state.now(&ClockReading::of_wall(t0())), t0() + days(8));
    let given = given.does(move_clock(ClockMove::By(days(7))));
    assert_eq!(given.state.now(&ClockReading::of_wall(t0())), t0() + days(7));
}

#[test]
fn a_judgement_by_mistake_can_be_withdrawn_and_not_by_whoever_plays() {
    let seen = Intent::Observe { objective: None, inject: None, text: text("Mr. B. was here") };
    for intent in [rate("reach"), seen] {
        let given = exercise().by("Eve").does(intent.clone());
        let target = given.records.last().unwrap().at.clone();
        let withdraw = Intent::Withdraw { target: target.clone(), reason: text("wrong") };
        let given = given.by("Ana");
        let may_not = refusal(&given, withdraw.clone());
        assert!(matches!(may_not, ExerciseRefusal::PlayerMayNot { .. }), "{may_not:?}");
        let given = given.by("Faye").does(Intent::EndExercise { reason: None });
        let given = given.by("Eve").does(withdraw);
        assert_eq!(given.state.exercise().ratings(), []);
        assert_eq!(given.state.exercise().observations(), []);
        assert_eq!(given.state.conflicts(), []);
        // The same where the withdrawal comes first in the merged order.
        let mut early = exercise();
        let seq = early.records.len() as u64 + 2;
        let event = Event::RecordWithdrawn { target: at(0, seq), reason: text("wrong") };
        early.append(event, None, None);
        let early = early.by("Eve").does(intent);
        assert_eq!(early.state.exercise().ratings(), []);
        assert_eq!(early.state.exercise().observations(), []);
    }
}

#[test]
fn what_is_said_after_the_end_is_said_in_real_time() {
    let over = exercise().by("Faye").does(Intent::EndExercise { reason: None });
    let later = ClockReading::of_wall(minute(3_000));
    let words = || text("a review");
    let note = Intent::Note { kind: NoteKind::Situation, text: words() };
    for (intent, real) in [(note, true), (rate("reach"), true), (mark(Mark::Onset), false)] {
        let shown = over.state.now_for(&intent, &later);
        assert_eq!(shown == minute(3_000), real, "{intent:?}");
    }
    let late = Event::MilestoneMarked { mark: Mark::Onset, service: None };
    let noted = Event::NoteAdded { kind: NoteKind::Situation, text: words() };
    assert!(over.state.runs_on_its_clock(Some(&late)));
    assert!(!over.state.runs_on_its_clock(Some(&noted)));
    assert!(exercise().state.runs_on_its_clock(Some(&noted)));
}

#[test]
fn a_clock_ahead_is_shown_once() {
    let mut given = exercise().by("Faye");
    let noted = || Event::NoteAdded { kind: NoteKind::Situation, text: text("x") };
    let setting = ClockSetting { at: t0(), speed: Speed::new(60), paused: false };
    for (writer, seq, boot, shows, event) in [
        (3, 1, "a", None, Event::ExerciseClockSet(setting)),
        (4, 1, "b", Some(30), noted()),
        (3, 2, "a", Some(5), noted()),
        (3, 3, "a", Some(5), noted()),
    ] {
        let mut record = given.records[0].clone();
        record.at = at(writer, seq);
        record.stamp.hlc = given.state.clock().next(given.now());
        (record.stamp.boot, record.stamp.mono) = (Some(boot.to_owned()), Some(1_000));
        record.stamp.exercise_time = shows.map(minute);
        record.fact = Fact::Known(event);
        given.state.apply(&record);
    }
    let shown: Vec<_> = given.state.conflicts().iter().map(|c| (&c.kind, &c.record)).collect();
    assert_eq!(shown, [(&ConflictKind::ClockAhead(30), &at(3, 2))]);
}
