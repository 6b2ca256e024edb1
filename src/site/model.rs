//! A site file as the rest of the house sees it: checked, without YAML.

use std::ops::Range;

use chrono::NaiveDate;

use super::phone::Phone;
use super::quiet::{Facility, Pace, YearStart};
use crate::engine::{Person, bare_name};
use crate::playbook::{RoleId, ServiceId};

/// Where a value stands in the file. Values that say the same are equal wherever they stand.
#[derive(Debug, Clone, Default)]
pub struct Spot(pub(super) Range<usize>);

impl Spot {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> Range<usize> {
        self.0.clone()
    }
}

impl PartialEq for Spot {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Spot {}

/// Whom to reach, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Site {
    /// What patients call the place; fills `{site}`.
    pub name: String,
    /// Two letters.
    pub state: Option<String>,
    /// The number patients call back; fills `{phone}`.
    pub callback: Option<Phone>,
    /// The number on the door.
    pub public_phone: Option<Phone>,
    /// The day somebody last dialed the numbers.
    pub checked: Option<NaiveDate>,
    /// What kind of place it is.
    pub kind: Option<Facility>,
    /// When its year of exercises begins.
    pub exercise_year: Option<YearStart>,
    /// Where the section `site` stands.
    pub spot: Spot,
    /// Where `checked` stands.
    pub checked_spot: Spot,
    /// Who holds which role, in the order of the file.
    pub roles: Vec<SiteRole>,
    /// Whom to tell, in the order of the file.
    pub leadership: Vec<Leader>,
    /// Who repairs what we rent.
    pub vendors: Vec<Vendor>,
    /// What runs out, and when.
    pub expiries: Vec<Expiry>,
    /// Words of templates, such as `hours`.
    pub values: Vec<(String, String)>,
    /// Where its own policy of exercises and upkeep differs from the shipped one.
    pub policy: Vec<Policy>,
}

/// How often something is due at this site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// What: the names are those of the shipped policy.
    pub what: String,
    /// How often.
    pub pace: Pace,
    /// Where the name stands.
    pub spot: Spot,
}

/// Who holds one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRole {
    /// The role, as the playbooks call it.
    pub role: RoleId,
    /// Who is meant to hold it.
    pub holder: Option<Contact>,
    /// Who steps in, in this order.
    pub deputies: Vec<Contact>,
    /// Where the role stands.
    pub spot: Spot,
}

/// A person and the ways to reach them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Who.
    pub name: Person,
    /// A phone that works when everything else is down.
    pub phone: Option<Phone>,
    /// Another way: a pager, a radio, a room.
    pub other: Option<String>,
    /// Where the name stands.
    pub spot: Spot,
}

/// Somebody who has to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    /// Who, and how to reach them.
    pub contact: Contact,
    /// What they are.
    pub title: Option<String>,
}

/// A company that repairs something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vendor {
    /// The company.
    pub name: String,
    /// The services it answers for.
    pub services: Vec<ServiceId>,
    /// Its support line.
    pub support: Option<Phone>,
    /// What to tell them who we are.
    pub contract: Option<String>,
    /// What we signed with them.
    pub agreement: Option<Agreement>,
    /// Where the name stands.
    pub spot: Spot,
}

/// What we signed with a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Such as BAA.
    pub kind: String,
    /// The day it was signed.
    pub on: Option<NaiveDate>,
    /// The last day it counts.
    pub until: Option<NaiveDate>,
    /// Where its kind stands.
    pub spot: Spot,
}

/// Something that runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiry {
    /// What.
    pub what: String,
    /// The last day it works.
    pub on: NaiveDate,
    /// Where the day stands.
    pub spot: Spot,
}

/// What a person is at this site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'s> {
    /// Meant to hold the role.
    Holder(&'s RoleId),
    /// Steps in for the role.
    Deputy(&'s RoleId),
    /// Has to be told.
    Leader(Option<&'s str>),
}

/// A person of the file, with what they are there.
#[derive(Debug, Clone, Copy)]
pub struct Reachable<'s> {
    /// Who, and how to reach them.
    pub contact: &'s Contact,
    /// As what.
    pub standing: Standing<'s>,
}

impl SiteRole {
    /// Everybody who is planned for the role, the holder first.
    pub fn people(&self) -> impl Iterator<Item = Reachable<'_>> {
        let holder = self
            .holder
            .iter()
            .map(|contact| Reachable { contact, standing: Standing::Holder(&self.role) });
        let deputies = self
            .deputies
            .iter()
            .map(|contact| Reachable { contact, standing: Standing::Deputy(&self.role) });
        holder.chain(deputies)
    }
}

impl Site {
    /// Who is planned for a role.
    #[must_use]
    pub fn for_role(&self, role: &RoleId) -> Option<&SiteRole> {
        self.roles.iter().find(|one| one.role == *role)
    }

    /// Everybody in the file, as often as they stand there: roles first, then leadership.
    pub fn people(&self) -> impl Iterator<Item = Reachable<'_>> {
        let leaders = self.leadership.iter().map(|leader| Reachable {
            contact: &leader.contact,
            standing: Standing::Leader(leader.title.as_deref()),
        });
        self.roles.iter().flat_map(SiteRole::people).chain(leaders)
    }

    /// How to call a person: as the name is written here, else in another spelling (capitals, accents,
    /// spaces) if only one number goes with it.
    #[must_use]
    pub fn phone_of(&self, person: &Person) -> Option<&Phone> {
        let exact = self.people().filter(|one| one.contact.name == *person);
        if let Some(phone) = exact.map(|one| one.contact).find_map(|one| one.phone.as_ref()) {
            return Some(phone);
        }
        let wanted = bare_name(person.as_str());
        let same = |one: &Reachable<'_>| bare_name(one.contact.name.as_str()) == wanted;
        let spelled = self.people().filter(|one| !wanted.is_empty() && same(one));
        let mut phones = spelled.map(|one| one.contact).filter_map(|one| one.phone.as_ref());
        let phone = phones.next()?;
        phones.all(|other| other.same_line(phone)).then_some(phone)
    }

    /// Who answers for a service.
    pub fn vendors_for<'s>(&'s self, service: &'s ServiceId) -> impl Iterator<Item = &'s Vendor> {
        self.vendors.iter().filter(move |vendor| vendor.services.contains(service))
    }
}
