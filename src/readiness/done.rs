//! What is on record of those who took part in an exercise.

use crate::engine::{Event, Fact};

/// What those who took part did that was recorded, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Done {
    /// Nothing.
    Nothing,
    /// Somebody wrote down what was said or seen, or when something happened.
    Talk,
    /// Steps were answered.
    Work,
}

impl Done {
    /// What one fact shows; one of a newer version shows nothing.
    #[must_use]
    pub const fn of(fact: &Fact) -> Self {
        let Fact::Known(event) = fact else { return Self::Nothing };
        match event {
            Event::StepDone(_)
            | Event::StepSkipped { .. }
            | Event::StepFailed { .. }
            | Event::StepDeferred { .. }
            | Event::DecisionTaken { .. }
            | Event::StepApproved { .. } => Self::Work,
            Event::NoteAdded { .. }
            | Event::ObservationNoted { .. }
            | Event::FindingNoted(_)
            | Event::MilestoneMarked { .. } => Self::Talk,
            Event::IncidentOpened(_)
            | Event::IncidentDeclared {}
            | Event::FalseAlarmDeclared { .. }
            | Event::IncidentClosed { .. }
            | Event::IncidentClassified { .. }
            | Event::IncidentEscalated { .. }
            | Event::RoleAssigned { .. }
            | Event::RoleReleased { .. }
            | Event::RoleHandedOver { .. }
            | Event::StepBegun { .. }
            | Event::StepReopened { .. }
            | Event::ReportFieldSet { .. }
            | Event::RecordCorrected { .. }
            | Event::RecordWithdrawn { .. }
            | Event::ActionAdded { .. }
            | Event::ActionUpdated { .. }
            | Event::ActionClosed { .. }
            | Event::ActionReopened { .. }
            | Event::ActionVerified { .. }
            | Event::ReviewFinished { .. }
            | Event::ReadinessRecorded(_)
            | Event::SiteChanged { .. }
            | Event::ClockJumped { .. }
            | Event::TailRecovered { .. }
            | Event::WriterContinued { .. }
            | Event::ExerciseStarted(_)
            | Event::InjectDelivered(_)
            | Event::InjectAdded(_)
            | Event::InjectHeld { .. }
            | Event::InjectSkipped { .. }
            | Event::ObjectiveRated { .. }
            | Event::ExerciseClockSet(_)
            | Event::ExerciseInterrupted { .. } => Self::Nothing,
        }
    }
}
