//! Why something is not possible in an exercise, or only in one.

use std::fmt;

use crate::engine::exercise::ClockSetting;
use crate::engine::intent::ClockMove;
use crate::engine::record::RecordRef;
use crate::engine::text::Person;
use crate::engine::time::Timestamp;
use crate::playbook::InjectId;

/// Why an intent is not possible in this exercise, or only in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExerciseRefusal {
    /// Only an exercise has that, and this is a live incident.
    NoExercise,
    /// The exercise runs on the real clock, which nobody sets.
    RealClock {
        /// What was wanted.
        wanted: ClockMove,
    },
    /// A clock never runs backwards.
    ClockBack {
        /// The time given.
        at: Timestamp,
        /// What it shows.
        now: Timestamp,
    },
    /// A clock jumps seven days at most where nobody says that more is meant.
    ClockLeap {
        /// The time given.
        at: Timestamp,
        /// What it shows.
        now: Timestamp,
    },
    /// The clock is set so already.
    ClockStaysSo {
        /// As it is.
        setting: ClockSetting,
    },
    /// Whoever plays neither delivers injects nor judges.
    PlayerMayNot {
        /// The player.
        person: Person,
        /// Who does.
        facilitator: Option<Person>,
    },
    /// Only whoever facilitates ends an exercise as a false alarm.
    FacilitatorCallsOff {
        /// Who that is.
        facilitator: Person,
    },
    /// Only whoever facilitates ends an exercise before its playbook is done.
    FacilitatorEnds {
        /// Who that is.
        facilitator: Person,
    },
    /// The exercise has no such objective.
    UnknownObjective {
        /// As typed.
        word: String,
        /// All there are.
        all: Vec<String>,
    },
    /// The exercise has no such inject.
    UnknownInject {
        /// As typed.
        word: String,
        /// What may have been meant.
        near: Vec<String>,
    },
    /// The inject was delivered.
    InjectDelivered {
        /// Which.
        inject: InjectId,
        /// When.
        at: Timestamp,
        /// In which record.
        record: RecordRef,
    },
    /// Something was recorded since it was found to be due.
    MovedOn {
        /// Which.
        inject: InjectId,
    },
    /// There is an inject of that name.
    InjectExists {
        /// Which.
        inject: InjectId,
    },
    /// An inject is put on the list for a time that is still to come.
    InjectInPast {
        /// The time given.
        due: Timestamp,
        /// What the exercise's clock shows.
        now: Timestamp,
    },
}

impl From<ExerciseRefusal> for super::Refusal {
    fn from(refusal: ExerciseRefusal) -> Self {
        Self::OfExercise(refusal)
    }
}

impl fmt::Display for ExerciseRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoExercise => {
                write!(f, "this is a live incident: only an exercise has that")
            }
            Self::RealClock { .. } => {
                write!(f, "this exercise runs on the real clock, which nobody sets")
            }
            Self::ClockBack { .. } => {
                write!(f, "the exercise's clock is past that time, and it never runs backwards")
            }
            Self::ClockLeap { .. } => {
                write!(
                    f,
                    "that is more than 7 days on, and nothing turns the exercise's clock back"
                )
            }
            Self::ClockStaysSo { setting } => write!(f, "{}", stays_so(*setting)),
            Self::PlayerMayNot { person, .. } => {
                write!(f, "{person} plays in this exercise, so cannot facilitate or rate it")
            }
            Self::FacilitatorCallsOff { facilitator } => write!(
                f,
                "a false alarm would end this exercise for everybody, and only {facilitator} does that: \
                 say it aloud, and write it down as a note"
            ),
            Self::FacilitatorEnds { facilitator } => write!(
                f,
                "this would end the exercise for everybody, and only {facilitator} does that"
            ),
            Self::UnknownObjective { word, .. } => {
                write!(f, "this exercise has no objective \"{word}\"")
            }
            Self::UnknownInject { word, .. } => {
                write!(f, "this exercise has no inject \"{word}\"")
            }
            Self::InjectDelivered { inject, .. } => {
                write!(f, "{inject} was delivered already, which nothing takes back")
            }
            Self::MovedOn { inject } => {
                write!(f, "something was recorded meanwhile: {inject} may not be needed any more")
            }
            Self::InjectExists { inject } => {
                write!(f, "there is an inject {inject} already: choose another name")
            }
            Self::InjectInPast { .. } => {
                write!(f, "that time has passed on the exercise's clock")
            }
        }
    }
}

fn stays_so(setting: ClockSetting) -> &'static str {
    if setting.paused {
        "the exercise is paused, and stays so"
    } else {
        "the exercise's clock runs so already"
    }
}
