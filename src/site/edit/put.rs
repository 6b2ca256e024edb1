//! One answer in the model: what the file must say after a change.

use super::SetError;
use super::key::Key;
use crate::engine::{Person, line};
use crate::playbook::{RoleId, ServiceId};
use crate::site::model::{Agreement, Contact, Leader, Policy, Site, SiteRole, Spot, Vendor};
use crate::site::phone::Phone;
use crate::site::quiet::{Facility, Pace, YearStart};
use crate::site::state::is_state;

/// The longest answer, in bytes.
const MAX_ANSWER: usize = 200;

/// Sets one answer. Only a name makes a new entry: nobody can be called whom nobody named.
pub(super) fn put(site: &mut Site, key: &Key, raw: &str) -> Result<(), SetError> {
    let value = Value { key, raw };
    match key {
        Key::Place(part) => place(site, part, &value),
        Key::Holder(role, part) => holder(site, role, part, &value),
        Key::Deputy(role, number, part) => deputy(site, role, *number, part, &value),
        Key::Leader(number, part) => leader(site, *number, part, &value),
        Key::Vendor(service, part) => vendor(site, service, part, &value),
        Key::Expiry(number, part) => {
            let Some(expiry) = number.checked_sub(1).and_then(|at| site.expiries.get_mut(at))
            else {
                return Err(first(
                    format!("there is no entry {number} under `expiries`"),
                    "add a line such as `  - {what: certificate, on: 2027-01-31}` by hand"
                        .to_owned(),
                ));
            };
            match *part {
                "on" => expiry.on = value.day()?,
                _ => expiry.what = value.line()?,
            }
            Ok(())
        }
        Key::Policy(what) => {
            let Some(pace) = Pace::parse(value.raw.trim()) else {
                let help = "write 90 days, 3 months or waived".to_owned();
                return Err(value.bad("this is not how often something is due", help));
            };
            if let Some(one) = site.policy.iter_mut().find(|one| one.what == *what) {
                one.pace = pace;
            } else {
                let (what, spot) = (what.clone(), Spot::default());
                site.policy.push(Policy { what, pace, spot });
            }
            Ok(())
        }
        Key::Value(word) => {
            if matches!(word.as_str(), "site" | "phone") {
                let fills = if word == "site" { "name" } else { "callback" };
                return Err(value.bad("it is filled by itself", format!("set {fills} instead")));
            }
            let words = value.line()?;
            match site.values.iter_mut().find(|(one, _)| one == word) {
                Some((_, old)) => *old = words,
                None => site.values.push((word.clone(), words)),
            }
            Ok(())
        }
    }
}

/// What the file says under a key.
pub(super) fn get(site: &Site, key: &Key) -> Option<String> {
    let nth = |number: &usize| number.checked_sub(1);
    match key {
        Key::Place(part) => match *part {
            "name" => Some(site.name.clone()).filter(|name| !name.is_empty()),
            "state" => site.state.clone(),
            "callback" => site.callback.as_ref().map(ToString::to_string),
            "public-phone" => site.public_phone.as_ref().map(ToString::to_string),
            "kind" => site.kind.map(|kind| kind.word().to_owned()),
            "exercise-year" => site.exercise_year.map(|start| start.to_string()),
            _ => site.checked.map(|day| day.to_string()),
        },
        Key::Holder(role, part) => part_of(site.for_role(role)?.holder.as_ref()?, part),
        Key::Deputy(role, number, part) => {
            part_of(site.for_role(role)?.deputies.get(nth(number)?)?, part)
        }
        Key::Leader(number, part) => {
            let leader = site.leadership.get(nth(number)?)?;
            if *part == "title" { leader.title.clone() } else { part_of(&leader.contact, part) }
        }
        Key::Vendor(service, part) => {
            let vendor = site.vendors_for(service).next()?;
            let agreement = vendor.agreement.as_ref();
            match *part {
                "name" => Some(vendor.name.clone()),
                "support" => vendor.support.as_ref().map(ToString::to_string),
                "contract" => vendor.contract.clone(),
                "agreement.kind" => agreement.map(|one| one.kind.clone()),
                "agreement.on" => agreement?.on.map(|day| day.to_string()),
                _ => agreement?.until.map(|day| day.to_string()),
            }
        }
        Key::Expiry(number, part) => {
            let expiry = site.expiries.get(nth(number)?)?;
            Some(if *part == "on" { expiry.on.to_string() } else { expiry.what.clone() })
        }
        Key::Policy(what) => {
            site.policy.iter().find(|one| one.what == *what).map(|one| one.pace.to_string())
        }
        Key::Value(word) => {
            site.values.iter().find(|(one, _)| one == word).map(|(_, words)| words.clone())
        }
    }
}

