//! From what the file says to a [`Site`], or everything that is in the way.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::model::{Agreement, Contact, Expiry, Leader, Policy, Site, SiteRole, Spot, Vendor};
use super::names;
use super::phone::Phone;
use super::quiet::{Facility, Pace, YearStart};
use super::shape::{self, File};
use super::state::is_state;
use crate::engine::{Person, TextError};
use crate::playbook::reading::{
    FileKind, Findings, List, Slot, Span, Text, date, format_is_known, key, line, parse, quoted,
    slug,
};
use crate::playbook::{Diagnostic, FieldId, decode_as};

/// A site file that can be used, and what an expert would object to.
#[derive(Debug, Clone, PartialEq)]
pub struct Compiled {
    /// What it says.
    pub site: Site,
    /// In the order of the file; none of them is an error. [`check`](super::check) finds more with
    /// the playbooks and the day at hand.
    pub warnings: Vec<Diagnostic>,
}

/// The text of a file, for [`read`].
///
/// # Errors
/// If the file is too large, or not text in UTF-8. The place holds in the bytes.
pub fn decode(bytes: &[u8]) -> Result<&str, Diagnostic> {
    decode_as(FileKind::Site, bytes)
}

/// Reads the text of a site file.
///
/// # Errors
/// Everything that is wrong and doubtful, in the order of the file; at least one is an error.
pub fn read(text: &str) -> Result<Compiled, Vec<Diagnostic>> {
    let (site, found, usable) = readable(text);
    match site {
        Some(site) if usable => Ok(Compiled { site, warnings: found }),
        Some(_) | None => Err(found),
    }
}

/// As much of a broken file as can be read, for an emergency: a number that is there must not be
/// hidden by a slip on another line. Nothing where not even its structure can be read.
#[must_use]
pub fn salvage(text: &str) -> Option<Site> {
    readable(text).0.filter(|site| *site != Site::default())
}

fn readable(text: &str) -> (Option<Site>, Vec<Diagnostic>, bool) {
    let mut findings = Findings::of(FileKind::Site, text);
    let site = resolve(text, &mut findings);
    let usable = !findings.any_error();
    (site, findings.into_sorted(), usable)
}

fn resolve<'s>(text: &'s str, findings: &mut Findings<'s>) -> Option<Site> {
    let file: File<'s> = parse(text, findings)?;
    if !format_is_known(&file.format, file.at, findings) {
        return None;
    }
    let mut site = place(&file, findings);
    site.roles = roles(&file, findings);
    site.leadership = entries(&file.leadership, findings, leader);
    site.vendors = entries(&file.vendors, findings, vendor);
    site.expiries = entries(&file.expiries, findings, expiry);
    site.values = values(&file, findings);
    site.policy = policy(&file, findings);
    // Doubts about a file that cannot be used would only hide what is wrong with it.
    if !findings.any_error() {
        names::doubts(&site, findings);
    }
    Some(site)
}

fn place(file: &File<'_>, findings: &mut Findings<'_>) -> Site {
    let Some(raw) = file.site.required("site", file.at, findings) else { return Site::default() };
    let name = raw.name.required("name", raw.at, findings);
    Site {
        name: name.and_then(|name| line(name, "name", findings)).unwrap_or_default(),
        state: raw.state.given().and_then(|text| state(text, findings)),
        callback: phone(&raw.callback, findings),
        public_phone: phone(&raw.public_phone, findings),
        checked: day(&raw.checked, findings),
        kind: raw.kind.given().and_then(|text| kind(text, findings)),
        exercise_year: raw.exercise_year.given().and_then(|text| exercise_year(text, findings)),
        spot: spot(raw.at),
        checked_spot: spot(raw.checked.given().map_or(raw.at, |text| text.span)),
        ..Site::default()
    }
}

