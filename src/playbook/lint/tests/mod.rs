//! Each rule on one playbook that nobody objects to (`base.yaml`) with one change: what it says and where,
//! to the column, and the near miss that it must leave alone.

mod accepted;
mod messages;
mod others;
mod steps;

use chrono::NaiveDate;

use super::*;
use crate::playbook::{Rule, builtin};

const BASE: &str = include_str!("base.yaml");

/// One change to the base, and what one rule makes of it.
struct Case {
    rule: Rule,
    from: &'static str,
    to: &'static str,
    /// `line:column message`; nothing for a near miss.
    said: Option<&'static str>,
    /// With a site file that has no deputy for anybody, and this way to reach the lead.
    site: Option<&'static str>,
}

const fn fault(rule: Rule, from: &'static str, to: &'static str, said: &'static str) -> Case {
    Case { rule, from, to, said: Some(said), site: None }
}

const fn miss(rule: Rule, from: &'static str, to: &'static str) -> Case {
    Case { rule, from, to, said: None, site: None }
}

impl Case {
    const fn at_a_site(self) -> Self {
        self.where_the_lead_has("a phone")
    }

    const fn where_the_lead_has(mut self, way: &'static str) -> Self {
        self.site = Some(way);
        self
    }
}

fn caps() -> Vec<(String, u8)> {
    [("sms", 1), ("voicemail", 1), ("email", 3)].map(|(id, cap)| (id.to_owned(), cap)).to_vec()
}

fn day(word: &str) -> NaiveDate {
    word.parse().unwrap()
}

/// The base with one change.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(BASE.matches(from).count(), 1, "{from:?} has to stand in base.yaml once");
    BASE.replacen(from, to, 1)
}

/// What lint says on 25 November 2026, where only ransomware is at hand.
fn linted(source: &str, site: Option<SiteFacts<'_>>) -> Linted {
    let playbooks = ["ransomware".parse().unwrap()];
    lint(
        source,
        &Known { today: day("2026-11-25"), playbooks: Some(&playbooks), caps: &caps(), site },
    )
}

fn lines(linted: &Linted, source: &str) -> Vec<String> {
    let line = |one: &Diagnostic| {
        let place = one.place(source);
        let code = one.rule.map_or("---", Rule::code);
        format!("{}:{} {code} {}", place.line, place.column, one.message)
    };
    linted.findings.iter().map(line).collect()
}

/// Everything that lint says of a playbook, without a site file.
fn said(source: &str) -> Vec<String> {
    lines(&linted(source, None), source)
}

/// A site that plans no deputy, and reaches the lead in this way.
fn hill_street<'w>(lead: &'w RoleId, way: &'w str) -> SiteFacts<'w> {
    SiteFacts {
        name: "Hill Street Clinic",
        phone: Some("860 555 0100"),
        values: &[],
        deputies: Vec::new(),
        without_phone: vec![(lead, way)],
    }
}

fn cases() -> Vec<Case> {
    let mut all = steps::cases();
    all.extend(messages::cases());
    all.extend(others::cases());
    all
}

#[test]
fn nobody_objects_to_the_base() {
    assert_eq!(said(BASE), [""; 0]);
}

#[test]
fn each_rule_says_one_thing_in_its_place_and_nothing_else() {
    let mut wrong = Vec::new();
    for Case { rule, from, to, said, site } in cases() {
        let source = changed(from, to);
        let lead = "lead".parse().unwrap();
        let mut found = lines(&linted(&source, site.map(|way| hill_street(&lead, way))), &source);
        // What a site without deputies hears of the base itself.
        found.retain(|line| site.is_none() || line.contains(rule.code()));
        let expected: Vec<String> = said
            .iter()
            .map(|said| {
                let (place, message) = said.split_once(' ').unwrap();
                format!("{place} {rule} {message}")
            })
            .collect();
        if found != expected {
            wrong.push(format!("{rule}: {from:?} -> {to:?}\n   {found:?}\nnot {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_fault_and_a_near_miss() {
    let all = cases();
    for rule in Rule::ALL.iter().filter(|rule| **rule != Rule::IdleAcceptance) {
        let has =
            |fault: bool| all.iter().any(|one| one.rule == *rule && one.said.is_some() == fault);
        assert!(has(true) && has(false), "{rule}");
    }
}

#[test]
fn shipped_playbooks_are_lint_clean_under_the_strictest_setting() {
    let playbooks: Vec<PlaybookId> = builtin().iter().map(|(id, _)| id.parse().unwrap()).collect();
    for (id, source) in builtin() {
        let known = Known {
            today: day("2026-11-25"),
            playbooks: Some(&playbooks),
            caps: &caps(),
            site: None,
        };
        let found = lint(source, &known);
        assert_eq!(lines(&found, source), [""; 0], "{id}");
        assert!(found.accepted.iter().all(|(_, reason)| reason.len() > 20), "{id}");
    }
}
