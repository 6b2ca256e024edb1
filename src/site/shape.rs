//! Every key of the site file, once.

use crate::playbook::reading::{
    Entries, Findings, List, Node, OneOrMany, Read, Slot, Span, Text, Under, map, shape, slot,
    unknown_key,
};

shape! {
    /// A whole site file.
    File is "a map of keys" {
        /// The version of the format: 1.
        "runbook-site" => format: Text<'s>,
        /// The place itself.
        "site" => site: Place<'s>,
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
    }

    /// The place itself.
    Place is "a map of keys" {
        /// What patients call it.
        "name" => name: Text<'s>,
        /// Two letters.
        "state" => state: Text<'s>,
        /// The number patients call back.
        "callback" => callback: Text<'s>,
        /// The number on the door.
        "public-phone" => public_phone: Text<'s>,
        /// The day somebody last dialed the numbers.
        "checked" => checked: Text<'s>,
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
        "name" => name: Text<'s>,
        /// A phone that works when everything else is down.
        "phone" => phone: Text<'s>,
        /// Another way: a pager, a radio, a room.
        "other" => other: Text<'s>,
    }

    /// Somebody who has to be told.
    Leader is "a map of keys" {
        /// The name.
        "name" => name: Text<'s>,
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
        "name" => name: Text<'s>,
        /// The services it answers for.
        "for" => services: OneOrMany<'s>,
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
        "kind" => kind: Text<'s>,
        /// The day it was signed.
        "on" => on: Text<'s>,
        /// The last day it counts.
        "until" => until: Text<'s>,
    }

    /// Something that runs out.
    Expiry is "a map of keys" {
        /// What.
        "what" => what: Text<'s>,
        /// The last day it works.
        "on" => on: Text<'s>,
    }
}
