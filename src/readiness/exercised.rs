//! Which exercises count, and for what: those that were run here and are over, and those that were held
//! elsewhere. What does not count, or counts for less than it was called, is named with the reason.
//!
//! - One that still runs, was broken off by reality, was called a false alarm, was played by one person
//!   alone, was over sooner than the site's policy says, or in which nobody did anything that was
//!   recorded, counts for no rule: it is practice.
//! - One that grew out of another exercise is a part of that one, whatever day it was.
//! - A functional or full-scale exercise is one in real time. One whose clock ran faster, moved only by
//!   hand, that was over sooner than the policy says, or in which no step was answered, counts as a
//!   tabletop.
//! - A type said with `--type` that is more than the exercise file was written for counts once somebody
//!   has recorded the same type with a note that says where that is written.
//! - For the rules of CMS it has to be documented: its after-action report is finished; of one that was
//!   held elsewhere a note says where the evidence is. And a tabletop has messages or questions: injects
//!   were delivered, or a note says where the questions are.

use super::done::Done;
use super::facts::Held;
use super::policy::Least;
use crate::engine::{Day, ExerciseType, Haste, Readied, ReadyKind};
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
    /// The type that what it was run from is written for; absent where it carries none.
    pub written_for: Option<ExerciseType>,
    /// How it ended.
    pub over: Over,
    /// One person played it alone: practice, and no exercise of the site.
    pub alone: bool,
    /// How many minutes it took by the real clock; where it ran on the real clock, by what was recorded.
    pub minutes: i64,
    /// How its clock went.
    pub haste: Haste,
    /// Whether the players were told anything.
    pub injects: bool,
    /// What is on record of those who took part.
    pub done: Done,
    /// Its after-action report is finished.
    pub reported: bool,
}

/// How an exercise ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// It runs.
    NotYet,
    /// It was ended.
    Ended,
    /// Something real broke it off.
    BrokenOff,
    /// It was called a false alarm.
    FalseAlarm,
}

/// An exercise that does not count, or counts for less than it was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Less {
    /// The exercise, or the record of the standing log.
    pub source: String,
    /// The day.
    pub on: Day,
    /// What it counts for.
    pub reach: Reach,
    /// Why, in words.
    pub why: String,
    /// What to type to change that, where anything does.
    pub next: Option<String>,
}

/// What an exercise counts for, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// No rule.
    Practice,
    /// The site's own policy, and not the rules of CMS.
    SitePolicy,
    /// A smaller type than it was called.
    Smaller(ExerciseType),
}

impl Reach {
    /// The word in answers for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::SitePolicy => "site_policy",
            Self::Smaller(_) => "smaller_type",
        }
    }

    /// The word in the margin of a list.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::SitePolicy => "policy",
            Self::Smaller(_) => "smaller",
        }
    }
}

impl std::fmt::Display for Reach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Practice => f.write_str("counts for practice, not for a rule"),
            Self::SitePolicy => f.write_str("counts for site policy, not for the rules of CMS"),
            Self::Smaller(kind) => write!(f, "counts as {}", kind.word()),
        }
    }
}

/// What counts, and what does not or for less.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// Every exercise that counts for something once, the oldest first.
    pub held: Vec<Held>,
    /// What is said of the others, the oldest first.
    pub less: Vec<Less>,
}

/// Every exercise once. `recorded` are the facts of the standing logs, each with the record it stands
/// in. What a record says of an exercise that was run here gives it its type, and makes no second one of
/// it. Where it carries a type itself, a record may say that it was less, never that it was more.
#[must_use]
pub fn counted(ran: &[Ran], recorded: &[(String, &Readied)], least: Least) -> Counted {
    let exercises = recorded.iter().filter(|(_, one)| one.kind == ReadyKind::Exercise);
    let exercises: Vec<&(String, &Readied)> = exercises.collect();
    let mut all = Counted::default();
    for one in ran {
        let said: Vec<&Readied> = exercises
            .iter()
            .map(|(_, said)| *said)
            .filter(|said| said.incident.as_deref() == Some(&one.id))
            .collect();
        here(one, &said, least, &mut all);
    }
    let known = |id: &String| ran.iter().any(|one| one.id == *id);
    for (place, (record, one)) in exercises.iter().enumerate() {
        // Of several records about one exercise the last word holds.
        let again = |(_, later): &&(String, &Readied)| later.incident == one.incident;
        let corrected =
            one.incident.is_some() && exercises.iter().skip(place + 1).copied().any(|x| again(&x));
        if !corrected && !one.incident.as_ref().is_some_and(known) {
            let twin = |other: &Readied| {
                (other.on, other.exercise, &other.playbook) == (one.on, one.exercise, &one.playbook)
            };
            let written = exercises.iter().any(|(_, other)| twin(other) && other.note.is_some());
            elsewhere(record, one, written, &mut all);
        }
    }
    all.held.sort_by(|a, b| (a.on, &a.source).cmp(&(b.on, &b.source)));
    all.less.sort_by(|a, b| (a.on, &a.source, a.reach).cmp(&(b.on, &b.source, b.reach)));
    all
}

