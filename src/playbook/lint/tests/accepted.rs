//! What a file accepts, and what it cannot.

use super::*;

/// The base without an approval and with a role that has nothing to do; `accept` goes in front.
fn source(accept: &str) -> String {
    let bare = BASE.replace("    approved: {by: Ana Diaz, on: 2026-06-01}\n", "");
    let idle = "tech: {title: Tech}\n  scribe: {title: Scribe, required: true}\n";
    format!("accept: [{accept}]\n{}", bare.replace("tech: {title: Tech}\n", idle))
}

const IDLE: &str = "11:3 R01 role \"scribe\" is required and has nothing to do";
const BARE: &str = "26:3 M01 nobody approved template \"two\"";

#[test]
fn an_acceptance_takes_the_findings_of_one_rule_at_one_place() {
    assert_eq!(said(&source("")), [IDLE, BARE]);
    for (accept, left, taken) in [
        ("{rule: R01, at: scribe, reason: Later}", vec![BARE], vec!["Later"]),
        ("{rule: M01, at: two, reason: Later}", vec![IDLE], vec!["Later"]),
        ("{rule: M01, at: \"*\", reason: All}", vec![IDLE], vec!["All"]),
        ("{rule: M01, at: two, version: \"7\", reason: Now}", vec![IDLE], vec!["Now"]),
        (
            "{rule: M01, at: two, reason: A}, {rule: R01, at: scribe, reason: B}",
            vec![],
            vec!["B", "A"],
        ),
    ] {
        let source = source(accept);
        let found = linted(&source, None);
        assert_eq!(lines(&found, &source), left, "{accept}");
        let reasons: Vec<&str> = found.accepted.iter().map(|(_, reason)| reason.as_str()).collect();
        assert_eq!(reasons, taken, "{accept}");
    }
}

#[test]
fn an_acceptance_that_accepts_nothing_is_a_finding() {
    for (accept, message) in [
        ("{rule: M01, at: one, reason: R}", "M01 finds nothing at \"one\" to accept"),
        ("{rule: P03, at: \"*\", reason: R}", "P03 finds nothing at \"*\" to accept"),
        ("{rule: Z99, at: two, reason: R}", "this runbook has no rule Z99"),
        ("{rule: E01, at: two, reason: R}", "E01 cannot be accepted"),
        ("{rule: A01, at: two, reason: R}", "A01 cannot be accepted"),
        (
            "{rule: R01, at: \"*\", reason: R}",
            "R01 is accepted place by place, not everywhere at once",
        ),
        ("{rule: P03, at: back, reason: R}", "P03 is about the playbook as a whole"),
        (
            "{rule: M01, at: two, version: \"6\", reason: R}",
            "this was accepted for version 6, and this is 7",
        ),
    ] {
        let found = said(&source(accept));
        assert_eq!(found, [&format!("1:17 A01 {message}"), IDLE, BARE], "{accept}");
    }
    // The second of two that say the same has nothing left to accept.
    let twice = "{rule: M01, at: two, reason: R}, {rule: M01, at: two, reason: R}";
    assert_eq!(said(&source(twice)), ["1:50 A01 M01 finds nothing at \"two\" to accept", IDLE]);
    // The nearer of two that fit takes it.
    let both = "{rule: M01, at: two, reason: R}, {rule: M01, at: \"*\", reason: R}";
    assert_eq!(said(&source(both)), ["1:50 A01 M01 finds nothing at \"*\" to accept", IDLE]);
}

#[test]
fn an_acceptance_has_a_rule_a_place_and_a_reason() {
    for (accept, expected) in [
        ("{at: two, reason: R}", "1:10 --- `rule` is missing"),
        ("{rule: M01, reason: R}", "1:10 --- `at` is missing"),
        ("{rule: M01, at: two}", "1:10 --- `reason` is missing"),
        ("{rule: M01, at: two, reason: ''}", "1:39 --- `reason` is empty"),
        (
            "{rule: not-approved, at: two, reason: R}",
            "1:17 --- \"not-approved\" is no code of a rule",
        ),
        ("{rule: m01, at: two, reason: R}", "1:17 --- \"m01\" is no code of a rule"),
        ("{rule: M01, at: Two, reason: R}", "1:26 --- \"Two\" is no place"),
    ] {
        assert_eq!(said(&source(accept)), [expected], "{accept}");
    }
    let found = linted(&source("{rule: not-approved, at: two, reason: R}"), None);
    assert_eq!(found.findings[0].help.as_deref(), Some("write M01"));
}

#[test]
fn a_file_with_errors_gets_no_advice() {
    let source = source("").replace("needs: [look]", "needs: [lok]");
    assert_eq!(said(&source), ["61:17 --- step \"lok\" is not defined"]);
}

#[test]
fn every_acceptance_of_a_rule_is_what_its_table_says() {
    // What may be accepted everywhere is what a site decides for itself, and nothing else.
    let wide = |rule: &&Rule| rule.about().acceptance == crate::playbook::Acceptance::Everywhere;
    assert_eq!(Rule::ALL.iter().filter(wide).collect::<Vec<_>>(), [&Rule::NotApproved]);
}
