//! What a reference file may say, and what the shipped ones promise.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::*;
use crate::playbook::{Candidate, Severity};
use crate::site;

fn sheet(name: &str) -> Sheet {
    let (_, text) = builtin().iter().find(|(id, _)| *id == name).unwrap();
    read(text).unwrap_or_else(|found| panic!("{name}: {found:#?}")).sheet
}

fn shipped() -> Reference {
    let (all, broken) = Reference::of(shelf(Vec::new()));
    assert_eq!(broken, []);
    all
}

fn found(name: &str, text: &str) -> Candidate {
    Candidate { origin: format!("./{name}.yaml"), id: name.to_owned(), text: text.to_owned() }
}

/// What is wrong with a file: line, message and help of each finding, the errors first.
fn wrong(text: &str) -> Vec<(usize, String, Option<String>)> {
    let found = match read(text) {
        Ok(compiled) => compiled.warnings,
        Err(found) => found,
    };
    let place = |one: &crate::playbook::Diagnostic| one.place(text).line;
    found.iter().map(|one| (place(one), one.message.clone(), one.help.clone())).collect()
}

const HEAD: &str = "runbook-reference: 1\ntitle: T\nsource: S\nchecked: 2026-11-25\n";

#[test]
fn every_shipped_file_is_sound_and_says_where_it_comes_from() {
    for (name, text) in builtin() {
        let compiled = read(text).unwrap_or_else(|found| panic!("{name}: {found:#?}"));
        assert_eq!(compiled.warnings, [], "{name}");
        assert!(!compiled.sheet.is_empty() && !compiled.sheet.about.is_empty(), "{name}");
        assert_eq!(compiled.sheet.origins().count(), compiled.sheet.len(), "{name}");
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        assert!(compiled.sheet.oldest().unwrap() >= first, "{name}");
        assert!(is_reference(text), "{name}");
    }
    assert!(crate::playbook::builtin().iter().all(|(_, text)| !is_reference(text)));
}

#[test]
fn six_channels_compared_and_a_level_for_each_that_a_playbook_knows() {
    let channels = sheet("channels");
    let row = |id: &str| channels.channels.iter().find(|row| row.id.as_str() == id).unwrap();
    assert_eq!(channels.channels.len(), 6);
    let sms = row("sms");
    let cells = [&sms.reliability, &sms.speed, &sms.phi_safety, &sms.cost, &sms.best_use];
    assert_eq!(
        cells.map(String::as_str),
        [
            "High (carrier)",
            "Very high",
            "Low (avoid PHI)",
            "Medium",
            "Refill reminders, delivery notices"
        ]
    );
    // The levels are those of the shipped playbooks, whose caps are policy too.
    for (name, text) in crate::playbook::builtin() {
        let book = crate::playbook::compile(text).unwrap().playbook;
        for channel in &book.channels {
            let cap = channels.caps.iter().find(|cap| cap.id.as_str() == channel.id.as_str());
            let cap = cap.unwrap_or_else(|| panic!("{name}: {}", channel.id));
            assert_eq!(cap.phi, channel.phi, "{name}: {}", channel.id);
        }
    }
}

#[test]
fn a_promise_of_so_many_percent_still_allows_so_many_minutes() {
    let levels = sheet("service-levels").service_levels;
    let minutes: Vec<(String, Option<f64>)> = levels
        .iter()
        .map(|one| (one.id.to_string(), one.uptime.map(Uptime::minutes_down_in_30_days)))
        .collect();
    assert_eq!(
        minutes,
        [
            ("microsoft-365".to_owned(), Some(43.2)),
            ("simplymed".to_owned(), Some(4.32)),
            ("google-workspace".to_owned(), Some(43.2)),
            ("aws".to_owned(), Some(21.6)),
            ("on-premise".to_owned(), None),
        ]
    );
    for (share, minutes) in [("100%", 0.0), ("99%", 432.0), ("0%", 43_200.0), ("99.5 %", 216.0)] {
        let text = format!("{HEAD}service_levels:\n  a: {{title: A, uptime: \"{share}\"}}\n");
        let sheet = read(&text).unwrap_or_else(|found| panic!("{share}: {found:#?}")).sheet;
        let uptime = sheet.service_levels[0].uptime.unwrap();
        assert!((uptime.minutes_down_in_30_days() - minutes).abs() < 1e-9, "{share}");
    }
    for share in ["100.01%", "99.999%", "99.9", "%", "-1%", ".5%", "99.%", "most"] {
        let text = format!("{HEAD}service_levels:\n  a: {{title: A, uptime: \"{share}\"}}\n");
        assert_eq!(wrong(&text)[0].1, format!("\"{share}\" is no share of time"));
    }
}

#[test]
fn an_agreement_is_the_sites_own_word() {
    let tools = sheet("backup-tools").tools;
    assert_eq!(tools.len(), 5);
    assert!(tools.iter().all(|tool| tool.agreement.is_none()));
    assert!(sheet("service-levels").service_levels.iter().all(|one| one.agreement.is_none()));
    for name in ["backup-tools", "service-levels"] {
        let (_, text) = builtin().iter().find(|(id, _)| *id == name).unwrap();
        let claims = ["compliant", "certified", "HIPAA: yes", "HIPAA-ready"];
        assert!(claims.iter().all(|claim| !text.contains(claim)), "{name}");
    }
}

