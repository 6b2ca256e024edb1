//! Which exercises count as held: those that were run here and finished, with the type that they carry
//! or that somebody gave them afterwards, and those that were held elsewhere.

use super::facts::Held;
use crate::engine::{Day, ExerciseType, Readied, ReadyKind};
use crate::playbook::PlaybookId;

/// An exercise that was run with this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// Its id.
    pub id: String,
    /// The day it was declared, or else opened.
    pub on: Day,
    /// Its playbook.
    pub playbook: PlaybookId,
    /// The type that it carries.
    pub kind: Option<ExerciseType>,
    /// It was closed; one that was broken off, or still runs, is none.
    pub finished: bool,
}

/// Every exercise once, the oldest first. `recorded` are the facts of the standing logs, each with the
/// record it stands in. What a record says of an exercise that was run here gives it its type, and makes
/// no second one of it; the type that it carries itself counts before that.
#[must_use]
pub fn held(ran: &[Ran], recorded: &[(String, &Readied)]) -> Vec<Held> {
    let exercises = || recorded.iter().filter(|(_, one)| one.kind == ReadyKind::Exercise);
    let said_of = |id: &str| {
        let about = |one: &&Readied| one.incident.as_deref() == Some(id);
        exercises().map(|(_, one)| *one).rfind(about).and_then(|one| one.exercise)
    };
    let here = ran.iter().filter(|one| one.finished).map(|one| Held {
        on: one.on,
        kind: one.kind.or_else(|| said_of(&one.id)),
        playbook: Some(one.playbook.clone()),
        source: one.id.clone(),
    });
    let known = |id: &String| ran.iter().any(|one| one.id == *id);
    let elsewhere = exercises().filter(|(_, one)| !one.incident.as_ref().is_some_and(known));
    let elsewhere = elsewhere.map(|(record, one)| Held {
        on: one.on,
        kind: one.exercise,
        playbook: one.playbook.clone(),
        source: record.clone(),
    });
    let mut all: Vec<Held> = here.chain(elsewhere).collect();
    all.sort_by(|a, b| (a.on, &a.source).cmp(&(b.on, &b.source)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn ran(id: &str, kind: Option<ExerciseType>, finished: bool) -> Ran {
        let playbook = "email-outage".parse().unwrap();
        Ran { id: id.to_owned(), on: day("2026-03-01"), playbook, kind, finished }
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

    #[test]
    fn each_exercise_counts_once_with_the_best_known_type() {
        let all = [
            ran("x-a", None, true),
            ran("x-b", Some(ExerciseType::Tabletop), true),
            ran("x-c", None, false),
            ran("x-d", None, true),
        ];
        let facts = [
            said("2026-03-02", ExerciseType::FullScale, Some("x-a")),
            // What the exercise carries itself is not overruled afterwards.
            said("2026-03-02", ExerciseType::FullScale, Some("x-b")),
            said("2026-03-02", ExerciseType::FullScale, Some("x-c")),
            said("2026-01-15", ExerciseType::Workshop, None),
            said("2026-02-15", ExerciseType::Drill, Some("x-elsewhere")),
        ];
        let facts: Vec<(String, &Readied)> =
            facts.iter().enumerate().map(|(at, one)| (format!("{}@w1", at + 2), one)).collect();
        let seen: Vec<(String, Option<&str>)> = held(&all, &facts)
            .into_iter()
            .map(|one| (one.source, one.kind.map(ExerciseType::word)))
            .collect();
        assert_eq!(
            seen,
            [
                ("5@w1".to_owned(), Some("workshop")),
                ("6@w1".to_owned(), Some("drill")),
                ("x-a".to_owned(), Some("full-scale")),
                ("x-b".to_owned(), Some("tabletop")),
                ("x-d".to_owned(), None),
            ]
        );
    }

    #[test]
    fn the_last_word_on_a_type_counts() {
        let facts = [
            said("2026-03-02", ExerciseType::FullScale, Some("x-a")),
            said("2026-03-02", ExerciseType::Tabletop, Some("x-a")),
        ];
        let facts: Vec<(String, &Readied)> = facts.iter().map(|f| ("2@w1".to_owned(), f)).collect();
        let all = held(&[ran("x-a", None, true)], &facts);
        assert_eq!(all[0].kind, Some(ExerciseType::Tabletop));
    }
}
