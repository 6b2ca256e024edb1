//! A playbook as the rest of the house sees it: resolved, checked, without spans or YAML.
//!
//! Only [`compile`](fn@super::compile) builds these values, so every reference in them points at
//! something that exists. Durations are [`chrono::TimeDelta`], never negative.

use chrono::{NaiveDate, TimeDelta};

use super::exercise::Exercise;
use super::id::{
    ChannelId, FieldId, OptionId, PhaseId, PlaybookId, RoleId, SegmentId, ServiceId, StepId,
    TemplateId,
};
use super::words::{Count, KpiId, Mark};

/// What should happen when one thing fails.
#[derive(Debug, Clone, PartialEq)]
pub struct Playbook {
    /// The name people type.
    pub id: PlaybookId,
    /// One line for people.
    pub title: String,
    /// The site's or publisher's version of the text.
    pub version: String,
    /// The day from which the content counts as stale.
    pub review_by: Option<NaiveDate>,
    /// What the playbook is for, in a sentence or two.
    pub summary: String,
    /// Everybody who acts, in the order of the file.
    pub roles: Vec<Role>,
    /// The ways to reach people.
    pub channels: Vec<Channel>,
    /// The groups of patients.
    pub segments: Vec<Segment>,
    /// Messages that may go out once approved.
    pub templates: Vec<Template>,
    /// The phases in the order of the file; each step belongs to exactly one.
    pub phases: Vec<Phase>,
    /// What the figures are held against. Policy of the site, not law.
    pub targets: Vec<(KpiId, Target)>,
    /// Exercises that can be run with this playbook.
    pub exercises: Vec<Exercise>,
    /// Findings of lint that the author answers for.
    pub accepted: Vec<Accepted>,
}

/// A job somebody holds during an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The name people type.
    pub id: RoleId,
    /// The title people say.
    pub title: String,
    /// What the holder answers for.
    pub duty: String,
    /// An incident should not run with this role unheld.
    pub required: bool,
    /// The matching position of the hospital incident command system.
    pub hics: Option<String>,
}

/// A stretch of an incident with its own steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// The name people type.
    pub id: PhaseId,
    /// The title people read.
    pub title: String,
    /// What opens it.
    pub opening: Opening,
    /// Its steps, in the order of the file.
    pub steps: Vec<Step>,
}

/// What opens a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// The clock since T+0; the last window of a playbook has no end in practice.
    Window {
        /// From T+0.
        from: TimeDelta,
        /// From T+0; later than `from`.
        to: TimeDelta,
    },
    /// A milestone, whenever it comes: recovery is an event, not a time.
    On(Mark),
}

/// What one role does at one point.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The name people type.
    pub id: StepId,
    /// The short name people say on the phone: `I-07`. Stable within a playbook version.
    pub code: String,
    /// The role that answers for it.
    pub role: RoleId,
    /// One line for people.
    pub title: String,
    /// What to do, in plain words; may be empty.
    pub instructions: String,
    /// What kind of answer the step takes.
    pub form: Form,
    /// When it should be finished.
    pub due: Option<Due>,
    /// The incident should not be closed without it.
    pub required: bool,
    /// The answer needs typed initials, never a bare Enter.
    pub critical: bool,
    /// Steps that ought to come first. Advice: working ahead is allowed.
    pub needs: Vec<StepId>,
    /// Open only if every one of these holds.
    pub opens_on: Vec<Condition>,
    /// Closed as soon as one of these holds.
    pub closed_on: Vec<Condition>,
    /// Comes again and again.
    pub repeat: Option<Repeat>,
    /// Whom to turn to when it is overdue.
    pub escalate: Option<Escalation>,
    /// Somebody else has to agree.
    pub approval: Option<Approval>,
    /// Doing the step reaches this milestone.
    pub milestone: Option<Mark>,
}

/// What kind of answer a step takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Do it and say so.
    Action,
    /// Choose one of the options.
    Decision(Decision),
    /// Do it and write down these answers.
    Collect(Vec<Field>),
    /// Send this template. Sending by the tool comes with a later version: done by hand, recorded here.
    Message(TemplateId),
    /// Work through this group of patients. The list comes with a later version: done by hand, recorded here.
    Outreach(Outreach),
    /// Look whether something works. Running it comes with a later version: done by hand, recorded here.
    Check(Check),
}

/// A question with named answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The question to ask.
    pub question: String,
    /// At least two answers.
    pub options: Vec<Choice>,
}

/// One answer to a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What people type.
    pub id: OptionId,
    /// What people read.
    pub title: String,
    /// The playbook to escalate to after this answer.
    pub leads_to: Option<PlaybookId>,
}

/// "Decision `step` was answered with one of `options`."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// A step whose form is a decision.
    pub step: StepId,
    /// Never empty.
    pub options: Vec<OptionId>,
}

/// An answer that a step collects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name used with `--set`.
    pub id: FieldId,
    /// The question to ask.
    pub ask: String,
    /// What counts as an answer.
    pub kind: FieldKind,
    /// The step is not done without it.
    pub required: bool,
}

/// What counts as an answer to a collected field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// Any words.
    Text,
    /// A decimal number. It may be a count of patients that a figure needs.
    Number(Option<Count>),
    /// A time, in any form that `--at` takes. It may mark a milestone, so that nobody enters it twice.
    Time(Option<Mark>),
    /// `yes` or `no`.
    YesNo,
    /// One of these words.
    Choice(Vec<String>),
}

