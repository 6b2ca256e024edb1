//! One file for each verb, or for verbs that are one thought.

pub(super) mod actions;
pub(super) mod answer;
pub(super) mod contacts;
pub(super) mod decide;
pub(super) mod diff;
pub(super) mod ending;
pub(super) mod escalate;
pub(super) mod export;
pub(super) mod handover;
pub(super) mod incidents;
pub(super) mod lint;
pub(super) mod list;
pub(super) mod log;
pub(super) mod manual;
pub(super) mod mark;
pub(super) mod new;
pub(super) mod note;
pub(super) mod report;
pub(super) mod role;
pub(super) mod schema;
pub(super) mod show;
pub(super) mod site;
pub(super) mod start;
pub(super) mod status;
pub(super) mod verify;
pub(super) mod walk;
