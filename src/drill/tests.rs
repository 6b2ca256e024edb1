//! What is due, as tables: what has happened, and where each inject stands then.

use chrono::TimeDelta;

use super::*;
use crate::engine::{
    Actor, ClockKind, Digest, Event, ExerciseStarted, Fact, Hlc, IncidentOpened, Mode, Offset,
    Person, Record, RecordRef, Refusal, Source, Stamp, State, StepDone, Text, Timestamp, WriterId,
};
use crate::playbook::{
    Exercise, ExerciseKind, Happening, Inject, InjectKind, Mark, Playbook, When, compile,
};

fn minute(minutes: i64) -> Timestamp {
    Timestamp::parse("2026-01-22T08:00:00Z").unwrap() + TimeDelta::minutes(minutes)
}

/// An exercise that began at minute 0, and what was recorded of it at which minute.
fn state(events: &[(i64, Event)]) -> State {
    let opened = Event::IncidentOpened(IncidentOpened {
        playbook: "test".parse().unwrap(),
        version: "1".to_owned(),
        title: text("Test"),
        site: None,
        mode: Mode::Exercise,
        clock: ClockKind::Stepped,
        runbook: "0".to_owned(),
        linked_from: None,
        standing: false,
        sources: Vec::new(),
    });
    let started = Event::ExerciseStarted(Box::new(ExerciseStarted {
        exercise: None,
        title: text("Test"),
        kind: ExerciseKind::Tabletop,
        digest: None,
        minutes: None,
        objectives: Vec::new(),
        scenario: None,
        facilitator: Person::new("Faye").unwrap(),
        solo: false,
    }));
    let opening = [(0, opened), (0, started)];
    let mut state = State::default();
    for (seq, (minutes, event)) in (1..).zip(opening.iter().chain(events)) {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&u64::to_be_bytes(seq));
        let at =
            RecordRef { writer: WriterId::from_random([7; 16]), seq, h: Digest::from_bytes(hash) };
        let stamp = Stamp {
            wall: minute(0),
            offset: Offset::UTC,
            hlc: Hlc(0, u32::try_from(seq).unwrap()),
            boot: None,
            mono: None,
            actor: Actor::default(),
            scribe: None,
            src: Source::Typed,
            occurred_at: None,
            key: None,
            seen: Vec::new(),
            exercise_time: Some(minute(*minutes)),
        };
        state.apply(&Record { at, stamp, fact: Fact::Known(event.clone()) });
    }
    state
}

fn book() -> Playbook {
    compile(include_str!("../engine/tests/book.yaml")).unwrap().playbook
}

fn text(words: &str) -> Text {
    Text::Plain(words.to_owned())
}

fn inject(id: &str, when: When, kind: InjectKind, expect: &[&str]) -> Inject {
    Inject {
        id: id.parse().unwrap(),
        when,
        kind,
        mode: None,
        from: None,
        to: None,
        text: format!("text of {id}"),
        expect: expect.iter().map(|word| word.parse().unwrap()).collect(),
        objective: None,
        notes: String::new(),
        changes: Vec::new(),
    }
}

fn at(minutes: i64) -> When {
    When::At(TimeDelta::minutes(minutes))
}

fn after(what: &str, minutes: i64) -> When {
    When::After(what.parse().unwrap(), TimeDelta::minutes(minutes))
}

fn exercise() -> Exercise {
    let information = InjectKind::Information;
    Exercise {
        id: "test".parse().unwrap(),
        title: "Test".to_owned(),
        playbook: "test".parse().unwrap(),
        kind: ExerciseKind::Tabletop,
        duration: None,
        declared: false,
        objectives: Vec::new(),
        scenario: String::new(),
        ground_truth: String::new(),
        injects: vec![
            inject("start", at(0), information, &[]),
            inject("ten", at(10), information, &[]),
            inject("scope", after("scope=all", 5), information, &[]),
            inject("back", after("milestone:restored", 0), information, &[]),
            inject("chain", after("inject:ten", 2), information, &[]),
            inject("nudge", at(20), InjectKind::Contingency, &["look", "milestone:declared"]),
        ],
    }
}

fn done(step: &str) -> Event {
    Event::StepDone(StepDone {
        step: step.parse().unwrap(),
        occurrence: 1,
        answers: std::collections::BTreeMap::new(),
        note: None,
        initials: None,
        milestone: None,
    })
}

fn decided(option: &str) -> Event {
    Event::DecisionTaken {
        step: "scope".parse().unwrap(),
        occurrence: 1,
        option: option.parse().unwrap(),
        because: None,
        initials: None,
        milestone: None,
    }
}

fn delivered(id: &str) -> Event {
    let exercise = exercise();
    let empty = state(&[]);
    let lines = msel(&book(), Some(&exercise), &empty, minute(0));
    let line = find_line(&lines, id).unwrap();
    Event::InjectDelivered(Box::new(line.delivery.clone()))
}

