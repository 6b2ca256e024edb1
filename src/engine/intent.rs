//! What somebody wants to record, before anybody knows whether it is possible.

use std::collections::BTreeMap;

use super::event::Confirmation;
use super::exercise::{Delivery, Speed};
use super::finding::Finding;
use super::improvement::{ActionTerms, Compared, Review};
use super::ready::Readied;
use super::record::{Actor, RecordRef, Source};
use super::text::{Person, Text};
use super::time::Timestamp;
use crate::playbook::{
    InjectId, Mark, NoteKind, ObjectiveId, PlaybookId, Rating, ReportField, RoleId, ServiceId,
    StepId,
};

/// What somebody wants to record. Texts are already fit for a record; names are resolved where that
/// needs no more than the playbook, and words where the answer decides (options, fields).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Set T+0.
    Declare,
    /// End it: it was nothing.
    FalseAlarm {
        /// What it was instead.
        reason: Text,
    },
    /// End it after the work.
    Close {
        /// Why, although something is missing.
        anyway: Option<Text>,
    },
    /// Say what is known of cause and reach.
    Classify {
        /// What made it fail.
        cause: Option<Text>,
        /// All services that are down; empty = nothing new.
        services: Vec<ServiceId>,
        /// How far it reaches.
        scope: Option<Text>,
    },
    /// Note that a linked incident was opened.
    Escalate {
        /// The new incident.
        incident: String,
        /// Its playbook.
        playbook: PlaybookId,
        /// Why.
        reason: Text,
    },
    /// Mark a milestone other than the declaration.
    Mark {
        /// Which.
        mark: Mark,
        /// For one service.
        service: Option<ServiceId>,
    },
    /// Give a role to a person.
    Assign {
        /// The role.
        role: RoleId,
        /// Who.
        person: Person,
        /// As stand-in.
        deputy: bool,
    },
    /// Take a role from a person.
    Release {
        /// The role.
        role: RoleId,
        /// Who.
        person: Person,
    },
    /// Pass a role on.
    HandOver {
        /// The role.
        role: RoleId,
        /// To whom.
        to: Person,
        /// What the next one must know.
        note: Option<Text>,
        /// Who confirms it; [`super::confirms`] says who can.
        confirmed: Vec<Confirmation>,
    },
    /// Start on a step.
    Begin {
        /// Which.
        step: StepId,
    },
    /// Finish a step.
    Done {
        /// Which.
        step: StepId,
        /// Field names and answers, as typed.
        answers: BTreeMap<String, Text>,
        /// What else to say.
        note: Option<Text>,
        /// For critical steps.
        initials: Option<String>,
    },
    /// A step does not apply here.
    Skip {
        /// Which.
        step: StepId,
        /// Why not.
        reason: Text,
    },
    /// A step did not work.
    Fail {
        /// Which.
        step: StepId,
        /// What went wrong.
        reason: Text,
    },
    /// A step has to wait.
    Defer {
        /// Which.
        step: StepId,
        /// Until when.
        until: Timestamp,
        /// Why.
        reason: Text,
    },
    /// A step is open again.
    Reopen {
        /// Which.
        step: StepId,
        /// Why.
        reason: Text,
    },
    /// Answer a decision.
    Decide {
        /// Which.
        step: StepId,
        /// The option, as typed.
        option: String,
        /// Why.
        because: Option<Text>,
        /// For critical steps.
        initials: Option<String>,
    },
    /// Agree to a step.
    Approve {
        /// Which.
        step: StepId,
        /// Why; needed for one's own work.
        reason: Option<Text>,
        /// For critical steps.
        initials: Option<String>,
    },
    /// Write something down.
    Note {
        /// What about.
        kind: NoteKind,
        /// The words.
        text: Text,
    },
    /// Note that the site file was changed.
    ChangeSite {
        /// What was changed; never the values.
        keys: Vec<String>,
    },
    /// Note what a review found.
    NoteFinding {
        /// What.
        finding: Finding,
    },
    /// Write what stands at a place of the after-action report.
    SetReportField {
        /// Where.
        field: ReportField,
        /// What.
        text: Text,
    },
    /// Put something on the improvement plan.
    AddAction {
        /// What is to be done, by whom, until when.
        terms: ActionTerms,
    },
    /// Change what is said of an action.
    UpdateAction {
        /// The record that added it.
        action: RecordRef,
        /// What is new.
        change: ActionTerms,
    },
    /// Say that an action is done.
    CloseAction {
        /// The record that added it.
        action: RecordRef,
        /// What shows it.
        evidence: Text,
        /// The playbook in which its aim reads differently.
        compared: Option<Compared>,
    },
    /// Say that an action is not done after all.
    ReopenAction {
        /// The record that added it.
        action: RecordRef,
        /// Why.
        reason: Text,
    },
    /// Say that somebody has seen that an action is done.
    VerifyAction {
        /// The record that added it.
        action: RecordRef,
        /// What they saw; needed for one's own work.
        reason: Option<Text>,
    },
    /// Say that the hot wash was held or the after-action report finished.
    FinishReview {
        /// Which.
        review: Review,
        /// Where it is, or what shows it.
        evidence: Text,
    },
    /// Note in a standing log what makes the site ready.
    Ready(Readied),
    /// Say that an earlier record was wrong.
    Correct {
        /// Which.
        target: RecordRef,
        /// What is right.
        note: Text,
        /// When it really happened.
        occurred: Option<Timestamp>,
    },
    /// Say that what an earlier record says did not happen. What it displaced stands again.
    Withdraw {
        /// Which: an answer to a step, a beginning or an approval, while the incident runs; or a
        /// milestone, a line of the improvement plan, or what a standing log holds, at any time.
        target: RecordRef,
        /// Why.
        reason: Text,
    },
    /// Tell the players something.
    DeliverInject {
        /// What, as it will stand in the log.
        delivery: Delivery,
        /// Where it is delivered because it was due: what had been read of the log by then. What
        /// players have recorded since may have made it needless. Absent where somebody named it.
        due_by: Option<Vec<RecordRef>>,
    },
    /// Put something of one's own on the list: for later where it says when it is due, else at once.
    AddInject {
        /// What, as it will stand in the log.
        delivery: Delivery,
    },
    /// Keep an inject back.
    HoldInject {
        /// Which.
        inject: InjectId,
        /// Why.
        reason: Option<Text>,
    },
    /// Leave an inject out.
    SkipInject {
        /// Which.
        inject: InjectId,
        /// Why.
        reason: Text,
    },
    /// Note what was seen in an exercise.
    Observe {
        /// About this objective.
        objective: Option<ObjectiveId>,
        /// About this inject.
        inject: Option<InjectId>,
        /// What was seen.
        text: Text,
    },
    /// Judge an objective of an exercise.
    Rate {
        /// Which.
        objective: ObjectiveId,
        /// How it was met.
        rating: Rating,
        /// Why.
        why: Text,
    },
    /// Let the clock of an exercise go on in another way.
    SetClock {
        /// How.
        to: ClockMove,
    },
    /// End an exercise because something real has happened.
    Interrupt {
        /// What.
        reason: Text,
    },
    /// End an exercise, whatever is missing.
    EndExercise {
        /// Why it ends here, where there is something to say.
        reason: Option<Text>,
    },
}

