//! The improvement plan: what is to go better next time, who answers for it, until when.
//!
//! The columns are those of the HSEEP improvement plan (FEMA FF-008-FY-21-102, appendix A).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::text::{Digest, Person, Text};
use crate::playbook::{PlaybookId, StepId, TemplateId};

/// What kind of capability an action mends (POETE).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// Plans, playbooks, policies, agreements.
    Planning,
    /// People, roles, structure.
    Organization,
    /// Machines, lines, software, supplies.
    Equipment,
    /// What people must be able to do.
    Training,
    /// What has to be rehearsed.
    Exercise,
}

impl Element {
    /// All five, in the order of the form.
    pub const ALL: [Self; 5] =
        [Self::Planning, Self::Organization, Self::Equipment, Self::Training, Self::Exercise];

    /// The word people type and files hold.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Planning => "planning",
            Self::Organization => "organization",
            Self::Equipment => "equipment",
            Self::Training => "training",
            Self::Exercise => "exercise",
        }
    }

    /// As the form writes it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Planning => "Planning",
            Self::Organization => "Organization",
            Self::Equipment => "Equipment",
            Self::Training => "Training",
            Self::Exercise => "Exercise",
        }
    }
}

/// The part of a playbook that an action is to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aim {
    /// The playbook.
    pub playbook: PlaybookId,
    /// Its step or template.
    pub part: AimPart,
}

/// What within the playbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AimPart {
    /// A step.
    Step(StepId),
    /// A message template.
    Template(TemplateId),
}

impl fmt::Display for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            AimPart::Step(step) => write!(f, "{}:{step}", self.playbook),
            AimPart::Template(template) => write!(f, "{}:{template}", self.playbook),
        }
    }
}

/// What is said of an action. A field that is absent says nothing, or nothing new.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ActionTerms {
    /// The corrective action itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<Text>,
    /// The issue or area for improvement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<Text>,
    /// The core capability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capability: Option<Text>,
    /// The capability element.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<Element>,
    /// The primary responsible organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Text>,
    /// The point of contact there: who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Person>,
    /// The first day of the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Day>,
    /// The last day on which it is on time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// What it is to change in a playbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aim: Option<Aim>,
}

impl ActionTerms {
    /// Takes over what `change` says.
    pub fn take(&mut self, change: &Self) {
        let Self { what, issue, capability, element, organization, owner, start, due, aim } =
            change.clone();
        self.what = what.or(self.what.take());
        self.issue = issue.or(self.issue.take());
        self.capability = capability.or(self.capability.take());
        self.element = element.or(self.element);
        self.organization = organization.or(self.organization.take());
        self.owner = owner.or(self.owner.take());
        self.start = start.or(self.start);
        self.due = due.or(self.due);
        self.aim = aim.or(self.aim.take());
    }
}

/// The playbook that was looked at when an action was closed because its aim reads differently now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Its version.
    pub version: String,
    /// SHA-256 of its text.
    pub sha256: Digest,
}

/// What has to be done after an incident before it is learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// The talk soon after the end.
    HotWash,
    /// The after-action report.
    AfterAction,
}

impl Review {
    /// Both, in the order in which they come.
    pub const ALL: [Self; 2] = [Self::HotWash, Self::AfterAction];

    /// The id of the step that stands for it in a playbook.
    #[must_use]
    pub const fn step(self) -> &'static str {
        match self {
            Self::HotWash => "hot-wash",
            Self::AfterAction => "after-action",
        }
    }

    /// What people type for it, and read in front of an incident: `AAR@7k3q`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::HotWash => "HW",
            Self::AfterAction => "AAR",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::HotWash => "hot wash",
            Self::AfterAction => "after-action report",
        }
    }
}

/// What people say for an action within its incident: `A-03`.
#[must_use]
pub fn action_code(number: u32) -> String {
    format!("A-{number:02}")
}
