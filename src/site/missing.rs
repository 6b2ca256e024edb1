//! What is not in the file, said by what cannot be done without it.

use super::model::Site;
use crate::playbook::{Role, ServiceId};

/// Something that cannot be done, and what to type so that it can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What is missing and what it is needed for, as a sentence without a full stop.
    pub what: String,
    /// The command that fills it.
    pub fix: String,
}

/// What is missing for the work: the most pressing first. `roles` are those of the playbooks at
/// hand, `services` what those playbooks repair; of no site file, everything is missing.
#[must_use]
pub fn missing(site: Option<&Site>, roles: &[Role], services: &[ServiceId]) -> Vec<Gap> {
    let nothing = Site::default();
    let site = site.unwrap_or(&nothing);
    let mut all = Vec::new();
    if site.name.is_empty() {
        gap(&mut all, "no site name: nobody knows whose incident it is", "site init");
    }
    if site.callback.is_none() {
        gap(
            &mut all,
            "no call-back number: message templates cannot be used",
            "site set callback \"860 555 0100\"",
        );
    }
    for role in roles.iter().filter(|role| role.required) {
        held(site, role, &mut all);
    }
    leaders(site, &mut all);
    for service in services {
        if site.vendors_for(service).all(|vendor| vendor.support.is_none()) {
            let known = site.vendors_for(service).next().is_some();
            let key = if known { "support \"800 555 0130\"" } else { "name \"Company\"" };
            let what = format!("no vendor number for {service}: nobody to call about the repair");
            gap(&mut all, what, format!("site set vendor.{service}.{key}"));
        }
    }
    if all.is_empty() && site.checked.is_none() {
        gap(
            &mut all,
            "nobody has dialed these numbers yet: a wrong one shows only in the outage",
            "site set checked today",
        );
    }
    all
}

fn held(site: &Site, role: &Role, all: &mut Vec<Gap>) {
    let planned = site.for_role(&role.id);
    let id = &role.id;
    let Some(holder) = planned.and_then(|one| one.holder.as_ref()) else {
        let what = format!("nobody is planned as {}: nobody to call for that work", role.title);
        return gap(all, what, format!("site set {id}.holder \"Name\""));
    };
    if holder.phone.is_none() && holder.other.is_none() {
        let what =
            format!("{} has no phone number: no way to reach the {}", holder.name, role.title);
        gap(all, what, format!("site set {id}.phone \"860 555 0100\""));
    }
    if planned.is_some_and(|one| one.deputies.is_empty()) {
        let what = format!("{} has no deputy: nobody steps in at night", role.title);
        gap(all, what, format!("site set {id}.deputy \"Name\""));
    }
}

fn leaders(site: &Site, all: &mut Vec<Gap>) {
    if site.leadership.is_empty() {
        gap(
            all,
            "no leadership: nobody to call when leaders must be told",
            "site set leadership.1.name \"Name\"",
        );
    }
    for (at, leader) in site.leadership.iter().enumerate() {
        if leader.contact.phone.is_none() && leader.contact.other.is_none() {
            let what = format!("{} has no phone number: cannot be told", leader.contact.name);
            gap(all, what, format!("site set leadership.{}.phone \"860 555 0120\"", at + 1));
        }
    }
}

fn gap(all: &mut Vec<Gap>, what: impl Into<String>, fix: impl AsRef<str>) {
    all.push(Gap { what: what.into(), fix: format!("runbook {}", fix.as_ref()) });
}
