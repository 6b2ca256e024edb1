//! What may happen. Pure: no files, clock, chance, printing or panic.
//!
//! An [`Intent`] is what somebody wants to record. [`decide`] turns it into events or a [`Refusal`];
//! [`State::apply`] folds the records of those events. [`views`] says what is due now.

mod answered;
mod clock;
mod day;
mod decide;
mod event;
mod exercise;
mod find;
mod finding;
mod improvement;
mod intent;
mod names;
mod next;
mod opening;
mod ready;
mod record;
mod refusal;
mod rehearse;
mod review;
mod schedule;
mod service;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod time;

pub use answered::{answered_marks, counted};
pub use clock::{ClockReading, ExerciseClock};
pub use day::Day;
pub use decide::{
    Advice, Verdict, confirms, decide, initials, missing_before_close, not_in_future, same_fact,
};
pub use event::{ClockKind, Confirmation, Event, IncidentOpened, Mode, SourceDigest, StepDone};
pub use exercise::{ClockSetting, Delivery, ExerciseStarted, Speed, own_inject};
pub use find::{find_role, find_step};
pub use finding::{Finding, named_in};
pub use improvement::{ActionTerms, Aim, AimPart, Compared, Element, Review, action_code};
pub use intent::{ClockMove, Intent, Request};
pub use names::{bare_name, likely_same, likely_same_people, same_name};
pub use next::due_next;
pub use ready::{ExerciseType, Readied, ReadyKind};
pub use record::{Actor, Fact, Head, Hlc, LATE_AFTER, Record, RecordRef, Source, Stamp, WriterId};
pub use refusal::{ExerciseRefusal, PlanRefusal, Refusal};
pub use rehearse::{Rehearsed, rehearse, rehearse_one, rehearsed_as, try_out};
pub use review::{AFTER_ACTION_WITHIN, HOT_WASH_WITHIN, Reviewed, reviews};
pub use schedule::{
    Gate, Status, StepView, gate, phase_by_clock, phase_opened, phases_open, views,
};
pub use service::{ServiceLine, Stretch, downtime, holds_for_all, holds_for_any, service_lines};
pub use state::{
    Action, Added, Classification, Closed, Conflict, ConflictKind, Ending, ExerciseState, Haste,
    Held, Life, Marked, Moment, Observation, Occurrence, Outcome, Rated, Seen, Skipped, State,
    StepStates, Tenure, Told, Verified,
};
pub use text::{Digest, MAX_NAME, MAX_TEXT, Person, Text, TextError, is_unprintable, line, words};
pub use time::{Offset, Timestamp};