fn held(id: &str) -> Event {
    Event::InjectHeld { inject: id.parse().unwrap(), reason: None }
}

fn skipped(id: &str) -> Event {
    Event::InjectSkipped { inject: id.parse().unwrap(), reason: text("no time") }
}

/// Each inject as one word: `due 0`, `planned 10`, `waits` …
fn shown(events: &[(i64, Event)], now: i64) -> String {
    let (exercise, state) = (exercise(), state(events));
    let lines = msel(&book(), Some(&exercise), &state, minute(now));
    let since = |at: Timestamp| (at - minute(0)).num_minutes();
    let word = |line: &Line<'_>| match line.standing {
        Standing::Delivered(_) => "told".to_owned(),
        Standing::Held(_) => "held".to_owned(),
        Standing::Skipped(_) => "skipped".to_owned(),
        Standing::Needless(at) => format!("needless {}", since(at)),
        Standing::Due(at) => format!("due {}", since(at)),
        Standing::Planned(at) => format!("planned {}", since(at)),
        Standing::Waits => "waits".to_owned(),
    };
    lines.iter().map(word).collect::<Vec<_>>().join(", ")
}

#[test]
fn where_each_inject_stands() {
    let declared = Event::IncidentDeclared {};
    let restored = Event::MilestoneMarked { mark: Mark::Restored, service: None };
    for (events, now, expected) in [
        (vec![], 0, "due 0, planned 10, waits, waits, waits, planned 20"),
        (vec![], 9, "due 0, planned 10, waits, waits, waits, planned 20"),
        (vec![], 10, "due 0, due 10, waits, waits, waits, planned 20"),
        (vec![], 20, "due 0, due 10, waits, waits, waits, due 20"),
        (vec![(0, delivered("start"))], 5, "told, planned 10, waits, waits, waits, planned 20"),
        (vec![(3, held("ten"))], 15, "due 0, held, waits, waits, waits, planned 20"),
        (
            vec![(3, held("ten")), (9, delivered("ten"))],
            9,
            "due 0, told, waits, waits, planned 11, planned 20",
        ),
        (vec![(3, skipped("ten"))], 15, "due 0, skipped, waits, waits, waits, planned 20"),
        // A decision counts with its answer, and only while that stands.
        (vec![(7, decided("local"))], 15, "due 0, due 10, waits, waits, waits, planned 20"),
        (vec![(7, decided("all"))], 11, "due 0, due 10, planned 12, waits, waits, planned 20"),
        (vec![(7, decided("all"))], 12, "due 0, due 10, due 12, waits, waits, planned 20"),
        (
            vec![
                (7, decided("all")),
                (
                    8,
                    Event::StepReopened {
                        step: "scope".parse().unwrap(),
                        occurrence: 1,
                        reason: text("no"),
                    },
                ),
            ],
            12,
            "due 0, due 10, waits, waits, waits, planned 20",
        ),
        (vec![(8, restored)], 8, "due 0, planned 10, waits, due 8, waits, planned 20"),
        (vec![(10, delivered("ten"))], 12, "due 0, told, waits, waits, due 12, planned 20"),
        // A contingency is needless once all that was expected has happened, even late.
        (vec![(5, done("look"))], 20, "due 0, due 10, waits, waits, waits, due 20"),
        (
            vec![(5, done("look")), (6, declared.clone())],
            8,
            "due 0, planned 10, waits, waits, waits, needless 6",
        ),
        (
            vec![(5, done("look")), (25, declared)],
            30,
            "due 0, due 10, waits, waits, waits, needless 25",
        ),
    ] {
        assert_eq!(shown(&events, now), expected, "{events:?} at {now}");
    }
}

#[test]
fn what_is_due_longest_comes_first_and_what_comes_next_is_known() {
    let (exercise, state) = (exercise(), state(&[(1, decided("all"))]));
    let lines = msel(&book(), Some(&exercise), &state, minute(12));
    let names: Vec<&str> = due(&lines).iter().map(|line| line.delivery.inject.as_str()).collect();
    assert_eq!(names, ["start", "scope", "ten"]);
    assert_eq!(next_at(&lines), Some(minute(20)));
    assert_eq!(due(&lines)[1].delivery.due, Some(minute(6)));
}

