//! Whom somebody means who types a word: a role, a person, a vendor, a service.

use super::model::{Reachable, Site, Standing, Vendor};
use super::names::bare;
use crate::playbook::Role;
use crate::playbook::reading::closest;

/// How many names a suggestion may look at.
const MAX_NAMES: usize = 10_000;

/// What a word means in one file.
#[derive(Debug)]
pub struct Found<'s> {
    /// The people.
    pub people: Vec<Reachable<'s>>,
    /// The vendors.
    pub vendors: Vec<&'s Vendor>,
    /// What was probably meant, where nothing was found.
    pub meant: Option<String>,
}

/// Everybody whom `word` means: role id or title, person, vendor or service; a part of a name is
/// enough. An exact name hides those that only hold it.
#[must_use]
pub fn find<'s>(site: &'s Site, roles: &[Role], word: &str) -> Found<'s> {
    let wanted = bare(word);
    let exact = matching(site, roles, &|name| bare(name) == wanted);
    if !wanted.is_empty() && exact.people.is_empty() && exact.vendors.is_empty() {
        let part = matching(site, roles, &|name| bare(name).contains(&wanted));
        if part.people.is_empty() && part.vendors.is_empty() {
            let (typed, known) = (word.to_lowercase(), words(site));
            let meant = closest(&typed, known.iter().map(String::as_str), &mut { MAX_NAMES });
            return Found { meant: meant.map(str::to_owned), ..part };
        }
        return part;
    }
    exact
}

fn matching<'s>(site: &'s Site, roles: &[Role], is: &dyn Fn(&str) -> bool) -> Found<'s> {
    let titled = |id: &str| roles.iter().any(|role| role.id.as_str() == id && is(&role.title));
    let person = |one: &Reachable<'_>| {
        is(one.contact.name.as_str())
            || match one.standing {
                Standing::Holder(role) | Standing::Deputy(role) => {
                    is(role.as_str()) || titled(role.as_str())
                }
                Standing::Leader(title) => is("leadership") || title.is_some_and(is),
            }
    };
    let vendor = |one: &&Vendor| {
        is("vendors") || is(&one.name) || one.services.iter().any(|service| is(service.as_str()))
    };
    Found {
        people: site.people().filter(person).collect(),
        vendors: site.vendors.iter().filter(vendor).collect(),
        meant: None,
    }
}

/// Every word that finds somebody, in lower case.
fn words(site: &Site) -> Vec<String> {
    let mut all = vec!["leadership".to_owned(), "vendors".to_owned()];
    for one in site.people() {
        let name = one.contact.name.as_str().to_lowercase();
        all.extend(name.split_whitespace().map(str::to_owned));
        all.push(name);
    }
    all.extend(site.roles.iter().map(|one| one.role.to_string()));
    for vendor in &site.vendors {
        all.push(vendor.name.to_lowercase());
        all.extend(vendor.services.iter().map(ToString::to_string));
    }
    all
}
