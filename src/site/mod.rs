//! Whom to reach, and how, when everything else is down. Pure: text in, a [`Site`] or all
//! diagnostics out.
//!
//! The site file is private: names and phone numbers of staff, never of patients. It is as strict as
//! a playbook, and reads through the same YAML. Absent here on purpose: files, clocks, terminals.

mod advice;
mod edit;
mod fill;
mod find;
mod missing;
mod model;
mod names;
mod phone;
mod quiet;
mod read;
mod shape;
mod state;
#[cfg(test)]
mod tests;

pub use advice::{SOON, STALE_AFTER, check};
pub use edit::{Key, SetError, create, get, set};
pub use fill::{Piece, Unfilled};
pub use find::{Found, find};
pub use missing::{Gap, missing};
pub use model::{
    Agreement, Contact, Expiry, Leader, Policy, Reachable, Site, SiteRole, Spot, Standing, Vendor,
};
pub use phone::{Phone, PhoneError};
pub use quiet::{Facility, Pace, YearStart};
pub use read::{Compiled, decode, read, salvage};
pub use shape::schema;
pub use state::is_state;

pub use crate::playbook::MAX_SIZE;
