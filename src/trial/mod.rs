//! What should come of a playbook. Pure: the text of a playbook test in, what is not as it says out.
//!
//! A test is a file of scenarios: scripted incidents that are played on an exercise clock through the
//! real rules ([`crate::engine::decide`]) and the real fold ([`crate::engine::State::apply`]), and held
//! against the real schedule and the real figures. Nothing is computed here a second time, and nothing
//! is written anywhere.

mod bench;
mod check;
mod coverage;
mod crew;
mod draft;
mod model;
mod outcome;
mod play;
mod read;
mod shape;
mod stand;
#[cfg(test)]
mod tests;

pub use coverage::Coverage;
pub use draft::draft;
pub use model::{Scenario, Script, Spot, since_t0};
pub use outcome::{Fault, Group, Played};
pub use play::play;
pub use read::{NoPlaybook, is_test, read};
pub use shape::schema;

pub use crate::playbook::MAX_SIZE;