/// One that was run with this program, and what was said of it afterwards.
fn here(one: &Ran, said: &[&Readied], least: Least, all: &mut Counted) {
    let mut less = |reach, why: String, next: Option<String>| {
        all.less.push(Less { source: one.id.clone(), on: one.on, reach, why, next });
    };
    if let Some((why, next)) = practice(one, least) {
        return less(Reach::Practice, why, next);
    }
    let called = one.kind.into_iter().chain(said.last().and_then(|said| said.exercise)).min();
    let (kind, smaller) = match called.map(|called| (called, smaller(one, called, said, least))) {
        Some((_, Some((kind, why, next)))) => (Some(kind), Some((kind, why, next))),
        Some((called, None)) => (Some(called), None),
        None => (None, None),
    };
    if let Some((kind, why, next)) = smaller {
        less(Reach::Smaller(kind), why, next);
    }
    let asked = one.injects || said.iter().any(|said| said.note.is_some());
    let talk = kind.is_some_and(|kind| kind <= ExerciseType::Tabletop);
    if !one.reported {
        let why = "its after-action report is not finished".to_owned();
        less(
            Reach::SitePolicy,
            why,
            Some(format!("runbook actions close AAR@{} --evidence TEXT", one.id)),
        );
    }
    if let Some(kind) = kind.filter(|_| talk && !asked) {
        let why = "no inject was delivered, and nothing says where its questions are".to_owned();
        less(Reach::SitePolicy, why, Some(record(kind, &one.id)));
    }
    all.held.push(Held {
        on: one.on,
        kind,
        playbook: Some(one.playbook.clone()),
        source: one.id.clone(),
        by_law: one.reported && (asked || !talk),
    });
}

/// Why it counts for nothing, and what to type.
fn practice(one: &Ran, least: Least) -> Option<(String, Option<String>)> {
    let minutes = i64::from(least.minutes);
    match one.over {
        Over::NotYet => {
            let next = format!("runbook drill end --incident {}", one.id);
            Some(("it still runs".to_owned(), Some(next)))
        }
        Over::BrokenOff => Some(("something real broke it off".to_owned(), None)),
        Over::FalseAlarm => Some(("it was called a false alarm".to_owned(), None)),
        Over::Ended if one.alone => Some(("one person played it alone".to_owned(), None)),
        Over::Ended if one.minutes < minutes => Some((
            format!("it took {} min of real time, and {minutes} is the least", one.minutes),
            None,
        )),
        Over::Ended if one.done == Done::Nothing => {
            Some(("nothing is on record of those who took part".to_owned(), None))
        }
        Over::Ended => None,
    }
}

/// The smaller type that it counts as, why, and what to type.
fn smaller(
    one: &Ran,
    called: ExerciseType,
    said: &[&Readied],
    least: Least,
) -> Option<(ExerciseType, String, Option<String>)> {
    let word = called.word();
    let tabletop = |why| Some((ExerciseType::Tabletop, format!("called {word}, but {why}"), None));
    if called > ExerciseType::Tabletop {
        match one.haste {
            Haste { fastest: Some(speed), .. } => {
                return tabletop(format!("its clock ran at {}x", speed.times()));
            }
            Haste { by_hand: true, .. } => {
                return tabletop("its clock moved only by hand".to_owned());
            }
            Haste { fastest: None, by_hand: false, .. } => {}
        }
    }
    if called > ExerciseType::Tabletop && one.done < Done::Work {
        return tabletop("no step was answered".to_owned());
    }
    let minutes = i64::from(least.operations);
    if called >= ExerciseType::Functional && one.minutes < minutes {
        return tabletop(format!(
            "it took {} min of real time, and {minutes} is the least for that",
            one.minutes
        ));
    }
    let written = one.written_for.filter(|written| called > *written)?;
    let stands = |said: &Readied| said.exercise == Some(called) && said.note.is_some();
    if said.iter().any(|said| stands(said)) {
        return None;
    }
    let why = format!("called {word} with --type, but written for a {}", written.word());
    Some((written, why, Some(record(called, &one.id))))
}

fn record(kind: ExerciseType, id: &str) -> String {
    format!("runbook readiness record exercise --type {} --incident {id} --note WHERE", kind.word())
}

/// One that was held elsewhere, as somebody wrote it down.
fn elsewhere(source: &str, one: &Readied, written: bool, all: &mut Counted) {
    if !written {
        let kind = one.exercise.map_or("TYPE", ExerciseType::word);
        let of = one.playbook.as_ref().map_or(String::new(), |id| format!(" --playbook {id}"));
        all.less.push(Less {
            source: source.to_owned(),
            on: one.on,
            reach: Reach::SitePolicy,
            why: "nothing says where its evidence is".to_owned(),
            next: Some(format!(
                "runbook readiness record exercise --type {kind}{of} --at {} --note WHERE",
                one.on
            )),
        });
    }
    all.held.push(Held {
        on: one.on,
        kind: one.exercise,
        playbook: one.playbook.clone(),
        source: source.to_owned(),
        by_law: written,
    });
}

#[cfg(test)]
mod tests;
