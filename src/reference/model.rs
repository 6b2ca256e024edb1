//! Reference data as the rest of the house sees it: checked, without YAML.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::words::{Audience, Layout, MessageKind, RuleStatus, Unit};
use crate::playbook::{EntryId, SegmentId};

/// One reference file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// One line for people.
    pub title: String,
    /// What it is, what it is not, and how to use it; may be empty.
    pub about: String,
    /// Ways to reach people, compared.
    pub channels: Vec<ChannelRow>,
    /// What each channel may carry.
    pub caps: Vec<Cap>,
    /// Kinds of tools to fall back on.
    pub tools: Vec<Tool>,
    /// What services promise.
    pub service_levels: Vec<ServiceLevel>,
    /// Rules of law, and the clocks that they start.
    pub rules: Vec<Rule>,
    /// What the law of a state says.
    pub states: Vec<StateRules>,
    /// Wordings that may be used once a site has approved them.
    pub messages: Vec<Message>,
    /// Pages to print and give away.
    pub documents: Vec<Document>,
}

impl Sheet {
    /// How many entries it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.channels.len()
            + self.caps.len()
            + self.tools.len()
            + self.service_levels.len()
            + self.rules.len()
            + self.states.len()
            + self.messages.len()
            + self.documents.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where each entry comes from.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        let channels = self.channels.iter().map(|one| &one.origin);
        let caps = self.caps.iter().map(|one| &one.origin);
        let tools = self.tools.iter().map(|one| &one.origin);
        let levels = self.service_levels.iter().map(|one| &one.origin);
        let rules = self.rules.iter().map(|one| &one.origin);
        let states = self.states.iter().map(|one| &one.origin);
        let messages = self.messages.iter().map(|one| &one.origin);
        let documents = self.documents.iter().map(|one| &one.origin);
        let tables = channels.chain(caps).chain(tools).chain(levels);
        tables.chain(rules).chain(states).chain(messages).chain(documents)
    }

    /// The day of the entry that nobody has looked after for longest.
    #[must_use]
    pub fn oldest(&self) -> Option<NaiveDate> {
        self.origins().map(|origin| origin.checked).min()
    }
}

/// Where an entry comes from, and when somebody last looked there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// A document, an address, or who wrote it.
    pub source: String,
    /// The day.
    #[serde(serialize_with = "day")]
    pub checked: NaiveDate,
}

/// A way to reach people, compared with others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChannelRow {
    /// Its name.
    pub id: EntryId,
    /// The title people read.
    pub title: String,
    /// How well it withstands an outage.
    pub reliability: String,
    /// How fast it is.
    pub speed: String,
    /// How safe health information is on it.
    pub phi_safety: String,
    /// What it costs.
    pub cost: String,
    /// What it is best used for.
    pub best_use: String,
    /// Where this comes from.
    #[serde(flatten)]
    pub origin: Origin,
}

/// The highest level of health information that a channel may carry: 0 nothing about any patient,
/// 1 generic words and a number to call, 2 that an order exists, 3 clinical detail. A site's policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cap {
    /// Its name.
    pub id: EntryId,
    /// The title people read.
    pub title: String,
    /// 0 to 3.
    pub phi: u8,
    /// 0 to 3, and the condition under which it holds.
    pub phi_then: Option<(u8, String)>,
    /// What else to mind; may be empty.
    pub notes: String,
    /// Where this comes from.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A kind of tool to fall back on. No advice to buy one: whether it may carry health information is
/// what the site has signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tool {
    /// Its name.
    pub id: EntryId,
    /// The title people read.
    pub title: String,
    /// Names that the source gives.
    pub examples: Vec<String>,
    /// What is good about it.
    pub benefits: String,
    /// What it is best used for.
    pub best_use: String,
    /// What this site has signed; nothing in a shipped file.
    pub agreement: Option<Agreement>,
    /// Where this comes from.
    #[serde(flatten)]
    pub origin: Origin,
}

/// What a site has signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// Such as BAA.
    pub kind: String,
    /// With whom.
    pub with: String,
    /// The day it was signed.
    #[serde(serialize_with = "maybe_day")]
    pub on: Option<NaiveDate>,
    /// The last day it counts.
    #[serde(serialize_with = "maybe_day")]
    pub until: Option<NaiveDate>,
}

/// What a service promises.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServiceLevel {
    /// Its name.
    pub id: EntryId,
    /// The title people read.
    pub title: String,
    /// How much of the time it should work; absent where that varies.
    pub uptime: Option<Uptime>,
    /// What this site has signed; nothing in a shipped file.
    pub agreement: Option<Agreement>,
    /// Where this comes from.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A promised share of time, in hundredths of a percent: 99.95 % is 9 995.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uptime(pub(super) u32);

