//! Exercises: a file of their own beside the playbooks, or a key of a playbook. What they are, and the
//! keys of the file; what makes one valid stands in `compile`.

mod model;
pub(super) mod shape;

pub use model::{Exercise, Happening, Inject, NoHappening, Objective, When, WorldChange};
pub use shape::schema as exercise_schema;
