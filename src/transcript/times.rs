//! What a clock on a sheet means. How times are written and where clocks are is not known here: the
//! caller brings it.

use chrono::NaiveDate;

use crate::engine::Timestamp;

/// A time, or why it cannot be taken.
type Taken = Result<Timestamp, String>;

/// How times are read.
#[derive(Clone, Copy)]
pub struct Times<'a> {
    /// What a clock that shows this on this day means. The words may carry a day or an offset of their
    /// own.
    pub on: &'a dyn Fn(NaiveDate, &str) -> Taken,
    /// The same for something that happened at or before a moment.
    pub before: &'a dyn Fn(&str, Timestamp) -> Taken,
    /// The same for something that waits from a moment on.
    pub after: &'a dyn Fn(&str, Timestamp) -> Taken,
    /// A time as answers hold it: RFC 3339.
    pub iso: &'a dyn Fn(Timestamp) -> String,
    /// The day on the wall at a moment.
    pub day: &'a dyn Fn(Timestamp) -> NaiveDate,
}

impl std::fmt::Debug for Times<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Times")
    }
}