impl Uptime {
    /// In percent.
    #[must_use]
    pub fn percent(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// The downtime that the promise still allows in 30 days, in minutes: 43.2 for 99.9 %.
    #[must_use]
    pub fn minutes_down_in_30_days(self) -> f64 {
        const MINUTES: u32 = 30 * 24 * 60;
        f64::from((10_000 - self.0) * MINUTES) / 10_000.0
    }
}

impl Serialize for Uptime {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = to.serialize_map(Some(2))?;
        map.serialize_entry("percent", &self.percent())?;
        map.serialize_entry("minutes_down_in_30_days", &self.minutes_down_in_30_days())?;
        map.end()
    }
}

/// A rule of law, in plain words. Not legal advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its name.
    pub id: EntryId,
    /// The title people read.
    pub title: String,
    /// Whether it binds.
    pub status: RuleStatus,
    /// What it says.
    pub text: String,
    /// Where it stands in the law.
    pub citation: String,
    /// The clock that it starts.
    pub clock: Option<Clock>,
    /// What the site does, which may be stricter: policy, not law; may be empty.
    pub policy: String,
    /// Where it was read.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A clock that a rule starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// What starts it.
    pub from: String,
    /// How much time there is.
    pub limit: u32,
    /// Of what.
    pub unit: Unit,
}

/// What the law of a state says. What nobody has checked is absent, and never means "no".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StateRules {
    /// Two letters.
    pub state: String,
    /// Whether it binds.
    pub status: RuleStatus,
    /// What a pharmacist may supply without a prescriber's authorization.
    pub emergency_refill: Option<String>,
    /// How much.
    pub limit: Option<String>,
    /// Under which conditions.
    pub conditions: Option<String>,
    /// What is left out.
    pub excluded: Option<String>,
    /// What holds for controlled substances.
    pub controlled: Option<String>,
    /// Whom to tell, and what to write down.
    pub notify: Option<String>,
    /// When a prescription need not be electronic.
    pub eprescribing_exception: Option<String>,
    /// What to do when a pharmacy has to close.
    pub unscheduled_closing: Option<String>,
    /// What to keep while the computer is down.
    pub downtime_log: Option<String>,
    /// What else to know.
    pub notes: Option<String>,
    /// Where it stands in the law.
    pub citation: String,
    /// Where it was read.
    #[serde(flatten)]
    pub origin: Origin,
}

impl StateRules {
    /// Each thing that may be known of a state: what people call it, and what is known.
    #[must_use]
    pub fn facts(&self) -> [(&'static str, Option<&str>); 10] {
        [
            ("Emergency refill", self.emergency_refill.as_deref()),
            ("Limit", self.limit.as_deref()),
            ("Conditions", self.conditions.as_deref()),
            ("Left out", self.excluded.as_deref()),
            ("Controlled substances", self.controlled.as_deref()),
            ("Tell and write down", self.notify.as_deref()),
            ("Electronic prescribing", self.eprescribing_exception.as_deref()),
            ("Unscheduled closing", self.unscheduled_closing.as_deref()),
            ("Downtime log", self.downtime_log.as_deref()),
            ("Notes", self.notes.as_deref()),
        ]
    }
}

/// A wording that may be used once a site has approved it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Its name.
    pub id: EntryId,
    /// What it is for.
    pub kind: MessageKind,
    /// One line for people.
    pub title: String,
    /// For which patients.
    pub segment: Option<SegmentId>,
    /// What to use if it does not get through.
    pub fallback: Option<String>,
    /// Such as `en`.
    pub language: String,
    /// The message that it is a translation of.
    pub translates: Option<EntryId>,
    /// The qualified person who reviewed the translation.
    pub reviewed_by: Option<String>,
    /// The words, with `{site}` and `{phone}` to be filled in.
    pub text: String,
    /// Where this comes from.
    #[serde(flatten)]
    pub origin: Origin,
}

impl Message {
    /// A translation that no qualified person has reviewed: it must not go out.
    #[must_use]
    pub const fn is_unreviewed(&self) -> bool {
        self.translates.is_some() && self.reviewed_by.is_none()
    }
}

/// A page to print and give away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// The name people type.
    pub id: EntryId,
    /// The heading on the page.
    pub title: String,
    /// Who it is for.
    pub audience: Audience,
    /// How it is laid out.
    pub layout: Layout,
    /// Such as `en`.
    pub language: String,
    /// `# heading`, `- item`, paragraphs between empty lines, `{site}` and the like.
    pub text: String,
    /// Where this comes from.
    #[serde(flatten)]
    pub origin: Origin,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over so")]
fn day<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(day)
}

#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands the field over so"
)]
fn maybe_day<S: Serializer>(day: &Option<NaiveDate>, to: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => to.collect_str(day),
        None => to.serialize_none(),
    }
}