fn part_of(contact: &Contact, part: &str) -> Option<String> {
    match part {
        "name" => Some(contact.name.to_string()),
        "phone" => contact.phone.as_ref().map(ToString::to_string),
        _ => contact.other.clone(),
    }
}

fn place(site: &mut Site, part: &str, value: &Value<'_>) -> Result<(), SetError> {
    match part {
        "name" => site.name = value.line()?,
        "callback" => site.callback = Some(value.phone()?),
        "public-phone" => site.public_phone = Some(value.phone()?),
        "checked" => site.checked = Some(value.day()?),
        "kind" => {
            let kind = Facility::from_word(value.raw.trim());
            let help = || format!("write one of {}", Facility::ALL.map(Facility::word).join(", "));
            site.kind = Some(kind.ok_or_else(|| value.bad("this is no kind of place", help()))?);
        }
        "exercise-year" => {
            let start = YearStart::parse(value.raw.trim());
            let help = || "write month and day, such as 07-01".to_owned();
            let start = start.ok_or_else(|| value.bad("this is no day of a year", help()))?;
            site.exercise_year = Some(start);
        }
        _ => {
            let code = value.raw.trim().to_ascii_uppercase();
            if !is_state(&code) {
                let help = "write the two letters of the post, such as CT".to_owned();
                return Err(value.bad("this is no state or territory of the United States", help));
            }
            site.state = Some(code);
        }
    }
    Ok(())
}

fn holder(site: &mut Site, role: &RoleId, part: &str, value: &Value<'_>) -> Result<(), SetError> {
    let known = site.roles.iter_mut().find(|one| one.role == *role);
    match (known.map(|one| &mut one.holder), part) {
        (Some(Some(contact)), part) => contact_part(contact, part, value),
        (Some(holder), "name") => {
            *holder = Some(value.contact()?);
            Ok(())
        }
        (None, "name") => {
            let holder = Some(value.contact()?);
            let (role, deputies) = (role.clone(), Vec::new());
            site.roles.push(SiteRole { role, holder, deputies, spot: Spot::default() });
            Ok(())
        }
        (Some(None) | None, _) => Err(first(
            format!("nobody is planned as {role} yet"),
            format!("runbook site set {role}.holder \"Name\""),
        )),
    }
}

fn deputy(
    site: &mut Site,
    role: &RoleId,
    number: usize,
    part: &str,
    value: &Value<'_>,
) -> Result<(), SetError> {
    let at = site.roles.iter().position(|one| one.role == *role);
    let count = at.and_then(|at| site.roles.get(at)).map_or(0, |one| one.deputies.len());
    if number > count + 1 || (number == count + 1 && part != "name") {
        let next = count + 1;
        return Err(first(
            format!("{role} has no deputy {number} yet"),
            format!("runbook site set {role}.deputy.{next} \"Name\""),
        ));
    }
    if number == count + 1 {
        let contact = value.contact()?;
        match at.and_then(|at| site.roles.get_mut(at)) {
            Some(one) => one.deputies.push(contact),
            None => site.roles.push(SiteRole {
                role: role.clone(),
                holder: None,
                deputies: vec![contact],
                spot: Spot::default(),
            }),
        }
        return Ok(());
    }
    let one = at.and_then(|at| site.roles.get_mut(at));
    match one.and_then(|one| one.deputies.get_mut(number - 1)) {
        Some(contact) => contact_part(contact, part, value),
        None => Ok(()),
    }
}

