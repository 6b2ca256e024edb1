//! The fixed words of the field that playbooks, events and figures share.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value, in the order of the field's own sequence.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// All words, in the same order.
            #[must_use]
            pub fn words() -> Vec<&'static str> {
                Self::ALL.iter().map(|one| one.word()).collect()
            }

            /// The word as it stands in files.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value that this word names.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

// Other files have fixed words of their own.
pub(crate) use words;

words! {
    /// A milestone of an incident. `restored` is the vendor's word, `verified` is the site's.
    Mark {
        /// The service stopped working.
        Onset = "onset",
        /// Somebody or something noticed.
        Detected = "detected",
        /// Somebody took it on.
        Acknowledged = "acknowledged",
        /// T+0.
        Declared = "declared",
        /// The first attempt to reach a priority patient.
        FirstOutreach = "first-outreach",
        /// The first priority patient reached.
        FirstReached = "first-reached",
        /// The vendor says it works again.
        Restored = "restored",
        /// The site has checked that it works again.
        Verified = "verified",
        /// It stopped again.
        Relapsed = "relapsed",
        /// Teams were released.
        StoodDown = "stood-down",
    }
}

impl Mark {
    /// Whether the milestone belongs to a service and may come more than once.
    #[must_use]
    pub const fn per_service(self) -> bool {
        matches!(self, Self::Onset | Self::Restored | Self::Verified | Self::Relapsed)
    }

    /// The words of those that a step may reach and that may open a phase: declaring is an act of
    /// its own.
    #[must_use]
    pub fn reachable() -> Vec<&'static str> {
        let mut words = Self::words();
        words.retain(|word| *word != Self::Declared.word());
        words
    }
}

/// The words for the kinds of answers that a step collects.
pub(super) const FIELD_KINDS: [&str; 5] = ["text", "number", "time", "yes-no", "choice"];

/// The same, as the table of keys wants them.
pub(super) fn field_kinds() -> Vec<&'static str> {
    FIELD_KINDS.to_vec()
}

words! {
    /// Priority patients, as people count them on their own list.
    Count {
        /// On the frozen list.
        Listed = "listed",
        /// Of these, spoken with in person or through somebody they authorized.
        Reached = "reached",
    }
}

words! {
    /// A figure computed from the log (`domain.md` §6 of the project's notes).
    KpiId {
        /// Detected minus onset.
        TimeToDetect = "time_to_detect",
        /// Acknowledged minus detected.
        TimeToAcknowledge = "time_to_acknowledge",
        /// Declared minus detected.
        TimeToDeclare = "time_to_declare",
        /// Declared minus onset.
        OnsetToDeclare = "onset_to_declare",
        /// First attempt to a priority patient minus declared.
        TimeToFirstOutreach = "time_to_first_outreach",
        /// First priority patient reached minus declared.
        TimeToFirstReached = "time_to_first_reached",
        /// Priority patients reached by T+12 h over all on the frozen list, as counted by people.
        HighRiskReached = "high_risk_reached_12h",
        /// Union over services of the stretches from onset to verified.
        Downtime = "downtime",
        /// Steps finished by their due time over steps that fell due.
        StepOnTimeRate = "step_on_time_rate",
        /// Minutes since T+0 in which nobody held a required role, summed over those roles.
        HandOverGaps = "hand_over_gaps",
    }
}

impl KpiId {
    /// Whether the figure is a share (0 to 1); every other one is in minutes.
    #[must_use]
    pub const fn is_share(self) -> bool {
        matches!(self, Self::StepOnTimeRate | Self::HighRiskReached)
    }
}

words! {
    /// What a note is about.
    NoteKind {
        /// A decision and its reason, for regulatory review.
        Decision = "decision",
        /// Somebody was told.
        Notification = "notification",
        /// How things stand.
        Situation = "situation",
        /// What went well.
        Strength = "strength",
        /// What should go better.
        Improvement = "improvement",
        /// A patient-safety event or risk.
        Safety = "safety",
    }
}

words! {
    /// What kind of exercise it is (HSEEP 2020: tabletops are discussion, the others are operations).
    ExerciseKind {
        /// People talk through what they would do.
        Tabletop = "tabletop",
        /// One function is practised with the real tools.
        Drill = "drill",
        /// Several functions are practised, and nothing moves.
        Functional = "functional",
        /// People, tools and patients' stand-ins move as they would.
        FullScale = "full-scale",
    }
}

words! {
    /// What an inject is for.
    InjectKind {
        /// Something becomes known.
        Information = "information",
        /// Something happens.
        Event = "event",
        /// A journalist, or the public, asks or says something.
        Media = "media",
        /// Delivered only where the expected action did not happen.
        Contingency = "contingency",
    }
}

words! {
    /// How an objective was met: the evaluator's judgement, never the program's (HSEEP 2020).
    Rating {
        /// Without challenges: the objective was met, nothing else was harmed, no added risk, by plan and law.
        Performed = "P",
        /// With some challenges: the objective was met, and it could be done better.
        SomeChallenges = "S",
        /// With major challenges: the objective was met, and other work was harmed, risk was added, or plan
        /// or law was not followed.
        MajorChallenges = "M",
        /// Unable to be performed: the objective was not met.
        Unable = "U",
    }
}
