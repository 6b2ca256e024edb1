//! Facts, in the past tense. These types are the words of a file that people keep for six years:
//! names and meanings are frozen; new optional fields and new events may be added, nothing else.
//!
//! On disk an event is `"type":"step_done","data":{…}`.

mod about;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::exercise::{ClockSetting, Delivery, ExerciseStarted};
use super::improvement::{ActionTerms, Compared, Review};
use super::ready::Readied;
use super::record::{Head, RecordRef};
use super::text::{Digest, Person, Text};
use super::time::Timestamp;
use crate::playbook::{
    FieldId, InjectId, Mark, NoteKind, ObjectiveId, OptionId, PlaybookId, Rating, RoleId,
    ServiceId, StepId,
};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
pub enum Event {
    /// The first record of the first writer: what this incident is.
    IncidentOpened(IncidentOpened),
    /// T+0: the record's effective time.
    IncidentDeclared {},
    /// Suspected or declared, and it was nothing.
    FalseAlarmDeclared {
        /// What it was instead.
        reason: Text,
    },
    /// The incident is over.
    IncidentClosed {
        /// Why it was closed although something was missing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        anyway: Option<Text>,
        /// What was missing, in words.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        missing: Vec<String>,
    },
    /// What is known of cause and reach; a field that is absent says nothing new.
    IncidentClassified {
        /// What made it fail.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<Text>,
        /// The services that are down, all of them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        services: Vec<ServiceId>,
        /// How far it reaches.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scope: Option<Text>,
    },
    /// A linked incident with another playbook was opened.
    IncidentEscalated {
        /// The new incident.
        incident: String,
        /// Its playbook.
        playbook: PlaybookId,
        /// Why.
        reason: Text,
    },
    /// A milestone other than the declaration.
    MilestoneMarked {
        /// Which.
        mark: Mark,
        /// For one service; absent = for all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service: Option<ServiceId>,
    },
    /// A person took a role on.
    RoleAssigned {
        /// The role.
        role: RoleId,
        /// Who.
        person: Person,
        /// As stand-in.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        deputy: bool,
    },
    /// A person laid a role down.
    RoleReleased {
        /// The role.
        role: RoleId,
        /// Who.
        person: Person,
    },
    /// A role passed to another person.
    RoleHandedOver {
        /// The role.
        role: RoleId,
        /// Everybody who held it (deputies stay).
        from: Vec<Person>,
        /// Who holds it now.
        to: Person,
        /// What the next one must know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Text>,
        /// Who confirmed it with their initials; whoever is absent did not.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        confirmed: Vec<Confirmation>,
    },
    /// Somebody works on a step.
    StepBegun {
        /// Which.
        step: StepId,
        /// From 1.
        occurrence: u32,
    },
    /// A step is finished.
    StepDone(StepDone),
    /// A step does not apply here.
    StepSkipped {
        /// Which.
        step: StepId,
        /// From 1.
        occurrence: u32,
        /// Why not.
        reason: Text,
    },
    /// A step was tried and did not work.
    StepFailed {
        /// Which.
        step: StepId,
        /// From 1.
        occurrence: u32,
        /// What went wrong.
        reason: Text,
    },
    /// A step waits until a later time.
    StepDeferred {
        /// Which.
        step: StepId,
        /// From 1.
        occurrence: u32,
        /// Its new due time.
        until: Timestamp,
        /// Why.
        reason: Text,
    },
    /// A step is open again.
    StepReopened {
        /// Which.
        step: StepId,
        /// From 1.
        occurrence: u32,
        /// Why.
        reason: Text,
    },
    /// A decision was taken.
    DecisionTaken {
        /// Which.
        step: StepId,
        /// From 1.
        occurrence: u32,
        /// The answer.
        option: OptionId,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<Text>,
        /// Typed by the person who answers for a critical step.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        initials: Option<String>,
        /// The milestone this reaches.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        milestone: Option<Mark>,
    },
    /// Somebody agreed to a step.
    StepApproved {
        /// Which.
        step: StepId,
        /// From 1.
        occurrence: u32,
        /// The approver did the work as well; then `reason` says why.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        own_work: bool,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
        /// Typed by the person who answers for a critical step.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        initials: Option<String>,
        /// The milestone this reaches.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        milestone: Option<Mark>,
    },
    /// Words for the log.
    NoteAdded {
        /// What about.
        kind: NoteKind,
        /// The words.
        text: Text,
    },
    /// An earlier record was wrong; it stays, and this says how to read it.
    RecordCorrected {
        /// The record in question, which another writer's file may bring later.
        target: RecordRef,
        /// What is right.
        note: Text,
        /// When it really happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        occurred: Option<Timestamp>,
    },
    /// What an earlier record says did not happen: a step answered, or a milestone marked, by mistake.
    /// The record stays; the fold goes on as if its fact were not there, and neither any approval that
    /// was given to it. After the end only milestones are withdrawn; where the files of several writers
    /// bring the withdrawal of an answer, it counts and is shown as a conflict.
    RecordWithdrawn {
        /// The record in question, which another writer's file may bring later.
        target: RecordRef,
        /// Why.
        reason: Text,
    },
    /// Something is to go better next time: a line of the improvement plan. This record is the action's
    /// identity; the number is what people say.
    ActionAdded {
        /// From 1 within the incident, as this writer counted; two writers may have counted alike.
        number: u32,
        /// What is to be done, by whom, until when.
        terms: Box<ActionTerms>,
    },
    /// Something of an action is different from now on.
    ActionUpdated {
        /// The record that added it.
        action: RecordRef,
        /// Its number, for readers.
        number: u32,
        /// The newest record about it when this was decided.
        after: RecordRef,
        /// What is new; a field that is absent stays.
        change: Box<ActionTerms>,
    },
    /// An action is done, says who did it.
    ActionClosed {
        /// The record that added it.
        action: RecordRef,
        /// Its number, for readers.
        number: u32,
        /// The newest record about it when this was decided.
        after: RecordRef,
        /// What shows it.
        evidence: Text,
        /// The playbook in which its aim reads differently, where that is the evidence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        compared: Option<Box<Compared>>,
    },
    /// An action is not done after all.
    ActionReopened {
        /// The record that added it.
        action: RecordRef,
        /// Its number, for readers.
        number: u32,
        /// The newest record about it when this was decided.
        after: RecordRef,
        /// Why.
        reason: Text,
    },
    /// Somebody has seen that a closed action is done.
    ActionVerified {
        /// The record that added it.
        action: RecordRef,
        /// Its number, for readers.
        number: u32,
        /// The newest record about it when this was decided.
        after: RecordRef,
        /// Who verifies it closed it as well; then `reason` says why.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        own_work: bool,
        /// What they saw, or why nobody else looked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// The hot wash was held, or the after-action report finished, after the incident had ended.
    ReviewFinished {
        /// Which.
        review: Review,
        /// Where it is, or what shows it.
        evidence: Text,
    },
    /// An exercise, a training, a test: what makes the site ready. In standing logs only.
    ReadinessRecorded(Box<Readied>),
    /// The site's file of phone numbers and people was changed while the incident ran.
    SiteChanged {
        /// What was changed, such as `roles.it-lead.holder.phone`; never the values.
        keys: Vec<String>,
    },
    /// The machine's clock moved against its own monotonic time.
    ClockJumped {
        /// Milliseconds forward; negative = back.
        by_ms: i64,
    },
    /// A torn end of this file was set apart; its bytes are still there.
    TailRecovered {
        /// First byte of the torn stretch.
        offset: u64,
        /// Its length, the marks that end it included.
        length: u64,
        /// SHA-256 of the stretch.
        sha256: Digest,
    },
    /// The first record of a continuation: the file before it is damaged and stays as it is.
    WriterContinued {
        /// The damaged file's name within `journal/`.
        file: String,
        /// SHA-256 of the whole damaged file.
        sha256: Digest,
        /// Its length in bytes.
        length: u64,
        /// The last record of it that verifies.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        good: Option<Head>,
    },
    /// Which exercise is run. This and all that follow stand in the log of an exercise only.
    ExerciseStarted(Box<ExerciseStarted>),
    /// The players were told something, and the world of the exercise changed with it.
    InjectDelivered(Box<Delivery>),
    /// The facilitator put something of their own on the list.
    InjectAdded(Box<Delivery>),
    /// An inject is kept back until somebody delivers it.
    InjectHeld {
        /// Which.
        inject: InjectId,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// An inject is left out.
    InjectSkipped {
        /// Which.
        inject: InjectId,
        /// Why.
        reason: Text,
    },
    /// What a facilitator or evaluator saw.
    ObservationNoted {
        /// About this objective.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        objective: Option<ObjectiveId>,
        /// About this inject.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        inject: Option<InjectId>,
        /// What they saw.
        text: Text,
    },
    /// An evaluator's judgement of an objective; the last one holds.
    ObjectiveRated {
        /// Which.
        objective: ObjectiveId,
        /// How it was met.
        rating: Rating,
        /// Why.
        why: Text,
    },
    /// The clock of the exercise goes on in another way.
    ExerciseClockSet(ClockSetting),
    /// A real outage came in the middle: the exercise is over.
    ExerciseInterrupted {
        /// What really happened.
        reason: Text,
    },
}

/// Somebody agreed with their initials that a role passed on: asserted, not authenticated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Who: one of those who handed over, or who took over.
    pub person: Person,
    /// Two to five letters.
    pub initials: String,
}

/// What an incident is. Fixed for ever in the first record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentOpened {
    /// The playbook, whose bytes are pinned beside the journal.
    pub playbook: PlaybookId,
    /// The playbook's version.
    pub version: String,
    /// What people call this incident.
    pub title: Text,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Text>,
    /// For real or for practice.
    pub mode: Mode,
    /// Which clock the times come from.
    pub clock: ClockKind,
    /// The version of this program.
    pub runbook: String,
    /// The incident this one grew out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_from: Option<String>,
    /// The files that the pinned bytes were put together from, the playbook's own first; empty in logs
    /// that are older than this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceDigest>,
    /// It is no incident but the site's standing log of quiet times, which never ends.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub standing: bool,
}

/// A file as it stood when an incident was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceDigest {
    /// Where it came from: `built-in:email-outage`, `built-in:sets/command`, `home:playbooks/ours.yaml`
    /// below the home folder, or a relative path; never a path that says where a machine keeps it.
    pub name: String,
    /// Of its bytes, as `sha256sum` says it.
    pub sha256: Digest,
}

/// For real or for practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Patients depend on it.
    Live,
    /// An exercise.
    Exercise,
}

/// Which clock the times come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// The machine's.
    Real,
    /// One that is moved by hand; exercises and tests only.
    Stepped,
}

/// A step is finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDone {
    /// The step.
    pub step: StepId,
    /// From 1.
    pub occurrence: u32,
    /// What the step asked for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<FieldId, Text>,
    /// What else to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Typed by the person who answers for a critical step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initials: Option<String>,
    /// The milestone this reaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub milestone: Option<Mark>,
}
