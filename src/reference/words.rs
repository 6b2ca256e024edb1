//! The fixed words of reference data.

use serde::{Deserialize, Serialize};

use crate::playbook::reading::words;

words! {
    /// Whether a rule binds.
    RuleStatus {
        /// In force.
        Final = "final",
        /// Published for comment; it binds nobody, and says PROPOSED wherever it is shown.
        Proposed = "proposed",
        /// From memory or from a source that nobody has held against the law.
        Unchecked = "unchecked",
    }
}

impl RuleStatus {
    /// What stands in front of the rule wherever people read it; nothing for one in force.
    #[must_use]
    pub const fn stamp(self) -> Option<&'static str> {
        match self {
            Self::Final => None,
            Self::Proposed => Some("PROPOSED, not in force"),
            Self::Unchecked => Some("UNCHECKED, ask counsel"),
        }
    }
}

words! {
    /// What a legal clock counts.
    Unit {
        /// Hours.
        Hours = "hours",
        /// Calendar days.
        Days = "days",
        /// Days without weekends and federal holidays.
        BusinessDays = "business-days",
        /// Years.
        Years = "years",
    }
}

impl Unit {
    /// So many of them, in words: `1 hour`, `60 calendar days`.
    #[must_use]
    pub fn count(self, number: u32) -> String {
        let (one, many) = match self {
            Self::Hours => ("hour", "hours"),
            Self::Days => ("calendar day", "calendar days"),
            Self::BusinessDays => ("business day", "business days"),
            Self::Years => ("year", "years"),
        };
        format!("{number} {}", if number == 1 { one } else { many })
    }
}

words! {
    /// What a wording is for.
    MessageKind {
        /// A text message to a patient.
        Sms = "sms",
        /// An automated call to a patient.
        Ivr = "ivr",
        /// What a caller says.
        PhoneScript = "phone-script",
        /// To staff.
        Staff = "staff",
        /// To prescribers, couriers, payers, neighbors.
        Partner = "partner",
        /// To everybody.
        Public = "public",
    }
}

impl MessageKind {
    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Sms => "Text message",
            Self::Ivr => "Automated call",
            Self::PhoneScript => "Phone script",
            Self::Staff => "To staff",
            Self::Partner => "To partners",
            Self::Public => "Public notice",
        }
    }
}

words! {
    /// Who a page is for.
    Audience {
        /// Everybody.
        Public = "public",
        /// Patients.
        Patients = "patients",
        /// Staff.
        Staff = "staff",
    }
}

words! {
    /// How a page is laid out.
    Layout {
        /// Text on a page.
        Page = "page",
        /// Large letters, to be read from three steps away.
        Sign = "sign",
        /// Four cards on a page, to be cut.
        Cards = "cards",
    }
}