/// What happens to the clock of an exercise. Its state now is looked up where the intent is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockMove {
    /// It stands still.
    Pause,
    /// It runs again.
    Resume,
    /// It runs at another speed; absent = only by hand.
    Speed(Option<Speed>),
    /// It jumps forward to this time.
    To(Timestamp),
    /// It jumps forward by this length, which is more than nothing.
    By(chrono::TimeDelta),
}

/// An intent with everything around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What.
    pub intent: Intent,
    /// Who; a role that is not given is found from what the person holds.
    pub actor: Actor,
    /// When it happened; absent = now.
    pub occurred: Option<Timestamp>,
    /// The caller's key, which makes a repeat harmless.
    pub key: Option<String>,
    /// How it came in.
    pub src: Source,
}

impl Intent {
    /// The step it is about, if it is about one.
    #[must_use]
    pub const fn step(&self) -> Option<&StepId> {
        match self {
            Self::Begin { step }
            | Self::Done { step, .. }
            | Self::Skip { step, .. }
            | Self::Fail { step, .. }
            | Self::Defer { step, .. }
            | Self::Reopen { step, .. }
            | Self::Decide { step, .. }
            | Self::Approve { step, .. } => Some(step),
            Self::Declare
            | Self::FalseAlarm { .. }
            | Self::Close { .. }
            | Self::Classify { .. }
            | Self::Escalate { .. }
            | Self::Mark { .. }
            | Self::Assign { .. }
            | Self::Release { .. }
            | Self::HandOver { .. }
            | Self::ChangeSite { .. }
            | Self::Note { .. }
            | Self::NoteFinding { .. }
            | Self::SetReportField { .. }
            | Self::AddAction { .. }
            | Self::UpdateAction { .. }
            | Self::CloseAction { .. }
            | Self::ReopenAction { .. }
            | Self::VerifyAction { .. }
            | Self::FinishReview { .. }
            | Self::Ready(_)
            | Self::Correct { .. }
            | Self::Withdraw { .. }
            | Self::DeliverInject { .. }
            | Self::AddInject { .. }
            | Self::HoldInject { .. }
            | Self::SkipInject { .. }
            | Self::Observe { .. }
            | Self::Rate { .. }
            | Self::SetClock { .. }
            | Self::Interrupt { .. }
            | Self::EndExercise { .. } => None,
        }
    }

