//! Steps that several playbooks share, each written once in a step set.
//!
//! A playbook takes such a step by `- use: SET/STEP` in a line of its own. The step is put there as
//! text, before anything is compiled: what is compiled, pinned and compared is an ordinary playbook,
//! and a pinned one needs no step set at hand. What is found in it is told where it was written.

mod assemble;
mod cut;
mod expand;
mod expanded;
mod shelf;
mod uses;

pub use assemble::{Assembled, Checked, Located, Unusable, assemble, check};
pub use expanded::SourceFile;
pub use shelf::{SetFile, Sets};
pub use uses::{Draft, is_step_set};

pub(super) use cut::{Block, cut};
pub(super) use expanded::Expanded;
pub(super) use uses::{USE, use_of};

#[cfg(test)]
mod tests;
