//! What makes a site file unusable: one fault, one finding.

use super::*;
use crate::playbook::Severity;

/// All findings as `line:column message | help`.
fn findings(text: &str) -> Vec<String> {
    let Err(found) = read(text) else { return Vec::new() };
    assert!(found.iter().any(|one| one.severity == Severity::Error));
    let shown = |one: Diagnostic| {
        let place = one.place(text);
        let help = one.help.unwrap_or_default();
        format!("{}:{} {} | {help}", place.line, place.column, one.message)
    };
    found.into_iter().map(shown).collect()
}

use crate::playbook::Diagnostic;

#[test]
fn each_fault_is_said_once_with_its_place_and_a_way_out() {
    for (lines, expected) in [
        ("role: {}", "3:1 the key `role` is not known here | did you mean `roles`?"),
        ("roles: []", "3:8 `roles` should be a map of keys, not a list | "),
        (
            "roles: {it-lead: {}}",
            "3:9 `it-lead` names nobody | write `holder:` below it, or delete the role",
        ),
        ("roles: {it-lead: {holder: Ana}}", "3:27 `holder` should be a map of keys, not a text | "),
        ("roles: {it-lead: {holder: {phone: \"911\"}}}", "3:19 `name` is missing | "),
        (
            "roles: {it-lead: {holder: {name: \"\"}}}",
            "3:34 `name` is empty | write a value, or leave the key out",
        ),
        (
            "roles: {IT Lead: {holder: {name: Ana}, deputies: [{name: B}]}}",
            "3:9 \"IT Lead\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit | write it-lead",
        ),
        (
            "leadership: [{name: Ana, phone: 860 555-HELP}]",
            "3:33 \"860 555-HELP\" cannot be dialed: it holds letters, and phone numbers are dialed from a keypad | write 860 555-4357",
        ),
        (
            "leadership: [{name: Ana, phone: \"12\"}]",
            "3:33 \"12\" cannot be dialed: it has too few digits: a phone number has 3 to 15 | write the number as you dial it, such as \"860 555 0100\"",
        ),
        (
            "policy: {tabletop: 3 weeks}",
            "3:20 \"3 weeks\" is not how often something is due | write 90 days, 3 months or waived",
        ),
        ("vendors: {}", "3:10 `vendors` should be a list, not a map of keys | "),
        (
            "vendors: [{name: M, for: [email, email]}]",
            "3:34 \"email\" stands in this list twice | delete one of them",
        ),
        (
            "vendors: [{name: M, agreement: {kind: BAA, on: 2026-03-01, until: 2025-03-01}}]",
            "3:67 the agreement ends on 2025-03-01, before it was signed on 2026-03-01 | check both days",
        ),
        (
            "expiries: [{what: cert, on: 2027-1-31}]",
            "3:29 \"2027-1-31\" is not a day | write it as YYYY-MM-DD, such as 2027-05-31",
        ),
        ("expiries: [{what: cert}]", "3:12 `on` is missing | "),
        ("values: {site: R}", "3:10 {site} is filled from `name` under `site` | delete this value"),
        (
            "values: {hours: &a 8}",
            "3:17 anchors (`&`) are not allowed | put a value that starts with `&` in double quotes",
        ),
        (
            "site: {name: B}",
            "3:1 the key `site` stands here twice | the first one is on line 2: keep one of them",
        ),
        (
            "values: {a: \"\\e\"}",
            "3:13 this text holds the unprintable character U+001B | delete the escape",
        ),
        (
            "---",
            "3:1 a second document starts here | delete the line `---`: there is one site file for one site",
        ),
    ] {
        assert_eq!(findings(&with(lines)), [expected], "{lines}");
    }
}

#[test]
fn the_head_is_checked() {
    for (text, expected) in [
        ("", "1:1 the file is empty | start with `runbook-site: 1`"),
        (
            "site: {name: R, callback: \"911\"}",
            "1:1 `runbook-site` is missing | write `runbook-site: 1` on top",
        ),
        (
            "runbook-site: one\nsite: {name: R, callback: \"911\"}",
            "1:15 `runbook-site` is the number of the format | write `runbook-site: 1`",
        ),
        (
            "runbook-site: 2\nnew: x",
            "1:15 this site file needs a newer runbook: this one reads format 1 | install a newer runbook",
        ),
        ("runbook-site: 1", "1:1 `site` is missing | "),
        ("runbook-site: 1\nsite: {callback: \"911\"}", "2:1 `name` is missing | "),
        (
            "runbook-site: 1\nsite: {name: R, state: ct, callback: \"911\"}",
            "2:24 \"ct\" is no state or territory of the United States | write CT",
        ),
        (
            "runbook-site: 1\nsite: {name: R, state: Connecticut, callback: \"911\"}",
            "2:24 \"Connecticut\" is no state or territory of the United States | write the two letters of the post, such as CT",
        ),
    ] {
        assert_eq!(findings(text), [expected], "{text}");
    }
}

#[test]
fn several_faults_are_said_at_once_in_the_order_of_the_file() {
    let found = findings("runbook-site: 1\nsite: {nam: R, state: XX}\nrolse: {}\n");
    let places: Vec<&str> = found.iter().filter_map(|one| one.split(' ').next()).collect();
    assert_eq!(places, ["2:8", "2:23", "3:1"]);
}

#[test]
fn a_name_that_is_too_long_or_a_file_that_is_too_large_is_refused() {
    let long = format!("leadership: [{{name: {}}}]", "a".repeat(81));
    assert_eq!(findings(&with(&long)).len(), 1);
    let large = format!("{}#{}", with(""), "a".repeat(MAX_SIZE));
    assert!(findings(&large)[0].contains("a site file has at most 262144"));
    let deep = with(&format!("values: {}", "[".repeat(40)));
    assert!(findings(&deep)[0].contains("a site file needs about five levels"));
}

#[test]
fn what_kind_of_place_it_is_takes_the_words_of_the_rules() {
    for (lines, expected) in [
        (
            "kind: hospital",
            "4:9 \"hospital\" is no kind of place known here | write one of inpatient, outpatient, pharmacy, other",
        ),
        (
            "exercise-year: 2026-07-01",
            "4:18 \"2026-07-01\" is no day of a year | write month and day, such as 07-01",
        ),
    ] {
        let text = format!("runbook-site: 1\nsite:\n  name: A\n  {lines}\n");
        assert_eq!(findings(&text), [expected], "{lines}");
    }
}
