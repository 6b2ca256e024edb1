//! The room from outside: text in, a site or findings out.

mod change;
mod people;
mod wrong;

use super::*;

/// Everything the format knows, once.
const FULL: &str = include_str!("full.yaml");

fn site(text: &str) -> Site {
    match read(text) {
        Ok(compiled) => compiled.site,
        Err(found) => panic!("{found:#?}"),
    }
}

/// A file with these lines below the head.
fn with(lines: &str) -> String {
    format!("runbook-site: 1\nsite: {{name: Riverside, callback: \"860 555 0100\"}}\n{lines}\n")
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn role(id: &str, required: bool) -> crate::playbook::Role {
    let (title, duty) = (id.to_uppercase(), String::new());
    crate::playbook::Role { id: id.parse().unwrap(), title, duty, required, hics: None }
}

#[test]
fn every_key_of_the_format_is_read() {
    let compiled = read(FULL).unwrap();
    assert_eq!(compiled.warnings, []);
    let site = compiled.site;
    assert_eq!((site.name.as_str(), site.state.as_deref()), ("Riverside Pharmacy", Some("CT")));
    assert_eq!(site.callback.as_ref().unwrap().as_str(), "+1 860 555 0100");
    assert_eq!(site.public_phone.as_ref().unwrap().as_str(), "860 555 0101");
    assert_eq!(site.checked, Some(day("2026-11-01")));
    let lead = site.for_role(&"incident-lead".parse().unwrap()).unwrap();
    let holder = lead.holder.as_ref().unwrap();
    assert_eq!((holder.name.as_str(), holder.other.as_deref()), ("Ana Diaz", Some("pager 17")));
    assert_eq!(lead.deputies[0].phone.as_ref().unwrap().as_str(), "860 555 0112");
    assert_eq!(site.leadership[0].title.as_deref(), Some("Chief executive"));
    let vendor = &site.vendors[0];
    assert_eq!(vendor.services, ["email".parse().unwrap()]);
    assert_eq!(vendor.agreement.as_ref().unwrap().until, Some(day("2027-03-01")));
    assert_eq!(site.expiries[0].on, day("2027-01-31"));
    assert_eq!(site.values, [("hours".to_owned(), "8am-8pm".to_owned())]);
    let bytes = holder.spot.bytes();
    assert_eq!(&FULL[bytes], "Ana Diaz");
}

#[test]
fn only_the_head_and_the_name_have_to_be_there() {
    let compiled = read("runbook-site: 1\nsite: {name: Riverside}\n").unwrap();
    assert_eq!(compiled.site.name, "Riverside");
    assert_eq!(compiled.warnings.len(), 1);
    assert!(compiled.warnings[0].message.contains("templates cannot be used"));
    assert_eq!(site("\u{feff}runbook-site: 1\r\nsite:\r\n  name: R\r\n").name, "R");
}

#[test]
fn a_slip_on_one_line_hides_no_number_on_another() {
    let broken = FULL.replace("860 555 0112", "call Ben").replace("state: CT", "stat: CT");
    assert!(read(&broken).is_err());
    let rest = salvage(&broken).unwrap();
    assert_eq!(rest.people().count(), 3);
    assert_eq!(rest.people().filter(|one| one.contact.phone.is_some()).count(), 2);
    assert_eq!(salvage("runbook-site: 1\nsite: [\n"), None);
    assert_eq!(salvage(""), None);
}

#[test]
fn what_is_missing_is_said_by_what_cannot_be_done() {
    let roles = [role("it-lead", true), role("scribe", false)];
    let services = ["email".parse().unwrap()];
    let said = |site: Option<&Site>| -> Vec<String> {
        missing(site, &roles, &services).into_iter().map(|gap| gap.what).collect()
    };
    assert_eq!(said(None).len(), 5);
    let empty = site("runbook-site: 1\nsite: {name: R}");
    assert_eq!(
        said(Some(&empty)),
        [
            "no call-back number: message templates cannot be used",
            "nobody is planned as IT-LEAD: nobody to call for that work",
            "no leadership: nobody to call when leaders must be told",
            "no vendor number for email: nobody to call about the repair",
        ]
    );
    let half = site(&with(
        "roles: {it-lead: {holder: {name: Ivo}}}\nleadership: [{name: Carla}]\nvendors: [{name: M, for: email}]",
    ));
    let gaps = missing(Some(&half), &roles, &services);
    let fixes: Vec<&str> = gaps.iter().map(|gap| gap.fix.as_str()).collect();
    assert_eq!(
        fixes,
        [
            "runbook site set it-lead.phone \"860 555 0100\"",
            "runbook site set it-lead.deputy \"Name\"",
            "runbook site set leadership.1.phone \"860 555 0120\"",
            "runbook site set vendor.email.support \"800 555 0130\"",
        ]
    );
    assert!(missing(Some(&site(FULL)), &[], &services).is_empty());
}
