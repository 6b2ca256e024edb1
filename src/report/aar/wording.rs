//! One document, two vocabularies: that of an exercise and that of an incident.

use crate::report::after_action::Report;

/// How this document calls things.
pub(super) struct Wording {
    pub(super) exercise: bool,
    /// What it is about.
    pub(super) name: String,
    pub(super) overview: &'static str,
    pub(super) name_row: &'static str,
    pub(super) dates_row: &'static str,
    pub(super) scenario_row: &'static str,
    pub(super) sponsor_row: &'static str,
    pub(super) analysis: &'static str,
    pub(super) participants: &'static str,
    pub(super) design: &'static str,
    pub(super) synopsis: &'static str,
    pub(super) events: &'static str,
}

impl Wording {
    pub(super) fn of(report: &Report) -> Self {
        let title = report.exercise_details.as_ref().map(|exercise| exercise.title.clone());
        let name = title.or_else(|| report.status.title.clone());
        let name = name.unwrap_or_else(|| report.status.incident.clone());
        if report.is_exercise() {
            Self {
                exercise: true,
                name,
                overview: "Exercise Overview",
                name_row: "Exercise Name",
                dates_row: "Exercise Dates",
                scenario_row: "Scenario",
                sponsor_row: "Sponsor",
                analysis: "Analysis of Core Capabilities",
                participants: "Appendix B: Exercise Participants",
                design: "Exercise Design Summary",
                synopsis: "Exercise Events Synopsis",
                events: "Exercise Events Summary Table",
            }
        } else {
            Self {
                exercise: false,
                name,
                overview: "Incident Overview",
                name_row: "Incident Name",
                dates_row: "Incident Dates",
                scenario_row: "What Happened",
                sponsor_row: "Responsible Organization",
                analysis: "Analysis of Core Capabilities",
                participants: "Appendix B: Participants",
                design: "Response Summary",
                synopsis: "Incident Events Synopsis",
                events: "Incident Events Summary Table",
            }
        }
    }
}
