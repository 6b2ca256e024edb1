//! One fault for each rule of an exercise file, at its place, and the forms that are none.

use super::super::super::exercise::WorldChange;
use super::super::super::words::InjectKind;
use super::*;
use crate::playbook::{Happening, Severity, When, compile};

const BASE: &str = include_str!("base.yaml");

fn book() -> Playbook {
    compile(include_str!("book.yaml")).unwrap().playbook
}

/// What is said of the base with one change: the line, what stands where each finding points, and its
/// message.
fn said(from: &str, to: &str) -> Vec<(usize, String, String)> {
    assert!(from.is_empty() || BASE.contains(from), "{from} is not in the base");
    let text = if from.is_empty() { format!("{BASE}{to}") } else { BASE.replacen(from, to, 1) };
    let found = match compile_exercise(&text, &book()) {
        Ok(compiled) => compiled.warnings,
        Err(found) => found,
    };
    let place = |one: &Diagnostic| {
        let there = text[one.span.start..].lines().next().unwrap_or_default();
        (one.place(&text).line, there.to_owned(), one.message.clone())
    };
    found.iter().map(place).collect()
}

#[test]
fn every_form_is_read_as_it_is_written() {
    let compiled = compile_exercise(BASE, &book()).unwrap();
    assert_eq!(compiled.warnings, []);
    let exercise = compiled.exercise;
    assert_eq!((exercise.kind, exercise.declared), (ExerciseKind::Tabletop, false));
    assert_eq!(exercise.objectives[0].tasks, ["Call first"]);
    let minutes = chrono::TimeDelta::minutes;
    let whens: Vec<&When> = exercise.injects.iter().map(|inject| &inject.when).collect();
    let after = |word: &str, delay| When::After(word.parse().unwrap(), minutes(delay));
    assert_eq!(
        whens,
        [
            &When::At(minutes(0)),
            &after("scope=all", 0),
            &after("inject:i1", 5),
            &When::At(minutes(20)),
            &after("milestone:restored", 0),
        ]
    );
    let kinds: Vec<InjectKind> = exercise.injects.iter().map(|inject| inject.kind).collect();
    assert_eq!(
        kinds,
        [
            InjectKind::Information,
            InjectKind::Event,
            InjectKind::Media,
            InjectKind::Contingency,
            InjectKind::Information,
        ]
    );
    let expected: Vec<Happening> =
        ["look", "scope=local"].iter().map(|word| word.parse().unwrap()).collect();
    assert_eq!(exercise.injects[0].expect, expected);
    assert_eq!(exercise.injects[2].notes, "Be kind.");
    let role = "lead".parse().unwrap();
    assert_eq!(
        exercise.injects[1].changes,
        [
            WorldChange::Unavailable { role, reason: None },
            WorldChange::Fails { service: Some("email".parse().unwrap()) },
        ]
    );
    assert_eq!(exercise.injects[4].changes.len(), 2);
}

const DUE: &str = "an inject is due at exactly one moment";

