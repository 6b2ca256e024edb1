//! The rules of lint, each once: code, name, what it objects to, why, and how to mend it. The table in
//! `playbooks/README.md`, `lint --rules`, `lint --explain` and this list are one; a test holds them together.
//!
//! Codes never change their meaning, and a code that is given up is not given out again: playbooks name
//! them under `accept`.

use super::diagnostic::Severity;

/// Where a finding of a rule may be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// Nowhere: the playbook cannot be used, or the finding is about an acceptance.
    Never,
    /// One place after the other, each with its reason: a new one must not slip in under an old reason.
    Each,
    /// Place by place, or everywhere at once.
    Everywhere,
    /// The playbook as a whole is meant, so there is only one place.
    Whole,
}

/// What there is to know about a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// What a playbook writes under `accept`: a letter for the family and two digits.
    pub code: &'static str,
    /// The same in words.
    pub name: &'static str,
    /// Whether the playbook can be used all the same.
    pub severity: Severity,
    /// Where it may be accepted.
    pub acceptance: Acceptance,
    /// What it objects to, in half a sentence.
    pub objects: &'static str,
    /// Why an expert would, with the source where there is one.
    pub why: &'static str,
    /// What to do about it.
    pub mend: &'static str,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $code:literal $name:literal $severity:ident $acceptance:ident {
        $objects:literal, $why:literal, $mend:literal,
    })+) => {
        /// A rule of lint.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "what each one is about stands in its own words")]
        pub enum Rule { $($(#[$doc])* $rule,)+ }

        impl Rule {
            /// Every rule, family by family.
            pub const ALL: &[Self] = &[$(Self::$rule),+];

            /// What there is to know about it.
            #[must_use]
            pub const fn about(self) -> &'static About {
                match self { $(Self::$rule => &About {
                    code: $code,
                    name: $name,
                    severity: Severity::$severity,
                    acceptance: Acceptance::$acceptance,
                    objects: $objects,
                    why: $why,
                    mend: $mend,
                }),+ }
            }
        }
    };
}

impl Rule {
    /// What stands in files and answers.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.about().code
    }

    /// The rule with this code or name, in any case.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        let is = |one: &Self| {
            let About { code, name, .. } = one.about();
            code.eq_ignore_ascii_case(word) || name.eq_ignore_ascii_case(word)
        };
        Self::ALL.iter().copied().find(is)
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.code())
    }
}

