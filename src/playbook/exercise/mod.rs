//! Exercises: a file of their own beside the playbooks, or a key of a playbook. Text in, an
//! [`Exercise`] or all diagnostics out.

mod model;

pub use model::{Exercise, Happening, Inject, NoHappening, Objective, When, WorldChange};
