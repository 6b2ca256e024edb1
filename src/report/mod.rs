//! What we say happened. Pure: records and their fold in, values and text out.
//!
//! Absent here on purpose: files, clocks, terminals, and any decision about what may happen. A figure
//! that the log cannot support is absent, never zero.

#[cfg(test)]
mod fixture;
mod kpi;
mod number;
mod story;
mod when;

pub use kpi::{Figure, Unit, figures};
pub use story::{Story, counted_until};
pub use when::When;
