//! Every key of the site file, once.

use super::quiet::Facility;
use crate::playbook::reading::{
    Entries, Findings, List, Node, OneOrMany, Read, Schema, Slot, Span, Text, Under, Word, map,
    may, must, shape, slot, unknown_key,
};

shape! {
    /// A whole site file.
    File is "a map of keys" {
        /// The version of the format: 1.
        "runbook-site" => format: Text<'s> = must(Word::Format(1)),
        /// The place itself.
        "site" => site: Place<'s> = must(Word::TITLE),
        /// Who holds which role.
        "roles" => roles: Entries<'s, Holders<'s>>,
        /// Whom to tell.
        "leadership" => leadership: List<Leader<'s>>,
        /// Who repairs what we rent.
        "vendors" => vendors: List<Vendor<'s>>,
        /// What runs out, and when.
        "expiries" => expiries: List<Expiry<'s>>,
        /// Words of templates.
        "values" => values: Entries<'s, Text<'s>>,
        /// Where the site's own policy of exercises and upkeep differs from the shipped one.
        "policy" => policy: Entries<'s, Text<'s>> = may(Word::Like(r"^\s*(waived|[0-9]{1,4} (days?|months?))\s*$")),
    }

    /// The place itself.
    Place is "a map of keys" {
        /// What patients call it.
        "name" => name: Text<'s> = must(Word::TITLE),
        /// Two letters.
        "state" => state: Text<'s> = may(Word::Like(r"^\s*[A-Z]{2}\s*$")),
        /// The number patients call back.
        "callback" => callback: Text<'s>,
        /// The number on the door.
        "public-phone" => public_phone: Text<'s>,
        /// The day somebody last dialed the numbers.
        "checked" => checked: Text<'s> = may(Word::DAY),
        /// What kind of place it is: which rules of CMS hold.
        "kind" => kind: Text<'s> = may(Word::OneOf(kinds)),
        /// The day on which its year of exercises begins, `07-01`.
        "exercise-year" => exercise_year: Text<'s> = may(Word::Like(r"^\s*[0-9]{2}-[0-9]{2}\s*$")),
    }

    /// Who holds one role.
    Holders is "a map of keys" {
        /// Who is meant to.
        "holder" => holder: Contact<'s>,
        /// Who steps in.
        "deputies" => deputies: List<Contact<'s>>,
    }

    /// A person.
    Contact is "a map of keys" {
        /// The name.
        "name" => name: Text<'s> = must(Word::TITLE),
        /// A phone that works when everything else is down.
        "phone" => phone: Text<'s>,
        /// Another way: a pager, a radio, a room.
        "other" => other: Text<'s>,
    }

    /// Somebody who has to be told.
    Leader is "a map of keys" {
        /// The name.
        "name" => name: Text<'s> = must(Word::TITLE),
        /// What they are.
        "title" => title: Text<'s>,
        /// A phone that works when everything else is down.
        "phone" => phone: Text<'s>,
        /// Another way.
        "other" => other: Text<'s>,
    }

    /// A company that repairs something.
    Vendor is "a map of keys" {
        /// The company.
        "name" => name: Text<'s> = must(Word::TITLE),
        /// The services it answers for.
        "for" => services: OneOrMany<'s> = may(Word::Id),
        /// Its support line.
        "support" => support: Text<'s>,
        /// What to tell them who we are.
        "contract" => contract: Text<'s>,
        /// What we signed with them.
        "agreement" => agreement: Agreement<'s>,
    }

    /// What we signed with a vendor.
    Agreement is "a map of keys" {
        /// Such as BAA.
        "kind" => kind: Text<'s> = must(Word::TITLE),
        /// The day it was signed.
        "on" => on: Text<'s> = may(Word::DAY),
        /// The last day it counts.
        "until" => until: Text<'s> = may(Word::DAY),
    }

    /// Something that runs out.
    Expiry is "a map of keys" {
        /// What.
        "what" => what: Text<'s> = must(Word::TITLE),
        /// The last day it works.
        "on" => on: Text<'s> = must(Word::DAY),
    }
}

fn kinds() -> Vec<&'static str> {
    Facility::ALL.map(Facility::word).to_vec()
}

/// What editors may be told of the site file.
#[must_use]
pub fn schema() -> Schema {
    File::schema(&must(Word::TITLE)).root("The site file of runbook")
}
