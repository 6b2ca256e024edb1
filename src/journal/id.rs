//! The name of an incident, which is also the name of its folder, and the words that select one.

use std::fmt;
use std::str::FromStr;

use crate::engine::Mode;
use crate::playbook::{PlaybookId, SlugError};

/// What a standing log's name starts with.
pub(super) const STANDING: &str = "standing-";

/// An incident: a slug of at most 64 bytes. Exercises start with `x-`, so that an exercise is
/// known by its name wherever the name stands; so do a site's standing logs, with `standing-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IncidentId(String);

impl IncidentId {
    /// The id as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is no incident but a site's standing log of quiet times, which lies elsewhere and is
    /// in no list of incidents.
    #[must_use]
    pub fn is_standing(&self) -> bool {
        self.0.starts_with(STANDING)
    }

    /// What the name says it is.
    #[must_use]
    pub fn mode(&self) -> Mode {
        if self.0.starts_with("x-") { Mode::Exercise } else { Mode::Live }
    }
}

impl FromStr for IncidentId {
    type Err = SlugError;

    /// The rule of every slug of this program.
    fn from_str(word: &str) -> Result<Self, SlugError> {
        word.parse::<PlaybookId>().map(|slug| Self(slug.as_str().to_owned()))
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// How people name an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// The live incident that was opened last.
    Latest,
    /// The exercise that was opened last.
    LatestExercise,
    /// The site's standing log; where there are several, the oldest.
    Readiness,
    /// An id or the start of one.
    Prefix(String),
}

impl From<&str> for Selector {
    fn from(word: &str) -> Self {
        match word {
            "latest" => Self::Latest,
            "latest-exercise" => Self::LatestExercise,
            "readiness" => Self::Readiness,
            prefix => Self::Prefix(prefix.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exercise_is_known_by_its_name() {
        let mode = |word: &str| word.parse::<IncidentId>().map(|id| id.mode());
        assert_eq!(mode("email-outage-1"), Ok(Mode::Live));
        assert_eq!(mode("xray-1"), Ok(Mode::Live));
        assert_eq!(mode("x-email-1"), Ok(Mode::Exercise));
        assert_eq!(mode("standing-1"), Ok(Mode::Live));
        assert_eq!(mode("../x"), Err(SlugError::Character));
        assert_eq!(mode(".tmp-x"), Err(SlugError::Character));
    }

    #[test]
    fn so_is_a_standing_log() {
        let standing = |word: &str| word.parse::<IncidentId>().unwrap().is_standing();
        assert!(standing("standing-20261125-7k3q"));
        assert!(!standing("understanding-1") && !standing("x-standing-1") && !standing("standing"));
    }
}
