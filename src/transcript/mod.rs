//! What a scribe types from paper: lines → entries in the order in which they happened.
//!
//! [`read`] takes a file, or the lines typed so far, as a whole: a line may rest on others (the day,
//! whose initials, who took over from whom), and all faults are told at once, each with its place.
//! [`settle`] makes hand-overs of shifts that meet and sorts. [`on_record`] finds what the log says
//! already. Whether the rest is possible is the engine's business ([`crate::engine::rehearse`]).
//!
//! The grammar is tolerant in form and strict in meaning: nothing is guessed that would be a fact.

mod answers;
mod entry;
mod fault;
mod grammar;
mod known;
mod meaning;
mod order;
mod people;
mod row;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod times;

pub use entry::{Entry, Opening, Remark};
pub use fault::{Ask, Fault};
pub use known::{Found, on_record};
pub use meaning::{Known, Read, Shape, read};
pub use order::settle;
pub use people::{Initials, initials_of};
pub use times::Times;
