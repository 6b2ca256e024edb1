//! What an exercise is about to tell its players: the master scenario events list (MSEL) held against
//! what has happened. Pure: no files, clock, chance, printing or panic.
//!
//! Whoever plays must not see what comes out of here: it is for the facilitator, and for the walk of
//! one person, which delivers what is due and shows nothing else.

mod msel;
#[cfg(test)]
mod tests;

pub use msel::{
    Line, Standing, due, find_line, followed, happened, happened_by, msel, next_at, own_name,
};
