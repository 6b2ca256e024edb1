//! What we say happened. Pure: records and their fold in, values and text out.
//!
//! Absent here on purpose: files, clocks, terminals, and any decision about what may happen. A figure
//! that the log cannot support is absent, never zero.

#[cfg(test)]
mod fixture;
mod kpi;
mod number;
mod people;
mod sentence;
mod services;
mod status;
mod steps;
mod story;
mod timeline;
mod when;

pub use kpi::{Figure, Unit, figures};
pub use people::{Holder, RoleLine, Shift};
pub use services::{Down, ServiceStatus};
pub use status::{ConflictLine, FORMAT, Milestones, PlaybookLine, Status};
pub use steps::{Agreed, StepLine};
pub use story::{Story, counted_until};
pub use timeline::{Amendment, CorrectionLine, Entry};
pub use when::When;