#[test]
fn a_proposed_rule_never_passes_for_one_in_force() {
    let rules = sheet("rules").rules;
    let proposed: Vec<&str> = rules
        .iter()
        .filter(|rule| rule.status == RuleStatus::Proposed)
        .map(|rule| rule.id.as_str())
        .collect();
    assert_eq!(proposed, ["restore-72h", "associate-24h", "circia"]);
    assert_eq!(RuleStatus::Proposed.stamp(), Some("PROPOSED, not in force"));
    for (name, text) in builtin() {
        let lower = text.to_lowercase();
        let claim = lower.contains("hipaa requires 72") || lower.contains("hipaa requires a 72");
        assert!(!claim, "{name}");
    }
    for rule in &rules {
        assert!(rule.citation.chars().any(|c| c.is_ascii_digit()), "{}", rule.id);
        let word = rule.text.contains("72 hours");
        assert!(!word || rule.status == RuleStatus::Proposed, "{}", rule.id);
    }
}

#[test]
fn the_clocks_count_what_the_law_counts() {
    let rules = sheet("rules").rules;
    let clock = |id: &str| {
        let rule = rules.iter().find(|rule| rule.id.as_str() == id).unwrap();
        rule.clock.as_ref().map(|clock| clock.unit.count(clock.limit))
    };
    for (id, time) in [
        ("breach-individuals", "60 calendar days"),
        ("texts-stop", "10 business days"),
        ("cii-seven-days", "7 calendar days"),
        ("keep-six-years", "6 years"),
        ("circia", "72 hours"),
    ] {
        assert_eq!(clock(id).as_deref(), Some(time), "{id}");
    }
    assert_eq!(clock("contingency-plan"), None);
    assert_eq!(Unit::Hours.count(1), "1 hour");
}

#[test]
fn a_state_that_nobody_checked_is_absent() {
    let all = shipped();
    let ny = all.state("NY").unwrap();
    assert_eq!(ny.limit.as_deref(), Some("Three days"));
    let ct = all.state("CT").unwrap();
    assert_eq!((ct.emergency_refill.is_some(), ct.unscheduled_closing.is_some()), (false, true));
    assert_eq!(ct.facts().iter().filter(|(_, what)| what.is_some()).count(), 3);
    assert_eq!(all.state("WY"), None);
    let known = sheet("states").states;
    assert_eq!(known.len(), 6);
}

/// The lengths that were measured with a name of 18 and a number of 12 characters.
#[test]
fn nine_text_messages_fit_into_one() {
    let text = "runbook-site: 1\nsite: {name: Riverside Pharmacy, callback: \"860-555-0100\"}\n";
    let site = site::read(text).unwrap().site;
    let all = shipped();
    let sms: Vec<&Message> = all.messages().filter(|one| one.kind == MessageKind::Sms).collect();
    let lengths: Vec<usize> =
        sms.iter().map(|one| site.fill(&one.text).unwrap().chars().count()).collect();
    assert_eq!(lengths, [137, 148, 119, 130, 119, 117, 123, 121, 100]);
    for one in &sms {
        let words = ["{site}", "{phone}", "STOP"];
        assert!(words.iter().all(|word| one.text.contains(word)), "{}", one.id);
        assert!(
            one.text.is_ascii() && one.segment.is_some() && one.fallback.is_some(),
            "{}",
            one.id
        );
    }
    let kinds: BTreeSet<MessageKind> = all.messages().map(|one| one.kind).collect();
    assert_eq!(kinds.len(), MessageKind::ALL.len());
}

#[test]
fn four_documents_for_the_world_outside() {
    let all = shipped();
    let ids: Vec<&str> = all.documents().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["contact-plan", "door-sign", "contact-card", "downtime-instructions"]);
}

