//! Whether the people of the file are who they seem: one person under two spellings, one person in
//! many roles, a role that nobody steps in for. Advice, never an error.

use std::collections::BTreeMap;

use super::model::{Reachable, Site, Spot, Standing};
use crate::engine::{bare_name, likely_same};
use crate::playbook::reading::{Findings, Span, quoted};

/// In more roles than this one person cannot work at once.
const MANY_ROLES: usize = 2;

/// How many people are compared with each other.
const MAX_COMPARED: usize = 200;

/// Everything that is doubtful about the people of a file.
pub(super) fn doubts(site: &Site, findings: &mut Findings<'_>) {
    two_spellings(site, findings);
    many_roles(site, findings);
    nobody_steps_in(site, findings);
    if site.callback.is_none() && !site.name.is_empty() {
        let help = "write `callback: \"860 555 0100\"`: the number patients call back";
        findings.warn(span(&site.spot), "there is no `callback`: templates cannot be used", help);
    }
}

fn two_spellings(site: &Site, findings: &mut Findings<'_>) {
    let people: Vec<Reachable<'_>> = site.people().take(MAX_COMPARED).collect();
    for (at, later) in people.iter().enumerate() {
        let name = later.contact.name.as_str();
        let earlier = people.iter().take(at).map(|one| one.contact);
        // One finding for one name: the first that looks like it.
        let mut other = earlier.filter(|one| one.name != later.contact.name);
        let Some((first, why)) = other.find_map(|one| alike(later, one).map(|why| (one, why)))
        else {
            continue;
        };
        let said = people.iter().take(at).any(|one| one.contact.name == later.contact.name);
        if said {
            continue;
        }
        let line = findings.line_of(first.spot.0.start);
        let message =
            format!("{} and {} on {line} {why}", quoted(name), quoted(first.name.as_str()));
        let help = "write the name the same way everywhere, or correct the number";
        findings.warn(span(&later.contact.spot), message, help);
    }
}

/// Why two names look like one person.
fn alike(one: &Reachable<'_>, other: &super::model::Contact) -> Option<&'static str> {
    let (a, b) = (one.contact.name.as_str(), other.name.as_str());
    if likely_same(&one.contact.name, &other.name) {
        let bare = bare_name(a) == bare_name(b);
        return Some(if bare {
            "are one name in two spellings"
        } else {
            "differ by one letter: are they one person?"
        });
    }
    let (phone, number) = (one.contact.phone.as_ref()?, other.phone.as_ref()?);
    phone.same_line(number).then_some("have the same phone number")
}

fn many_roles(site: &Site, findings: &mut Findings<'_>) {
    let mut by_name: BTreeMap<String, Vec<Reachable<'_>>> = BTreeMap::new();
    for one in site.people() {
        if matches!(one.standing, Standing::Holder(_)) {
            by_name.entry(bare_name(one.contact.name.as_str())).or_default().push(one);
        }
    }
    for posts in by_name.values().filter(|posts| posts.len() > MANY_ROLES) {
        let names: Vec<&str> = posts
            .iter()
            .filter_map(|one| match one.standing {
                Standing::Holder(role) => Some(role.as_str()),
                Standing::Deputy(_) | Standing::Leader(_) => None,
            })
            .collect();
        let Some(first) = posts.first() else { continue };
        let name = quoted(first.contact.name.as_str());
        let message = format!("{name} holds {} roles: {}", posts.len(), names.join(", "));
        let help = "plan other people for some of them: one person does one thing at a time";
        findings.warn(span(&first.contact.spot), message, help);
    }
}

fn nobody_steps_in(site: &Site, findings: &mut Findings<'_>) {
    for one in site.roles.iter().filter(|one| one.deputies.is_empty() && one.holder.is_some()) {
        let message = format!("{} has no deputy", one.role);
        let help = "write `deputies:` with somebody who steps in at night and on holidays";
        findings.warn(span(&one.spot), message, help);
    }
}

fn span(spot: &Spot) -> Span {
    Span { start: spot.0.start, end: spot.0.end }
}
