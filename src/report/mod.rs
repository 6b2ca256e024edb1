//! What we say happened. Pure: records and their fold in, values and text out.
//!
//! Absent here on purpose: files, clocks, terminals, and any decision about what may happen. A figure
//! that the log cannot support is absent, never zero.

mod aar;
mod accountable;
mod after_action;
mod chase;
mod columns;
mod csv;
mod document;
mod evidence;
mod exercise;
mod exercised;
mod findings;
#[cfg(test)]
mod fixture;
mod handover;
mod html;
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
mod trend;
mod when;
mod words;

pub use aar::{
    Filled, Outline, Question, aar_csv, aar_html, aar_markdown, eeg_html, eeg_text,
    hot_wash_questions, rating_definition,
};
pub use after_action::{EndingLine, LIMITS, MarkLine, Report};
pub use chase::{
    Chased, IncidentPlan, Item, OnTime, Standing, chase, incident_plan, on_time, short_name,
};
pub use csv::{CsvFile, csv_files, improvement_plan};
pub use document::{amount, figure_label};
pub use evidence::{Evidence, EvidenceKind};
pub use exercise::rating_words;
pub use exercised::{
    ExerciseDetails, ExpectedLine, InjectOutcome, ObjectiveLine, ObservationLine, RatingLine,
};
pub use findings::{FieldLine, FindingLine};
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
pub use trend::{
    Compared, ComparedKpi, ComparedMark, ComparedObjective, ComparedStep, Comparison, Judged,
    KpiTrend, NotComparable, ObjectiveTrend, Run, Series, Side, StepPair, Timed, Trend, Value,
    comparison_csv, trend_files,
};
pub use when::{When, t_plus};
pub use words::{DecisionLine, NoteLine, Origin};
