//! Whom to reach, and what may be said. Pure.

mod phi;

pub use phi::{Suspicion, SuspicionKind, suspicions, suspicions_of_contact};