/// Work through a group of patients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outreach {
    /// Whom.
    pub segment: SegmentId,
    /// What to say; empty if the step says it.
    pub script: String,
}

/// An automated probe, or a command without a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// A named probe such as `mx`.
    Probe(String),
    /// A program and its arguments.
    Command(Vec<String>),
}

/// When a step should be finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// This long after T+0.
    AfterStart(TimeDelta),
    /// This long after its phase opened.
    AfterPhase(TimeDelta),
}

/// A step that comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// The distance between two occurrences; more than zero.
    pub every: TimeDelta,
    /// The milestone that ends it; without one it runs until the incident is closed.
    pub until: Option<Mark>,
}

/// Whom to turn to when a step is overdue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// This long after the due time.
    pub after: TimeDelta,
    /// To whom.
    pub to: EscalateTo,
}

/// The receiver of an escalation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EscalateTo {
    /// The deputies of the step's own role.
    Deputy,
    /// The holders of another role.
    Role(RoleId),
}

/// Somebody has to agree before the step counts as finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The role that agrees; the step's own role where the step *is* the approval.
    pub by: RoleId,
}

/// What a figure is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// At most this long.
    Within(TimeDelta),
    /// At least this share, 0 to 1.
    AtLeast(f64),
}

/// A way to reach people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// The name used in the file.
    pub id: ChannelId,
    /// The title people read.
    pub title: String,
    /// The highest level of health information it may carry, 0 (none) to 3 (clinical detail).
    pub phi: u8,
    /// Needs the patient's consent on record.
    pub consent: bool,
    /// The longest message, in characters.
    pub max_chars: Option<u32>,
    /// The services without which it carries nothing.
    pub needs: Vec<ServiceId>,
}

/// A group of patients, nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The name used in the file.
    pub id: SegmentId,
    /// The title people read.
    pub title: String,
    /// From T+0.
    pub reach_within: Option<TimeDelta>,
    /// Smaller comes first.
    pub order: u32,
}

/// A message that may go out once approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The name used in the file.
    pub id: TemplateId,
    /// For whom.
    pub segment: SegmentId,
    /// By what.
    pub channel: ChannelId,
    /// And if that does not work.
    pub fallback: Option<ChannelId>,
    /// Who agreed, and for how long; nobody in a shipped playbook.
    pub approved: Option<Approved>,
    /// The words, with `{site}` and `{phone}` to be filled in.
    pub text: String,
}

/// Who agreed to a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The person.
    pub by: String,
    /// The day of approval.
    pub on: NaiveDate,
    /// The last day it counts.
    pub until: Option<NaiveDate>,
}

/// A finding of lint that the author answers for. It changes nothing in an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The code of the rule; this build may not know it.
    pub rule: String,
    /// The id of what the finding is about, or `*` for every place.
    pub at: String,
    /// The version of the text that it was judged for; absent where it holds for any.
    pub version: Option<String>,
    /// Why that is right here.
    pub reason: String,
}

impl Condition {
    /// Whether it holds once this decision was answered so.
    #[must_use]
    pub fn is(&self, decision: &StepId, option: &OptionId) -> bool {
        self.step == *decision && self.options.contains(option)
    }
}

impl Playbook {
    /// All steps with their phases, in the order of the file.
    pub fn steps(&self) -> impl Iterator<Item = (&Phase, &Step)> {
        self.phases.iter().flat_map(|phase| phase.steps.iter().map(move |step| (phase, step)))
    }

    /// The step with this id.
    #[must_use]
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps().find(|(_, step)| step.id == *id).map(|(_, step)| step)
    }

    /// The step a person means by an id or by a short code, in any case.
    #[must_use]
    pub fn find_step(&self, word: &str) -> Option<&Step> {
        self.steps()
            .map(|(_, step)| step)
            .find(|step| step.id.as_str() == word || step.code.eq_ignore_ascii_case(word))
    }

    /// The steps that this answer to a decision opens, in the order of the file.
    pub fn opened_by(&self, decision: &StepId, option: &OptionId) -> impl Iterator<Item = &Step> {
        let steps = self.steps().map(|(_, step)| step);
        steps.filter(|step| step.opens_on.iter().any(|it| it.is(decision, option)))
    }

    /// The steps that this answer to a decision closes, in the order of the file.
    pub fn closed_by(&self, decision: &StepId, option: &OptionId) -> impl Iterator<Item = &Step> {
        let steps = self.steps().map(|(_, step)| step);
        steps.filter(|step| step.closed_on.iter().any(|it| it.is(decision, option)))
    }

    /// The role with this id.
    #[must_use]
    pub fn role(&self, id: &RoleId) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == *id)
    }

    /// The role that declares and leads: `incident-lead`, or the first of the file.
    #[must_use]
    pub fn lead(&self) -> Option<&Role> {
        let named = self.roles.iter().find(|role| role.id.as_str() == "incident-lead");
        named.or(self.roles.first())
    }

    /// What this figure is held against.
    #[must_use]
    pub fn target(&self, kpi: KpiId) -> Option<Target> {
        self.targets.iter().find(|(id, _)| *id == kpi).map(|(_, target)| *target)
    }
}
