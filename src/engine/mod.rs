//! What may happen. Pure: no files, clock, chance, printing or panic.

mod event;
mod record;
mod text;
mod time;

pub use event::{ClockKind, Event, IncidentOpened, Mode, StepDone};
pub use record::{Actor, Fact, Head, Hlc, LATE_AFTER, Record, RecordRef, Source, Stamp, WriterId};
pub use text::{Digest, MAX_NAME, MAX_TEXT, Person, Text, TextError, is_unprintable, line, words};
pub use time::{Offset, Timestamp};