fn state(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<String> {
    let word = text.value.trim();
    if is_state(word) {
        return Some(word.to_owned());
    }
    let upper = word.to_ascii_uppercase();
    let help = if is_state(&upper) {
        format!("write {upper}")
    } else {
        "write the two letters of the post, such as CT".to_owned()
    };
    let message = format!("{} is no state or territory of the United States", quoted(word));
    findings.error_help(text.span, message, help);
    None
}

fn kind(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<Facility> {
    let kind = Facility::from_word(text.value.trim());
    if kind.is_none() {
        let words = Facility::ALL.map(Facility::word).join(", ");
        let message = format!("{} is no kind of place known here", quoted(&text.value));
        findings.error_help(text.span, message, format!("write one of {words}"));
    }
    kind
}

fn exercise_year(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<YearStart> {
    let start = YearStart::parse(text.value.trim());
    if start.is_none() {
        let message = format!("{} is no day of a year", quoted(&text.value));
        let help = "write month and day, such as 07-01".to_owned();
        findings.error_help(text.span, message, help);
    }
    start
}

fn policy(file: &File<'_>, findings: &mut Findings<'_>) -> Vec<Policy> {
    let Some(entries) = file.policy.given() else { return Vec::new() };
    let mut all = Vec::with_capacity(entries.value.len());
    for (name, raw) in &entries.value {
        let what = slug::<FieldId>(name, findings);
        let Some(text) = raw else { continue };
        let Some(pace) = Pace::parse(text.value.trim()) else {
            let message = format!("{} is not how often something is due", quoted(&text.value));
            let help = "write 90 days, 3 months or waived".to_owned();
            findings.error_help(text.span, message, help);
            continue;
        };
        all.extend(what.map(|what| Policy { what: what.to_string(), pace, spot: spot(name.span) }));
    }
    all
}

fn roles(file: &File<'_>, findings: &mut Findings<'_>) -> Vec<SiteRole> {
    let Some(entries) = file.roles.given() else { return Vec::new() };
    let mut all = Vec::with_capacity(entries.value.len());
    for (name, raw) in &entries.value {
        let role = slug(name, findings);
        let Some(raw) = raw else { continue };
        if raw.holder.is_absent() && raw.deputies.is_absent() {
            let help = "write `holder:` below it, or delete the role".to_owned();
            findings.error_help(raw.at, format!("{} names nobody", key(&name.value)), help);
        }
        let holder = raw.holder.given().and_then(|raw| contact(raw, findings));
        let deputies = self::entries(&raw.deputies, findings, contact);
        if let Some(role) = role {
            all.push(SiteRole { role, holder, deputies, spot: spot(name.span) });
        }
    }
    all
}

fn contact(raw: &shape::Contact<'_>, findings: &mut Findings<'_>) -> Option<Contact> {
    let phone = phone(&raw.phone, findings);
    let other = words(&raw.other, "other", findings);
    person(&raw.name, raw.at, findings).map(|(name, spot)| Contact { name, phone, other, spot })
}

fn leader(raw: &shape::Leader<'_>, findings: &mut Findings<'_>) -> Option<Leader> {
    let title = words(&raw.title, "title", findings);
    let phone = phone(&raw.phone, findings);
    let other = words(&raw.other, "other", findings);
    let (name, spot) = person(&raw.name, raw.at, findings)?;
    Some(Leader { contact: Contact { name, phone, other, spot }, title })
}

fn person(slot: &Slot<Text<'_>>, at: Span, findings: &mut Findings<'_>) -> Option<(Person, Spot)> {
    let text = slot.required("name", at, findings)?;
    let name = line(text, "name", findings)?;
    match Person::new(&name) {
        Ok(person) => Some((person, spot(text.span))),
        // Reported where it stands already.
        Err(TextError::Control(_)) => None,
        Err(why) => {
            findings.error(text.span, format!("this name cannot be used: {why}"));
            None
        }
    }
}

fn vendor(raw: &shape::Vendor<'_>, findings: &mut Findings<'_>) -> Option<Vendor> {
    let services = raw.services.given().map(|words| &words.0.value);
    let services = services.into_iter().flatten().flatten();
    let mut seen = HashSet::new();
    let mut ids = Vec::new();
    for text in services {
        if !seen.insert(text.value.as_ref()) {
            let message = format!("{} stands in this list twice", quoted(&text.value));
            findings.error_help(text.span, message, "delete one of them".to_owned());
        } else if let Some(id) = slug(text, findings) {
            ids.push(id);
        }
    }
    let support = phone(&raw.support, findings);
    let contract = words(&raw.contract, "contract", findings);
    let agreement = raw.agreement.given().and_then(|raw| agreement(raw, findings));
    let text = raw.name.required("name", raw.at, findings)?;
    let name = line(text, "name", findings)?;
    Some(Vendor { name, services: ids, support, contract, agreement, spot: spot(text.span) })
}

fn agreement(raw: &shape::Agreement<'_>, findings: &mut Findings<'_>) -> Option<Agreement> {
    let (on, until) = (day(&raw.on, findings), day(&raw.until, findings));
    if let (Some(on), Some(until), Some(text)) = (on, until, raw.until.given())
        && until < on
    {
        let message = format!("the agreement ends on {until}, before it was signed on {on}");
        findings.error_help(text.span, message, "check both days".to_owned());
    }
    let text = raw.kind.required("kind", raw.at, findings)?;
    let kind = line(text, "kind", findings)?;
    Some(Agreement { kind, on, until, spot: spot(text.span) })
}

fn expiry(raw: &shape::Expiry<'_>, findings: &mut Findings<'_>) -> Option<Expiry> {
    let what = raw.what.required("what", raw.at, findings);
    let what = what.and_then(|text| line(text, "what", findings));
    let text = raw.on.required("on", raw.at, findings)?;
    Some(Expiry { on: date(text, findings)?, what: what?, spot: spot(text.span) })
}

fn values(file: &File<'_>, findings: &mut Findings<'_>) -> Vec<(String, String)> {
    let Some(entries) = file.values.given() else { return Vec::new() };
    let mut all = Vec::with_capacity(entries.value.len());
    for (name, raw) in &entries.value {
        let filled = match name.value.as_ref() {
            "site" => Some("`name` under `site`"),
            "phone" => Some("`callback` under `site`"),
            _ => None,
        };
        if let Some(filled) = filled {
            let message = format!("{{{}}} is filled from {filled}", name.value);
            findings.error_help(name.span, message, "delete this value".to_owned());
            continue;
        }
        let id = slug::<FieldId>(name, findings);
        let words = raw.as_ref().and_then(|text| line(text, &name.value, findings));
        if let (Some(id), Some(words)) = (id, words) {
            all.push((id.to_string(), words));
        }
    }
    all
}

/// The sound entries of a list.
fn entries<T, U>(
    slot: &Slot<List<T>>,
    findings: &mut Findings<'_>,
    mut read: impl FnMut(&T, &mut Findings<'_>) -> Option<U>,
) -> Vec<U> {
    let Some(list) = slot.given() else { return Vec::new() };
    list.value.iter().flatten().filter_map(|raw| read(raw, findings)).collect()
}

fn words(slot: &Slot<Text<'_>>, name: &str, findings: &mut Findings<'_>) -> Option<String> {
    slot.given().and_then(|text| line(text, name, findings))
}

fn day(slot: &Slot<Text<'_>>, findings: &mut Findings<'_>) -> Option<NaiveDate> {
    slot.given().and_then(|text| date(text, findings))
}

fn phone(slot: &Slot<Text<'_>>, findings: &mut Findings<'_>) -> Option<Phone> {
    let text = slot.given()?;
    match Phone::new(&text.value) {
        Ok(phone) => Some(phone),
        Err(why) => {
            let message = format!("{} cannot be dialed: {why}", quoted(&text.value));
            findings.error_help(text.span, message, why.help());
            None
        }
    }
}

fn spot(span: Span) -> Spot {
    Spot(span.start..span.end)
}