#[test]
fn each_fault_is_named_where_it_stands() {
    let rule = "title: R, text: T, citation: C 1";
    for (body, line, message) in [
        ("rules:\n  a: {text: T}\n", 6, "`title` is missing"),
        (&*format!("rules:\n  a: {{{rule}, status: law}}\n"), 6, "there is no status \"law\""),
        (
            &*format!(
                "rules:\n  a: {{{rule}, status: final, clock: {{from: x, limit: 0, unit: days}}}}\n"
            ),
            6,
            "`limit` should be a whole number from 1 to 1000, not \"0\"",
        ),
        (
            &*format!(
                "rules:\n  a: {{{rule}, status: final, clock: {{from: x, limit: 6, unit: moons}}}}\n"
            ),
            6,
            "there is no unit \"moons\"",
        ),
        (
            "states:\n  zz: {citation: C, status: final}\n",
            6,
            "`zz` is no state or territory of the United States",
        ),
        (
            "states:\n  CT: {citation: C, status: final}\n",
            6,
            "`CT` is no state or territory of the United States",
        ),
        (
            "caps:\n  a: {title: A, phi: 4}\n",
            6,
            "`phi` should be a whole number from 0 to 3, not \"4\"",
        ),
        (
            "caps:\n  a: {title: A, phi: 1, phi_then: 2}\n",
            6,
            "`phi_then` and `unless` belong together",
        ),
        ("channels:\n  a: {title: A}\n", 6, "`reliability` is missing"),
        (
            "messages:\n  a: {kind: smoke, title: A, text: T}\n",
            6,
            "there is no kind of message \"smoke\"",
        ),
        (
            "messages:\n  a: {kind: sms, title: A, text: T, language: English}\n",
            6,
            "\"English\" is no language",
        ),
        (
            "messages:\n  a: {kind: sms, title: A, text: T, translates: b}\n",
            6,
            "there is no other message \"b\" here",
        ),
        (
            "documents:\n  a: {title: A, audience: dogs, text: T}\n",
            6,
            "there is no audience \"dogs\"",
        ),
        (
            "tools:\n  A B: {title: A, benefits: B, best_use: C}\n",
            6,
            "\"A B\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit",
        ),
        ("chanels: {}\n", 5, "the key `chanels` is not known here"),
    ] {
        let text = format!("{HEAD}{body}");
        let found = wrong(&text);
        assert_eq!(
            found.first().map(|(line, message, _)| (*line, message.as_str())),
            Some((line, message)),
            "{text}\n{found:#?}"
        );
        assert!(read(&text).is_err(), "{text}");
    }
}

#[test]
fn an_entry_without_source_or_day_is_refused() {
    let text =
        "runbook-reference: 1\ntitle: T\ntools:\n  a: {title: A, benefits: B, best_use: C}\n";
    let messages: Vec<String> = wrong(text).into_iter().map(|(_, message, _)| message).collect();
    assert_eq!(messages, ["`source` is missing", "`checked` is missing"]);
    let own = text.replace("C}", "C, source: S, checked: 2026-01-02}");
    let origin = &read(&own).unwrap().sheet.tools[0].origin;
    assert_eq!((origin.source.as_str(), origin.checked.to_string().as_str()), ("S", "2026-01-02"));
}

#[test]
fn a_translation_wants_a_reviewer() {
    let text = format!(
        "{HEAD}messages:\n  a: {{kind: sms, title: A, text: T}}\n  \
         b: {{kind: sms, title: A, text: T, language: es, translates: a}}\n"
    );
    let compiled = read(&text).unwrap();
    assert_eq!(compiled.warnings.len(), 1);
    assert_eq!(compiled.warnings[0].severity, Severity::Warning);
    assert!(compiled.sheet.messages[1].is_unreviewed());
    let reviewed = read(&text.replace("translates: a", "translates: a, reviewed_by: Q. Person"));
    let reviewed = reviewed.unwrap();
    assert_eq!(reviewed.warnings, []);
    assert!(!reviewed.sheet.messages[1].is_unreviewed());
}

#[test]
fn a_newer_or_empty_file_says_so() {
    for (text, message) in [
        ("", "the file is empty"),
        ("title: T\n", "`runbook-reference` is missing"),
        (
            "runbook-reference: 2\nwhatever: 1\n",
            "this reference file needs a newer runbook: this one reads format 1",
        ),
        ("runbook-reference: one\ntitle: T\n", "`runbook-reference` is the number of the format"),
        ("runbook-reference: 1\ntitle: T\n", "this file holds no entry"),
    ] {
        assert_eq!(wrong(text)[0].1, message, "{text:?}");
    }
}

#[test]
fn the_sites_own_copy_takes_the_place_of_the_shipped_one() {
    let own = format!("{HEAD}caps:\n  pager: {{title: Pager, phi: 1}}\n");
    let more =
        format!("{HEAD}rules:\n  ours: {{title: R, text: T, citation: C 1, status: unchecked}}\n");
    let (all, broken) = Reference::of(shelf(vec![
        found("channels", &own),
        found("channels", "never looked at"),
        found("our-rules", &more),
    ]));
    assert_eq!(broken, []);
    let names: Vec<&str> = all.files.iter().map(|file| file.name.as_str()).collect();
    let shipped: Vec<&str> = builtin().iter().map(|(name, _)| *name).collect();
    assert_eq!(names[..7], shipped[..]);
    assert_eq!(names[7..], ["our-rules"]);
    assert_eq!(all.caps().map(|cap| cap.id.as_str()).collect::<Vec<_>>(), ["pager"]);
    assert_eq!(all.channels().count(), 0);
    assert_eq!(all.file("channels").unwrap().origin, "./channels.yaml");
    assert!(all.rules().any(|rule| rule.id.as_str() == "ours"));
}

#[test]
fn a_broken_copy_gives_its_place_back() {
    let (all, broken) = Reference::of(shelf(vec![found("channels", "tools: ["), found("x", "y")]));
    assert_eq!(all, shipped());
    let names: Vec<&str> = broken.iter().map(|one| one.found.id.as_str()).collect();
    assert_eq!(names, ["channels", "x"]);
    assert!(broken.iter().all(|one| !one.why.is_empty()));
}
