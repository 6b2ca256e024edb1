//! How it looks. Never decides, never opens files, never asks the clock.
//!
//! Text that people wrote goes through [`safe`] before it reaches a terminal, without exception.

mod diagnostics;
mod moment;
mod prompt;
mod safe;
mod style;
mod table;

pub use diagnostics::render as render_diagnostics;
pub use moment::{clock_time, day_and_time, span, t_plus};
pub use prompt::{Answer, Prompt};
pub use safe::safe;
pub use style::{BAD, GOOD, HEAD, QUIET, STRONG, WARN, paint};
pub use table::table;
