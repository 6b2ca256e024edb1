//! What an event is about: a step, people, an exercise. Each list is exhaustive on purpose.

use super::{Event, StepDone};
use crate::engine::text::Person;
use crate::playbook::StepId;

impl Event {
    /// Whether it can only stand in the log of an exercise.
    #[must_use]
    pub const fn is_of_exercise(&self) -> bool {
        match self {
            Self::ExerciseStarted(_)
            | Self::InjectDelivered(_)
            | Self::InjectAdded(_)
            | Self::InjectHeld { .. }
            | Self::InjectSkipped { .. }
            | Self::ObservationNoted { .. }
            | Self::ObjectiveRated { .. }
            | Self::ExerciseClockSet(_)
            | Self::ExerciseInterrupted { .. } => true,
            Self::IncidentOpened(_)
            | Self::IncidentDeclared {}
            | Self::FalseAlarmDeclared { .. }
            | Self::IncidentClosed { .. }
            | Self::IncidentClassified { .. }
            | Self::IncidentEscalated { .. }
            | Self::MilestoneMarked { .. }
            | Self::RoleAssigned { .. }
            | Self::RoleReleased { .. }
            | Self::RoleHandedOver { .. }
            | Self::StepBegun { .. }
            | Self::StepDone(_)
            | Self::StepSkipped { .. }
            | Self::StepFailed { .. }
            | Self::StepDeferred { .. }
            | Self::StepReopened { .. }
            | Self::DecisionTaken { .. }
            | Self::StepApproved { .. }
            | Self::NoteAdded { .. }
            | Self::RecordCorrected { .. }
            | Self::RecordWithdrawn { .. }
            | Self::ActionAdded { .. }
            | Self::ActionUpdated { .. }
            | Self::ActionClosed { .. }
            | Self::ActionReopened { .. }
            | Self::ActionVerified { .. }
            | Self::ReviewFinished { .. }
            | Self::ReadinessRecorded(_)
            | Self::FindingNoted(_)
            | Self::ReportFieldSet { .. }
            | Self::SiteChanged { .. }
            | Self::ClockJumped { .. }
            | Self::TailRecovered { .. }
            | Self::WriterContinued { .. } => false,
        }
    }

    /// Whether it belongs to the improvement plan: that is real also where the exercise's clock is not.
    #[must_use]
    pub const fn is_of_plan(&self) -> bool {
        match self {
            Self::ActionAdded { .. }
            | Self::ActionUpdated { .. }
            | Self::ActionClosed { .. }
            | Self::ActionReopened { .. }
            | Self::ActionVerified { .. }
            | Self::ReviewFinished { .. } => true,
            Self::ExerciseStarted(_)
            | Self::InjectDelivered(_)
            | Self::InjectAdded(_)
            | Self::InjectHeld { .. }
            | Self::InjectSkipped { .. }
            | Self::ObservationNoted { .. }
            | Self::ObjectiveRated { .. }
            | Self::ExerciseClockSet(_)
            | Self::ExerciseInterrupted { .. }
            | Self::IncidentOpened(_)
            | Self::IncidentDeclared {}
            | Self::FalseAlarmDeclared { .. }
            | Self::IncidentClosed { .. }
            | Self::IncidentClassified { .. }
            | Self::IncidentEscalated { .. }
            | Self::MilestoneMarked { .. }
            | Self::RoleAssigned { .. }
            | Self::RoleReleased { .. }
            | Self::RoleHandedOver { .. }
            | Self::StepBegun { .. }
            | Self::StepDone(_)
            | Self::StepSkipped { .. }
            | Self::StepFailed { .. }
            | Self::StepDeferred { .. }
            | Self::StepReopened { .. }
            | Self::DecisionTaken { .. }
            | Self::StepApproved { .. }
            | Self::NoteAdded { .. }
            | Self::RecordCorrected { .. }
            | Self::RecordWithdrawn { .. }
            | Self::FindingNoted(_)
            | Self::ReportFieldSet { .. }
            | Self::ReadinessRecorded(_)
            | Self::SiteChanged { .. }
            | Self::ClockJumped { .. }
            | Self::TailRecovered { .. }
            | Self::WriterContinued { .. } => false,
        }
    }

    /// Whether it ends the incident, or the exercise.
    #[must_use]
    pub const fn ends(&self) -> bool {
        matches!(
            self,
            Self::IncidentClosed { .. }
                | Self::FalseAlarmDeclared { .. }
                | Self::ExerciseInterrupted { .. }
        )
    }

