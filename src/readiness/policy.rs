//! What is asked of a site, as data: `policy.json`.

use serde::{Deserialize, Deserializer};

use crate::engine::{Day, ExerciseType};
use crate::reference::{self, Reference};
use crate::site::{Facility, Pace, Site};

/// Everything that is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    #[serde(rename = "format")]
    _format: u32,
    #[serde(rename = "about")]
    _about: String,
    /// The day somebody last looked at the sources.
    pub checked: Option<Day>,
    /// What is too short to be an exercise.
    pub least: Least,
    /// Exercises by the site's own policy.
    pub exercises: Vec<Rule>,
    /// What is kept up to date by the site's own policy.
    pub upkeep: Vec<Rule>,
    /// Exercises by law.
    pub law: Vec<Law>,
}

/// How long an exercise takes by the real clock, so that it counts. House policy, not law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub struct Least {
    /// In minutes: less is practice.
    pub minutes: u32,
    /// In minutes: a functional or full-scale exercise that took less counts as a tabletop.
    pub operations: u32,
}

/// Something that is due again and again.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The name in the site file's `policy:`.
    pub id: String,
    /// What, in words.
    pub title: String,
    /// How often.
    #[serde(deserialize_with = "pace")]
    pub every: Pace,
    /// How many days before the end it is said.
    pub soon: u32,
    /// Of exercises: it holds for each playbook on its own.
    #[serde(default)]
    pub per_playbook: bool,
    /// Of exercises: the types that count. A smaller one never counts for a larger one.
    #[serde(default, deserialize_with = "types")]
    pub counts: Vec<ExerciseType>,
    /// Where it comes from.
    pub source: String,
    /// The site has a pace of its own.
    #[serde(skip)]
    pub own: bool,
}

/// What CMS asks of one kind of provider.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Its name.
    pub id: String,
    /// Of whom.
    #[serde(deserialize_with = "facility")]
    pub facility: Facility,
    /// The name of the rule in the reference data, which says where it stands in the law.
    pub reference: String,
    /// What the reference data says of it.
    #[serde(skip)]
    pub citation: Option<Citation>,
    /// In every so many years one full-scale or functional exercise.
    pub full_scale_every: u32,
    /// When one of choice is due as well.
    pub choice: Choice,
    /// The types that count as full-scale or functional.
    #[serde(deserialize_with = "types")]
    pub full_scale: Vec<ExerciseType>,
    /// The types that count as the exercise of choice.
    #[serde(deserialize_with = "types")]
    pub of_choice: Vec<ExerciseType>,
}

/// Where a rule stands in the law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Such as 42 CFR 482.15(d)(2).
    pub citation: String,
    /// `final` or `proposed`.
    pub status: &'static str,
    /// The day somebody last looked at the source.
    pub checked: Day,
}

/// When an exercise of choice is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Every year, besides the other one.
    EveryYear,
    /// In the years in which the other one is not due.
    YearsBetween,
}

/// By which rule something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// The site's policy, as shipped or its own.
    Policy {
        /// How often.
        every: Pace,
        /// The site file says so.
        own: bool,
    },
    /// The date stands where the thing itself stands: a playbook, a template, the site file.
    Dated(&'static str),
    /// A rule of law; where it stands is absent if the reference data does not have it.
    Law(Option<Citation>),
}

impl std::fmt::Display for Basis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Policy { every, own: false } => write!(f, "site policy, every {every}"),
            Self::Policy { every, own: true } => {
                write!(f, "site policy, every {every} (site file)")
            }
            Self::Dated(what) => f.write_str(what),
            Self::Law(Some(Citation { citation, status, checked })) => {
                write!(f, "{citation} ({status}, checked {checked})")
            }
            Self::Law(None) => f.write_str("a rule of CMS that the reference data does not have"),
        }
    }
}

/// The shipped policy with the site's own paces in it, and with the citations of the reference data.
/// What a site waived stays in it as [`Pace::Waived`], so that it can be said.
#[must_use]
pub fn policy(site: Option<&Site>, reference: &Reference) -> Policy {
    let mut policy = shipped();
    for law in &mut policy.law {
        let rule = reference.rules().find(|rule| rule.id.as_str() == law.reference);
        law.citation = rule.and_then(Citation::of);
    }
    let Some(site) = site else { return policy };
    for rule in policy.exercises.iter_mut().chain(&mut policy.upkeep) {
        if let Some(own) = site.policy.iter().find(|one| one.what == rule.id) {
            (rule.every, rule.own) = (own.pace, true);
        }
    }
    policy
}

fn shipped() -> Policy {
    // A test reads it: what is shipped can be read.
    serde_json::from_str(include_str!("policy.json")).unwrap_or_default()
}

