//! The names of answers: what people type, and where it stands in the file.

use std::fmt;

use super::SetError;
use super::text::Seg;
use crate::playbook::reading::closest;
use crate::playbook::{FieldId, RoleId, ServiceId};
use crate::site::model::Site;

const PLACE: [&str; 7] =
    ["name", "state", "callback", "public-phone", "checked", "kind", "exercise-year"];
const PERSON: [&str; 3] = ["name", "phone", "other"];
const LEADER: [&str; 4] = ["name", "title", "phone", "other"];
const VENDOR: [&str; 6] =
    ["name", "support", "contract", "agreement.kind", "agreement.on", "agreement.until"];
const EXPIRY: [&str; 2] = ["what", "on"];

/// How many names a suggestion may look at.
const MAX_NAMES: usize = 10_000;

/// One answer of a site file. It is shown as it stands in the log: `roles.it-lead.holder.phone`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Of the place itself.
    Place(&'static str),
    /// Of whoever holds a role.
    Holder(RoleId, &'static str),
    /// Of whoever steps in; deputies count from 1.
    Deputy(RoleId, usize, &'static str),
    /// Of somebody who has to be told; they count from 1.
    Leader(usize, &'static str),
    /// Of the vendor of a service.
    Vendor(ServiceId, &'static str),
    /// Of something that runs out; they count from 1.
    Expiry(usize, &'static str),
    /// A word of templates.
    Value(String),
    /// How often something is due.
    Policy(String),
}

impl Key {
    /// The key that a person means: `callback`, `it-lead.phone`, `it-lead.deputy`,
    /// `vendor.email.support`, `leadership.1.phone`, `values.hours`, or as it stands in the log.
    /// `roles` are those of the playbooks; a role of the file counts as well.
    ///
    /// # Errors
    /// [`SetError::UnknownKey`].
    pub fn parse(word: &str, site: &Site, roles: &[RoleId]) -> Result<Self, SetError> {
        let parts: Vec<&str> = word.trim().split('.').collect();
        let found = match parts.as_slice() {
            [only] | ["site", only] if one_of(&PLACE, only).is_some() => {
                one_of(&PLACE, only).map(Self::Place)
            }
            ["leadership"] => Some(Self::Leader(site.leadership.len() + 1, "name")),
            ["leadership", number] => nth(number).map(|number| Self::Leader(number, "name")),
            ["leadership", number, part] => nth(number).zip(one_of(&LEADER, part)).map(leader),
            ["vendor" | "vendors", service, part @ ..] => vendor(service, &part.join(".")),
            ["expiry" | "expiries", number, part] => nth(number)
                .zip(one_of(&EXPIRY, part))
                .map(|(number, part)| Self::Expiry(number, part)),
            ["value" | "values", word] => {
                word.parse::<FieldId>().ok().map(|id| Self::Value(id.to_string()))
            }
            ["policy", word] => word.parse::<FieldId>().ok().map(|id| Self::Policy(id.to_string())),
            ["roles", role, rest @ ..] | [role, rest @ ..] => role
                .parse()
                .ok()
                .filter(|role| knows(site, roles, role))
                .and_then(|r| seat(r, rest)),
            [] => None,
        };
        found.ok_or_else(|| unknown(word, site, roles))
    }

    /// Where it stands in the file that says `site`.
    pub(super) fn path<'k>(&'k self, site: &Site) -> Vec<Seg<'k>> {
        match self {
            Self::Place(part) => vec![Seg::Word("site"), Seg::Word(part)],
            Self::Holder(role, part) => {
                vec![
                    Seg::Word("roles"),
                    Seg::Word(role.as_str()),
                    Seg::Word("holder"),
                    Seg::Word(part),
                ]
            }
            Self::Deputy(role, number, part) => vec![
                Seg::Word("roles"),
                Seg::Word(role.as_str()),
                Seg::Word("deputies"),
                Seg::Nth(*number, None),
                Seg::Word(part),
            ],
            Self::Leader(number, part) => {
                vec![Seg::Word("leadership"), Seg::Nth(*number, None), Seg::Word(part)]
            }
            Self::Vendor(service, part) => {
                let at = site.vendors.iter().position(|one| one.services.contains(service));
                let number = at.unwrap_or(site.vendors.len()) + 1;
                let mut path = vec![Seg::Word("vendors"), Seg::Nth(number, Some(service.as_str()))];
                path.extend(part.split('.').map(Seg::Word));
                path
            }
            Self::Expiry(number, part) => {
                vec![Seg::Word("expiries"), Seg::Nth(*number, None), Seg::Word(part)]
            }
            Self::Value(word) => vec![Seg::Word("values"), Seg::Word(word)],
            Self::Policy(word) => vec![Seg::Word("policy"), Seg::Word(word)],
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(part) => write!(f, "site.{part}"),
            Self::Holder(role, part) => write!(f, "roles.{role}.holder.{part}"),
            Self::Deputy(role, number, part) => write!(f, "roles.{role}.deputies.{number}.{part}"),
            Self::Leader(number, part) => write!(f, "leadership.{number}.{part}"),
            Self::Vendor(service, part) => write!(f, "vendors.{service}.{part}"),
            Self::Expiry(number, part) => write!(f, "expiries.{number}.{part}"),
            Self::Value(word) => write!(f, "values.{word}"),
            Self::Policy(word) => write!(f, "policy.{word}"),
        }
    }
}

fn leader((number, part): (usize, &'static str)) -> Key {
    Key::Leader(number, part)
}

fn vendor(service: &str, part: &str) -> Option<Key> {
    Some(Key::Vendor(service.parse().ok()?, one_of(&VENDOR, part)?))
}

/// What follows a role: `holder.phone`, `phone`, `deputy`, `deputies.2.phone`.
fn seat(role: RoleId, rest: &[&str]) -> Option<Key> {
    Some(match rest {
        [] | ["holder"] => Key::Holder(role, "name"),
        ["deputy" | "deputies"] => Key::Deputy(role, 1, "name"),
        ["deputy" | "deputies", word] => match nth(word) {
            Some(number) => Key::Deputy(role, number, "name"),
            None => Key::Deputy(role, 1, one_of(&PERSON, word)?),
        },
        ["deputy" | "deputies", number, part] => {
            Key::Deputy(role, nth(number)?, one_of(&PERSON, part)?)
        }
        ["holder", part] | [part] => Key::Holder(role, one_of(&PERSON, part)?),
        _ => return None,
    })
}

fn nth(word: &str) -> Option<usize> {
    word.parse().ok().filter(|number| (1..=1000).contains(number))
}

fn one_of(words: &[&'static str], word: &str) -> Option<&'static str> {
    words.iter().copied().find(|one| *one == word)
}

fn knows(site: &Site, roles: &[RoleId], role: &RoleId) -> bool {
    roles.contains(role) || site.for_role(role).is_some()
}

fn unknown(word: &str, site: &Site, roles: &[RoleId]) -> SetError {
    let mut known: Vec<String> = PLACE.map(str::to_owned).to_vec();
    let in_file = site.roles.iter().map(|one| &one.role).filter(|role| !roles.contains(role));
    for role in roles.iter().chain(in_file) {
        let forms = ["holder", "phone", "other", "deputy", "deputy.phone", "deputy.other"];
        known.extend(forms.map(|form| format!("{role}.{form}")));
    }
    for number in 1..=site.leadership.len() + 1 {
        known.extend(LEADER.map(|part| format!("leadership.{number}.{part}")));
    }
    for vendor in &site.vendors {
        for service in &vendor.services {
            known.extend(VENDOR.map(|part| format!("vendor.{service}.{part}")));
        }
    }
    known.extend(site.values.iter().map(|(word, _)| format!("values.{word}")));
    let near = closest(word.trim(), known.iter().map(String::as_str), &mut { MAX_NAMES });
    let near = near.map(str::to_owned);
    let mut forms = vec![PLACE.join(", ")];
    let names: Vec<&str> = roles.iter().map(RoleId::as_str).collect();
    if !names.is_empty() {
        forms.push(format!(
            "ROLE.holder, ROLE.phone, ROLE.other, ROLE.deputy, ROLE.deputy.phone; ROLE is {}",
            names.join(", ")
        ));
    }
    forms.push("leadership.1.name, .title, .phone, .other".to_owned());
    forms.push(format!("vendor.SERVICE.name, .{}", VENDOR[1..].join(", .")));
    forms.push("values.WORD; expiries.1.what and .on where the file has one".to_owned());
    forms.push(
        "policy.WORD, such as policy.tabletop: runbook readiness --help names them".to_owned(),
    );
    SetError::UnknownKey { key: word.to_owned(), near, known: forms }
}