    /// Whether it may be recorded after the incident has ended. A withdrawal depends on what it is
    /// about, which is held against the state: a late mark goes, an answer stays. What a review finds
    /// and the improvement plan come out of the hot wash, which is held after the end: they belong to
    /// the incident's evidence, judge the work, and change no answer that was given.
    #[must_use]
    pub const fn fits_after_end(&self) -> bool {
        match self {
            Self::Note { .. }
            | Self::NoteFinding { .. }
            | Self::SetReportField { .. }
            | Self::Correct { .. }
            | Self::Withdraw { .. }
            | Self::Observe { .. }
            | Self::Rate { .. }
            | Self::AddAction { .. }
            | Self::UpdateAction { .. }
            | Self::CloseAction { .. }
            | Self::ReopenAction { .. }
            | Self::VerifyAction { .. }
            | Self::FinishReview { .. } => true,
            Self::Mark { mark, service: _ } => !matches!(mark, Mark::Declared),
            Self::Declare
            | Self::FalseAlarm { .. }
            | Self::Close { .. }
            | Self::Classify { .. }
            | Self::Escalate { .. }
            | Self::Assign { .. }
            | Self::Release { .. }
            | Self::HandOver { .. }
            | Self::ChangeSite { .. }
            | Self::Begin { .. }
            | Self::Done { .. }
            | Self::Skip { .. }
            | Self::Fail { .. }
            | Self::Defer { .. }
            | Self::Reopen { .. }
            | Self::Decide { .. }
            | Self::Approve { .. }
            | Self::DeliverInject { .. }
            | Self::AddInject { .. }
            | Self::HoldInject { .. }
            | Self::SkipInject { .. }
            | Self::SetClock { .. }
            | Self::Interrupt { .. }
            | Self::EndExercise { .. }
            | Self::Ready(_) => false,
        }
    }

    /// Whether it is about an emergency, and has no place in a log of quiet times, which never ends.
    #[must_use]
    pub const fn leaves_quiet(&self) -> bool {
        self.ends() || matches!(self, Self::Escalate { .. } | Self::FinishReview { .. })
    }

    /// Whether it would end the incident.
    #[must_use]
    pub const fn ends(&self) -> bool {
        matches!(
            self,
            Self::Close { .. }
                | Self::FalseAlarm { .. }
                | Self::Interrupt { .. }
                | Self::EndExercise { .. }
        )
    }

    /// Whether it looks back at an incident, once that is over. What corrects a time of the incident does
    /// not: it speaks of the incident's own hours.
    #[must_use]
    pub const fn is_of_review(&self) -> bool {
        matches!(
            self,
            Self::Note { .. }
                | Self::NoteFinding { .. }
                | Self::SetReportField { .. }
                | Self::Withdraw { .. }
                | Self::Observe { .. }
                | Self::Rate { .. }
        )
    }

    /// Whether it belongs to the improvement plan: that is real also where the exercise's clock is not.
    #[must_use]
    pub const fn is_of_plan(&self) -> bool {
        matches!(
            self,
            Self::AddAction { .. }
                | Self::UpdateAction { .. }
                | Self::CloseAction { .. }
                | Self::ReopenAction { .. }
                | Self::VerifyAction { .. }
                | Self::FinishReview { .. }
        )
    }
}