#[test]
fn the_facilitators_own_injects_are_lines_too() {
    let added = |id: &str, due: i64| {
        let Event::InjectDelivered(mut delivery) = delivered("start") else { panic!() };
        delivery.inject = id.parse().unwrap();
        delivery.due = Some(minute(due));
        delivery.added = true;
        delivery
    };
    let state = state(&[
        (1, Event::InjectAdded(added("later", 30))),
        (2, Event::InjectDelivered(added("now", 2))),
        (3, Event::InjectDelivered(added("later", 30))),
    ]);
    let exercise = exercise();
    let lines = msel(&book(), Some(&exercise), &state, minute(5));
    assert_eq!(lines.len(), 8);
    assert!(matches!(lines[6].standing, Standing::Delivered(_)));
    assert!(matches!(lines[7].standing, Standing::Delivered(_)));
    assert_eq!(find_line(&lines, "8").unwrap().delivery.inject.as_str(), "now");
    let unknown = find_line(&lines, "strat").unwrap_err();
    let near = vec!["start".to_owned()];
    let word = "strat".to_owned();
    assert_eq!(
        unknown,
        Refusal::OfExercise(crate::engine::ExerciseRefusal::UnknownInject { word, near })
    );
    // Without a definition there are only these.
    assert_eq!(msel(&book(), None, &state, minute(5)).len(), 2);
}

#[test]
fn the_clock_of_the_exercise_counts_and_a_step_skipped_is_no_step_done() {
    let skipped =
        Event::StepSkipped { step: "look".parse().unwrap(), occurrence: 1, reason: text("no") };
    let state = state(&[(3, skipped)]);
    let what = |word: &str| happened(&state, &word.parse::<Happening>().unwrap());
    assert_eq!(what("look"), None);
    assert_eq!(what("inject:start"), None);
    assert_eq!(state.exercise().began(), Some(minute(0)));
}

#[test]
fn the_number_of_an_inject_never_moves() {
    let own = |id: &str, words: &str| {
        let Event::InjectDelivered(mut delivery) = delivered("start") else { panic!() };
        delivery.inject = id.parse().unwrap();
        delivery.text = text(words);
        delivery.due = Some(minute(30));
        delivery.added = true;
        delivery
    };
    let numbers = |events: &[(i64, Event)]| -> Vec<(usize, String, bool)> {
        let state = state(events);
        let lines = msel(&book(), None, &state, minute(5));
        let told = |line: &Line<'_>| matches!(line.standing, Standing::Delivered(_));
        let shown = |line: &Line<'_>| (line.number, line.delivery.inject.to_string(), told(line));
        lines.iter().map(shown).collect()
    };
    let mut events = vec![(1, Event::InjectDelivered(own("first", "at once")))];
    assert_eq!(numbers(&events), [(1, "first".to_owned(), true)]);
    events.push((2, Event::InjectAdded(own("second", "later"))));
    let both = [(1, "first".to_owned(), true), (2, "second".to_owned(), false)];
    assert_eq!(numbers(&events), both);
    // What another machine named alike is a line of its own, told or not.
    events.push((3, Event::InjectAdded(own("first", "elsewhere"))));
    let three = [both[0].clone(), both[1].clone(), (3, "first".to_owned(), false)];
    assert_eq!(numbers(&events), three);
}

#[test]
fn a_name_of_the_programs_own_has_the_writer_in_it() {
    let (one, two) = (WriterId::from_random([1; 16]), WriterId::from_random([2; 16]));
    assert_eq!(own_name(&[], &one).unwrap().as_str(), "own-1-w010");
    assert_eq!(own_name(&[], &two).unwrap().as_str(), "own-1-w020");
}

fn brief(occurrence: u32) -> Event {
    let Event::StepDone(done) = done("brief") else { panic!() };
    Event::StepDone(StepDone { occurrence, ..done })
}

#[test]
fn what_was_done_before_is_no_consequence_and_what_comes_after_is() {
    let what: Happening = "brief".parse().unwrap();
    let after = |events: &[(i64, Event)]| followed(&state(events), &what, minute(20));
    let declared = || (0, Event::IncidentDeclared {});
    assert_eq!(after(&[declared()]), None);
    assert_eq!(after(&[declared(), (5, brief(1))]), Some(minute(5)));
    assert_eq!(after(&[declared(), (5, brief(1)), (30, brief(2))]), Some(minute(30)));
}

#[test]
fn of_a_step_that_repeats_the_turn_counts_that_is_due() {
    let nudge = inject("nudge", at(240), InjectKind::Contingency, &["brief"]);
    let exercise = Exercise { injects: vec![nudge], ..exercise() };
    let declared = || (0, Event::IncidentDeclared {});
    for (events, standing) in [
        (vec![declared()], Standing::Due(minute(240))),
        // The first turn is due after an hour, the second after three.
        (vec![declared(), (50, brief(1))], Standing::Due(minute(240))),
        (vec![declared(), (50, brief(1)), (200, brief(2))], Standing::Needless(minute(200))),
    ] {
        let state = state(&events);
        let lines = msel(&book(), Some(&exercise), &state, minute(255));
        assert_eq!(lines[0].standing, standing, "{events:?}");
    }
}
