//! Identifiers as types, so that a step can never be handed over where a role is meant.
//!
//! Every id is a *slug*: `[a-z0-9][a-z0-9-]{0,63}`, and never the name of a Windows device, because
//! some of them become file names. An id that exists is valid; there is no other way to make one.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

/// The longest slug, in bytes.
pub const MAX_SLUG: usize = 64;

/// Why a word is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Nothing was given.
    #[error("an id may not be empty")]
    Empty,
    /// More than [`MAX_SLUG`] bytes.
    #[error("an id is at most {MAX_SLUG} characters long")]
    TooLong,
    /// A character outside `a-z0-9-`, or a hyphen in front.
    #[error("an id is written with a-z, 0-9 and '-', and starts with a letter or digit")]
    Character,
    /// `con`, `nul`, `com1` … cannot be file names on Windows.
    #[error("this word is reserved by Windows for a device")]
    Device,
}

fn check(word: &str) -> Result<(), SlugError> {
    if word.is_empty() {
        return Err(SlugError::Empty);
    }
    if word.len() > MAX_SLUG {
        return Err(SlugError::TooLong);
    }
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    if !word.bytes().all(|b| plain(b) || b == b'-') || !word.bytes().next().is_some_and(plain) {
        return Err(SlugError::Character);
    }
    let numbered = |stem: &str| {
        word.strip_prefix(stem).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    };
    if matches!(word, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt") {
        return Err(SlugError::Device);
    }
    Ok(())
}

macro_rules! slug {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id as written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = SlugError;
            fn from_str(word: &str) -> Result<Self, SlugError> {
                check(word)?;
                Ok(Self(word.to_owned()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = std::borrow::Cow::<'de, str>::deserialize(from)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

slug! {
    /// A playbook: `email-outage`.
    PlaybookId
    /// A step set: `command`.
    SetId
    /// A phase of a playbook: `immediate`.
    PhaseId
    /// A step of a playbook: `notify-leadership`.
    StepId
    /// A role: `incident-lead`.
    RoleId
    /// One answer to a decision: `corporate`.
    OptionId
    /// The name of an answer that a step collects: `ticket`.
    FieldId
    /// A way to reach people: `sms`.
    ChannelId
    /// A group of patients: `urgent-meds`.
    SegmentId
    /// A message template: `urgent-meds-1`.
    TemplateId
    /// A service that can be down: `email`.
    ServiceId
    /// One exercise of a playbook: `provider-down`.
    ExerciseId
    /// One inject of an exercise.
    InjectId
    /// One scenario of a playbook test: `late-declaration`.
    ScenarioId
    /// One entry of the reference data: `breach-individuals`.
    EntryId
    /// What an exercise is meant to show: `reach-patients`.
    ObjectiveId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_checked_at_its_only_door() {
        for good in ["a", "email-outage", "x-1", "0h", "console", "com10", &"a".repeat(64)] {
            assert_eq!(good.parse::<StepId>().map(|id| id.to_string()), Ok(good.to_owned()));
        }
        for (bad, why) in [
            ("", SlugError::Empty),
            (&*"a".repeat(65), SlugError::TooLong),
            ("-a", SlugError::Character),
            ("A", SlugError::Character),
            ("a b", SlugError::Character),
            ("../etc", SlugError::Character),
            ("é", SlugError::Character),
            ("con", SlugError::Device),
            ("lpt1", SlugError::Device),
        ] {
            assert_eq!(bad.parse::<StepId>(), Err(why), "{bad:?}");
        }
    }
}
