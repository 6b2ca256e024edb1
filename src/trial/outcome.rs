//! What came of playing a scenario.

use crate::engine::{Record, Request, State, Timestamp};

use super::model::Spot;

/// A list of steps that a scenario can expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Somebody still has to do something about them, now or in a later phase.
    Open,
    /// Their newest answer is that they are finished.
    Done,
    /// A decision closed them or has not opened them, or their repeating is over.
    Closed,
    /// They should be finished and are not.
    Overdue,
    /// They are overdue so long that somebody else should be told.
    Escalated,
    /// They are finished and wait for somebody to agree.
    AwaitsApproval,
}

impl Group {
    /// The key of the file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Closed => "closed",
            Self::Overdue => "overdue",
            Self::Escalated => "escalated",
            Self::AwaitsApproval => "awaits_approval",
        }
    }
}

/// A scenario that was played.
#[derive(Debug, Clone)]
pub struct Played {
    /// Which.
    pub name: String,
    /// What it shows; may be empty.
    pub title: String,
    /// It is a row of the table of branches.
    pub branch: bool,
    /// What was recorded, in order.
    pub records: Vec<Record>,
    /// What that adds up to.
    pub state: State,
    /// What the exercise clock shows at the end.
    pub until: Timestamp,
    /// Everything that was asked for after the beginning, recorded or refused, with the time.
    pub requests: Vec<(Timestamp, Request)>,
    /// What is not as the scenario says; empty = all of it is.
    pub faults: Vec<Fault>,
    /// How many entries were not played because one before them could not be.
    pub unplayed: usize,
}

impl Played {
    /// Everything was as the scenario says.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.faults.is_empty()
    }
}

/// One thing that is not as the scenario says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where the scenario says it.
    pub spot: Spot,
    /// What the exercise clock showed.
    pub at: Timestamp,
    /// What it is about: `overdue`, `kpis time_to_declare`, `done: first-call`.
    pub what: String,
    /// What the scenario expects and is not so, each with what is so instead where that is known.
    pub expected: Vec<String>,
    /// What is so and not expected.
    pub found: Vec<String>,
}
