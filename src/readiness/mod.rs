//! Whether a site is ready: facts and today in, verdicts out. Pure.
//!
//! [`policy`] is what is asked for, as data with sources and dates; [`Facts`] is what is known;
//! [`verdicts`] holds one against the other; [`counted`] says which exercises count and for what, and
//! [`cycles`] counts them the way CMS does. Absent here on
//! purpose: files, clocks, terminals, and any rule of law in code.

mod cms;
mod done;
mod exercised;
mod facts;
mod judge;
mod kept;
mod plan;
mod policy;
mod verdict;

pub use cms::{Cycle, Exercise, Need, cycles};
pub use done::Done;
pub use exercised::{Counted, Less, Over, Ran, Reach, counted};
pub use facts::{Activation, BookFacts, Facts, Held, Improvement, PlanItem, Signed, Ticked};
pub use judge::verdicts;
pub use plan::PLAN;
pub use policy::{Basis, Choice, Citation, Law, Least, Policy, Rule, policy};
pub use verdict::{Line, Said, Section, State, Verdicts};
