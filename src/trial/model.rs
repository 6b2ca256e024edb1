//! A playbook test that was read: resolved against its playbook, without YAML.
//!
//! All times are instants on the exercise clock, which shows [`zero`] at T+0.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::TimeDelta;

use super::outcome::Group;
use crate::engine::{Intent, Life, Person, Status, Text, Timestamp};
use crate::playbook::{
    Diagnostic, KpiId, Mark, OptionId, PhaseId, Playbook, PlaybookId, RoleId, StepId,
};

/// What the exercise clock shows at T+0: noon of a Monday.
pub(super) fn zero() -> Timestamp {
    Timestamp::from_millis(1_736_164_800_000).unwrap_or_default()
}

/// How long since T+0; negative before it.
#[must_use]
pub fn since_t0(at: Timestamp) -> TimeDelta {
    at - zero()
}

/// Where something stands in the file, in bytes.
pub type Spot = Range<usize>;

/// A playbook test that can be played.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// The playbook under test.
    pub book: Playbook,
    /// At least one.
    pub scenarios: Vec<Scenario>,
    /// What is doubtful about the file; none of them is an error.
    pub warnings: Vec<Diagnostic>,
}

/// One scripted incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its name: `late-declaration`; of a row of the table of branches `cause=dns`.
    pub name: String,
    /// What it shows; may be empty.
    pub title: String,
    /// It is a row of the table of branches.
    pub branch: bool,
    /// How it begins.
    pub(super) start: Start,
    /// What the crew answers.
    pub(super) answers: Answers,
    /// What happens, in the order of the clock.
    pub(super) script: Vec<Entry>,
}

/// How an incident begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Start {
    /// When it is written down.
    pub(super) at: Timestamp,
    /// When it was opened as suspected; absent where it is declared at once.
    pub(super) suspected: bool,
    pub(super) onset: Option<Timestamp>,
    pub(super) detected: Option<Timestamp>,
    /// Who holds which role.
    pub(super) holders: Vec<(RoleId, Person)>,
}

impl Start {
    /// Declared when it is, each role held by somebody of its name.
    pub(super) fn plain(book: &Playbook) -> Self {
        let named = |role: &RoleId| Some((role.clone(), Person::new(role.as_str()).ok()?));
        Self {
            at: zero(),
            suspected: false,
            onset: None,
            detected: None,
            holders: book.roles.iter().filter_map(|role| named(&role.id)).collect(),
        }
    }
}

/// What the crew answers to decisions, and to steps that ask for something.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Answers {
    pub(super) options: BTreeMap<StepId, OptionId>,
    pub(super) fields: BTreeMap<StepId, BTreeMap<String, Text>>,
}

/// One moment of the script.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) at: Timestamp,
    pub(super) act: Option<Act>,
    pub(super) expect: Vec<Expectation>,
}

/// What somebody does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Act {
    /// Records something, or is refused.
    Record(Deed),
    /// Does everything that falls due.
    Work(Work),
}

impl Act {
    /// Whether it says more of what comes of it than that it works.
    pub(super) fn can_fail(&self) -> bool {
        match self {
            Self::Record(deed) => {
                let closes = |intent: &Intent| matches!(intent, Intent::Close { .. });
                deed.refused.is_some() || deed.intents.iter().any(closes)
            }
            Self::Work(_) => false,
        }
    }
}

/// Something to be recorded.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Deed {
    /// Where the verb stands.
    pub(super) spot: Spot,
    /// In this order; answers that a step asks for may be missing, and come from the scenario.
    pub(super) intents: Vec<Intent>,
    pub(super) by: Option<Person>,
    pub(super) happened: Option<Timestamp>,
    /// The words that the refusal of each of them holds, and where that is said.
    pub(super) refused: Option<(String, Spot)>,
}

/// How the crew works up to a moment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Work {
    pub(super) spot: Spot,
    pub(super) pace: Pace,
    /// What it leaves alone.
    pub(super) except: Vec<StepId>,
}

/// When the crew does what is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// Each step at its due time.
    OnTime,
    /// Everything at the moment that the entry names.
    Now,
}

/// Something that has to hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expectation {
    pub(super) spot: Spot,
    pub(super) wanted: Wanted,
}

/// What has to hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wanted {
    Steps(Group, Names<StepId>),
    /// What the entry opened, or closed.
    Moved(Way, Vec<StepId>),
    Phases(Names<PhaseId>),
    Next(Vec<StepId>),
    Status(StepId, Status),
    Due(StepId, Option<Timestamp>),
    Milestone(Mark, Option<Timestamp>),
    Figure(KpiId, Bound),
    Life(Life),
    CanClose(bool),
    LeadsTo(Option<PlaybookId>),
}

/// Which way a step moved in one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// It was closed, and somebody has to do it now.
    Opened,
    /// Somebody had to do it, and it is closed now.
    Closed,
}

impl Way {
    /// The key of the file.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Opened => "opens",
            Self::Closed => "closes",
        }
    }
}

/// All names of a group, or some of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Names<T> {
    Exactly(Vec<T>),
    Part { has: Vec<T>, lacks: Vec<T> },
}

/// What a figure has to be: minutes, or a share from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Bound {
    Absent,
    Met,
    Missed,
    Exactly(f64),
    AtMost(f64),
    AtLeast(f64),
}