rules! {
    CircularSteps = "E01" "circular-steps" Error Never {
        "steps that wait for each other in a circle, by `needs`, `when` or `opens`",
        "Nobody can tell which of them comes first, and steps that open after each other never open.",
        "Take one of the references out.",
    }
    UnknownAnswer = "E02" "unknown-answer" Error Never {
        "`when` on a step, a decision or an answer that is not there",
        "The step would never open, and nobody would notice before the outage.",
        "Write the decision and its answer as they are defined.",
    }

    UnreachableStep = "S01" "unreachable-step" Warning Each {
        "a step that no combination of answers can open",
        "What no answer opens is work that nobody does.",
        "Let an answer open it that does not close it, or take its conditions out.",
    }
    TwoOpeners = "S02" "two-openers" Warning Each {
        "a step that two decisions open",
        "Conditions all have to hold: it opens only after both were answered so, which is seldom meant.",
        "Let one decision open it, or write two steps.",
    }
    NeverEscalates = "S03" "never-escalates" Warning Each {
        "`escalate` on a step without `due`",
        "What is never overdue never escalates.",
        "Write when the step is due, such as `due: 30m`.",
    }
    DueOutsidePhase = "S04" "due-outside-phase" Warning Each {
        "a step that is due before its phase opens, or after it is over",
        "The clock of the field is 0-2 h, 2-12 h and later (HICS 2014 Job Action Sheets); a step is looked for in the phase of its due time. The last window has no end.",
        "Move the step, or correct `due`. It counts from T+0; `phase+15m` counts from the phase.",
    }
    DueBeforeNeed = "S05" "due-before-need" Warning Each {
        "a step that is due before a step that it needs",
        "Whoever keeps the first due time breaks the order; whoever keeps the order is late.",
        "Let the due times follow each other.",
    }
    UnknownPlaybook = "S06" "unknown-playbook" Warning Each {
        "an answer that leads to a playbook nobody has",
        "`leads_to` is followed in the worst minute. It is looked up among the playbooks at hand: `runbook list` shows them.",
        "Correct the name, or put the playbook beside this one.",
    }

    IdleRole = "R01" "idle-role" Warning Each {
        "a required role with nothing to do",
        "Somebody is called in at night for it.",
        "Give it a step, or take `required` out.",
    }
    NobodyStepsIn = "R02" "nobody-steps-in" Warning Each {
        "a required role none of whose steps turns to a deputy or another role when it is overdue",
        "Job Action Sheets have three lines for the holder because people fail and change (HICS 2014); a role without a second person stops with the first one.",
        "Give its most urgent step `escalate: {after: 15m, to: deputy}`.",
    }
    NoDeputy = "R03" "no-deputy" Warning Each {
        "a step that escalates to a deputy where the site file plans none",
        "It would turn to nobody. Looked at only where there is a site file.",
        "Plan one: `runbook site set ROLE.deputy \"NAME\"`, or escalate to another role.",
    }
    LeadRepairs = "R04" "lead-repairs" Warning Each {
        "a repair or a technical check for the role that leads",
        "The commander does not fix: who repairs has no eye on patients, people and the clock (ICS: command and operations are apart).",
        "Give the step to the role that restores, and let the lead ask for the result.",
    }

    WindowGap = "P01" "window-gap" Warning Each {
        "hours between T+0 and the last window that belong to no phase",
        "Steps that fall due there have no phase; the field's clock runs on without a break (HICS 2014).",
        "Let the window begin where the one before ends, the first one at 0h.",
    }
    WindowOverlap = "P02" "window-overlap" Warning Each {
        "hours that belong to two phases",
        "Two phases open at once split attention, and a due time says no longer where to look.",
        "Let the window begin where the one before ends.",
    }
    NoRecovery = "P03" "no-recovery" Warning Whole {
        "a playbook without a phase that opens when the service is back",
        "Service comes back at hour 1 or on day 30: recovery is an event, not a time (HICS: Demobilization/System Recovery). Without it the tool still says \"wait\" when it is over.",
        "Add a phase with `opens: restored`.",
    }
    NoReconciliation = "P04" "no-reconciliation" Warning Each {
        "a recovery in which no required step enters or reconciles what was done without the system",
        "Orders, doses and messages on paper are lost or done twice if nobody holds them against the record before the incident is closed (SAFER guides, contingency planning).",
        "Add a step with `required: true` that says so: back-enter with the actual time, reconcile.",
    }
    NeverVerified = "P05" "never-verified" Warning Each {
        "a recovery in which no step reaches the milestone `verified`",
        "\"Vendor green\" is not restored: the site tests, and the clinical side signs. Briefings and downtime run until then.",
        "Give the step that tests everything `milestone: verified`.",
    }
    NoAttackQuestion = "P06" "no-attack-question" Warning Whole {
        "a playbook for a service that is down in which nobody decides whether it could be an attack",
        "Restoring destroys evidence and lets the attacker go on; talking about it over what they read helps them. The question comes before the repair.",
        "Add a decision such as \"could this be an attack?\" with an answer that leads to ransomware.",
    }

    NotApproved = "M01" "not-approved" Warning Everywhere {
        "a template that nobody approved",
        "Anyone can send words that nobody agreed to. Shipped templates are unapproved on purpose: a site approves its own words.",
        "Read it with your name and number filled in, then write `approved: {by: NAME, on: YYYY-MM-DD, until: YYYY-MM-DD}`.",
    }
    ApprovalExpired = "M02" "approval-expired" Warning Each {
        "an approval that does not count today: its last day is over, it is older than a year and has none, or its day has not come",
        "Numbers, opening hours and rules change; approvals are renewed once a year (house policy).",
        "Read the text again and approve it anew.",
    }
    NoFallback = "M03" "no-fallback" Warning Each {
        "a template without a second channel, or with the same one twice",
        "Every outbound message has a first and a second channel: the one that fails is often the one in use.",
        "Write another channel: `fallback: phone`.",
    }
    TooFewTemplates = "M04" "too-few-templates" Warning Each {
        "a group of patients with fewer than three templates",
        "Three approved templates per group (first word, reminder, all clear) can go out without a lawyer in the room (requirement 33).",
        "Add templates for the group, or make it part of a larger one.",
    }
    SmsTooLong = "M05" "sms-too-long" Warning Each {
        "a text message that takes more than one segment once the name and the number are in it",
        "160 units of GSM-7, or 70 as soon as one character is outside its table; about 160 characters is also what makes a health message exempt (47 CFR 64.1200(a)(9)(iv)). Parts arrive late, alone or not at all.",
        "Say it shorter, and without the character that makes all of it count double.",
    }
    OverLimit = "M06" "over-limit" Warning Each {
        "a message longer than `max_chars` of its channel",
        "The channel cuts it, and what is cut is the end: the number and the way out.",
        "Say it shorter, or correct `max_chars`.",
    }
    SmsIncomplete = "M07" "sms-incomplete" Warning Each {
        "a text message that does not say who writes, whom to call, and how to stop",
        "A health message states name and contact and offers an opt-out (47 CFR 64.1200(a)(9)(iv)); a text without them looks like a scam.",
        "Write {site}, {phone} and \"Reply STOP to opt out\" into it.",
    }
    Discloses = "M08" "discloses" Warning Each {
        "words in a message that tell more about a patient than its channel may carry",
        "Screens are read by others. Open channels carry no medicine, condition, prescriber or kind of clinic (45 CFR 164.530(c): reasonable safeguards).",
        "Say \"please call\" instead, or use a channel that may carry it.",
    }
    PlaceholderTooTelling = "M09" "placeholder-too-telling" Warning Each {
        "a placeholder that brings more about a patient into a message than its channel may carry",
        "It looks harmless in the template and tells everything once it is filled in.",
        "Take it out, or use a channel that may carry it.",
    }
    UnknownPlaceholder = "M10" "unknown-placeholder" Warning Each {
        "a placeholder that nothing fills",
        "A message with a hole in it cannot go out. What a site fills is in its site file: {site}, {phone} and what stands under `values`.",
        "Correct the name, or define it in the site file under `values`.",
    }
    NoConsent = "M11" "no-consent" Warning Each {
        "a channel for texts or automated calls to patients that does not ask for their consent",
        "Both need the patient's consent, or an exemption with limits that a playbook cannot check (47 CFR 64.1200).",
        "Write `consent: true`.",
    }
    CapTooHigh = "M12" "cap-too-high" Warning Each {
        "a channel that may carry more about a patient than the reference data allows channels of its name",
        "Texts and voicemail: generic words only. Automated calls: 2 at most, after the patient has pressed a key. Signs, public notices and device to device: nothing. `runbook reference channels` shows the levels; a site may keep a copy of its own.",
        "Lower `phi`.",
    }

    ChannelIsDown = "D01" "channel-is-down" Warning Each {
        "a template whose first or second channel needs a service that this playbook is about",
        "A plan that depends on what failed is no plan. `services` says what is down, `needs` of a channel what it needs.",
        "Choose another channel; take `needs` out where the channel works another way.",
    }
    StepNeedsService = "D02" "step-needs-service" Warning Each {
        "a step of the downtime that is done with what is down, such as sending an email",
        "The first thing people try is what they always do. Only plain orders are found: \"tell staff by email\", \"post it in Teams\".",
        "Say how it is done without: by phone, in person, on paper.",
    }
    ContactNeedsService = "D03" "contact-needs-service" Warning Each {
        "a role whose people can only be reached by what is down, as far as the site file says",
        "The list of whom to call is worth nothing if calling means email. Looked at only where there is a site file.",
        "Give them a phone in the site file: `runbook site set ROLE.phone NUMBER`.",
    }

    NoReviewDate = "C01" "no-review-date" Warning Whole {
        "a playbook without `review_by`",
        "Contacts, numbers and rules go stale without a sound.",
        "Write the day by which somebody should have read it again: `review_by: YYYY-MM-DD`.",
    }
    ReviewOverdue = "C02" "review-overdue" Warning Whole {
        "a review day that has passed",
        "Nobody has read this text again by the day that was set for it.",
        "Read it, correct it, then set the next day.",
    }
    TwelveHourTime = "C03" "twelve-hour-time" Warning Each {
        "a time with am or pm in what staff read",
        "Logs and forms use the 24-hour clock (HICS 214); 7 and 19 get mixed up at night. Words in quotation marks are what patients hear, and stay as they are.",
        "Write 19:00.",
    }
    PlaceholderInStep = "C04" "placeholder-in-step" Warning Each {
        "a placeholder in the text of a step",
        "Only templates are filled in: people would read the braces.",
        "Say it in words, or put the text into a template.",
    }

    ReadableExercise = "X01" "readable-exercise" Warning Each {
        "an exercise inside a playbook, where its players can read it",
        "A copy of the playbook lies in the folder of each exercise, for everybody who plays, and what is to come stands in it. The list of injects (MSEL) is for controllers only (HSEEP 2020).",
        "Move it into a file of its own in `playbooks/exercises/`: `playbooks/README.md` says how.",
    }

    IdleAcceptance = "A01" "idle-acceptance" Warning Never {
        "an acceptance that accepts nothing",
        "It says that something is wrong which is not, was given for another version of the text, or covers up what comes later.",
        "Delete it, or correct its rule, place or version.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        let codes: Vec<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        let names: HashSet<&str> = Rule::ALL.iter().map(|rule| rule.about().name).collect();
        assert_eq!(names.len(), codes.len());
        let mut last = ("", 0);
        for code in codes {
            let (family, number) = code.split_at(1);
            let number: u32 = number.parse().unwrap();
            assert!(code.len() == 3 && family.bytes().all(|b| b.is_ascii_uppercase()), "{code}");
            let expected = if family == last.0 { last.1 + 1 } else { 1 };
            assert_eq!(number, expected, "{code}");
            last = (family, number);
        }
    }

    #[test]
    fn a_rule_is_found_by_code_and_name() {
        assert_eq!(Rule::find("m05"), Some(Rule::SmsTooLong));
        assert_eq!(Rule::find("SMS-too-long"), Some(Rule::SmsTooLong));
        assert_eq!(Rule::find("M99"), None);
    }

    #[test]
    fn only_what_can_be_used_can_be_accepted() {
        for rule in Rule::ALL {
            let About { severity, acceptance, objects, why, mend, .. } = rule.about();
            if *severity == Severity::Error {
                assert_eq!(*acceptance, Acceptance::Never, "{rule}");
            }
            assert!(!objects.ends_with('.') && !objects.starts_with(char::is_uppercase), "{rule}");
            assert!(why.ends_with('.') && mend.ends_with('.'), "{rule}");
        }
    }
}