/// What is changed, and what is said then: line, what stands there, message.
const FAULTS: &[(&str, &str, usize, &str, &str)] = &[
    (
        "runbook-exercise: 1",
        "runbook-exercise: one",
        1,
        "one",
        "`runbook-exercise` is the number of the format",
    ),
    (
        "runbook-exercise: 1",
        "runbook-exercise: 2",
        1,
        "2",
        "this exercise file needs a newer runbook: this one reads format 1",
    ),
    (
        "id: test-tabletop",
        "id: Test Tabletop",
        2,
        "Test Tabletop",
        "\"Test Tabletop\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit",
    ),
    (
        "playbook: test",
        "playbook: other",
        4,
        "other",
        "this exercise is for \"other\", not for test",
    ),
    ("type: tabletop", "type: table", 5, "table", "there is no type \"table\""),
    ("duration: 45m", "duration: 45", 6, "45", "`duration`: the unit is missing"),
    ("duration: 45m", "begins: declare", 6, "declare", "there is no beginning \"declare\""),
    ("duration: 45m", "durations: 45m", 6, "durations", "the key `durations` is not known here"),
    ("scenario: It is Monday.", "", 1, "runbook-exercise", "`scenario` is missing"),
    ("text: Reach patients,", "", 8, "{id: reach", "`text` is missing"),
    ("at: 0m, ", "", 12, "{id: i1", DUE),
    ("at: 0m, ", "at: 0m, after: look, ", 12, "{id: i1", DUE),
    ("at: 0m, ", "by: 0m, ", 12, "0m, from", "`by` is for a contingency"),
    ("to: lead,", "to: leed,", 12, "leed", "the playbook has no role \"leed\""),
    ("[look, scope=local]", "[loook]", 12, "loook", "the playbook has no step \"loook\""),
    (
        "[look, scope=local]",
        "[look=local]",
        12,
        "look=local",
        "\"look\" is no decision, so it has no answer",
    ),
    (
        "[look, scope=local]",
        "[scope=locale]",
        12,
        "scope=locale",
        "the playbook has no answer \"locale\"",
    ),
    (
        "[look, scope=local]",
        "[\"milestone:declare\"]",
        12,
        "\"milestone:declare",
        "there is no milestone \"declare\"",
    ),
    (
        "[look, scope=local]",
        "[\"inject:i2\"]",
        12,
        "\"inject:i2",
        "what players do is expected, and not another inject",
    ),
    ("[look, scope=local]", "[look, look]", 12, "look]", "\"look\" stands in this list twice"),
    ("objective: reach}", "objective: reech}", 12, "reech", "objective \"reech\" is not defined"),
    (
        "after: scope=all",
        "after: scopes=all",
        13,
        "scopes=all",
        "the playbook has no step \"scopes\"",
    ),
    ("kind: event", "kind: events", 13, "events", "there is no kind of inject \"events\""),
    ("{unavailable: lead}", "{unavailable: led}", 13, "led}", "the playbook has no role \"led\""),
    (
        "{unavailable: lead}",
        "{unavailable: lead, available: lead}",
        13,
        "{unavailable",
        "a change has exactly one key",
    ),
    ("\"inject:i1\"", "\"inject:i9\"", 14, "\"inject:i9", "inject \"i9\" is not defined"),
    ("\"inject:i1\"", "\"inject:i3\"", 14, "{id: i3", "these injects wait for each other: \"i3\""),
    ("id: i3", "id: i1", 14, "i1, after", "inject \"i1\" is defined twice"),
    (", expect: [\"milestone:declared\"]", "", 15, "{id: i4", "a contingency needs `expect`"),
    ("by: 20m", "by: 50m", 15, "50m", "this is after the planned end of the exercise"),
    ("channel: sms", "channel: fax", 16, "fax", "the playbook has no channel \"fax\""),
    (
        "percent: 40",
        "percent: 101",
        16,
        "101",
        "`percent` should be a whole number from 0 to 100, not \"101\"",
    ),
];

#[test]
fn each_fault_has_its_place_and_nothing_else_is_said() {
    for (from, to, line, there, message) in FAULTS {
        let said = said(from, to);
        let [(at, rest, words)] = said.as_slice() else { panic!("{from} → {to}: {said:?}") };
        assert_eq!((*at, words.as_str()), (*line, *message), "{from} → {to}");
        assert!(rest.starts_with(there), "{from} → {to}: {rest}");
    }
}

#[test]
fn what_comes_close_to_a_fault_is_none() {
    for (from, to) in [
        ("by: 20m", "by: 45m"),
        ("by: 20m", "at: 20m"),
        ("by: 20m", "after: look"),
        ("duration: 45m", "begins: declared"),
        ("duration: 45m", ""),
        ("{unavailable: lead}", "{unavailable: {role: lead, reason: On a plane}}"),
        ("\"inject:i1\"", "\"inject: i1\""),
        ("scope=all", "\"scope = all\""),
        ("percent: 40", "percent: 0"),
    ] {
        assert_eq!(said(from, to), [], "{from} → {to}");
    }
}

#[test]
fn all_faults_come_at_once_and_an_outline_needs_no_playbook() {
    let text = BASE.replace("to: lead", "to: x").replace("percent: 40", "percent: x");
    let found = compile_exercise(&text, &book()).unwrap_err();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|one| one.severity == Severity::Error));
    let outline = outline(&text).unwrap();
    assert_eq!((outline.id.as_str(), outline.playbook.as_str()), ("test-tabletop", "test"));
    assert!(is_exercise(&text) && !is_exercise(include_str!("book.yaml")));
    for hostile in ["", "\u{0}", "runbook-exercise: 1\nid: [", "a: &a [*a]", "- 1"] {
        assert_eq!(super::outline(hostile), None, "{hostile:?}");
        assert!(compile_exercise(hostile, &book()).is_err(), "{hostile:?}");
    }
}