fn leader(site: &mut Site, number: usize, part: &str, value: &Value<'_>) -> Result<(), SetError> {
    let count = site.leadership.len();
    if let Some(leader) = site.leadership.get_mut(number - 1) {
        if part == "title" {
            leader.title = Some(value.line()?);
            return Ok(());
        }
        return contact_part(&mut leader.contact, part, value);
    }
    if number == count + 1 && part == "name" {
        site.leadership.push(Leader { contact: value.contact()?, title: None });
        return Ok(());
    }
    Err(first(
        format!("there is no leader {number} yet"),
        format!("runbook site set leadership.{}.name \"Name\"", count + 1),
    ))
}

fn vendor(
    site: &mut Site,
    service: &ServiceId,
    part: &str,
    value: &Value<'_>,
) -> Result<(), SetError> {
    let Some(vendor) = site.vendors.iter_mut().find(|one| one.services.contains(service)) else {
        if part == "name" {
            site.vendors.push(Vendor {
                name: value.line()?,
                services: vec![service.clone()],
                support: None,
                contract: None,
                agreement: None,
                spot: Spot::default(),
            });
            return Ok(());
        }
        return Err(first(
            format!("there is no vendor for {service} yet"),
            format!("runbook site set vendor.{service}.name \"Company\""),
        ));
    };
    match (part, &mut vendor.agreement) {
        ("name", _) => vendor.name = value.line()?,
        ("support", _) => vendor.support = Some(value.phone()?),
        ("contract", _) => vendor.contract = Some(value.line()?),
        ("agreement.kind", Some(agreement)) => agreement.kind = value.line()?,
        ("agreement.kind", agreement @ None) => {
            let kind = value.line()?;
            *agreement = Some(Agreement { kind, on: None, until: None, spot: Spot::default() });
        }
        ("agreement.on", Some(agreement)) => agreement.on = Some(value.day()?),
        (_, Some(agreement)) => agreement.until = Some(value.day()?),
        (_, None) => {
            return Err(first(
                format!("there is no agreement with the vendor for {service} yet"),
                format!("runbook site set vendor.{service}.agreement.kind BAA"),
            ));
        }
    }
    Ok(())
}

fn contact_part(contact: &mut Contact, part: &str, value: &Value<'_>) -> Result<(), SetError> {
    match part {
        "name" => contact.name = value.contact()?.name,
        "phone" => contact.phone = Some(value.phone()?),
        _ => contact.other = Some(value.line()?),
    }
    Ok(())
}

fn first(what: String, command: String) -> SetError {
    SetError::First { what, command }
}

/// An answer as typed, and where it belongs.
struct Value<'v> {
    key: &'v Key,
    raw: &'v str,
}

impl Value<'_> {
    fn line(&self) -> Result<String, SetError> {
        line(self.raw, MAX_ANSWER).map_err(|why| {
            let help = "to take an answer out, delete it in the file".to_owned();
            self.bad(&why.to_string(), help)
        })
    }

    fn contact(&self) -> Result<Contact, SetError> {
        let name = Person::new(&self.line()?)
            .map_err(|why| self.bad(&why.to_string(), "write the name shorter".to_owned()))?;
        Ok(Contact { name, phone: None, other: None, spot: Spot::default() })
    }

    fn phone(&self) -> Result<Phone, SetError> {
        Phone::new(&self.line()?).map_err(|why| {
            self.bad(&format!("\"{}\" cannot be dialed: {why}", self.raw.trim()), why.help())
        })
    }

    fn day(&self) -> Result<chrono::NaiveDate, SetError> {
        let word = self.raw.trim();
        let whole = word.len() == "YYYY-MM-DD".len();
        let day = word.parse().ok().filter(|_| whole);
        day.ok_or_else(|| {
            let help = "write it as YYYY-MM-DD, such as 2027-05-31".to_owned();
            self.bad(&format!("\"{word}\" is not a day"), help)
        })
    }

    fn bad(&self, why: &str, help: String) -> SetError {
        SetError::BadValue { key: self.key.to_string(), why: why.to_owned(), help }
    }
}
