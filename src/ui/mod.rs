//! How it looks. Never decides, never opens files, never asks the clock.
//!
//! Text that people wrote goes through [`safe`] before it reaches a terminal, without exception.

mod actions;
mod afterwards;
mod changes;
mod compare;
mod contacts;
mod diagnostics;
mod injects;
mod log;
mod moment;
mod playbook;
mod prompt;
mod readiness;
mod real;
mod receipt;
mod reference;
mod rules;
mod safe;
mod status;
mod style;
mod table;
mod trends;
mod trial;
mod wrap;

pub use actions::actions_lines;
pub use afterwards::afterwards;
pub use changes::{change_lines, change_sentence};
pub use compare::comparison_text;
pub use contacts::{
    HoldsNow, contacts_lines, gap_lines, leader_lines, person_lines, raw_lines, rest_lines,
    role_lines, site_lines, vendor_lines,
};
pub use diagnostics::{render as render_diagnostics, render_accepted, render_located};
pub use injects::{clock_line, inject_details, injects_table, standing_words, told_lines};
pub use log::log_text;
pub use moment::{clock_and_offset, clock_time, day_and_time, near_time, span, t_plus};
pub use playbook::{opening, step_lines};
pub use prompt::{Answer, Prompt, welcome_back};
pub use readiness::{plan_lines, readiness_lines};
pub use real::{now_for_real, this_is_real};
pub use receipt::{advise, saved, shows_checkpoint};
pub use reference::reference_lines;
pub use rules::{acceptance, rule_table, rule_text, severity_word};
pub use safe::safe;
pub use status::status_text;
pub use style::{BAD, GOOD, HEAD, QUIET, STRONG, WARN, paint};
pub use table::table;
pub use trends::series_text;
pub use trial::{
    LEGEND, coverage_lines, event_lines, fault_lines, fault_place, scenario_lines, verdict,
};
pub use wrap::{cut, flow, wrap};
