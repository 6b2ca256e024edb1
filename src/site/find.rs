//! Whom somebody means who types a word: a role, a person, a vendor, a service.

use super::model::{Reachable, Site, Standing, Vendor};
use crate::engine::bare_name;
use crate::playbook::reading::closest;
use crate::playbook::{Role, RoleId};

/// How many names a suggestion may look at.
const MAX_NAMES: usize = 10_000;

/// What a word means in one file.
#[derive(Debug)]
pub struct Found<'s> {
    /// The roles, of the playbooks and of the file.
    pub roles: Vec<RoleId>,
    /// The people, as often as they stand in the file.
    pub people: Vec<Reachable<'s>>,
    /// The vendors.
    pub vendors: Vec<&'s Vendor>,
    /// What was probably meant, where nothing was found.
    pub meant: Option<String>,
}

impl Found<'_> {
    /// Whether nobody was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.roles.is_empty() && self.people.is_empty() && self.vendors.is_empty()
    }
}

/// Everybody whom `word` means: role id or title, person, vendor or service, `leadership`,
/// `vendors`; a part of a name is enough. An exact name hides those that only hold it.
#[must_use]
pub fn find<'s>(site: &'s Site, roles: &[Role], word: &str) -> Found<'s> {
    let wanted = bare_name(word);
    let exact = matching(site, roles, &|name| bare_name(name) == wanted);
    if wanted.is_empty() || !exact.is_empty() {
        return exact;
    }
    // Two letters are in the middle of everybody's name.
    let anywhere = wanted.chars().count() > 2;
    let starts =
        |name: &str| name.split([' ', '-']).any(|word| bare_name(word).starts_with(&wanted));
    let holds = |name: &str| anywhere && bare_name(name).contains(&wanted);
    let part = matching(site, roles, &|name| starts(name) || holds(name));
    if !part.is_empty() {
        return part;
    }
    let (typed, known) = (word.trim().to_lowercase(), words(site, roles));
    let meant = closest(&typed, known.iter().map(String::as_str), &mut { MAX_NAMES });
    Found { meant: meant.map(str::to_owned), ..part }
}

fn matching<'s>(site: &'s Site, roles: &[Role], is: &dyn Fn(&str) -> bool) -> Found<'s> {
    let of_books = roles.iter().filter(|role| is(role.id.as_str()) || is(&role.title));
    let mut ids: Vec<RoleId> = of_books.map(|role| role.id.clone()).collect();
    for one in site.roles.iter().filter(|one| is(one.role.as_str())) {
        if !ids.contains(&one.role) {
            ids.push(one.role.clone());
        }
    }
    let person = |one: &Reachable<'_>| {
        let leads = matches!(one.standing, Standing::Leader(title)
            if is("leadership") || title.is_some_and(is));
        leads || is(one.contact.name.as_str())
    };
    let vendor = |one: &&Vendor| {
        is("vendors") || is(&one.name) || one.services.iter().any(|service| is(service.as_str()))
    };
    Found {
        roles: ids,
        people: site.people().filter(person).collect(),
        vendors: site.vendors.iter().filter(vendor).collect(),
        meant: None,
    }
}

/// Every word that finds somebody, in lower case.
fn words(site: &Site, roles: &[Role]) -> Vec<String> {
    let mut all = vec!["leadership".to_owned(), "vendors".to_owned()];
    for one in site.people() {
        let name = one.contact.name.as_str().to_lowercase();
        all.extend(name.split_whitespace().map(str::to_owned));
        all.push(name);
    }
    all.extend(roles.iter().flat_map(|role| [role.id.to_string(), role.title.to_lowercase()]));
    all.extend(site.roles.iter().map(|one| one.role.to_string()));
    for vendor in &site.vendors {
        all.push(vendor.name.to_lowercase());
        all.extend(vendor.services.iter().map(ToString::to_string));
    }
    all
}