    /// Whether whoever records it in an exercise takes part in the incident that is played, as answering
    /// a step does.
    pub(in crate::engine) const fn leads(&self) -> bool {
        matches!(
            self,
            Self::IncidentDeclared {}
                | Self::FalseAlarmDeclared { .. }
                | Self::IncidentClassified { .. }
                | Self::IncidentEscalated { .. }
                | Self::MilestoneMarked { .. }
        )
    }

    /// The step that it says something of, and which occurrence.
    pub(in crate::engine) const fn occurrence(&self) -> Option<(&StepId, u32)> {
        match self {
            Self::StepDone(StepDone { step, occurrence, .. })
            | Self::StepBegun { step, occurrence }
            | Self::StepSkipped { step, occurrence, .. }
            | Self::StepFailed { step, occurrence, .. }
            | Self::StepDeferred { step, occurrence, .. }
            | Self::StepReopened { step, occurrence, .. }
            | Self::DecisionTaken { step, occurrence, .. }
            | Self::StepApproved { step, occurrence, .. } => Some((step, *occurrence)),
            Self::IncidentOpened(_)
            | Self::IncidentDeclared {}
            | Self::FalseAlarmDeclared { .. }
            | Self::IncidentClosed { .. }
            | Self::IncidentClassified { .. }
            | Self::IncidentEscalated { .. }
            | Self::MilestoneMarked { .. }
            | Self::RoleAssigned { .. }
            | Self::RoleReleased { .. }
            | Self::RoleHandedOver { .. }
            | Self::NoteAdded { .. }
            | Self::RecordCorrected { .. }
            | Self::RecordWithdrawn { .. }
            | Self::ActionAdded { .. }
            | Self::ActionUpdated { .. }
            | Self::ActionClosed { .. }
            | Self::ActionReopened { .. }
            | Self::ActionVerified { .. }
            | Self::ReviewFinished { .. }
            | Self::ReadinessRecorded(_)
            | Self::FindingNoted(_)
            | Self::ReportFieldSet { .. }
            | Self::SiteChanged { .. }
            | Self::ClockJumped { .. }
            | Self::TailRecovered { .. }
            | Self::WriterContinued { .. }
            | Self::ExerciseStarted(_)
            | Self::InjectDelivered(_)
            | Self::InjectAdded(_)
            | Self::InjectHeld { .. }
            | Self::InjectSkipped { .. }
            | Self::ObservationNoted { .. }
            | Self::ObjectiveRated { .. }
            | Self::ExerciseClockSet(_)
            | Self::ExerciseInterrupted { .. } => None,
        }
    }

    /// The people it names; who recorded it stands elsewhere.
    pub(in crate::engine) fn people(&self) -> Vec<&Person> {
        match self {
            Self::RoleAssigned { person, .. } | Self::RoleReleased { person, .. } => vec![person],
            Self::RoleHandedOver { from, to, confirmed, .. } => {
                let confirmed = confirmed.iter().map(|confirmation| &confirmation.person);
                from.iter().chain([to]).chain(confirmed).collect()
            }
            Self::ExerciseStarted(started) => vec![&started.facilitator],
            Self::ActionAdded { terms, .. } | Self::ActionUpdated { change: terms, .. } => {
                terms.owner.iter().collect()
            }
            Self::IncidentOpened(_)
            | Self::IncidentDeclared {}
            | Self::FalseAlarmDeclared { .. }
            | Self::IncidentClosed { .. }
            | Self::IncidentClassified { .. }
            | Self::IncidentEscalated { .. }
            | Self::MilestoneMarked { .. }
            | Self::StepBegun { .. }
            | Self::StepDone(_)
            | Self::StepSkipped { .. }
            | Self::StepFailed { .. }
            | Self::StepDeferred { .. }
            | Self::StepReopened { .. }
            | Self::DecisionTaken { .. }
            | Self::StepApproved { .. }
            | Self::NoteAdded { .. }
            | Self::RecordCorrected { .. }
            | Self::RecordWithdrawn { .. }
            | Self::ActionClosed { .. }
            | Self::ActionReopened { .. }
            | Self::ActionVerified { .. }
            | Self::ReviewFinished { .. }
            | Self::ReadinessRecorded(_)
            | Self::FindingNoted(_)
            | Self::ReportFieldSet { .. }
            | Self::SiteChanged { .. }
            | Self::ClockJumped { .. }
            | Self::TailRecovered { .. }
            | Self::WriterContinued { .. }
            | Self::InjectDelivered(_)
            | Self::InjectAdded(_)
            | Self::InjectHeld { .. }
            | Self::InjectSkipped { .. }
            | Self::ObservationNoted { .. }
            | Self::ObjectiveRated { .. }
            | Self::ExerciseClockSet(_)
            | Self::ExerciseInterrupted { .. } => Vec::new(),
        }
    }
}
