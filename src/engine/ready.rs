//! What makes a site ready and happens in quiet times: exercises, trainings, tests, the binder.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::text::Text;
use crate::playbook::PlaybookId;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadyKind {
    /// An exercise: one held elsewhere, or the type of one that was run here.
    Exercise,
    /// Staff were trained.
    Training,
    /// A backup was restored to see whether that works.
    RestoreTest,
    /// A backup channel was used to see whether it works.
    ChannelTest,
    /// The paper binder was printed.
    BinderPrinted,
    /// The emergency plan was activated for a real emergency.
    PlanActivation,
}

impl ReadyKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Exercise,
        Self::Training,
        Self::RestoreTest,
        Self::ChannelTest,
        Self::BinderPrinted,
        Self::PlanActivation,
    ];

    /// The word people type.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exercise => "exercise",
            Self::Training => "training",
            Self::RestoreTest => "restore-test",
            Self::ChannelTest => "channel-test",
            Self::BinderPrinted => "binder-printed",
            Self::PlanActivation => "plan-activation",
        }
    }
}

/// The type of an exercise, after HSEEP; `SmallTabletop` is the house's own: a tabletop for one group of
/// patients that does not go through the whole playbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExerciseType {
    /// Talk about one group of patients, without the whole playbook.
    SmallTabletop,
    /// Talk about how to build or change a plan.
    Workshop,
    /// Talk through the whole playbook.
    Tabletop,
    /// One function, done.
    Drill,
    /// Several functions, done, without moving people and means.
    Functional,
    /// Everything, done, by everybody.
    FullScale,
}

impl ExerciseType {
    /// All of them, the smallest first.
    pub const ALL: [Self; 6] = [
        Self::SmallTabletop,
        Self::Workshop,
        Self::Tabletop,
        Self::Drill,
        Self::Functional,
        Self::FullScale,
    ];

    /// The word people type.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SmallTabletop => "small-tabletop",
            Self::Workshop => "workshop",
            Self::Tabletop => "tabletop",
            Self::Drill => "drill",
            Self::Functional => "functional",
            Self::FullScale => "full-scale",
        }
    }

    /// From the word people type.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readied {
    /// What.
    pub kind: ReadyKind,
    /// On which day; of an activation, the day of the onset.
    pub on: Day,
    /// Which one: the channel, the backup, the training.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Text>,
    /// Of an exercise: its type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exercise: Option<ExerciseType>,
    /// Of an exercise: the playbook that was exercised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub playbook: Option<PlaybookId>,
    /// The incident or exercise of this program that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
    /// Where the evidence is, and what else to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}
