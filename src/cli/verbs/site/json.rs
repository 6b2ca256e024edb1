//! The people and companies of the site file as JSON.

use serde::Serialize;

use crate::site::{Contact, Gap, Leader, Vendor};

/// A person.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct PersonJson {
    name: String,
    phone: Option<String>,
    other: Option<String>,
}

/// Somebody who has to be told.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct LeaderJson {
    #[serde(flatten)]
    person: PersonJson,
    title: Option<String>,
}

/// A company that repairs something.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct VendorJson {
    name: String,
    services: Vec<String>,
    support: Option<String>,
    contract: Option<String>,
    agreement: Option<AgreementJson>,
}

#[derive(Debug, Serialize)]
struct AgreementJson {
    kind: String,
    on: Option<String>,
    until: Option<String>,
}

/// What is missing.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct GapJson {
    what: String,
    fix: String,
}

/// All that is missing.
pub(in crate::cli) type Gaps = Vec<GapJson>;

impl PersonJson {
    pub(in crate::cli) fn of(contact: &Contact) -> Self {
        Self {
            name: contact.name.to_string(),
            phone: contact.phone.as_ref().map(ToString::to_string),
            other: contact.other.clone(),
        }
    }
}

impl LeaderJson {
    pub(in crate::cli) fn of(leader: &Leader) -> Self {
        Self { person: PersonJson::of(&leader.contact), title: leader.title.clone() }
    }
}

impl VendorJson {
    pub(in crate::cli) fn of(vendor: &Vendor) -> Self {
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        Self {
            name: vendor.name.clone(),
            services: vendor.services.iter().map(ToString::to_string).collect(),
            support: vendor.support.as_ref().map(ToString::to_string),
            contract: vendor.contract.clone(),
            agreement: vendor.agreement.as_ref().map(|one| AgreementJson {
                kind: one.kind.clone(),
                on: day(one.on),
                until: day(one.until),
            }),
        }
    }
}

impl GapJson {
    pub(in crate::cli) fn all(gaps: Vec<Gap>) -> Gaps {
        gaps.into_iter().map(|Gap { what, fix }| Self { what, fix }).collect()
    }
}
