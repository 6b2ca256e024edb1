//! Why the improvement plan, or a standing log, does not take something.

use std::fmt;

use crate::engine::day::Day;
use crate::engine::improvement::{Review, action_code};
use crate::engine::record::RecordRef;
use crate::engine::text::Person;
use crate::engine::time::Timestamp;

/// Why the improvement plan, or a standing log, does not take something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanRefusal {
    /// No action of the improvement plan stands in this record.
    NoSuchAction {
        /// As it was meant.
        record: RecordRef,
    },
    /// The action is closed: what it says stays.
    ActionClosed {
        /// The action.
        number: u32,
        /// By whom.
        by: Option<Person>,
        /// When.
        at: Timestamp,
        /// In which record.
        record: RecordRef,
    },
    /// The action is not closed, so there is nothing to verify or to open again.
    ActionOpen {
        /// The action.
        number: u32,
    },
    /// Somebody has verified the action.
    ActionVerified {
        /// The action.
        number: u32,
        /// Who.
        by: Option<Person>,
        /// In which record.
        record: RecordRef,
    },
    /// Who closed an action, or answers for it, is not the one to verify it.
    OwnClosing {
        /// The action.
        number: u32,
        /// Who.
        person: Person,
    },
    /// Nothing is finished before it begins.
    DueBeforeStart {
        /// The first day.
        start: Day,
        /// The last day.
        due: Day,
    },
    /// A review comes after the end; before it, the playbook's step is answered.
    NotOver {
        /// Which.
        review: Review,
    },
    /// A false alarm owes no report.
    NothingToReview,
    /// The review was finished, with other words.
    ReviewFinished {
        /// Which.
        review: Review,
        /// By whom.
        by: Option<Person>,
        /// In which record.
        record: RecordRef,
    },
    /// A standing log of quiet times neither ends nor escalates.
    Standing,
    /// An incident takes no facts of quiet times.
    NotStanding,
    /// What has not happened yet cannot be recorded.
    DayAhead {
        /// The day given.
        on: Day,
    },
    /// An activation of the emergency plan has to be shown in writing.
    NotInWriting,
    /// An exercise without a type counts for nothing.
    NoType,
}

impl fmt::Display for PlanRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchAction { record } => {
                write!(f, "no action of the improvement plan stands in {}", record.short())
            }
            Self::ActionClosed { number, by, .. } => {
                write!(f, "{} is closed already, by {}", action_code(*number), name(by.as_ref()))
            }
            Self::ActionOpen { number } => write!(f, "{} is not closed", action_code(*number)),
            Self::ActionVerified { number, by, .. } => {
                write!(f, "{} is verified already, by {}", action_code(*number), name(by.as_ref()))
            }
            Self::OwnClosing { number, person } => write!(
                f,
                "{} is {person}'s own work (they closed it, or answer for it): somebody else verifies it, or it takes a reason",
                action_code(*number)
            ),
            Self::DueBeforeStart { start, due } => {
                write!(f, "it would be due on {due}, before it starts on {start}")
            }
            Self::NotOver { review } => {
                write!(f, "the incident is not closed yet, so its {} comes later", review.title())
            }
            Self::NothingToReview => {
                write!(f, "the incident was a false alarm: it owes no after-action report")
            }
            Self::ReviewFinished { review, by, .. } => {
                write!(f, "the {} is finished already, says {}", review.title(), name(by.as_ref()))
            }
            Self::Standing => {
                write!(f, "this is the site's standing log of quiet times: it does not end")
            }
            Self::NotStanding => {
                write!(f, "this is an incident: what makes the site ready stands in another log")
            }
            Self::DayAhead { on } => write!(f, "{on} has not come yet"),
            Self::NotInWriting => write!(
                f,
                "an activation of the emergency plan counts only if it can be shown in writing"
            ),
            Self::NoType => write!(f, "an exercise counts only with its type"),
        }
    }
}

fn name(person: Option<&Person>) -> &str {
    person.map_or("somebody", Person::as_str)
}
