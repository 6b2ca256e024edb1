//! What takes the playbooks and the day to see: roles that no playbook knows, numbers that nobody
//! dialed for months, agreements and certificates that run out.

use std::ops::Range;

use chrono::NaiveDate;

use super::model::Site;
use crate::playbook::reading::{closest, quoted};
use crate::playbook::{Diagnostic, RoleId, Severity};

/// After this many days somebody should dial the numbers again.
pub const STALE_AFTER: i64 = 90;

/// What ends within this many days is said beforehand.
pub const SOON: u32 = 30;

/// How many names a suggestion may look at.
const MAX_NAMES: usize = 10_000;

/// Warnings about a file that can be used, in the order of the file. `roles` are the roles that any
/// playbook at hand knows; with none of them no role is doubted.
#[must_use]
pub fn check(site: &Site, roles: &[RoleId], today: NaiveDate) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    unknown_roles(site, roles, &mut all);
    dialed(site, today, &mut all);
    for vendor in &site.vendors {
        let Some(agreement) = &vendor.agreement else { continue };
        let Some(until) = agreement.until else { continue };
        let what = format!("{} with {}", agreement.kind, vendor.name);
        ends(&what, until, today, agreement.spot.bytes(), &mut all);
    }
    for expiry in &site.expiries {
        ends(&expiry.what, expiry.on, today, expiry.spot.bytes(), &mut all);
    }
    all.sort_by_key(|one| one.span.start);
    all
}

fn unknown_roles(site: &Site, roles: &[RoleId], all: &mut Vec<Diagnostic>) {
    if roles.is_empty() {
        return;
    }
    let mut budget = MAX_NAMES;
    for one in site.roles.iter().filter(|one| !roles.contains(&one.role)) {
        let word = one.role.as_str();
        let near = closest(word, roles.iter().map(RoleId::as_str), &mut budget);
        let help = near.map_or_else(
            || {
                let names: Vec<&str> = roles.iter().map(RoleId::as_str).collect();
                format!("the roles are {}", names.join(", "))
            },
            |near| format!("did you mean {}?", quoted(near)),
        );
        let message = format!("no playbook has the role {}", quoted(word));
        warn(all, one.spot.bytes(), message, help);
    }
}

fn dialed(site: &Site, today: NaiveDate, all: &mut Vec<Diagnostic>) {
    let Some(checked) = site.checked else { return };
    let days = (today - checked).num_days();
    let help = format!("dial every number once, then write `checked: {today}`");
    if days < 0 {
        let message = format!("`checked` says {checked}, and today is {today}");
        warn(all, site.checked_spot.bytes(), message, help);
    } else if days > STALE_AFTER {
        let message = format!("nobody has dialed these numbers for {days} days");
        warn(all, site.checked_spot.bytes(), message, help);
    }
}

/// Says that something has ended or soon will.
fn ends(
    what: &str,
    until: NaiveDate,
    today: NaiveDate,
    span: Range<usize>,
    all: &mut Vec<Diagnostic>,
) {
    let message = match (until - today).num_days() {
        ..0 => format!("{what} ended on {until}"),
        0 => format!("{what} ends today"),
        1 => format!("{what} ends tomorrow"),
        days if days <= i64::from(SOON) => format!("{what} ends in {days} days, on {until}"),
        _ => return,
    };
    warn(all, span, message, "renew it, then correct the day".to_owned());
}

fn warn(all: &mut Vec<Diagnostic>, span: Range<usize>, message: String, help: String) {
    all.push(Diagnostic {
        severity: Severity::Warning,
        rule: None,
        message,
        span,
        help: Some(help),
    });
}
