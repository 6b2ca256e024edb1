//! Whether a site is ready: facts and today in, verdicts out. Pure.
//!
//! [`policy`] is what is asked for, as data with sources and dates; [`Facts`] is what is known;
//! [`verdicts`] holds one against the other; [`cycles`] counts exercises the way CMS does. Absent here on
//! purpose: files, clocks, terminals, and any rule of law in code.

mod cms;
mod exercised;
mod facts;
mod judge;
mod kept;
mod plan;
mod policy;
mod verdict;

pub use cms::{Cycle, Exercise, Need, cycles};
pub use exercised::{Ran, held};
pub use facts::{Activation, BookFacts, Facts, Held, Improvement, PlanItem, Signed, Ticked};
pub use judge::verdicts;
pub use plan::PLAN;
pub use policy::{Basis, Choice, Citation, Law, Policy, Rule, policy};
pub use verdict::{Line, Section, State, Verdicts};
