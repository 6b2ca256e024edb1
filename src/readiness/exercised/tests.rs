//! Exercises of every kind, and what each of them counts for.

use super::*;
use crate::engine::{Speed, Text};

const LEAST: Least = Least { minutes: 10, operations: 60 };

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// A tabletop with injects that was ended after three quarters of an hour and has its report.
fn ran(id: &str) -> Ran {
    Ran {
        id: id.to_owned(),
        on: day("2026-03-01"),
        playbook: "email-outage".parse().unwrap(),
        kind: Some(ExerciseType::Tabletop),
        written_for: Some(ExerciseType::Tabletop),
        over: Over::Ended,
        alone: false,
        minutes: 45,
        haste: Haste::default(),
        injects: true,
        done: Done::Work,
        reported: true,
    }
}

/// Half a day with everybody.
fn full_scale(id: &str) -> Ran {
    let kind = Some(ExerciseType::FullScale);
    Ran { kind, written_for: kind, minutes: 240, ..ran(id) }
}

fn said(on: &str, kind: ExerciseType, incident: Option<&str>) -> Readied {
    Readied {
        kind: ReadyKind::Exercise,
        on: day(on),
        of: None,
        exercise: Some(kind),
        playbook: None,
        incident: incident.map(str::to_owned),
        note: None,
    }
}

fn written(one: Readied) -> Readied {
    Readied { note: Some(Text::Plain("binder 3".to_owned())), ..one }
}

/// `source type`, and `by law` where it counts for CMS; then `source why: what it counts for -> next`.
fn count(ran: &[Ran], facts: &[Readied]) -> (Vec<String>, Vec<String>) {
    let facts: Vec<(String, &Readied)> =
        facts.iter().enumerate().map(|(at, one)| (format!("{}@w1", at + 2), one)).collect();
    let Counted { held, less } = counted(ran, &facts, LEAST);
    let held = held.iter().map(|one| {
        let law = if one.by_law { ", by law" } else { "" };
        format!("{} {}{law}", one.source, one.kind.map_or("-", ExerciseType::word))
    });
    let less = less.iter().map(|one| {
        let next = one.next.as_deref().map_or(String::new(), |next| format!(" -> {next}"));
        format!("{} {}: {}{next}", one.source, one.why, one.reach)
    });
    (held.collect(), less.collect())
}

#[track_caller]
fn counts(ran: &[Ran], facts: &[Readied], held: &[&str], less: &[&str]) {
    let (really, said) = count(ran, facts);
    assert_eq!(really, held);
    assert_eq!(said, less);
}

#[test]
fn one_that_was_ended_and_has_its_report_counts_for_everything() {
    counts(&[ran("x-a")], &[], &["x-a tabletop, by law"], &[]);
    counts(&[full_scale("x-a")], &[], &["x-a full-scale, by law"], &[]);
}

#[test]
fn practice_counts_for_nothing_and_says_why() {
    for (one, why) in [
        (
            Ran { over: Over::NotYet, ..ran("x-a") },
            "it still runs: counts for practice, not for a rule -> runbook drill end --incident x-a",
        ),
        (
            Ran { over: Over::BrokenOff, ..ran("x-a") },
            "something real broke it off: counts for practice, not for a rule",
        ),
        (
            Ran { over: Over::FalseAlarm, ..ran("x-a") },
            "it was called a false alarm: counts for practice, not for a rule",
        ),
        (
            Ran { alone: true, ..full_scale("x-a") },
            "one person played it alone: counts for practice, not for a rule",
        ),
        (
            Ran { minutes: 9, ..ran("x-a") },
            "it took 9 min of real time, and 10 is the least: counts for practice, not for a rule",
        ),
    ] {
        // No record beside it makes more of it.
        let record = written(said("2026-03-02", ExerciseType::FullScale, Some("x-a")));
        counts(&[one], &[record], &[], &[&format!("x-a {why}")]);
    }
    counts(&[Ran { minutes: 10, ..ran("x-a") }], &[], &["x-a tabletop, by law"], &[]);
}

#[test]
fn a_full_scale_exercise_is_one_in_real_time() {
    let haste = |times| Haste { fastest: Speed::new(times), ..Haste::default() };
    for (one, why) in [
        (Ran { haste: haste(60), ..full_scale("x-a") }, "its clock ran at 60x"),
        (
            Ran { haste: Haste { by_hand: true, ..Haste::default() }, ..full_scale("x-a") },
            "its clock moved only by hand",
        ),
        (
            Ran { minutes: 59, ..full_scale("x-a") },
            "it took 59 min of real time, and 60 is the least for that",
        ),
    ] {
        let why = format!("x-a called full-scale, but {why}: counts as tabletop");
        counts(&[one], &[], &["x-a tabletop, by law"], &[&why]);
    }
    // A tabletop is talk: its clock may run as it likes.
    counts(&[Ran { haste: haste(60), ..ran("x-a") }], &[], &["x-a tabletop, by law"], &[]);
}

