//! What we say happened. Pure: records and their fold in, values and text out.
//!
//! Absent here on purpose: files, clocks, terminals, and any decision about what may happen. A figure
//! that the log cannot support is absent, never zero.

mod accountable;
mod after_action;
mod chase;
mod columns;
mod csv;
mod document;
mod exercise;
#[cfg(test)]
mod fixture;
mod handover;
mod improvement;
mod json;
mod kpi;
mod markdown;
mod number;
mod on_shift;
mod passed_on;
mod people;
mod plain;
mod ready;
mod sentence;
mod services;
mod status;
mod steps;
mod story;
#[cfg(test)]
mod tests;
mod text;
mod timeline;
mod told;
mod when;
mod words;

pub use after_action::{EndingLine, LIMITS, MarkLine, Report};
pub use chase::{
    Chased, IncidentPlan, Item, OnTime, Standing, chase, incident_plan, on_time, short_name,
};
pub use csv::{CsvFile, csv_files, improvement_plan};
pub use exercise::rating_words;
pub use handover::handover;
pub use improvement::{ActionLine, ActionState, ReviewLine, codes};
pub use json::{json, pretty};
pub use kpi::{Figure, Unit, figures};
pub use markdown::markdown;
pub use number::{hours, share_in_percent as percent};
pub use on_shift::{OnShift, RELIEF_DUE};
pub use passed_on::HandOverLine;
pub use people::{Holder, RoleLine, Shift};
pub use sentence::{sentence, sentence_for_players, site_key};
pub use services::{Down, ServiceStatus};
pub use status::{ConflictLine, FORMAT, Milestones, PlaybookLine, Status, one_person};
pub use steps::{Agreed, StepLine};
pub use story::{Story, counted_until};
pub use text::text;
pub use timeline::{Amendment, CorrectionLine, Entry, came_in, timeline};
pub use told::{ExerciseLine, InjectLine};
pub use when::{When, t_plus};
pub use words::{DecisionLine, NoteLine, Origin};