impl Policy {
    /// Every name that a site file may give a pace of its own.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.exercises.iter().chain(&self.upkeep).map(|rule| rule.id.as_str())
    }

    /// The rule of this name, unless the site waived it.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        let rule = self.exercises.iter().chain(&self.upkeep).find(|rule| rule.id == id)?;
        (rule.every != Pace::Waived).then_some(rule)
    }

    /// What CMS asks of this kind of place.
    #[must_use]
    pub fn law(&self, facility: Facility) -> Option<&Law> {
        self.law.iter().find(|law| law.facility == facility)
    }
}

impl Rule {
    /// The day on which it is due again after this one, and the day from which that is said.
    #[must_use]
    pub fn after(&self, day: Day) -> Option<(Day, Day)> {
        let due = match self.every {
            Pace::Waived => return None,
            Pace::Days(days) => day.plus_days(days),
            Pace::Months(months) => day.plus_months(months),
        };
        Some((due, due.minus_days(self.soon).unwrap_or(due)))
    }

    /// By which rule.
    #[must_use]
    pub const fn basis(&self) -> Basis {
        Basis::Policy { every: self.every, own: self.own }
    }
}

impl Law {
    /// By which rule.
    #[must_use]
    pub fn basis(&self) -> Basis {
        Basis::Law(self.citation.clone())
    }
}

impl Citation {
    fn of(rule: &reference::Rule) -> Option<Self> {
        let (citation, status) = (rule.citation.clone(), rule.status.word());
        Some(Self { citation, status, checked: Day::of(rule.origin.checked)? })
    }
}

fn pace<'de, D: Deserializer<'de>>(from: D) -> Result<Pace, D::Error> {
    let word = String::deserialize(from)?;
    Pace::parse(&word).ok_or_else(|| serde::de::Error::custom("not how often something is due"))
}

fn types<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<ExerciseType>, D::Error> {
    let words = Vec::<String>::deserialize(from)?;
    let found = words.iter().map(|word| ExerciseType::from_word(word)).collect();
    let found: Option<Vec<ExerciseType>> = found;
    found.ok_or_else(|| serde::de::Error::custom("not a type of exercise"))
}

fn facility<'de, D: Deserializer<'de>>(from: D) -> Result<Facility, D::Error> {
    let word = String::deserialize(from)?;
    Facility::from_word(&word).ok_or_else(|| serde::de::Error::custom("not a kind of place"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_can_be_read_and_every_rule_says_where_it_comes_from() {
        let policy: Policy = serde_json::from_str(include_str!("policy.json")).unwrap();
        assert!(policy.checked.is_some());
        let names: Vec<&str> = policy.names().collect();
        assert_eq!(
            names,
            [
                "small-tabletop",
                "tabletop",
                "full-scale",
                "playbook-exercised",
                "training",
                "channel-test",
                "restore-test",
                "binder-printed",
                "contacts",
                "template-approval",
                "plan-90-days",
            ]
        );
        assert!(policy.exercises.iter().chain(&policy.upkeep).all(|rule| !rule.source.is_empty()));
    }

    #[test]
    fn every_law_is_cited_by_the_reference_data() {
        let (reference, _) = Reference::of(reference::shelf(Vec::new()));
        let policy = policy(None, &reference);
        assert_eq!(policy.law.len(), 2);
        for law in &policy.law {
            let basis = law.basis().to_string();
            assert!(basis.contains("42 CFR") && basis.contains("(final, checked 20"), "{basis}");
        }
        let nothing = super::policy(None, &Reference::default());
        let basis = nothing.law[0].basis().to_string();
        assert_eq!(basis, "a rule of CMS that the reference data does not have");
    }

    #[test]
    fn a_tabletop_counts_for_nothing_larger() {
        let policy = policy(None, &Reference::default());
        let full = policy.rule("full-scale").unwrap();
        assert_eq!(full.counts, [ExerciseType::FullScale]);
        for law in &policy.law {
            assert_eq!(law.full_scale, [ExerciseType::Functional, ExerciseType::FullScale]);
            assert!(!law.of_choice.contains(&ExerciseType::SmallTabletop));
        }
    }

    #[test]
    fn a_site_has_its_own_pace_or_none() {
        let text = "runbook-site: 1\nsite:\n  name: A\npolicy:\n  tabletop: 2 months\n  training: waived\n";
        let site = crate::site::read(text).unwrap().site;
        let policy = policy(Some(&site), &Reference::default());
        let tabletop = policy.rule("tabletop").unwrap();
        assert_eq!(tabletop.basis().to_string(), "site policy, every 2 months (site file)");
        assert!(policy.rule("training").is_none());
        let day = Day::parse("2026-12-31").unwrap();
        let (due, soon) = tabletop.after(day).unwrap();
        assert_eq!((due.to_string(), soon.to_string()), ("2027-02-28".into(), "2027-02-14".into()));
    }
}