#[test]
fn a_type_that_is_more_than_the_file_counts_once_it_is_in_writing() {
    let one = [Ran { written_for: Some(ExerciseType::Tabletop), ..full_scale("x-a") }];
    let less = [
        "x-a called full-scale with --type, but written for a tabletop: counts as tabletop -> runbook readiness record exercise --type full-scale --incident x-a --note WHERE",
    ];
    counts(&one, &[], &["x-a tabletop, by law"], &less);
    let record = said("2026-03-02", ExerciseType::FullScale, Some("x-a"));
    counts(&one, std::slice::from_ref(&record), &["x-a tabletop, by law"], &less);
    counts(&one, &[written(record)], &["x-a full-scale, by law"], &[]);
    // A smaller type needs nothing.
    let smaller = [Ran { kind: Some(ExerciseType::Tabletop), ..full_scale("x-a") }];
    counts(&smaller, &[], &["x-a tabletop, by law"], &[]);
}

#[test]
fn without_its_report_it_counts_for_the_site_only() {
    counts(
        &[Ran { reported: false, ..full_scale("x-a") }],
        &[],
        &["x-a full-scale"],
        &[
            "x-a its after-action report is not finished: counts for site policy, not for the rules of CMS -> runbook actions close AAR@x-a --evidence TEXT",
        ],
    );
}

#[test]
fn a_tabletop_has_messages_or_questions() {
    let one = [Ran { injects: false, ..ran("x-a") }];
    let less = [
        "x-a no inject was delivered, and nothing says where its questions are: counts for site policy, not for the rules of CMS -> runbook readiness record exercise --type tabletop --incident x-a --note WHERE",
    ];
    counts(&one, &[], &["x-a tabletop"], &less);
    let record = written(said("2026-03-02", ExerciseType::Tabletop, Some("x-a")));
    counts(&one, &[record], &["x-a tabletop, by law"], &[]);
    counts(&[Ran { injects: false, ..full_scale("x-a") }], &[], &["x-a full-scale, by law"], &[]);
}

#[test]
fn one_that_was_held_elsewhere_is_in_writing_somewhere() {
    let bare = said("2026-01-15", ExerciseType::Workshop, None);
    counts(
        &[],
        std::slice::from_ref(&bare),
        &["2@w1 workshop"],
        &[
            "2@w1 nothing says where its evidence is: counts for site policy, not for the rules of CMS -> runbook readiness record exercise --type workshop --at 2026-01-15 --note WHERE",
        ],
    );
    // Said again with its evidence.
    let again = [bare.clone(), written(bare)];
    counts(&[], &again, &["2@w1 workshop, by law", "3@w1 workshop, by law"], &[]);
}

#[test]
fn each_exercise_counts_once_with_the_best_known_type() {
    let untyped = |id| Ran { kind: None, written_for: None, ..full_scale(id) };
    let facts = [
        said("2026-03-02", ExerciseType::FullScale, Some("x-a")),
        // What the exercise carries itself is not made more of afterwards.
        written(said("2026-03-02", ExerciseType::FullScale, Some("x-b"))),
        written(said("2026-01-15", ExerciseType::Workshop, None)),
        written(said("2026-02-15", ExerciseType::Drill, Some("x-elsewhere"))),
        said("2026-03-02", ExerciseType::Tabletop, Some("x-e")),
    ];
    counts(
        &[untyped("x-a"), ran("x-b"), untyped("x-d"), full_scale("x-e")],
        &facts,
        &[
            "4@w1 workshop, by law",
            "5@w1 drill, by law",
            "x-a full-scale, by law",
            "x-b tabletop, by law",
            "x-d -, by law",
            "x-e tabletop, by law",
        ],
        &[],
    );
}

#[test]
fn the_last_word_on_a_type_counts() {
    let facts = [
        said("2026-03-02", ExerciseType::FullScale, Some("x-a")),
        said("2026-03-02", ExerciseType::Tabletop, Some("x-a")),
    ];
    let untyped = Ran { kind: None, written_for: None, ..full_scale("x-a") };
    counts(&[untyped], &facts, &["x-a tabletop, by law"], &[]);
}

#[test]
fn an_exercise_in_which_nothing_was_recorded_is_practice_and_talk_is_a_tabletop() {
    let (held, less) = count(&[Ran { done: Done::Nothing, ..full_scale("x-a") }], &[]);
    assert_eq!(held, [""; 0]);
    assert_eq!(less.len(), 1);
    assert!(less[0].contains("nothing is on record of those who took part"), "{less:?}");
    let (held, less) = count(&[Ran { done: Done::Talk, ..full_scale("x-a") }], &[]);
    assert_eq!(held, ["x-a tabletop, by law"]);
    assert!(less[0].contains("called full-scale, but no step was answered"), "{less:?}");
    let (held, less) = count(&[Ran { done: Done::Talk, ..ran("x-a") }], &[]);
    assert_eq!((held, less), (vec!["x-a tabletop, by law".to_owned()], Vec::new()));
}

/// On a machine that has the standing log, and not the exercise itself.
#[test]
fn of_several_records_about_one_exercise_elsewhere_the_last_holds() {
    let one = |kind| written(said("2026-03-02", kind, Some("x-a")));
    let (held, _) = count(&[], &[one(ExerciseType::FullScale), one(ExerciseType::Tabletop)]);
    assert_eq!(held, ["3@w1 tabletop, by law"]);
    let other = written(said("2026-03-02", ExerciseType::Drill, Some("x-b")));
    let (held, _) = count(&[], &[one(ExerciseType::FullScale), other]);
    assert_eq!(held.len(), 2, "another exercise is another one");
}
